"""Numbers as a reader of a report sees them, in the manner of the reader's language.

Files for machines do not come here: they are not rounded. What a program reads all the same, such as the
number of a formula, is :func:`rounded`, which always has a point.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dualeco_cli.language import _, decimal, percent
from dualeco_cli.model.equal import EQUAL

#: More decimals than these nobody needs to see on which side of a threshold a number lies.
MOST_DECIMALS = 9

#: From here on a number has no decimals worth showing, and too many digits before them.
HUGE = 1e15

#: What stands where there is no number.
MISSING = "–"


@lru_cache(maxsize=16_384)  # a report shows the same few numbers again and again, and decimals take long
def rounded(number: float, decimals: int) -> str:
    """The number with a point and so many decimals: a half goes up, as in spreadsheets; never -0."""
    if not abs(number) < HUGE:
        return f"{number:g}"
    # From the shortest decimal form: 78.25 is a half to its reader, whatever it is to the machine.
    rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def fixed(number: float, decimals: int) -> str:
    """The number with so many decimals, as :func:`rounded` has it, with the reader's decimal mark."""
    return decimal(rounded(number, decimals))


def beside(number: float, decimals: int, thresholds: Iterable[float]) -> str:
    """The number rounded, with as many more decimals as it takes to stay on its side of the thresholds.

    74.97 is not transferable from 75 on; a table that showed 75.0 for it would contradict its own class.
    """
    return decimal(_beside(number, decimals, tuple(thresholds)))


def _beside(number: float, decimals: int, thresholds: tuple[float, ...]) -> str:
    for places in range(decimals, MOST_DECIMALS):
        shown = float(rounded(number, places))
        if all((shown < edge) == (number < edge - EQUAL) for edge in thresholds):
            return rounded(number, places)
    return rounded(number, MOST_DECIMALS)


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
    if 0.995 <= number < 1 - EQUAL:
        return _("over 99%")
    return percent(_beside(100 * number, 0, tuple(100 * edge for edge in thresholds)))


def short_share(number: float) -> str:
    """A share where there is no room for words: ``<1%``, ``45%``, ``>99%``."""
    if 0 < number < 0.005:
        return percent("<1")
    return percent(">99") if 0.995 <= number < 1 - EQUAL else share(number)


def series(numbers: Iterable[float]) -> str:
    """Several numbers, each in the unit of its indicator. Semicolons part them where a comma is in them."""
    shown = [plain(number) for number in numbers]
    return ("; " if any("," in number for number in shown) else ", ").join(shown)


def plain(number: float) -> str:
    """A number in the unit of its indicator: as it was given, up to four decimals."""
    if not math.isfinite(number):
        return MISSING
    text = rounded(number, 4)
    return decimal(text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text)
