"""A new workbook with the values of any input and the findings: for what cannot be changed in place."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from dualeco_cli.language import _, grouped
from dualeco_cli.model.cells import Cell, ErrorValue, Percentage, Sheet, Uncomputed, Workbook
from dualeco_cli.model.finding import Finding
from dualeco_cli.model.safe import excel_text
from dualeco_cli.workbook.annotate import listing
from dualeco_cli.workbook.annotate.notes import AUTHOR
from dualeco_cli.workbook.annotate.patch import Annotated
from dualeco_cli.workbook.annotate.styles import FILLS
from dualeco_cli.workbook.limits import LAST_COLUMN, LAST_ROW

#: The same input gives the same bytes, so a copy does not say when it was made.
_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- workbooks have no time zones
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,14})?")
#: In this year, and before it, programs differ in how they count days.
_FIRST_YEAR: Final = 1900
#: The error values that a cell can hold as such; of others only the name is kept.
_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_FILLS: Final = {str(severity): {"bg_color": f"#{color[2:]}"} for severity, color in FILLS.items()}
_LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    **_FILLS,
    **{f"strong {severity}": {**fill, "bold": True} for severity, fill in _FILLS.items()},
    "plain": {},
    "title": {"bold": True, "font_size": 14},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79"},
    "wrapped": {"text_wrap": True},
    "link": {"underline": 1, "font_color": "#0B57A4"},
    "percent": {"num_format": "0.############%"},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "time": {"num_format": "[hh]:mm:ss"},
}


def fresh(workbook: Workbook, findings: Sequence[Finding], name: str) -> Annotated:
    """The copy. Values, hidden rows and merged cells are as they were read, looks and formulas are not."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        },
    )
    book.set_properties(
        {"title": _("Findings in {file}").format(file=excel_text(name))[:250], "created": _CREATED}
    )
    copy = _Copy(book, workbook.sheets)
    copy.list_findings(name, findings)
    for sheet, its_name in zip(workbook.sheets, copy.names, strict=True):
        here = [finding for finding in findings if (finding.file, finding.sheet) == (sheet.file, sheet.name)]
        copy.add(sheet, its_name, listing.by_cell(here))
    book.close()
    return Annotated(memory.getvalue(), ".xlsx", tuple(copy.remarks))


