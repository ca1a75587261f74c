"""The report as a workbook, sheet by sheet.

Each sheet is a module with one function that puts it into a :class:`~dualeco_cli.reports.excel.book.Book`;
the book knows formats, tables and how user text is kept from doing anything. What follows a change of the
inputs is computed on the sheets of :mod:`~dualeco_cli.reports.excel.live`.
"""

from __future__ import annotations

from collections.abc import Callable

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.excel import (
    adapted,
    agreement,
    answer,
    barriers,
    compare,
    heat,
    input_index,
    input_pages,
    method,
    panel,
    required,
    robustness,
    scores,
    values,
    weights,
)
from dualeco_cli.reports.excel.book import Book
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.live import model

#: The sheets in the order of their tabs.
SHEETS: tuple[Callable[[Context], None], ...] = (
    answer.add,
    scores.add,
    compare.add,
    heat.add,
    required.add,
    weights.add,
    barriers.add,
    adapted.add,
    robustness.add,
    agreement.add,
    panel.add,
    values.add,
    method.add,
    input_index.add,
    input_pages.add,
    model.add,
)


def render(report: Report, study: Study) -> bytes:
    """The workbook; the same report gives the same bytes."""
    with Book(report) as book:
        context = Context(book, report, study)
        for add in SHEETS:
            add(context)
    return book.content()
