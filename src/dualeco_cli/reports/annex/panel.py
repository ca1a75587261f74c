"""The part of the chapter on the method that is about a panel and its weights."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex.blocks import Column
from dualeco_cli.reports.annex.builder import Builder, Cell, strong
from dualeco_cli.reports.panel_view import MOST_MEMBERS, Line, kept, summary, weighings


def add(builder: Builder) -> None:
    """Add the section, where the weights of a panel were used."""
    panel = builder.report.panel
    if panel is None:
        return
    builder.heading(2, _("The panel"))
    builder.text(summary(panel), kept(builder.report, builder.study) or "")
    for one in weighings(builder.report, builder.study):
        members = one.members if len(one.members) <= MOST_MEMBERS else ()
        titles = [_("Framework"), _("Panel"), _("Lowest"), _("Highest"), *members]
        room = 64 / len(titles)
        builder.table(
            _("Panel: {group}").format(group=one.title),
            _("The share of each in the weight: the framework's, the panel's, and those of its members."),
            (Column(_("What was weighed"), 36), *(Column(title, room, numbers=True) for title in titles)),
            [_row(line, shown=bool(members)) for line in one.lines],
        )
        builder.text(*one.said)


def _row(line: Line, *, shown: bool) -> tuple[Cell, ...]:
    shares = (line.before, line.weight, line.low, line.high, *(line.shares if shown else ()))
    return (strong(line.name), *(numbers.share(share) for share in shares))
