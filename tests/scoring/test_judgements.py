"""Several assessors, consensus, importance and confidence (design, 4.4 and 4.10)."""

from __future__ import annotations

import pytest

from dualeco_cli.model.result import Method, PracticeResult
from dualeco_cli.model.rows import Assessment, Confidence, ProfileValue
from dualeco_cli.scoring.assemble import score
from dualeco_cli.scoring.case import build_case
from dualeco_cli.scoring.judgements import Judgement, judge

from .studies import TARGET, about, condition, judgement, make_study, merit, need, practice, rating


def one(*rows: tuple[float | None, str, float | None, str]) -> Judgement:
    """The judgement from rows of rating, assessor, importance and confidence."""
    return judge(
        [
            rating("p", "j", value, assessor=assessor, importance=importance, confidence=confidence)
            for value, assessor, importance, confidence in rows
        ],
        judgement("j"),
    )


def test_one_assessor_stands_alone() -> None:
    assert one((3, "ana", None, "high")) == (3, Confidence.HIGH, 1)
    assert one((3, "ana", 0.5, "low")) == (3, Confidence.LOW, 0.5)
    assert one((None, "ana", 2, "low")).rating is None


def test_the_median_and_the_lowest_confidence() -> None:
    found = one((1, "ana", None, "high"), (2, "ben", None, "medium"), (2, "cleo", None, "high"))
    assert found == (2, Confidence.MEDIUM, 1)
    assert one((1, "ana", None, "low"), (2, "ben", None, "medium")).confidence is Confidence.LOW
    assert one((1, "ana", None, "high"), (2, "ben", None, "low")).confidence is Confidence.LOW
    # The mean of the two middle ones may lie between two levels.
    assert one((1, "ana", None, "high"), (2, "ben", None, "high")) == (1.5, Confidence.HIGH, 1)


def test_rows_without_a_rating_give_importance_but_no_confidence() -> None:
    found = one((3, "ana", None, "high"), (None, "ben", 2, "low"), (None, "cleo", 0.5, "low"))
    assert found == (3, Confidence.HIGH, 1.25)


def test_several_rows_may_all_be_without_a_rating() -> None:
    found = one((None, "ana", 2, "low"), (None, "ben", 3, "high"))
    assert (found.rating, found.importance) == (None, 2.5)


def test_importance_is_the_median_of_those_given() -> None:
    rows = [(2.0, f"a{n}", importance, "high") for n, importance in enumerate((None, 2, 0.5, 3, None))]
    assert one(*rows).importance == 2


def test_consensus_wins_with_all_that_is_its_own() -> None:
    others = ((0, "ana", 2, "low"), (4, "ben", 2, "low"))
    assert one(*others, (3, "consensus", 0.5, "high")) == (3, Confidence.HIGH, 0.5)
    # A blank importance of the consensus counts 1.
    assert one(*others, (3, "consensus", None, "medium")) == (3, Confidence.MEDIUM, 1)


def test_a_consensus_without_a_rating_settles_nothing() -> None:
    found = one((2, "ana", None, "high"), (2, "ben", None, "high"), (None, "consensus", None, "high"))
    assert found == (2, Confidence.HIGH, 1)


@pytest.mark.parametrize(
    ("ratings", "split"),
    [
        ((2, 3), False),
        ((1, 3), False),  # one step from the median of 2
        ((0, 3), True),  # 1.5 from the median
        ((1, 1, 3), True),  # a third of them
        ((1, 1, 1, 3), False),  # a quarter
        ((1, 1, 1, 1, 3, 3), True),
        ((0, 2, 2, 2), False),
    ],
)
def test_split_judgements_count_as_low(ratings: tuple[float, ...], split: bool) -> None:
    rows = [(float(value), f"a{n}", None, "high") for n, value in enumerate(ratings)]
    assert (one(*rows).confidence is Confidence.LOW) == split


def results(*rows: Assessment) -> PracticeResult:
    study = make_study(
        [judgement("j"), merit("m"), condition("c"), need("n")],
        practices=[practice("p", objectives=["quality"])],
        merits={"p": {"m": 2}},
        requirements={"p": {"c": 2}},
        profile={"c": 2.0, "n": 0.0},
        assessments=rows,
    )
    (target,) = score(study, [TARGET], Method(samples=0), "0").targets
    return target.practices[0]


def test_importance_applies_to_any_indicator_that_its_row_names() -> None:
    found = results(
        rating("p", "m", None, importance=2.0),
        rating("p", "c", 4.0, importance=4.0),
        rating("p", "n", None, importance=0.5),
        rating("p", "j", 3.0, importance=0.5),
    )
    assert [indicator.weight for indicator in found.indicators] == [about(w / 7) for w in (0.5, 2, 4, 0.5)]
    # A rating of what is no judgement is no value.
    assert found.indicators[2].actual == 2


def test_other_targets_and_indicators_do_not_count() -> None:
    found = results(
        rating("p", "j", 4.0, target="there", importance=9.0),
        rating("p", "gone", 4.0),
        rating("elsewhere", "j", 1.0),
    )
    assert found.indicators[0].status == "unknown"
    assert found.indicators[0].weight == about(0.25)


@pytest.mark.parametrize(("confidence", "code"), [("high", 0), ("medium", 1), ("low", 2)])
def test_confidence_as_a_number(confidence: str, code: int) -> None:
    has = ProfileValue(ecosystem=TARGET, indicator="c", value=2.0, confidence=Confidence(confidence))
    study = make_study(
        [judgement("j"), condition("c")],
        practices=["p"],
        assessments=[rating("p", "j", 3.0, confidence=confidence)],
        profile={"c": has},
    )
    case = build_case(study, TARGET)
    assert case.rating_confidence.tolist() == [[code, -1]]
    assert case.profile_confidence.tolist() == [-1, code]


def test_confidence_reaches_the_arrays() -> None:
    study = make_study(
        [judgement("j"), merit("m"), condition("c")],
        practices=["p", "q"],
        merits={"p": {"m": "2?"}, "q": {"m": 2}},
        requirements={"p": {"c": "3!"}, "q": {"c": "3!?"}},
        assessments=[
            rating("p", "j", 3.0, confidence="high"),
            rating("p", "m", 3.0, confidence="low"),
            rating("q", "j", 0.0),
            rating("q", "j", 4.0),
        ],
    )
    case = build_case(study, TARGET)
    assert case.rating_confidence.tolist() == [[0, -1, -1], [2, -1, -1]]
    assert case.rating[:, 0].tolist() == [3, 2]
    assert case.low_confidence.tolist() == [[False, True, False], [False, False, True]]
    assert case.critical.tolist() == [[False, False, True], [False, False, True]]
