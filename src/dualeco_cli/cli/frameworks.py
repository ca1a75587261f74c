"""``dualeco frameworks``: the schemes that are built in, where they come from, a study in their own terms."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.say import stop
from dualeco_cli.language import _, of_data
from dualeco_cli.model.equal import EQUAL

if TYPE_CHECKING:
    from dualeco_cli.model.result import PracticeClass
    from dualeco_cli.model.rows import Indicator
    from dualeco_cli.model.study import Framework, Study
    from dualeco_cli.reports.frameworks_view import About, Entry, Mark, Outlook, Pattern, Points

#: From this weight on a characteristic is of high importance (high, medium, low are 2, 1, 0.5).
HIGH = 2.0
#: Of a sheet About no more characters than this are looked at.
MOST_ABOUT = 100_000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("frameworks", epilog="Example: dualeco frameworks tide practices.xlsx --target bremen")(
        frameworks
    )


def frameworks(
    context: typer.Context,
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Explain this one, with its sources.")
    ] = None,
    workbooks: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORKBOOK...]", help="Show these in its own terms: drivers and barriers, or points."
        ),
    ] = None,
    target: options.Targets = None,
    ecosystems: options.Ecosystems = None,
) -> None:
    """List the built-in frameworks, explain one, or read a study in the terms of one.

    Drivers and barriers are for scales with a middle, such as TIDE's from -2 to +2, points for schemes that
    add up ratings. `dualeco score WORKBOOK --indicators ID` ranks with a framework.
    """
    from dualeco_cli.cli.reading import load_files, study_of
    from dualeco_cli.reports.frameworks_view import framework_text, frameworks_text
    from dualeco_cli.reports.terminal import Screen, emit

    screen = Screen.of(sys.stdout)
    if id_ is None:
        emit(frameworks_text(entries(), screen), sys.stdout)
        return
    if workbooks:
        _own_terms(context, id_, workbooks, target, ecosystems)
        return
    framework = study_of(load_files(context, [], indicators=id_, ecosystems=None), quiet=True).framework
    emit(framework_text(framework, about(id_), screen), sys.stdout)


def entries() -> list[Entry]:
    """The built-in frameworks as a list shows them."""
    from dualeco_cli.checks import package_data
    from dualeco_cli.data import builtin
    from dualeco_cli.reports.frameworks_view import Entry

    found = []
    for id_ in builtin.framework_ids():
        draft = package_data.framework(id_)[0]
        found.append(Entry(id_, about(id_), len(draft.dimensions), len(draft.indicators)))
    return found


def about(name: str) -> About:
    """What a framework says of itself: its sheet About, of which a file that is no folder has none here."""
    from dualeco_cli.checks.load import framework_source
    from dualeco_cli.reports.frameworks_view import About

    file = Path(framework_source(name)[0]) / "About.csv"
    if not file.is_file():
        return About()
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        text = lines.read(MOST_ABOUT)
    try:
        rows = [row for row in csv.reader(text.splitlines(keepends=True)) if len(row) >= 2]
    except csv.Error:
        return About()  # it is no part of the study: what cannot be read is not shown
    return About(tuple((row[0].strip(), row[1].strip()) for row in rows[1:]))


# -- a study in the terms of a framework -------------------------------------------------------------


def _own_terms(
    context: typer.Context,
    id_: str,
    workbooks: list[str],
    target: list[str] | None,
    ecosystems: list[str] | None,
) -> None:
    from dualeco_cli.cli.reading import load_files, resolve_targets, study_of
    from dualeco_cli.reports.frameworks_view import patterns_text, points_text
    from dualeco_cli.reports.terminal import Screen, emit

    loaded = load_files(context, workbooks, indicators=id_, ecosystems=ecosystems, for_scoring=True)
    study = study_of(loaded, quiet=False)
    terms = terms_of(study.framework)
    if terms is None:
        said = _(
            "the framework {framework} has no terms of its own besides the score: "
            "use dualeco score with --indicators {id}."
        )
        stop(said.format(framework=study.framework.id, id=id_))
    screen = Screen.of(sys.stdout)
    texts = []
    for target_id in resolve_targets(study, target):
        name = of_data(study.ecosystems[target_id].name or target_id)
        if terms == "pattern":
            texts.append(patterns_text(study.framework, name, patterns(study, target_id), screen))
        else:
            texts.append(points_text(study.framework, name, points(study, target_id), screen))
    emit("\n".join(texts), sys.stdout)


def terms_of(framework: Framework) -> str | None:
    """``pattern`` for scales with 0 in the middle, ``points`` for ratings on one scale, else None.

    The scales decide and not the id, so that a user's copy under another name reads alike.
    """
    from dualeco_cli.model.rows import Role

    rated = [i for i in framework.indicators if i.role in {Role.MERIT, Role.JUDGEMENT}]
    if not rated or len(rated) < len(framework.indicators):
        return None
    if all(i.role is Role.JUDGEMENT and _signed(i) for i in rated):
        return "pattern"
    scales = {(i.worst, i.best) for i in rated}
    # points are added up where more is better
    return "points" if len(scales) == 1 and rated[0].worst < rated[0].best else None


def _signed(indicator: Indicator) -> bool:
    return abs(indicator.worst + indicator.best) <= EQUAL


def patterns(study: Study, target: str) -> list[Pattern]:
    """The drivers and barriers of every practice for a target, the most favourable first.

    A practice that comes from the target is left out: pioneer and adopter are one there.
    """
    from dualeco_cli.reports.frameworks_view import Outlook

    ratings = _ratings(study, target)
    found = [
        _pattern(study, id_, ratings) for id_, row in sorted(study.practices.items()) if row.source != target
    ]
    order = (Outlook.FAVOURABLE, Outlook.CONDITIONAL, Outlook.BLOCKED, Outlook.UNRATED)
    return sorted(found, key=lambda pattern: order.index(pattern.outlook))


def _ratings(study: Study, target: str) -> Mapping[tuple[str, str], tuple[float, float]]:
    """Rating and importance by practice and indicator, where there is a rating."""
    from dualeco_cli.scoring.judgements import judgements

    weights = {indicator.id: indicator.weight for indicator in study.framework.indicators}
    return {
        unit: (judgement.rating, judgement.importance * weights[unit[1]])
        for unit, judgement in judgements(study.assessments, target, study.framework.indicators).items()
        if judgement.rating is not None
    }


def _pattern(study: Study, practice: str, ratings: Mapping[tuple[str, str], tuple[float, float]]) -> Pattern:
    from dualeco_cli.reports.frameworks_view import Mark, Pattern

    kinds: dict[tuple[bool, int], list[Mark]] = {}
    unrated = []
    worst = False
    for indicator in study.framework.indicators:
        held = ratings.get((practice, indicator.id))
        if held is None:
            unrated.append(indicator)
            continue
        rating, importance = held
        # support in the direction of the scale, -1 at its worst end and 1 at its best
        support = 2 * indicator.normalise(rating) - 1
        key = importance >= HIGH - EQUAL
        side = 0 if abs(support) <= EQUAL else (1 if support > 0 else -1)
        kinds.setdefault((key, side), []).append(Mark(indicator, rating))
        worst = worst or (key and support <= -1 + EQUAL)
    key_barriers = tuple(kinds.get((True, -1), ()))
    return Pattern(
        practice=practice,
        title=study.practices[practice].title,
        outlook=_outlook(rated=bool(kinds), barriers=bool(key_barriers), worst=worst),
        key_drivers=tuple(kinds.get((True, 1), ())),
        key_barriers=key_barriers,
        minor_barriers=tuple(kinds.get((False, -1), ())),
        minor_drivers=tuple(kinds.get((False, 1), ())),
        neutral=(*kinds.get((True, 0), ()), *kinds.get((False, 0), ())),
        unrated=tuple(unrated),
    )


def _outlook(*, rated: bool, barriers: bool, worst: bool) -> Outlook:
    from dualeco_cli.reports.frameworks_view import Outlook

    if not rated:
        return Outlook.UNRATED
    if worst:
        return Outlook.BLOCKED
    return Outlook.CONDITIONAL if barriers else Outlook.FAVOURABLE


def points(study: Study, target: str) -> list[Points]:
    """The plain totals of every practice for a target, the highest first, with the class of its score."""
    from dualeco_cli.api import method_for, report_for

    report = report_for(study, [target], method_for(study, samples=0))
    classes = {practice.id: practice.class_ for practice in report.targets[0].practices}
    ratings = _ratings(study, target)
    found = [_points(study, id_, ratings, classes) for id_ in sorted(study.practices)]
    return sorted(found, key=lambda one: -1.0 if one.total is None else one.total, reverse=True)


def _points(
    study: Study,
    practice: str,
    ratings: Mapping[tuple[str, str], tuple[float, float]],
    classes: Mapping[str, PracticeClass],
) -> Points:
    from dualeco_cli.model.rows import Role
    from dualeco_cli.reports.frameworks_view import Mark, Points

    marks: list[Mark] = []
    of = 0
    for indicator in study.framework.indicators:
        rating: float | None = None
        if indicator.role is Role.MERIT:
            level = study.merits.get(practice, {}).get(indicator.id)
            if level is not None and level.value is None:
                continue  # n/a: the criterion does not arise
            rating = None if level is None else level.value
        elif (practice, indicator.id) in ratings:
            rating = ratings[practice, indicator.id][0]
        of += 1
        if rating is not None:
            marks.append(Mark(indicator, rating))
    return Points(
        practice=practice,
        title=study.practices[practice].title,
        total=sum(mark.rating for mark in marks) if marks else None,
        most=sum(mark.indicator.best for mark in marks),
        rated=len(marks),
        of=of,
        below_floor=tuple(_below_floor(marks)),
        class_=classes[practice],
    )


def _below_floor(marks: Iterable[Mark]) -> Iterable[Mark]:
    return (m for m in marks if m.indicator.floor is not None and m.rating < m.indicator.floor - EQUAL)
