"""Whether a report can be a live model, and if not, why."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study

#: A model with more cells of practices, targets and indicators takes programs too long to compute, and its
#: sheet would come near the size above which dualeco refuses to read one.
MOST_CELLS = 30_000
#: More practices take too long as well: each is compared with each.
MOST_PRACTICES = 500
#: More indicators or targets do not fit into the columns of a sheet and the length of a formula.
MOST_INDICATORS, MOST_TARGETS = 400, 40
#: More rows of Assessments take too long again.
MOST_RATINGS = 10_000


def why_not_live(report: Report, study: Study) -> str | None:
    """The reason in a sentence; None where the model computes."""
    framework = study.framework
    everyone = set(study.practices)
    if not everyone or not framework.indicators or not report.targets:
        return _("There is nothing to compute.")
    if any({practice.id for practice in target.practices} != everyone for target in report.targets):
        return _("This report holds some of the practices only, so its ranks cannot be computed from it.")
    if report.method.compensation not in {0.0, 1.0}:
        return _(
            "The formulas of a workbook are made for full and partial compensation; with another one the "
            "workbook holds values only."
        )
    units = len(everyone) * len(report.targets)
    if (
        len(everyone) > MOST_PRACTICES
        or units * len(framework.indicators) > MOST_CELLS
        or len(framework.indicators) > MOST_INDICATORS
        or len(report.targets) > MOST_TARGETS
        or len(study.assessments) > MOST_RATINGS
    ):
        return _("The study is too large to be computed in a workbook, so this one holds values only.")
    return None
