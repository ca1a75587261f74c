"""The table of one practice: what it requires against what is there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import IndicatorResult, Status
from dualeco_cli.model.rows import Indicator, Match, Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.html import shapes
from dualeco_cli.reports.html.pieces import LevelGroup, LevelRow, Row
from dualeco_cli.reports.naming import dimension_name, one_line
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.texts import listed


def level_groups(story: Story, row: Row, basis: Mapping[tuple[str, str], str]) -> list[LevelGroup]:
    """The indicators of a practice by dimension; what does not apply is left out."""
    places = {indicator.id: place for place, indicator in enumerate(story.study.framework.indicators)}
    barriers = {barrier.indicator for barrier in row.practice.barriers}
    questions = set(row.practice.open_questions)
    applying = [
        result
        for result in row.practice.indicators
        if result.status != Status.NOT_APPLICABLE and result.id in places
    ]
    # One group for each dimension, also where the framework lists its indicators apart.
    order = {dimension.id: place for place, dimension in enumerate(story.study.framework.dimensions)}
    applying.sort(key=lambda result: order.get(result.dimension, len(order)))
    found = []
    for id_, results in groupby(applying, key=lambda result: result.dimension):
        dimension = story.dimensions.get(id_)
        rows = tuple(
            _level(
                story,
                result,
                place=places[result.id],
                barrier=result.id in barriers,
                question=result.id in questions,
                basis=basis.get((row.practice.id, result.id), ""),
            )
            for result in results
        )
        found.append(LevelGroup(dimension_name(dimension) if dimension else one_line(id_), rows))
    return found


def _level(
    story: Story, result: IndicatorResult, *, place: int, barrier: bool, question: bool, basis: str
) -> LevelRow:
    indicator = story.indicators.get(result.id)
    return LevelRow(
        place=place,
        name=story.name(result.id),
        required=_required(story, indicator, result) if result.role == Role.CONDITION else "",
        actual=story.level(result.id, result.actual),
        value=shapes.tile(result, barrier=barrier, question=question).text,
        weight=numbers.share(result.weight),
        points=numbers.MISSING if result.contribution is None else numbers.fixed(result.contribution, 1),
        pair=shapes.pair(indicator, result),
        note=_("barrier") if barrier else _("open question") if question else "",
        basis=basis,
    )


def _required(story: Story, indicator: Indicator | None, result: IndicatorResult) -> str:
    # The words of the lowest level say what is there, not what is asked: nothing is.
    if (
        indicator is not None
        and indicator.match is Match.AT_LEAST
        and result.required is not None
        and indicator.normalise(result.required) <= EQUAL
    ):
        return _("nothing")
    return story.level(result.id, result.required)


def absent(story: Story, row: Row) -> str:
    """The indicators whose question does not arise, in a phrase."""
    return listed(
        [
            story.name(result.id)
            for result in row.practice.indicators
            if result.status == Status.NOT_APPLICABLE
        ]
    )
