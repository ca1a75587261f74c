"""The part of one sheet: its cells are coloured and its notes are tied to it, all else stays as it is."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from dualeco_cli.model.cells import Area
from dualeco_cli.model.names import cell_name, column_letters
from dualeco_cli.workbook.annotate.outline import (
    Impossible,
    Splices,
    parse,
    parser_for,
    split_name,
    tag_end,
    with_attributes,
)
from dualeco_cli.workbook.assembling import column_number, parse_area
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

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

#: Sizes in pixels of what says nothing about its own.
_WIDTH, _HEIGHT = 64, 20


@dataclass(slots=True)
class _Row:
    """A row that has cells of interest."""

    number: int
    start: int
    attributes: Mapping[str, str]
    prefix: str
    #: Column, place and style of each cell, in the order of the file.
    cells: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Columns:
    """Columns that share a width and a style."""

    first: int
    last: int
    width: float | None
    style: str
    hidden: bool


class Grid:
    """The part of a sheet, scanned once and then changed at single places."""

    def __init__(
        self, data: bytes, part: str, wanted: Mapping[int, Collection[int]], stale: frozenset[str]
    ) -> None:
        """``wanted``: the columns that are to be coloured, by row. ``stale``: styles of an earlier run."""
        self._splices = Splices(data)
        self._part = part
        self._wanted = {row: sorted(columns) for row, columns in wanted.items()}
        self._stale = stale
        self._prefix = ""
        #: The relation to the drawing of the notes, if there is one.
        self.legacy_drawing: str | None = None
        self._rows: list[_Row] = []
        self._stale_cells: list[tuple[int, str]] = []
        self._stale_rows: list[tuple[int, str]] = []
        self._starts: list[tuple[int, int]] = []
        self._heights: dict[int, float] = {}
        self._columns: list[_Columns] = []
        self._default_width, self._default_height = float(_WIDTH), float(_HEIGHT)
        self._dimension: tuple[int, str] | None = None
        self._selected: list[int] = []
        self._grid: tuple[int, int, int] | None = None  # start of sheetData, of its content, its end tag
        self._notes_before: int | None = None
        self._end = 0
        self._scan(data, part)
        if self._grid is None:
            raise Impossible(f"its part {part} has no rows")

    # -- scanning ------------------------------------------------------------------------------------

    def _scan(self, data: bytes, part: str) -> None:
        parser = parser_for(part)
        depth = 0
        number = column = 0
        row: _Row | None = None
        names: dict[str, tuple[str, str, str]] = {}

        def start(raw: str, attributes: dict[str, str]) -> None:
            nonlocal depth, number, column, row
            name = names.get(raw) or names.setdefault(raw, split_name(raw))
            if depth >= 3 and name[1] == "c" and name[0] == MAIN:
                column = _column_of(attributes.get("r"), column)
                if row is not None:
                    row.cells.append((column, parser.CurrentByteIndex, attributes.get("s", "0")))
                if attributes.get("s") in self._stale and not self._wants(number, column):
                    self._stale_cells.append((parser.CurrentByteIndex, attributes["s"]))
            elif depth == 2 and name[1] == "row" and name[0] == MAIN:
                number = _row_of(attributes.get("r"), number)
                column = 0
                at = parser.CurrentByteIndex
                self._starts.append((number, at))
                if "ht" in attributes or is_true(attributes.get("hidden")):
                    self._heights[number] = _pixels_high(attributes)
                row = _Row(number, at, attributes, name[2]) if number in self._wanted else None
                if row is not None:
                    self._rows.append(row)
            elif depth < 3:
                self._start_other(depth, name, attributes, parser.CurrentByteIndex)
            depth += 1

        def end(raw: str) -> None:
            nonlocal depth
            depth -= 1
            if depth == 1 and names[raw][1] == "sheetData" and self._grid is not None:
                self._grid = (*self._grid[:2], parser.CurrentByteIndex)
            elif depth == 0:
                self._end = parser.CurrentByteIndex

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parse(parser, data, part)

    def _wants(self, row: int, column: int) -> bool:
        return column in self._wanted.get(row, ())

    def _start_other(
        self, depth: int, name: tuple[str, str, str], attributes: Mapping[str, str], at: int
    ) -> None:
        """What stands outside the rows."""
        uri, local, prefix = name
        if depth == 0:
            if uri != MAIN or local != "worksheet":
                raise Impossible(f"its part {self._part} is of another kind (strict Open XML, perhaps)")
            self._prefix = f"{prefix}:" if prefix else ""
            return
        if depth == 1:
            if local in _AFTER_NOTES and self._grid is not None and self._notes_before is None:
                self._notes_before = at
            if uri != MAIN:
                return
            if local == "sheetData":
                self._grid = (at, tag_end(self._splices.data, at), 0)
            elif local == "dimension":
                self._dimension = (at, attributes.get("ref", ""))
            elif local == "sheetFormatPr":
                self._default_height = _number(attributes.get("defaultRowHeight"), _HEIGHT * 0.75) * 4 / 3
                width = _number(attributes.get("defaultColWidth"), 0.0)
                self._default_width = _pixels_wide(width) if width else self._default_width
            elif local == "legacyDrawing":
                self.legacy_drawing = attributes.get(f"{RELATIONS} id") or attributes.get(f"{RELATIONS} id r")
                self.legacy_drawing = self.legacy_drawing or _relation(attributes)
            return
        if local == "sheetView" and is_true(attributes.get("tabSelected")):
            self._selected.append(at)
        elif local == "col" and uri == MAIN:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                width = _number(attributes.get("width"), -1.0)
                self._columns.append(
                    _Columns(
                        int(first),
                        int(last),
                        width if width >= 0 else None,
                        attributes.get("style", "0"),
                        is_true(attributes.get("hidden")),
                    )
                )

    # -- sizes ---------------------------------------------------------------------------------------

    def width(self, column: int) -> float:
        """The width of a column in pixels."""
        for span in self._columns:
            if span.first <= column <= span.last:
                if span.hidden:
                    return 0.0
                return self._default_width if span.width is None else _pixels_wide(span.width)
        return self._default_width

    def height(self, row: int) -> float:
        """The height of a row in pixels."""
        return self._heights.get(row, self._default_height)

    # -- changing ------------------------------------------------------------------------------------

    def paint(self, style_of: Callable[[int, int, str], str], cleared: Callable[[str], str]) -> None:
        """Give the wanted cells the style that ``style_of`` makes of row, column and the style they have.

        Cells that were coloured in an earlier run, and have no finding any more, are cleared.
        """
        data = self._splices.data
        for at, style in self._stale_cells:
            self._restyle(at, cleared(style))
        seen: set[int] = set()
        for row in self._rows:
            if row.number in seen:
                raise Impossible(f"its part {self._part} has row {row.number} twice")
            seen.add(row.number)
            self._paint_row(row, style_of)
        missing = sorted(set(self._wanted) - seen)
        for number in missing:
            cells = "".join(
                self._cell(number, column, style_of, "0", None) for column in self._wanted[number]
            )
            self._insert_row(number, f'<{self._prefix}row r="{number}">{cells}</{self._prefix}row>')
        if self._dimension and self._wanted:
            at, reference = self._dimension
            grown = self._grown(parse_area(reference))
            if grown:
                tag = data[at : tag_end(data, at)]
                self._splices.replace(at, at + len(tag), with_attributes(tag, {"ref": grown}))

    def _restyle(self, at: int, style: str) -> None:
        data = self._splices.data
        end = tag_end(data, at)
        self._splices.replace(at, end, with_attributes(data[at:end], {"s": style}))

    def _paint_row(self, row: _Row, style_of: Callable[[int, int, str], str]) -> None:
        data = self._splices.data
        end = tag_end(data, row.start)
        held: dict[int, tuple[int, str]] = {}
        for column, at, style in row.cells:
            held.setdefault(column, (at, style))
        new: list[tuple[int, str]] = []
        for column in self._wanted[row.number]:
            if column in held:
                at, style = held[column]
                self._restyle(at, style_of(row.number, column, style))
            else:
                base = row.attributes.get("s", "0") if is_true(row.attributes.get("customFormat")) else None
                new.append((column, self._cell(row.number, column, style_of, base, row.prefix)))
        if not new:
            return
        # Where a row says which columns it spans, a cell outside them could be overlooked; it need not say so.
        tag = with_attributes(data[row.start : end], {"spans": None})
        if data[end - 2 : end] == b"/>":
            name = f"{row.prefix}:row" if row.prefix else "row"
            cells = "".join(cell for _, cell in new)
            self._splices.replace(
                row.start, end, tag.removesuffix(b"/>").rstrip() + f">{cells}</{name}>".encode()
            )
            return
        if "spans" in row.attributes:
            self._splices.replace(row.start, end, tag)
        for column, cell in new:
            after = next((at for other, at, _ in row.cells if other > column), None)
            self._splices.insert(self._row_close(row) if after is None else after, cell)

    def _row_close(self, row: _Row) -> int:
        """Where the end tag of a row stands: the last one before the next row, or before the end of all."""
        data = self._splices.data
        index = bisect_right(self._starts, row.start, key=lambda pair: pair[1])
        limit = self._starts[index][1] if index < len(self._starts) else (self._grid or (0, 0, 0))[2]
        return data.rindex(b"</", row.start, limit)

    def _cell(
        self,
        row: int,
        column: int,
        style_of: Callable[[int, int, str], str],
        base: str | None,
        prefix: str | None,
    ) -> str:
        """A blank cell that is not in the file yet; it would look like its row, or else like its column."""
        if base is None or base == "0":
            base = next((c.style for c in self._columns if c.first <= column <= c.last), "0")
        name = self._prefix if prefix is None else f"{prefix}:" if prefix else ""
        return f'<{name}c r="{cell_name(row, column)}" s="{style_of(row, column, base)}"/>'

    def _insert_row(self, number: int, row: str) -> None:
        start, inside, close = self._grid or (0, 0, 0)
        after = next((at for other, at in self._starts if other > number), None)
        if after is not None:
            self._splices.insert(after, row)
        elif self._splices.data[inside - 2 : inside] == b"/>":
            self._empty_rows = [*getattr(self, "_empty_rows", []), row]
        else:
            self._splices.insert(close, row)

    def _grown(self, area: Area | None) -> str | None:
        """The declared extent of the sheet, if it has to grow."""
        if area is None:
            return None
        rows = [*self._wanted, area.first_row, area.last_row]
        columns = [c for held in self._wanted.values() for c in held]
        columns += [area.first_column, area.last_column]
        grown = Area(min(rows), min(columns), max(rows), max(columns))
        return None if grown == area else grown.name

    def deselect(self) -> None:
        """Let the sheet no longer be one of those that are selected: typing into several at once does harm."""
        data = self._splices.data
        for at in self._selected:
            end = tag_end(data, at)
            self._splices.replace(at, end, with_attributes(data[at:end], {"tabSelected": None}))

    def tie_notes(self, relation: str) -> None:
        """Tie a drawing of notes to the sheet."""
        tag = f'<{self._prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{relation}"/>'
        self._splices.insert(self._end if self._notes_before is None else self._notes_before, tag)

    def result(self) -> bytes:
        """The part with all changes."""
        return self._splices.result()


def _relation(attributes: Mapping[str, str]) -> str | None:
    """The id of a relation, whatever prefix its namespace has."""
    return next((value for key, value in attributes.items() if key.startswith(f"{RELATIONS} id")), None)


def _column_of(reference: str | None, before: int) -> int:
    if reference is None:
        return before + 1
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise Impossible(f"it has a cell {reference!r}")
    return column_number(match[1])


def _row_of(text: str | None, before: int) -> int:
    if text is None:
        return before + 1
    if not text.isdecimal():
        raise Impossible(f"it has a row {text!r}")
    return int(text)


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) else default


def _pixels_wide(characters: float) -> float:
    """The width that a column of so many characters has with the standard font."""
    return float(int(characters * 7 + 5)) if characters >= 1 else float(int(characters * 12 + 0.5))


def _pixels_high(attributes: Mapping[str, str]) -> float:
    if is_true(attributes.get("hidden")):
        return 0.0
    return _number(attributes.get("ht"), _HEIGHT * 0.75) * 4 / 3


def address(row: int, column: int) -> tuple[int, str]:
    """Row and letters of a cell."""
    return row, column_letters(column)
