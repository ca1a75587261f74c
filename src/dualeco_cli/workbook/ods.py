"""Reads .ods: the content part as it streams by, with formulas, errors, percentages and what is hidden.

The format writes blanks and repeats as counts, so that a few bytes can stand for a full sheet: counts are
added up before anything is repeated.
"""

from __future__ import annotations

import datetime as dt
import pyexpat
import re

from dualeco_cli.language import _
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
    ERROR_LITERALS,
    Budget,
    Remarks,
    clean,
    external_links,
    finish,
    from_iso,
    is_blank,
    number,
    short,
)
from dualeco_cli.workbook.limits import LAST_COLUMN, LAST_ROW, Limits
from dualeco_cli.workbook.markup import local
from dualeco_cli.workbook.package import Package
from dualeco_cli.workbook.refusal import Refusal

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE = f"{_NAMESPACE}office:1.0 "
_TABLE = f"{_NAMESPACE}table:1.0 "
_TEXT = f"{_NAMESPACE}text:1.0 "
_STYLE = f"{_NAMESPACE}style:1.0 "
_DRAW = f"{_NAMESPACE}drawing:1.0 "
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_HREF = "http://www.w3.org/1999/xlink href"

#: Parts of a sheet that hold text or cells which are not its own: notes, drawings, changes, links.
_SKIPPED = frozenset(
    {
        f"{_OFFICE}annotation",
        f"{_TABLE}shapes",
        f"{_TABLE}tracked-changes",
        f"{_OFFICE}dde-source",
        f"{_TABLE}dde-links",
        f"{_TEXT}ruby-text",
        f"{_TEXT}note",
    }
)
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
_DURATION = re.compile(r"PT(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]+)?)S)?")
#: Line breaks within a paragraph are those of the XML, and count as one blank; real ones are elements.
_BREAKS = re.compile(r"[ \t]*[\r\n\t][ \t\r\n]*")
_DAY = dt.timedelta(days=1)
_MIDNIGHT = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- of any day; cells have no time zone


def read_ods(package: Package, file: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[Notice, ...]]:
    """All sheets of a workbook, in their order, and what its reader should be told."""
    _refuse_encrypted(package)
    reader = _ContentReader(file, limits)
    package.parse("content.xml", reader.prepare, namespaces=True)
    notices: list[Notice] = []
    if any(name.startswith(("basic/", "scripts/")) and "/script-l" not in name for name in package.names):
        notices.append(Notice("macros", Place(file), {}))
    if reader.linked:
        notices.append(external_links(file, len(reader.linked), reader.linked))
    return tuple(reader.sheets), (*notices, *reader.notices)


