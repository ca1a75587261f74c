"""One target: every table and every picture of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from dualeco_cli.language import _
from dualeco_cli.model.result import PracticeClass, PracticeResult, TargetResult
from dualeco_cli.model.rows import Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.html import changes, firmness, levels, shapes
from dualeco_cli.reports.html.pieces import (
    Chances,
    Count,
    Form,
    LevelGroup,
    Point,
    Row,
    Stretch,
    Unknown,
    Way,
    badge,
)
from dualeco_cli.reports.html.words import reason_words
from dualeco_cli.reports.naming import one_line, region_name, target_name
from dualeco_cli.reports.texts import listed

if TYPE_CHECKING:
    from dualeco_cli.reports.html.page_view import PageView

#: Classes in the order in which they are counted: what can be transferred first, home last.
COUNTED = (
    PracticeClass.TRANSFERABLE,
    PracticeClass.ADAPTABLE,
    PracticeClass.CONDITIONAL,
    PracticeClass.NOT_YET,
    PracticeClass.BLOCKED,
    PracticeClass.INSUFFICIENT_EVIDENCE,
    PracticeClass.HOME,
)

_MERIT = frozenset({Role.MERIT.value})
_FIT = frozenset({Role.CONDITION.value, Role.JUDGEMENT.value})


def _letters(number: int) -> str:
    """``a`` to ``z``, then ``aa``: signs of practices without a rank."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


