"""The report as plain rows: what the CSV file and the data frames are made of. Nothing is rounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from dualeco_cli.model.result import PracticeClass, PracticeResult, Report, TargetResult

Value: TypeAlias = str | int | float | None

#: One row per target and practice.
PRACTICE_COLUMNS = (
    "target",
    "practice",
    "title",
    "source",
    "rank",
    "class",
    "score",
    "lower",
    "upper",
    "coverage",
)

#: One row per target, practice and indicator, without what stands in the row of the practice.
INDICATOR_COLUMNS = (
    "indicator",
    "dimension",
    "role",
    "status",
    "required",
    "actual",
    "value",
    "value_lower",
    "value_upper",
    "weight",
    "contribution",
)

#: What is told of a practice beside its score; lists of ids are joined by ``; ``.
DETAIL_COLUMNS = (
    "barriers",
    "open_questions",
    "best_adaptation",
    "best_adaptation_class",
    "best_adaptation_score",
    "path_to",
    "path_effort",
    "path_score",
    "mean",
    "p05",
    "p95",
    "expected_rank",
)

#: The probability of each class, in the order of the design.
CHANCE_COLUMNS = tuple(f"p_{class_.value}" for class_ in PracticeClass)


def practice_cells(target: TargetResult, practice: PracticeResult) -> tuple[Value, ...]:
    """The cells of :data:`PRACTICE_COLUMNS`."""
    return (
        target.id,
        practice.id,
        practice.title,
        practice.source,
        practice.rank,
        practice.class_.value,
        practice.score,
        practice.lower,
        practice.upper,
        practice.coverage,
    )


def indicator_rows(practice: PracticeResult) -> Iterator[tuple[Value, ...]]:
    """The cells of :data:`INDICATOR_COLUMNS`, for each indicator of a practice."""
    for result in practice.indicators:
        yield (
            result.id,
            result.dimension,
            result.role,
            result.status,
            result.required,
            result.actual,
            result.value,
            result.lower,
            result.upper,
            result.weight,
            result.contribution,
        )


def detail_cells(practice: PracticeResult) -> tuple[Value, ...]:
    """The cells of :data:`DETAIL_COLUMNS` and :data:`CHANCE_COLUMNS`."""
    best = next((adaptation for adaptation in practice.adaptations if adaptation.best), None)
    path, firm = practice.path, practice.robustness
    chances = firm.class_probability if firm else {}
    return (
        "; ".join(barrier.indicator for barrier in practice.barriers),
        "; ".join(practice.open_questions),
        best.id if best else None,
        best.class_.value if best else None,
        best.score if best else None,
        path.to.value if path and path.to else None,
        path.effort if path else None,
        path.score if path else None,
        firm.mean if firm else None,
        firm.p05 if firm else None,
        firm.p95 if firm else None,
        firm.expected_rank if firm else None,
        *(chances.get(class_.value) if firm else None for class_ in PracticeClass),
    )


def pairs(report: Report) -> Iterator[tuple[TargetResult, PracticeResult]]:
    """Every practice of every target, in the order of the report."""
    for target in report.targets:
        for practice in target.practices:
            yield target, practice


def provenance_cells(report: Report) -> list[tuple[str, Value]]:
    """Where the numbers come from, as names and values. Inputs are not among them: there may be many."""
    method = report.method
    return [
        ("tool", report.tool.name),
        ("version", report.tool.version),
        ("framework", report.framework.id),
        ("framework_version", report.framework.version),
        ("compensation", compensation(report)),
        ("min_coverage", method.min_coverage),
        ("transferable_from", method.transferable_from),
        ("adaptable_from", method.adaptable_from),
        ("samples", method.samples),
        ("seed", method.seed),
        ("weights", method.weights),
        ("weight_spread", method.weight_spread),
    ]


def compensation(report: Report) -> float | str:
    """The exponent of the mean; the word for minus infinity, which no file format has a number for."""
    q = report.method.compensation
    return "none" if q == float("-inf") else q
