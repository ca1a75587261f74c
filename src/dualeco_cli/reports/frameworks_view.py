"""Frameworks on a terminal: the list, one with its sources, a study in its own terms, several side by side.

Some schemes know no score: TIDE knows key drivers and key barriers, an acceptance scheme knows points. What
is shown of them here are those terms; the score is the business of ``dualeco score``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dualeco_cli.language import _, of_data, plural
from dualeco_cli.model.result import PracticeClass, PracticeResult, Report
from dualeco_cli.model.rows import Dimension, Indicator, Role, Settings
from dualeco_cli.model.study import Framework, Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.layout import WIDE, fields, heading, prose, ruled_table
from dualeco_cli.reports.naming import LONGEST_TEXT, dimension_name, indicator_name, one_line, region_heading
from dualeco_cli.reports.terminal import Screen
from dualeco_cli.reports.texts import class_word, listed, match_word, role_word


@dataclass(frozen=True, slots=True)
class About:
    """What a framework says of itself: rows of topic and text, in the order of its sheet About."""

    rows: tuple[tuple[str, str], ...] = ()

    def text(self, topic: str) -> str | None:
        """The first text on a topic."""
        return next((text for name, text in self.rows if name == topic), None)

    def texts(self, topic: str) -> tuple[str, ...]:
        """All texts on a topic."""
        return tuple(text for name, text in self.rows if name == topic)

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic once, in order."""
        return tuple(dict.fromkeys(name for name, _text in self.rows))


#: Topics of a sheet About that the views look for; all others are shown as they come.
TITLE, SUMMARY, SOURCE = "Framework", "In one sentence", "Where to read it"


@dataclass(frozen=True, slots=True)
class Entry:
    """One framework in the list."""

    id: str
    about: About
    dimensions: int
    indicators: int


def frameworks_text(entries: Sequence[Entry], screen: Screen | None = None) -> str:
    """All frameworks, a few lines each."""
    screen = screen or Screen()
    parts: list[RenderableType] = []
    for entry in entries:
        title = one_line(of_data(entry.about.text(TITLE) or entry.id))
        dimensions = plural("{count} dimension", "{count} dimensions", entry.dimensions)
        indicators = plural("{count} indicator", "{count} indicators", entry.indicators)
        parts.append(
            Text.assemble((one_line(entry.id), screen.strong), f" – {title} ({dimensions}, {indicators})")
        )
        summary = one_line(of_data(entry.about.text(SUMMARY) or ""), LONGEST_TEXT)
        if summary:
            parts.append(prose(Text(summary, style=screen.dim), screen, 4))
    note = _(
        "“dualeco frameworks ID” explains one with its sources; "
        "“dualeco score WORKBOOK --indicators ID” uses it."
    )
    return screen.render(*parts, Text(""), Text(note, style=screen.dim))


def framework_text(framework: Framework, about: About, screen: Screen | None = None) -> str:
    """One framework: what it is, what is original and what our reading, its indicators, its sources."""
    screen = screen or Screen()
    return screen.render(*_framework(framework, about, screen))


def _framework(framework: Framework, about: About, screen: Screen) -> Iterator[RenderableType]:
    title = one_line(of_data(about.text(TITLE) or ""))
    yield heading(f"{title} ({one_line(framework.id)})" if title else one_line(framework.id), screen)
    for topic in about.topics:
        if topic in {TITLE, SOURCE}:
            continue
        texts = [one_line(of_data(text), 4 * LONGEST_TEXT) for text in about.texts(topic)]
        if topic == SUMMARY:
            yield from (prose(Text(text), screen) for text in texts)
        else:
            yield Text("")
            yield Text(one_line(of_data(topic)), style=screen.strong)
            yield from (prose(Text(text), screen, 2) for text in texts)
    yield Text("")
    yield Text(_("Classes"), style=screen.strong)
    yield prose(Text(_thresholds(framework.settings)), screen, 2)
    for dimension in framework.dimensions:
        yield Text("")
        yield from _dimension(framework, dimension, screen)
    sources = about.texts(SOURCE)
    if sources:
        yield Text("")
        yield Text(_("Where to read it"), style=screen.strong)
        yield from (prose(Text(one_line(of_data(text), LONGEST_TEXT)), screen, 2) for text in sources)
    yield Text("")
    hint = _("“dualeco indicators ID --indicators {framework}” shows one indicator with its levels.")
    yield Text(hint.format(framework=one_line(framework.id)), style=screen.dim)


