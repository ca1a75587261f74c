from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.model.cells import Area, Cell, ErrorValue, Percentage, Sheet, Uncomputed
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.number_formats import NumberKind, date_of, kind_of
from dualeco_cli.workbook.read import read
from tests.workbook.making import (
    FILES,
    MAIN,
    cells,
    read_bytes,
    refused,
    relations,
    row,
    rules,
    text,
    value,
    worksheet,
    xlsx_parts,
    zipped,
)


def one(folder: Path, data: str, **options: object) -> Sheet:
    (sheet,) = read_bytes(folder, zipped(xlsx_parts(worksheet(data), **options))).sheets  # type: ignore[arg-type]
    return sheet


def values(folder: Path, *found: str, **options: object) -> tuple[Cell, ...]:
    return cells(one(folder, row(1, *found), **options)).get(1, ())


def test_numbers(tmp_path: Path) -> None:
    stored = ["7", "7.0", "-3", "0.1", "1E3", "1e999", "NaN", "1_000", "123456789012345678", " 5 "]
    found = values(tmp_path, *(value(f"{chr(65 + i)}1", number) for i, number in enumerate(stored)))
    assert found == (7, 7, -3, 0.1, 1000, "1e999", "NaN", "1_000", 1.2345678901234568e17, 5)
    assert [type(cell) for cell in found[:5]] == [int, int, int, float, int]


def test_texts(tmp_path: Path) -> None:
    strings = [
        "<t>plain</t>",
        "<r><t>rich </t></r><r><t>text</t></r><rPh><t>spoken</t></rPh>",
        "<t/>",
        "<t> </t>",
    ]
    found = values(
        tmp_path,
        value("A1", 0, "s"),
        value("B1", 1, "s"),
        value("C1", 2, "s"),
        value("D1", 3, "s"),
        text("E1", "a_x000D_b &amp; _x005F_x0041_ _xD83D__xDE00_"),
        value("F1", "shown", "str"),
        '<c r="G1" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></is></c>',
        '<c r="H1" t="s"><v></v></c>',
        strings=strings,
    )
    assert found == ("plain", "rich text", None, " ", "a\rb & _x0041_ 😀", "shown", "two runs")


def test_errors_booleans_and_iso_dates(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        value("A1", "#REF!", "e"),
        value("B1", 1, "b"),
        value("C1", 0, "b"),
        value("D1", "2024-03-04T12:30:00", "d"),
        value("E1", "2024-03-04", "d"),
        value("F1", "12:30:00", "d"),
        value("G1", "soon", "d"),
    )
    assert found[:3] == (ErrorValue("#REF!"), True, False)
    moment = dt.datetime.fromisoformat("2024-03-04T12:30:00")
    assert found[3:] == (moment, moment.date(), moment.time(), "soon")


def test_formulas(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        value("A1", 14, formula="<f>B1*2</f>"),
        '<c r="B1"><f>C1*2</f></c>',
        '<c r="C1"><f>D1*2</f><v></v></c>',
        '<c r="D1" t="str"><f>""</f><v></v></c>',
        value("E1", "#N/A", "e", formula="<f>NA()</f>"),
        value("F1", 0.5, style=1, formula="<f>1/2</f>"),
        value("G1", 0, "s", formula="<f>A1</f>"),
        '<c r="H1"><f t="shared" ref="H1:I1" si="0">A2+1</f></c>',
        '<c r="I1"><f t="shared" si="0"/></c>',
        '<c r="J1"><f t="shared" si="7"/></c>',
        strings=["<t>x</t>"],
        formats=["0%"],
    )
    assert found == (
        14,
        Uncomputed("=C1*2"),
        Uncomputed("=D1*2"),
        None,
        ErrorValue("#N/A"),
        Percentage(0.5),
        "x",
        Uncomputed("=A2+1"),
        Uncomputed("=B2+1"),
        Uncomputed("="),
    )


def test_a_shared_formula_that_cannot_be_translated_stays_as_it_is(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        '<c r="A1"><f t="shared" si="0">B1+"</f></c>',
        '<c><f t="shared" si="0"/></c>',
    )
    assert found == (Uncomputed('=B1+"'), Uncomputed('=B1+"'))


