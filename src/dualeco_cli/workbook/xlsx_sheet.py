"""Reads the part of one sheet of an .xlsx file, as expat streams it by."""

from __future__ import annotations

import pyexpat
import re
from typing import NamedTuple

from dualeco_cli.language import _
from dualeco_cli.model.cells import (
    Area,
    Cell,
    ErrorValue,
    Notice,
    Percentage,
    Place,
    Sheet,
    SheetRow,
    Uncomputed,
)
from dualeco_cli.workbook.assembling import (
    Budget,
    Remarks,
    clean,
    column_number,
    finish,
    from_iso,
    is_blank,
    number,
    parse_area,
    short,
)
from dualeco_cli.workbook.limits import LAST_COLUMN, LAST_ROW, Limits
from dualeco_cli.workbook.markup import is_true, local
from dualeco_cli.workbook.number_formats import NumberKind, date_of
from dualeco_cli.workbook.refusal import Refusal

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("[A-Z]{1,3}[0-9]{1,7}")


class Context(NamedTuple):
    """What the sheets of a workbook share."""

    texts: list[str]
    #: The faults that texts had, by their index.
    faults: dict[int, str]
    #: The number formats that change what a number means, by the style number that cells carry.
    formats: dict[str, NumberKind]
    since_1904: bool


class _Formula(NamedTuple):
    attributes: dict[str, str]
    text: str


