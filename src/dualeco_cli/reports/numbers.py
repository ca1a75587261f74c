"""Numbers as a reader of a report sees them. Files for machines do not come here: they are not rounded."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from dualeco_cli.language import _

#: More decimals than these nobody needs to see on which side of a threshold a number lies.
MOST_DECIMALS = 9

#: From here on a number has no decimals worth showing, and too many digits before them.
HUGE = 1e15

#: What stands where there is no number.
MISSING = "–"


def fixed(number: float, decimals: int) -> str:
    """The number with so many decimals, a half rounded up as spreadsheets do, and never a negative zero."""
    if not abs(number) < HUGE:
        return f"{number:g}"
    # From the shortest decimal form: 78.25 is a half to its reader, whatever it is to the machine.
    rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def beside(number: float, decimals: int, thresholds: Iterable[float]) -> str:
    """The number rounded, with as many more decimals as it takes to stay on its side of the thresholds.

    74.97 is not transferable from 75 on; a table that showed 75.0 for it would contradict its own class.
    """
    thresholds = tuple(thresholds)
    for places in range(decimals, MOST_DECIMALS):
        shown = float(fixed(number, places))
        if all((shown < edge) == (number < edge - 1e-9) for edge in thresholds):
            return fixed(number, places)
    return fixed(number, MOST_DECIMALS)


def score(number: float | None, thresholds: Iterable[float] = ()) -> str:
    """A score between 0 and 100, with one decimal."""
    return MISSING if number is None else beside(number, 1, thresholds)


def span(lower: float | None, upper: float | None) -> str:
    """Two bounds of a score as ``60–85``, or one number where they are the same."""
    if lower is None or upper is None:
        return MISSING
    low, high = fixed(lower, 0), fixed(upper, 0)
    return low if low == high else f"{low}–{high}"


def share(number: float | None, thresholds: Iterable[float] = ()) -> str:
    """A share between 0 and 1 in per cent. Nearly all is not all, and hardly any is not none."""
    if number is None:
        return MISSING
    if 0 < number < 0.005:
        return _("under 1%")
    if 0.995 <= number < 1 - 1e-9:
        return _("over 99%")
    return beside(100 * number, 0, (100 * edge for edge in thresholds)) + "%"


def plain(number: float) -> str:
    """A number in the unit of its indicator: as it was given, up to four decimals."""
    if not math.isfinite(number):
        return MISSING
    text = fixed(number, 4)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
