"""Merit against fit: which practices are well proven, which ones meet what the region has."""

from __future__ import annotations

from collections.abc import Collection

from dualeco_cli.model.result import PracticeResult, Status, TargetResult
from dualeco_cli.model.rows import Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.figures.marks import (
    MOST_ROWS,
    class_legend,
    draw_class,
    left_out,
    provenance,
)
from dualeco_cli.reports.figures.svg import GREY, INK, MARGIN, RULE, SMALL, Canvas, fitted, wrapped
from dualeco_cli.reports.story import Story, one_line
from dualeco_cli.reports.texts import _, listed, plural

_LEFT, _SIDE = 74.0, 500.0
_NAMES = _LEFT + _SIDE + 36
_LINE = 21.0
#: Where a point's number may stand, tried one after the other: the first place that is free is taken.
_BESIDE = ((10, -6), (-10, -6), (10, 15), (-10, 15), (0, -13), (0, 22), (20, 5), (-20, 5), (26, -14), (-26, -14))


def mean_of(practice: PracticeResult, roles: Collection[str]) -> float | None:
    """The weighted mean of what is known of indicators of these roles, between 0 and 100."""
    known = [
        (result.weight, result.value)
        for result in practice.indicators
        if result.role in roles and result.status == Status.KNOWN and result.weight and result.value is not None
    ]
    total = sum(weight for weight, _value in known)
    return 100 * sum(weight * value for weight, value in known) / total if total else None


def draw(story: Story, target: TargetResult, name: str) -> tuple[Canvas, str] | None:
    """The figure, or nothing where no practice has both numbers."""
    placed, missing = [], []
    for practice in target.practices:
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
        *more,
    )
    _axes(canvas, top + 6)
    taken: list[tuple[float, float]] = [_point(fit, merit, top + 6) for _p, fit, merit in shown]
    for at, (practice, fit, merit) in enumerate(shown, 1):
        x, y = _point(fit, merit, top + 6)
        draw_class(canvas, practice.class_, x, y)
        dx, dy = next((place for place in _BESIDE if _free(x + place[0], y + place[1] - 4, taken)), _BESIDE[0])
        taken.append((x + dx, y + dy - 4))
        canvas.text(x + dx, y + dy, str(at), size=SMALL, anchor="middle", bold=True)
    end = max(top + _SIDE + 54, _names(canvas, story, [p for p, _f, _m in shown], missing, top + 18) + 8)
    classes = list(dict.fromkeys(practice.class_ for practice, _fit, _merit in shown))
    class_legend(canvas, classes, MARGIN, end + 16)
    canvas.line(MARGIN, end + 30, canvas.width - MARGIN, end + 30, stroke=RULE)
    return canvas, canvas.document(canvas.footer(end + 36, [provenance(story)]))


def _point(fit: float, merit: float, top: float) -> tuple[float, float]:
    return _LEFT + _SIDE * fit / 100, top + _SIDE * (1 - merit / 100)


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
    for x, y, words in (
        (_LEFT + 8, top + 17, _("well proven, the region lacks much")),
        (_LEFT + half + 8, top + 17, _("well proven, the region is ready")),
        (_LEFT + 8, top + _SIDE - 8, _("little proven, the region lacks much")),
        (_LEFT + half + 8, top + _SIDE - 8, _("little proven, the region is ready")),
    ):
        canvas.text(x, y, fitted(words, SMALL, half - 16), size=SMALL, fill=GREY)


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
        for line in wrapped(said, SMALL, room, 5):
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
