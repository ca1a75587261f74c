"""How the annex puts levels, reasons and forms of practices."""

from __future__ import annotations

from collections.abc import Iterable

from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.rows import Basis, Indicator, Level, Match
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex.blocks import Run, Words, joined, line, plain
from dualeco_cli.reports.annex.links import Links, safe_url
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.texts import origin_word


def value_words(story: Story, indicator: str, value: float | None) -> str:
    """A value as ``3: A funded scheme …``, or the number with its unit."""
    if value is None:
        return _("not known")
    known = story.indicators.get(indicator)
    words = story.words(indicator, value)
    number = numbers.plain(value)
    if words is None:
        return story.level(indicator, value)
    if known is not None and any(abs(level - value) < EQUAL for level in known.levels):
        return _("{number}: {words}").format(number=number, words=words)
    return f"{number} {words}"


def asks_nothing(indicator: Indicator | None, level: Level) -> bool:
    """Whether a requirement is met wherever the practice goes."""
    return (
        indicator is not None
        and level.value is not None
        and indicator.match == Match.AT_LEAST
        and indicator.normalise(level.value) <= EQUAL
    )


def level_words(story: Story, indicator: str, level: Level | None) -> Words:
    """What a practice requires or shows, in the words of the level, with what its cell says about it."""
    if level is None:
        return plain(_("not known"))
    if level.value is None:
        return plain(_("does not apply"))
    if asks_nothing(story.indicators.get(indicator), level):
        said = _("nothing ({number})").format(number=numbers.plain(level.value))
    else:
        said = value_words(story, indicator, level.value)
    marks: list[Words] = []
    if level.critical:
        marks.append((Run(_("critical"), bold=True),))
    if level.low:
        marks.append((Run(_("not sure"), italic=True),))
    return joined([plain(said), *marks])


def reasons(links: Links, basis: Iterable[Basis]) -> Words:
    """Why a level was given: each reason with where it comes from, its year and its source."""
    return joined([_reason(links, row) for row in basis])


def _reason(links: Links, row: Basis) -> Words:
    about: list[Words] = []
    if row.origin is not None:
        about.append(plain(origin_word(row.origin)))
    if row.year is not None:
        about.append(plain(str(row.year)))
    about.append(source_words(links, row.url))
    after = joined(about, ", ")
    said = links.words(row.basis)
    if not after:
        return said
    return (*said, Run(" ("), *after, Run(")")) if said else after


def source_words(links: Links, url: str | None) -> Words:
    """The address of a source as a link; as it stands where it is none."""
    address = safe_url(url)
    return (links.link(address),) if address else links.words(url)


def parts_of(text: str | None) -> list[str]:
    """The items of a list that somebody wrote into one cell, separated by semicolons or line breaks."""
    found = (line(part) for row in (text or "").splitlines() for part in row.split(";"))
    return [part for part in found if part]
