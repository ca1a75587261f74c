"""Pieces that all views on the terminal are put together from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from dualeco_cli.reports.terminal import Screen

#: From this width on tables have room for more.
WIDE = 120
#: Sentences are not longer than this, so that the eye finds the next line.
LONGEST_LINE = 110

#: Where a screen is too narrow for the words of a table, one of them has so many columns of it at least.
_LEAST_WORD = 6

_GAP = re.compile(r"\{(\w+)\}")

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


def fitted(table: Table, width: int) -> Table:
    """The table, once it has its rows, made to fit: nothing in it is cut.

    Where the headings of columns that do not wrap leave too little room, as they do in some languages, they
    are broken, first between words; then the words in those columns are.
    """
    stiff = [column for column in table.columns if column.no_wrap]
    gap = table.padding[1] + table.padding[3] + (table.box is not None)
    room = width - gap * (len(table.columns) - 1)
    room -= sum(_least(column) for column in table.columns if not column.no_wrap)
    for column in table.columns:
        if not column.no_wrap:
            column.overflow = "fold"
    if sum(max(_head(column), _content(column)) for column in stiff) <= room:
        return table
    widths = [max(_longest_word(_plain(column.header)), _content(column)) for column in stiff]
    for narrower in (
        [max(min(_LEAST_WORD, _head(column)), _content(column)) for column in stiff],
        [max(min(_LEAST_WORD, _head(column)), *map(_longest_word, _cells(column)), 1) for column in stiff],
    ):
        # the widest gives way first, and only as far as it takes
        while (over := sum(widths) - room) > 0:
            at = max(range(len(widths)), key=lambda n: (widths[n] > narrower[n], widths[n]))
            if widths[at] <= narrower[at]:
                break
            widths[at] = max(narrower[at], widths[at] - over)
    for column, wide in zip(stiff, widths, strict=True):
        column.no_wrap, column.overflow, column.width = False, "fold", wide
    return table


def _plain(cell: object) -> str:
    return cell.plain if isinstance(cell, Text) else str(cell)


def _cells(column: Column) -> list[str]:
    return [_plain(cell) for cell in column.cells]


def _content(column: Column) -> int:
    return max(map(cell_len, _cells(column)), default=1)


def _head(column: Column) -> int:
    return cell_len(_plain(column.header))


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=1)


def _least(column: Column) -> int:
    """The room that a column of running words needs."""
    words = max(_longest_word(_plain(column.header)), *map(_longest_word, _cells(column)), 1)
    least = column.min_width or min(words, column.max_width or words)
    return max(least, column.width or 0)


def filled(template: str, **gaps: Text) -> Text:
    """A sentence with texts in its gaps that have looks of their own."""
    line = Text()
    at = 0
    for gap in _GAP.finditer(template):
        line.append(template[at : gap.start()])
        line.append_text(gaps[gap[1]])
        at = gap.end()
    return line.append(template[at:])


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
