"""The least-effort path to the next class (design, 4.8 and 4.10).

What the target would have to change, in whole steps, is an integer programme: one choice per condition (how
many steps), least effort, subject to every barrier being lifted and to the score reaching a threshold.

Two things make it exact. The mean of any exponent q reaches a threshold T exactly when the sum of
ω·φ(v / T) is at least 0, where φ(x) = (x^q − 1) / q, and ln x for q = 0: one linear condition for every q,
scaled so that nothing overflows and nothing cancels near q = 0. And the programme is solved by dynamic
programming over the efforts and gains that no other choice beats, in plain floating point: a general solver
accepts a violation of about 1e-7, with which a score of 74.9999999 would pass for 75.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dualeco_cli.language import N_
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import Method, Path, PracticeClass, Step
from dualeco_cli.model.sentence import ClassName, Names, Points, Prose, Sentence, Share, Threshold
from dualeco_cli.scoring.aggregate import LEAST_VALUE, NEARLY_ZERO, exponent, power_mean
from dualeco_cli.scoring.case import Case
from dualeco_cli.scoring.fit import fit, normalise
from dualeco_cli.scoring.screen import Outcome, least_fit
from dualeco_cli.scoring.tolerance import Bools, Floats, below, reaches

#: Gains closer than this are rounding noise, far below what could make two scores unequal.
_NOISE = 1e-14


@dataclass(frozen=True, eq=False)
class Move:
    """What the target can do about one condition.

    Attributes:
        place: which indicator.
        levels: (K + 1,) what the target has after 0 … K steps, in the indicator's unit; the last is what is
            required.
        values: (K + 1,) v at each of these.
        effort: of one step.
        least: how many steps it takes at least, because the condition is a barrier.
    """

    place: int
    levels: Floats
    values: Floats
    effort: float
    least: int


def moves(case: Case, row: int, weighs: Bools, barrier: Bools) -> list[Move]:
    """The conditions that can move and may matter: known, not met in full, and with a weight or a barrier.

    Args:
        case: the arrays.
        row: of which practice.
        weighs: (I,) which indicators have a weight above 0.
        barrier: (I,) which are barriers; those of floors cannot move and are left out.

    Returns:
        In the order of the indicators.
    """
    scales = case.scales
    movable = scales.condition & case.known[row] & below(case.value[row], 1.0) & (weighs | barrier)
    found: list[Move] = []
    for place in np.flatnonzero(movable).tolist():
        low, high = sorted((float(scales.worst[place]), float(scales.best[place])))
        start = float(case.actual[row, place])
        # Beyond the goalpost nothing more is to be had.
        end = min(max(float(case.required[row, place]), low), high)
        step = float(scales.single_step[place])
        count = max(1, math.ceil(abs(end - start) / step - EQUAL))
        levels: Floats = start + math.copysign(step, end - start) * np.arange(count + 1, dtype=np.float64)
        levels[-1] = end
        values = _value_at(case, place, end, levels)
        least = 0
        if barrier[place]:
            least = int(np.argmax(reaches(values, least_fit(scales)[place])))
        found.append(Move(place, levels, values, float(scales.effort[place]), least))
    return found


def _value_at(case: Case, place: int, required: float, levels: Floats) -> Floats:
    """The value v of one condition at each of these levels of the target."""
    scales = case.scales
    worst, best = scales.worst[place], scales.best[place]
    wanted = normalise(np.array(required), worst, best)
    return fit(wanted, normalise(levels, worst, best), scales.similar[place])


def least_effort_path(case: Case, outcome: Outcome, row: int, method: Method) -> Path:
    """The path of one practice to the next class, or the reason why there is none (design, 4.8 and 4.10).

    ``to`` is None where there is no next class (home, transferable) or none that steps could lead to
    (insufficient evidence); ``effort`` is None where no path exists. Several least-effort paths: the one with
    the highest score, then the one with the fewest steps on the first indicators, in the framework's order.
    """
    class_ = outcome.class_of(row)
    if class_ is PracticeClass.HOME:
        return Path(reason=Prose(Sentence.of(N_("The practice comes from this target."))))
    if class_ is PracticeClass.TRANSFERABLE:
        return Path(reason=Prose(Sentence.of(N_("It is transferable as it is."))))
    if class_ is PracticeClass.INSUFFICIENT_EVIDENCE:
        return Path(reason=Prose(_too_little_known(case, outcome, row, method)))

    score = float(outcome.scores.score[row])
    to, threshold = next_class(class_, score, method)
    barrier = outcome.barrier[row]
    weight = np.where(case.known[row], outcome.scores.weight[row], 0.0)
    stuck = barrier & ~case.scales.condition
    if stuck.any():
        template = N_("No step of the target lifts {names}: the rating is too low.")
        return Path(to=to, reason=Prose(Sentence.of(template, names=_names(case, stuck))))
    if not weight.any():
        template = N_("Nothing that is known has any weight, so no step leads to a score.")
        return Path(to=to, reason=Prose(Sentence.of(template)))

    choices = moves(case, row, weight > 0, barrier)
    q = exponent(method.compensation)
    plan = least_effort(case.value[row], weight, choices, threshold, q)
    if plan is None:
        reason = Prose(*_out_of_reach(case, row, weight, choices, to, threshold, q))
        return Path(to=to, reason=reason)
    return Path(
        to=to,
        effort=plan.effort,
        steps=tuple(
            Step(
                indicator=case.indicators[move.place].id,
                from_=float(move.levels[0]),
                to=float(move.levels[count]),
            )
            for move, count in zip(choices, plan.counts, strict=True)
            if count
        ),
        score=plan.score,
        reason=_still_open(case, outcome, row, method),
    )


def next_class(class_: PracticeClass, score: float, method: Method) -> tuple[PracticeClass, float]:
    """The class to aim at and the score it takes, for a practice that has a next class (design, 4.10).

    A blocked practice aims at what its score alone would make it, at least adaptable; a nan score counts as
    too low.
    """
    higher = (PracticeClass.TRANSFERABLE, method.transferable_from)
    lower = (PracticeClass.ADAPTABLE, method.adaptable_from)
    if class_ is PracticeClass.NOT_YET:
        return lower
    if class_ is PracticeClass.BLOCKED and not reaches(score, method.transferable_from):
        return lower
    return higher


@dataclass(frozen=True)
class Plan:
    """How many steps of each move, what they cost together and the score they lead to (0-100)."""

    counts: tuple[int, ...]
    effort: float
    score: float


def least_effort(
    value: Floats, weight: Floats, choices: Sequence[Move], threshold: float, q: float
) -> Plan | None:
    """The cheapest steps that lift the barriers and reach the threshold; None where none do.

    Args:
        value: (I,) v today; what has no weight may be nan.
        weight: (I,) of what is known; need not sum to 1, but must not be all 0.
        choices: the moves, in the order in which ties are broken.
        threshold: on 0-100.
        q: the exponent of the mean.
    """
    programme = _Programme(value, weight, choices, q)
    aim = (threshold - EQUAL) / 100.0
    if not programme.solve(aim, math.inf):
        return None
    effort = programme.least_effort()
    best = programme.score(programme.richest(effort))
    # On the scale of the threshold, large negative q cannot tell apart two scores far above it. Around the
    # best score found so far it can.
    while True:
        programme.solve((best - EQUAL) / 100.0, effort)
        better = programme.score(programme.richest(effort))
        if not below(best, better):
            break
        best = better
    counts = programme.first(effort)
    return Plan(counts, programme.effort(counts), programme.score(counts))


class _Programme:
    """The choice of one number of steps per move, by dynamic programming from the last move to the first.

    ``_tails[m]`` holds the efforts and gains of the choices for the moves m, m + 1, … that no other choice
    beats in both, efforts ascending.
    """

    def __init__(self, value: Floats, weight: Floats, choices: Sequence[Move], q: float) -> None:
        self._value = value
        self._weight = weight / weight.sum()
        self._choices = choices
        self._q = q
        self._need = 0.0
        self._options: list[tuple[Floats, Floats]] = []
        self._first_steps: list[int] = []
        self._tails: list[tuple[Floats, Floats]] = []

    def effort(self, counts: Sequence[int]) -> float:
        """What these steps cost together."""
        return math.fsum(move.effort * count for move, count in zip(self._choices, counts, strict=True))

    def score(self, counts: Sequence[int]) -> float:
        """The score after these steps, 0-100."""
        value = self._value.copy()
        for move, count in zip(self._choices, counts, strict=True):
            value[move.place] = move.values[count]
        return float(100.0 * power_mean(value, self._weight, self._q))

    def solve(self, aim: float, budget: float) -> bool:
        """Lay out all choices within ``budget`` whose mean reaches ``aim`` (0-1); False if there are none."""
        scale = aim if aim > 0 else LEAST_VALUE
        moving = np.zeros(len(self._value), dtype=np.bool_)
        moving[[move.place for move in self._choices]] = True
        rest = (self._weight > 0) & ~moving
        fixed = float((self._weight[rest] * phi(self._value[rest], scale, self._q)).sum())
        self._need = -fixed if aim > 0 else -math.inf
        if fixed == -math.inf or not self._list_options(scale):
            return False
        return self._lay_out(budget)

    def _list_options(self, scale: float) -> bool:
        """Effort and gain of each number of steps that is not ruled out; False if a move has none left."""
        gains = [
            float(self._weight[move.place]) * phi(move.values, scale, self._q)
            if self._weight[move.place] > 0
            else np.zeros(len(move.values))
            for move in self._choices
        ]
        most = math.fsum(float(gain[-1]) for gain in gains)
        self._options.clear()
        self._first_steps.clear()
        for move, gain in zip(self._choices, gains, strict=True):
            # What leaves too much to all the others, at their best, can be no part of a path. For large
            # negative q this takes out gains so far below 0 that sums with them would lose all digits.
            possible = gain >= self._need - (most - float(gain[-1])) - _NOISE
            possible[: move.least] = False
            if not possible.any():
                return False
            first = int(np.argmax(possible))
            self._options.append((move.effort * np.arange(first, len(gain), dtype=np.float64), gain[first:]))
            self._first_steps.append(first)
        return True

    def _lay_out(self, budget: float) -> bool:
        most = [float(gains.max()) for _, gains in self._options]
        if math.fsum(most) < self._need - _NOISE:
            return False
        budget = min(budget, self._affordable()) + EQUAL
        cheapest = [float(efforts[0]) for efforts, _ in self._options]
        tail = (np.zeros(1), np.zeros(1))
        self._tails = [tail]
        for place in range(len(self._options) - 1, -1, -1):
            # What the moves before this one can give at most, and cost at least.
            more, cost = math.fsum(most[:place]), math.fsum(cheapest[:place])
            efforts, gains = self._options[place]
            tail = _unbeaten(
                np.add.outer(efforts, tail[0]).ravel(),
                np.add.outer(gains, tail[1]).ravel(),
                most_effort=budget - cost,
                least_gain=self._need - more - _NOISE,
            )
            if not tail[0].size:
                return False
            self._tails.insert(0, tail)
        return True

    def _affordable(self) -> float:
        """The effort of some choice that reaches the aim: no cheapest choice costs more.

        Takes the steps with the most gain for their effort first, from corner to corner of the concave hull
        of each move's options, so that it always stands on an option.
        """
        pieces: list[tuple[float, float, float]] = []
        gain = effort = 0.0
        for efforts, gains in self._options:
            corners = _hull(efforts, gains)
            gain += float(gains[0])
            effort += float(efforts[0])
            for one, other in pairwise(corners):
                cost = float(efforts[other] - efforts[one])
                more = float(gains[other] - gains[one])
                pieces.append((more / cost, cost, more))
        for _, cost, more in sorted(pieces, key=lambda piece: -piece[0]):
            if gain >= self._need:
                break
            effort += cost
            gain += more
        return effort if gain >= self._need else math.inf

    def least_effort(self) -> float:
        """The least effort that reaches the aim."""
        efforts, gains = self._tails[0]
        return float(efforts[np.argmax(gains >= self._need - _NOISE)])

    def richest(self, effort: float) -> tuple[int, ...]:
        """The choice within ``effort`` with the highest score; several: any."""
        efforts, gains = self._tails[0]
        last = int(np.searchsorted(efforts, effort + EQUAL, side="right")) - 1
        return self._walk(effort, float(gains[last]) - _NOISE)

    def first(self, effort: float) -> tuple[int, ...]:
        """The choice within ``effort`` that reaches the aim with the fewest steps on the first moves."""
        return self._walk(effort, self._need - _NOISE)

    def _walk(self, effort: float, gain: float) -> tuple[int, ...]:
        counts: list[int] = []
        for (efforts, gains), first, tail in zip(
            self._options, self._first_steps, self._tails[1:], strict=True
        ):
            last = np.searchsorted(tail[0], effort - efforts + EQUAL, side="right") - 1
            enough = (last >= 0) & (gains + tail[1][last] >= gain - _NOISE * len(self._options))
            chosen = int(np.argmax(enough))
            counts.append(first + chosen)
            effort -= float(efforts[chosen])
            gain -= float(gains[chosen])
        return tuple(counts)


def phi(value: Floats, scale: float, q: float) -> Floats:
    """φ(v / scale), with φ(x) = (x^q − 1) / q and ln x for q = 0 (design, 4.8).

    It rises with v, and its weighted mean is 0 exactly where M_q(v; ω) is ``scale``, above 0. For large
    negative q it may be −inf: so far below ``scale`` that nothing can make up for it.
    """
    if q <= 0:
        value = np.maximum(value, LEAST_VALUE)
    if q == -np.inf:
        return np.where(value >= scale, 0.0, -np.inf)
    if q == 1:
        return value / scale - 1.0
    with np.errstate(divide="ignore", over="ignore"):
        log = np.log(value / scale)
        return log if abs(q) < NEARLY_ZERO else np.expm1(q * log) / q


def _hull(efforts: Floats, gains: Floats) -> list[int]:
    """The corners of the least concave curve above these points, from the first to the highest one."""
    corners = [0]
    end = int(np.argmax(gains))
    while corners[-1] != end:
        here = corners[-1]
        slopes = (gains[here + 1 : end + 1] - gains[here]) / (efforts[here + 1 : end + 1] - efforts[here])
        corners.append(here + 1 + int(np.argmax(slopes)))
    return corners


def _unbeaten(
    efforts: Floats, gains: Floats, *, most_effort: float, least_gain: float
) -> tuple[Floats, Floats]:
    """Those within the limits that no other beats: efforts ascending, gains rising with them."""
    kept = (efforts <= most_effort) & (gains >= least_gain)
    efforts, gains = efforts[kept], gains[kept]
    order = np.lexsort((-gains, efforts))
    efforts, gains = efforts[order], gains[order]
    highest = np.maximum.accumulate(gains)
    rises = np.ones(len(gains), dtype=np.bool_)
    rises[1:] = gains[1:] > highest[:-1] + _NOISE
    return efforts[rises], gains[rises]


def _names(case: Case, marked: Bools) -> Names:
    """The marked indicators, as a list in a sentence."""
    return _listed(case, np.flatnonzero(marked).tolist())


def _listed(case: Case, places: Sequence[int]) -> Names:
    named = [case.indicators[place] for place in places]
    return Names(
        ids=tuple(indicator.id for indicator in named),
        english=tuple(indicator.name or indicator.id for indicator in named),
    )


def first_questions(case: Case, outcome: Outcome, row: int, min_coverage: float) -> list[int]:
    """The unknown indicators that, once answered, bring the coverage to its minimum: the heaviest first.

    Returns:
        Places of indicators, as few as can be; none if the coverage suffices already.
    """
    weight = outcome.scores.weight[row]
    unknown = np.flatnonzero(case.applicable[row] & ~case.known[row] & (weight > 0))
    heaviest = unknown[np.argsort(-weight[unknown], kind="stable")]
    reached = outcome.scores.coverage[row] + np.cumsum(weight[heaviest])
    if reaches(float(outcome.scores.coverage[row]), min_coverage):
        return []
    count = int(np.count_nonzero(below(reached, min_coverage))) + 1
    return [int(place) for place in heaviest[:count]]


def _too_little_known(case: Case, outcome: Outcome, row: int, method: Method) -> Sentence:
    questions = first_questions(case, outcome, row, method.min_coverage)
    if not outcome.scores.weight[row].any():
        return Sentence.of(N_("Nothing that applies has any weight."))
    if not questions:
        # The minimum is 0 and nothing is known: any answer gives a score.
        questions = first_questions(case, outcome, row, 1.0)[:1]
    return Sentence.of(
        N_("Too little is known ({share} of at least {least}): first answer {names}."),
        share=Share(float(outcome.scores.coverage[row])),
        least=Share(method.min_coverage),
        names=_listed(case, questions),
    )


def _still_open(case: Case, outcome: Outcome, row: int, method: Method) -> Prose | None:
    """What the class depends on beyond the steps; None if nothing."""
    remarks: list[Sentence] = []
    if below(float(outcome.scores.coverage[row]), method.min_coverage):
        remarks.append(_too_little_known(case, outcome, row, method))
    if outcome.open_question[row].any():
        template = N_("It also depends on the answer to {names}.")
        remarks.append(Sentence.of(template, names=_names(case, outcome.open_question[row])))
    return Prose(*remarks) if remarks else None


def _out_of_reach(
    case: Case,
    row: int,
    weight: Floats,
    choices: Sequence[Move],
    to: PracticeClass,
    threshold: float,
    q: float,
) -> tuple[Sentence, Sentence]:
    """Why the threshold is out of reach: how far the steps lead, and what else holds the score down."""
    value = np.where(weight > 0, case.value[row], 1.0)
    for move in choices:
        value[move.place] = move.values[-1]
    top = float(100.0 * power_mean(value, weight, q))
    lost = weight * (1.0 - value)
    heaviest = np.argsort(-lost, kind="stable")
    holding = [int(place) for place in heaviest if below(0.0, float(lost[place]))][:3]
    return (
        Sentence.of(
            N_("With every known condition met the score would be {score}; {class_} takes {threshold}."),
            score=Points(top),
            class_=ClassName(to.value),
            threshold=Threshold(threshold),
        ),
        Sentence.of(
            N_("What holds it down cannot be changed by the target's steps: {names}."),
            names=_listed(case, holding),
        ),
    )
