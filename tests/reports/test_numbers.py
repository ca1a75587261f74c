from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.reports import numbers


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, "–"),
        (0.0, "0.0"),
        (-0.0, "0.0"),
        (74.97, "74.97"),
        (74.9999, "74.9999"),
        (75.0, "75.0"),
        (50.04, "50.0"),
        (78.25, "78.3"),
        (78.35, "78.4"),
    ],
)
def test_score(number: float | None, text: str) -> None:
    assert numbers.score(number, (50.0, 75.0)) == text


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_rounded_number_stays_on_its_side(number: float, edge: float) -> None:
    shown = float(numbers.beside(number, 1, (edge,)))
    if abs(number - edge) > 1e-6:
        assert (shown < edge) == (number < edge)
    assert abs(shown - number) <= 0.05 + 1e-9


@pytest.mark.parametrize(
    ("number", "text"),
    [(None, "–"), (0.0, "0%"), (0.001, "under 1%"), (0.5, "50%"), (0.999, "over 99%"), (1.0, "100%")],
)
def test_share(number: float | None, text: str) -> None:
    assert numbers.share(number) == text


def test_share_beside_its_threshold() -> None:
    assert numbers.share(0.5996, (0.6,)) == "59.96%"


@pytest.mark.parametrize(
    ("low", "high", "text"), [(60.2, 84.9, "60–85"), (71.0, 71.0, "71"), (None, 1.0, "–")]
)
def test_span(low: float | None, high: float | None, text: str) -> None:
    assert numbers.span(low, high) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3.0, "3"),
        (14.7, "14.7"),
        (100000.0, "100000"),
        (0.1 + 0.2, "0.3"),
        (-0.00001, "0"),
        (float("nan"), "–"),
        (1e300, "1e+300"),
        (-1.5e17, "-1.5e+17"),
    ],
)
def test_plain(number: float, text: str) -> None:
    assert numbers.plain(number) == text
