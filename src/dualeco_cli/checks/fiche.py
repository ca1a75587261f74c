"""A fiche: a sheet about one practice, with the names of its fields in column A and their values in B."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.collector import Collector, quote
from dualeco_cli.checks.column_words import Lookup
from dualeco_cli.checks.headers import MOST_OTHERS, best_score, starred
from dualeco_cli.checks.suggest import Candidates
from dualeco_cli.checks.tables import Heading, Record, columns_of
from dualeco_cli.data import words
from dualeco_cli.language import _
from dualeco_cli.model.cells import Cell, ErrorValue, Sheet, SheetRow, Uncomputed
from dualeco_cli.model.names import column_letters, fold
from dualeco_cli.model.rows import Kind


def is_fiche(sheet: Sheet, look: Lookup) -> bool:
    """Whether two or more field names of Practices stand in column A, and more than in any row."""
    named = {look.field(row.cells[0]) for row in sheet.rows if row.cells} - {None}
    return len(named) >= 2 and len(named) > best_score(sheet, look)


def read_fiche(sheet: Sheet, look: Lookup, collector: Collector) -> Record:
    """The practice of a fiche."""
    fields: dict[str, _Field] = {}
    places: dict[str, list[Heading]] = {}
    unknown: list[Heading] = []
    current: _Field | None = None
    for row in sheet.rows:
        label = row.cells[0] if row.cells else None
        value = row.cells[1] if len(row.cells) > 1 else None
        if is_blank(label):
            if is_blank(value):
                continue
            if current is None or not current.go_on(row.number, value):
                place = sheet.place(row.number, 2)
                collector.add("row-beside-table", place, found=shown(value))
            continue
        heading = Heading(1, shown(label).strip(), row.number)
        name = look.field(label)
        current = _Field(name or "", row.number, [value])
        if name is None:
            unknown.append(heading)
        else:
            places.setdefault(name, []).append(heading)
            fields.setdefault(name, current)
    for name, same in places.items():
        _report_doubled(sheet, name, same, collector)
    headings = {name: Heading(2, places[name][0].text, found.row) for name, found in fields.items()}
    _report_labels(sheet, headings, unknown, look, collector)
    _report_beside(sheet, collector)
    return Record(
        "Practices",
        sheet,
        sheet.rows[0].number,
        {name: found.cell for name, found in fields.items()},
        headings,
        is_fiche=True,
        further={name: found.further for name, found in fields.items() if found.further},
    )


@dataclass(slots=True)
class _Field:
    """A field of a fiche; a label that is none has no name."""

    name: str
    row: int
    values: list[Cell]
    further: list[tuple[int, Cell]] = field(default_factory=list)

    def go_on(self, row: int, value: Cell) -> bool:
        """Take in what stands below the field, in a row without a label; False where it cannot."""
        if is_blank(self.values[0]):
            self.row, self.values = row, [value]
            return True
        kind = dict(columns_of("Practices"))[self.name].kind if self.name else Kind.TEXT
        if kind is Kind.WORDS:
            self.further.append((row, value))
            return True
        if kind is not Kind.TEXT:
            return False
        if isinstance(value, (ErrorValue, Uncomputed)):
            self.row = row  # where the fault is
        self.values.append(value)
        return True

    @property
    def cell(self) -> Cell:
        """The values as one cell, or the one that has an error."""
        if len(self.values) == 1:
            return self.values[0]
        broken = (value for value in self.values if isinstance(value, (ErrorValue, Uncomputed)))
        return next(broken, None) or "\n".join(map(shown, self.values))


def _report_doubled(sheet: Sheet, name: str, same: list[Heading], collector: Collector) -> None:
    for heading in same if len(same) > 1 else ():
        others = [h for h in same[: MOST_OTHERS + 1] if h is not heading][:MOST_OTHERS]
        collector.add(
            "column-duplicate",
            sheet.place(heading.row, heading.column),
            header=heading.text,
            found=heading.text,
            expected=name,
            other=", ".join(
                _("{header} in row {row}").format(header=quote(h.text), row=h.row) for h in others
            ),
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
