"""The sheet of findings as the parts of a workbook: its cells, and the table that they are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final
from xml.sax.saxutils import quoteattr

from dualeco_cli.model.finding import Finding
from dualeco_cli.model.names import cell_name
from dualeco_cli.workbook.annotate import listing
from dualeco_cli.workbook.annotate.outline import xml_text
from dualeco_cli.workbook.annotate.scan import MAIN, RELATIONS

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINE_HEIGHT: Final = 15.0
_HIGHEST: Final = 300.0


@dataclass(frozen=True)
class Sheet:
    """What the sheet shows: the findings, the names of the sheets in the copy, the styles of its cells."""

    file: str
    findings: Sequence[Finding]
    names: Mapping[str, str]
    looks: Mapping[str, str]

    @cached_property
    def lines(self) -> list[listing.Line]:
        """The lines of the table; where there is no finding, one that says so, as a table needs a line."""
        found = list(islice(listing.lines(self.findings, self.names), listing.MOST_LINES))
        return found or [listing.nothing()]

    @property
    def reference(self) -> str:
        """The area of the table."""
        last = cell_name(listing.TOP + len(self.lines), len(listing.COLUMNS))
        return f"A{listing.TOP}:{last}"


def sheet_xml(sheet: Sheet, table_relation: str) -> bytes:
    """The part of the sheet. All texts are texts: nothing in them is ever computed."""
    return "".join(_sheet(sheet, table_relation)).encode("utf-8")


def _sheet(sheet: Sheet, table_relation: str) -> Iterator[str]:
    top = listing.TOP
    yield (
        f'{_HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{sheet.reference.partition(":")[2]}"/>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{top + 1}" sqref="A{top + 1}"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/><cols>'
    )
    for index, (_, width) in enumerate(listing.COLUMNS, 1):
        yield f'<col min="{index}" max="{index}" width="{width:g}" customWidth="1"/>'
    yield "</cols><sheetData>"
    for number, text in enumerate(listing.heading(sheet.file, sheet.findings), 1):
        cell = _cell(number, 1, text, sheet.looks["title" if number == 1 else "line"])
        yield f'<row r="{number}">{cell}</row>'
    headers = "".join(
        _cell(top, index, header, sheet.looks["header"]) for index, header in enumerate(listing.headers(), 1)
    )
    yield f'<row r="{top}" ht="20" customHeight="1">{headers}</row>'
    for number, line in enumerate(sheet.lines, top + 1):
        cells = "".join(
            _cell(number, index, text, _look(sheet, line, index - 1))
            for index, text in enumerate(line.cells, 1)
            if text
        )
        yield f'<row r="{number}" ht="{_height(line):g}" customHeight="1">{cells}</row>'
    yield "</sheetData>"
    yield from _links(sheet)
    yield (
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        f'<tableParts count="1"><tablePart r:id="{table_relation}"/></tableParts></worksheet>'
    )


def _cell(row: int, column: int, text: str, style: str) -> str:
    return (
        f'<c r="{cell_name(row, column)}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{xml_text(text)}</t></is></c>'
    )


def _look(sheet: Sheet, line: listing.Line, column: int) -> str:
    if column == 0:
        return sheet.looks[line.severity] if line.severity else sheet.looks["text"]
    return sheet.looks["link" if line.target and column == line.link else "text"]


def _height(line: listing.Line) -> float:
    """The height at which all texts of a line can be read; not every program finds it out by itself."""
    most = 1
    for text, (_, width) in zip(line.cells, listing.COLUMNS, strict=True):
        room = max(1.0, width * 1.05 - 1)
        most = max(most, sum(max(1, math.ceil(len(part) / room)) for part in text.split("\n")))
    return min(_HIGHEST, most * _LINE_HEIGHT)


def _links(sheet: Sheet) -> Iterator[str]:
    linked = [
        (number, line)
        for number, line in enumerate(sheet.lines, listing.TOP + 1)
        if line.target and line.cells[line.link]
    ][: listing.MOST_LINKS]
    if not linked:
        return
    yield "<hyperlinks>"
    for number, line in linked:
        at, target = cell_name(number, line.link + 1), quoteattr(line.target or "")
        yield f'<hyperlink ref="{at}" location={target} display={quoteattr(line.cells[line.link])}/>'
    yield "</hyperlinks>"


def table_xml(sheet: Sheet, id_: str) -> bytes:
    """The part of the table."""
    columns = "".join(
        f'<tableColumn id="{index}" name={quoteattr(header)}/>'
        for index, header in enumerate(listing.headers(), 1)
    )
    return (
        f'{_HEAD}<table xmlns="{MAIN}" id="{id_}" name="{listing.TABLE}" displayName="{listing.TABLE}" '
        f'ref="{sheet.reference}" totalsRowShown="0"><autoFilter ref="{sheet.reference}"/>'
        f'<tableColumns count="{len(listing.COLUMNS)}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" '
        'showRowStripes="1" showColumnStripes="0"/></table>'
    ).encode()
