"""The least-effort path: rules one at a time, and large programmes against a general solver."""

from __future__ import annotations

import math
from itertools import product
from random import Random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from dualeco_cli.model.result import Method, Path
from dualeco_cli.model.rows import Indicator
from dualeco_cli.scoring.aggregate import power_mean
from dualeco_cli.scoring.assemble import score
from dualeco_cli.scoring.path import Move, least_effort, phi
from dualeco_cli.scoring.tolerance import Floats

from .studies import TARGET, about, condition, make_study, merit, practice

Cell = str | float | None


def path(
    indicators: list[Indicator],
    requires: dict[str, Cell],
    has: dict[str, float],
    *,
    merits: dict[str, Cell] | None = None,
    source: str | None = None,
    **method: float | str,
) -> Path:
    study = make_study(
        indicators,
        practices=[practice("p", source=source)],
        requirements={"p": requires},
        merits={"p": merits or {}},
        profile=has,
    )
    (target,) = score(study, [TARGET], Method.model_validate({"samples": 0, **method}), "0").targets
    found = target.practices[0].path
    assert found is not None
    return found


def steps(found: Path) -> dict[str, tuple[float, float]]:
    return {step.indicator: (step.from_, step.to) for step in found.steps}


def test_from_not_yet_to_adaptable() -> None:
    found = path([condition("a"), condition("b", effort=3)], {"a": 4, "b": 4}, {"a": 0, "b": 0})
    assert (found.to, found.effort, found.score) == ("adaptable", 4, about(50))
    assert steps(found) == {"a": (0, 4)}


def test_from_adaptable_to_transferable() -> None:
    found = path([condition("a"), condition("b")], {"a": 4, "b": 3}, {"a": 2, "b": 3})
    assert (found.to, found.effort, found.score) == (None, None, None)
    found = path([condition("a"), condition("b")], {"a": 4, "b": 3}, {"a": 1, "b": 3})
    assert (found.to, found.effort, found.score) == ("transferable", 1, about(75))


def test_a_barrier_is_lifted_in_full() -> None:
    found = path([condition("a", critical=True, effort=2), merit("m")], {"a": 4}, {"a": 2}, merits={"m": 4})
    assert (found.to, found.effort, found.score) == ("transferable", 4, about(100))


def test_blocked_aims_at_what_its_score_alone_would_make_it() -> None:
    indicators = [condition("a", critical=True), condition("b"), merit("m")]
    # 66.7 alone would be adaptable, though lifting the barrier brings it to 83.3.
    found = path(indicators, {"a": 4, "b": 2}, {"a": 2, "b": 1}, merits={"m": 3})
    assert (found.to, found.effort, found.score) == ("adaptable", 2, about(250 / 3))
    # 25 alone would be not-yet: it aims at adaptable at least, for which the barrier alone is not enough.
    found = path(indicators, {"a": 2, "b": 4}, {"a": 1, "b": 0}, merits={"m": 0})
    assert (found.to, found.effort, found.score) == ("adaptable", 3, about(50))


def test_a_continuous_barrier_is_lifted_nearly() -> None:
    continuous = condition("a", critical=True, scale=(0, 100, 0))
    found = path([continuous, merit("m")], {"a": 62}, {"a": 50}, merits={"m": 4})
    # Two steps of 5 leave a fit of 0.98, which is no barrier.
    assert (found.effort, steps(found)) == (2, {"a": (50, 60)})


def test_the_last_step_stops_at_what_is_required() -> None:
    continuous = condition("a", scale=(0, 100, 0))
    found = path([continuous], {"a": 62}, {"a": 20}, transferable_from=100)
    assert (found.effort, steps(found), found.score) == (9, {"a": (20, 62)}, about(100))
    down = condition("a", scale=(30, 5, 0))
    found = path([down], {"a": 9}, {"a": 20}, transferable_from=100)
    assert (found.effort, steps(found)) == (9, {"a": (20, 9)})


def test_similar_moves_toward_what_is_required_from_either_side() -> None:
    similar = [condition("a", match="similar"), condition("b", match="similar")]
    found = path(similar, {"a": 3, "b": 0}, {"a": 1, "b": 2}, transferable_from=100)
    assert (found.effort, steps(found)) == (4, {"a": (1, 3), "b": (2, 0)})


def test_beyond_the_goalposts_nothing_is_to_be_had() -> None:
    found = path([condition("a", scale=(0, 100, 0))], {"a": 130}, {"a": 80}, transferable_from=100)
    assert steps(found) == {"a": (80, 100)}


def test_a_floor_cannot_be_moved() -> None:
    found = path([merit("m", floor=2), condition("a")], {"a": 4}, {"a": 2}, merits={"m": 1})
    assert (found.to, found.effort, found.steps, found.score) == ("adaptable", None, (), None)
    assert found.reason == "No step of the target lifts m: the rating is too low."


