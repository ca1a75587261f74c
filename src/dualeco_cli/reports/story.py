"""What a report says in sentences, whatever it is written in: terminal, web page or document.

The readers are the partners of a project around a table. So these are sentences to read aloud: names instead
of ids, the words of a level instead of its number alone, and for every verdict the reason.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

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
from dualeco_cli.model.rows import Dimension, Indicator, Match, ProfileValue, Role
from dualeco_cli.model.safe import printable
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.texts import _, class_word, listed, plural

#: Two neighbours in the ranking cannot be told apart while each wins in at least so many of the draws.
EVEN_FROM = 0.4
#: Longer titles and names are cut: a report stays readable whatever somebody pasted into a cell.
LONGEST_NAME = 160
#: Longer running text is cut as well.
LONGEST_TEXT = 1200
#: The value from which an indicator speaks for a practice.
SUPPORT_FROM = 0.5
#: Roles whose indicators are rated on the practice itself.
_RATED = frozenset({Role.MERIT, Role.JUDGEMENT})


@lru_cache(maxsize=8192)
def one_line(text: str | None, longest: int = LONGEST_NAME) -> str:
    """Text of a user as one safe line: no control characters, no line breaks, not endless."""
    line = " ".join(printable(text or "").split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said about a practice: under which heading, and the sentence."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How many of the indicators that look at a region have a value for it."""

    known: int
    of: int


def profile_indicators(study: Study) -> tuple[Indicator, ...]:
    """The indicators that need a profile value and count in the score: needs and conditions with a weight."""
    weights = {dimension.id: dimension.weight for dimension in study.framework.dimensions}
    return tuple(
        indicator
        for indicator in study.framework.indicators
        if indicator.role in {Role.NEED, Role.CONDITION}
        and indicator.weight > 0
        and weights.get(indicator.dimension, 0) > 0
    )


def profile_knowledge(study: Study, ecosystem: str) -> Knowledge:
    """How much of the profile of an ecosystem is known."""
    profile = study.profile.get(ecosystem, {})
    asked = profile_indicators(study)
    known = sum(1 for indicator in asked if _has_value(profile.get(indicator.id)))
    return Knowledge(known, len(asked))


def _has_value(value: ProfileValue | None) -> bool:
    return value is not None and value.value is not None


def indicator_name(indicator: Indicator) -> str:
    """The name of an indicator, or its id where it has none."""
    return one_line(indicator.name) or one_line(indicator.id)


def dimension_name(dimension: Dimension) -> str:
    """The name of a dimension, or its id where it has none."""
    return one_line(dimension.name) or one_line(dimension.id)


def region_name(study: Study, id_: str | None) -> str:
    """The name of an ecosystem; what stands in the cell where it is none of the study."""
    if id_ is None:
        return _("source not given")
    ecosystem = study.ecosystems.get(id_)
    return one_line(ecosystem.name if ecosystem and ecosystem.name else id_)


def region_heading(study: Study, id_: str, name: str) -> str:
    """``Lombardy (IT, NUTS ITC4)``."""
    ecosystem = study.ecosystems.get(id_)
    codes = []
    if ecosystem and ecosystem.country:
        codes.append(one_line(ecosystem.country))
    if ecosystem and ecosystem.nuts:
        codes.append(_("NUTS {code}").format(code=one_line(ecosystem.nuts)))
    return f"{one_line(name)} ({', '.join(codes)})" if codes else one_line(name)


def level_text(indicator: Indicator | None, value: float | None) -> str:
    """A value in words: what its level is called, or the number with its unit."""
    if value is None:
        return _("unknown")
    number = numbers.plain(value)
    if indicator is None:
        return number
    for level, words in indicator.levels.items():
        if abs(level - value) < 1e-9:
            return _("“{words}” ({number})").format(words=one_line(words), number=number)
    between = _neighbours(indicator, value)
    if between is not None:
        low, high = between
        return _("{number}, between “{low}” and “{high}”").format(number=number, low=low, high=high)
    if indicator.unit:
        return f"{number} {one_line(indicator.unit)}"
    return _("{number} on the scale from {worst} to {best}").format(
        number=number, worst=numbers.plain(indicator.worst), best=numbers.plain(indicator.best)
    )


def _neighbours(indicator: Indicator, value: float) -> tuple[str, str] | None:
    """The words of the levels just below and above a value, such as the median of 2 and 3."""
    below = [level for level in indicator.levels if level < value]
    above = [level for level in indicator.levels if level > value]
    if not below or not above:
        return None
    return one_line(indicator.levels[max(below)]), one_line(indicator.levels[min(above)])


