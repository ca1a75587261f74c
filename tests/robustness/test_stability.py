"""The stretch in which the leader stays, against closed forms and against trying shares."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from dualeco_cli.model.result import LeaderStability, Method
from dualeco_cli.model.rows import Level
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.aggregate import aggregate, exponent
from dualeco_cli.scoring.case import Case, build_case
from dualeco_cli.scoring.screen import Outcome, screen
from dualeco_cli.scoring.stability import leader_stability

from .studies import TARGET, build, merit, merits_of, method, practice, random_study


def stability(study: Study, method_: Method | None = None) -> dict[str, tuple[float, float]] | None:
    method_ = method_ or method(min_coverage=0.0)
    case = build_case(study, TARGET)
    found = leader_stability(case, screen(case, method_), method_)
    return None if found is None else {one.dimension: ends(one) for one in found}


def check(found: dict[str, tuple[float, float]] | None, expected: dict[str, tuple[float, float]]) -> None:
    assert found is not None
    assert found.keys() == expected.keys()
    for name, stretch in expected.items():
        assert found[name] == pytest.approx(stretch, abs=1e-12), name


def ends(one: LeaderStability) -> tuple[float, float]:
    assert one.low is not None
    assert one.high is not None
    return one.low, one.high


def test_two_dimensions_meet_where_the_lines_cross() -> None:
    # 60 s + 50 (1 - s) against 40 s + 80 (1 - s): equal at s = 0.6.
    found = stability(merits_of({"a": (60, 50), "b": (40, 80)}, {"d0": 3, "d1": 1}))
    check(found, {"d0": (0.6, 1.0), "d1": (0.0, 0.4)})


def test_the_other_dimensions_keep_their_proportions() -> None:
    # With d1 and d2 as 1 to 3: a is 90 s + 55 (1 - s), b is 30 s + 70 (1 - s): equal at s = 0.2.
    found = stability(merits_of({"a": (90, 40, 60), "b": (30, 100, 60)}, {"d0": 2, "d1": 1, "d2": 3}))
    assert found is not None
    check({"d0": found["d0"]}, {"d0": (0.2, 1.0)})


def test_the_only_practice_always_leads() -> None:
    assert stability(merits_of({"a": (60, 50)})) == {"d0": (0.0, 1.0), "d1": (0.0, 1.0)}


def test_a_dominating_practice_always_leads() -> None:
    assert stability(merits_of({"a": (60, 50), "b": (60, 49)})) == {"d0": (0.0, 1.0), "d1": (0.0, 1.0)}


def test_twins_do_not_bound_each_other() -> None:
    study = merits_of({"a": (60, 50), "b": (60, 50), "c": (80, 20)}, {"d0": 1, "d1": 1})
    check(stability(study), {"d0": (0.0, 0.6), "d1": (0.4, 1.0)})


def test_leaders_that_are_level_today_leave_no_room_on_one_side() -> None:
    found = stability(merits_of({"a": (70, 50), "b": (50, 70)}))
    check(found, {"d0": (0.5, 1.0), "d1": (0.0, 0.5)})


def test_two_levels_that_cross_below_and_above_bound_both_sides() -> None:
    found = stability(merits_of({"a": (60, 60), "b": (80, 0), "c": (0, 80)}))
    check(found, dict.fromkeys(("d0", "d1"), (0.25, 0.75)))


def test_a_dimension_without_weight_starts_at_0() -> None:
    # The share of d0 is 1 and stays 1: what is 0 stays 0 in proportion.
    found = stability(merits_of({"a": (60, 50), "b": (40, 80)}, {"d0": 1, "d1": 0}))
    check(found, {"d0": (0.0, 1.0), "d1": (0.0, 0.4)})


def test_geometric_mean_crosses_where_the_logarithms_do() -> None:
    found = stability(merits_of({"a": (90, 40), "b": (50, 60)}), method(compensation=0.0))
    crossing = np.log(60 / 40) / (np.log(60 / 40) + np.log(90 / 50))
    check(found, {"d0": (crossing, 1.0), "d1": (0.0, 1 - crossing)})


def test_large_negative_exponents_cross_where_the_sums_of_powers_do() -> None:
    # s · 60^q + (1 − s) · 50^q against s · 49.5^q + (1 − s) · 80^q.
    q = -150.0
    a, b, c, d = (np.exp(q * np.log(x / 50)) for x in (60, 50, 49.5, 80))
    crossing = (b - d) / (b - d + c - a)
    found = stability(merits_of({"a": (60, 50), "b": (49.5, 80)}), method(compensation=q))
    check(found, {"d0": (crossing, 1.0), "d1": (0.0, 1 - crossing)})


def test_a_rival_far_below_the_leader_overflows_nothing() -> None:
    study = merits_of({"a": (90, 90), "b": (5, 95)})
    found = stability(study, method(compensation=-500.0, adaptable_from=0.0))
    # With any weight on its worst value the rival is as good as that value, so it wins only without any.
    check(found, {"d0": (0.0, 1.0), "d1": (0.0, 1.0)})


def half_known(weights: tuple[float, float]) -> Study:
    """a scores 50 + 10 s; of b half of d1 is unknown, so it scores (119 s + 46 (1 − s)) / (1 + s)."""
    return build(
        [merit("x", "d0"), merit("y", "d1"), merit("z", "d1")],
        [practice("a"), practice("b")],
        merits={
            "a": {"x": Level(60.0), "y": Level(50.0), "z": Level(50.0)},
            "b": {"x": Level(59.5), "y": Level(46.0)},
        },
        weights=dict(zip(("d0", "d1"), weights, strict=True)),
    )


@pytest.mark.parametrize(
    ("weights", "low", "high"), [((1, 4), 0.0, 0.5), ((13, 7), 0.5, 0.8), ((9, 1), 0.8, 1.0)]
)
def test_where_not_all_is_known_two_practices_may_cross_twice(
    weights: tuple[float, float], low: float, high: float
) -> None:
    # Equal where 10 s² − 13 s + 4 is 0: at 0.5 and at 0.8, b being better in between.
    found = stability(half_known(weights), method(min_coverage=0.0, adaptable_from=0.0))
    check(found, {"d0": (low, high), "d1": (1 - high, 1 - low)})


def test_level_today_but_for_the_last_digit_leaves_no_room_on_one_side() -> None:
    # 8.1 · 2 is 5.4 · 3: equal at s = 0.4, where the computed crossing is a bit more.
    study = merits_of({"a": (48.1, 60.1), "b": (40, 65.5)}, {"d0": 2, "d1": 3})
    check(stability(study), {"d0": (0.4, 1.0), "d1": (0.0, 0.6)})


def test_a_dimension_without_weight_enters_the_minimum_alone() -> None:
    study = merits_of({"a": (90, 50, 10), "b": (50, 49.8, 60), "c": (30, 30, 5)}, {"d0": 1, "d1": 0, "d2": 0})
    # With d1 as well a still leads, by 50 to 49.8; with d2 instead it is 10 to 50, whatever c has.
    assert stability(study, method(compensation="none", adaptable_from=0.0)) == {
        "d0": (0.0, 1.0),
        "d1": (0.0, 1.0),
        "d2": (0.0, 0.0),
    }


def test_the_minimum_asks_only_what_weighs_something() -> None:
    study = merits_of({"a": (60, 70), "b": (50, 90)}, {"d0": 1, "d1": 1})
    assert stability(study, method(compensation="none")) == {"d0": (0.0, 1.0), "d1": (0.0, 1.0)}
    # Without d1 a leads by 90 to 50; as soon as d1 counts it is 10 to 20.
    study = merits_of({"a": (90, 10), "b": (50, 20)}, {"d0": 1, "d1": 0})
    assert stability(study, method(compensation="none", adaptable_from=0.0)) == {
        "d0": (0.0, 1.0),
        "d1": (0.0, 0.0),
    }


def test_nothing_without_ranks_or_with_one_dimension() -> None:
    assert stability(merits_of({"a": (60,), "b": (70,)})) is None
    study = merits_of({"a": (60, 50)})
    assert stability(study.model_copy(update={"merits": {}})) is None


def better_than_leader(case: Case, outcome: Outcome, q: float, place: int, share: float) -> bool:
    """Whether at this share a ranked practice has a higher score than today's leader."""
    others = case.dimension_weight.copy()
    others[place] = 0.0
    weight = others / others.sum() * (1 - share)
    weight[place] = share
    scores = aggregate(replace(case, dimension_weight=weight), q).score
    leader = outcome.order[0]
    return bool(np.nanmax(scores[outcome.ranked]) > scores[leader] + 1e-9)


