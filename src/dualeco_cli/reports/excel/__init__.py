"""The report as a workbook, sheet by sheet.

Each sheet is a module with one function that puts it into a :class:`~dualeco_cli.reports.excel.book.Book`;
the book knows formats, tables and how user text is kept from doing anything.
"""

from __future__ import annotations

from collections.abc import Callable

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.excel import provenance, ranking, values
from dualeco_cli.reports.excel.book import Book
from dualeco_cli.reports.story import Story

#: The sheets in the order of their tabs.
SHEETS: tuple[Callable[[Book, Story], None], ...] = (ranking.add, values.add, provenance.add)


def render(report: Report, study: Study) -> bytes:
    """The workbook; the same report gives the same bytes."""
    story = Story(report, study)
    with Book(report) as book:
        for add in SHEETS:
            add(book, story)
    return book.content()
