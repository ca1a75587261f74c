"""``dualeco score``: the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.exits import Exit

if TYPE_CHECKING:
    from dualeco_cli.model.result import Report


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "score",
        epilog="Example: dualeco score practices.xlsx --target lombardy -o scores.xlsx -o scores.json",
    )(score)


def score(
    context: typer.Context,
    workbooks: options.Workbooks,
    target: options.Targets = None,
    indicators: options.Indicators = None,
    ecosystems: options.Ecosystems = None,
    compensation: options.Compensation = None,
    samples: options.Samples = 10_000,
    seed: options.Seed = 0,
    weight_spread: options.WeightSpread = 0.5,
    weights: options.Weights = "spread",
    output: options.Outputs = None,
    quiet: options.Quiet = False,
    fail_under: options.FailUnder = None,
    max_file_size: options.MaxFileSize = None,
    max_cells: options.MaxCells = None,
) -> None:
    """Rank practices by how transferable they are to one or more targets."""
    from dualeco_cli.cli.reading import load_files, resolve_targets, study_of
    from dualeco_cli.cli.scoring import method_of, score_study
    from dualeco_cli.cli.writing import check_outputs, write_reports

    check_outputs(output or [], workbooks)
    loaded = load_files(
        context,
        workbooks,
        indicators=indicators,
        ecosystems=ecosystems,
        max_file_size=max_file_size,
        max_cells=max_cells,
        for_scoring=True,
    )
    study = study_of(loaded, quiet=quiet)
    targets = resolve_targets(study, target)
    method = method_of(study, compensation, samples, seed, weight_spread, weights)
    report = score_study(study, targets, method, quiet=quiet)
    if not quiet:
        import sys

        from dualeco_cli.reports.console import print_score

        print_score(report, study, sys.stdout)
    write_reports(report, study, output or [], quiet=quiet)
    fail_below(report, fail_under)


def fail_below(report: Report, least: float | None) -> None:
    """End the run with 1 if a ranked practice scores less than asked for."""
    if least is None:
        return
    ranked = [p.score for t in report.targets for p in t.practices if p.rank is not None]
    if any(score is not None and score < least - 1e-9 for score in ranked):
        raise typer.Exit(Exit.DATA)
