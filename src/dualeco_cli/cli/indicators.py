"""``dualeco indicators``: what is rated, and what each level stands for."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.say import sentences, stop, suggestion
from dualeco_cli.language import _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("indicators", epilog="Example: dualeco indicators teacher_industry")(indicators)


def indicators(
    context: typer.Context,
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Show this one, with its levels and its source.")
    ] = None,
    framework: options.Indicators = None,
) -> None:
    """List the indicators of a framework, or show one in full."""
    from dualeco_cli.cli.reading import load_files, study_of
    from dualeco_cli.reports.catalogue_views import indicator_text, indicators_text
    from dualeco_cli.reports.terminal import Screen, emit

    study = study_of(load_files(context, [], indicators=framework, ecosystems=None), quiet=True)
    screen = Screen.of(sys.stdout)
    if id_ is None:
        emit(indicators_text(study.framework, screen), sys.stdout)
        return
    emit(indicator_text(study.framework, _resolve(id_, study.framework.indicators), screen), sys.stdout)


def _resolve(name: str, known: tuple[object, ...]) -> str:
    """The id of the indicator that is meant by an id or a name; ends the run where there is none."""
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.model.names import fold

    by_word: dict[str, str] = {}
    for indicator in known:
        id_, title = str(getattr(indicator, "id", "")), getattr(indicator, "name", None)
        by_word[fold(id_)] = id_
        by_word.setdefault(fold(title or id_), id_)
    found = by_word.get(fold(name))
    if found is not None:
        return found
    close = nearest(name, by_word)
    stop(
        sentences(
            _('there is no indicator "{name}".').format(name=name),
            suggestion(by_word[close] if close else None),
            _("`dualeco indicators` lists them."),
        )
    )
