"""What the templates show: the report put into rows and cells, with all texts ready.

The script finds what it changes by the numbers given here: a practice by its row in the ranking as the
report has it, an indicator and a dimension by their place in the framework.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from dualeco_cli.model.result import (
    BEST_FIRST,
    AdaptationResult,
    Barrier,
    IndicatorResult,
    PracticeClass,
    PracticeResult,
    Robustness,
    Status,
    TargetResult,
)
from dualeco_cli.model.rows import Dimension, Indicator, Match, Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.html import shapes
from dualeco_cli.reports.html.base import EQUAL
from dualeco_cli.reports.html.data import practice_numbers, reasons, static_levels
from dualeco_cli.reports.html.words import MARKS, reason_words
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line, region_name
from dualeco_cli.reports.provenance import mean_words, weights_words
from dualeco_cli.reports.questions import Asks, Question, questions
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.tables import Value, compensation
from dualeco_cli.reports.texts import _, class_word, listed, role_word

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
#: So many ranks have a column of their own in the table of chances; the last one holds the rest.
MOST_RANKS = 10

_MERIT = frozenset({Role.MERIT.value})
_FIT = frozenset({Role.CONDITION.value, Role.JUDGEMENT.value})


@dataclass(frozen=True, slots=True)
class Badge:
    """A class as it is shown: name for the style sheet, mark and word."""

    name: str
    mark: str
    word: str


def badge(class_: PracticeClass) -> Badge:
    """The badge of a class."""
    return Badge(str(class_), MARKS.get(class_, ""), class_word(class_))


@dataclass(frozen=True, slots=True)
class Row:
    """One practice for one target, as all tables of the target show it.

    ``sign`` stands for it where there is no room for its title: the rank, or a letter where it has none.
    """

    number: int
    sign: str
    practice: PracticeResult
    title: str
    source: str
    rank: str
    badge: Badge
    score: str
    range: str
    draws: str
    coverage: str
    reason: str
    bar: shapes.Bar


@dataclass(frozen=True, slots=True)
class Count:
    """How many practices have a class."""

    badge: Badge
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension with its indicators, by their places in the framework."""

    place: int
    id: str
    name: str
    description: str
    weight: float
    share: str
    indicators: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """An indicator, as headings and controls name it."""

    place: int
    id: str
    name: str
    question: str
    weight: float
    role: str


@dataclass(frozen=True, slots=True)
class Point:
    """A practice in the picture of merit against fit."""

    row: Row
    merit: float | None
    fit: float | None
    merit_text: str
    fit_text: str

    @property
    def label(self) -> str:
        """The point in words, for those who do not see the picture; the script repeats it."""
        return _("{title}: {class_}, fit {fit}, merit {merit}").format(
            title=self.row.title, class_=self.row.badge.word, fit=self.fit_text, merit=self.merit_text
        )

    @property
    def shown(self) -> bool:
        """Whether it has a place in the picture."""
        return self.merit is not None and self.fit is not None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One indicator in the table of a practice."""

    place: int
    name: str
    required: str
    actual: str
    value: str
    weight: str
    points: str
    pair: shapes.Pair
    note: str
    basis: str


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The indicators of one dimension in the table of a practice."""

    name: str
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True)
class Chances:
    """What the draws say of one practice: shares of ranks and of classes, as text with their shade."""

    row: Row
    ranks: tuple[tuple[str, str], ...]
    expected: str
    mean: str
    classes: tuple[tuple[Badge, float, float, str], ...]
    barriers: str


@dataclass(frozen=True, slots=True)
class Way:
    """What stands in the way of one practice, and the least that would have to change."""

    row: Row
    barriers: tuple[str, ...]
    path: str
    effort: str
    score: str
    to: Badge | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known of one practice: what its class hangs on, and the rest by who can answer it."""

    row: Row
    names: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Form:
    """An adapted form beside the practice as it is. ``number`` is its place in the page's data."""

    number: int
    row: Row
    title: str
    badge: Badge
    score: str
    best: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """The shares of a dimension in which the leader stays the leader."""

    name: str
    low: float
    today: float
    high: float
    text: str
    today_text: str


def _score(number: float | None, edges: Sequence[float] = ()) -> str:
    return numbers.score(number, edges)


