"""The indicator values: how each score comes about, a row per practice and indicator, as the run found it."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.language import _
from dualeco_cli.model.result import Status
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.naming import dimension_name, target_name
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import role_word


def add(context: Context) -> None:
    """Add the values of all targets on one sheet, unless there are too many for one."""
    if not context.has_values:
        return
    book = context.book
    sheet = book.sheet(names.values())
    top = book.heading(
        sheet,
        _("Indicator values"),
        _(
            "Value: 1 is best. Weight: the share of the indicator in what applies. "
            "Points: what it adds to the score."
        ),
        _("As the run found them: this list does not follow when an input sheet is changed."),
    )
    book.table(sheet, top, _columns(several=context.several), _rows(context), "Values")
    sheet.freeze_panes(top + 1, 3 if context.several else 2)


def _columns(*, several: bool) -> list[Column]:
    columns = [Column(_("Target"), 18)] if several else []
    return [
        *columns,
        Column(_("Practice"), 32, "strong"),
        Column(_("Indicator"), 30),
        Column(_("Dimension"), 20),
        Column(_("Looks at"), 18),
        Column(_("State"), 12),
        Column(_("Required"), 10, "unit"),
        Column(_("Required, in words"), 32),
        Column(_("There is"), 9, "unit"),
        Column(_("There is, in words"), 32),
        Column(_("Value"), 8, "value"),
        Column(_("Weight"), 8, "value"),
        Column(_("Points"), 8, "score"),
        Column(_("Practice id"), 20, "small text", printed=False),
        Column(_("Indicator id"), 20, "small text", printed=False),
    ]


def _rows(context: Context) -> Iterator[list[Value]]:
    story = context.story
    states = {
        Status.KNOWN: _("known"),
        Status.UNKNOWN: _("unknown"),
        Status.NOT_APPLICABLE: _("not applicable"),
    }
    words = {str(status): word for status, word in states.items()}
    dimensions = {id_: dimension_name(dimension) for id_, dimension in story.dimensions.items()}
    for _number, target, practice in context.pairs:
        for result in practice.indicators:
            yield [
                *([target_name(target)] if context.several else []),
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
