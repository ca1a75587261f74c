"""What is legal but suspicious: rules that look at a practice and its surroundings together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dualeco_cli.checks.cells import TOLERANCE
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.numbers import show
from dualeco_cli.checks.records import Located
from dualeco_cli.model.rows import Indicator, Practice, ProfileValue, Requirements, Role

#: A continuous condition counts as met from here on (design, 4.5).
CONTINUOUS_MET = 0.95


def check_home(
    requirements: Iterable[Located[Requirements]],
    practices: Mapping[str, Practice],
    indicators: Mapping[str, Indicator],
    profile: Mapping[str, Mapping[str, ProfileValue]],
    collector: Collector,
) -> None:
    """Warn of requirements that the practice's own source does not meet: one of the two is probably wrong."""
    for located in requirements:
        practice = practices.get(located.row.practice)
        if practice is None or practice.source is None:
            continue
        at_home = profile.get(practice.source, {})
        for id_, level in located.row.levels.items():
            indicator, held = indicators.get(id_), at_home.get(id_)
            if indicator is None or level.value is None or held is None or held.value is None:
                continue
            enough = CONTINUOUS_MET if indicator.continuous else 1.0
            if indicator.fit(level.value, held.value) < enough - TOLERANCE:
                collector.add(
                    "home-falls-short",
                    located.place(id_),
                    header=located.record.header(id_),
                    found=show(level.value),
                    expected=f"at most {show(held.value)}",
                    practice=practice.id,
                    indicator=id_,
                    source=practice.source,
                    actual=show(held.value),
                )


def check_critical(
    requirements: Iterable[Located[Requirements]], indicators: Mapping[str, Indicator], collector: Collector
) -> None:
    """Warn of ``n/a`` on a condition that the framework calls critical."""
    critical = {id_ for id_, row in indicators.items() if row.role is Role.CONDITION and row.critical}
    if not critical:
        return
    for located in requirements:
        for id_, level in located.row.levels.items():
            if level.value is None and id_ in critical:
                collector.add(
                    "critical-not-applicable",
                    located.place(id_),
                    header=located.record.header(id_),
                    found="n/a",
                    expected="a level, or 0 where nothing is needed",
                    indicator=id_,
                )