def _plain(number: float | None) -> str:
    return numbers.MISSING if number is None else numbers.plain(number)


def _letters(number: int) -> str:
    """``a`` to ``z``, then ``aa``: signs of practices without a rank."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


class PageView:
    """The whole page."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.report = story.report
        self.study = story.study
        self.numbers = practice_numbers(story.report)
        self.targets = [TargetView(self, target, at) for at, target in enumerate(story.report.targets)]

    @property
    def several(self) -> bool:
        """Whether there is more than one target."""
        return len(self.targets) > 1

    @property
    def title(self) -> str:
        """The heading of the page."""
        if len(self.targets) == 1:
            return _("Transferability of good practices to {region}").format(region=self.targets[0].name)
        return _("Transferability of good practices to {count} regions").format(count=len(self.targets))

    @property
    def version(self) -> str:
        """The program and its version."""
        return f"{self.report.tool.name} {one_line(self.report.tool.version)}"

    @property
    def sampled(self) -> bool:
        """Whether there are draws at all."""
        return any(p.robustness for target in self.report.targets for p in target.practices)

    @cached_property
    def static_levels(self) -> bool:
        """Whether there is room for the levels of each practice as tables."""
        return static_levels(self.report)

    @cached_property
    def basis(self) -> dict[tuple[str, str], str]:
        """The reasons for levels, by practice and indicator."""
        return reasons(self.study)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The dimensions that have indicators."""
        framework = self.study.framework
        total = sum(dimension.weight for dimension in framework.dimensions)
        members: dict[str, list[Field]] = {}
        for place, indicator in enumerate(framework.indicators):
            members.setdefault(indicator.dimension, []).append(_field(place, indicator))
        return tuple(
            Group(
                place=place,
                id=one_line(dimension.id),
                name=dimension_name(dimension),
                description=one_line(dimension.description, 400),
                weight=dimension.weight,
                share=numbers.share(dimension.weight / total if total > 0 else 0.0),
                indicators=tuple(members[dimension.id]),
            )
            for place, dimension in enumerate(framework.dimensions)
            if dimension.id in members
        )

    @property
    def density(self) -> str:
        """How narrow the columns of the heat map have to be on paper."""
        columns = len(self.study.framework.indicators)
        return "" if columns <= 33 else " dense" if columns <= 44 else " denser"

    @property
    def highest_weight(self) -> float:
        """Where the sliders of the dimensions end."""
        return max(4.0, 2.0 * math.ceil(max((group.weight for group in self.groups), default=1.0)))

    @property
    def q(self) -> float | str:
        """The compensation of the report: a number, or "none"."""
        return compensation(self.report)

    @property
    def comparison(self) -> list[tuple[str, str, list[tuple[int, Row, bool]]]]:
        """Practices by title: source, and for each target the row and whether it is the best one there is.

        Best is the highest score among the targets where the practice has a rank; equal ones are all best.
        """
        found = []
        by_target = [{row.practice.id: row for row in target.rows} for target in self.targets]
        ids = sorted(self.numbers, key=lambda id_: (self._title(id_).casefold(), id_))
        for id_ in ids:
            cells = [(at, rows[id_]) for at, rows in enumerate(by_target) if id_ in rows]
            ranked = [row.practice.score for _at, row in cells if row.practice.rank is not None]
            top = max((score for score in ranked if score is not None), default=None)
            found.append(
                (
                    cells[0][1].title,
                    cells[0][1].source,
                    [(at, row, _is_top(row.practice, top)) for at, row in cells],
                )
            )
        return found

    def _title(self, id_: str) -> str:
        return next(p.title for t in self.report.targets for p in t.practices if p.id == id_)

    def number(self, id_: str) -> int:
        """The number of a practice in the page's data."""
        return self.numbers[id_]

    @property
    def provenance(self) -> list[tuple[str, Value]]:
        """The settings of the run, as names and values."""
        report, method = self.report, self.report.method
        said: list[tuple[str, Value]] = [
            (_("Program"), self.version),
            (_("Framework"), one_line(report.framework.id)),
            (_("Framework version"), one_line(report.framework.version) or numbers.MISSING),
            (_("Compensation"), f"{self.q if isinstance(self.q, str) else numbers.plain(self.q)}"),
            (_("Score"), mean_words(method.compensation)),
            (_("Least coverage for a rank"), numbers.share(method.min_coverage)),
            (_("Transferable from"), numbers.plain(method.transferable_from)),
            (_("Adaptable from"), numbers.plain(method.adaptable_from)),
            (_("Draws"), f"{method.samples:,}"),
        ]
        if method.samples:
            said += [(_("Seed"), method.seed), (_("Weights in the draws"), weights_words(method))]
        return said

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """The files that were read, with their checksums."""
        return [(one_line(source.path, 300), one_line(source.sha256)) for source in self.report.inputs]


