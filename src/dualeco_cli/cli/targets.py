"""``dualeco targets``: the ecosystems that a practice can be transferred to."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dualeco_cli.cli import options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("targets", epilog="Example: dualeco targets lombardy")(targets)


def targets(
    context: typer.Context,
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Show this one, with the source of every value.")
    ] = None,
    indicators: options.Indicators = None,
    ecosystems: options.Ecosystems = None,
) -> None:
    """List the target ecosystems, or show one with its profile."""
    from dualeco_cli.cli.reading import load_files, resolve_targets, study_of
    from dualeco_cli.reports.catalogue_views import target_text, targets_text
    from dualeco_cli.reports.terminal import Screen, emit

    loaded = load_files(context, [], indicators=indicators, ecosystems=ecosystems)
    study = study_of(loaded, quiet=True)
    screen = Screen.of(sys.stdout)
    if id_ is None:
        emit(targets_text(study, screen), sys.stdout)
        return
    emit(target_text(study, resolve_targets(study, [id_])[0], screen), sys.stdout)
