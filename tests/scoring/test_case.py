"""The arrays of one target, and what becomes of them with other levels or without an indicator."""

from __future__ import annotations

from dataclasses import fields
from random import Random

import numpy as np
import pytest

from dualeco_cli.model.rows import ProfileValue
from dualeco_cli.scoring.case import (
    Case,
    build_adapted_case,
    build_case,
    with_target_levels,
    without_indicator,
)

from .studies import (
    TARGET,
    adaptation,
    condition,
    judgement,
    make_study,
    merit,
    need,
    practice,
    random_study,
    rating,
)


def same(one: Case, other: Case, *, but: frozenset[str] = frozenset()) -> None:
    for field in fields(Case):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if field.name not in but:
            assert np.array_equal(a, b, equal_nan=a.dtype.kind == "f") if hasattr(a, "dtype") else a == b, (
                field.name
            )


def test_adapted_forms_stand_by_practice_in_the_order_of_the_study_then_by_id() -> None:
    study = make_study(
        [condition("c")],
        practices=["z", "y", "a"],
        adaptations=[
            adaptation("a", "one", "c", 1),
            adaptation("z", "two", "c", 1),
            adaptation("z", "one", "c", 1),
        ],
    )
    case = build_adapted_case(study, TARGET)
    assert list(zip(case.practices, case.forms, strict=True)) == [("z", "one"), ("z", "two"), ("a", "one")]


@pytest.mark.parametrize("seed", range(20))
def test_other_levels_of_the_target_are_as_if_its_profile_said_so(seed: int) -> None:
    study = random_study(Random(seed))
    case = build_case(study, TARGET)
    same(with_target_levels(case, case.profile_value), case)
    # The best there is on each condition that is known.
    better = {
        i.id: ProfileValue(ecosystem=TARGET, indicator=i.id, value=i.best)
        for i in study.framework.indicators
        if i.role == "condition" and i.id in study.profile[TARGET]
    }
    improved = study.model_copy(update={"profile": {TARGET: {**study.profile[TARGET], **better}}})
    expected = build_case(improved, TARGET)
    same(with_target_levels(case, expected.profile_value), expected)


def test_other_levels_leave_alone_what_does_not_apply_and_needs_of_nobody_knows_what_for() -> None:
    study = make_study(
        [condition("c"), need("n"), merit("m")],
        practices=["p", practice("q", objectives=["quality"])],
        requirements={"p": {"c": "n/a"}, "q": {"c": 4}},
        merits={"p": {"m": 2}, "q": {"m": 3}},
        profile={"c": 1.0, "n": 1.0},
    )
    found = with_target_levels(build_case(study, TARGET), np.array([3.0, 4.0, 0.0]))
    assert np.array_equal(found.actual, np.array([[np.nan, 1, 2], [3, 1, 3]]), equal_nan=True)
    assert np.array_equal(found.value, np.array([[np.nan, np.nan, 0.5], [0.75, 0.75, 0.75]]), equal_nan=True)
    assert found.known.tolist() == [[False, False, True], [True, True, True]]
    assert np.array_equal(found.profile_value, np.array([3, 1, np.nan]), equal_nan=True)


@pytest.mark.parametrize("place", range(4))
def test_without_an_indicator_nothing_is_left_of_it_and_all_else_stays(place: int) -> None:
    study = make_study(
        [condition("c", critical=True), need("n"), merit("m", floor=3), judgement("j", floor=3)],
        practices=[practice("p", objectives=["quality"]), "q"],
        requirements={"p": {"c": 4}, "q": {"c": 1}},
        merits={"p": {"m": 1}, "q": {"m": 4}},
        assessments=[rating("p", "j", 1.0), rating("q", "j", 4.0)],
        profile={"c": 2.0, "n": 1.0},
    )
    case = build_case(study, TARGET)
    found = without_indicator(case, place)
    for name in ("value", "required", "actual"):
        assert np.isnan(getattr(found, name)[:, place]).all(), name
    for name in ("base_weight", "applicable", "known", "critical"):
        assert not getattr(found, name)[:, place].any(), name
    others = np.arange(4) != place
    for name in ("value", "required", "actual", "base_weight", "applicable", "known", "critical"):
        one, other = getattr(found, name)[:, others], getattr(case, name)[:, others]
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), name
    same(
        found,
        case,
        but=frozenset({"value", "required", "actual", "base_weight", "applicable", "known", "critical"}),
    )
