"""What the formulas of the model give today: the engine's results, and the steps in between.

The results are those of the report. The steps between input and result are worked out again here, because a
report does not keep them; the tests hold every one of them against what LibreOffice computes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import UNRANKED, PracticeClass, PracticeResult, Status
from dualeco_cli.model.rows import Assessment, Indicator, Level, Role
from dualeco_cli.reports.excel.inputs import level_cell
from dualeco_cli.reports.excel.live.layout import Layout
from dualeco_cli.reports.tables import Value

#: The words that formulas pass on in place of a number: not known, and not applicable.
UNKNOWN, NOT_APPLICABLE = "", "n/a"
#: For the geometric mean a value below this counts as this (design, 4.3).
LEAST_VALUE = 0.01
#: The assessor whose row settles a judgement.
CONSENSUS = "consensus"


@dataclass(frozen=True)
class Numbers:
    """The values of one workbook, by the same places as its :class:`Layout`."""

    layout: Layout

    # Results

    @cached_property
    def results(self) -> list[dict[str, PracticeResult]]:
        """The results by target and practice."""
        return [{one.id: one for one in target.practices} for target in self.layout.report.targets]

    def result(self, target: int, practice: int) -> PracticeResult:
        """The result of a practice for a target."""
        return self.results[target][self.layout.practices[practice]]

    @cached_property
    def exponent(self) -> float:
        """1 for the arithmetic mean, 0 for the geometric one."""
        return float(self.layout.report.method.compensation)

    def code(self, target: int, practice: int) -> int:
        """The number of the class, from 1, in the order in which they are tried (design, 4.5)."""
        return list(PracticeClass).index(self.result(target, practice).class_) + 1

    def tier(self, target: int, practice: int) -> int:
        """0 for what is ranked, 1 for what has a score, 2 for the rest."""
        result = self.result(target, practice)
        if result.class_ not in UNRANKED:
            return 0
        return 2 if result.score is None else 1

    @cached_property
    def orders(self) -> dict[str, int]:
        """The number of each practice in the order of their ids: what decides between equal ones."""
        return {id_: number for number, id_ in enumerate(sorted(self.layout.practices), 1)}

    def key(self, target: int, practice: int) -> float:
        """What the practices of a target are listed by."""
        tier, within = self.tier(target, practice), 0
        result = self.result(target, practice)
        if tier == 0:
            within = result.rank or 0
        elif tier == 1:
            within = 1 + sum(
                self.tier(target, other) == 1
                and (self.result(target, other).score or 0.0) > (result.score or 0.0) + EQUAL
                for other in range(len(self.layout.practices))
            )
        return tier * 1e10 + within * 1e5 + self.orders[self.layout.practices[practice]]

    def place(self, target: int, practice: int) -> int:
        """The place in the list of a target, from 1."""
        return self._places[target][practice]

    @cached_property
    def _places(self) -> list[list[int]]:
        everyone = range(len(self.layout.practices))
        found = []
        for target in range(len(self.layout.targets)):
            keys = [self.key(target, practice) for practice in everyone]
            ordered = {key: place for place, key in enumerate(sorted(keys), 1)}
            found.append([ordered[key] for key in keys])
        return found

    def listed(self, target: int) -> list[int]:
        """The practices of a target as they are listed."""
        return sorted(range(len(self.layout.practices)), key=lambda practice: self.place(target, practice))

    # What a practice needs and shows, whatever the target

    def level(self, practice: int, place: int) -> Level | None:
        """The cell of Requirements or Merits."""
        indicator, study = self.layout.indicators[place], self.layout.study
        sheet = study.requirements if indicator.role is Role.CONDITION else study.merits
        return sheet.get(self.layout.practices[practice], {}).get(indicator.id)

    def given(self, practice: int, place: int) -> Value:
        """The cell without its marks: a number, ``n/a``, or nothing."""
        level = self.level(practice, place)
        if level is None:
            return UNKNOWN
        if level.value is None:
            return NOT_APPLICABLE
        written = level_cell(level)
        # What stands there with a mark is a text, and stays one without it.
        return written.rstrip("!?") if isinstance(written, str) else level.value

    def normalised(self, practice: int, place: int) -> Value:
        """N of what is required or rated; for needs 1 where the practice serves the objective."""
        indicator = self.layout.indicators[place]
        if indicator.role is Role.NEED:
            objectives = self.layout.study.practices[self.layout.practices[practice]].objectives
            if not objectives:
                return UNKNOWN
            serves = indicator.objective is None or indicator.objective in objectives
            return 1.0 if serves else NOT_APPLICABLE
        level = self.level(practice, place)
        if level is None:
            return UNKNOWN
        return NOT_APPLICABLE if level.value is None else indicator.normalise(level.value)

    def limit(self, practice: int, place: int) -> float:
        """The value below which there is a barrier; -1 where nothing is one."""
        indicator = self.layout.indicators[place]
        general = self.general_limit(place)
        if indicator.role is not Role.CONDITION:
            return general
        level = self.level(practice, place)
        marked = level is not None and level.value is not None and level.critical
        critical = indicator.critical or marked
        return general if critical else -1.0

    def general_limit(self, place: int) -> float:
        """The value below which an indicator is a barrier, should it be critical or have a floor."""
        indicator = self.layout.indicators[place]
        if indicator.role is Role.CONDITION:
            return (0.95 if indicator.continuous else 1.0) - EQUAL
        if indicator.floor is None or indicator.role is Role.NEED:
            return -1.0
        return indicator.normalise(indicator.floor) - EQUAL

    # What a target has

    def profile(self, target: int, place: int) -> float | None:
        """The value of the profile."""
        held = self.layout.study.profile.get(self.layout.targets[target], {})
        value = held.get(self.layout.indicators[place].id)
        return None if value is None else value.value

    # Judgements

    @cached_property
    def _judgements(self) -> Mapping[tuple[str, str, str], Sequence[Assessment]]:
        found: dict[tuple[str, str, str], list[Assessment]] = {}
        for row in self.layout.study.assessments:
            found.setdefault((row.target, row.practice, row.indicator), []).append(row)
        return found

    def _rows(self, target: int, practice: int, place: int) -> Sequence[Assessment]:
        unit = (
            self.layout.targets[target],
            self.layout.practices[practice],
            self.layout.indicators[place].id,
        )
        return self._judgements.get(unit, ())

    def rating(self, target: int, practice: int, place: int) -> float | None:
        """What the assessors together say (design, 4.4)."""
        rows = self._rows(target, practice, place)
        ratings = [row.rating for row in rows if row.rating is not None]
        settled = _settled(rows)
        if settled is not None:
            return settled.rating
        return float(median(ratings)) if ratings else None

    def importance(self, target: int, practice: int, place: int) -> float:
        """What multiplies the weight."""
        rows = self._rows(target, practice, place)
        settled = _settled(rows)
        if settled is not None:
            return 1.0 if settled.importance is None else settled.importance
        given = [row.importance for row in rows if row.importance is not None]
        return float(median(given)) if given else 1.0

    # Values and weights

    @cached_property
    def _values(self) -> dict[tuple[int, str], dict[str, Value]]:
        found: dict[tuple[int, str], dict[str, Value]] = {}
        for target, results in enumerate(self.results):
            for id_, result in results.items():
                found[target, id_] = {
                    one.id: NOT_APPLICABLE
                    if one.status == Status.NOT_APPLICABLE
                    else UNKNOWN
                    if one.value is None
                    else one.value
                    for one in result.indicators
                }
        return found

    def value(self, target: int, practice: int, place: int) -> Value:
        """V of the design, ``n/a``, or nothing."""
        id_ = self.layout.practices[practice]
        return self._values[target, id_].get(self.layout.indicators[place].id, UNKNOWN)

    def weight(self, target: int, practice: int, place: int) -> float:
        """The weight within the dimension times the importance; 0 for what does not apply."""
        if self.value(target, practice, place) == NOT_APPLICABLE:
            return 0.0
        indicator: Indicator = self.layout.indicators[place]
        return indicator.weight * self.importance(target, practice, place)

    def term(self, target: int, practice: int, place: int) -> Value:
        """What enters the mean: the value, or its logarithm."""
        value = self.value(target, practice, place)
        if not isinstance(value, int | float):
            return UNKNOWN
        return value if self.exponent == 1 else math.log(max(value, LEAST_VALUE))

    def dimension(self, target: int, practice: int, dimension: int) -> dict[str, Value]:
        """The blocks of a dimension, but for its factor."""
        first, last = self.layout.members(self.layout.dimensions[dimension])
        within = known = total = 0.0
        for place in range(first, last + 1):
            weight = self.weight(target, practice, place)
            term = self.term(target, practice, place)
            within += weight
            if isinstance(term, int | float):
                known += weight
                total += weight * term
        id_ = self.layout.dimensions[dimension].id
        result = self.result(target, practice)
        score = next((one.score for one in result.dimensions if one.id == id_), None)
        return {"within": within, "known": known, "sum": total, "score": _or_nothing(score)}

    def blocks(self, target: int, practice: int) -> tuple[list[dict[str, Value]], float]:
        """The blocks of all dimensions, and the sum of the weights of those that count."""
        blocks = [self.dimension(target, practice, number) for number in range(len(self.layout.dimensions))]
        counts = [_number(block["within"]) > 0 for block in blocks]
        share = sum(
            one.weight for one, counted in zip(self.layout.dimensions, counts, strict=True) if counted
        )
        for one, block in zip(self.layout.dimensions, blocks, strict=True):
            within = _number(block["within"])
            block["factor"] = one.weight / within / share if within > 0 and share > 0 else 0.0
        return blocks, share


def _settled(rows: Sequence[Assessment]) -> Assessment | None:
    """The row on which the assessors agreed."""
    return next((row for row in rows if row.assessor == CONSENSUS and row.rating is not None), None)


def _or_nothing(number: float | None) -> Value:
    return UNKNOWN if number is None else number


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
