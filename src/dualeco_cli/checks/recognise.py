"""Which sheet is which, where its header is and which column is which.

The result is a list of :class:`Table` and of fiches turned into :class:`Record`; what the columns of a wide
sheet stand for is settled later, when the framework is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dualeco_cli.checks.cells import shown
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.data import words
from dualeco_cli.model.cells import Area, Cell, ErrorValue, Place, Sheet, SheetRow, Workbook
from dualeco_cli.model.names import INVISIBLE, column_letters, fold
from dualeco_cli.model.rows import SHEETS, WIDE, Row, columns

#: How many rows that are not blank are searched for the header.
HEADER_DEPTH = 20


def is_blank(cell: Cell) -> bool:
    """Whether a cell has nothing in it, or only blanks and characters that are not seen."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell or not cell.strip() or all(c in INVISIBLE or c.isspace() for c in cell)
    return False


class Heading(NamedTuple):
    """One column of a table: its number, counted from 1, and its header as it stands there."""

    column: int
    text: str


@dataclass(slots=True)
class Table:
    """A sheet of a known kind, with its header found."""

    kind: str
    sheet: Sheet
    header_row: int
    fields: Mapping[str, Heading]
    #: Columns that are none of the fields: levels, indicators of a wide sheet, or unknown.
    others: tuple[Heading, ...]
    rows: tuple[SheetRow, ...]

    @property
    def model(self) -> type[Row]:
        """The model of its rows."""
        return SHEETS[self.kind]

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """The place of a cell, a row or the whole sheet."""
        return self.sheet.place(row, column)


@dataclass(slots=True)
class Record:
    """One row of a table, or one fiche: its cells by field, and where each stands."""

    kind: str
    sheet: Sheet
    row: int
    cells: Mapping[str, Cell]
    headings: Mapping[str, Heading]
    #: For a fiche, the row of each field; in a table all fields stand in one row.
    field_rows: Mapping[str, int] = field(default_factory=dict)

    def place(self, name: str | None = None) -> Place:
        """Where a field stands; the whole row without one."""
        heading = self.headings.get(name) if name else None
        if heading is None:
            return self.sheet.place(self.row, None)
        return self.sheet.place(self.field_rows.get(name or "", self.row), heading.column)

    def header(self, name: str) -> str | None:
        """The header of a field as it stands in the file."""
        heading = self.headings.get(name)
        return heading.text if heading else None


@dataclass(slots=True)
class Recognised:
    """What was found in one workbook."""

    tables: list[Table]
    fiches: list[Record]

    @property
    def kinds(self) -> set[str]:
        """The kinds of sheet that are there."""
        return {table.kind for table in self.tables} | ({"Practices"} if self.fiches else set())


