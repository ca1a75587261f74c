"""From what one person says of several things to the weight of each: points, ranks, comparisons in pairs.

All of it is arithmetic on a handful of numbers, and needs no more than Python: the checks tell of comparisons
that contradict each other, and the method makes weights of them, from the same functions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dualeco_cli.model.equal import EQUAL

#: The random index: the mean consistency index of random reciprocal matrices, for 1 to 15 things. T. L.
#: Saaty, The Analytic Hierarchy Process, McGraw-Hill 1980. Beyond 15 none is published there.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)

#: Comparisons with a greater consistency ratio than this should be looked at again (Saaty 1980).
ACCEPTABLE = 0.10

#: The scale of comparisons: from equally important to far more important, and the reverse (Saaty 1980).
LEAST_RATIO, GREATEST_RATIO = 1 / 9, 9.0

#: The eigenvector is taken when no weight changes by more than this; random matrices get there in a few dozen
#: steps.
_SETTLED = 1e-15
_MOST_STEPS = 10_000


def budget_shares(points: Sequence[float]) -> tuple[float, ...] | None:
    """The share of each thing in the points that were given; None where none were."""
    total = math.fsum(points)
    return tuple(one / total for one in points) if total > 0 else None


def rank_order_centroid(ranks: Sequence[float]) -> tuple[float, ...]:
    """The centroid of all weights that keep an order: w_k = (1/n) · Σ from j = k to n of 1/j.

    F. H. Barron and B. E. Barrett, Decision quality using ranked attribute weights, Management Science 42
    (1996). Things that share a rank share the mean of the weights of the places that they take up.

    Args:
        ranks: the smallest is the most important; only their order counts.

    Returns:
        Weights that sum to 1, in the order of ``ranks``.
    """
    n = len(ranks)
    by_place = [math.fsum(1 / j for j in range(place, n + 1)) / n for place in range(1, n + 1)]
    weights = []
    for rank in ranks:
        before = sum(other < rank - EQUAL for other in ranks)
        tied = sum(abs(other - rank) <= EQUAL for other in ranks)
        weights.append(math.fsum(by_place[before : before + tied]) / tied)
    return tuple(weights)


@dataclass(frozen=True, slots=True)
class Priorities:
    """Weights from comparisons in pairs.

    Attributes:
        weights: sum to 1; None where the comparisons do not hang together.
        eigenvalue: the largest one, λmax; the number of things where nothing contradicts anything.
        missing: how many of the n·(n − 1)/2 pairs are not compared.
        ratio: the consistency ratio; None where it has no meaning: pairs are missing, or there are more than
            15 things.
    """

    weights: tuple[float, ...] | None
    eigenvalue: float | None
    missing: int
    ratio: float | None


def pairwise_priorities(n: int, ratios: Mapping[tuple[int, int], float]) -> Priorities:
    """The principal eigenvector of a matrix of comparisons, and how far they contradict each other.

    Complete comparisons: T. L. Saaty, A scaling method for priorities in hierarchical structures, Journal of
    Mathematical Psychology 15 (1977): the consistency index is (λmax − n)/(n − 1), the consistency ratio that
    by :data:`RANDOM_INDEX`. Of incomplete ones, which must hang together, P. T. Harker, Incomplete pairwise
    comparisons in the analytic hierarchy process, Mathematical Modelling 9 (1987): a pair that is missing is
    0, and adds 1 to the diagonal of its row. Saaty's random index does not hold for those (K. C. Ágoston and
    L. Csató, Omega 108, 2022), so they have no consistency ratio.

    Args:
        n: how many things there are, at least 1.
        ratios: (i, j) → how many times as important i is as j, above 0; each pair once, in either direction.
    """
    missing = n * (n - 1) // 2 - len(ratios)
    if not _hangs_together(n, ratios):
        return Priorities(None, None, missing, None)
    rows: list[dict[int, float]] = [{} for _ in range(n)]
    for (i, j), ratio in ratios.items():
        rows[i][j] = ratio
        rows[j][i] = 1 / ratio
    # a row with k comparisons has n - 1 - k missing ones, each of which adds 1
    diagonal = [float(n - len(row)) for row in rows]
    weights = [1 / n] * n
    eigenvalue = float(n)
    for _ in range(_MOST_STEPS):
        product = [
            diagonal[i] * weights[i] + math.fsum(ratio * weights[j] for j, ratio in rows[i].items())
            for i in range(n)
        ]
        eigenvalue = math.fsum(product)
        changed = [one / eigenvalue for one in product]
        settled = max(abs(one - other) for one, other in zip(changed, weights, strict=True)) <= _SETTLED
        weights = changed
        if settled:
            break
    return Priorities(tuple(weights), eigenvalue, missing, _ratio(n, eigenvalue) if missing == 0 else None)


def _ratio(n: int, eigenvalue: float) -> float | None:
    """The consistency ratio; one or two things cannot contradict each other."""
    if n <= 2:
        return 0.0
    if n > len(RANDOM_INDEX):
        return None
    return max(0.0, (eigenvalue - n) / (n - 1)) / RANDOM_INDEX[n - 1]


def _hangs_together(n: int, pairs: Mapping[tuple[int, int], float]) -> bool:
    """Whether everything is compared with everything else, directly or through others."""
    group = list(range(n))

    def of(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    for i, j in pairs:
        group[of(i)] = of(j)
    return len({of(one) for one in range(n)}) == 1


def rank_gap(ranks: Mapping[str, float]) -> str | None:
    """The first thing whose rank leaves a gap below it; None where all ranks can be made sense of.

    After two that share rank 1 comes 2 or 3: both are usual.
    """
    before = 0.0
    for value in sorted(set(ranks.values())):
        smaller = sum(other < value for other in ranks.values())
        if value not in {before + 1, smaller + 1.0}:
            return next(name for name, rank in ranks.items() if rank == value)
        before = value
    return None
