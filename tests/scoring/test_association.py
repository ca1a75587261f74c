"""Kendall's tau-b and the area under the ROC curve, against definitions and published numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.scoring.association import kendall_tau_b, roc_area

from .studies import about

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=40)


def naive_tau(one: list[int], other: list[int]) -> float | None:
    pairs = [(i, j) for i in range(len(one)) for j in range(i)]
    signs = [(np.sign(one[i] - one[j]), np.sign(other[i] - other[j])) for i, j in pairs]
    left, right = sum(a != 0 for a, _ in signs), sum(b != 0 for _, b in signs)
    if not left or not right:
        return None
    return float(sum(a * b for a, b in signs)) / math.sqrt(left * right)


def test_a_published_example() -> None:
    # The example of scipy.stats.kendalltau's documentation.
    found = kendall_tau_b(np.array([12.0, 2, 1, 12, 2]), np.array([1.0, 4, 7, 1, 0]))
    assert found == pytest.approx(-0.4714045207910316, abs=1e-12)


@given(PAIRS)
def test_tau_by_definition(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = kendall_tau_b(np.array(one, dtype=np.float64), np.array(other, dtype=np.float64))
    expected = naive_tau(one, other)
    assert found == (None if expected is None else about(expected))


def test_tau_of_orders() -> None:
    up = np.arange(100.0)
    assert kendall_tau_b(up, up) == 1
    assert kendall_tau_b(up, -up) == -1
    assert kendall_tau_b(up, np.zeros(100)) is None
    assert kendall_tau_b(np.array([]), np.array([])) is None
    # What is equal to 1e-9 is tied.
    assert kendall_tau_b(np.array([1.0, 1.0 + 1e-12]), np.array([1.0, 2.0])) is None
    with pytest.raises(ValueError, match="cannot be compared"):
        kendall_tau_b(up, up[:50])


@given(PAIRS)
def test_area_by_definition(pairs: list[tuple[int, int]]) -> None:
    score, success = (
        np.array([a for a, _ in pairs], dtype=np.float64),
        np.array([b >= 3 for _, b in pairs], bool),
    )
    wins = [1.0 if a > b else 0.5 if a == b else 0.0 for a, x in pairs for b, y in pairs if x >= 3 and y < 3]
    expected = sum(wins) / len(wins) if wins else None
    assert roc_area(score, success) == (None if expected is None else about(expected))


def test_area_ties_to_the_ninth_digit() -> None:
    assert roc_area(np.array([0.3, 0.1 + 0.2]), np.array([False, True])) == 0.5
