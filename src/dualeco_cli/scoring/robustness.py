"""How firm the known is: Monte Carlo over weights and values (design, 4.7 and 4.10).

Each draw takes other weights and moves what is not certain, and scores, screens and ranks all practices anew. A
score is a mean of transformed values, so most of it is a matrix product: the target's draws are shared by all
practices, so a condition or need that moves with the target takes one column per state of the target. Only cells
that move by themselves (``?``, judgements) are looked up draw by draw.

Shapes in this module: P practices (B in a part of them), I indicators, D dimensions, C rows of the pool of one
dimension, k draws in a block: always :data:`~dualeco_cli.scoring.draws.BLOCK`, and what is too many in the last one is
cut off after scoring, so that every draw is computed in the same way however many are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from dualeco_cli.model.result import Method, Pairwise, PracticeClass, Robustness
from dualeco_cli.scoring.aggregate import LEAST_VALUE, exponent, power_mean
from dualeco_cli.scoring.case import Case
from dualeco_cli.scoring.draws import (
    BLOCK,
    RANGE,
    STATES,
    States,
    Values,
    Whole,
    stream,
    target_movement,
    whole_numbers,
)
from dualeco_cli.scoring.fit import fit
from dualeco_cli.scoring.ranks import Counts, Quantiles, RankCounts
from dualeco_cli.scoring.screen import Outcome, least_fit
from dualeco_cli.scoring.simplex import WeightDraws, anywhere, around
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints, below, reaches

#: The ends of the interval of the score.
ENDS = (0.05, 0.95)

#: Practices that are scored together: their scores in one block are half a megabyte.
PART = 64

#: With more different requirements than this on one continuous condition, each practice's fit is a look-up of its own.
MOST_COLUMNS = 8

#: Below this exponent v^q may overflow: the mean is then taken practice by practice, scaled.
LEAST_EXPONENT = -100.0

#: The class of a practice in a draw, where it is neither at home nor short of evidence.
_BLOCKED, _NOT_YET, _TOP = range(3)


@dataclass(frozen=True, slots=True)
class PowerMean:
    """The mean M_q of the design, 4.3, as an arithmetic mean of transformed values, for -100 ≤ q ≤ 1."""

    q: float

    def forward(self, value: Floats) -> Floats:
        """The values in [0, 1] as they enter the arithmetic mean."""
        if self.q == 1:
            return value
        if self.q <= 0:
            value = np.maximum(value, LEAST_VALUE)
        with np.errstate(divide="ignore"):
            log = np.log(value)
        # v^q less 1: near q = 0, where all powers are near 1, their digits would be lost.
        return log if self.q == 0 else np.expm1(self.q * log)

    def back(self, mean: Floats) -> Floats:
        """The mean in [0, 1], from the arithmetic mean of transformed values; nan stays nan."""
        if self.q == 1:
            found = mean
        elif self.q == 0:
            found = np.exp(mean)
        else:
            with np.errstate(divide="ignore"):
                found = np.exp(np.log1p(np.maximum(mean, -1.0)) / self.q)
        return np.clip(found, 0.0, 1.0)


@dataclass(frozen=True, eq=False)
class _Pool:
    """Which rows the coefficients of the practices multiply: all of them drawn once per block, (rows, k).

    Row i < I is the weight of indicator i. Where a target's level moves, three further rows hold the weight in the
    draws with that state, and 0 in the others. Where a target's continuous value moves, a row holds weight times
    transformed value, one for a need and one per requirement for a condition.
    """

    levels: dict[int, int]
    fits: dict[tuple[int, float], int]
    size: int

    @classmethod
    def of(cls, case: Case, moves: Bools) -> _Pool:
        """The pool of a case; ``moves`` (I,) says which of the target's values do."""
        scales = case.scales
        wanted = scales.normalise(case.required)
        levels: dict[int, int] = {}
        fits: dict[tuple[int, float], int] = {}
        size = len(case.indicators)
        for place in np.flatnonzero(moves & (scales.condition | scales.need)).tolist():
            if not scales.continuous[place]:
                levels[place] = size
                size += STATES
                continue
            firm = case.known[:, place] & ~case.low_confidence[:, place]
            required = np.unique(wanted[firm, place]) if scales.condition[place] else np.array([np.nan])
            if len(required) <= MOST_COLUMNS:
                for level in required.tolist():
                    fits[place, _key(level)] = size
                    size += 1
        return cls(levels, fits, size)


def _key(required: float) -> float:
    """A requirement as a key; a need has none, and nan would not be found again."""
    return -1.0 if np.isnan(required) else required


@dataclass(frozen=True, eq=False)
class _Own:
    """The n cells of one practice that move by themselves: o ordinal ones first, then continuous ones.

    Attributes:
        name: of the practice's stream.
        place: (n,) their indicators.
        importance: (n,) what their weights are multiplied by.
        down, up: (o, 1) a cell goes down below the first whole number, and up from the second on.
        values, transformed: (9 o,) v, and v as it enters the mean, by own and target's state.
        fails: (9 o,) whether that is a barrier.
        level, reach: (n − o, 1) the continuous ones' own numbers, and how far they move.
        decides: (n,) whether they can be barriers at all.
    """

    name: tuple[str, ...]
    place: Ints
    importance: Floats
    down: Whole
    up: Whole
    values: Floats
    transformed: Floats
    fails: Bools
    level: Floats
    reach: Floats
    decides: Bools


