"""The practices of one target, laid out for a simulation: what is firm, what the target moves, what not.

A score is a mean of transformed values, so most of it is a matrix product: the target's draws are shared by
all practices, so a condition or need that moves with the target takes one column per state of the target.
Only cells that move by themselves (``?``, judgements) have to be looked up draw by draw.

Shapes: P practices (B in a part of them), I indicators, D dimensions, C rows of the pool of one dimension,
k draws in a block (:data:`~dualeco_cli.scoring.draws.BLOCK`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dualeco_cli.model.result import Method
from dualeco_cli.scoring.aggregate import LEAST_VALUE, exponent
from dualeco_cli.scoring.case import Case
from dualeco_cli.scoring.draws import BLOCK, RANGE, STATES, Streams, Values, Whole, target_movement
from dualeco_cli.scoring.fit import fit
from dualeco_cli.scoring.panel import NoPanelError
from dualeco_cli.scoring.screen import least_fit
from dualeco_cli.scoring.simplex import WeightDraws, anywhere, around, of_members
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints, below

#: Practices that are scored together: their scores in one block are half a megabyte.
PART = 32

#: Cells that are drawn together, for whole practices: their values in one block are half a megabyte.
BATCH = 32

#: With more different requirements than this on one continuous condition, each practice's fit is computed by
#: itself.
MOST_COLUMNS = 8

#: Below this exponent v^q may overflow: the mean is then taken practice by practice, scaled.
LEAST_EXPONENT = -100.0


@dataclass(frozen=True, slots=True)
class Curve:
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
class Pool:
    """Which rows the coefficients of the practices multiply: all of them drawn once per block, (rows, k).

    Row i < I is the weight of indicator i. Where a target's level moves, three further rows hold the weight
    in the draws with that state, and 0 in the others: ``levels`` names the first. Where a target's continuous
    value moves, a row holds weight times transformed value, one for a need and one per requirement for a
    condition: ``fits``.
    """

    levels: dict[int, int]
    fits: dict[tuple[int, float], int]
    size: int

    @classmethod
    def of(cls, case: Case, moves: Bools) -> Pool:
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
                    fits[place, key(level)] = size
                    size += 1
        return cls(levels, fits, size)


def key(required: float) -> float:
    """A requirement as a key; a need has none, and nan would not be found again."""
    return -1.0 if np.isnan(required) else required


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of the practices of one part, (B, I) unless said otherwise.

    Attributes:
        values: v in all states.
        required: n(required); nan where there is none.
        importance: what the weight is multiplied by; 0 where not applicable or without weight.
        weighs: the same; 0 where not known as well.
        firm: known, and the same in all draws.
        shared: moving with the target alone, by way of the pool.
        own: moving by themselves.
        decides: known, and a barrier for some value.
        fails: (B, I, 3, 3) whether it is a barrier, by state.
    """

    values: Values
    required: Floats
    importance: Floats
    weighs: Floats
    firm: Bools
    shared: Bools
    own: Bools
    decides: Bools
    fails: Bools


@dataclass(frozen=True, eq=False)
class Own:
    """n cells of some practices that move by themselves, in the order of the practices.

    Attributes:
        streams: by practice: its row in the part, the name of its stream, and which cells are its own.
        place: (n,) their indicators.
        factor: (n,) what their weights are multiplied by: the kind of the practice in their dimension.
        decides: which of them can be barriers: number, row in the part and indicator.
    """

    streams: list[tuple[int, tuple[str, ...], slice]]
    place: Ints
    factor: Ints
    decides: list[tuple[int, int, int]]


@dataclass(frozen=True, eq=False)
class Steps(Own):
    """Cells on ordinal scales: they go one step down, or up, or stay.

    Attributes:
        down: (n, 1) below this whole number a cell goes one step down.
        up: (n, 1) from this one on it goes one step up.
        offset: (n, 1) where its nine values begin: by own and target's state.
        entering: (9 n,) the values as they enter the mean: transformed, times importance.
        values: (9 n,) the values.
        fails: (9 n,) whether they are barriers.
    """

    down: Whole
    up: Whole
    offset: Ints
    entering: Floats
    values: Floats
    fails: Bools