class TargetView:
    """One target: every table and every picture of it."""

    def __init__(self, page: PageView, target: TargetResult, number: int) -> None:
        self.page = page
        self.story = page.story
        self.target = target
        self.number = number
        self.key = f"t{number}"
        self.name = target_name(target) or one_line(target.id)
        self.heading = self.story.heading(target)

    # The answer

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All practices as they are listed."""
        unranked = 0
        rows = []
        for number, practice in enumerate(self.target.practices):
            if practice.rank is None:
                sign = _letters(unranked)
                unranked += 1
            else:
                sign = str(practice.rank)
            rows.append(self._row(number, sign, practice))
        return tuple(rows)

    def _row(self, number: int, sign: str, practice: PracticeResult) -> Row:
        firm = practice.robustness
        low, high = (firm.p05, firm.p95) if firm else (None, None)
        return Row(
            number=number,
            sign=sign,
            practice=practice,
            title=one_line(practice.title) or one_line(practice.id),
            source=region_name(self.story.study, practice.source),
            rank=numbers.MISSING if practice.rank is None else str(practice.rank),
            badge=badge(practice.class_),
            score=self.story.score(practice.score),
            range=numbers.span(practice.lower, practice.upper),
            draws=numbers.span(low, high),
            coverage=self.story.coverage(practice.coverage),
            reason=self._reason(practice),
            bar=shapes.Bar(practice.score, practice.lower, practice.upper, low, high),
        )

    def _reason(self, practice: PracticeResult) -> str:
        if practice.score is None and practice.class_ == PracticeClass.INSUFFICIENT_EVIDENCE:
            return _("Nothing is known that a score could rest on")
        names = (
            [barrier.indicator for barrier in practice.barriers]
            if practice.class_ == PracticeClass.BLOCKED
            else list(practice.open_questions)
        )
        return (
            reason_words()
            .get(practice.class_, "")
            .format(
                names=listed([self.story.name(id_) for id_ in names]),
                coverage=self.story.coverage(practice.coverage),
                least=numbers.share(self.story.report.method.min_coverage),
            )
        )

    @cached_property
    def ranked(self) -> list[Row]:
        """The practices with a rank."""
        return [row for row in self.rows if row.practice.rank is not None]

    @cached_property
    def others(self) -> list[Row]:
        """The practices without a rank."""
        return [row for row in self.rows if row.practice.rank is None]

    @property
    def counts(self) -> list[Count]:
        """How many practices there are of each class, the best first."""
        classes = [practice.class_ for practice in self.target.practices]
        return [Count(badge(class_), classes.count(class_)) for class_ in COUNTED]

    @cached_property
    def sampled(self) -> bool:
        """Whether there are draws."""
        return any(practice.robustness for practice in self.target.practices)

    @property
    def order(self) -> list[str]:
        """How firm the order is."""
        return self.story.order(self.target)

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The sections, by the ends of their ids."""
        return [
            (name, title)
            for name, title, there in (
                ("ranking", _("Ranking"), True),
                ("dimensions", _("Where the scores come from"), self.page.groups),
                ("map", _("Practice by indicator"), self.page.groups),
                ("quadrant", _("Merit against fit"), self.pictured),
                ("ways", _("Barriers and the way forward"), self.ways),
                ("forms", _("Adapted forms"), self.forms),
                ("chances", _("How firm it is"), self.chances),
                ("questions", _("What is not known yet"), self.unknowns),
                ("agreement", _("Agreement of the assessors"), self.target.agreement),
                ("practices", _("Practice by practice"), True),
            )
            if there
        ]

    # By dimension and by indicator

    def dimension_cells(self, row: Row) -> Iterator[tuple[str, shapes.Bar, str]]:
        """For each dimension the score as text, the bar, the text of its range."""
        results = {result.id: result for result in row.practice.dimensions}
        ids = [dimension.id for dimension in self.story.study.framework.dimensions]
        for group in self.page.groups:
            result = results.get(ids[group.place])
            if result is None:
                yield numbers.MISSING, shapes.Bar(None, None, None), numbers.MISSING
            else:
                bar = shapes.Bar(result.score, result.lower, result.upper)
                yield numbers.score(result.score), bar, numbers.span(result.lower, result.upper)

    def tiles(self, row: Row) -> Iterator[shapes.Tile]:
        """The cells of the heat map, by dimension."""
        results = {result.id: result for result in row.practice.indicators}
        barriers = {barrier.indicator for barrier in row.practice.barriers}
        questions = set(row.practice.open_questions)
        ids = [indicator.id for indicator in self.story.study.framework.indicators]
        for group in self.page.groups:
            for field in group.indicators:
                id_ = ids[field.place]
                yield shapes.tile(results.get(id_), barrier=id_ in barriers, question=id_ in questions)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """All practices with their merit and fit, as far as either is known."""
        return tuple(self._point(row) for row in self.rows)

    def _point(self, row: Row) -> Point:
        merit = shapes.mean(row.practice.indicators, _MERIT)
        fit = shapes.mean(row.practice.indicators, _FIT)
        return Point(row, merit, fit, numbers.score(merit), numbers.score(fit))

    @cached_property
    def pictured(self) -> bool:
        """Whether the picture of merit against fit has anything to show."""
        return any(point.shown for point in self.points)

    # One practice

    def remarks(self, row: Row) -> list[tuple[str, list[str]]]:
        """The sentences about a practice, by their headings."""
        said = self.story.remarks(row.practice, self.target, firmness=True)
        return [
            (label, [remark.text for remark in remarks])
            for label, remarks in groupby(said, key=lambda remark: remark.label)
        ]

    def levels(self, row: Row) -> list[LevelGroup]:
        """What the practice requires against what is there, by dimension."""
        return levels.level_groups(self.story, row, self.page.basis)

    def absent(self, row: Row) -> str:
        """The indicators whose question does not arise."""
        return levels.absent(self.story, row)

    # What to change

    @cached_property
    def ways(self) -> list[Way]:
        """Barriers and paths, of the practices that have either."""
        return changes.ways(self.story, self.rows)

    @cached_property
    def unknowns(self) -> list[Unknown]:
        """What to find out about each practice, and from whom."""
        return changes.unknowns(self.story, self.rows)

    @cached_property
    def question_columns(self) -> dict[str, str]:
        """The headings of the table of unknowns; a column with nothing in it is left out."""
        titles = changes.question_titles(self.name)
        return {name: title for name, title in titles.items() if any(u.names[name] for u in self.unknowns)}

    @cached_property
    def forms(self) -> list[Form]:
        """The adapted forms, in the order of the page's data."""
        return changes.forms(self.story, self.rows)

    # How firm it is

    @property
    def rank_columns(self) -> list[str]:
        """The headings of the table of chances."""
        return firmness.rank_columns(len(self.ranked))

    @cached_property
    def chances(self) -> list[Chances]:
        """What the draws say, of every practice that has draws."""
        return firmness.chances(self.story, self.rows)

    @property
    def stability(self) -> list[Stretch]:
        """For each dimension the shares of the weight in which the leader stays first."""
        return firmness.stretches(self.story, self.target)

    @property
    def leader(self) -> str:
        """The title of the leader of the ranking."""
        return self.ranked[0].title if self.ranked else ""

    @property
    def splits(self) -> list[tuple[str, str, str]]:
        """Judgements on which the assessors lie apart: practice, indicator, ratings."""
        return firmness.splits(self.story, self.target)

    @property
    def agreement(self) -> str:
        """How far the assessors agree, in a line."""
        return firmness.agreement(self.target)