@dataclass(frozen=True, eq=False)
class _Dimension:
    """One dimension of a part: what multiplies the rows of the pool. One row stands for all where all are the same.

    Attributes:
        members: its indicators.
        applies: (B or 1, members) importance, 0 where not applicable.
        known: (B or 1, members) importance, 0 where not known.
        rows: (C,) rows of the pool.
        coefficients: (B, C).
    """

    members: Ints
    applies: Floats
    known: Floats
    rows: Ints
    coefficients: Floats


@dataclass(frozen=True, eq=False)
class _Part:
    """Some practices, laid out for scoring.

    Attributes:
        rows: (B,) which rows of the case.
        dimensions: by dimension.
        own: by practice: the cells that move by themselves.
        blocked: (B,) whether a barrier is certain.
        level_barriers: practice, indicator and in which of the target's states it is a barrier.
        fit_barriers: practice, indicator and requirement, where the target's value is continuous.
        values: what it was laid out from.
        importance: (B, I) 0 where not known or without weight.
    """

    rows: Ints
    dimensions: list[_Dimension]
    own: list[_Own | None]
    blocked: Bools
    level_barriers: list[tuple[int, int, tuple[bool, ...]]]
    fit_barriers: list[tuple[int, int, float]]
    values: Values
    importance: Floats


class _Plan:
    """Everything that is the same in all draws."""

    def __init__(self, case: Case, method: Method) -> None:
        self.case = case
        self.method = method
        self.q = exponent(method.compensation)
        self.mean = PowerMean(self.q) if self.q >= LEAST_EXPONENT else None
        self.weight: Floats = np.array([i.weight for i in case.indicators], dtype=np.float64)
        scales = case.scales
        #: (I,) the value below which there is a barrier, nan where there never is.
        self.limit: Floats = np.where(scales.condition, least_fit(scales), scales.normalise(scales.floor))
        self.target = target_movement(case)
        self.pool = _Pool.of(case, self.target.moves)
        names = [(p, f or "") for p, f in zip(case.practices, case.forms, strict=True)]
        # By id: what is computed does not depend on the order of the sheet, not even in the last digit.
        order: Ints = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.intp)
        self.order = order
        self.parts = [self._part(order[first : first + PART]) for first in range(0, len(order), PART)]

    def shared_value(self, place: int, required: float, level: Floats) -> Floats:
        """The values (k,) of a condition with this requirement, or of a need, for these levels of the target."""
        if self.case.scales.need[place]:
            return 1.0 - level
        return fit(np.array(required), level, self.case.scales.similar[place])

    def weights(self, block: int) -> WeightDraws:
        """The weights of one block: the same for all targets and practices."""
        rng = stream(self.method.seed, block, "weights")
        if self.method.weights == "any":
            return anywhere(rng, self.case.dimension_weight, self.weight, BLOCK)
        return around(rng, self.case.dimension_weight, self.weight, self.method.weight_spread, BLOCK)

    def _part(self, rows: Ints) -> _Part:
        case = self.case
        values = Values.of(case, rows, self.target)
        known = case.known[rows]
        # Importance alone: the draws bring the weights. Where a weight is 0 it does not matter.
        given = self.weight > 0
        importance = np.where(given, case.base_weight[rows] / np.where(given, self.weight, 1.0), 0.0)
        weighs = np.where(known, importance, 0.0)

        required = case.scales.normalise(case.required[rows])
        own = values.by_own.copy()
        for place in np.flatnonzero(case.scales.continuous & self.target.moves):
            for row in np.flatnonzero(values.by_target[:, place] & ~own[:, place]):
                own[row, place] = (int(place), _key(float(required[row, place]))) not in self.pool.fits
        shared = values.by_target & ~own
        firm = known & ~own & ~shared
        decides = known & self._decides(rows)
        fails = decides[..., np.newaxis, np.newaxis] & below(
            values.table, self.limit[:, np.newaxis, np.newaxis]
        )

        level_barriers: list[tuple[int, int, tuple[bool, ...]]] = []
        fit_barriers: list[tuple[int, int, float]] = []
        for row, place in np.argwhere(decides & shared).tolist():
            if case.scales.continuous[place]:
                fit_barriers.append((row, place, float(required[row, place])))
            elif fails[row, place, 1].any():
                level_barriers.append((row, place, tuple(fails[row, place, 1].tolist())))
        return _Part(
            rows=rows,
            dimensions=[
                self._dimension(members, importance, weighs, values, firm, shared, required)
                for members in self._members()
            ],
            own=[
                self._own(row, values, own[n], weighs[n], decides[n], fails[n], n)
                for n, row in enumerate(rows)
            ],
            blocked=np.any(firm & fails[..., 1, 1], axis=1),
            level_barriers=level_barriers,
            fit_barriers=fit_barriers,
            values=values,
            importance=weighs,
        )
