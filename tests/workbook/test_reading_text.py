from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.model.cells import Cell, ErrorValue, Sheet
from dualeco_cli.workbook import delimited
from dualeco_cli.workbook.limits import MIB, Limits
from dualeco_cli.workbook.read import read
from dualeco_cli.workbook.refusal import Refusal
from tests.workbook.making import cells, check, read_bytes, refused, rules, xlsx_parts, zipped


def one(folder: Path, text: str | bytes) -> Sheet:
    data = text.encode() if isinstance(text, str) else text
    (sheet,) = read_bytes(folder, data, "Practices.csv").sheets
    return sheet


def test_cells_stay_the_text_that_they_are(tmp_path: Path) -> None:
    sheet = one(tmp_path, 'id,title,n\n007, a ,"1,50"\nTRUE,2024-03-04,1e5\n')
    assert cells(sheet) == {
        1: ("id", "title", "n"),
        2: ("007", " a ", "1,50"),
        3: ("TRUE", "2024-03-04", "1e5"),
    }
    assert (sheet.name, sheet.file, sheet.from_csv) == ("Practices", "Practices.csv", True)


def test_error_values_in_four_languages(tmp_path: Path) -> None:
    codes = "#REF! #BEZUG! #RIF! #¡REF! #DIV/0! #N/A #NV #N/D #NAME? #NOMBRE? #NOME? #VALUE! #WERT! #VALORE!"
    codes += " #¡VALOR! #NUM! #ZAHL! #NULL!"
    found = cells(one(tmp_path, ",".join(codes.split()) + ",#nv,#1,# REF!"))[1]
    assert found[:18] == tuple(ErrorValue(code) for code in codes.split())
    assert found[18:] == (ErrorValue("#nv"), "#1", "# REF!")


@pytest.mark.parametrize(
    ("text", "delimiter", "decimal"),
    [
        ("a,b\n1,2\n", "comma", "."),
        ("a;b\n1;2\n", "semicolon", "."),
        ("a;b\n1,5;2,5\n", "semicolon", ","),
        ("a;b\n1.5;2\n", "semicolon", "."),
        ("a;b\n1,5;2.5\n", "semicolon", "."),
        ("a;b\n1,234;2\n", "semicolon", "."),
        ("a;b\n1.234,5;2\n", "semicolon", ","),
        ("a;b\n0,125!;2\n", "semicolon", ","),
        ("a\tb\n1,5\t2\n", "tab", ","),
        ("a\tb\n", "tab", "."),
        ('a;"b;c;d"\n1;2\n', "semicolon", "."),
        ("sep=;\na,b;c\n1,5;2\n", "semicolon", ","),
        ('"sep=,"\na;b,c\n', "comma", "."),
        ("sep=|\r\na|b\r\n", "|", "."),
        ("title\nno delimiter at all\n", "comma", "."),
        ("id;text\n1;one, two\n2;three, four, five\n", "semicolon", "."),
        ("id,text\n1,one; two\n2,three\n", "comma", "."),
        ("Practices of the study\n\nid;a;b\nx;1,5;2,5\ny;1,5;3,0\n", "semicolon", ","),
        ('id;text\n1;"one\ntwo; three"\n', "semicolon", "."),
    ],
)
def test_delimiter_and_decimal_mark(tmp_path: Path, text: str, delimiter: str, decimal: str) -> None:
    workbook = read_bytes(tmp_path, text.encode())
    assert workbook.sheets[0].decimal_mark == decimal
    if (delimiter, decimal) == ("comma", "."):
        assert rules(workbook) == []
    else:
        assert rules(workbook) == ["csv-dialect"]
        assert workbook.notices[0].params == {"delimiter": delimiter, "decimal": decimal}


def test_rows_are_numbered_as_a_spreadsheet_program_does(tmp_path: Path) -> None:
    text = 'sep=,\r\nid,title\r\n\r\n1,"two\r\nlines"\r\n,,\r\n  ,\t\r\n2,x,,\r\n'
    assert cells(one(tmp_path, text)) == {1: ("id", "title"), 3: ("1", "two\r\nlines"), 6: ("2", "x")}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(tmp_path: Path, ending: str) -> None:
    assert cells(one(tmp_path, ending.join(["a,b", "1,2", ""]))) == {1: ("a", "b"), 2: ("1", "2")}


def test_other_line_separators_are_part_of_the_text(tmp_path: Path) -> None:
    assert cells(one(tmp_path, "a\u2028b,c\n")) == {1: ("a\u2028b", "c")}


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", None),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings(tmp_path: Path, codec: str, encoding: str | None) -> None:
    workbook = read_bytes(tmp_path, "id,título\n1,Formación “dual”\n".encode(codec))
    assert cells(workbook.sheets[0]) == {1: ("id", "título"), 2: ("1", "Formación “dual”")}
    if encoding in {None, "UTF-8"}:
        assert rules(workbook) == []
    else:
        assert [notice.params for notice in workbook.notices] == [{"encoding": encoding}]


def test_utf_16_with_the_other_end_first(tmp_path: Path) -> None:
    assert cells(one(tmp_path, b"\xfe\xff" + "né,b\n".encode("utf-16-be"))) == {1: ("né", "b")}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"a,b\n\x81\xe9,1\n", "file-encoding"),
        (b"\xef\xbb\xbfa,b\n\xe9,1\n", "file-encoding"),
        (b"\xff\xfea\0,\0b", "file-encoding"),
        (b"a,b\n1,x\0y\x1b[2J\n", "file-with-nul"),
        ("a,b\n1,2\n".encode("utf-16-le"), "file-with-nul"),
        (b"a," + b"x" * 5000 + b"\0", "file-with-nul"),
    ],
)
def test_text_that_cannot_be_read(tmp_path: Path, data: bytes, rule: str) -> None:
    assert refused(tmp_path, data).rule == rule


