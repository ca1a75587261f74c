"""A recognised sheet, and its rows with the place of every cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from dualeco_cli.checks.column_words import Extra, Lookup
from dualeco_cli.model.cells import Cell, Place, Sheet, SheetRow
from dualeco_cli.model.rows import SHEETS, Column, columns


@cache
def columns_of(kind: str) -> tuple[tuple[str, Column], ...]:
    """The columns of a kind of sheet, by field."""
    return tuple(columns(SHEETS[kind]).items())


class Heading(NamedTuple):
    """One column of a table: its number, counted from 1, its header as it stands there, and where."""

    column: int
    text: str
    row: int


@dataclass(slots=True, eq=False)
class Table:
    """A sheet of a known kind, with its header found."""

    kind: str
    sheet: Sheet
    look: Lookup
    header_row: int
    fields: Mapping[str, Heading]
    #: Columns that are no fields but are read: indicators of a wide sheet by id, levels by number.
    extras: Mapping[Extra, Heading]
    #: Columns that are not read.
    unknown: tuple[Heading, ...]
    rows: tuple[SheetRow, ...]
    #: Cells of keys, by row and field, that are blank because they are merged with others: one finding tells
    #: of all of them.
    merged_keys: AbstractSet[tuple[int, str]] = frozenset()

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """The place of a cell, a row or the whole sheet."""
        return self.sheet.place(row, column)

    def header_place(self, heading: Heading) -> Place:
        """The place of a header."""
        return self.sheet.place(heading.row, heading.column)


@dataclass(slots=True, eq=False)
class Record:
    """One row of a table, or one fiche: its cells by field, and where each stands."""

    kind: str
    sheet: Sheet
    row: int
    cells: Mapping[str, Cell]
    #: By field; in a wide sheet also by indicator.
    headings: Mapping[str, Heading]
    #: In a fiche each field has a row of its own, that of its heading.
    is_fiche: bool = False
    #: In a fiche a list may go on in the rows below: its further cells by field, with the row of each.
    further: Mapping[str, Sequence[tuple[int, Cell]]] = field(default_factory=dict)
    merged_keys: AbstractSet[tuple[int, str]] = frozenset()

    def place(self, name: str | None = None) -> Place:
        """Where a field stands; the whole row without one."""
        heading = self.headings.get(name) if name else None
        if heading is None:
            return self.sheet.place(self.row, None)
        return self.sheet.place(heading.row if self.is_fiche else self.row, heading.column)

    def header(self, name: str) -> str | None:
        """The header of a field as it stands in the file."""
        heading = self.headings.get(name)
        return heading.text if heading else None
