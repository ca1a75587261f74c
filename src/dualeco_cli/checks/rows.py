"""The rows of a table that count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.numbers import read_number
from dualeco_cli.checks.tables import Record, Table
from dualeco_cli.data import words
from dualeco_cli.model.cells import Cell, SheetRow

#: What may stand behind the word for a total: ``Totale: 12``.
_AFTER_TOTAL = re.compile(r"[\s\d.,:;=()%#/–-]+$")
_LONGEST_LABEL = 40


def records(table: Table, collector: Collector) -> Iterator[Record]:
    """The rows of a table that hold something in a column that is read.

    Rows of totals, rows that repeat the header and rows that only have a note beside the table are left out
    and reported.
    """
    columns = [(name, heading.column - 1) for name, heading in table.fields.items()]
    for row in table.rows:
        row_cells = row.cells
        width = len(row_cells)
        cells: dict[str, Cell] = {name: row_cells[index] for name, index in columns if index < width}
        filled = [name for name, cell in cells.items() if not is_blank(cell)]
        if not filled and not _fills_extras(table, row):
            beside = next((n for n, cell in enumerate(row_cells, start=1) if not is_blank(cell)), None)
            if beside is not None:
                text = shown(row_cells[beside - 1])
                collector.add("row-beside-table", table.place(row.number, beside), found=text)
        elif _repeats_header(table, row, cells):
            collector.add("row-of-headers", table.place(row.number))
        elif (label := _total(filled, cells)) is not None:
            place = table.place(row.number, table.fields[label].column)
            collector.add("row-of-totals", place, header=table.fields[label].text, found=str(cells[label]))
        else:
            yield Record(
                table.kind, table.sheet, row.number, cells, table.fields, merged_keys=table.merged_keys
            )


def _fills_extras(table: Table, row: SheetRow) -> bool:
    """Whether a row has something in a column that is read but is no field: a level."""
    width = len(row.cells)
    return any(
        heading.column <= width and not is_blank(row.cells[heading.column - 1])
        for heading in table.extras.values()
    )


def _repeats_header(table: Table, row: SheetRow, cells: Mapping[str, Cell]) -> bool:
    """Whether every text of a row, two at least, is a header of its own column."""
    texts = 0
    for name, cell in cells.items():
        if isinstance(cell, str) and cell:
            if table.look.field(cell) != name:
                return False
            texts += 1
    if not texts:
        return False
    for extra, heading in table.extras.items():
        cell = row.cells[heading.column - 1] if heading.column <= len(row.cells) else None
        if isinstance(cell, str) and not is_blank(cell):
            if table.look.name(cell) != extra:
                return False
            texts += 1
    return texts >= 2


@cache
def _starts_of_totals() -> frozenset[str]:
    """How the words for totals begin: enough to pass over nearly all rows quickly."""
    return frozenset(word[:2] for word in words.list_words("total"))


def _total(filled: list[str], cells: Mapping[str, Cell]) -> str | None:
    """The field with the word for a total, where everything else in the row is a number."""
    name = next((name for name in filled if isinstance(cells[name], str)), None)
    text = str(cells[name]).strip() if name is not None else ""
    if not text or len(text) > _LONGEST_LABEL or text[:2].casefold() not in _starts_of_totals():
        return None
    if words.value_of("total", _AFTER_TOTAL.sub("", text)) is None:
        return None
    others = [cells[other] for other in filled if other != name]
    numbers = all(not isinstance(cell, str) or read_number(cell) is not None for cell in others)
    return name if numbers else None
