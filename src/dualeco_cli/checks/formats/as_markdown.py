"""Markdown, for a comment on a merge request or the summary page of a job."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.checks.formats.base import Context, label, summary_line
from dualeco_cli.checks.formats.escape import for_markdown
from dualeco_cli.checks.formats.grouping import Group, grouped, worst_first
from dualeco_cli.checks.formats.places import relative
from dualeco_cli.language import _, plural
from dualeco_cli.model.finding import FindingsReport

#: Rows of all tables; services cut longer pages in the middle of a table.
MOST_ROWS = 500


def render(report: FindingsReport, context: Context) -> str:
    """A table for each file, the worst first."""
    files: dict[str, list[Group]] = {}
    for group in grouped(report.findings, fold_notes=True):
        files.setdefault(group.file, []).append(group)
    left = MOST_ROWS
    parts = [f"**{summary_line(report)}**\n"]
    for file, groups in files.items():
        if left > 0:
            rows = worst_first(groups)[:left]
            parts.append("\n".join(_table(relative(file, context.root), rows)) + "\n")
        left -= len(groups)
    if left < 0:
        text = plural(
            "… and {count} group more; `dualeco validate --format concise` lists every one.",
            "… and {count} groups more; `dualeco validate --format concise` lists every one.",
            -left,
        )
        parts.append(f"{text}\n")
    return "\n".join(parts)


def _table(file: str, groups: list[Group]) -> Iterator[str]:
    yield f"### {for_markdown(file)}\n"
    heads = (_("Rule"), _("Where"), _("What"))
    yield f"| | {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- |"
    for group in groups:
        where = ": ".join(text for text in (group.sheet, group.where()) if text)
        said = "<br>".join(for_markdown(line) for line in group.said())
        yield f"| {label(group.first.severity)} | {group.title} | {for_markdown(where)} | {said} |"
