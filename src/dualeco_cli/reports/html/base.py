"""What the engine started from, and the report does not hold: importances, and the cells of adapted forms.

The page rates everything anew when a reader changes a weight. For that it needs the weights before they were
normalised, and of an adapted form the value of every indicator. Both follow from the study by rules of a few
lines, which are repeated here because reports know the model and not the engine; the page holds what comes
of them against the numbers of the report before it lets anybody change a weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import PracticeResult, Status
from dualeco_cli.model.rows import Adaptation, Assessment, Indicator, Level, Match, Role
from dualeco_cli.model.study import Study

#: The assessor whose rating settles a judgement.
CONSENSUS = "consensus"


#: The least fit of a critical condition that is no barrier, on a scale of levels and on a continuous one.
MET, MET_CONTINUOUS = 1.0, 0.95


def importances(study: Study, target: str) -> dict[tuple[str, str], float]:
    """What multiplies the weight of an indicator for a practice, where it is not 1 (design, section 3)."""
    rows: dict[tuple[str, str], list[Assessment]] = {}
    for row in study.assessments:
        if row.target == target:
            rows.setdefault((row.practice, row.indicator), []).append(row)
    found = {unit: _importance(given) for unit, given in rows.items()}
    return {unit: importance for unit, importance in found.items() if importance != 1}


def _importance(rows: list[Assessment]) -> float:
    """That of the consensus row with a rating, else the median of those given; 1 where none is."""
    consensus = [row for row in rows if row.assessor == CONSENSUS and row.rating is not None]
    given = [row.importance for row in (consensus[:1] or rows) if row.importance is not None]
    return float(median(given)) if given else 1.0


@dataclass(frozen=True, slots=True)
class Cells:
    """One practice, or an adapted form of it, as the page rates it: a value for each indicator.

    ``values`` has None for unknown and -1 for what does not apply. ``barriers`` and ``questions`` are places
    of indicators; neither depends on a weight.
    """

    values: tuple[float | None, ...]
    barriers: tuple[int, ...]
    questions: tuple[int, ...]


#: How a value that does not apply is written: JSON has one null, and unknown has it.
NOT_APPLICABLE = -1.0


def practice_cells(practice: PracticeResult, indicators: tuple[Indicator, ...]) -> Cells:
    """The cells of a practice as it is; an indicator that the report does not have does not apply."""
    results = {result.id: result for result in practice.indicators}
    values: list[float | None] = []
    for indicator in indicators:
        result = results.get(indicator.id)
        if result is None or result.status == Status.NOT_APPLICABLE:
            values.append(NOT_APPLICABLE)
        else:
            values.append(result.value if result.status == Status.KNOWN else None)
    barriers = {barrier.indicator for barrier in practice.barriers}
    return Cells(
        tuple(values),
        _places(indicators, barriers),
        _places(indicators, set(practice.open_questions)),
    )


def _places(indicators: Iterable[Indicator], wanted: set[str]) -> tuple[int, ...]:
    return tuple(place for place, indicator in enumerate(indicators) if indicator.id in wanted)


def form_cells(
    study: Study, target: str, practice: PracticeResult, form: str, adaptations: Iterable[Adaptation]
) -> Cells:
    """The cells of an adapted form: those of its practice, but for the requirements it changes.

    ``adaptations`` are the changes in all forms of the practice.

    A blank cell of an adaptation changes nothing; a ``!`` of the practice's own cell stays in force
    (design, 4.6 and 4.10).
    """
    indicators = study.framework.indicators
    own = practice_cells(practice, indicators)
    values = list(own.values)
    barriers, questions = set(own.barriers), set(own.questions)
    changes = {
        row.indicator: row.required
        for row in adaptations
        if row.adaptation == form and row.required is not None
    }
    before: Mapping[str, Level] = study.requirements.get(practice.id, {})
    profile = study.profile.get(target, {})
    for place, indicator in enumerate(indicators):
        level = changes.get(indicator.id)
        if level is None or indicator.role is not Role.CONDITION:
            continue
        there = profile.get(indicator.id)
        value = condition_value(indicator, level.value, there.value if there else None)
        cell = before.get(indicator.id)
        critical = indicator.critical or level.critical or (cell is not None and cell.critical)
        values[place] = value
        barriers.discard(place)
        questions.discard(place)
        if critical and value is None:
            questions.add(place)
        elif critical and value != NOT_APPLICABLE and _unmet(indicator, value):
            barriers.add(place)
    return Cells(tuple(values), tuple(sorted(barriers)), tuple(sorted(questions)))


def condition_value(indicator: Indicator, required: float | None, actual: float | None) -> float | None:
    """The v of a condition (design, 4.2 and 4.4): None is unknown, ``n/a`` does not apply."""
    if required is None:
        return NOT_APPLICABLE
    if indicator.match is Match.AT_LEAST and indicator.normalise(required) <= EQUAL:
        return 1.0
    return None if actual is None else indicator.fit(required, actual)


def _unmet(indicator: Indicator, value: float | None) -> bool:
    least = MET_CONTINUOUS if indicator.continuous else MET
    return value is not None and value < least - EQUAL
