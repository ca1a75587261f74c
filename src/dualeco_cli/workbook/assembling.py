"""What all readers share: cleaning of texts, counting of cells, and the making of a sheet from its rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dualeco_cli.language import N_, _
from dualeco_cli.model.cells import Area, Cell, Notice, Place, Sheet, SheetRow
from dualeco_cli.model.names import cell_name
from dualeco_cli.model.safe import UNPRINTABLE
from dualeco_cli.workbook.limits import OPTIONS, Limits
from dualeco_cli.workbook.refusal import Refusal

#: Excel's error values, with the names they have in English, German, Italian and Spanish (Basque uses these).
ERROR_LITERALS = frozenset(
    {
        "#REF!", "#BEZUG!", "#RIF!", "#¡REF!",
        "#DIV/0!", "#¡DIV/0!",
        "#N/A", "#NV", "#N/D",
        "#NAME?", "#NOMBRE?", "#¿NOMBRE?", "#NOME?",
        "#VALUE!", "#WERT!", "#VALORE!", "#VALOR!", "#¡VALOR!",
        "#NUM!", "#ZAHL!", "#¡NUM!",
        "#NULL!", "#NULLO!", "#NULO!", "#¡NULO!",
        "#SPILL!", "#ÜBERLAUF!", "#ESPANSIONE!", "#DESBORDAMIENTO!", "#¡DESBORDAMIENTO!",
        "#CALC!", "#CALCOLO!", "#KALK!", "#¡CALC!",
        "#GETTING_DATA",
    }
)  # fmt: skip

#: A cell this far from its neighbours is more likely a slip than data.
FAR_ROWS = 1_000
FAR_COLUMNS = 100

_SHOWN = 3
_LONGEST_NUMBER = 400
#: What no honest name or code of an error is longer than.
_LONGEST_NAME = 255


class Budget:
    """Counts the cells of a workbook against the limit."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.cells
        self._limits = limits

    def spend(self, cells: int) -> None:
        """Take cells off; refuse the file when none are left."""
        self.left -= cells
        if self.left < 0:
            raise Refusal("too-many-cells", limit=self._limits.cells, option=OPTIONS["cells"])


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text fit for use, and what was taken out of it."""

    text: str
    fault: Literal["control-characters", "text-too-long"] | None


def clean(text: str, limits: Limits) -> CleanText:
    """A text without control characters and no longer than a cell can hold."""
    if len(text) > limits.text:
        return CleanText(UNPRINTABLE.sub("", text[: limits.text]), "text-too-long")
    if UNPRINTABLE.search(text):
        return CleanText(UNPRINTABLE.sub("", text), "control-characters")
    return CleanText(text, None)


def short(name: str) -> str:
    """A name as it goes into messages: without control characters, and of a bearable length."""
    return UNPRINTABLE.sub("", name[:_LONGEST_NAME])


class Remarks:
    """Gathers what cells of one sheet have in common, for one notice instead of one per cell."""

    def __init__(self, file: str, sheet: str) -> None:
        self._file = file
        self._sheet = sheet
        self._found: dict[str, list[tuple[int, int]]] = {}
        self._counts: dict[str, int] = {}

    def add(self, rule: str, row: int, column: int) -> None:
        """Note that a rule applies to a cell."""
        self._counts[rule] = self._counts.get(rule, 0) + 1
        places = self._found.setdefault(rule, [])
        if len(places) < _SHOWN:
            places.append((row, column))

    def notices(self) -> list[Notice]:
        """One notice for each rule, at its first cell."""
        made = []
        for rule, places in self._found.items():
            cells = ", ".join(cell_name(*place) for place in places)
            count = self._counts[rule]
            params: dict[str, object] = {
                "count": count,
                "cells": cells + (", …" if count > len(places) else ""),
            }
            made.append(Notice(rule, Place(self._file, self._sheet, *places[0]), params))
        return made


def number(text: str) -> int | float | str:
    """The number that a file stores: whole ones as int. What is none (``NaN``, ``1e999``) stays the text."""
    if len(text) < 16 and text.isdecimal():
        return int(text)
    # Python would read an underscore as a thousands mark, and be long about a number of a million digits.
    if "_" in text or len(text) > _LONGEST_NUMBER:
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    return plain_number(value, text)


def plain_number(value: float, text: str | None = None) -> int | float | str:
    """A stored number as the checks want it; see `number`."""
    if value - value != 0.0:  # infinite, or not a number
        return str(value) if text is None else text
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def from_iso(text: str) -> Cell:
    """A date, time or both in ISO 8601; the text itself where it is none."""
    trimmed = text.strip().removesuffix("Z")
    try:
        if "T" in trimmed[1:]:
            return dt.datetime.fromisoformat(trimmed).replace(tzinfo=None)
        if ":" in trimmed:
            return dt.time.fromisoformat(trimmed).replace(tzinfo=None)
        return dt.date.fromisoformat(trimmed)
    except ValueError:
        return text


def is_blank(cells: Iterable[Cell]) -> bool:
    """Whether no cell of a row holds anything but blanks."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def finish(
    sheet: Sheet,
    *,
    hidden_columns: Sequence[tuple[int, int]] = (),
    remarks: Remarks | None = None,
) -> tuple[Sheet, list[Notice]]:
    """A sheet with its columns' state, and the notices about its cells.

    Hidden are only the columns that hold something: to hide all the unused ones is good manners.
    """
    notices = remarks.notices() if remarks else []
    width = max((len(row.cells) for row in sheet.rows), default=0)
    hidden = {c for first, last in hidden_columns for c in range(first, min(last, width) + 1)}
    if hidden:
        hidden &= _filled_columns(sheet.rows)
    notices += _far_cells(sheet, width)
    done = Sheet(
        file=sheet.file,
        name=sheet.name,
        rows=sheet.rows,
        hidden=sheet.hidden,
        hidden_rows=sheet.hidden_rows,
        hidden_columns=frozenset(hidden),
        merged=sheet.merged,
        from_csv=sheet.from_csv,
        decimal_mark=sheet.decimal_mark,
    )
    return done, notices


