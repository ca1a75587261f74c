"""The simulation against closed forms, and what must hold for every study."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.model.result import Method, Pairwise, PracticeClass, Robustness
from dualeco_cli.model.rows import Assessment, Confidence, Indicator, Level, Match, ProfileValue, Role
from dualeco_cli.model.study import Study
from dualeco_cli.scoring import plan as plan_module
from dualeco_cli.scoring import ranks as ranks_module
from dualeco_cli.scoring import robustness as module
from dualeco_cli.scoring.case import build_case
from dualeco_cli.scoring.robustness import robustness
from dualeco_cli.scoring.screen import screen

from .studies import ELSEWHERE, TARGET, build, merit, merits_of, method, practice, random_study

SAMPLES = 40_000

Result = tuple[dict[str, Robustness], Pairwise | None]


def simulate(study: Study, **given_: object) -> Result:
    method_ = method(**{"samples": SAMPLES, "min_coverage": 0.0, **given_})
    case = build_case(study, TARGET)
    each, pairwise = robustness(case, screen(case, method_), method_)
    return {id_: one for id_, one in zip(case.practices, each, strict=True) if one is not None}, pairwise


def near(expected: float, samples: int = SAMPLES) -> object:
    """A probability, to five standard errors."""
    return pytest.approx(expected, abs=5 * math.sqrt(expected * (1 - expected) / samples) + 1e-12)


def central(one: Robustness) -> Mapping[str, float]:
    assert one.central_weights is not None
    return one.central_weights


def score_of(one: Robustness) -> tuple[Any, Any, Any]:
    """Mean, 5 and 95 %; as anything, so that they may be held against approximate numbers."""
    assert one.mean is not None
    assert one.p05 is not None
    assert one.p95 is not None
    return one.mean, one.p05, one.p95


# --- closed forms: weights -----------------------------------------------------------------------


def test_any_weights_of_two_dimensions() -> None:
    # a is better where 20 w0 > 30 w1, that is w0 > 0.6; its score is 50 + 10 w0.
    found, pairwise = simulate(merits_of({"a": (60, 50), "b": (40, 80)}), weights="any")
    assert found["a"].rank_acceptability == (near(0.4), near(0.6))
    assert found["b"].rank_acceptability == (near(0.6), near(0.4))
    assert found["a"].expected_rank == pytest.approx(1.6, abs=0.02)
    assert central(found["a"])["d0"] == pytest.approx(0.8, abs=0.01)
    assert central(found["b"])["d0"] == pytest.approx(0.3, abs=0.01)
    assert score_of(found["a"]) == pytest.approx((55, 50.5, 59.5), abs=0.1)
    assert score_of(found["b"]) == pytest.approx((60, 42, 78), abs=0.5)
    assert pairwise is not None
    assert pairwise.practices == ("b", "a")
    assert pairwise.wins[0] == (0.5, near(0.6))
    assert pairwise.wins[1] == (near(0.4), 0.5)


def test_any_weights_of_three_dimensions() -> None:
    study = merits_of({"a": (100, 0, 0), "b": (0, 100, 0), "c": (0, 0, 100)})
    found, _ = simulate(study, weights="any")
    for id_, own in (("a", "d0"), ("b", "d1"), ("c", "d2")):
        # The largest of three uniform shares is 11/18 in the mean, the others share the rest.
        expected = {d: 11 / 18 if d == own else 7 / 36 for d in ("d0", "d1", "d2")}
        assert central(found[id_]) == pytest.approx(expected, abs=0.01)
        assert found[id_].rank_acceptability == (near(1 / 3), near(1 / 3), near(1 / 3))


def test_any_weights_are_above_a_half_in_a_quarter_of_the_simplex() -> None:
    found, _ = simulate(merits_of({"a": (100, 0, 0), "m": (50, 50, 50)}), weights="any")
    assert found["a"].rank_acceptability[0] == near(0.25)
    assert score_of(found["m"]) == pytest.approx((50, 50, 50))


def test_any_weights_are_uniform_within_a_dimension_as_well() -> None:
    # One dimension: the score is 100 times a uniform number. The other one does not tell them apart.
    study = build(
        [merit("x", "d"), merit("y", "d"), merit("z", "e")],
        [practice("a"), practice("b")],
        merits={
            "a": {"x": Level(100.0), "y": Level(0.0), "z": Level(50.0)},
            "b": {"x": Level(30.0), "y": Level(30.0), "z": Level(50.0)},
        },
    )
    found, _ = simulate(study, weights="any")
    assert found["a"].rank_acceptability[0] == near(0.7)


def test_the_weight_of_what_does_not_apply_goes_to_its_neighbours() -> None:
    study = build(
        [merit("x", "d"), merit("y", "d"), merit("z", "d"), merit("o", "e")],
        [practice("a")],
        merits={"a": {"x": Level(100.0), "y": Level(0.0), "z": Level(None), "o": Level(None)}},
    )
    found, _ = simulate(study, weights="any")
    assert score_of(found["a"]) == pytest.approx((50, 5, 95), abs=1)


def test_spread_weights_of_two_dimensions() -> None:
    # a is better where 30 w0 > 50 w1; of the square [0.5, 1.5]² that is 2/15.
    found, _ = simulate(merits_of({"a": (90, 30), "b": (60, 80)}), weight_spread=0.5)
    assert found["a"].rank_acceptability[0] == near(2 / 15)


def test_no_spread_and_certain_values_leave_everything_as_it_is() -> None:
    study = merits_of({"a": (60, 50, 10), "b": (40, 80, 30), "c": (40, 80, 30)}, {"d0": 3})
    for q in (1.0, 0.0, -1.0, "none", -500.0, 0.3):
        method_ = method(samples=3000, weight_spread=0.0, compensation=q, min_coverage=0.0)
        case = build_case(study, TARGET)
        outcome = screen(case, method_)
        each, _ = robustness(case, outcome, method_)
        for row, one in enumerate(each):
            assert one is not None
            assert score_of(one) == pytest.approx([outcome.scores.score[row]] * 3, abs=1e-9)
            assert one.rank_acceptability[outcome.rank[row] - 1] == 1.0
            assert one.expected_rank == outcome.rank[row]
            assert one.class_probability[outcome.class_of(row)] == 1.0


def test_certain_scores_have_certain_classes() -> None:
    found, _ = simulate(merits_of({"a": (100, 100), "b": (60, 60), "c": (20, 20)}), samples=100)
    for id_, class_ in (("a", "transferable"), ("b", "adaptable"), ("c", "not-yet")):
        expected = dict.fromkeys((one.value for one in PracticeClass), 0.0) | {class_: 1.0}
        assert found[id_].class_probability == expected


@pytest.mark.parametrize("q", ["none", -300.0, -1.0, 0.0, 1.0])
def test_a_dimension_without_weight_takes_no_part_in_any_mean(q: float | str) -> None:
    found, _ = simulate(
        merits_of({"a": (60, 10)}, {"d0": 1.0, "d1": 0.0}), compensation=q, weights="any", samples=100
    )
    assert score_of(found["a"]) == pytest.approx((60, 60, 60))


@pytest.mark.parametrize("weights", ["spread", "any"])
def test_where_no_dimension_weighs_anything_there_is_no_score(weights: str) -> None:
    found, pairwise = simulate(
        merits_of({"a": (60, 10)}, {"d0": 0.0, "d1": 0.0}), weights=weights, samples=100
    )
    assert (found["a"].mean, found["a"].p05, found["a"].p95) == (None, None, None)
    assert found["a"].class_probability["insufficient-evidence"] == 1.0
    assert pairwise is None


# --- closed forms: values ------------------------------------------------------------------------


def one_merit(level: Level, **changes: object) -> Study:
    indicator = merit("x", continuous=False).model_copy(update=changes)
    return build([indicator], [practice("a")], merits={"a": {"x": level}})


def test_a_level_marked_low_moves_a_step_down_or_up_with_a_quarter_each() -> None:
    found, _ = simulate(one_merit(Level(3.0, low=True)))
    classes = found["a"].class_probability
    # 50 is not below 50; 75 and 100 are transferable.
    assert classes["adaptable"] == near(0.25)
    assert classes["transferable"] == near(0.75)
    assert score_of(found["a"]) == (pytest.approx(75, abs=0.5), 50, 100)


def test_a_level_at_the_end_stays_where_it_would_go_beyond() -> None:
    found, _ = simulate(one_merit(Level(4.0, low=True)))
    assert found["a"].mean == pytest.approx(100 - 25 / 4, abs=0.3)


def test_a_certain_level_does_not_move() -> None:
    found, _ = simulate(one_merit(Level(3.0)))
    assert score_of(found["a"]) == pytest.approx((75, 75, 75))


def test_a_continuous_merit_marked_low_moves_within_15_points() -> None:
    found, _ = simulate(build([merit("x")], [practice("a")], merits={"a": {"x": Level(40.0, low=True)}}))
    assert score_of(found["a"]) == pytest.approx((40, 26.5, 53.5), abs=0.4)


def test_a_continuous_merit_is_clipped_at_the_end() -> None:
    found, _ = simulate(build([merit("x")], [practice("a")], merits={"a": {"x": Level(100.0, low=True)}}))
    mean, low, high = score_of(found["a"])
    assert mean == pytest.approx(100 - 15 / 4, abs=0.2)
    assert (low, high) == (pytest.approx(86.5, abs=0.4), 100)


def test_a_floor_is_a_barrier_in_the_draws_below_it() -> None:
    found, _ = simulate(one_merit(Level(2.0, low=True), floor=2.0), adaptable_from=0.0)
    assert found["a"].barrier_probability == {"x": near(0.25)}
    assert found["a"].class_probability["blocked"] == near(0.25)


def condition(id_: str, **changes: object) -> Indicator:
    return Indicator(id=id_, dimension="d", name=id_, role=Role.CONDITION).model_copy(update=changes)


def has(indicator: str, value: float, confidence: str) -> ProfileValue:
    return ProfileValue(ecosystem=TARGET, indicator=indicator, value=value, confidence=Confidence(confidence))


@pytest.mark.parametrize(("confidence", "probability"), [("high", 0.0), ("medium", 0.1), ("low", 0.25)])
def test_a_critical_condition_turns_into_a_barrier(confidence: str, probability: float) -> None:
    study = build(
        [condition("x", critical=True)],
        [practice("a")],
        requirements={"a": {"x": Level(2.0)}},
        profile=[has("x", 2, confidence)],
    )
    found, _ = simulate(study)
    assert found["a"].class_probability["blocked"] == near(probability)
    assert found["a"].barrier_probability == ({"x": near(probability)} if probability else {})


def test_what_is_a_barrier_today_is_listed_though_it_may_vanish() -> None:
    study = build(
        [condition("x")],
        [practice("a")],
        requirements={"a": {"x": Level(3.0, critical=True, low=True)}},
        profile=[has("x", 2, "low")],
    )
    found, _ = simulate(study)
    # Met where the requirement goes down and the target does not, or the target up and the requirement not.
    met = 0.25 * 0.75 + 0.5 * 0.25
    assert found["a"].barrier_probability == {"x": near(1 - met)}
    assert found["a"].class_probability["transferable"] == near(met)


def test_a_certain_barrier_has_probability_1() -> None:
    study = build(
        [condition("x", critical=True), condition("y")],
        [practice("a")],
        requirements={"a": {"x": Level(4.0), "y": Level(1.0)}},
        profile=[has("x", 1, "high"), has("y", 1, "low")],
    )
    found, _ = simulate(study)
    assert found["a"].barrier_probability == {"x": 1.0}
    assert found["a"].class_probability["blocked"] == 1.0
    assert found["a"].rank_acceptability == ()
    assert found["a"].mean is not None


def test_the_draws_of_the_target_are_shared() -> None:
    # Both fall short together or not at all: the one with the lower requirement is never worse.
    study = build(
        [condition("x", best=100.0, step=0.0)],
        [practice("a"), practice("b")],
        requirements={"a": {"x": Level(60.0)}, "b": {"x": Level(61.0)}},
        profile=[has("x", 60, "low")],
    )
    found, pairwise = simulate(study)
    assert found["a"].rank_acceptability == (1.0, 0.0)
    assert pairwise is not None
    # a tie where the target has enough for both, in 14 of 30 points
    assert pairwise.wins[0][1] == near(16 / 30 + 7 / 30)


@pytest.mark.parametrize("required", [0.0, 7.5])
def test_nearness_may_be_the_same_at_both_ends_and_differ_between_them(required: float) -> None:
    # One of the two is 7.5, the other anywhere from −15 to 15, clipped to 0: as near at 0 as at 15.
    study = build(
        [condition("x", best=100.0, step=0.0, match=Match.SIMILAR)],
        [practice("a")],
        requirements={"a": {"x": Level(required, low=required == 0)}},
        profile=[has("x", 7.5 - required, "high" if required == 0 else "low")],
    )
    found, _ = simulate(study)
    assert score_of(found["a"]) == pytest.approx((100 - (7.5 + 3.75) / 2, 92.5, 99.25), abs=0.1)


def test_many_requirements_on_a_continuous_condition() -> None:
    """More of them than have columns of their own: each practice then looks its fit up by itself."""
    requirements = {f"p{n:02}": {"x": Level(float(50 + n))} for n in range(20)}
    study = build(
        [condition("x", best=100.0, step=0.0, match=Match.SIMILAR)],
        [practice(id_) for id_ in requirements],
        requirements=requirements,
        profile=[has("x", 50, "low")],
    )
    found, _ = simulate(study)
    few, _ = simulate(
        build(
            study.framework.indicators,
            [practice("p00"), practice("p19")],
            requirements={id_: requirements[id_] for id_ in ("p00", "p19")},
            profile=[has("x", 50, "low")],
        )
    )
    for id_, one in few.items():
        assert score_of(found[id_]) == pytest.approx(score_of(one), abs=1e-9)
    # |r - a| with a uniform within 15 of 50: 7.5 in the mean for r = 50.
    assert found["p00"].mean == pytest.approx(92.5, abs=0.2)


def test_a_requirement_of_nothing_is_met_by_a_target_that_is_not_known() -> None:
    study = build(
        [condition("x"), condition("y")],
        [practice("a")],
        requirements={"a": {"x": Level(0.0, low=True), "y": Level(2.0)}},
        profile=[has("y", 2, "high")],
    )
    found, _ = simulate(study)
    assert score_of(found["a"]) == pytest.approx((100, 100, 100))


def judgement_study(ratings: Sequence[float], confidence: str) -> Study:
    return build(
        [Indicator(id="x", dimension="d", name="x", role=Role.JUDGEMENT)],
        [practice("a")],
        assessments=[
            Assessment(
                practice="a",
                target=TARGET,
                indicator="x",
                assessor=f"n{n}",
                rating=rating,
                confidence=Confidence(confidence),
            )
            for n, rating in enumerate(ratings)
        ],
    )


def test_a_median_between_two_levels_moves_like_a_level() -> None:
    found, _ = simulate(judgement_study([2, 3], "low"))
    assert score_of(found["a"]) == (pytest.approx(62.5, abs=0.5), 37.5, 87.5)
    found, _ = simulate(judgement_study([3, 4], "low"))
    assert score_of(found["a"]) == (pytest.approx(87.5 - 12.5 / 4, abs=0.4), 62.5, 100)


def test_a_split_judgement_counts_as_low() -> None:
    found, _ = simulate(judgement_study([0, 4], "high"))
    assert found["a"].class_probability["not-yet"] == near(0.25)


def test_home_stays_home_and_short_evidence_short() -> None:
    study = build(
        [merit("x"), merit("y")],
        [practice("h", source=TARGET), practice("s"), practice("n")],
        merits={"h": {"x": Level(50.0, low=True)}, "s": {"x": Level(50.0, low=True)}},
    )
    found, pairwise = simulate(study, min_coverage=0.6)
    assert found["h"].class_probability["home"] == 1.0
    assert found["s"].class_probability["insufficient-evidence"] == 1.0
    assert found["n"].class_probability["insufficient-evidence"] == 1.0
    assert (found["n"].mean, found["n"].p05, found["n"].p95) == (None, None, None)
    assert pairwise is None
    for one in found.values():
        assert one.rank_acceptability == ()
        assert one.expected_rank is None
        assert one.central_weights is None


def test_an_open_question_makes_it_conditional() -> None:
    study = build(
        [merit("x", continuous=False), condition("y", critical=True, weight=0.0)],
        [practice("a")],
        merits={"a": {"x": Level(2.0, low=True)}},
        requirements={"a": {"y": Level(2.0)}},
    )
    found, _ = simulate(study)
    assert found["a"].class_probability["not-yet"] == near(0.25)
    assert found["a"].class_probability["conditional"] == near(0.75)


def test_a_practice_that_never_leads_has_no_central_weights() -> None:
    found, _ = simulate(merits_of({"a": (60, 50), "b": (50, 40)}))
    assert found["b"].central_weights is None
    assert central(found["a"]) == pytest.approx({"d0": 0.5, "d1": 0.5}, abs=0.01)


# --- what must hold always -----------------------------------------------------------------------


def test_no_samples_give_nothing() -> None:
    study = merits_of({"a": (60, 50)})
    case = build_case(study, TARGET)
    method_ = method(samples=0)
    assert robustness(case, screen(case, method_), method_) == ((None,), None)


def test_a_single_draw_gives_all_that_many_do() -> None:
    found, pairwise = simulate(merits_of({"a": (60, 50), "b": (40, 30)}), samples=1)
    assert found["a"].mean == found["a"].p05 == found["a"].p95
    assert (found["a"].rank_acceptability, found["a"].expected_rank) == ((1.0, 0.0), 1.0)
    assert pairwise is not None


def test_of_very_many_practices_the_first_ranks_and_no_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    study = merits_of({"a": (60, 50), "b": (40, 80), "c": (10, 10)})
    everything, pairwise = simulate(study, samples=500)
    assert pairwise is not None
    monkeypatch.setattr(ranks_module, "MOST_RANKS", 2)
    found, pairwise = simulate(study, samples=500)
    assert pairwise is None
    for id_, one in found.items():
        assert one.rank_acceptability == everything[id_].rank_acceptability[:2]
        assert one.expected_rank == pytest.approx(everything[id_].expected_rank)


def test_no_practices_give_nothing() -> None:
    case = build_case(build([merit("x")], []), TARGET)
    assert robustness(case, screen(case, method()), method()) == ((), None)


@pytest.mark.parametrize("spread", [-0.1, 1.0, 3.0])
def test_a_spread_that_could_turn_a_weight_over_is_refused(spread: float) -> None:
    case = build_case(merits_of({"a": (60, 50)}), TARGET)
    with pytest.raises(ValueError, match="weight spread"):
        robustness(case, screen(case, method()), method(weight_spread=spread))


def test_progress_adds_up() -> None:
    case = build_case(merits_of({"a": (60, 50)}), TARGET)
    told: list[int] = []
    method_ = method(samples=5000)
    robustness(case, screen(case, method_), method_, told.append)
    assert sum(told) == 5000
    assert len(told) > 1


def test_a_dimension_without_indicators_and_one_without_weight() -> None:
    study = merits_of({"a": (60, 50), "b": (40, 80)}, {"d0": 1.0, "d1": 0.0})
    framework = study.framework
    empty = framework.dimensions[0].model_copy(update={"id": "empty"})
    study = study.model_copy(
        update={"framework": framework.model_copy(update={"dimensions": (*framework.dimensions, empty)})}
    )
    found, _ = simulate(study)
    assert found["a"].rank_acceptability == (1.0, 0.0)
    assert central(found["a"])["d1"] == 0.0
    assert central(found["a"])["d0"] + central(found["a"])["empty"] == pytest.approx(1.0)


def shuffled(study: Study, seed: int) -> Study:
    """The same study with its practices in another order."""
    ids = list(study.practices)
    Random(seed).shuffle(ids)
    return study.model_copy(update={"practices": {id_: study.practices[id_] for id_ in ids}})


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("q", [1.0, 0.0, "none"])
def test_the_same_bits_again_and_in_any_order(seed: int, q: float | str) -> None:
    study = random_study(Random(seed), most_practices=9)
    given_ = {"samples": 3000, "seed": seed, "compensation": q, "weights": ["spread", "any"][seed % 2]}
    first = simulate(study, **given_)
    assert simulate(study, **given_) == first
    assert simulate(shuffled(study, seed), **given_) == first


def test_another_seed_gives_other_draws() -> None:
    study = merits_of({"a": (60, 50), "b": (40, 80)})
    assert simulate(study, seed=1, samples=500) != simulate(study, seed=2, samples=500)


@pytest.mark.parametrize("part", [1, 3, 100])
@pytest.mark.parametrize("q", [1.0, -1.0, "none", -400.0])
def test_how_the_practices_are_dealt_out_does_not_matter(
    part: int, q: float | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = random_study(Random(3), most_practices=9)
    expected, pairwise = simulate(study, compensation=q, samples=3000)
    monkeypatch.setattr(plan_module, "PART", part)
    monkeypatch.setattr(module, "PART", part)
    monkeypatch.setattr(plan_module, "BATCH", part)
    found, other = simulate(study, compensation=q, samples=3000)
    assert other == pairwise
    for id_, one in found.items():
        assert one.class_probability == expected[id_].class_probability
        assert one.rank_acceptability == expected[id_].rank_acceptability
        # A matrix product of another shape may differ in the last digit.
        if one.mean is not None:
            assert score_of(one) == pytest.approx(score_of(expected[id_]), abs=1e-9)


def test_a_practice_that_joins_changes_nothing_about_the_scores_of_the_others() -> None:
    study = random_study(Random(8), most_practices=9)
    with_all, _ = simulate(study, samples=3000)
    fewer = study.model_copy(update={"practices": dict(list(study.practices.items())[1:])})
    for id_, one in simulate(fewer, samples=3000)[0].items():
        assert one.class_probability == with_all[id_].class_probability
        assert one.barrier_probability == with_all[id_].barrier_probability
        if one.mean is not None:
            assert score_of(one) == pytest.approx(score_of(with_all[id_]), abs=1e-9)


def test_fewer_draws_are_the_first_of_more() -> None:
    """One draw more changes the mean by what this one draw can change."""
    study = merits_of({"a": (60, 50), "b": (40, 80)})
    one, _ = simulate(study, samples=1000)
    other, _ = simulate(study, samples=1001)
    assert abs((other["a"].mean or 0) * 1001 - (one["a"].mean or 0) * 1000) <= 100


def test_practices_with_the_same_row_tie_in_every_draw() -> None:
    rows = {f"p{n}": (33.3, 66.6, 10.1) for n in range(40)} | {"z": (50.0, 50.0, 50.0)}
    found, pairwise = simulate(merits_of(rows), samples=5000, adaptable_from=0.0)
    twins = [found[f"p{n}"] for n in range(40)]
    assert all(one == twins[0] for one in twins)
    assert set(twins[0].rank_acceptability[2:]) == {0.0}
    assert pairwise is not None
    both = [pairwise.practices.index(id_) for id_ in ("p3", "p31")]
    assert pairwise.wins[both[0]][both[1]] == 0.5


def test_memory_does_not_grow_with_the_draws() -> None:
    case = build_case(merits_of({f"p{n}": (n, 50, 100 - n) for n in range(20)}), TARGET)

    def most(samples: int) -> int:
        method_ = method(samples=samples, min_coverage=0.0)
        outcome = screen(case, method_)
        tracemalloc.start()
        robustness(case, outcome, method_)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(2000)
    assert most(120_000) < 1.2 * most(20_000)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 10**6),
    st.sampled_from([1.0, 0.0, -1.0, 0.5, "none", -150.0]),
    st.sampled_from(["spread", "any"]),
    st.sampled_from([0.0, 0.5, 0.99]),
)
def test_invariants(seed: int, q: float | str, weights: str, spread: float) -> None:
    study = random_study(Random(seed))
    method_ = Method.model_validate(
        {
            "samples": 700,
            "compensation": q,
            "weights": weights,
            "weight_spread": spread,
            "seed": seed,
            "min_coverage": 0.3,
        }
    )
    case = build_case(study, TARGET)
    outcome = screen(case, method_)
    each, pairwise = robustness(case, outcome, method_)
    ranked = int(outcome.ranked.sum())
    for row, one in enumerate(each):
        assert one is not None
        assert set(one.class_probability) == {class_.value for class_ in PracticeClass}
        assert sum(one.class_probability.values()) == pytest.approx(1.0)
        assert all(0 <= p <= 1 for p in one.barrier_probability.values())
        blocked = one.class_probability["blocked"]
        if case.home[row]:
            assert one.class_probability["home"] == 1.0
        else:
            assert blocked >= max(one.barrier_probability.values(), default=0.0) - 1e-12
            assert blocked <= sum(one.barrier_probability.values()) + 1e-12
        if one.mean is not None:
            mean, low, high = score_of(one)
            assert 0 <= low <= high <= 100
            assert 0 <= mean <= 100
        assert len(one.rank_acceptability) == (ranked if outcome.ranked[row] else 0)
        if outcome.ranked[row]:
            check_ranked(one)
    check_wins(pairwise, each, case.practices, ranked)


def check_ranked(one: Robustness) -> None:
    assert sum(one.rank_acceptability) == pytest.approx(1.0)
    mean = sum(rank * share for rank, share in enumerate(one.rank_acceptability, start=1))
    assert one.expected_rank == pytest.approx(mean)
    assert (one.central_weights is None) == (one.rank_acceptability[0] == 0)
    if one.central_weights is not None:
        assert sum(one.central_weights.values()) == pytest.approx(1.0)


def check_wins(
    pairwise: Pairwise | None,
    each: Sequence[Robustness | None],
    practices: Sequence[str],
    ranked: int,
) -> None:
    assert (pairwise is None) == (ranked == 0)
    if pairwise is None:
        return
    assert len(pairwise.practices) == ranked
    for i, id_ in enumerate(pairwise.practices):
        for j in range(ranked):
            assert pairwise.wins[i][j] + pairwise.wins[j][i] == pytest.approx(1.0)
        one = each[practices.index(id_)]
        assert one is not None
        # Without ties, the expected rank is 1 and the sum of what is lost; sharing the smaller rank, less.
        losses = sum(1 - win for j, win in enumerate(pairwise.wins[i]) if j != i)
        assert one.expected_rank is not None
        assert one.expected_rank <= 1 + losses + 1e-9


def test_the_other_target_has_draws_of_its_own() -> None:
    assert ELSEWHERE != TARGET
    study = build(
        [condition("x", best=100.0, step=0.0)],
        [practice("a", source=None)],
        requirements={"a": {"x": Level(60.0)}},
        profile=[has("x", 50, "low")],
    )
    profile = dict(study.profile)
    profile[ELSEWHERE] = {"x": has("x", 50, "low").model_copy(update={"ecosystem": ELSEWHERE})}
    study = study.model_copy(update={"profile": profile})
    method_ = method(samples=500)
    means = []
    for target in (TARGET, ELSEWHERE):
        case = build_case(study, target)
        each, _ = robustness(case, screen(case, method_), method_)
        assert each[0] is not None
        means.append(each[0].mean)
    assert means[0] != means[1]
