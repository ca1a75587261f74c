"""The arrays of one target: what the method computes with.

A :class:`Case` holds P rows (practices, or adapted forms of practices) by I indicators. It is built once per
target and never changed; everything else in this package is a function of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from dualeco_cli.model.rows import Dimension, Indicator, Level, Match, Role
from dualeco_cli.model.study import Framework, Study
from dualeco_cli.scoring.fit import fit, normalise
from dualeco_cli.scoring.judgements import CODE, NO_CONFIDENCE, Judgement, judgements
from dualeco_cli.scoring.panel import MemberWeights, member_weights
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints, below, reaches

_NOTHING: Mapping[str, Level] = {}


@dataclass(frozen=True, eq=False)
class Scales:
    """What the indicators are, as arrays of shape (I,).

    ``worst``, ``best``, ``single_step`` and ``floor`` are in the indicators' own units; ``floor`` is nan
    where there is none. ``single_step`` is a level, or a twentieth of a continuous scale. A column that the
    role does not use has no effect: ``floor`` is kept for merits and judgements, ``similar`` and ``critical``
    for conditions.
    """

    worst: Floats
    best: Floats
    single_step: Floats
    effort: Floats
    floor: Floats
    continuous: Bools
    similar: Bools
    critical: Bools
    merit: Bools
    need: Bools
    condition: Bools
    judgement: Bools

    @classmethod
    def of(cls, indicators: Sequence[Indicator]) -> Scales:
        """The scales of these indicators, in their order."""

        def flags(marked: Sequence[bool]) -> Bools:
            return np.array(marked, dtype=np.bool_)

        def numbers(values: Sequence[float]) -> Floats:
            return np.array(values, dtype=np.float64)

        roles = [indicator.role for indicator in indicators]
        condition = flags([role is Role.CONDITION for role in roles])
        floor = [
            np.nan
            if indicator.floor is None or indicator.role not in {Role.MERIT, Role.JUDGEMENT}
            else indicator.floor
            for indicator in indicators
        ]
        return cls(
            worst=numbers([indicator.worst for indicator in indicators]),
            best=numbers([indicator.best for indicator in indicators]),
            single_step=numbers([indicator.single_step for indicator in indicators]),
            effort=numbers([indicator.effort for indicator in indicators]),
            floor=numbers(floor),
            continuous=flags([indicator.continuous for indicator in indicators]),
            similar=flags([indicator.match is Match.SIMILAR for indicator in indicators]) & condition,
            critical=flags([indicator.critical for indicator in indicators]) & condition,
            merit=flags([role is Role.MERIT for role in roles]),
            need=flags([role is Role.NEED for role in roles]),
            condition=condition,
            judgement=flags([role is Role.JUDGEMENT for role in roles]),
        )

    def normalise(self, number: Floats) -> Floats:
        """n(x) of numbers whose last axis is the indicators (design, 4.1)."""
        return normalise(number, self.worst, self.best)


@dataclass(frozen=True, eq=False)
class Case:
    """One target and P rows by I indicators in D dimensions (design, section 4).

    Attributes:
        target: the ecosystem to which the practices would be transferred.
        practices: row ids, shape (P,); an adapted form carries the id of its practice.
        forms: the adaptation of a row, None for a practice as it is.
        indicators: the framework's indicators, in its order.
        dimensions: the framework's dimensions, in its order.
        dimension_index: (I,) the dimension of each indicator.
        base_weight: (P, I) w_i times importance, not normalised; 0 where the indicator does not apply.
        dimension_weight: (D,) W_d, not normalised.
        applicable: (P, I) False for n/a.
        known: (P, I) whether there is a value; only where applicable.
        value: (P, I) v in [0, 1]; nan where not known.
        required: (P, I) the required level of a condition, in its unit; nan where there is none.
        actual: (P, I) in the indicator's unit: what the target has (conditions, needs), how the practice is
            rated (merits, judgements); nan where there is none.
        low_confidence: (P, I) the ``?`` of the cells of Merits and Requirements.
        critical: (P, I) conditions whose shortfall is a barrier; only where applicable.
        home: (P,) whether the practice comes from the target.
        rating: (P, I) aggregated ratings of judgements, in the indicator's unit; nan elsewhere.
        rating_confidence: (P, I) 0 high, 1 medium, 2 low, -1 where there is no rating.
        profile_value: (I,) what the target has, in the indicator's unit; nan where not known.
        profile_confidence: (I,) 0 high, 1 medium, 2 low, -1 where not known.
        members: the weights of each member of a panel, where the study has the panel's.
    """

    target: str
    practices: tuple[str, ...]
    forms: tuple[str | None, ...]
    indicators: tuple[Indicator, ...]
    dimensions: tuple[Dimension, ...]
    dimension_index: Ints
    base_weight: Floats
    dimension_weight: Floats
    applicable: Bools
    known: Bools
    value: Floats
    required: Floats
    actual: Floats
    low_confidence: Bools
    critical: Bools
    home: Bools
    rating: Floats
    rating_confidence: Ints
    profile_value: Floats
    profile_confidence: Ints
    members: MemberWeights | None = None

    @cached_property
    def scales(self) -> Scales:
        """The indicators as arrays."""
        return Scales.of(self.indicators)

    @property
    def shape(self) -> tuple[int, int]:
        """(P, I)."""
        return len(self.practices), len(self.indicators)


def common_ground(study: Study) -> Ground:
    """What the cases of all targets have in common, to be worked out once where there are many of them."""
    return _ground(study, [(practice, None) for practice in study.practices])


def build_case(study: Study, target: str, ground: Ground | None = None) -> Case:
    """The case of all practices, as they are, in the order of the study.

    Args:
        study: a study without errors.
        target: id of an ecosystem.
        ground: the :func:`common_ground` of the same study, where it is at hand.

    Raises:
        KeyError: the study has no ecosystem ``target``.
    """
    return _build(study, target, ground or common_ground(study))


def build_adapted_case(study: Study, target: str) -> Case:
    """The case of all adapted forms, by practice in the order of the study, then by id of the adaptation.

    It is a case of its own: an adapted form never takes part in the ranking of practices (design, 4.6).

    Raises:
        KeyError: the study has no ecosystem ``target``.
    """
    forms = {(row.practice, row.adaptation) for row in study.adaptations}
    order = {practice: place for place, practice in enumerate(study.practices)}
    rows = sorted(
        (form for form in forms if form[0] in order),
        key=lambda form: (order[form[0]], form[1]),
    )
    return _build(study, target, _ground(study, rows))


def with_target_levels(case: Case, levels: Floats) -> Case:
    """The same practices for a target that has these levels on its conditions, to see what steps would do.

    Needs stay as they are: steps change what a practice meets with, not why it is wanted.

    Args:
        case: the arrays.
        levels: (I,) in the indicators' units; nan where not known.
    """
    scales = case.scales
    actual = np.where(scales.condition & case.applicable, levels, case.actual)
    value = np.where(scales.condition, _values(scales, case.required, actual), case.value)
    return replace(
        case,
        actual=actual,
        value=value,
        known=~np.isnan(value),
        profile_value=np.where(scales.condition, levels, case.profile_value),
    )


def without_indicator(case: Case, place: int) -> Case:
    """The same practices and target as if one indicator applied to none of the practices."""
    others = np.arange(len(case.indicators)) != place
    return replace(
        case,
        base_weight=np.where(others, case.base_weight, 0.0),
        applicable=case.applicable & others,
        known=case.known & others,
        value=np.where(others, case.value, np.nan),
        required=np.where(others, case.required, np.nan),
        actual=np.where(others, case.actual, np.nan),
        critical=case.critical & others,
    )


@dataclass(frozen=True, eq=False)
class _Cells:
    """The cells of a wide sheet: (P, I) arrays. ``value`` is nan for n/a and for blank cells."""

    given: Bools
    value: Floats
    critical: Bools
    low: Bools

    @property
    def not_applicable(self) -> Bools:
        return self.given & np.isnan(self.value)


def _cells(rows: Sequence[Mapping[str, Level]], column: Mapping[str, int], width: int) -> _Cells:
    """The filled cells of ``rows`` on the indicators in ``column``; others are as good as blank."""
    places: list[int] = []
    levels: list[Level] = []
    for number, row in enumerate(rows):
        start = number * width
        for id_, level in row.items():
            place = column.get(id_)
            if place is not None:
                places.append(start + place)
                levels.append(level)
    size = len(rows) * width
    given = np.zeros(size, dtype=np.bool_)
    value = np.full(size, np.nan)
    critical = np.zeros(size, dtype=np.bool_)
    low = np.zeros(size, dtype=np.bool_)
    at = np.array(places, dtype=np.intp)
    given[at] = True
    # None becomes nan: a cell that is given without a number is n/a.
    value[at] = np.array([level.value for level in levels], dtype=np.float64)
    critical[at] = [level.critical for level in levels]
    low[at] = [level.low for level in levels]
    shape = (len(rows), width)
    return _Cells(given.reshape(shape), value.reshape(shape), critical.reshape(shape), low.reshape(shape))


def _columns(framework: Framework, role: Role) -> dict[str, int]:
    return {
        indicator.id: place for place, indicator in enumerate(framework.indicators) if indicator.role is role
    }


def _requirements(study: Study, rows: Sequence[tuple[str, str | None]]) -> list[Mapping[str, Level]]:
    """The required levels of each row: the practice's own, with what its adapted form changes.

    The adapted cell replaces level and confidence; a ``!`` of the practice's own cell stays in force. A blank
    cell of an adaptation changes nothing.
    """
    changes: dict[tuple[str, str], dict[str, Level]] = {}
    for row in study.adaptations:
        if row.required is not None:
            changes.setdefault((row.practice, row.adaptation), {})[row.indicator] = row.required
    found: list[Mapping[str, Level]] = []
    for practice, form in rows:
        own = study.requirements.get(practice, _NOTHING)
        if form is None:
            found.append(own)
            continue
        adapted = dict(own)
        for indicator, level in changes.get((practice, form), _NOTHING).items():
            before = own.get(indicator)
            stays = before is not None and before.critical
            adapted[indicator] = Level(level.value, critical=level.critical or stays, low=level.low)
        found.append(adapted)
    return found


def _profile(study: Study, target: str) -> tuple[Floats, Ints]:
    """What the target has, (I,), and how firmly it is known."""
    values = study.profile.get(target, {})
    width = len(study.framework.indicators)
    value = np.full(width, np.nan)
    confidence = np.full(width, NO_CONFIDENCE, dtype=np.intp)
    for place, indicator in enumerate(study.framework.indicators):
        row = values.get(indicator.id)
        if row is not None and row.value is not None:
            value[place] = row.value
            confidence[place] = CODE[row.confidence]
    return value, confidence


def _needs(study: Study, practices: Sequence[str], scales: Scales) -> tuple[Bools, Bools]:
    """Whether a need applies to a practice, and whether its objectives are known at all, both (P, I).

    A practice with blank objectives may serve any of them: the need applies, and is unknown.
    """
    shape = (len(practices), len(study.framework.indicators))
    served = [study.practices[practice].objectives for practice in practices]
    stated = np.array([bool(objectives) for objectives in served], dtype=np.bool_)
    applies = np.ones(shape, dtype=np.bool_)
    for place in np.flatnonzero(scales.need):
        objective = study.framework.indicators[place].objective
        if objective is not None:
            serves = np.array([objective in objectives for objectives in served], dtype=np.bool_)
            applies[:, place] = serves | ~stated
    return applies, np.broadcast_to(stated[:, np.newaxis], shape)


def _ratings(
    found: Mapping[tuple[str, str], Judgement], practices: Sequence[str], framework: Framework
) -> tuple[Floats, Ints, Floats]:
    """Aggregated ratings, their confidence and the importances, all (P, I)."""
    shape = (len(practices), len(framework.indicators))
    rating = np.full(shape, np.nan)
    confidence = np.full(shape, NO_CONFIDENCE, dtype=np.intp)
    importance = np.ones(shape)
    if not found:
        return rating, confidence, importance
    column = {indicator.id: place for place, indicator in enumerate(framework.indicators)}
    rated = _columns(framework, Role.JUDGEMENT)
    rows: dict[str, list[int]] = {}
    for number, practice in enumerate(practices):
        rows.setdefault(practice, []).append(number)
    for (practice, indicator), judgement in found.items():
        place = column[indicator]
        for number in rows.get(practice, ()):
            importance[number, place] = judgement.importance
            if judgement.rating is not None and indicator in rated:
                rating[number, place] = judgement.rating
                confidence[number, place] = CODE[judgement.confidence]
    return rating, confidence, importance


@dataclass(frozen=True, eq=False)
class Ground:
    """What the cases of all targets of one study have in common; see :func:`common_ground`."""

    practices: tuple[str, ...]
    forms: tuple[str | None, ...]
    sources: tuple[str | None, ...]
    scales: Scales
    merits: _Cells
    needed: _Cells
    need_applies: Bools
    objectives_stated: Bools


def _ground(study: Study, rows: Sequence[tuple[str, str | None]]) -> Ground:
    """The common ground of the cases of these rows, each a practice and the adaptation that changes it."""
    framework = study.framework
    practices = tuple(practice for practice, _ in rows)
    scales = Scales.of(framework.indicators)
    width = len(framework.indicators)
    need_applies, objectives_stated = _needs(study, practices, scales)
    return Ground(
        practices=practices,
        forms=tuple(form for _, form in rows),
        sources=tuple(study.practices[practice].source for practice in practices),
        scales=scales,
        merits=_cells(
            [study.merits.get(practice, _NOTHING) for practice in practices],
            _columns(framework, Role.MERIT),
            width,
        ),
        needed=_cells(_requirements(study, rows), _columns(framework, Role.CONDITION), width),
        need_applies=need_applies,
        objectives_stated=objectives_stated,
    )


def _build(study: Study, target: str, ground: Ground) -> Case:
    """The case of one target."""
    if target not in study.ecosystems:
        raise KeyError(target)
    framework = study.framework
    practices, scales, merits, needed = ground.practices, ground.scales, ground.merits, ground.needed
    profile_value, profile_confidence = _profile(study, target)
    rating, rating_confidence, importance = _ratings(
        judgements(study.assessments, target, framework.indicators), practices, framework
    )

    applicable = ~(merits.not_applicable | needed.not_applicable) & ground.need_applies
    from_target = scales.condition | scales.need
    actual = np.where(from_target, profile_value, np.where(scales.merit, merits.value, rating))
    actual = np.where(applicable, actual, np.nan)
    required = needed.value
    value = _values(scales, required, actual)
    # A need can only be weighed for a practice that says which objectives it serves.
    value = np.where(scales.need & ~ground.objectives_stated, np.nan, value)

    position = {dimension.id: place for place, dimension in enumerate(framework.dimensions)}
    weight = np.array([indicator.weight for indicator in framework.indicators], dtype=np.float64)
    return Case(
        target=target,
        practices=practices,
        forms=ground.forms,
        indicators=framework.indicators,
        dimensions=framework.dimensions,
        dimension_index=np.array(
            [position[indicator.dimension] for indicator in framework.indicators], dtype=np.intp
        ),
        base_weight=np.where(applicable, weight * importance, 0.0),
        dimension_weight=np.array([dimension.weight for dimension in framework.dimensions], dtype=np.float64),
        applicable=applicable,
        known=~np.isnan(value),
        value=value,
        required=required,
        actual=actual,
        low_confidence=merits.low | needed.low,
        critical=(needed.critical | scales.critical) & applicable,
        home=np.array([source == target for source in ground.sources], dtype=np.bool_),
        rating=rating,
        rating_confidence=rating_confidence,
        profile_value=profile_value,
        profile_confidence=profile_confidence,
        members=member_weights(study),
    )


def _values(scales: Scales, required: Floats, actual: Floats) -> Floats:
    """The values v for all roles (design, section 2 and 4.2), (P, I); nan where not known."""
    level = scales.normalise(actual)
    wanted = scales.normalise(required)
    met = fit(wanted, level, scales.similar)
    # What needs nothing is met whatever the target has, even where that is not known.
    nothing_needed = scales.condition & ~scales.similar & ~below(0.0, wanted) & reaches(0.0, wanted)
    met = np.where(nothing_needed, 1.0, met)
    return np.where(scales.condition, met, np.where(scales.need, 1.0 - level, level))