def _thresholds(settings: Settings) -> str:
    """The thresholds in one sentence. Without a step between them there is no class adaptable."""
    transferable, adaptable = (
        numbers.plain(settings.transferable_from),
        numbers.plain(settings.adaptable_from),
    )
    if transferable == adaptable:
        said = _("A score of at least {transferable} is transferable, less is not yet.")
    else:
        said = _("A score of at least {transferable} is transferable, of at least {adaptable} adaptable.")
    said = said.format(transferable=transferable, adaptable=adaptable)
    if settings.min_coverage <= 0:
        return said
    known = _("At least {share} of the weight has to be known.")
    return f"{said} {known.format(share=numbers.share(settings.min_coverage))}"


def _dimension(framework: Framework, dimension: Dimension, screen: Screen) -> Iterator[RenderableType]:
    weight = _("weight {weight}").format(weight=numbers.plain(dimension.weight))
    yield heading(f"{dimension_name(dimension)} ({weight})", screen, "-")
    if dimension.description:
        yield prose(Text(one_line(of_data(dimension.description), LONGEST_TEXT), style=screen.dim), screen)
    table = ruled_table(screen)
    table.add_column(_("Id"), overflow="fold", max_width=34)
    table.add_column(_("Name"), ratio=1, min_width=16)
    table.add_column(_("Looks at"), max_width=None if screen.width >= 100 else 15)
    table.add_column(_("Scale"), max_width=44 if screen.width >= WIDE else 34 if screen.width >= 100 else 18)
    table.add_column(_("Weight"), justify="right", no_wrap=True)
    for indicator in framework.indicators:
        if indicator.dimension == dimension.id:
            table.add_row(
                Text(one_line(indicator.id, 60)),
                Text(indicator_name(indicator)),
                Text(role_word(indicator.role)),
                Text(_scale(indicator)),
                Text(numbers.plain(indicator.weight)),
            )
    if table.row_count:
        yield table


def _scale(indicator: Indicator) -> str:
    """``0 to 4``, ``20 to 4 % of 18-24, continuous``, ``1 to 5, at least 3``."""
    said = _("{worst} to {best} {unit}") if indicator.unit else _("{worst} to {best}")
    parts = [
        said.format(
            worst=numbers.plain(indicator.worst),
            best=numbers.plain(indicator.best),
            unit=one_line(of_data(indicator.unit or "")),
        )
    ]
    if indicator.continuous:
        parts.append(_("continuous"))
    elif indicator.step != 1:
        parts.append(_("in steps of {step}").format(step=numbers.plain(indicator.step)))
    if indicator.floor is not None:
        parts.append(_("at least {floor}").format(floor=numbers.plain(indicator.floor)))
    if indicator.role is Role.CONDITION and indicator.critical:
        parts.append(_("critical"))
    if indicator.role is Role.CONDITION and indicator.match.value == "similar":
        parts.append(match_word(indicator.match))
    return ", ".join(parts)


# -- drivers and barriers --------------------------------------------------------------------------


class Outlook(StrEnum):
    """What the pattern of drivers and barriers says of a practice."""

    UNRATED = "unrated"
    BLOCKED = "blocked"
    CONDITIONAL = "conditional"
    FAVOURABLE = "favourable"


@dataclass(frozen=True, slots=True)
class Mark:
    """One indicator and its rating, on the framework's own scale."""

    indicator: Indicator
    rating: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """One practice in the terms of TIDE. ``key`` stands for high importance."""

    practice: str
    title: str
    outlook: Outlook
    key_drivers: tuple[Mark, ...] = ()
    key_barriers: tuple[Mark, ...] = ()
    minor_barriers: tuple[Mark, ...] = ()
    minor_drivers: tuple[Mark, ...] = ()
    neutral: tuple[Mark, ...] = ()
    unrated: tuple[Indicator, ...] = ()


def _outlook_word(outlook: Outlook) -> str:
    return {
        Outlook.UNRATED: _("nothing rated"),
        Outlook.BLOCKED: _("not transferable unless its key barriers are overcome"),
        Outlook.CONDITIONAL: _("conditional: key barriers to be overcome"),
        Outlook.FAVOURABLE: _("favourable: no key barrier"),
    }[outlook]


