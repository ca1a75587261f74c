"""A document under construction: blocks one after the other, tables and figures with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from dualeco_cli.model.result import Report
from dualeco_cli.model.rows import Level
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex.blocks import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    Words,
    line,
    plain,
)
from dualeco_cli.reports.annex.links import Links
from dualeco_cli.reports.annex.words import level_words
from dualeco_cli.reports.figures import Drawing
from dualeco_cli.reports.story import Story

#: What a cell of a table may be given as.
Cell = str | Words | None
#: A cell that is to stay blank, in the row that heads a group.
BLANK: Words = ()


class Builder:
    """What the chapters write into."""

    def __init__(self, report: Report, study: Study) -> None:
        self.report = report
        self.study = study
        self.story = Story(report, study)
        self.links = Links()
        self.blocks: list[Block] = []
        self._tables = 0
        self._figures = 0
        self._levels: dict[tuple[str, Level | None], Words] = {}

    def heading(
        self, level: Literal[1, 2, 3], text: str, *, key: str | None = None, new_page: bool = False
    ) -> None:
        """Add a heading."""
        self.blocks.append(Heading(level, line(text) or numbers.MISSING, key, new_page))

    def text(self, *sentences: str | Words, kind: Literal["text", "note", "formula"] = "text") -> None:
        """Add a paragraph for each passage that says something."""
        for sentence in sentences:
            words = plain(sentence) if isinstance(sentence, str) else sentence
            if words:
                self.blocks.append(Paragraph(words, kind))

    def bullets(self, items: Iterable[str | Words]) -> None:
        """Add a list, unless there is nothing in it."""
        all_words = (plain(item) if isinstance(item, str) else item for item in items)
        kept = tuple(words for words in all_words if words)
        if kept:
            self.blocks.append(Bullets(kept))

    def table(
        self, title: str, about: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Add a table, unless it has no rows. A blank cell would look forgotten, so it gets a dash."""
        made = tuple(tuple(_cell(cell) for cell in row) for row in rows)
        if not made:
            return
        self._tables += 1
        self.blocks.append(Table(self._tables, line(title), line(about), tuple(columns), made))

    def level(self, indicator: str, level: Level | None) -> Words:
        """What a practice requires or shows; it is put together once for many practices."""
        key = indicator, level
        if key not in self._levels:
            self._levels[key] = level_words(self.story, indicator, level)
        return self._levels[key]

    def figure(self, drawing: Drawing | None, caption: str) -> None:
        """Add a figure, if there is one."""
        if drawing is None:
            return
        self._figures += 1
        self.blocks.append(Figure(self._figures, line(caption), drawing))


def _cell(cell: Cell) -> Words:
    if cell is BLANK:
        return BLANK
    words = plain(cell) if isinstance(cell, str) else cell
    return words or (Run(numbers.MISSING),)


def strong(text: str) -> Words:
    """Text in bold."""
    return plain(text, bold=True)
