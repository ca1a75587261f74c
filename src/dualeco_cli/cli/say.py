"""Messages to the user, on standard error, and the ends of a run that come with one."""

from __future__ import annotations

from typing import NoReturn

import typer

from dualeco_cli.cli.exits import Exit
from dualeco_cli.model.safe import printable


def tell(text: str) -> None:
    """A message on standard error. What users wrote may be in it: it is made harmless for a terminal."""
    typer.echo("\n".join(printable(line) for line in text.splitlines()), err=True)


def stop(text: str, code: Exit = Exit.USAGE) -> NoReturn:
    """A message, and the end."""
    tell(f"dualeco: {text}")
    raise typer.Exit(code)
