"""``dualeco targets``: the ecosystems that a practice can be transferred to, and how others are added."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.say import stop
from dualeco_cli.language import _

#: What belongs to ``--import`` alone, by the name of its parameter.
_FOR_IMPORT: Mapping[str, str] = {
    "series": "--series",
    "indicator": "--indicator",
    "where": "--where",
    "region": "--region",
    "all_regions": "--all-regions",
    "proxy": "--proxy",
    "year": "--year",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("targets", epilog="Example: dualeco targets --make ITC1 -o piedmont.xlsx")(targets)


def targets(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID|WORKBOOK...]",
            help="Show this target, with the source of every value. With an option below: workbooks whose "
            "ecosystems are known as well.",
        ),
    ] = None,
    make: Annotated[
        str | None,
        typer.Option(
            "--make",
            metavar="CODE",
            help="Start a workbook for a region: its NUTS code, such as ITC1, or its name. Needs -o.",
        ),
    ] = None,
    similar_to: Annotated[
        str | None,
        typer.Option(
            "--similar-to",
            metavar="ID",
            help="Rank the other ecosystems by their similarity to this one: the mean of 1 - |n(a) - n(b)| "
            "over the indicators that are known of both, n from 0 (worst) to 1 (best).",
        ),
    ] = None,
    import_: Annotated[
        str | None,
        typer.Option(
            "--import",
            metavar="FILE",
            help="Read a table downloaded from Eurostat (TSV or SDMX-CSV, also .gz) into rows of Profile. "
            "Flags become the confidence: none high; b, d, e, i, p, s medium; f, n, u low.",
        ),
    ] = None,
    series: Annotated[
        str | None,
        typer.Option("--series", metavar="CODE", help="The table's code at Eurostat, such as edat_lfse_16."),
    ] = None,
    indicator: Annotated[
        str | None,
        typer.Option("--indicator", metavar="ID", help="The indicator, if not the one that names the table."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="NAME=CODE", help="Choose a series, such as sex=T. Repeatable."),
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            "--region", metavar="CODE", help="Only this region; by default those of the known ecosystems."
        ),
    ] = None,
    all_regions: Annotated[
        bool, typer.Option("--all-regions", help="All regions of the table that have a NUTS code.")
    ] = False,
    proxy: Annotated[
        bool,
        typer.Option(
            "--proxy", help="Where a region has no value, take that of its country; medium at most."
        ),
    ] = False,
    year: Annotated[
        str, typer.Option("--year", metavar="YEAR|latest|all", help="Which year of each region.")
    ] = "latest",
    indicators: Annotated[
        str | None,
        typer.Option(
            "--indicators",
            "--framework",
            metavar="FILE|ID",
            help="Framework: a file, or the id of a built-in one.",
        ),
    ] = None,
    ecosystems: options.Ecosystems = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="What to write: .xlsx; with --import also .csv; with --similar-to .json or .csv.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """List the target ecosystems, show one, or add others: start, fill and compare their profiles."""
    from dualeco_cli.cli.reading import load_files, study_of

    _check_usage(context, names or [])
    chosen = make is not None or similar_to is not None or import_ is not None
    # files among the defaults of a settings file are meant for other commands
    source = context.get_parameter_source("output")
    outputs = list(output or []) if source is not None and source.name != "DEFAULT_MAP" else []
    workbooks = list(names or []) if chosen else []
    loaded = load_files(context, workbooks, indicators=indicators, ecosystems=ecosystems)
    study = study_of(loaded, quiet=True)
    read = [*workbooks, *(ecosystems or ()), *([indicators] if indicators else ())]
    if make is not None:
        from dualeco_cli.cli.targets_make import start_workbook

        start_workbook(study, make, outputs, read, force=force, quiet=quiet)
    elif similar_to is not None:
        from dualeco_cli.cli.targets_similar import show_similar

        show_similar(study, similar_to, outputs, read, force=force, quiet=quiet)
    elif import_ is not None:
        from dualeco_cli.cli.targets_import import Wish, read_table

        wish = Wish.of(
            import_, series, indicator, where or [], region or [], year, all_regions=all_regions, proxy=proxy
        )
        read_table(study, wish, outputs, read, force=force, quiet=quiet)
    else:
        from dualeco_cli.cli.reading import resolve_targets
        from dualeco_cli.reports.catalogue_views import target_text, targets_text
        from dualeco_cli.reports.terminal import Screen, emit

        screen = Screen.of(sys.stdout)
        ids = resolve_targets(study, names) if names else []
        texts = [target_text(study, id_, screen) for id_ in ids] or [targets_text(study, screen)]
        emit("\n".join(texts), sys.stdout)


def _check_usage(context: typer.Context, names: list[str]) -> None:
    """End the run where options do not go together."""
    given = {
        name
        for name in context.params
        if (source := context.get_parameter_source(name)) is not None and source.name == "COMMANDLINE"
    }
    modes = {"make": "--make", "similar_to": "--similar-to", "import_": "--import"}
    chosen = [option for name, option in modes.items() if name in given]
    if len(chosen) > 1:
        stop(_("{options} cannot be given together.").format(options=", ".join(chosen)))
    stray = [option for name, option in _FOR_IMPORT.items() if name in given]
    if stray and "import_" not in given:
        stop(_("{options} belongs to --import FILE.").format(options=stray[0]))
    if "output" in given and not chosen:
        stop(_("-o needs --make, --similar-to or --import."))
    if len(names) > 1 and not chosen:
        stop(_("one target is shown at a time; there are {count} names.").format(count=len(names)))
