"""The target's steps that make the most practices transferable, against trying everything."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from dualeco_cli.model.result import Method, PracticeClass
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.budget import TargetPlan, best_target_plan
from dualeco_cli.scoring.case import build_case, with_target_levels
from dualeco_cli.scoring.screen import CLASSES, screen

from .studies import TARGET, about, condition, make_study, merit, practice
from .test_against_reference import method_of


def plan(study: Study, budget: float, method: Method | None = None) -> TargetPlan:
    case = build_case(study, TARGET)
    chosen = method or Method()
    return best_target_plan(case, screen(case, chosen), chosen, budget)


STUDY = make_study(
    [condition("a", critical=True), condition("b", effort=2), merit("m", floor=1)],
    practices=["p", "q", "r", "s", practice("home", source=TARGET)],
    requirements={
        "p": {"a": 2, "b": 0},
        "q": {"a": 3, "b": 0},
        "r": {"a": 1, "b": 4},
        "s": {"a": 2, "b": 2},
        "home": {"a": 4, "b": 4},
    },
    merits={"p": {"m": 4}, "q": {"m": 4}, "r": {"m": 2}, "s": {"m": 0}, "home": {"m": 4}},
    profile={"a": 1.0, "b": 2.0},
)


def test_more_budget_brings_more() -> None:
    nothing = plan(STUDY, 0)
    assert (nothing.steps, nothing.effort, nothing.gained, nothing.transferable) == ((), 0, (), ())
    one = plan(STUDY, 1)
    assert [(s.indicator, s.from_, s.to) for s in one.steps] == [("a", 1, 2)]
    assert (one.effort, one.gained, one.proven) == (1, ("p",), True)
    two = plan(STUDY, 3)
    assert (two.effort, two.gained) == (2, ("p", "q"))
    # s stays below its floor whatever the target does; r needs a step of b, which takes 2.
    all_of_them = plan(STUDY, 100)
    assert (all_of_them.effort, all_of_them.gained) == (4, ("p", "q", "r"))


def test_nothing_to_choose() -> None:
    study = make_study([merit("m")], practices=["p"], merits={"p": {"m": 1}})
    assert plan(study, 10) == TargetPlan((), 0, (), (), proven=True)
    study = make_study([condition("c")], practices=["p"], requirements={"p": {}}, profile={"c": 1.0})
    assert plan(study, 10) == TargetPlan((), 0, (), (), proven=True)


def test_similar_levels_may_cost_a_practice() -> None:
    study = make_study(
        [condition("c", match="similar")],
        practices=["low", "one", "two"],
        requirements={"low": {"c": 0}, "one": {"c": 4}, "two": {"c": 4}},
        profile={"c": 1.0},
    )
    found = plan(study, 10)
    assert found.gained == ("one", "two")
    assert found.transferable == ("one", "two")
    assert found.effort == about(2)


def test_what_no_step_can_bring() -> None:
    """One is out of reach whatever the target does, the other not."""
    study = make_study(
        [condition("c", effort=2), condition("e", critical=True), merit("m")],
        practices=["p", "q"],
        requirements={"p": {"c": 4, "e": 0}, "q": {"c": 4, "e": 3}},
        merits={"p": {"m": 0}, "q": {"m": 3}},
        profile={"c": 1.0, "e": 2.0},
    )
    for compensation in (1.0, 0.0, "none"):
        method = Method.model_validate({"compensation": compensation})
        assert plan(study, 100, method).gained == ("q",)


@pytest.mark.parametrize("short", [0.0, 1e-8, 1e-7, 1e-6])
def test_nearly_is_not_enough(short: float) -> None:
    """The solver takes what is violated by 1e-7 for met; the plan must hold when it is scored."""
    study = make_study(
        [condition("c"), condition("d", effort=5)],
        practices=["p", "q"],
        requirements={"p": {"c": 4, "d": 4}, "q": {"c": 4, "d": 4}},
        profile={"c": 2.0, "d": 2.0},
    )
    found = plan(study, 100, Method(transferable_from=75 + short))
    assert (found.effort, found.gained) == (2 if short == 0 else 7, ("p", "q"))


def test_without_time_there_is_no_proof() -> None:
    case = build_case(STUDY, TARGET)
    found = best_target_plan(case, screen(case, Method()), Method(), 100, seconds=0)
    assert not found.proven


@pytest.mark.parametrize("seed", range(25))
def test_against_trying_everything(seed: int) -> None:
    random = Random(seed)
    levels = (0, 1, 2, 3, 4)
    ids = [f"i{n}" for n in range(random.randint(2, 4))]
    indicators = [
        condition(
            id_,
            f"d{random.randint(0, 1)}",
            weight=random.choice([0, 1, 2]),
            critical=random.random() < 0.2,
            effort=random.choice([1, 2, 0.3]),
            match=random.choice(["at-least", "at-least", "similar"]),
        )
        for id_ in ids
    ]
    practices = [f"p{n}" for n in range(random.randint(1, 5))]
    study = make_study(
        indicators,
        practices=practices,
        requirements={id_: {i: random.choice([*levels, None]) for i in ids} for id_ in practices},
        profile={i: float(random.choice(levels)) for i in ids},
    )
    method = method_of(random, [1.0, 1.0, 0.5, 0.0, -1.0, "none", -60.0])
    budget = random.choice([1, 2, 4, 8])
    found = plan(study, budget, method)

    case = build_case(study, TARGET)
    best = (0, 0.0)
    for target in itertools.product(*(levels for _ in ids)):
        moved = case.profile_value * 0 + target
        effort = float((abs(moved - case.profile_value) * case.scales.effort).sum())
        if effort <= budget + 1e-9:
            codes = screen(with_target_levels(case, moved), method).class_code
            count = int((codes == CLASSES.index(PracticeClass.TRANSFERABLE)).sum())
            best = min(best, (-count, effort))
    if best[0] == 0:
        best = (0, 0.0)
    assert (-len(found.transferable), found.effort) == (best[0], about(best[1]))
