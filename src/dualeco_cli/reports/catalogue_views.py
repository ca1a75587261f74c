"""Regions and indicators on a terminal: the lists, and one of them with all that is known about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dualeco_cli.language import _, of_data, plural
from dualeco_cli.model.rows import Ecosystem, Indicator, ProfileValue, Role
from dualeco_cli.model.study import Framework, Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.layout import fields, heading, ruled_table
from dualeco_cli.reports.naming import (
    LONGEST_TEXT,
    dimension_name,
    indicator_name,
    level_text,
    one_line,
    profile_indicators,
    profile_knowledge,
    region_heading,
)
from dualeco_cli.reports.terminal import Screen
from dualeco_cli.reports.texts import confidence_word, listed, match_word, objective_word, role_word

#: Roles whose indicators look at a region.
_OF_REGIONS = frozenset({Role.NEED, Role.CONDITION})


def targets_text(study: Study, screen: Screen | None = None) -> str:
    """All regions of a study, each with how much of its profile is known."""
    screen = screen or Screen()
    table = ruled_table(screen)
    table.add_column(_("Id"), no_wrap=True)
    table.add_column(_("Name"), ratio=1, min_width=16)
    table.add_column(_("Country"))
    table.add_column(_("NUTS"), no_wrap=True)
    table.add_column(_("Profile"), justify="right", no_wrap=True)
    table.add_column(_("Years"), justify="right", no_wrap=True)
    for id_ in sorted(study.ecosystems):
        ecosystem = study.ecosystems[id_]
        known = profile_knowledge(study, id_)
        table.add_row(
            Text(one_line(id_, 40)),
            Text(one_line(of_data(ecosystem.name or id_))),
            Text(one_line(ecosystem.country, 40) or numbers.MISSING),
            Text(one_line(ecosystem.nuts, 20) or numbers.MISSING),
            Text(_("{known} of {of}").format(known=known.known, of=known.of)),
            Text(_years(study.profile.get(id_, {}).values()) or numbers.MISSING),
        )
    note = Text(
        _(
            "Profile: for how many of the indicators that the framework asks of a region there is a value. "
            "“dualeco targets ID” shows the values of one region with their sources."
        ),
        style=screen.dim,
    )
    if not study.ecosystems:
        return screen.render(Text(_("There are no regions in this study.")))
    return screen.render(table, Text(""), note)


def _years(values: Iterable[ProfileValue]) -> str:
    years = sorted({value.year for value in values if value.value is not None and value.year is not None})
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def target_text(study: Study, id_: str, screen: Screen | None = None) -> str:
    """One region: every value of its profile with year, confidence and source. Raises KeyError."""
    screen = screen or Screen()
    ecosystem = study.ecosystems[id_]
    return screen.render(*_target(study, ecosystem, screen))


def _target(study: Study, ecosystem: Ecosystem, screen: Screen) -> Iterator[RenderableType]:
    yield heading(region_heading(study, ecosystem.id, ecosystem.name or ecosystem.id), screen)
    if ecosystem.summary:
        yield Text(one_line(of_data(ecosystem.summary), LONGEST_TEXT))
    if ecosystem.url:
        yield Text(one_line(ecosystem.url, LONGEST_TEXT), style=screen.dim)
    known = profile_knowledge(study, ecosystem.id)
    yield Text(
        _("Values for {known} of the {of} indicators that the framework asks of a region:").format(
            known=known.known, of=known.of
        )
    )
    yield Text("")
    profile = study.profile.get(ecosystem.id, {})
    counted = profile_indicators(study)
    missing: list[str] = []
    for dimension in study.framework.dimensions:
        asked = [
            i for i in study.framework.indicators if i.dimension == dimension.id and i.role in _OF_REGIONS
        ]
        given = [(i, profile[i.id]) for i in asked if i.id in profile and profile[i.id].value is not None]
        missing.extend(
            indicator_name(i) for i in asked if i in counted and i not in [one for one, _value in given]
        )
        if given:
            yield heading(dimension_name(dimension), screen, "-")
            for indicator, value in given:
                yield from _profile_value(indicator, value, screen)
            yield Text("")
    if missing:
        yield Text(_("Unknown: {names}.").format(names=listed(missing)))


def _profile_value(indicator: Indicator, value: ProfileValue, screen: Screen) -> Iterator[RenderableType]:
    about = [str(value.year)] if value.year is not None else []
    about.append(_("confidence {confidence}").format(confidence=confidence_word(value.confidence)))
    yield Padding(
        Text(
            _("{name}: {level} – {about}").format(
                name=indicator_name(indicator),
                level=level_text(indicator, value.value),
                about=", ".join(about),
            )
        ),
        (0, 0, 0, 2),
    )
    # a source stays as it is: under its own words it is found
    for text in (of_data(value.note or ""), value.source):
        if text:
            yield Padding(Text(one_line(text, LONGEST_TEXT), style=screen.dim), (0, 0, 0, 4))


def indicators_text(framework: Framework, screen: Screen | None = None) -> str:
    """All indicators of a framework, by dimension."""
    screen = screen or Screen()
    parts: list[RenderableType] = [heading(_title(framework), screen), Text("")]
    for dimension in framework.dimensions:
        indicators = [i for i in framework.indicators if i.dimension == dimension.id]
        weight = _("weight {weight}").format(weight=numbers.plain(dimension.weight))
        parts.append(heading(f"{dimension_name(dimension)} ({weight})", screen, "-"))
        if dimension.description:
            parts.append(Text(one_line(of_data(dimension.description), LONGEST_TEXT), style=screen.dim))
        if indicators:
            parts.append(_indicator_table(indicators, screen))
        parts.append(Text(""))
    parts.append(
        Text(_("“dualeco indicators ID” shows one with its levels and its source."), style=screen.dim)
    )
    return screen.render(*parts)


def _title(framework: Framework) -> str:
    size, id_ = len(framework.indicators), one_line(framework.id)
    if framework.version:
        return plural(
            "Framework {id} version {version}: {count} indicator",
            "Framework {id} version {version}: {count} indicators",
            size,
            id=id_,
            version=one_line(framework.version),
        )
    return plural("Framework {id}: {count} indicator", "Framework {id}: {count} indicators", size, id=id_)


def _indicator_table(indicators: Iterable[Indicator], screen: Screen) -> Table:
    table = ruled_table(screen)
    table.add_column(_("Id"), overflow="fold", max_width=32)
    table.add_column(_("Name"), ratio=1, min_width=16)
    table.add_column(_("Looks at"), max_width=None if screen.width >= 100 else 15)
    table.add_column(_("Scale"), max_width=28 if screen.width >= 100 else 12)
    table.add_column(_("Weight"), justify="right", no_wrap=True)
    for indicator in indicators:
        table.add_row(
            Text(one_line(indicator.id, 60)),
            Text(indicator_name(indicator)),
            Text(role_word(indicator.role)),
            Text(_scale(indicator)),
            Text(numbers.plain(indicator.weight)),
        )
    return table


def _scale(indicator: Indicator) -> str:
    return _("{worst} to {best}").format(
        worst=numbers.plain(indicator.worst), best=numbers.plain(indicator.best)
    )


def indicator_text(framework: Framework, id_: str, screen: Screen | None = None) -> str:
    """One indicator with its question, scale, levels and source. Raises KeyError."""
    screen = screen or Screen()
    indicator = framework.indicator(id_)
    parts: list[RenderableType] = [heading(f"{indicator_name(indicator)} ({one_line(indicator.id)})", screen)]
    if indicator.question:
        parts.append(Text(one_line(of_data(indicator.question), LONGEST_TEXT)))
    parts.extend([Text(""), fields(_facts(framework, indicator), screen)])
    if indicator.levels:
        parts.extend([Text(""), Text(_("Levels"), style=screen.strong), _levels(indicator, screen)])
    if indicator.source:
        parts.extend([Text(""), fields([(_("Source"), one_line(indicator.source, LONGEST_TEXT))], screen)])
    return screen.render(*parts)


def _facts(framework: Framework, indicator: Indicator) -> Iterator[tuple[str, str]]:
    names = {dimension.id: dimension_name(dimension) for dimension in framework.dimensions}
    yield _("Dimension"), names.get(indicator.dimension, one_line(indicator.dimension))
    yield _("Looks at"), role_word(indicator.role)
    kind = (
        _("continuous")
        if indicator.continuous
        else _("in steps of {step}").format(step=numbers.plain(indicator.step))
    )
    said = _("{worst} (worst) to {best} (best), {kind}")
    if indicator.unit:
        said = _("{worst} (worst) to {best} (best) {unit}, {kind}")
    yield (
        _("Scale"),
        said.format(
            worst=numbers.plain(indicator.worst),
            best=numbers.plain(indicator.best),
            unit=one_line(of_data(indicator.unit or "")),
            kind=kind,
        ),
    )
    yield _("Weight"), numbers.plain(indicator.weight)
    if indicator.role == Role.NEED and indicator.objective is not None:
        yield _("Objective"), objective_word(indicator.objective)
    if indicator.role == Role.CONDITION:
        yield _("Met when"), match_word(indicator.match)
        yield (
            _("Critical"),
            _("yes: a practice is blocked where it is not met")
            if indicator.critical
            else _("only where a practice says so"),
        )
        yield _("Effort"), _("{effort} for each step up").format(effort=numbers.plain(indicator.effort))
    if indicator.floor is not None:
        yield (
            _("Floor"),
            _("{level}; below it a practice is blocked").format(level=level_text(indicator, indicator.floor)),
        )


def _levels(indicator: Indicator, screen: Screen) -> RenderableType:
    return fields(
        [
            (numbers.plain(level), one_line(of_data(words), LONGEST_TEXT))
            for level, words in sorted(indicator.levels.items())
        ],
        screen,
        indent=2,
    )
