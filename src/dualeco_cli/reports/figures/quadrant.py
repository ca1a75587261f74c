"""Merit against fit: which practices are well proven, which ones meet what the region has."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from dualeco_cli.language import _, plural
from dualeco_cli.model.result import PracticeClass, PracticeResult, Status, TargetResult
from dualeco_cli.model.rows import Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.figures.marks import (
    MOST_ROWS,
    by_kind,
    class_legend,
    draw_class,
    left_out,
    provenance,
)
from dualeco_cli.reports.figures.svg import GREY, INK, MARGIN, RULE, SMALL, Canvas, fitted, wrapped
from dualeco_cli.reports.story import Story, one_line
from dualeco_cli.reports.texts import listed

_LEFT, _SIDE = 74.0, 490.0
_NAMES = _LEFT + _SIDE + 60
_LINE = 21.0
#: From one line of a note in a corner of the picture to the next.
_CORNER = 15.0
#: Signs that are nearer to each other than this are moved apart, as little as it takes.
_SIGN = 11.0
#: Where a point's number may stand: the first place that is free is taken, and near ones are tried first.
_BESIDE = tuple(
    (round(radius * math.cos(math.radians(angle)), 2), round(-radius * math.sin(math.radians(angle)), 2))
    for radius in (16, 24, 34, 46, 60)
    for angle in (45, 90, 0, 315, 270, 135, 225, 180, 22, 68, 338, 292)
)


def mean_of(practice: PracticeResult, roles: Collection[str]) -> float | None:
    """The weighted mean of what is known of indicators of these roles, between 0 and 100."""
    known = [
        (result.weight, result.value)
        for result in practice.indicators
        if result.role in roles
        and result.status == Status.KNOWN
        and result.weight
        and result.value is not None
    ]
    total = sum(weight for weight, _value in known)
    return 100 * sum(weight * value for weight, value in known) / total if total else None


def _candidates(target: TargetResult) -> list[PracticeResult]:
    """Practices that could come to the target, ranked ones first."""
    kinds = by_kind(target, len(target.practices))
    return [p for _heading, practices in kinds for p in practices if p.class_ != PracticeClass.HOME]


def draw(story: Story, target: TargetResult, name: str) -> tuple[Canvas, str] | None:
    """The figure, or nothing where no practice has both numbers."""
    placed, missing = [], []
    for practice in _candidates(target):
        fit, merit = mean_of(practice, {Role.CONDITION}), mean_of(practice, {Role.MERIT})
        if fit is None or merit is None:
            missing.append(practice)
        else:
            placed.append((practice, fit, merit))
    if not placed:
        return None
    shown = placed[:MOST_ROWS]
    more = left_out(len(placed) - len(shown))
    canvas = Canvas(
        name,
        _("Merit and fit for {region}").format(region=story.heading(target)),
        [*(_in_words(story, *one) for one in shown), *more],
    )
    top = canvas.heading(
        _(
            "Merit: how well a practice is proven and described. Fit: how far the region has what it needs. "
            "Both of what is known."
        ),
        _("Practices in one place stand side by side; those from the region itself are left out."),
        *more,
    )
    _axes(canvas, top + 6)
    taken: list[tuple[float, float]] = []
    for _practice, fit, merit in shown:
        x, y = _point(fit, merit, top + 6)
        taken.append(next((p for p in _near(x, y) if _clear(*p, taken)), (x, y)))
    _signs(canvas, [practice for practice, _fit, _merit in shown], taken)
    end = max(top + _SIDE + 54, _names(canvas, story, [p for p, _f, _m in shown], missing, top + 18) + 8)
    end += class_legend(canvas, [practice for practice, _fit, _merit in shown], MARGIN, end + 16)
    canvas.line(MARGIN, end + 30, canvas.width - MARGIN, end + 30, stroke=RULE)
    return canvas, canvas.document(canvas.footer(end + 36, [provenance(story)]))


def _point(fit: float, merit: float, top: float) -> tuple[float, float]:
    return _LEFT + _SIDE * fit / 100, top + _SIDE * (1 - merit / 100)


def _signs(canvas: Canvas, practices: list[PracticeResult], places: list[tuple[float, float]]) -> None:
    """The practices' signs, each with its number on the nearest free place, and a line to it if it is far."""
    taken, labels = list(places), []
    for x, y in places:
        dx, dy = next((place for place in _BESIDE if _free(x + place[0], y + place[1], taken)), _BESIDE[0])
        taken.append((x + dx, y + dy))
        labels.append((x + dx, y + dy))
        if math.hypot(dx, dy) > 20:
            canvas.line(x, y, x + 0.75 * dx, y + 0.75 * dy, stroke=GREY)
    for practice, (x, y) in zip(practices, places, strict=True):
        draw_class(canvas, practice.class_, x, y)
    for number, (x, y) in enumerate(labels, 1):
        canvas.text(x, y + 4, str(number), size=SMALL, anchor="middle", bold=True)


