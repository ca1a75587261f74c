"""The charts: native ones, so that they can be restyled and pasted, and follow the formulas."""

from __future__ import annotations

from typing import Any

from dualeco_cli.language import _
from dualeco_cli.model.result import BEST_FIRST, PracticeClass
from dualeco_cli.reports.excel.book import fits_a_title
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import CLASS_BARS, FAINT, INK, PAPER
from dualeco_cli.reports.excel.live.layout import LISTED_COLUMNS, MOST_BARS
from dualeco_cli.reports.excel.live.model_sheet import bar_label
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.texts import class_word

_GRID = {"visible": True, "line": {"color": "#E3E8EE", "width": 0.75}}
#: Where the numbers of a chart stand that has no model to be drawn from.
_DATA_AT = 40
_LETTERS = {"color": INK, "size": 9, "bold": False}


def bars(context: Context, title: str, *, kind: str = "bar", subtype: str | None = None) -> Any:
    """A chart of lying bars, the first row on top."""
    options = {"type": kind} if subtype is None else {"type": kind, "subtype": subtype}
    chart = context.book.workbook.add_chart(options)
    chart.set_title({"name": fits_a_title(title), "name_font": {"size": 12, "color": INK}, "overlay": False})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": _LETTERS,
            "major_gridlines": {"visible": False},
            "major_tick_mark": "none",
            "line": {"color": "#9AA5B1"},
        }
    )
    chart.set_chartarea({"border": {"color": "#D5DCE4"}})
    return chart


def letters_on(class_: PracticeClass) -> str:
    """The colour of letters on the bar of a class."""
    return PAPER if class_ in {PracticeClass.TRANSFERABLE, PracticeClass.BLOCKED} else INK


def share_axis() -> dict[str, Any]:
    """The axis of bars that are shares of a whole."""
    return {
        "num_format": "0%",
        "major_unit": 0.25,
        "num_font": {**_LETTERS, "color": FAINT},
        "major_gridlines": _GRID,
        "label_position": "high",
    }


def count_axis() -> dict[str, Any]:
    """The axis of bars that are numbers of practices."""
    return {
        "num_format": "0",
        "num_font": {**_LETTERS, "color": FAINT},
        "major_gridlines": _GRID,
        "label_position": "high",
    }


def ranking_chart(context: Context, target: int, page: Any, row: int) -> Any | None:
    """Scores of a target as bars in the colour of their class, with a line from lower to upper.

    Without a model the numbers are written beside the table, from ``row`` on.
    """
    shown = context.report.targets[target].practices[:MOST_BARS]
    if not shown:
        return None
    region = target_name(context.report.targets[target], 60)
    chart = bars(context, _("Score and range: {region}").format(region=region))
    if context.live:
        sheet, at = context.layout.model, context.layout.listed_row(target, 0)
        column = {name: number for number, name in enumerate(LISTED_COLUMNS)}
        first_class = len(LISTED_COLUMNS)
    else:
        sheet, at = page.get_name(), row
        _write_data(context, target, page, row)
        column = {name: _DATA_AT + n for n, name in enumerate(("label", "score", "minus", "plus"))}
        first_class = _DATA_AT + len(column)
    end = at + len(shown) - 1

    def span(number: int) -> list[Any]:
        return [sheet, at, number, end, number]

    def reference(number: int) -> str:
        letter = _letters(number)
        place = sheet.replace("'", "''")
        return f"='{place}'!${letter}${at + 1}:${letter}${end + 1}"

    order = list(PracticeClass)
    for class_ in BEST_FIRST:
        chart.add_series(
            {
                "name": class_word(class_),
                "categories": span(column["label"]),
                "values": span(first_class + order.index(class_)),
                "fill": {"color": CLASS_BARS[class_]},
                "border": {"color": "#6B7785", "width": 0.5},
                "gap": 35,
                "overlap": 100,
            }
        )
    chart.add_series(
        {
            "name": _("range from lower to upper"),
            "categories": span(column["label"]),
            "values": span(column["score"]),
            "fill": {"none": True},
            "border": {"none": True},
            "gap": 35,
            "overlap": 100,
            "y_error_bars": {
                "type": "custom",
                "plus_values": reference(column["plus"]),
                "minus_values": reference(column["minus"]),
                "line": {"color": INK, "width": 1.25},
            },
        }
    )
    chart.set_x_axis(
        {
            "min": 0,
            "max": 100,
            "major_unit": 25,
            "num_format": "0",
            "num_font": {**_LETTERS, "color": FAINT},
            "major_gridlines": _GRID,
            "name": _("score, 0 to 100"),
            "name_font": {"size": 9, "bold": False, "color": FAINT},
            "label_position": "high",
        }
    )
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    return chart


def _write_data(context: Context, target: int, page: Any, top: int) -> None:
    """What a chart without a model is drawn from."""
    order = list(PracticeClass)
    shown = context.report.targets[target].practices[:MOST_BARS]
    for row, practice in enumerate(shown, top):
        score = practice.score or 0.0
        cells: tuple[str | float, ...] = (
            bar_label(practice),
            score,
            max(0.0, score - (practice.lower or 0.0)),
            max(0.0, (practice.upper or score) - score),
            *(score if practice.class_ is class_ else 0.0 for class_ in order),
        )
        for column, cell in enumerate(cells, _DATA_AT):
            context.book.write(page, row, column, cell, "small text" if isinstance(cell, str) else "small")


def _letters(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
