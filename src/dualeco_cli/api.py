"""The engine as a Python API, for notebooks.

from dualeco_cli import load_study, score

study = load_study("practices.xlsx")
result = score(study, "lombardy")
result.practices       # a pandas data frame: one row per target and practice
result.indicators      # one row per target, practice and indicator
result.report          # everything, as the model of the JSON report

Beyond the ranking: :func:`explain` one practice, :func:`compare` targets, :func:`backtest` pilots,
:func:`plan` what a target should change, :func:`assessor_views` beside each other.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from dualeco_cli.model.collection import without_collection
from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.model.insight import (
    AssessorViews,
    Association,
    Comparison,
    Explanation,
    Placing,
    Retrospect,
    Similarity,
    TargetPlan,
    View,
    restricted,
)
from dualeco_cli.model.result import Method, PracticeClass, Report
from dualeco_cli.model.study import Study
from dualeco_cli.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from dualeco_cli.reports.figures import Drawing
    from dualeco_cli.scoring.case import Case
    from dualeco_cli.scoring.screen import Outcome


#: Draws of the simulation, unless one says so (design, 4.7).
DRAWS = 10_000
#: With more practices than this the draws take longer than all the rest together, and are made on demand.
MANY_PRACTICES = 1_000


class StudyError(ValueError):
    """The files have errors. ``findings`` holds all findings, warnings included."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        shown = "\n".join(
            f"  {finding.file}"
            + (f" {finding.sheet}!{finding.cell}" if finding.sheet and finding.cell else "")
            + f": {finding.message}"
            for finding in errors[:20]
        )
        more = f"\n  and {len(errors) - 20} more" if len(errors) > 20 else ""
        super().__init__(f"{len(errors)} errors in the study:\n{shown}{more}")


class MethodOptions(TypedDict, total=False):
    """What :func:`method_for` takes besides the study."""

    compensation: float | str | None
    samples: int
    seed: int
    weight_spread: float
    weights: str


@dataclass(frozen=True)
class Result:
    """The outcome of :func:`score`."""

    report: Report
    study: Study

    @property
    def practices(self) -> pd.DataFrame:
        """One row per target and practice, in the order of the ranking."""
        from dualeco_cli.reports.frames import practices_frame  # noqa: PLC0415  # pandas takes its time

        return practices_frame(self.report)

    @property
    def indicators(self) -> pd.DataFrame:
        """One row per target, practice and indicator."""
        from dualeco_cli.reports.frames import indicators_frame  # noqa: PLC0415  # pandas takes its time

        return indicators_frame(self.report)

    @property
    def dimensions(self) -> pd.DataFrame:
        """One row per target, practice and dimension."""
        from dualeco_cli.reports.frames import dimensions_frame  # noqa: PLC0415  # pandas takes its time

        return dimensions_frame(self.report)

    @property
    def ranks(self) -> pd.DataFrame:
        """One row per target, ranked practice and rank: its share of the draws."""
        from dualeco_cli.reports.frames import ranks_frame  # noqa: PLC0415  # pandas takes its time

        return ranks_frame(self.report)

    @property
    def wins(self) -> pd.DataFrame:
        """One row per target and pair of ranked practices: how often the first is better."""
        from dualeco_cli.reports.frames import wins_frame  # noqa: PLC0415  # pandas takes its time

        return wins_frame(self.report)

    def figure(self, kind: str, target: str | None = None) -> Drawing | None:
        """A chart: ``ranking``, ``heatmap``, ``quadrant`` or ``ranks`` of a target, or ``comparison`` of all.

        A notebook shows it as it is; ``.svg`` and ``.png()`` are its files. None where the report has nothing
        to draw, such as ranks without draws.

        Args:
            kind: one of the five.
            target: id of a target of the report; may be left out where there is only one.

        Raises:
            KeyError: a chart or a target that there is not.
        """
        from dualeco_cli.reports.figures import OF_A_TARGET, draw, draw_comparison  # noqa: PLC0415
        from dualeco_cli.reports.story import Story  # noqa: PLC0415

        story = Story(self.report, self.study)
        if kind == "comparison":
            return draw_comparison(story)
        if kind not in OF_A_TARGET:
            raise KeyError(f"no chart {kind!r}; there are {', '.join((*OF_A_TARGET, 'comparison'))}")
        found = [one for one in self.report.targets if target in {None, one.id}]
        if len(found) != 1:
            raise KeyError(f"which target? {', '.join(one.id for one in self.report.targets)}")
        return draw(kind, story, found[0], found[0].id)


