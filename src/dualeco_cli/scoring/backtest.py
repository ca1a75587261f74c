"""Looking back: what was predicted for the practices that were tried (design, 4.9 and 4.10)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dualeco_cli.language import N_
from dualeco_cli.model.insight import Hindsight, PilotPrediction
from dualeco_cli.model.result import Method, PracticeClass
from dualeco_cli.model.sentence import Prose, Sentence
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.association import kendall_tau_b, roc_area
from dualeco_cli.scoring.case import Case, build_adapted_case, build_case
from dualeco_cli.scoring.panel import weighed
from dualeco_cli.scoring.screen import screen
from dualeco_cli.scoring.tolerance import reaches

#: From this outcome on (0-4) a pilot is a success.
SUCCESS = 3.0

#: Fewer cases than this are too few to conclude anything.
ENOUGH = 5


def backtest(study: Study, method: Method) -> Hindsight:
    """Every pilot of the study beside its prediction, with rank correlation and area under the ROC curve.

    A pilot that names an adaptation is held against that adaptation. Every pilot with an outcome and a score
    counts, except where the practice is at home.

    Raises:
        KeyError: a pilot in an ecosystem that the study does not have.
        NoPanelError: the method asks for the weights of a panel that the study does not have.
    """
    study = weighed(study, method)
    predictions: dict[str, Mapping[tuple[str, str | None], tuple[float | None, PracticeClass]]] = {}
    pilots: list[PilotPrediction] = []
    for pilot in study.pilots:
        if pilot.target not in predictions:
            predictions[pilot.target] = _predictions(study, pilot.target, method)
        score, class_ = predictions[pilot.target].get((pilot.practice, pilot.adaptation), (None, None))
        pilots.append(
            PilotPrediction(
                practice=pilot.practice,
                target=pilot.target,
                adaptation=pilot.adaptation,
                year=pilot.year,
                outcome=pilot.outcome,
                score=score,
                class_=class_,
            )
        )
    counted = [
        (pilot.score, pilot.outcome)
        for pilot in pilots
        if pilot.score is not None and pilot.outcome is not None and pilot.class_ is not PracticeClass.HOME
    ]
    score_ = np.array([score for score, _ in counted], dtype=np.float64)
    outcome = np.array([outcome for _, outcome in counted], dtype=np.float64)
    return Hindsight(
        pilots=tuple(pilots),
        tau_b=kendall_tau_b(score_, outcome),
        auc=roc_area(score_, reaches(outcome, SUCCESS)),
        cases=len(counted),
        note=_note(len(counted)),
    )


def _predictions(
    study: Study, target: str, method: Method
) -> dict[tuple[str, str | None], tuple[float | None, PracticeClass]]:
    """Score and class of every practice, as it is and in each adapted form."""
    found: dict[tuple[str, str | None], tuple[float | None, PracticeClass]] = {}
    for build in (build_case, build_adapted_case):
        case: Case = build(study, target)
        outcome = screen(case, method)
        for row, form in enumerate(zip(case.practices, case.forms, strict=True)):
            score = float(outcome.scores.score[row])
            found[form] = (None if np.isnan(score) else score, outcome.class_of(row))
    return found


def _note(cases: int) -> Prose | None:
    if cases >= ENOUGH:
        return None
    if cases == 0:
        return Prose(
            Sentence.of(N_("There is no pilot with an outcome and a score: nothing can be compared."))
        )
    if cases == 1:
        template = N_("1 pilot is too few to conclude anything: at least {least} are needed.")
        return Prose(Sentence.of(template, least=ENOUGH))
    template = N_("{count} pilots are too few to conclude anything: at least {least} are needed.")
    return Prose(Sentence.of(template, count=cases, least=ENOUGH))