@pytest.mark.parametrize(
    ("text", "row", "line"),
    [
        ('id,title\n1,"open\n2,x\n3,y\n', 2, 2),
        ('id,title\n\n"1\n1",a\n2,"never" closed"\n', 4, 5),
        ('id,title\n1,"open' + "x" * 200_000, 2, 2),
        ('id,title\n1,"a "quoted" word"\n', 2, 2),
        ('"', 1, 1),
    ],
)
def test_quotation_marks_that_do_not_match(tmp_path: Path, text: str, row: int, line: int) -> None:
    refusal = refused(tmp_path, text.encode())
    assert refusal.rule == "csv-quotes"
    assert (refusal.place.row, refusal.params["line"]) == (row, line)


def test_a_quotation_mark_within_a_plain_cell_is_just_that(tmp_path: Path) -> None:
    assert cells(one(tmp_path, 'a,5" disk\n')) == {1: ("a", '5" disk')}


def test_the_csv_module_is_left_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    workbook = read_bytes(tmp_path, f"a,{'x' * 200_000}\nb\x07,c\n".encode())
    assert cells(workbook.sheets[0]) == {1: ("a", "x" * 32_767), 2: ("b", "c")}
    assert rules(workbook) == ["text-too-long", "control-characters"]
    assert workbook.notices[1].place.cell == "A2"
    assert csv.field_size_limit() == before


def test_text_larger_than_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path, b"x\n" + b"," * 16_384 + b"x").rule == "too-many-columns"
    assert refused(tmp_path, b"a,b,c\n" * 4, limits=Limits(cells=11)).rule == "too-many-cells"
    assert cells(one(tmp_path, b"x" + b"," * 20_000)) == {1: ("x",)}
    monkeypatch.setattr(delimited, "LAST_ROW", 10)
    assert refused(tmp_path, b"x\n" * 11).rule == "too-many-rows"


def test_angle_brackets_and_braces_are_no_proof(tmp_path: Path) -> None:
    assert cells(one(tmp_path, "<id>,b\n1,2\n"))[1] == ("<id>", "b")
    assert cells(one(tmp_path, "{id},[b]\n1,2\n"))[1] == ("{id}", "[b]")


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff#\ufeff"), max_size=6
)
TEXTS = st.one_of(TEXTS, st.sampled_from(['"', ",", ";", "a\nb", "1,5", "x\r\ny", "'", "\t"]))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=5)
    ),
    delimiter=st.sampled_from(",;\t"),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_the_csv_module_writes_is_what_is_read(
    tmp_path: Path, rows: list[list[str]], delimiter: str, codec: str
) -> None:
    buffer = io.StringIO()
    header = [f"column {i}" for i in range(len(rows[0]))]
    # All quoted, so that the delimiter is beyond doubt.
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    found = cells(one(tmp_path, buffer.getvalue().encode(codec)))
    wanted: dict[int, tuple[Cell, ...]] = {1: tuple(header)}
    for number, row in enumerate(rows, 2):
        line: list[Cell] = [cell or None for cell in row]
        while line and line[-1] is None:
            line.pop()
        if "".join(row).strip():
            wanted[number] = tuple(line)
    assert found == wanted


def folder(path: Path, **files: bytes) -> Path:
    made = path / "study"
    made.mkdir()
    for name, data in files.items():
        (made / name.replace("_", ".")).write_bytes(data)
    return made


def test_a_folder_is_one_workbook(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        Practices_csv=b"id,title\n1,One\n",
        Merits_CSV=b"practice;a\n1;2\n",
        notes_txt=b"no",
        Basis_tsv=b"a\tb\n",
    )
    (path / "~$Practices.csv").touch()
    (path / ".hidden.csv").touch()
    (path / "deeper.csv").mkdir()
    workbook = read(path)
    assert [sheet.name for sheet in workbook.sheets] == ["Basis", "Merits", "Practices"]
    assert workbook.sheets[2].file == str(path / "Practices.csv")
    assert workbook.path == str(path)
    assert rules(workbook) == ["csv-dialect", "csv-dialect"]
    lines = [
        f"{name}\0{hashlib.sha256((path / name).read_bytes()).hexdigest()}\n"
        for name in ("Basis.tsv", "Merits.CSV", "Practices.csv")
    ]
    assert workbook.sha256 == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert read(path, name="given").sheets[0].file == str(Path("given") / "Basis.tsv")


def test_folders_that_are_refused(tmp_path: Path) -> None:
    path = folder(tmp_path)
    for data, rule, limits in (
        (None, "folder-empty", Limits()),
        (zipped(xlsx_parts(b"")), "folder-not-csv", Limits()),
        (b"", "file-empty", Limits()),
        (b"x" * MIB, "file-too-large", Limits(total_bytes=1000)),
        (b"a,b,c", "too-many-cells", Limits(cells=2)),
        (b"a,b,c", "file-too-many-parts", Limits(parts=0)),
    ):
        if data is not None:
            (path / "a.csv").write_bytes(data)
        with pytest.raises(Refusal) as caught:
            read(path, limits=limits)
        check(caught.value)
        assert caught.value.rule == rule
        whole = rule in {"folder-empty", "file-too-many-parts"}
        assert caught.value.place.file == str(path if whole else path / "a.csv")
