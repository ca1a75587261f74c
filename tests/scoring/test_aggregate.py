"""Means, weights and bounds, against published numbers and definitions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.model.result import Method
from dualeco_cli.model.rows import Dimension, Indicator, Level, Role
from dualeco_cli.scoring.aggregate import compensation, effective_weights, exponent, power_mean
from dualeco_cli.scoring.assemble import score
from dualeco_cli.scoring.case import build_case
from dualeco_cli.scoring.screen import screen
from dualeco_cli.scoring.tolerance import Floats

from .studies import TARGET, about, make_study, merit

# Triantaphyllou 2000, as on Wikipedia's pages on the weighted sum and the weighted product model.
TRIANTAPHYLLOU = np.array([[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]], dtype=np.float64)
WEIGHTS = np.array([0.2, 0.15, 0.4, 0.25])


def mean(value: Floats, weight: Floats, q: float) -> Floats:
    """The mean of values of any size: means of any exponent scale with their values."""
    scale = value.max()
    return np.asarray(scale * power_mean(value / scale, np.broadcast_to(weight, value.shape), q))


def test_weighted_sum_model() -> None:
    found = mean(TRIANTAPHYLLOU, WEIGHTS, 1)
    assert found == pytest.approx([21.5, 22.0, 22.0], abs=1e-9)


def test_weighted_product_model() -> None:
    one, two, three = mean(TRIANTAPHYLLOU, WEIGHTS, 0)
    assert [one, two, three] == pytest.approx([20.628104288716, 20.476725110792, 19.331820449318], abs=1e-9)
    # The ratios as they were published, to three digits.
    assert [one / two, one / three, two / three] == pytest.approx([1.007, 1.067, 1.059], abs=6e-4)


def test_kracka_brauers_zavadskas() -> None:
    """Kracka, Brauers, Zavadskas 2010, Inzinerine Ekonomika 21(4) 352-359: equal weights, shares of 1."""
    matrix = np.array(
        [
            [33.95, 23.78, 11.45, 39.97, 29.44, 167.1, 3.852],
            [38.9, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184],
            [37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845],
            [30.44, 37.59, 13.91, 74.08, 45.1, 198.34, 2.186],
            [36.21, 14.79, 9.17, 17.77, 17.06, 148.3, 6.61],
            [37.8, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935],
        ]
    )
    less_is_better = np.array([True, True, True, True, False, True, False])
    matrix = np.where(less_is_better, 1 / matrix, matrix)
    shares = matrix / matrix.sum(axis=0)
    expected = [0.12040426, 0.3458235, 0.13838192, 0.12841246, 0.12346084, 0.14351701]
    assert power_mean(shares, np.ones((6, 7)), 1) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        # Arithmetic, geometric, harmonic, q = −2, minimum of 1, 2, 3; as scipy's gmean, hmean, pmean.
        ((1, 1, 1), (2.0, 1.817120592832, 1.636363636364, 1.484614977916, 1.0)),
        ((1, 1, 2), (2.25, 2.059767143907, 1.846153846154, 1.648326767384, 1.0)),
        ((2, 1, 1), (1.75, 1.565084580073, 1.411764705882, 1.301582746912, 1.0)),
    ],
)
def test_power_means(weight: tuple[int, ...], expected: tuple[float, ...]) -> None:
    value = np.array([[1.0, 2.0, 3.0]])
    found = [float(mean(value, np.array(weight, dtype=np.float64), q)[0]) for q in (1, 0, -1, -2, -np.inf)]
    assert found == pytest.approx(expected, abs=1e-10)


def test_human_development_index() -> None:
    """UNDP Human Development Report 2015, Table 1: a geometric mean of capped indices and a mean.

    Published to three digits from rounded inputs.
    """
    rows = {
        "Norway": (81.6, 17.5, 12.6, 64992, 0.944),
        "Australia": (82.4, 20.2, 13.0, 42261, 0.935),
        "Switzerland": (83.0, 15.8, 12.8, 56431, 0.930),
        "Germany": (80.9, 16.5, 13.1, 43919, 0.916),
        "Singapore": (83.0, 15.4, 10.6, 76628, 0.912),
        "Finland": (80.8, 17.1, 10.3, 38695, 0.883),
    }
    data = np.array(list(rows.values()))
    low, high = np.array([20, 0, 0, np.log(100)]), np.array([85, 18, 15, np.log(75000)])
    index = np.clip((np.column_stack([data[:, :3], np.log(data[:, 3])]) - low) / (high - low), 0, 1)
    education = power_mean(index[:, 1:3], np.ones((len(data), 2)), 1)
    found = power_mean(np.column_stack([index[:, 0], education, index[:, 3]]), np.ones((len(data), 3)), 0)
    assert found == pytest.approx(data[:, 4], abs=1e-3)


def test_two_levels_of_weights() -> None:
    """ASEM portal, top six (COINr's vignette on results): equal weights of pillars within two sub-indices."""
    pillars = ("ConEcFin", "Environ", "Instit", "P2P", "Physical", "Political", "Social", "SusEcFin")
    sustainability = {"Environ", "Social", "SusEcFin"}
    rows = {
        "CHE": (32.87, 77.21, 85.94, 56.93, 63.41, 74.78, 87.85, 56.88),
        "NLD": (46.62, 58.73, 71.74, 41.92, 64.87, 84.55, 86.58, 57.78),
        "DNK": (30.43, 69.83, 75.35, 51.04, 50.52, 78.13, 86.4, 61.29),
        "NOR": (25.7, 70.9, 89.46, 33.8, 58.18, 80.03, 87.0, 56.59),
        "BEL": (48.22, 53.01, 75.6, 43.32, 71.97, 80.84, 86.17, 50.09),
        "SWE": (23.87, 66.37, 74.51, 38.5, 51.51, 80.98, 87.74, 62.27),
    }
    expected = {
        "CHE": (62.79, 73.98, 68.38),
        "NLD": (61.94, 67.70, 64.82),
        "DNK": (57.10, 72.51, 64.80),
        "NOR": (57.44, 71.50, 64.47),
        "BEL": (63.99, 63.09, 63.54),
        "SWE": (53.87, 72.12, 63.00),
    }
    indicators = [
        Indicator(
            id=id_,
            dimension="Sust" if id_ in sustainability else "Conn",
            name=id_,
            role=Role.MERIT,
            best=100.0,
            step=0.0,
        )
        for id_ in pillars
    ]
    study = make_study(
        indicators,
        dimensions={"Conn": 1, "Sust": 1},
        practices=list(rows),
        merits={id_: dict(zip(pillars, values, strict=True)) for id_, values in rows.items()},
    )
    (target,) = score(study, [TARGET], Method(samples=0), "0").targets
    assert [one.id for one in target.practices] == list(expected)
    for one in target.practices:
        found = [*(dimension.score for dimension in one.dimensions), one.score]
        assert found == pytest.approx(expected[one.id], abs=0.0101)


def test_blanks_are_left_out() -> None:
    """COINr's vignette on aggregation: weights are of what is there, and that must be two thirds."""
    study = make_study(
        [merit(id_) for id_ in "abc"],
        practices=["p", "q", "r"],
        merits={"p": {"a": 1, "b": 3, "c": 1}, "q": {"a": 2}, "r": {"a": 3, "c": 1}},
    )
    outcome = screen(build_case(study, TARGET), Method(min_coverage=2 / 3))
    assert outcome.scores.score[[0, 2]] == pytest.approx(np.array([1.666667, 2.0]) * 25, abs=1e-4)
    assert outcome.class_of(1) == "insufficient-evidence"
    assert outcome.class_of(2) != "insufficient-evidence"


@pytest.mark.parametrize("q", [-1e-12, 1e-12, -1e-9, 1e-9, -1e-4, 1e-4])
def test_near_zero_the_mean_is_nearly_geometric(q: float) -> None:
    value, weight = np.array([[0.2, 0.9, 0.5]]), np.array([[0.3, 0.3, 0.4]])
    # The first terms of the series: the mean of the logarithms, and q / 2 times their variance.
    logs = np.log(value)
    centre = float((weight * logs).sum())
    variance = float((weight * (logs - centre) ** 2).sum())
    assert power_mean(value, weight, q) == pytest.approx(np.exp(centre + q * variance / 2), rel=1e-8)


@pytest.mark.parametrize("q", [-1e2, -1e4, -1e8, -1e200])
def test_large_negative_exponents_do_not_overflow(q: float) -> None:
    value, weight = np.array([[0.0, 0.5, 1.0], [0.7, 0.7, 0.9]]), np.full((2, 3), 1 / 3)
    found = power_mean(value, weight, q)
    assert found == pytest.approx(power_mean(value, weight, -np.inf), rel=0.02)
    assert found[0] == pytest.approx(0.01 * 3 ** (-1 / q))


@pytest.mark.parametrize("q", [0.0, -1.0, -50.0, -np.inf])
def test_what_weighs_nothing_does_not_enter(q: float) -> None:
    assert power_mean(np.array([0.0, 0.8]), np.array([0.0, 2.0]), q) == pytest.approx(0.8)


def test_one_zero_does_not_erase_all_else() -> None:
    value, weight = np.array([0.0, 1.0]), np.array([0.5, 0.5])
    assert power_mean(value, weight, 0) == pytest.approx(0.1)
    assert power_mean(value, weight, -np.inf) == pytest.approx(0.01)
    # Above 0 no value is raised.
    assert power_mean(value, weight, 0.5) == pytest.approx(0.25)
    assert power_mean(np.zeros(2), weight, 0.5) == 0


@pytest.mark.parametrize("q", [1.0, 0.5, 0.0, -1.0, -np.inf])
def test_nothing_has_no_mean(q: float) -> None:
    assert np.isnan(power_mean(np.zeros((1, 0)), np.zeros((1, 0)), q)).all()
    assert np.isnan(power_mean(np.array([0.5]), np.array([0.0]), q))
    assert power_mean(np.zeros((0, 3)), np.zeros((0, 3)), q).shape == (0,)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 100)), min_size=1, max_size=8),
    st.floats(-50, 1),
    st.floats(-50, 1),
)
def test_means_rise_with_the_exponent(pairs: list[tuple[float, float]], one: float, other: float) -> None:
    value, weight = (np.array(part) for part in zip(*pairs, strict=True))
    low, high = sorted((one, other))
    if low <= 0 < high:
        value = np.maximum(value, 0.01)
    found = [float(power_mean(value, weight, q)) for q in (-np.inf, low, high, 1.0)]
    if min(value) >= 0.01:
        assert all(a <= b + 1e-9 for a, b in pairwise(found))
    assert found[1] <= found[2] + 1e-9
    assert value.min() - 1e-12 <= found[3] <= value.max() + 1e-12