@pytest.mark.parametrize("q", [1.0, 0.0, -1.0, 0.5, -20.0, -150.0, 1e-6, "none"])
@pytest.mark.parametrize("seed", range(40))
def test_shares_inside_keep_the_leader_and_shares_just_outside_do_not(seed: int, q: float | str) -> None:
    study = random_study(Random(seed), most_indicators=7)
    method_ = method(compensation=q, min_coverage=0.0)
    case = build_case(study, TARGET)
    outcome = screen(case, method_)
    found = leader_stability(case, outcome, method_)
    if found is None:
        assert not outcome.ranked.any() or len(case.dimensions) == 1
        return
    for place, one in enumerate(found):
        low, high = ends(one)
        weight = case.dimension_weight
        today = weight[place] / weight.sum()
        assert 0 <= low <= today + 1e-9
        assert today - 1e-9 <= high <= 1
        if weight.sum() == weight[place]:
            continue
        for share in np.linspace(low, high, 9)[1:-1]:
            assert (
                not better_than_leader(case, outcome, exponent(q), place, float(share)) or high - low < 1e-9
            )
        # Just outside somebody is better: how close to the end that shows depends on the slopes.
        for end, way in ((low, -1), (high, 1)):
            tried = [end + way * 10.0**-n for n in range(1, 9)]
            inside = [share for share in tried if 0 < share < 1]
            if inside and 0 < end < 1:
                assert any(better_than_leader(case, outcome, exponent(q), place, share) for share in inside)
