"""Classes in their order, thresholds to 1e-9, ranks and the order of the list."""

from __future__ import annotations

import numpy as np

from dualeco_cli.model.result import Method, TargetResult
from dualeco_cli.model.rows import Indicator, Objective, Role
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.assemble import score
from dualeco_cli.scoring.fit import fit, normalise
from dualeco_cli.scoring.tolerance import below, ranks, reaches, same

from .studies import TARGET, about, condition, judgement, make_study, merit, need, practice, rating


def run(study: Study, **method: float | str) -> TargetResult:
    (target,) = score(study, [TARGET], Method.model_validate({"samples": 0, **method}), "0").targets
    return target


def classes(study: Study, **method: float | str) -> dict[str, str]:
    return {one.id: one.class_.value for one in run(study, **method).practices}


def test_equal_is_equal_to_the_ninth_digit() -> None:
    one, other = 1 - (0.7 - 0.4), 1 - (0.5 - 0.2)
    assert one != other
    assert same(one, other)
    assert not below(one, other)
    assert not below(other, one)
    assert reaches(min(one, other), max(one, other))
    assert below(0.5, 0.5 + 1e-8)
    assert not reaches(float("nan"), 0.0)


def test_just_as_far_apart_as_equal_numbers_may_be_is_equal() -> None:
    assert same(0.0, 1e-9)
    assert not below(0.0, 1e-9)
    assert reaches(0.0, 1e-9)
    assert ranks(np.array([0.0, 1e-9])).tolist() == [1, 1]


def test_ranks_share_the_smaller() -> None:
    assert ranks(np.array([50.0, 70.0, 70.0 + 1e-12, 10.0])).tolist() == [3, 1, 1, 4]
    assert ranks(np.array([])).tolist() == []


def test_goalposts_in_both_directions() -> None:
    assert normalise(np.array([0, 1, 4, 9, -3]), np.array(0), np.array(4)).tolist() == [0, 0.25, 1, 1, 0]
    assert normalise(np.array([40, 5, 22.5, 50]), np.array(40), np.array(5)).tolist() == [0, 1, 0.5, 0]


def test_fit_at_least_and_similar() -> None:
    required, actual = np.array([0.75, 0.25, 0.5]), np.array([0.25, 0.75, 0.5])
    assert fit(required, actual, np.zeros(3, dtype=np.bool_)).tolist() == [0.5, 1, 1]
    assert fit(required, actual, np.ones(3, dtype=np.bool_)).tolist() == [0.5, 0.5, 1]


def test_each_class_in_its_turn() -> None:
    indicators = [condition("c", critical=True, weight=0), merit("m"), merit("n")]
    study = make_study(
        indicators,
        practices=[
            practice("home", source=TARGET),
            *("blocked", "short", "low", "asks", "good", "fair"),
        ],
        requirements={
            id_: {"c": 4 if id_ in {"home", "blocked"} else None if id_ in {"low", "asks"} else 0}
            for id_ in ("home", "blocked", "short", "low", "asks", "good", "fair")
        },
        merits={
            "home": {"m": 4},
            "blocked": {},
            "short": {"m": 4},
            "low": {"m": 1, "n": 1},
            "asks": {"m": 4, "n": 4},
            "good": {"m": 3, "n": 3},
            "fair": {"m": 2, "n": 2},
        },
        profile={"c": 2.0},
    )
    assert classes(study) == {
        "asks": "conditional",
        "good": "transferable",
        "fair": "adaptable",
        "low": "not-yet",
        "home": "home",
        "short": "insufficient-evidence",
        "blocked": "blocked",
    }
    assert [one.id for one in run(study).practices] == [
        *("asks", "good", "fair", "low"),
        # Without a rank: by score, ties by id, those without a score last.
        *("home", "short"),
        "blocked",
    ]


def test_thresholds_are_reached_to_the_ninth_digit() -> None:
    tenths = [
        Indicator(id=id_, dimension="d", name=id_, role=Role.MERIT, best=1.0, step=0.1) for id_ in "abc"
    ]
    study = make_study(tenths, practices=["p"], merits={"p": {"a": 0.1, "b": 0.2, "c": 0.3}})
    (found,) = run(study).practices
    assert found.score is not None
    # In floating point the mean of 0.1, 0.2 and 0.3 is not 0.2; as a number it is.
    assert classes(study, adaptable_from=20.0)["p"] == "adaptable"
    assert classes(study, transferable_from=20.0, adaptable_from=20.0)["p"] == "transferable"
    assert classes(study, adaptable_from=20.0 + 1e-8)["p"] == "not-yet"


def test_coverage_reaches_its_minimum() -> None:
    study = make_study(
        [merit(id_) for id_ in "abcde"], practices=["p"], merits={"p": dict.fromkeys("abc", 4)}
    )
    # Three of five: 0.2 + 0.2 + 0.2 is more than 0.6 in floating point, and 3 / 5 is not.
    assert classes(study)["p"] == "transferable"
    assert classes(study, min_coverage=0.6 + 1e-8)["p"] == "insufficient-evidence"


def test_a_critical_condition_is_met_in_full_or_nearly_so_where_continuous() -> None:
    ordinal, continuous = condition("o", critical=True), condition("c", critical=True, scale=(0, 100, 0))
    study = make_study(
        [ordinal, continuous],
        practices=["p", "q", "r"],
        requirements={"p": {"o": 3, "c": 55}, "q": {"o": 2, "c": 55.1}, "r": {"o": 2, "c": 40}},
        profile={"o": 2.0, "c": 50.0},
    )
    found = {one.id: [barrier.indicator for barrier in one.barriers] for one in run(study).practices}
    assert found == {"p": ["o"], "q": ["c"], "r": []}


