"""Reads text files of separated values: encoding, delimiter and decimal mark are found out, and told.

Cells stay the text that they are; what a number is, the checks decide.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from dualeco_cli.language import N_, _
from dualeco_cli.model.cells import Cell, ErrorValue, Notice, Place, Sheet, SheetRow
from dualeco_cli.model.safe import UNPRINTABLE
from dualeco_cli.workbook.assembling import (
    ERROR_LITERALS,
    Budget,
    Remarks,
    clean,
    finish,
    is_blank,
)
from dualeco_cli.workbook.limits import LAST_COLUMN, LAST_ROW, Limits
from dualeco_cli.workbook.refusal import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_DELIMITERS = (",", ";", "\t")
_DELIMITER_NAMES = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab")}
_SEP_LINE = re.compile(r'"?sep=(?P<mark>[^"\r\n])"?[,;\t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
#: Records that the delimiter is judged by, and the characters that they are looked for in.
_SAMPLE_RECORDS = 200
_SAMPLE_CHARACTERS = 1 << 18
#: Numbers that can be read in one way only; ``1,234`` and ``1.234`` tell nothing.
_COMMA_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|0,[0-9]+)[!?%]*"
)
_POINT_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|0\.[0-9]+)[!?%]*"
)


def read_delimited(
    data: bytes, file: str, name: str, limits: Limits, budget: Budget
) -> tuple[Sheet, list[Notice]]:
    """The sheet that a text file holds; ``name`` is what it is called, its file's name without suffix."""
    text, encoding = decode(data)
    if "\0" in text:
        raise Refusal("file-with-nul")
    place = Place(file, name)
    notices = []
    if encoding != "UTF-8":
        notices.append(Notice("csv-encoding", place, {"encoding": encoding}))
    delimiter, text = _delimiter(text)
    remarks = Remarks(file, name)
    rows = tuple(_rows(text, delimiter, place, limits, budget, remarks))
    decimal_mark = _decimal_mark(rows, delimiter)
    if delimiter != "," or decimal_mark != ".":
        params: dict[str, object] = {
            "delimiter": _(_DELIMITER_NAMES.get(delimiter, delimiter)),
            "decimal": decimal_mark,
        }
        notices.append(Notice("csv-dialect", place, params))
    sheet = Sheet(file=file, name=name, rows=rows, from_csv=True, decimal_mark=decimal_mark)
    sheet, further = finish(sheet, remarks=remarks)
    return sheet, notices + further


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was found to have."""
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec), encoding
            except UnicodeDecodeError as error:
                raise Refusal("file-encoding", encoding=encoding, position=error.start) from error
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        try:
            return data.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            raise Refusal("file-encoding", encoding="UTF-8", position=error.start) from error


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without the line by which Excel is told it."""
    told = _SEP_LINE.match(text)
    if told:
        return told["mark"], text[told.end() :]
    sample = text[:_SAMPLE_CHARACTERS]
    best, best_merit = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = _widths(sample, delimiter)
        split = Counter(width for width in widths if width > 1)
        if not split:
            continue
        # The delimiter is what cuts most records into the same number of pieces, and of those the most.
        width, times = max(split.items(), key=lambda item: (item[1], item[0]))
        merit = (round(times / len(widths), 1), width)
        if merit > best_merit:
            best, best_merit = delimiter, merit
    return best, text


def _widths(sample: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    with _any_field_size(len(sample)):
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == _SAMPLE_RECORDS:
                break
    return widths


@contextmanager
def _any_field_size(size: int) -> Iterator[None]:
    """Let the csv module take a field of any size: its limit is the whole process's, so it is put back."""
    before = csv.field_size_limit(max(size + 1, 131_072))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(
    text: str, delimiter: str, place: Place, limits: Limits, budget: Budget, remarks: Remarks
) -> Iterator[SheetRow]:
    """The records that are not blank, numbered as a spreadsheet program would."""
    dirty = UNPRINTABLE.search(text) is not None or len(text) > limits.text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    line = 0
    with _any_field_size(len(text)):
        while True:
            number += 1
            line = reader.line_num + 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                where = place._replace(row=min(number, LAST_ROW))
                raise Refusal(
                    "csv-quotes", where, line=line, detail=_what_is_wrong(error, delimiter)
                ) from error
            if number > LAST_ROW:
                raise Refusal("too-many-rows", limit=LAST_ROW)
            if any(record[LAST_COLUMN:]):
                raise Refusal("too-many-columns", place._replace(row=number), limit=LAST_COLUMN)
            cells: list[Cell] = [_cell(text) for text in record[:LAST_COLUMN]]
            if dirty:
                _clean(cells, number, limits, remarks)
            while cells and cells[-1] is None:
                cells.pop()
            if is_blank(cells):
                continue
            budget.spend(len(cells))
            yield SheetRow(number, tuple(cells))


def _what_is_wrong(error: csv.Error, delimiter: str) -> str:
    """What the csv module complains of; of quotation marks it knows two complaints."""
    if "unexpected end" in str(error):
        return _("unexpected end of data")
    if "expected after" in str(error):
        return _("{delimiter} expected after {mark}").format(delimiter=f"'{delimiter}'", mark="'\"'")
    return str(error)


def _cell(text: str) -> Cell:
    """A text as it is, but for the error values that a spreadsheet program has written out."""
    if not text:
        return None
    if text[0] == "#" and text.strip().upper() in ERROR_LITERALS:
        return ErrorValue(text.strip())
    return text


def _clean(cells: list[Cell], row: int, limits: Limits, remarks: Remarks) -> None:
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            cleaned = clean(cell, limits)
            if cleaned.fault:
                remarks.add(cleaned.fault, row, index + 1)
                cells[index] = cleaned.text or None


def _decimal_mark(rows: tuple[SheetRow, ...], delimiter: str) -> Literal[",", "."]:
    """The comma only where it cannot be the delimiter, and numbers have it and never a point."""
    if delimiter == ",":
        return "."
    comma = False
    for row in rows:
        for cell in row.cells:
            if isinstance(cell, str) and len(cell) < 32:
                trimmed = cell.strip()
                if _POINT_NUMBER.fullmatch(trimmed):
                    return "."
                comma = comma or _COMMA_NUMBER.fullmatch(trimmed) is not None
    return "," if comma else "."
