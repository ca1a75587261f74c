"""The report as JSON: the contract for scripts (design, section 6)."""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.tables import compensation

INDENT = 2


def render(report: Report, study: Study) -> bytes:  # noqa: ARG001 - every writer is called alike
    """UTF-8, indented, numbers as exact as they are, null where there is none."""
    q = compensation(report)
    if q != report.method.compensation:
        method = report.method.model_copy(update={"compensation": q})
        report = report.model_copy(update={"method": method})
    try:
        # as bytes at once: the report of very many practices is large, and would be there twice more as text
        return TypeAdapter(Report).dump_json(report, by_alias=True, indent=INDENT) + b"\n"
    except (PydanticSerializationError, UnicodeError):
        # A lone surrogate, from a file name or a damaged cell, is no character:
        # JSON can escape it, UTF-8 cannot hold it.
        whole = _finite(report.model_dump(by_alias=True))
        return json.dumps(whole, indent=INDENT, ensure_ascii=True, allow_nan=False).encode() + b"\n"


def _finite(value: Any) -> Any:
    """The value with null for every number that JSON does not have."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
