"""A drawing as an SVG file, written by hand: the same calls give the same bytes.

There is nothing in such a file but shapes and text: no script, no style sheet, no reference to anything
outside. A title and a description stand in it for those who do not see it.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from dualeco_cli.language import tag
from dualeco_cli.model.safe import UNPRINTABLE
from dualeco_cli.reports.story import one_line

#: Fonts that are on the readers' systems; the first three have the widths that this module reckons with.
FONTS = "Arial, Liberation Sans, Helvetica, sans-serif"

INK, GREY, RULE, PAPER = "#1A1A1A", "#595959", "#C8CDD3", "#FFFFFF"

#: Room between the drawing and the edge of the picture.
MARGIN = 24.0
#: Size of running text; titles are larger, remarks smaller.
TEXT, SMALL = 14.0, 12.0
TITLE = 20.0

#: Widths of the characters from blank to tilde in thousandths of the font's size.
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_ELLIPSIS = "…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is; for letters of other scripts an estimate on the safe side."""
    table = _BOLD if bold else _REGULAR
    return sum(_thousandths(character, table) for character in text) * size / 1000


def _thousandths(character: str, table: Sequence[int]) -> int:
    if " " <= character <= "~":
        return table[ord(character) - 32]
    if unicodedata.combining(character):
        return 0
    if character == _ELLIPSIS or unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1000
    base = unicodedata.normalize("NFD", character)[0]
    if " " <= base <= "~":
        return table[ord(base) - 32]
    return 600 if character in "–“”’·" else 760


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis to the room that there is."""
    text = one_line(text, 2000)
    table = _BOLD if bold else _REGULAR
    widths = itertools.accumulate(_thousandths(character, table) * size / 1000 for character in text)
    cut = end = 0
    for end, width in enumerate(widths, 1):
        if width > room:
            return text[:cut].rstrip() + _ELLIPSIS
        if width + size <= room:  # an ellipsis is as wide as the font is high
            cut = end
    return text[:end]


def wrapped(text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """The text in at most so many lines; the last one is cut if it must be."""
    lines: list[str] = []
    words = one_line(text, 2000).split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(fitted(line, size, room, bold=bold))
    if words:
        lines.append(fitted(" ".join(words), size, room, bold=bold))
    return lines


def escaped(text: str) -> str:
    """Text for the inside of an element or of an attribute in double quotes."""
    text = UNPRINTABLE.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Canvas:
    """A drawing under way. Coordinates are pixels from the upper left corner."""

    def __init__(self, name: str, title: str, about: Iterable[str], width: float = 960.0) -> None:
        self.name = name
        self.title = one_line(title)
        self.about = " ".join(about)
        self.width = width
        self._parts: list[str] = []

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        stroke: str = "none",
        line: float = 1,
    ) -> None:
        """A rectangle."""
        self._shape(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"',
            fill,
            stroke,
            line,
        )

    def circle(
        self, x: float, y: float, radius: float, *, fill: str, stroke: str = "none", line: float = 1
    ) -> None:
        """A circle around a point."""
        self._shape(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"', fill, stroke, line)

    def polygon(
        self, points: Iterable[tuple[float, float]], *, fill: str, stroke: str = "none", line: float = 1
    ) -> None:
        """A closed shape with corners."""
        corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._shape(f'<polygon points="{corners}"', fill, stroke, line)

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = RULE,
        line: float = 1,
        dashed: bool = False,
    ) -> None:
        """A straight line."""
        dashes = ' stroke-dasharray="5 4"' if dashed else ""
        self._shape(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"{dashes}',
            "none",
            stroke,
            line,
        )

    def _shape(self, start: str, fill: str, stroke: str, line: float) -> None:
        edge = "" if stroke == "none" else f' stroke="{stroke}" stroke-width="{number(line)}"'
        self._parts.append(f'{start} fill="{fill}"{edge}/>')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = TEXT,
        bold: bool = False,
        anchor: Literal["start", "middle", "end"] = "start",
        fill: str = INK,
        turned: float = 0,
    ) -> None:
        """One line of text; ``y`` is where it stands on. ``turned`` is in degrees, clockwise."""
        about = f'x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"'
        if bold:
            about += ' font-weight="bold"'
        if anchor != "start":
            about += f' text-anchor="{anchor}"'
        if turned:
            about += f' transform="rotate({number(turned)} {number(x)} {number(y)})"'
        self._parts.append(f"<text {about}>{escaped(one_line(text, 2000))}</text>")

    def heading(self, *subtitle: str) -> float:
        """The title and lines below it, at the top; returns where the rest may begin."""
        y = MARGIN + TITLE - 4
        for number, line in enumerate(wrapped(self.title, TITLE, self.width - 2 * MARGIN, 3, bold=True)):
            y += (TITLE + 5) * (number > 0)
            self.text(MARGIN, y, line, size=TITLE, bold=True)
        for sentence in subtitle:
            for line in wrapped(sentence, SMALL, self.width - 2 * MARGIN, 6):
                y += SMALL + 6
                self.text(MARGIN, y, line, size=SMALL, fill=GREY)
        return y + 14

    def footer(self, y: float, sentences: Iterable[str]) -> float:
        """Small print at the bottom; returns the height of the picture."""
        y += 10
        for line in wrapped(" ".join(sentences), 10.5, self.width - 2 * MARGIN, 4):
            self.text(MARGIN, y, line, size=10.5, fill=GREY)
            y += 14
        return y - 14 + MARGIN - 6

    def document(self, height: float) -> str:
        """The whole file."""
        size = f'width="{number(self.width)}" height="{number(height)}"'
        language = escaped(tag())
        ids = f"{self.name}-title", f"{self.name}-desc"
        start = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {number(self.width)} {number(height)}" xml:lang="{language}" role="img" '
            f'aria-labelledby="{ids[0]} {ids[1]}" font-family="{FONTS}">'
        )
        return "\n".join(
            (
                '<?xml version="1.0" encoding="UTF-8"?>',
                start,
                f'<title id="{ids[0]}">{escaped(self.title)}</title>',
                f'<desc id="{ids[1]}">{escaped(one_line(self.about, 20_000))}</desc>',
                f'<rect {size} fill="{PAPER}"/>',
                *self._parts,
                "</svg>",
                "",
            )
        )
