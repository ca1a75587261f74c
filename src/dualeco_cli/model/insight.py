"""What is said beyond the report: why a score is what it is, where a practice goes best, what became of it.

The engine finds these out and the views put them into words; neither knows the other. Scores are on 0-100,
shares and similarities from 0 to 1. A number that is not there is None.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic import ConfigDict, Field

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import (
    BEST_FIRST,
    UNRANKED,
    Part,
    PracticeClass,
    PracticeResult,
    Report,
    Split,
    Step,
    TargetResult,
)
from dualeco_cli.model.sentence import ProseText

# Explain


@dataclass(frozen=True, slots=True)
class Gap:
    """A known indicator that is not met in full. ``required`` and ``actual`` are in its unit.

    ``gap`` is 1 − v; ``points`` is what the score would gain if v were 1.
    """

    indicator: str
    required: float | None
    actual: float | None
    gap: float
    points: float
    barrier: bool


@dataclass(frozen=True, slots=True)
class Support:
    """A known indicator that holds the score up; ``points`` is what the score would lose at its worst."""

    indicator: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown indicator, and what its answer could do.

    ``lowest`` and ``highest`` are the scores (0-100) if it turned out worst and best, ``if_worst`` and
    ``if_best`` the classes; ``swing`` is the distance of the two scores. ``weight`` is ω.
    """

    indicator: str
    weight: float
    lowest: float | None
    highest: float | None
    swing: float
    if_worst: PracticeClass
    if_best: PracticeClass
    changes_class: bool
    open_question: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The ranking without one indicator.

    ``leader`` is the first-listed practice, None without a ranked one. ``tau_b`` compares the scores of the
    practices that are ranked with and without it; None where it is not defined. ``reclassified`` are the
    practices whose class changes.
    """

    indicator: str
    leader: str | None
    leader_changes: bool
    tau_b: float | None
    reclassified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike an ecosystem is to another one, and on how many indicators that is based."""

    ecosystem: str
    value: float | None
    indicators: int


@dataclass(frozen=True)
class Explanation:
    """One practice for one target, in full.

    ``report`` holds nothing but this target and this practice; its rank is the one among all practices.
    ``ranking`` are the ids of all ranked practices, the leader first. ``similarity`` compares the target with
    the ecosystem that the practice comes from, where that is one of the study.
    """

    report: Report
    ranking: tuple[str, ...]
    gaps: tuple[Gap, ...]
    supports: tuple[Support, ...]
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]
    similarity: Similarity | None

    @property
    def target(self) -> TargetResult:
        """The target."""
        return self.report.targets[0]

    @property
    def practice(self) -> PracticeResult:
        """The practice."""
        return self.target.practices[0]


def restricted(report: Report, practice: str) -> Report:
    """The report of one practice alone. Its numbers stay what they are among all the others."""
    return report.model_copy(
        update={"targets": tuple(_restricted(target, practice) for target in report.targets)}
    )


def _restricted(target: TargetResult, practice: str) -> TargetResult:
    pairwise, agreement = target.pairwise, target.agreement
    if pairwise is not None:
        places = [place for place, id_ in enumerate(pairwise.practices) if id_ == practice]
        wins = tuple(tuple(pairwise.wins[one][other] for other in places) for one in places)
        kept = tuple(pairwise.practices[place] for place in places)
        pairwise = pairwise.model_copy(update={"practices": kept, "wins": wins})
    if agreement is not None:
        split = tuple(unit for unit in agreement.split if unit.practice == practice)
        agreement = agreement.model_copy(update={"split": split})
    return target.model_copy(
        update={
            "practices": tuple(one for one in target.practices if one.id == practice),
            "pairwise": pairwise,
            "agreement": agreement,
        }
    )


# Compare