def test_number_formats(tmp_path: Path) -> None:
    formats = [
        "0.0%",
        "d/m/yyyy",
        "d/m/yyyy hh:mm",
        "hh:mm",
        "[h]:mm",
        "0 &quot;days&quot;",
        "[$-410]d mmmm yyyy",
        "0.00",
    ]
    found = values(
        tmp_path,
        value("A1", 0.125, style=1),
        value("B1", 45355, style=2),
        value("C1", 45355.5, style=3),
        value("D1", 0.25, style=4),
        value("E1", 1.5, style=5),
        value("F1", 3, style=6),
        value("G1", 45355, style=7),
        value("H1", 3, style=8),
        value("I1", 45355.5, style=2),
        value("J1", -5, style=2),
        value("K1", 1e12, style=2),
        value("L1", "NaN", style=1),
        value("M1", 2, style=99),
        formats=formats,
    )
    day = dt.date(2024, 3, 4)
    noon = dt.datetime.fromisoformat("2024-03-04T12:00:00")
    assert found[:6] == (Percentage(0.125), day, noon, dt.time(6), dt.timedelta(hours=36), 3)
    assert found[6:] == (day, 3, noon, -5, 1e12, "NaN", 2)


def test_the_calendar_that_begins_in_1904(tmp_path: Path) -> None:
    found = values(
        tmp_path, value("A1", 43893, style=1), formats=["d/m/yyyy"], properties='<workbookPr date1904="1"/>'
    )
    assert found == (dt.date(2024, 3, 4),)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", None),
        ("Standard", None),
        ("#,##0.00 [$€-410]", None),
        ('0.00" %"', None),
        (r"0\%", None),
        ("0%;-0%", NumberKind.PERCENT),
        ("[Red]General", None),
        ("mmm-yy", NumberKind.DATE),
        ("mmm", NumberKind.DATE),
        ("[mm]:ss", NumberKind.DURATION),
        ("h:mm AM/PM", NumberKind.TIME),
        ("yyyy-mm-dd hh:mm:ss", NumberKind.DATE_TIME),
        ('[<1]"few";0', None),
        ("@", None),
    ],
)
def test_kinds_of_formats(code: str, kind: NumberKind | None) -> None:
    assert kind_of(code) is kind


def test_days_before_the_leap_day_that_never_was() -> None:
    assert date_of(59, NumberKind.DATE) == dt.date(1900, 2, 28)
    assert date_of(61, NumberKind.DATE) == dt.date(1900, 3, 1)
    assert date_of(0, NumberKind.DATE, since_1904=True) == dt.date(1904, 1, 1)


def test_blank_rows_are_left_out_and_rows_are_as_wide_as_their_last_cell(tmp_path: Path) -> None:
    data = row(2, '<c r="A2" s="1"/>', value("C2", 1), '<c r="XFD2"/>') + row(3) + row(4, text("B4", "  "))
    assert cells(one(tmp_path, data + row(9, value("A9", 2)))) == {2: (None, None, 1), 9: (2,)}


def test_a_blank_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    data = row(1, value("A1", 1)) + row(1_048_576, '<c r="XFD1048576" s="1"/>')
    part = worksheet(data, before='<dimension ref="A1:XFD1048576"/>')
    workbook = read_bytes(tmp_path, zipped(xlsx_parts(part)))
    assert cells(workbook.sheets[0]) == {1: (1,)}
    assert rules(workbook) == []


def test_a_value_in_the_last_corner_is_read_and_told(tmp_path: Path) -> None:
    data = row(1, value("A1", 1)) + row(1_048_576, value("XFD1048576", 2))
    workbook = read_bytes(tmp_path, zipped(xlsx_parts(worksheet(data))))
    assert cells(workbook.sheets[0])[1_048_576][-1] == 2
    assert rules(workbook) == ["far-cells", "far-cells"]
    assert [notice.place.cell for notice in workbook.notices] == ["XFD1048576", "XFD1048576"]
    assert [notice.params for notice in workbook.notices] == [
        {"gap": 1_048_574, "of": "rows"},
        {"gap": 16_382, "of": "columns"},
    ]


