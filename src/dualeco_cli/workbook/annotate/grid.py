"""The part of one sheet: cells are coloured and notes are tied to it, all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from dualeco_cli.language import _
from dualeco_cli.model.cells import Area
from dualeco_cli.model.names import cell_name
from dualeco_cli.workbook.annotate.outline import Impossible, Splices, tag_end, with_attributes
from dualeco_cli.workbook.annotate.scan import RELATIONS, FoundRow, Scan
from dualeco_cli.workbook.assembling import parse_area

#: Makes the style of a coloured cell from its row, its column and the style that it had.
StyleOf: TypeAlias = Callable[[int, int, str], str]


class Grid:
    """A sheet that is being changed. Nothing is written anew but the tags of the cells concerned."""

    def __init__(
        self, data: bytes, part: str, wanted: Mapping[int, Collection[int]], stale: Collection[str] = ()
    ) -> None:
        """``wanted``: the columns to colour, by row. ``stale``: styles whose colour is of an earlier run."""
        self._wanted = {row: sorted(columns) for row, columns in wanted.items()}
        self._splices = Splices(data)
        self.scan = Scan(data, part, self._wanted, stale)

    @property
    def changed(self) -> bool:
        """Whether there is any change."""
        return bool(self._splices)

    def clear(self, cleared: Callable[[str], str]) -> None:
        """Take the colour from cells that have no finding any more."""
        for at, style in self.scan.stale_cells:
            self._change_tag(at, {"s": cleared(style)})

    def paint(self, style_of: StyleOf) -> None:
        """Colour the wanted cells; those that are not in the file yet are put where they belong."""
        found = {row.number for row in self.scan.rows}
        if len(found) < len(self.scan.rows):
            raise Impossible(_("its part {part} has a row twice").format(part=self.scan.part))
        for row in self.scan.rows:
            self._paint_row(row, style_of)
        self._add_rows(sorted(set(self._wanted) - found), style_of)
        self._grow()

    def deselect(self) -> None:
        """Let the sheet not be selected any more: what is typed into several selected sheets does harm."""
        for at in self.scan.selected:
            self._change_tag(at, {"tabSelected": None})

    def tie_notes(self, relation: str) -> None:
        """Tie a drawing of notes to the sheet."""
        tag = f'<{self.scan.prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{relation}"/>'
        self._splices.insert(self.scan.notes_at, tag)

    def result(self) -> bytes:
        """The part with all changes."""
        return self._splices.result()

    def _change_tag(self, at: int, changes: Mapping[str, str | None]) -> None:
        data = self._splices.data
        end = tag_end(data, at)
        self._splices.replace(at, end, with_attributes(data[at:end], changes))

    def _paint_row(self, row: FoundRow, style_of: StyleOf) -> None:
        held: dict[int, tuple[int, str]] = {}
        for column, at, style in row.cells:
            held.setdefault(column, (at, style))
        missing = []
        for column in self._wanted[row.number]:
            if column in held:
                at, style = held[column]
                self._change_tag(at, {"s": style_of(row.number, column, style)})
            else:
                missing.append(column)
        if not missing:
            return
        prefix = f"{row.prefix}:" if row.prefix else ""
        new = {column: self._blank(row.number, column, row.style, prefix, style_of) for column in missing}
        data = self._splices.data
        end = tag_end(data, row.start)
        # A row may say which columns it spans, and a cell outside them be overlooked; it need not say so.
        tag = with_attributes(data[row.start : end], {"spans": None})
        if tag.endswith(b"/>"):
            opened = tag.removesuffix(b"/>").rstrip() + b">"
            cells = "".join(new.values()) + f"</{prefix}row>"
            self._splices.replace(row.start, end, opened + cells.encode())
            return
        if row.spans:
            self._splices.replace(row.start, end, tag)
        for column, cell in new.items():
            after = next((at for other, at, _ in row.cells if other > column), row.close)
            self._splices.insert(after, cell)

    def _blank(self, row: int, column: int, style: str | None, prefix: str, style_of: StyleOf) -> str:
        """A blank cell; without a colour it would look like its row or, failing that, like its column."""
        base = self.scan.column_style(column) if style is None else style
        return f'<{prefix}c r="{cell_name(row, column)}" s="{style_of(row, column, base)}"/>'

    def _add_rows(self, numbers: Collection[int], style_of: StyleOf) -> None:
        scan, prefix = self.scan, self.scan.prefix
        last: list[str] = []
        for number in numbers:
            cells = (self._blank(number, column, None, prefix, style_of) for column in self._wanted[number])
            row = f'<{prefix}row r="{number}">{"".join(cells)}</{prefix}row>'
            after = next((at for other, at in scan.row_starts if other > number), None)
            if after is None:
                last.append(row)
            else:
                self._splices.insert(after, row)
        if not last:
            return
        tag = scan.data[scan.grid_start : scan.grid_inside]
        if tag.endswith(b"/>"):
            content = f"{''.join(last)}</{prefix}sheetData>".encode()
            opened = tag.removesuffix(b"/>").rstrip() + b">"
            self._splices.replace(scan.grid_start, scan.grid_inside, opened + content)
        else:
            self._splices.insert(scan.grid_close, "".join(last))

    def _grow(self) -> None:
        """Let the declared extent of the sheet hold the cells that were added."""
        if self.scan.dimension is None or not self._wanted:
            return
        at, reference = self.scan.dimension
        area = parse_area(reference if ":" in reference else f"{reference}:{reference}")
        if area is None:
            return
        columns = [column for held in self._wanted.values() for column in held]
        grown = Area(
            min(area.first_row, *self._wanted),
            min(area.first_column, *columns),
            max(area.last_row, *self._wanted),
            max(area.last_column, *columns),
        )
        if grown != area:
            self._change_tag(at, {"ref": grown.name})