@dataclass(frozen=True, eq=False)
class Drifts(Own):
    """Cells on continuous scales, or held against a target's value on one.

    Attributes:
        level: (n, 1) the practice's own number, from 0 at worst to 1 at best.
        reach: (n, 1) how far it moves to each side; 0 where only the target's does.
        importance: (n, 1) what the weight is multiplied by.
        condition: (n, 1) whether the number is required; else it is the value.
        similar: (n, 1) whether more than is required counts against the fit.
    """

    level: Floats
    reach: Floats
    importance: Floats
    condition: Bools
    similar: Bools


@dataclass(frozen=True, eq=False)
class Share:
    """One dimension of a part: what multiplies the rows of the pool.

    Practices in which the same indicators apply and are known, with the same importance, share a kind: K of
    them.

    Attributes:
        first: the row of its first kind among the kinds of all dimensions.
        kind: (B,) of each practice.
        members: (m,) the dimension's indicators.
        applies: (K, m) importance, 0 where not applicable.
        known: (K, m) importance, 0 where not known.
        empty: (K,) whether nothing that applies weighs anything.
        rows: (C,) rows of the pool.
        coefficients: (B, C).
    """

    first: int
    kind: Ints
    members: Ints
    applies: Floats
    known: Floats
    empty: Bools
    rows: Ints
    coefficients: Floats

    @property
    def kinds(self) -> slice:
        """Its rows among the kinds of all dimensions."""
        return slice(self.first, self.first + len(self.applies))


@dataclass(frozen=True, eq=False)
class Part:
    """Some practices, laid out for scoring.

    Attributes:
        rows: (B,) their rows in the case.
        span: their places in the order of the plan.
        cells: what they were laid out from.
        shares: by dimension.
        kinds: how many kinds there are in all dimensions.
        steps: the ordinal cells that move by themselves, some practices at a time.
        drifts: the continuous ones.
        blocked: (B,) whether a barrier is certain.
        level_barriers: practice, indicator, and in which of the target's three states it is a barrier.
        fit_barriers: practice, indicator and requirement, where the target's value is continuous.
    """

    rows: Ints
    span: slice
    cells: Cells
    shares: list[Share]
    kinds: int
    steps: list[Steps]
    drifts: list[Drifts]
    blocked: Bools
    level_barriers: list[tuple[int, int, tuple[bool, ...]]]
    fit_barriers: list[tuple[int, int, float]]


