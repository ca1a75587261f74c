"""Reads .xlsx and .xlsm: each sheet in one pass that sees both the formula and the stored value of a cell.

openpyxl would need a pass for each, trusts the size that a sheet declares, and tells neither hidden rows nor
merged areas when it streams.
"""

from __future__ import annotations

import pyexpat
from dataclasses import dataclass, field

from dualeco_cli.language import _
from dualeco_cli.model.cells import Notice, Place, Sheet
from dualeco_cli.workbook.assembling import Budget, clean, external_links, no_grid, short
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.markup import is_true, local
from dualeco_cli.workbook.number_formats import BUILT_IN, NumberKind, kind_of
from dualeco_cli.workbook.package import Package, Relation
from dualeco_cli.workbook.refusal import Refusal
from dualeco_cli.workbook.xlsx_sheet import Context, SheetReader, unescape

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
    strings = _SharedStrings(limits)
    part = book.part_of("sharedStrings")
    if part and package.has(part):
        package.parse(part, strings.prepare)
    context = Context(strings.texts, strings.faults, _formats(package, book), since_1904=book.since_1904)
    budget = Budget(limits)
    sheets = []
    seen: set[str] = set()
    for name, hidden, relation in book.sheets:
        if relation.kind in _NO_GRID:
            notices.append(no_grid(file, name, _NO_GRID[relation.kind]))
            continue
        if relation.target in seen:
            raise Refusal("file-damaged", part=relation.target, detail=_("two sheets share this part"))
        seen.add(relation.target)
        reader = SheetReader(Place(file, name), context, limits, budget)
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
            raise Refusal("file-damaged", part="xl/workbook.xml", detail=_("this part is missing"))
        book = cls(part, package.relations(part))
        listed: list[tuple[str, bool, str]] = []

        def visit(_parent: str, tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                hidden = attributes.get("state", "visible") != "visible"
                listed.append((short(attributes.get("name", "")), hidden, attributes.get("id", "")))
            elif tag == "workbookPr":
                book.since_1904 = is_true(attributes.get("date1904"))

        package.walk(part, visit)
        for name, hidden, relation in listed:
            if relation not in book.relations:
                detail = _("sheet {sheet} refers to no part").format(sheet=repr(name))
                raise Refusal("file-damaged", part=part, detail=detail)
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


class _SharedStrings:
    """The texts that cells share, cleaned once; which of them were not clean, and how."""

    def __init__(self, limits: Limits) -> None:
        self.texts: list[str] = []
        self.faults: dict[int, str] = {}
        self._limits = limits
        self._pieces: list[str] = []
        self._in_text = self._in_phonetic = False
        self._names: dict[str, str] = {}

    def prepare(self, parser: pyexpat.XMLParserType) -> None:
        """Set the handlers."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = self._names.get(tag) or self._names.setdefault(tag, local(tag))
        if name == "t":
            self._in_text = not self._in_phonetic
        elif name == "rPh":
            self._in_phonetic = True

    def _data(self, piece: str) -> None:
        if self._in_text:
            self._pieces.append(piece)

    def _end(self, tag: str) -> None:
        name = self._names[tag]
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            cleaned = clean(unescape("".join(self._pieces)), self._limits)
            if cleaned.fault:
                self.faults[len(self.texts)] = cleaned.fault
            self.texts.append(cleaned.text)
            self._pieces.clear()


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
