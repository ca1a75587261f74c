"""What a sheet does not show: hidden rows and columns, and cells that are merged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dualeco_cli.checks.cell_text import is_blank
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.column_words import Extra
from dualeco_cli.checks.tables import Heading
from dualeco_cli.language import _, plural
from dualeco_cli.model.cells import Area, Cell, Sheet, SheetRow
from dualeco_cli.model.names import column_letters
from dualeco_cli.model.rows import SHEETS, columns

#: So many rows or columns, or runs of them, are named.
_MOST_NAMED = 20


#: So many rows are looked at for keys that are merged. Areas do not overlap in a file that a spreadsheet
#: program has written, so no honest one has more.
_MOST_ROWS = 2_000_000


def report_hidden(sheet: Sheet, collector: Collector) -> None:
    """Name what is hidden: it is read all the same."""
    if sheet.hidden:
        collector.add("sheet-hidden", sheet.place(), found=sheet.name)
    filled = [row.number for row in sheet.rows if row.number in sheet.hidden_rows]
    if filled:
        collector.add("rows-hidden", sheet.place(filled[0]), found=_some_runs(filled))
    widest = max((len(row.cells) for row in sheet.rows), default=0)
    hidden = sorted(column for column in sheet.hidden_columns if column <= widest)
    if hidden:
        letters = ", ".join(column_letters(column) for column in hidden[:_MOST_NAMED])
        letters += ", …" if len(hidden) > _MOST_NAMED else ""
        collector.add("columns-hidden", sheet.place(sheet.rows[0].number, hidden[0]), found=letters)


def _in_rows(numbers: Sequence[int]) -> str:
    return plural("in row {rows}", "in rows {rows}", len(numbers), rows=_some_runs(numbers))


def _some_runs(numbers: Sequence[int]) -> str:
    runs = list(_runs(numbers))
    return ", ".join(runs[:_MOST_NAMED]) + (", …" if len(runs) > _MOST_NAMED else "")


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """``[3, 4, 5, 9]`` as ``3-5``, ``9``."""
    start = previous = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != previous + 1:
            yield str(start) if start == previous else f"{start}-{previous}"
            start = number
        previous = number


def report_merged(
    sheet: Sheet,
    merged: Iterable[Area],
    kind: str,
    read: Mapping[Extra, Heading],
    rows: Sequence[SheetRow],
    collector: Collector,
) -> frozenset[tuple[int, str]]:
    """Report merged cells of a table; ``rows`` are its data.

    Only the first cell of an area has a value. Where that leaves rows without their key they cannot be used,
    which is an error, but one for the whole area: the blank keys (row and field) are returned, so that they
    are not reported again. ``read`` are the columns that are read.
    """
    of_kind = columns(SHEETS[kind])
    keys = {name: read[name] for name, column in of_kind.items() if column.key and name in read}
    numbers = [row.number for row in rows]
    blank: set[tuple[int, str]] = set()
    left = _MOST_ROWS
    for area in merged:
        inside = rows[bisect_left(numbers, area.first_row) : bisect_right(numbers, area.last_row)]
        if not inside and (not rows or area.first_row >= numbers[0]):
            continue  # there is nothing in it or beside it
        left -= len(inside)
        without = []
        if left > 0:
            without = [key for key in _without_key(area, inside, keys, read) if key not in blank]
        blank.update(without)
        place = sheet.place(area.first_row, area.first_column)
        if without:
            collector.add(
                "keys-merged",
                place,
                header=keys[without[0][1]].text,
                found=area.name,
                expected=_("a value in each row"),
                rows=_in_rows(sorted({row for row, _ in without})),
            )
        else:
            collector.add("cells-merged", place, found=area.name)
    return frozenset(blank)


def _without_key(
    area: Area, rows: Sequence[SheetRow], keys: Mapping[str, Heading], read: Mapping[Extra, Heading]
) -> Iterator[tuple[int, str]]:
    """The keys, by row and field, that the area leaves blank in rows that hold something else."""
    for name, heading in keys.items():
        if area.first_column <= heading.column <= area.last_column:
            for row in rows:
                if is_blank(_at(row, heading)) and any(not is_blank(_at(row, h)) for h in read.values()):
                    yield row.number, name


def _at(row: SheetRow, heading: Heading) -> Cell:
    return row.cells[heading.column - 1] if heading.column <= len(row.cells) else None
