"""What things are called in a report: regions, dimensions, indicators, and values in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dualeco_cli.language import _, of_data
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import TargetResult
from dualeco_cli.model.rows import Dimension, Indicator, ProfileValue, Role
from dualeco_cli.model.safe import printable
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers

#: Longer titles and names are cut: a report stays readable whatever somebody pasted into a cell.
LONGEST_NAME = 160
#: Longer running text is cut as well.
LONGEST_TEXT = 1200


@lru_cache(maxsize=8192)
def one_line(text: str | None, longest: int = LONGEST_NAME) -> str:
    """Text of a user as one safe line: no control characters, no line breaks, not endless."""
    line = " ".join(printable(text or "").split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How many of the indicators that look at a region have a value for it."""

    known: int
    of: int


def profile_indicators(study: Study) -> tuple[Indicator, ...]:
    """The indicators that need a profile value and count in the score: needs and conditions with a weight."""
    weights = {dimension.id: dimension.weight for dimension in study.framework.dimensions}
    return tuple(
        indicator
        for indicator in study.framework.indicators
        if indicator.role in {Role.NEED, Role.CONDITION}
        and indicator.weight > 0
        and weights.get(indicator.dimension, 0) > 0
    )


def profile_knowledge(study: Study, ecosystem: str) -> Knowledge:
    """How much of the profile of an ecosystem is known."""
    profile = study.profile.get(ecosystem, {})
    asked = profile_indicators(study)
    known = sum(1 for indicator in asked if _has_value(profile.get(indicator.id)))
    return Knowledge(known, len(asked))


def _has_value(value: ProfileValue | None) -> bool:
    return value is not None and value.value is not None


def indicator_name(indicator: Indicator) -> str:
    """The name of an indicator, or its id where it has none."""
    return one_line(of_data(indicator.name or "")) or one_line(indicator.id)


def dimension_name(dimension: Dimension) -> str:
    """The name of a dimension, or its id where it has none."""
    return one_line(of_data(dimension.name or "")) or one_line(dimension.id)


def region_name(study: Study, id_: str | None) -> str:
    """The name of an ecosystem; what stands in the cell where it is none of the study."""
    if id_ is None:
        return _("source not given")
    ecosystem = study.ecosystems.get(id_)
    return one_line(of_data(ecosystem.name) if ecosystem and ecosystem.name else id_)


def target_name(target: TargetResult, longest: int = LONGEST_NAME) -> str:
    """The name of a target."""
    return one_line(of_data(target.name), longest)


def region_heading(study: Study, id_: str, name: str) -> str:
    """``Lombardy (IT, NUTS ITC4)``."""
    ecosystem = study.ecosystems.get(id_)
    codes = []
    if ecosystem and ecosystem.country:
        codes.append(one_line(ecosystem.country))
    if ecosystem and ecosystem.nuts:
        codes.append(_("NUTS {code}").format(code=one_line(ecosystem.nuts)))
    name = one_line(of_data(name))
    return f"{name} ({', '.join(codes)})" if codes else name


def level_text(indicator: Indicator | None, value: float | None) -> str:
    """A value in words: what its level is called, or the number with its unit."""
    if value is None:
        return _("unknown")
    number = numbers.plain(value)
    if indicator is None:
        return number
    for level, words in indicator.levels.items():
        if abs(level - value) < EQUAL:
            return _("“{words}” ({number})").format(words=one_line(of_data(words)), number=number)
    between = _neighbours(indicator, value)
    if between is not None:
        low, high = between
        return _("{number}, between “{low}” and “{high}”").format(number=number, low=low, high=high)
    if indicator.unit:
        return f"{number} {one_line(of_data(indicator.unit))}"
    return _("{number} on the scale from {worst} to {best}").format(
        number=number, worst=numbers.plain(indicator.worst), best=numbers.plain(indicator.best)
    )


def _neighbours(indicator: Indicator, value: float) -> tuple[str, str] | None:
    """The words of the levels just below and above a value, such as the median of 2 and 3."""
    below = [level for level in indicator.levels if level < value]
    above = [level for level in indicator.levels if level > value]
    if not below or not above:
        return None
    low, high = of_data(indicator.levels[max(below)]), of_data(indicator.levels[min(above)])
    return one_line(low), one_line(high)