def test_out_of_reach() -> None:
    found = path([merit("m"), merit("n"), condition("a")], {"a": 4}, {"a": 2}, merits={"m": 1, "n": 3})
    assert (found.to, found.effort) == ("transferable", None)
    assert found.reason == (
        "With every known condition met the score would be 66.7; transferable takes 75. "
        "What holds it down cannot be changed by the target's steps: m and n."
    )


def test_conditional_names_the_open_questions() -> None:
    indicators = [condition("a", critical=True), condition("b"), merit("m")]
    found = path(indicators, {"b": 4}, {"b": 2}, merits={"m": 2})
    assert (found.to, found.effort, found.score) == ("transferable", 2, about(75))
    assert found.reason == "It also depends on the answer to a."
    # With the score there already, the answer is all that is missing.
    found = path(indicators, {"b": 4}, {"b": 4}, merits={"m": 4})
    assert (found.to, found.effort, found.steps, found.score) == ("transferable", 0, (), about(100))
    assert found.reason == "It also depends on the answer to a."


def test_nowhere_to_go() -> None:
    assert path([condition("a")], {"a": 2}, {"a": 2}) == Path(reason="It is transferable as it is.")
    found = path([condition("a")], {"a": 4}, {"a": 2}, source=TARGET)
    assert found == Path(reason="The practice comes from this target.")


def test_too_little_known_names_the_heaviest_questions() -> None:
    indicators = [merit("m"), condition("a"), condition("b", weight=3), condition("c", weight=2)]
    found = path(indicators, {}, {}, merits={"m": 4})
    assert (found.to, found.effort) == (None, None)
    # 1 of 7 is known; b alone brings it to 4 of 7, b and c to 6 of 7.
    assert found.reason == "Too little is known (14 % of at least 60 %): first answer b and c."
    found = path([condition("a")], {}, {}, min_coverage=0)
    assert found.reason == "Too little is known (0 % of at least 0 %): first answer a."
    # Any answer would do: the heaviest question is named alone.
    found = path([condition("a"), condition("b", weight=3)], {}, {}, min_coverage=0)
    assert found.reason == "Too little is known (0 % of at least 0 %): first answer b."
    found = path([condition("a", weight=0)], {}, {})
    assert found.reason == "Nothing that applies has any weight."


def test_long_lists_are_cut_short() -> None:
    found = path([merit(id_) for id_ in "abcdefgh"], {}, {}, min_coverage=1)
    assert found.reason is not None
    assert found.reason.endswith("first answer a, b, c, d, e and 3 more.")


def test_a_lifted_barrier_may_leave_too_little_known() -> None:
    found = path([condition("a", critical=True), condition("b", weight=3)], {"a": 4}, {"a": 3})
    assert (found.to, found.effort) == ("transferable", 1)
    assert found.reason == "Too little is known (25 % of at least 60 %): first answer b."


def test_a_barrier_without_weight() -> None:
    found = path([condition("a", critical=True, weight=0), merit("m")], {"a": 3}, {"a": 1}, merits={"m": 2})
    assert (found.to, found.effort, found.score) == ("adaptable", 2, about(50))
    found = path([condition("a", critical=True, weight=0), merit("m")], {"a": 3}, {"a": 1})
    assert (found.to, found.effort) == ("adaptable", None)
    assert found.reason == "Nothing that is known has any weight, so no step leads to a score."


@pytest.mark.parametrize("q", ["none", -1e6])
def test_a_barrier_without_weight_and_without_compensation(q: float | str) -> None:
    found = path(
        [condition("a", critical=True, weight=0), merit("m")],
        {"a": 4},
        {"a": 0},
        merits={"m": 4},
        compensation=q,
    )
    assert (found.to, found.effort, found.score) == ("transferable", 4, about(100))


def test_of_equal_effort_the_higher_score() -> None:
    found = path(
        [condition("a"), condition("b", weight=2)], {"a": 4, "b": 4}, {"a": 3, "b": 3}, transferable_from=80
    )
    assert steps(found) == {"b": (3, 4)}


def test_of_equal_score_the_fewest_steps_on_the_first_indicators() -> None:
    found = path([condition(id_) for id_ in "abc"], dict.fromkeys("abc", 4), dict.fromkeys("abc", 2))
    # Three steps of a twelfth each, on any of them.
    assert (found.effort, steps(found)) == (3, {"b": (2, 3), "c": (2, 4)})


def test_effort_in_tenths_ties_all_the_same() -> None:
    # 0.1 + 0.2 is more than 0.3 in floating point; as a number it is not, so the score decides.
    indicators = [
        condition("a", effort=0.3, weight=2),
        condition("b", effort=0.1, weight=1.1),
        condition("c", effort=0.2, weight=1),
        merit("m"),
    ]
    found = path(
        indicators,
        {"a": 4, "b": 4, "c": 4},
        {"a": 3, "b": 3, "c": 3},
        merits={"m": 4},
        transferable_from=100 * (0.75 * 4.1 + 1 + 0.45) / 5.1,
    )
    assert (found.effort, set(steps(found))) == (about(0.3), {"b", "c"})


