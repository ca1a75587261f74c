"""From a study to the report: the whole method, put together (design, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dualeco_cli.model.result import (
    AdaptationResult,
    Agreement,
    Barrier,
    DimensionResult,
    FrameworkName,
    IndicatorResult,
    Input,
    LeaderStability,
    Method,
    Pairwise,
    Path,
    PracticeResult,
    Report,
    Robustness,
    Status,
    TargetResult,
    Tool,
)
from dualeco_cli.model.rows import Assessment
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.adapt import adaptations
from dualeco_cli.scoring.aggregate import compensation, exponent
from dualeco_cli.scoring.case import Case, build_case, common_ground
from dualeco_cli.scoring.panel import panel_result, weighed
from dualeco_cli.scoring.path import least_effort_path
from dualeco_cli.scoring.screen import Outcome, screen
from dualeco_cli.scoring.tolerance import Floats

_STATUSES = np.array([Status.NOT_APPLICABLE.value, Status.UNKNOWN.value, Status.KNOWN.value], dtype=object)


@dataclass(frozen=True)
class Firmness:
    """What the Monte Carlo and the assessors say of one target (design, 4.4 and 4.7).

    ``robustness`` is by practice. What was not asked for is empty or None.
    """

    robustness: dict[str, Robustness] = field(default_factory=dict)
    pairwise: Pairwise | None = None
    agreement: Agreement | None = None
    leader_stability: tuple[LeaderStability, ...] | None = None


#: Computes the firmness of one target. It is given the arrays that the scores were made from.
Examine = Callable[[Study, Case, Outcome, Method], Firmness]


def score(
    study: Study,
    targets: Iterable[str],
    method: Method,
    version: str,
    *,
    paths: bool = True,
    examine: Examine | None = None,
) -> Report:
    """Rate all practices of a study for these targets.

    Args:
        study: a study without errors.
        targets: ids of ecosystems, in the order in which they are to be reported.
        method: exponent, thresholds, samples and seed; nothing of it is taken from the study's settings.
        version: the version of the program, for the provenance.
        paths: whether to look for the least-effort path of every practice (design, 4.8).
        examine: fills robustness, pairwise wins, agreement and leader stability; without it they are None.

    Raises:
        KeyError: a target that the study does not have.
        ValueError: a compensation that is no exponent.
    """
    report = head(study, method, version)
    scorer = Scorer(study, method, paths=paths)
    return report.model_copy(update={"targets": tuple(scorer.target(id_, examine) for id_ in targets)})


def head(study: Study, method: Method, version: str) -> Report:
    """The report without its targets: where its numbers come from.

    Raises:
        ValueError: a compensation that is no exponent, or a panel's weights that the study does not have.
    """
    q = exponent(method.compensation)
    return Report(
        tool=Tool(version=version),
        inputs=tuple(Input(path=source.path, sha256=source.sha256) for source in study.inputs),
        framework=FrameworkName(id=study.framework.id, version=study.framework.version),
        method=method.model_copy(update={"compensation": compensation(q)}),
        panel=panel_result(weighed(study, method)),
        targets=(),
    )


class Scorer:
    """Scores a study for one target after the other.

    What does not depend on the target is worked out once, and of the assessments each target meets its own
    only. A target's result does not depend on which others there are, nor on their order.
    """

    def __init__(self, study: Study, method: Method, *, paths: bool = True) -> None:
        study = weighed(study, method)
        self._study = study
        self._method = method
        self._paths = paths
        self._ground = common_ground(study)
        self._assessments: dict[str, list[Assessment]] = {}
        for row in study.assessments:
            self._assessments.setdefault(row.target, []).append(row)

    def target(self, target: str, examine: Examine | None = None) -> TargetResult:
        """The result for one target, by id; for ``paths`` and ``examine`` see :func:`score`.

        Raises:
            KeyError: a target that the study does not have.
        """
        study, method = self._of(target), self._method
        case = build_case(study, target, self._ground)
        outcome = screen(case, method)
        firmness = examine(study, case, outcome, method) if examine is not None else Firmness()
        rows = range(len(case.practices)) if self._paths else ()
        return TargetResult(
            id=target,
            name=study.ecosystems[target].name or target,
            practices=practice_results(
                study,
                case,
                outcome,
                forms=adaptations(study, target, method),
                paths={row: least_effort_path(case, outcome, row, method) for row in rows},
                robustness=firmness.robustness,
            ),
            pairwise=firmness.pairwise,
            agreement=firmness.agreement,
            leader_stability=firmness.leader_stability,
        )

    def _of(self, target: str) -> Study:
        """The study with the assessments of this target alone."""
        own = self._assessments.get(target, [])
        if len(own) == len(self._study.assessments):
            return self._study
        return self._study.model_copy(update={"assessments": tuple(own)})


def practice_results(
    study: Study,
    case: Case,
    outcome: Outcome,
    *,
    forms: dict[str, tuple[AdaptationResult, ...]],
    paths: dict[int, Path],
    robustness: dict[str, Robustness],
) -> tuple[PracticeResult, ...]:
    """The results of all rows of a case, in the order in which they are listed (design, 4.10).

    ``paths`` is by row, ``forms`` and ``robustness`` by practice; what is missing in them is empty or None.
    """
    scores = outcome.scores
    numbers = list(
        zip(
            *(
                _optional(part)
                for part in (scores.score, scores.lower, scores.upper, scores.coverage, outcome.rank)
            ),
            strict=True,
        )
    )
    indicators = _indicator_results(case, outcome)
    dimensions = _dimension_results(case, outcome)
    results: list[PracticeResult] = []
    for row in outcome.order.tolist():
        practice = study.practices[case.practices[row]]
        points, lower, upper, coverage, rank = numbers[row]
        results.append(
            PracticeResult(
                id=practice.id,
                title=practice.title,
                source=practice.source,
                rank=rank or None,
                score=points,
                lower=lower,
                upper=upper,
                coverage=coverage,
                class_=outcome.class_of(row),
                barriers=_barriers(case, outcome, row),
                open_questions=tuple(
                    case.indicators[place].id for place in np.flatnonzero(outcome.open_question[row])
                ),
                dimensions=dimensions[row],
                indicators=indicators[row],
                adaptations=forms.get(practice.id, ()),
                path=paths.get(row),
                robustness=robustness.get(practice.id),
            )
        )
    return tuple(results)


def _optional(numbers: np.ndarray[Any, Any]) -> list[Any]:
    """The array as nested lists with None for nan."""
    found = numbers.astype(object)
    if numbers.dtype.kind == "f":
        found[np.isnan(numbers)] = None
    return list(found.tolist())


def _indicator_results(case: Case, outcome: Outcome) -> list[tuple[IndicatorResult, ...]]:
    """One tuple of I results for each of P rows. All numbers of what does not apply are None."""
    scores = outcome.scores
    applies = case.applicable

    def where_it_applies(numbers: Floats) -> list[Any]:
        return _optional(np.where(applies, numbers, np.nan))

    columns = (
        where_it_applies(case.required),
        where_it_applies(case.actual),
        _optional(case.value),
        where_it_applies(np.where(case.known, case.value, 0.0)),
        where_it_applies(np.where(case.known, case.value, 1.0)),
        where_it_applies(scores.weight),
        _optional(scores.contribution),
        _STATUSES[applies.astype(np.intp) + case.known].tolist(),
    )
    names = [(i.id, i.dimension, i.role.value) for i in case.indicators]
    return [
        tuple(
            IndicatorResult(*name, *numbers)
            for name, numbers in zip(
                names, zip(*(column[row] for column in columns), strict=True), strict=True
            )
        )
        for row in range(len(case.practices))
    ]


def _dimension_results(case: Case, outcome: Outcome) -> list[tuple[DimensionResult, ...]]:
    """One tuple of D results for each of P rows."""
    scores = outcome.scores
    columns = [
        _optional(part)
        for part in (
            scores.dimension_score,
            scores.dimension_lower,
            scores.dimension_upper,
            scores.dimension_weight,
        )
    ]
    names = [dimension.id for dimension in case.dimensions]
    return [
        tuple(
            DimensionResult(name, *numbers)
            for name, numbers in zip(
                names, zip(*(column[row] for column in columns), strict=True), strict=True
            )
        )
        for row in range(len(case.practices))
    ]


def _barriers(case: Case, outcome: Outcome, row: int) -> tuple[Barrier, ...]:
    """The barriers of one row. Of a floor, ``required`` is the floor, ``actual`` the rating (design, 4.5)."""
    found: list[Barrier] = []
    for place in np.flatnonzero(outcome.barrier[row]):
        indicator = case.indicators[place]
        condition = bool(case.scales.condition[place])
        found.append(
            Barrier(
                indicator=indicator.id,
                required=float(case.required[row, place]) if condition else indicator.floor,
                actual=float(case.actual[row, place]),
                gap=1.0 - float(case.value[row, place]),
            )
        )
    return tuple(found)
