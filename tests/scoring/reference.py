"""The method once more, written straight from the design, to hold the engine against.

Plain loops, no arrays; numbers are fractions, and for q other than 1 decimals of 60 digits, so that nothing
here rounds, overflows or cancels. It shares no code with the engine except the models.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import median

from dualeco_cli.model.result import Method
from dualeco_cli.model.rows import Assessment, Confidence, Indicator, Level, Match, Role
from dualeco_cli.model.study import Study

EQUAL = Fraction(1, 10**9)
LEAST = Fraction(1, 100)


def less(a: Fraction, b: Fraction) -> bool:
    return a < b - EQUAL


def exact(number: float) -> Fraction:
    return Fraction(number)


def clip(x: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(0), x))


def n(indicator: Indicator, x: Fraction) -> Fraction:
    return clip((x - exact(indicator.worst)) / (exact(indicator.best) - exact(indicator.worst)))


def as_decimal(x: Fraction) -> Decimal:
    return Decimal(x.numerator) / Decimal(x.denominator)


def mean(pairs: list[tuple[Fraction, Fraction]], q: float | str) -> Fraction | None:
    """M_q of (weight, value); None without any weight."""
    pairs = [(w, v) for w, v in pairs if w > 0]
    if not pairs:
        return None
    total = sum((w for w, _ in pairs), Fraction(0))
    if q == 1:
        return sum((w * v for w, v in pairs), Fraction(0)) / total
    floored = [(w, max(v, LEAST)) for w, v in pairs]
    if q == "none":
        return min(v for _, v in floored)
    assert isinstance(q, float)
    with localcontext() as context:
        context.prec = 60
        context.Emax, context.Emin = 10**12, -(10**12)
        if q == 0:
            logs = sum((as_decimal(w / total) * as_decimal(v).ln() for w, v in floored), Decimal(0))
            return Fraction(logs.exp())
        used = pairs if q > 0 else floored
        exponent = Decimal(q)
        powers = sum(
            (as_decimal(w / total) * as_decimal(v) ** exponent for w, v in used if v > 0), Decimal(0)
        )
        found = powers ** (1 / exponent) if powers else Decimal(0)
        # A fraction would write out all zeros of what is nothing: 0.5 to the 10⁹.
        return Fraction(found) if found > Decimal("1e-40") else Fraction(0)


@dataclass
class Cell:
    """One indicator of one practice."""

    indicator: Indicator
    status: str
    value: Fraction | None = None
    required: Fraction | None = None
    actual: Fraction | None = None
    critical: bool = False
    base: Fraction = Fraction(1)
    weight: Fraction = Fraction(0)


def judged(rows: list[Assessment]) -> tuple[float | None, float]:
    """Rating and importance."""
    for one in rows:
        if one.assessor == "consensus" and one.rating is not None:
            return one.rating, one.importance or 1.0
    ratings = [one.rating for one in rows if one.rating is not None]
    importances = [one.importance for one in rows if one.importance is not None]
    return (median(ratings) if ratings else None), (median(importances) if importances else 1.0)


def split(rows: list[Assessment], indicator: Indicator) -> bool:
    ratings = [one.rating for one in rows if one.rating is not None and one.assessor != "consensus"]
    if len(ratings) < 2:
        return False
    middle = exact(median(ratings))
    step = exact(indicator.step) or abs(exact(indicator.best) - exact(indicator.worst)) / 20
    far = [r for r in ratings if less(step, abs(exact(r) - middle))]
    return Fraction(len(far), len(ratings)) >= Fraction(1, 3)


def confidence(rows: list[Assessment], indicator: Indicator) -> Confidence | None:
    for one in rows:
        if one.assessor == "consensus" and one.rating is not None:
            return one.confidence
    rated = [one.confidence for one in rows if one.rating is not None]
    if not rated:
        return None
    if split(rows, indicator) or Confidence.LOW in rated:
        return Confidence.LOW
    return Confidence.MEDIUM if Confidence.MEDIUM in rated else Confidence.HIGH


def assessments_of(study: Study, practice: str, target: str, indicator: str) -> list[Assessment]:
    return [
        one
        for one in study.assessments
        if (one.practice, one.target, one.indicator) == (practice, target, indicator)
    ]


def requirements_of(study: Study, practice: str, form: str | None) -> dict[str, Level]:
    levels = dict(study.requirements.get(practice, {}))
    for one in study.adaptations:
        if (one.practice, one.adaptation) == (practice, form) and one.required is not None:
            own = study.requirements.get(practice, {}).get(one.indicator)
            critical = one.required.critical or (own is not None and own.critical)
            levels[one.indicator] = Level(one.required.value, critical=critical, low=one.required.low)
    return levels


def cells_of(study: Study, practice: str, target: str, form: str | None) -> list[Cell]:
    """All indicators of one practice, with effective weights."""
    cells = []
    requirements = requirements_of(study, practice, form)
    for indicator in study.framework.indicators:
        cell = one_cell(study, practice, target, indicator, requirements)
        rows = assessments_of(study, practice, target, indicator.id)
        cell.base = exact(indicator.weight) * exact(judged(rows)[1])
        cells.append(cell)
    weigh(study, cells)
    return cells


def one_cell(
    study: Study, practice: str, target: str, indicator: Indicator, requirements: dict[str, Level]
) -> Cell:
    there = study.profile.get(target, {}).get(indicator.id)
    has = None if there is None or there.value is None else exact(there.value)
    if indicator.role is Role.MERIT:
        level = study.merits.get(practice, {}).get(indicator.id)
        if level is None:
            return Cell(indicator, "unknown")
        if level.value is None:
            return Cell(indicator, "n/a")
        return Cell(indicator, "known", n(indicator, exact(level.value)), actual=exact(level.value))
    if indicator.role is Role.JUDGEMENT:
        rating, _ = judged(assessments_of(study, practice, target, indicator.id))
        if rating is None:
            return Cell(indicator, "unknown")
        return Cell(indicator, "known", n(indicator, exact(rating)), actual=exact(rating))
    if indicator.role is Role.NEED:
        objectives = study.practices[practice].objectives
        if objectives and indicator.objective not in objectives:
            return Cell(indicator, "n/a")
        if not objectives or has is None:
            return Cell(indicator, "unknown", actual=has)
        return Cell(indicator, "known", 1 - n(indicator, has), actual=has)
    return condition_cell(indicator, requirements.get(indicator.id), has)


def condition_cell(indicator: Indicator, level: Level | None, has: Fraction | None) -> Cell:
    critical = indicator.critical or (level is not None and level.critical)
    if level is None:
        return Cell(indicator, "unknown", actual=has, critical=critical)
    if level.value is None:
        return Cell(indicator, "n/a")
    required = exact(level.value)
    r = n(indicator, required)
    if indicator.match is Match.AT_LEAST and r <= EQUAL:
        return Cell(indicator, "known", Fraction(1), required, has, critical)
    if has is None:
        return Cell(indicator, "unknown", None, required, None, critical)
    return Cell(indicator, "known", fit(indicator, required, has), required, has, critical)


def fit(indicator: Indicator, required: Fraction, has: Fraction) -> Fraction:
    r, a = n(indicator, required), n(indicator, has)
    return 1 - (abs(r - a) if indicator.match is Match.SIMILAR else max(Fraction(0), r - a))


def weigh(study: Study, cells: list[Cell]) -> None:
    within: dict[str, Fraction] = {}
    for cell in cells:
        if cell.status != "n/a":
            id_ = cell.indicator.dimension
            within[id_] = within.get(id_, Fraction(0)) + cell.base
    weights = {d.id: exact(d.weight) for d in study.framework.dimensions if within.get(d.id, 0) > 0}
    total = sum(weights.values(), Fraction(0))
    for cell in cells:
        id_ = cell.indicator.dimension
        if cell.status != "n/a" and within[id_] > 0 and total > 0:
            cell.weight = weights[id_] / total * cell.base / within[id_]


@dataclass
class Rated:
    """What the reference says of one practice."""

    practice: str
    form: str | None
    cells: list[Cell]
    score: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    coverage: Fraction
    barriers: list[str]
    open_questions: list[str]
    class_: str
    rank: int | None = None


def is_barrier(cell: Cell) -> bool:
    if cell.value is None:
        return False
    indicator = cell.indicator
    if indicator.role is Role.CONDITION:
        limit = Fraction(95, 100) if indicator.step == 0 else Fraction(1)
        return cell.critical and less(cell.value, limit)
    if indicator.role is Role.NEED or indicator.floor is None:
        return False
    return less(cell.value, n(indicator, exact(indicator.floor)))


def is_open(cell: Cell) -> bool:
    if cell.status != "unknown":
        return False
    if cell.indicator.role in {Role.MERIT, Role.JUDGEMENT}:
        return cell.indicator.floor is not None
    return cell.critical


def hundred(x: Fraction | None) -> Fraction | None:
    return None if x is None else 100 * x


def bound(cells: list[Cell], q: float | str, unknown: Fraction, *, own: bool = False) -> Fraction | None:
    return hundred(
        mean(
            [
                (c.base if own else c.weight, unknown if c.value is None else c.value)
                for c in cells
                if c.status != "n/a"
            ],
            q,
        )
    )


def known_mean(cells: list[Cell], q: float | str, *, own: bool = False) -> Fraction | None:
    return hundred(mean([(c.base if own else c.weight, c.value) for c in cells if c.value is not None], q))


def class_of(rated: Rated, *, home: bool, method: Method) -> str:
    if home:
        return "home"
    if rated.barriers:
        return "blocked"
    if rated.score is None or less(rated.coverage, exact(method.min_coverage)):
        return "insufficient-evidence"
    if less(rated.score, exact(method.adaptable_from)):
        return "not-yet"
    if rated.open_questions:
        return "conditional"
    if not less(rated.score, exact(method.transferable_from)):
        return "transferable"
    return "adaptable"


def rate(study: Study, practice: str, target: str, method: Method, form: str | None = None) -> Rated:
    cells = cells_of(study, practice, target, form)
    q = method.compensation
    rated = Rated(
        practice,
        form,
        cells,
        known_mean(cells, q),
        bound(cells, q, Fraction(0)),
        bound(cells, q, Fraction(1)),
        sum((cell.weight for cell in cells if cell.status == "known"), Fraction(0)),
        [cell.indicator.id for cell in cells if is_barrier(cell)],
        [cell.indicator.id for cell in cells if is_open(cell)],
        "",
    )
    rated.class_ = class_of(rated, home=study.practices[practice].source == target, method=method)
    return rated


def rank(study: Study, target: str, method: Method) -> list[Rated]:
    """All practices in the order of the report."""
    rated = [rate(study, practice, target, method) for practice in study.practices]
    out = {"home", "blocked", "insufficient-evidence"}
    ranked = [one for one in rated if one.class_ not in out]
    others = [one for one in rated if one.class_ in out and one.score is not None]
    last = [one for one in rated if one.class_ in out and one.score is None]

    def beaten_by(one: Rated, group: list[Rated]) -> int:
        assert one.score is not None
        return sum(1 for two in group if two.score is not None and less(one.score, two.score))

    for one in ranked:
        one.rank = 1 + beaten_by(one, ranked)
    return [
        *sorted(ranked, key=lambda one: (one.rank, one.practice)),
        *sorted(others, key=lambda one: (beaten_by(one, others), one.practice)),
        *sorted(last, key=lambda one: one.practice),
    ]


BEST = ["transferable", "conditional", "adaptable", "not-yet", "insufficient-evidence", "blocked", "home"]


def adaptations(study: Study, practice: str, target: str, method: Method) -> tuple[list[Rated], str | None]:
    """The adapted forms by id, and the id of the best one."""
    ids = sorted({one.adaptation for one in study.adaptations if one.practice == practice})
    forms = [rate(study, practice, target, method, form) for form in ids]
    best: Rated | None = None
    for form in forms:
        if best is None or better(form, best):
            best = form
    return forms, None if best is None else best.form


def better(one: Rated, other: Rated) -> bool:
    if one.class_ != other.class_:
        return BEST.index(one.class_) < BEST.index(other.class_)
    if one.score is None:
        return False
    return other.score is None or less(other.score, one.score)


@dataclass
class Way:
    """A path, found by trying everything. ``steps`` are (indicator, from, to)."""

    to: str | None
    effort: Fraction | None = None
    score: Fraction | None = None
    steps: tuple[tuple[str, Fraction, Fraction], ...] = ()


def stops(cell: Cell) -> list[Fraction]:
    """What the target may have on a condition, from today to what is required."""
    assert cell.required is not None
    assert cell.actual is not None
    i = cell.indicator
    low, high = sorted((exact(i.worst), exact(i.best)))
    end = min(high, max(low, cell.required))
    step = exact(i.step) or abs(exact(i.best) - exact(i.worst)) / 20
    found = [cell.actual]
    while less(EQUAL, abs(end - found[-1])):
        rest = end - found[-1]
        found.append(end if abs(rest) <= step + EQUAL else found[-1] + (step if rest > 0 else -step))
    return found


def path(rated: Rated, method: Method, *, most: int = 20_000) -> Way | None:
    """The path of the design, 4.8 and 4.10; None where there is too much to try."""
    high, low = exact(method.transferable_from), exact(method.adaptable_from)
    if rated.class_ in {"home", "transferable", "insufficient-evidence"}:
        return Way(None)
    short = rated.score is None or less(rated.score, high)
    if rated.class_ == "not-yet" or (rated.class_ == "blocked" and short):
        to, threshold = "adaptable", low
    else:
        to, threshold = "transferable", high
    moving = [
        cell
        for cell in rated.cells
        if cell.indicator.role is Role.CONDITION and cell.value is not None and less(cell.value, Fraction(1))
    ]
    choices = [stops(cell) for cell in moving]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > most:
        return None
    original = [cell.value for cell in moving]
    ways = []
    for counts in itertools.product(*(range(len(choice)) for choice in choices)):
        for cell, choice, count, value in zip(moving, choices, counts, original, strict=True):
            assert cell.required is not None
            cell.value = value if count == 0 else fit(cell.indicator, cell.required, choice[count])
        effort = sum(
            (exact(cell.indicator.effort) * count for cell, count in zip(moving, counts, strict=True)),
            Fraction(0),
        )
        ways.append((effort, counts, any(is_barrier(cell) for cell in rated.cells)))
    for cell, value in zip(moving, original, strict=True):
        cell.value = value
    return cheapest(rated, method, moving, choices, ways, to, threshold)


def cheapest(
    rated: Rated,
    method: Method,
    moving: list[Cell],
    choices: list[list[Fraction]],
    ways: list[tuple[Fraction, tuple[int, ...], bool]],
    to: str,
    threshold: Fraction,
) -> Way:
    original = [cell.value for cell in moving]

    def score_of(counts: tuple[int, ...]) -> Fraction | None:
        for cell, choice, count, value in zip(moving, choices, counts, original, strict=True):
            assert cell.required is not None
            cell.value = value if count == 0 else fit(cell.indicator, cell.required, choice[count])
        score = known_mean(rated.cells, method.compensation)
        for cell, value in zip(moving, original, strict=True):
            cell.value = value
        return score

    found: list[tuple[Fraction, Fraction, tuple[int, ...]]] = []
    for effort, counts, blocked in sorted(ways):
        if found and less(found[0][0], effort):
            break
        if blocked:
            continue
        score = score_of(counts)
        if score is not None and not less(score, threshold):
            found.append((effort, score, counts))
    if not found:
        return Way(to)
    top = max(score for _, score, _ in found)
    effort, score, counts = min((way for way in found if not less(way[1], top)), key=lambda way: way[2])
    steps = tuple(
        (cell.indicator.id, choice[0], choice[count])
        for cell, choice, count in zip(moving, choices, counts, strict=True)
        if count
    )
    return Way(to, effort, score, steps)
