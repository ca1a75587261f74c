"""For people at a terminal: what is alike together, the worst first, the count as the last line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dualeco_cli.checks.formats.base import Context, summary_line
from dualeco_cli.checks.formats.escape import visible
from dualeco_cli.checks.formats.grouping import Group, by_sheet, grouped
from dualeco_cli.model.finding import FindingsReport, Severity


class Segment(NamedTuple):
    """A piece of text and its style, as ``rich.text.Text.assemble`` takes them; no markup in either."""

    text: str
    style: str = ""


_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def segments(report: FindingsReport) -> Iterator[Segment]:
    """The findings in pieces, for a console that shows colours."""
    file_now: str | None = None
    for file, sheet, groups in by_sheet(grouped(report.findings, fold_notes=True)):
        if file != file_now:
            yield Segment(visible(file), "bold")
            yield Segment("\n")
            file_now = file
        indent = "  "
        if sheet is not None:
            yield Segment(f"{indent}{visible(sheet)}\n", "underline")
            indent = "    "
        for group in groups:
            yield from (
                _note(group, indent) if group.first.severity is Severity.INFO else _fault(group, indent)
            )
        yield Segment("\n")
    yield Segment(summary_line(report), "bold")
    yield Segment("\n")


def _fault(group: Group, indent: str) -> Iterator[Segment]:
    where = group.where()
    yield Segment(indent)
    yield Segment(group.heading, _STYLES[group.first.severity])
    yield Segment(f": {where}\n" if where else "\n")
    for line in group.said():
        yield Segment(f"{indent}  {line}\n")


def _note(group: Group, indent: str) -> Iterator[Segment]:
    where = group.where()
    texts = group.messages()
    text = texts[0] + (" …" if len(texts) > 1 else "")
    yield Segment(indent)
    yield Segment(group.heading, _STYLES[group.first.severity])
    yield Segment(f": {where}: {text}\n" if where else f": {text}\n")


def render(report: FindingsReport, context: Context) -> str:  # noqa: ARG001 - formats are called alike
    """The findings as plain text."""
    return "".join(segment.text for segment in segments(report))
