"""A workbook under construction: sheets, tables, charts, and text that stays text."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import Formatter
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dualeco_cli.language import _, of_data
from dualeco_cli.model.result import PracticeClass, Report
from dualeco_cli.model.safe import excel_text, printable
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.formats import BASE, CENTRED, CLASS_CELLS, FORMATS, TAB_RESULT, WORDS
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import class_word

#: The same report gives the same bytes, so a workbook does not say when it was made.
CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks have no time zones

#: Excel's limits.
LONGEST_SHEET_NAME = 31
LONGEST_HEADING = 255
MOST_ROWS = 1_048_576
#: Half of what a text in a formula may have: quotation marks in it count twice.
_LONGEST_LITERAL = 120
#: Characters that the name of a sheet must not have.
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
#: What the heading of a table and the cell above its column would spell in two ways.
_UNFIT = re.compile("[\n\r\t]|_x[0-9A-Fa-f]{4}_")
_REFERENCE = re.compile(r"=?[^!]+!\$?[A-Z]+\$?\d+")
#: A table keeps every one of its cells in memory twice; above this a filter on the heading does as well.
MOST_TABLE_ROWS = 50_000

#: Formats whose texts do not go on in a second line.
_ONE_LINE = frozenset({"class", "small text", "link"})
#: Height of a line of text, and the greatest that a row can have, in points.
LINE, HIGHEST = 15.0, 405.0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without its ``=``, and what it gives today: programs that do not compute show that.

    The text of a formula is ours alone; what users typed it only refers to. ``array`` is for formulas that
    work on whole ranges where SUMPRODUCT will not do.
    """

    text: str
    value: Value
    array: bool = False


Cell: TypeAlias = Value | Formula


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in characters, the format of its cells.

    ``mark`` is "bar" for a data bar between 0 and 100, "class" for the colours of the classes. A column that
    is not ``printed`` must stand at the end. ``turned`` headings suit narrow columns.
    """

    header: str
    width: float
    format: str = "text"
    mark: str | None = None
    printed: bool = True
    turned: bool = False


class Finer(float):
    """A number that needs more decimals than its column shows."""


class _Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet of which no formula has functions that XlsxWriter would have to rename.

    It looks for thirty of them in every formula, which takes longer than all the rest.
    """

    def _prepare_formula(self, formula: str, _expand_future_functions: bool = False) -> str:
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")


