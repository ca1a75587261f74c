"""What a report says in sentences, whatever it is written in: terminal, web page or document.

The readers are the partners of a project around a table. So these are sentences to read aloud: names instead
of ids, the words of a level instead of its number alone, and for every verdict the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from dualeco_cli.language import _, grouped, of_data, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import (
    BEST_FIRST,
    AdaptationResult,
    Barrier,
    IndicatorResult,
    Method,
    Path,
    PracticeClass,
    PracticeResult,
    Report,
    Status,
    TargetResult,
)
from dualeco_cli.model.rows import Adaptation, Assessment, Basis, Dimension, Indicator, Match, Pilot, Role
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.naming import (
    LONGEST_NAME,
    LONGEST_TEXT,
    dimension_name,
    indicator_name,
    level_text,
    one_line,
    profile_indicators,
    profile_knowledge,
    region_heading,
    region_name,
    target_name,
)
from dualeco_cli.reports.order import order
from dualeco_cli.reports.provenance import mean_words, provenance, weights_words
from dualeco_cli.reports.questions import Asks, Question, questions, reach_coverage
from dualeco_cli.reports.saying import said as say
from dualeco_cli.reports.texts import class_word, listed, sentence

#: A report that tells the story needs its names as well: they can be taken from here.
__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "Remark",
    "Story",
    "dimension_name",
    "indicator_name",
    "level_text",
    "mean_words",
    "one_line",
    "profile_indicators",
    "profile_knowledge",
    "reach_coverage",
    "region_heading",
    "region_name",
    "thresholds",
    "weights_words",
]

#: The value from which an indicator speaks for a practice.
SUPPORT_FROM = 0.5
#: A probability below this is not worth a sentence.
WORTH_SAYING = 0.05
#: Roles whose indicators are rated on the practice itself.
_RATED = frozenset({Role.MERIT, Role.JUDGEMENT})


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said about a practice: under which heading, and the sentence."""

    label: str
    text: str


class _OfPractice(Protocol):
    """A row about a practice."""

    @property
    def practice(self) -> str: ...


_RowOf = TypeVar("_RowOf", bound=_OfPractice)


def _by_practice(rows: Iterable[_RowOf]) -> Mapping[str, Sequence[_RowOf]]:
    found: dict[str, list[_RowOf]] = {}
    for row in rows:
        found.setdefault(row.practice, []).append(row)
    return found


def thresholds(method: Method) -> tuple[float, float]:
    """The scores at which the class changes."""
    return method.adaptable_from, method.transferable_from


