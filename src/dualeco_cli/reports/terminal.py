"""What is written to: how wide it is, whether it has colours, which characters it can show.

Everything is rendered to a string first. So nothing that Rich guesses from its surroundings (a width of 80
under ``TERM=dumb``, colours in a pipe) gets into a result, and a character that the output's encoding lacks
becomes a plain one instead of an error half-way.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Width where there is no terminal to ask: pipes, files, CI logs.
PIPE_WIDTH = 100
#: Below this, tables do not work; above the other, lines are too long to read.
NARROWEST, WIDEST = 60, 160

#: Typographic characters of our own texts, for outputs that have ASCII only.
_ASCII = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "…": "...", "→": "->", "·": "-", "±": "+/-", "≥": ">="}
    # quotation marks and signs that translations have
    | {
        "„": '"',
        "«": '"',
        "»": '"',
        "‚": "'",
        "‘": "'",
        "≤": "<=",
        "−": "-",
        "×": "x",
        "\u202f": " ",
        "\xa0": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Screen:
    """How to render."""

    width: int = PIPE_WIDTH
    colour: bool = False
    unicode: bool = True

    @classmethod
    def of(cls, file: TextIO, environ: Mapping[str, str] | None = None) -> Screen:
        """The screen behind a text stream."""
        environ = os.environ if environ is None else environ
        encoding = (getattr(file, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "")
        unicode = encoding.startswith("utf")
        if not file.isatty():
            return cls(unicode=unicode)
        from rich.console import Console  # noqa: PLC0415  # slow to import, and plain text does without it

        probe = Console(file=file, _environ=environ)
        dumb = environ.get("TERM", "") in {"dumb", "unknown"}
        # A Windows console of old has no escape sequences: without colour the text is right on it as well.
        colour = not (dumb or environ.get("NO_COLOR") or probe.legacy_windows)
        width = min(WIDEST, max(NARROWEST, PIPE_WIDTH if dumb else probe.width))
        return cls(width=width, colour=colour, unicode=unicode)

    @property
    def title(self) -> str:
        """Style of a title."""
        return "bold underline" if self.colour else ""

    @property
    def strong(self) -> str:
        """Style of a heading."""
        return "bold" if self.colour else ""

    @property
    def dim(self) -> str:
        """Style of what only some readers want."""
        return "bright_black" if self.colour else ""

    def render(self, *parts: RenderableType) -> str:
        """The parts below each other as text, with colour codes where the screen has colours."""
        from rich.console import Console  # noqa: PLC0415  # slow to import, and plain text does without it

        console = Console(
            file=io.StringIO(),
            width=self.width,
            # With a width alone Rich still falls back to 80 columns where TERM is dumb.
            height=1000,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            force_jupyter=False,
            force_interactive=False,
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
        )
        with console.capture() as capture:
            for part in parts:
                console.print(part)
        lines = capture.get().split("\n")
        text = "\n".join(lines if self.colour else (line.rstrip() for line in lines))
        return text if self.unicode else text.translate(_ASCII)


def emit(text: str, file: TextIO) -> None:
    """Write text to a stream, with a question mark for what its encoding does not have."""
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(text.encode(encoding, "replace").decode(encoding))
