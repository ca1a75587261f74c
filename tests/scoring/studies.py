"""Studies built from the models, without a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any

import pytest

from dualeco_cli.model.rows import (
    Adaptation,
    Assessment,
    Confidence,
    Dimension,
    Ecosystem,
    Indicator,
    Level,
    Match,
    Objective,
    Pilot,
    Practice,
    ProfileValue,
    Role,
    Settings,
)
from dualeco_cli.model.study import Framework, Study

TARGET = "here"
ELSEWHERE = "there"


def about(number: float) -> Any:
    """The number, equal to 1e-9; may stand anywhere in what is compared."""
    return pytest.approx(number, rel=0, abs=1e-9)


def level(cell: str | float) -> Level:
    """A cell as it would be written: ``3``, ``"3!"``, ``"2?"``, ``"n/a"``."""
    text = str(cell)
    plain = text.rstrip("!?")
    return Level(None if plain == "n/a" else float(plain), critical="!" in text, low="?" in text)


def row(cells: Mapping[str, str | float | None]) -> dict[str, Level]:
    """The filled cells of a row."""
    return {indicator: level(cell) for indicator, cell in cells.items() if cell is not None}


def practice(id_: str, *, source: str | None = ELSEWHERE, objectives: Sequence[str] = ()) -> Practice:
    return Practice(
        id=id_, title=id_.upper(), source=source, objectives=tuple(Objective(name) for name in objectives)
    )


def make_study(
    indicators: Sequence[Indicator],
    *,
    practices: Iterable[Practice | str],
    merits: Mapping[str, Mapping[str, str | float | None]] | None = None,
    requirements: Mapping[str, Mapping[str, str | float | None]] | None = None,
    profile: Mapping[str, float | None] | Mapping[str, ProfileValue] | None = None,
    assessments: Iterable[Assessment] = (),
    adaptations: Iterable[Adaptation] = (),
    pilots: Iterable[Pilot] = (),
    dimensions: Mapping[str, float] | None = None,
    profiles: Mapping[str, Mapping[str, float | None]] | None = None,
) -> Study:
    """A study with the ecosystems ``here`` and ``there``; ``profile`` is that of ``here``."""
    weights = dimensions or dict.fromkeys([indicator.dimension for indicator in indicators], 1.0)
    listed = [one if isinstance(one, Practice) else practice(one) for one in practices]
    given: dict[str, dict[str, ProfileValue]] = {
        TARGET: {
            id_: value
            if isinstance(value, ProfileValue)
            else ProfileValue(ecosystem=TARGET, indicator=id_, value=value)
            for id_, value in (profile or {}).items()
        }
    }
    for ecosystem, values in (profiles or {}).items():
        given[ecosystem] = {
            id_: ProfileValue(ecosystem=ecosystem, indicator=id_, value=value)
            for id_, value in values.items()
        }
    return Study(
        practices={one.id: one for one in listed},
        merits={id_: row(cells) for id_, cells in (merits or {}).items()},
        requirements={id_: row(cells) for id_, cells in (requirements or {}).items()},
        basis=(),
        assessments=tuple(assessments),
        adaptations=tuple(adaptations),
        pilots=tuple(pilots),
        framework=Framework(
            id="test",
            version="1",
            dimensions=tuple(
                Dimension(id=id_, name=id_, weight=float(weight)) for id_, weight in weights.items()
            ),
            indicators=tuple(indicators),
            settings=Settings(),
        ),
        ecosystems={
            id_: Ecosystem(id=id_, name=id_.title()) for id_ in sorted({TARGET, ELSEWHERE, *(profiles or {})})
        },
        profile=given,
        inputs=(),
    )


def merit(id_: str, dimension: str = "d", weight: float = 1.0, floor: float | None = None) -> Indicator:
    return Indicator(id=id_, dimension=dimension, name=id_, role=Role.MERIT, weight=weight, floor=floor)


def condition(
    id_: str,
    dimension: str = "d",
    *,
    weight: float = 1.0,
    critical: bool = False,
    effort: float = 1.0,
    match: str = "at-least",
    scale: tuple[float, float, float] = (0.0, 4.0, 1.0),
) -> Indicator:
    """``scale`` is worst, best and step; a step of 0 is a continuous scale."""
    worst, best, step = scale
    return Indicator(
        id=id_,
        dimension=dimension,
        name=id_,
        role=Role.CONDITION,
        weight=weight,
        critical=critical,
        effort=effort,
        match=Match(match),
        worst=worst,
        best=best,
        step=step,
    )


def need(
    id_: str,
    dimension: str = "d",
    *,
    objective: str = "quality",
    weight: float = 1.0,
    scale: tuple[float, float, float] = (0.0, 4.0, 1.0),
) -> Indicator:
    worst, best, step = scale
    return Indicator(
        id=id_,
        dimension=dimension,
        name=id_,
        role=Role.NEED,
        objective=Objective(objective),
        weight=weight,
        worst=worst,
        best=best,
        step=step,
    )


def judgement(id_: str, dimension: str = "d", weight: float = 1.0, floor: float | None = None) -> Indicator:
    return Indicator(id=id_, dimension=dimension, name=id_, role=Role.JUDGEMENT, weight=weight, floor=floor)


def rating(
    practice_: str,
    indicator: str,
    value: float | None,
    *,
    assessor: str = "ana",
    importance: float | None = None,
    confidence: str = "medium",
    target: str = TARGET,
) -> Assessment:
    return Assessment(
        practice=practice_,
        target=target,
        indicator=indicator,
        assessor=assessor,
        rating=value,
        importance=importance,
        confidence=Confidence(confidence),
    )


def adaptation(
    practice_: str, id_: str, indicator: str, cell: str | float | None, title: str | None = None
) -> Adaptation:
    return Adaptation(
        practice=practice_,
        adaptation=id_,
        title=title,
        indicator=indicator,
        required=None if cell is None else level(cell),
    )


# Worst, best and step, with the levels that a random study may hold. Few levels, so that ties are common.
_SCALES: tuple[tuple[tuple[float, float, float], tuple[float, ...]], ...] = (
    ((0.0, 4.0, 1.0), (0.0, 1.0, 2.0, 3.0, 4.0)),
    ((4.0, 0.0, 1.0), (0.0, 1.0, 2.0, 3.0, 4.0)),
    ((1.0, 5.0, 2.0), (1.0, 3.0, 5.0)),
    ((0.0, 1.0, 0.1), (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.0)),
    ((0.0, 100.0, 0.0), (0.0, 12.5, 50.0, 52.0, 97.0, 100.0, 130.0)),
    ((30.0, 5.0, 0.0), (2.0, 5.0, 6.0, 6.25, 11.7, 30.0, 33.0)),
)


def random_indicator(random: Random, id_: str, dimension: str) -> tuple[Indicator, tuple[float, ...]]:
    """An indicator of any role and scale, and levels to choose from."""
    role = random.choice([Role.CONDITION, Role.CONDITION, Role.CONDITION, *Role])
    (worst, best, step), levels = random.choice(_SCALES)
    return (
        Indicator(
            id=id_,
            dimension=dimension,
            name=id_,
            role=role,
            worst=worst,
            best=best,
            step=step,
            weight=random.choice([0.0, 0.5, 1.0, 1.0, 1.0, 2.0, 0.3]),
            match=random.choice([Match.AT_LEAST, Match.AT_LEAST, Match.SIMILAR]),
            critical=random.random() < 0.15,
            floor=random.choice([*levels, *[None] * 8]),
            objective=random.choice(list(Objective)) if role is Role.NEED else None,
            effort=random.choice([1.0, 1.0, 2.0, 3.0, 0.1, 0.7]),
        ),
        levels,
    )


def random_study(random: Random, *, most_indicators: int = 7, most_practices: int = 6) -> Study:
    """A small study with everything: blanks, n/a, floors, ties, several assessors, adaptations."""
    dimensions = [f"d{n}" for n in range(random.randint(1, 3))]
    indicators: list[Indicator] = []
    levels: dict[str, tuple[float, ...]] = {}
    for n in range(random.randint(1, most_indicators)):
        indicator, choice = random_indicator(random, f"i{n}", random.choice(dimensions))
        indicators.append(indicator)
        levels[indicator.id] = choice
    ids = [f"p{n}" for n in range(random.randint(1, most_practices))]
    random.shuffle(ids)
    blank = random.choice([0.0, 0.15, 0.4])

    def cells(role: Role) -> dict[str, dict[str, Level]]:
        return {
            id_: {
                i.id: Level(
                    None if random.random() < 0.1 else random.choice(levels[i.id]),
                    critical=random.random() < 0.1,
                    low=random.random() < 0.2,
                )
                for i in indicators
                if i.role is role and random.random() >= blank
            }
            for id_ in ids
            if random.random() < 0.9
        }

    def assessment(id_: str, indicator: str, assessor: str) -> Assessment:
        return Assessment(
            practice=id_,
            target=random.choice([TARGET, TARGET, TARGET, ELSEWHERE]),
            indicator=indicator,
            assessor=assessor,
            rating=None if random.random() < 0.15 else random.choice(levels[indicator]),
            importance=random.choice([None, None, 0.5, 2.0, 1.5]),
            confidence=random.choice(list(Confidence)),
        )

    base = make_study(
        indicators,
        practices=[
            Practice(
                id=id_,
                title=id_.upper(),
                source=random.choice([ELSEWHERE, ELSEWHERE, ELSEWHERE, ELSEWHERE, None, TARGET]),
                objectives=tuple(random.sample(list(Objective), random.choice([0, 1, 2, 4]))),
            )
            for id_ in ids
        ],
        profile={i.id: random.choice(levels[i.id]) for i in indicators if random.random() >= blank / 2},
        assessments=[
            assessment(id_, i.id, assessor)
            for id_ in ids
            for i in indicators
            for assessor in ("ana", "ben", "cleo", "consensus")
            if random.random() < (0.6 if i.role is Role.JUDGEMENT and assessor != "consensus" else 0.05)
        ],
        adaptations=[
            Adaptation(
                practice=id_,
                adaptation=form,
                indicator=i.id,
                required=random.choice(
                    [None, Level(None), *(Level(x, low=random.random() < 0.5) for x in levels[i.id])]
                ),
            )
            for id_ in ids
            for form in ("lite", "base")
            for i in indicators
            if i.role is Role.CONDITION and random.random() < 0.25
        ],
        dimensions={id_: random.choice([1.0, 1.0, 2.0, 0.5, 0.0]) for id_ in dimensions},
    )
    return base.model_copy(update={"merits": cells(Role.MERIT), "requirements": cells(Role.CONDITION)})
