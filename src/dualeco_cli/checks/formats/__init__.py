"""Formats for findings: each a pure function from a report to text.

Whatever people wrote is made harmless for the place it is printed to (:mod:`.escape`), in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dualeco_cli.checks.formats import (
    as_concise,
    as_github,
    as_json,
    as_junit,
    as_markdown,
    as_sarif,
    as_text,
)
from dualeco_cli.checks.formats.as_text import Segment, segments
from dualeco_cli.checks.formats.base import Context, Renderer, summary_line
from dualeco_cli.checks.formats.summarise import summarise

#: The formats by the name that ``--format`` takes; the first is the default.
FORMATS: Mapping[str, Renderer] = MappingProxyType(
    {
        "text": as_text.render,
        "concise": as_concise.render,
        "json": as_json.render,
        "github": as_github.render,
        "sarif": as_sarif.render,
        "junit": as_junit.render,
        "markdown": as_markdown.render,
    }
)

__all__ = ["FORMATS", "Context", "Renderer", "Segment", "segments", "summarise", "summary_line"]
