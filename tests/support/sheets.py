"""Workbooks from Markdown tables, so that the reader of a test sees the sheets.

    workbook(tmp_path, '''
        | Practices | hidden rows 3-4 |
        | id        | title           | source   |
        | tkgune    | TKgune          | lombardy |

        | Requirements |
        | practice     | legal_framework |
        | tkgune       | "3"             |
    ''')

A blank line parts two sheets. The first line of each is its name, and what is special about it, a cell each:
``hidden``, ``hidden rows 3-4``, ``hidden columns B``, ``merged C2:C4``, ``from row 3`` (blank rows above it).
The other lines are its rows, and ``| |`` is a blank one. A cell is

    3, -2.5                  a number               "3", "=1+1", "a\\u00a0b"   a text, with escapes
    12.5 %                   a number with that     TRUE, FALSE              a truth value
                             format                 #REF!                    an error value
    2024-04-03               a date                 =A1+1                    a formula, never computed
                             (blank) nothing        =A1+1 -> 3               a formula and its value

and any other one is the text that it is. A ``|`` within a cell is written ``\\|``.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ?%")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ERROR = re.compile(r"#[A-Z]+(/[0A])?[!?]?")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|n|t)")
_PIPE = "\x00"


@dataclass(slots=True)
class Table:
    """One sheet as written in a test."""

    name: str
    rows: list[list[str]]
    first_row: int = 1
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    def special(self, text: str) -> None:
        """Take in what the first line says besides the name."""
        what, _, where = text.rpartition(" ")
        if text == "hidden":
            self.hidden = True
        elif what == "hidden rows":
            first, _, last = where.partition("-")
            self.hidden_rows += range(int(first), int(last or first) + 1)
        elif what == "hidden columns":
            self.hidden_columns.append(where)
        elif what == "merged":
            self.merged.append(where)
        elif what == "from row":
            self.first_row = int(where)
        else:
            raise ValueError(f"what is {text!r}?")


def tables(text: str) -> Iterator[Table]:
    """The sheets of a text."""
    current: Table | None = None
    for line in [*map(str.strip, text.splitlines()), ""]:
        if not line:
            if current is not None:
                yield current
            current = None
            continue
        if not (line.startswith("|") and line.endswith("|") and len(line) > 1):
            raise ValueError(f"no row of a table: {line!r}")
        inner = line[1:-1].replace("\\|", _PIPE)
        cells = [cell.strip().replace(_PIPE, "|") for cell in inner.split("|")]
        if current is None:
            current = Table(cells[0], [])
            for special in filter(None, cells[1:]):
                current.special(special)
        else:
            current.rows.append(cells)


def workbook(folder: Path, text: str, name: str = "study.xlsx") -> Path:
    """An .xlsx file with the sheets of the text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = {
            "percent": book.add_format({"num_format": "0.0%"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for table in tables(text):
            sheet = book.add_worksheet(table.name)
            for number, row in enumerate(table.rows, start=table.first_row):
                for column, cell in enumerate(row):
                    _write(sheet, number - 1, column, cell, formats)
            _dress(sheet, table)
    return path


def _write(sheet: Worksheet, row: int, column: int, cell: str, formats: dict[str, Format]) -> None:
    percent = _PERCENT.fullmatch(cell)
    if not cell:
        return
    if cell.startswith('"') and cell.endswith('"') and len(cell) > 1:
        sheet.write_string(row, column, unescape(cell[1:-1]))
    elif _NUMBER.fullmatch(cell):
        sheet.write_number(row, column, float(cell))
    elif percent:
        sheet.write_number(row, column, float(percent[1]) / 100, formats["percent"])
    elif cell in {"TRUE", "FALSE"}:
        sheet.write_boolean(row, column, cell == "TRUE")
    elif _DATE.fullmatch(cell):
        sheet.write_datetime(row, column, dt.datetime.fromisoformat(cell), formats["date"])
    elif _ERROR.fullmatch(cell):
        sheet.write_formula(row, column, f"={cell}", None, cell)
    elif cell.startswith("="):
        formula, _, value = cell.partition("->")
        sheet.write_formula(row, column, formula.strip(), None, _stored(value.strip()))
    else:
        sheet.write_string(row, column, unescape(cell))


def _stored(value: str) -> str | float:
    return float(value) if _NUMBER.fullmatch(value) else value


def _dress(sheet: Worksheet, table: Table) -> None:
    if table.hidden:
        sheet.hide()
    for row in table.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for letter in table.hidden_columns:
        sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
    for area in table.merged:
        # merged without a value of its own: that would overwrite what the table has there
        first, last = area.split(":")
        sheet.merge.append([*_position(first), *_position(last)])


def _position(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]) - 1, column - 1


def unescape(text: str) -> str:
    """A text with its escapes: line break, tab, and characters by their number."""
    return _ESCAPE.sub(lambda found: {"n": "\n", "t": "\t"}.get(found[1]) or chr(int(found[1][1:], 16)), text)


def folder(
    parent: Path, text: str, name: str = "study", *, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """A folder of .csv files with the sheets of the text; a cell is its text, without quotation marks."""
    path = parent / name
    path.mkdir(parents=True, exist_ok=True)
    for table in tables(text):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerows([[]] * (table.first_row - 1))
        writer.writerows([_plain(cell) for cell in row] for row in table.rows)
        (path / f"{table.name}.csv").write_bytes(out.getvalue().encode(encoding))
    return path


def _plain(cell: str) -> str:
    quoted = cell.startswith('"') and cell.endswith('"') and len(cell) > 1
    return unescape(cell[1:-1] if quoted else cell)


def markdown(rows: Sequence[Sequence[object]], name: str) -> str:
    """The text of one sheet from its rows, for tests that compute them."""
    lines = [f"| {name} |"]
    for row in rows:
        cells = ("" if cell is None else str(cell).replace("|", "\\|").replace("\n", "\\n") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n\n"