def external_links(file: str, count: int, targets: Sequence[str]) -> Notice:
    """The notice that a workbook refers to others."""
    shown = ", ".join(dict.fromkeys(short(target) for target in targets[:_SHOWN])) + (
        ", …" if len(targets) > _SHOWN else ""
    )
    return Notice("external-links", Place(file), {"count": count, "targets": shown or "?"})


#: Kinds of sheets that have no cells.
_NO_GRID = {"chart": N_("chart"), "dialog": N_("dialog"), "macro": N_("macro")}


def no_grid(file: str, sheet: str, kind: str) -> Notice:
    """The notice that a sheet has no cells; ``kind`` says what it is, in English."""
    return Notice("sheet-no-grid", Place(file, sheet), {"kind": _(_NO_GRID.get(kind, kind))})


def parse_area(reference: str) -> Area | None:
    """The area that ``A1:B2`` names; None for a single cell and for what is no area."""
    found = _AREA.fullmatch(reference)
    if not found:
        return None
    left, top, right, bottom = found.groups()
    rows = sorted((int(top), int(bottom)))
    columns = sorted((column_number(left), column_number(right)))
    return Area(rows[0], columns[0], rows[1], columns[1])


def column_number(letters: str) -> int:
    """The number of a column: ``A`` is 1, ``AA`` is 27."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def _filled_columns(rows: Iterable[SheetRow]) -> set[int]:
    filled: set[int] = set()
    for row in rows:
        filled.update(column for column, cell in enumerate(row.cells, 1) if cell is not None)
    return filled


def _far_cells(sheet: Sheet, width: int) -> list[Notice]:
    """Cells behind a large gap: of rows, or of columns."""
    notices = []
    previous = 0
    for row in sheet.rows:
        if previous and row.number - previous > FAR_ROWS:
            place = sheet.place(row.number, 1 + next(i for i, c in enumerate(row.cells) if c is not None))
            notices.append(Notice("far-cells", place, {"gap": row.number - previous - 1, "of": _("rows")}))
            break
        previous = row.number
    if width <= FAR_COLUMNS:
        return notices
    previous = 0
    for column in sorted(_filled_columns(sheet.rows)):
        if previous and column - previous > FAR_COLUMNS:
            row = next(r for r in sheet.rows if len(r.cells) >= column and r.cells[column - 1] is not None)
            place = sheet.place(row.number, column)
            notices.append(Notice("far-cells", place, {"gap": column - previous - 1, "of": _("columns")}))
            break
        previous = column
    return notices