def _near(x: float, y: float) -> Iterator[tuple[float, float]]:
    """The place itself, then places around it, further and further away."""
    yield x, y
    for radius in range(6, 49, 6):
        for angle in range(180, 540, 30):
            turn = math.radians(angle)
            yield round(x + radius * math.cos(turn), 2), round(y - radius * math.sin(turn), 2)


def _clear(x: float, y: float, taken: list[tuple[float, float]]) -> bool:
    return all(math.hypot(x - other_x, y - other_y) >= _SIGN for other_x, other_y in taken)


def _free(x: float, y: float, taken: list[tuple[float, float]]) -> bool:
    return all(abs(x - other_x) > 13 or abs(y - other_y) > 12 for other_x, other_y in taken)


def _axes(canvas: Canvas, top: float) -> None:
    half = _SIDE / 2
    canvas.rect(_LEFT + half, top, half, half, fill="#EEF5FA")
    canvas.rect(_LEFT, top, _SIDE, _SIDE, fill="none", stroke=RULE)
    for value in range(0, 101, 25):
        x, y = _point(value, value, top)
        if value == 50:
            canvas.line(x, top, x, top + _SIDE, stroke=GREY, dashed=True)
            canvas.line(_LEFT, y, _LEFT + _SIDE, y, stroke=GREY, dashed=True)
        canvas.text(x, top + _SIDE + 16, str(value), size=SMALL, anchor="middle", fill=GREY)
        canvas.text(_LEFT - 8, y + 4, str(value), size=SMALL, anchor="end", fill=GREY)
    canvas.text(_LEFT + half, top + _SIDE + 38, _("Fit"), bold=True, anchor="middle")
    canvas.text(MARGIN + 12, top + half, _("Merit"), bold=True, anchor="middle", turned=-90)
    for x, upper, words in (
        (_LEFT + 8, True, _("well proven, the region lacks much")),
        (_LEFT + half + 8, True, _("well proven, the region is ready")),
        (_LEFT + 8, False, _("little proven, the region lacks much")),
        (_LEFT + half + 8, False, _("little proven, the region is ready")),
    ):
        lines = wrapped(words, SMALL, half - 16, 3)
        first = top + 17 if upper else top + _SIDE - 8 - _CORNER * (len(lines) - 1)
        for number, line in enumerate(lines):
            canvas.text(x, first + _CORNER * number, line, size=SMALL, fill=GREY)


def _names(
    canvas: Canvas, story: Story, shown: list[PracticeResult], missing: list[PracticeResult], y: float
) -> float:
    room = canvas.width - MARGIN - _NAMES
    for at, practice in enumerate(shown, 1):
        canvas.text(_NAMES + 18, y, str(at), size=SMALL, bold=True, anchor="end")
        draw_class(canvas, practice.class_, _NAMES + 32, y - 4, 5)
        score = story.score(practice.score)
        canvas.text(_NAMES + 46, y, fitted(practice.title, SMALL, room - 88), size=SMALL)
        canvas.text(canvas.width - MARGIN, y, score, size=SMALL, anchor="end", fill=INK)
        y += _LINE
    if missing:
        said = plural(
            "Not placed, because nothing is known of merit or fit: {names}.",
            "Not placed, because nothing is known of merit or fit: {names}.",
            len(missing),
            names=listed([one_line(practice.title) for practice in missing], 6),
        )
        for line in wrapped(said, SMALL, room, 16):
            canvas.text(_NAMES, y + 6, line, size=SMALL, fill=GREY)
            y += 17
    return y


def _in_words(story: Story, practice: PracticeResult, fit: float, merit: float) -> str:
    return _("{title} ({verdict}): fit {fit}, merit {merit}.").format(
        title=one_line(practice.title),
        verdict=story.verdict(practice),
        fit=numbers.fixed(fit, 0),
        merit=numbers.fixed(merit, 0),
    )
