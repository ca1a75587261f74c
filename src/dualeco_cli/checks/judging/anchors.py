"""Scales whose ends nobody has said the meaning of: two people will rate differently on them."""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.numbers import show
from dualeco_cli.checks.records import Located
from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.rows import Indicator


def check_anchors(indicators: Sequence[Located[Indicator]], collector: Collector) -> None:
    """Tell of levels without words at an end of the scale, and of measures without unit or source.

    A scale of which no level is described, while others are, is left to ``levels-not-described``.
    """
    described = any(located.row.levels for located in indicators)
    for located in indicators:
        row = located.row
        if row.continuous:
            missing = _measure(row)
        elif row.levels or not described:
            missing = _levels(row)
        else:
            missing = None
        if missing is not None:
            collector.add(
                "scale-not-anchored",
                located.place("id"),
                header=located.record.header("id"),
                found=row.id,
                indicator=row.id,
                missing=missing,
            )


def _measure(row: Indicator) -> str | None:
    """What a continuous scale lacks, in words."""
    if row.unit is None and row.source is None:
        return _("its unit is blank, and so is the source of its ends")
    if row.unit is None:
        return _("its unit is blank")
    return _("the source of its ends is blank") if row.source is None else None


def _levels(row: Indicator) -> str | None:
    """Which ends of a scale of levels have no words."""
    blank = [end for end in sorted((row.worst, row.best)) if not _has(row, end)]
    if not blank:
        return None
    if len(blank) == 1:
        return _("{column} is blank").format(column=_column(blank[0]))
    return _("{low} and {high} are blank").format(low=_column(blank[0]), high=_column(blank[1]))


def _has(row: Indicator, end: float) -> bool:
    return any(abs(level - end) <= EQUAL for level in row.levels)


def _column(level: float) -> str:
    return f"level_{show(level)}"