def test_a_mark_makes_a_requirement_critical() -> None:
    study = make_study(
        [condition("c"), merit("m")],
        practices=["p", "q", "r"],
        requirements={"p": {"c": "3!"}, "q": {"c": "3?"}, "r": {"c": "2!?"}},
        merits={id_: {"m": "1!"} for id_ in "pqr"},
        profile={"c": 2.0},
    )
    # A mark on a merit has no meaning.
    assert classes(study, adaptable_from=0.0) == {"r": "adaptable", "q": "adaptable", "p": "blocked"}


def test_floors_count_in_the_direction_of_the_scale() -> None:
    fewer = Indicator(
        id="f", dimension="d", name="f", role=Role.MERIT, worst=10.0, best=0.0, step=1.0, floor=6.0
    )
    study = make_study(
        [fewer, judgement("j", floor=2)],
        practices=["p", "q", "r"],
        merits={"p": {"f": 7}, "q": {"f": 6}, "r": {"f": 5}},
        assessments=[rating("p", "j", 4), rating("q", "j", 2), rating("r", "j", 1)],
    )
    found = {
        one.id: [
            (barrier.indicator, barrier.required, barrier.actual, barrier.gap) for barrier in one.barriers
        ]
        for one in run(study).practices
    }
    assert found == {
        "p": [("f", 6, 7, about(0.7))],
        "q": [],
        "r": [("j", 2, 1, about(0.75))],
    }


def test_an_unknown_floor_is_an_open_question() -> None:
    study = make_study(
        [merit("m", floor=1), merit("n"), merit("o")], practices=["p"], merits={"p": {"n": 4, "o": 4}}
    )
    (found,) = run(study).practices
    assert found.open_questions == ("m",)
    assert found.class_ == "conditional"


def test_what_a_role_does_not_use_has_no_effect() -> None:
    odd = [
        Indicator(id="m", dimension="d", name="m", role=Role.MERIT, critical=True),
        Indicator(id="c", dimension="d", name="c", role=Role.CONDITION, floor=4.0),
        Indicator(
            id="n", dimension="d", name="n", role=Role.NEED, objective=Objective.WBL, floor=4.0, critical=True
        ),
    ]
    study = make_study(
        odd,
        practices=[practice("p", objectives=["wbl"])],
        merits={"p": {}},
        requirements={"p": {"c": 2}},
        profile={"c": 1.0, "n": 1.0},
    )
    (found,) = run(study).practices
    assert found.barriers == ()
    assert found.open_questions == ()


def test_not_applicable_is_neither_barrier_nor_question() -> None:
    study = make_study(
        [condition("c", critical=True), merit("m", floor=1)],
        practices=["p"],
        requirements={"p": {"c": "n/a!"}},
        merits={"p": {"m": "n/a"}},
    )
    (found,) = run(study).practices
    assert (found.barriers, found.open_questions, found.score) == ((), (), None)
    assert (found.lower, found.upper, found.coverage) == (None, None, 0)
    assert found.class_ == "insufficient-evidence"


def test_requiring_nothing_is_met_whatever_the_target_has() -> None:
    study = make_study(
        [
            condition("c", critical=True),
            condition("s", match="similar"),
            condition("r", scale=(5, 1, 1)),
            condition("k", scale=(10, 90, 0)),
        ],
        practices=["p"],
        requirements={"p": {"c": 0, "s": 0, "r": 5, "k": 4}},
    )
    c, s, r, k = run(study).practices[0].indicators
    assert [one.status for one in (c, s, r, k)] == ["known", "unknown", "known", "known"]
    # Off the goalposts, what is required counts as the goalpost.
    assert (c.value, c.required, c.actual, r.value, k.value) == (1, 0, None, 1, 1)


def test_needs() -> None:
    rate = (40.0, 5.0, 0.0)
    study = make_study(
        [need("q", objective="quality", scale=rate), need("w", objective="wbl", scale=rate)],
        practices=[
            practice("blank"),
            practice("both", objectives=["quality", "wbl"]),
            practice("one", objectives=["quality"]),
            practice("other", objectives=["certification"]),
        ],
        profile={"q": 33.0},
    )
    found = {one.id: one for one in run(study).practices}
    status = {id_: [i.status for i in one.indicators] for id_, one in found.items()}
    assert status == {
        "blank": ["unknown", "unknown"],
        "both": ["known", "unknown"],
        "one": ["known", "n/a"],
        "other": ["n/a", "n/a"],
    }
    # 33 lies a fifth of the way from worst to best: the need is four fifths.
    assert found["one"].score == about(80)
    assert found["blank"].indicators[0].actual == 33
    assert found["other"].indicators[0].actual is None


def test_a_long_row_of_near_ties() -> None:
    """Sums of tenths that are equal as numbers differ in their last bits: none of that may show in ranks."""
    tenths = [
        Indicator(id=f"m{n}", dimension="d", name="m", role=Role.MERIT, best=1.0, step=0.1) for n in range(6)
    ]
    values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.9]
    study = make_study(
        tenths,
        practices=[f"p{n}" for n in range(6)],
        merits={f"p{n}": {f"m{(k + n) % 6}": values[k] for k in range(6)} for n in range(6)},
    )
    target = run(study, adaptable_from=0.0)
    assert [one.rank for one in target.practices] == [1] * 6
    assert [one.id for one in target.practices] == [f"p{n}" for n in range(6)]
