"""Several members: their weights together, how far they agree, and who stands apart."""

from __future__ import annotations

import numpy as np
import pytest

from dualeco_cli.scoring.panel import combined, distances, kendall_w


def test_budgets_are_averaged() -> None:
    shares = np.array([[0.5, 0.5, 0.0], [0.1, 0.3, 0.6]])
    assert combined(shares, geometric=False) == pytest.approx([0.3, 0.4, 0.3])


def test_comparisons_in_pairs_are_put_together_by_the_geometric_mean() -> None:
    shares = np.array([[0.8, 0.2], [0.5, 0.5]])
    # √(0.8 · 0.5) = 0.6325 and √(0.2 · 0.5) = 0.3162: two to one, as √(4 · 1) says
    assert combined(shares, geometric=True) == pytest.approx([2 / 3, 1 / 3])


def test_w_of_zar() -> None:
    """J. H. Zar, Biostatistical Analysis (2010), example 20.5: three measures of twelve birds, with ties."""
    measures = np.array(
        [
            [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4],
            [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3],
            [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22],
        ]
    )
    assert kendall_w(measures) == pytest.approx(0.9241352201, abs=1e-9)


def test_w_by_hand() -> None:
    # rank sums 4, 6, 8 and 12: S = 35, W = 12 · 35 / (9 · 60)
    assert kendall_w(np.array([[1.0, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]])) == pytest.approx(7 / 9)


@pytest.mark.parametrize(
    ("numbers", "w"),
    [
        ([[0.2, 0.3, 0.5], [0.1, 0.4, 0.5]], 1.0),
        ([[0.2, 0.8], [0.8, 0.2]], 0.0),
        ([[0.2, 0.3, 0.5]], None),
        ([[1.0], [1.0]], None),
        ([[0.5, 0.5], [0.5, 0.5]], None),
    ],
)
def test_w_at_its_ends(numbers: list[list[float]], w: float | None) -> None:
    assert kendall_w(np.array(numbers)) == (None if w is None else pytest.approx(w))


def test_numbers_that_differ_by_rounding_alone_are_tied() -> None:
    exact = [[0.3, 0.3, 0.4], [0.3, 0.4, 0.3]]
    rounded = [[0.1 + 0.2, 0.3, 0.4], [0.3, 0.4, 0.1 + 0.2]]
    assert kendall_w(np.array(rounded)) == kendall_w(np.array(exact))


def test_distance_is_the_weight_that_would_have_to_move() -> None:
    shares = np.array([[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]])
    assert distances(shares, np.array([0.5, 0.25, 0.25])) == pytest.approx([0.25, 0.25])