class ColumnMap:
    """The words for columns: those built in and those of the user's configuration (``columns``)."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """``own`` maps a header to a field, or to ``Sheet.field`` where it differs between sheets."""
        self._own: dict[str, dict[str, str]] = {}
        for header, target in (own or {}).items():
            sheet, _, name = target.rpartition(".")
            for kind, model in SHEETS.items():
                if (not sheet or fold(sheet) == fold(kind)) and name in columns(model):
                    self._own.setdefault(kind, {})[fold(header)] = name

    def field(self, kind: str, header: str) -> str | None:
        """The field that a header stands for on a sheet of that kind."""
        folded = fold(header)
        own = self._own.get(kind, {}).get(folded)
        return own or words.column_words(kind).get(folded)


def recognise(workbook: Workbook, collector: Collector, column_map: ColumnMap) -> Recognised:
    """Find the sheets of a workbook that are known, and their headers."""
    found = Recognised([], [])
    first_of_kind: dict[str, Sheet] = {}
    unnamed: list[Sheet] = []
    named: list[tuple[str, Sheet]] = []
    for sheet in workbook.sheets:
        kind = words.sheet_words().get(fold(sheet.name))
        if kind == words.GUIDE or sheet.name.startswith("_"):
            continue
        if kind is None or (kind == "Practices" and _fiche_fields(sheet, column_map) >= 2):
            unnamed.append(sheet)
        else:
            named.append((kind, sheet))
    taken = {kind for kind, _ in named}
    for sheet in unnamed:
        if _fiche_fields(sheet, column_map) >= 2 and _table_score(sheet, "Practices", column_map) < 2:
            found.fiches.append(_read_fiche(sheet, collector, column_map))
            _report_hidden(sheet, collector)
            continue
        kind = _kind_by_headers(sheet, column_map, taken)
        if kind is None:
            _report_unknown(sheet, collector, taken)
            continue
        collector.add("sheet-by-headers", sheet.place(), found=sheet.name, sheet=kind)
        named.append((kind, sheet))
        taken.add(kind)
    order = {id(sheet): index for index, sheet in enumerate(workbook.sheets)}
    duplicated: dict[str, list[Sheet]] = {}
    for kind, sheet in sorted(named, key=lambda pair: order[id(pair[1])]):
        duplicated.setdefault(kind, []).append(sheet)
        if kind in first_of_kind:
            continue
        first_of_kind[kind] = sheet
    for kind, sheets in duplicated.items():
        if len(sheets) > 1:
            for sheet in sheets:
                other = next(s for s in sheets if s is not sheet)
                collector.add(
                    "sheet-duplicate", sheet.place(), found=sheet.name, sheet=kind, other=f'"{other.name}"'
                )
    for kind, sheet in first_of_kind.items():
        table = _read_table(kind, sheet, collector, column_map)
        _report_hidden(sheet, collector)
        if table is not None:
            found.tables.append(table)
    if not found.tables and not found.fiches and not named:
        collector.add("nothing-recognised", Place(workbook.path), expected=", ".join(SHEETS))
    return found


def _words_in(row: SheetRow, kind: str, column_map: ColumnMap) -> int:
    """How many different fields the cells of a row name."""
    named = {column_map.field(kind, cell) for cell in row.cells if isinstance(cell, str)}
    return len(named - {None})


def _table_score(sheet: Sheet, kind: str, column_map: ColumnMap) -> int:
    return max((_words_in(row, kind, column_map) for row in sheet.rows[:HEADER_DEPTH]), default=0)


def _fiche_fields(sheet: Sheet, column_map: ColumnMap) -> int:
    """How many different fields of Practices stand in column A."""
    first = (row.cells[0] for row in sheet.rows if row.cells)
    named = {column_map.field("Practices", cell) for cell in first if isinstance(cell, str)}
    return len(named - {None})


def _kind_by_headers(sheet: Sheet, column_map: ColumnMap, taken: set[str]) -> str | None:
    """The one kind whose starred columns are all there, if the sheet's name says nothing."""
    best: tuple[int, str] | None = None
    for kind, model in SHEETS.items():
        if kind in taken:
            continue
        starred = {name for name, column in columns(model).items() if column.starred}
        if kind in WIDE:
            continue  # a column "practice" alone does not tell Merits from Requirements
        for row in sheet.rows[:HEADER_DEPTH]:
            named = {column_map.field(kind, cell) for cell in row.cells if isinstance(cell, str)}
            if starred <= named and (best is None or len(named) > best[0]):
                best = (len(named), kind)
    return best[1] if best else None


def _report_unknown(sheet: Sheet, collector: Collector, taken: set[str]) -> None:
    known = {word: kind for word, kind in words.sheet_words().items() if kind not in taken}
    close = nearest(sheet.name, known, cutoff=0.8)
    if close is not None and sheet.rows:
        collector.add("sheet-misspelt", sheet.place(), found=sheet.name, suggestion=known[close])
    else:
        collector.add("sheet-unknown", sheet.place(), found=sheet.name)


def _report_hidden(sheet: Sheet, collector: Collector) -> None:
    if sheet.hidden:
        collector.add("sheet-hidden", sheet.place(), found=sheet.name)
    filled = [row.number for row in sheet.rows if row.number in sheet.hidden_rows]
    if filled:
        collector.add("rows-hidden", sheet.place(filled[0]), found=", ".join(_runs(filled)))
    widest = max((len(row.cells) for row in sheet.rows), default=0)
    hidden = sorted(column for column in sheet.hidden_columns if column <= widest)
    if hidden:
        letters = ", ".join(column_letters(column) for column in hidden)
        first = sheet.rows[0].number if sheet.rows else 1
        collector.add("columns-hidden", sheet.place(first, hidden[0]), found=letters)


