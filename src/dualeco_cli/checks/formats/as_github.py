"""Annotations of a GitHub Actions job.

The service shows at most ten errors and ten warnings of a step and drops the others without a word, so
findings are told by group, the worst first, and the rest is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.checks.formats.base import LABELS, Context, counted, summary_line
from dualeco_cli.checks.formats.escape import for_command, for_property, visible
from dualeco_cli.checks.formats.grouping import Group, grouped
from dualeco_cli.checks.formats.places import position, relative
from dualeco_cli.checks.wording import all_of
from dualeco_cli.language import _
from dualeco_cli.model.finding import FindingsReport, Severity

#: What the service shows of each kind in one step.
MOST_OF_A_KIND = 10


def render(report: FindingsReport, context: Context) -> str:
    """Workflow commands, then the summary as a plain line of the log."""
    groups = grouped(report.findings)
    lines: list[str] = []
    hidden: list[str] = []
    for severity in (Severity.ERROR, Severity.WARNING):
        of_kind = [group for group in groups if group.first.severity is severity]
        lines += [_command(group, context) for group in of_kind[:MOST_OF_A_KIND]]
        rest = _number(of_kind[MOST_OF_A_KIND:])
        if rest:
            hidden.append(counted(rest, severity))
    if hidden:
        text = _("{count} more; dualeco validate --format concise lists every one")
        text = text.format(count=all_of(hidden))
        lines.append(f"::notice title=dualeco::{for_command(text)}")
    lines.append(summary_line(report))
    return "\n".join(lines) + "\n"


def _number(groups: Sequence[Group]) -> int:
    return sum(len(group.findings) for group in groups)


def _command(group: Group, context: Context) -> str:
    row, column = position(group.first.cell)
    properties = {
        "title": group.title,
        "file": visible(relative(group.file, context.root)),
        "line": row,
        "col": column,
    }
    named = ",".join(
        f"{name}={for_property(str(value))}" for name, value in properties.items() if value is not None
    )
    sheet = f"{visible(group.sheet)}, " if group.sheet and group.where() else visible(group.sheet or "")
    where = f"{sheet}{group.where()}"
    lines = [where, *group.said()] if where else group.said()
    return f"::{LABELS[group.first.severity]} {named}::{for_command(chr(10).join(lines))}"
