"""Why a score is what it is, and what it depends on (design, 4.8).

Points are exact differences of scores, for every exponent: each is the score with one value changed, all else
as it is, less the score of today.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dualeco_cli.model.insight import Gap, LeftOut, Question, Similarity, Support
from dualeco_cli.model.result import Method
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.aggregate import exponent, power_mean
from dualeco_cli.scoring.association import kendall_tau_b
from dualeco_cli.scoring.case import Case, without_indicator
from dualeco_cli.scoring.likeness import differences
from dualeco_cli.scoring.screen import CLASSES, Outcome, classify, least_fit, screen
from dualeco_cli.scoring.tolerance import Floats, Ints, below


def gaps(case: Case, outcome: Outcome, row: int, method: Method) -> tuple[Gap, ...]:
    """What keeps a practice below 100, the most points first (design, 4.2 and 4.8); ties by indicator.

    Indicators without weight are listed as well: they can be barriers.
    """
    value = case.value[row]
    places = np.flatnonzero(case.known[row] & below(value, 1.0))
    points = _changes(case, outcome, row, places, 1.0, method)
    return tuple(
        Gap(
            indicator=case.indicators[places[n]].id,
            required=_number(case.required[row, places[n]]),
            actual=_number(case.actual[row, places[n]]),
            gap=1.0 - float(value[places[n]]),
            points=float(points[n]),
            barrier=bool(outcome.barrier[row, places[n]]),
        )
        for n in _greatest_first(points)
    )


def supports(case: Case, outcome: Outcome, row: int, method: Method) -> tuple[Support, ...]:
    """What holds the score of a practice up, the most points first; ties by indicator.

    For q = 1 the points are the contributions, and sum to the score.
    """
    places = np.flatnonzero(case.known[row] & (outcome.scores.weight[row] > 0))
    points = -_changes(case, outcome, row, places, 0.0, method)
    return tuple(
        Support(
            indicator=case.indicators[places[n]].id,
            value=float(case.value[row, places[n]]),
            points=float(points[n]),
        )
        for n in _greatest_first(points)
        if points[n] > 0
    )


def questions(case: Case, outcome: Outcome, row: int, method: Method) -> tuple[Question, ...]:
    """The unknown indicators of a practice, those that can move the score the furthest first.

    The class of an answer takes into account that it adds to the coverage, closes an open question, and may
    be a barrier.
    """
    places = np.flatnonzero(case.applicable[row] & ~case.known[row])
    worst = _answered(case, outcome, row, places, 0.0, method)
    best = _answered(case, outcome, row, places, 1.0, method)
    swing = np.nan_to_num(best.score - worst.score)
    today = outcome.class_of(row)
    found: list[Question] = []
    for n in _greatest_first(swing):
        if_worst, if_best = CLASSES[int(worst.class_code[n])], CLASSES[int(best.class_code[n])]
        found.append(
            Question(
                indicator=case.indicators[places[n]].id,
                weight=float(outcome.scores.weight[row, places[n]]),
                lowest=_number(worst.score[n]),
                highest=_number(best.score[n]),
                swing=float(swing[n]),
                if_worst=if_worst,
                if_best=if_best,
                changes_class={if_worst, if_best} != {today},
                open_question=bool(outcome.open_question[row, places[n]]),
            )
        )
    return tuple(found)


def leave_one_out(case: Case, outcome: Outcome, method: Method) -> tuple[LeftOut, ...]:
    """The ranking without each indicator in turn, as if it did not apply to any practice; in their order."""
    leader = _leader(case, outcome)
    found: list[LeftOut] = []
    for place, indicator in enumerate(case.indicators):
        without = screen(without_indicator(case, place), method)
        both = outcome.ranked & without.ranked
        now_leads = _leader(case, without)
        found.append(
            LeftOut(
                indicator=indicator.id,
                leader=now_leads,
                leader_changes=now_leads != leader,
                tau_b=kendall_tau_b(outcome.scores.score[both], without.scores.score[both]),
                reclassified=tuple(
                    case.practices[row] for row in np.flatnonzero(without.class_code != outcome.class_code)
                ),
            )
        )
    return tuple(found)


def similarity(study: Study, one: str, other: str) -> Similarity:
    """Gower's similarity of two ecosystems: the mean of 1 − |n(a) − n(b)| over what is known of both.

    Raises:
        KeyError: the study has no such ecosystem.
    """
    distances = [difference.distance for difference in differences(study, one, other)]
    alike = 1.0 - sum(distances) / len(distances) if distances else None
    return Similarity(other, alike, len(distances))


def most_similar(study: Study, ecosystem: str) -> tuple[Similarity, ...]:
    """All other ecosystems, the most similar first, those without a common indicator last; ties by id.

    Raises:
        KeyError: the study has no such ecosystem.
    """
    found = [similarity(study, ecosystem, other) for other in study.ecosystems if other != ecosystem]
    return tuple(sorted(found, key=lambda one: (1.0 if one.value is None else -one.value, one.ecosystem)))


def _changes(case: Case, outcome: Outcome, row: int, places: Ints, value: float, method: Method) -> Floats:
    """The points that the score gains, (U,), if each of U known indicators in turn had this value."""
    weight = np.where(case.known[row], outcome.scores.weight[row], 0.0)
    changed = np.tile(case.value[row], (len(places), 1))
    changed[np.arange(len(places)), places] = value
    score = 100.0 * power_mean(changed, np.tile(weight, (len(places), 1)), exponent(method.compensation))
    return np.asarray(np.nan_to_num(score - outcome.scores.score[row]), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Answers:
    """Scores and classes, both (U,), for U unknown indicators answered one at a time."""

    score: Floats
    class_code: Ints


def _answered(case: Case, outcome: Outcome, row: int, places: Ints, value: float, method: Method) -> _Answers:
    """What the practice would be if each of these unknown indicators in turn had this value."""
    each = np.arange(len(places))
    answered = np.zeros((len(places), len(case.indicators)), dtype=np.bool_)
    answered[each, places] = True
    weight = outcome.scores.weight[row]
    score = 100.0 * power_mean(
        np.where(answered, value, case.value[row]),
        np.where(case.known[row] | answered, weight, 0.0),
        exponent(method.compensation),
    )
    scales = case.scales
    unmet = case.critical[row] & below(value, least_fit(scales))
    under = below(value, scales.normalise(scales.floor))
    class_code = classify(
        score=score,
        coverage=outcome.scores.coverage[row] + weight[places],
        home=np.broadcast_to(case.home[row], score.shape),
        blocked=outcome.barrier[row].any() | (unmet | under)[places],
        has_questions=np.any(outcome.open_question[row] & ~answered, axis=1),
        method=method,
    )
    return _Answers(score, class_code)


def _greatest_first(points: Floats) -> list[int]:
    """Places of the points in descending order; those equal to 1e-9 stay in their order."""
    # Rounded for the order alone: what differs in the last bit must not change places.
    return [int(n) for n in np.argsort(-np.round(points, 9), kind="stable")]


def _leader(case: Case, outcome: Outcome) -> str | None:
    """The first-listed practice, if it has a rank."""
    if not outcome.ranked.any():
        return None
    return case.practices[int(outcome.order[0])]


def _number(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