def load_study(
    *paths: str | Path,
    indicators: str | Path | None = None,
    ecosystems: Iterable[str | Path] = (),
    weights: Literal["framework", "panel"] = "framework",
) -> Study:
    """Read, check and merge workbooks.

    Args:
        paths: workbooks, CSV files or folders of CSV files.
        indicators: a framework: a file, or the id of a built-in one.
        ecosystems: files with ecosystems and profiles, or ids of built-in ones.
        weights: "panel" for those of the sheet Panel; all that is made of the study has them then.

    Raises:
        StudyError: the files have errors, or one cannot be read.
        UnknownName: a framework or an ecosystem that is neither a file nor built in.
        ValueError: the weights of a panel that the study does not have.
    """
    from dualeco_cli.checks.load import Options, load  # noqa: PLC0415  # the readers take their time

    options = Options(
        indicators=None if indicators is None else str(indicators),
        ecosystems=tuple(map(str, ecosystems)),
        for_scoring=True,
    )
    loaded = load(paths, options)
    if loaded.study is None:
        raise StudyError(loaded.findings)
    return weighed(loaded.study, Method(weights="panel")) if weights == "panel" else loaded.study


def weighed(study: Study, method: Method) -> Study:
    """The study with the weights that a run is to use, which are those of its panel if the method says so.

    Raises:
        ValueError: the weights of a panel that the study does not have.
    """
    if method.weights != "panel":
        return study
    from dualeco_cli.scoring.panel import weighed as with_weights  # noqa: PLC0415  # numpy takes its time

    return with_weights(study, method)


def method_for(
    study: Study,
    *,
    compensation: float | str | None = None,
    samples: int | None = None,
    seed: int = 0,
    weight_spread: float = 0.5,
    weights: str = "spread",
) -> Method:
    """The method of a run: what is given, else the study's settings.

    A study that was loaded with the weights of its panel is scored with them.

    Raises:
        ValueError: a compensation that is neither a word nor a number of at most 1, a spread outside 0 to 1,
            the weights of a panel that the study does not have.
    """
    from dualeco_cli.scoring.aggregate import compensation as as_reported  # noqa: PLC0415  # numpy
    from dualeco_cli.scoring.aggregate import exponent  # noqa: PLC0415

    settings = study.framework.settings
    wanted = settings.compensation if compensation is None else _number_or_word(compensation)
    if weights not in {"spread", "any", "panel"}:
        raise ValueError(f'weights are "spread", "any" or "panel", not "{weights}"')
    if weights == "spread" and study.panel is not None and study.panel.replaced is not None:
        weights = "panel"
    if not 0 <= weight_spread < 1:
        raise ValueError(f"the weight spread is a number from 0 to below 1, not {weight_spread}")
    method = Method(
        compensation=as_reported(exponent(wanted)),
        samples=_draws(study) if samples is None else samples,
        seed=seed,
        weights="any" if weights == "any" else "panel" if weights == "panel" else "spread",
        weight_spread=weight_spread,
        min_coverage=settings.min_coverage,
        transferable_from=settings.transferable_from,
        adaptable_from=settings.adaptable_from,
    )
    weighed(study, method)  # or the run would end only after all else is done
    return method


def _draws(study: Study) -> int:
    """How many draws are made unless one says so: with very many practices they are left to be asked for."""
    return DRAWS if len(study.practices) <= MANY_PRACTICES else 0


def _number_or_word(text: float | str) -> float | str:
    if isinstance(text, str):
        word = text.strip().casefold()
        try:
            return float(word.replace(",", "."))
        except ValueError:
            return word
    return text


def report_for(
    study: Study, targets: Iterable[str], method: Method, progress: Callable[[int], None] | None = None
) -> Report:
    """The report of a study for these targets, by id. ``progress`` is told of draws as they are done."""
    from dualeco_cli.scoring.assemble import score as assemble  # noqa: PLC0415  # numpy takes its time
    from dualeco_cli.scoring.firmness import examiner  # noqa: PLC0415

    with without_collection():
        return assemble(study, targets, method, __version__, examine=examiner(progress))


def head_of(study: Study, method: Method) -> Report:
    """The report of a study without its targets: where the numbers come from."""
    from dualeco_cli.scoring.assemble import head  # noqa: PLC0415  # numpy takes its time

    return head(study, method, __version__)


