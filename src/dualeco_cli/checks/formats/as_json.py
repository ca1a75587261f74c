"""The contract that scripts use: every finding, complete (``schemas/findings.schema.json``)."""

from __future__ import annotations

from dualeco_cli.checks.formats.base import Context
from dualeco_cli.checks.formats.escape import for_json
from dualeco_cli.model.finding import FindingsReport


def render(report: FindingsReport, context: Context) -> str:  # noqa: ARG001 - formats are called alike
    """The report as JSON, indented, values as they stand in the file."""
    return for_json(report.model_dump_json(indent=2)) + "\n"
