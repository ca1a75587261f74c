"""Merits and Requirements: one row per practice, one column per indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from dualeco_cli.checks.cells import BAD
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.column_words import IndicatorNames
from dualeco_cli.checks.headers import report_unknown
from dualeco_cli.checks.numbers import tidy
from dualeco_cli.checks.records import Entry, RecordReader, spot_of_heading
from dualeco_cli.checks.rows import records
from dualeco_cli.checks.tables import Heading, Record, Table
from dualeco_cli.checks.wording import a_role
from dualeco_cli.data import words
from dualeco_cli.model.cells import Cell
from dualeco_cli.model.rows import WIDE, Indicator, Level, Merits, Requirements, Role

WideT = TypeVar("WideT", Merits, Requirements)

#: Where the values for the indicators of a role stand.
_SHEET_OF: Mapping[Role, str] = {
    Role.MERIT: "Merits",
    Role.CONDITION: "Requirements",
    Role.NEED: "Profile",
    Role.JUDGEMENT: "Assessments",
}


def wide_columns(table: Table, names: IndicatorNames, collector: Collector) -> dict[str, Heading]:
    """The columns of a wide sheet that are read, by the id of their indicator; the others are reported.

    The column of an indicator with a faulty row is among them: its role is not known.
    """
    role = WIDE[table.kind]
    found: dict[str, Heading] = {}
    for id_, heading in table.extras.items():
        its_role = names.roles.get(str(id_), role)
        if its_role is role:
            found[str(id_)] = heading
            continue
        collector.add(
            "column-other-role",
            table.header_place(heading),
            header=heading.text,
            found=heading.text,
            expected=words.sheet_name(_SHEET_OF[its_role], words.language_of_sheet(table.sheet.name)),
            role=a_role(its_role),
        )
    report_unknown(table, collector, complete=names.complete)
    return found


class _ColumnReader:
    """Reads the cells of one column; cells that are alike are read once."""

    def __init__(
        self,
        id_: str,
        heading: Heading,
        scale: Indicator | None,
        reader: RecordReader,
        *,
        may_be_critical: bool,
    ) -> None:
        self.id = id_
        self.index = heading.column - 1
        #: What was read without a finding. A large sheet has few different cells.
        self.seen: dict[str | float, Level | None] = {}
        self._heading = heading
        self._scale = scale
        self._reader = reader
        self._may_be_critical = may_be_critical

    def read(self, cell: Cell, record: Record) -> object:
        """The level, None for a blank cell, BAD after a finding."""
        spot = spot_of_heading(record, self._heading)
        if self._reader.cells.is_broken(cell, spot):
            return BAD
        if isinstance(cell, str) and not tidy(cell):
            return None
        before = len(self._reader.collector.findings)
        level = self._reader.cells.level(cell, spot, self._scale, may_be_critical=self._may_be_critical)
        clean = len(self._reader.collector.findings) == before
        if clean and level is not BAD and isinstance(cell, (str, int, float)) and not isinstance(cell, bool):
            self.seen[cell] = level if isinstance(level, Level) else None
        return level


def read_wide(
    table: Table,
    model: type[WideT],
    columns: Mapping[str, Heading],
    reader: RecordReader,
) -> list[Entry[WideT]]:
    """The rows of Merits or Requirements, with the levels that could be read."""
    may_be_critical = table.kind == "Requirements"
    plan = []
    for id_, heading in columns.items():
        scale = reader.indicators.get(id_)
        column = _ColumnReader(id_, heading, scale, reader, may_be_critical=may_be_critical)
        plan.append((column.index, id_, column.seen, column))
    rows = {row.number: row.cells for row in table.rows}
    headings = {**columns, **table.fields}

    def amend(entry: Entry[WideT]) -> None:
        cells = rows[entry.record.row]
        width = len(cells)
        levels: dict[str, Level] = {}
        for index, id_, seen, column in plan:
            cell = cells[index] if index < width else None
            if cell is None:
                continue
            kind = cell.__class__
            level: object
            if (kind is str or kind is int or kind is float) and cell in seen:
                level = seen[cell]  # type: ignore[index]  # the line above says which types it can have
            else:
                level = column.read(cell, entry.record)
            if level is BAD:
                entry.bad.add(id_)
            elif isinstance(level, Level):
                levels[id_] = level
        entry.values["levels"] = levels

    found: list[Entry[WideT]] = []
    for record in records(table, reader.collector):
        record.headings = headings
        found.append(reader.read(record, model, amend))
    return found
