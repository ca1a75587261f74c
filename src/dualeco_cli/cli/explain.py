"""``dualeco explain``: one practice for one target, in full."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.say import sentences, stop, suggestion
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.model.rows import Practice

#: A message names so many practices; there may be thousands.
NAMED = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "explain",
        epilog="Example: dualeco explain practices.xlsx --practice tkgune --target bremen --sources",
    )(explain)


def explain(
    context: typer.Context,
    workbooks: options.Workbooks,
    practice: Annotated[
        str | None, typer.Option("--practice", "-p", metavar="ID", help="The practice: its id or its title.")
    ] = None,
    target: options.Targets = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="Show where each level and each value comes from.")
    ] = False,
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
    max_file_size: options.MaxFileSize = None,
    max_cells: options.MaxCells = None,
) -> None:
    """Show one practice for one target in full: its score, what it rests on, what would change it."""
    from dualeco_cli.cli.reading import resolve_targets, study_to_score
    from dualeco_cli.cli.score import fail_below
    from dualeco_cli.cli.scoring import method_of, score_study, study_for
    from dualeco_cli.cli.writing import check_outputs, write_reports
    from dualeco_cli.model.insight import restricted

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
    id_ = resolve_practice(study.practices, practice)
    targets = resolve_targets(study, target)
    method = method_of(study, compensation, samples, seed, weight_spread, weights)
    study = study_for(study, method, quiet=quiet)
    report = score_study(study, targets, method, quiet=quiet)
    if not quiet:
        from dualeco_cli.api import explanation_of
        from dualeco_cli.reports.explain_view import print_explanations

        print_explanations(
            (explanation_of(study, report, id_, one) for one in targets), study, sys.stdout, sources=sources
        )
    alone = restricted(report, id_)
    write_reports(alone, study, output or [], quiet=quiet)
    fail_below(alone, fail_under)


def resolve_practice(practices: Mapping[str, Practice], name: str | None) -> str:
    """The id of the practice that is meant by an id or a title; ends the run where there is none."""
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.model.names import slug

    known = ", ".join([*list(practices)[:NAMED], *(["…"] if len(practices) > NAMED else [])])
    if name is None:
        stop(_("which practice? Give --practice with one of {names}.").format(names=known))
    id_ = slug(name)
    if id_ in practices:
        return id_
    by_title = {slug(row.title): key for key, row in practices.items()}
    if id_ in by_title:
        return by_title[id_]
    close = nearest(name, practices) or by_title.get(nearest(name, by_title) or "")
    stop(
        sentences(
            _('there is no practice "{name}".').format(name=name),
            suggestion(close),
            _("Known are {names}.").format(names=known),
        )
    )