def score(
    study: Study,
    targets: str | Iterable[str],
    *,
    compensation: float | str | None = None,
    samples: int | None = None,
    seed: int = 0,
    weight_spread: float = 0.5,
    weights: str = "spread",
) -> Result:
    """Rate the practices of a study for one or more targets (ids of ecosystems, or ``"all"``).

    Raises:
        KeyError: a target that the study does not have.
        ValueError: see :func:`method_for`.
    """
    ids = _target_ids(study, targets)
    method = method_for(
        study,
        compensation=compensation,
        samples=samples,
        seed=seed,
        weight_spread=weight_spread,
        weights=weights,
    )
    study = weighed(study, method)
    return Result(report_for(study, ids, method), study)


def _target_ids(study: Study, targets: str | Iterable[str]) -> list[str]:
    wanted = [targets] if isinstance(targets, str) else list(targets)
    ids = [id_ for name in wanted for id_ in (study.targets() if name == "all" else (name,))]
    for id_ in ids:
        if id_ not in study.ecosystems:
            raise KeyError(f"no ecosystem {id_!r}; known are {', '.join(study.ecosystems)}")
    return ids


# Why


def explain(study: Study, practice: str, target: str, **options: Unpack[MethodOptions]) -> Explanation:
    """Why one practice scores as it does for one target, what is open, and what hangs on each indicator.

    Args:
        study: a study without errors.
        practice: id of a practice.
        target: id of an ecosystem.
        options: as of :func:`method_for`.

    Raises:
        KeyError: a practice or a target that the study does not have.
        ValueError: see :func:`method_for`.
    """
    (id_,) = _target_ids(study, (target,))
    if practice not in study.practices:
        raise KeyError(f"no practice {practice!r}; known are {', '.join(study.practices)}")
    return explanation_of(study, report_for(study, [id_], method_for(study, **options)), practice, id_)


def explanation_of(study: Study, report: Report, practice: str, target: str) -> Explanation:
    """The explanation of a practice whose target is in the report of all practices."""
    from dualeco_cli.scoring import explain as engine  # noqa: PLC0415  # numpy takes its time

    study = weighed(study, report.method)
    case, outcome = _case(study, target, report.method)
    row = case.practices.index(practice)
    source = study.practices[practice].source
    compared = source in study.ecosystems and source != target
    return Explanation(
        report=restricted(_of_target(report, target), practice),
        ranking=tuple(case.practices[place] for place in outcome.order.tolist() if outcome.rank[place]),
        gaps=engine.gaps(case, outcome, row, report.method),
        supports=engine.supports(case, outcome, row, report.method),
        questions=engine.questions(case, outcome, row, report.method),
        left_out=engine.leave_one_out(case, outcome, report.method),
        similarity=engine.similarity(study, target, source or "") if compared else None,
    )


def explanation_frames(explanation: Explanation) -> dict[str, pd.DataFrame]:
    """An explanation as data frames: ``gaps``, ``supports``, ``questions`` and ``left_out``."""
    from dualeco_cli.reports.frames import explanation_frames as frames  # noqa: PLC0415  # pandas

    return frames(explanation)


def _case(study: Study, target: str, method: Method) -> tuple[Case, Outcome]:
    from dualeco_cli.scoring.case import build_case  # noqa: PLC0415  # numpy takes its time
    from dualeco_cli.scoring.screen import screen  # noqa: PLC0415

    case = build_case(weighed(study, method), target)
    return case, screen(case, method)


def _of_target(report: Report, target: str) -> Report:
    targets = tuple(one for one in report.targets if one.id == target)
    return report.model_copy(update={"targets": targets})


# Where


def compare(
    study: Study, targets: str | Iterable[str] = "all", **options: Unpack[MethodOptions]
) -> Comparison:
    """All practices for several targets, and how alike these are.

    Raises:
        KeyError: a target that the study does not have.
        ValueError: see :func:`method_for`.
    """
    ids = _target_ids(study, targets)
    return comparison_of(study, report_for(study, ids, method_for(study, **options)))


def comparison_of(study: Study, report: Report) -> Comparison:
    """The comparison of the targets of a report."""
    from dualeco_cli.scoring.explain import similarity  # noqa: PLC0415  # numpy takes its time

    ids = [target.id for target in report.targets]
    alike: dict[tuple[str, str], Similarity] = {}
    study = weighed(study, report.method)
    for one, other in itertools.combinations(ids, 2):
        found = similarity(study, one, other)
        alike[one, other] = found
        alike[other, one] = replace(found, ecosystem=one)
    return Comparison(report=report, similarity=alike)


