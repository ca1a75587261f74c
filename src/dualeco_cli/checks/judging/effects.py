"""Weights that cannot matter, whatever the practices are like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.judging.weights import WITH_FLOOR, Weighing
from dualeco_cli.checks.numbers import show
from dualeco_cli.checks.records import Located
from dualeco_cli.language import _, decimal
from dualeco_cli.model.rows import Dimension, Indicator, Role

#: What can move a score by fewer points than this from its worst to its best value is not seen in it.
LEAST_EFFECT = 0.5
#: Where all weigh alike, each may weigh little, and that is meant. Below this part of the average it is not.
_FAR_BELOW = 0.5


def check_effects(
    dimensions: Sequence[Located[Dimension]],
    indicators: Sequence[Located[Indicator]],
    weighing: Weighing,
    collector: Collector,
) -> None:
    """Tell of indicators that change no score, of weights too small to see, and of dimensions of one."""
    of_dimension: dict[str, list[Located[Indicator]]] = {}
    for located in indicators:
        of_dimension.setdefault(located.row.dimension, []).append(located)
    weights = {located.row.id: located.row.weight for located in dimensions}
    for located in indicators:
        _check_part(located, weights, collector)
    small = _check_dimensions(dimensions, of_dimension, weighing, collector)
    _check_small(indicators, small, weighing, collector)


def _check_part(located: Located[Indicator], weights: Mapping[str, float], collector: Collector) -> None:
    """An indicator that weighs nothing and stops nothing, or whose weight is lost in its dimension."""
    row = located.row
    if row.weight == 0:
        if row.role is Role.CONDITION and not row.critical:
            reason = _("its weight is 0, and only a requirement marked with ! could make it count")
        elif row.role in WITH_FLOOR and row.floor is None:
            reason = _("its weight is 0, and it has no floor")
        elif row.role is Role.NEED:
            reason = _("its weight is 0")
        else:
            return
    elif weights.get(row.dimension) == 0 and located.record.cells.get("weight") is not None:
        reason = _("it has a weight, but its dimension {dimension} weighs nothing").format(
            dimension=row.dimension
        )
    else:
        return
    at = "weight" if "weight" in located.record.headings else "id"
    collector.add(
        "indicator-without-effect",
        located.place(at),
        header=located.record.header(at),
        found=show(row.weight),
        indicator=row.id,
        reason=reason,
    )


def _check_dimensions(
    dimensions: Sequence[Located[Dimension]],
    of_dimension: Mapping[str, Sequence[Located[Indicator]]],
    weighing: Weighing,
    collector: Collector,
) -> set[str]:
    """Dimensions of one indicator, and those too small to see, which are given back."""
    small: set[str] = set()
    average = _average(weighing.dimensions.values())
    for located in dimensions:
        row = located.row
        members = of_dimension.get(row.id, ())
        if len(members) == 1 and len(of_dimension) > 1:
            _tell_of_one(located, members[0], collector)
        if len(members) > 1 and _is_small(weighing.dimensions.get(row.id, 0.0), average, weighing):
            small.add(row.id)
            _tell_small(located, weighing.dimensions[row.id], weighing, collector)
    return small


def _tell_of_one(located: Located[Dimension], member: Located[Indicator], collector: Collector) -> None:
    # without a sheet Dimensions, the record of a dimension is that of its indicator
    at = "dimension" if located.record is member.record else "id"
    collector.add(
        "dimension-of-one",
        located.place(at),
        header=located.record.header(at),
        found=located.row.id,
        indicator=member.row.id,
    )


def _check_small(
    indicators: Sequence[Located[Indicator]], small: set[str], weighing: Weighing, collector: Collector
) -> None:
    """Indicators too small to see; in a dimension that is so as a whole, the dimension has been told."""
    average = _average(weighing.indicators.values())
    for located in indicators:
        share = weighing.indicators.get(located.row.id, 0.0)
        if located.row.dimension not in small and _is_small(share, average, weighing):
            _tell_small(located, share, weighing, collector)


def _average(shares: Iterable[float]) -> float:
    held = [share for share in shares if share > 0]
    return sum(held) / len(held) if held else 0.0


def _is_small(share: float, average: float, weighing: Weighing) -> bool:
    return 0 < share < _FAR_BELOW * average and weighing.greatest_effect(share) < LEAST_EFFECT


def _tell_small(
    located: Located[Dimension] | Located[Indicator], share: float, weighing: Weighing, collector: Collector
) -> None:
    at = "weight" if "weight" in located.record.headings else "id"
    collector.add(
        "weight-negligible",
        located.place(at),
        header=located.record.header(at),
        found=show(located.row.weight),
        name=located.row.id,
        points=decimal(f"{weighing.greatest_effect(share):.2g}"),
    )
