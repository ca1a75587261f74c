"""Agreement: how far the assessors of each target agree, and on what they lie apart."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.model.result import Agreement
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.naming import target_name


def add(context: Context) -> None:
    """Add the sheet, where assessors gave ratings."""
    if not context.has_agreement:
        return
    book = context.book
    sheet = book.sheet(names.agreement())
    top = book.heading(
        sheet,
        _("Agreement of the assessors"),
        _(
            "Krippendorff's alpha: 1 is full agreement, 0 is what chance would give. From 0.8 on a judgement "
            "is reliable, from 0.667 on it is fair."
        ),
        _("These are results of the run; they do not follow when a rating is changed."),
    )
    columns = [
        Column(_("Target"), 30, "strong"),
        Column(_("Alpha"), 12, "value"),
        Column(_("Judgements of several"), 18, "whole"),
        Column(_("Assessors apart on"), 18, "whole"),
        Column(_("What that says"), 60),
    ]
    rows: list[list[Cell]] = [
        [
            target_name(target),
            target.agreement.alpha,
            target.agreement.units,
            len(target.agreement.split),
            _verdict(target.agreement),
        ]
        for target in context.report.targets
        if target.agreement is not None
    ]
    end = book.table(sheet, top, columns, rows, "Agreement", alone=False, filtered=False)
    split: list[list[Cell]] = []
    for target in context.report.targets:
        titles = {practice.id: practice.title for practice in target.practices}
        split.extend(
            [
                titles.get(unit.practice, unit.practice),
                None,
                min(unit.ratings, default=None),
                max(unit.ratings, default=None),
                _("{indicator}, for {target}: {ratings}").format(
                    indicator=context.story.name(unit.indicator),
                    target=target_name(target),
                    ratings=numbers.series(unit.ratings),
                ),
            ]
            for unit in (target.agreement.split if target.agreement else ())
        )
    end = book.section(sheet, end + 1, _("Where they lie apart"), len(columns))
    if split:
        heads = [
            Column(_("Practice"), 30, "strong"),
            Column(" ", 12),
            Column(_("Lowest"), 18, "unit"),
            Column(_("Highest"), 18, "unit"),
            Column(_("On what, and the ratings"), 60),
        ]
        end = book.table(sheet, end, heads, split, "Apart", alone=False, filtered=False)
    else:
        book.write(sheet, end, 0, _("Nowhere."), "plain")
        end += 1
    book.widths(sheet, columns)
    sheet.freeze_panes(top + 1, 1)
    sheet.print_area(0, 0, end, len(columns) - 1)
    sheet.repeat_rows(0)


def _verdict(agreement: Agreement) -> str:
    if agreement.alpha is None:
        return _("not defined: no two assessors rated the same, or all ratings are the same")
    if agreement.alpha >= 0.8:
        return _("they agree well")
    return _("they agree fairly") if agreement.alpha >= 0.667 else _("they do not agree enough to build on")
