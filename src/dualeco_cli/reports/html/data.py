"""What the page computes with, as JSON: the same numbers that the engine had, unrounded."""

from __future__ import annotations

import json
import math
from typing import Any

from dualeco_cli.language import marks
from dualeco_cli.model.result import PracticeClass, PracticeResult, Report, TargetResult
from dualeco_cli.model.rows import Match
from dualeco_cli.model.study import Study
from dualeco_cli.reports.html.base import Cells, form_cells, importances, practice_cells
from dualeco_cli.reports.html.words import script_words
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line, region_name, target_name
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.tables import compensation

#: With more cells than this the page holds the levels of each practice once, as data, and not as tables.
MOST_STATIC_CELLS = 1500
#: Reasons for a level are cut: the whole text stands in the workbook.
LONGEST_BASIS = 300

#: Characters that could end the script element they stand in, or a line of old JavaScript.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def page_data(story: Story) -> str:
    """The data as JSON that can stand inside a script element, whatever text is in it."""
    text = json.dumps(_finite(_data(story)), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _data(story: Story) -> dict[str, Any]:
    report, study = story.report, story.study
    method, framework = report.method, study.framework
    places = {dimension.id: place for place, dimension in enumerate(framework.dimensions)}
    numbers = practice_numbers(report)
    levels = _levels(story)
    basis = {} if static_levels(report) else _basis(study)
    titles = {practice.id: practice for target in report.targets for practice in target.practices}
    return {
        "method": {
            "compensation": compensation(report),
            "minCoverage": method.min_coverage,
            "transferableFrom": method.transferable_from,
            "adaptableFrom": method.adaptable_from,
        },
        "dimensions": [
            {"id": one_line(dimension.id), "name": dimension_name(dimension), "weight": dimension.weight}
            for dimension in framework.dimensions
        ],
        "indicators": [
            {
                "id": one_line(indicator.id),
                "name": indicator_name(indicator),
                "dimension": places[indicator.dimension],
                "role": indicator.role.value,
                "weight": indicator.weight,
                "worst": indicator.worst,
                "best": indicator.best,
                "similar": indicator.match is Match.SIMILAR,
                "levels": levels.get(indicator.id, []),
            }
            for indicator in framework.indicators
        ],
        "practices": [
            {
                "title": one_line(titles[id_].title) or one_line(id_),
                "source": region_name(study, titles[id_].source),
                "basis": basis.get(id_, {}),
            }
            for id_ in numbers
        ],
        "targets": [_target(story, target, numbers) for target in report.targets],
        "words": script_words(),
        "numbers": marks(),
    }


def practice_numbers(report: Report) -> dict[str, int]:
    """A number for each practice: its place among all ids, so that the number settles ties as the id does."""
    ids = {practice.id for target in report.targets for practice in target.practices}
    return {id_: number for number, id_ in enumerate(sorted(ids))}


def static_levels(report: Report) -> bool:
    """Whether there is room for the levels of each practice as tables, which need no script."""
    cells = sum(len(practice.indicators) for target in report.targets for practice in target.practices)
    return cells <= MOST_STATIC_CELLS


def reasons(study: Study) -> dict[tuple[str, str], str]:
    """Why a level was given, by practice and indicator."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in study.basis:
        text = one_line(row.basis, LONGEST_BASIS)
        if text:
            said = f"{text} ({row.year})" if row.year else text
            found.setdefault((row.practice, row.indicator), []).append(said)
    return {key: " · ".join(said) for key, said in found.items()}


def _basis(study: Study) -> dict[str, dict[str, str]]:
    """The reasons by practice and place of the indicator, which JSON can only have as text."""
    places = {indicator.id: str(place) for place, indicator in enumerate(study.framework.indicators)}
    found: dict[str, dict[str, str]] = {}
    for (practice, indicator), text in reasons(study).items():
        if indicator in places:
            found.setdefault(practice, {})[places[indicator]] = text
    return found


def _levels(story: Story) -> dict[str, list[tuple[float, str]]]:
    """For each indicator the words for the values that occur in the report."""
    values: dict[str, set[float]] = {}
    for target in story.report.targets:
        for practice in target.practices:
            for result in practice.indicators:
                for value in (result.required, result.actual):
                    if value is not None and math.isfinite(value):
                        values.setdefault(result.id, set()).add(value)
    return {
        id_: [(value, story.level(id_, value)) for value in sorted(found)] for id_, found in values.items()
    }


def _target(story: Story, target: TargetResult, numbers: dict[str, int]) -> dict[str, Any]:
    study = story.study
    indicators = study.framework.indicators
    importance = importances(study, target.id)

    def weights(practice: PracticeResult) -> list[tuple[int, float]]:
        return [
            (place, importance[practice.id, indicator.id])
            for place, indicator in enumerate(indicators)
            if (practice.id, indicator.id) in importance
        ]

    rows: list[dict[str, Any]] = []
    forms: list[dict[str, Any]] = []
    for practice in target.practices:
        results = {result.id: result for result in practice.indicators}
        common = {
            "practice": numbers[practice.id],
            "home": practice.class_ == PracticeClass.HOME,
            "importance": weights(practice),
        }
        found = [results.get(indicator.id) for indicator in indicators]
        rows.append(
            {
                **common,
                **_cells(practice_cells(practice, indicators)),
                "required": [result.required if result else None for result in found],
                "actual": [result.actual if result else None for result in found],
                "check": {
                    "score": practice.score,
                    "lower": practice.lower,
                    "upper": practice.upper,
                    "coverage": practice.coverage,
                    "rank": practice.rank,
                    "class": practice.class_.value,
                },
            }
        )
        changes = story.adaptations.get(practice.id, ())
        forms.extend(
            {
                **common,
                **_cells(form_cells(study, target.id, practice, form.id, changes)),
                "check": {"score": form.score, "coverage": form.coverage, "class": form.class_.value},
            }
            for form in sorted(practice.adaptations, key=lambda form: form.id)
        )
    return {"name": target_name(target) or one_line(target.id), "rows": rows, "forms": forms}


def _cells(cells: Cells) -> dict[str, Any]:
    return {"values": cells.values, "barriers": cells.barriers, "questions": cells.questions}


def _finite(value: Any) -> Any:
    """The value with null for numbers that JSON does not have, and whole numbers without their ``.0``."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
