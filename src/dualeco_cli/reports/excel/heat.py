"""The heat map: how each practice does on each indicator, with a shade and the number in it."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.model.result import IndicatorResult, Status
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import BAND, FAINT, HEAT_HIGH, HEAT_LOW, HEAT_MIDDLE
from dualeco_cli.reports.excel.grid import Grid
from dualeco_cli.reports.tables import Value


def add(context: Context) -> None:
    """Add the sheet."""
    book = context.book
    sheet = book.sheet(names.heat())
    top = book.heading(
        sheet,
        _("Heat map: practices and indicators"),
        _(
            "From 0 to 1, the darker the better. n/a: the question does not arise for this practice. An empty "
            "cell is unknown."
        ),
        _("The values follow the input sheets.") if context.live else context.why_not_live,
    )
    indicators = context.layout.indicators if context.live else context.study.framework.indicators
    grid = Grid(context, sheet, top, indicators)
    grid.headings(5.6)
    grid.rows()
    for at, (number, _target, practice) in enumerate(context.pairs, grid.first):
        results = {result.id: result for result in practice.indicators}
        for column, indicator in enumerate(indicators, grid.heads):
            value = value_of(results.get(indicator.id))
            book.write(sheet, at, column, context.indicator(indicator.id, number, practice.id, value), "heat")
    if indicators:
        sheet.conditional_format(
            *grid.area,
            {
                "type": "cell",
                "criteria": "==",
                "value": '"n/a"',
                "format": book.paint(font_color=FAINT, bg_color=BAND, italic=True),
            },
        )
        scale = {
            "type": "3_color_scale",
            "min_color": HEAT_LOW,
            "mid_color": HEAT_MIDDLE,
            "max_color": HEAT_HIGH,
            **{f"{end}_type": "num" for end in ("min", "mid", "max")},
            "min_value": 0,
            "mid_value": 0.5,
            "max_value": 1,
        }
        sheet.conditional_format(*grid.area, scale)
        grid.finish()


def value_of(result: IndicatorResult | None) -> Value:
    """The value of an indicator as a cell shows it."""
    if result is None:
        return None
    return "n/a" if result.status == Status.NOT_APPLICABLE else result.value