@dataclass(frozen=True)
class Comparison:
    """Practices × targets. ``similarity`` is by pair of targets, in both directions."""

    report: Report
    similarity: Mapping[tuple[str, str], Similarity]

    def results(self) -> dict[str, dict[str, PracticeResult]]:
        """By practice and target.

        Practices that are ranked somewhere come first, by their best score there; then the others by theirs,
        then those that are only at home or without a score.
        """
        found: dict[str, dict[str, PracticeResult]] = {}
        for target in self.report.targets:
            for practice in target.practices:
                found.setdefault(practice.id, {})[target.id] = practice
        return dict(sorted(found.items(), key=lambda item: (_standing(item[1].values()), item[0])))

    def best_targets(self, results: Mapping[str, PracticeResult]) -> tuple[str, ...]:
        """Where a practice, with these results by target, would go best.

        That is the best class, then the highest score; several targets where that is equal, none where it is
        ranked nowhere.
        """
        ranked = {id_: result for id_, result in results.items() if result.class_ not in UNRANKED}
        if not ranked:
            return ()
        best = min(BEST_FIRST.index(result.class_) for result in ranked.values())
        rivals = {id_: _number(r) for id_, r in ranked.items() if BEST_FIRST.index(r.class_) == best}
        top = max(rivals.values())
        return tuple(id_ for id_, score in rivals.items() if score >= top - EQUAL)

    def best_practices(self, target: str) -> tuple[PracticeResult, ...]:
        """The practices that lead the ranking of a target: none, one, or several with the same score."""
        return tuple(
            practice
            for one in self.report.targets
            if one.id == target
            for practice in one.practices
            if practice.rank == 1
        )


def _standing(results: Collection[PracticeResult]) -> tuple[int, float]:
    """Where a practice stands in the list: smaller is higher up."""
    ranked = [_number(result) for result in results if result.rank is not None]
    # Rounded, so that what differs in the last bit stays in the order of the ids.
    if ranked:
        return 0, -round(max(ranked), 9)
    elsewhere = [_number(result) for result in results if result.class_ is not PracticeClass.HOME]
    return 1, -round(max(elsewhere, default=-1.0), 9)


def _number(result: PracticeResult) -> float:
    return -1.0 if result.score is None else result.score


# Look back


class PilotPrediction(Part):
    """One pilot beside what is predicted for the form that was tried."""

    model_config = ConfigDict(populate_by_name=True)

    practice: str
    target: str
    adaptation: str | None
    year: int | None
    outcome: float | None
    score: float | None
    class_: PracticeClass | None = Field(alias="class")


class Hindsight(Part):
    """What ``dualeco backtest -o FILE.json`` writes. ``cases`` is the number of pilots that count."""

    model_config = ConfigDict(title="dualeco hindsight")

    pilots: tuple[PilotPrediction, ...]
    tau_b: float | None
    auc: float | None
    cases: int
    note: ProseText | None


@dataclass(frozen=True)
class Retrospect:
    """Pilots and predictions, with the report of the targets where pilots were (without draws and paths)."""

    hindsight: Hindsight
    report: Report

    def as_is(self) -> dict[tuple[str, str], PracticeResult]:
        """What is predicted for the practices as they are, by practice and target."""
        return {
            (practice.id, target.id): practice
            for target in self.report.targets
            for practice in target.practices
        }


# Plan


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """The steps in a target that make the most practices transferable for an effort.

    ``budget`` is None without a limit. ``today`` are the practices that are transferable without any step,
    ``transferable`` those that are with all of them, ``gained`` those of them that are not today. ``proven``
    is False where the time ran out before it was certain that nothing better exists.
    """

    target: str
    budget: float | None
    steps: tuple[Step, ...]
    effort: float
    today: tuple[str, ...]
    gained: tuple[str, ...]
    transferable: tuple[str, ...]
    proven: bool

    @property
    def lost(self) -> tuple[str, ...]:
        """Practices that are transferable today and are not after the steps."""
        return tuple(id_ for id_ in self.today if id_ not in self.transferable)


# Assessors


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a practice stands in a view."""

    rank: int | None
    score: float | None
    class_: PracticeClass


@dataclass(frozen=True, slots=True)
class View:
    """The ranking as one assessor sees it; of the joint one ``assessor`` is None.

    ``practices`` holds, by id, what only the judgements of this assessor and all that is no judgement give.
    """

    assessor: str | None
    ratings: int
    practices: Mapping[str, Placing]


@dataclass(frozen=True, slots=True)
class Association:
    """Kendall's tau-b of two views, over the practices that have a rank in both."""

    tau_b: float | None
    practices: int


@dataclass(frozen=True)
class AssessorViews:
    """The assessors of one target beside each other.

    ``views`` are the joint ranking and then one per assessor. ``associations[i][j]`` compares views i and j.
    ``alpha`` is Krippendorff's over ``units`` units, ``by_dimension`` over those of one dimension,
    ``without`` that of the others, by assessor.
    """

    target: str
    views: tuple[View, ...]
    associations: tuple[tuple[Association, ...], ...]
    alpha: float | None
    units: int
    by_dimension: Mapping[str, float | None]
    without: Mapping[str, float | None]
    split: tuple[Split, ...]
