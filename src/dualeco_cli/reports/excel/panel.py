"""Panel weights: what a panel gave each dimension and indicator, beside the framework and each member."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.panel_view import kept, summary, weighings


def add(context: Context) -> None:
    """Add the sheet, where the weights of a panel were used."""
    panel = context.report.panel
    if panel is None:
        return
    book = context.book
    sheet = book.sheet(names.panel())
    notes: list[Cell] = [
        summary(panel),
        _(
            "Shares of all weight within each table. They are results of the run; the sheet {sheet} has the same."
        ).format(sheet=names.weights()),
    ]
    rest = kept(context.report, context.study)
    end = book.heading(sheet, _("Weights of the panel"), *notes, *([rest] if rest else []))
    widest = 5
    for number, one in enumerate(weighings(context.report, context.study)):
        columns = [
            Column(_("What was weighed"), 44, "strong"),
            Column(_("Framework"), 12, "share"),
            Column(_("Panel"), 12, "share"),
            Column(_("Lowest"), 12, "share"),
            Column(_("Highest"), 12, "share"),
            *(Column(member, 12, "share") for member in one.members),
        ]
        if number == 0:
            book.widths(sheet, columns)
        widest = max(widest, len(columns))
        end = book.section(sheet, end, one.title, len(columns))
        rows: list[list[Cell]] = [
            [line.name, line.before, line.weight, line.low, line.high, *line.shares] for line in one.lines
        ]
        end = book.table(sheet, end, columns, rows, "Panel", alone=False, filtered=False)
        for sentence in one.said:
            book.write(sheet, end, 0, sentence, "note")
            end += 1
        end += 1
    sheet.freeze_panes(0, 1)
    sheet.print_area(0, 0, end, widest - 1)
    sheet.repeat_rows(0)
