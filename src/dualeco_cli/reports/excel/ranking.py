"""The ranking: one sheet per target, one row per practice, the answer before the details."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.model.result import PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel.book import Book, Column, Finer
from dualeco_cli.reports.naming import region_name
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import _, class_word


def add(book: Book, story: Story) -> None:
    """Add a ranking for each target."""
    several = len(story.report.targets) > 1
    for target in story.report.targets:
        name = _("Ranking {region}").format(region=target.name) if several else _("Ranking")
        _add_one(book, story, target, name)


def _add_one(book: Book, story: Story, target: TargetResult, name: str) -> None:
    sheet = book.sheet(name)
    top = book.heading(
        sheet,
        _("Transferability of good practices to {region}").format(region=story.heading(target)),
        story.profile(target),
        _(
            "Lower and upper: the score if all that is unknown turned out at its worst or at its best. "
            "Known: the share of the weight that is known."
        ),
        *story.order(target),
    )
    firm = any(practice.robustness for practice in target.practices)
    rows = (list(_row(story, target, practice, firm=firm)) for practice in target.practices)
    book.table(sheet, top, _columns(firm=firm), rows, "Ranking")
    sheet.freeze_panes(top + 1, 2)


def _columns(*, firm: bool) -> list[Column]:
    columns = [
        Column(_("Rank"), 6, "whole"),
        Column(_("Practice"), 34, "strong"),
        Column(_("From"), 16),
        Column(_("Class"), 15, mark="class"),
        Column(_("Score"), 12, "score", mark="bar"),
        Column(_("Lower"), 8, "score"),
        Column(_("Upper"), 8, "score"),
        Column(_("Known"), 8, "share"),
    ]
    if firm:
        columns += [
            Column(_("5%"), 8, "score"),
            Column(_("95%"), 8, "score"),
            Column(_("Likeliest class"), 15),
            Column(_("Probability"), 11, "share"),
        ]
    return [*columns, Column(_("What to know"), 80), Column(_("Id"), 24, printed=False)]


def _row(story: Story, target: TargetResult, practice: PracticeResult, *, firm: bool) -> Iterator[Value]:
    yield practice.rank
    yield practice.title
    yield region_name(story.study, practice.source) if practice.source else numbers.MISSING
    yield class_word(practice.class_)
    yield _on_its_side(story, practice.score)
    yield practice.lower
    yield practice.upper
    yield practice.coverage
    if firm:
        robustness, likeliest = practice.robustness, story.likeliest(practice)
        yield robustness.p05 if robustness else None
        yield robustness.p95 if robustness else None
        yield likeliest[0] if likeliest else None
        yield likeliest[1] if likeliest else None
    remarks = story.remarks(practice, target, firmness=False)
    yield "\n".join(f"{remark.label}: {remark.text}" for remark in remarks)
    yield practice.id


def _on_its_side(story: Story, score: float | None) -> float | None:
    """A score that its rounding would put on the other side of a threshold shows more decimals."""
    if score is None or numbers.score(score, story.thresholds) == numbers.score(score):
        return score
    return Finer(score)
