"""``score --check REPORT.json``: repeat a run and say whether its result still holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from dualeco_cli.cli.exits import Exit
from dualeco_cli.cli.say import stop
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.model.result import Method
    from dualeco_cli.model.study import Study
    from dualeco_cli.spread.ways import Way

Check: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--check",
        metavar="REPORT.json",
        help="Repeat the run of a JSON report, with its targets and method, and say where it differs.",
    ),
]


def read_report(path: str) -> dict[str, Any]:
    """A JSON report, with its outline checked; ends the run for anything else."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        stop(_("{file} cannot be read: {reason}.").format(file=path, reason=reason))
    except (ValueError, RecursionError):
        said = _("{file} is no JSON report: `dualeco score … -o report.json` writes one.")
        stop(said.format(file=path))
    parts = {"tool", "inputs", "framework", "method", "targets"}
    if (
        not isinstance(content, dict)
        or not parts <= content.keys()
        or not isinstance(content["targets"], list)
    ):
        said = _("{file} is no report of dualeco: expected are the parts {names}.")
        stop(said.format(file=path, names=", ".join(sorted(parts))))
    return content


def targets_of(report: dict[str, Any]) -> list[str]:
    """The targets of a report, by id."""
    return [str(target.get("id")) for target in report["targets"] if isinstance(target, dict)]


def method_of_report(report: dict[str, Any], path: str) -> Method:
    """The method of a report; ends the run where it has none that holds."""
    from pydantic import ValidationError

    from dualeco_cli.model.result import Method

    try:
        return Method.model_validate(report["method"])
    except ValidationError:
        said = _("{file} has a method that dualeco does not know; it may come from another version.")
        stop(said.format(file=path))


def repeat(
    study: Study,
    targets: Sequence[str],
    path: str,
    before: dict[str, Any],
    *,
    way: Way | None = None,
    quiet: bool,
) -> None:
    """Score again and print the differences; ends the run with 1 if there are any."""
    from dualeco_cli.cli.scoring import score_study, study_for
    from dualeco_cli.reports.difference import difference_text, differences
    from dualeco_cli.reports.json_ import render
    from dualeco_cli.reports.terminal import emit

    method = method_of_report(before, path)
    study = study_for(study, method, quiet=quiet)
    report = score_study(study, targets, method, way=way, quiet=quiet)
    found = list(differences(before, json.loads(render(report, study))))
    if not quiet or found:
        emit(difference_text(found, path), sys.stdout)
    if found:
        raise typer.Exit(Exit.DATA)
