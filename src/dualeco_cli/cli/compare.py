"""``dualeco compare``: practices × targets."""

from __future__ import annotations

import sys

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.spreading import Jobs, Scheduler, way_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "compare",
        epilog="Example: dualeco compare practices.xlsx --target all -o comparison.xlsx",
    )(compare)


def compare(
    context: typer.Context,
    workbooks: options.Workbooks,
    target: options.Targets = None,
    indicators: options.Indicators = None,
    ecosystems: options.Ecosystems = None,
    compensation: options.Compensation = None,
    samples: options.Samples = None,
    seed: options.Seed = 0,
    weight_spread: options.WeightSpread = 0.5,
    weights: options.Weights = "spread",
    output: options.Outputs = None,
    quiet: options.Quiet = False,
    fail_under: options.FailUnder = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    max_file_size: options.MaxFileSize = None,
    max_cells: options.MaxCells = None,
) -> None:
    """Compare targets: every practice for each of them, what suits where, how alike they are.

    Without --target, all of them.
    """
    from dualeco_cli.cli.reading import resolve_targets, study_to_score
    from dualeco_cli.cli.score import fail_below
    from dualeco_cli.cli.scoring import method_of, score_study, study_for
    from dualeco_cli.cli.writing import check_outputs, write_reports

    way = way_of(context, jobs, scheduler)
    check_outputs(output or [], workbooks)
    study = study_to_score(
        context,
        workbooks,
        indicators=indicators,
        ecosystems=ecosystems,
        max_file_size=max_file_size,
        max_cells=max_cells,
        quiet=quiet,
    )
    targets = resolve_targets(study, target or ["all"])
    method = method_of(study, compensation, samples, seed, weight_spread, weights)
    study = study_for(study, method, quiet=quiet)
    report = score_study(study, targets, method, way=way, quiet=quiet)
    if not quiet:
        from dualeco_cli.api import comparison_of
        from dualeco_cli.reports.compare_view import print_comparison

        print_comparison(comparison_of(study, report), study, sys.stdout)
    write_reports(report, study, output or [], quiet=quiet)
    fail_below(report, fail_under)
