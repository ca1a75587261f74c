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


_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_DOUBTFUL = re.compile(r"([+-]?)([1-9]\d{0,2})[.,](\d{3})")
_DECIMAL = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_EXPONENT = re.compile(r"[+-]?(\d+([.]\d*)?|[.]\d+)[eE][+-]?\d{1,3}")
_GROUPED = (
    # thousands by point, decimals by comma: 1.234,5 and 1.234.567
    (re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}"), ".", ","),
    # the other way round: 1,234.5 and 1,234,567
    (re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+"), ",", "."),
    (re.compile(r"[+-]?\d{1,3}(,\d{3}){2,}"), ",", "."),
    # thousands by a blank or an apostrophe: 1 234,5 and 1'234.5
    (re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?"), " ", ","),
    (re.compile(r"[+-]?\d{1,3}('\d{3})+([.,]\d+)?"), "'", ","),
)


def tidy(text: str) -> str:
    """The text in compatibility form, without invisible characters and outer blanks."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(c for c in composed if c not in INVISIBLE).strip()


def read_number(text: str) -> Reading | None:
    """What a text can be read as, or None where it is no number.

    ``3``, ``3,5``, ``1.234,5`` and ``1 234`` have one reading; ``1.234`` and ``12,5 %`` have two. ``nan``,
    ``inf``, ``1e999``, ``1_000`` and the like are no numbers.
    """
    plain = tidy(text).translate(_MINUS).replace("\u2019", "'")
    if plain.endswith("%"):
        inner = read_number(plain[:-1])
        if inner is None or inner.writing is Writing.PERCENT:
            return None
        value = inner.values[0]
        return Reading(Writing.PERCENT, (value, value / 100))
    doubtful = _DOUBTFUL.fullmatch(plain)
    if doubtful:
        sign, whole, decimals = doubtful.groups()
        return Reading(
            Writing.AMBIGUOUS, (float(f"{sign}{whole}.{decimals}"), float(f"{sign}{whole}{decimals}"))
        )
    if _DECIMAL.fullmatch(plain):
        return Reading(Writing.PLAIN, (float(plain.replace(",", ".")),))
    for pattern, thousands, decimal in _GROUPED:
        if pattern.fullmatch(plain):
            return Reading(Writing.PLAIN, (float(plain.replace(thousands, "").replace(decimal, ".")),))
    if _EXPONENT.fullmatch(plain):
        value = float(plain)
        if abs(value) < float("inf"):
            return Reading(Writing.PLAIN, (value,))
    return None


def show(value: float) -> str:
    """A number as a person writes it: 3, 3.5, 1234."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