def test_a_false_dimension_is_not_believed(tmp_path: Path) -> None:
    part = worksheet(row(1, value("A1", 1), value("B1", 2)), before='<dimension ref="A1"/>')
    assert cells(read_bytes(tmp_path, zipped(xlsx_parts(part))).sheets[0]) == {1: (1, 2)}


def test_rows_and_cells_without_addresses_and_out_of_order(tmp_path: Path) -> None:
    data = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    assert cells(one(tmp_path, data)) == {1: (1, None, 3), 2: (4,)}
    data = row(5, value("C5", 3), value("A5", 1)) + row(2, value("A2", 0))
    assert list(cells(one(tmp_path, data)).items()) == [(2, (0,)), (5, (1, None, 3))]


@pytest.mark.parametrize(
    "data",
    [
        row(1, value("A2", 1)),
        row(2, value("A12", 1)),
        row(1, value("A1", 1), value("A1", 2)),
        row(1, value("A1", 1)) + row(1, value("A1", 2)),
        row(1, value("XFE1", 1)),
        row(1, value("ZZZ1", 1)),
        row(1, value("a1", 1)),
        row(0, value("A0", 1)),
        row(1_048_577, value("A1048577", 1)),
        '<row r="x"/>',
        row(1, value("A1", 5, "s")),
        row(1, value("A1", "x", "s")),
        '<c r="A1"><v>1</v></c>',
    ],
)
def test_what_no_program_writes_is_damage(tmp_path: Path, data: str) -> None:
    assert refused(tmp_path, zipped(xlsx_parts(worksheet(data)))).rule == "file-damaged"


def test_hidden_rows_columns_sheets_and_merged_areas(tmp_path: Path) -> None:
    first = worksheet(
        row(1, value("A1", 1), value("D1", 4))
        + row(2, value("A2", 2), hidden="1")
        + row(3, hidden="1")
        + row(4, value("C4", 2), hidden="true"),
        before='<cols><col min="1" max="1"/><col min="2" max="3" hidden="1"/>'
        '<col min="5" max="16384" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3"/>'
        '<mergeCell ref="$D$5:C4"/></mergeCells>',
    )
    parts = xlsx_parts({"One": first, "Two": worksheet("")}, states={"Two": "veryHidden"})
    one, two = read_bytes(tmp_path, zipped(parts)).sheets
    assert (one.hidden, two.hidden) == (False, True)
    assert one.hidden_rows == {2, 4}
    assert one.hidden_columns == {3}  # B is blank, and so are those from E on
    assert one.merged == (Area(1, 1, 2, 2), Area(4, 3, 5, 4))


