"""The indicator values: how each score comes about, a row per practice and indicator."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from dualeco_cli.model.result import Status
from dualeco_cli.reports.excel.book import Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.naming import dimension_name
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.tables import Value, pairs
from dualeco_cli.reports.texts import _, plural, role_word

#: Above this a workbook takes minutes to write and to open; the long table in CSV does not.
MOST_VALUES = 150_000


def add(context: Context) -> None:
    """Add the values of all targets on one sheet, with a line that says so where there are too many."""
    book, story, report = context.book, context.story, context.report
    count = sum(len(practice.indicators) for _target, practice in pairs(report))
    sheet = book.sheet(_("Indicator values"))
    notes = [
        _(
            "Value: 1 is best. Weight: the share of the indicator in what applies. "
            "Points: what it adds to the score."
        ),
    ]
    if count > MOST_VALUES:
        notes.append(
            _("{all}; here are the first {shown}. The whole table: --output FILE.csv").format(
                all=plural("There is {count} value", "There are {count} values", count), shown=MOST_VALUES
            )
        )
    top = book.heading(sheet, _("Indicator values"), *notes)
    several = len(report.targets) > 1
    rows = itertools.islice(_rows(story, several=several), MOST_VALUES)
    book.table(sheet, top, _columns(several=several), rows, "Values")
    sheet.freeze_panes(top + 1, 3 if several else 2)


def _columns(*, several: bool) -> list[Column]:
    columns = [Column(_("Target"), 18)] if several else []
    return [
        *columns,
        Column(_("Practice"), 32, "strong"),
        Column(_("Indicator"), 30),
        Column(_("Dimension"), 20),
        Column(_("Looks at"), 18),
        Column(_("State"), 12),
        Column(_("Required"), 9, "unit"),
        Column(_("Required, in words"), 32),
        Column(_("There is"), 9, "unit"),
        Column(_("There is, in words"), 32),
        Column(_("Value"), 8, "value"),
        Column(_("Weight"), 8, "value"),
        Column(_("Points"), 8, "score"),
        Column(_("Practice id"), 20, printed=False),
        Column(_("Indicator id"), 20, printed=False),
    ]


def _rows(story: Story, *, several: bool) -> Iterator[list[Value]]:
    states = {
        Status.KNOWN: _("known"),
        Status.UNKNOWN: _("unknown"),
        Status.NOT_APPLICABLE: _("not applicable"),
    }
    words = {str(status): word for status, word in states.items()}
    dimensions = {id_: dimension_name(dimension) for id_, dimension in story.dimensions.items()}
    for target, practice in pairs(story.report):
        for result in practice.indicators:
            yield [
                *([target.name] if several else []),
                practice.title,
                story.name(result.id),
                dimensions.get(result.dimension, result.dimension),
                role_word(result.role),
                words.get(result.status, result.status),
                result.required,
                story.required_words(result.id, result.required),
                result.actual,
                story.words(result.id, result.actual),
                result.value,
                result.weight,
                result.contribution,
                practice.id,
                result.id,
            ]
