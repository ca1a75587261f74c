"""One practice for one target on a terminal: what it is, why it scores as it does, what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dualeco_cli.language import _, either, of_data, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.insight import Explanation, LeftOut, Question
from dualeco_cli.model.result import (
    AdaptationResult,
    DimensionResult,
    IndicatorResult,
    PracticeClass,
    Status,
    Step,
)
from dualeco_cli.model.rows import Adaptation, Assessment, Indicator, Level, Match, Practice, Role
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers

# The signs of the classes are the same in every view.
from dualeco_cli.reports.console import MARKS
from dualeco_cli.reports.layout import LONGEST_LINE, filled, fitted, heading, prose, ruled_table
from dualeco_cli.reports.naming import LONGEST_TEXT, dimension_name, one_line, region_name, target_name
from dualeco_cli.reports.provenance import provenance
from dualeco_cli.reports.questions import Asks, questions
from dualeco_cli.reports.story import WORTH_SAYING, Remark, Story
from dualeco_cli.reports.terminal import Screen, emit
from dualeco_cli.reports.texts import class_word, confidence_word, listed, objective_word, origin_word, quoted

#: Two regions differ on an indicator worth naming from this share of its scale on.
FAR_APART = 0.25
#: So many cells has the bar of an indicator.
BAR = 8


def explain_text(
    explanation: Explanation, study: Study, screen: Screen | None = None, *, sources: bool = False
) -> str:
    """The explanation as text for a screen; with ``sources``, where each level comes from."""
    screen = screen or Screen()
    return _View(explanation, study, screen, sources=sources).text()


def print_explanations(
    explanations: Iterable[Explanation], study: Study, file: TextIO, *, sources: bool = False
) -> None:
    """Write explanations to a terminal, a pipe or a file."""
    screen = Screen.of(file)
    for number, explanation in enumerate(explanations):
        emit("\n" * (number > 0) + explain_text(explanation, study, screen, sources=sources), file)


def class_mark(class_: PracticeClass, screen: Screen) -> tuple[str, str]:
    """The sign of a class that this screen can show, and its colour."""
    unicode, ascii_, colour = MARKS[class_]
    return (unicode if screen.unicode else ascii_), colour


def class_text(class_: PracticeClass, screen: Screen) -> Text:
    """A class by its sign and its word."""
    mark, colour = class_mark(class_, screen)
    return Text(f"{mark} {class_word(class_)}", style=colour)


def bar(share: float, width: int, screen: Screen) -> Text:
    """A bar that is filled to a share between 0 and 1. What is not nothing shows, and what is not all."""
    share = min(1.0, max(0.0, share))
    filled = round(share * width)
    if 0 < share < 1 and width > 1:
        filled = min(width - 1, max(1, filled))
    full, empty = ("█", "░") if screen.unicode else ("#", ".")
    return Text.assemble((full * filled, "blue"), (empty * (width - filled), "bright_black"))


def facts(
    rows: Iterable[tuple[str, str]], screen: Screen, *, indent: int = 0, least: int = 0
) -> RenderableType:
    """Labels on the left, what belongs to them on the right. An address too long for the line is not cut."""
    grid = Table.grid(padding=(0, 2 if least == 0 else 1, 0, 0), expand=True)
    grid.add_column(no_wrap=True, min_width=least, style=screen.dim)
    grid.add_column(ratio=1, overflow="fold")
    for label, text in rows:
        grid.add_row(Text(label), Text(text))
    return prose(grid, screen, indent)


def bullets(sentences: Iterable[str], screen: Screen, indent: int = 1) -> RenderableType:
    """Sentences below each other, each with a dash before it."""
    return facts((("-", sentence) for sentence in sentences), screen, indent=indent, least=1)


def step_effort(indicator: Indicator | None, step: Step) -> float | None:
    """What a step costs: the effort of one level, or twentieth of the scale, times how many there are."""
    if indicator is None:
        return None
    return indicator.effort * math.ceil(abs(step.to - step.from_) / indicator.single_step - EQUAL)


def step_text(story: Story, step: Step) -> str:
    """What would change, in the words of the levels, and what that costs."""
    effort = step_effort(story.indicators.get(step.indicator), step)
    text = (
        _("{name}: from {start} to {goal}.")
        if effort is None
        else _("{name}: from {start} to {goal}, effort {effort}.")
    )
    return text.format(
        name=story.name(step.indicator),
        start=story.level(step.indicator, step.from_),
        goal=story.level(step.indicator, step.to),
        effort=numbers.MISSING if effort is None else numbers.plain(effort),
    )


@dataclass
class _View:
    """One explanation on one screen."""

    explanation: Explanation
    study: Study
    screen: Screen
    sources: bool
    story: Story = field(init=False)

    def __post_init__(self) -> None:
        self.story = Story(self.explanation.report, self.study)
        self.target = self.explanation.target
        self.result = self.explanation.practice
        self.row: Practice = self.study.practices[self.result.id]
        self.region = target_name(self.target)
        self.home = self.result.class_ is PracticeClass.HOME
        remarks = self.story.remarks(self.result, self.target)
        self.remarks: dict[str, list[Remark]] = {}
        for remark in remarks:
            self.remarks.setdefault(remark.label, []).append(remark)

    def text(self) -> str:
        return self.screen.render(*self._parts())

    def _parts(self) -> Iterator[RenderableType]:
        title = one_line(self.result.title)
        template = _("{title}, at home in {region}") if self.home else _("{title}: transfer to {region}")
        yield heading(template.format(title=title, region=self.region), self.screen)
        yield from self._what()
        yield Text("")
        for name, section in (
            (_("In short"), self._short()),
            (_("Where the score comes from"), self._score()),
            (_("Barriers"), self._barriers()),
            (_("What is not known"), self._questions()),
            (_("Adapted forms"), self._adaptations()),
            (_("How alike the regions are"), self._similarity()),
            (_("What would have to change"), self._path()),
            (_("If one indicator were left out"), self._left_out()),
        ):
            parts = list(section)
            if parts:
                yield heading(name, self.screen, "-")
                yield from parts
                yield Text("")
        yield Text("\n".join(provenance(self.explanation.report)), style=self.screen.dim)

    # What it is

    def _what(self) -> Iterator[RenderableType]:
        row = self.row
        source = region_name(self.study, row.source)
        if row.start_year is not None:
            source = _("{region}, since {year}").format(region=source, year=row.start_year)
        serves = listed([objective_word(objective) for objective in row.objectives])
        told = [
            (_("What it is"), row.summary),
            (_("Comes from"), source),
            (_("Run by"), row.organisation),
            (_("Partners"), row.partners),
            (_("Serves"), serves or _("not stated")),
            (_("Core"), row.core_functions),
            (_("For"), row.target_group),
            (_("Sector"), row.sector),
            (_("EQF level"), row.eqf_level),
            (_("Evidence"), row.evidence),
            (_("Difficulties"), row.difficulties),
            (_("Read more"), row.url),
        ]
        lines = [(label, one_line(text, LONGEST_TEXT)) for label, text in told]
        yield facts([(label, text) for label, text in lines if text], self.screen)

    # In short

    def _short(self) -> Iterator[RenderableType]:
        said = [self._class(), self._rank(), self._range()]
        said += [remark.text for remark in self.remarks.get(_("Certainty"), ())]
        yield bullets([sentence for sentence in said if sentence], self.screen)

    def _class(self) -> str:
        result, method = self.result, self.explanation.report.method
        values = {
            "score": self.story.score(result.score),
            "adaptable": numbers.plain(method.adaptable_from),
            "transferable": numbers.plain(method.transferable_from),
        }
        if result.class_ in {PracticeClass.HOME, PracticeClass.INSUFFICIENT_EVIDENCE}:
            said = [remark.text for remark in self.remarks.get(_("Reason"), ())]
            score = _("The score is {score} of 100.")
            if result.class_ is PracticeClass.INSUFFICIENT_EVIDENCE:
                said.insert(0, _("There is insufficient evidence for a verdict."))
                score = _("On what is known the score is {score} of 100.")
            return " ".join(said if result.score is None else [*said, score.format(**values)])
        if result.class_ is PracticeClass.BLOCKED:
            blocked = plural(
                "It is blocked: one barrier stands in the way, however good the rest is.",
                "It is blocked: {count} barriers stand in the way, however good the rest is.",
                len(result.barriers),
            )
            if result.score is None:
                return blocked
            return " ".join((blocked, _("The score is {score} of 100.").format(**values)))
        if result.class_ is PracticeClass.CONDITIONAL:
            conditional = _conditional(result.score, method.transferable_from).format(**values)
            questions_ = plural(
                "One open question decides what it is.",
                "{count} open questions decide what it is.",
                len(result.open_questions),
            )
            return f"{conditional} {questions_}"
        return self._class_template().format(**values)

    def _class_template(self) -> str:
        if self.result.class_ is PracticeClass.TRANSFERABLE:
            return _(
                "It is transferable: the score is {score} of 100, and transferable begins at {transferable}."
            )
        if self.result.class_ is PracticeClass.NOT_YET:
            return _(
                "It is not yet ready for transfer: the score is {score} of 100, and adaptable begins at "
                "{adaptable}."
            )
        return _(
            "It is adaptable: the score is {score} of 100; adaptable begins at {adaptable}, transferable at "
            "{transferable}."
        )

    def _rank(self) -> str:
        ranking, rank = self.explanation.ranking, self.result.rank
        if rank is None:
            return ""
        among = plural(
            "It is the only practice with a rank in {region}.",
            "It has rank {rank} of {count} in {region}.",
            len(ranking),
            rank=str(rank),
            region=self.region,
        )
        if rank == 1 or not ranking:
            return among
        leader = _("“{title}” leads.").format(title=self._title(ranking[0]))
        return f"{among} {leader}"

    def _title(self, practice: str) -> str:
        row = self.study.practices.get(practice)
        return one_line(row.title if row else practice, 60)

    def _range(self) -> str:
        result = self.result
        if result.lower is None or result.upper is None:
            return ""
        if result.coverage >= 1 - EQUAL:
            return _("All that counts in the score is known.")
        known = _("{known} of the weight is known.").format(known=self.story.coverage(result.coverage))
        bounds = _(
            "If all that is unknown turned out at its worst, the score would be {lower}; at its best, "
            "{upper}."
        ).format(lower=numbers.fixed(result.lower, 1), upper=numbers.fixed(result.upper, 1))
        # The reason for too little evidence has said how much is known.
        return bounds if result.class_ is PracticeClass.INSUFFICIENT_EVIDENCE else f"{known} {bounds}"

    # Where the score comes from

    def _score(self) -> Iterator[RenderableType]:
        yield prose(
            Text(
                _(
                    "Each bar shows how good the value is, from worst to best. The first number is the "
                    "points that the score would lose at the worst value, the second those that it would "
                    "gain at the best."
                ),
                style=self.screen.dim,
            ),
            self.screen,
        )
        yield Text("")
        yield prose(self._dimensions(), self.screen)
        for dimension in self.result.dimensions:
            yield from self._dimension(dimension)

    def _dimensions(self) -> Table:
        table = ruled_table(self.screen)
        additive = self.story.additive
        table.add_column(_("Dimension"), ratio=1, min_width=16)
        table.add_column(_("Score"), no_wrap=True)
        table.add_column(_("Range"), justify="right", no_wrap=True)
        table.add_column(_("Weight"), justify="right", no_wrap=True)
        if additive:
            table.add_column(_("Points"), justify="right", no_wrap=True)
        for dimension in self.result.dimensions:
            if not any(self._of(dimension)):
                continue
            scored = Text(f"{numbers.score(dimension.score):>5} ")
            if dimension.score is not None:
                scored.append_text(bar(dimension.score / 100, 10, self.screen))
            cells = [
                Text(self._dimension_name(dimension.id)),
                scored,
                Text(numbers.span(dimension.lower, dimension.upper)),
                Text(numbers.share(dimension.weight)),
            ]
            if additive:
                points = [i.contribution for i in self._of(dimension) if i.contribution is not None]
                cells.append(Text(numbers.fixed(math.fsum(points), 1) if points else numbers.MISSING))
            table.add_row(*cells)
        return fitted(table, min(self.screen.width, LONGEST_LINE))

    def _of(self, dimension: DimensionResult) -> list[IndicatorResult]:
        """The indicators of a dimension that apply."""
        return [
            indicator
            for indicator in self.result.indicators
            if indicator.dimension == dimension.id and indicator.status != Status.NOT_APPLICABLE
        ]

    def _dimension_name(self, id_: str) -> str:
        known = self.story.dimensions.get(id_)
        return dimension_name(known) if known else one_line(id_)

    def _dimension(self, dimension: DimensionResult) -> Iterator[RenderableType]:
        applying = self._of(dimension)
        left = [
            self.story.name(i.id)
            for i in self.result.indicators
            if i.dimension == dimension.id and i.status == Status.NOT_APPLICABLE and self._counts(i.id)
        ]
        counting = [i for i in applying if i.weight or i.id in self._deciding()]
        if not counting and not left:
            return
        yield Text("")
        yield Text(self._dimension_name(dimension.id), style=self.screen.strong)
        if counting:
            grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
            grid.add_column(no_wrap=True, width=max(BAR, cell_len(_("unknown"))))
            grid.add_column(no_wrap=True, justify="right", min_width=4)
            grid.add_column(no_wrap=True, justify="right", min_width=5)
            grid.add_column(ratio=1, overflow="fold")
            for indicator in counting:
                self._indicator(grid, indicator)
            yield prose(grid, self.screen, 1)
        if left:
            text = _("Does not arise for this practice: {names}.").format(names=listed(left))
            yield prose(Text(text, style=self.screen.dim), self.screen, 1)

    def _deciding(self) -> set[str]:
        """Indicators that decide something whatever their weight."""
        barriers = {barrier.indicator for barrier in self.result.barriers}
        return barriers | set(self.result.open_questions)

    def _indicator(self, grid: Table, result: IndicatorResult) -> None:
        gained = {gap.indicator: gap.points for gap in self.explanation.gaps}
        held = {support.indicator: support.points for support in self.explanation.supports}
        name = Text(self.story.name(result.id), style=self.screen.strong)
        if self._is_critical(result):
            name = filled(_("{name} (critical)"), name=name)
            name.style = self.screen.strong
        words, short = self._words(result)
        if short:
            name = Text.assemble(name, ": ", words)
        if result.status == Status.KNOWN and result.value is not None:
            gain = gained.get(result.id, 0.0)
            grid.add_row(
                bar(result.value, BAR, self.screen),
                numbers.fixed(held.get(result.id, 0.0), 1),
                "+" + numbers.fixed(gain, 1) if gain > EQUAL else "",
                name,
            )
        else:
            grid.add_row(Text(_("unknown"), style="yellow"), "", "", name)
        if not short:
            grid.add_row("", "", "", Text(words))
        if self.sources:
            for line in self._sources(result):
                grid.add_row("", "", "", Text(line, style=self.screen.dim))

    def _is_critical(self, result: IndicatorResult) -> bool:
        indicator = self.story.indicators.get(result.id)
        if indicator is None or indicator.role is not Role.CONDITION:
            return False
        cell = self._cell(result.id)
        return indicator.critical or (cell is not None and cell.critical)

    def _cell(self, indicator: str) -> Level | None:
        """The cell of Requirements or Merits."""
        for sheet in (self.study.requirements, self.study.merits):
            cell = sheet.get(self.result.id, {}).get(indicator)
            if cell is not None:
                return cell
        return None

    def _words(self, result: IndicatorResult) -> tuple[str, bool]:
        """What is required and what is there, in the words of the levels; whether it is but a few words."""
        indicator = self.story.indicators.get(result.id)
        role = indicator.role if indicator else Role.CONDITION
        if role is Role.CONDITION:
            return self._condition(result)
        if role is Role.NEED:
            return self._need(result), False
        floor = indicator.floor if indicator else None
        text = _rated(judged=role is Role.JUDGEMENT, known=result.actual is not None, floor=floor is not None)
        return (
            text.format(
                level=self.story.level(result.id, result.actual), floor=self.story.level(result.id, floor)
            ),
            result.actual is None,
        )

    def _condition(self, result: IndicatorResult) -> tuple[str, bool]:
        indicator = self.story.indicators.get(result.id)
        similar = indicator is not None and indicator.match is Match.SIMILAR
        if result.required is None:
            needed = _("What is needed is not known.")
        elif self.story.asks_nothing(result.id, result.required):
            return _("nothing of the kind is needed."), True
        else:
            template = _("It should be like {level}.") if similar else _("Needed: {level}.")
            needed = template.format(level=self.story.level(result.id, result.required))
        there = _("What {region} has is not known.") if result.actual is None else _("In {region}: {level}.")
        there = there.format(region=self.region, level=self.story.level(result.id, result.actual))
        return f"{needed} {there}", False

    def _need(self, result: IndicatorResult) -> str:
        indicator = self.story.indicators.get(result.id)
        if result.actual is None or indicator is None:
            return _("Not known for {region}.").format(region=self.region)
        said = _("In {region}: {level}, where {best} is no need and {worst} the greatest.").format(
            region=self.region,
            level=self.story.level(result.id, result.actual),
            best=numbers.plain(indicator.best),
            worst=numbers.plain(indicator.worst),
        )
        if result.status == Status.UNKNOWN:
            return " ".join((said, _("Whether the practice serves it is not stated.")))
        return said

    # Sources

    def _sources(self, result: IndicatorResult) -> Iterator[str]:
        cell = self._cell(result.id)
        if cell is not None and cell.low:
            yield _("The level is marked as uncertain.")
        for row in self.study.basis:
            if row.practice == self.result.id and row.indicator == result.id:
                about = [origin_word(row.origin)] if row.origin else []
                about += [str(row.year)] if row.year is not None else []
                yield _sourced(_("Basis"), row.basis, about, row.url)
        value = self.study.profile.get(self.target.id, {}).get(result.id)
        if value is not None and value.value is not None and result.role in {Role.NEED, Role.CONDITION}:
            about = [str(value.year)] if value.year is not None else []
            about.append(_("confidence {word}").format(word=confidence_word(value.confidence)))
            said = (of_data(value.note) if value.note else None, value.source)
            text = " ".join(filter(None, said)) or _("no source given")
            yield _sourced(self.region, text, about)
        for assessment in self._assessments(result.id):
            about = [_("confidence {word}").format(word=confidence_word(assessment.confidence))]
            rating = _("{assessor} gave {rating}").format(
                assessor=one_line(assessment.assessor), rating=numbers.plain(assessment.rating or 0.0)
            )
            yield _sourced(rating, assessment.note, about)

    def _assessments(self, indicator: str) -> list[Assessment]:
        return [
            row
            for row in self.study.assessments
            if (row.practice, row.target, row.indicator) == (self.result.id, self.target.id, indicator)
            and row.rating is not None
        ]

    # Barriers and questions

    def _barriers(self) -> Iterator[RenderableType]:
        firm = self.result.robustness
        chances = firm.barrier_probability if firm else {}
        said = []
        for barrier in self.result.barriers:
            text = self.story.barrier(barrier, self.target)
            if barrier.indicator in chances:
                chance = _("It stands in {share} of the draws.").format(
                    share=numbers.share(chances[barrier.indicator])
                )
                text = f"{text} {chance}"
            said.append(text)
        there = {barrier.indicator for barrier in self.result.barriers}
        said += [
            _("{name} is met, but it is a barrier in {share} of the draws.").format(
                name=self.story.name(id_), share=numbers.share(chance)
            )
            for id_, chance in sorted(chances.items(), key=lambda item: -item[1])
            if id_ not in there and chance >= WORTH_SAYING
        ]
        yield bullets(said or [_("None is known.")], self.screen)

    def _questions(self) -> Iterator[RenderableType]:
        asked = {question.indicator: question.asks for question in questions(self.result)}
        rows = [q for q in self.explanation.questions if q.weight > 0 or q.open_question]
        if not rows:
            return
        yield prose(
            Text(
                _("First what could move the score the furthest; each is taken alone."), style=self.screen.dim
            ),
            self.screen,
        )
        results = {result.id: result for result in self.result.indicators}
        said: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            name = self.story.name(row.indicator)
            if row.open_question:
                name = _("{name} (critical)").format(name=name)
            whom = self._whom(asked.get(row.indicator), results[row.indicator])
            # Those of which the same is to be said, to the digit that is shown, share a sentence.
            said.setdefault((whom, self._consequence(row)), []).append(name)
        sentences = []
        for (whom, consequence), names in said.items():
            text = (
                _("{names}: {whom}. For each of them {consequence}.")
                if len(names) > 1
                else _("{names}: {whom}. Then {consequence}.")
            )
            sentences.append(text.format(names=listed(names), whom=whom, consequence=consequence))
        yield bullets(sentences, self.screen)

    def _whom(self, asks: Asks | None, result: IndicatorResult) -> str:
        if result.role == Role.NEED and result.actual is not None:
            # The needs hang on one answer together.
            return _("ask the owner of the practice which objectives it serves")
        return {
            Asks.OWNER: _("ask the owner of the practice"),
            Asks.REGION: _("find out in {region}"),
            Asks.ASSESSORS: _("let assessors in {region} give a rating"),
        }[asks or Asks.OWNER].format(region=self.region)

    def _consequence(self, row: Question) -> str:
        if row.lowest is not None and row.highest is not None and row.swing > EQUAL:
            score = _("the score would lie between {low} and {high}").format(
                low=self.story.score(row.lowest), high=self.story.score(row.highest)
            )
        else:
            score = _("the score would not move")
        if self.home:
            return score  # no answer changes where a practice comes from
        if row.if_worst is row.if_best:
            same = row.if_best is self.result.class_
            template = _("the class stays {best}") if same else _("the class becomes {best}, whatever it is")
        else:
            template = _("the class is {worst} at worst and {best} at best")
        class_ = template.format(worst=class_word(row.if_worst), best=class_word(row.if_best))
        return _("{score}; {class_}").format(score=score, class_=class_)

    # Adapted forms, regions, path

    def _adaptations(self) -> Iterator[RenderableType]:
        for adaptation in self.result.adaptations:
            yield bullets([self._adapted(adaptation)], self.screen)
            rows = [
                row
                for row in self.study.adaptations
                if (row.practice, row.adaptation) == (self.result.id, adaptation.id)
            ]
            for row in rows:
                yield bullets([self._change(row)], self.screen, indent=4)

    def _adapted(self, adaptation: AdaptationResult) -> str:
        text = _("“{title}”: as it is, {before}; adapted, {after}.").format(
            title=one_line(adaptation.title or adaptation.id),
            before=self.story.class_and_score(self.result),
            after=self.story.class_and_score(adaptation),
        )
        if adaptation.best and len(self.result.adaptations) > 1:
            return " ".join((text, _("This is the best form.")))
        return text

    def _change(self, row: Adaptation) -> str:
        if row.required is None:
            return _("{name}: nothing is changed.").format(name=self.story.name(row.indicator))
        own = self._cell(row.indicator)
        values = {
            "name": self.story.name(row.indicator),
            "before": self._asked(row.indicator, own) if own is not None else _("a level not known"),
            "after": self._asked(row.indicator, row.required),
        }
        said = _("{name}: {after} is needed, in place of {before}.").format(**values)
        note = one_line(row.note, LONGEST_TEXT)
        return f"{said} {note}" if note else said

    def _asked(self, indicator: str, cell: Level) -> str:
        if cell.value is None or self.story.asks_nothing(indicator, cell.value):
            return _("nothing of the kind")
        return self.story.level(indicator, cell.value)

    def _similarity(self) -> Iterator[RenderableType]:
        found = self.explanation.similarity
        if found is None:
            return
        source = region_name(self.study, self.row.source)
        if found.value is None:
            text = _("Nothing is known of both {source} and {region}, so they cannot be compared.")
            yield bullets([text.format(source=source, region=self.region)], self.screen)
            return
        said = [
            plural(
                "{source} and {region} are {share} alike, going by the one indicator that is known of both "
                "(Gower's similarity: 100% where all values are the same, 0% where they lie at opposite "
                "ends).",
                "{source} and {region} are {share} alike, going by the {count} indicators that are known of "
                "both (Gower's similarity: 100% where all values are the same, 0% where they lie at opposite "
                "ends).",
                found.indicators,
                source=source,
                region=self.region,
                share=numbers.share(found.value),
            )
        ]
        apart = self._apart()
        if apart:
            said.append(_("They differ most on {names}.").format(names=listed(apart)))
        yield bullets(said, self.screen)

    def _apart(self, most: int = 3) -> list[str]:
        """The indicators on which source and target differ most."""
        ours = self.study.profile.get(self.target.id, {})
        theirs = self.study.profile.get(self.row.source or "", {})
        found: list[tuple[float, str]] = []
        for indicator in self.study.framework.indicators:
            a, b = ours.get(indicator.id), theirs.get(indicator.id)
            if a is not None and b is not None and a.value is not None and b.value is not None:
                distance = abs(indicator.normalise(a.value) - indicator.normalise(b.value))
                found.append((round(distance, 9), indicator.id))
        found = [pair for pair in found if pair[0] > FAR_APART + EQUAL]
        found.sort(key=lambda pair: -pair[0])
        return [self.story.name(id_) for _distance, id_ in found[:most]]

    def _path(self) -> Iterator[RenderableType]:
        path = self.result.path
        if path is None or self.result.class_ in {PracticeClass.HOME, PracticeClass.INSUFFICIENT_EVIDENCE}:
            return  # there is nothing to change at home; what to answer first has been said
        reason = self.story.reason(path.reason)
        if path.to is None or path.effort is None:
            if reason:
                yield bullets([reason], self.screen)
            return
        values = {"to": class_word(path.to), "region": self.region}
        if not path.steps:
            said = _("To make it {to}, nothing in {region} has to change.").format(**values)
            yield bullets(filter(None, [said, reason]), self.screen)
            return
        said = _("To make it {to} takes an effort of at least {effort}. {region} would have to move:").format(
            effort=numbers.plain(path.effort), **values
        )
        yield bullets([said], self.screen)
        for step in path.steps:
            yield bullets([step_text(self.story, step)], self.screen, indent=4)
        after = _("The score would then be {score}.").format(score=self.story.score(path.score))
        yield bullets(filter(None, [after, reason]), self.screen)

    # Left out

    def _left_out(self) -> Iterator[RenderableType]:
        explanation = self.explanation
        # What counts for nobody changes nothing when it is left out.
        rows = [row for row in explanation.left_out if self._counts(row.indicator)]
        if not rows or not explanation.ranking:
            return
        yield bullets([self._leaders(rows), *self._orders(rows), *self._classes(rows)], self.screen)

    def _counts(self, indicator: str) -> bool:
        known = self.story.indicators.get(indicator)
        dimension = self.story.dimensions.get(known.dimension) if known else None
        return known is not None and dimension is not None and known.weight > 0 and dimension.weight > 0

    def _leaders(self, rows: list[LeftOut], most: int = 3) -> str:
        leader = self._title(self.explanation.ranking[0])
        others = [row for row in rows if row.leader_changes]
        if not others:
            return plural(
                "“{leader}” leads whichever of the {count} indicators is left out.",
                "“{leader}” leads whichever of the {count} indicators is left out.",
                len(rows),
                leader=leader,
            )
        cases = [
            (
                _("without “{name}”, “{other}” does").format(
                    name=self.story.name(row.indicator), other=self._title(row.leader)
                )
                if row.leader
                else _("without “{name}” no practice gets a rank").format(name=self.story.name(row.indicator))
            )
            for row in others
        ]
        if len(cases) > most:
            rest = len(cases) - most
            cases[most:] = [
                plural(
                    "there is {count} more without which another one leads",
                    "there are {count} more without which another one leads",
                    rest,
                )
            ]
        return _("“{leader}” leads; {cases}.").format(leader=leader, cases="; ".join(cases))

    def _orders(self, rows: list[LeftOut]) -> Iterator[str]:
        found = [(row.tau_b, row.indicator) for row in rows if row.tau_b is not None]
        if not found:
            return
        least, indicator = min(found, key=lambda pair: pair[0])
        if least >= 1 - EQUAL:
            yield _("The order of the ranked practices stays the same in every case (Kendall's tau is 1).")
            return
        yield _(
            "The order of the ranked practices changes most without “{name}”: Kendall's tau between the two "
            "orders is {tau}, where 1 is the same order."
        ).format(name=self.story.name(indicator), tau=numbers.fixed(least, 2))

    def _classes(self, rows: list[LeftOut], most: int = 6) -> Iterator[str]:
        if self.home:
            return  # it comes from here whatever is left out
        names = [quoted(self.story.name(row.indicator)) for row in rows if self.result.id in row.reclassified]
        values = {"title": one_line(self.result.title, 60), "class_": class_word(self.result.class_)}
        if not names:
            yield _("The class of “{title}” stays {class_} in every case.").format(**values)
        else:
            yield _("The class of “{title}” is no longer {class_} without {names}.").format(
                names=_either(names, most), **values
            )


def _rated(*, judged: bool, known: bool, floor: bool) -> str:
    """What is said of a rating, and of the lowest one that is accepted."""
    if not known and judged:
        return _("not judged yet; at least {floor} is asked for.") if floor else _("not judged yet.")
    if not known:
        return _("not rated yet; at least {floor} is asked for.") if floor else _("not rated yet.")
    if judged:
        return _("Judged {level}; at least {floor} is asked for.") if floor else _("Judged {level}.")
    return _("Rated {level}; at least {floor} is asked for.") if floor else _("Rated {level}.")


def _conditional(score: float | None, transferable_from: float) -> str:
    if score is not None and score >= transferable_from - EQUAL:
        return _("It is conditional: the score of {score} would make it transferable.")
    return _("It is conditional: the score of {score} would make it adaptable.")


def _either(names: list[str], most: int) -> str:
    """``a, b or c``."""
    if len(names) > most:
        names = [*names[:most], plural("{count} more", "{count} more", len(names) - most)]
    if len(names) < 2:
        return "".join(names)
    return either(", ".join(names[:-1]), names[-1])


def _sourced(what: str, text: str | None, about: list[str], url: str | None = None) -> str:
    """What is said, with the circumstances in brackets, and its address."""
    line = one_line(text, LONGEST_TEXT)
    said = f"{what}: {line}" if line else what
    if about:
        said += f" ({', '.join(about)})"
    link = one_line(url, LONGEST_TEXT)
    return f"{said} {link}" if link else said