def thresholds(method: Method) -> tuple[float, float]:
    """The scores at which the class changes."""
    return method.adaptable_from, method.transferable_from


def reach_coverage(practice: PracticeResult, least: float) -> tuple[IndicatorResult, ...]:
    """The fewest unknown indicators that, once known, bring the coverage to what is asked for."""
    coverage, chosen = practice.coverage, []
    for indicator in unknown(practice):
        if coverage >= least - 1e-9:
            break
        chosen.append(indicator)
        coverage += indicator.weight or 0.0
    return tuple(chosen)


def unknown(practice: PracticeResult) -> list[IndicatorResult]:
    """Unknown indicators that count, the one that can move the score most first."""
    found = [i for i in practice.indicators if i.status == Status.UNKNOWN and (i.weight or 0) > 0]
    return sorted(found, key=lambda i: -(i.weight or 0.0))


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

    # Names and numbers

    def name(self, indicator: str) -> str:
        """The name of an indicator."""
        known = self.indicators.get(indicator)
        return indicator_name(known) if known else one_line(indicator)

    def level(self, indicator: str, value: float | None) -> str:
        """A value of an indicator in words."""
        return level_text(self.indicators.get(indicator), value)

    def words(self, indicator: str, value: float | None) -> str | None:
        """The words alone, where the number stands beside them: those of the level, or the unit."""
        known = self.indicators.get(indicator)
        if known is None or value is None:
            return None
        for level, words in known.levels.items():
            if abs(level - value) < 1e-9:
                return one_line(words)
        return one_line(known.unit) or None

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

    def heading(self, target: TargetResult) -> str:
        """The target with its country and code."""
        return region_heading(self.study, target.id, target.name)

    def profile(self, target: TargetResult) -> str:
        """How much of the target's profile is known."""
        knowledge = profile_knowledge(self.study, target.id)
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
            plural(
                "{count} of {all} gets a rank",
                "{count} of {all} get a rank",
                ranked,
                all=plural("{count} practice", "{count} practices", len(classes)),
            )
        ]
        for class_, one, many in (
            (PracticeClass.BLOCKED, _("{count} is blocked"), _("{count} are blocked")),
            (
                PracticeClass.INSUFFICIENT_EVIDENCE,
                _("too little is known of {count}"),
                _("too little is known of {count}"),
            ),
        ):
            count = classes.count(class_)
            if count:
                parts.append(plural(one, many, count))
        home = classes.count(PracticeClass.HOME)
        if home:
            parts.append(
                plural(
                    "{count} comes from {region} itself",
                    "{count} come from {region} itself",
                    home,
                    region=one_line(target.name),
                )
            )
        return f"{listed(parts)}."

    def order(self, target: TargetResult, most: int = 8) -> list[str]:
        """How firm the order of the ranking is: neighbours, weights, assessors."""
        said = [*self._even_neighbours(target, most), *self._stability(target), *self._agreement(target)]
        if said and any(practice.robustness for practice in target.practices):
            said.insert(0, self._draws())
        return said

    def _draws(self) -> str:
        method = self.report.method
        weights = (
            _("any weights at all")
            if method.weights == "any"
            else _("weights up to {spread} higher or lower").format(
                spread=numbers.share(method.weight_spread)
            )
        )
        return _(
            "The score was computed {samples} times, with {weights} and with values as uncertain as "
            "the study says they are; each time is a draw."
        ).format(samples=f"{method.samples:,}", weights=weights)

    def _even_neighbours(self, target: TargetResult, most: int) -> list[str]:
        if target.pairwise is None:
            return []
        position = {id_: at for at, id_ in enumerate(target.pairwise.practices)}
        ranked = [practice for practice in target.practices if practice.rank is not None]
        said = []
        for one, other in itertools.pairwise(ranked):
            if one.id not in position or other.id not in position:
                continue
            wins = target.pairwise.wins[position[one.id]][position[other.id]]
            if EVEN_FROM - 1e-9 <= wins <= 1 - EVEN_FROM + 1e-9:
                said.append(
                    _(
                        "“{one}” and “{other}” cannot be told apart: "
                        "the first is ahead in {wins} of the draws."
                    ).format(
                        one=one_line(one.title, 60), other=one_line(other.title, 60), wins=numbers.share(wins)
                    )
                )
        if len(said) > most:
            rest = plural("{count} more pair", "{count} more pairs", len(said) - most)
            said[most:] = [_("So it is with {rest} of neighbours.").format(rest=rest)]
        return said

    def _stability(self, target: TargetResult) -> list[str]:
        leader = next((practice for practice in target.practices if practice.rank == 1), None)
        if leader is None or not target.leader_stability:
            return []
        total = sum(dimension.weight for dimension in self.study.framework.dimensions)
        limits = []
        for stretch in target.leader_stability:
            dimension = self.dimensions.get(stretch.dimension)
            if dimension is None or stretch.low is None or stretch.high is None or total <= 0:
                continue
            today = dimension.weight / total
            # The side on which the lead is lost is the one to name; a lead that no weight ends has none.
            below = today - stretch.low if stretch.low > 1e-9 else 2.0
            above = stretch.high - today if stretch.high < 1 - 1e-9 else 2.0
            if min(below, above) < 1:
                limits.append((min(below, above), dimension, today, stretch))
        title = one_line(leader.title, 60)
        if not limits:
            return [
                _("“{title}” stays first whatever the weight of any single dimension.").format(title=title)
            ]
        limits.sort(key=lambda limit: limit[0])
        _distance, dimension, today, stretch = limits[0]
        return [
            _(
                "“{title}” stays first as long as “{dimension}” has {limits} of the weight of all dimensions "
                "(now {today}); no other dimension is as decisive."
            ).format(
                title=title,
                dimension=dimension_name(dimension),
                limits=_between(stretch.low or 0.0, 1.0 if stretch.high is None else stretch.high),
                today=numbers.share(today),
            )
        ]

    def _agreement(self, target: TargetResult, most: int = 5) -> list[str]:
        agreement = target.agreement
        if agreement is None or agreement.units == 0:
            return []
        said = []
        if agreement.alpha is not None:
            said.append(
                _("The assessors {agree}: Krippendorff's alpha is {alpha}, from {units}.").format(
                    agree=_agree(agreement.alpha),
                    alpha=numbers.fixed(agreement.alpha, 2),
                    units=plural(
                        "{count} question that several answered",
                        "{count} questions that several answered",
                        agreement.units,
                    ),
                )
            )
        titles = {practice.id: practice.title for practice in target.practices}
        apart = [
            _("“{indicator}” of “{title}” ({ratings})").format(
                indicator=self.name(split.indicator),
                title=one_line(titles.get(split.practice, split.practice), 60),
                ratings=_("ratings {ratings}").format(
                    ratings=", ".join(numbers.plain(rating) for rating in split.ratings)
                ),
            )
            for split in agreement.split
        ]
        if apart:
            said.append(_("They lie apart on {places}.").format(places=listed(apart, most)))
        return said

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
            yield Remark(_("Reason"), self._too_little(practice))

    def _home(self, practice: PracticeResult, target: TargetResult) -> str:
        said = [
            _("It comes from {region}, so this is a check of plausibility, not a transfer.").format(
                region=one_line(target.name)
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
            region=one_line(target.name),
        )

    def _too_little(self, practice: PracticeResult, most: int = 5) -> str:
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
        names = listed([self.name(i.id) for i in first], most)
        count = plural("answer this one", "answer these {count}", len(first))
        return _("{said} To get there, {count} first: {names}.").format(said=said, count=count, names=names)

    def _strengths(self, practice: PracticeResult, most: int = 3) -> Iterable[Remark]:
        speaking = [i for i in practice.indicators if self._speaks_for(i)]
        speaking.sort(key=lambda i: -(i.weight or 0.0) * (i.value or 0.0))
        if speaking:
            text = listed([self._strength(i) for i in speaking[:most]])
            yield Remark(_("Strengths"), f"{text[:1].upper()}{text[1:]}.")

    def _speaks_for(self, result: IndicatorResult) -> bool:
        """Whether an indicator is known, good, and asks a question at all.

        A requirement of nothing is met everywhere: it counts in the score, but it is no merit to read out.
        """
        if result.status != Status.KNOWN or (result.value or 0.0) < SUPPORT_FROM or not result.weight:
            return False
        indicator = self.indicators.get(result.id)
        if indicator is None or indicator.role != Role.CONDITION:
            return True
        full = (result.value or 0.0) > 1 - 1e-9
        asked = result.required is not None and indicator.normalise(result.required) > 1e-9
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
        losing = sorted((i for i in practice.indicators if _loss(i) > 1e-9), key=lambda i: -_loss(i))
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
        rest = [self.name(i.id) for i in unknown(practice) if i.id not in critical]
        if rest:
            yield Remark(_("Unknown"), listed(rest, most) + ".")

    def _question(self, id_: str, result: IndicatorResult | None, target: TargetResult) -> str:
        values = {"name": self.name(id_), "region": one_line(target.name)}
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
            best = adaptation.best and len(practice.adaptations) > 1
            yield Remark(_("Adapted"), text + (_(" This is the best form.") if best else ""))

    def _way(self, practice: PracticeResult, target: TargetResult) -> Iterable[Remark]:
        path = practice.path
        if path is None or path.to is None:
            return
        # Beside steps, the reason says which answers the class hangs on as well.
        answers = f" {one_line(path.reason, LONGEST_TEXT)}" if path.reason else ""
        if path.steps:
            said = {barrier.indicator for barrier in practice.barriers}
            yield Remark(_("Path"), self.way(path, target, said) + answers)
        elif path.effort is not None:
            text = _("To make it {to}, nothing in {region} has to change.").format(
                to=class_word(path.to), region=one_line(target.name)
            )
            yield Remark(_("Path"), text + answers)
        elif path.reason:
            yield Remark(_("Path"), answers.strip())

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
        said = _("To make it {to}, {region} would have to move {changes}").format(
            to=class_word(path.to or ""), region=one_line(target.name), changes=listed(changes)
        )
        if path.score is not None:
            said += _("; the score would then be {score}").format(score=self.score(path.score))
        return said + "."

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
        if robustness is None or practice.class_ in {PracticeClass.HOME, PracticeClass.INSUFFICIENT_EVIDENCE}:
            return  # no draw changes where a practice comes from, or how much is known of it
        if practice.class_ == PracticeClass.BLOCKED:
            chance = robustness.class_probability.get(PracticeClass.BLOCKED)
            if chance is not None:
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
        return [*self._method(), *self._inputs()]

    def _method(self) -> list[str]:
        method, framework = self.report.method, self.report.framework
        version = (
            _(" version {version}").format(version=one_line(framework.version)) if framework.version else ""
        )
        said = [
            _("Framework {id}{version}. Score: {mean}.").format(
                id=one_line(framework.id), version=version, mean=mean_words(method.compensation)
            ),
            _(
                "Transferable from {transferable}, adaptable from {adaptable} points, ranked from {coverage} "
                "of the weight known."
            ).format(
                transferable=numbers.plain(method.transferable_from),
                adaptable=numbers.plain(method.adaptable_from),
                coverage=numbers.share(method.min_coverage),
            ),
        ]
        if method.compensation != 1:
            said.append(
                _("The thresholds were set for full compensation; here they are stricter than they look.")
            )
        if method.samples:
            said.append(
                _("{samples} draws, seed {seed}, {weights}.").format(
                    samples=f"{method.samples:,}", seed=method.seed, weights=weights_words(method)
                )
            )
        return said

    def _inputs(self) -> list[str]:
        read = [
            _("{path} (SHA-256 {sum}…)").format(
                path=one_line(source.path, 200), sum=one_line(source.sha256[:12])
            )
            for source in self.report.inputs
        ]
        said = [_("Read: {files}.").format(files=listed(read))] if read else []
        return [*said, f"{self.report.tool.name} {one_line(self.report.tool.version)}"]


def mean_words(compensation: float | str) -> str:
    """The mean that makes the score, in words."""
    if compensation == "none" or compensation == float("-inf"):
        return _("the worst value decides (no compensation)")
    if compensation == 1:
        return _("weighted mean of what is known (full compensation)")
    if compensation == 0:
        return _("geometric mean of what is known (partial compensation)")
    return _("power mean of what is known, exponent {q}").format(q=numbers.plain(float(compensation)))


def weights_words(method: Method) -> str:
    """How the weights were varied, in words."""
    if method.weights == "any":
        return _("with any weights")
    return _("with weights up to {spread} higher or lower").format(spread=numbers.share(method.weight_spread))


def _between(low: float, high: float) -> str:
    """A stretch of shares in words; an end that is no limit is not named."""
    if low <= 1e-9:
        return _("at most {high}").format(high=numbers.share(high))
    if high >= 1 - 1e-9:
        return _("at least {low}").format(low=numbers.share(low))
    return _("between {low} and {high}").format(low=numbers.share(low), high=numbers.share(high))


def _agree(alpha: float) -> str:
    """What an alpha says; 0.8 and 0.667 are Krippendorff's own limits."""
    if alpha >= 0.8:
        return _("agree well")
    if alpha >= 0.667:
        return _("agree fairly")
    return _("do not agree enough to build on")


def _falls_short(result: IndicatorResult) -> bool:
    return (
        result.role == Role.CONDITION and result.status == Status.KNOWN and (result.value or 0.0) < 1 - 1e-9
    )


def _loss(result: IndicatorResult) -> float:
    """How much of its weight an indicator costs; what is unknown costs nothing, it is a question."""
    if result.status != Status.KNOWN or result.value is None:
        return 0.0
    return (result.weight or 0.0) * (1 - result.value)
