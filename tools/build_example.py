"""Writes examples/practices.xlsx from the CSV files in examples/practices.

The CSV files are the original: edit them, then run

    python tools/build_example.py            # writes the workbook
    python tools/build_example.py --check    # exit 1 if the workbook is not what the CSV files give

The same CSV files and the same XlsxWriter give the same bytes. The check compares what is packed in the
workbook, so that another zlib, which may pack the same content differently, does not fail it in CI.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "examples" / "practices"
TARGET: Final = ROOT / "examples" / "practices.xlsx"
CREATED: Final = datetime(2025, 1, 1)  # noqa: DTZ001 - Excel knows no time zones; fixed, so the bytes are too
NUMBER: Final = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
INK, HEAD, LINE, BAND = "#1F3044", "#1F4E79", "#C9D3DD", "#F3F6FA"
POINTS_PER_LINE: Final = 14.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one sheet looks: widths in characters by column, columns that stay in view, printed pages."""

    name: str
    tab: str
    widths: Mapping[str, float] = field(default_factory=dict)
    default_width: float = 14
    frozen: int = 1
    numbers: frozenset[str] = frozenset()
    levels: bool = False
    pages_wide: int = 1


SHEETS: Final = (
    Sheet("Guide", "#7F8FA3", {"topic": 26, "text": 100}, frozen=0),
    Sheet(
        "Practices",
        HEAD,
        {
            "id": 34, "title": 30, "source": 17, "country": 11, "organisation": 28, "partners": 34,
            "objectives": 18, "summary": 55, "core_functions": 48, "target_group": 26, "sector": 24,
            "eqf_level": 12, "start_year": 13, "evidence": 48, "difficulties": 44, "url": 50,
        },
        frozen=2,
        numbers=frozenset({"eqf_level", "start_year"}),
        pages_wide=2,
    ),
    Sheet("Merits", "#2E7D6B", {"practice": 34}, levels=True),
    Sheet("Requirements", "#2E7D6B", {"practice": 34}, levels=True),
    Sheet(
        "Basis",
        "#7F8FA3",
        {"practice": 34, "indicator": 22, "basis": 80, "origin": 12, "year": 8, "url": 60},
        frozen=2,
        numbers=frozenset({"year"}),
    ),
    Sheet(
        "Adaptations",
        "#B7791F",
        {"practice": 18, "adaptation": 20, "title": 34, "indicator": 20, "required": 11, "note": 80},
        frozen=2,
        numbers=frozenset({"required"}),
    ),
    Sheet(
        "Pilots",
        "#B7791F",
        {"practice": 18, "target": 16, "year": 8, "outcome": 11, "adaptation": 20, "note": 70, "url": 50},
        frozen=2,
        numbers=frozenset({"year", "outcome"}),
    ),
)  # fmt: skip


def read(name: str) -> tuple[list[str], list[list[str]]]:
    """Returns the header and the rows of a CSV file of the example."""
    with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ValueError(f"{name}.csv, row {number}: {len(row)} cells under {len(header)} headers")
    return header, rows


def lines(text: str, width: float) -> int:
    """Returns about how many lines a wrapped text takes in a column that many characters wide."""
    return sum(max(1, -(-len(part) // max(1, int(width * 0.9)))) for part in text.split("\n"))


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Returns the height in points at which the longest cell of a row is readable, 400 at most."""
    most = max(lines(text, width) for text, width in zip(texts, widths, strict=True))
    return min(400.0, 4 + POINTS_PER_LINE * most)


def formats(book: Any) -> dict[str, Any]:
    """Makes the cell formats of the workbook."""
    base = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
    edge = {"border": 1, "border_color": LINE}
    head = base | edge | {"bold": True, "font_color": "#FFFFFF", "bg_color": HEAD}
    head |= {"text_wrap": True, "valign": "vcenter"}
    made: dict[str, Any] = {
        "head": book.add_format(head),
        "level_head": book.add_format(head | {"align": "center"}),
    }
    for key, extra in (("", {}), ("_band", {"bg_color": BAND})):
        made[f"text{key}"] = book.add_format(base | edge | extra | {"text_wrap": True})
        made[f"key{key}"] = book.add_format(base | edge | extra | {"bold": True, "text_wrap": True})
        made[f"mid{key}"] = book.add_format(base | edge | extra | {"align": "center"})
    return made


def write_sheet(book: Any, style: Mapping[str, Any], sheet: Sheet) -> None:
    """Writes one sheet: numbers as numbers, everything else as text that Excel never computes."""
    header, rows = read(sheet.name)
    widths = [sheet.widths.get(name, max(sheet.default_width, len(name) + 3)) for name in header]
    page = book.add_worksheet(sheet.name)
    page.set_tab_color(sheet.tab)
    for column, name in enumerate(header):
        centred = name in sheet.numbers or (sheet.levels and column > 0)
        page.set_column(column, column, widths[column])
        page.write_string(0, column, name, style["level_head" if centred else "head"])
    page.set_row(0, 24)
    for index, row in enumerate(rows, start=1):
        band = "_band" if index % 2 == 0 else ""
        page.set_row(index, row_height(row, widths))
        for column, (name, cell) in enumerate(zip(header, row, strict=True)):
            level = sheet.levels and column > 0
            centred = level or name in sheet.numbers
            kind = style[("key" if column == 0 else "mid" if centred else "text") + band]
            if cell == "":
                page.write_blank(index, column, None, kind)
            elif centred and NUMBER.fullmatch(cell):
                page.write_number(index, column, float(cell), kind)
            else:
                page.write_string(index, column, cell, kind)
    page.freeze_panes(1, sheet.frozen)
    if sheet.name != "Guide":
        page.autofilter(0, 0, len(rows), len(header) - 1)
    page.set_landscape()
    page.set_paper(8 if sheet.pages_wide > 1 else 9)  # A3 or A4
    page.fit_to_pages(sheet.pages_wide, 0)
    page.repeat_rows(0)
    page.repeat_columns(0)
    page.set_footer("&L&A&RPage &P of &N")
    page.hide_gridlines(2)


def build() -> bytes:
    """Returns the workbook as bytes."""
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(memory, options) as book:
        book.set_properties(
            {
                "title": "Good practices of four dual VET ecosystems",
                "subject": "Example for dualeco",
                "author": "The dualeco authors",
                "comments": "Compiled from public web pages; see the sheets Guide and Basis.",
                "created": CREATED,
            }
        )
        style = formats(book)
        for sheet in SHEETS:
            write_sheet(book, style, sheet)
    return memory.getvalue()


def unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """Returns the names and contents of the parts of a workbook, in order; none if it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except zipfile.BadZipFile:
        return []


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the workbook, or with --check says whether it is up to date."""
    parser = argparse.ArgumentParser(description="Builds examples/practices.xlsx from its CSV files.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file would change")
    wanted = parser.parse_args(arguments)
    content = build()
    current = TARGET.read_bytes() if TARGET.exists() else b""
    if unpacked(current) == unpacked(content):
        print(f"{TARGET.relative_to(ROOT)} is up to date")
        return 0
    if wanted.check:
        print(f"{TARGET.relative_to(ROOT)} would change: run python tools/build_example.py", file=sys.stderr)
        return 1
    TARGET.write_bytes(content)
    print(f"{TARGET.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
