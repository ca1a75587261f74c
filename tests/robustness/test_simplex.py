"""Draws of weights, against the moments and areas of the simplex."""

from __future__ import annotations

import numpy as np
import pytest

from dualeco_cli.scoring.simplex import anywhere, around

DRAWS = 200_000


def within(share: float, expected: float) -> bool:
    return bool(abs(share - expected) <= 5 * np.sqrt(expected * (1 - expected) / DRAWS))


@pytest.mark.parametrize("n", [2, 3, 5])
def test_any_weights_are_uniform_on_the_simplex(n: int) -> None:
    shares = anywhere(np.random.default_rng(0), np.ones(n), np.ones(0), DRAWS).shares
    assert shares.sum(axis=0) == pytest.approx(np.ones(DRAWS))
    # The part of the simplex in which one weight is above t has the volume (1 - t)^(n - 1).
    for threshold in (0.1, 0.5, 0.8):
        assert within(float(np.mean(shares[0] > threshold)), (1 - threshold) ** (n - 1))
    # Normalised uniform numbers would give 1/6 here, not 1/4.
    if n == 3:
        assert within(float(np.mean(shares[1] > 0.5)), 0.25)


def test_any_weights_do_not_ask_what_the_weights_are_but_0_stays_0() -> None:
    one = anywhere(np.random.default_rng(0), np.array([1.0, 0.0, 3.0]), np.array([0.0, 2.0]), 100)
    other = anywhere(np.random.default_rng(0), np.array([2.0, 0.0, 1.0]), np.array([0.0, 7.0]), 100)
    assert np.array_equal(one.shares, other.shares)
    assert (one.shares[1] == 0).all()
    assert (one.indicators[0] == 0).all()
    assert (one.indicators[1] > 0).all()


def test_spread_stays_within_its_bounds_and_fills_them() -> None:
    weights = np.array([1.0, 2.0, 0.0])
    drawn = around(np.random.default_rng(0), weights, np.array([0.5]), 0.4, DRAWS)
    for n, weight in enumerate(weights):
        assert drawn.dimensions[n].min() >= 0.6 * weight
        assert drawn.dimensions[n].max() <= 1.4 * weight
    assert drawn.dimensions[0].mean() == pytest.approx(1.0, abs=5 * 0.4 / np.sqrt(3 * DRAWS))
    assert within(float(np.mean(drawn.indicators[0] < 0.4)), 0.25)


def test_no_spread_leaves_the_weights_alone() -> None:
    drawn = around(np.random.default_rng(0), np.array([1.0, 0.3]), np.array([2.0]), 0.0, 10)
    assert drawn.dimensions == pytest.approx(np.array([[1.0], [0.3]]) * np.ones(10))
    assert drawn.indicators == pytest.approx(np.full((1, 10), 2.0))
