"""The input sheets on paper, so to speak: widths, colours of what may be changed, notes on the headings."""

from __future__ import annotations

from typing import Any

from dualeco_cli.language import _, of_data
from dualeco_cli.model.rows import Indicator, Kind
from dualeco_cli.model.safe import excel_text
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import LINE, Cell, Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import TAB_INPUT
from dualeco_cli.reports.excel.inputs import WIDE_ROLES, InputSheet, kind_of_column
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line

#: Columns of running text.
_LONG = frozenset({"summary", "core_functions", "basis", "description", "question", "note", "difficulties"})
_MIDDLE = frozenset({"title", "name", "evidence", "source", "partners", "organisation", "objectives", "url"})
#: What a reader of the live model may change, by sheet.
_CHANGED = {
    "Profile": frozenset({"value"}),
    "Assessments": frozenset({"rating", "importance"}),
    "Settings": frozenset({"value"}),
}
_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.WEIGHT, Kind.STEP})
#: Longer texts are cut in their cell, not in the file: the row can be drawn taller.
_TALLEST = 9 * LINE
#: Sheets that are wider than this, in characters, are printed on two pages side by side.
_ONE_PAGE = 250


def add(context: Context) -> None:
    """Add all input sheets."""
    for sheet in context.inputs.values():
        _add_one(context, sheet)


def _add_one(context: Context, sheet: InputSheet) -> None:
    book = context.book
    page = book.sheet(sheet.name, tab=TAB_INPUT)
    columns = [_column(context, sheet, at) for at in range(len(sheet.fields))]
    wide = sheet.kind in WIDE_ROLES
    tall = 8.5 * LINE if wide else 2 * LINE
    book.table(page, 0, columns, sheet.rows, sheet.kind, tall=tall)
    if sum(column.width for column in columns) > _ONE_PAGE:
        page.set_paper(8)  # A3
        page.fit_to_pages(2, 0)
        page.repeat_columns(0)
    page.freeze_panes(1, 2 if sheet.kind in {"Practices", "Indicators"} else 1)
    for at, cells in enumerate(sheet.rows, 1):
        _limit_height(page, at, columns, cells)
    if wide:
        for at, indicator in enumerate(sheet.fields[1:], 1):
            _tell(page, at, context.story.indicators[indicator], context)
    elif sheet.kind == "Settings":
        _settings_checks(page, sheet)
    if context.live and sheet.kind in {"Dimensions", "Indicators"}:
        note = _("These weights follow the sheet {sheet}: change them there.").format(sheet=names.weights())
        page.write_comment(0, sheet.column("weight"), note, {"x_scale": 1.6})


def _column(context: Context, sheet: InputSheet, at: int) -> Column:
    field, header = sheet.fields[at], sheet.headers[at]
    if sheet.kind in WIDE_ROLES and at:
        return Column(header, 6.5, "input cell", turned=True)
    kind = kind_of_column(sheet.kind, field)
    if context.live and field in _CHANGED.get(sheet.kind, ()):
        return Column(header, 16, "input")
    if kind in _NUMBERS or kind is Kind.ANY:
        return Column(header, max(9, len(header) + 4), "unit")
    if field in _LONG or field.startswith("level_"):
        return Column(header, 44 if field in _LONG else 24)
    if field in _MIDDLE:
        return Column(header, 34, "strong" if field in {"title", "name"} else "text")
    return Column(header, 18 if at else 28)


def _limit_height(page: Any, row: int, columns: list[Column], cells: tuple[Cell, ...]) -> None:
    """Rows of one very long text would fill a page each."""
    longest = max(
        (
            len(cell) / column.width
            for column, cell in zip(columns, cells, strict=True)
            if isinstance(cell, str)
        ),
        default=0,
    )
    if longest * LINE > _TALLEST:
        page.set_row(row, _TALLEST)


def _tell(page: Any, column: int, indicator: Indicator, context: Context) -> None:
    """What a column asks, as a note on its heading."""
    dimension = context.story.dimensions.get(indicator.dimension)
    lines = [indicator_name(indicator)]
    if dimension is not None:
        lines.append(dimension_name(dimension))
    if indicator.question:
        lines.append(one_line(of_data(indicator.question), 400))
    for level, words in sorted(indicator.levels.items()):
        lines.append(f"{numbers.plain(level)}: {one_line(of_data(words))}")
    if not indicator.levels:
        ends = (numbers.plain(indicator.worst), numbers.plain(indicator.best))
        lines.append(_("from {worst} (worst) to {best} (best)").format(worst=ends[0], best=ends[1]))
    size = {"x_scale": 2.6, "y_scale": max(1.0, 0.42 * len(lines))}
    page.write_comment(0, column, excel_text("\n".join(lines)), size)


def _settings_checks(page: Any, sheet: InputSheet) -> None:
    """What the values of the settings may be; blank is allowed, it stands for the default."""
    keys = [row[0] for row in sheet.rows]
    at = sheet.column("value")
    for key, low, high in (
        ("min_coverage", 0, 1),
        ("transferable_from", 0, 100),
        ("adaptable_from", 0, 100),
    ):
        row = keys.index(key) + 1
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "input_title": key,
            "input_message": _("A number from {low} to {high}").format(low=low, high=high),
        }
        page.data_validation(row, at, row, at, rule)
    row = keys.index("compensation") + 1
    message = _("full or partial: the workbook computes both. Others need a new run of dualeco.")
    page.data_validation(
        row,
        at,
        row,
        at,
        {"validate": "any", "input_title": "compensation", "input_message": message},
    )
