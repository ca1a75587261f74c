"""``dualeco score``: the ranking."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.figures import Figures, check_figures, write_figures
from dualeco_cli.cli.repeat import Check, read_report, repeat, targets_of
from dualeco_cli.cli.say import stop
from dualeco_cli.cli.several_frameworks import WithSeveralFrameworks, only_one, score_several
from dualeco_cli.cli.spreading import Jobs, Scheduler, are_many, can_stream, end_below, score_streamed, way_of
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.model.result import Method, Report
    from dualeco_cli.model.study import Study

_Found = TypeVar("_Found")

#: For this long at most a plan is searched, in seconds: twice the time of the solver, which is asked twice.
PLANNING = 120


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "score",
        cls=WithSeveralFrameworks,
        epilog="Example: dualeco score practices.xlsx --target lombardy -o scores.xlsx -o scores.json",
    )(score)


def score(
    context: typer.Context,
    workbooks: options.Workbooks,
    target: options.Targets = None,
    indicators: options.Frameworks = None,
    ecosystems: options.Ecosystems = None,
    compensation: options.Compensation = None,
    samples: options.Samples = None,
    seed: options.Seed = 0,
    weight_spread: options.WeightSpread = 0.5,
    weights: options.Weights = "spread",
    output: options.Outputs = None,
    quiet: options.Quiet = False,
    fail_under: options.FailUnder = None,
    plan: Annotated[
        bool,
        typer.Option(
            "--plan", help="Show what the target should change to make the most practices transferable."
        ),
    ] = False,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget",
            min=0,
            metavar="EFFORT",
            help="With --plan: the most effort that the changes may take.",
        ),
    ] = None,
    by_assessor: Annotated[
        bool, typer.Option("--by-assessor", help="Show the assessors' own rankings and how far they agree.")
    ] = False,
    figures: Figures = None,
    check: Check = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    max_file_size: options.MaxFileSize = None,
    max_cells: options.MaxCells = None,
) -> None:
    """Rank practices by how transferable they are to one or more targets."""
    from dualeco_cli.cli.reading import resolve_targets, study_to_score
    from dualeco_cli.cli.scoring import method_of, score_study, study_for
    from dualeco_cli.cli.writing import check_outputs, write_reports

    if budget is not None and math.isnan(budget):
        stop(_("--budget is a number from 0 up, not nan."))
    if budget is not None and not plan:
        stop(_("--budget says how much effort --plan may spend: give --plan as well."))
    way = way_of(context, jobs, scheduler)
    if len(indicators or []) > 1:
        score_several(
            context,
            workbooks,
            indicators or [],
            targets=target,
            ecosystems=ecosystems,
            method=(compensation, samples, seed, weight_spread, weights),
            outputs=output or [],
            quiet=quiet,
            fail_under=fail_under,
            way=way,
            max_file_size=max_file_size,
            max_cells=max_cells,
            refused={
                "--plan": plan,
                "--by-assessor": by_assessor,
                "--figures": figures,
                "--check": check,
                "--weights panel": weights == "panel",
            },
        )
        return
    check_outputs(output or [], workbooks)
    check_figures(figures)
    before = read_report(check) if check is not None else None
    study = study_to_score(
        context,
        workbooks,
        indicators=only_one(indicators),
        ecosystems=ecosystems,
        max_file_size=max_file_size,
        max_cells=max_cells,
        quiet=quiet,
    )
    if check is not None and before is not None:
        repeat(study, resolve_targets(study, targets_of(before)), check, before, way=way, quiet=quiet)
        return
    targets = resolve_targets(study, target)
    method = method_of(study, compensation, samples, seed, weight_spread, weights)
    study = study_for(study, method, quiet=quiet)
    if can_stream(targets, output or [], quiet=quiet) and not (plan or by_assessor or figures):
        briefs = score_streamed(study, targets, method, way, output or [], quiet=quiet)
        if not quiet:
            from dualeco_cli.api import head_of
            from dualeco_cli.reports.brief import print_briefs

            print_briefs(briefs, head_of(study, method), study, sys.stdout)
        end_below((brief.lowest for brief in briefs), fail_under)
        return
    report = score_study(study, targets, method, way=way, quiet=quiet)
    if not quiet:
        _show(report, study)
        if by_assessor:
            _show_assessors(study, targets, report.method)
        if plan:
            _show_plans(study, targets, report, budget)
    write_reports(report, study, output or [], quiet=quiet)
    write_figures(report, study, figures, quiet=quiet)
    fail_below(report, fail_under)


def _show(report: Report, study: Study) -> None:
    if are_many([target.id for target in report.targets]):
        from dualeco_cli.reports.brief import brief_of, print_briefs

        print_briefs([brief_of(target) for target in report.targets], report, study, sys.stdout)
        return
    from dualeco_cli.reports.console import print_score

    print_score(report, study, sys.stdout)


def _show_assessors(study: Study, targets: Sequence[str], method: Method) -> None:
    from dualeco_cli.api import assessor_views_of
    from dualeco_cli.reports.assessors_view import print_assessors

    print_assessors({id_: assessor_views_of(study, id_, method) for id_ in targets}, study, sys.stdout)


def _show_plans(study: Study, targets: Sequence[str], report: Report, budget: float | None) -> None:
    from dualeco_cli.api import plan_of
    from dualeco_cli.reports.plan_view import print_plans

    plans = [
        _watched(_("Planning"), partial(plan_of, study, target, report.method, budget)) for target in targets
    ]
    print_plans(plans, report, study, sys.stdout)


def _watched(text: str, work: Callable[[], _Found]) -> _Found:
    """Do some work that cannot be interrupted beside a bar that can: the solver hears no Ctrl-C."""
    import threading
    from contextvars import copy_context

    from dualeco_cli.cli.progress import progress

    found: list[_Found] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001  # it is raised again where it is waited for
            failed.append(error)

    # A thread that nobody waits for at the end of the program.
    thread = threading.Thread(target=copy_context().run, args=(run,), daemon=True)  # in the same language
    thread.start()
    with progress(text, 10 * PLANNING) as advance:
        while thread.is_alive():
            thread.join(0.1)
            advance(1)
    if failed:
        raise failed[0]
    return found[0]


def fail_below(report: Report, least: float | None) -> None:
    """End the run with 1 if a ranked practice scores less than asked for."""
    end_below((p.score for t in report.targets for p in t.practices if p.rank is not None), least)