def test_effective_weights() -> None:
    base = np.array([[1.0, 3.0, 2.0, 0.0], [0.0, 0.0, 2.0, 5.0], [0.0, 0.0, 0.0, 0.0]])
    index = np.array([0, 0, 1, 2])
    found = effective_weights(base, index, np.array([1.0, 2.0, 1.0]))
    assert found[0] == pytest.approx([1 / 12, 3 / 12, 2 / 3, 0])
    # The first dimension has nothing that weighs, so its weight goes to the others.
    assert found[1] == pytest.approx([0, 0, 2 / 3, 1 / 3])
    assert found[2] == pytest.approx(np.zeros(4))


def test_effective_weights_of_a_single_row() -> None:
    found = effective_weights(np.array([1.0, 3.0, 2.0]), np.array([0, 0, 1]), np.array([1.0, 3.0]))
    assert found == pytest.approx([1 / 16, 3 / 16, 3 / 4])


def test_a_dimension_without_weight() -> None:
    found = effective_weights(np.ones((1, 2)), np.array([0, 1]), np.array([0.0, 2.0]))
    assert found[0] == pytest.approx([0, 1])
    assert effective_weights(np.ones((1, 2)), np.array([0, 1]), np.zeros(2)).tolist() == [[0, 0]]


def test_a_dimension_without_weight_keeps_its_own_score() -> None:
    study = make_study(
        [merit("a", "x"), merit("b", "y")],
        dimensions={"x": 0, "y": 1},
        practices=["p"],
        merits={"p": {"a": 0, "b": 3}},
    )
    (target,) = score(study, [TARGET], Method(compensation=0.0, samples=0), "0").targets
    (found,) = target.practices
    assert found.score == pytest.approx(75)
    assert [(d.score, d.weight) for d in found.dimensions] == [(about(1), 0), (about(75), 1)]


