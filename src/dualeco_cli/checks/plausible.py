"""What is legal but suspicious: rules that look at a practice and its surroundings together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.numbers import show
from dualeco_cli.checks.records import Entry
from dualeco_cli.checks.wording import figure
from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.rows import Indicator, Level, Match, ProfileValue, Requirements, Role

#: A continuous condition counts as met from here on (design, 4.5).
CONTINUOUS_MET = 0.95


def _levels(entry: Entry[Requirements]) -> Mapping[str, Level]:
    """The levels of a row as far as they could be read."""
    levels = entry.values.get("levels")
    return levels if isinstance(levels, dict) else {}


def check_home(
    requirements: Iterable[Entry[Requirements]],
    sources: Mapping[str, str],
    indicators: Mapping[str, Indicator],
    profile: Mapping[str, Mapping[str, ProfileValue]],
    collector: Collector,
) -> None:
    """Warn of requirements that the practice's own source does not meet: one of the two is probably wrong.

    ``sources`` gives the source of a practice by its id.
    """
    short: dict[tuple[str, str, float], ProfileValue | None] = {}
    for entry in requirements:
        practice = entry.text("practice") or ""
        source = sources.get(practice)
        if source is None or source not in profile:
            continue
        for id_, level in _levels(entry).items():
            if level.value is None:
                continue
            # a large study has few different levels, so each is compared once
            key = (source, id_, level.value)
            if key not in short:
                held = profile[source].get(id_)
                short[key] = held if _falls_short(level.value, held, indicators.get(id_)) else None
            held = short[key]
            if held is not None and held.value is not None:
                collector.add(
                    "home-falls-short",
                    entry.record.place(id_),
                    header=entry.record.header(id_),
                    found=show(level.value),
                    expected=_("at most {number}").format(number=figure(held.value))
                    if indicators[id_].match is Match.AT_LEAST
                    else figure(held.value),
                    practice=practice,
                    indicator=id_,
                    source=source,
                    actual=figure(held.value),
                )


def _falls_short(required: float, held: ProfileValue | None, indicator: Indicator | None) -> bool:
    """Whether what the source has does not meet what is required; not where either is unknown."""
    if indicator is None or held is None or held.value is None:
        return False
    enough = CONTINUOUS_MET if indicator.continuous else 1.0
    return indicator.fit(required, held.value) < enough - EQUAL


def check_critical(
    requirements: Iterable[Entry[Requirements]], indicators: Mapping[str, Indicator], collector: Collector
) -> None:
    """Warn of ``n/a`` on a condition that the framework calls critical."""
    critical = {id_ for id_, row in indicators.items() if row.role is Role.CONDITION and row.critical}
    if not critical:
        return
    for entry in requirements:
        for id_, level in _levels(entry).items():
            if level.value is None and id_ in critical:
                collector.add(
                    "critical-not-applicable",
                    entry.record.place(id_),
                    header=entry.record.header(id_),
                    found="n/a",
                    expected=_("a level, or 0 where nothing is needed"),
                    indicator=id_,
                )
