"""The scores: all practices of all targets, with the scores of the dimensions and what has changed."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_rowcol_to_cell

from dualeco_cli.language import _
from dualeco_cli.model.result import PracticeResult, TargetResult
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.answer import on_its_side
from dualeco_cli.reports.excel.book import LINE, Cell, Column, Formula
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import HEAT_HIGH, HEAT_LOW, HEAT_MIDDLE
from dualeco_cli.reports.naming import dimension_name, one_line, region_name, target_name
from dualeco_cli.reports.texts import class_word

#: The column of the score, where there is one target only.
_SCORE = 4


def add(context: Context) -> None:
    """Add the sheet."""
    book = context.book
    sheet = book.sheet(names.scores())
    notes = [
        _(
            "Score: 0 to 100 over what is known. Lower and upper: all that is unknown at its worst or at its "
            "best. Known: share of the weight. The columns of the dimensions: their scores over what is known."
        ),
        _("All numbers follow the input sheets; the score of the run stays for comparison.")
        if context.live
        else str(context.why_not_live),
    ]
    top = book.heading(sheet, _("Scores"), *notes)
    columns = _columns(context)
    rows = [
        list(_row(context, top + 1 + at, number, target, practice))
        for at, (number, target, practice) in enumerate(context.pairs)
    ]
    end = book.table(sheet, top, columns, rows, "Scores", tall=3 * LINE)
    first, count = _SCORE + 6 + context.several, len(context.study.framework.dimensions)
    scale = {
        "type": "3_color_scale",
        "min_color": HEAT_LOW,
        "mid_color": HEAT_MIDDLE,
        "max_color": HEAT_HIGH,
        **{f"{at}_type": "num" for at in ("min", "mid", "max")},
        "min_value": 0,
        "mid_value": 50,
        "max_value": 100,
    }
    if count and rows:
        sheet.conditional_format(top + 1, first, end - 1, first + count - 1, scale)
    sheet.freeze_panes(top + 1, 2 + context.several)


def _columns(context: Context) -> list[Column]:
    live = context.live
    return [
        *([Column(_("Target"), 17)] if context.several else []),
        Column(_("Rank"), 7, "whole"),
        Column(_("Practice"), 38, "strong"),
        Column(_("From"), 17),
        Column(_("Class"), 20, "class", mark="class"),
        Column(_("Score"), 11, "score", mark="bar"),
        Column(_("Lower"), 9, "score"),
        Column(_("Upper"), 9, "score"),
        Column(_("Known"), 9, "share"),
        Column(_("Barriers"), 10, "whole"),
        Column(_("Open questions"), 11, "whole"),
        *(Column(name, 14, "heat score") for name in _dimension_headings(context)),
        *([Column(_("Score of the run"), 10, "score"), Column(_("Change"), 9, "change")] if live else []),
        Column(_("Practice id"), 20, "small text", printed=False),
        Column(_("Target id"), 14, "small text", printed=False),
    ]


def _dimension_headings(context: Context) -> list[str]:
    """The names of the dimensions, made different where they are not."""
    found: list[str] = []
    for dimension in context.study.framework.dimensions:
        name = one_line(dimension_name(dimension), 80)
        found.append(name if name not in found else f"{name} ({dimension.id})")
    return found


def _row(
    context: Context, at: int, number: int, target: TargetResult, practice: PracticeResult
) -> Iterator[Cell]:
    id_ = practice.id
    if context.several:
        yield target_name(target)
    yield context.result("rank", number, id_, practice.rank)
    yield practice.title
    yield region_name(context.study, practice.source)
    yield context.result("class", number, id_, class_word(practice.class_))
    yield context.result("score", number, id_, on_its_side(context, practice.score))
    yield context.result("lower", number, id_, practice.lower)
    yield context.result("upper", number, id_, practice.upper)
    yield context.result("coverage", number, id_, practice.coverage)
    yield context.result("barriers", number, id_, len(practice.barriers))
    yield context.result("open", number, id_, len(practice.open_questions))
    scores = {dimension.id: dimension.score for dimension in practice.dimensions}
    for dimension in context.study.framework.dimensions:
        yield context.dimension_score(dimension, number, id_, scores.get(dimension.id))
    if context.live:
        own = _SCORE + context.several
        run = own + 6 + len(context.study.framework.dimensions)
        now, before = (xl_rowcol_to_cell(at, column, col_abs=True) for column in (own, run))
        change = None if practice.score is None else 0.0
        yield practice.score
        yield Formula(f'IF(AND(ISNUMBER({now}),ISNUMBER({before})),{now}-{before},"")', change)
    yield id_
    yield target.id