class Plan:
    """Everything about a case that is the same in all draws.

    Attributes:
        case: the case.
        method: seed, weights and exponent.
        streams: the random numbers.
        q: the exponent.
        curve: the mean; None where it has to be taken practice by practice (q < -100, the minimum included).
        weight: (I,) w_i.
        limit: (I,) the value below which there is a barrier; nan where there never is.
        target: how the target's values move.
        pool: the rows that all practices share.
        order: (P,) the rows of the case by id: what is computed does not depend on the order of the sheet,
            not even in the last digit.
        parts: the practices in this order.
    """

    def __init__(self, case: Case, method: Method) -> None:
        self.case = case
        self.method = method
        self.streams = Streams(method.seed)
        self.q = exponent(method.compensation)
        self.curve = Curve(self.q) if self.q >= LEAST_EXPONENT else None
        self.weight: Floats = np.array([i.weight for i in case.indicators], dtype=np.float64)
        scales = case.scales
        self.limit: Floats = np.where(scales.condition, least_fit(scales), scales.normalise(scales.floor))
        self.target = target_movement(case)
        self.pool = Pool.of(case, self.target.moves)
        names = [(p, f or "") for p, f in zip(case.practices, case.forms, strict=True)]
        self.order: Ints = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.intp)
        self.parts = [
            self._part(slice(first, min(first + PART, len(names)))) for first in range(0, len(names), PART)
        ]

    def weights(self, block: int) -> WeightDraws:
        """The weights of one block: the same for all targets and practices."""
        rng = self.streams.at(block, "weights")
        if self.method.weights == "any":
            return anywhere(rng, self.case.dimension_weight, self.weight, BLOCK)
        if self.method.weights == "panel":
            if self.case.members is None:
                raise NoPanelError("the case was not built with the weights of a panel")
            return of_members(rng, self.case.members, BLOCK)
        return around(rng, self.case.dimension_weight, self.weight, self.method.weight_spread, BLOCK)

    def value(self, place: int, required: float, level: Floats) -> Floats:
        """Values (k,) of a condition with this requirement, or of a need, for these levels of the target."""
        if self.case.scales.need[place]:
            return 1.0 - level
        return fit(np.array(required), level, self.case.scales.similar[place])

    def _part(self, span: slice) -> Part:
        scales = self.case.scales
        rows = self.order[span]
        cells = self._cells(rows)
        shares: list[Share] = []
        kinds = 0
        for place in range(len(self.case.dimensions)):
            share = self._share(cells, np.flatnonzero(self.case.dimension_index == place), kinds)
            shares.append(share)
            kinds += len(share.applies)
        matters = cells.own & ((cells.weighs > 0) | cells.decides)
        turning = cells.decides & cells.shared
        by_level = turning & ~scales.continuous & cells.fails[..., 1, :].any(axis=-1)
        return Part(
            rows=rows,
            span=span,
            cells=cells,
            shares=shares,
            kinds=kinds,
            steps=[
                self._steps(cells, self._own(cells, shares, rows, "levels", chosen))
                for chosen in _batches(matters & ~scales.continuous)
            ],
            drifts=[
                self._drifts(cells, self._own(cells, shares, rows, "values", chosen))
                for chosen in _batches(matters & scales.continuous)
            ],
            blocked=np.any(cells.firm & cells.fails[..., 1, 1], axis=1),
            level_barriers=[
                (row, place, tuple(cells.fails[row, place, 1].tolist()))
                for row, place in np.argwhere(by_level).tolist()
            ],
            fit_barriers=[
                (row, place, float(cells.required[row, place]))
                for row, place in np.argwhere(turning & scales.continuous).tolist()
            ],
        )

    def _cells(self, rows: Ints) -> Cells:
        case = self.case
        values = Values.of(case, rows, self.target)
        known = case.known[rows]
        # Importance alone: the draws bring the weights. Where a weight is 0 it does not matter.
        given = self.weight > 0
        importance = np.where(given, case.base_weight[rows] / np.where(given, self.weight, 1.0), 0.0)
        required = case.scales.normalise(case.required[rows])
        own = values.by_own.copy()
        for place in np.flatnonzero(case.scales.continuous & self.target.moves).tolist():
            for row in np.flatnonzero(values.by_target[:, place] & ~own[:, place]).tolist():
                own[row, place] = (place, key(required[row, place])) not in self.pool.fits
        decides = known & (case.critical[rows] | ~np.isnan(case.scales.floor))
        limit = self.limit[:, np.newaxis, np.newaxis]
        return Cells(
            values=values,
            required=required,
            importance=importance,
            weighs=np.where(known, importance, 0.0),
            firm=known & ~own & ~values.by_target,
            shared=values.by_target & ~own,
            own=own,
            decides=decides,
            fails=decides[..., np.newaxis, np.newaxis] & below(values.table, limit),
        )

    def _share(self, cells: Cells, members: Ints, first: int) -> Share:
        """One dimension; a mean that is taken practice by practice has no coefficients."""
        rows: list[int] = []
        columns: list[Floats] = []
        for place in members.tolist() if self.curve is not None else ():
            for row, column in self._columns(cells, place):
                if column.any():
                    rows.append(row)
                    columns.append(column)
        both = np.concatenate((cells.importance[:, members], cells.weighs[:, members]), axis=1)
        patterns, kind = np.unique(both, axis=0, return_inverse=True)
        applies, known = np.split(patterns, 2, axis=1)
        return Share(
            first=first,
            members=members,
            kind=kind.reshape(-1),
            applies=np.ascontiguousarray(applies),
            known=np.ascontiguousarray(known),
            empty=~np.any(applies > 0, axis=1),
            rows=np.array(rows, dtype=np.intp),
            coefficients=np.stack(columns, axis=1) if columns else np.zeros((len(cells.weighs), 0)),
        )

    def _columns(self, cells: Cells, place: int) -> list[tuple[int, Floats]]:
        """Rows of the pool, each with the coefficients (B,) of one indicator."""
        assert self.curve is not None  # noqa: S101 - asked for coefficients only with a curve
        weighs = cells.weighs[:, place]
        table = self.curve.forward(cells.values.table[:, place])
        firm = cells.firm[:, place] & (weighs > 0)
        shared = cells.shared[:, place] & (weighs > 0)
        found = [(place, np.where(firm, weighs * table[:, 1, 1], 0.0))]
        if place in self.pool.levels:
            first = self.pool.levels[place]
            found += [
                (first + state, np.where(shared, weighs * table[:, 1, state], 0.0)) for state in range(STATES)
            ]
        for (of, required), row in self.pool.fits.items():
            if of == place:
                same = (cells.required[:, place] == required) | self.case.scales.need[place]
                found.append((row, np.where(shared & same, weighs, 0.0)))
        return found

    def _own(
        self, cells: Cells, shares: list[Share], rows: Ints, purpose: str, chosen: tuple[Ints, Ints]
    ) -> tuple[Own, Ints]:
        """What ordinal and continuous cells have in common; and their rows in the part."""
        row, place = chosen
        case = self.case
        streams: list[tuple[int, tuple[str, ...], slice]] = []
        for one in np.unique(row).tolist():
            start, end = np.searchsorted(row, [one, one + 1]).tolist()
            name = ("practice", case.practices[rows[one]], case.forms[rows[one]] or "", purpose)
            streams.append((one, name, slice(start, end)))
        kinds = np.stack([share.first + share.kind for share in shares])
        deciding = np.flatnonzero(cells.decides[row, place]).tolist()
        return Own(
            streams=streams,
            place=place,
            factor=kinds[case.dimension_index[place], row],
            decides=[(n, int(row[n]), int(place[n])) for n in deciding],
        ), row

    def _steps(self, cells: Cells, own: tuple[Own, Ints]) -> Steps:
        shared, row = own
        place = shared.place
        step = np.round(cells.values.own.probability[row, place] * RANGE).astype(np.int64)[:, np.newaxis]
        values = cells.values.table[row, place].ravel()
        entering = values
        if self.curve is not None:
            entering = self.curve.forward(values) * np.repeat(cells.weighs[row, place], STATES**2)
        return Steps(
            **vars(shared),
            down=step.astype(np.uint32),
            up=(RANGE - step).astype(np.uint32),
            offset=np.arange(0, len(place) * STATES**2, STATES**2)[:, np.newaxis],
            entering=entering,
            values=values,
            fails=cells.fails[row, place].ravel(),
        )

    def _drifts(self, cells: Cells, own: tuple[Own, Ints]) -> Drifts:
        shared, row = own
        place = shared.place
        movement, scales = cells.values.own, self.case.scales
        return Drifts(
            **vars(shared),
            level=movement.levels[row, place, 1][:, np.newaxis],
            reach=movement.reach[row, place][:, np.newaxis],
            importance=cells.weighs[row, place][:, np.newaxis],
            condition=scales.condition[place][:, np.newaxis],
            similar=scales.similar[place][:, np.newaxis],
        )


def _batches(cells: Bools) -> list[tuple[Ints, Ints]]:
    """Rows and indicators of marked cells (B, I), row by row: whole rows, and not too many at once."""
    found = []
    counts = np.cumsum(cells.sum(axis=1))
    start = 0
    for end in range(1, len(cells) + 1):
        before = counts[start - 1] if start else 0
        # Closed where the next row would be too many, and at the end.
        if end == len(cells) or counts[end] - before > BATCH:
            row, place = np.nonzero(cells[start:end])
            if len(row):
                found.append((row + start, place))
            start = end
    return found
