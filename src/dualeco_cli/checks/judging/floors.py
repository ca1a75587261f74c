"""Floors that keep nothing out, or only what the threshold keeps out anyway."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.judging.weights import WITH_FLOOR, Weighing
from dualeco_cli.checks.numbers import show
from dualeco_cli.checks.records import Located
from dualeco_cli.checks.wording import figure
from dualeco_cli.language import decimal
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.rows import Indicator, Role, Settings


def check_floors(
    indicators: Sequence[Located[Indicator]], settings: Settings, weighing: Weighing, collector: Collector
) -> None:
    """Tell of floors that can never block a practice that would otherwise be adaptable.

    A practice is blocked where n(x) < n(floor) (design, 4.5).

    *Never*: where n(floor) ≤ 0, the floor stands at ``worst``, and no x is below it.

    *Implied*: let b be the highest n(x) below the floor (:func:`_just_below`). A practice below the floor has
    n(x) ≤ b, and as the mean rises with every value, its score is at most

        S_max = 100 · M_q(b, 1, …, 1; ω) = 100 · (1 − ω_i + ω_i · b^q)^(1/q),

    which is (1 − ω_i)·100 + 100·ω_i·b for full compensation, 100·b^ω_i for partial, and 100·b for none (for
    q ≤ 0 with b at least 0.01). ω_i is the effective weight where everything applies: what is n/a or unknown
    only makes the share of the indicator larger, and so the score of a practice below its floor lower. Where
    S_max < adaptable_from, every such practice is "not yet" by its score alone, and the floor adds nothing.
    An importance that assessors give may still change ω_i; the framework alone does not know of it.

    With no compensation this says: a floor with n(floor) ≤ adaptable_from / 100 adds nothing (on a scale of
    levels b is below n(floor), so a somewhat higher floor may add nothing either).
    """
    for located in indicators:
        row = located.row
        if row.floor is None or row.role not in WITH_FLOOR:
            continue
        if row.normalise(row.floor) <= EQUAL:
            collector.add(
                "floor-never-blocks",
                located.place("floor"),
                header=located.record.header("floor"),
                found=show(row.floor),
                indicator=row.id,
            )
            continue
        below, reached = _just_below(row, row.floor)
        highest = weighing.highest_score(below, weighing.indicators.get(row.id, 0.0))
        threshold = settings.adaptable_from
        if highest < threshold - EQUAL or (not reached and highest <= threshold + EQUAL):
            collector.add(
                "floor-implied",
                located.place("floor"),
                header=located.record.header("floor"),
                found=show(row.floor),
                indicator=row.id,
                highest=decimal(f"{highest:.4g}"),
                threshold=figure(threshold),
            )


def _just_below(row: Indicator, floor: float) -> tuple[float, bool]:
    """b, the least upper bound of n(x) below a floor, and whether a rating can have it.

    A continuous scale comes as near to the floor as it likes, without having it. On a scale of levels b is
    the next level down; a judgement may be the median of two assessors, so there are half levels as well.
    """
    end = row.normalise(floor)
    if row.continuous:
        return end, False
    grain = (row.step / 2 if row.role is Role.JUDGEMENT else row.step) / row.span
    return max(0, math.ceil(end / grain - EQUAL) - 1) * grain, True
