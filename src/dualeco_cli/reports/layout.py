"""Pieces that all views on the terminal are put together from."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dualeco_cli.reports.terminal import Screen

#: From this width on tables have room for more.
WIDE = 120
#: Sentences are not longer than this, so that the eye finds the next line.
LONGEST_LINE = 110

#: One line under the headings and nothing else: a table that survives a pipe, a mail and a screen reader.
_RULED_ASCII = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_RULED = box.Box("    \n    \n ── \n    \n    \n    \n    \n    \n")


def ruled_table(screen: Screen) -> Table:
    """An empty table of the width of the screen."""
    return Table(
        box=_RULED if screen.unicode else _RULED_ASCII,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0) if screen.width >= WIDE else (0, 1, 0, 0),
        header_style=screen.strong,
        expand=True,
    )


def fields(
    rows: Iterable[tuple[str, str]], screen: Screen, *, indent: int = 0, least: int = 0
) -> RenderableType:
    """Headings on the left, what they head on the right. One that comes twice in a row is said once."""
    grid = Table.grid(padding=(0, 2 if least == 0 else 1, 0, 0), expand=True)
    grid.add_column(no_wrap=True, min_width=least, style=screen.dim)
    grid.add_column(ratio=1)
    before = ""
    for label, text in rows:
        grid.add_row(Text("" if label == before else label), Text(text))
        before = label
    return prose(grid, screen, indent)


def prose(lines: RenderableType, screen: Screen, indent: int = 0) -> RenderableType:
    """Sentences at a length of line that the eye can follow, however wide the screen."""
    return Padding(lines, (0, max(0, screen.width - LONGEST_LINE), 0, indent))


def heading(text: str, screen: Screen, line: str = "=") -> Text:
    """A heading; where there are no styles to show it, with a line below."""
    if screen.colour:
        return Text(text, style=screen.title)
    return Text(f"{text}\n{line * min(cell_len(text), screen.width)}")
