"""The ranking: a score for each practice, with what is unknown and how firm the known is."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.model.result import PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.figures.marks import by_kind, draw_class, in_words, left_out, provenance
from dualeco_cli.reports.figures.svg import (
    GREY,
    INK,
    MARGIN,
    RULE,
    SMALL,
    TEXT,
    Canvas,
    fitted,
    width_of,
    wrapped,
)
from dualeco_cli.reports.story import Story, region_name
from dualeco_cli.reports.texts import class_word

_ROW, _GROUP = 36.0, 30.0
#: Where the axis begins and ends, and where the words to its right begin.
_LEFT, _RIGHT, _WORDS = 330.0, 736.0, 760.0
#: Where titles begin, the room that they have, and the height of a second line.
_NAMES = MARGIN + 30
_ROOM, _LINE = _LEFT - 14 - _NAMES, 16.0
_SPAN, _FIRM = "#9AA3AD", "#9CC3E0"


def draw(story: Story, target: TargetResult, name: str) -> tuple[Canvas, str] | None:
    """The figure, or nothing for a target without practices."""
    if not target.practices:
        return None
    kinds = by_kind(target)
    shown = [practice for _heading, practices in kinds for practice in practices]
    more = left_out(len(target.practices) - len(shown))
    widest = max(width_of(class_word(practice.class_), SMALL) for practice in shown)
    canvas = Canvas(
        name,
        _("Transferability to {region}").format(region=story.heading(target)),
        [*(in_words(story, practice) for practice in shown), *more],
        max(960.0, _WORDS + 58 + widest + MARGIN),
    )
    top = canvas.heading(story.tally(target), *more) + 22
    bottom = top + sum(_height(practice) for practice in shown) + len(kinds) * _GROUP + 6
    _axis(canvas, story, top, bottom)
    y = top
    for heading, practices in kinds:
        words = fitted(heading, SMALL, _LEFT - 14 - MARGIN, bold=True)
        canvas.text(MARGIN, y + 21, words, size=SMALL, bold=True, fill=GREY)
        canvas.line(MARGIN, y + _GROUP - 2, _LEFT - 14, y + _GROUP - 2)
        y += _GROUP
        for practice in practices:
            _row(canvas, story, practice, y + _height(practice) / 2)
            y += _height(practice)
    y = _legend(canvas, bottom + 34, firm=any(practice.robustness for practice in shown))
    height = canvas.footer(y, [provenance(story)])
    return canvas, canvas.document(height)


def _title(practice: PracticeResult) -> list[str]:
    return wrapped(practice.title, TEXT, _ROOM, 2)


def _height(practice: PracticeResult) -> float:
    return _ROW + _LINE * (len(_title(practice)) - 1)


def _x(score: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(100.0, max(0.0, score)) / 100


def _axis(canvas: Canvas, story: Story, top: float, bottom: float) -> None:
    for tick in range(0, 101, 25):
        canvas.line(_x(tick), top, _x(tick), bottom, stroke="#E6E9EC")
        canvas.text(_x(tick), bottom + 15, str(tick), size=SMALL, anchor="middle", fill=GREY)
    adaptable, transferable = story.thresholds
    for score, word, anchor in (
        (adaptable, _("adaptable from {score}"), "end"),
        (transferable, _("transferable from {score}"), "start"),
    ):
        canvas.line(_x(score), top - 8, _x(score), bottom, stroke=INK, dashed=True)
        shift = -5 if anchor == "end" else 5
        canvas.text(
            _x(score) + shift,
            top - 3,
            word.format(score=numbers.plain(score)),
            size=SMALL,
            anchor="end" if anchor == "end" else "start",
        )


def _row(canvas: Canvas, story: Story, practice: PracticeResult, y: float) -> None:
    lines = _title(practice)
    base = y + 1 - _LINE * (len(lines) - 1) / 2
    if practice.rank is not None:
        canvas.text(_NAMES - 8, base, f"{practice.rank}.", anchor="end", bold=True)
    for line in lines:
        canvas.text(_NAMES, base, line)
        base += _LINE
    source = fitted(region_name(story.study, practice.source), 11, _ROOM)
    canvas.text(_NAMES, base - 3, source, size=11, fill=GREY)
    if practice.score is not None:
        if practice.lower is not None and practice.upper is not None:
            low, high = _x(practice.lower), _x(practice.upper)
            canvas.line(low, y, high, y, stroke=_SPAN, line=2)
            for end in (low, high):
                canvas.line(end, y - 5, end, y + 5, stroke=_SPAN, line=2)
        firm = practice.robustness
        if firm and firm.p05 is not None and firm.p95 is not None:
            canvas.rect(_x(firm.p05), y - 6, _x(firm.p95) - _x(firm.p05), 12, fill=_FIRM, stroke="#4F81A8")
        draw_class(canvas, practice.class_, _x(practice.score), y)
    canvas.text(_WORDS + 30, y + 5, story.score(practice.score), bold=True, anchor="end")
    draw_class(canvas, practice.class_, _WORDS + 47, y, 5.5)
    words = fitted(class_word(practice.class_), SMALL, canvas.width - MARGIN - _WORDS - 58)
    canvas.text(_WORDS + 58, y + 4.5, words, size=SMALL)


def _beside(canvas: Canvas, x: float, y: float, text: str) -> float:
    """A sentence beside a sign; returns the height of its last line."""
    for number, line in enumerate(wrapped(text, SMALL, canvas.width - MARGIN - x, 3)):
        y += _LINE * (number > 0)
        canvas.text(x, y + 4, line, size=SMALL, fill=GREY)
    return y


def _legend(canvas: Canvas, y: float, *, firm: bool) -> float:
    x = MARGIN
    canvas.line(x, y, x + 30, y, stroke=_SPAN, line=2)
    for end in (x, x + 30):
        canvas.line(end, y - 5, end, y + 5, stroke=_SPAN, line=2)
    range_ = _("Range: the score if all that is unknown turned out at its worst or at its best.")
    y = _beside(canvas, x + 40, y, range_)
    if firm:
        y += 20
        canvas.rect(x, y - 6, 30, 12, fill=_FIRM, stroke="#4F81A8")
        draws = _(
            "5–95%: where nine of ten draws lie, with other weights and values as uncertain as they are."
        )
        y = _beside(canvas, x + 40, y, draws)
    canvas.line(MARGIN, y + 18, canvas.width - MARGIN, y + 18, stroke=RULE)
    return y + 24
