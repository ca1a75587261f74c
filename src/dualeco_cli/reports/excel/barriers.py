"""Barriers and path: what blocks, what is not known, and what it would take, practice by practice."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.language import _
from dualeco_cli.model.result import Path, PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.texts import class_word


def add(context: Context) -> None:
    """Add the sheet."""
    book = context.book
    sheet = book.sheet(names.barriers())
    notes = [
        _(
            "Path: the steps in the region that remove all barriers and reach the next class with the least "
            "effort. Effort is counted as the framework says for each indicator."
        ),
        _(
            "Barriers, questions and paths are those of the run: they need a new run to follow a change. "
            "The column Class now follows at once."
        )
        if context.live
        else _("Barriers, questions and paths are those of the run."),
    ]
    top = book.heading(sheet, _("Barriers and path"), *notes)
    rows = (list(_row(context, *pair)) for pair in context.pairs)
    book.table(sheet, top, _columns(context), rows, "Barriers")
    sheet.freeze_panes(top + 1, 1 + context.several)


def _columns(context: Context) -> list[Column]:
    return [
        *([Column(_("Target"), 17)] if context.several else []),
        Column(_("Practice"), 34, "strong"),
        Column(_("Class of the run"), 20, "class", mark="class"),
        *([Column(_("Class now"), 20, "class", mark="class")] if context.live else []),
        Column(_("Barriers"), 52),
        Column(_("What to know"), 60),
        Column(_("Path to"), 20, "class", mark="class"),
        Column(_("Steps in the region"), 44),
        Column(_("Effort"), 8, "unit"),
        Column(_("Score then"), 8, "score"),
        Column(_("Remark on the path"), 40),
        Column(_("Practice id"), 20, "small text", printed=False),
    ]


def _row(context: Context, number: int, target: TargetResult, practice: PracticeResult) -> Iterator[Cell]:
    story, path = context.story, practice.path or Path()
    if context.several:
        yield target_name(target)
    yield practice.title
    yield class_word(practice.class_)
    if context.live:
        yield context.result("class", number, practice.id, class_word(practice.class_))
    yield "\n".join(story.barrier(barrier, target) for barrier in practice.barriers)
    said = story.remarks(practice, target, firmness=False)
    # Barriers and paths have columns of their own.
    others = [remark for remark in said if remark.label not in {_("Barrier"), _("Path")}]
    yield "\n".join(f"{remark.label}: {remark.text}" for remark in others)
    yield class_word(path.to) if path.to else None
    yield (
        "\n".join(
            _("{name}: {start} → {goal}").format(
                name=story.name(step.indicator), start=numbers.plain(step.from_), goal=numbers.plain(step.to)
            )
            for step in path.steps
        )
        or None
    )
    yield path.effort
    yield path.score
    yield story.reason(path.reason) or None
    yield practice.id
