"""The application: what all its commands share. The commands themselves are listed in :mod:`.commands`."""

from __future__ import annotations

from typing import Annotated

import typer

from dualeco_cli.cli.options import Lang
from dualeco_cli.cli.speaking import SpeakingGroup
from dualeco_cli.version import __version__

app = typer.Typer(
    name="dualeco",
    cls=SpeakingGroup,
    help="Rates how transferable good practices in dual vocational training are to a local ecosystem.",
    epilog="Example: dualeco score practices.xlsx --target lombardy -o scores.xlsx",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DUALECO"},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"dualeco {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  # typer's callback has done the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    config: Annotated[
        str | None,
        typer.Option("--config", metavar="FILE", help="Settings file; else dualeco.toml or pyproject.toml."),
    ] = None,
    lang: Lang = None,  # noqa: ARG001  # the language is chosen before anything is parsed
) -> None:
    """Rates how transferable good practices in dual vocational training are to a local ecosystem."""
    if context.resilient_parsing:
        return
    from dualeco_cli.cli.config import configure

    configure(context, config)