def _runs(numbers: list[int]) -> Iterator[str]:
    """``[3, 4, 5, 9]`` as ``3-5``, ``9``."""
    start = previous = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != previous + 1:
            yield str(start) if start == previous else f"{start}-{previous}"
            start = number
        previous = number


def _header_row(kind: str, sheet: Sheet, column_map: ColumnMap) -> int | None:
    """Index of the row that names most columns; the first of several."""
    best, best_score = None, 0
    for index, row in enumerate(sheet.rows[:HEADER_DEPTH]):
        score = _words_in(row, kind, column_map)
        if score > best_score:
            best, best_score = index, score
    return best


def _read_table(kind: str, sheet: Sheet, collector: Collector, column_map: ColumnMap) -> Table | None:
    model = SHEETS[kind]
    starred = [name for name, column in columns(model).items() if column.starred]
    if not sheet.rows:
        collector.add("sheet-empty", sheet.place(), found=sheet.name)
        return None
    index = _header_row(kind, sheet, column_map)
    if index is None:
        collector.add(
            "header-not-found",
            sheet.place(sheet.rows[0].number, 1),
            found=sheet.name,
            sheet=kind,
            expected=", ".join(starred),
        )
        return None
    header, rows = sheet.rows[index], sheet.rows[index + 1 :]
    if header.number != 1:
        collector.add("header-not-first", sheet.place(header.number, 1))
    fields: dict[str, Heading] = {}
    others: list[Heading] = []
    doubled: dict[str, list[Heading]] = {}
    for column, cell in enumerate(header.cells, start=1):
        if is_blank(cell):
            continue
        heading = Heading(column, shown(cell).strip())
        name = column_map.field(kind, heading.text)
        if name is None:
            others.append(heading)
            continue
        doubled.setdefault(name, []).append(heading)
        fields.setdefault(name, heading)
    for name, headings in doubled.items():
        if len(headings) > 1:
            for heading in headings:
                other = next(h for h in headings if h is not heading)
                collector.add(
                    "column-duplicate",
                    sheet.place(header.number, heading.column),
                    header=heading.text,
                    found=heading.text,
                    expected=name,
                    other=f'"{other.text}" in column {column_letters(other.column)}',
                )
    others = _report_missing(kind, sheet, header.number, fields, others, collector)
    _report_headless(sheet, header, rows, collector)
    _report_merged(sheet, header.number, collector)
    if not rows:
        collector.add("sheet-empty", sheet.place(), found=sheet.name)
    return Table(kind, sheet, header.number, fields, tuple(others), rows)


def _report_missing(
    kind: str,
    sheet: Sheet,
    header_row: int,
    fields: Mapping[str, Heading],
    others: list[Heading],
    collector: Collector,
) -> list[Heading]:
    """Report starred columns that are not there; a header that was probably meant is reported with it."""
    left = list(others)
    known = words.column_words(kind)
    for name, column in columns(SHEETS[kind]).items():
        if not column.starred or name in fields:
            continue
        alike = [word for word, field_name in known.items() if field_name == name]
        meant = next((h for h in left if nearest(h.text, alike, cutoff=0.75)), None)
        if meant is None:
            collector.add("column-missing", sheet.place(header_row, 1), expected=name, sheet=kind)
            continue
        left.remove(meant)
        collector.add(
            "column-missing",
            sheet.place(header_row, meant.column),
            header=meant.text,
            found=meant.text,
            expected=name,
            suggestion=name,
            sheet=kind,
        )
    return left


def _report_headless(
    sheet: Sheet, header: SheetRow, rows: tuple[SheetRow, ...], collector: Collector
) -> None:
    """Report columns that have values but no header, once each, at their first value."""
    named = {column for column, cell in enumerate(header.cells, start=1) if not is_blank(cell)}
    seen: set[int] = set()
    widest = len(header.cells)
    if len(named) == widest and all(len(row.cells) <= widest for row in rows):
        return
    for row in rows:
        for column, cell in enumerate(row.cells, start=1):
            if column not in named and column not in seen and not is_blank(cell):
                seen.add(column)
                collector.add(
                    "column-without-header", sheet.place(row.number, column), found=column_letters(column)
                )


