"""The engine against the reference, on random studies."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.model.result import DimensionResult, Method, PracticeResult, Report
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.assemble import score
from dualeco_cli.scoring.case import build_case
from dualeco_cli.scoring.judgements import CODE

from . import reference
from .studies import TARGET, random_study

COMPENSATIONS: list[float | str] = [1.0, 1.0, 0.0, -1.0, "none", 0.5, 1e-9, -1e-9, -3.7, -60.0, -2000.0]
THRESHOLDS = [(0.6, 75.0, 50.0), (0.6, 75.0, 50.0), (0.0, 60.0, 60.0), (1.0, 90.0, 0.0), (0.5, 50.0, 25.0)]


def method_of(random: Random, compensations: list[float | str] | None = None) -> Method:
    coverage, high, low = random.choice(THRESHOLDS)
    return Method.model_validate(
        {
            "compensation": random.choice(compensations or COMPENSATIONS),
            "samples": 0,
            "min_coverage": coverage,
            "transferable_from": high,
            "adaptable_from": low,
        }
    )


def close(found: float | None, expected: Fraction | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return found == pytest.approx(float(expected), abs=1e-9, rel=1e-9)


def check_practice(found: PracticeResult, expected: reference.Rated, method: Method) -> None:
    assert found.id == expected.practice
    assert close(found.score, expected.score)
    assert close(found.lower, expected.lower)
    assert close(found.upper, expected.upper)
    assert close(found.coverage, expected.coverage)
    assert found.class_ == expected.class_
    assert found.rank == expected.rank
    assert [barrier.indicator for barrier in found.barriers] == expected.barriers
    assert list(found.open_questions) == expected.open_questions
    known = sum((cell.weight for cell in expected.cells if cell.status == "known"), Fraction(0))
    for indicator, cell in zip(found.indicators, expected.cells, strict=True):
        applies = cell.status != "n/a"
        assert indicator.id == cell.indicator.id
        assert indicator.status == cell.status
        assert close(indicator.required, cell.required)
        assert close(indicator.actual, cell.actual)
        assert close(indicator.value, cell.value)
        assert close(indicator.lower, (cell.value or Fraction(0)) if applies else None)
        assert close(
            indicator.upper, (Fraction(1) if cell.value is None else cell.value) if applies else None
        )
        assert close(indicator.weight, cell.weight if applies else None)
        counts = method.compensation == 1 and cell.value is not None and known > 0
        assert close(
            indicator.contribution,
            100 * cell.weight * cell.value / known if counts and cell.value is not None else None,
        )


def check_dimension(found: DimensionResult, expected: reference.Rated, method: Method) -> None:
    cells = [cell for cell in expected.cells if cell.indicator.dimension == found.id]
    q = method.compensation
    assert close(found.weight, sum((cell.weight for cell in cells), Fraction(0)))
    assert close(found.score, reference.known_mean(cells, q, own=True))
    assert close(found.lower, reference.bound(cells, q, Fraction(0), own=True))
    assert close(found.upper, reference.bound(cells, q, Fraction(1), own=True))


def check(study: Study, method: Method, report: Report) -> None:
    (target,) = report.targets
    for found, expected in zip(target.practices, reference.rank(study, TARGET, method), strict=True):
        check_practice(found, expected, method)
        for dimension in found.dimensions:
            check_dimension(dimension, expected, method)
        forms, best = reference.adaptations(study, found.id, TARGET, method)
        assert [form.id for form in found.adaptations] == [form.form for form in forms]
        for form, wanted in zip(found.adaptations, forms, strict=True):
            assert close(form.score, wanted.score)
            assert close(form.coverage, wanted.coverage)
            assert form.class_ == wanted.class_
            assert form.best == (form.id == best)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_scores_classes_ranks_and_adaptations(random: Random) -> None:
    study = random_study(random)
    method = method_of(random)
    check(study, method, score(study, [TARGET], method, "0", paths=False))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_confidence_of_judgements(random: Random) -> None:
    study = random_study(random)
    case = build_case(study, TARGET)
    for row, practice in enumerate(case.practices):
        for place, indicator in enumerate(case.indicators):
            rows = reference.assessments_of(study, practice, TARGET, indicator.id)
            expected = reference.confidence(rows, indicator) if indicator.role == "judgement" else None
            code = -1 if expected is None else CODE[expected]
            assert case.rating_confidence[row, place] == code


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_paths(random: Random) -> None:
    study = random_study(random, most_indicators=5, most_practices=2)
    method = method_of(random)
    (target,) = score(study, [TARGET], method, "0").targets
    for found, rated in zip(target.practices, reference.rank(study, TARGET, method), strict=True):
        expected = reference.path(rated, method, most=3000)
        if expected is None:
            continue
        assert found.path is not None
        assert found.path.to == expected.to
        assert close(found.path.effort, expected.effort)
        assert close(found.path.score, expected.score)
        assert [step.indicator for step in found.path.steps] == [step[0] for step in expected.steps]
        for step, (_, before, after) in zip(found.path.steps, expected.steps, strict=True):
            assert close(step.from_, before)
            assert close(step.to, after)
        if found.path.effort is None:
            assert found.path.reason
