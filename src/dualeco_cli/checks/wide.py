"""Merits and Requirements: one row per practice, one column per indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from dualeco_cli.checks.cells import BAD, Spot
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.framework import report_columns
from dualeco_cli.checks.recognise import ColumnMap, Heading, Record, Table, records
from dualeco_cli.checks.records import Located, RecordReader
from dualeco_cli.model.cells import Cell, ErrorValue, Uncomputed
from dualeco_cli.model.names import column_letters, fold
from dualeco_cli.model.rows import WIDE, Indicator, Level, Merits, Requirements, Role

WideT = TypeVar("WideT", Merits, Requirements)

#: A column of a wide sheet: its heading, the id of its indicator and, if the indicator passed, its scale.
WideColumn = tuple[Heading, str, Indicator | None]


def indicator_words(
    names: Mapping[str, str], indicators: Mapping[str, Indicator]
) -> dict[str, tuple[str, Role | None]]:
    """Folded ids and names of the framework's indicators -> id and role (None where the row has a fault)."""
    found: dict[str, tuple[str, Role | None]] = {}
    for id_, name in names.items():
        indicator = indicators.get(id_)
        found.setdefault(fold(name), (id_, indicator.role if indicator else None))
    for id_ in names:  # an id wins over another indicator's name
        indicator = indicators.get(id_)
        found[fold(id_)] = (id_, indicator.role if indicator else None)
    return found


def wide_columns(
    table: Table,
    known: Mapping[str, tuple[str, Role | None]],
    indicators: Mapping[str, Indicator],
    collector: Collector,
) -> list[WideColumn]:
    """The columns of a wide sheet that stand for an indicator; the others are reported."""
    role = WIDE[table.kind]
    taken: dict[str, list[Heading]] = {}
    found: list[WideColumn] = []
    left: list[Heading] = []
    for heading in table.others:
        id_, its_role = known.get(fold(heading.text), (None, None))
        if id_ is None or its_role not in {role, None}:
            left.append(heading)
            continue
        taken.setdefault(id_, []).append(heading)
        if len(taken[id_]) == 1:
            found.append((heading, id_, indicators.get(id_)))
    for id_, headings in taken.items():
        for heading in headings if len(headings) > 1 else ():
            other = next(h for h in headings if h is not heading)
            collector.add(
                "column-duplicate",
                table.place(table.header_row, heading.column),
                header=heading.text,
                found=heading.text,
                expected=id_,
                other=f'"{other.text}" in column {column_letters(other.column)}',
            )
    missing = {
        word: pair
        for word, pair in known.items()
        if pair[0] not in taken and (pair[1] is role or word in {fold(h.text) for h in left})
    }
    report_columns(table, left, collector, missing)
    return found


class _ColumnReader:
    """Reads the cells of one column; cells that are alike are read once."""

    def __init__(self, column: WideColumn, reader: RecordReader, *, may_be_critical: bool) -> None:
        self.heading, self.id, self._scale = column
        self._reader = reader
        self._may_be_critical = may_be_critical
        #: What was read without a finding. A large sheet has few different cells.
        self.seen: dict[str | float, Level | None] = {}

    def read(self, cell: Cell, record: Record) -> object:
        """The level, None for a blank cell, BAD after a finding."""
        spot = Spot(
            record.sheet.place(record.row, self.heading.column),
            self.heading.text,
            text_file=record.sheet.from_csv,
        )
        collector = self._reader.collector
        if isinstance(cell, ErrorValue):
            collector.add("error-value", spot.place, header=spot.header, found=cell.code)
            return BAD
        if isinstance(cell, Uncomputed):
            collector.add("formula-uncomputed", spot.place, header=spot.header, found=cell.formula)
            return BAD
        if isinstance(cell, str) and not cell.strip():
            return None
        before = len(collector.findings)
        level = self._reader.cells.level(cell, spot, self._scale, may_be_critical=self._may_be_critical)
        clean = len(collector.findings) == before
        if clean and isinstance(cell, (str, int, float)) and not isinstance(cell, bool):
            self.seen[cell] = level if isinstance(level, Level) else None
        return level


def read_wide(
    table: Table,
    model: type[WideT],
    columns: list[WideColumn],
    reader: RecordReader,
    column_map: ColumnMap,
) -> list[Located[WideT]]:
    """The rows of Merits or Requirements that passed."""
    may_be_critical = table.kind == "Requirements"
    readers = [_ColumnReader(column, reader, may_be_critical=may_be_critical) for column in columns]
    plan = [(r.heading.column - 1, r.id, r.seen, r) for r in readers]
    rows = {row.number: row.cells for row in table.rows}
    headings = {**{r.id: r.heading for r in readers}, **table.fields}
    found: list[Located[WideT]] = []
    for record in records(table, reader.collector, column_map):
        cells = rows[record.row]
        width = len(cells)
        record.headings = headings
        values, sound = reader.values(record)
        levels: dict[str, Level] = {}
        for index, id_, seen, column in plan:
            if index >= width:
                continue
            cell = cells[index]
            if cell is None:
                continue
            kind = cell.__class__
            level: object
            if (kind is str or kind is int or kind is float) and cell in seen:
                level = seen[cell]  # type: ignore[index]  # the line above says which types it can have
            else:
                level = column.read(cell, record)
            if level is BAD:
                sound = False
            elif isinstance(level, Level):
                levels[id_] = level
        if not sound:
            continue
        values["levels"] = levels
        located = reader.build(record, model, values)
        if located is not None:
            found.append(located)
    return found