def patterns_text(
    framework: Framework, target: str, patterns: Sequence[Pattern], screen: Screen | None = None
) -> str:
    """Drivers and barriers of every practice for one target, without a number."""
    screen = screen or Screen()
    title = _("Drivers and barriers for {target} ({framework})")
    parts: list[RenderableType] = [
        heading(title.format(target=one_line(target), framework=one_line(framework.id)), screen),
        Text(""),
    ]
    for pattern in patterns:
        parts.append(
            Text.assemble((one_line(pattern.title), screen.strong), f": {_outlook_word(pattern.outlook)}")
        )
        parts.append(Padding(fields(list(_kinds(pattern)), screen), (0, 0, 0, 2)))
        parts.append(Text(""))
    parts.append(
        prose(
            Text(
                _(
                    "Key: of high importance. No number of drivers makes up for a key barrier. "
                    "“dualeco score” adds a score for those who ask for one."
                ),
                style=screen.dim,
            ),
            screen,
        )
    )
    return screen.render(*parts)


def _kinds(pattern: Pattern) -> Iterator[tuple[str, str]]:
    for label, marks in (
        (_("Key barriers"), pattern.key_barriers),
        (_("Key drivers"), pattern.key_drivers),
        (_("Minor barriers"), pattern.minor_barriers),
        (_("Minor drivers"), pattern.minor_drivers),
        (_("Neutral"), pattern.neutral),
    ):
        if marks:
            yield label, listed([_mark(mark) for mark in marks])
    if pattern.unrated:
        yield _("Not rated"), listed([indicator_name(indicator) for indicator in pattern.unrated])


def _mark(mark: Mark) -> str:
    sign = "+" if mark.rating > 0 else ""
    return f"{indicator_name(mark.indicator)} ({sign}{numbers.plain(mark.rating)})"


def _rated(mark: Mark) -> str:
    return f"{indicator_name(mark.indicator)} ({numbers.plain(mark.rating)})"


# -- points ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Points:
    """One practice in a scheme that adds ratings up: its points, and what the class says of them.

    ``most`` is the greatest total of the criteria that are rated; ``of`` counts those that apply.
    """

    practice: str
    title: str
    total: float | None
    most: float
    rated: int
    of: int
    below_floor: tuple[Mark, ...]
    class_: PracticeClass


def points_text(
    framework: Framework, target: str, points: Sequence[Points], screen: Screen | None = None
) -> str:
    """The totals of every practice for one target, highest first."""
    screen = screen or Screen()
    title = _("Points for {target} ({framework})")
    head = heading(title.format(target=one_line(target), framework=one_line(framework.id)), screen)
    return screen.render(head, Text(""), _points_table(points, screen), *_below(points, screen))


def _points_table(points: Sequence[Points], screen: Screen) -> Table:
    table = ruled_table(screen)
    table.add_column(_("Practice"), ratio=1, min_width=16)
    table.add_column(_("Points"), justify="right", no_wrap=True)
    table.add_column(_("Rated"), justify="right", no_wrap=True)
    table.add_column(_("Class"), no_wrap=True)
    for one in points:
        total = numbers.MISSING
        if one.total is not None:
            total = _("{total} of {most}").format(
                total=numbers.plain(one.total), most=numbers.plain(one.most)
            )
        table.add_row(
            Text(one_line(one.title)),
            Text(total),
            Text(_("{rated} of {of}").format(rated=one.rated, of=one.of)),
            Text(class_word(one.class_)),
        )
    return table


def _below(points: Sequence[Points], screen: Screen) -> Iterator[RenderableType]:
    under = [one for one in points if one.below_floor]
    if not under:
        return
    yield Text("")
    yield Text(_("Below the floor"), style=screen.strong)
    for one in under:
        marks = listed(
            [f"{indicator_name(m.indicator)} ({numbers.plain(m.rating)})" for m in one.below_floor]
        )
        yield prose(Text(f"{one_line(one.title)}: {marks}"), screen, 2)


# -- several frameworks beside each other ------------------------------------------------------------

#: With fewer practices than this in both rankings a correlation says nothing (as for pilots, design 4.9).
FEW = 5


@dataclass(frozen=True, slots=True)
class Accord:
    """How far two rankings go together: Kendall's tau-b over the practices that both rank."""

    first: str
    second: str
    tau: float | None
    cases: int


