"""How the cells of a report look: fonts, fills and number formats, by name.

Colours are chosen to be told apart with any kind of colour vision, and they never stand alone: a class has its
word, a value its number, a cell of requirements its sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from dualeco_cli.model.result import PracticeClass

FONT: Final = "Calibri"
INK, PAPER, FAINT = "#1F3044", "#FFFFFF", "#5F6B7A"
HEAD, HEAD_SOFT, EDGE, BAND = "#1F3864", "#D9E2EF", "#C9D3DD", "#F3F6FA"
#: Cells that a reader is meant to change.
INPUT, INPUT_INK = "#FFF8E1", "#1A4FA3"

BASE: Final[Mapping[str, Any]] = MappingProxyType(
    {"font_name": FONT, "font_size": 11, "valign": "top", "font_color": INK}
)
_EDGE: Final[Mapping[str, Any]] = {"bottom": 1, "bottom_color": EDGE}
_HEADER: Final[Mapping[str, Any]] = {
    "bold": True,
    "quote_prefix": True,
    "text_wrap": True,
    "valign": "vcenter",
    "font_color": PAPER,
    "bg_color": HEAD,
}
_TEXT: Final[Mapping[str, Any]] = {
    "text_wrap": True,
    "quote_prefix": True,
    "align": "left",
    "indent": 1,
    **_EDGE,
}
_INPUT: Final[Mapping[str, Any]] = {
    "bg_color": INPUT,
    "font_color": INPUT_INK,
    "border": 1,
    "border_color": EDGE,
}
_TIGHT: Final[Mapping[str, Any]] = {
    "align": "center",
    "valign": "vcenter",
    "border": 1,
    "border_color": PAPER,
    "font_size": 10,
}
_SMALL: Final[Mapping[str, Any]] = {"font_size": 9, "font_color": FAINT}

#: Formats of cells, by name. Text has Excel's quote prefix: edited again, it is still no formula.
FORMATS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        # words
        "text": _TEXT,
        "strong": {**_TEXT, "bold": True},
        "plain": {"quote_prefix": True, "valign": "vcenter"},
        "wrapped": {"quote_prefix": True, "text_wrap": True},
        "title": {
            "quote_prefix": True,
            "bold": True,
            "font_size": 18,
            "font_color": HEAD,
            "valign": "vcenter",
        },
        "section": {
            "quote_prefix": True,
            "bold": True,
            "font_size": 13,
            "font_color": HEAD,
            "valign": "vcenter",
            "bottom": 2,
            "bottom_color": HEAD,
        },
        "note": {"quote_prefix": True, "font_color": FAINT, "text_wrap": False},
        "banner": {
            "quote_prefix": True,
            "bold": True,
            "font_color": INK,
            "bg_color": HEAD_SOFT,
            "valign": "vcenter",
            "indent": 1,
        },
        "link": {"font_color": "#0B57A4", "underline": 1, "align": "left", "indent": 1, **_EDGE},
        "class": {**_TEXT, "text_wrap": False},
        # headings
        "header": {**_HEADER, "align": "left", "indent": 1},
        "number header": {**_HEADER, "align": "right"},
        "centre header": {**_HEADER, "align": "center"},
        "turned header": {**_HEADER, "rotation": 60, "align": "left", "valign": "bottom", "font_size": 10},
        "group header": {
            **_HEADER,
            "bg_color": HEAD_SOFT,
            "font_color": HEAD,
            "font_size": 10,
            "align": "left",
            "left": 1,
            "left_color": HEAD,
        },
        "group space": {"bg_color": HEAD_SOFT},
        # numbers
        "whole": {"num_format": "0", **_EDGE},
        "score": {"num_format": "0.0", **_EDGE},
        "change": {"num_format": "+0.0;-0.0;0.0", **_EDGE},
        "value": {"num_format": "0.00", **_EDGE},
        "share": {"num_format": "0%", **_EDGE},
        "unit": {"num_format": "General", **_EDGE},
        "finer": {"num_format": "0.00##", **_EDGE},
        "big": {"num_format": "0", "bold": True, "font_size": 14, "align": "center", **_EDGE},
        # cells to change
        "input": {**_INPUT, "num_format": "General", "align": "right"},
        "input cell": {**_INPUT, "num_format": "General", "align": "center", "quote_prefix": True},
        "input text": {**_INPUT, "quote_prefix": True, "text_wrap": True, "align": "left", "indent": 1},
        # heat maps
        "heat": {**_TIGHT, "num_format": "0.00"},
        "heat score": {**_TIGHT, "num_format": "0.0", "valign": "top"},
        "sign": {**_TIGHT, "quote_prefix": True, "bg_color": BAND},
        "heat share": {**_TIGHT, "num_format": "0%;;"},
        "grid text": {**_TEXT, "text_wrap": False, "valign": "vcenter"},
        "grid score": {"num_format": "0.0", "valign": "vcenter", **_EDGE},
        # the model
        "model": {"font_size": 9},
        "model text": {"font_size": 9, "quote_prefix": True},
        "model label": {"font_size": 9, "bold": True, "bg_color": HEAD_SOFT, "quote_prefix": True},
        "model header": {
            "font_size": 9,
            "bold": True,
            "bg_color": HEAD_SOFT,
            "quote_prefix": True,
            "text_wrap": True,
        },
        "small": {**_SMALL, "num_format": "0", **_EDGE},
        "small text": {**_SMALL, "quote_prefix": True, "align": "left", "indent": 1, **_EDGE},
    }
)

#: Formats of columns of words: their headings stand on the left.
WORDS: Final = frozenset({"text", "strong", "class", "link", "input text", "small text"})
#: Formats of columns whose cells stand in the middle.
CENTRED: Final = frozenset({"input cell", "sign", "big", "heat", "heat score", "heat share"})

#: Fill and font of a class in a cell: dark on light, so that it is read in black and white as well.
CLASS_CELLS: Final[Mapping[PracticeClass, tuple[str, str]]] = MappingProxyType(
    {
        PracticeClass.TRANSFERABLE: ("#C9EBDD", "#004D38"),
        PracticeClass.ADAPTABLE: ("#D6ECFA", "#0B3A57"),
        PracticeClass.CONDITIONAL: ("#FBF0B8", "#5C4A00"),
        PracticeClass.NOT_YET: ("#FADCCF", "#6B2A00"),
        PracticeClass.BLOCKED: ("#EFC6C2", "#6B0F08"),
        PracticeClass.INSUFFICIENT_EVIDENCE: ("#EDEDED", "#404040"),
        PracticeClass.HOME: ("#FFFFFF", "#595959"),
    }
)

#: Fill of a class in a chart; the same as in the figures.
CLASS_BARS: Final[Mapping[PracticeClass, str]] = MappingProxyType(
    {
        PracticeClass.TRANSFERABLE: "#009E73",
        PracticeClass.ADAPTABLE: "#56B4E9",
        PracticeClass.CONDITIONAL: "#F0C814",
        PracticeClass.NOT_YET: "#E8825A",
        PracticeClass.BLOCKED: "#8C1C13",
        PracticeClass.INSUFFICIENT_EVIDENCE: "#E4E4E4",
        PracticeClass.HOME: "#BDBDBD",
    }
)

#: From the lowest to the highest value; light enough for dark letters.
HEAT_LOW, HEAT_MIDDLE, HEAT_HIGH = "#FFF3C4", "#BEE0BE", "#62B8B8"

#: Colours of the tabs: what came out, what went in, how it was reckoned.
TAB_RESULT, TAB_INPUT, TAB_MODEL = HEAD, "#E0A800", "#9AA5B1"
