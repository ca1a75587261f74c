"""The panel whose weights were used: what it gives, what the framework gave, how far its members agree.

All reports show the same tables and sentences; this module makes them once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from dualeco_cli.language import _, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import PanelGroup, PanelItem, PanelResult, Report
from dualeco_cli.model.study import Framework, Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.layout import fields, heading, ruled_table
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line
from dualeco_cli.reports.terminal import Screen
from dualeco_cli.reports.texts import listed, quoted

#: With more members than this a table on paper or on a screen has no columns for each of them.
MOST_MEMBERS = 6

#: A sum of differences below this is none (design, 4.10).


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was weighed; all numbers are shares from 0 to 1. ``before`` is the framework's."""

    id: str
    name: str
    before: float | None
    weight: float
    low: float
    high: float
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """One group of things: ``said`` are the sentences on who agrees with whom."""

    title: str
    members: tuple[str, ...]
    lines: tuple[Line, ...]
    said: tuple[str, ...]


def weighings(report: Report, study: Study) -> tuple[Weighing, ...]:
    """The groups that the panel weighed, the dimensions first; none where its weights were not used."""
    if report.panel is None:
        return ()
    before = study.panel.replaced if study.panel is not None else None
    return tuple(
        Weighing(
            title=_title(group, study.framework),
            members=tuple(one_line(member) for member in group.members),
            lines=tuple(_lines(group, study.framework, before)),
            said=tuple(_said(group, study.framework)),
        )
        for group in report.panel.groups
    )


def summary(panel: PanelResult) -> str:
    """Who the panel is, in a sentence."""
    return plural(
        "The weights are those of a panel of {count} member: {names}.",
        "The weights are those of a panel of {count} members: {names}.",
        len(panel.members),
        names=listed([one_line(member) for member in panel.members], 12),
    )


def kept(report: Report, study: Study) -> str | None:
    """Which weights are still those of the framework, in a sentence."""
    if report.panel is None:
        return None
    done = {group.dimension for group in report.panel.groups}
    filled = [
        dimension
        for dimension in study.framework.dimensions
        if sum(one.dimension == dimension.id for one in study.framework.indicators) > 1
    ]
    names = [quoted(dimension_name(dimension)) for dimension in filled if dimension.id not in done]
    if None not in done and not names:
        return None
    if None not in done:
        return _("The panel did not weigh the dimensions: their weights are the framework's.")
    if len(names) == len(filled):
        return _("The panel did not weigh indicators: their weights are the framework's.")
    return _("The panel did not weigh the indicators of {names}: their weights are the framework's.").format(
        names=listed(names, 6)
    )


def _title(group: PanelGroup, framework: Framework) -> str:
    if group.dimension is None:
        return _("The dimensions")
    return _("The indicators of “{dimension}”").format(
        dimension=_names(framework, dimensions=True).get(group.dimension, group.dimension)
    )


def _names(framework: Framework, *, dimensions: bool) -> dict[str, str]:
    if dimensions:
        return {row.id: dimension_name(row) for row in framework.dimensions}
    return {row.id: indicator_name(row) for row in framework.indicators}


def _lines(group: PanelGroup, framework: Framework, before: Framework | None) -> Iterator[Line]:
    names = _names(framework, dimensions=group.dimension is None)
    weights = {} if before is None else _weights(before, dimensions=group.dimension is None)
    total = sum(weights.get(item.id, 0.0) for item in group.items)
    for item in group.items:
        yield Line(
            id=item.id,
            name=names.get(item.id, item.id),
            before=weights.get(item.id, 0.0) / total if total > 0 else None,
            weight=item.weight,
            low=item.low,
            high=item.high,
            shares=item.shares,
        )


def _weights(framework: Framework, *, dimensions: bool) -> dict[str, float]:
    rows = framework.dimensions if dimensions else framework.indicators
    return {row.id: row.weight for row in rows}


def _said(group: PanelGroup, framework: Framework) -> Iterator[str]:
    if len(group.members) > 1:
        yield (
            _("Each weight is the geometric mean of the members', made to sum to 1.")
            if group.mean == "geometric"
            else _("Each weight is the mean of the members'.")
        )
    if group.kendall_w is not None:
        yield _(
            "Kendall's W is {w}: 1 is the same order for all members, 0 orders that have nothing in common."
        ).format(w=numbers.fixed(group.kendall_w, 2))
    apart = max(group.items, key=_apart)
    if _apart(apart) > EQUAL:
        yield _("They lie apart the most on “{name}”: from {low} to {high}.").format(
            name=_names(framework, dimensions=group.dimension is None).get(apart.id, apart.id),
            low=numbers.share(apart.low),
            high=numbers.share(apart.high),
        )
    if group.furthest is not None:
        yield _("{member} differs the most and puts {share} of the weight elsewhere than the panel.").format(
            member=one_line(group.furthest), share=numbers.share(group.distance)
        )
    ratios = [
        _("{member} {ratio}").format(member=one_line(member), ratio=numbers.fixed(ratio, 2))
        for member, ratio in zip(group.members, group.consistency, strict=True)
        if ratio is not None
    ]
    if ratios:
        yield _("Consistency ratio of the comparisons, which should not be above 0.10: {ratios}.").format(
            ratios=listed(ratios, 12)
        )


def _apart(item: PanelItem) -> float:
    return item.high - item.low


# The terminal


def panel_parts(report: Report, study: Study, screen: Screen) -> Iterator[RenderableType]:
    """The section on the panel for a terminal; nothing where its weights were not used."""
    if report.panel is None:
        return
    yield heading(_("The panel"), screen, "-")
    yield fields([("-", summary(report.panel))], screen, indent=1, least=1)
    rest = kept(report, study)
    if rest is not None:
        yield fields([("-", rest)], screen, indent=1, least=1)
    for one in weighings(report, study):
        yield Text("")
        yield _table(one, screen)
        for sentence in one.said:
            yield fields([("-", sentence)], screen, indent=1, least=1)
    yield Text("")


def _table(one: Weighing, screen: Screen) -> RenderableType:
    table = ruled_table(screen)
    table.add_column(one.title, ratio=1, min_width=16)
    for title in (_("Framework"), _("Panel"), _("Lowest"), _("Highest")):
        table.add_column(title, justify="right", no_wrap=True)
    for line in one.lines:
        shares = (line.before, line.weight, line.low, line.high)
        table.add_row(Text(line.name), *(Text(numbers.share(share)) for share in shares))
    return table
