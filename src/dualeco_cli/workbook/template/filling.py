"""Rows that a template holds already: a framework to change, or the practices that are to be rated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from dualeco_cli.data import words
from dualeco_cli.language import Language
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import WIDE, Assessment, Indicator, Level, Role
from dualeco_cli.model.study import Framework, Study
from dualeco_cli.workbook.template.in_language import framework_in_language
from dualeco_cli.workbook.template.plan import Value, level_field, shown

Rows = list[dict[str, Value]]


def framework_rows(framework: Framework, language: Language, *, named: bool) -> dict[str, Rows]:
    """The sheets of a framework, its texts in the language as far as they are built in.

    Without ``named`` its name and version are for its new owner to give.
    """
    framework = framework_in_language(framework, language)
    return {
        "Dimensions": [
            {"id": row.id, "name": row.name, "weight": row.weight, "description": row.description}
            for row in framework.dimensions
        ],
        "Indicators": [_indicator(row, language) for row in framework.indicators],
        "Settings": [
            {"key": key, "value": value if named or key not in {"name", "version"} else None}
            for key, value in framework.settings.model_dump().items()
        ],
    }


def _indicator(row: Indicator, language: Language) -> dict[str, Value]:
    filled: dict[str, Value] = {
        "id": row.id,
        "dimension": row.dimension,
        "name": row.name,
        "role": _word("role", row.role, language),
        "question": row.question,
        "unit": row.unit,
        "worst": row.worst,
        "best": row.best,
        "step": _word("continuous", "continuous", language) if row.continuous else row.step,
        "weight": row.weight,
        "floor": row.floor,
        "source": row.source,
    }
    if row.role is Role.CONDITION:
        filled["match"] = _word("match", row.match, language)
        filled["critical"] = _word("yes_no", "yes" if row.critical else "no", language)
        filled["effort"] = row.effort
    if row.objective is not None:
        filled["objective"] = _word("objective", row.objective, language)
    filled.update((level_field(level), text) for level, text in row.levels.items())
    return filled


def _word(list_: str, value: str, language: Language) -> str:
    return words.first_value_words(list_, language)[value]


def wide_rows(study: Study, kind: str, language: Language) -> Rows:
    """A row of Merits or Requirements for every practice, with the levels that are known."""
    held: Mapping[str, Mapping[str, Level]] = study.merits if kind == "Merits" else study.requirements
    roles = {indicator.id: indicator.role for indicator in study.framework.indicators}
    return [
        {
            "practice": id_,
            **{
                indicator: _level(level, language)
                for indicator, level in held.get(id_, {}).items()
                if roles.get(indicator) is WIDE[kind]
            },
        }
        for id_ in study.practices
    ]


def _level(level: Level, language: Language) -> Value:
    marks = "!" * level.critical + "?" * level.low
    if level.value is None:
        return _word("not_applicable", "n/a", language) + marks
    return f"{shown(level.value)}{marks}" if marks else level.value


def assessment_rows(study: Study, targets: Iterable[str], assessor: str, language: Language) -> Rows:
    """A row for every practice, target and judgement, with the ratings that this assessor has given.

    A practice that comes from the target is left out: nobody has to judge whether it could be taken there.
    """
    judged = [indicator.id for indicator in study.framework.indicators if indicator.role is Role.JUDGEMENT]
    consensus = words.value_of("consensus", assessor)
    known = {
        (row.practice, row.target, row.indicator): row
        for row in study.assessments
        if row.assessor == (consensus or slug(assessor))
    }
    return [
        {
            "practice": practice.id,
            "target": target,
            "indicator": indicator,
            "assessor": assessor,
            **_given(known.get((practice.id, target, indicator)), language),
        }
        for target, practice, indicator in product(targets, study.practices.values(), judged)
        if practice.source != target
    ]


def _given(row: Assessment | None, language: Language) -> dict[str, Value]:
    if row is None:
        return {}
    confidence = _word("confidence", row.confidence, language)
    return {"rating": row.rating, "importance": row.importance, "confidence": confidence, "note": row.note}
