"""The third chapter: what is known of the regions, each value with its source."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.language import _, of_data
from dualeco_cli.model.rows import Ecosystem, Indicator, ProfileValue, Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex.blocks import Column, joined, lines_of
from dualeco_cli.reports.annex.builder import BLANK, Builder, Cell, strong
from dualeco_cli.reports.annex.words import source_words, value_words
from dualeco_cli.reports.story import (
    dimension_name,
    indicator_name,
    profile_indicators,
    profile_knowledge,
    region_heading,
    region_name,
)
from dualeco_cli.reports.texts import confidence_word, listed

_OF_REGIONS = frozenset({Role.NEED, Role.CONDITION})


def add(builder: Builder) -> None:
    """Add the chapter: the targets, then the regions that the practices come from."""
    study, report = builder.study, builder.report
    targets = [target.id for target in report.targets]
    sources = [practice.source for target in report.targets for practice in target.practices]
    ids = [id_ for id_ in dict.fromkeys((*targets, *sources)) if id_ is not None and id_ in study.ecosystems]
    if not ids:
        return
    builder.heading(1, _("Regions"))
    builder.text(
        _(
            "What is known of each region on the questions of the framework. The newest value counts; what "
            "is not known stays open and is not filled in."
        )
    )
    for id_ in ids:
        _region(builder, study.ecosystems[id_], target=id_ in targets)


def _region(builder: Builder, ecosystem: Ecosystem, *, target: bool) -> None:
    study = builder.study
    builder.heading(2, region_heading(study, ecosystem.id, ecosystem.name or ecosystem.id))
    name = region_name(study, ecosystem.id)
    builder.text(*lines_of(of_data(ecosystem.summary or "")))
    source = source_words(builder.links, ecosystem.url)
    if source:
        builder.text(source)
    known = profile_knowledge(study, ecosystem.id)
    role = _("A target of this study.") if target else _("A region from which practices come.")
    builder.text(
        f"{role} "
        + _("Its profile has a value for {known} of the {of} indicators asked of a region.").format(
            known=known.known, of=known.of
        )
    )
    builder.table(
        _("Profile of {region}").format(region=name),
        _("Each indicator with the value of the region, its year, how sure it is, and its source."),
        (
            Column(_("Indicator"), 22),
            Column(_("Value"), 25),
            Column(_("Year"), 8, numbers=True),
            Column(_("Confidence"), 12),
            Column(_("Note and source"), 33),
        ),
        _rows(builder, ecosystem.id),
    )
    profile = study.profile.get(ecosystem.id, {})
    missing = [
        indicator_name(indicator)
        for indicator in profile_indicators(study)
        if indicator.id not in profile or profile[indicator.id].value is None
    ]
    if missing:
        builder.text(_("Unknown: {names}.").format(names=listed(missing)))


def _rows(builder: Builder, id_: str) -> Iterator[tuple[Cell, ...]]:
    profile = builder.study.profile.get(id_, {})
    for dimension in builder.study.framework.dimensions:
        given = [
            (indicator, profile[indicator.id])
            for indicator in builder.study.framework.indicators
            if indicator.dimension == dimension.id
            and indicator.role in _OF_REGIONS
            and indicator.id in profile
            and profile[indicator.id].value is not None
        ]
        if given:
            yield strong(dimension_name(dimension)), BLANK, BLANK, BLANK, BLANK
            for indicator, value in given:
                yield _row(builder, indicator, value)


def _row(builder: Builder, indicator: Indicator, value: ProfileValue) -> tuple[Cell, ...]:
    links = builder.links
    return (
        indicator_name(indicator),
        value_words(builder.story, indicator.id, value.value),
        numbers.MISSING if value.year is None else str(value.year),
        confidence_word(value.confidence),
        joined([links.words(of_data(value.note or "")), source_words(links, value.source)]),
    )