class Book:
    """A workbook that is being filled. Used as a context; :meth:`content` gives its bytes afterwards."""

    def __init__(self, report: Report) -> None:
        self._file = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._file,
            {
                "in_memory": True,
                # Nothing that is written as text is ever taken for anything else.
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._formats: dict[str, Any] = {}
        self._paints: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()
        self._widths: dict[tuple[str, int], float] = {}
        self._tables = 0
        version = f"{report.tool.name} {printable(report.tool.version)}"
        self.workbook.set_properties(
            {
                "title": _("Transferability of good practices"),
                "subject": ", ".join(printable(of_data(target.name)) for target in report.targets)[:250],
                "author": version,
                "comments": _("Made by {version}; see the sheet {sheet}.").format(
                    version=version, sheet=names.method()
                ),
                "created": CREATED,
            }
        )
        self.workbook.set_custom_property("dualeco version", printable(report.tool.version))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.workbook.close()

    def content(self) -> bytes:
        """The finished file."""
        return self._file.getvalue()

    # Formats

    def format(self, name: str) -> Any:
        """A format by its name in :data:`~dualeco_cli.reports.excel.formats.FORMATS`."""
        if name not in self._formats:
            self._formats[name] = self.workbook.add_format({**BASE, **FORMATS[name]})
        return self._formats[name]

    def paint(self, **properties: Any) -> Any:
        """A format that a rule lays over the cells for which it holds."""
        key = tuple(sorted(properties.items()))
        if key not in self._paints:
            self._paints[key] = self.workbook.add_format(properties)
        return self._paints[key]

    # Sheets

    def sheet(self, name: str, *, tab: str = TAB_RESULT) -> Any:
        """A new sheet, set up for print. Its name is made to fit Excel's rules and to be the only one."""
        sheet = self.workbook.add_worksheet(self.sheet_name(name), worksheet_class=_Sheet)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&R" + _("page {page} of {pages}").format(page="&P", pages="&N"))
        sheet.hide_gridlines(2)
        sheet.set_tab_color(tab)
        return sheet

    def sheet_name(self, wanted: str) -> str:
        """A name that Excel accepts and no other sheet has."""
        plain = " ".join(printable(wanted).translate(_NOT_IN_SHEET_NAMES).split()).strip("'")
        plain = plain or _("Sheet")
        if plain.casefold() == "history":  # reserved by Excel
            plain += "_"
        name, number = _fit(plain, ""), 1
        while name.casefold() in self._names:
            number += 1
            name = _fit(plain, f" ({number})")
        self._names.add(name.casefold())
        return name

    # Cells

    def write(self, sheet: Any, row: int, column: int, cell: Cell, format_: str) -> None:
        """Write one cell. Text is text, whatever it looks like; a missing number is an empty cell."""
        style = self.format(format_)
        if cell is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(cell, str):
            sheet.write_string(row, column, excel_text(cell), style)
        elif isinstance(cell, Formula):
            value = excel_text(cell.value) if isinstance(cell.value, str) else cell.value
            value = "" if value is None else value
            if cell.array:
                sheet.write_array_formula(row, column, row, column, f"{{={cell.text}}}", style, value)
            else:
                sheet.write_formula(row, column, f"={cell.text}", style, value)
        else:
            sheet.write_number(row, column, cell, style)

    def link(self, sheet: Any, row: int, column: int, name: str) -> None:
        """A link to another sheet, by its name."""
        place = name.replace("'", "''")
        sheet.write_url(row, column, f"internal:'{place}'!A1", self.format("link"), name)

    def heading(self, sheet: Any, title: str, *notes: Cell) -> int:
        """A title and lines below it; returns the first free row after a blank one."""
        sheet.set_row(0, 2 * LINE)
        self.write(sheet, 0, 0, title, "title")
        for number, note in enumerate(notes, 1):
            self.write(sheet, number, 0, note, "note")
        return len(notes) + 2

    def section(self, sheet: Any, row: int, title: str, columns: int) -> int:
        """A heading within a sheet, underlined over so many columns; returns the row below it."""
        sheet.set_row(row, 1.8 * LINE)
        self.write(sheet, row, 0, title, "section")
        for column in range(1, columns):
            self.write(sheet, row, column, None, "section")
        return row + 1

    # Tables

    def table(
        self,
        sheet: Any,
        top: int,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        name: str,
        *,
        alone: bool = True,
        filtered: bool = True,
        tall: float = 2 * LINE,
    ) -> int:
        """A table from a row on; returns the first free row after it.

        Where it does not stand ``alone`` on its sheet, widths and print set-up are the sheet's own matter.
        """
        if alone:
            self.widths(sheet, columns)
        columns = [_roomy(column) for column in columns]
        tall = max(tall, _head_height(columns))
        for at, column in enumerate(columns):
            if not alone and column.width > self._widths.get((sheet.get_name(), at), 0):
                self._set_width(sheet, at, column.width)
        end = top
        for end, cells in enumerate(rows, top + 1):
            sheet.set_row(end, _height(columns, cells))
            for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                self.write(sheet, end, at, cell, _format_of(column, cell))
        end = max(end, top + 1)  # a table needs a row, be it a blank one
        last = len(columns) - 1
        if end - top <= MOST_TABLE_ROWS and _may_head_a_table(columns):
            self._add_table(sheet, (top, end, last), columns, name, filtered=filtered)
        else:
            for at, column in enumerate(columns):
                sheet.write_string(top, at, excel_text(column.header), self._header(column))
            if filtered and alone:  # a sheet can have one filter only
                sheet.autofilter(top, 0, end, last)
        for at, column in enumerate(columns):
            self._mark(sheet, column, top + 1, at, end)
        sheet.set_row(top, tall)
        if alone:
            sheet.print_area(0, 0, end, sum(column.printed for column in columns) - 1)
            # Titles such as "2024" are text on purpose.
            sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(end, last)}"})
            sheet.repeat_rows(top)
        return end + 1

    def widths(self, sheet: Any, columns: Sequence[Column]) -> None:
        """Set the widths of columns."""
        for at, column in enumerate(columns):
            self._set_width(sheet, at, _roomy(column).width)

    def _set_width(self, sheet: Any, at: int, width: float) -> None:
        self._widths[sheet.get_name(), at] = width
        sheet.set_column(at, at, width)

    def _add_table(
        self, sheet: Any, area: tuple[int, int, int], columns: Sequence[Column], name: str, *, filtered: bool
    ) -> None:
        top, end, last = area
        self._tables += 1
        sheet.add_table(
            top,
            0,
            end,
            last,
            {
                "name": f"{name}_{self._tables}",
                "style": None,
                "autofilter": filtered,
                "columns": [
                    {"header": excel_text(column.header), "header_format": self._header(column)}
                    for column in columns
                ],
            },
        )

    def _header(self, column: Column) -> Any:
        """Headings stand where their column's cells stand: words left, numbers right."""
        if column.turned:
            return self.format("turned header")
        if column.format in WORDS:
            return self.format("header")
        return self.format("centre header" if column.format in CENTRED else "number header")

    # What follows the content of the cells

    def _mark(self, sheet: Any, column: Column, first: int, at: int, last: int) -> None:
        if column.mark == "bar":
            self.data_bars(sheet, (first, at, last, at))
        elif column.mark == "class":
            self.class_colours(sheet, (first, at, last, at))

    def data_bars(self, sheet: Any, area: tuple[int, int, int, int]) -> None:
        """Bars between 0 and 100 behind the numbers of an area."""
        bar = {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": "#BBD7EE",
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 100,
            "data_bar_2010": True,
        }
        sheet.conditional_format(*area, bar)

    def class_colours(self, sheet: Any, area: tuple[int, int, int, int]) -> None:
        """The colour of each class, by the word in the cell: it follows when a formula changes the class."""
        for class_, (fill, font) in CLASS_CELLS.items():
            self.colour_text(sheet, area, class_word(class_), fill, font)

    def colour_text(
        self, sheet: Any, area: tuple[int, int, int, int], text: str, fill: str, font: str
    ) -> None:
        """A colour for the cells that hold this text."""
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": '"' + text.replace('"', '""') + '"',
            "format": self.paint(bg_color=fill, font_color=font),
        }
        sheet.conditional_format(*area, rule)

    def chart(self, sheet: Any, row: int, column: int, chart: Any, told: str, **place: Any) -> None:
        """Put a chart on a sheet, with the words for those who do not see it."""
        options: Mapping[str, Any] = {"description": excel_text(told), "object_position": 2, **place}
        sheet.insert_chart(row, column, chart, options)


