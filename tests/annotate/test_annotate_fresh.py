"""The copy with the values alone, for what cannot be changed in place."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from dualeco_cli.model.cells import Area, Cell, ErrorValue, Percentage, Sheet, SheetRow, Uncomputed, Workbook
from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.workbook.annotate import annotate_file, listing
from dualeco_cli.workbook.annotate.fresh import fresh
from dualeco_cli.workbook.read import read
from tests.annotate.making import alike, checked, opened

CSV = "id;title;source;start_year\nalpha;Alpha;lombardy;2001\nbeta;;bremen;1,234\ngamma;Gamma;bremen;soon\n"


def plain_sheet(rows: list[list[Cell]], name: str = "Practices", **more: object) -> Sheet:
    """A sheet of these rows, the first one in row 1."""
    numbered = tuple(SheetRow(number, tuple(cells)) for number, cells in enumerate(rows, 1))
    return Sheet("x.ods", name, numbered, **more)  # type: ignore[arg-type]


def book(*sheets: Sheet) -> Workbook:
    """A workbook of these sheets."""
    return Workbook("x.ods", "0" * 64, sheets)


def finding(sheet: str, cell: str, text: str = "m") -> Finding:
    """A finding at a cell."""
    return Finding(
        code="C101",
        name="cell-required",
        severity=Severity.WARNING,
        file="x.ods",
        sheet=sheet,
        cell=cell,
        message=text,
    )


def test_a_text_file_gives_the_same_findings_again(tmp_path: Path) -> None:
    source = tmp_path / "Practices.csv"
    source.write_text(CSV, encoding="utf-8")
    found = checked(source).findings
    copy = annotate_file(source, found)
    assert "values alone" in copy.remarks[0]
    result = tmp_path / "copy.xlsx"
    result.write_bytes(copy.content)
    dialect = {"csv-dialect"}  # the copy is no text file any more
    expected = [one for one in alike(found) if one[0] != "F208"]
    assert dialect <= {one.name for one in found}
    again = [one for one in alike(checked(result).findings) if one[0] != "C105"]  # numbers that are texts
    assert again == expected
    sheet = opened(copy.content)["Practices"]
    assert sheet["D2"].value == 2001
    assert sheet["B3"].fill.fgColor.rgb == "FFFDC4CB"
    note = sheet["B3"].comment
    assert note is not None
    assert "cell-required" in note.text


def test_a_folder_becomes_one_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "Practices.csv").write_text(CSV, encoding="utf-8")
    (folder / "Pilots.csv").write_text(
        "practice,target,outcome\nalpha,bremen,3\nbeta,nowhere,9\n", encoding="utf-8"
    )
    found = checked(folder).findings
    copy = annotate_file(folder, found).content
    sheets = opened(copy)
    assert sheets.sheetnames == ["Findings", "Pilots", "Practices"]
    coloured = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in sheets.worksheets[1:]
        for row in sheet
        for cell in row
        if cell.comment
    }
    assert coloured == {f"{one.sheet}!{one.cell}" for one in found if one.cell}
    assert annotate_file(folder, found).content == copy


def test_an_ods_file(tmp_path: Path) -> None:
    memory = io.BytesIO()
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in line.split(";"))
        + "</table:table-row>"
        for line in CSV.split()
    )
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Practices">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    source = tmp_path / "study.ods"
    source.write_bytes(memory.getvalue())
    found = checked(source).findings
    assert found
    copy = annotate_file(source, found)
    result = tmp_path / "copy.xlsx"
    result.write_bytes(copy.content)
    assert alike(checked(result).findings) == alike(found)


def test_every_kind_of_cell_is_carried_over(tmp_path: Path) -> None:
    cells: list[Cell] = [
        "text",
        "=1+1",
        "<r>x</r>",
        7,
        1.5,
        True,
        dt.datetime(2024, 5, 6, 7, 8),  # noqa: DTZ001
        dt.date(2024, 5, 6),
        dt.date(1850, 1, 1),
        dt.time(7, 8),
        Percentage(0.125),
        ErrorValue("#REF!"),
        ErrorValue("#SPILL!"),
        Uncomputed("=A1"),
        None,
        float("inf"),
    ]
    sheet = plain_sheet(
        [["id", "title"], cells, []], hidden_rows=frozenset({2}), hidden_columns=frozenset({3})
    )
    path = tmp_path / "copy.xlsx"
    path.write_bytes(
        fresh(book(sheet), [finding("Practices", "B2"), finding("Practices", "Z9")], "x.ods").content
    )
    again = read(path).sheets[1]
    assert again.hidden_rows == {2}
    assert again.hidden_columns == {3}
    values = again.rows[1].cells
    expected = list(cells)
    expected[2] = "<r>x</r> "
    expected[8] = "1850-01-01"
    expected[12], expected[13] = "#SPILL!", "=A1"
    assert list(values[:9]) == expected[:9]
    assert list(values[10:14]) == expected[10:14]
    page = opened(path.read_bytes())["Practices"]
    assert page["B2"].fill.fgColor.rgb == page["Z9"].fill.fgColor.rgb == "FFFFEDA3"
    assert page["B2"].data_type == "s"


def test_names_of_sheets_are_made_to_fit() -> None:
    names = ["a/b", "A:b", "Findings", "History", "x" * 40, "x" * 41, "'", "😀" * 20]
    copy = fresh(
        book(*(plain_sheet([["x"]], name) for name in names)), [finding("a/b", "A1")], "x.ods"
    ).content
    made = opened(copy).sheetnames
    assert made[0] == "_Findings"
    assert made[1:7] == ["a b", "A b (2)", "Findings", "History_", "x" * 31, "x" * 27 + " (2)"]
    assert made[7] == "Sheet"
    link = opened(copy)["_Findings"].cell(listing.TOP + 1, listing.CELL + 1).hyperlink
    assert link is not None
    assert link.location == "'a b'!A1"


def test_merged_and_hidden(tmp_path: Path) -> None:
    merged = (Area(1, 1, 1, 2), Area(1, 2, 1, 3), Area(4, 4, 4, 4), Area(2, 1, 3, 1))
    sheets = (
        plain_sheet([["id", None, "x"], ["a"]], merged=merged),
        plain_sheet([["x"]], "Other", hidden=True),
    )
    path = tmp_path / "copy.xlsx"
    path.write_bytes(fresh(book(*sheets), [], "x.ods").content)
    again = read(path).sheets
    assert {area.name for area in again[1].merged} == {"A1:B1", "A2:A3"}
    assert again[2].hidden


def test_limits_of_the_listing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_NOTES", 2)
    monkeypatch.setattr(listing, "MOST_LINES", 3)
    found = [finding("Practices", f"A{row}", "=1+1") for row in range(1, 6)]
    copy = fresh(book(plain_sheet([["x"]])), found, "x.ods")
    assert len(copy.remarks) == 2
    sheet = opened(copy.content)["Findings"]
    assert sheet.max_row == listing.TOP + 3
    assert isinstance(sheet.parent, openpyxl.Workbook)
