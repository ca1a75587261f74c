"""Pieces of text with styles, to a stream that may have colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from dualeco_cli.checks.formats import Segment


def print_segments(pieces: Iterable[Segment], file: TextIO) -> None:
    """Print the pieces: in colour on a terminal that has it, else as plain text that is never re-wrapped."""
    from dualeco_cli.reports.terminal import Screen, emit

    screen = Screen.of(file)
    if not screen.colour:
        emit("".join(piece.text for piece in pieces), file)
        return
    from rich.text import Text

    text = Text.assemble(*((piece.text, piece.style) for piece in pieces), end="")
    emit(screen.render(text), file)
