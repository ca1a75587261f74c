"""Letters of other alphabets that look like Latin ones: a Cyrillic ``а`` in a Latin word is another word."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

# Greek, Cyrillic, Armenian and Cherokee: the alphabets with letters that are drawn like Latin ones.
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u058a\u13a0-\u13ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

#: Letters that are drawn like Latin ones, alphabet by alphabet, above the letters that they look like.
_ALIKE = (
    ("авекмнорстухіїјѕԁԛԝһӏѐё", "abekmhopctyxiijsdqwhlee"),
    ("АВЕКМНОРСТУХІЇЈЅԌԚԜЀЁ", "ABEKMHOPCTYXIIJSGQWEE"),
    ("αβεηικμνορτυχωόίέά", "abenikuvoptuxwoiea"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
)
_LATIN_FOR = str.maketrans({drawn: plain for pair in _ALIKE for drawn, plain in zip(*pair, strict=True)})


def mixes_alphabets(text: str) -> bool:
    """Whether Latin letters stand beside Greek or Cyrillic ones, which look like them, in one word."""
    if text.isascii():
        return False
    return any(_FOREIGN.search(word) and _LATIN.search(word) for word in text.split())


def latin(text: str) -> str:
    """The text with letters that look Latin made Latin."""
    return text if text.isascii() else text.translate(_LATIN_FOR)


def foreign_letter(text: str) -> tuple[str, Literal["Greek", "Cyrillic"]] | None:
    """The first letter that looks Latin but is not, and its alphabet."""
    if text.isascii():
        return None
    for character in text:
        if character.translate(_LATIN_FOR) != character:
            return character, "Greek" if unicodedata.name(character).startswith("GREEK") else "Cyrillic"
    return None
