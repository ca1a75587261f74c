"""The report without its last bits, for what is shown.

Those bits depend on the order of a sum. A half that they tip would be rounded now up, now down, and the
page, which sums again when a reader changes a weight, would contradict itself. What the page computes with
is exact.
"""

from __future__ import annotations

from dataclasses import replace

from dualeco_cli.model.result import (
    AdaptationResult,
    DimensionResult,
    IndicatorResult,
    PracticeResult,
    Report,
    TargetResult,
)

#: So many decimals are far more than any report shows.
DECIMALS = 9


def settled(report: Report) -> Report:
    """The report with its scores, weights and shares rounded to nine decimals."""
    return report.model_copy(update={"targets": tuple(map(_target, report.targets))})


def _target(target: TargetResult) -> TargetResult:
    return target.model_copy(update={"practices": tuple(map(_practice, target.practices))})


def _practice(practice: PracticeResult) -> PracticeResult:
    return practice.model_copy(
        update={
            "score": _number(practice.score),
            "lower": _number(practice.lower),
            "upper": _number(practice.upper),
            "coverage": round(practice.coverage, DECIMALS),
            "dimensions": tuple(map(_dimension, practice.dimensions)),
            "indicators": tuple(map(_indicator, practice.indicators)),
            "adaptations": tuple(map(_adaptation, practice.adaptations)),
        }
    )


def _dimension(result: DimensionResult) -> DimensionResult:
    return replace(
        result, score=_number(result.score), lower=_number(result.lower), upper=_number(result.upper)
    )


def _indicator(result: IndicatorResult) -> IndicatorResult:
    return replace(result, weight=_number(result.weight), contribution=_number(result.contribution))


def _adaptation(result: AdaptationResult) -> AdaptationResult:
    return result.model_copy(update={"score": _number(result.score)})


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
