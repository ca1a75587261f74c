"""How firm the known is: Monte Carlo over weights and values (design, 4.7 and 4.10).

Each draw takes other weights and moves what is not certain, and scores, screens and ranks all practices anew.
Draws are computed in blocks of fixed size, each from streams of its own; what is too many in the last block
is cut off after scoring. So every draw comes out the same, bit for bit, however many are wanted.

Shapes: P practices (B in a part of them), I indicators, D dimensions, k draws in a block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from dualeco_cli.model.result import Method, Pairwise, PracticeClass, Robustness
from dualeco_cli.scoring.aggregate import LEAST_VALUE, power_mean
from dualeco_cli.scoring.case import Case
from dualeco_cli.scoring.draws import BLOCK, STATES, States, Whole, whole_numbers
from dualeco_cli.scoring.fit import fit
from dualeco_cli.scoring.plan import PART, Drifts, Own, Part, Plan, Steps
from dualeco_cli.scoring.ranks import Counts, Quantiles, RankCounts
from dualeco_cli.scoring.screen import Outcome
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints, below, reaches

#: The ends of the interval of the score.
ENDS = (0.05, 0.95)


def robustness(
    case: Case, outcome: Outcome, method: Method, progress: Callable[[int], None] | None = None
) -> tuple[tuple[Robustness | None, ...], Pairwise | None]:
    """Simulates a case (design, 4.7).

    The same case, seed and number of draws give the same numbers to the last bit, in whatever order the
    practices stand. The memory does not grow with the draws. Costs per draw a matrix product of P by I, a
    sort of P and, up to 1000 ranked practices, P² comparisons of single bytes.

    Args:
        case: the practices and the target.
        outcome: the point result of the same case and method: it says who is ranked, and what coverage and
            open questions are.
        method: exponent, thresholds, samples, seed, and how weights are drawn.
        progress: told the number of further draws after each block.

    Returns:
        By row of the case: interval and mean of the score on 0-100 (None without a score), rank acceptability
        (as long as there are ranked practices, but no longer than 1000; empty without a rank), class
        probabilities for all classes, the probability of each barrier that there is or may be, and central
        weights by dimension. And the winning probabilities of the ranked practices, in the order of the
        ranking: on the diagonal a half, as everything ties with itself; None without a ranked practice or
        with more than 1000. Without samples there is nothing: None everywhere.

    Raises:
        ValueError: a weight spread that is not in [0, 1).
    """
    if not 0 <= method.weight_spread < 1:
        raise ValueError(f"the weight spread is at least 0 and less than 1, not {method.weight_spread}")
    if method.samples <= 0 or not case.practices:
        return (None,) * len(case.practices), None
    plan = Plan(case, method)
    tally = _Tally(plan, outcome)
    room = _Room(plan)
    scores = np.empty((len(case.practices), BLOCK))
    for number in range(-(-method.samples // BLOCK)):
        draws = min(BLOCK, method.samples - number * BLOCK)
        block = _Block(plan, number)
        for part in plan.parts:
            scores[part.span] = _Scorer(plan, room, block, part, tally, draws).scores()
        tally.add(scores[:, :draws], block.shares[:, :draws])
        if progress is not None:
            progress(draws)
    return _Report(plan, outcome, tally).all()


class _Block:
    """The draws of one block that all practices share.

    Attributes:
        number: of the block.
        weights: (I, k) drawn w_i, not normalised.
        dimension_weights: (D, k) drawn W_d, not normalised.
        shares: (D, k) the same as shares of all dimensions.
        state: (I, k) of the target's levels: 0 one step down, 1 as it is, 2 one step up.
        level: (I, k) the target's values from 0 at worst to 1 at best, but for levels as they are.
        pool: (rows, k), see :class:`~dualeco_cli.scoring.plan.Pool`.
    """

    def __init__(self, plan: Plan, number: int) -> None:
        self.number = number
        drawn_weights = plan.weights(number)
        self.weights = drawn_weights.indicators
        self.dimension_weights = drawn_weights.dimensions
        self.shares = drawn_weights.shares
        target = plan.target
        moves = np.flatnonzero(target.moves)
        drawn = plan.streams.at(number, "profile", plan.case.target).random((len(moves), BLOCK))
        # A certain level has probability 0: the first comparison always holds, the second never.
        down = target.probability[moves, np.newaxis]
        self.state: States = np.ones((len(plan.case.indicators), BLOCK), dtype=np.uint8)
        self.state[moves] = (drawn >= down).view(np.uint8) + (drawn >= 1 - down).view(np.uint8)
        self.level: Floats = np.repeat(target.levels[:, 1:2], BLOCK, axis=1)
        drifts = target.reach[moves] > 0
        shift = (2 * drawn[drifts] - 1) * target.reach[moves[drifts], np.newaxis]
        self.level[moves[drifts]] += shift
        np.clip(self.level, 0.0, 1.0, out=self.level)
        self.pool = self._pool(plan)
        self._turned: dict[tuple[int, tuple[bool, ...]], Bools] = {}

    def _pool(self, plan: Plan) -> Floats:
        pool = np.empty((plan.pool.size, BLOCK))
        pool[: len(self.weights)] = self.weights
        for place, row in plan.pool.levels.items():
            for state in range(STATES):
                np.multiply(self.weights[place], self.state[place] == state, out=pool[row + state])
        if plan.curve is not None:
            for (place, required), row in plan.pool.fits.items():
                value = plan.value(place, required, self.level[place])
                np.multiply(self.weights[place], plan.curve.forward(value), out=pool[row])
        return pool

    def turned(self, place: int, fails: tuple[bool, ...]) -> Bools:
        """(k,) in which draws the target is in one of the states that ``fails`` marks."""
        key = (place, fails)
        if key not in self._turned:
            self._turned[key] = np.array(fails)[self.state[place]]
        return self._turned[key]


class _Tally:
    """What is counted over all draws: barriers and classes by row of the case, the rest by id."""

    def __init__(self, plan: Plan, outcome: Outcome) -> None:
        practices, indicators = plan.case.shape
        self.draws = 0
        self.barrier: Counts = np.zeros((practices, indicators), dtype=np.int64)
        self.blocked: Counts = np.zeros(practices, dtype=np.int64)
        self.not_yet: Counts = np.zeros(practices, dtype=np.int64)
        self.top: Counts = np.zeros(practices, dtype=np.int64)
        self.total: Floats = np.zeros(practices)
        self.ranked: Bools = outcome.ranked[plan.order]
        self.ranks = RankCounts(int(self.ranked.sum()), len(plan.case.dimensions))
        self.scored: Bools = ~np.isnan(outcome.scores.score[plan.order])
        self.quantiles = Quantiles(int(self.scored.sum()), ENDS, BLOCK, plan.method.samples)

    def add(self, scores: Floats, shares: Floats) -> None:
        """Count the scores (P, k) of a block, by id, and its dimension weights (D, k)."""
        self.draws += scores.shape[1]
        self.total += scores.sum(axis=1)
        self.quantiles.add(scores if self.scored.all() else scores[self.scored])
        self.ranks.add(scores if self.ranked.all() else scores[self.ranked], shares)


class _Room:
    """Working memory for one part in one block, taken once: getting it anew takes as long as the work."""

    def __init__(self, plan: Plan) -> None:
        batches = [own for part in plan.parts for own in (*part.steps, *part.drifts)]
        cells = max([PART, *(len(own.place) for own in batches)])
        self.above: Floats = np.empty((PART, BLOCK))
        self.under: Floats = np.empty((PART, BLOCK))
        self.first: Floats = np.empty((cells, BLOCK))
        self.second: Floats = np.empty((cells, BLOCK))
        self.values: Floats = np.empty((cells, BLOCK))
        self.whole: Whole = np.empty((cells, BLOCK), dtype=np.uint32)
        self.state: States = np.empty((cells, BLOCK), dtype=np.uint8)
        self.also: States = np.empty((cells, BLOCK), dtype=np.uint8)
        self.cell: Ints = np.empty((cells, BLOCK), dtype=np.intp)


class _Scorer:
    """Scores and screens the practices of one part in one block."""

    def __init__(self, plan: Plan, room: _Room, block: _Block, part: Part, tally: _Tally, draws: int) -> None:
        self.plan = plan
        self.room = room
        self.block = block
        self.part = part
        self.tally = tally
        self.draws = draws
        self.blocked: Bools = np.repeat(part.blocked[:, np.newaxis], BLOCK, axis=1)

    def scores(self) -> Floats:
        """The scores (B, k) of all draws of the block; barriers and classes are counted on the way."""
        factors = self._factors()
        found = self._one_by_one(factors) if self.plan.curve is None else self._means(factors)
        found *= 100.0
        self._turn_barriers()
        self._count_classes(found)
        return found

    def _factors(self) -> Floats:
        """Weights of dimensions over the sums of the weights of what applies in them, (kinds, k)."""
        found = np.empty((self.part.kinds, BLOCK))
        for place, share in enumerate(self.part.shares):
            rows = np.matmul(share.applies, self.block.weights[share.members], out=found[share.kinds])
            rows[share.empty] = np.inf
            np.divide(self.block.dimension_weights[place], rows, out=rows)
        return found

    def _means(self, factors: Floats) -> Floats:
        """M_q over what is known: the sums over shared rows as matrix products, own cells added to them."""
        part, block, room = self.part, self.block, self.room
        assert self.plan.curve is not None  # noqa: S101 - the caller asked
        size = len(part.rows)
        above, under, product, spread = (
            one[:size] for one in (room.above, room.under, room.first, room.second)
        )
        above[:] = 0.0
        under[:] = 0.0
        for share in part.shares:
            factor = factors[share.kinds]
            weight = share.known @ block.weights[share.members]
            weight *= factor
            np.matmul(share.coefficients, block.pool[share.rows], out=product)
            # One kind is spread over all practices by itself.
            one = len(factor) == 1
            product *= factor if one else factor.take(share.kind, axis=0, out=spread, mode="clip")
            above += product
            under += weight if one else weight.take(share.kind, axis=0, out=spread, mode="clip")
        for own, values in self._own_values():
            n = len(own.place)
            weights = block.weights.take(own.place, axis=0, out=room.first[:n], mode="clip")
            weights *= factors.take(own.factor, axis=0, out=room.second[:n], mode="clip")
            for row, _, cells in own.streams:
                above[row] += np.einsum("nk,nk->k", values[cells], weights[cells])
        with np.errstate(invalid="ignore"):
            above /= under
        return self.plan.curve.back(above)

    def _own_values(self) -> Iterator[tuple[Own, Floats]]:
        """What the cells that move by themselves contribute to the mean but for weights, (n, k).

        That is their values, transformed and times importance, or as they are where there is no curve. They
        are good until the next ones are asked for. Barriers are noted on the way.
        """
        for steps in self.part.steps:
            yield steps, self._step(steps)
        for drifts in self.part.drifts:
            yield drifts, self._drift(drifts)

    def _step(self, steps: Steps) -> Floats:
        n = len(steps.place)
        drawn, state, also, cell = (
            one[:n] for one in (self.room.whole, self.room.state, self.room.also, self.room.cell)
        )
        for _, name, cells in steps.streams:
            rng = self.plan.streams.at(self.block.number, *name)
            drawn[cells] = whole_numbers(rng, cells.stop - cells.start)
        np.greater_equal(drawn, steps.down, out=state.view(np.bool_))
        np.greater_equal(drawn, steps.up, out=also.view(np.bool_))
        state += also
        state *= STATES
        state += self.block.state.take(steps.place, axis=0, out=also, mode="clip")
        np.add(state, steps.offset, out=cell)
        for number, row, place in steps.decides:
            self._bar(row, place, steps.fails.take(cell[number]))
        return steps.entering.take(cell, out=self.room.values[:n], mode="clip")

    def _drift(self, drifts: Drifts) -> Floats:
        n = len(drifts.place)
        level, target = self.room.values[:n], self.room.first[:n]
        for _, name, cells in drifts.streams:
            self.plan.streams.at(self.block.number, *name).random(out=level[cells])
        level *= 2 * drifts.reach
        level += drifts.level - drifts.reach
        np.clip(level, 0.0, 1.0, out=level)
        if drifts.condition.any():
            self.block.level.take(drifts.place, axis=0, out=target, mode="clip")
            np.copyto(level, fit(level, target, drifts.similar), where=drifts.condition)
        for number, row, place in drifts.decides:
            self._bar(row, place, below(level[number], float(self.plan.limit[place])))
        if self.plan.curve is None:
            return level
        return np.multiply(self.plan.curve.forward(level), drifts.importance, out=level)

    def _one_by_one(self, factors: Floats) -> Floats:
        """M_q practice by practice, where powers would overflow, and the minimum."""
        part = self.part
        found = np.full((len(part.rows), BLOCK), np.nan)
        own: list[list[tuple[Ints, Floats]]] = [[] for _ in part.rows]
        for batch, values in self._own_values():
            for row, _, cells in batch.streams:
                own[row].append((batch.place[cells], values[cells].copy()))
        dimension = self.plan.case.dimension_index
        heavy = self.plan.case.dimension_weight[dimension] > 0
        kinds = np.stack([share.first + share.kind for share in part.shares])
        for row, moved in enumerate(own):
            value = self._all_values(row)
            for place, drawn in moved:
                value[place] = drawn
            importance = part.cells.weighs[row]
            enters = np.flatnonzero((importance > 0) & heavy)
            if len(enters) == 0:
                continue
            if self.plan.q == -np.inf:
                found[row] = np.maximum(value[enters].min(axis=0), LEAST_VALUE)
            else:
                weights = self.block.weights[enters] * importance[enters, np.newaxis]
                weights *= factors[kinds[dimension[enters], row]]
                found[row] = power_mean(value[enters].T, weights.T, self.plan.q)
        return found

    def _all_values(self, row: int) -> Floats:
        """(I, k) the values of one practice; those of its own cells are still to be drawn."""
        cells = self.part.cells
        table = cells.values.table[row]
        found = np.repeat(table[:, 1, 1][:, np.newaxis], BLOCK, axis=1)
        for place in np.flatnonzero(cells.shared[row]).tolist():
            if self.plan.case.scales.continuous[place]:
                required = float(cells.required[row, place])
                found[place] = self.plan.value(place, required, self.block.level[place])
            else:
                found[place] = table[place, 1][self.block.state[place]]
        return found

    def _bar(self, row: int, place: int, fails: Bools) -> None:
        """Note in which draws (k,) an indicator of a practice is a barrier."""
        self.blocked[row] |= fails
        self.tally.barrier[self.part.rows[row], place] += np.count_nonzero(fails[: self.draws])

    def _turn_barriers(self) -> None:
        """The barriers that are there in all draws, and those that the target's draw makes."""
        cells, part = self.part.cells, self.part
        certain = cells.firm & cells.fails[..., 1, 1]
        self.tally.barrier[part.rows] += self.draws * certain
        for row, place, pattern in part.level_barriers:
            self._bar(row, place, self.block.turned(place, pattern))
        for row, place, required in part.fit_barriers:
            value = self.plan.value(place, required, self.block.level[place])
            self._bar(row, place, below(value, float(self.plan.limit[place])))

    def _count_classes(self, scores: Floats) -> None:
        scores = scores[:, : self.draws]
        blocked = self.blocked[:, : self.draws]
        method, tally, rows = self.plan.method, self.tally, self.part.rows
        tally.blocked[rows] += np.count_nonzero(blocked, axis=1)
        tally.not_yet[rows] += np.count_nonzero(below(scores, method.adaptable_from) & ~blocked, axis=1)
        tally.top[rows] += np.count_nonzero(reaches(scores, method.transferable_from) & ~blocked, axis=1)


