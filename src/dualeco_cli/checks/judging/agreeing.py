"""Indicators whose values rise and fall together: under two names they may measure one thing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.judging.placing import Spots
from dualeco_cli.checks.judging.weights import Weighing
from dualeco_cli.checks.wording import all_of
from dualeco_cli.language import grouped, percent, plural
from dualeco_cli.model.rows import Indicator, Role
from dualeco_cli.model.study import Study

#: So many ecosystems, or practices, with both values say something.
LEAST_ECOSYSTEMS = 4
LEAST_PRACTICES = 8

#: Less often than once in so many pairs two columns may agree by chance.
_LEAST_SURPRISE = math.log(20)
#: And of all pairs compared, fewer than this are to be expected to do so.
_MOST_BY_CHANCE = math.log(0.5)

#: Of a role with more indicators than this only the first are compared: there would be too many pairs.
_MOST_INDICATORS = 200

#: So many values are looked at before all of them are.
_FIRST_LOOK = 100

_Column = list[float | None]


@dataclass(frozen=True, slots=True)
class _Agreement:
    """In how many cases two columns agree, and the logarithm of one over the probability that they do so."""

    cases: int
    of_practices: bool
    surprise: float


def check_agreement(study: Study, spots: Spots, weighing: Weighing, collector: Collector) -> None:
    """Tell of pairs of needs, conditions or merits with the same rank order in everything that is known.

    Needs are compared over ecosystems, merits over practices, conditions over both: what the ecosystems have
    and what the practices require. Two columns agree where the order of the one is that of the other, ties
    included (a rank correlation of 1), over at least four ecosystems or eight practices. Where both can be
    compared, both have to agree.

    Few values often agree by chance: with counts c_k of the equal values among n there are n! / Π c_k!
    orders, and by chance two columns with these counts agree with the probability Π c_k! / n!. A pair is told
    only where that is below one in twenty, and below a half when multiplied by the number of pairs compared.
    So four ecosystems suffice only where all four differ, and only in a small framework.

    Each indicator is named once, beside the first that it agrees with.
    """
    has, rated = _profile_columns(study), _rated_columns(study)
    for role in (Role.NEED, Role.CONDITION, Role.MERIT):
        sources = [
            (columns, least)
            for columns, least, roles in (
                (has, LEAST_ECOSYSTEMS, {Role.NEED, Role.CONDITION}),
                (rated, LEAST_PRACTICES, {Role.CONDITION, Role.MERIT}),
            )
            if role in roles
        ]
        members = [
            row
            for row in study.framework.indicators
            if row.role is role and row.id in spots and any(held.of(row.id, least) for held, least in sources)
        ]
        pairs = [
            pair
            for pair in combinations(members[:_MOST_INDICATORS], 2)
            if any(all(held.of(row.id, least) for row in pair) for held, least in sources)
        ]
        told: set[str] = set()
        for first, second in pairs:
            if second.id in told:
                continue
            found = [
                _agreement(held.of(first.id, least), held.of(second.id, least), least)
                for held, least in sources
            ]
            cases = [one for one in found if isinstance(one, _Agreement)]
            surprise = sum(one.surprise for one in cases)
            by_chance = surprise < _LEAST_SURPRISE or math.log(len(pairs)) - surprise >= _MOST_BY_CHANCE
            if False in found or by_chance:
                continue
            told.add(second.id)
            _tell(first, second, cases, surprise, spots, weighing, collector)


def _tell(
    first: Indicator,
    second: Indicator,
    cases: list[_Agreement],
    surprise: float,
    spots: Spots,
    weighing: Weighing,
    collector: Collector,
) -> None:
    over = [
        plural("over {count} practice", "over {count} practices", one.cases)
        if one.of_practices
        else plural("over {count} ecosystem", "over {count} ecosystems", one.cases)
        for one in cases
    ]
    spots.tell(
        collector,
        "indicators-agree",
        second.id,
        first=first.id,
        second=second.id,
        other=spots.cells[first.id][0].cell,
        over=all_of(over),
        chance=grouped(round(math.exp(min(surprise, 30.0)))),
        share=percent(f"{100 * weighing.together([first.id, second.id]):.1f}"),
    )


class _Columns:
    """n(value) by indicator: a list with a place for each ecosystem or practice, None where unknown."""

    def __init__(self, study: Study, keys: Iterable[str]) -> None:
        self._rows = {row.id: row for row in study.framework.indicators}
        self._place = {key: place for place, key in enumerate(keys)}
        self._held: dict[str, _Column] = {}
        self._known: dict[str, int] = {}
        self._normal: dict[tuple[str, float], float] = {}

    def put(self, id_: str, key: str, value: float | None) -> None:
        """Note a value; what is unknown or of no indicator is left out."""
        place = self._place.get(key)
        if value is None or place is None or id_ not in self._rows:
            return
        normal = self._normal.get((id_, value))
        if normal is None:
            # there are few different levels, so each is normalised once
            normal = self._normal[id_, value] = self._rows[id_].normalise(value)
        column = self._held.get(id_)
        if column is None:
            column = self._held[id_] = [None] * len(self._place)
        column[place] = normal

    def of(self, id_: str, least: int) -> _Column | None:
        """The column of an indicator; None where less than that is known."""
        column = self._held.get(id_)
        if column is None:
            return None
        if id_ not in self._known:
            self._known[id_] = len(column) - column.count(None)
        return column if self._known[id_] >= least else None


def _profile_columns(study: Study) -> _Columns:
    columns = _Columns(study, study.profile)
    for ecosystem, held in study.profile.items():
        for id_, value in held.items():
            columns.put(id_, ecosystem, value.value)
    return columns


def _rated_columns(study: Study) -> _Columns:
    """Levels of merits and requirements."""
    columns = _Columns(study, dict.fromkeys([*study.merits, *study.requirements]))
    for sheet in (study.merits, study.requirements):
        for practice, levels in sheet.items():
            for id_, level in levels.items():
                columns.put(id_, practice, level.value)
    return columns


def _agreement(one: _Column | None, other: _Column | None, least: int) -> _Agreement | bool | None:
    """How far two columns agree; False where they do not, None where there is too little to say so."""
    if one is None or other is None:
        return None
    # most columns part company early; the look at all of them is for the few that do not
    if len(one) > _FIRST_LOOK and _rising(zip(one[:_FIRST_LOOK], other, strict=False)) is None:
        return False
    together = _rising(zip(one, other, strict=True))
    if together is None:
        return False
    counts = Counter(a for a, b in zip(one, other, strict=True) if a is not None and b is not None)
    cases = counts.total()
    if cases < least:
        return None
    orders = math.lgamma(cases + 1) - math.fsum(math.lgamma(count + 1) for count in counts.values())
    return _Agreement(cases, least == LEAST_PRACTICES, orders)


def _rising(pairs: Iterable[tuple[float | None, float | None]]) -> list[tuple[float, float]] | None:
    """The different pairs of known values in order; None where the order of the one is not that of the other.

    It is, ties included, where equal values always stand beside equal values, and greater beside greater.
    """
    known = sorted((a, b) for a, b in set(pairs) if a is not None and b is not None)
    rises = all(low[0] < high[0] and low[1] < high[1] for low, high in pairwise(known))
    return known if rises else None
