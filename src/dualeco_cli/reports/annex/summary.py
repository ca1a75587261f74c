"""The first chapter: the answer, for each target and for all of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.language import _, plural
from dualeco_cli.model.result import PracticeClass, PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex.blocks import Column, Run, Words, labelled, line, plain
from dualeco_cli.reports.annex.builder import Builder, Cell, strong
from dualeco_cli.reports.figures import comparison, draw, draw_comparison, file_stems
from dualeco_cli.reports.figures.marks import by_kind
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.story import one_line, region_name
from dualeco_cli.reports.texts import class_word, listed, quoted

#: A page has no room for more targets side by side.
SIDE_BY_SIDE = 4


def practice_key(id_: str) -> str:
    """The key of a practice's heading."""
    return f"practice {id_}"


def add(builder: Builder) -> None:
    """Add the chapter."""
    report = builder.report
    builder.heading(1, _("Summary"))
    ids = {practice.id for target in report.targets for practice in target.practices}
    builder.text(
        plural(
            "This annex says how well {count} good practice would suit {regions}, and why.",
            "This annex says how well {count} good practices would suit {regions}, and why.",
            len(ids),
            regions=listed([target_name(target) for target in report.targets]) or numbers.MISSING,
        ),
        _(
            "A score tells how much of what matters is there, from 0 to 100. It does not decide: barriers, "
            "open questions and the reasons behind each number stand in the fiche of the practice."
        ),
    )
    builder.bullets(_reading_guide(firm=_is_firm(builder)))
    stems = file_stems([target.id for target in report.targets])
    for target, stem in zip(report.targets, stems, strict=True):
        _target(builder, target, stem)
    if len(report.targets) > 1:
        _side_by_side(builder)


def _is_firm(builder: Builder) -> bool:
    return any(p.robustness for target in builder.report.targets for p in target.practices)


def _reading_guide(*, firm: bool) -> list[Words]:
    guide = [
        (
            _("Range"),
            _("the score if all that is unknown turned out at its worst or at its best"),
        ),
        (_("Known"), _("the share of the weight that is known")),
        (
            _("Class"),
            _("what the practice is for this region; chapter {chapter} says when it is which").format(
                chapter=_("Method")
            ),
        ),
    ]
    if firm:
        guide.insert(
            1,
            (
                _("5–95%"),
                _(
                    "where the score lies in nine of ten draws, with weights and values as uncertain as "
                    "they are"
                ),
            ),
        )
    return [labelled(word, plain(meaning + ".")) for word, meaning in guide]


def _target(builder: Builder, target: TargetResult, stem: str) -> None:
    story = builder.story
    name = target_name(target)
    builder.heading(2, _("Ranking for {region}").format(region=story.heading(target)))
    builder.text(f"{story.tally(target)} {story.profile(target)}")
    ranked = [practice for practice in target.practices if practice.rank is not None]
    kinds = by_kind(target, len(target.practices))
    others = [practice for _kind, practices in kinds for practice in practices if practice.rank is None]
    if not ranked:
        builder.text(_("No practice gets a rank here; the reasons are below."))
    _ranking(builder, target, ranked)
    builder.table(
        _("Practices without a rank for {region}").format(region=name),
        _("Each practice without a rank, with its class, its score and the first reason."),
        (
            Column(_("Practice"), 26),
            Column(_("From"), 14),
            Column(_("Class"), 14),
            Column(_("Score"), 8, numbers=True),
            Column(_("Reason"), 38),
        ),
        [_without_rank(builder, target, practice) for practice in others],
    )
    builder.figure(
        draw("ranking", story, target, stem),
        _("Scores of all practices for {region}, with what is unknown and how firm the known is").format(
            region=name
        ),
    )
    said = story.order(target)
    if said:
        builder.heading(3, _("How firm is this order?"))
        builder.bullets(said)
    builder.figure(
        draw("heatmap", story, target, stem),
        _("What each indicator says of each practice for {region}").format(region=name),
    )


