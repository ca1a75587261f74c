"""How far the assessors agree (design, 4.4 and 4.10).

Krippendorff's alpha compares the disagreement seen within the units with the one to be expected by chance.
Its ordinal distance between two values is the number of ratings between them, which is the distance of their
mid-ranks among all pairable ratings: the ordinal alpha is the interval alpha of the mid-ranks. That makes it
a matter of one sort and three sums of squares, where the coincidence matrix would take the square of the
number of values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import Agreement, Split
from dualeco_cli.model.rows import Assessment, Indicator, Role
from dualeco_cli.model.study import Study

#: The assessor whose row settles a unit. It is no assessor: neither in alpha nor in the units (design, 4.10).
CONSENSUS = "consensus"


class Unit(NamedTuple):
    """What several assessors rated: an indicator of a practice. Ratings stand in the indicator's own unit."""

    practice: str
    indicator: Indicator
    assessors: tuple[str, ...]
    ratings: tuple[float, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The ratings from 0 at ``worst`` to 1 at ``best`` (design, 4.1)."""
        return tuple(self.indicator.normalise(rating) for rating in self.ratings)

    def without(self, assessor: str) -> Unit:
        """The same unit without one assessor's rating."""
        kept = [(a, r) for a, r in zip(self.assessors, self.ratings, strict=True) if a != assessor]
        return self._replace(assessors=tuple(a for a, _ in kept), ratings=tuple(r for _, r in kept))


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """Where the assessors of one target agree and where not. An alpha that is not defined is None.

    ``alpha`` and ``units`` are over all units with two or more ratings, ``by_dimension`` over those of one
    dimension. ``without`` holds, per assessor, the alpha of the others: it is higher than ``alpha`` for one
    who stands apart. ``split`` are the units on which the assessors lie apart.
    """

    alpha: float | None
    units: int
    by_dimension: dict[str, float | None]
    without: dict[str, float | None]
    split: tuple[Split, ...]


def krippendorff_alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Krippendorff's alpha for ordinal ratings (Krippendorff 2011; design, 4.4).

    ``units`` holds the ratings of each unit, in any number and any unit of measurement that puts them in
    order; units with fewer than two ratings do not count. Ratings within 1e-9 of each other are the same
    rating.

    1 is full agreement, 0 what chance would give, less than 0 worse than that. None where it is not defined:
    without a pair, or where all pairable ratings are the same. Takes O(n log n) for n ratings in whatever
    units.
    """
    pairable = [tuple(ratings) for ratings in units if len(ratings) > 1]
    if not pairable:
        return None
    sizes = np.array([len(ratings) for ratings in pairable], dtype=np.int64)
    ranks = _doubled_mid_ranks(np.array([r for ratings in pairable for r in ratings], dtype=np.float64))
    n = len(ranks)
    # Centred first: the sums of squares of large ranks would otherwise lose their last digits.
    expected = float(np.sum((ranks - ranks.mean()) ** 2)) / (n - 1)
    if expected == 0:
        return None
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    means = np.add.reduceat(ranks, starts) / sizes
    within = np.add.reduceat((ranks - np.repeat(means, sizes)) ** 2, starts)
    observed = float(np.sum(within * sizes / (sizes - 1))) / n
    return 1.0 - observed / expected


def _doubled_mid_ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Twice the mid-rank of each value (n): whole numbers, so that equal ones are equal to the bit."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.concatenate(([True], np.diff(ordered) > EQUAL))
    group = np.cumsum(first) - 1
    counts = np.bincount(group)
    before = np.cumsum(counts) - counts
    ranks = np.empty(len(values))
    ranks[order] = (2 * before + counts)[group]
    return ranks


def is_split(ratings: Sequence[float], step: float) -> bool:
    """Whether at least a third of two or more ratings lie more than one step from their median (design, 4.4).

    ``ratings`` and ``step`` are in the indicator's own unit; ``step`` is a level, or a twentieth of a
    continuous scale (:attr:`~dualeco_cli.model.rows.Indicator.single_step`).
    """
    if len(ratings) < 2:
        return False
    middle = median(ratings)
    far = sum(abs(rating - middle) > step + EQUAL for rating in ratings)
    return 3 * far >= len(ratings)


def units_of(study: Study, target: str) -> tuple[Unit, ...]:
    """The units of one target that two or more assessors rated, by practice and order of the indicators.

    Ratings stand in the order of their rows. A consensus row is no rating (design, 4.10).
    """
    indicators = {i.id: i for i in study.framework.indicators if i.role is Role.JUDGEMENT}
    place = {id_: n for n, id_ in enumerate(indicators)}
    found: dict[tuple[str, str], list[Assessment]] = {}
    for row in study.assessments:
        if row.target == target and row.indicator in indicators and _is_rating(row):
            found.setdefault((row.practice, row.indicator), []).append(row)
    return tuple(
        Unit(
            practice,
            indicators[indicator],
            tuple(row.assessor for row in rows),
            tuple(row.rating for row in rows if row.rating is not None),
        )
        for (practice, indicator), rows in sorted(found.items(), key=lambda f: (f[0][0], place[f[0][1]]))
        if len(rows) > 1
    )


def _is_rating(row: Assessment) -> bool:
    return row.rating is not None and row.assessor != CONSENSUS


def agreement(study: Study, target: str) -> Agreement | None:
    """How far the assessors of one target agree (design, 4.4): None if nobody rated anything for it."""
    if not any(row.target == target and _is_rating(row) for row in study.assessments):
        return None
    units = units_of(study, target)
    return Agreement(alpha=_alpha(units), units=len(units), split=_split(units))


def agreement_details(study: Study, target: str) -> AgreementDetails:
    """The agreement of one target by dimension, and without each assessor in turn.

    Costs one alpha per dimension and one per assessor, each linear in the number of ratings but for a sort.
    """
    units = units_of(study, target)
    dimensions: dict[str, list[Unit]] = {}
    for unit in units:
        dimensions.setdefault(unit.indicator.dimension, []).append(unit)
    assessors = sorted({assessor for unit in units for assessor in unit.assessors})
    return AgreementDetails(
        alpha=_alpha(units),
        units=len(units),
        by_dimension={
            d.id: _alpha(dimensions[d.id]) for d in study.framework.dimensions if d.id in dimensions
        },
        without={a: _alpha([unit.without(a) for unit in units]) for a in assessors},
        split=_split(units),
    )


def _alpha(units: Iterable[Unit]) -> float | None:
    return krippendorff_alpha(unit.values for unit in units)


def _split(units: Iterable[Unit]) -> tuple[Split, ...]:
    return tuple(
        Split(practice=unit.practice, indicator=unit.indicator.id, ratings=unit.ratings)
        for unit in units
        if is_split(unit.ratings, unit.indicator.single_step)
    )


def assessors_of(study: Study, target: str) -> tuple[str, ...]:
    """The ids of those who gave a rating for one target, in order; ``consensus`` is none of them."""
    return tuple(sorted({r.assessor for r in study.assessments if r.target == target and _is_rating(r)}))


def as_seen_by(study: Study, assessor: str) -> Study:
    """The study with the judgements of one assessor alone, to rank the practices as that assessor would.

    Everything that is no judgement stays. Consensus rows go as well: they are not this assessor's.
    """
    kept = tuple(row for row in study.assessments if row.assessor == assessor)
    return study.model_copy(update={"assessments": kept})
