"""Gaps, supports, questions, leave-one-out and similar ecosystems."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.model.insight import Similarity
from dualeco_cli.model.result import Method
from dualeco_cli.model.rows import Level, Role
from dualeco_cli.model.study import Study
from dualeco_cli.scoring import explain
from dualeco_cli.scoring.case import Case, build_case
from dualeco_cli.scoring.screen import Outcome, screen

from .studies import ELSEWHERE, TARGET, about, condition, make_study, merit, need, random_study
from .test_against_reference import method_of

STUDY = make_study(
    [
        condition("a", weight=2),
        condition("b", critical=True),
        merit("m", floor=1),
        merit("n"),
        merit("o", weight=0),
    ],
    practices=["p", "q"],
    requirements={"p": {"a": 4, "b": 3}, "q": {"a": 2}},
    merits={"p": {"m": 4, "n": 4, "o": 1}, "q": {"n": 3, "o": 2}},
    profile={"a": 2.0, "b": 2.0},
)


def arrays(study: Study = STUDY, method: Method | None = None) -> tuple[Case, Outcome]:
    case = build_case(study, TARGET)
    return case, screen(case, method or Method())


def test_gaps() -> None:
    case, outcome = arrays()
    found = explain.gaps(case, outcome, 0, Method())
    assert [(gap.indicator, gap.gap, gap.points, gap.barrier) for gap in found] == [
        ("a", about(0.5), about(20), False),
        ("b", about(0.25), about(5), True),
        ("o", about(0.75), about(0), False),
    ]
    assert (found[0].required, found[0].actual, found[2].required) == (4, 2, None)


def test_supports_sum_to_the_score() -> None:
    case, outcome = arrays()
    found = explain.supports(case, outcome, 0, Method())
    assert [(one.indicator, one.points) for one in found] == [
        ("a", about(20)),
        ("m", about(20)),
        ("n", about(20)),
        ("b", about(15)),
    ]
    assert sum(one.points for one in found) == about(float(outcome.scores.score[0]))


def test_what_is_nearly_met_is_a_gap_and_what_gives_nothing_is_no_support() -> None:
    study = make_study(
        [condition("c", scale=(0, 100, 0)), merit("m"), merit("n", weight=0), merit("o")],
        practices=["p"],
        requirements={"p": {"c": 52}},
        merits={"p": {"m": 0, "n": 4}},
        profile={"c": 50.0},
    )
    case, outcome = arrays(study)
    gaps = explain.gaps(case, outcome, 0, Method())
    assert [(gap.indicator, gap.gap) for gap in gaps] == [("m", about(1)), ("c", about(0.02))]
    assert [one.indicator for one in explain.supports(case, outcome, 0, Method())] == ["c"]


def test_questions() -> None:
    case, outcome = arrays()
    assert explain.questions(case, outcome, 0, Method()) == ()
    b, m = explain.questions(case, outcome, 1, Method())
    # 3 of 5 are known, with a score of 100 · 2.75 / 3; each of the two questions weighs a fifth.
    assert (b.indicator, b.weight, b.lowest, b.highest) == ("b", about(0.2), about(275 / 4), about(375 / 4))
    assert (b.if_worst, b.if_best, b.changes_class) == ("blocked", "conditional", True)
    assert (m.indicator, m.if_worst, m.if_best, m.open_question) == ("m", "blocked", "conditional", True)
    assert b.swing == about(25)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_questions_say_what_an_answer_would_do(random: Random) -> None:
    """Each answer, written into the study, gives the score and class that were foretold."""
    study, method = random_study(random), method_of(random)
    case, outcome = arrays(study, method)
    for row, practice in enumerate(case.practices):
        for question in explain.questions(case, outcome, row, method):
            indicator = study.framework.indicator(question.indicator)
            if indicator.role is not Role.MERIT:
                continue
            for level, number, class_ in (
                (indicator.worst, question.lowest, question.if_worst),
                (indicator.best, question.highest, question.if_best),
            ):
                cells = {**study.merits.get(practice, {}), indicator.id: Level(level)}
                answered = study.model_copy(update={"merits": {**study.merits, practice: cells}})
                _, then = arrays(answered, method)
                assert then.class_of(row) == class_
                found = float(then.scores.score[row])
                assert np.isnan(found) if number is None else found == about(number)


def test_leave_one_out() -> None:
    study = make_study(
        [merit("a"), merit("b"), merit("c", weight=0)],
        practices=["p", "q", "r"],
        merits={"p": {"a": 4, "b": 1, "c": 0}, "q": {"a": 2, "b": 4, "c": 0}, "r": {"a": 3, "b": 2.0}},
    )
    case, outcome = arrays(study)
    a, b, c = explain.leave_one_out(case, outcome, Method())
    # With all: p 62.5, q 75, r 62.5. Without a: 25, 100, 50. Without b: 100, 50, 75.
    assert (a.leader, a.leader_changes, a.tau_b) == ("q", False, about(2 / 6**0.5))
    assert (b.leader, b.leader_changes, b.tau_b) == ("p", True, about(-2 / 6**0.5))
    assert (c.leader, c.leader_changes, c.tau_b, c.reclassified) == ("q", False, 1, ())
    assert a.reclassified == ("p",)
    assert b.reclassified == ("p", "q", "r")


def test_without_the_indicator_whose_floor_it_misses_a_practice_is_not_blocked() -> None:
    study = make_study(
        [merit("a", floor=2), merit("b")],
        practices=["p", "q"],
        merits={"p": {"a": 1, "b": 4}, "q": {"a": 3, "b": 3}},
    )
    case, outcome = arrays(study)
    a, b = explain.leave_one_out(case, outcome, Method())
    assert (a.leader, a.leader_changes, a.reclassified) == ("p", True, ("p",))
    # Only q is ranked with a and without: too few to compare.
    assert (a.tau_b, b.tau_b) == (None, None)
    assert (b.leader, b.leader_changes, b.reclassified) == ("q", False, ())


def test_rankings_are_compared_over_those_who_are_ranked_in_both() -> None:
    study = make_study(
        [merit("a", weight=3), merit("b"), merit("c")],
        practices=["p", "q", "r"],
        merits={"p": {"a": 2, "b": 4, "c": 4}, "q": {"a": 4, "b": 2, "c": 2}, "r": {"a": 3, "b": 0}},
    )
    method = Method(adaptable_from=0.0)
    case, outcome = arrays(study, method)
    a, b, c = explain.leave_one_out(case, outcome, method)
    # Without a too little is known of r; p and q change places.
    assert (a.tau_b, a.reclassified[-1]) == (-1, "r")
    assert (b.tau_b, c.tau_b) == (about(1 / 3), 1)


def test_leave_one_out_without_ranked_practices() -> None:
    case, outcome = arrays(make_study([merit("a")], practices=["p"], merits={"p": {"a": 4}}))
    (found,) = explain.leave_one_out(case, outcome, Method())
    assert (found.leader, found.leader_changes, found.tau_b, found.reclassified) == (None, True, None, ("p",))


def test_similarity() -> None:
    study = make_study(
        [condition("a"), need("b", scale=(40, 5, 0)), condition("c"), merit("m")],
        practices=["p"],
        profile={"a": 3.0, "b": 12.0, "c": 1.0, "m": 4.0},
        profiles={ELSEWHERE: {"a": 1.0, "b": 19.0, "c": None, "m": 0.0}, "far": {"a": 3.0}, "blank": {}},
    )
    # 1 − (2/4 + 7/35) / 2
    assert explain.similarity(study, TARGET, ELSEWHERE) == Similarity(ELSEWHERE, about(0.65), 2)
    assert explain.similarity(study, TARGET, TARGET).value == 1
    found = [(one.ecosystem, one.indicators) for one in explain.most_similar(study, TARGET)]
    assert found == [("far", 1), (ELSEWHERE, 2), ("blank", 0)]
    with pytest.raises(KeyError):
        explain.similarity(study, TARGET, "nowhere")
