"""The comparison: every practice for every target."""

from __future__ import annotations

from collections.abc import Iterable

from dualeco_cli.language import _
from dualeco_cli.model.result import PracticeClass, PracticeResult
from dualeco_cli.reports.figures.marks import MOST_ROWS, class_legend, draw_class, left_out, provenance
from dualeco_cli.reports.figures.svg import (
    GREY,
    INK,
    MARGIN,
    TEXT,
    Canvas,
    fitted,
    width_of,
    wrapped,
)
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.story import Story, one_line
from dualeco_cli.reports.texts import class_word

_ROW, _LABELS = 54.0, 300.0
_NARROWEST, _WIDEST = 120.0, 190.0
#: What a score and the sign before it take of a cell, with the room beside the rank.
_SCORE = 84.0


def order(story: Story) -> list[str]:
    """The practices: first those with a rank somewhere, by their best score there; the others by theirs."""
    best: dict[str, tuple[bool, float]] = {}
    for target in story.report.targets:
        for practice in target.practices:
            score = (
                -1.0 if practice.score is None or practice.class_ == PracticeClass.HOME else practice.score
            )
            found = (practice.rank is not None, score)
            best[practice.id] = max(best.get(practice.id, found), found)
    return sorted(best, key=lambda id_: (not best[id_][0], -best[id_][1], id_))


def draw(story: Story, name: str) -> tuple[Canvas, str] | None:
    """The figure, or nothing where there is only one target to look at."""
    targets = story.report.targets
    ids = order(story)
    if len(targets) < 2 or not ids:
        return None
    shown = ids[:MOST_ROWS]
    found = {(target.id, practice.id): practice for target in targets for practice in target.practices}
    titles = {practice.id: practice.title for target in targets for practice in target.practices}
    side = max(_NARROWEST, _needed(found.values()), min(_WIDEST, (960 - 2 * MARGIN - _LABELS) / len(targets)))
    more = left_out(len(ids) - len(shown))
    canvas = Canvas(
        name,
        _("Which practice suits which region?"),
        [
            *(
                _in_words(story, titles[id_], [found.get((target.id, id_)) for target in targets])
                for id_ in shown
            ),
            *more,
        ],
        max(640.0, 2 * MARGIN + _LABELS + side * len(targets)),
    )
    top = (
        canvas.heading(_("Score and class for each region; the bar is the score, from 0 to 100."), *more) + 34
    )
    for at, target in enumerate(targets):
        lines = wrapped(target_name(target), TEXT, side - 14, 2)
        for number, line in enumerate(reversed(lines)):
            canvas.text(MARGIN + _LABELS + side * at + 8, top - 10 - 17 * number, line, bold=True)
    for at, id_ in enumerate(shown):
        y = top + at * _ROW
        canvas.line(MARGIN, y, MARGIN + _LABELS + side * len(targets), y)
        lines = wrapped(titles[id_], TEXT, _LABELS - 16, 2)
        for number, line in enumerate(lines):
            canvas.text(MARGIN, y + (31 if len(lines) == 1 else 23) + 17 * number, line)
        for place, target in enumerate(targets):
            practice = found.get((target.id, id_))
            if practice is not None:
                _cell(canvas, story, practice, MARGIN + _LABELS + side * place, y, side)
    y = top + len(shown) * _ROW
    canvas.line(MARGIN, y, MARGIN + _LABELS + side * len(targets), y)
    y += class_legend(canvas, found.values(), MARGIN, y + 24, gap=18)
    return canvas, canvas.document(canvas.footer(y + 34, [provenance(story)]))


def _needed(practices: Iterable[PracticeResult]) -> float:
    """How wide a column has to be for the words in its cells."""
    return max(
        max(
            width_of(class_word(practice.class_), 11) + 23,
            0.0
            if practice.rank is None
            else width_of(_("rank {rank}").format(rank=practice.rank), 11) + _SCORE,
        )
        for practice in practices
    )


def _cell(canvas: Canvas, story: Story, practice: PracticeResult, x: float, y: float, side: float) -> None:
    draw_class(canvas, practice.class_, x + 15, y + 16, 6)
    if practice.score is not None:
        ranked = practice.rank is not None
        canvas.text(x + 29, y + 21, story.score(practice.score), bold=ranked, fill=INK if ranked else GREY)
        room = side - 22
        canvas.rect(x + 8, y + _ROW - 9, room, 4, fill="#E9ECEF")
        share = min(100.0, max(0.0, practice.score)) / 100
        canvas.rect(x + 8, y + _ROW - 9, room * share, 4, fill="#2874AC" if ranked else "#9AA3AD")
    if practice.rank is not None:
        text = _("rank {rank}").format(rank=practice.rank)
        canvas.text(x + side - 14, y + 21, text, size=11, anchor="end", fill=GREY)
    word = fitted(class_word(practice.class_), 11, side - 22)
    canvas.text(x + 8, y + 38, word, size=11, fill=GREY)


def _in_words(story: Story, title: str, practices: list[PracticeResult | None]) -> str:
    names = [target_name(target) for target in story.report.targets]
    said = "; ".join(
        _("{region} {verdict}").format(region=name, verdict=story.class_and_score(practice))
        for name, practice in zip(names, practices, strict=True)
        if practice is not None
    )
    return f"{one_line(title)}: {said}."
