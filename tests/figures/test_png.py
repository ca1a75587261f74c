"""The charts as PNG pictures, drawn from the SVG files."""

from __future__ import annotations

import struct
import sys

import pytest

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.figures import drawings, figures
from dualeco_cli.reports.figures.png import COVERED, MOST_PIXELS, ZOOM, picture
from dualeco_cli.reports.figures.svg import INK, Canvas, fitted, width_of, wrapped


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def line(text: str, *, bold: bool = False) -> str:
    canvas = Canvas("line", "A line", [])
    canvas.text(10, 30, text, size=20, bold=bold)
    return canvas.document(40)


def test_all_files(report: Report, study: Study) -> None:
    files = figures(report, study)
    names = [drawing.name for drawing in drawings(report, study)]
    assert list(files) == [f"{name}.{kind}" for name in names for kind in ("svg", "png")]
    assert files == figures(report, study), "the same bytes each time"
    width, _height = size(files["ranking-lombardy.png"])
    assert width == 960 * ZOOM


def test_letters_are_drawn_without_a_font_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    resvg = pytest.importorskip("resvg_py")
    original = resvg.svg_to_bytes

    def remember(**options: object) -> bytes:
        asked.append(options["skip_system_fonts"])
        return bytes(original(**options))

    monkeypatch.setattr(sys.modules["resvg_py"], "svg_to_bytes", remember)
    pictures = {text: picture(line(text)) for text in ("", "Größe", "ЖΩŁ", "≥ € “–”")}
    assert len(set(pictures.values())) == 4
    assert asked == [True] * 4
    assert picture(line("a", bold=True)) != picture(line("a"))
    picture(line("実践"))
    assert asked[-1] is False


def test_all_covered_letters_have_a_shape() -> None:
    """A letter that the font lacked would be drawn as the same box as any other."""
    box = picture(line("\U000f0000"))
    for part in COVERED.split(","):
        first = chr(int(part.partition("-")[0], 16))
        if first not in {" ", "\xa0", "̀", "̣"}:
            assert picture(line(first)) != box, part


def test_a_huge_drawing_is_made_smaller() -> None:
    canvas = Canvas("huge", "Huge", [], 50_000)
    canvas.rect(0, 0, 100, 100, fill=INK)
    width, height = size(picture(canvas.document(400)))
    assert width <= MOST_PIXELS + 1
    assert height < 200


def test_widths() -> None:
    assert width_of("iii", 10) < width_of("mmm", 10)
    assert width_of("a", 10) == pytest.approx(width_of("ä", 10))
    assert width_of("a", 10, bold=True) >= width_of("a", 10)
    assert width_of("実", 10) == 10


def test_fitted() -> None:
    assert fitted("short", 10, 100) == "short"
    cut = fitted("a much longer text than that", 10, 60)
    assert cut.endswith("…")
    assert width_of(cut, 10) <= 60
    assert fitted("", 10, 60) == ""


def test_wrapped() -> None:
    lines = wrapped("one two three four five six", 10, 50, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width_of(part, 10) <= 50 for part in lines)
    assert wrapped("", 10, 50, 2) == []