def _ranking(builder: Builder, target: TargetResult, ranked: Sequence[PracticeResult]) -> None:
    firm = any(practice.robustness for practice in ranked)
    columns = [
        Column(_("Rank"), 7, numbers=True),
        Column(_("Practice"), 30),
        Column(_("From"), 16),
        Column(_("Score"), 9, numbers=True),
        Column(_("Range"), 10, numbers=True),
        Column(_("Known"), 9, numbers=True),
        Column(_("Class"), 16),
    ]
    if firm:
        columns.insert(5, Column(_("5–95%"), 10, numbers=True))
    builder.table(
        _("Ranking for {region}").format(region=target_name(target)),
        _("The ranked practices, best first, with score, range, known share and class."),
        columns,
        [_ranked(builder, practice, firm=firm) for practice in ranked],
    )


def _ranked(builder: Builder, practice: PracticeResult, *, firm: bool) -> list[Cell]:
    story = builder.story
    cells: list[Cell] = [
        str(practice.rank),
        title_words(practice),
        region_name(builder.study, practice.source),
        story.score(practice.score),
        numbers.span(practice.lower, practice.upper),
        story.coverage(practice.coverage),
        class_word(practice.class_),
    ]
    if firm:
        robustness = practice.robustness
        cells.insert(5, numbers.span(robustness.p05, robustness.p95) if robustness else None)
    return cells


def title_words(practice: PracticeResult) -> Words:
    """The title of a practice, leading to its fiche."""
    return (Run(line(practice.title) or line(practice.id), to=practice_key(practice.id)),)


def _without_rank(builder: Builder, target: TargetResult, practice: PracticeResult) -> list[Cell]:
    story = builder.story
    first = next(iter(story.remarks(practice, target, firmness=False)), None)
    reason = first.text if first else None
    if len(practice.barriers) > 1 and practice.class_ == PracticeClass.BLOCKED:
        reason = plural(
            "{count} barrier: {names}.",
            "{count} barriers: {names}.",
            len(practice.barriers),
            names=listed([story.name(barrier.indicator) for barrier in practice.barriers]),
        )
    return [
        title_words(practice),
        region_name(builder.study, practice.source),
        class_word(practice.class_),
        story.score(practice.score),
        reason,
    ]


def _side_by_side(builder: Builder) -> None:
    story, targets = builder.story, builder.report.targets
    found = {(target.id, p.id): p for target in targets for p in target.practices}
    order = comparison.order(story)
    builder.heading(2, _("All regions side by side"))
    builder.bullets(_best(target) for target in targets)
    for first in range(0, len(targets), SIDE_BY_SIDE):
        some = targets[first : first + SIDE_BY_SIDE]
        names = [target_name(target) for target in some]
        rows: list[list[Cell]] = []
        for id_ in order:
            practices = [found.get((target.id, id_)) for target in some]
            title = next((title_words(practice) for practice in practices if practice is not None), None)
            rows.append([title, *(_verdict(builder, practice) for practice in practices)])
        builder.table(
            _("Class, score and rank of each practice for {regions}").format(regions=listed(names)),
            _("A row for each practice and a column for each region."),
            (Column(_("Practice"), 32), *(Column(name, 68 / len(names)) for name in names)),
            rows,
        )
    builder.figure(draw_comparison(story), _("Which practice suits which region"))


def _verdict(builder: Builder, practice: PracticeResult | None) -> Cell:
    if practice is None:
        return None
    said = builder.story.class_and_score(practice)
    if practice.rank is None:
        return said
    return strong(_("{verdict}, rank {rank}").format(verdict=said, rank=practice.rank))


def _best(target: TargetResult) -> Words:
    first = [practice for practice in target.practices if practice.rank == 1]
    region = target_name(target)
    if not first:
        return labelled(region, plain(_("no practice gets a rank.")))
    titles = listed([quoted(one_line(practice.title)) for practice in first])
    return labelled(region, plain(_("first is {titles}.").format(titles=titles)))
