"""Where things stand in the page's drawings.

All drawings measure in per cent of their own width, so that they need no script to fit a telephone, and a
score of 71.4 simply stands at 71.4 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import IndicatorResult, Status
from dualeco_cli.model.rows import Indicator
from dualeco_cli.reports import numbers


def percent(number: float) -> str:
    """A coordinate: two decimals are finer than any screen."""
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"


def number(value: float) -> str:
    """A number as a form field takes it: as exact as it is, whole ones without a point."""
    return str(int(value)) if value.is_integer() else repr(value)


@dataclass(frozen=True, slots=True)
class Bar:
    """A score with its bounds and, where there are draws, the stretch that nine of ten of them fill."""

    score: float | None
    lower: float | None
    upper: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One cell of the heat map: its text and what it looks like."""

    text: str
    kind: str


def tile(result: IndicatorResult | None, *, barrier: bool, question: bool) -> Tile:
    """The cell of one practice on one indicator.

    ``h0`` to ``h4`` are fifths of the scale, ``h5`` is met in full; a cell below that never shows 100.
    """
    if result is None or result.status == Status.NOT_APPLICABLE:
        return Tile("–", "n")
    if result.value is None:
        return Tile("?", "u q" if question else "u")
    full = result.value > 1 - EQUAL
    shown = 100 if full else min(99, int(numbers.rounded(100 * result.value, 0)))
    fifth = 5 if full else min(4, int(5 * result.value + EQUAL))
    return Tile(str(shown), f"h{fifth} x" if barrier else f"h{fifth}")


def shade(share: float) -> str:
    """How dark the cell of a share between 0 and 1 is: ``s0`` for none, ``s5`` for nearly all."""
    return f"s{0 if share < 0.005 else min(5, 1 + int(5 * share))}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Required and present on one line from worst to best; either may be missing."""

    required: float | None
    actual: float | None


def pair(indicator: Indicator | None, result: IndicatorResult) -> Pair:
    """Where what is required and what is there lie on the indicator's scale."""

    def place(value: float | None) -> float | None:
        return None if indicator is None or value is None else 100 * indicator.normalise(value)

    return Pair(place(result.required), place(result.actual))


def mean(results: Iterable[IndicatorResult], roles: frozenset[str]) -> float | None:
    """The weighted mean, 0-100, of what is known of the indicators with these roles."""
    known = [
        (result.weight or 0.0, result.value)
        for result in results
        if result.role in roles and result.status == Status.KNOWN and result.value is not None
    ]
    total = sum(weight for weight, _value in known)
    return 100 * sum(weight * value for weight, value in known) / total if total > 0 else None
