"""From a file of Eurostat's to the values of regions: one series, the latest year, flags as confidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dualeco_cli.language import _
from dualeco_cli.model.rows import Confidence
from dualeco_cli.workbook.eurostat.reading import Extract, Observation

#: What a flag says of a value: how firm it is. A value without a flag is high, one with several as its
#: weakest flag; a flag that is not here is medium. r (revised) says nothing against a value.
CONFIDENCE: Mapping[str, Confidence] = {
    "b": Confidence.MEDIUM,
    "d": Confidence.MEDIUM,
    "e": Confidence.MEDIUM,
    "i": Confidence.MEDIUM,
    "p": Confidence.MEDIUM,
    "s": Confidence.MEDIUM,
    "r": Confidence.HIGH,
    "f": Confidence.LOW,
    "n": Confidence.LOW,
    "u": Confidence.LOW,
}
#: A table is read no further once so many series are left.
MOST_SERIES = 300
_WEAKEST_FIRST = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def confidence(flags: str) -> Confidence:
    """The confidence of a value with these flags: that of the weakest."""
    found = {CONFIDENCE.get(flag, Confidence.MEDIUM) for flag in flags}
    return next((level for level in _WEAKEST_FIRST if level in found), Confidence.HIGH)


def flag_text(flags: str) -> str:
    """``flag b (break in series), flag u (low reliability)``."""
    words = {
        "b": _("break in series"),
        "c": _("confidential"),
        "d": _("definition differs"),
        "e": _("estimated"),
        "f": _("forecast"),
        "i": _("imputed"),
        "n": _("not significant"),
        "p": _("provisional"),
        "r": _("revised"),
        "s": _("estimated by Eurostat"),
        "u": _("low reliability"),
        "z": _("not applicable"),
    }
    known = [
        _("flag {flag} ({meaning})").format(flag=flag, meaning=words[flag])
        if flag in words
        else _("flag {flag}").format(flag=flag)
        for flag in flags
    ]
    return ", ".join(known)


class SeveralSeriesError(Exception):
    """More than one series is left. ``choices``: the values to choose from, by dimension."""

    def __init__(self, choices: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(", ".join(choices))
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Picked:
    """What was found. ``values``: by region, the oldest first. ``series``: the dimensions of all of them.

    ``without``: regions that the file has, without a value for what was asked.
    """

    values: Mapping[str, tuple[Observation, ...]]
    series: Mapping[str, str]
    without: tuple[str, ...]


def pick(
    extract: Extract,
    geos: Collection[str] | None,
    where: Mapping[str, str],
    *,
    year: int | None = None,
    every_year: bool = False,
) -> Picked:
    """The latest value of each region, or that of a year, or those of all years.

    Raises:
        EurostatError: the file is not as it should be, a value stands twice, or the series is not yearly.
        SeveralSeriesError: the filters leave several series that have values.
    """
    found: dict[str, dict[tuple[str, ...], dict[str, Observation]]] = {}
    left: dict[tuple[str, ...], None] = {}
    for seen in extract.observations(geos, where):
        of_series = found.setdefault(seen.geo, {}).setdefault(seen.series, {})
        if seen.period in of_series:
            raise extract.fault(
                _("the value of {region} for {period} stands in line {line} as well.").format(
                    region=seen.geo, period=seen.period, line=of_series[seen.period].line
                ),
                seen.line,
            )
        of_series[seen.period] = seen
        if seen.value is not None:
            left[seen.series] = None
            if len(left) > MOST_SERIES:
                break  # there is a choice to make, and a table may have millions of values
    if len(left) > 1:
        columns = zip(extract.dimensions, zip(*left, strict=True), strict=True)
        choices = {name: tuple(sorted(set(codes))) for name, codes in columns}
        raise SeveralSeriesError({name: codes for name, codes in choices.items() if len(codes) > 1})
    series = next(iter(left), ())
    values = {
        geo: kept
        for geo, of_region in found.items()
        if (kept := _kept(extract, of_region.get(series, {}), year, every_year=every_year))
    }
    return Picked(
        values=values,
        series=dict(zip(extract.dimensions, series, strict=False)),
        without=tuple(geo for geo in found if geo not in values),
    )


def _kept(
    extract: Extract, seen: Mapping[str, Observation], year: int | None, *, every_year: bool
) -> tuple[Observation, ...]:
    known = [one for one in seen.values() if one.value is not None]
    for one in known:
        if not one.period.isdecimal():
            raise extract.fault(
                _("{period} is no year. Choose a yearly series, with --where freq=A if there is one.").format(
                    period=one.period
                ),
                one.line,
            )
    known.sort(key=lambda one: one.period)
    if year is not None:
        known = [one for one in known if int(one.period) == year]
    return tuple(known if every_year else known[-1:])
