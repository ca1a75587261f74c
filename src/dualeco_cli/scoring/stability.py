"""How far one dimension's weight can move before another practice leads (design, 4.7 and 4.10).

With the share s of a dimension, and the other weights in proportion, a sum of weighted values is a + b·s, and
so is the sum of the weights. A practice's mean is the ratio of the two, transformed (for q = 1 not at all),
and two practices are equal where a quadratic in s is 0. So the stretch is found exactly, without trying
shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import LeaderStability, Method
from dualeco_cli.scoring.aggregate import LEAST_VALUE, dimension_sums, exponent
from dualeco_cli.scoring.case import Case
from dualeco_cli.scoring.plan import LEAST_EXPONENT, Curve
from dualeco_cli.scoring.screen import Outcome
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints

#: Shares closer than this are the same share: the roots of a quadratic are no more exact.
_SAME_SHARE = 1e-12


def leader_stability(case: Case, outcome: Outcome, method: Method) -> tuple[LeaderStability, ...] | None:
    """For each dimension the stretch of its share in which today's leader stays first (design, 4.7 and 4.10).

    Shares are those of the dimension among all dimensions, 0 to 1; the other weights keep their proportions.
    The ranked practices and what is known of them stay as they are. The leader, of several the one that is
    listed first, stays the leader while no other one is better by more than 1e-9 points. The ends belong to
    the stretch, or are as close to it as one likes: at a share of 0 the minimum (q = −∞) may jump.

    Returns:
        By dimension, in order; None without a ranked practice, or with a single dimension.
    """
    ranked = outcome.order[outcome.ranked[outcome.order]]
    if len(ranked) == 0 or len(case.dimensions) < 2:
        return None
    q = exponent(method.compensation)
    if q == -np.inf:
        stretches = _of_minimum(case, ranked)
    else:
        pairs = _Pairs(case, ranked, q)
        stretches = [pairs.stretch(place) for place in range(len(case.dimensions))]
    return tuple(
        LeaderStability(dimension=dimension.id, low=low, high=high)
        for dimension, (low, high) in zip(case.dimensions, stretches, strict=True)
    )


def _shares(case: Case, place: int) -> tuple[float, Floats]:
    """Today's share of a dimension, and the shares (D,) of the others among themselves (0 for itself)."""
    weight = case.dimension_weight
    others = weight.copy()
    others[place] = 0.0
    total = others.sum()
    return float(weight[place] / weight.sum()), others / total if total > 0 else others


@dataclass(frozen=True, eq=False)
class _Line:
    """a + b·s for several practices: both (R,)."""

    a: Floats
    b: Floats

    @classmethod
    def between(cls, without: Floats, alone: Floats) -> _Line:
        """The line that is ``without`` at a share of 0 and ``alone`` at a share of 1."""
        return cls(without, alone - without)

    def at(self, share: Floats) -> Floats:
        return self.a + self.b * share


