"""Reads .xlsx and .xlsm: each sheet in one pass that sees both the formula and the stored value of a cell.

openpyxl would need a pass for each, trusts the size that a sheet declares, and tells neither hidden rows nor
merged areas when it streams. Expat's own callbacks do all that in a fraction of the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pyexpat

from dualeco_cli.model.cells import (
    Area,
    Cell,
    ErrorValue,
    Notice,
    Percentage,
    Place,
    Sheet,
    SheetRow,
    Uncomputed,
)
from dualeco_cli.workbook.assembling import (
    Budget,
    Remarks,
    clean,
    column_number,
    finish,
    from_iso,
    is_blank,
    number,
    parse_area,
)
from dualeco_cli.workbook.limits import LAST_COLUMN, LAST_ROW, Limits
from dualeco_cli.workbook.markup import is_true
from dualeco_cli.workbook.number_formats import BUILT_IN, NumberKind, date_of, kind_of
from dualeco_cli.workbook.package import Package, Relation
from dualeco_cli.workbook.refusal import Refusal

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")

#: Kinds of sheets that are no grid, by the kind of their relation.
_NO_GRID = {
    "chartsheet": "chart",
    "dialogsheet": "dialog",
    "xlMacrosheet": "macro",
    "xlIntlMacrosheet": "macro",
}


def read_xlsx(package: Package, file: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[Notice, ...]]:
    """All sheets of a workbook, in their order, and what its reader should be told."""
    book = _Book.of(package)
    notices = _of_the_file(package, book, file)
    strings = _shared_strings(package, book, limits)
    formats = _formats(package, book)
    budget = Budget(limits)
    sheets = []
    seen: set[str] = set()
    for name, hidden, relation in book.sheets:
        if relation.kind in _NO_GRID:
            notices.append(Notice("sheet-no-grid", Place(file, name), {"kind": _NO_GRID[relation.kind]}))
            continue
        if relation.target in seen:
            raise Refusal("file-damaged", part=relation.target, detail="two sheets share this part")
        seen.add(relation.target)
        reader = _SheetReader(Place(file, name), strings, formats, limits, budget, since_1904=book.since_1904)
        package.parse(relation.target, reader.prepare)
        sheet, remarks = reader.finish(hidden=hidden)
        sheets.append(sheet)
        notices += remarks
    return tuple(sheets), tuple(notices)


@dataclass(slots=True)
class _Book:
    """The workbook part: its sheets with their relations."""

    part: str
    relations: dict[str, Relation]
    since_1904: bool = False
    sheets: list[tuple[str, bool, Relation]] = field(default_factory=list)

    @classmethod
    def of(cls, package: Package) -> _Book:
        part = workbook_part(package)
        if part is None:
            raise Refusal("file-damaged", part="xl/workbook.xml", detail="this part is missing")
        book = cls(part, package.relations(part))
        listed: list[tuple[str, bool, str]] = []

        def visit(_parent: str, tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                hidden = attributes.get("state", "visible") != "visible"
                listed.append((attributes.get("name", ""), hidden, attributes.get("id", "")))
            elif tag == "workbookPr":
                book.since_1904 = is_true(attributes.get("date1904"))

        package.walk(part, visit)
        for name, hidden, relation in listed:
            if relation not in book.relations:
                raise Refusal("file-damaged", part=part, detail=f"sheet {name!r} refers to no part")
            book.sheets.append((name, hidden, book.relations[relation]))
        return book

    def part_of(self, kind: str) -> str | None:
        """The part of a kind that belongs to the whole workbook, such as its styles."""
        return next((r.target for r in self.relations.values() if r.kind == kind and not r.external), None)


def workbook_part(package: Package) -> str | None:
    """The part that lists the sheets, wherever the package keeps it."""
    for relation in package.relations("").values():
        if relation.kind == "officeDocument" and package.has(relation.target):
            return relation.target
    return "xl/workbook.xml" if package.has("xl/workbook.xml") else None


def _of_the_file(package: Package, book: _Book, file: str) -> list[Notice]:
    """Macros and links to other files. They are named, and left alone."""
    notices = []
    if any(name.endswith("vbaproject.bin") for name in package.names):
        notices.append(Notice("macros", Place(file), {}))
    linked = [r.target for r in book.relations.values() if r.kind == "externalLink"]
    if linked:
        targets = [
            target.target
            for part in linked
            for target in package.relations(part).values()
            if target.external and target.target
        ]
        notices.append(external_links(file, len(linked), targets))
    return notices


def external_links(file: str, count: int, targets: list[str]) -> Notice:
    """The notice that a workbook refers to others."""
    shown = ", ".join(dict.fromkeys(targets[:3])) + (", …" if len(targets) > 3 else "")
    return Notice("external-links", Place(file), {"count": count, "targets": shown or "?"})


@dataclass(slots=True)
class _Strings:
    """The texts that cells share, cleaned once; which of them were not clean, and how."""

    texts: list[str] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)


def _shared_strings(package: Package, book: _Book, limits: Limits) -> _Strings:
    strings = _Strings()
    part = book.part_of("sharedStrings")
    if part is None or not package.has(part):
        return strings
    pieces: list[str] = []
    in_text = in_phonetic = False
    names: dict[str, str] = {}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal in_text, in_phonetic
        name = names.get(tag) or names.setdefault(tag, tag.rpartition(":")[2])
        if name == "t":
            in_text = not in_phonetic
        elif name == "rPh":
            in_phonetic = True

    def end(tag: str) -> None:
        nonlocal in_text, in_phonetic
        name = names[tag]
        if name == "t":
            in_text = False
        elif name == "rPh":
            in_phonetic = False
        elif name == "si":
            cleaned = clean(unescape("".join(pieces)), limits)
            if cleaned.fault:
                strings.faults[len(strings.texts)] = cleaned.fault
            strings.texts.append(cleaned.text)
            pieces.clear()

    def data(text: str) -> None:
        if in_text:
            pieces.append(text)

    def prepare(parser: pyexpat.XMLParserType) -> None:
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = data

    package.parse(part, prepare)
    return strings


def unescape(text: str) -> str:
    """Undo the ``_x000D_`` by which Excel writes characters that XML cannot carry."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Halves of a character may have been written one by one; lone ones are taken out with the controls.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _formats(package: Package, book: _Book) -> dict[str, NumberKind]:
    """The number formats that change what a number means, by the style number that cells carry."""
    part = book.part_of("styles")
    if part is None or not package.has(part):
        return {}
    codes: dict[str, NumberKind | None] = {}
    formats: dict[str, NumberKind] = {}
    count = 0

    def visit(parent: str, tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        if tag == "numFmt" and parent == "numFmts":
            codes[attributes.get("numFmtId", "")] = kind_of(attributes.get("formatCode", ""))
        elif tag == "xf" and parent == "cellXfs":
            used = attributes.get("numFmtId", "0")
            kind = codes[used] if used in codes else BUILT_IN.get(used)
            if kind:
                formats[str(count)] = kind
            count += 1

    package.walk(part, visit)
    return formats


class _SheetReader:
    """Reads one sheet as expat streams it by."""

    def __init__(
        self,
        place: Place,
        strings: _Strings,
        formats: dict[str, NumberKind],
        limits: Limits,
        budget: Budget,
        *,
        since_1904: bool,
    ) -> None:
        self.place = place
        self.strings = strings
        self.formats = formats
        self.limits = limits
        self.budget = budget
        self.since_1904 = since_1904
        self.remarks = Remarks(place.file, place.sheet or "")
        self.rows: dict[int, tuple[Cell, ...]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[Area] = []
        self.shared_formulas: dict[str, tuple[str, str]] = {}

    def finish(self, *, hidden: bool) -> tuple[Sheet, list[Notice]]:
        """The sheet, its rows in order whatever order the file has them in."""
        sheet = Sheet(
            file=self.place.file,
            name=self.place.sheet or "",
            rows=tuple(SheetRow(row, self.rows[row]) for row in sorted(self.rows)),
            hidden=hidden,
            hidden_rows=frozenset(self.hidden_rows),
            merged=tuple(self.merged),
        )
        return finish(sheet, hidden_columns=self.hidden_columns, remarks=self.remarks)

    def damaged(self, detail: str) -> Refusal:
        """The refusal of a sheet that no program would have written."""
        return Refusal("file-damaged", part=self.place.sheet, detail=detail)

    def prepare(self, parser: pyexpat.XMLParserType) -> None:
        """Set the handlers. Most of the time of reading is spent in these, hence plain local variables."""
        tag_c = tag_v = tag_f = tag_t = tag_row = tag_rph = ""
        row = column = 0
        row_text = ""
        row_hidden = False
        cells: list[Cell] | None = None
        kind: str | None = None
        style: str | None = None
        reference: str | None = None
        text = ""
        formula: dict[str, str] | None = None
        formula_text = ""
        has_value = collecting = in_phonetic = False

        letters: dict[str, int] = {}
        formats = self.formats
        texts, faults = self.strings.texts, self.strings.faults
        convert = self._convert

        def root(tag: str, _attributes: dict[str, str]) -> None:
            nonlocal tag_c, tag_v, tag_f, tag_t, tag_row, tag_rph
            prefix = tag[: -len(tag.rpartition(":")[2])]
            tag_c, tag_v, tag_f, tag_t = prefix + "c", prefix + "v", prefix + "f", prefix + "t"
            tag_row, tag_rph = prefix + "row", prefix + "rPh"
            parser.StartElementHandler = start

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal kind, style, reference, text, formula, has_value, collecting, in_phonetic
            if tag == tag_c:
                get = attributes.get
                kind = get("t")
                style = get("s")
                reference = get("r")
                text = ""
                has_value = False
                if formula is not None:
                    formula = None
            elif tag == tag_v:
                text = ""
                has_value = collecting = True
            elif tag == tag_row:
                start_row(attributes)
            elif tag == tag_f:
                formula = attributes
                text = ""
                collecting = True
            elif tag == tag_t:
                has_value = True
                collecting = not in_phonetic
            elif tag == tag_rph:
                in_phonetic = True
            elif cells is None:
                self._besides(tag.rpartition(":")[2], attributes)

        def start_row(attributes: dict[str, str]) -> None:
            nonlocal row, row_text, row_hidden, cells, column
            given = attributes.get("r")
            row = row + 1 if given is None else self._row_number(given)
            row_text = str(row)
            row_hidden = is_true(attributes.get("hidden"))
            cells = []
            column = 0

        def data(piece: str) -> None:
            nonlocal text
            if collecting:
                text += piece

        def end(tag: str) -> None:
            nonlocal collecting, column, cells, text, formula_text, in_phonetic
            if tag == tag_c:
                if cells is None:
                    raise self.damaged("a cell outside the rows")
                # Where is it? Most often in the row that it stands in, and one further.
                if reference is None:
                    column += 1
                elif reference.endswith(row_text):
                    head = reference[: -len(row_text)]
                    known = letters.get(head)
                    if known is None:
                        known = letters[head] = self._column(head, reference)
                    column = known
                else:
                    raise self.damaged(f"cell {reference} in row {row_text}")
                # What is it? Plain numbers and shared texts, the most frequent, are done on the spot.
                value: Cell
                if formula is not None:
                    value = convert(
                        kind, style, text, has_value, (formula, formula_text, reference), row, column
                    )
                elif not has_value:
                    return
                elif kind == "s":
                    try:
                        index = int(text)
                        value = texts[index]
                    except (ValueError, IndexError):
                        raise self.damaged(f"cell {reference} refers to no text") from None
                    if faults and index in faults:
                        self.remarks.add(faults[index], row, column)
                elif (kind is None or kind == "n") and (style is None or style not in formats):
                    value = int(text) if len(text) < 16 and text.isdecimal() else number(text)
                else:
                    value = convert(kind, style, text, has_value, None, row, column)
                if value is None or value == "":
                    return
                gap = column - len(cells)
                if gap == 1:
                    cells.append(value)
                else:
                    self._place_cell(cells, column, value)
            elif tag == tag_v or tag == tag_t:
                collecting = False
            elif tag == tag_f:
                formula_text = text
                text = ""
                collecting = False
            elif tag == tag_row:
                if cells is None:
                    return
                if cells:
                    self._keep(row, cells, hidden=row_hidden)
                cells = None
            elif tag == tag_rph:
                in_phonetic = False

        parser.StartElementHandler = root
        parser.EndElementHandler = end
        parser.CharacterDataHandler = data

    def _row_number(self, given: str) -> int:
        try:
            row = int(given)
        except ValueError:
            raise self.damaged(f"row {given!r} is no number") from None
        if not 1 <= row <= LAST_ROW:
            raise self.damaged(f"row {given} is outside the sheet")
        return row

    def _column(self, head: str, reference: str) -> int:
        if not _REFERENCE.fullmatch(reference):
            raise self.damaged(f"{reference!r} is no cell")
        column = column_number(head)
        if column > LAST_COLUMN:
            raise self.damaged(f"cell {reference} is outside the sheet")
        return column

    def _place_cell(self, cells: list[Cell], column: int, value: Cell) -> None:
        """Put a value behind a gap, or where the file goes back on itself."""
        if column > len(cells):
            cells.extend([None] * (column - len(cells)))
        elif cells[column - 1] is not None:
            raise self.damaged("the same cell twice in a row")
        cells[column - 1] = value

    def _keep(self, row: int, cells: list[Cell], *, hidden: bool) -> None:
        """Keep a row unless it is blank as a whole."""
        if is_blank(cells):
            return
        if row in self.rows:
            raise self.damaged(f"row {row} twice")
        self.budget.spend(len(cells))
        self.rows[row] = tuple(cells)
        if hidden:
            self.hidden_rows.add(row)

    def _besides(self, tag: str, attributes: dict[str, str]) -> None:
        """What stands outside the rows: hidden columns and merged areas."""
        if tag == "mergeCell":
            area = parse_area(attributes.get("ref", ""))
            if area:
                self.budget.spend(1)
                self.merged.append(area)
        elif tag == "col" and is_true(attributes.get("hidden")):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.hidden_columns.append((int(first), int(last)))

    def _convert(
        self,
        kind: str | None,
        style: str | None,
        text: str,
        has_value: bool,  # noqa: FBT001 -- called for each cell, by position
        formula: tuple[dict[str, str], str, str | None] | None,
        row: int,
        column: int,
    ) -> Cell:
        """The value of a cell that is neither a plain number nor a shared text."""
        if formula is not None:
            wording = self._formula(*formula)
            # A formula that yields an empty text is stored as one; any other without a value is uncomputed.
            if not has_value or (not text.strip() and kind != "str"):
                return Uncomputed(wording)
        if kind is None or kind == "n":
            return self._number(text, self.formats.get(style or "0"))
        if kind == "s":
            return self._shared(text, row, column)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "e":
            return ErrorValue(text.strip())
        if kind == "d":
            return from_iso(text)
        cleaned = clean(unescape(text), self.limits)
        if cleaned.fault:
            self.remarks.add(cleaned.fault, row, column)
        return cleaned.text or None

    def _number(self, text: str, kind: NumberKind | None) -> Cell:
        value = number(text)
        if kind is None or isinstance(value, str):
            return value
        if kind is NumberKind.PERCENT:
            return Percentage(float(value))
        return date_of(value, kind, since_1904=self.since_1904)

    def _shared(self, text: str, row: int, column: int) -> Cell:
        try:
            index = int(text)
            value = self.strings.texts[index]
        except (ValueError, IndexError):
            raise self.damaged(f"a cell in row {row} refers to no text") from None
        if index in self.strings.faults:
            self.remarks.add(self.strings.faults[index], row, column)
        return value or None

    def _formula(self, attributes: dict[str, str], text: str, reference: str | None) -> str:
        """The formula as a program shows it; of a shared one only its first cell has the text."""
        index = attributes.get("si")
        if attributes.get("t") == "shared" and index is not None:
            if text:
                self.shared_formulas.setdefault(index, (text, reference or ""))
            elif index in self.shared_formulas:
                text = _translated(*self.shared_formulas[index], reference or "")
        return "=" + text[: self.limits.text]


def _translated(text: str, origin: str, target: str) -> str:
    """A shared formula as it reads in another cell."""
    try:
        from openpyxl.formula.translate import Translator  # noqa: PLC0415 -- slow to import, seldom needed

        return str(Translator("=" + text, origin).translate_formula(target)).removeprefix("=")
    except Exception:  # noqa: BLE001 -- it only decorates a message; as it stands in its first cell will do
        return text
