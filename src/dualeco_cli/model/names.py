"""Names and ids: how two spellings are found to be the same."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Characters that are not seen but are there: soft hyphen, zero-width characters, joiners, byte order
#: mark, and the marks that turn the direction of writing.
INVISIBLE = frozenset(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def _plain(text: str) -> str:
    """NFKC, case-folded, without accents and invisible characters."""
    if text.isascii():
        return text.casefold()  # nothing to compose, nothing invisible
    composed = unicodedata.normalize("NFKC", text).casefold()
    decomposed = unicodedata.normalize("NFD", composed)
    kept = (c for c in decomposed if not unicodedata.combining(c) and c not in INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """The id that a text stands for: ``"  Fiera dei  Mestieri "`` is ``fiera-dei-mestieri``.

    Text that is a whole number is written without its decimals, as a spreadsheet shows it: ``7.0`` is ``7``.
    """
    plain = "-".join(_plain(text).split())
    whole, point, decimals = plain.partition(".")
    if point and whole.lstrip("-").isdecimal() and decimals and set(decimals) == {"0"}:
        return whole
    return plain


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which headers, sheet names and list words are compared: letters and digits only.

    Case, accents, blanks, ``_``, ``-``, line breaks and invisible characters do not count, nor does the
    punctuation that people put around a header (``Title *``, ``Codice:``).
    """
    return "".join(c for c in _plain(text) if c.isalnum())


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 is ``A``, 27 is ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The address of a cell as a spreadsheet shows it: row 3, column 4 is ``D3``."""
    return f"{column_letters(column)}{row}"