def test_prefixes_utf_16_and_the_strict_variant(tmp_path: Path) -> None:
    parts = xlsx_parts(worksheet(""))
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    part = (
        f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="{strict}"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="inlineStr"><x:is><x:t>né</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    parts["xl/worksheets/sheet1.xml"] = part.encode("utf-16")
    assert cells(read_bytes(tmp_path, zipped(parts)).sheets[0]) == {1: ("né",)}


def test_part_names_of_careless_tools(tmp_path: Path) -> None:
    parts = xlsx_parts(worksheet(row(1, value("A1", 0, "s"))), strings=["<t>x</t>"])
    parts["xl/SharedStrings.xml"] = parts.pop("xl/sharedStrings.xml")
    parts["XL\\Worksheets\\sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    assert cells(read_bytes(tmp_path, zipped(parts)).sheets[0]) == {1: ("x",)}


def test_a_workbook_elsewhere_in_the_package(tmp_path: Path) -> None:
    parts = xlsx_parts(worksheet(row(1, value("A1", 1))))
    parts["data/book.xml"] = parts.pop("xl/workbook.xml")
    parts["data/_rels/book.xml.rels"] = relations(("rId1", "worksheet", "/xl/worksheets/sheet1.xml"))
    del parts["xl/_rels/workbook.xml.rels"]
    parts["_rels/.rels"] = relations(("rId1", "officeDocument", "data/book.xml"))
    assert cells(read_bytes(tmp_path, zipped(parts)).sheets[0]) == {1: (1,)}


def test_macros_links_and_charts_are_named(tmp_path: Path) -> None:
    parts = xlsx_parts({"Data": worksheet(row(1, value("A1", 1))), "Chart": b"<chartsheet/>"})
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "chartsheet", "chartsheets/sheet1.xml"),
        ("rId3", "externalLink", "externalLinks/externalLink1.xml"),
    )
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = relations(
        ("rId1", "externalLinkPath", "old.xlsx"), external=["rId1"]
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    workbook = read_bytes(tmp_path, zipped(parts))
    assert rules(workbook) == ["macros", "external-links", "sheet-no-grid"]
    assert workbook.notices[1].params == {"count": 1, "targets": "old.xlsx"}
    assert workbook.notices[2].place.sheet == "Chart"
    assert [sheet.name for sheet in workbook.sheets] == ["Data"]


def test_control_characters_and_long_texts_are_cut_and_told(tmp_path: Path) -> None:
    data = row(1, text("A1", "a_x001B_[2Jb"), value("B1", 0, "s"), value("C1", 1, "s")) + row(
        2, *(text(f"{letter}2", "_x0000__xD83D_") for letter in "ABCD")
    )
    parts = xlsx_parts(worksheet(data), strings=["<t>_x0007_bell</t>", f"<t>{'x' * 40_000}</t>"])
    workbook = read_bytes(tmp_path, zipped(parts))
    assert cells(workbook.sheets[0]) == {1: ("a[2Jb", "bell", "x" * 32_767)}
    assert rules(workbook) == ["control-characters", "text-too-long"]
    assert workbook.notices[0].params == {"count": 6, "cells": "A1, B1, A2, …"}
    assert workbook.notices[1].place.cell == "C1"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xl/worksheets/sheet1.xml", None),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}"><sheets><sheet name="a"/></sheets></workbook>'.encode(),
        ),
        ("xl/_rels/workbook.xml.rels", None),
        ("xl/sharedStrings.xml", b"<sst><si></sst>"),
        ("xl/styles.xml", b"no markup"),
    ],
)
def test_missing_and_broken_parts(tmp_path: Path, name: str, part: bytes | None) -> None:
    parts = xlsx_parts(worksheet(row(1, value("A1", 1))))
    if part is None:
        del parts[name]
    else:
        parts[name] = part
    assert refused(tmp_path, zipped(parts)).rule == "file-damaged"


def test_texts_where_numbers_and_dates_should_be_are_cleaned_too(tmp_path: Path) -> None:
    data = row(1, value("A1", "\x85x"), value("B1", "\x85y", "d"), value("C1", "9" * 40_000))
    parts = xlsx_parts({"Sheet\x85" + "n" * 300: worksheet(data + row(2, value("A2", "#" * 300, "e")))})
    workbook = read_bytes(tmp_path, zipped(parts))
    assert cells(workbook.sheets[0]) == {1: ("x", "y", "9" * 32_767), 2: (ErrorValue("#" * 255),)}
    assert workbook.sheets[0].name == "Sheet" + "n" * 249
    assert rules(workbook) == ["control-characters", "text-too-long"]


def test_two_sheets_of_one_part(tmp_path: Path) -> None:
    parts = xlsx_parts({"One": worksheet(""), "Two": worksheet("")})
    targets = [(f"rId{i}", "worksheet", "worksheets/sheet1.xml") for i in (1, 2)]
    parts["xl/_rels/workbook.xml.rels"] = relations(*targets)
    assert refused(tmp_path, zipped(parts)).params["detail"] == "two sheets share this part"


def test_without_styles_and_shared_texts(tmp_path: Path) -> None:
    parts = xlsx_parts(worksheet(row(1, value("A1", 1, style=4))))
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    assert cells(read_bytes(tmp_path, zipped(parts)).sheets[0]) == {1: (1,)}


