from __future__ import annotations

import csv
import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.model.safe import EXCEL_TEXT, csv_cell, excel_text, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 😀", "plain é 😀"),
        ("a\nb\tc\r\nd", "a b c  d"),
        ("\x1b[2Jx\x07\x00\x9b", "[2Jx"),
        ("a\u202eb\u2066c\u200bd\ufeffe\u00adf", "abcdef"),
        ("a\u2028b", "a b"),
        ("non\u00a0break", "non\u00a0break"),
        ("\ud800x", "x"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_for_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_for_the_terminal_on_one_line(text: str) -> None:
    shown = printable(text)
    assert not set(shown) & {chr(i) for i in (*range(32), *range(127, 160))}
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_for_csv_no_formula(start: str) -> None:
    assert csv_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert csv_cell(f"\x00\x1b{start}1") == f"'{start}1"


def test_for_csv_all_else_is_left_alone() -> None:
    assert [csv_cell(value) for value in (-2, 1.5, None, True, "a=b", "")] == [-2, 1.5, None, True, "a=b", ""]


@given(st.text())
def test_for_csv_what_is_written_can_be_read(text: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(["x", csv_cell(text)])
    ((_, found),) = csv.reader(io.StringIO(buffer.getvalue(), newline=""))
    assert found == csv_cell(text)
    assert not found.startswith(("=", "+", "-", "@"))


def test_for_excel_length_and_controls() -> None:
    assert excel_text("a\x00b\x1bc\nd") == "abc\nd"
    assert excel_text("x" * EXCEL_TEXT) == "x" * EXCEL_TEXT
    long = excel_text("x" * 40_000)
    assert len(long) == EXCEL_TEXT
    assert long.endswith("x…")
    # Outside the basic plane a character counts twice.
    for text in ("😀" * 20_000, "x" + "😀" * 20_000):
        cut = excel_text(text)
        assert len(cut.encode("utf-16-le")) // 2 <= EXCEL_TEXT
        assert cut.endswith("😀…")


@given(st.text(max_size=50))
def test_for_excel_the_writer_takes_it(text: str) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        assert book.add_worksheet().write_string(0, 0, excel_text(text)) == 0
