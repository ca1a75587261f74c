"""A workbook under construction: formats, tables, names of sheets, and text that stays text."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

import xlsxwriter

from dualeco_cli.model.result import PracticeClass, Report
from dualeco_cli.model.safe import excel_text, printable
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import _, class_word

#: The same report gives the same bytes, so a workbook does not say when it was made.
CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks have no time zones

#: Excel's limits.
LONGEST_SHEET_NAME = 31
MOST_ROWS = 1_048_576
#: Characters that the name of a sheet must not have.
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
#: A table keeps every one of its cells in memory twice; above this a filter on the heading does as well.
MOST_TABLE_ROWS = 50_000

FONT = "Calibri"
#: Height of a line of text, and the greatest that a row can have, in points.
LINE, HIGHEST = 15.0, 405.0
_BASE = {"font_name": FONT, "font_size": 11, "valign": "top"}
_HEADER = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "font_color": "#FFFFFF",
    "bg_color": "#1F3864",
}

#: Formats of cells, by name. Text has Excel's quote prefix: edited again, it is still no formula.
FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "quote_prefix": True, "align": "left", "indent": 1},
    "strong": {"text_wrap": True, "quote_prefix": True, "align": "left", "indent": 1, "bold": True},
    "title": {"quote_prefix": True, "bold": True, "font_size": 16, "font_color": "#1F3864"},
    "note": {"quote_prefix": True, "font_color": "#595959"},
    "header": {**_HEADER, "align": "left", "indent": 1},
    "number header": {**_HEADER, "align": "right"},
    "whole": {"num_format": "0"},
    "score": {"num_format": "0.0"},
    "value": {"num_format": "0.00"},
    "share": {"num_format": "0%"},
    "unit": {"num_format": "General"},
    "finer": {"num_format": "0.00##"},
}
#: Formats of columns of words.
_WORDS = frozenset({"text", "strong"})

#: Fill and font of a class: dark on light, so that it is read in black and white as well.
_CLASS_COLOURS: dict[PracticeClass, tuple[str, str]] = {
    PracticeClass.TRANSFERABLE: ("#C6E0B4", "#1E4D12"),
    PracticeClass.ADAPTABLE: ("#DDEBF7", "#1F3864"),
    PracticeClass.CONDITIONAL: ("#FFF2CC", "#5C4400"),
    PracticeClass.NOT_YET: ("#FCE4D6", "#6B2A00"),
    PracticeClass.BLOCKED: ("#F8CBAD", "#7A0000"),
    PracticeClass.INSUFFICIENT_EVIDENCE: ("#EDEDED", "#404040"),
    PracticeClass.HOME: ("#FFFFFF", "#595959"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in characters, the format of its cells.

    ``mark`` is "bar" for a data bar between 0 and 100, "class" for the colours of the classes. A column that
    is not ``printed`` must stand at the end.
    """

    header: str
    width: float
    format: str = "text"
    mark: str | None = None
    printed: bool = True


