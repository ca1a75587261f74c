"""A fiche: a sheet about one practice, with the names of its fields in column A and their values in B."""

from __future__ import annotations

from collections.abc import Mapping

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.column_words import Lookup
from dualeco_cli.checks.headers import best_score, starred
from dualeco_cli.checks.suggest import Candidates
from dualeco_cli.checks.tables import Heading, Record
from dualeco_cli.data import words
from dualeco_cli.model.cells import Cell, ErrorValue, Sheet, SheetRow, Uncomputed
from dualeco_cli.model.names import column_letters, fold
from dualeco_cli.model.rows import SHEETS, Kind, columns

#: Fields that may go on in the rows below their own.
_LONG = frozenset({Kind.TEXT, Kind.WORDS})


def is_fiche(sheet: Sheet, look: Lookup) -> bool:
    """Whether two or more field names of Practices stand in column A, and more than in any row."""
    named = {look.field(row.cells[0]) for row in sheet.rows if row.cells} - {None}
    return len(named) >= 2 and len(named) > best_score(sheet, look)


def read_fiche(sheet: Sheet, look: Lookup, collector: Collector) -> Record:
    """The practice of a fiche."""
    cells: dict[str, Cell] = {}
    places: dict[str, list[Heading]] = {}
    unknown: list[Heading] = []
    last: str | None = None
    for row in sheet.rows:
        label = row.cells[0] if row.cells else None
        value = row.cells[1] if len(row.cells) > 1 else None
        if is_blank(label):
            if last is not None and not is_blank(value):
                cells[last] = _continued(last, cells[last], value)
            continue
        text = shown(label).strip()
        heading = Heading(1, text, row.number)
        last = look.field(label)
        if last is None:
            unknown.append(heading)
            continue
        places.setdefault(last, []).append(heading)
        if last in cells:
            last = None  # the second of two: it does not go on
        else:
            cells[last] = value
    for name, same in places.items():
        _report_doubled(sheet, name, same, collector)
    headings = {name: Heading(2, same[0].text, same[0].row) for name, same in places.items()}
    _report_labels(sheet, headings, unknown, look, collector)
    _report_beside(sheet, collector)
    first = sheet.rows[0].number
    return Record("Practices", sheet, first, cells, headings, is_fiche=True)


def _continued(name: str, before: Cell, value: Cell) -> Cell:
    """A field with what stands in the row below it, where that has no field name of its own."""
    if isinstance(before, (ErrorValue, Uncomputed)):
        return before
    if isinstance(value, (ErrorValue, Uncomputed)) or is_blank(before):
        return value
    kind = columns(SHEETS["Practices"])[name].kind
    return f"{shown(before)}\n{shown(value)}" if kind in _LONG else before


def _report_doubled(sheet: Sheet, name: str, same: list[Heading], collector: Collector) -> None:
    for heading in same if len(same) > 1 else ():
        others = [h for h in same if h is not heading]
        collector.add(
            "column-duplicate",
            sheet.place(heading.row, heading.column),
            header=heading.text,
            found=heading.text,
            expected=name,
            other=", ".join(f'"{h.text}" in row {h.row}' for h in others),
        )


def _report_labels(
    sheet: Sheet,
    headings: Mapping[str, Heading],
    unknown: list[Heading],
    look: Lookup,
    collector: Collector,
) -> None:
    """Report labels that are no field, and fields that have to be there but are not."""
    needed = [name for name in starred("Practices") if name not in headings]
    free = {word: name for word, name in look.fields.items() if name not in headings}
    candidates = Candidates(free)
    for heading in unknown:
        close = candidates.nearest(heading.text, cutoff=0.8)
        if close is not None and fold(heading.text) in words.unread_words("Practices"):
            close = None
        name = free[close] if close else None
        place = sheet.place(heading.row, heading.column)
        if name in needed:
            needed.remove(name)
            rule, params = "column-missing", {"expected": name, "sheet": sheet.name}
        else:
            rule, params = ("column-misspelt" if name else "column-unknown"), {}
        collector.add(rule, place, header=heading.text, found=heading.text, suggestion=name, **params)
    for name in needed:
        collector.add("column-missing", sheet.place(sheet.rows[0].number, 1), expected=name, sheet=sheet.name)


def _report_beside(sheet: Sheet, collector: Collector) -> None:
    """Report columns to the right of the values, once each, at their first cell."""
    seen: set[int] = set()
    for row in sheet.rows:
        for column in _filled_beside(row):
            if column not in seen:
                seen.add(column)
                place = sheet.place(row.number, column)
                collector.add("column-without-header", place, found=column_letters(column))


def _filled_beside(row: SheetRow) -> list[int]:
    return [column for column, cell in enumerate(row.cells, start=1) if column > 2 and not is_blank(cell)]
