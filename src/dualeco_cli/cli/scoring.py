"""From a study to a report: the method that the options ask for, and the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _, plural

if TYPE_CHECKING:
    from dualeco_cli.model.result import Method, Report
    from dualeco_cli.model.study import Study
    from dualeco_cli.spread.ways import Way


def method_of(
    study: Study,
    compensation: str | None,
    samples: int | None,
    seed: int,
    weight_spread: float,
    weights: str,
) -> Method:
    """The method: what the options say, else the study's settings. Ends the run for wrong values."""
    from dualeco_cli.api import MANY_PRACTICES, method_for

    if samples is None and len(study.practices) > MANY_PRACTICES:
        tell(
            plural(
                "More than {count} practice: no uncertainty is drawn; --samples 10000 does.",
                "More than {count} practices: no uncertainty is drawn; --samples 10000 does.",
                MANY_PRACTICES,
            )
        )
    if not 0 <= weight_spread < 1:
        said = _("--weight-spread is a number from 0 to below 1, not {number}.")
        stop(said.format(number=weight_spread))
    try:
        return method_for(
            study,
            compensation=compensation,
            samples=samples,
            seed=seed,
            weight_spread=weight_spread,
            weights=weights,
        )
    except ValueError as error:
        stop(str(error))


def study_for(study: Study, method: Method, *, quiet: bool = False) -> Study:
    """The study with the weights of the method; ends the run where it has no panel that gives them.

    Tells of a panel that is there and is not asked.
    """
    from dualeco_cli.api import weighed

    if study.panel is not None and method.weights != "panel" and not quiet:
        tell(_("There is a sheet Panel; the weights are the framework's. --weights panel takes the panel's."))
    try:
        return weighed(study, method)
    except ValueError as error:
        stop(str(error))


def score_study(
    study: Study, targets: Sequence[str], method: Method, *, way: Way | None = None, quiet: bool = False
) -> Report:
    """The report for these targets, with a bar if it takes its time; ``way`` says who shares the work."""
    from dualeco_cli.api import head_of
    from dualeco_cli.cli.spreading import spread, whole
    from dualeco_cli.spread.errors import SpreadError

    head = head_of(study, method)
    try:
        found = tuple(spread(study, targets, method, whole, way, quiet=quiet))
    except SpreadError as error:
        stop(str(error))
    return head.model_copy(update={"targets": found})
