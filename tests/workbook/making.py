"""Makes workbooks by hand, so that a test can show what no library would write."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from dualeco_cli.model.cells import Cell, Sheet, Workbook
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.read import read
from dualeco_cli.workbook.refusal import READING_RULES_BY_NAME, Refusal

FILES = Path(__file__).with_name("files")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

Parts = dict[str, bytes]


def relations(*targets: tuple[str, str, str], external: Iterable[str] = ()) -> bytes:
    """Relations as (id, kind, target)."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{DOCUMENT}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if name in external else "/>")
        for name, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'.encode()


def worksheet(data: str, before: str = "", after: str = "") -> bytes:
    """A sheet part around its rows."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'.encode()
    )


def row(number: int, *cells: str, **attributes: str) -> str:
    """A row of cells."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def text(reference: str, content: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'


def value(reference: str, stored: object, kind: str = "n", style: int = 0, formula: str = "") -> str:
    """A cell with a stored value."""
    return f'<c r="{reference}" t="{kind}" s="{style}">{formula}<v>{stored}</v></c>'


def xlsx_parts(
    sheets: Mapping[str, bytes] | bytes,
    *,
    strings: Iterable[str] = (),
    formats: Iterable[str] = (),
    states: Mapping[str, str] | None = None,
    properties: str = "",
) -> Parts:
    """The parts of a workbook; ``strings`` are the insides of ``<si>``, ``formats`` get styles 1, 2, 3 …"""
    if isinstance(sheets, bytes):
        sheets = {"Practices": sheets}
    states = states or {}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}" state="{states.get(name, "visible")}"/>'
        for i, name in enumerate(sheets, 1)
    )
    codes = list(formats)
    styles = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes)))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{properties}<sheets>{listed}</sheets></workbook>'
    targets = [(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    targets += [("rIdS", "styles", "styles.xml"), ("rIdT", "sharedStrings", "sharedStrings.xml")]
    parts = {
        "[Content_Types].xml": f"{HEAD}<Types/>".encode(),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (HEAD + book).encode(),
        "xl/_rels/workbook.xml.rels": relations(*targets),
        "xl/styles.xml": (
            f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{styles}</numFmts><cellStyleXfs><xf numFmtId="9"/>'
            f'</cellStyleXfs><cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
        ).encode(),
        "xl/sharedStrings.xml": (
            f'{HEAD}<sst xmlns="{MAIN}">{"".join(f"<si>{string}</si>" for string in strings)}</sst>'
        ).encode(),
    }
    parts |= {f"xl/worksheets/sheet{i}.xml": part for i, part in enumerate(sheets.values(), 1)}
    return parts


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def ods_parts(tables: str, styles: str = "", before: str = "") -> Parts:
    """The parts of an OpenDocument spreadsheet around its tables."""
    spaces = "".join(
        f' xmlns:{name}="{OFFICE}{space}:1.0"'
        for name, space in {
            "office": "office",
            "table": "table",
            "text": "text",
            "style": "style",
            "draw": "drawing",
        }.items()
    )
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"{HEAD}<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{before}{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = f'{HEAD}<manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"/>'
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }


def xlsb_parts(rows: Mapping[int, Mapping[int, float | str]], dimension: tuple[int, int, int, int]) -> Parts:
    """A binary workbook with one sheet; rows and columns count from 0."""

    def record(kind: int, data: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = len(data)
        length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
        return head + length + data

    def wide(string: str) -> bytes:
        return struct.pack("<I", len(string)) + string.encode("utf-16-le")

    book = (
        record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Practices"))
    )
    book += record(144) + record(132)
    sheet = record(129) + record(148, struct.pack("<IIII", *dimension)) + record(145)
    for number, cells in rows.items():
        sheet += record(0, struct.pack("<I", number) + bytes(21))
        for column, cell in cells.items():
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                sheet += record(6, place + wide(cell))
            else:
                sheet += record(5, place + struct.pack("<d", cell))
    sheet += record(146) + record(130)
    return {
        "[Content_Types].xml": f"{HEAD}<Types/>".encode(),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": relations(("rId1", "worksheet", "worksheets/sheet1.bin")),
        "xl/worksheets/sheet1.bin": sheet,
    }


def zipped(
    parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Parts as a zip file; as pairs, names may come twice."""
    buffer = io.BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings(action="ignore"):
        for name, data in pairs:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def read_bytes(folder: Path, data: bytes, name: str = "file.bin", limits: Limits | None = None) -> Workbook:
    """Read what some bytes hold, under a name that tells nothing."""
    path = folder / name
    path.write_bytes(data)
    return read(path, limits=limits, name=name)


def refused(folder: Path, data: bytes, name: str = "file.bin", limits: Limits | None = None) -> Refusal:
    """The refusal of some bytes, checked for its rule and parameters."""
    try:
        workbook = read_bytes(folder, data, name, limits)
    except Refusal as refusal:
        check(refusal)
        return refusal
    message = f"read as {workbook}"
    raise AssertionError(message)


def check(refusal: Refusal) -> None:
    """A refusal has a known rule, all parameters of it and no others, the file, and a sentence."""
    rule = READING_RULES_BY_NAME[refusal.rule]
    assert rule.severity == "error"
    assert set(refusal.params) == set(rule.params)
    assert refusal.place.file
    assert str(refusal).startswith(f"{refusal.place.file}: ")
    assert "…" not in str(refusal)


def cells(sheet: Sheet) -> dict[int, tuple[Cell, ...]]:
    """The rows of a sheet by their numbers."""
    return {found.number: found.cells for found in sheet.rows}


def rules(workbook: Workbook) -> list[str]:
    """The rules of the notices of a workbook, checked for their parameters."""
    for notice in workbook.notices:
        rule = READING_RULES_BY_NAME[notice.rule]
        assert set(notice.params) == set(rule.params)
    return [notice.rule for notice in workbook.notices]
