"""Across all practices: which steps of the target make the most of them transferable (design, 4.8).

The steps of one target serve all practices at once. An integer programme chooses a level for each condition
of the target within a budget of effort, so that as many practices as possible become transferable; of several
such choices, the one with the least effort.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import Method, PracticeClass, Step
from dualeco_cli.scoring.aggregate import exponent
from dualeco_cli.scoring.case import Case, with_target_levels
from dualeco_cli.scoring.fit import fit, normalise
from dualeco_cli.scoring.path import phi
from dualeco_cli.scoring.screen import CLASSES, Outcome, least_fit, screen
from dualeco_cli.scoring.tolerance import Floats, Ints, below, reaches

_TRANSFERABLE = CLASSES.index(PracticeClass.TRANSFERABLE)

#: The solver takes numbers this close to whole ones for whole.
_WHOLE = 0.5


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """What the target should change, and what that brings.

    ``transferable`` are all practices that are transferable afterwards, ``gained`` those that are not today,
    both in the order of the case. ``effort`` is that of all steps. ``proven`` is False if the time ran out
    before it was certain that nothing better exists.
    """

    steps: tuple[Step, ...]
    effort: float
    gained: tuple[str, ...]
    transferable: tuple[str, ...]
    proven: bool


@dataclass(frozen=True, eq=False)
class _Choice:
    """The levels that one condition of the target may have: (K,) levels, efforts; today's is the first."""

    place: int
    levels: Floats
    efforts: Floats


def best_target_plan(
    case: Case, outcome: Outcome, method: Method, budget: float, *, seconds: float = 60.0
) -> TargetPlan:
    """The steps within ``budget`` after which the most practices are transferable, with the least effort.

    Practices at home, with an open question, with too little known or with a rating below its floor cannot
    become transferable by steps of the target. Where a condition asks for similar levels, a step may cost
    practices that are transferable today; only what remains counts.

    The solver (HiGHS) may now and then write a line of its own to standard output; a caller whose output is
    read by programs must keep it from there.

    Args:
        case: the practices as they are.
        outcome: of the same case and method.
        method: exponent and thresholds.
        budget: the most effort that all steps together may take.
        seconds: the solver's time; afterwards the best plan so far is returned, or none.

    Returns:
        A plan; without steps where no steps within the budget bring anything.
    """
    rows = _candidates(case, outcome, method)
    choices = _choices(case, rows)
    levels, proven = case.profile_value, True
    if rows.size and choices:
        levels, proven = _solve(case, outcome, method, rows, choices, budget, seconds)
    steps: list[Step] = []
    spent: list[float] = []
    for choice in choices:
        chosen = int(np.argmin(np.abs(choice.levels - levels[choice.place])))
        if chosen:
            steps.append(
                Step(
                    indicator=case.indicators[choice.place].id,
                    from_=float(choice.levels[0]),
                    to=float(choice.levels[chosen]),
                )
            )
            spent.append(float(choice.efforts[chosen]))
    after = screen(with_target_levels(case, levels), method).class_code == _TRANSFERABLE
    before = outcome.class_code == _TRANSFERABLE
    return TargetPlan(
        steps=tuple(steps),
        effort=math.fsum(spent),
        gained=tuple(case.practices[row] for row in np.flatnonzero(after & ~before)),
        transferable=tuple(case.practices[row] for row in np.flatnonzero(after)),
        proven=proven,
    )


def _candidates(case: Case, outcome: Outcome, method: Method) -> Ints:
    """The rows that steps of the target can make transferable, or keep so."""
    stuck = np.any(outcome.barrier & ~case.scales.condition, axis=1)
    scored = ~np.isnan(outcome.scores.score) & reaches(outcome.scores.coverage, method.min_coverage)
    questions = np.any(outcome.open_question, axis=1)
    return np.flatnonzero(scored & ~case.home & ~stuck & ~questions)


