"""In what two ecosystems differ."""

from __future__ import annotations

import pytest

from dualeco_cli.model.likeness import Difference
from dualeco_cli.scoring.explain import similarity
from dualeco_cli.scoring.likeness import differences, greatest

from .studies import ELSEWHERE, TARGET, about, condition, judgement, make_study, merit, need

STUDY = make_study(
    [
        merit("m"),
        judgement("j"),
        condition("a"),
        need("b", scale=(40, 5, 0)),
        condition("blank-here"),
        condition("blank-there"),
        condition("no-row-here"),
        condition("no-row-there"),
        condition("c"),
    ],
    practices=["p"],
    profiles={
        TARGET: {"a": 3.0, "b": 33.0, "blank-here": None, "blank-there": 1.0, "no-row-there": 1.0, "c": 2.0},
        ELSEWHERE: {
            "a": 1.0,
            "b": 12.0,
            "blank-here": 1.0,
            "blank-there": None,
            "no-row-here": 1.0,
            "c": 2.0,
        },
    },
)


def test_needs_and_conditions_that_are_known_of_both() -> None:
    found = differences(STUDY, TARGET, ELSEWHERE)
    # (33 − 12) / 35 of the way, whichever of the two lies higher.
    assert found == (
        Difference("a", 3.0, 1.0, 0.5),
        Difference("b", 33.0, 12.0, about(0.6)),
        Difference("c", 2.0, 2.0, 0.0),
    )
    back = differences(STUDY, ELSEWHERE, TARGET)
    assert [one.distance for one in back] == [one.distance for one in found]
    assert similarity(STUDY, TARGET, ELSEWHERE).value == similarity(STUDY, ELSEWHERE, TARGET).value
    for one, other in ((TARGET, "nowhere"), ("nowhere", TARGET)):
        with pytest.raises(KeyError, match="nowhere"):
            differences(STUDY, one, other)


def apart(*distances: float) -> tuple[Difference, ...]:
    return tuple(Difference(f"i{n}", 0.0, 0.0, distance) for n, distance in enumerate(distances))


@pytest.mark.parametrize(
    ("distances", "most", "order"),
    [
        ((0.2, 0.6, 0.4), 3, [1, 2, 0]),
        ((0.2, 0.6, 0.4), 2, [1, 2]),
        # What is no distance at all, as a number, is left out.
        ((0.0, 0.3, 1e-10), 3, [1]),
        ((1e-8, 0.0), 3, [0]),
        # Equal as numbers, though not in the last digit: in the order of the framework.
        ((0.3, 0.1 + 0.2, 0.3), 3, [0, 1, 2]),
        ((0.3, 0.3 + 3e-9), 3, [1, 0]),
        ((0.0, 0.0), 3, []),
    ],
)
def test_the_greatest_first(distances: tuple[float, ...], most: int, order: list[int]) -> None:
    assert [one.indicator for one in greatest(apart(*distances), most)] == [f"i{n}" for n in order]
