"""Workbooks that other programs than Excel write, and those that nobody should."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.model.names import cell_name
from dualeco_cli.workbook.annotate import Impossible, annotate
from dualeco_cli.workbook.annotate.outline import outline, with_attributes
from tests.annotate.making import opened, packed, parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def relations(*targets: tuple[str, str]) -> bytes:
    """Relations as (kind, target), counted."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'.encode()


def workbook(sheet: str, prefix: str = "", part: str = "", data: bytes | None = None) -> bytes:
    """A package with one sheet; ``§`` in it is the prefix. A part can be changed, or left out with None."""
    p = f"{prefix}:" if prefix else ""
    names = f'xmlns:{prefix}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    styles = (
        f'{HEAD}<{p}styleSheet {names}><{p}fonts><{p}font><{p}sz val="11"/></{p}font></{p}fonts>'
        f'<{p}fills count="2"><{p}fill><{p}patternFill patternType="none"/></{p}fill>'
        f"<{p}fill><{p}patternFill/></{p}fill></{p}fills>"
        f"<{p}borders><{p}border/></{p}borders>"
        f'<{p}cellXfs count="2"><{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'<{p}xf numFmtId="9" fontId="0" fillId="0" borderId="0"><{p}alignment horizontal="center"/></{p}xf>'
        f"</{p}cellXfs></{p}styleSheet>"
    )
    content = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OFFICE}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{OFFICE}.styles+xml"/></Types>'
        ).encode(),
        "_rels/.rels": relations(("officeDocument", "/xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{HEAD}<{p}workbook {names} xmlns:d="{DOCUMENT}"><{p}sheets>'
            f'<{p}sheet name="Practices" sheetId="7" d:id="rId1"/></{p}sheets></{p}workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
        ),
        "xl/styles.xml": styles.encode(),
        "xl/worksheets/sheet1.xml": (
            f"{HEAD}<{p}worksheet {names}>{sheet.replace('§', p)}</{p}worksheet>"
        ).encode(),
    }
    if part:
        key = next(name for name in content if part in name)
        if data is None:
            del content[key]
        else:
            content[key] = data
    return packed(content)


def at(*cells: str) -> list[Finding]:
    """A finding at each cell."""
    return [
        Finding(
            code="C101",
            name="cell-required",
            severity=Severity.ERROR,
            file="x",
            sheet="Practices",
            cell=cell,
            message="m",
        )
        for cell in cells
    ]


def coloured(data: bytes) -> set[str]:
    """The cells that have our colour, and those that have a note: they must be the same."""
    sheet = opened(data)["Practices"]
    filled = {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == "FFFDC4CB"}
    assert filled == {cell.coordinate for row in sheet for cell in row if cell.comment}
    return filled


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize(
    "rows",
    [
        "<§sheetData/>",
        "<§sheetData></§sheetData>",
        '<§sheetData><§row r="3"/></§sheetData>',
        '<§sheetData><§row r="3" spans="1:1"></§row><§row r="9"/></§sheetData>',
        '<§sheetData><§row r="3"><§c r="A3"><§v>1</§v></§c><§c r="Z3" s="1"/></§row></§sheetData>',
        "<§sheetData><§row/><§row/><§row><§c/><§c s='1'><§v>4</§v></§c></§row></§sheetData>",
        '<§dimension ref="B3"/><§cols><§col min="2" max="9" style="1"/></§cols>'
        '<§sheetData><§row r="3" s="1" customFormat="1" ><§c r="B3" t="str"><§v>&gt;</§v></§c></§row>'
        '</§sheetData><§legacyDrawingHF xmlns:r="' + DOCUMENT + '" r:id="rId9"/>',
    ],
    ids=range(7),
)
def test_cells_are_added_where_they_belong(prefix: str, rows: str) -> None:
    data = workbook(rows, prefix)
    wanted = {"A1", "B3", "D3", "A3", "C12", "B12"}
    result = annotate(data, at(*wanted), "x").content
    assert coloured(result) == wanted
    root = outline(parts(result)["xl/worksheets/sheet1.xml"], "sheet")
    numbers = [int(row.attributes.get("r", 0)) for row in root.first("sheetData").children]  # type: ignore[union-attr]
    assert numbers == sorted(numbers)
    order = [child.name for child in root.children]
    assert order.index("legacyDrawing") > order.index("sheetData")
    if "legacyDrawingHF" in order:
        assert order.index("legacyDrawing") < order.index("legacyDrawingHF")
    if "dimension" in order:
        assert root.first("dimension").attributes["ref"] == "A1:D12"  # type: ignore[union-attr]


def test_columns_and_rows_lend_their_style() -> None:
    columns = '<cols><col min="2" max="2" style="1"/></cols>'
    data = workbook(f'{columns}<sheetData><row r="2" s="1" customFormat="1"/></sheetData>')
    sheet = opened(annotate(data, at("A2", "B5", "C5"), "x").content)["Practices"]
    assert [sheet[cell].number_format for cell in ("A2", "B5", "C5")] == ["0%", "0%", "General"]
    assert sheet["A2"].alignment.horizontal == "center"


