"""The weights: the one sheet on which they are changed, with the share that each has in all."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from dualeco_cli.language import _
from dualeco_cli.model.rows import Dimension, Indicator
from dualeco_cli.reports.excel.book import Cell, Column, Formula
from dualeco_cli.reports.excel.charts import bars
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.weight_places import (
    DIMENSION_ID,
    ID,
    SHARE,
    SHARE_WITHIN,
    WEIGHT,
    WeightPlaces,
)
from dualeco_cli.reports.naming import dimension_name, indicator_name
from dualeco_cli.reports.panel_view import summary
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import role_word

_WIDTHS = (44, 11, 13, 13, 24, 16, 40, 26)


def add(context: Context) -> None:
    """Add the sheet."""
    book, places = context.book, context.weights
    sheet = book.sheet(places.sheet)
    how = (
        _("Change the weights in the yellow cells: scores, classes and ranks follow. Blank counts as 1.")
        if context.live
        else context.why_not_live
    )
    book.heading(
        sheet,
        _("Weights"),
        how,
        _("Only proportions count. Share: of all weight, where everything applies."),
        *([summary(context.report.panel)] if context.report.panel is not None else []),
    )
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    _dimensions(context, sheet)
    _indicators(context, sheet)
    for kind, count in (
        ("Dimensions", len(context.study.framework.dimensions)),
        ("Indicators", len(context.study.framework.indicators)),
    ):
        top = places.dimensions_top if kind == "Dimensions" else places.indicators_top
        sheet.data_validation(top + 1, WEIGHT, top + count, WEIGHT, _at_least_nothing())
    _chart(context, sheet)
    sheet.freeze_panes(0, 1)
    sheet.repeat_rows(0)
    end = places.indicators_top + len(context.study.framework.indicators)
    sheet.print_area(0, 0, end, len(_WIDTHS) - 1)


def _at_least_nothing() -> dict[str, object]:
    return {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": _("Weight"),
        "error_message": _("A weight is a number, 0 or more."),
    }


def _dimensions(context: Context, sheet: Any) -> None:
    places, book = context.weights, context.book
    top = places.dimensions_top
    book.section(sheet, top - 1, _("Dimensions"), 8)
    columns = [
        Column(_("Dimension"), 44, "strong"),
        Column(_("Weight"), 11, "input" if context.live else "unit"),
        Column(_("Sum of its indicators"), 13, "finer"),
        Column(_("Share"), 13, "share"),
        Column(_("Id"), 24, "small text"),
    ]
    shares = _shares(context)
    rows = [
        _dimension(context, row, dimension, shares)
        for row, dimension in enumerate(context.study.framework.dimensions)
    ]
    book.table(sheet, top, columns, rows, "Dimension_weights", alone=False, filtered=False)


def _sums(context: Context) -> dict[str, float]:
    """The weights of the indicators of each dimension, added up."""
    sums = {dimension.id: 0.0 for dimension in context.study.framework.dimensions}
    for indicator in context.study.framework.indicators:
        sums[indicator.dimension] = sums.get(indicator.dimension, 0.0) + indicator.weight
    return sums


def _shares(context: Context) -> dict[str, float]:
    """The share of each dimension: of those that have anything that weighs something."""
    sums = _sums(context)
    weights = {one.id: one.weight if sums[one.id] > 0 else 0.0 for one in context.study.framework.dimensions}
    total = sum(weights.values())
    return {id_: weight / total if total > 0 else 0.0 for id_, weight in weights.items()}


def _dimension(context: Context, row: int, dimension: Dimension, shares: dict[str, float]) -> list[Cell]:
    places: WeightPlaces = context.weights
    at = places.dimensions_top + 1 + row
    own = xl_rowcol_to_cell(at, WEIGHT, col_abs=True)
    id_ = xl_rowcol_to_cell(at, ID, col_abs=True)
    total = xl_rowcol_to_cell(at, SHARE_WITHIN, col_abs=True)
    weights, of = places.span("Indicators", WEIGHT), places.span("Indicators", DIMENSION_ID)
    sums = f'SUMPRODUCT(--({of}={id_}),{weights})+SUMPRODUCT(({of}={id_})*({weights}=""))'
    all_, totals = places.span("Dimensions", WEIGHT), places.span("Dimensions", SHARE_WITHIN)
    whole = f'SUMPRODUCT(--({totals}>0),{all_})+SUMPRODUCT(({totals}>0)*({all_}=""))'
    share = f'IF({total}>0,IF({whole}>0,IF({own}="",1,{own})/({whole}),0),0)'
    return [
        dimension_name(dimension),
        dimension.weight,
        _live(context, sums, _sums(context)[dimension.id]),
        _live(context, share, shares[dimension.id]),
        dimension.id,
    ]


def _indicators(context: Context, sheet: Any) -> None:
    places, book = context.weights, context.book
    top = places.indicators_top
    book.section(sheet, top - 1, _("Indicators"), 8)
    columns = [
        Column(_("Indicator"), 44, "strong"),
        Column(_("Weight"), 11, "input" if context.live else "unit"),
        Column(_("Share in its dimension"), 13, "share"),
        Column(_("Share"), 13, "share"),
        Column(_("Id"), 24, "small text"),
        Column(_("Its dimension"), 16, "small text"),
        Column(_("Dimension"), 40),
        Column(_("Looks at"), 26),
    ]
    sums, shares = _sums(context), _shares(context)
    rows = []
    for row, indicator in enumerate(context.study.framework.indicators):
        total = sums[indicator.dimension]
        within = indicator.weight / total if total > 0 else 0.0
        rows.append(_indicator(context, row, indicator, within, within * shares[indicator.dimension]))
    book.table(sheet, top, columns, rows, "Indicator_weights", alone=False)


def _indicator(context: Context, row: int, indicator: Indicator, within: float, share: float) -> list[Cell]:
    places = context.weights
    at = places.indicators_top + 1 + row
    own = xl_rowcol_to_cell(at, WEIGHT, col_abs=True)
    of = xl_rowcol_to_cell(at, DIMENSION_ID, col_abs=True)
    within_ = xl_rowcol_to_cell(at, SHARE_WITHIN, col_abs=True)
    ids = places.span("Dimensions", ID)
    total = f"SUMPRODUCT(--({ids}={of}),{places.span('Dimensions', SHARE_WITHIN)})"
    of_dimension = f"SUMPRODUCT(--({ids}={of}),{places.span('Dimensions', SHARE)})"
    dimension = context.story.dimensions.get(indicator.dimension)
    return [
        indicator_name(indicator),
        indicator.weight,
        _live(context, f'IF({total}>0,IF({own}="",1,{own})/{total},0)', within),
        _live(context, f"{within_}*{of_dimension}", share),
        indicator.id,
        indicator.dimension,
        indicator.dimension if dimension is None else dimension_name(dimension),
        role_word(indicator.role),
    ]


def _live(context: Context, text: str, value: Value) -> Cell:
    return Formula(text, value) if context.live else value


def _chart(context: Context, sheet: Any) -> None:
    places, book = context.weights, context.book
    count = len(context.study.framework.dimensions)
    if not count:
        return
    first = places.dimensions_top + 1
    chart = bars(context, _("Share of the dimensions in the score"))
    chart.add_series(
        {
            "name": _("Share"),
            "categories": [places.sheet, first, 0, first + count - 1, 0],
            "values": [places.sheet, first, SHARE, first + count - 1, SHARE],
            "fill": {"color": "#4A6FA5"},
            "data_labels": {"value": True, "num_format": "0%"},
            "gap": 60,
        }
    )
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 560, "height": min(420, 60 + 30 * count)})
    told = _(
        "Bar chart: the share that each dimension has in the score. The table beside it has the numbers."
    )
    book.chart(sheet, places.dimensions_top, DIMENSION_ID, chart, told)
