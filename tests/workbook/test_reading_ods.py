from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dualeco_cli.model.cells import Area, Cell, ErrorValue, Percentage, Sheet, Uncomputed
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.read import read
from tests.workbook.making import FILES, cells, ods_parts, read_bytes, refused, rules, zipped
from tests.workbook.test_reading_xlsx import LIBREOFFICE


def table(rows: str, name: str = "Practices", more: str = "", columns: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{columns}{rows}</table:table>'


def line(*found: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(found)}</table:table-row>"


def cell(attributes: str = "", text: str | None = None, inside: str = "") -> str:
    paragraph = "" if text is None else f"<text:p>{text}</text:p>"
    return f"<table:table-cell {attributes}>{inside}{paragraph}</table:table-cell>"


def typed(kind: str, attribute: str = "", text: str = "shown") -> str:
    return cell(f'office:value-type="{kind}" {attribute}', text)


def one(folder: Path, rows: str, **options: str) -> Sheet:
    (sheet,) = read_bytes(folder, zipped(ods_parts(table(rows, **options)))).sheets
    return sheet


def values(folder: Path, *found: str) -> tuple[Cell, ...]:
    return cells(one(folder, line(*found))).get(1, ())


def test_values(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        typed("float", 'office:value="7"'),
        typed("float", 'office:value="7.5"'),
        typed("currency", 'office:value="12"'),
        typed("percentage", 'office:value="0.125"'),
        typed("date", 'office:date-value="2024-03-04"'),
        typed("date", 'office:date-value="2024-03-04T12:30:00.000000000"'),
        typed("time", 'office:time-value="PT08H15M00S"'),
        typed("time", 'office:time-value="PT36H00M00.5S"'),
        typed("time", 'office:time-value="soon"'),
        typed("boolean", 'office:boolean-value="true"'),
        typed("string", 'office:string-value="stored"'),
        typed("string"),
        typed("float", 'office:value="NaN"'),
        typed("date", 'office:date-value="-0044-03-15"'),
    )
    moment = dt.datetime.fromisoformat("2024-03-04T12:30:00")
    assert found[:6] == (7, 7.5, 12, Percentage(0.125), moment.date(), moment)
    assert found[6:9] == (dt.time(8, 15), dt.timedelta(hours=36, seconds=0.5), "soon")
    assert found[9:] == (True, "stored", "shown", "NaN", "-0044-03-15")


def test_formulas_and_errors(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        cell('table:formula="of:=[.B1]*2" office:value-type="float" office:value="4"', "4"),
        cell('table:formula="of:=[.B1]*2"'),
        cell('table:formula="of:=&quot;&quot;"', ""),
        cell('table:formula="of:=1/0" calcext:value-type="error" office:value-type="string"', "#DIV/0!"),
        cell('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#BEZUG!"),
        cell('calcext:value-type="error"', "Err:502"),
        typed("string", text="#N/A"),
    )
    assert found == (
        4,
        Uncomputed("=[.B1]*2"),
        None,
        ErrorValue("#DIV/0!"),
        ErrorValue("#BEZUG!"),
        ErrorValue("Err:502"),
        "#N/A",
    )


def test_texts(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>a note</text:p></office:annotation>"
    drawing = "<draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame>"
    found = values(
        tmp_path,
        cell("", "one</text:p><text:p>two"),
        cell("", 'a<text:s text:c="3"/>b<text:s/>c<text:tab/>d<text:line-break/>e  f'),
        cell("", "<text:span>bold <text:span>and</text:span></text:span> <text:a>link</text:a>\n   next"),
        cell("", "text", inside=note + drawing),
        cell("", "base<text:ruby-text>spoken</text:ruby-text>"),
        cell("", "a\x7fb"),
        cell("", "", inside="<table:detective/>"),
        cell("", "end"),
    )
    assert found == ("one\ntwo", "a   b c\td\ne  f", "bold and link next", "text", "base", "ab", None, "end")


def test_repeated_cells_and_rows(tmp_path: Path) -> None:
    rows = (
        line(cell('table:number-columns-repeated="2"'), cell('table:number-columns-repeated="3"', "x"))
        + line(cell(), more=' table:number-rows-repeated="4"')
        + line(
            cell("", "y"),
            cell('table:number-columns-repeated="16383"'),
            more=' table:number-rows-repeated="2"',
        )
        + line(cell('table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="1048569"')
    )
    assert cells(one(tmp_path, rows)) == {1: (None, None, "x", "x", "x"), 6: ("y",), 7: ("y",)}


NINETY = cell('table:number-columns-repeated="90"', "x")


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (line(NINETY, more=' table:number-rows-repeated="1000000"'), "too-many-cells"),
        (line(cell('table:number-columns-repeated="16385"', "x")), "file-damaged"),
        (line(cell("", "x"), more=' table:number-rows-repeated="1048577"'), "file-damaged"),
        (line(cell('table:number-columns-repeated="99999999999999999999"')), "file-damaged"),
        (line(cell('table:number-columns-repeated="0"')), "file-damaged"),
        (line(cell('table:number-columns-repeated="-1"')), "file-damaged"),
        (cell("", "x"), "file-damaged"),
        (line(), "none"),
        (table(""), "file-damaged"),
    ],
)  # fmt: skip
def test_what_no_program_writes(tmp_path: Path, rows: str, rule: str) -> None:
    data = zipped(ods_parts(table(rows)))
    if rule == "none":
        assert read_bytes(tmp_path, data).sheets[0].rows == ()
    else:
        assert refused(tmp_path, data).rule == rule


def test_blanks_written_as_counts_do_not_fill_the_memory(tmp_path: Path) -> None:
    blanks = '<text:s text:c="99999999"/>' * 5_000
    workbook = read_bytes(tmp_path, zipped(ods_parts(table(line(cell("", f"x{blanks}"))))))
    assert len(str(cells(workbook.sheets[0])[1][0])) == 32_767
    assert rules(workbook) == ["text-too-long"]


def test_hidden_and_merged(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    columns = (
        '<table:table-column/><table:table-column-group><table:table-column table:visibility="collapse" '
        'table:number-columns-repeated="2"/></table:table-column-group>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16381"/>'
    )
    merged = cell('table:number-columns-spanned="2" table:number-rows-spanned="3"', "a")
    filtered = line(cell("", "b"), more=' table:visibility="filter" table:number-rows-repeated="2"')
    rows = line(merged, "<table:covered-table-cell/>", cell("", "c"))
    rows += f"<table:table-row-group>{filtered}</table:table-row-group>"
    rows += line(more=' table:visibility="collapse"')
    tables = table(rows, columns=columns, more=' table:style-name="ta1"')
    tables += table("", "Other", ' table:style-name="ta2"')
    first, second = read_bytes(tmp_path, zipped(ods_parts(tables, styles))).sheets
    assert (first.hidden, second.hidden) == (False, True)
    assert first.hidden_rows == {2, 3}
    assert first.hidden_columns == {3}
    assert first.merged == (Area(1, 1, 3, 2),)


def test_covered_cells_keep_their_place(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>"
    assert values(tmp_path, cell("", "a"), covered, cell("", "c")) == ("a", "under", "c")


def test_changes_shapes_and_copies_of_other_files_are_not_read(tmp_path: Path) -> None:
    changes = f"<table:tracked-changes>{cell('', 'deleted')}</table:tracked-changes>"
    shapes = f"<table:shapes>{table(line(cell('', 'chart')))}</table:shapes>"
    source = '<table:table-source xlink:href="file:///old.ods"/>'
    tables = table(shapes + line(cell("", "kept"))) + table(
        source + line(cell("", "copy")), "'file:///old.ods'#a"
    )
    parts = ods_parts(tables, before=changes)
    parts["Basic/Standard/Module1.xml"] = b"<module/>"
    workbook = read_bytes(tmp_path, zipped(parts))
    assert [cells(sheet) for sheet in workbook.sheets] == [{1: ("kept",)}]
    assert rules(workbook) == ["macros", "external-links"]
    assert workbook.notices[1].params == {"count": 1, "targets": "file:///old.ods"}


def test_known_by_its_manifest(tmp_path: Path) -> None:
    parts = ods_parts(table(line(cell("", "x"))))
    del parts["mimetype"]
    entry = b'<f m="application/vnd.oasis.opendocument.spreadsheet"/>'
    parts["META-INF/manifest.xml"] = entry
    assert cells(read_bytes(tmp_path, zipped(parts)).sheets[0]) == {1: ("x",)}


def test_without_content(tmp_path: Path) -> None:
    parts = ods_parts("")
    del parts["content.xml"]
    assert refused(tmp_path, zipped(parts)).rule == "file-damaged"


def test_merged_areas_count(tmp_path: Path) -> None:
    rows = line(*(cell('table:number-columns-spanned="2"') for _ in range(9)))
    data = zipped(ods_parts(table(rows)))
    assert refused(tmp_path, data, limits=Limits(cells=8)).rule == "too-many-cells"


def test_a_file_that_libreoffice_wrote() -> None:
    workbook = read(FILES / "libreoffice.ods")
    assert workbook.notices == ()
    practices, hidden = workbook.sheets
    assert cells(practices) == LIBREOFFICE
    assert practices.hidden_rows == {6}
    assert practices.hidden_columns == {5}
    assert practices.merged == (Area(8, 2, 9, 4),)
    assert (hidden.hidden, cells(hidden)) == (True, {1: ("x",)})
