"""Studies in which nearly everything is uncertain, built from the models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from dualeco_cli.model.result import Method
from dualeco_cli.model.rows import (
    Assessment,
    Confidence,
    Dimension,
    Ecosystem,
    Indicator,
    Level,
    Match,
    Objective,
    Practice,
    ProfileValue,
    Role,
    Settings,
)
from dualeco_cli.model.study import Framework, Study

TARGET = "here"
ELSEWHERE = "there"


def build(
    indicators: Sequence[Indicator],
    practices: Sequence[Practice],
    *,
    merits: Mapping[str, Mapping[str, Level]] | None = None,
    requirements: Mapping[str, Mapping[str, Level]] | None = None,
    profile: Sequence[ProfileValue] = (),
    assessments: Sequence[Assessment] = (),
    weights: Mapping[str, float] | None = None,
) -> Study:
    """A study with the ecosystems ``here``, whose profile is given, and ``there``."""
    names = list(dict.fromkeys(i.dimension for i in indicators))
    return Study(
        practices={one.id: one for one in practices},
        merits=merits or {},
        requirements=requirements or {},
        basis=(),
        assessments=tuple(assessments),
        adaptations=(),
        pilots=(),
        framework=Framework(
            id="test",
            version="1",
            dimensions=tuple(
                Dimension(id=name, name=name, weight=(weights or {}).get(name, 1.0)) for name in names
            ),
            indicators=tuple(indicators),
            settings=Settings(),
        ),
        ecosystems={id_: Ecosystem(id=id_, name=id_) for id_ in (TARGET, ELSEWHERE)},
        profile={TARGET: {one.indicator: one for one in profile}},
        inputs=(),
    )


def practice(id_: str, source: str | None = ELSEWHERE) -> Practice:
    return Practice(id=id_, title=id_, source=source)


def merit(id_: str, dimension: str = "d", *, weight: float = 1.0, continuous: bool = True) -> Indicator:
    """A merit on a scale from 0 to 100, or with the levels 0 to 4."""
    return Indicator(
        id=id_,
        dimension=dimension,
        name=id_,
        role=Role.MERIT,
        weight=weight,
        worst=0.0,
        best=100.0 if continuous else 4.0,
        step=0.0 if continuous else 1.0,
    )


def merits_of(
    values: Mapping[str, Sequence[float]], weights: Mapping[str, float] | None = None, low: bool = False
) -> Study:
    """Practices with certain merits on 0 to 100, each indicator a dimension of its own."""
    width = len(next(iter(values.values())))
    return build(
        [merit(f"i{n}", f"d{n}") for n in range(width)],
        [practice(id_) for id_ in values],
        merits={
            id_: {f"i{n}": Level(value, low=low) for n, value in enumerate(row)}
            for id_, row in values.items()
        },
        weights=weights,
    )


def method(**given: object) -> Method:
    """A method, without thresholds that matter unless they are given."""
    return Method.model_validate({"samples": 2000, **given})


_SCALES: tuple[tuple[tuple[float, float, float], tuple[float, ...]], ...] = (
    ((0.0, 4.0, 1.0), (0.0, 1.0, 2.0, 3.0, 4.0)),
    ((4.0, 0.0, 1.0), (0.0, 1.0, 2.0, 3.0, 4.0)),
    ((1.0, 5.0, 2.0), (1.0, 3.0, 5.0)),
    ((0.0, 100.0, 0.0), (0.0, 12.5, 50.0, 52.0, 97.0, 100.0, 130.0)),
    ((30.0, 5.0, 0.0), (2.0, 5.0, 6.0, 6.25, 11.7, 30.0, 33.0)),
)


def random_study(random: Random, *, most_indicators: int = 8, most_practices: int = 6) -> Study:
    """A study in which everything may occur that the simulation has to do with."""
    dimensions = [f"d{n}" for n in range(random.randint(1, 3))]
    indicators: list[Indicator] = []
    levels: dict[str, tuple[float, ...]] = {}
    for n in range(random.randint(2, most_indicators)):
        (worst, best, step), choice = random.choice(_SCALES)
        role = random.choice([Role.CONDITION, Role.CONDITION, *Role])
        indicators.append(
            Indicator(
                id=f"i{n}",
                dimension=random.choice(dimensions),
                name=f"i{n}",
                role=role,
                worst=worst,
                best=best,
                step=step,
                weight=random.choice([0.0, 0.5, 1.0, 1.0, 2.0]),
                match=random.choice([Match.AT_LEAST, Match.AT_LEAST, Match.SIMILAR]),
                critical=random.random() < 0.2,
                floor=random.choice([*choice, None, None, None, None, None, None]),
                objective=Objective.QUALITY if role is Role.NEED else None,
            )
        )
        levels[f"i{n}"] = choice
    used = [d for d in dimensions if any(i.dimension == d for i in indicators)]
    ids = [f"p{n}" for n in range(random.randint(2, most_practices))]
    blank = random.choice([0.0, 0.1, 0.3])

    def cells(role: Role) -> dict[str, dict[str, Level]]:
        return {
            id_: {
                i.id: Level(
                    None if random.random() < 0.1 else random.choice(levels[i.id]),
                    critical=random.random() < 0.1,
                    low=random.random() < 0.4,
                )
                for i in indicators
                if i.role is role and random.random() >= blank
            }
            for id_ in ids
        }

    return build(
        indicators,
        [
            Practice(
                id=id_,
                title=id_,
                source=random.choice([ELSEWHERE, ELSEWHERE, ELSEWHERE, TARGET]),
                objectives=random.choice([(), (Objective.QUALITY,), (Objective.QUALITY,), (Objective.WBL,)]),
            )
            for id_ in ids
        ],
        merits=cells(Role.MERIT),
        requirements=cells(Role.CONDITION),
        profile=[
            ProfileValue(
                ecosystem=TARGET,
                indicator=i.id,
                value=random.choice(levels[i.id]),
                confidence=random.choice(list(Confidence)),
            )
            for i in indicators
            if random.random() >= blank
        ],
        assessments=[
            Assessment(
                practice=id_,
                target=TARGET,
                indicator=i.id,
                assessor=assessor,
                rating=random.choice(levels[i.id]),
                importance=random.choice([None, None, 0.5, 2.0]),
                confidence=random.choice(list(Confidence)),
            )
            for id_ in ids
            for i in indicators
            for assessor in ("ana", "ben")
            if i.role is Role.JUDGEMENT and random.random() < 0.6
        ],
        weights={d: random.choice([1.0, 1.0, 2.0, 0.5, 0.0]) if n else 1.0 for n, d in enumerate(used)},
    )