class SheetReader:
    """Handlers for the parser of one sheet. What is done for each cell is most of the time of reading."""

    def __init__(self, place: Place, context: Context, limits: Limits, budget: Budget) -> None:
        self._place = place
        self._context = context
        self._limits = limits
        self._budget = budget
        self._remarks = Remarks(place.file, place.sheet or "")
        self._rows: dict[int, tuple[Cell, ...]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[Area] = []
        self._shared_formulas: dict[str, tuple[str, str]] = {}
        self._columns: dict[str, int] = {}
        # The names of elements with the prefix that this file gives them.
        self._c = self._v = self._f = self._t = self._row_tag = self._phonetic = ""
        # The row and the cell that are being read.
        self._cells: list[Cell] | None = None
        self._row = self._column = 0
        self._row_text = ""
        self._row_hidden = False
        self._cell: dict[str, str] = {}
        self._formula: _Formula | None = None
        self._text = ""
        self._has_value = self._collecting = self._in_phonetic = False

    def prepare(self, parser: pyexpat.XMLParserType) -> None:
        """Set the handlers."""

        def root(tag: str, _attributes: dict[str, str]) -> None:
            prefix = tag.removesuffix(local(tag))
            self._c, self._v, self._f, self._t = prefix + "c", prefix + "v", prefix + "f", prefix + "t"
            self._row_tag, self._phonetic = prefix + "row", prefix + "rPh"
            parser.StartElementHandler = self._start

        parser.StartElementHandler = root
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def finish(self, *, hidden: bool) -> tuple[Sheet, list[Notice]]:
        """The sheet, its rows in order whatever order the file has them in."""
        sheet = Sheet(
            file=self._place.file,
            name=self._place.sheet or "",
            rows=tuple(SheetRow(row, self._rows[row]) for row in sorted(self._rows)),
            hidden=hidden,
            hidden_rows=frozenset(self._hidden_rows),
            merged=tuple(self._merged),
        )
        return finish(sheet, hidden_columns=self._hidden_columns, remarks=self._remarks)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._c:
            self._cell = attributes
            self._formula = None
            self._has_value = False
            self._text = ""
        elif tag == self._v:
            self._text = ""
            self._has_value = self._collecting = True
        elif tag == self._row_tag:
            self._start_row(attributes)
        elif tag == self._f:
            self._formula = _Formula(attributes, "")
            self._text = ""
            self._collecting = True
        elif tag == self._t:
            self._has_value = True
            self._collecting = not self._in_phonetic
        elif tag == self._phonetic:
            self._in_phonetic = True
        elif self._cells is None:
            self._start_other(local(tag), attributes)

    def _data(self, piece: str) -> None:
        if self._collecting:
            self._text += piece

    def _end(self, tag: str) -> None:
        if tag == self._c:
            self._end_cell()
        elif tag in {self._v, self._t}:
            self._collecting = False
        elif tag == self._f and self._formula:
            self._formula = self._formula._replace(text=self._text)
            self._text = ""
            self._collecting = False
        elif tag == self._row_tag:
            self._end_row()
        elif tag == self._phonetic:
            self._in_phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        try:
            self._row = self._row + 1 if given is None else int(given)
        except ValueError:
            raise self._damaged(_("row {row} is no number").format(row=repr(given))) from None
        if not 1 <= self._row <= LAST_ROW:
            raise self._damaged(_("row {row} is outside the sheet").format(row=self._row))
        self._row_text = str(self._row)
        self._row_hidden = is_true(attributes.get("hidden"))
        self._cells = []
        self._column = 0

    def _end_row(self) -> None:
        """Keep a row unless it is blank as a whole."""
        cells, self._cells = self._cells, None
        if not cells or is_blank(cells):
            return
        if self._row in self._rows:
            raise self._damaged(_("row {row} twice").format(row=self._row))
        self._budget.spend(len(cells))
        self._rows[self._row] = tuple(cells)
        if self._row_hidden:
            self._hidden_rows.add(self._row)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        """What stands outside the rows: hidden columns and merged areas."""
        if tag == "mergeCell":
            area = parse_area(attributes.get("ref", ""))
            if area:
                self._budget.spend(1)
                self._merged.append(area)
        elif tag == "col" and is_true(attributes.get("hidden")):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self._hidden_columns.append((int(first), min(int(last), LAST_COLUMN)))

    def _end_cell(self) -> None:
        cells = self._cells
        if cells is None:
            raise self._damaged(_("a cell outside the rows"))
        cell = self._cell
        reference = cell.get("r")
        column = self._column = self._column + 1 if reference is None else self._column_of(reference)
        if not self._has_value and self._formula is None:
            return
        kind = cell.get("t")
        value: Cell
        if self._formula is not None:
            value = self._computed(self._formula, kind, cell)
        elif kind == "s":
            value = self._shared_text()
        elif kind is None or kind == "n":
            value = self._number(cell.get("s", "0"))
        else:
            value = self._other_value(kind)
        if value is None or value == "":
            return
        if column == len(cells) + 1:
            cells.append(value)
        else:
            self._append_behind_gap(cells, column, value)

    def _column_of(self, reference: str) -> int:
        """The column of ``C7``, which has to be in the row that it stands in."""
        letters = reference.removesuffix(self._row_text)
        known = self._columns.get(letters)
        if known is None:
            if not _REFERENCE.fullmatch(reference):
                raise self._damaged(_("{cell} is no cell").format(cell=repr(reference)))
            if not letters.isalpha():
                raise self._damaged(_("cell {cell} in row {row}").format(cell=reference, row=self._row))
            known = self._columns[letters] = column_number(letters)
        if known > LAST_COLUMN:
            raise self._damaged(_("cell {cell} is outside the sheet").format(cell=reference))
        return known

    def _append_behind_gap(self, cells: list[Cell], column: int, value: Cell) -> None:
        """Put a value behind a gap, or where the file goes back on itself."""
        if column > len(cells):
            cells.extend([None] * (column - len(cells)))
        elif cells[column - 1] is not None:
            raise self._damaged(_("the same cell twice in a row"))
        cells[column - 1] = value

    def _computed(self, formula: _Formula, kind: str | None, cell: dict[str, str]) -> Cell:
        """The value stored with a formula; a formula that yields an empty text is stored with one."""
        wording = self._wording(formula, cell.get("r", ""))
        if not self._has_value or (not self._text.strip() and kind != "str"):
            return Uncomputed(wording)
        if kind is None or kind == "n":
            return self._number(cell.get("s", "0"))
        return self._shared_text() if kind == "s" else self._other_value(kind)

    def _wording(self, formula: _Formula, reference: str) -> str:
        """The formula as a program shows it; of a shared one only its first cell has the text."""
        text = formula.text
        index = formula.attributes.get("si")
        if formula.attributes.get("t") == "shared" and index is not None:
            if text:
                self._shared_formulas.setdefault(index, (text, reference))
            elif index in self._shared_formulas and not self._has_value:
                text = _translated(*self._shared_formulas[index], reference)
        return "=" + text[: self._limits.text]

    def _number(self, style: str) -> Cell:
        text = self._text
        value = int(text) if len(text) < 16 and text.isdecimal() else number(text)
        meaning = self._context.formats.get(style)
        if isinstance(value, str):
            return self._cleaned(value)
        if meaning is None:
            return value
        if meaning is NumberKind.PERCENT:
            return Percentage(float(value))
        return date_of(value, meaning, since_1904=self._context.since_1904)

    def _shared_text(self) -> Cell:
        context = self._context
        try:
            index = int(self._text)
            value = context.texts[index]
        except (ValueError, IndexError):
            if not self._text.strip():
                return None
            detail = _("a cell in row {row} refers to no text").format(row=self._row)
            raise self._damaged(detail) from None
        if context.faults and index in context.faults:
            self._remarks.add(context.faults[index], self._row, self._column)
        return value

    def _other_value(self, kind: str) -> Cell:
        text = self._text
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "e":
            return ErrorValue(short(text.strip()))
        moment = from_iso(text) if kind == "d" else text
        return self._cleaned(unescape(moment)) if isinstance(moment, str) else moment

    def _cleaned(self, text: str) -> str:
        cleaned = clean(text, self._limits)
        if cleaned.fault:
            self._remarks.add(cleaned.fault, self._row, self._column)
        return cleaned.text

    def _damaged(self, detail: str) -> Refusal:
        """The refusal of a sheet that no program would have written."""
        return Refusal("file-damaged", part=self._place.sheet, detail=detail)


def unescape(text: str) -> str:
    """Undo the ``_x000D_`` by which Excel writes characters that XML cannot carry."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Halves of a character may have been written one by one; lone ones are taken out with the controls.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _translated(text: str, origin: str, target: str) -> str:
    """A shared formula as it reads in another cell."""
    try:
        from openpyxl.formula.translate import Translator  # noqa: PLC0415 -- slow to import, seldom needed

        return str(Translator("=" + text, origin).translate_formula(target)).removeprefix("=")
    except Exception:  # noqa: BLE001 -- it only decorates a message; as it stands in its first cell will do
        return text