# What became of it


def backtest(study: Study, *, compensation: float | str | None = None, weights: str = "spread") -> Retrospect:
    """Every pilot of the study beside its prediction.

    Raises:
        ValueError: see :func:`method_for`.
    """
    return retrospect_of(study, method_for(study, compensation=compensation, samples=0, weights=weights))


def retrospect_of(study: Study, method: Method) -> Retrospect:
    """Pilots and predictions by a method; its draws are not needed."""
    from dualeco_cli.scoring.assemble import score as assemble  # noqa: PLC0415  # numpy takes its time
    from dualeco_cli.scoring.backtest import backtest as look_back  # noqa: PLC0415

    targets = sorted({pilot.target for pilot in study.pilots})
    return Retrospect(
        hindsight=look_back(study, method),
        report=assemble(study, targets, method.model_copy(update={"samples": 0}), __version__, paths=False),
    )


# What to change


def plan(
    study: Study, target: str, budget: float | None = None, *, compensation: float | str | None = None
) -> TargetPlan:
    """The steps in a target that make the most practices transferable, within a budget of effort or any.

    Raises:
        KeyError: a target that the study does not have.
        ValueError: a budget below 0; see also :func:`method_for`.
    """
    (id_,) = _target_ids(study, (target,))
    if budget is not None and not budget >= 0:
        raise ValueError(f"a budget is a number from 0 up, not {budget}")
    return plan_of(study, id_, method_for(study, compensation=compensation, samples=0), budget)


def plan_of(study: Study, target: str, method: Method, budget: float | None) -> TargetPlan:
    """The plan for a target by a method."""
    from dualeco_cli.scoring.budget import best_target_plan  # noqa: PLC0415  # numpy takes its time

    if budget == math.inf:
        budget = None
    case, outcome = _case(study, target, method)
    found = best_target_plan(case, outcome, method, math.inf if budget is None else budget)
    return TargetPlan(
        target=target,
        budget=budget,
        steps=found.steps,
        effort=found.effort,
        today=tuple(
            practice
            for row, practice in enumerate(case.practices)
            if outcome.class_of(row) is PracticeClass.TRANSFERABLE
        ),
        gained=found.gained,
        transferable=found.transferable,
        proven=found.proven,
    )


# Who says so


def assessor_views(
    study: Study, target: str, *, compensation: float | str | None = None
) -> AssessorViews | None:
    """The rankings of the assessors of a target beside each other; None with fewer than two of them.

    Raises:
        KeyError: a target that the study does not have.
        ValueError: see :func:`method_for`.
    """
    (id_,) = _target_ids(study, (target,))
    return assessor_views_of(study, id_, method_for(study, compensation=compensation, samples=0))


def assessor_views_of(study: Study, target: str, method: Method) -> AssessorViews | None:
    """The assessors' views by a method."""
    from dualeco_cli.scoring import agreement as engine  # noqa: PLC0415  # numpy takes its time

    assessors = engine.assessors_of(study, target)
    if len(assessors) < 2:
        return None
    details = engine.agreement_details(study, target)
    views = [_view(None, study, target, method)]
    views += [_view(id_, engine.as_seen_by(study, id_), target, method) for id_ in assessors]
    return AssessorViews(
        target=target,
        views=tuple(views),
        associations=tuple(tuple(_association(one, other) for other in views) for one in views),
        alpha=details.alpha,
        units=details.units,
        by_dimension=details.by_dimension,
        without=details.without,
        split=details.split,
    )


def _view(assessor: str | None, study: Study, target: str, method: Method) -> View:
    case, outcome = _case(study, target, method)
    scores = [None if math.isnan(score) else score for score in outcome.scores.score.tolist()]
    return View(
        assessor=assessor,
        ratings=sum(row.target == target and row.rating is not None for row in study.assessments),
        practices={
            case.practices[row]: Placing(
                rank=int(outcome.rank[row]) or None, score=scores[row], class_=outcome.class_of(row)
            )
            for row in outcome.order.tolist()
        },
    )


def _association(one: View, other: View) -> Association:
    import numpy as np  # noqa: PLC0415  # takes its time

    from dualeco_cli.scoring.association import kendall_tau_b  # noqa: PLC0415

    pairs = [
        (placing.score, other.practices[id_].score)
        for id_, placing in one.practices.items()
        if placing.rank is not None and other.practices[id_].rank is not None
    ]
    scores = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return Association(kendall_tau_b(scores[:, 0], scores[:, 1]), len(pairs))
