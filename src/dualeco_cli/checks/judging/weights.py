"""How much an indicator can do to a score: its effective weight, and the mean with all else at its best.

The formulas are those of the method (design, 4.3) for one practice to which everything applies, with the
framework's own weights. They stand here in their plainest form because the checks know no engine; a test
holds them against it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dualeco_cli.model.rows import Dimension, Indicator, Role, Settings

#: For q ≤ 0 a value below this counts as this (design, 4.3).
_LEAST_VALUE = 0.01
#: Nearer to 0 than this, an exponent gives the geometric mean to the last digit.
_NEARLY_ZERO = 1e-15
#: Above this power of e a float overflows.
_LARGEST_POWER = 700.0
_NAMED_EXPONENTS: Mapping[str, float] = {"full": 1.0, "partial": 0.0, "none": -math.inf}

#: Roles whose floor counts.
WITH_FLOOR = frozenset({Role.MERIT, Role.JUDGEMENT})


@dataclass(frozen=True, slots=True)
class Weighing:
    """The effective weights of a framework where everything applies, and the exponent of its mean.

    ``indicators`` and ``dimensions`` hold shares of the whole, 0 to 1, by id; each sums to 1, or to 0 where
    nothing weighs anything.
    """

    indicators: Mapping[str, float]
    dimensions: Mapping[str, float]
    exponent: float

    @classmethod
    def of(
        cls, dimensions: Sequence[Dimension], indicators: Sequence[Indicator], settings: Settings
    ) -> Weighing:
        """ω_i = W_d·w_i, both normalised (design, 4.3)."""
        of_dimension: dict[str, list[Indicator]] = {}
        for indicator in indicators:
            of_dimension.setdefault(indicator.dimension, []).append(indicator)
        held = {
            row.id: row.weight
            for row in dimensions
            if any(indicator.weight > 0 for indicator in of_dimension.get(row.id, ()))
        }
        shares = _normalised(held)
        found: dict[str, float] = {}
        for id_, members in of_dimension.items():
            within = _normalised({indicator.id: indicator.weight for indicator in members})
            found.update((name, shares.get(id_, 0.0) * share) for name, share in within.items())
        return cls(found, shares, _exponent(settings.compensation))

    def together(self, ids: Iterable[str]) -> float:
        """The share of several indicators in the whole, 0 to 1."""
        return math.fsum(self.indicators.get(id_, 0.0) for id_ in ids)

    def highest_score(self, value: float, share: float) -> float:
        """The highest score, 0 to 100, of a practice with ``value`` on something that weighs ``share``.

        That is 100·M_q with all else at 1: 100·(1 − ω + ω·v^q)^(1/q), for q = 1 simply 100·(1 − ω·(1 − v)),
        for q → 0 100·v^ω, for q → −∞ 100·v. The mean rises with every value, so no practice gets more.
        """
        return 100.0 * _mean_beside_ones(value, share, self.exponent)

    def greatest_effect(self, share: float) -> float:
        """The points between the worst and the best value of something that weighs ``share``.

        All else is at 1, where the difference is greatest. The rest enters the mean only through
        x = Σ ω_j·v_j^q, and M(x, v) = (x + ω·v^q)^(1/q). For 0 < q < 1 the difference M(x, 1) − M(x, 0) grows
        with x, for q < 0 it falls with x, and v_j = 1 makes x greatest there and smallest here; for q = 0 the
        rest is a factor that is greatest at 1. For q = 1 the difference is 100·ω, whatever the rest.
        """
        return 100.0 - self.highest_score(0.0, share)


def _exponent(compensation: float | str) -> float:
    return _NAMED_EXPONENTS[compensation] if isinstance(compensation, str) else float(compensation)


def _normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Shares of the sum; all 0 where nothing weighs anything."""
    largest = max(weights.values(), default=0.0)
    if largest <= 0:
        return dict.fromkeys(weights, 0.0)
    # divided by the largest first: a sum of very large weights would overflow
    total = math.fsum(weight / largest for weight in weights.values())
    return {id_: weight / largest / total for id_, weight in weights.items()}


def _mean_beside_ones(value: float, share: float, q: float) -> float:
    """M_q of ``value`` with weight ``share`` and 1 with the rest of the weight."""
    if share <= 0:
        return 1.0
    if q <= 0:
        value = max(value, _LEAST_VALUE)
    if q == -math.inf:
        return value
    if q == 1:
        return 1.0 - share * (1.0 - value)
    if abs(q) < _NEARLY_ZERO:
        return float(value**share)
    power = q * math.log(value) if value > 0 else -math.inf
    if power > _LARGEST_POWER:
        return math.exp((math.log(share) + power) / q)
    excess = share * math.expm1(power)  # of Σ ω v^q over 1
    return math.exp(math.log1p(excess) / q) if excess > -1 else 0.0
