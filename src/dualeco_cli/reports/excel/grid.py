"""What the two sheets of practices × indicators share: headings that are turned, rows of practices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from dualeco_cli.model.rows import Indicator
from dualeco_cli.reports.excel.book import LINE
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line
from dualeco_cli.reports.texts import _, class_word

#: Height of a heading that is turned.
_TURNED = 9.5 * LINE


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

    def row_of(self, at: int) -> str:
        """The cell with the number of the result in the model, in a row of this sheet."""
        column = self.heads + len(self.indicators)
        return xl_rowcol_to_cell(at, column, col_abs=True)

    def headings(self, width: float) -> None:
        """The names of dimensions and indicators, and the columns before them."""
        book, sheet = self.context.book, self.sheet
        heads = ([_("Target")] if self.context.several else []) + [_("Practice"), _("Class"), _("Score")]
        widths = ([16.0] if self.context.several else []) + [38, 19, 8]
        sheet.set_row(self.top + 1, _TURNED)
        for at, (head, wide) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(at, at, wide)
            book.write(sheet, self.top, at, None, "group header")
            book.write(sheet, self.top + 1, at, head, "header")
        before = None
        for at, indicator in enumerate(self.indicators, self.heads):
            sheet.set_column(at, at, width)
            dimension = self.context.story.dimensions.get(indicator.dimension)
            name = indicator.dimension if dimension is None else dimension_name(dimension)
            book.write(sheet, self.top, at, name if name != before else None, "group header")
            before = name
            book.write(sheet, self.top + 1, at, one_line(indicator_name(indicator), 60), "turned header")
        after = self.heads + len(self.indicators)
        if self.context.live:
            sheet.set_column(after, after, 7)
            book.write(sheet, self.top + 1, after, _("Row of the model"), "turned header")

    def rows(self) -> None:
        """The columns before those of the indicators."""
        book, context = self.context.book, self.context
        for at, (number, target, practice) in enumerate(context.pairs, self.first):
            self.sheet.set_row(at, LINE + 3)
            row = self.row_of(at)
            cells = [
                *([one_line(target.name)] if context.several else []),
                one_line(practice.title, 120),
                context.result("class", row, class_word(practice.class_)),
                context.result("score", row, practice.score),
            ]
            formats = (["class"] if context.several else []) + ["class", "class", "score"]
            for column, (cell, format_) in enumerate(zip(cells, formats, strict=True)):
                book.write(self.sheet, at, column, cell, format_)
            if context.live:
                place = context.row(number, practice.id)
                book.write(self.sheet, at, self.heads + len(self.indicators), place, "small")
        class_at = self.heads - 2
        book.class_colours(self.sheet, (self.first, class_at, self.last, class_at))

    def finish(self) -> None:
        """Filter, frozen headings, print set-up."""
        last = self.heads + len(self.indicators) - 1
        self.sheet.autofilter(self.top + 1, 0, self.last, last)
        self.sheet.freeze_panes(self.first, self.heads)
        self.sheet.print_area(0, 0, self.last, last)
        self.sheet.repeat_rows(self.top, self.top + 1)