def _refuse_encrypted(package: Package) -> None:
    """The manifest tells what is encrypted; the parts themselves look like noise."""

    def visit(_parent: str, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "encryption-data":
            raise Refusal("file-encrypted")

    if package.has("encrypted-package"):
        raise Refusal("file-encrypted")
    if package.has("META-INF/manifest.xml"):
        package.walk("META-INF/manifest.xml", visit)


class _ContentReader:
    """Handlers for the parser of the content."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.sheets: list[Sheet] = []
        self.notices: list[Notice] = []
        self.linked: list[str] = []
        self._file = file
        self._limits = limits
        self._budget = Budget(limits)
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._skipping = 0
        self._table: _Table | None = None
        self._in_row = False
        # The cell that is being read: its attributes, its paragraphs so far, and their length.
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._length = 0
        self._in_paragraph = 0

    def prepare(self, parser: pyexpat.XMLParserType) -> None:
        """Set the handlers."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED or tag.startswith(_DRAW):
            self._skipping += 1
        elif self._cell is not None:
            self._start_in_cell(tag, attributes)
        elif tag in _CELLS:
            if self._table is None or not self._in_row:
                raise Refusal("file-damaged", part="content.xml", detail=_("a cell outside the rows"))
            self._cell = attributes
            self._paragraphs = []
            self._length = 0
        elif tag == f"{_TABLE}table-row" and self._table:
            self._in_row = True
            hidden = attributes.get(f"{_TABLE}visibility") in _HIDDEN
            self._table.start_row(_count(attributes, "number-rows-repeated"), hidden=hidden)
        elif tag == f"{_TABLE}table":
            self._start_table(attributes)
        else:
            self._start_other(tag, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        if self._table:
            raise Refusal("file-damaged", part="content.xml", detail=_("a sheet within a sheet"))
        place = Place(self._file, short(attributes.get(f"{_TABLE}name", "")))
        hidden = attributes.get(f"{_TABLE}style-name") in self._hidden_styles
        self._table = _Table(place, self._limits, self._budget, hidden=hidden)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE}table-column" and self._table:
            hidden = attributes.get(f"{_TABLE}visibility") in _HIDDEN
            self._table.add_columns(_count(attributes, "number-columns-repeated"), hidden=hidden)
        elif tag == f"{_TABLE}table-source" and self._table:
            # What another file held when it was last looked at, kept as a sheet that nobody sees.
            self._table.foreign = True
            self.linked.append(attributes.get(_HREF, "?"))
        elif tag == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _start_in_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TEXT}p" and not self._in_paragraph:
            self._paragraphs.append([])
            self._in_paragraph = 1
        elif self._in_paragraph:
            self._in_paragraph += 1
            if tag == f"{_TEXT}s":
                self._add(" " * min(_count(attributes, "c", _TEXT), self._limits.text))
            elif tag == f"{_TEXT}tab":
                self._add("\t")
            elif tag == f"{_TEXT}line-break":
                self._add("\n")
        else:
            self._skipping = 1

    def _add(self, piece: str) -> None:
        # Blanks are written as counts, so that the text may grow far beyond the file.
        if self._length <= self._limits.text:
            self._paragraphs[-1].append(piece)
            self._length += len(piece)

    def _data(self, piece: str) -> None:
        if self._in_paragraph and not self._skipping:
            self._add(_BREAKS.sub(" ", piece))

    def _end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif self._in_paragraph:
            self._in_paragraph -= 1
        elif tag in _CELLS and self._cell is not None and self._table:
            paragraphs = None
            if self._paragraphs:
                paragraphs = "\n".join("".join(pieces) for pieces in self._paragraphs)
            self._table.add_cell(self._cell, paragraphs)
            self._cell = None
        elif tag == f"{_TABLE}table-row" and self._table:
            self._table.end_row()
            self._in_row = False
        elif tag == f"{_TABLE}table" and self._table:
            if not self._table.foreign:
                sheet, notices = self._table.finish()
                self.sheets.append(sheet)
                self.notices += notices
            self._table = None