@settings(max_examples=25, deadline=None)
@given(
    there=st.sets(st.tuples(st.integers(1, 9), st.integers(1, 30)), max_size=25),
    wanted=st.sets(st.tuples(st.integers(1, 9), st.integers(1, 30)), min_size=1, max_size=25),
)
def test_any_cells_in_any_sheet(there: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> None:
    rows = ""
    for row in sorted({row for row, _ in there}):
        cells = "".join(
            f'<c r="{cell_name(row, column)}"><v>{row * column}</v></c>'
            for r, column in sorted(there)
            if r == row
        )
        rows += f'<row r="{row}" spans="1:3">{cells}</row>'
    result = annotate(
        workbook(f"<sheetData>{rows}</sheetData>"), at(*(cell_name(*c) for c in wanted)), "x"
    ).content
    assert coloured(result) == {cell_name(*c) for c in wanted}
    sheet = opened(result)["Practices"]
    values = {(cell.row, cell.column): cell.value for row in sheet for cell in row if cell.value is not None}
    assert values == {(row, column): row * column for row, column in there}


def changed(part: str, data: bytes | None) -> bytes:
    """A plain package with one part changed."""
    return workbook("<sheetData/>", part=part, data=data)


def sheet_in(encoding: str) -> bytes:
    """A sheet in an encoding."""
    return f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{MAIN}"/>'.encode(encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "refused"),
        (b"id;title\n1;One\n", "no .xlsx"),
        (changed("styles", None), "missing"),
        (changed("xl/_rels", relations(("worksheet", "worksheets/sheet1.xml"))), "no styles"),
        (changed("styles", f'<styleSheet xmlns="{MAIN}"/>'.encode()), "no fonts"),
        (workbook("<cols/>"), "no rows"),
        (workbook('<sheetData><row r="1"/><row r="1"/></sheetData>'), "twice"),
        (workbook('<sheetData><row r="x"/></sheetData>'), "row 'x'"),
        (workbook('<sheetData><row r="1"><c r="1A"/></row></sheetData>'), "cell '1A'"),
        (changed("sheet1", f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()), "well-formed"),
        (changed("sheet1", b'<worksheet xmlns="http://purl.oclc.org/x"/>'), "another kind"),
        (changed("sheet1", sheet_in("utf-16")), "UTF-8"),
        (changed("sheet1", sheet_in("latin-1")), "UTF-8"),
        (changed("xl/workbook.xml", b'<workbook xmlns="http://purl.oclc.org/ooxml/x"/>'), "strict"),
        (changed("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>'.encode()), "no sheets"),
    ],
    ids=range(15),
)
def test_what_cannot_be_changed_in_place_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Impossible, match=reason):
        annotate(data, at("A1"), "x")


def test_an_unusual_drawing_of_notes_is_not_touched() -> None:
    sheet = f'<sheetData/><legacyDrawing xmlns:r="{DOCUMENT}" r:id="rId1"/>'
    content = parts(workbook(sheet))
    content["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("vmlDrawing", "../drawings/odd.vml"))
    for drawing in (b"<xml>", b"<xml></xml><odd/>", b"<v:odd/>"):
        content["xl/drawings/odd.vml"] = drawing
        with pytest.raises(Impossible, match="not as usual"):
            annotate(packed(content), at("A1"), "x")


def test_plain_notes_of_users_are_added_to() -> None:
    content = parts(workbook("<sheetData/>"))
    content["xl/comments7.xml"] = (
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author>Ana</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><t>Hers</t></text></comment></commentList></comments>'
    ).encode()
    content["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("comments", "../comments7.xml"))
    result = annotate(packed(content), at("A1"), "x").content
    text = opened(result)["Practices"]["A1"].comment
    assert text is not None
    assert text.text == "Hers\n\n— dualeco —\nERROR C101 cell-required\nm"


def test_notes_that_openpyxl_has_written() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Practices"
    sheet["A1"].comment = Comment("Hers", "Ana")
    memory = io.BytesIO()
    book.save(memory)
    copy = annotate(memory.getvalue(), at("A1", "B2"), "x").content
    assert coloured(copy) == {"A1", "B2"}
    # its own copy of ours, as it writes it, is known again
    memory = io.BytesIO()
    opened(copy).save(memory)
    mended = annotate(memory.getvalue(), (), "x").content
    left = [cell.comment.text for row in opened(mended)["Practices"] for cell in row if cell.comment]
    assert left == ["Hers"]
    boxes = next(data for name, data in parts(mended).items() if name.endswith(".vml"))
    assert boxes.count(b"Row>0<") == 1
    assert b"Row>1<" not in boxes


def test_attributes_are_changed_one_by_one() -> None:
    tag = b'<c r=\'A1\' s="1" note=\'s="2"\'  t="s" />'
    assert with_attributes(tag, {"s": "5"}) == b'<c r=\'A1\' s="5" note=\'s="2"\'  t="s" />'
    assert with_attributes(tag, {"s": None}) == b"<c r='A1' note='s=\"2\"'  t=\"s\" />"
    assert with_attributes(b"<a >", {"b": "<&"}) == b'<a b="&lt;&amp;">'


def test_the_type_of_the_main_part_gives_the_suffix() -> None:
    content = parts(workbook("<sheetData/>"))
    types = content["[Content_Types].xml"]
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    content["[Content_Types].xml"] = types.replace(f"{OFFICE}.sheet.main+xml".encode(), macro)
    assert annotate(packed(content), at("A1"), "x").suffix == ".xlsm"
    content["[Content_Types].xml"] = types.replace(f"{OFFICE}.sheet.main+xml".encode(), b"application/odd")
    with pytest.raises(Impossible, match="unknown type"):
        annotate(packed(content), at("A1"), "x")
    assert io.BytesIO(packed(content)).getvalue() == packed(content)
