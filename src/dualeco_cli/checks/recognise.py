"""Which sheet of a workbook is which.

A sheet is known by its name, in any of the languages, or else by its headers. The columns of Merits and
Requirements are the indicators of the framework, so these two are read once the framework is known:
:func:`recognise` finds everything else, :func:`recognise_wide` the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dualeco_cli.checks.cell_text import shown
from dualeco_cli.checks.collector import Collector, quote
from dualeco_cli.checks.column_words import ColumnMap, IndicatorNames, Lookup
from dualeco_cli.checks.fiche import is_fiche, read_fiche
from dualeco_cli.checks.headers import HEADER_DEPTH, MOST_OTHERS, read_table, starred
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.checks.surface import report_hidden
from dualeco_cli.checks.tables import Record, Table
from dualeco_cli.data import words
from dualeco_cli.model.cells import Place, Sheet, Workbook
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import SHEETS, WIDE

#: Names that a spreadsheet program or a hurried person gives: they say nothing about what is on the sheet.
_SAYS_NOTHING = re.compile(
    r"(sheet|foglio|hoja|tabelle|blatt|orria?|feuil|table|tabella|tabla|taula|"
    r"data|dati|datos|daten|datuak|export|import)?\d*"
)
#: A list of partners has names and regions, too; these columns only a list of practices has.
_ONLY_PRACTICES = frozenset(
    {
        *("objectives", "summary", "core_functions", "target_group"),
        *("eqf_level", "start_year", "evidence", "difficulties"),
    }
)
#: Kinds whose columns stand on many other sheets as well.
_COMMON = frozenset({"Dimensions", "Ecosystems", "Settings"})


@dataclass(slots=True, eq=False)
class Recognised:
    """What was found in one workbook."""

    workbook: Workbook
    tables: list[Table] = field(default_factory=list)
    fiches: list[Record] = field(default_factory=list)
    #: Sheets that stand for a kind that another sheet of the workbook stands for as well: an error. They are
    #: read for the ids they define, so that what refers to those is no second error.
    doubled: list[Table] = field(default_factory=list)
    #: Kinds of which a sheet is there, even if it could not be read. A fiche is no sheet Practices.
    kinds: set[str] = field(default_factory=set)
    #: Kinds that a sheet was probably meant to be, which is not read.
    meant: set[str] = field(default_factory=set)
    #: Sheets that are known by name to be wide, and those that nothing is known of.
    wide: list[tuple[str, Sheet]] = field(default_factory=list)
    left: list[Sheet] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Table]:
        """Its tables of a kind: one or none."""
        return [table for table in self.tables if table.kind == kind]

    @property
    def unread_kinds(self) -> set[str]:
        """Kinds of which a sheet is there, or meant, that could not be read."""
        return self.meant | (self.kinds - {table.kind for table in self.tables})


def recognise(workbook: Workbook, collector: Collector, column_map: ColumnMap) -> Recognised:
    """Find the sheets that are known without the framework, and read their headers."""
    found = Recognised(workbook)
    fiche_look = Lookup.of("Practices", column_map)
    by_kind: dict[str, list[Sheet]] = {}
    unnamed: list[Sheet] = []
    for sheet in workbook.sheets:
        kind = words.sheet_words().get(fold(sheet.name))
        if kind == words.GUIDE or sheet.name.startswith("_"):
            continue
        if kind in {None, "Practices"} and is_fiche(sheet, fiche_look):
            found.fiches.append(read_fiche(sheet, fiche_look, collector))
            report_hidden(sheet, collector)
        elif kind is None:
            unnamed.append(sheet)
        else:
            by_kind.setdefault(kind, []).append(sheet)
    by_headers = {}
    for sheet in unnamed:
        kind = _kind_by_headers(sheet, column_map)
        # beside a sheet with the right name it is a copy or a draft of that
        if kind is None or kind in by_kind or _misspelt(sheet, set(by_kind)) or not _may_tell(sheet, kind):
            found.left.append(sheet)
        else:
            by_headers[sheet.name] = (kind, sheet)
    _add_by_headers(by_kind, by_headers.values(), collector)
    found.kinds = set(by_kind)
    for kind, sheets in by_kind.items():
        if kind in WIDE:
            found.wide.extend((kind, sheet) for sheet in sheets)
        else:
            _read(found, kind, sheets, Lookup.of(kind, column_map), collector)
    return found


def recognise_wide(
    found: Recognised, collector: Collector, column_map: ColumnMap, indicators: IndicatorNames
) -> None:
    """Find Merits and Requirements, and report the sheets that are none of the kinds."""
    by_kind: dict[str, list[Sheet]] = {}
    for kind, sheet in found.wide:
        by_kind.setdefault(kind, []).append(sheet)
    left: list[Sheet] = []
    by_headers = []
    for sheet in found.left:
        wide = _wide_by_headers(sheet, column_map, indicators)
        if wide is None or wide in by_kind or _misspelt(sheet, found.kinds):
            left.append(sheet)
        else:
            by_headers.append((wide, sheet))
    _add_by_headers(by_kind, by_headers, collector)
    found.kinds |= set(by_kind)
    for kind, sheets in by_kind.items():
        _read(found, kind, sheets, Lookup.of(kind, column_map, indicators), collector)
    _report_left(found, left, collector)


def _add_by_headers(
    by_kind: dict[str, list[Sheet]], by_headers: Iterable[tuple[str, Sheet]], collector: Collector
) -> None:
    added: dict[str, list[Sheet]] = {}
    for kind, sheet in by_headers:
        added.setdefault(kind, []).append(sheet)
    for kind, sheets in added.items():
        by_kind[kind] = sheets
        if len(sheets) == 1:  # of several, the error says what they are taken for
            collector.add("sheet-by-headers", sheets[0].place(), found=sheets[0].name, sheet=kind)


def _read(found: Recognised, kind: str, sheets: Sequence[Sheet], look: Lookup, collector: Collector) -> None:
    """Read the sheet of a kind; where there are several, report it at each and read the first."""
    for sheet in sheets if len(sheets) > 1 else ():
        others = ", ".join(quote(s.name) for s in sheets[: MOST_OTHERS + 1] if s is not sheet)
        collector.add("sheet-duplicate", sheet.place(), found=sheet.name, sheet=kind, other=others)
    for index, sheet in enumerate(sheets):
        table = read_table(kind, sheet, look, Collector() if index else collector)
        if not index:
            report_hidden(sheet, collector)
        if table is not None:
            (found.doubled if index else found.tables).append(table)


def _kind_by_headers(sheet: Sheet, column_map: ColumnMap) -> str | None:
    """The kind whose starred columns all stand in one row; of several the one with most columns there.

    Of equals it is the one whose columns bear their own names: ``NUTS`` may be where a practice comes from,
    but is a column of Ecosystems.
    """
    merits: dict[str, tuple[int, int]] = {}
    for kind in SHEETS:
        if kind in WIDE:
            continue  # a column "practice" alone does not tell Merits from Requirements
        look = Lookup.of(kind, column_map)
        needed = set(starred(kind))
        for row in sheet.rows[:HEADER_DEPTH]:
            named = {look.name(cell) for cell in row.cells} - {None}
            if needed <= named and (kind != "Practices" or sheet.from_csv or _tells(sheet, named)):
                own_names = sum(fold(shown(cell)) in words.first_words(kind) for cell in row.cells)
                merits[kind] = max(merits.get(kind, (0, 0)), (len(named), own_names))
    most = max(merits.values(), default=(0, 0))
    best = [kind for kind, merit in merits.items() if merit == most]
    return best[0] if len(best) == 1 else None


def _tells(sheet: Sheet, named: set[object]) -> bool:
    """Whether a sheet with titles and regions is about practices, and not about partners or contacts."""
    return _nothing_in(sheet.name) or _has_word_of(sheet.name, "Practices") or bool(named & _ONLY_PRACTICES)


def _may_tell(sheet: Sheet, kind: str) -> bool:
    """Whether the headers decide: in a text file always, in a workbook not for columns found on any sheet."""
    return sheet.from_csv or kind not in _COMMON or _nothing_in(sheet.name) or _has_word_of(sheet.name, kind)


def _nothing_in(name: str) -> bool:
    return _SAYS_NOTHING.fullmatch(fold(name)) is not None


def _has_word_of(name: str, kind: str) -> bool:
    """Whether a name such as ``Practices 2024`` holds the word for a kind."""
    folded = fold(name)
    of_kind = (word for word, known in words.sheet_words().items() if known == kind)
    return any(len(word) > 4 and word in folded for word in of_kind)


def _misspelt(sheet: Sheet, taken: set[str]) -> str | None:
    """The kind that the name of a sheet is nearly that of, unless a sheet of that kind is there.

    In a text file the headers decide, so its name is nothing to go by. ``Practices 2024`` is not misspelt.
    """
    if sheet.from_csv or not sheet.rows:
        return None
    return _nearly(sheet.name, taken)


def _nearly(name: str, taken: set[str]) -> str | None:
    free = {w: kind for w, kind in words.sheet_words().items() if kind not in {*taken, words.GUIDE}}
    close = nearest(name, free, cutoff=0.8)
    if close is None or _has_word_of(name, free[close]):
        return None
    return free[close]


def _wide_by_headers(sheet: Sheet, column_map: ColumnMap, indicators: IndicatorNames) -> str | None:
    """Merits or Requirements, where a row has a column for the practice and columns of such indicators."""
    best: tuple[int, str] | None = None
    for kind, role in WIDE.items():
        look = Lookup.of(kind, column_map, indicators)
        for row in sheet.rows[:HEADER_DEPTH]:
            names = {look.name(cell) for cell in row.cells}
            of_role = sum(isinstance(name, str) and indicators.roles.get(name) is role for name in names)
            if "practice" in names and of_role and (best is None or of_role > best[0]):
                best = (of_role, kind)
    return best[1] if best else None


def _report_left(found: Recognised, left: Iterable[Sheet], collector: Collector) -> None:
    """Report sheets that are not read; where nothing at all is read, that alone."""
    meant: Mapping[str, str] = {
        sheet.name: kind
        for sheet in left
        if sheet.rows and (kind := _nearly(sheet.name, found.kinds)) is not None
    }
    found.meant = set(meant.values())
    if not found.kinds and not found.fiches:
        nearly = next((sheet for sheet in left if sheet.name in meant), None)
        collector.add(
            "nothing-recognised",
            Place(found.workbook.path) if nearly is None else nearly.place(),
            found=None if nearly is None else nearly.name,
            expected=", ".join(SHEETS),
            suggestion=None if nearly is None else meant[nearly.name],
        )
        return
    for sheet in left:
        rule = "sheet-misspelt" if sheet.name in meant else "sheet-unknown"
        collector.add(rule, sheet.place(), found=sheet.name, suggestion=meant.get(sheet.name))
