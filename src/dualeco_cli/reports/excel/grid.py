"""What the two sheets of practices × indicators share: headings that are turned, rows of practices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dualeco_cli.language import _
from dualeco_cli.model.rows import Indicator
from dualeco_cli.reports.excel.book import LINE, class_words
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line, target_name
from dualeco_cli.reports.texts import class_word

#: Height of a heading that is turned.
_TURNED = 9.5 * LINE
#: Longer headings are cut; and so many points of its height a letter takes that runs on in a second line.
_LONGEST, _PER_LETTER = 90, 3.0


@dataclass(frozen=True)
class Grid:
    """A sheet with a row per target and practice, and a column for each of some indicators."""

    context: Context
    sheet: Any
    top: int
    indicators: Sequence[Indicator]

    @property
    def heads(self) -> int:
        """How many columns stand before those of the indicators."""
        return 3 + self.context.several

    @property
    def first(self) -> int:
        """The first row of practices."""
        return self.top + 2

    @property
    def last(self) -> int:
        """The last row of practices."""
        return self.first + max(1, len(self.context.pairs)) - 1

    @property
    def area(self) -> tuple[int, int, int, int]:
        """The cells of the indicators."""
        return self.first, self.heads, self.last, self.heads + len(self.indicators) - 1

    def headings(self, width: float) -> None:
        """The names of dimensions and indicators, and the columns before them."""
        book, sheet = self.context.book, self.sheet
        heads = ([_("Target")] if self.context.several else []) + [_("Practice"), _("Class"), _("Score")]
        class_ = max(19, *(len(word) - 2 for word in class_words()))
        widths = [*([16.0] if self.context.several else []), 38, class_, 8]
        widths = [max(wide, len(head) + 2) for wide, head in zip(widths, heads, strict=True)]
        sheet.set_row(self.top, 2 * LINE)
        titles = [one_line(indicator_name(indicator), _LONGEST) for indicator in self.indicators]
        sheet.set_row(self.top + 1, max(_TURNED, *(_PER_LETTER * len(title) for title in titles), 0))
        for at, (head, wide) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(at, at, wide)
            book.write(sheet, self.top, at, None, "group space")
            book.write(sheet, self.top + 1, at, head, "header")
        for at, title in enumerate(titles, self.heads):
            book.write(sheet, self.top + 1, at, title, "turned header")
        end = self.heads + len(self.indicators)
        sheet.set_column(self.heads, max(self.heads, end - 1), width)
        sheet.set_column(end, end, 9)  # for the end of the last heading
        for first, last in self._groups():
            self._group(first, last)

    def _groups(self) -> Iterator[tuple[int, int]]:
        """The first and last place of neighbours in the same dimension."""
        first = 0
        for at in range(1, len(self.indicators) + 1):
            ends = at == len(self.indicators)
            if ends or self.indicators[at].dimension != self.indicators[first].dimension:
                yield first, at - 1
                first = at

    def _group(self, first: int, last: int) -> None:
        id_ = self.indicators[first].dimension
        dimension = self.context.story.dimensions.get(id_)
        name = one_line(id_ if dimension is None else dimension_name(dimension), 80)
        book, start = self.context.book, self.heads + first
        book.write(self.sheet, self.top, start, name, "group header")
        if last > first:
            style = book.format("group header")
            self.sheet.merge_range(self.top, start, self.top, self.heads + last, "", style)
            book.write(self.sheet, self.top, start, name, "group header")

    def rows(self) -> None:
        """The columns before those of the indicators."""
        book, context = self.context.book, self.context
        for at, (number, target, practice) in enumerate(context.pairs, self.first):
            self.sheet.set_row(at, LINE + 3)
            cells = [
                *([target_name(target)] if context.several else []),
                one_line(practice.title, 120),
                context.result("class", number, practice.id, class_word(practice.class_)),
                context.result("score", number, practice.id, practice.score),
            ]
            formats = (["grid text"] if context.several else []) + ["grid text", "grid text", "grid score"]
            for column, (cell, format_) in enumerate(zip(cells, formats, strict=True)):
                book.write(self.sheet, at, column, cell, format_)
        class_at = self.heads - 2
        book.class_colours(self.sheet, (self.first, class_at, self.last, class_at))

    def finish(self) -> None:
        """Filter, frozen headings, print set-up."""
        last = self.heads + len(self.indicators) - 1
        self.sheet.autofilter(self.top + 1, 0, self.last, last)
        self.sheet.freeze_panes(self.first, self.heads)
        self.sheet.print_area(0, 0, self.last, last + 1)
        self.sheet.repeat_rows(self.top, self.top + 1)
