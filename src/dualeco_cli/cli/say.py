"""Messages to the user, on standard error, and the ends of a run that come with one."""

from __future__ import annotations

from typing import NoReturn

import typer

from dualeco_cli.cli.exits import Exit
from dualeco_cli.language import _
from dualeco_cli.model.safe import printable


def tell(text: str) -> None:
    """A message on standard error. What users wrote may be in it: it is made harmless for a terminal."""
    typer.echo("\n".join(printable(line) for line in text.splitlines()), err=True)


def stop(text: str, code: Exit = Exit.USAGE) -> NoReturn:
    """A message, and the end."""
    tell(f"dualeco: {text}")
    raise typer.Exit(code)


def sentences(*parts: str | None) -> str:
    """Whole sentences after each other; what is None is left out."""
    return " ".join(part for part in parts if part)


def suggestion(close: str | None) -> str | None:
    """The question whether something else was meant, where there is anything close."""
    return _('Did you mean "{name}"?').format(name=close) if close else None
