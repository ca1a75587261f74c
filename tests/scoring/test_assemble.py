"""The report as a whole."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from dualeco_cli.model.result import Agreement, Method, Report
from dualeco_cli.model.study import Source, Study
from dualeco_cli.scoring.assemble import Firmness, score
from dualeco_cli.scoring.case import Case, build_case, with_target_levels, without_indicator
from dualeco_cli.scoring.screen import Outcome

from .studies import ELSEWHERE, TARGET, about, condition, make_study, merit, need, practice

STUDY = make_study(
    [merit("m"), condition("c"), need("n")],
    practices=[practice("p", objectives=["quality"]), practice("q", objectives=["wbl"])],
    merits={"p": {"m": 3}, "q": {"m": 1}},
    requirements={"p": {"c": 3}, "q": {"c": 3}},
    profile={"c": 2.0, "n": 1.0},
    profiles={ELSEWHERE: {"c": 4.0}},
).model_copy(update={"inputs": (Source(path="study.xlsx", sha256="ab" * 32),)})


def test_provenance() -> None:
    report = score(STUDY, [TARGET, ELSEWHERE], Method(compensation=float("-inf"), samples=0), "1.2.3")
    assert (report.tool.name, report.tool.version) == ("dualeco", "1.2.3")
    assert [(one.path, one.sha256) for one in report.inputs] == [("study.xlsx", "ab" * 32)]
    assert (report.framework.id, report.framework.version) == ("test", "1")
    assert report.method.compensation == "none"
    assert [(target.id, target.name) for target in report.targets] == [("here", "Here"), ("there", "There")]


def test_the_report_survives_its_json() -> None:
    report = score(STUDY, [TARGET], Method(samples=0), "0")
    text = report.model_dump_json(by_alias=True)
    assert "NaN" not in text
    assert Report.model_validate_json(text) == report


def test_ranks_are_whole_numbers_of_python() -> None:
    report = score(STUDY, [TARGET], Method(samples=0), "0")
    for one in report.targets[0].practices:
        assert type(one.rank) is int
        assert type(one.score) is float
        assert all(type(indicator.weight) in {float, type(None)} for indicator in one.indicators)


def test_without_paths_and_examination() -> None:
    (target,) = score(STUDY, [TARGET], Method(), "0", paths=False).targets
    assert (target.pairwise, target.agreement, target.leader_stability) == (None, None, None)
    assert all(one.path is None and one.robustness is None for one in target.practices)


def test_an_examination_is_given_the_arrays() -> None:
    seen: list[tuple[str, ...]] = []

    def examine(study: Study, case: Case, outcome: Outcome, method: Method) -> Firmness:
        assert study is STUDY
        assert method.samples == 7
        seen.append(tuple(case.practices[row] for row in outcome.order))
        return Firmness(agreement=Agreement(alpha=None, units=0, split=()))

    (target,) = score(STUDY, [TARGET], Method(samples=7), "0", examine=examine).targets
    assert seen == [("p", "q")]
    assert target.agreement == Agreement(alpha=None, units=0, split=())


def test_unknown_targets_and_exponents() -> None:
    with pytest.raises(KeyError):
        score(STUDY, ["nowhere"], Method(), "0")
    with pytest.raises(ValueError, match="at most 1"):
        score(STUDY, [TARGET], Method(compensation=2.0), "0")


def test_no_practices() -> None:
    study = STUDY.model_copy(update={"practices": {}})
    (target,) = score(study, [TARGET], Method(samples=0), "0").targets
    assert target.practices == ()


def test_what_if_the_target_had_other_levels() -> None:
    case = build_case(STUDY, TARGET)
    moved = with_target_levels(case, np.array([np.nan, 3.0, 0.0]))
    assert moved.value[:, 1].tolist() == [1, 1]
    # Needs are not what steps change.
    assert moved.value[0, 2] == about(0.75)
    assert moved.profile_value[1:].tolist() == [3, 1]
    assert with_target_levels(case, case.profile_value).value.tolist()[0] == case.value.tolist()[0]


def test_without_an_indicator() -> None:
    case = without_indicator(build_case(STUDY, TARGET), 1)
    assert case.applicable.tolist() == [[True, False, True], [True, False, False]]
    assert case.base_weight[:, 1].tolist() == [0, 0]
    assert case.shape == (2, 3)


def test_a_case_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        build_case(STUDY, TARGET).target = "there"  # type: ignore[misc]
