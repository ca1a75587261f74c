"""Makes the workbook that has everything: what a library that reads and writes it anew would lose."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import warnings
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from dualeco_cli.checks.load import Loaded, load
from dualeco_cli.model.finding import Finding

#: Faults on Practices: a blank title (B3), a year that is none (E4), an unknown word (F5), and in a cell that
#: has a note already an EQF level off the scale (D2).
PRACTICES = (
    ("id", "title", "source", "eqf_level", "start_year", "objectives", "evidence"),
    ("alpha", "Alpha", "lombardy", 9, 2001, "quality", "=1+1"),
    ("beta", "", "bremen", 4, 2002, "wbl", "two"),
    ("gamma", "Gamma", "bremen", 5, "soon", "wbl", "rich"),
    ("delta", "Delta", "basque-country", 6, 2004, "qualty", "four"),
)


def png() -> bytes:
    """A small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    rows = b"".join(b"\0" + b"\x20\x60\xa0" * 16 for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def rich_workbook() -> bytes:
    """A study with faults, in a workbook with all that people put into workbooks."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    sheet = book.add_worksheet("Practices")
    bold = book.add_format({"bold": True, "bg_color": "#C0E0FF", "border": 1})
    percent = book.add_format({"num_format": "0.0%"})
    for row, cells in enumerate(PRACTICES):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(row, column, cell, percent, 2)
            elif cell == "rich":
                sheet.write_rich_string(row, column, "half ", bold, "bold", " text")
            elif cell:
                sheet.write(row, column, cell, bold if row == 0 else None)
    sheet.write_comment("D2", "Mine: please check.", {"author": "Ana", "x_scale": 2})
    sheet.write_comment("A1", "Header note")
    sheet.set_column("B:B", 30, percent)
    sheet.set_row(6, 40, bold)
    sheet.freeze_panes(1, 2)
    sheet.insert_image("J2", "logo.png", {"image_data": io.BytesIO(png()), "description": "A logo"})
    sheet.insert_textbox("J8", "A text box")
    sheet.insert_button("J12", {"macro": "nothing", "caption": "Press"})
    sheet.conditional_format(
        "E2:E5", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#9DC3E6"}
    )
    sheet.conditional_format("D2:D5", {"type": "3_color_scale"})
    sheet.add_sparkline("I2", {"range": "Practices!E2:E5"})
    sheet.data_validation("F2:F5", {"validate": "list", "source": ["quality", "wbl"]})
    sheet.print_area("A1:G5")
    sheet.repeat_rows(0)
    sheet.set_header("&L&G", {"image_left": "logo.png", "image_data_left": io.BytesIO(png())})
    table = book.add_worksheet("Notes & more")
    table.add_table("A1:B3", {"name": "Costs", "data": [["a", 1], ["b", 2]]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Notes & more'!$B$2:$B$3"})
    table.insert_chart("D2", chart)
    table.activate()
    hidden = book.add_worksheet("Pilots")
    hidden.write_row(0, 0, ["practice", "target", "outcome"])
    hidden.write_row(1, 0, ["alpha", "bremen", 3])
    hidden.hide()
    only_bars = book.add_chartsheet("Bars")
    only_bars.set_chart(_second_chart(book))
    book.define_name("Pilots!here", "=Pilots!$A$1")
    book.define_name("everywhere", "=Practices!$A$1")
    book.close()
    return memory.getvalue()


def _second_chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Practices!$E$2:$E$5"})
    return chart


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    """A package of these parts."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    """A workbook as openpyxl sees it, without its warnings of what it does not see."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data), rich_text=True, data_only=values)


def checked(path: Path) -> Loaded:
    """What validation finds in a file."""
    return load([path])


def alike(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """Findings without the file that they are in, in an order of their own."""
    return sorted((one.code, one.sheet or "", one.cell or "", one.message) for one in findings)


def office(source: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice converts it; the test is skipped where there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here")
    profile = folder / "profile"
    command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
    environment = {**os.environ, "HOME": str(folder)}
    done = subprocess.run(
        [*command, "--outdir", str(folder), str(source)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )
    result = folder / f"{source.stem}.{kind.partition(':')[0]}"
    assert result.exists(), done.stdout + done.stderr
    return result
