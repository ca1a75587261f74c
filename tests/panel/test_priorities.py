"""From one person's points, ranks and comparisons to weights, against published numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.model.priorities import (
    RANDOM_INDEX,
    budget_shares,
    pairwise_priorities,
    rank_gap,
    rank_order_centroid,
)

#: Saaty's random index, as printed in The Analytic Hierarchy Process (1980) for matrices of this order.
SAATY_1980 = dict(
    enumerate((0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59), start=3)
)

WEIGHTS = st.lists(st.floats(0.02, 1), min_size=2, max_size=8)


def matrix(text: str) -> tuple[int, dict[tuple[int, int], float]]:
    """The upper half of a matrix of comparisons as it is printed."""
    rows = [[float(Fraction(cell)) for cell in line.split()] for line in text.strip().splitlines()]
    n = len(rows)
    return n, {(i, j): rows[i][j] for i, j in combinations(range(n), 2)}


class TestBudget:
    def test_shares(self) -> None:
        assert budget_shares([50, 30, 0, 20]) == (0.5, 0.3, 0.0, 0.2)

    def test_nothing_given_is_nothing_shared(self) -> None:
        assert budget_shares([0, 0]) is None

    def test_the_size_of_the_budget_does_not_matter(self) -> None:
        assert budget_shares([1, 3]) == budget_shares([25, 75])


class TestRanks:
    @pytest.mark.parametrize(
        ("n", "printed"),
        [
            (2, (0.75, 0.25)),
            (3, (0.6111, 0.2778, 0.1111)),
            (4, (0.5208, 0.2708, 0.1458, 0.0625)),
            (5, (0.4567, 0.2567, 0.1567, 0.0900, 0.0400)),
        ],
    )
    def test_the_table_of_barron_and_barrett(self, n: int, printed: tuple[float, ...]) -> None:
        assert rank_order_centroid(range(1, n + 1)) == pytest.approx(printed, abs=5e-5)

    @pytest.mark.parametrize("ranks", [(1, 1, 2), (1, 1, 3), (1.5, 1.5, 3)])
    def test_ties_share_the_mean_of_their_places(self, ranks: tuple[float, ...]) -> None:
        first = (11 / 18 + 5 / 18) / 2
        assert rank_order_centroid(ranks) == pytest.approx((first, first, 1 / 9), abs=1e-15)

    def test_ranks_are_tied_to_the_ninth_digit_and_no_further(self) -> None:
        assert rank_order_centroid([0.1 + 0.2, 0.3]) == (0.5, 0.5)
        assert rank_order_centroid([1, 1 + 1e-8]) == (0.75, 0.25)

    def test_one_rank_for_all_is_equal_weights(self) -> None:
        assert rank_order_centroid([1, 1, 1, 1]) == pytest.approx([0.25] * 4, abs=1e-15)

    @given(st.lists(st.integers(1, 6), min_size=1, max_size=9))
    def test_weights_sum_to_one_and_keep_the_order(self, ranks: list[int]) -> None:
        weights = rank_order_centroid(ranks)
        assert sum(weights) == pytest.approx(1, abs=1e-12)
        for (one, first), (other, second) in combinations(zip(ranks, weights, strict=True), 2):
            assert (one < other) == (first > second + 1e-12)

    @pytest.mark.parametrize("ranks", [(1, 2, 3), (3, 1, 2), (1, 1, 2), (1, 1, 3), (1, 2, 2), (1, 1, 1)])
    def test_ranks_that_make_sense(self, ranks: tuple[int, ...]) -> None:
        assert rank_gap(dict(zip("abc", map(float, ranks), strict=True))) is None

    @pytest.mark.parametrize(
        ("ranks", "at"),
        [((1, 2, 4), "c"), ((2, 3, 4), "a"), ((1, 3, 3), "b"), ((2, 2, 2), "a"), ((1.05, 2, 3), "a")],
    )
    def test_gaps(self, ranks: tuple[int, ...], at: str) -> None:
        assert rank_gap(dict(zip("abc", map(float, ranks), strict=True))) == at


class TestPairs:
    def test_saaty_on_buying_a_house(self) -> None:
        """T. L. Saaty, The Analytic Hierarchy Process (1980): eight criteria for buying a house."""
        found = pairwise_priorities(
            *matrix(
                """
                1    5    3    7    6    6    1/3  1/4
                1/5  1    1/3  5    3    3    1/5  1/7
                1/3  3    1    6    3    4    6    1/5
                1/7  1/5  1/6  1    1/3  1/4  1/7  1/8
                1/6  1/3  1/3  3    1    1/2  1/5  1/6
                1/6  1/3  1/4  4    2    1    1/5  1/6
                3    5    1/6  7    5    5    1    1/2
                4    7    5    8    6    6    2    1
                """
            )
        )
        assert found.weights == pytest.approx(
            (0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333), abs=5e-4
        )
        assert found.eigenvalue == pytest.approx(9.669, abs=5e-4)
        assert found.ratio == pytest.approx(0.169, abs=5e-4)

    def test_saaty_on_what_is_drunk(self) -> None:
        """T. L. Saaty, Decision making with the AHP, International Journal of Services Sciences 1 (2008)."""
        found = pairwise_priorities(
            *matrix(
                """
                1    9  5    2    1    1    1/2
                1/9  1  1/3  1/9  1/9  1/9  1/9
                1/5  2  1    1/3  1/4  1/3  1/9
                1/2  9  3    1    1/2  1    1/3
                1    9  4    2    1    2    1/2
                1    9  3    1    1/2  1    1/3
                2    9  9    3    2    3    1
                """
            )
        )
        assert found.weights == pytest.approx((0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327), abs=5e-4)
        assert found.ratio == pytest.approx(0.022, abs=5e-4)

    @given(WEIGHTS)
    def test_consistent_comparisons_give_the_weights_back(self, weights: list[float]) -> None:
        n = len(weights)
        ratios = {(i, j): weights[i] / weights[j] for i, j in combinations(range(n), 2)}
        found = pairwise_priorities(n, ratios)
        assert found.weights == pytest.approx([one / sum(weights) for one in weights], rel=1e-9)
        assert found.eigenvalue == pytest.approx(n, abs=1e-9)
        assert found.ratio == pytest.approx(0, abs=1e-9)

    @given(WEIGHTS)
    def test_so_does_a_chain_of_them(self, weights: list[float]) -> None:
        n = len(weights)
        ratios = {(i, i + 1): weights[i] / weights[i + 1] for i in range(n - 1)}
        found = pairwise_priorities(n, ratios)
        assert found.weights == pytest.approx([one / sum(weights) for one in weights], rel=1e-8)
        assert found.missing == (n - 1) * (n - 2) // 2
        assert (found.ratio is None) == (found.missing > 0)

    @pytest.mark.parametrize("n", range(3, 16))
    def test_against_the_eigenvalues_of_the_matrix(self, n: int) -> None:
        random = Random(n)
        scale = [1 / 9, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 4.0, 7.0]
        ratios = {pair: random.choice(scale) for pair in combinations(range(n), 2)}
        full = np.ones((n, n))
        for (i, j), ratio in ratios.items():
            full[i, j], full[j, i] = ratio, 1 / ratio
        values, vectors = np.linalg.eig(full)
        largest = int(np.argmax(values.real))
        weights = np.abs(vectors[:, largest].real)
        found = pairwise_priorities(n, ratios)
        assert found.weights == pytest.approx(weights / weights.sum(), abs=1e-9)
        assert found.eigenvalue == pytest.approx(float(values[largest].real), abs=1e-9)
        index = (float(values[largest].real) - n) / (n - 1)
        assert found.ratio == pytest.approx(index / SAATY_1980[n], abs=1e-9)

    def test_either_direction_says_the_same(self) -> None:
        one = pairwise_priorities(3, {(0, 1): 3.0, (1, 2): 0.5, (0, 2): 2.0})
        other = pairwise_priorities(3, {(1, 0): 1 / 3, (2, 1): 2.0, (0, 2): 2.0})
        assert one.weights == pytest.approx(other.weights, abs=1e-12)
        assert one.ratio == pytest.approx(other.ratio, abs=1e-12)

    def test_parts_that_do_not_hang_together_have_no_weights(self) -> None:
        found = pairwise_priorities(4, {(0, 1): 2.0, (2, 3): 2.0})
        assert (found.weights, found.ratio, found.missing) == (None, None, 4)

    def test_two_things_cannot_contradict_each_other(self) -> None:
        found = pairwise_priorities(2, {(0, 1): 4.0})
        assert found.weights == pytest.approx((0.8, 0.2), abs=1e-12)
        assert found.ratio == 0

    def test_beyond_the_table_there_is_no_ratio(self) -> None:
        n = len(RANDOM_INDEX) + 1
        assert pairwise_priorities(n, dict.fromkeys(combinations(range(n), 2), 1.0)).ratio is None