class Finer(float):
    """A number that needs more decimals than its column shows."""


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
        self._names: set[str] = set()
        self._tables = 0
        version = f"{report.tool.name} {printable(report.tool.version)}"
        self.workbook.set_properties(
            {
                "title": _("Transferability of good practices"),
                "subject": ", ".join(printable(target.name) for target in report.targets)[:250],
                "author": version,
                "comments": _("Made by {version}; see the sheet Provenance.").format(version=version),
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

    def format(self, name: str) -> Any:
        """A format by its name in :data:`FORMATS`."""
        if name not in self._formats:
            self._formats[name] = self.workbook.add_format({**_BASE, **FORMATS[name]})
        return self._formats[name]

    def sheet(self, name: str) -> Any:
        """A new sheet, set up for print. Its name is made to fit Excel's rules and to be the only one."""
        sheet = self.workbook.add_worksheet(self.sheet_name(name))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&R" + _("page {page} of {pages}").format(page="&P", pages="&N"))
        sheet.hide_gridlines(2)
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

    def write(self, sheet: Any, row: int, column: int, value: Value, format_: str) -> None:
        """Write one cell. Text is text, whatever it looks like; a missing number is an empty cell."""
        if value is None:
            sheet.write_blank(row, column, None, self.format(format_))
        elif isinstance(value, str):
            sheet.write_string(row, column, _cell_text(value), self.format(format_))
        else:
            sheet.write_number(row, column, value, self.format(format_))

    def heading(self, sheet: Any, title: str, *notes: str) -> int:
        """A title and lines below it; returns the first free row after a blank one."""
        sheet.set_row(0, 2 * LINE)
        self.write(sheet, 0, 0, title, "title")
        for number, note in enumerate(notes, 1):
            self.write(sheet, number, 0, note, "note")
        return len(notes) + 2

    def table(
        self, sheet: Any, top: int, columns: Sequence[Column], rows: Iterable[Sequence[Value]], name: str
    ) -> int:
        """A table from a row on; returns the first free row after it."""
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
        end = top
        for end, cells in enumerate(rows, top + 1):
            sheet.set_row(end, _height(columns, cells))
            for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                self.write(sheet, end, at, cell, _format_of(column, cell))
        end = max(end, top + 1)  # a table needs a row, be it a blank one
        last = len(columns) - 1
        if end - top <= MOST_TABLE_ROWS:
            self._tables += 1
            sheet.add_table(
                top,
                0,
                end,
                last,
                {
                    "name": f"{name}_{self._tables}",
                    "style": "Table Style Light 1",
                    "columns": [
                        {"header": column.header, "header_format": self._header(column)} for column in columns
                    ],
                },
            )
        else:
            for at, column in enumerate(columns):
                sheet.write_string(top, at, column.header, self._header(column))
            sheet.autofilter(top, 0, end, last)
        for at, column in enumerate(columns):
            self._mark(sheet, column, top + 1, at, end)
        sheet.set_row(top, 2 * LINE)
        sheet.print_area(0, 0, end, sum(column.printed for column in columns) - 1)
        # Titles such as "2024" are text on purpose.
        sheet.ignore_errors(
            {"number_stored_as_text": f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(end, last)}"}
        )
        sheet.repeat_rows(top)
        return end + 1

    def _header(self, column: Column) -> Any:
        """Headings stand where their column's cells stand: words left, numbers right."""
        return self.format("header" if column.format in _WORDS else "number header")

    def _mark(self, sheet: Any, column: Column, first: int, at: int, last: int) -> None:
        if column.mark == "bar":
            bar = {
                "type": "data_bar",
                "bar_solid": True,
                "bar_color": "#9DC3E6",
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": 100,
                "data_bar_2010": True,
            }
            sheet.conditional_format(first, at, last, at, bar)
        elif column.mark == "class":
            # By the word in the cell, so that the colour follows when a formula changes the class.
            for class_, (fill, font) in _CLASS_COLOURS.items():
                paint = self.workbook.add_format({"bg_color": fill, "font_color": font})
                rule = {
                    "type": "cell",
                    "criteria": "==",
                    "value": '"' + class_word(class_).replace('"', '""') + '"',
                    "format": paint,
                }
                sheet.conditional_format(first, at, last, at, rule)


def _fit(name: str, ending: str) -> str:
    """The name with the ending, as long as Excel allows. Excel counts as UTF-16 does: an emoji is two."""
    room = LONGEST_SHEET_NAME - len(ending)
    while len(name.encode("utf-16-le")) // 2 > room:
        name = name[:-1]
    return name.rstrip(" '") + ending


def _height(columns: Sequence[Column], cells: Sequence[Value]) -> float:
    """The height that a row needs. Not every program works it out when it opens or prints a workbook."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        if isinstance(cell, str) and len(cell) > column.width - 3:
            room = max(1.0, (column.width - 2) * (1.05 if column.format == "strong" else 1.15))
            lines = max(lines, sum(max(1, math.ceil(len(line) / room)) for line in cell.split("\n")))
    return min(HIGHEST, lines * LINE)


def _format_of(column: Column, cell: Value) -> str:
    """The format of a cell: that of its column, but for a word among numbers and a finer number."""
    if isinstance(cell, Finer):
        return "finer"
    return "text" if isinstance(cell, str) and column.format not in _WORDS else column.format


def _cell_text(text: str) -> str:
    text = excel_text(text)
    # XlsxWriter takes a string between these tags for markup of its own and would write it unescaped.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
