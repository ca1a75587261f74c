"""A study computed by hand, for full, partial, harmonic and no compensation.

Dimension a weighs 2, dimension b weighs 1. The target has 2 on c1, 2 on c2 (which is critical).

| practice | c1 (a, 1) | c2 (a, 1) | m (b, 1)     | j (b, 3)     |
| -------- | --------- | --------- | ------------ | ------------ |
| one      | requires 4: v = 1 − (1 − 0.5) = 0.5 | requires 2: v = 1 | 1: v = 0.25 | 4: v = 1 |
| two      | requires 0: v = 1 | requires 3: v = 1 − (0.75 − 0.5) = 0.75, a barrier | unknown | 4: v = 1 |
| three    | n/a       | unknown, an open question | 2: v = 0.5 | unknown |

Effective weights: one and two have 2/3 · 1/2 = 1/3 on c1 and on c2, 1/3 · 1/4 = 1/12 on m, and on j
1/3 · 3/4 = 1/4. three has all 2/3 of its dimension a on c2.

one: q = 1: 1/3 · 0.5 + 1/3 + 1/12 · 0.25 + 1/4 = 37/48. q = 0: 0.5^(1/3) · 0.25^(1/12) = 2^(−1/2).
q = −1: 1 / (2/3 + 1/3 + 4/12 + 1/4) = 12/19. No compensation: the least is 0.25.

two: 11/12 are known. q = 1: (1/3 + 1/4 + 1/4) / (11/12) = 10/11, from 10/12 to 11/12. q = 0: 0.75^(4/11).
q = −1: (11/12) / (1/3 + 4/9 + 1/4) = 33/37. No compensation: 0.75.

three: 1/12 is known, all scores are 0.5; q = 1: from 1/24 to 2/3 + 1/24 + 1/4 = 23/24.
"""

from __future__ import annotations

import pytest

from dualeco_cli.model.result import Barrier, Method, PracticeResult, TargetResult
from dualeco_cli.scoring.assemble import score

from .studies import TARGET, about, condition, judgement, make_study, merit, rating

STUDY = make_study(
    [
        condition("c1", "a", effort=1.0),
        condition("c2", "a", critical=True, effort=3.0),
        merit("m", "b", 1.0),
        judgement("j", "b", 3.0),
    ],
    dimensions={"a": 2, "b": 1},
    practices=["one", "two", "three"],
    requirements={"one": {"c1": 4, "c2": 2}, "two": {"c1": 0, "c2": 3}, "three": {"c1": "n/a"}},
    merits={"one": {"m": 1}, "three": {"m": 2}},
    assessments=[rating("one", "j", 4.0), rating("two", "j", 4.0)],
    profile={"c1": 2.0, "c2": 2.0},
)

SCORES = {
    1.0: (37 / 48, 10 / 11, 0.5),
    0.0: (0.5**0.5, 0.75 ** (4 / 11), 0.5),
    -1.0: (12 / 19, 33 / 37, 0.5),
    "none": (0.25, 0.75, 0.5),
}


def run(compensation: float | str = 1.0) -> TargetResult:
    method = Method.model_validate({"compensation": compensation, "samples": 0})
    (target,) = score(STUDY, [TARGET], method, "0").targets
    return target


def of(target: TargetResult, practice: str) -> PracticeResult:
    return next(one for one in target.practices if one.id == practice)


@pytest.mark.parametrize("compensation", SCORES)
def test_scores(compensation: float | str) -> None:
    target = run(compensation)
    for practice, expected in zip(("one", "two", "three"), SCORES[compensation], strict=True):
        assert of(target, practice).score == pytest.approx(100 * expected, abs=1e-9)


def test_bounds_and_coverage() -> None:
    one, two, three = (of(run(), practice) for practice in ("one", "two", "three"))
    assert (one.lower, one.upper, one.coverage) == pytest.approx((3700 / 48, 3700 / 48, 1))
    assert (two.lower, two.upper, two.coverage) == pytest.approx((1000 / 12, 1100 / 12, 11 / 12))
    assert (three.lower, three.upper, three.coverage) == pytest.approx((100 / 24, 2300 / 24, 1 / 12))