@dataclass(frozen=True)
class Story:
    """The sentences of one report."""

    report: Report
    study: Study
    indicators: dict[str, Indicator] = field(init=False)
    dimensions: dict[str, Dimension] = field(init=False)

    def __post_init__(self) -> None:
        framework = self.study.framework
        object.__setattr__(self, "indicators", {i.id: i for i in framework.indicators})
        object.__setattr__(self, "dimensions", {d.id: d for d in framework.dimensions})

    # The rows about each practice: a report asks for them once per practice, and there may be very many

    @cached_property
    def basis(self) -> Mapping[str, Sequence[Basis]]:
        """The reasons for levels, by practice."""
        return _by_practice(self.study.basis)

    @cached_property
    def adaptations(self) -> Mapping[str, Sequence[Adaptation]]:
        """The changed requirements, by practice."""
        return _by_practice(self.study.adaptations)

    @cached_property
    def pilots(self) -> Mapping[str, Sequence[Pilot]]:
        """The pilots, by practice."""
        return _by_practice(self.study.pilots)

    @cached_property
    def assessments(self) -> Mapping[str, Sequence[Assessment]]:
        """The judgements, by practice."""
        return _by_practice(self.study.assessments)

    # Names and numbers

    def name(self, indicator: str) -> str:
        """The name of an indicator."""
        known = self.indicators.get(indicator)
        return indicator_name(known) if known else one_line(indicator)

    def level(self, indicator: str, value: float | None) -> str:
        """A value of an indicator in words."""
        return level_text(self.indicators.get(indicator), value)

    def required_words(self, indicator: str, value: float | None) -> str | None:
        """What is required, in words. The words of the lowest level say what is there, not what is asked."""
        return _("nothing") if self.asks_nothing(indicator, value) else self.words(indicator, value)

    def asks_nothing(self, indicator: str, required: float | None) -> bool:
        """Whether a requirement is met whatever a region has."""
        known = self.indicators.get(indicator)
        return (
            known is not None
            and required is not None
            and known.match == Match.AT_LEAST
            and known.normalise(required) < EQUAL
        )

    def words(self, indicator: str, value: float | None) -> str | None:
        """The words alone, where the number stands beside them: those of the level, or the unit."""
        known = self.indicators.get(indicator)
        if known is None or value is None:
            return None
        for level, words in known.levels.items():
            if abs(level - value) < EQUAL:
                return one_line(of_data(words))
        return one_line(of_data(known.unit or "")) or None

    def reason(self, text: str | None, longest: int = LONGEST_TEXT) -> str:
        """What the engine says of a path or of pilots, as one line."""
        return say(text, self.name, longest)

    def score(self, number: float | None) -> str:
        """A score, on the right side of the thresholds."""
        return numbers.score(number, self.thresholds)

    def coverage(self, number: float) -> str:
        """A coverage, on the right side of what is asked for."""
        return numbers.share(number, (self.report.method.min_coverage,))

    @cached_property
    def thresholds(self) -> tuple[float, float]:
        """The scores at which the class changes."""
        return thresholds(self.report.method)

    @property
    def additive(self) -> bool:
        """Whether the score is a sum, so that each indicator has its points."""
        return self.report.method.compensation == 1

    # About the target

    def region(self, target: TargetResult) -> str:
        """The name of the target."""
        return target_name(target)

    def heading(self, target: TargetResult) -> str:
        """The target with its country and code."""
        return region_heading(self.study, target.id, target.name)

    def profile(self, target: TargetResult) -> str:
        """How much of the target's profile is known."""
        knowledge = profile_knowledge(self.study, target.id)
        if not knowledge.of:
            return _("The framework asks nothing of a region: no indicator depends on its profile.")
        if knowledge.known == knowledge.of:
            return plural(
                "Its profile has a value for the one indicator that the framework asks of a region.",
                "Its profile has a value for all {count} indicators that the framework asks of a region.",
                knowledge.of,
            )
        return _(
            "Its profile has a value for {known} of the {of} indicators that the framework asks of a region."
        ).format(known=knowledge.known, of=knowledge.of)

    def tally(self, target: TargetResult) -> str:
        """How many practices there are of each kind, in a sentence."""
        classes = [practice.class_ for practice in target.practices]
        ranked = sum(practice.rank is not None for practice in target.practices)
        parts = [
            plural("{count} of 1 practice gets a rank", "{count} of 1 practice get a rank", ranked)
            if len(classes) == 1
            else plural(
                "{count} of {all} practices gets a rank",
                "{count} of {all} practices get a rank",
                ranked,
                all=grouped(len(classes)),
            )
        ]
        blocked = classes.count(PracticeClass.BLOCKED)
        if blocked:
            parts.append(plural("{count} is blocked", "{count} are blocked", blocked))
        little = classes.count(PracticeClass.INSUFFICIENT_EVIDENCE)
        if little:
            parts.append(plural("too little is known of {count}", "too little is known of {count}", little))
        home = classes.count(PracticeClass.HOME)
        if home:
            parts.append(
                plural(
                    "{count} comes from {region} itself",
                    "{count} come from {region} itself",
                    home,
                    region=self.region(target),
                )
            )
        return f"{listed(parts)}."

    def order(self, target: TargetResult) -> list[str]:
        """How firm the order of the ranking is."""
        return order(self.report, self.study, target)

    # About a practice

    def verdict(self, practice: PracticeResult) -> str:
        """The class and the score in words."""
        class_ = class_word(practice.class_)
        if practice.score is None:
            return class_
        if practice.class_ == PracticeClass.INSUFFICIENT_EVIDENCE:
            template = _("{class_}, score {score} so far")
        else:
            template = _("{class_}, score {score}")
        return template.format(class_=class_, score=self.score(practice.score))

    def class_and_score(self, result: PracticeResult | AdaptationResult) -> str:
        """``adaptable (71.4)``."""
        if result.score is None:
            return class_word(result.class_)
        return f"{class_word(result.class_)} ({self.score(result.score)})"

    def remarks(
        self, practice: PracticeResult, target: TargetResult, *, firmness: bool = True
    ) -> list[Remark]:
        """What there is to say about a practice, the reason for having no rank first."""
        remarks = list(self._reasons(practice, target))
        if practice.rank is not None:
            remarks.extend(self._strengths(practice))
            remarks.extend(self._gaps(practice))
        remarks.extend(self._questions(practice, target))
        remarks.extend(self._adapted(practice))
        remarks.extend(self._way(practice, target))
        if firmness:
            remarks.extend(self._firmness(practice))
        return remarks

    def _reasons(self, practice: PracticeResult, target: TargetResult) -> Iterable[Remark]:
        """Why a practice has no rank; nothing for one that has."""
        if practice.class_ == PracticeClass.HOME:
            yield Remark(_("Reason"), self._home(practice, target))
        if practice.class_ == PracticeClass.BLOCKED:
            for barrier in practice.barriers:
                yield Remark(_("Barrier"), self.barrier(barrier, target))
        if practice.class_ == PracticeClass.INSUFFICIENT_EVIDENCE:
            yield Remark(_("Reason"), self._too_little(practice, target))

    def _home(self, practice: PracticeResult, target: TargetResult) -> str:
        said = [
            _("It comes from {region}, so this is a check of plausibility, not a transfer.").format(
                region=self.region(target)
            )
        ]
        short = [i.id for i in practice.indicators if _falls_short(i)]
        if short:
            said.append(
                _(
                    "Even at home it asks for more than there is on {names}: look at these levels again."
                ).format(names=listed([self.name(id_) for id_ in short], 3))
            )
        elif practice.score is not None:
            said.append(_("All that is known of its requirements is met there, as it should be."))
        return " ".join(said)

    def barrier(self, barrier: Barrier, target: TargetResult) -> str:
        """A barrier in a sentence: what is required, what is there."""
        indicator = self.indicators.get(barrier.indicator)
        if indicator is not None and indicator.role != Role.CONDITION:
            template = _("{name} is rated {actual}, but at least {required} is asked for.")
        elif indicator is not None and indicator.match == Match.SIMILAR:
            template = _("{name} must be like {required}; in {region} it is {actual}.")
        else:
            template = _("{name} must be at least {required}; in {region} it is {actual}.")
        return template.format(
            name=self.name(barrier.indicator),
            required=self.level(barrier.indicator, barrier.required),
            actual=self.level(barrier.indicator, barrier.actual),
            region=self.region(target),
        )

    def _too_little(self, practice: PracticeResult, target: TargetResult, most: int = 5) -> str:
        least = self.report.method.min_coverage
        if practice.score is None:
            said = _("Nothing is known that a score could rest on.")
        else:
            said = _("Only {coverage} of the weight is known, {least} is asked for.").format(
                coverage=self.coverage(practice.coverage), least=numbers.share(least)
            )
        first = reach_coverage(practice, least)
        if not first:
            return said
        asked = []
        for asks, template in (
            (Asks.OWNER, _("ask the owner of the practice about {names}")),
            (Asks.REGION, _("find out in {region} about {names}")),
            (Asks.ASSESSORS, _("let assessors in {region} rate {names}")),
        ):
            names = [self._subject(question) for question in first if question.asks == asks]
            if names:
                asked.append(template.format(names=listed(names, most), region=self.region(target)))
        return _("{said} To get there, {asked}.").format(said=said, asked=listed(asked))

    def _subject(self, question: Question) -> str:
        """What a question is about."""
        if question.indicator is None:
            return _("the objectives that it serves")
        return self.name(question.indicator)

    def _strengths(self, practice: PracticeResult, most: int = 3) -> Iterable[Remark]:
        speaking = [i for i in practice.indicators if self._speaks_for(i)]
        speaking.sort(key=lambda i: -(i.weight or 0.0) * (i.value or 0.0))
        if speaking:
            text = listed([self._strength(i) for i in speaking[:most]])
            yield Remark(_("Strengths"), sentence(text))

    def _speaks_for(self, result: IndicatorResult) -> bool:
        """Whether an indicator is known, good, and asks a question at all.

        A requirement of nothing is met everywhere: it counts in the score, but it is no merit to read out.
        """
        if result.status != Status.KNOWN or (result.value or 0.0) < SUPPORT_FROM or not result.weight:
            return False
        indicator = self.indicators.get(result.id)
        if indicator is None or indicator.role != Role.CONDITION:
            return True
        full = (result.value or 0.0) > 1 - EQUAL
        asked = result.required is not None and indicator.normalise(result.required) > EQUAL
        return full and (asked or indicator.match == Match.SIMILAR)

    def _strength(self, result: IndicatorResult) -> str:
        name = self.name(result.id)
        if result.role == Role.NEED:
            return _("the need shown by {name} ({level})").format(
                name=name, level=self.level(result.id, result.actual)
            )
        return name

    def _gaps(self, practice: PracticeResult, most: int = 2) -> Iterable[Remark]:
        known = sum(i.weight or 0.0 for i in practice.indicators if i.status == Status.KNOWN)
        losing = sorted((i for i in practice.indicators if _loss(i) > EQUAL), key=lambda i: -_loss(i))
        short = [i for i in losing if i.role == Role.CONDITION]
        # A need that is small is nobody's gap: it is the same for all practices that serve it.
        weak = [i for i in losing if i.role in _RATED and (i.value or 0.0) < SUPPORT_FROM]
        for label, results in ((_("Gaps"), short[:most]), (_("Weak"), weak[:most])):
            for result in results:
                yield Remark(label, self._gap(result, 100 * _loss(result) / known))

    def _gap(self, result: IndicatorResult, points: float) -> str:
        indicator = self.indicators.get(result.id)
        if result.role != Role.CONDITION:
            text = _("{name}: {actual}.")
        elif indicator is not None and indicator.match == Match.SIMILAR:
            text = _("{name}: it should be like {required}; there is {actual}.")
        else:
            text = _("{name}: {required} is needed; there is {actual}.")
        said = text.format(
            name=self.name(result.id),
            required=self.level(result.id, result.required),
            actual=self.level(result.id, result.actual),
        )
        if not self.additive:
            return said
        cost = _("It costs {points} points.").format(points=numbers.fixed(points, 1))
        return f"{said} {cost}"

    def _questions(self, practice: PracticeResult, target: TargetResult, most: int = 3) -> Iterable[Remark]:
        results = {result.id: result for result in practice.indicators}
        for id_ in practice.open_questions[:most]:
            yield Remark(_("Open"), self._question(id_, results.get(id_), target))
        if practice.class_ in {PracticeClass.HOME, PracticeClass.INSUFFICIENT_EVIDENCE}:
            return  # nothing hangs on it, or the reason has named what to answer first
        critical = set(practice.open_questions)
        rest = [self._subject(q) for q in questions(practice) if q.indicator not in critical]
        if rest:
            yield Remark(_("Unknown"), sentence(listed(rest, most)))

    def _question(self, id_: str, result: IndicatorResult | None, target: TargetResult) -> str:
        values = {"name": self.name(id_), "region": self.region(target)}
        if result is None or result.role != Role.CONDITION:
            return _("{name} has a lowest acceptable level, but no rating yet.").format(**values)
        if result.required is None and result.actual is None:
            text = _("{name} is critical; neither what the practice requires nor what {region} has is known.")
        elif result.required is None:
            text = _("{name} is critical; what the practice requires is not known. {region} has {actual}.")
        else:
            text = _("{name} is critical; {required} is required, what {region} has is not known.")
        return text.format(
            **values, required=self.level(id_, result.required), actual=self.level(id_, result.actual)
        )

    def _adapted(self, practice: PracticeResult, most: int = 3) -> Iterable[Remark]:
        by_merit = sorted(practice.adaptations, key=lambda a: (not a.best, BEST_FIRST.index(a.class_)))
        for adaptation in by_merit[:most]:
            text = _("“{title}”: {before} → {after}.").format(
                title=one_line(adaptation.title or adaptation.id),
                before=self.class_and_score(practice),
                after=self.class_and_score(adaptation),
            )
            if adaptation.best and len(practice.adaptations) > 1:
                text = " ".join((text, _("This is the best form.")))
            yield Remark(_("Adapted"), text)

    def _way(self, practice: PracticeResult, target: TargetResult) -> Iterable[Remark]:
        path = practice.path
        if path is None or path.to is None:
            return
        # Beside steps, the reason says which answers the class hangs on as well.
        answers = self.reason(path.reason)
        if path.steps:
            said = {barrier.indicator for barrier in practice.barriers}
            yield Remark(_("Path"), f"{self.way(path, target, said)} {answers}".rstrip())
        elif path.effort is not None:
            text = _("To make it {to}, nothing in {region} has to change.").format(
                to=class_word(path.to), region=self.region(target)
            )
            yield Remark(_("Path"), f"{text} {answers}".rstrip())
        elif path.reason:
            yield Remark(_("Path"), answers)

    def way(self, path: Path, target: TargetResult, described: Collection[str] = ()) -> str:
        """The least-effort path in a sentence; levels that were ``described`` before are numbers only."""
        changes = [
            _("{name} from {start} to {goal}").format(
                name=self.name(step.indicator),
                start=numbers.plain(step.from_),
                goal=(
                    numbers.plain(step.to)
                    if step.indicator in described
                    else self.level(step.indicator, step.to)
                ),
            )
            for step in path.steps
        ]
        text = (
            _("To make it {to}, {region} would have to move {changes}.")
            if path.score is None
            else _("To make it {to}, {region} would have to move {changes}; the score would then be {score}.")
        )
        return text.format(
            to=class_word(path.to or ""),
            region=self.region(target),
            changes=listed(changes),
            score=self.score(path.score),
        )

    def likeliest(self, practice: PracticeResult) -> tuple[str, float] | None:
        """The class that most draws give, with its probability."""
        if practice.robustness is None or not practice.robustness.class_probability:
            return None
        order = [str(class_) for class_ in BEST_FIRST]
        chances = practice.robustness.class_probability
        best = max(chances, key=lambda c: (chances[c], -order.index(c) if c in order else 0))
        return class_word(best), chances[best]

    def _firmness(self, practice: PracticeResult) -> Iterable[Remark]:
        robustness = practice.robustness
        if robustness is None or practice.class_ == PracticeClass.HOME:
            return  # no draw changes where a practice comes from
        if practice.class_ in {PracticeClass.BLOCKED, PracticeClass.INSUFFICIENT_EVIDENCE}:
            # Without a rank the score is not the point, but whether a barrier stands, or may come on top.
            chance = robustness.class_probability.get(PracticeClass.BLOCKED, 0.0)
            if practice.class_ == PracticeClass.BLOCKED or chance >= WORTH_SAYING:
                text = _("It is blocked in {share} of the draws.").format(share=numbers.share(chance))
                yield Remark(_("Certainty"), text)
            return
        said = []
        if robustness.p05 is not None and robustness.p95 is not None:
            said.append(
                _("In nine of ten draws the score lies between {low} and {high}.").format(
                    low=numbers.fixed(robustness.p05, 1), high=numbers.fixed(robustness.p95, 1)
                )
            )
        likeliest = self.likeliest(practice)
        if likeliest is not None:
            said.append(
                _("Most likely class: {class_}, in {share} of them.").format(
                    class_=likeliest[0], share=numbers.share(likeliest[1])
                )
            )
        if said:
            yield Remark(_("Certainty"), " ".join(said))

    # About the run

    def provenance(self) -> list[str]:
        """Where the numbers come from: framework, method, inputs, program."""
        return provenance(self.report)


def _falls_short(result: IndicatorResult) -> bool:
    return (
        result.role == Role.CONDITION and result.status == Status.KNOWN and (result.value or 0.0) < 1 - EQUAL
    )


def _loss(result: IndicatorResult) -> float:
    """How much of its weight an indicator costs; what is unknown costs nothing, it is a question."""
    if result.status != Status.KNOWN or result.value is None:
        return 0.0
    return (result.weight or 0.0) * (1 - result.value)