class _Report:
    """From counts to shares."""

    def __init__(self, plan: Plan, outcome: Outcome, tally: _Tally) -> None:
        self.plan = plan
        self.outcome = outcome
        self.tally = tally

    def all(self) -> tuple[tuple[Robustness | None, ...], Pairwise | None]:
        """All practices in the order of the case, and the wins of the ranked ones."""
        case, tally = self.plan.case, self.tally
        by_id = self.plan.order
        means = dict(zip(by_id.tolist(), (tally.total / tally.draws).tolist(), strict=True))
        ends = dict(zip(by_id[tally.scored].tolist(), tally.quantiles.result().T.tolist(), strict=True))
        place = {row: n for n, row in enumerate(by_id[tally.ranked].tolist())}
        expected = tally.ranks.expected_rank().tolist()
        acceptability = tally.ranks.acceptability()
        central = tally.ranks.central_weights()
        found = []
        for row in range(len(case.practices)):
            low, high = ends.get(row, (None, None))
            n = place.get(row)
            found.append(
                Robustness(
                    mean=None if low is None else means[row],
                    p05=low,
                    p95=high,
                    expected_rank=None if n is None else expected[n],
                    rank_acceptability=() if n is None else tuple(acceptability[n].tolist()),
                    class_probability=self._classes(row),
                    barrier_probability=self._barriers(row),
                    central_weights=None if n is None else self._central(central[n]),
                )
            )
        return tuple(found), self._pairwise(place)

    def _classes(self, row: int) -> dict[str, float]:
        tally, method, draws = self.tally, self.plan.method, self.tally.draws
        counts = dict.fromkeys(PracticeClass, 0)
        rest = draws - int(tally.blocked[row])
        short = bool(
            np.isnan(self.outcome.scores.score[row])
            | below(self.outcome.scores.coverage[row], method.min_coverage)
        )
        if self.plan.case.home[row]:
            counts[PracticeClass.HOME] = draws
        else:
            counts[PracticeClass.BLOCKED] = draws - rest
            if short:
                counts[PracticeClass.INSUFFICIENT_EVIDENCE] = rest
            else:
                counts[PracticeClass.NOT_YET] = int(tally.not_yet[row])
                rest -= int(tally.not_yet[row])
                if self.outcome.open_question[row].any():
                    counts[PracticeClass.CONDITIONAL] = rest
                else:
                    counts[PracticeClass.TRANSFERABLE] = int(tally.top[row])
                    counts[PracticeClass.ADAPTABLE] = rest - int(tally.top[row])
        return {class_.value: count / draws for class_, count in counts.items()}

    def _barriers(self, row: int) -> dict[str, float]:
        counts = self.tally.barrier[row]
        shown = np.flatnonzero(self.outcome.barrier[row] | (counts > 0)).tolist()
        return {self.plan.case.indicators[n].id: int(counts[n]) / self.tally.draws for n in shown}

    def _central(self, weights: Floats) -> dict[str, float] | None:
        if np.isnan(weights).any():
            return None
        return {d.id: w for d, w in zip(self.plan.case.dimensions, weights.tolist(), strict=True)}

    def _pairwise(self, place: dict[int, int]) -> Pairwise | None:
        wins = self.tally.ranks.wins()
        listed = [row for row in self.outcome.order.tolist() if row in place]
        if wins is None or not listed:
            return None
        order = [place[row] for row in listed]
        return Pairwise(
            practices=tuple(self.plan.case.practices[row] for row in listed),
            wins=tuple(map(tuple, wins[np.ix_(order, order)].tolist())),
        )
