"""From a study to a report: the method that the options ask for, and the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dualeco_cli.cli.say import stop, tell

if TYPE_CHECKING:
    from dualeco_cli.model.result import Method, Report
    from dualeco_cli.model.study import Study


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
        tell(f"More than {MANY_PRACTICES:,} practices: no uncertainty is drawn; --samples 10000 does.")
    if not 0 <= weight_spread < 1:
        stop(f"--weight-spread is a number from 0 to below 1, not {weight_spread}.")
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


def score_study(study: Study, targets: Sequence[str], method: Method, *, quiet: bool = False) -> Report:
    """The report for these targets, with a bar if it takes its time."""
    from dualeco_cli.api import report_for
    from dualeco_cli.cli.progress import progress

    with progress("Drawing", method.samples * len(targets), quiet=quiet) as advance:
        return report_for(study, targets, method, advance)
