"""Where the header of a sheet is, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.collector import Collector, quote
from dualeco_cli.checks.column_words import Extra, Lookup, Several
from dualeco_cli.checks.suggest import Candidates
from dualeco_cli.checks.surface import report_merged
from dualeco_cli.checks.tables import Heading, Table
from dualeco_cli.checks.wording import all_of, any_of
from dualeco_cli.data import words
from dualeco_cli.language import _
from dualeco_cli.model.cells import Area, Cell, ErrorValue, Sheet, SheetRow, Uncomputed
from dualeco_cli.model.names import column_letters, fold
from dualeco_cli.model.rows import SHEETS, columns

#: So many of the other places are named where something stands several times.
MOST_OTHERS = 3

#: A slip of the keyboard adds or leaves out so many letters; an "Address" is no misspelt "Web address".
_MOST_LETTERS = 2

#: How many rows that are not blank are searched for the header.
HEADER_DEPTH = 20

#: Headers that are read as one column but may be meant as another, with a word that is plain: a German
#: "Land" is a country, and a region.
_TWO_MEANINGS = {("source", "land"): "Bundesland"}

_IN_BRACKETS = re.compile(r"\s*[(\[].*[)\]]\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Header:
    """The row or rows that a header takes up."""

    headings: Sequence[Heading]
    #: Headers that are no text but the error of a formula.
    broken: Sequence[tuple[Heading, Cell]]
    #: Index of the row with most of the headers, and numbers of all its rows.
    main: SheetRow
    numbers: tuple[int, ...]
    rows: tuple[SheetRow, ...]


def best_score(sheet: Sheet, look: Lookup) -> int:
    """How many different columns of a kind the likeliest header row names."""
    return max((len(_names(row, look)) for row in sheet.rows[:HEADER_DEPTH]), default=0)


def starred(kind: str) -> list[str]:
    """The columns that a sheet of that kind must have."""
    return [name for name, column in columns(SHEETS[kind]).items() if column.starred]


def read_table(kind: str, sheet: Sheet, look: Lookup, collector: Collector) -> Table | None:
    """The table of a sheet whose kind is known; None, after a finding, where it has no header."""
    if not sheet.rows:
        collector.add("sheet-empty", sheet.place(), found=sheet.name)
        return None
    header = _find(sheet, look)
    if header is None:
        language = words.language_of_sheet(sheet.name)
        collector.add(
            "header-not-found",
            sheet.place(sheet.rows[0].number, 1),
            found=sheet.name,
            sheet=words.sheet_name(kind, language),
            expected=", ".join(words.header(kind, name, language) for name in starred(kind)),
        )
        return None
    _report_rows(sheet, header, collector)
    for heading, cell in header.broken:
        rule = "error-value" if isinstance(cell, ErrorValue) else "formula-uncomputed"
        collector.add(rule, sheet.place(heading.row, heading.column), found=heading.text)
    broken = {heading for heading, _ in header.broken}
    sound = [heading for heading in header.headings if heading not in broken]
    fields, extras, unknown = _columns(sheet, look, sound, collector)
    missing = [name for name in starred(kind) if name not in fields]
    headless = _headless(header)
    over = _merged_over(sheet, header, headless)
    unknown = _report_missing(missing, sheet, look, header, unknown, headless, collector)
    for column, row in headless.items():
        collector.add("column-without-header", sheet.place(row, column), found=column_letters(column))
    if not header.rows:
        collector.add("sheet-empty", sheet.place(), found=sheet.name)
    read: dict[Extra, Heading] = {**extras}
    read.update(fields)
    merged = [area for area in sheet.merged if area in over or area.last_row > header.numbers[-1]]
    merged_keys = report_merged(sheet, merged, kind, read, header.rows, collector)
    return Table(
        kind=kind,
        sheet=sheet,
        look=look,
        header_row=header.main.number,
        fields=fields,
        extras=extras,
        unknown=tuple(unknown),
        rows=header.rows,
        merged_keys=merged_keys,
    )


def _names(row: SheetRow, look: Lookup) -> set[object]:
    names = {look.name(cell) for cell in row.cells}
    return names - {None}


def _find(sheet: Sheet, look: Lookup) -> _Header | None:
    """The header: the row that names most columns, the fullest and then the first of several."""
    best, best_merit = None, (0, 0)
    for index, row in enumerate(sheet.rows[:HEADER_DEPTH]):
        score = len(_names(row, look))
        filled = sum(isinstance(cell, str) and not is_blank(cell) for cell in row.cells)
        if score and (score, filled) > best_merit and _may_be_header(row, look, score):
            best, best_merit = index, (score, filled)
    return None if best is None else _with_neighbours(sheet, best, look)


def _may_be_header(row: SheetRow, look: Lookup, score: int) -> bool:
    """One word may stand among the data by chance, unless it names a column that has to be there."""
    if score > 1:
        return True
    needed = {*starred(look.kind), "id"}
    return any(look.field(cell) in needed for cell in row.cells)


def _with_neighbours(sheet: Sheet, index: int, look: Lookup) -> _Header:
    """The header with what the row above or below it adds: people write headers in two rows.

    The row above may add headers where the main row has none. The row below belongs to the header only if
    every cell in it is one; otherwise it is the first row of the data.
    """
    main = sheet.rows[index]
    cells: dict[int, tuple[int, Cell]] = {
        column: (main.number, cell) for column, cell in enumerate(main.cells, start=1) if not is_blank(cell)
    }
    known = _names(main, look)
    numbers = [main.number]
    end = index + 1
    above = sheet.rows[index - 1] if index else None
    if above is not None and above.number == main.number - 1:
        for column, cell in enumerate(above.cells, start=1):
            name = look.name(cell)
            if column not in cells and name is not None and name not in known:
                cells[column] = (above.number, cell)
                known.add(name)
                numbers.insert(0, above.number)
    below = sheet.rows[end] if end < len(sheet.rows) else None
    if below is not None and below.number == main.number + 1:
        added = _added_below(below, cells, known, look)
        if added:
            cells.update({column: (below.number, text) for column, text in added.items()})
            numbers.append(below.number)
            end += 1
    headings, broken = [], []
    for column, (row, cell) in sorted(cells.items()):
        heading = Heading(column, shown(cell).strip(), row)
        headings.append(heading)
        if isinstance(cell, (ErrorValue, Uncomputed)):
            broken.append((heading, cell))
    rows = tuple(dict.fromkeys(sorted(numbers)))
    return _Header(headings, broken, main, rows, sheet.rows[end:])


def _added_below(
    below: SheetRow, cells: Mapping[int, tuple[int, Cell]], known: set[object], look: Lookup
) -> dict[int, str]:
    """The headers that the row below the main one adds by column; none if any cell in it is no header."""
    added: dict[int, str] = {}
    for column, cell in enumerate(below.cells, start=1):
        if is_blank(cell):
            continue
        if not isinstance(cell, str):
            return {}
        text = shown(cell).strip()
        over = shown(cells[column][1]).strip() if column in cells else ""
        if over and look.name(over) is not None:
            return {}
        name = look.name(text)
        if name is None and over:
            text = f"{over} {text}"  # "Start" above "year"
            name = look.name(text)
        if name is None or name in known:
            return {}
        known = known | {name}
        added[column] = text
    return added


def _report_rows(sheet: Sheet, header: _Header, collector: Collector) -> None:
    first = header.numbers[0]
    if len(header.numbers) > 1:
        rows = all_of([str(number) for number in header.numbers])
        collector.add("header-in-two-rows", sheet.place(first, 1), found=rows, rows=rows)
    elif first != 1:
        collector.add("header-not-first", sheet.place(first, 1))


def _columns(
    sheet: Sheet, look: Lookup, headings: Iterable[Heading], collector: Collector
) -> tuple[dict[str, Heading], dict[Extra, Heading], list[Heading]]:
    """The columns that are read, fields and others, and those that are not."""
    by_field: dict[str, list[Heading]] = {}
    by_extra: dict[Extra, list[Heading]] = {}
    unknown: list[Heading] = []
    for heading in headings:
        field = look.field(heading.text)
        extra = look.other(heading.text) if field is None else None
        if field is not None:
            by_field.setdefault(field, []).append(heading)
        elif isinstance(extra, Several):
            _report_several(sheet, heading, extra, collector)
        elif extra is not None:
            by_extra.setdefault(extra, []).append(heading)
        else:
            unknown.append(heading)
    for name, same in [*by_field.items(), *by_extra.items()]:
        _report_doubled(sheet, name, same, collector)
    fields = {name: same[0] for name, same in by_field.items()}
    return fields, {name: same[0] for name, same in by_extra.items()}, unknown


def _report_several(sheet: Sheet, heading: Heading, extra: Several, collector: Collector) -> None:
    collector.add(
        "column-ambiguous",
        sheet.place(heading.row, heading.column),
        header=heading.text,
        found=heading.text,
        expected=any_of(extra.ids),
        suggestion=extra.ids[0],
    )


def _report_doubled(sheet: Sheet, name: Extra, same: Sequence[Heading], collector: Collector) -> None:
    for heading in same if len(same) > 1 else ():
        others = [h for h in same[: MOST_OTHERS + 1] if h is not heading][:MOST_OTHERS]
        collector.add(
            "column-duplicate",
            sheet.place(heading.row, heading.column),
            header=heading.text,
            found=heading.text,
            expected=name if isinstance(name, str) else f"level_{name:g}",
            other=", ".join(
                _("{header} in column {column}").format(header=quote(h.text), column=column_letters(h.column))
                for h in others
            ),
        )


def _headless(header: _Header) -> dict[int, int]:
    """Columns that have values but no header, with the row of their first value.

    A note in a row of its own is no value: it is told of with that row.
    """
    headed = {heading.column for heading in header.headings}
    width = max((len(row.cells) for row in header.rows), default=0)
    if all(column in headed for column in range(1, width + 1)):
        return {}
    found: dict[int, int] = {}
    for row in header.rows:
        filled = [column for column, cell in enumerate(row.cells, start=1) if not is_blank(cell)]
        if not headed.isdisjoint(filled):
            for column in filled:
                if column not in headed:
                    found.setdefault(column, row.number)
    return dict(sorted(found.items()))


def _merged_over(sheet: Sheet, header: _Header, headless: dict[int, int]) -> set[Area]:
    """The areas of the header that leave columns without one, which are taken out of those.

    Other merged cells in a header are a matter of looks: a group above its columns, a header in two rows.
    """
    over: set[Area] = set()
    for area in sheet.merged if headless else ():
        if any(area.first_row <= number <= area.last_row for number in header.numbers):
            below = [column for column in headless if area.first_column <= column <= area.last_column]
            for column in below:
                over.add(area)
                del headless[column]
    return over


def _report_missing(
    missing: Sequence[str],
    sheet: Sheet,
    look: Lookup,
    header: _Header,
    unknown: list[Heading],
    headless: dict[int, int],
    collector: Collector,
) -> list[Heading]:
    """Report columns that must be there, at the header that was probably meant; the headers that are left.

    A header that was meant is misspelt, or cannot be read, or is not written at all.
    """
    left = list(unknown)
    broken = len(header.broken)
    language = words.language_of_sheet(sheet.name)
    for name in missing:
        word = words.header(look.kind, name, language)
        found = _meant(name, left, look)
        heading: Heading | None = None
        if found is not None:
            left.remove(found)
            heading = found
        elif broken:
            broken -= 1  # its formula has been reported
            continue
        place, suggestion = sheet.place(header.main.number, 1), None
        other = next((h for h in header.headings if (name, fold(h.text)) in _TWO_MEANINGS), None)
        if heading is not None:
            place, suggestion = sheet.place(heading.row, heading.column), word
        elif headless:
            column = next(iter(headless))
            del headless[column]
            place = sheet.place(header.main.number, column)
        elif other is not None:
            heading, suggestion = other, _TWO_MEANINGS[name, fold(other.text)]
            place = sheet.place(other.row, other.column)
        collector.add(
            "column-missing",
            place,
            header=heading.text if heading else None,
            found=heading.text if heading else None,
            expected=word,
            suggestion=suggestion,
            sheet=words.sheet_name(look.kind, language),
        )
    return left


def _meant(name: str, left: Iterable[Heading], look: Lookup) -> Heading | None:
    """The header that was probably meant for a column."""
    candidates = Candidates(look.words_of(name))
    unread = words.unread_words(look.kind) | words.told_words(look.kind)
    best, best_ratio = None, 0.0
    for heading in left:
        text = _IN_BRACKETS.sub("", heading.text)
        close = candidates.closest(text, 0.78)
        if close is not None and close[1] > best_ratio and fold(text) not in unread:
            best, best_ratio = heading, close[1]
    return best


def report_unknown(table: Table, collector: Collector, *, complete: bool = True) -> None:
    """Report columns that are not read: misspelt, or one's own.

    Without ``complete`` a column may be something that could not be read, so only misspelt ones are told of.
    """
    taken = {*table.fields, *table.extras}
    free: dict[str, str] = {word: name for word, name in table.look.fields.items() if name not in taken}
    for word, extra in table.look.extra_words.items():
        if extra not in taken and not isinstance(extra, Several):
            free.setdefault(word, str(extra))
    candidates = Candidates(free)
    for heading in table.unknown:
        text = _IN_BRACKETS.sub("", heading.text)
        if fold(text) in words.told_words(table.kind):
            continue
        close = None
        if fold(text) not in words.unread_words(table.kind):
            close = candidates.nearest(text, cutoff=0.8)
        if close is not None and abs(len(fold(close)) - len(fold(text))) > _MOST_LETTERS:
            close = None
        if close is None and not complete:
            continue
        collector.add(
            "column-misspelt" if close else "column-unknown",
            table.header_place(heading),
            header=heading.text,
            found=heading.text,
            suggestion=words.as_written(table.kind, free[close], close) if close else None,
        )
