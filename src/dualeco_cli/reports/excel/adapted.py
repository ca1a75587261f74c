"""Adapted forms: each beside the practice as it is, with what it changes."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.language import _, decimal
from dualeco_cli.model.result import AdaptationResult, PracticeResult, TargetResult
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.inputs import level_cell
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.texts import class_word


def add(context: Context) -> None:
    """Add the sheet, where any practice has an adapted form."""
    if not context.has_adaptations:
        return
    book = context.book
    sheet = book.sheet(names.adapted())
    top = book.heading(
        sheet,
        _("Adapted forms"),
        _(
            "An adapted form keeps what makes the practice work and asks less of a region. It is scored like a "
            "practice of its own, and never changes the score of the practice as it is."
        ),
        _("These are results of the run; they do not follow when an input sheet is changed."),
    )
    columns = [
        *([Column(_("Target"), 17)] if context.several else []),
        Column(_("Practice"), 34, "strong"),
        Column(_("Class as is"), 20, "class", mark="class"),
        Column(_("Score as is"), 9, "score"),
        Column(_("Adapted form"), 34, "strong"),
        Column(_("Class adapted"), 20, "class", mark="class"),
        Column(_("Score adapted"), 10, "score"),
        Column(_("Known"), 9, "share"),
        Column(_("Best form"), 9),
        Column(_("What it changes"), 60),
        Column(_("Practice id"), 20, "small text", printed=False),
        Column(_("Adaptation id"), 20, "small text", printed=False),
    ]
    rows = (
        list(_row(context, target, practice, form))
        for _number, target, practice in context.pairs
        for form in practice.adaptations
    )
    book.table(sheet, top, columns, rows, "Adapted")
    sheet.freeze_panes(top + 1, 1 + context.several)


def _row(
    context: Context, target: TargetResult, practice: PracticeResult, form: AdaptationResult
) -> Iterator[Cell]:
    if context.several:
        yield target_name(target)
    yield practice.title
    yield class_word(practice.class_)
    yield practice.score
    yield form.title or form.id
    yield class_word(form.class_)
    yield form.score
    yield form.coverage
    yield _("best") if form.best else None
    yield "\n".join(_changes(context, practice.id, form.id)) or None
    yield practice.id
    yield form.id


def _changes(context: Context, practice: str, form: str) -> Iterator[str]:
    """What is required instead of what."""
    own = context.study.requirements.get(practice, {})
    for row in context.story.adaptations.get(practice, ()):
        if row.adaptation == form and row.required is not None:
            before, after = level_cell(own.get(row.indicator)), level_cell(row.required)
            yield _("{name}: {before} → {after}").format(
                name=context.story.name(row.indicator),
                before=_("unknown") if before is None else _cell_text(before),
                after=_cell_text(after),
            )


def _cell_text(cell: Cell) -> str:
    return decimal(f"{cell:g}" if isinstance(cell, float) else str(cell))