class _Copy:
    """The new workbook under construction."""

    def __init__(self, book: Any, sheets: Sequence[Sheet]) -> None:
        self.book = book
        self.remarks: list[str] = []
        self.names = _names(sheet.name for sheet in sheets)
        self._targets: dict[str, str] = {}
        for sheet, name in zip(sheets, self.names, strict=True):
            self._targets.setdefault(sheet.name, name)
        self._notes_left = listing.MOST_NOTES
        self._formats: dict[tuple[str, ...], Any] = {}

    def format(self, *parts: str) -> Any:
        """A cell format made of named parts."""
        if parts not in self._formats:
            made: dict[str, object] = {"valign": "top", "quote_prefix": True}
            for part in parts:
                made |= _LOOKS[part]
            self._formats[parts] = self.book.add_format(made)
        return self._formats[parts]

    # -- the sheet of findings -----------------------------------------------------------------------

    def list_findings(self, file: str, findings: Sequence[Finding]) -> None:
        """The first sheet: all findings in a table, each with a link to its cell."""
        sheet = self.book.add_worksheet(listing.free_name({name.casefold() for name in self.names}))
        for row, text in enumerate(listing.heading(file, findings)):
            self._text(sheet, row, 0, text, "title" if row == 0 else "plain")
        found = list(islice(listing.lines(findings, self._targets), listing.MOST_LINES))
        if len(findings) > len(found):
            self.remarks.append(listing.cut(len(found)))
        found = found or [listing.nothing()]
        top = listing.TOP - 1
        for row, line in enumerate(found, listing.TOP):
            for column, text in enumerate(line.cells):
                self._text(sheet, row, column, text, _look(line, column))
            if line.target and line.cells[line.link] and row < listing.MOST_LINKS:
                at = row, line.link
                text = excel_text(line.cells[line.link])
                sheet.write_url(*at, f"internal:{line.target}", self.format("link"), text)
        for column, (_name, width) in enumerate(listing.COLUMNS):
            sheet.set_column(column, column, width)
        headers = [{"header": name, "header_format": self.format("header")} for name in listing.headers()]
        area = (top, 0, top + len(found), len(headers) - 1)
        options = {"name": listing.TABLE, "style": "Table Style Light 1", "columns": headers}
        sheet.add_table(*area, options)
        sheet.freeze_panes(listing.TOP, 0)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#C00000")
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)

    # -- the sheets of the input ---------------------------------------------------------------------

    def add(self, sheet: Sheet, name: str, cells: Mapping[tuple[int, int], Sequence[Finding]]) -> None:
        """A sheet of the input with its values where they stood."""
        page = self.book.add_worksheet(name)
        self._merge(page, sheet)
        widths: dict[int, int] = {}
        for number, row in sheet.rows:
            for column, cell in enumerate(row, 1):
                found = cells.get((number, column), ())
                if cell is not None:
                    widths[column] = max(widths.get(column, 0), len(str(cell)))
                    self._write(page, (number, column), cell, found, sheet)
        written = {(n, c) for n, row in sheet.rows for c, cell in enumerate(row, 1) if cell is not None}
        for at, found in cells.items():
            if at not in written:
                page.write_blank(at[0] - 1, at[1] - 1, None, self.format(found[0].severity))
            self._note(page, at, found)
        for column in sorted({*widths, *sheet.hidden_columns}):
            hidden = {"hidden": column in sheet.hidden_columns}
            page.set_column(column - 1, column - 1, min(50, max(9, widths.get(column, 9) + 2)), None, hidden)
        for number in sorted(sheet.hidden_rows):
            page.set_row(number - 1, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()

    def _merge(self, page: Any, sheet: Sheet) -> None:
        for area in sheet.merged:
            one_cell = (area.first_row, area.first_column) == (area.last_row, area.last_column)
            if not one_cell and area.last_row <= LAST_ROW and area.last_column <= LAST_COLUMN:
                # areas that overlap would make Excel repair the copy
                with suppress(XlsxWriterException):
                    page.merge_range(
                        area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1, ""
                    )

    def _write(
        self, page: Any, at: tuple[int, int], cell: Cell, found: Sequence[Finding], sheet: Sheet
    ) -> None:
        row, column = at[0] - 1, at[1] - 1
        fill = (str(found[0].severity),) if found else ()
        match cell:
            case bool():
                page.write_boolean(row, column, cell, self.format(*fill))
            case int() | float():
                page.write_number(row, column, float(cell), self.format(*fill))
            case Percentage():
                page.write_number(row, column, cell.stored, self.format("percent", *fill))
            case ErrorValue() if cell.code in _ERRORS:
                page.write_formula(row, column, f"={cell.code}", self.format(*fill), cell.code)
            case dt.datetime() | dt.date() | dt.time() | dt.timedelta():
                self._date(page, row, column, cell, fill)
            case str() if sheet.from_csv and not found and _NUMBER.fullmatch(cell):
                # all cells of a text file are texts; those that are plainly numbers become such
                mark = sheet.decimal_mark or "."
                if ({",", "."} & set(cell)) <= {mark}:
                    page.write_number(row, column, float(cell.replace(",", ".")), self.format(*fill))
                else:
                    self._text(page, row, column, cell, *fill)
            case _:
                self._text(page, row, column, _shown(cell), *fill)

    def _date(
        self, page: Any, row: int, column: int, value: dt.date | dt.time | dt.timedelta, fill: tuple[str, ...]
    ) -> None:
        kind = "time" if isinstance(value, dt.time | dt.timedelta) else "date"
        if isinstance(value, dt.datetime) and value.time() != dt.time():
            kind = "moment"
        if isinstance(value, dt.date) and value.year <= _FIRST_YEAR:
            self._text(page, row, column, str(value), *fill)
        else:
            page.write_datetime(row, column, value, self.format(kind, *fill))

    def _text(self, page: Any, row: int, column: int, text: str, *look: str) -> None:
        page.write_string(row, column, excel_text(text), self.format(*look))

    def _note(self, page: Any, at: tuple[int, int], found: Sequence[Finding]) -> None:
        self._notes_left -= 1
        if self._notes_left < 0:
            if self._notes_left == -1:
                text = _("Only the first {number} cells with findings have a note.")
                self.remarks.append(text.format(number=grouped(listing.MOST_NOTES)))
            return
        note = listing.note(at, found)
        text = excel_text(f"{note.heading}\n{note.text}")
        lines = sum(1 + len(line) // 50 for line in text.split("\n"))
        options = {"author": AUTHOR, "width": 330, "height": min(420, 16 * lines + 24), "font_size": 9}
        page.write_comment(at[0] - 1, at[1] - 1, text, options)


def _look(line: listing.Line, column: int) -> str:
    if column == 0 and line.severity:
        return f"strong {line.severity}"
    return "wrapped"


def _names(names: Iterable[str]) -> list[str]:
    """Names of sheets that Excel accepts, each once."""
    taken: set[str] = set()
    found = []
    for wanted in names:
        plain = _NOT_IN_NAMES.sub(" ", excel_text(wanted)).strip("' ") or "Sheet"
        if plain.casefold() == "history":  # reserved by Excel
            plain += "_"
        name, number = _fitting(plain, ""), 1
        while name.casefold() in taken:
            number += 1
            name = _fitting(plain, f" ({number})")
        taken.add(name.casefold())
        found.append(name)
    return found


def _fitting(name: str, ending: str) -> str:
    """As much of a name as there is room for. Excel counts as UTF-16 does: an emoji is two."""
    while len(name.encode("utf-16-le")) // 2 > _LONGEST_NAME - len(ending):
        name = name[:-1]
    return name.rstrip(" '") + ending


def _shown(cell: object) -> str:
    """A value that no cell can hold as such, as its reader saw it."""
    if isinstance(cell, ErrorValue):
        return cell.code
    return cell.formula if isinstance(cell, Uncomputed) else str(cell)