def test_bounds_without_compensation() -> None:
    two, three = (of(run("none"), practice) for practice in ("two", "three"))
    # What is unknown counts 0.01 at the least, as any value does.
    assert (two.lower, two.upper) == pytest.approx((1, 75))
    assert (three.lower, three.upper) == pytest.approx((1, 50))


def test_order_classes_and_ranks() -> None:
    listed = [(one.id, one.class_.value, one.rank) for one in run().practices]
    assert listed == [
        ("one", "transferable", 1),
        ("two", "blocked", None),
        ("three", "insufficient-evidence", None),
    ]
    assert of(run(0.0), "one").class_ == "adaptable"
    assert of(run("none"), "one").class_ == "not-yet"


def test_dimensions() -> None:
    one, three = of(run(), "one"), of(run(), "three")
    assert [(d.id, d.score, d.weight) for d in one.dimensions] == [
        ("a", about(75), about(2 / 3)),
        ("b", about(100 * (0.25 / 4 + 3 / 4)), about(1 / 3)),
    ]
    assert [(d.score, d.lower, d.upper) for d in three.dimensions] == [
        (None, 0, 100),
        (about(50), about(12.5), about(87.5)),
    ]


def test_indicators() -> None:
    c1, c2, m, j = of(run(), "one").indicators
    assert (c1.required, c1.actual, c1.value, c1.status) == (4, 2, 0.5, "known")
    assert [i.weight for i in (c1, c2, m, j)] == pytest.approx([1 / 3, 1 / 3, 1 / 12, 1 / 4])
    assert [i.contribution for i in (c1, c2, m, j)] == pytest.approx([50 / 3, 100 / 3, 25 / 12, 25])
    assert (m.required, m.actual, m.dimension, m.role) == (None, 1, "b", "merit")
    assert [i.contribution for i in of(run(0.0), "one").indicators] == [None] * 4


def test_indicators_that_are_not_known() -> None:
    c1, c2, m, j = of(run(), "three").indicators
    assert (c1.status, c1.required, c1.actual, c1.value, c1.lower, c1.upper, c1.weight, c1.contribution) == (
        "n/a",
        *[None] * 7,
    )
    assert (c2.status, c2.required, c2.actual, c2.value, c2.lower, c2.upper) == (
        "unknown",
        None,
        2,
        None,
        0,
        1,
    )
    assert (c2.weight, c2.contribution) == (about(2 / 3), None)
    assert m.contribution == about(50)
    assert (j.status, j.weight) == ("unknown", about(1 / 4))


def test_barriers_and_open_questions() -> None:
    target = run()
    assert of(target, "one").barriers == ()
    assert of(target, "two").barriers == (Barrier("c2", 3, 2, about(0.25)),)
    assert of(target, "three").open_questions == ("c2",)


def test_paths() -> None:
    path = of(run(), "two").path
    assert path is not None
    assert (path.to, path.effort, path.score, path.reason) == ("transferable", 3, about(100), None)
    assert [(step.indicator, step.from_, step.to) for step in path.steps] == [("c2", 2, 3)]
    # With full compensation one is there already. With partial, a step on c1 gives 0.75^(1/3) · 0.25^(1/12).
    path = of(run(0.0), "one").path
    assert path is not None
    assert (path.to, path.effort) == ("transferable", 1)
    assert path.score == about(100 * 0.75 ** (1 / 3) * 0.25 ** (1 / 12))
    # Without any, the merit alone keeps it down.
    path = of(run("none"), "one").path
    assert path is not None
    assert (path.to, path.effort, path.steps, path.score) == ("adaptable", None, (), None)
    assert path.reason is not None
    assert path.reason.endswith("cannot be changed by the target's steps: m.")