class _Pairs:
    """The leader and each of its R rivals, by dimension: sums of weighted values and of weights, (R, D)."""

    def __init__(self, case: Case, ranked: Ints, q: float) -> None:
        self.case = case
        self.q = q
        dimensions = len(case.dimensions)
        within = dimension_sums(case.base_weight[ranked], case.dimension_index, dimensions)
        weight = case.base_weight[ranked] / np.where(within > 0, within, 1.0)[:, case.dimension_index]
        weight[~case.known[ranked]] = 0.0
        value = np.where(weight > 0, case.value[ranked], 1.0)
        # Practices side by side: the leader as often as it has rivals.
        rivals = len(ranked) - 1
        mine, theirs = np.repeat(value[:1], rivals, axis=0), value[1:]
        #: (R,) what values are divided by, so that no power of either overflows.
        self.scale = np.ones(rivals)
        if q < LEAST_EXPONENT:
            self.scale = np.maximum(np.minimum(mine.min(axis=1), theirs.min(axis=1)), LEAST_VALUE)

        def sums(number: Floats) -> Floats:
            return dimension_sums(number, case.dimension_index, dimensions)

        leading = np.repeat(weight[:1], rivals, axis=0)
        self.values = (sums(leading * self._forward(mine)), sums(weight[1:] * self._forward(theirs)))
        self.weights = (sums(leading), sums(weight[1:]))

    def _forward(self, value: Floats) -> Floats:
        if self.q >= LEAST_EXPONENT:
            return Curve(self.q).forward(value)
        value = np.maximum(value, LEAST_VALUE)
        return np.exp(self.q * (np.log(value) - np.log(self.scale)[:, np.newaxis]))

    def _back(self, mean: Floats) -> Floats:
        if self.q >= LEAST_EXPONENT:
            return 100.0 * Curve(self.q).back(mean)
        # A power that vanished belongs to a practice that is far above the other one.
        with np.errstate(divide="ignore"):
            return 100.0 * np.minimum(self.scale * np.exp(np.log(mean) / self.q), 1.0)

    def stretch(self, place: int) -> tuple[float, float]:
        """The stretch around today's share of one dimension."""
        today, others = _shares(self.case, place)
        (mine, my_weight), (theirs, their_weight) = (
            tuple(_Line.between(sums @ others, sums[:, place]) for sums in (values, weights))
            for values, weights in zip(self.values, self.weights, strict=True)
        )
        first, second = _crossings(theirs, my_weight, mine, their_weight)
        ends = np.sort(np.stack([np.zeros_like(first), first, second, np.ones_like(first)]), axis=0)
        low, high = 0.0, 1.0
        for start, end in pairwise(ends):
            middle = (start + end) / 2
            better = self._back(_ratio(theirs, their_weight, middle)) > EQUAL + self._back(
                _ratio(mine, my_weight, middle)
            )
            below, above = _outside(start, end, better & (end - start > _SAME_SHARE), today)
            low, high = max(low, below), min(high, above)
        return low, high


def _ratio(value: _Line, weight: _Line, share: Floats) -> Floats:
    """The mean of the transformed values at these shares (R,); nan where nothing weighs anything."""
    under = weight.at(share)
    found: Floats = np.full(len(share), np.nan)
    np.divide(value.at(share), under, out=found, where=under > 0)
    return found


def _crossings(one: _Line, other: _Line, third: _Line, fourth: _Line) -> tuple[Floats, Floats]:
    """Where one·other = third·fourth between 0 and 1, twice (R,); 1 where there is no such share."""
    a = one.b * other.b - third.b * fourth.b
    b = one.a * other.b + one.b * other.a - third.a * fourth.b - third.b * fourth.a
    c = one.a * other.a - third.a * fourth.a
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), np.abs(c))
    a, b, c = (part / np.where(size > 0, size, 1.0) for part in (a, b, c))
    with np.errstate(invalid="ignore", divide="ignore"):
        # The form that does not subtract numbers that are nearly the same, and lets a be 0.
        half = -(b + np.copysign(np.sqrt(b * b - 4 * a * c), b)) / 2
        roots = (half / a, c / half)
    first, second = (np.where((root > 0) & (root < 1), root, 1.0) for root in roots)
    return first, second


def _outside(start: Floats, end: Floats, better: Bools, today: float) -> tuple[float, float]:
    """Where the stretch around today ends, if it must not enter these intervals (R,) where ``better``.

    The leader is not worse than anybody today. An interval that seems to hold today's share begins or ends
    there: the two are level today, and the last digit of the crossing is off.
    """
    start, end = start[better], end[better]
    inside = (start < today) & (today < end)
    begins = inside & (today - start <= end - today)
    start = np.where(begins, today, start)
    end = np.where(inside & ~begins, today, end)
    before = end <= today
    return float(end[before].max(initial=0.0)), float(start[~before].min(initial=1.0))


def _of_minimum(case: Case, ranked: Ints) -> list[tuple[float, float]]:
    """The stretches for the minimum: it asks which dimensions weigh something, not how much."""
    weighs = case.known[ranked] & (case.base_weight[ranked] > 0)
    value = np.where(weighs, np.maximum(case.value[ranked], LEAST_VALUE), np.inf)
    found = []
    for place in range(len(case.dimensions)):
        today, others = _shares(case, place)
        counts = others > 0
        counts[place] = True
        minimum = np.where(counts[case.dimension_index], value, np.inf).min(axis=1)
        # A dimension without weight enters at any share above 0. All else stays as it is from 0 to 1.
        changes = today == 0 and bool(np.any(100 * minimum[1:] > 100 * minimum[0] + EQUAL))
        found.append((0.0, 0.0 if changes else 1.0))
    return found
