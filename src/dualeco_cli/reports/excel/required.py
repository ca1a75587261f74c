"""Requirements against the profile: in each cell what is required, what is there, and a sign for the verdict."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import IndicatorResult, Status
from dualeco_cli.model.rows import Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Formula
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import BAND, FAINT
from dualeco_cli.reports.excel.grid import Grid

#: The signs: met, short, a barrier, unknown.
MET, SHORT, BARRIER, UNKNOWN = "✓", "▽", "✗", "?"
_FULL = 1 - EQUAL
#: Fill and letters of each; the sign in the cell says the same.
_COLOURS = ((BARRIER, "#EFC6C2", "#6B0F08"), (SHORT, "#FBE3B5", "#5C3A00"), (MET, "#CDE8E5", "#0B4540"))


def add(context: Context) -> None:
    """Add the sheet, where anything is required at all."""
    if not context.has_conditions:
        return
    book = context.book
    sheet = book.sheet(names.required())
    top = book.heading(
        sheet,
        _("Requirements against profile"),
        _(
            "In each cell: what the practice requires / what the region has.  {met} met   {short} the region "
            "has less   {barrier} a barrier   {unknown} one of the two is unknown   n/a does not apply"
        ).format(met=MET, short=SHORT, barrier=BARRIER, unknown=UNKNOWN),
        _("The cells follow the input sheets.") if context.live else context.why_not_live,
    )
    all_ = context.layout.indicators if context.live else context.study.framework.indicators
    indicators = [indicator for indicator in all_ if indicator.role is Role.CONDITION]
    grid = Grid(context, sheet, top, indicators)
    grid.headings(9)
    grid.rows()
    for at, (number, _target, practice) in enumerate(context.pairs, grid.first):
        results = {result.id: result for result in practice.indicators}
        barriers = {barrier.indicator for barrier in practice.barriers}
        for column, indicator in enumerate(indicators, grid.heads):
            said = cell_text(results.get(indicator.id), barrier=indicator.id in barriers)
            cell: Cell = said
            if context.live:
                cell = Formula(_formula(context, number, practice.id, indicator.id), said)
            book.write(sheet, at, column, cell, "sign")
    for sign, fill, letters in _COLOURS:
        rule = {
            "type": "text",
            "criteria": "containing",
            "value": sign,
            "format": book.paint(bg_color=fill, font_color=letters),
        }
        sheet.conditional_format(*grid.area, rule)
    book.colour_text(sheet, grid.area, "n/a", BAND, FAINT)
    grid.finish()


def cell_text(result: IndicatorResult | None, *, barrier: bool) -> str:
    """What is required, what is there, and the sign."""
    if result is None:
        return ""
    if result.status == Status.NOT_APPLICABLE:
        return "n/a"
    both = f"{_plain(result.required)} / {_plain(result.actual)}"
    if result.value is None:
        return f"{both} {UNKNOWN}"
    if barrier:
        return f"{both} {BARRIER}"
    return f"{both} {MET if result.value >= _FULL else SHORT}"


def _plain(number: float | None) -> str:
    return UNKNOWN if number is None else numbers.plain(number)


def _formula(context: Context, target: int, practice: str, indicator: str) -> str:
    layout = context.layout
    place, own = layout.place_of[indicator], context.places[practice]
    column = layout.block(0) + place
    at = layout.from_elsewhere
    value = at(layout.result_row(target, own), column)
    given, level = (at(layout.practice_row(own), layout.block(block) + place) for block in (0, 1))
    limit = at(layout.practice_row(own), layout.block(2) + place)
    raw = at(layout.profile_row(target, "raw"), column)
    required = f'IF(ISNUMBER({level}),IF(ISNUMBER({given}),ROUND({given},4),{given}),"{UNKNOWN}")'
    actual = f'IF(ISNUMBER({raw}),ROUND({raw},4),"{UNKNOWN}")'
    sign = f'IF({value}<{limit},"{BARRIER}",IF({value}>={_FULL!r},"{MET}","{SHORT}"))'
    sign = f'IF(ISNUMBER({value}),{sign},"{UNKNOWN}")'
    return f'IF({level}="n/a","n/a",{required}&" / "&{actual}&" "&{sign})'
