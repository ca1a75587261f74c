"""How a template looks: colours, formats, sizes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

INK, HEAD, HEAD_OPTIONAL, LINE, BAND, SOFT = "#1F3044", "#1F4E79", "#5B7C9D", "#C9D3DD", "#F3F6FA", "#E8EEF5"

_BASE: Final[Mapping[str, object]] = {
    "font_name": "Calibri",
    "font_size": 11,
    "font_color": INK,
    "valign": "top",
}
_EDGE: Final[Mapping[str, object]] = {"border": 1, "border_color": LINE}
_HEAD: Final[Mapping[str, object]] = {
    **_EDGE,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": HEAD,
    "text_wrap": True,
    "valign": "vcenter",
}

_BANNER: Final[Mapping[str, object]] = {"bg_color": HEAD, "valign": "vcenter", "indent": 1}
_TOLD: Final[Mapping[str, object]] = {
    **_EDGE,
    "text_wrap": True,
    "align": "left",
    "valign": "vcenter",
    "indent": 1,
    "quote_prefix": True,
}

_TEXT: Final[Mapping[str, object]] = {**_EDGE, "num_format": "@", "text_wrap": True}
_NUMBER: Final[Mapping[str, object]] = {**_EDGE, "align": "center"}
_GIVEN: Final[Mapping[str, object]] = {"bg_color": SOFT, "quote_prefix": True}
_FIRST: Final[Mapping[str, object]] = {"top": 2, "top_color": HEAD_OPTIONAL}

#: Formats by name. ``quote_prefix``: a text that begins like a formula stays a text when somebody edits it.
FORMATS: Final[Mapping[str, Mapping[str, object]]] = {
    # headers: of columns that must be there, and of others; over words, and over numbers
    "head": _HEAD,
    "head_optional": {**_HEAD, "bg_color": HEAD_OPTIONAL},
    "head_centre": {**_HEAD, "align": "center"},
    "head_optional_centre": {**_HEAD, "bg_color": HEAD_OPTIONAL, "align": "center"},
    # cells to fill in
    "text": _TEXT,
    "number": _NUMBER,
    "text_first": {**_TEXT, **_FIRST},
    "number_first": {**_NUMBER, **_FIRST},
    # keys that are filled in already
    "given_text": {**_TEXT, **_GIVEN},
    "given_number": {**_NUMBER, **_GIVEN},
    "given_text_first": {**_TEXT, **_GIVEN, **_FIRST},
    "given_number_first": {**_NUMBER, **_GIVEN, **_FIRST},
    # columns below the prepared rows
    "column_text": {"num_format": "@", "text_wrap": True},
    "column_number": {"align": "center"},
    # the guide and the levels
    "title": {**_BANNER, "bold": True, "font_size": 20, "font_color": "#FFFFFF"},
    "subtitle": {**_BANNER, "font_color": "#D6E2EE"},
    "section": {"bold": True, "font_size": 14, "font_color": HEAD, "bottom": 2, "bottom_color": HEAD},
    "plain": {"text_wrap": True, "valign": "vcenter", "indent": 1},
    "cell": _TOLD,
    "cell_strong": {**_TOLD, "bold": True},
    "cell_link": {**_TOLD, "font_color": "#0B57A4", "underline": 1, "bold": True},
    "cell_centre": {**_TOLD, "align": "center", "indent": 0},
    "cell_example": {**_TOLD, "italic": True, "font_color": "#6B7785", "bg_color": BAND},
    "cell_sign": {**_TOLD, "bold": True, "align": "center", "indent": 0, "bg_color": BAND},
    "head_told": {**_HEAD, "align": "left", "indent": 1},
}

#: Height of a line and of the tallest row, in points.
_LINE_HEIGHT, _HIGHEST = 15.0, 400.0


class Looks:
    """The formats of one workbook, made when they are first used."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """A format by its name in :data:`FORMATS`."""
        if name not in self._made:
            self._made[name] = self._book.add_format({**_BASE, **FORMATS[name]})
        return self._made[name]

    def own(self, properties: Mapping[str, object]) -> Any:
        """A format of these properties alone, for rules that colour cells."""
        return self._book.add_format(dict(properties))


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height at which the longest of some texts can be read; not every program works it out."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        room = max(1.0, width * 1.08 - 1)
        lines = max(lines, sum(max(1, math.ceil(len(part) / room)) for part in text.split("\n")))
    return min(_HIGHEST, lines * _LINE_HEIGHT + 3)


def set_up(page: Any, *, footer: str, wide: bool, pages_wide: int = 1) -> None:
    """Print set-up: landscape, all columns on as many pages as asked for, the page number below."""
    page.set_landscape()
    page.set_paper(8 if wide else 9)  # A3, A4
    page.fit_to_pages(pages_wide, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    page.set_footer(footer)