class _Table:
    """One sheet on the way."""

    def __init__(self, place: Place, limits: Limits, budget: Budget, *, hidden: bool) -> None:
        self.foreign = False
        self._place = place
        self._limits = limits
        self._budget = budget
        self._hidden = hidden
        self._remarks = Remarks(place.file, place.sheet or "")
        self._rows: list[SheetRow] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[Area] = []
        self._columns = 0
        self._row = 1
        self._repeated = 1
        self._row_hidden = False
        self._cells: list[Cell] = []
        self._column = 1

    def add_columns(self, count: int, *, hidden: bool) -> None:
        """Columns, of which so many are alike."""
        if hidden:
            self._hidden_columns.append((self._columns + 1, min(self._columns + count, LAST_COLUMN)))
        self._columns += count

    def start_row(self, repeated: int, *, hidden: bool) -> None:
        """A row that stands for so many."""
        self._repeated = repeated
        self._row_hidden = hidden
        self._cells = []
        self._column = 1

    def add_cell(self, attributes: dict[str, str], text: str | None) -> None:
        """A cell that stands for so many, with the text that it shows."""
        repeated = _count(attributes, "number-columns-repeated")
        value = self._value(attributes, text)
        self._merge(attributes)
        if value is not None and value != "":
            if self._column + repeated - 1 > LAST_COLUMN:
                raise self._damaged(_("row {row} is wider than a sheet").format(row=self._row))
            self._cells.extend([None] * (self._column - 1 - len(self._cells)))
            self._cells.extend([value] * repeated)
        self._column += repeated

    def end_row(self) -> None:
        """Keep the row as often as it is repeated, unless it is blank as a whole."""
        first, self._row = self._row, self._row + self._repeated
        if is_blank(self._cells):
            return
        if self._row - 1 > LAST_ROW:
            raise self._damaged(_("more rows than a sheet can have"))
        self._budget.spend(len(self._cells) * self._repeated)
        cells = tuple(self._cells)
        numbers = range(first, self._row)
        self._rows.extend(SheetRow(row, cells) for row in numbers)
        if self._row_hidden:
            self._hidden_rows.update(numbers)

    def finish(self) -> tuple[Sheet, list[Notice]]:
        """The sheet and what there is to say about it."""
        sheet = Sheet(
            file=self._place.file,
            name=self._place.sheet or "",
            rows=tuple(self._rows),
            hidden=self._hidden,
            hidden_rows=frozenset(self._hidden_rows),
            merged=tuple(self._merged),
        )
        return finish(sheet, hidden_columns=self._hidden_columns, remarks=self._remarks)

    def _merge(self, attributes: dict[str, str]) -> None:
        columns = _count(attributes, "number-columns-spanned")
        rows = _count(attributes, "number-rows-spanned")
        if columns > 1 or rows > 1:
            self._budget.spend(1)
            last = (min(self._row + rows - 1, LAST_ROW), min(self._column + columns - 1, LAST_COLUMN))
            self._merged.append(Area(self._row, self._column, *last))

    def _value(self, attributes: dict[str, str], text: str | None) -> Cell:
        kind = attributes.get(f"{_OFFICE}value-type")
        formula = attributes.get(f"{_TABLE}formula")
        shown = (text or "").strip()
        if attributes.get(f"{_CALCEXT}value-type") == "error" or (formula and shown in ERROR_LITERALS):
            return ErrorValue(short(shown) or "#N/A")
        if kind is None:
            # A formula that yields an empty text has an empty paragraph; an uncomputed one has none.
            if formula is not None and text is None:
                return Uncomputed("=" + formula.partition("=")[2][: self._limits.text])
            return self._text(text)
        if kind in {"float", "currency", "percentage"}:
            value = number(attributes.get(f"{_OFFICE}value", ""))
            if isinstance(value, str):
                return self._text(value)
            return Percentage(float(value)) if kind == "percentage" else value
        if kind in {"date", "time"}:
            stored = attributes.get(f"{_OFFICE}{kind}-value", "")
            moment = from_iso(stored) if kind == "date" else _time(stored)
            return self._text(moment) if isinstance(moment, str) else moment
        if kind == "boolean":
            return attributes.get(f"{_OFFICE}boolean-value") == "true"
        return self._text(attributes.get(f"{_OFFICE}string-value", text))

    def _text(self, text: str | None) -> str | None:
        if not text:
            return None
        cleaned = clean(text, self._limits)
        if cleaned.fault:
            self._remarks.add(cleaned.fault, self._row, min(self._column, LAST_COLUMN))
        return cleaned.text

    def _damaged(self, detail: str) -> Refusal:
        return Refusal("file-damaged", part=self._place.sheet, detail=detail)


def _count(attributes: dict[str, str], name: str, namespace: str = _TABLE) -> int:
    """How often something is repeated; once where it is not said."""
    given = attributes.get(namespace + name)
    if given is None:
        return 1
    if not given.isdecimal() or len(given) > 9 or int(given) < 1:
        detail = _("{name} is {value}").format(name=local(name), value=repr(given[:20]))
        raise Refusal("file-damaged", part="content.xml", detail=detail)
    return int(given)


def _time(text: str) -> Cell:
    """A time of the day, or a duration where it is longer than that."""
    found = _DURATION.fullmatch(text)
    if not found:
        return text
    hours, minutes, seconds = found.groups(default="0")
    duration = dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
    if duration < _DAY:
        return (_MIDNIGHT + duration).time()
    return duration
