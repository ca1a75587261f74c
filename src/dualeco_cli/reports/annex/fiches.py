"""The second chapter: a fiche for each practice, from its description to its rating for each target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dualeco_cli.language import _, grouped, plural
from dualeco_cli.model.result import (
    BEST_FIRST,
    IndicatorResult,
    PracticeClass,
    PracticeResult,
    Status,
    TargetResult,
)
from dualeco_cli.model.rows import Basis, Indicator, Level, Practice, Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex.blocks import Column, joined, labelled, lines_of, plain
from dualeco_cli.reports.annex.builder import BLANK, Builder, Cell, strong
from dualeco_cli.reports.annex.summary import practice_key
from dualeco_cli.reports.annex.words import (
    asks_nothing,
    level_words,
    parts_of,
    reasons,
    source_words,
    value_words,
)
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.story import dimension_name, one_line, region_name
from dualeco_cli.reports.texts import class_word, confidence_word, listed, objective_word, sentence

#: With more rows than these in all, no program opens the document in a reasonable time; the values of the
#: indicators are then left to the formats that are made for them.
MOST_VALUES = 9_000
#: How many open questions the remarks name by themselves.
_NAMED_QUESTIONS = 3


def add(builder: Builder) -> None:
    """Add the chapter."""
    results: dict[str, list[tuple[TargetResult, PracticeResult]]] = {}
    for target in builder.report.targets:
        for practice in target.practices:
            results.setdefault(practice.id, []).append((target, practice))
    if not results:
        return
    builder.heading(1, _("Practices"))
    values = sum(len(p.indicators) for rated in results.values() for _target, p in rated)
    detailed = values <= MOST_VALUES
    builder.text(
        _(
            "A fiche for each practice: what it is, what it needs of a region and why we think so, and how "
            "it is rated for each region."
        )
    )
    if not detailed:
        builder.text(
            _(
                "The {count} values behind the scores are too many for a document; they stand in the reports "
                "with the endings .xlsx and .csv."
            ).format(count=grouped(values))
        )
    known = builder.study.practices
    order = [id_ for id_ in known if id_ in results] + [id_ for id_ in results if id_ not in known]
    for number, id_ in enumerate(order):
        _fiche(builder, id_, results[id_], first=number == 0, detailed=detailed)


def _fiche(
    builder: Builder,
    id_: str,
    rated: list[tuple[TargetResult, PracticeResult]],
    *,
    first: bool,
    detailed: bool,
) -> None:
    builder.heading(2, one_line(rated[0][1].title) or id_, key=practice_key(id_), new_page=not first)
    practice = builder.study.practices.get(id_)
    if practice is not None:
        _description(builder, practice)
    grounds = _Grounds.of(builder, id_)
    _needs(builder, grounds)
    _merits(builder, grounds)
    _forms(builder, grounds)
    _pilots(builder, id_)
    for target, result in rated:
        _rating(builder, target, result, detailed=detailed)


# What it is


def _description(builder: Builder, practice: Practice) -> None:
    builder.text(*lines_of(practice.summary))
    builder.table(
        _("{title} at a glance").format(title=one_line(practice.title)),
        _("What was collected about the practice: a field and its entry in each row."),
        (Column(_("Field"), 24), Column(_("Entry"), 76)),
        _facts(builder, practice),
    )
    for label, text, listed_ in (
        (_("What makes it work"), practice.core_functions, True),
        (_("What has been shown"), practice.evidence, False),
        (_("Difficulties"), practice.difficulties, False),
    ):
        parts = parts_of(text)
        if len(parts) == 1 or (parts and not listed_):
            first, *rest = lines_of(text)
            builder.text(labelled(label, builder.links.words(first)), *map(builder.links.words, rest))
        elif parts:
            builder.text(strong(f"{label}:"))
            builder.bullets(map(builder.links.words, parts))


def _facts(builder: Builder, practice: Practice) -> Iterator[tuple[Cell, Cell]]:
    place = region_name(builder.study, practice.source) if practice.source else None
    objectives = listed([objective_word(objective) for objective in practice.objectives])
    for label, entry in (
        (_("Comes from"), place),
        (_("Country"), practice.country),
        (_("Organisation"), practice.organisation),
        (_("Partners"), practice.partners),
        (_("Serves"), objectives),
        (_("Target group"), practice.target_group),
        (_("Sector"), practice.sector),
        (_("Level (EQF)"), practice.eqf_level),
        (_("Since"), None if practice.start_year is None else str(practice.start_year)),
        (_("Id in the data"), practice.id),
    ):
        words = plain(entry)
        if words:
            yield strong(label), words
    source = source_words(builder.links, practice.url)
    if source:
        yield strong(_("More")), source


# What it needs, and what it has to show


@dataclass(frozen=True)
class _Grounds:
    """What the study says about the levels of one practice."""

    practice: str
    required: dict[str, Level]
    merits: dict[str, Level]
    basis: dict[str, list[Basis]]

    @classmethod
    def of(cls, builder: Builder, id_: str) -> _Grounds:
        study = builder.study
        basis: dict[str, list[Basis]] = {}
        for row in builder.story.basis.get(id_, ()):
            basis.setdefault(row.indicator, []).append(row)
        return cls(id_, dict(study.requirements.get(id_, {})), dict(study.merits.get(id_, {})), basis)


def _of_role(builder: Builder, role: Role) -> list[Indicator]:
    """The indicators of a role, in the order of their dimensions."""
    framework = builder.study.framework
    order = {dimension.id: at for at, dimension in enumerate(framework.dimensions)}
    found = [indicator for indicator in framework.indicators if indicator.role == role]
    return sorted(found, key=lambda indicator: order.get(indicator.dimension, len(order)))


def _needs(builder: Builder, grounds: _Grounds) -> None:
    conditions = _of_role(builder, Role.CONDITION)
    if not conditions:
        return
    builder.heading(3, _("What it needs of a region"))
    asked, free, unknown, absent = [], [], [], []
    for indicator in conditions:
        level = grounds.required.get(indicator.id)
        if level is None:
            unknown.append(indicator)
        elif level.value is None:
            absent.append(indicator)
        elif asks_nothing(indicator, level):
            free.append(indicator)
        else:
            asked.append(indicator)
    if not asked:
        builder.text(_("No requirement that a region would have to meet is known."))
    builder.table(
        _("What it needs, and why we think so"),
        _("The requirements of the practice, with the level of each and the reason for it."),
        (Column(_("Requirement"), 24), Column(_("Level needed"), 32), Column(_("Why we think so"), 44)),
        [_ground(builder, grounds, indicator, grounds.required) for indicator in asked],
    )
    builder.table(
        _("What it does not need"),
        _("Requirements of which the practice needs nothing, and why we think so."),
        (Column(_("Requirement"), 24), Column(_("Level"), 18), Column(_("Why we think so"), 58)),
        [_ground(builder, grounds, indicator, grounds.required) for indicator in free],
    )
    _left(builder, grounds, absent, _("Does not apply: {names}."))
    _left(builder, grounds, unknown, _("Of these it is not known what the practice needs: {names}."))


def _merits(builder: Builder, grounds: _Grounds) -> None:
    merits = _of_role(builder, Role.MERIT)
    if not merits:
        return
    builder.heading(3, _("How well it is proven and described"))
    rated = [i for i in merits if i.id in grounds.merits and grounds.merits[i.id].value is not None]
    absent = [i for i in merits if i.id in grounds.merits and grounds.merits[i.id].value is None]
    if not rated:
        builder.text(_("Nothing of this has been rated."))
    builder.table(
        _("What the practice itself has to show"),
        _("The ratings of the practice itself, each with its reason."),
        (Column(_("Indicator"), 24), Column(_("Rating"), 32), Column(_("Why we think so"), 44)),
        [_ground(builder, grounds, indicator, grounds.merits) for indicator in rated],
    )
    _left(builder, grounds, absent, _("Does not apply: {names}."))
    if rated:
        unknown = [indicator for indicator in merits if indicator.id not in grounds.merits]
        _left(builder, grounds, unknown, _("Not rated: {names}."))


def _ground(
    builder: Builder, grounds: _Grounds, indicator: Indicator, levels: dict[str, Level]
) -> tuple[Cell, Cell, Cell]:
    why = reasons(builder.links, grounds.basis.get(indicator.id, ()))
    return (
        strong(builder.story.name(indicator.id)),
        builder.level(indicator.id, levels.get(indicator.id)),
        why or plain(_("no reason given"), italic=True),
    )


def _left(builder: Builder, grounds: _Grounds, indicators: list[Indicator], sentence: str) -> None:
    """Indicators without a level, in a sentence; those of which something was written, each with it."""
    if not indicators:
        return
    builder.text(
        sentence.format(names=listed([builder.story.name(indicator.id) for indicator in indicators]))
    )
    builder.bullets(
        labelled(builder.story.name(indicator.id), reasons(builder.links, grounds.basis[indicator.id]))
        for indicator in indicators
        if indicator.id in grounds.basis
    )


# Other forms of it, and where it was tried


def _forms(builder: Builder, grounds: _Grounds) -> None:
    story = builder.story
    rows = story.adaptations.get(grounds.practice, ())
    if not rows:
        return
    builder.heading(3, _("Adapted forms"))
    builder.table(
        _("What changes in an adapted form"),
        _("For each adapted form the requirements that it changes, as they are and as they become."),
        (
            Column(_("Form"), 20),
            Column(_("Requirement"), 18),
            Column(_("As it is"), 18),
            Column(_("In this form"), 18),
            Column(_("Why"), 26),
        ),
        [
            (
                strong(row.title or row.adaptation),
                story.name(row.indicator),
                level_words(story, row.indicator, grounds.required.get(row.indicator)),
                level_words(story, row.indicator, row.required),
                builder.links.words(row.note),
            )
            for row in rows
        ],
    )


def _pilots(builder: Builder, id_: str) -> None:
    rows = builder.story.pilots.get(id_, ())
    if not rows:
        return
    forms = {row.adaptation: row.title or row.adaptation for row in builder.story.adaptations.get(id_, ())}
    builder.heading(3, _("Where it was tried"))
    builder.table(
        _("Pilots elsewhere"),
        _("Where the practice was tried, when, in which form and with what outcome from 0 to 4."),
        (
            Column(_("Region"), 16),
            Column(_("Year"), 9, numbers=True),
            Column(_("Outcome (0–4)"), 12, numbers=True),
            Column(_("Form"), 19),
            Column(_("What happened"), 44),
        ),
        [
            (
                region_name(builder.study, row.target),
                None if row.year is None else str(row.year),
                None if row.outcome is None else numbers.plain(row.outcome),
                forms.get(row.adaptation, row.adaptation) if row.adaptation else _("as it is"),
                joined([builder.links.words(row.note), source_words(builder.links, row.url)], " "),
            )
            for row in rows
        ],
    )


# How it is rated


def _rating(builder: Builder, target: TargetResult, practice: PracticeResult, *, detailed: bool) -> None:
    story = builder.story
    builder.heading(3, _("Rating for {region}").format(region=story.heading(target)))
    builder.text(joined([strong(sentence(story.verdict(practice))), plain(_numbers(builder, practice))], " "))
    remarks = [labelled(remark.label, plain(remark.text)) for remark in story.remarks(practice, target)]
    further = practice.open_questions[_NAMED_QUESTIONS:]
    if further:
        names = listed([story.name(id_) for id_ in further])
        remarks.append(labelled(_("Open as well"), plain(f"{names}.")))
    chances = _chances(practice)
    if chances:
        remarks.append(labelled(_("Chances"), plain(chances)))
    builder.bullets(remarks)
    _judgements(builder, target, practice)
    if detailed:
        _values(builder, target, practice)


def _numbers(builder: Builder, practice: PracticeResult) -> str:
    said = []
    if practice.rank is not None:
        said.append(_("Rank {rank}.").format(rank=practice.rank))
    if practice.score is not None:
        said.append(
            _("Range {range}, {known} of the weight known.").format(
                range=numbers.span(practice.lower, practice.upper),
                known=builder.story.coverage(practice.coverage),
            )
        )
    return " ".join(said)


def _chances(practice: PracticeResult) -> str:
    """The probability of each class, where there is more than one that happens."""
    firm = practice.robustness
    if firm is None or practice.class_ == PracticeClass.HOME:
        return ""
    found = [
        f"{class_word(class_)} {numbers.share(firm.class_probability[class_.value])}"
        for class_ in BEST_FIRST
        if firm.class_probability.get(class_.value, 0) > 0
    ]
    return f"{listed(found)}." if len(found) > 1 else ""


def _judgements(builder: Builder, target: TargetResult, practice: PracticeResult) -> None:
    rows = [row for row in builder.story.assessments.get(practice.id, ()) if row.target == target.id]
    builder.table(
        _("What assessors say for {region}").format(region=target_name(target)),
        _("Each judgement with the assessor, the rating and the confidence."),
        (
            Column(_("Question"), 24),
            Column(_("Assessor"), 16),
            Column(_("Rating"), 26),
            Column(_("Confidence"), 12),
            Column(_("Note"), 22),
        ),
        [
            (
                strong(builder.story.name(row.indicator)),
                row.assessor,
                value_words(builder.story, row.indicator, row.rating),
                confidence_word(row.confidence),
                builder.links.words(row.note),
            )
            for row in rows
        ],
    )


def _values(builder: Builder, target: TargetResult, practice: PracticeResult) -> None:
    """The table behind the score: a row in bold for each dimension, then its indicators."""
    shown = [i for i in practice.indicators if i.status != Status.NOT_APPLICABLE and i.weight]
    if not shown:
        return
    additive = builder.story.additive
    columns = [
        Column(_("Indicator"), 40),
        Column(_("Needed"), 11, numbers=True),
        Column(_("There is"), 13, numbers=True),
        Column(_("Value"), 12, numbers=True),
        Column(_("Weight"), 12, numbers=True),
    ]
    if additive:
        columns.append(Column(_("Points"), 12, numbers=True))
    rows: list[list[Cell]] = []
    names = {id_: dimension_name(dimension) for id_, dimension in builder.story.dimensions.items()}
    for dimension in practice.dimensions:
        of_it = [result for result in shown if result.dimension == dimension.id]
        if not of_it:
            continue
        points = [result.contribution for result in of_it if result.contribution is not None]
        row: list[Cell] = [
            strong(names.get(dimension.id, dimension.id)),
            BLANK,
            BLANK,
            BLANK if dimension.score is None else strong(numbers.fixed(dimension.score / 100, 2)),
            strong(numbers.share(dimension.weight)),
        ]
        rows.append([*row, strong(numbers.fixed(sum(points), 1)) if points else BLANK] if additive else row)
        rows.extend(_value(builder, result, additive=additive) for result in of_it)
    builder.table(
        _("How the score for {region} comes about").format(region=target_name(target)),
        _(
            "Each indicator with the level needed, the level there is, its value from 0 to 1, its share of "
            "the weight and the points it adds; the words of the levels stand in the tables above and in "
            "the profile of the region."
        ),
        columns,
        rows,
    )
    absent = [i.id for i in practice.indicators if i.status == Status.NOT_APPLICABLE]
    if absent:
        names_ = listed([builder.story.name(id_) for id_ in absent])
        builder.text(
            plural(
                "Left out, because it does not apply or has no weight: {names}.",
                "Left out, because they do not apply or have no weight: {names}.",
                len(absent),
                names=names_,
            ),
            kind="note",
        )


def _value(builder: Builder, result: IndicatorResult, *, additive: bool) -> list[Cell]:
    unknown = result.status != Status.KNOWN
    row: list[Cell] = [
        builder.story.name(result.id),
        _amount(result.required, unknown=unknown and result.role == Role.CONDITION),
        _amount(result.actual, unknown=unknown),
        _("unknown") if result.value is None else numbers.fixed(result.value, 2),
        numbers.share(result.weight),
    ]
    if additive:
        row.append(None if result.contribution is None else numbers.fixed(result.contribution, 1))
    return row


def _amount(value: float | None, *, unknown: bool) -> Cell:
    if value is None:
        return _("unknown") if unknown else None
    return numbers.plain(value)
