"""Adds the sheets of the live model, where there is one."""

from __future__ import annotations

from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.live import model_sheet, ratings_sheet


def add(context: Context) -> None:
    """Add them, and the names by which the other sheets refer to them."""
    if not context.live:
        return
    model_sheet.add(context.book, context.layout, context.numbers, context.ratings)
    ratings_sheet.add(context.book, context.numbers, context.ratings)
    model_sheet.define_names(context.book, context.layout)
