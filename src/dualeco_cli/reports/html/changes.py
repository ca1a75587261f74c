"""What stands in the way of each practice, what is not known of it, and the forms that ask for less."""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.language import _, plural
from dualeco_cli.model.result import AdaptationResult, Barrier, PracticeClass
from dualeco_cli.reports import numbers
from dualeco_cli.reports.html.pieces import Form, Row, Unknown, Way, badge
from dualeco_cli.reports.naming import one_line
from dualeco_cli.reports.questions import Asks, Question, questions
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.texts import listed

#: Longer reasons are cut.
LONGEST_REASON = 400
#: So many questions of a kind are named.
_NAMED = 4


def ways(story: Story, rows: Sequence[Row]) -> list[Way]:
    """Barriers and paths, of the practices that have either."""
    found = [_way(story, row) for row in rows]
    return [way for way in found if way.barriers or way.path]


def _way(story: Story, row: Row) -> Way:
    practice, path = row.practice, row.practice.path
    barriers = (
        tuple(_barrier(story, barrier) for barrier in practice.barriers)
        if practice.class_ == PracticeClass.BLOCKED
        else ()
    )
    if path is None or path.to is None:
        return Way(row, barriers, "", numbers.MISSING, numbers.MISSING, None)
    steps = [
        _("{name} {start} → {goal}").format(
            name=story.name(step.indicator), start=numbers.plain(step.from_), goal=numbers.plain(step.to)
        )
        for step in path.steps
    ]
    reason = story.reason(path.reason, LONGEST_REASON)
    if steps:
        said = f"{listed(steps)}. {reason}" if reason else listed(steps)
    else:
        said = reason or _("Nothing in the region has to change.")
    return Way(
        row=row,
        barriers=barriers,
        path=said,
        effort=_plain(path.effort),
        score=story.score(path.score),
        to=badge(path.to),
    )


def _barrier(story: Story, barrier: Barrier) -> str:
    """A barrier in numbers; its words stand with the practice."""
    return _("{name}: {required} required, {actual} there").format(
        name=story.name(barrier.indicator), required=_plain(barrier.required), actual=_plain(barrier.actual)
    )


def _plain(number: float | None) -> str:
    return numbers.MISSING if number is None else numbers.plain(number)


def unknowns(story: Story, rows: Sequence[Row]) -> list[Unknown]:
    """What to find out about each practice, and from whom. At home nothing hangs on it."""
    found = [_unknown(story, row) for row in rows if row.practice.class_ != PracticeClass.HOME]
    return [unknown for unknown in found if any(unknown.names.values())]


def question_titles(region: str) -> dict[str, str]:
    """The headings of the table of unknowns, by the names of its columns."""
    return {
        "decisive": _("Open questions"),
        Asks.OWNER.value: _("Ask its owner"),
        Asks.REGION.value: _("Look up in {region}").format(region=region),
        Asks.ASSESSORS.value: _("Ask local assessors"),
    }


def _unknown(story: Story, row: Row) -> Unknown:
    decisive = row.practice.open_questions
    names: dict[str, list[str]] = {name: [] for name in question_titles("")}
    names["decisive"].extend(story.name(id_) for id_ in decisive)
    for asked in questions(row.practice):
        if asked.indicator not in decisive:
            names[asked.asks.value].append(_asked(story, asked))
    return Unknown(row, {name: _few(found) for name, found in names.items()})


def _few(names: list[str]) -> str:
    """The first of some names, with how many more there are; nothing for none."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return plural(
        "{names} and {count} more",
        "{names} and {count} more",
        len(names) - _NAMED,
        names=", ".join(names[:_NAMED]),
    )


def _asked(story: Story, question: Question) -> str:
    name = _("which objectives it serves") if question.indicator is None else story.name(question.indicator)
    return _("{name} ({weight})").format(name=name, weight=numbers.share(question.weight))


def forms(story: Story, rows: Sequence[Row]) -> list[Form]:
    """The adapted forms, in the order of the page's data."""
    pairs = [
        (row, form) for row in rows for form in sorted(row.practice.adaptations, key=lambda form: form.id)
    ]
    return [_form(story, number, row, form) for number, (row, form) in enumerate(pairs)]


def _form(story: Story, number: int, row: Row, form: AdaptationResult) -> Form:
    return Form(
        number=number,
        row=row,
        title=one_line(form.title or form.id),
        badge=badge(form.class_),
        score=story.score(form.score),
        best=form.best,
    )
