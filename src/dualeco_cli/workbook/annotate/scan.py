"""Finds the places in the part of a sheet at which it has to be changed, as expat streams it by."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from dualeco_cli.language import _
from dualeco_cli.workbook.annotate.outline import Impossible, parse, parser_for, split_name, tag_end
from dualeco_cli.workbook.assembling import column_number
from dualeco_cli.workbook.markup import is_true

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#: What comes after the tie to the notes in a sheet, in the order that Excel insists on.
_AFTER_NOTES = frozenset(
    {
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
        "extLst", "AlternateContent",
    }
)  # fmt: skip
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")

#: The height and the width, in pixels, of rows and columns that say nothing about them.
_HEIGHT, _WIDTH = 20.0, 64.0


@dataclass(slots=True)
class FoundRow:
    """A row in which cells are to be coloured."""

    number: int
    start: int
    close: int
    prefix: str
    #: The style of cells that are not there yet, if the row has one of its own.
    style: str | None
    spans: bool
    #: Column, place and style of each cell, in the order of the file.
    cells: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Columns:
    first: int
    last: int
    width: float
    style: str


class Scan:
    """What there is to know about a sheet before it is changed."""

    def __init__(
        self, data: bytes, part: str, wanted: Mapping[int, Collection[int]], stale: Collection[str]
    ) -> None:
        """``wanted``: the columns to colour, by row. ``stale``: styles whose colour is of an earlier run."""
        self.data = data
        self.part = part
        self._wanted = wanted
        self._stale = stale
        #: The prefix of the sheet's elements, with its colon.
        self.prefix = ""
        self.rows: list[FoundRow] = []
        #: Places and styles of coloured cells that have no finding any more.
        self.stale_cells: list[tuple[int, str]] = []
        #: Number and place of every row.
        self.row_starts: list[tuple[int, int]] = []
        #: Place and reference of the declared extent.
        self.dimension: tuple[int, str] | None = None
        #: Places of views that say that the sheet is selected.
        self.selected: list[int] = []
        #: The relation to the drawing of the notes, if there is one.
        self.legacy_drawing: str | None = None
        #: Where the tie to the notes belongs.
        self.notes_at = -1
        #: Where the rows begin, where their content does and where it ends.
        self.grid_start = self.grid_inside = self.grid_close = -1
        self._columns: list[_Columns] = []
        self._heights: dict[int, float] = {}
        self._default_width, self._default_height = _WIDTH, _HEIGHT
        self._depth = self._row_number = self._column = 0
        self._row: FoundRow | None = None
        self._names: dict[str, tuple[str, str, str]] = {}
        parser = self._parser = parser_for(part)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parse(parser, data, part)
        if self.grid_start < 0:
            raise Impossible(_("its part {part} has no rows").format(part=part))

    def column_style(self, column: int) -> str:
        """The style of a column."""
        return next((c.style for c in self._columns if c.first <= column <= c.last), "0")

    def width(self, column: int) -> float:
        """The width of a column in pixels."""
        return next((c.width for c in self._columns if c.first <= column <= c.last), self._default_width)

    def height(self, row: int) -> float:
        """The height of a row in pixels."""
        return self._heights.get(row, self._default_height)

    # -- the parser's handlers -----------------------------------------------------------------------

    def _start(self, raw: str, attributes: dict[str, str]) -> None:
        uri, name, prefix = self._names.get(raw) or self._names.setdefault(raw, split_name(raw))
        depth, self._depth = self._depth, self._depth + 1
        if depth == 3:
            if name == "c" and uri == MAIN:
                self._start_cell(attributes)
            elif name == "col" and uri == MAIN:
                self._start_column(attributes)
        elif depth == 2:
            if name == "row" and uri == MAIN:
                self._start_row(attributes, prefix)
            elif name == "col" and uri == MAIN:
                self._start_column(attributes)
            elif name == "sheetView" and is_true(attributes.get("tabSelected")):
                self.selected.append(self._parser.CurrentByteIndex)
        elif depth == 1:
            self._start_section(uri, name, attributes)
        elif depth == 0:
            if uri != MAIN or name != "worksheet":
                reason = _("its part {part} is of another kind of Open XML").format(part=self.part)
                raise Impossible(reason)
            self.prefix = f"{prefix}:" if prefix else ""

    def _end(self, raw: str) -> None:
        self._depth -= 1
        if self._depth == 2:
            if self._row is not None:
                self._row.close = self._parser.CurrentByteIndex
                self._row = None
        elif self._depth == 1:
            if self._names[raw][1] == "sheetData" and self.grid_close < 0:
                self.grid_close = self._parser.CurrentByteIndex
        elif self._depth == 0 and self.notes_at < 0:
            self.notes_at = self._parser.CurrentByteIndex

    def _start_section(self, uri: str, name: str, attributes: Mapping[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        if name in _AFTER_NOTES and self.grid_start >= 0 and self.notes_at < 0:
            self.notes_at = at
        if uri != MAIN:
            return
        if name == "sheetData" and self.grid_start < 0:
            self.grid_start, self.grid_inside = at, tag_end(self.data, at)
        elif name == "dimension":
            self.dimension = at, attributes.get("ref", "")
        elif name == "sheetFormatPr":
            width = _number(attributes.get("defaultColWidth"))
            self._default_width = _WIDTH if width is None else _pixels_wide(width)
            height = _number(attributes.get("defaultRowHeight"))
            self._default_height = _HEIGHT if height is None else height * 4 / 3
        elif name == "legacyDrawing":
            self.legacy_drawing = relation_of(attributes)

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            width = _number(attributes.get("width"))
            pixels = self._default_width if width is None else _pixels_wide(width)
            pixels = 0.0 if is_true(attributes.get("hidden")) else pixels
            self._columns.append(_Columns(int(first), int(last), pixels, attributes.get("style", "0")))

    def _start_row(self, attributes: Mapping[str, str], prefix: str) -> None:
        given = attributes.get("r")
        if given is not None and not given.isdecimal():
            raise Impossible(_("its part {part} has a row {row}").format(part=self.part, row=repr(given)))
        number = self._row_number = self._row_number + 1 if given is None else int(given)
        self._column = 0
        at = self._parser.CurrentByteIndex
        self.row_starts.append((number, at))
        height = _number(attributes.get("ht"))
        if is_true(attributes.get("hidden")):
            self._heights[number] = 0.0
        elif height is not None:
            self._heights[number] = height * 4 / 3
        if number in self._wanted:
            style = attributes.get("s") if is_true(attributes.get("customFormat")) else None
            self._row = FoundRow(number, at, at, prefix, style, spans="spans" in attributes)
            self.rows.append(self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                reason = _("its part {part} has a cell {cell}").format(part=self.part, cell=repr(reference))
                raise Impossible(reason)
            self._column = column_number(match[1])
        style = attributes.get("s", "0")
        if self._row is not None:
            self._row.cells.append((self._column, self._parser.CurrentByteIndex, style))
        if style in self._stale and self._column not in self._wanted.get(self._row_number, ()):
            self.stale_cells.append((self._parser.CurrentByteIndex, style))


def relation_of(attributes: Mapping[str, str]) -> str | None:
    """The id of a relation, whatever prefix its namespace has."""
    return next((value for key, value in attributes.items() if key.startswith(f"{RELATIONS} id ")), None)


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and math.isfinite(value) and value >= 0 else None


def _pixels_wide(characters: float) -> float:
    """The width of a column of so many characters in the standard font."""
    return float(int(characters * 7 + 5)) if characters >= 1 else float(int(characters * 12 + 0.5))
