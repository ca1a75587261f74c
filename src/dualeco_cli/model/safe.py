"""What people type is shown and written in many places; here it is made harmless for each kind of place.

HTML is not among them: its templates escape by themselves.
"""

from __future__ import annotations

import re
import unicodedata

#: Characters that no cell shows and no file format carries safely: controls (but for tab and line breaks),
#: halves of characters, and the two code points that are none.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

#: What a spreadsheet cell holds, counted in UTF-16 as the programs do.
EXCEL_TEXT = 32_767

#: How a text must not begin in a CSV file, or a spreadsheet program takes it for a formula. The wide forms
#: are what an East Asian keyboard gives.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def printable(text: str) -> str:
    """A text for the terminal, on one line.

    Without control characters, which move the cursor, and without those that turn the direction of writing
    or are not seen, which make a line read differently from what it says.
    """
    if text.isprintable():
        return text
    return "".join(_printable(character) for character in text)


def _printable(character: str) -> str:
    if character in "\n\r\t\v\f\x85\u2028\u2029":
        return " "
    # Unassigned and private characters, too, are not printable, but harmless.
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character


def csv_cell(value: object) -> object:
    """A value for a cell of a CSV file: an apostrophe goes before a text that would be taken for a formula.

    Spreadsheet programs may drop the apostrophe when they save. Numbers are left as they are.
    """
    if not isinstance(value, str):
        return value
    text = UNPRINTABLE.sub("", value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def excel_text(text: str) -> str:
    """A text that fits into a cell of a workbook: without control characters, and not too long.

    XlsxWriter takes a text between ``<r>`` and ``</r>`` for markup of its own and would write it unescaped,
    so such a text gets a blank behind it.
    """
    text = UNPRINTABLE.sub("", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "
    if 2 * len(text) <= EXCEL_TEXT:
        return text
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * EXCEL_TEXT:
        return text
    return encoded[: 2 * (EXCEL_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
