"""Adapted forms: what they replace, and which is the best (design, 4.6 and 4.10)."""

from __future__ import annotations

import pytest

from dualeco_cli.model.result import AdaptationResult, Method, PracticeClass, PracticeResult
from dualeco_cli.model.rows import Adaptation
from dualeco_cli.scoring.adapt import best_of
from dualeco_cli.scoring.assemble import score
from dualeco_cli.scoring.case import build_adapted_case

from .studies import TARGET, about, adaptation, condition, make_study, merit, practice


def result(*rows: Adaptation, source: str | None = None) -> PracticeResult:
    study = make_study(
        [condition("c"), condition("d", critical=True), merit("m")],
        practices=[practice("p", source=source), "q"],
        requirements={"p": {"c": "4!?", "d": 4}, "q": {"c": 1}},
        merits={"p": {"m": 4}, "q": {"m": 4}},
        profile={"c": 2.0, "d": 2.0},
        adaptations=rows,
    )
    (target,) = score(study, [TARGET], Method(samples=0), "0").targets
    return next(one for one in target.practices if one.id == "p")


def test_without_adaptations() -> None:
    found = result()
    assert found.adaptations == ()
    assert found.score == about(200 / 3)


def test_each_is_scored_like_a_practice_and_the_original_stays() -> None:
    found = result(
        adaptation("p", "lite", "c", 2, "Light"),
        adaptation("p", "lite", "d", 3),
        adaptation("p", "bare", "d", "n/a"),
        adaptation("p", "bare", "c", 3),
    )
    assert found.score == about(200 / 3)
    bare, lite = found.adaptations
    assert (bare.id, bare.title, bare.class_, bare.score) == ("bare", None, "blocked", about(87.5))
    assert (lite.id, lite.title, lite.class_, lite.score) == ("lite", "Light", "blocked", about(275 / 3))
    assert (bare.best, lite.best) == (False, True)


def test_any_row_of_a_form_may_give_its_title() -> None:
    found = result(
        adaptation("p", "lite", "c", 2),
        adaptation("p", "lite", "d", 3, "Light"),
        adaptation("p", "lite", "m", 0, "Lighter"),
    )
    (lite,) = found.adaptations
    assert lite.title == "Light"


def test_a_mark_of_the_own_cell_stays_in_force() -> None:
    case = build_adapted_case(
        make_study(
            [condition("c"), condition("d"), condition("e")],
            practices=["p"],
            requirements={"p": {"c": "4!?", "d": "4?", "e": 3}},
            profile={"c": 2.0, "d": 2.0, "e": 2.0},
            adaptations=[
                adaptation("p", "lite", "c", 3),
                adaptation("p", "lite", "d", "3!?"),
                adaptation("p", "lite", "e", None),
            ],
        ),
        TARGET,
    )
    assert case.forms == ("lite",)
    assert case.critical.tolist() == [[True, True, False]]
    # Level and confidence are the adaptation's; a blank cell changes nothing.
    assert case.low_confidence.tolist() == [[False, True, False]]
    assert case.required.tolist() == [[3, 3, 3]]


def test_an_adaptation_changes_requirements_only() -> None:
    found = result(adaptation("p", "odd", "m", 0))
    assert found.adaptations[0].score == found.score


def test_at_home_so_are_its_forms() -> None:
    found = result(adaptation("p", "lite", "d", 0), source=TARGET)
    assert found.adaptations[0].class_ is PracticeClass.HOME
    assert found.adaptations[0].best


def form(id_: str, class_: str, score_: float | None) -> AdaptationResult:
    return AdaptationResult(id=id_, score=score_, class_=PracticeClass(class_), coverage=1.0)


@pytest.mark.parametrize(
    ("forms", "best"),
    [
        ([("a", "blocked", 90.0), ("b", "not-yet", 20.0)], "b"),
        ([("a", "adaptable", 74.0), ("b", "conditional", 60.0)], "b"),
        ([("a", "adaptable", 60.0), ("b", "adaptable", 70.0)], "b"),
        ([("a", "adaptable", 70.0), ("b", "adaptable", 70.0 + 1e-12)], "a"),
        ([("b", "blocked", None), ("a", "blocked", None)], "a"),
        ([("a", "blocked", None), ("b", "blocked", 0.0)], "b"),
        ([("a", "insufficient-evidence", 10.0), ("b", "blocked", 90.0)], "a"),
    ],
)
def test_the_best_one(forms: list[tuple[str, str, float | None]], best: str) -> None:
    assert forms[best_of([form(*one) for one in forms])][0] == best


def test_forms_of_no_practice_are_left_out() -> None:
    study = make_study(
        [condition("c")],
        practices=["p"],
        adaptations=[adaptation("gone", "lite", "c", 1)],
        profile={"c": 1.0},
    )
    assert build_adapted_case(study, TARGET).practices == ()
    (target,) = score(study, [TARGET], Method(samples=0), "0").targets
    assert target.practices[0].adaptations == ()