def side_by_side_text(
    reports: Mapping[str, Report],
    accords: Mapping[str, Sequence[Accord]],
    study: Study,
    screen: Screen | None = None,
) -> str:
    """The rankings of several frameworks beside each other, by label, target after target."""
    screen = screen or Screen()
    parts: list[RenderableType] = []
    first = next(iter(reports.values()))
    for target in first.targets:
        sides = {label: _practices(report, target.id) for label, report in reports.items()}
        title = _("{region}: {frameworks}").format(
            region=region_heading(study, target.id, target.name), frameworks=listed(list(reports))
        )
        parts += [heading(title, screen), Text(""), _sides(sides, reports, screen), Text("")]
        parts += [prose(Text(_accord(accord)), screen) for accord in accords[target.id]]
        parts += _differences(sides, screen)
        parts.append(Text(""))
    hint = _("Reasons, barriers and uncertainty: “dualeco score” with one --indicators.")
    return screen.render(*parts, Text(hint, style=screen.dim))


def _practices(report: Report, target: str) -> dict[str, PracticeResult]:
    found = next(one for one in report.targets if one.id == target)
    return {practice.id: practice for practice in found.practices}


def _sides(
    sides: Mapping[str, Mapping[str, PracticeResult]], reports: Mapping[str, Report], screen: Screen
) -> Table:
    table = ruled_table(screen)
    table.add_column(_("Practice"), ratio=1, min_width=16)
    for label in sides:
        table.add_column(one_line(label, 40), justify="left")
    for id_, practice in next(iter(sides.values())).items():
        cells = [_side(sides[label][id_], reports[label]) for label in sides]
        table.add_row(Text(one_line(practice.title)), *map(Text, cells))
    return table


def _side(practice: PracticeResult, report: Report) -> str:
    """``2. 71.4 adaptable``, without a rank ``– 71.4 blocked``."""
    thresholds = (report.method.adaptable_from, report.method.transferable_from)
    rank = f"{practice.rank}." if practice.rank is not None else numbers.MISSING
    return f"{rank} {numbers.score(practice.score, thresholds)} {class_word(practice.class_)}"


def _accord(accord: Accord) -> str:
    names = listed([one_line(accord.first), one_line(accord.second)])
    if accord.cases < 2:
        said = _("{names}: no Kendall's tau, because fewer than two practices are ranked by both.")
        return said.format(names=names)
    if accord.tau is None:
        return plural(
            "{names}: no Kendall's tau, because one of them gives {count} practice one score.",
            "{names}: no Kendall's tau, because one of them gives all {count} practices one score.",
            accord.cases,
            names=names,
        )
    said = plural(
        "{names}: Kendall's tau {tau} over the {count} practice that both rank.",
        "{names}: Kendall's tau {tau} over the {count} practices that both rank.",
        accord.cases,
        names=names,
        tau=numbers.fixed(accord.tau, 2),
    )
    few = _("These are too few to conclude anything.")
    return f"{said} {few}" if accord.cases < FEW else said


def _differences(
    sides: Mapping[str, Mapping[str, PracticeResult]], screen: Screen
) -> Iterator[RenderableType]:
    """The practices whose class is not the same with all frameworks.

    Where one of them merely knows too little, that is said in one line: it is no other opinion.
    """
    rows: list[str] = []
    short: dict[str, list[str]] = {}
    for id_, practice in next(iter(sides.values())).items():
        classes = {label: side[id_].class_ for label, side in sides.items()}
        told = {
            label: class_
            for label, class_ in classes.items()
            if class_ is not PracticeClass.INSUFFICIENT_EVIDENCE
        }
        if len(set(told.values())) > 1:
            said = ", ".join(f"{one_line(label)} {class_word(class_)}" for label, class_ in classes.items())
            rows.append(f"{one_line(practice.title)}: {said}")
        elif told and len(told) < len(classes):
            names = listed([one_line(label) for label in classes if label not in told])
            short.setdefault(names, []).append(one_line(practice.title))
    yield Text("")
    if rows:
        yield Text(_("The class differs"), style=screen.strong)
        yield from (prose(Text(row), screen, 2) for row in rows)
    else:
        yield Text(_("No practice has different classes."))
    for names, titles in short.items():
        said = _("Too little is known with {names} only: {practices}.")
        yield prose(Text(said.format(names=names, practices=listed(titles))), screen)