def test_cells_are_counted_against_the_limit(tmp_path: Path) -> None:
    data = zipped(xlsx_parts(worksheet("".join(row(i, value(f"D{i}", 1)) for i in range(1, 11)))))
    assert read_bytes(tmp_path, data, limits=Limits.of(max_cells=40)).sheets
    refusal = refused(tmp_path, data, limits=Limits.of(max_cells=39))
    assert (refusal.rule, refusal.params) == ("too-many-cells", {"limit": 39, "option": "--max-cells"})
    merged = '<mergeCell ref="A1:B2"/>' * 40
    data = zipped(xlsx_parts(worksheet("", after=merged)))
    assert refused(tmp_path, data, limits=Limits.of(max_cells=39)).rule == "too-many-cells"


def test_the_workbook_says_where_it_comes_from(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(zipped(xlsx_parts(worksheet(row(1, value("A1", 1))))))
    workbook = read(path)
    assert workbook.path == str(path)
    assert workbook.sheets[0].place(1, 1).cell == "A1"
    assert workbook.sheets[0].file == str(path)
    assert not workbook.sheets[0].from_csv
    assert len(workbook.sha256) == 64
    assert read(path, name="given").sheets[0].file == "given"


def test_a_file_that_libreoffice_wrote() -> None:
    practices, hidden = read(FILES / "libreoffice.xlsx").sheets
    assert cells(practices) == LIBREOFFICE
    assert practices.hidden_rows == {6}
    assert practices.hidden_columns == {5}
    assert practices.merged == (Area(8, 2, 9, 4),)
    assert (hidden.hidden, cells(hidden)) == (True, {1: ("x",)})


LIBREOFFICE: dict[int, tuple[Cell, ...]] = {
    3: (None, "id", "title", "share"),
    4: (
        None,
        7,
        "Formación dual",
        Percentage(0.125),
        dt.date(2024, 3, 4),
        dt.datetime.fromisoformat("2024-03-04T12:30:00"),
        dt.time(8, 15),
        dt.timedelta(hours=36),
    ),
    5: (None, True, ErrorValue("#DIV/0!"), None, 14, "xy", 12.5, 0),
    6: (None, "hidden"),
    8: (None, "merged"),
    11: (None, "plain bold end"),
    12: (None, "link"),
    13: (None, 0),
}

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
VALUES = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda x: float(f"{x:.15g}")),
    st.booleans(),
    TEXTS,
    st.dates(dt.date(1905, 1, 1), dt.date(2100, 1, 1)),
)
TABLES = st.lists(st.lists(VALUES, max_size=5), max_size=6)


def plain(table: list[list[Cell]]) -> dict[int, tuple[Cell, ...]]:
    """What a table should be read as."""
    wanted = {}
    for number, found in enumerate(table, 1):
        line = [None if cell == "" else cell for cell in found]
        while line and line[-1] is None:
            line.pop()
        if any(cell is not None and not (isinstance(cell, str) and not cell.strip()) for cell in line):
            wanted[number] = tuple(line)
    return wanted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=TABLES)
def test_what_xlsxwriter_writes_is_what_is_read(tmp_path: Path, table: list[list[Cell]]) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        date = book.add_format({"num_format": "d/m/yyyy"})
        for i, line in enumerate(table):
            for j, cell in enumerate(line):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(i, j, cell, date)
                elif isinstance(cell, str):
                    sheet.write_string(i, j, cell)
                else:
                    sheet.write(i, j, cell)
    found = cells(read_bytes(tmp_path, buffer.getvalue()).sheets[0])
    assert found == plain(table)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=TABLES)
def test_what_openpyxl_writes_is_what_is_read(tmp_path: Path, table: list[list[Cell]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for i, line in enumerate(table, 1):
        for j, cell in enumerate(line, 1):
            found = sheet.cell(i, j)
            found.value = cell  # type: ignore[assignment]
            if isinstance(cell, str):
                found.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    assert cells(read_bytes(tmp_path, buffer.getvalue()).sheets[0]) == plain(table)
