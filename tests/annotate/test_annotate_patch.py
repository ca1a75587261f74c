"""The copy in which only what is concerned has changed."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.workbook.annotate import Annotated, annotate, listing
from tests.annotate.making import alike, checked, office, opened, packed, parts, rich_workbook

ERROR, WARNING, INFO = "FFFDC4CB", "FFFFEDA3", "FFD9E8F9"
_TAG = re.compile(rb"<[^>]+>")


def finding(sheet: str | None, cell: str | None, severity: Severity = Severity.ERROR, **more: str) -> Finding:
    """A finding at a cell."""
    values = {"message": f"Something at {cell}.", **more}
    return Finding(
        code="C102", name="number-expected", severity=severity, file="x", sheet=sheet, cell=cell, **values
    )


@pytest.fixture(scope="module")
def rich() -> bytes:
    """The workbook that has everything."""
    return rich_workbook()


@pytest.fixture(scope="module")
def found(rich: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    """What is wrong with it."""
    path = tmp_path_factory.mktemp("rich") / "rich.xlsx"
    path.write_bytes(rich)
    return checked(path).findings


@pytest.fixture(scope="module")
def copy(rich: bytes, found: tuple[Finding, ...]) -> Annotated:
    """Its annotated copy."""
    return annotate(rich, found, "rich.xlsx")


def sheet_of(data: bytes, name: str) -> Worksheet:
    """A sheet as openpyxl sees it."""
    sheet = opened(data)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


class TestRichWorkbook:
    """The workbook with pictures, text boxes, bars, notes, tables, charts, names."""

    def test_nothing_but_what_is_concerned_changes(self, rich: bytes, copy: Annotated) -> None:
        before, after = parts(rich), parts(copy.content)
        assert copy.suffix == ".xlsx"
        assert not copy.remarks
        assert list(after)[: len(before)] == list(before)
        assert {name for name in before if before[name] != after[name]} == {
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",  # Practices, which has the faults
            "xl/worksheets/sheet2.xml",  # was the selected one
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
        }
        assert set(after) - set(before) == {
            "xl/worksheets/sheet4.xml",
            "xl/worksheets/_rels/sheet4.xml.rels",
            "xl/tables/table2.xml",
        }

    def test_changed_parts_keep_their_other_elements(self, rich: bytes, copy: Annotated) -> None:
        before, after = parts(rich), parts(copy.content)
        lost = {}
        for name in before:
            if before[name] != after[name]:
                gone = Counter(_TAG.findall(before[name])) - Counter(_TAG.findall(after[name]))
                lost[name] = sorted(gone.elements())
        assert (
            lost["xl/comments1.xml"]
            == lost["[Content_Types].xml"]
            == lost["xl/_rels/workbook.xml.rels"]
            == []
        )
        assert lost["xl/drawings/vmlDrawing1.vml"] == [b'<o:idmap v:ext="edit" data="1"/>']
        assert [tag.partition(b" ")[0] for tag in lost["xl/styles.xml"]] == [
            b"<cellXfs",
            b"<fills",
            b"<fonts",
        ]
        assert lost["xl/worksheets/sheet2.xml"] == [b'<sheetView tabSelected="1" workbookViewId="0"/>']
        assert lost["xl/worksheets/sheet1.xml"] == [
            b'<c r="D2">',
            b'<c r="E4" t="s">',
            b'<c r="F5" t="s">',
            b'<row r="3" spans="1:7" x14ac:dyDescent="0.25">',
        ]

    def test_cells_are_coloured_and_have_notes(self, copy: Annotated) -> None:
        sheet = sheet_of(copy.content, "Practices")
        notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
        assert set(notes) == {"A1", "B3", "D2", "E4", "F5"}
        assert notes["A1"] == "Header note"
        assert notes["D2"].startswith("Mine: please check.\n\n— dualeco —\nERROR C112 eqf-level-invalid\n")
        assert notes["F5"] == (
            'ERROR C109 word-unknown\n"qualty" is none of the words for this column.\n'
            "Expected: quality, employability, wbl, certification\nDid you mean: quality"
        )
        for place in ("B3", "D2", "E4", "F5"):
            assert sheet[place].fill.fgColor.rgb == ERROR
        assert sheet["B3"].number_format == "0.0%"  # a blank cell that was not there looks like its column
        assert sheet["A1"].fill.fgColor.rgb == "FFC0E0FF"

    def test_names_of_sheets_and_active_tab(self, copy: Annotated) -> None:
        book = opened(copy.content)
        assert book.sheetnames == ["Findings", "Practices", "Notes & more", "Pilots", "Bars"]
        assert book.active is book["Findings"]
        assert book["Practices"].print_area == "'Practices'!$A$1:$G$5"
        assert book["Pilots"].defined_names["here"].value == "Pilots!$A$1"
        assert book["Pilots"].sheet_state == "hidden"
        assert sum(sheet.sheet_view.tabSelected or False for sheet in book.worksheets) == 1

    def test_stored_values_of_formulas_stay(self, copy: Annotated) -> None:
        book = opened(copy.content, values=True)
        assert book["Practices"]["G2"].value == 2

    def test_the_sheet_of_findings(self, copy: Annotated, found: tuple[Finding, ...]) -> None:
        sheet = sheet_of(copy.content, "Findings")
        rows = list(sheet.iter_rows(min_row=listing.TOP, values_only=True))
        assert rows[0] == tuple(name for name, _ in listing.COLUMNS)
        assert len(rows) == 1 + len(found)
        assert [row[0] for row in rows[1:]] == ["error"] * 4 + ["warning"] + ["note"] * 2
        links = {cell.coordinate: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
        assert links["D6"] == "'Practices'!D2"
        assert links["C12"] == "'Notes & more'!A1"
        assert sheet.tables["DualecoFindings"].ref == "A5:I12"

    def test_fed_back_it_gives_the_same_findings(
        self, copy: Annotated, found: tuple[Finding, ...], tmp_path: Path
    ) -> None:
        path = tmp_path / "copy.xlsx"
        path.write_bytes(copy.content)
        assert alike(checked(path).findings) == alike(found)

    def test_same_bytes_each_time(self, rich: bytes, found: tuple[Finding, ...], copy: Annotated) -> None:
        assert annotate(rich, found, "rich.xlsx").content == copy.content

    def test_a_mended_copy_loses_what_an_earlier_run_put_in(self, rich: bytes, copy: Annotated) -> None:
        again = annotate(copy.content, (), "rich.xlsx").content
        sheet = sheet_of(again, "Practices")
        notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
        assert notes == {"A1": "Header note", "D2": "Mine: please check."}
        assert {cell.fill.fgColor.rgb for row in sheet for cell in row} == {"00000000", "FFC0E0FF"}
        listed = list(sheet_of(again, "Findings").iter_rows(min_row=listing.TOP + 1, values_only=True))
        assert [row[-1] for row in listed] == ["Nothing was found."]
        boxes = parts(again)["xl/drawings/vmlDrawing1.vml"]
        assert boxes.count(b'ObjectType="Note"') == parts(rich)["xl/drawings/vmlDrawing1.vml"].count(
            b'ObjectType="Note"'
        )

    def test_annotated_twice_is_annotated_once(self, copy: Annotated, found: tuple[Finding, ...]) -> None:
        again = annotate(copy.content, found, "rich.xlsx").content
        assert opened(again).sheetnames.count("Findings") == 1
        first, second = (parts(data)["xl/comments1.xml"] for data in (copy.content, again))
        assert first == second

    def test_libreoffice_opens_it_and_keeps_the_notes(self, copy: Annotated, tmp_path: Path) -> None:
        path = tmp_path / "copy.xlsx"
        path.write_bytes(copy.content)
        (tmp_path / "out").mkdir()
        saved = office(path, "xlsx", tmp_path / "out").read_bytes()
        sheet = sheet_of(saved, "Practices")
        notes = {cell.coordinate for row in sheet for cell in row if cell.comment}
        assert notes == {"A1", "B3", "D2", "E4", "F5"}
        # saved by LibreOffice, which drops authors, and mended: our notes are still known as ours
        mended = sheet_of(annotate(saved, (), "copy.xlsx").content, "Practices")
        left = {cell.coordinate: cell.comment.text.strip() for row in mended for cell in row if cell.comment}
        assert left == {"A1": "Header note", "D2": "Mine: please check."}


def test_conversations_are_left_alone(rich: bytes) -> None:
    content = parts(rich)
    content["xl/comments1.xml"] = content["xl/comments1.xml"].replace(
        b"<author>Ana</author>", b"<author>tc={0A0B0C0D-0000-0000-0000-000000000000}</author>"
    )
    copy = annotate(packed(content), [finding("Practices", "D2"), finding("Practices", "A2")], "x.xlsx")
    (remark,) = copy.remarks
    assert "are left as they are (D2)" in remark
    sheet = sheet_of(copy.content, "Practices")
    assert sheet["D2"].fill.fgColor.rgb == ERROR
    assert sheet["D2"].comment.text == "Mine: please check."
    assert sheet["A2"].comment.text.startswith("ERROR")


def test_severities_rows_and_several_findings_at_a_cell(rich: bytes) -> None:
    copy = annotate(
        rich,
        [
            finding("Practices", "C2", Severity.INFO),
            finding("Practices", "C2", Severity.WARNING, message="Second."),
            finding("Practices", "C3", Severity.INFO),
            finding("Practices", "7:7", Severity.WARNING),
            finding("Practices", "XFD1048576"),
            finding("Practices", None),
            finding(None, None),
            finding("No such sheet", "A1"),
            finding("Bars", "A1"),
        ],
        "x.xlsx",
    ).content
    sheet = sheet_of(copy, "Practices")
    assert sheet["C2"].fill.fgColor.rgb == WARNING
    assert sheet["C2"].comment.text == (
        "WARNING C102 number-expected\nSecond.\n\nNOTE C102 number-expected\nSomething at C2."
    )
    assert sheet["C3"].fill.fgColor.rgb == INFO
    assert sheet["A7"].fill.fgColor.rgb == WARNING
    assert sheet["A7"].border.left.style == "thin"  # the row has a look of its own
    assert sheet["XFD1048576"].comment.text.startswith("ERROR")
    links = {cell.hyperlink.location for row in sheet_of(copy, "Findings") for cell in row if cell.hyperlink}
    assert "'Practices'!A7" in links
    assert "'Practices'!A1" in links
    assert not any("No such" in str(link) for link in links)


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "<script>&amp;</script>]]>",
    "<r><t>x</t></r>",
    "_x0041_ bell \x07 nul \x00 \ufffe",
    "\u202egnp.exe",
    "a\r\nb\nERROR C999 feigned",
    "x" * 40_000,
    "😀" * 20_000,
    "%d %s {} {0} {found}",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str, rich: bytes, tmp_path: Path) -> None:
    found = finding(
        "Practices", "C3", header=text, found=text, expected=text, suggestion=text, message=f"It says {text}."
    )
    copy = annotate(rich, [found], f"{text[:60]}.xlsx").content
    after = parts(copy)
    assert b"<f>" not in after["xl/worksheets/sheet4.xml"]
    path = tmp_path / "copy.xlsx"
    path.write_bytes(copy)
    checked(path)
    listed = [cell.value for cell in sheet_of(copy, "Findings")[listing.TOP + 1]]
    assert all(len(str(value)) <= 32_767 for value in listed)
    if len(text) < 100:
        shown = "".join(c for c in text if c not in "\x07\x00\ufffe")
        # what looks like an escape is escaped, and openpyxl does not undo it
        found_text = str(listed[5]).replace("_x005F_x", "_x").replace("\r", "")
        assert found_text.rstrip() == shown.replace("\r", "").rstrip()
    note = sheet_of(copy, "Practices")["C3"].comment.text
    assert note.startswith("ERROR C102 number-expected\n")
    assert len(note) < 5_000
    assert "\nERROR C999" not in note


def test_sheet_names_that_need_quoting() -> None:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory)
    for name in ("It's <a> & b", "Findings", "_Findings"):
        book.add_worksheet(name).write(0, 0, "x")
    book.close()
    copy = annotate(
        memory.getvalue(), [finding("It's <a> & b", "A1"), finding("Findings", "A1")], "x.xlsx"
    ).content
    book = opened(copy)
    assert book.sheetnames == ["__Findings", "It's <a> & b", "Findings", "_Findings"]
    links = [cell.hyperlink.location for row in book["__Findings"] for cell in row if cell.hyperlink]
    assert links == ["'It''s <a> & b'!A1", "'Findings'!A1"]


def test_many_findings_have_a_limit_of_notes(monkeypatch: pytest.MonkeyPatch, rich: bytes) -> None:
    monkeypatch.setattr(listing, "MOST_NOTES", 3)
    monkeypatch.setattr(listing, "MOST_LINES", 4)
    found = [finding("Practices", f"C{row}", Severity.INFO) for row in range(20, 26)]
    copy = annotate(rich, [*found, finding("Practices", "C30")], "x.xlsx")
    sheet = sheet_of(copy.content, "Practices")
    assert [row for row in range(20, 31) if sheet.cell(row, 3).comment] == [20, 21, 30]
    assert sheet["C25"].fill.fgColor.rgb == INFO
    assert len(list(sheet_of(copy.content, "Findings").iter_rows(min_row=listing.TOP + 1))) == 4
    assert len(copy.remarks) == 2


def test_more_notes_than_a_block_of_numbers_holds(rich: bytes) -> None:
    found = [finding("Practices", f"H{row}") for row in range(1, 2_501)]
    boxes = parts(annotate(rich, found, "x.xlsx").content)["xl/drawings/vmlDrawing1.vml"]
    numbers = [int(number) for number in re.findall(rb'<v:shape id="_x0000_s([0-9]+)"', boxes)]
    assert len(numbers) == len(set(numbers)) == 2_503
    named = re.search(rb'data="([0-9,]+)"', boxes)
    assert named is not None
    assert {number // 1024 for number in numbers} <= {int(block) for block in named[1].split(b",")}