@pytest.mark.parametrize("short", [1e-7, 1e-6])
def test_nearly_is_not_enough(short: float) -> None:
    """A general solver takes a condition that is violated by 1e-7 for met."""
    found = path([condition("a"), condition("b", effort=5)], {"a": 4, "b": 4}, {"a": 2, "b": 2})
    assert (found.effort, found.score) == (2, about(75))
    found = path(
        [condition("a"), condition("b", effort=5)],
        {"a": 4, "b": 4},
        {"a": 2, "b": 2},
        transferable_from=75 + short,
    )
    assert (found.effort, found.score) == (7, about(87.5))


@pytest.mark.parametrize("q", [1.0, 0.5, 0.0, -1.0, -4.0])
@pytest.mark.parametrize("seed", range(4))
def test_large_programmes_against_a_general_solver(q: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = 14
    value, weight = rng.uniform(0.05, 0.7, count), rng.uniform(0.5, 2, count)
    weight /= weight.sum()
    levels = [np.linspace(value[n], 1, int(rng.integers(2, 7))) for n in range(count)]
    moves = [
        Move(n, np.arange(float(len(levels[n]))), levels[n], float(np.round(rng.uniform(1, 5), 1)), 0)
        for n in range(count)
    ]
    found = least_effort(value, weight, moves, 75.0, q)
    assert found is not None

    efforts = np.concatenate([move.effort * np.arange(len(move.values)) for move in moves])
    gains = np.concatenate([weight[move.place] * phi(move.values, 0.75, q) for move in moves])
    owner = np.repeat(np.arange(count), [len(move.values) for move in moves])
    one_each = (owner == np.arange(count)[:, np.newaxis]).astype(np.float64)
    solved = milp(
        efforts,
        integrality=np.ones(len(efforts), dtype=np.intp),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(one_each, 1, 1), LinearConstraint(gains, 0, np.inf)],
        options={"mip_rel_gap": 0.0},
    )
    assert solved.fun == pytest.approx(found.effort, abs=1e-6)
    assert found.score >= 75 - 1e-9
    assert math.isclose(sum(m.effort * k for m, k in zip(moves, found.counts, strict=True)), found.effort)


@pytest.mark.parametrize("q", [1.0, 0.5, 0.0, -1.0, -30.0, -300.0, -math.inf])
@pytest.mark.parametrize("seed", range(6))
def test_small_programmes_against_trying_everything(q: float, seed: int) -> None:
    """Values that rise by unequal steps, some above the threshold already, and efforts in tenths."""
    random = Random(seed)
    for _ in range(25):
        count = random.randint(1, 4)
        value = np.array([random.choice([0.0, 0.2, 0.5, 0.8, 0.9]) for _ in range(count + 1)])
        weight = np.array([*(random.choice([0.0, 0.5, 1.0, 2.0]) for _ in range(count)), 1.0])
        moves = []
        for place in range(count):
            rises = np.cumsum([random.choice([0.0, 0.1, 1.0, 3.0]) for _ in range(random.randint(1, 3))])
            rises = rises / rises[-1] if rises[-1] > 0 else np.linspace(0, 1, len(rises) + 1)[1:]
            values = np.array([value[place], *(value[place] + (1 - value[place]) * rises)])
            effort = random.choice([0.1, 0.2, 0.3, 1.0])
            moves.append(Move(place, values, values, effort, random.choice([0, 0, 0, len(rises)])))
        threshold = random.choice([0.0, 50.0, 75.0, 85.0])
        found = least_effort(value, weight, moves, threshold, q)
        expected = cheapest(value, weight, moves, threshold, q)
        if expected is None:
            assert found is None
            continue
        assert found is not None
        assert (found.counts, found.effort, found.score) == (
            expected[0],
            about(expected[1]),
            about(expected[2]),
        )


def cheapest(
    value: Floats, weight: Floats, moves: list[Move], threshold: float, q: float
) -> tuple[tuple[int, ...], float, float] | None:
    """The same by trying every choice: least effort, highest score, fewest steps on the first moves."""
    tried = []
    for counts in product(*(range(move.least, len(move.values)) for move in moves)):
        after = value.copy()
        for move, steps_ in zip(moves, counts, strict=True):
            after[move.place] = move.values[steps_]
        reached = float(100 * power_mean(after, weight, q))
        if reached >= threshold - 1e-9:
            tried.append((counts, sum(m.effort * n for m, n in zip(moves, counts, strict=True)), reached))
    if not tried:
        return None
    least = min(effort for _, effort, _ in tried)
    affordable = [one for one in tried if one[1] <= least + 1e-9]
    best = max(score_ for _, _, score_ in affordable)
    return min(one for one in affordable if one[2] >= best - 1e-9)
