"""How sure a result is: uncertainty, the assessors' agreement and the leader's stability, for one target."""

from __future__ import annotations

from collections.abc import Callable

from dualeco_cli.model.result import Agreement, Method
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.agreement import agreement
from dualeco_cli.scoring.assemble import Examine, Firmness
from dualeco_cli.scoring.case import Case
from dualeco_cli.scoring.robustness import robustness
from dualeco_cli.scoring.screen import Outcome
from dualeco_cli.scoring.stability import leader_stability


def examiner(progress: Callable[[int], None] | None = None) -> Examine:
    """What :func:`~dualeco_cli.scoring.assemble.score` asks; ``progress`` is told of draws that are done."""

    def examine(study: Study, case: Case, outcome: Outcome, method: Method) -> Firmness:
        by_row, pairwise = robustness(case, outcome, method, progress)
        return Firmness(
            robustness={
                practice: found
                for practice, found in zip(case.practices, by_row, strict=True)
                if found is not None
            },
            pairwise=pairwise,
            # without assessments there are no units: that is an answer too
            agreement=agreement(study, case.target) or Agreement(alpha=None, units=0, split=()),
            leader_stability=leader_stability(case, outcome, method),
        )

    return examine
