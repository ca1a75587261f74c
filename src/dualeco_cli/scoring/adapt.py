"""Adapted forms, each scored like a practice of its own (design, 4.6 and 4.10)."""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.model.result import BEST_FIRST, AdaptationResult, Method
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.case import build_adapted_case
from dualeco_cli.scoring.screen import screen
from dualeco_cli.scoring.tolerance import reaches


def adaptations(study: Study, target: str, method: Method) -> dict[str, tuple[AdaptationResult, ...]]:
    """The adapted forms of each practice that has any, by id; exactly one of each practice's is the best.

    Raises:
        KeyError: the study has no ecosystem ``target``.
    """
    if not study.adaptations:
        return {}
    case = build_adapted_case(study, target)
    outcome = screen(case, method)
    titles: dict[tuple[str, str], str] = {}
    for row in study.adaptations:
        if row.title is not None:
            titles.setdefault((row.practice, row.adaptation), row.title)
    found: dict[str, list[AdaptationResult]] = {}
    for number, (practice, form) in enumerate(zip(case.practices, case.forms, strict=True)):
        if form is None:
            continue
        score = float(outcome.scores.score[number])
        result = AdaptationResult(
            id=form,
            title=titles.get((practice, form)),
            score=None if score != score else score,  # noqa: PLR0124  nan, the only number unlike itself
            class_=outcome.class_of(number),
            coverage=float(outcome.scores.coverage[number]),
        )
        found.setdefault(practice, []).append(result)
    for results in found.values():
        results[best_of(results)].best = True
    return {practice: tuple(results) for practice, results in found.items()}


def best_of(results: Sequence[AdaptationResult]) -> int:
    """Which of the forms is the best: the best class, then the highest score, then the first id.

    Raises:
        ValueError: there is no form at all.
    """
    best_class = min(BEST_FIRST.index(result.class_) for result in results)
    rivals = [n for n, result in enumerate(results) if BEST_FIRST.index(result.class_) == best_class]
    top = max(_number(results[n].score) for n in rivals)
    return min(
        (n for n in rivals if _number(results[n].score) == top or reaches(_number(results[n].score), top)),
        key=lambda n: results[n].id,
    )


def _number(score: float | None) -> float:
    return float("-inf") if score is None else score