def quoted(name: str) -> str:
    """The name of a sheet as it stands in a formula."""
    return name if name.isascii() and name.isalnum() else "'" + name.replace("'", "''") + "'"


def literal(text: str) -> str:
    """A text as it stands in a formula. Excel takes no more than 255 characters in one piece."""
    pieces = [text[at : at + _LONGEST_LITERAL] for at in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def spoken(template: str, **gaps: str) -> str:
    """A formula that gives the template with its gaps filled by formulas; a text is a :func:`literal`."""
    parts: list[str] = []
    for text, gap, _spec, _conversion in Formatter().parse(template):
        if text:
            parts.append(literal(text))
        if gap:
            parts.append(gaps[gap])
    return "&".join(parts)


def fits_a_title(text: str) -> str:
    """A text for the title of a chart: XlsxWriter takes ``here!A1`` for a reference, but not ``here! A1``."""
    text = " ".join(printable(excel_text(text)).split())
    return text.replace("!", "! ") if _REFERENCE.match(text) else text


def class_words() -> list[str]:
    """The words of the classes, in the order of their codes in the model (design, 4.5)."""
    return [class_word(class_) for class_ in PracticeClass]


def _may_head_a_table(columns: Sequence[Column]) -> bool:
    """Excel repairs a table whose headings are too long, blank or alike but for their case."""
    headings = [excel_text(column.header) for column in columns]
    return (
        len({heading.casefold() for heading in headings}) == len(headings)
        and all(heading.strip() for heading in headings)
        and not any(_UNFIT.search(heading) or len(heading) > LONGEST_HEADING for heading in headings)
    )


def _fit(name: str, ending: str) -> str:
    """The name with the ending, as long as Excel allows. Excel counts as UTF-16 does: an emoji is two."""
    room = LONGEST_SHEET_NAME - len(ending)
    while len(name.encode("utf-16-le")) // 2 > room:
        name = name[:-1]
    return name.rstrip(" '") + ending


def _roomy(column: Column) -> Column:
    """The column, as wide as the longest word of its heading and the word of every class need at least."""
    if column.turned:
        return column
    longest = max(map(len, column.header.split()), default=0) + 1
    if column.mark == "class":
        longest = max(longest, *(len(word) - 1 for word in class_words()))
    return replace(column, width=longest) if longest > column.width else column


def _head_height(columns: Sequence[Column]) -> float:
    """The height that headings need which are broken between their words."""
    lines = (
        len(textwrap.wrap(column.header, max(1, int(column.width + 1))))
        for column in columns
        if not column.turned
    )
    return max(lines, default=1) * LINE


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """The height that a row needs. Not every program works it out when it opens or prints a workbook."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        text = cell.value if isinstance(cell, Formula) else cell
        if isinstance(text, str) and len(text) > column.width - 3 and column.format not in _ONE_LINE:
            # Letters are narrower than digits; of a wide column less is lost where words do not fit.
            wide = 1.1 if column.format == "strong" else 1.2 if column.width < 50 else 1.3
            room = max(1.0, (column.width - 2) * wide)
            lines = max(lines, sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n")))
    return min(HIGHEST, lines * LINE + 1)


def _format_of(column: Column, cell: Cell) -> str:
    """The format of a cell: that of its column, but for a word among numbers and a finer number."""
    if isinstance(cell, Finer) or (isinstance(cell, Formula) and isinstance(cell.value, Finer)):
        return "finer"
    if isinstance(cell, str) and column.format not in WORDS | CENTRED:
        return "input text" if column.format == "input" else "text"
    return column.format