def _choices(case: Case, rows: Ints) -> list[_Choice]:
    """What each condition of the target may become: whole steps toward what the candidates require."""
    scales = case.scales
    found: list[_Choice] = []
    if not rows.size:
        return found
    for place in np.flatnonzero(scales.condition & ~np.isnan(case.profile_value)).tolist():
        short = case.known[rows, place] & below(case.value[rows, place], 1.0)
        wanted = case.required[rows[short], place]
        if not wanted.size:
            continue
        low, high = sorted((float(scales.worst[place]), float(scales.best[place])))
        start = float(case.profile_value[place])
        step = float(scales.single_step[place])
        levels, efforts = [start], [0.0]
        for direction, end in ((-1.0, float(wanted.min())), (1.0, float(wanted.max()))):
            # Beyond the goalpost nothing more is to be had.
            end = min(high, max(low, end))  # noqa: PLW2901
            count = math.ceil((end - start) * direction / step - EQUAL)
            for n in range(1, count + 1):
                levels.append(end if n == count else start + direction * n * step)
                efforts.append(n * float(scales.effort[place]))
        if len(levels) > 1:
            found.append(_Choice(place, np.array(levels), np.array(efforts)))
    return found


@dataclass(eq=False)
class _Programme:
    """The integer programme in the form the solver takes: minimise c·x, low ≤ A·x ≤ high, x whole.

    The variables are one per level of each choice, then one per candidate: whether it is transferable.
    """

    choices: Sequence[_Choice]
    rows: Ints

    def __post_init__(self) -> None:
        self.starts = np.cumsum([0, *(len(choice.levels) for choice in self.choices)])
        self.width = int(self.starts[-1]) + len(self.rows)
        self.most = np.ones(self.width)
        self.coefficients: list[tuple[Ints, Floats]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.efforts = np.zeros(self.width)
        for number, choice in enumerate(self.choices):
            self.efforts[self.levels(number)] = choice.efforts
            # Each condition has exactly one level.
            self.add(self.levels(number), np.ones(len(choice.levels)), 1.0, 1.0)

    def levels(self, number: int) -> Ints:
        """The variables of the levels of one choice."""
        return np.arange(self.starts[number], self.starts[number + 1])

    def candidate(self, number: int) -> int:
        """The variable of one candidate."""
        return int(self.starts[-1]) + number

    @property
    def candidates(self) -> Ints:
        """The variables of all candidates."""
        return np.arange(self.starts[-1], self.width)

    def add(self, variables: Ints, coefficients: Floats, low: float, high: float) -> None:
        """One more condition."""
        self.coefficients.append((variables, coefficients))
        self.low.append(low)
        self.high.append(high)

    def minimise(self, goal: Floats, seconds: float) -> tuple[Floats | None, bool]:
        """The variables, and whether they are proven to be the best; None without any."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  takes long to import
        from scipy.sparse import coo_array  # noqa: PLC0415

        lines = np.repeat(np.arange(len(self.low)), [len(v) for v, _ in self.coefficients])
        matrix = coo_array(
            (
                np.concatenate([c for _, c in self.coefficients]),
                (lines, np.concatenate([v for v, _ in self.coefficients])),
            ),
            shape=(len(self.low), self.width),
        ).tocsr()
        found: Any = milp(
            goal,
            integrality=np.ones(self.width, dtype=np.intp),
            bounds=Bounds(np.zeros(self.width), self.most),
            constraints=LinearConstraint(matrix, np.array(self.low), np.array(self.high)),
            options={"mip_rel_gap": 0.0, "time_limit": seconds},
        )
        return found.x, bool(found.success)


def _solve(
    case: Case,
    outcome: Outcome,
    method: Method,
    rows: Ints,
    choices: Sequence[_Choice],
    budget: float,
    seconds: float,
) -> tuple[Floats, bool]:
    """The levels of the target (I,) under the best plan, and whether it is proven to be the best."""
    programme = _Programme(choices, rows)
    programme.add(np.arange(programme.width), programme.efforts, -np.inf, budget + EQUAL)
    for number, row in enumerate(rows.tolist()):
        _require(programme, case, outcome, method, number, row)

    def levels_of(variables: Floats) -> Floats:
        levels = case.profile_value.copy()
        for number, choice in enumerate(choices):
            levels[choice.place] = choice.levels[int(np.argmax(variables[programme.levels(number)]))]
        return levels

    def best(goal: Floats) -> tuple[Floats | None, bool]:
        """The best variables that hold when scored: the solver allows a little that the method does not."""
        while True:
            variables, proven = programme.minimise(goal, seconds)
            if variables is None:
                return None, proven
            after = screen(with_target_levels(case, levels_of(variables)), method).class_code[rows]
            claimed = variables[programme.candidates] > _WHOLE
            wrong = np.flatnonzero(claimed & (after != _TRANSFERABLE))
            if not wrong.size:
                return variables, proven
            chosen = np.flatnonzero(variables[: programme.starts[-1]] > _WHOLE)
            for number in wrong.tolist():
                members = np.append(chosen, programme.candidate(number))
                programme.add(members, np.ones(len(members)), -np.inf, float(len(chosen)))

    wanted = np.zeros(programme.width)
    wanted[programme.candidates] = -1.0
    first, surely = best(wanted)
    if first is None:
        return case.profile_value, surely
    count = float(np.count_nonzero(first[programme.candidates] > _WHOLE))
    programme.add(programme.candidates, np.ones(len(rows)), count, np.inf)
    second, cheapest = best(programme.efforts)
    return levels_of(first if second is None else second), surely and cheapest


def _require(
    programme: _Programme, case: Case, outcome: Outcome, method: Method, number: int, row: int
) -> None:
    """What one candidate takes to be transferable: every critical condition met, and the score."""
    q = exponent(method.compensation)
    aim = (method.transferable_from - EQUAL) / 100.0
    me = programme.candidate(number)
    weight = np.where(case.known[row], outcome.scores.weight[row], 0.0)
    weight = weight / weight.sum()
    moving = np.zeros(len(weight), dtype=np.bool_)
    moving[[choice.place for choice in programme.choices]] = True
    rest = (weight > 0) & ~moving
    needed = -float((weight[rest] * phi(case.value[row, rest], aim, q)).sum()) if aim > 0 else -np.inf
    gains: list[Floats] = []
    met: list[np.ndarray[Any, np.dtype[np.bool_]]] = []
    for choice in programme.choices:
        place = choice.place
        value = _values(case, row, choice) if case.known[row, place] else np.ones(len(choice.levels))
        counts = weight[place] > 0 and aim > 0
        gains.append(weight[place] * phi(value, aim, q) if counts else np.zeros(len(value)))
        limit = least_fit(case.scales)[place]
        met.append(~(case.critical[row, place] & below(value, limit)))
    most = math.fsum(float(gain.max()) for gain in gains)
    if needed == np.inf or (needed > -np.inf and most < needed):
        programme.most[me] = 0.0
        return
    least = 0.0
    variables: list[Ints] = []
    for n, gain in enumerate(gains):
        # Levels that rule this candidate out whatever the others are; a large negative gain among them would
        # make the numbers of the condition on the score useless.
        allowed = met[n] & (gain >= needed - (most - float(gain.max())))
        here = programme.levels(n)
        if not allowed.all():
            programme.add(np.append(here[allowed], me), np.append(np.ones(allowed.sum()), -1.0), 0.0, np.inf)
        if not allowed.any():
            return
        # Counted from the least that is allowed: exactly one level of each condition holds.
        least += float(gain[allowed].min())
        gains[n] = np.maximum(gain - gain[allowed].min(), 0.0)
        variables.append(here)
    slack = needed - least
    if slack <= 0:
        return
    # All levels at their least fall short by the slack. What alone makes up for it counts no more than that:
    # the solver is at its best with numbers of one size.
    programme.add(
        np.append(np.concatenate(variables), me),
        np.append(np.minimum(np.concatenate(gains) / slack, 1.0), -1.0),
        0.0,
        np.inf,
    )


def _values(case: Case, row: int, choice: _Choice) -> Floats:
    """The value v of one condition of one practice at each level of the choice, (K,)."""
    scales, place = case.scales, choice.place
    worst, best = scales.worst[place], scales.best[place]
    required = normalise(np.array(case.required[row, place]), worst, best)
    return fit(required, normalise(choice.levels, worst, best), scales.similar[place])