def _report_merged(sheet: Sheet, header_row: int, collector: Collector) -> None:
    """Report merged cells in the header and below it; a title merged above the table harms nobody."""
    numbers = {row.number for row in sheet.rows}
    for area in sheet.merged:
        if area.last_row >= header_row and any(
            number in numbers for number in range(area.first_row, _last_of_interest(area, sheet) + 1)
        ):
            collector.add(
                "cells-merged",
                sheet.place(area.first_row, area.first_column),
                found=area.name,
            )


def _last_of_interest(area: Area, sheet: Sheet) -> int:
    return min(area.last_row, sheet.rows[-1].number if sheet.rows else area.first_row)


def _read_fiche(sheet: Sheet, collector: Collector, column_map: ColumnMap) -> Record:
    cells: dict[str, Cell] = {}
    headings: dict[str, Heading] = {}
    field_rows: dict[str, int] = {}
    doubled: dict[str, list[tuple[int, str]]] = {}
    known = words.column_words("Practices")
    for row in sheet.rows:
        label = row.cells[0] if row.cells else None
        if is_blank(label):
            continue
        text = shown(label).strip()
        name = column_map.field("Practices", text)
        if name is None:
            close = nearest(text, known, cutoff=0.8)
            rule = "column-misspelt" if close else "column-unknown"
            suggestion = known[close] if close else None
            collector.add(rule, sheet.place(row.number, 1), header=text, found=text, suggestion=suggestion)
            continue
        doubled.setdefault(name, []).append((row.number, text))
        if name in cells:
            continue
        cells[name] = row.cells[1] if len(row.cells) > 1 else None
        headings[name] = Heading(2, text)
        field_rows[name] = row.number
    for name, places in doubled.items():
        if len(places) > 1:
            for number, text in places:
                other = next(place for place in places if place[0] != number)
                collector.add(
                    "column-duplicate",
                    sheet.place(number, 1),
                    header=text,
                    found=text,
                    expected=name,
                    other=f'"{other[1]}" in row {other[0]}',
                )
    for name, column in columns(SHEETS["Practices"]).items():
        if column.starred and name not in cells:
            collector.add("column-missing", sheet.place(sheet.rows[0].number, 1), expected=name)
    first = sheet.rows[0].number if sheet.rows else 1
    return Record("Practices", sheet, first, cells, headings, field_rows)


def records(table: Table, collector: Collector, column_map: ColumnMap) -> Iterator[Record]:
    """The rows of a table that hold something in a known column.

    Rows of totals, rows that repeat the header and rows that only have a note beside the table are left out
    and reported.
    """
    keys = [name for name in ("id", "title", "practice", "ecosystem", "key", "name") if name in table.fields]
    for row in table.rows:
        width = len(row.cells)
        cells: dict[str, Cell] = {
            name: row.cells[heading.column - 1]
            for name, heading in table.fields.items()
            if heading.column <= width
        }
        filled = {name: cell for name, cell in cells.items() if not is_blank(cell)}
        if not filled and not _fills_others(table, row):
            if any(not is_blank(cell) for cell in row.cells):
                collector.add("row-beside-table", table.place(row.number))
            continue
        texts = {name: cell for name, cell in filled.items() if isinstance(cell, str)}
        if len(texts) >= 2 and all(
            column_map.field(table.kind, text) == name for name, text in texts.items()
        ):
            collector.add("row-of-headers", table.place(row.number))
            continue
        first = next((texts[name] for name in keys if name in texts), None)
        if first is not None and words.value_of("total", first) is not None and len(texts) == 1:
            collector.add("row-of-totals", table.place(row.number, table.fields[keys[0]].column), found=first)
            continue
        yield Record(table.kind, table.sheet, row.number, cells, table.fields)


def _fills_others(table: Table, row: SheetRow) -> bool:
    """Whether a row of a wide sheet, or of Indicators, has something in a column that is no field."""
    if table.kind not in WIDE and table.kind != "Indicators":
        return False
    width = len(row.cells)
    return any(
        heading.column <= width
        and not is_blank(row.cells[heading.column - 1])
        and not isinstance(row.cells[heading.column - 1], ErrorValue)
        for heading in table.others
    )