def _field(place: int, indicator: Indicator) -> Field:
    return Field(
        place=place,
        id=one_line(indicator.id),
        name=indicator_name(indicator),
        question=one_line(indicator.question, 400),
        weight=indicator.weight,
        role=role_word(indicator.role),
    )


def _is_top(practice: PracticeResult, top: float | None) -> bool:
    return (
        practice.rank is not None
        and practice.score is not None
        and top is not None
        and practice.score >= top - EQUAL
    )


class TargetView:
    """One target: every table and every picture of it."""

    def __init__(self, page: PageView, target: TargetResult, number: int) -> None:
        self.page = page
        self.story = page.story
        self.target = target
        self.number = number
        self.key = f"t{number}"
        self.name = one_line(target.name)
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
            title=one_line(practice.title),
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

    @property
    def ranked(self) -> list[Row]:
        """The practices with a rank."""
        return [row for row in self.rows if row.practice.rank is not None]

    @property
    def others(self) -> list[Row]:
        """The practices without a rank."""
        return [row for row in self.rows if row.practice.rank is None]

    @property
    def counts(self) -> list[Count]:
        """How many practices there are of each class, the best first."""
        classes = [practice.class_ for practice in self.target.practices]
        return [Count(badge(class_), classes.count(class_)) for class_ in COUNTED]

    @property
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

    def dimension_cells(self, row: Row) -> Iterator[tuple[int, str, shapes.Bar, str]]:
        """For each dimension: its place, the score as text, the bar, the text of its range."""
        results = {result.id: result for result in row.practice.dimensions}
        ids = [dimension.id for dimension in self.story.study.framework.dimensions]
        for group in self.page.groups:
            result = results.get(ids[group.place])
            if result is None:
                yield group.place, numbers.MISSING, shapes.Bar(None, None, None), numbers.MISSING
            else:
                bar = shapes.Bar(result.score, result.lower, result.upper)
                yield group.place, _score(result.score), bar, numbers.span(result.lower, result.upper)

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
        return Point(row, merit, fit, _score(merit), _score(fit))

    @property
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
        """What the practice requires against what is there, by dimension; what does not apply is left out."""
        places = {i.id: at for at, i in enumerate(self.story.study.framework.indicators)}
        barriers = {barrier.indicator for barrier in row.practice.barriers}
        questions = set(row.practice.open_questions)
        applying = [
            result
            for result in row.practice.indicators
            if result.status != Status.NOT_APPLICABLE and result.id in places
        ]
        found = []
        for id_, results in groupby(applying, key=lambda result: result.dimension):
            dimension: Dimension | None = self.story.dimensions.get(id_)
            rows = tuple(
                self._level(
                    row,
                    result,
                    places[result.id],
                    barrier=result.id in barriers,
                    question=result.id in questions,
                )
                for result in results
            )
            found.append(LevelGroup(dimension_name(dimension) if dimension else one_line(id_), rows))
        return found

    def _level(
        self,
        row: Row,
        result: IndicatorResult,
        place: int,
        *,
        barrier: bool,
        question: bool,
    ) -> LevelRow:
        indicator = self.story.indicators.get(result.id)
        condition = result.role == Role.CONDITION
        cell = shapes.tile(result, barrier=barrier, question=question)
        return LevelRow(
            place=place,
            name=self.story.name(result.id),
            required=self._required(indicator, result) if condition else "",
            actual=self.story.level(result.id, result.actual),
            value=cell.text,
            weight=numbers.share(result.weight),
            points=numbers.MISSING if result.contribution is None else numbers.fixed(result.contribution, 1),
            pair=shapes.pair(indicator, result),
            note=_("barrier") if barrier else _("open question") if question else "",
            basis=self.page.basis.get((row.practice.id, result.id), ""),
        )

    def _required(self, indicator: Indicator | None, result: IndicatorResult) -> str:
        # The words of the lowest level say what is there, not what is asked: nothing is.
        if (
            indicator is not None
            and indicator.match is Match.AT_LEAST
            and result.required is not None
            and indicator.normalise(result.required) <= EQUAL
        ):
            return _("nothing")
        return self.story.level(result.id, result.required)

    def absent(self, row: Row) -> str:
        """The indicators whose question does not arise."""
        names = [
            self.story.name(result.id)
            for result in row.practice.indicators
            if result.status == Status.NOT_APPLICABLE
        ]
        return listed(names)

    # What to change

    @property
    def ways(self) -> list[Way]:
        """Barriers and paths, of the practices that have either."""
        return [way for way in map(self._way, self.rows) if way.barriers or way.path]

    def _way(self, row: Row) -> Way:
        practice, path = row.practice, row.practice.path
        said, to, effort, score = "", None, numbers.MISSING, numbers.MISSING
        if path is not None and path.to is not None:
            to = badge(path.to)
            if path.steps:
                said = listed(
                    [
                        _("{name} {start} → {goal}").format(
                            name=self.story.name(step.indicator),
                            start=numbers.plain(step.from_),
                            goal=numbers.plain(step.to),
                        )
                        for step in path.steps
                    ]
                )
                if path.reason:
                    said = f"{said}. {one_line(path.reason, 400)}"
            else:
                said = one_line(path.reason, 400) or _("Answer the open questions; nothing must change.")
            effort = numbers.MISSING if path.effort is None else numbers.plain(path.effort)
            score = self.story.score(path.score)
        barriers = (
            tuple(map(self._barrier, practice.barriers)) if practice.class_ == PracticeClass.BLOCKED else ()
        )
        return Way(row, barriers, said, effort, score, to)

    def _barrier(self, barrier: Barrier) -> str:
        """A barrier in numbers; its words stand with the practice."""
        return _("{name}: {required} required, {actual} there").format(
            name=self.story.name(barrier.indicator),
            required=_plain(barrier.required),
            actual=_plain(barrier.actual),
        )

    @cached_property
    def unknowns(self) -> list[Unknown]:
        """What to find out about each practice, and from whom. At home nothing hangs on it."""
        rows = [row for row in self.rows if row.practice.class_ != PracticeClass.HOME]
        return [found for found in map(self._unknown, rows) if any(found.names.values())]

    def _unknown(self, row: Row) -> Unknown:
        decisive = set(row.practice.open_questions)
        names: dict[str, list[str]] = {
            "decisive": [self.story.name(id_) for id_ in row.practice.open_questions]
        }
        for asked in questions(row.practice):
            if asked.indicator not in decisive:
                names.setdefault(asked.asks.value, []).append(self._asked(asked))
        return Unknown(row, {name: tuple(names.get(name, ())) for name in self._question_titles()})

    def _question_titles(self) -> dict[str, str]:
        return {
            "decisive": _("Open questions"),
            Asks.OWNER.value: _("Ask its owner"),
            Asks.REGION.value: _("Look up in {region}").format(region=self.name),
            Asks.ASSESSORS.value: _("Ask local assessors"),
        }

    @property
    def question_columns(self) -> dict[str, str]:
        """The headings of the table of unknowns; a column with nothing in it is left out."""
        return {
            name: title
            for name, title in self._question_titles().items()
            if any(found.names[name] for found in self.unknowns)
        }

    def _asked(self, question: Question) -> str:
        name = (
            _("which objectives it serves")
            if question.indicator is None
            else self.story.name(question.indicator)
        )
        return _("{name} ({weight})").format(name=name, weight=numbers.share(question.weight))

    @property
    def forms(self) -> list[Form]:
        """The adapted forms, in the order of the page's data."""
        found: list[Form] = []
        for row in self.rows:
            for form in sorted(row.practice.adaptations, key=lambda form: form.id):
                found.append(self._form(len(found), row, form))
        return found

    def _form(self, number: int, row: Row, form: AdaptationResult) -> Form:
        return Form(
            number=number,
            row=row,
            title=one_line(form.title or form.id),
            badge=badge(form.class_),
            score=self.story.score(form.score),
            best=form.best,
        )

    # How firm it is

    @property
    def rank_columns(self) -> list[str]:
        """The headings of the table of chances."""
        count = len(self.ranked)
        if count <= MOST_RANKS:
            return [str(rank) for rank in range(1, count + 1)]
        return [*(str(rank) for rank in range(1, MOST_RANKS)), _("{rank} and below").format(rank=MOST_RANKS)]

    @property
    def chances(self) -> list[Chances]:
        """What the draws say, of every practice that has draws."""
        return [
            self._chances(row, row.practice.robustness)
            for row in self.rows
            if row.practice.robustness is not None and row.practice.class_ != PracticeClass.HOME
        ]

    def _chances(self, row: Row, firm: Robustness) -> Chances:
        columns = len(self.rank_columns)
        shares = list(firm.rank_acceptability) if row.practice.rank is not None else []
        if len(shares) > columns:
            shares = [*shares[: columns - 1], sum(shares[columns - 1 :])]
        shares += [0.0] * (columns - len(shares) if shares else 0)
        classes, start = [], 0.0
        for class_ in BEST_FIRST:
            share = firm.class_probability.get(class_, 0.0)
            if share > 0:
                classes.append((badge(class_), 100 * start, 100 * share, numbers.share(share)))
                start += share
        barriers = [
            _("{name} {share}").format(name=self.story.name(id_), share=numbers.share(share))
            for id_, share in sorted(firm.barrier_probability.items(), key=lambda item: -item[1])
            if share > 0
        ]
        return Chances(
            row=row,
            ranks=tuple(
                (numbers.share(share) if share >= 0.005 else "", shapes.shade(share)) for share in shares
            ),
            expected=numbers.MISSING if firm.expected_rank is None else numbers.fixed(firm.expected_rank, 1),
            mean=_score(firm.mean),
            classes=tuple(classes),
            barriers=listed(barriers),
        )

    @property
    def stability(self) -> list[Stretch]:
        """For each dimension the shares of the weight in which the leader stays first."""
        total = sum(dimension.weight for dimension in self.story.study.framework.dimensions)
        found = []
        for stretch in self.target.leader_stability or ():
            dimension = self.story.dimensions.get(stretch.dimension)
            if dimension is None or stretch.low is None or stretch.high is None or total <= 0:
                continue
            today = dimension.weight / total
            found.append(
                Stretch(
                    name=dimension_name(dimension),
                    low=100 * stretch.low,
                    today=100 * today,
                    high=100 * stretch.high,
                    text=_("{low} to {high}").format(
                        low=numbers.share(stretch.low), high=numbers.share(stretch.high)
                    ),
                    today_text=numbers.share(today),
                )
            )
        return found

    @property
    def leader(self) -> str:
        """The title of the leader of the ranking."""
        return self.ranked[0].title if self.ranked else ""

    @property
    def splits(self) -> list[tuple[str, str, str]]:
        """Judgements on which the assessors lie apart: practice, indicator, ratings."""
        if self.target.agreement is None:
            return []
        titles = {row.practice.id: row.title for row in self.rows}
        return [
            (
                titles.get(split.practice, one_line(split.practice)),
                self.story.name(split.indicator),
                ", ".join(numbers.plain(rating) for rating in split.ratings),
            )
            for split in self.target.agreement.split
        ]

    @property
    def agreement(self) -> str:
        """How far the assessors agree, in a line."""
        agreement = self.target.agreement
        if agreement is None or agreement.units == 0:
            return _("No question was answered by more than one assessor.")
        if agreement.alpha is None:
            return _(
                "Several assessors answered {count} questions; Krippendorff's alpha is not defined for them."
            ).format(count=agreement.units)
        return _("Krippendorff's alpha is {alpha}, from {count} questions that several answered.").format(
            alpha=numbers.fixed(agreement.alpha, 2), count=agreement.units
        )
