"""The heat map: what each indicator says of each practice."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from dualeco_cli.language import _
from dualeco_cli.model.result import IndicatorResult, PracticeResult, Status, TargetResult
from dualeco_cli.model.rows import Indicator
from dualeco_cli.reports import numbers
from dualeco_cli.reports.figures.marks import (
    by_kind,
    class_legend,
    draw_class,
    left_out,
    letters_on,
    provenance,
    shade,
)
from dualeco_cli.reports.figures.svg import (
    GREY,
    INK,
    MARGIN,
    PAPER,
    RULE,
    SMALL,
    Canvas,
    fitted,
    width_of,
)
from dualeco_cli.reports.story import Story, dimension_name, indicator_name, one_line
from dualeco_cli.reports.texts import listed

_ROW, _LABELS, _GAP = 26.0, 240.0, 8.0
#: The figure is kept narrow, so that its letters can be read on a sheet of paper as well.
_WIDTH = 860.0
_LONGEST_NAME, _LONGEST_DIMENSION = 420.0, 300.0
_BARRIER = "#B00020"


def draw(story: Story, target: TargetResult, name: str) -> tuple[Canvas, str] | None:
    """The figure, or nothing for a target without practices or a framework without indicators that count."""
    shown = [practice for _heading, practices in by_kind(target) for practice in practices]
    groups = _groups(story, shown)
    if not groups:
        return None
    more = left_out(len(target.practices) - len(shown))
    names = [fitted(indicator_name(i), SMALL, _LONGEST_NAME) for _d, group in groups for i in group]
    edges = 2 * MARGIN + _LABELS + _GAP * (len(groups) - 1)
    side = max(20.0, min(34.0, (_WIDTH - edges) / len(names)))
    canvas = Canvas(
        name,
        _("What each indicator says, for {region}").format(region=story.heading(target)),
        [*(_in_words(story, practice, groups) for practice in shown), *more],
        max(_WIDTH, edges + side * len(names)),
    )
    top = canvas.heading(
        _(
            "Each cell: how far the practice or the region meets what the indicator asks, "
            "from 0 (not at all) to 100 (in full)."
        ),
        *more,
    )
    top += max(width_of(text, SMALL) for text in names) + 12
    bottom = top + _ROW * len(shown)
    columns = _columns(groups, side)
    for (indicator, x), text in zip(columns, names, strict=True):
        canvas.text(x + side / 2 + 4, top - 6, text, size=SMALL, turned=-90)
        for at, practice in enumerate(shown):
            result = next((r for r in practice.indicators if r.id == indicator.id), None)
            barrier = any(barrier.indicator == indicator.id for barrier in practice.barriers)
            _cell(canvas, result, x, top + at * _ROW, side, barrier=barrier)
    for at, practice in enumerate(shown):
        y = top + at * _ROW + _ROW / 2
        rank = f"{practice.rank}. " if practice.rank is not None else ""
        text = fitted(rank + one_line(practice.title), SMALL, _LABELS - 26)
        canvas.text(MARGIN, y + 4, text, size=SMALL)
        draw_class(canvas, practice.class_, MARGIN + _LABELS - 12, y, 5)
    y = _dimensions(canvas, groups, columns, side, bottom)
    y = _legend(canvas, y + 28)
    y += class_legend(canvas, shown, MARGIN, y + 16)
    return canvas, canvas.document(canvas.footer(y + 26, [provenance(story)]))


Groups = list[tuple[str, list[Indicator]]]


def _groups(story: Story, practices: Iterable[PracticeResult]) -> Groups:
    """The indicators that count for any of the practices, by dimension."""
    counted = {
        result.id
        for practice in practices
        for result in practice.indicators
        if result.status != Status.NOT_APPLICABLE and result.weight
    }
    groups = []
    for dimension in story.study.framework.dimensions:
        of_it = [
            i for i in story.study.framework.indicators if i.dimension == dimension.id and i.id in counted
        ]
        if of_it:
            groups.append((dimension_name(dimension), of_it))
    return groups


def _columns(groups: Groups, side: float) -> list[tuple[Indicator, float]]:
    """Each indicator with the left edge of its column."""
    columns, x = [], MARGIN + _LABELS
    for _name, group in groups:
        for indicator in group:
            columns.append((indicator, x))
            x += side
        x += _GAP
    return columns


def _cell(
    canvas: Canvas, result: IndicatorResult | None, x: float, y: float, side: float, *, barrier: bool
) -> None:
    width, height = side - 2, _ROW - 2
    x, y = x + 1, y + 1
    middle, base = x + width / 2, y + height / 2 + 4
    if result is None or result.status == Status.NOT_APPLICABLE:
        canvas.text(middle, base, numbers.MISSING, size=SMALL, anchor="middle", fill=GREY)
        return
    if result.status != Status.KNOWN or result.value is None:
        canvas.rect(x, y, width, height, fill=PAPER, stroke=RULE)
        canvas.text(middle, base, "?", size=SMALL, anchor="middle", fill=GREY)
        return
    canvas.rect(x, y, width, height, fill=shade(result.value))
    text = numbers.fixed(100 * result.value, 0)
    canvas.text(middle, base - 0.5, text, size=10, anchor="middle", fill=letters_on(result.value))
    if barrier:
        canvas.rect(x + 0.5, y + 0.5, width - 1, height - 1, fill="none", stroke=_BARRIER, line=2.5)
        corner = ((x + width - 8, y), (x + width, y), (x + width, y + 8))
        canvas.polygon(corner, fill=_BARRIER)


def _dimensions(
    canvas: Canvas, groups: Groups, columns: list[tuple[Indicator, float]], side: float, bottom: float
) -> float:
    """The names of the dimensions below a line over their columns; returns where they end."""
    deepest = bottom
    starts = itertools.accumulate([len(group) for _name, group in groups], initial=0)
    for (name, group), at in zip(groups, starts, strict=False):
        left = columns[at][1] + 1
        right = columns[at + len(group) - 1][1] + side - 1
        canvas.line(left, bottom + 8, right, bottom + 8, stroke=INK, line=1.5)
        text = fitted(name, SMALL, _LONGEST_DIMENSION, bold=True)
        middle = (left + right) / 2 + 4
        canvas.text(middle, bottom + 16, text, size=SMALL, bold=True, anchor="end", turned=-90)
        deepest = max(deepest, bottom + 16 + width_of(text, SMALL, bold=True))
    return deepest


def _legend(canvas: Canvas, y: float) -> float:
    x = MARGIN
    for step in range(5):
        value = step / 4
        canvas.rect(x, y - 12, 34, 18, fill=shade(value))
        text = numbers.fixed(100 * value, 0)
        canvas.text(x + 17, y + 1, text, size=11, anchor="middle", fill=letters_on(value))
        x += 34
    x += 24
    canvas.rect(x, y - 12, 24, 18, fill=PAPER, stroke=RULE)
    canvas.text(x + 12, y + 1, "?", size=SMALL, anchor="middle", fill=GREY)
    x = _word(canvas, x + 31, y, _("not known"))
    canvas.text(x + 4, y + 1, numbers.MISSING, size=SMALL, anchor="middle", fill=GREY)
    x = _word(canvas, x + 14, y, _("does not apply"))
    if x + 31 + width_of(_("barrier: critical and not met"), SMALL) > canvas.width - MARGIN:
        x, y = MARGIN, y + 26
    canvas.rect(x + 0.5, y - 11.5, 23, 17, fill="none", stroke=_BARRIER, line=2.5)
    canvas.polygon(((x + 16, y - 12), (x + 24, y - 12), (x + 24, y - 4)), fill=_BARRIER)
    _word(canvas, x + 31, y, _("barrier: critical and not met"))
    return y + 12


def _word(canvas: Canvas, x: float, y: float, word: str) -> float:
    canvas.text(x, y + 1, word, size=SMALL, fill=GREY)
    return x + width_of(word, SMALL) + 24


def _in_words(story: Story, practice: PracticeResult, groups: Groups) -> str:
    results = {result.id: result for result in practice.indicators}
    said = []
    for _name, group in groups:
        for indicator in group:
            result = results.get(indicator.id)
            if result is not None and result.status == Status.KNOWN and result.value is not None:
                said.append(f"{story.name(indicator.id)} {numbers.fixed(100 * result.value, 0)}")
    return _("{title}: {values}.").format(
        title=one_line(practice.title), values=listed(said) if said else _("nothing is known")
    )
