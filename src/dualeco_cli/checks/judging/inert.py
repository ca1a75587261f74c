"""Indicators on which everything agrees, so that they tell no practices apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.judging.placing import Spots
from dualeco_cli.checks.judging.weights import Weighing
from dualeco_cli.checks.wording import figure
from dualeco_cli.language import _, decimal, grouped, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.rows import Indicator, Match, Role
from dualeco_cli.model.study import Study

#: From so many practices on, agreement says something.
LEAST_KNOWN = 3


@dataclass(slots=True)
class _Range:
    """The least and the greatest of some numbers."""

    low: float = math.inf
    high: float = -math.inf

    def add(self, value: float) -> None:
        self.low, self.high = min(self.low, value), max(self.high, value)

    @property
    def is_one(self) -> bool:
        """Whether there are numbers, all equal."""
        return self.low <= self.high <= self.low + EQUAL


def check_inert(study: Study, spots: Spots, weighing: Weighing, collector: Collector) -> None:
    """Tell of indicators with one and the same value for all practices and targets of which it is known.

    Merits and judgements: all ratings are equal. Conditions: the fit is the same for every practice, as it is
    and adapted, and every target but its own source. Needs: within one target a need is the same for all
    practices that serve its objective, and still tells them from the others; so it is inert only where every
    practice serves it and every target has the same value. At least three practices have to be known.

    What weighs nothing is left to ``indicator-without-effect``.
    """
    ratings = _ratings(study)
    requirements = _requirements(study)
    for row in study.framework.indicators:
        if row.id not in spots or weighing.indicators.get(row.id, 0.0) <= 0:
            continue
        if row.role is Role.CONDITION:
            agreed = _fits(row, requirements.get(row.id), study)
        elif row.role is Role.NEED:
            agreed = _needs(row, study)
        else:
            agreed = _rated_alike(ratings.get(row.id, {}))
        if agreed is not None:
            spots.tell(collector, "indicator-inert", row.id, agreed=agreed)


def _ratings(study: Study) -> dict[str, dict[tuple[str, str | None, str | None], float]]:
    """Ratings by indicator, and by practice, target and assessor as far as they are given by these."""
    found: dict[str, dict[tuple[str, str | None, str | None], float]] = {}
    for practice, levels in study.merits.items():
        for id_, level in levels.items():
            if level.value is not None:
                found.setdefault(id_, {})[practice, None, None] = level.value
    for row in study.assessments:
        if row.rating is not None:
            found.setdefault(row.indicator, {})[row.practice, row.target, row.assessor] = row.rating
    return found


def _rated_alike(ratings: dict[tuple[str, str | None, str | None], float]) -> str | None:
    held = _Range()
    for value in ratings.values():
        held.add(value)
    practices = len({practice for practice, _target, _assessor in ratings})
    if practices < LEAST_KNOWN or not held.is_one:
        return None
    return plural(
        "the rating is {level} for all {count} practice that has one",
        "the rating is {level} for all {count} practices that have one",
        practices,
        level=figure(held.low),
    )


@dataclass(slots=True)
class _Required:
    """The levels that practices require on one condition: the different ones, each with its source."""

    practices: int
    levels: set[tuple[float, str | None]]


def _requirements(study: Study) -> dict[str, _Required]:
    found: dict[str, _Required] = {}
    sources = {id_: practice.source for id_, practice in study.practices.items()}
    for practice, levels in study.requirements.items():
        for id_, level in levels.items():
            if level.value is not None:
                held = found.setdefault(id_, _Required(0, set()))
                held.practices += 1
                held.levels.add((level.value, sources.get(practice)))
    for row in study.adaptations:
        if row.required is not None and row.required.value is not None and row.indicator in found:
            found[row.indicator].levels.add((row.required.value, sources.get(row.practice)))
    return found


def _fits(row: Indicator, required: _Required | None, study: Study) -> str | None:
    if required is None or required.practices < LEAST_KNOWN:
        return None
    held = _Range()
    targets: set[str] = set()
    for ecosystem, values in study.profile.items():
        value = values.get(row.id)
        actual = value.value if value is not None else None
        for level, source in required.levels:
            if source == ecosystem:
                continue
            if actual is not None:
                held.add(row.fit(level, actual))
                targets.add(ecosystem)
            elif row.match is Match.AT_LEAST and row.normalise(level) <= 0:
                held.add(1.0)  # nothing is required: met whatever the target has (design, 4.4)
    if not held.is_one or not targets:
        return None
    points = decimal(f"{100 * held.low:.4g}")
    return plural(
        "what {practices} practices require is met to {points} of 100 in the one target that is known",
        "what {practices} practices require is met to {points} of 100 in each of the {count} targets known",
        len(targets),
        practices=grouped(required.practices),
        points=points,
    )


def _needs(row: Indicator, study: Study) -> str | None:
    practices = study.practices.values()
    if len(practices) < LEAST_KNOWN or not all(row.objective in one.objectives for one in practices):
        return None
    held = _Range()
    count = 0
    for value in _known(row.id, study):
        held.add(row.normalise(value))
        count += 1
    if count < LEAST_KNOWN or not held.is_one:
        return None
    return _(
        "every practice serves its objective, and it is equally great in all {count} targets known"
    ).format(count=grouped(count))


def _known(id_: str, study: Study) -> Iterable[float]:
    for values in study.profile.values():
        value = values.get(id_)
        if value is not None and value.value is not None:
            yield value.value
