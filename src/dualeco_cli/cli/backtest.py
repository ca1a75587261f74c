"""``dualeco backtest``: what was predicted for the practices that were tried."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.exits import Exit
from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backtest", epilog="Example: dualeco backtest practices.xlsx -o pilots.json")(backtest)


def backtest(
    context: typer.Context,
    workbooks: options.Workbooks,
    indicators: options.Indicators = None,
    ecosystems: options.Ecosystems = None,
    compensation: options.Compensation = None,
    weights: options.Weights = "spread",
    output: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE.json", help="Write pilots and predictions as JSON."),
    ] = None,
    quiet: options.Quiet = False,
    max_file_size: options.MaxFileSize = None,
    max_cells: options.MaxCells = None,
) -> None:
    """Hold the predictions against what became of the pilots."""
    from dualeco_cli.api import retrospect_of
    from dualeco_cli.cli.reading import study_to_score
    from dualeco_cli.cli.scoring import method_of, study_for
    from dualeco_cli.reports.backtest_view import print_backtest, render_json
    from dualeco_cli.workbook.writing import WriteRefusal, write_bytes

    _check_outputs(output or [], workbooks)
    study = study_to_score(
        context,
        workbooks,
        indicators=indicators,
        ecosystems=ecosystems,
        max_file_size=max_file_size,
        max_cells=max_cells,
        quiet=quiet,
    )
    if not study.pilots:
        stop(
            _(
                "there are no pilots to look back on: no sheet Pilots has a row. It takes one for each "
                "practice that was tried, with the columns practice, target and outcome (from 0, failed, to "
                "4, a full success)."
            ),
            Exit.DATA,
        )
    method = method_of(study, compensation, samples=0, seed=0, weight_spread=0.5, weights=weights)
    study = study_for(study, method, quiet=quiet)
    retrospect = retrospect_of(study, method)
    if not quiet:
        print_backtest(retrospect, study, sys.stdout)
    for name in output or []:
        try:
            write_bytes(name, render_json(retrospect.hindsight))
        except WriteRefusal as error:
            stop(str(error))
        if not quiet:
            tell(_("Written: {file}").format(file=name))


def _check_outputs(outputs: Sequence[str], inputs: Sequence[str]) -> None:
    """End the run before any work for a file that could not be written or would replace an input."""
    from dualeco_cli.workbook.writing import WriteRefusal, check_target, refuse_overwrite

    for name in outputs:
        if Path(name).suffix.casefold() != ".json":
            said = _('"{file}" must end in .json: that is what backtest writes.')
            stop(said.format(file=name))
        try:
            refuse_overwrite(inputs, [name])
            check_target(name)
        except WriteRefusal as error:
            stop(str(error))
