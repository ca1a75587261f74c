"""Numbers as people write them into spreadsheets, read only where there is one reading."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from dualeco_cli.model.names import INVISIBLE


class Writing(StrEnum):
    """How a number was written."""

    PLAIN = "plain"
    AMBIGUOUS = "ambiguous"
    PERCENT = "percent"


class Reading(NamedTuple):
    """What a text can be read as. The first of several readings is the likelier one."""

    writing: Writing
    values: tuple[float, ...]


# Digits are those of ASCII: a Bengali four looks like an eight.
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-"})
_DOUBTFUL = re.compile(r"([+-]?)([1-9][0-9]{0,2})([.,])([0-9]{3})")
_DECIMAL = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)")
_EXPONENT = re.compile(r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)[eE][+-]?[0-9]{1,3}")
_GROUPED = (
    # thousands by point, decimals by comma: 1.234,5 and 1.234.567
    (re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+"), ".", ","),
    (re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3}){2,}"), ".", ","),
    # the other way round: 1,234.5 and 1,234,567
    (re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+"), ",", "."),
    (re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3}){2,}"), ",", "."),
    # thousands by a blank or an apostrophe: 1 234,5 and 1'234.5
    (re.compile(r"[+-]?[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?"), " ", ","),
    (re.compile(r"[+-]?[0-9]{1,3}('[0-9]{3})+([.,][0-9]+)?"), "'", ","),
)
#: Kinds of characters that are the same number however they are drawn. What the others become in
#: compatibility form is another number: ``3²`` would be 32, ``①`` a 1.
_SAME_NUMBER = ("<wide>", "<narrow>", "<noBreak>", "<compat>")


def tidy(text: str) -> str:
    """The text in compatibility form, without invisible characters and outer blanks."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_UNSEEN).strip()


def read_number(text: str, decimal_mark: str | None = None) -> Reading | None:
    """What a text can be read as, or None where it is no number.

    ``3``, ``3,5``, ``1.234,5`` and ``1 234`` have one reading; ``1.234`` and ``12,5 %`` have two. ``nan``,
    ``inf``, ``1e999``, ``1_000`` and the like are no numbers. A ``decimal_mark`` that other numbers of the
    file have been seen to use makes one of two readings the likelier one; both stay.
    """
    if is_drawn(text):
        return None
    plain = tidy(text).translate(_MINUS).replace("\u2019", "'")
    if plain.endswith("%"):
        inner = read_number(plain[:-1], decimal_mark)
        if inner is None or inner.writing is Writing.PERCENT:
            return None
        value = inner.values[0]
        return Reading(Writing.PERCENT, (value, value / 100))
    doubtful = _DOUBTFUL.fullmatch(plain)
    if doubtful:
        sign, whole, mark, decimals = doubtful.groups()
        readings = (float(f"{sign}{whole}.{decimals}"), float(f"{sign}{whole}{decimals}"))
        likely = readings if decimal_mark in {None, mark} else readings[::-1]
        return Reading(Writing.AMBIGUOUS, likely)
    number = _plain_value(plain)
    # what is written is finite, but a float may not hold it: 1e999, or a thousand digits
    return None if number is None or abs(number) == float("inf") else Reading(Writing.PLAIN, (number,))


def _plain_value(plain: str) -> float | None:
    """The number that a text can only be read as."""
    if _DECIMAL.fullmatch(plain):
        return float(plain.replace(",", "."))
    for pattern, thousands, decimal in _GROUPED:
        if pattern.fullmatch(plain):
            return float(plain.replace(thousands, "").replace(decimal, "."))
    return float(plain) if _EXPONENT.fullmatch(plain) else None


def is_drawn(text: str) -> bool:
    """Whether a text has a number drawn in a way that means something else, such as an exponent."""
    return not text.isascii() and any(_is_drawing(character) for character in text)


def _is_drawing(character: str) -> bool:
    kind, _, rest = unicodedata.decomposition(character).partition(" ")
    return bool(rest) and kind.startswith("<") and kind not in _SAME_NUMBER


def show(value: float) -> str:
    """A number as a person writes it: 3, 3.5, 1234."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return repr(value)
