"""Krippendorff's alpha against published tables and the coincidence matrix, and what is split."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.model.rows import Assessment, Indicator, Role
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.agreement import (
    agreement,
    agreement_details,
    as_seen_by,
    assessors_of,
    is_split,
    krippendorff_alpha,
)

from .studies import ELSEWHERE, TARGET, build, practice

_: None = None

#: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": 4 observers, 12 units; ordinal .815.
KRIPPENDORFF_2011: list[list[int | None]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]

#: Wikipedia, "Krippendorff's alpha", the computational example: 3 observers, 15 units.
WIKIPEDIA: list[list[int | None]] = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]


def units(raters: list[list[int | None]]) -> list[list[float]]:
    return [[float(r) for r in unit if r is not None] for unit in zip(*raters, strict=True)]


def by_coincidences(rated: Sequence[Sequence[float]]) -> Fraction | None:
    """Alpha from the coincidence matrix, in fractions, as Krippendorff writes it."""
    pairable = [unit for unit in rated if len(unit) > 1]
    values = sorted({x for unit in pairable for x in unit})
    matrix = {(a, b): Fraction(0) for a in values for b in values}
    for unit in pairable:
        for i, a in enumerate(unit):
            for j, b in enumerate(unit):
                if i != j:
                    matrix[a, b] += Fraction(1, len(unit) - 1)
    counts = {a: sum(matrix[a, b] for b in values) for a in values}
    total = sum(counts.values())

    def distance(a: float, b: float) -> Fraction:
        between = [counts[v] for v in values if min(a, b) <= v <= max(a, b)]
        return (sum(between, Fraction(0)) - (counts[a] + counts[b]) / Fraction(2)) ** 2

    observed = sum(matrix[a, b] * distance(a, b) for a in values for b in values)
    expected = sum(counts[a] * counts[b] * distance(a, b) for a in values for b in values)
    return None if expected == 0 else 1 - (total - 1) * Fraction(observed) / Fraction(expected)


@pytest.mark.parametrize(("raters", "alpha"), [(KRIPPENDORFF_2011, 0.8153875038), (WIKIPEDIA, 0.8067214199)])
def test_published_tables(raters: list[list[int | None]], alpha: float) -> None:
    assert krippendorff_alpha(units(raters)) == pytest.approx(alpha, abs=1e-9)


def test_full_agreement_is_1_to_the_bit() -> None:
    assert krippendorff_alpha([[1, 1], [2, 2], [3, 3], [4, 4, 4]]) == 1.0


def test_swapped_ratings_are_worse_than_chance() -> None:
    # With two values every distance is the same, so the ordinal alpha is the nominal one.
    assert krippendorff_alpha([[1, 2], [2, 1]]) == pytest.approx(-0.5)


@pytest.mark.parametrize("rated", [[], [[1]], [[1], [2]], [[3, 3], [3, 3]], [[1, 1 + 1e-12]]])
def test_no_alpha_without_a_pair_or_without_variation(rated: list[list[float]]) -> None:
    assert krippendorff_alpha(rated) is None


def test_ratings_that_differ_in_the_last_digit_are_the_same() -> None:
    exact = [[0.3, 0.3], [0.6, 0.9], [0.3, 0.9]]
    rounded = [[0.1 + 0.2, 0.3], [0.6, 0.3 * 3], [0.3, 0.9]]
    assert krippendorff_alpha(rounded) == krippendorff_alpha(exact)


ratings = st.lists(st.lists(st.integers(0, 4).map(float), max_size=5), max_size=8)


@given(ratings)
def test_agrees_with_the_coincidence_matrix(rated: list[list[float]]) -> None:
    expected = by_coincidences(rated)
    found = krippendorff_alpha(rated)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert found == pytest.approx(float(expected), abs=1e-12)


@given(ratings)
def test_only_the_order_of_the_values_counts(rated: list[list[float]]) -> None:
    assert krippendorff_alpha([[x**3 for x in unit] for unit in rated]) == krippendorff_alpha(rated)


@pytest.mark.parametrize(
    ("rated", "step", "split"),
    [
        ([3], 1, False),
        ([1, 4], 1, True),  # the median 2.5 is a step and a half away from both
        ([2, 4], 1, False),  # exactly one step from the median is not more than one
        ([1, 3, 3], 1, True),  # one of three
        ([1, 3, 3, 3], 1, False),  # one of four
        ([1, 1, 3, 3, 3, 3], 1, True),  # two of six
        ([0.1, 0.3, 0.3], 0.2, False),  # 0.3 - 0.1 is a bit more than 0.2 in floating point
        ([40, 50, 56], 5, True),
    ],
)
def test_split(rated: list[float], step: float, split: bool) -> None:
    assert is_split(rated, step) is split


def rated_study(rows: list[tuple[str, str, str, float | None]], target: str = TARGET) -> Study:
    """Practice, indicator, assessor and rating."""
    indicators = [
        Indicator(id=id_, dimension=dimension, name=id_, role=Role.JUDGEMENT)
        for id_, dimension in (("x", "d"), ("y", "e"))
    ]
    return build(
        indicators,
        [practice("p"), practice("q")],
        assessments=[
            Assessment(practice=p, target=target, indicator=i, assessor=a, rating=r) for p, i, a, r in rows
        ],
    )


ROWS: list[tuple[str, str, str, float | None]] = [
    ("q", "x", "ana", 1),
    ("q", "x", "ben", 4),
    ("p", "y", "ana", 3),
    ("p", "y", "ben", 3),
    ("p", "x", "ana", 2),
    ("p", "x", "ben", 2),
    ("p", "x", "cleo", 3),
    ("q", "y", "ana", 0),
    ("q", "y", "ben", None),
    ("q", "x", "consensus", 3),
]


def test_units_alpha_and_split_of_a_study() -> None:
    found = agreement(rated_study(ROWS), TARGET)
    assert found is not None
    assert found.units == 3
    expected = by_coincidences([[1, 4], [3, 3], [2, 2, 3]])
    assert expected is not None
    assert found.alpha == pytest.approx(float(expected))
    # Shown though a consensus settles it, and without the consensus among the ratings.
    assert [(s.practice, s.indicator, s.ratings) for s in found.split] == [("q", "x", (1, 4))]


def test_no_agreement_where_nobody_rated() -> None:
    assert agreement(rated_study(ROWS), ELSEWHERE) is None
    assert agreement(rated_study([("p", "x", "consensus", 2), ("p", "x", "ana", None)]), TARGET) is None


def test_ratings_for_another_target_do_not_count() -> None:
    study = rated_study(ROWS)
    elsewhere = rated_study([("p", "x", "ana", 0), ("p", "y", "dora", 4)], ELSEWHERE).assessments
    both = study.model_copy(update={"assessments": (*study.assessments, *elsewhere)})
    assert agreement(both, TARGET) == agreement(study, TARGET)
    assert agreement_details(both, TARGET) == agreement_details(study, TARGET)
    assert assessors_of(both, ELSEWHERE) == ("ana", "dora")


def test_split_units_stand_by_practice_then_in_the_order_of_the_indicators() -> None:
    places = [("q", "y"), ("q", "x"), ("p", "y"), ("p", "x")]
    study = rated_study([(*unit, name, value) for unit in places for name, value in (("ana", 0), ("ben", 4))])
    found = agreement(study, TARGET)
    assert found is not None
    assert [(one.practice, one.indicator) for one in found.split] == [
        *(("p", "x"), ("p", "y"), ("q", "x"), ("q", "y")),
    ]


def test_a_dimension_that_nobody_rated_has_no_agreement_of_its_own() -> None:
    details = agreement_details(rated_study([row for row in ROWS if row[1] == "x"]), TARGET)
    assert list(details.by_dimension) == ["d"]


def test_one_assessor_is_no_unit() -> None:
    found = agreement(rated_study([("p", "x", "ana", 2), ("q", "x", "ben", 2)]), TARGET)
    assert found is not None
    assert (found.alpha, found.units, found.split) == (None, 0, ())


def test_details_by_dimension_and_without_each_assessor() -> None:
    details = agreement_details(rated_study(ROWS), TARGET)
    assert details.by_dimension == {
        "d": pytest.approx(float(by_coincidences([[1, 4], [2, 2, 3]]) or 0)),
        "e": None,
    }
    assert list(details.without) == ["ana", "ben", "cleo"]
    assert details.without["ana"] is not None
    assert details.without["cleo"] == pytest.approx(float(by_coincidences([[1, 4], [3, 3], [2, 2]]) or 0))


def test_study_as_seen_by_one_assessor() -> None:
    study = rated_study(ROWS)
    assert assessors_of(study, TARGET) == ("ana", "ben", "cleo")
    seen = as_seen_by(study, "ben")
    assert {row.assessor for row in seen.assessments} == {"ben"}
    assert len(study.assessments) == len(ROWS)
