"""Ranks, wins and quantiles, against plain counting and published tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualeco_cli.scoring import ranks as module
from dualeco_cli.scoring.ranks import Quantiles, RankCounts, places
from dualeco_cli.scoring.simplex import anywhere
from dualeco_cli.scoring.tolerance import Floats


def counted(scores: list[list[float]]) -> RankCounts:
    """Counts over draws, each a list of scores."""
    array = np.array(scores, dtype=np.float64).T
    counts = RankCounts(len(array), 1)
    counts.add(array, np.ones((1, array.shape[1])))
    return counts


# Few values, so that ties are common; steps of a third, so that sums are off in the last digit.
score_lists = st.integers(1, 7).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(0, 5).map(lambda x: x * (100 / 3) / 5), min_size=n, max_size=n),
        min_size=1,
        max_size=12,
    )
)


@given(score_lists)
def test_ranks_and_wins_are_what_counting_gives(scores: list[list[float]]) -> None:
    counts = counted(scores)
    n, draws = len(scores[0]), len(scores)
    acceptability = np.zeros((n, n))
    wins = np.zeros((n, n))
    for draw in scores:
        for i, one in enumerate(draw):
            acceptability[i, sum(other > one + 1e-9 for other in draw)] += 1 / draws
            for j, other in enumerate(draw):
                wins[i, j] += (0.5 if abs(one - other) <= 1e-9 else float(one > other)) / draws
    assert counts.acceptability() == pytest.approx(acceptability)
    assert counts.wins() == pytest.approx(wins)
    assert counts.expected_rank() == pytest.approx(acceptability @ np.arange(1, n + 1))


def test_scores_that_differ_in_the_last_digit_tie() -> None:
    found = places(np.array([[100 * (1 - (0.7 - 0.4))], [100 * (1 - (0.5 - 0.2))], [80.0]]))
    assert found.who[0, 0] == 2
    assert found.rank.tolist() == [[0, 1, 1]]
    assert found.ties


@pytest.mark.parametrize("packed", [0, 4096])
def test_both_ways_of_sorting_agree(packed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PACKED", packed)
    scores = np.round(np.random.default_rng(0).uniform(0, 100, (40, 300)))
    found = places(scores)
    ranks = np.empty_like(found.rank)
    np.put_along_axis(ranks, found.who, found.rank, axis=1)
    expected = (scores[None, :, :] > scores[:, None, :]).sum(axis=1)
    assert np.array_equal(ranks.T, expected)


def test_more_draws_than_are_counted_together() -> None:
    scores = np.round(np.random.default_rng(1).uniform(0, 30, (9, 5003)))
    counts = RankCounts(9, 1)
    counts.add(scores, np.ones((1, 5003)))
    expected = (scores[:, None, :] > scores[None, :, :]).sum(axis=2)
    assert counts.better is not None
    assert np.array_equal(counts.better, expected)


def test_more_practices_than_a_byte_can_rank() -> None:
    scores = np.round(np.random.default_rng(3).uniform(0, 100, (300, 60)), 1)
    counts = RankCounts(300, 1)
    counts.add(scores, np.ones((1, 60)))
    expected = (scores[:, None, :] > scores[None, :, :]).sum(axis=2)
    assert counts.better is not None
    assert np.array_equal(counts.better, expected)


def test_no_further_draws_change_nothing() -> None:
    counts = counted([[50.0, 70.0], [60.0, 20.0]])
    counts.add(np.empty((2, 0)), np.empty((1, 0)))
    assert counts.acceptability().tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert counts.expected_rank().tolist() == [1.5, 1.5]
    assert counts.central_weights().tolist() == [[1.0], [1.0]]


def test_beyond_the_limit_only_the_first_ranks_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = np.random.default_rng(2).uniform(0, 100, (30, 500))
    whole = RankCounts(30, 1)
    whole.add(scores, np.ones((1, 500)))
    monkeypatch.setattr(module, "MOST_RANKS", 5)
    first = RankCounts(30, 1)
    first.add(scores, np.ones((1, 500)))
    assert first.wins() is None
    assert np.array_equal(first.at_rank, whole.at_rank[:, :5])
    assert first.expected_rank() == pytest.approx(whole.expected_rank())


def test_those_who_tie_for_the_lead_all_lead() -> None:
    counts = RankCounts(3, 2)
    counts.add(np.array([[50.0, 70.0], [50.0, 10.0], [20.0, 5.0]]), np.array([[0.2, 0.6], [0.8, 0.4]]))
    central = counts.central_weights()
    assert central[0] == pytest.approx([0.4, 0.6])
    assert central[1] == pytest.approx([0.2, 0.8])
    assert np.isnan(central[2]).all()


@settings(max_examples=30)
@given(st.integers(1, 3000), st.sampled_from([64, 1024, 2048]))
def test_few_quantiles_are_exact(draws: int, block: int) -> None:
    scores = np.random.default_rng(draws).normal(50, 10, (3, draws))
    quantiles = Quantiles(3, (0.05, 0.95), block, draws)
    for start in range(0, draws, block):
        quantiles.add(scores[:, start : start + block])
    assert quantiles.result() == pytest.approx(np.quantile(scores, (0.05, 0.95), axis=1))


@pytest.mark.parametrize("shape", ["normal", "few values", "constant", "skewed"])
def test_many_quantiles_are_as_good_as_exact(shape: str) -> None:
    rng = np.random.default_rng(5)
    scores = {
        "normal": rng.normal(60, 8, (4, 60_000)),
        "few values": rng.choice([20.0, 45.0, 70.0], p=[0.1, 0.6, 0.3], size=(4, 60_000)),
        "constant": np.full((4, 60_000), 200 / 3),
        "skewed": 100 * rng.beta(0.5, 3, (4, 60_000)),
    }[shape]
    quantiles = Quantiles(4, (0.05, 0.95), 2048, 60_000)
    for start in range(0, 60_000, 2048):
        quantiles.add(scores[:, start : start + 2048])
    exact = np.quantile(scores, (0.05, 0.95), axis=1)
    assert quantiles.result() == pytest.approx(exact, abs=2e-3 * max(1e-6, scores.std()))


def test_draws_of_a_part_are_taken_to_lie_evenly_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_DRAWS", 256)
    # Evenly spaced scores, of which a dozen or more lie in each part of a stretch.
    scores = np.random.default_rng(6).permutation(np.linspace(0, 100, 100_001))[np.newaxis]
    probabilities = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
    quantiles = Quantiles(1, probabilities, 256, 100_001)
    for start in range(0, 100_001, 256):
        quantiles.add(scores[:, start : start + 256])
    assert quantiles.result()[:, 0] == pytest.approx(100 * np.array(probabilities), abs=0.002)


def test_antidepressants_of_tervonen_2011() -> None:
    """Rank acceptability and central weights of a published model.

    Tervonen et al. 2011, Statistics in Medicine; inputs and expected values as JSMAA's own test asserts them
    (gertvv/jsmaa, SMAA2SimulationTest.java), tolerance 0.02. Weights are uniform on the simplex of six
    criteria; measurements are Gaussian, the first log-normal; lower is better but for the first.
    """
    mean = np.array(
        [
            [0.0, 11.7, 7.2, 16.6, 13.7, 18.6],
            [0.086, 9.2, 10.6, 21.2, 14.3, 18.3],
            [0.095, 15.4, 7.5, 20.2, 15.0, 19.5],
            [0.113, 5.5, 15.7, 12.8, 11.2, 31.0],
        ]
    )
    deviation = np.array(
        [
            [0.0, 2.5, 1.45, 3.27, 1.89, 1.79],
            [0.056, 1.86, 1.58, 5.15, 2.93, 3.7],
            [0.044, 2.65, 1.48, 3.78, 3.21, 2.6],
            [0.048, 2.32, 4.44, 2.45, 3.98, 1.68],
        ]
    )
    low = np.array([0.97652, 0.9528, 4.358, 7.998, 3.3992, 11.048])
    high = np.array([1.230081, 20.594, 24.4024, 31.294, 21.2916, 34.2928])
    rng = np.random.default_rng(0)
    counts = RankCounts(4, 6)
    for _ in range(30):
        drawn = rng.normal(mean[:, :, None], deviation[:, :, None], (4, 6, 2000))
        drawn[:, 0] = np.exp(drawn[:, 0])
        value: Floats = (drawn - low[:, None]) / (high - low)[:, None]
        value[:, 1:] = 1 - value[:, 1:]
        weights = anywhere(rng, np.ones(6), np.ones(0), 2000)
        counts.add(100 * np.einsum("adk,dk->ak", value, weights.shares), weights.shares)
    acceptability = [
        [0.20, 0.28, 0.30, 0.22],
        [0.25, 0.29, 0.27, 0.19],
        [0.17, 0.25, 0.29, 0.30],
        [0.39, 0.18, 0.15, 0.29],
    ]
    central = [
        [0.08, 0.14, 0.23, 0.18, 0.16, 0.22],
        [0.18, 0.17, 0.15, 0.13, 0.15, 0.22],
        [0.21, 0.10, 0.22, 0.13, 0.15, 0.20],
        [0.18, 0.21, 0.12, 0.21, 0.19, 0.09],
    ]
    assert counts.acceptability() == pytest.approx(np.array(acceptability), abs=0.02)
    assert counts.central_weights() == pytest.approx(np.array(central), abs=0.02)