def test_nothing_weighs_anything() -> None:
    study = make_study([merit("a", weight=0)], practices=["p"], merits={"p": {"a": 3}})
    (target,) = score(study, [TARGET], Method(samples=0), "0").targets
    (found,) = target.practices
    assert (found.score, found.lower, found.upper, found.coverage) == (None, None, None, 0)
    assert found.class_ == "insufficient-evidence"
    assert found.indicators[0].contribution is None
    (dimension,) = found.dimensions
    assert (dimension.score, dimension.lower, dimension.upper, dimension.weight) == (None, None, None, 0)


def test_exponents() -> None:
    assert [exponent(word) for word in ("full", "partial", "none")] == [1, 0, -np.inf]
    assert exponent(-2) == -2
    assert compensation(-np.inf) == "none"
    assert compensation(0.5) == 0.5
    for wrong in ("some", 1.5, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="compensation"):
            exponent(wrong)


def test_dimensions_keep_their_order() -> None:
    study = make_study(
        [merit("a", "x"), merit("b", "y")],
        dimensions={"y": 1, "z": 1, "x": 1},
        practices=["p"],
        merits={"p": {"a": Level(1.0).value, "b": 2}},
    )
    (target,) = score(study, [TARGET], Method(samples=0), "0").targets
    (found,) = target.practices
    assert [d.id for d in found.dimensions] == ["y", "z", "x"]
    assert [(d.score, d.weight) for d in found.dimensions][1] == (None, 0)
    assert isinstance(study.framework.dimensions[0], Dimension)
