"""What the workbook stage hands on: files as sheets of located cells, nothing interpreted yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from dualeco_cli.model.names import cell_name


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell in which the spreadsheet program shows an error, such as ``#REF!``."""

    code: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula without a stored value: no program has computed it since it was written."""

    formula: str


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number in a cell with a percent format: stored 0.125, shown as 12.5 %."""

    stored: float


#: A cell as it was found. ``None`` is a cell without content.
Cell: TypeAlias = (
    str
    | int
    | float
    | bool
    | dt.datetime
    | dt.date
    | dt.time
    | dt.timedelta
    | ErrorValue
    | Uncomputed
    | Percentage
    | None
)


class Place(NamedTuple):
    """Where something stands. Rows and columns count from 1, as a spreadsheet shows them."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str | None:
        """``D3``; ``3:3`` for a row without a column; None for a sheet or file as a whole."""
        if self.row is None:
            return None
        if self.column is None:
            return f"{self.row}:{self.row}"
        return cell_name(self.row, self.column)


class SheetRow(NamedTuple):
    """One row that is not blank: its number and its cells from column A on."""

    number: int
    cells: tuple[Cell, ...]


class Area(NamedTuple):
    """A rectangle of cells, such as a merged range; all four bounds are inside it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """``A1:B2``."""
        first = cell_name(self.first_row, self.first_column)
        return f"{first}:{cell_name(self.last_row, self.last_column)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read: its rows that are not blank, and what a reader of the file would not see."""

    file: str
    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    #: A comma-separated file has no sheet names of its own: it is known by its name or its headers.
    from_csv: bool = False
    #: The decimal mark the reader settled on for a text file ("," or "."), None elsewhere.
    decimal_mark: Literal[",", "."] | None = None

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """The place of a cell, a row or the whole sheet."""
        return Place(self.file, self.name, row, column)


class Notice(NamedTuple):
    """Something about a file that its reader should be told: the name of a rule and its parameters."""

    rule: str
    place: Place
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Workbook:
    """One input as read. A folder of CSV files counts as one workbook."""

    path: str
    sha256: str
    sheets: tuple[Sheet, ...]
    notices: tuple[Notice, ...] = field(default=())
