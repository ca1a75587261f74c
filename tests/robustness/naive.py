"""The simulation once more, written straight from the design: plain loops, one draw at a time, no arrays.

It shares no code with the engine but the models: only the random numbers are numpy's, those of its default
generator. Slow, and meant to be read beside the design, 4.7.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from dualeco_cli.model.result import Method
from dualeco_cli.model.rows import Confidence, Indicator, Match, Role
from dualeco_cli.model.study import Study

STEP = {Confidence.HIGH: 0.0, Confidence.MEDIUM: 0.10, Confidence.LOW: 0.25}
REACH = {Confidence.HIGH: 0.0, Confidence.MEDIUM: 0.05, Confidence.LOW: 0.15}
ORDER = [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW]
TINY = 1e-9


@dataclass
class Draws:
    """What came out, by practice. ``score`` holds a number per draw."""

    score: dict[str, list[float]] = field(default_factory=dict)
    classes: dict[str, dict[str, int]] = field(default_factory=dict)
    barriers: dict[str, dict[str, int]] = field(default_factory=dict)
    ranks: dict[str, list[int]] = field(default_factory=dict)
    wins: dict[tuple[str, str], float] = field(default_factory=dict)
    leading: dict[str, list[list[float]]] = field(default_factory=dict)


def n(indicator: Indicator, x: float) -> float:
    return min(1.0, max(0.0, (x - indicator.worst) / (indicator.best - indicator.worst)))


def moved(rng: np.random.Generator, indicator: Indicator, level: float, confidence: Confidence) -> float:
    """A level from 0 at worst to 1 at best, drawn anew."""
    if indicator.step == 0:
        level += rng.uniform(-1, 1) * REACH[confidence]
    else:
        step = indicator.step / abs(indicator.best - indicator.worst)
        u = rng.uniform()
        if u < STEP[confidence]:
            level -= step
        elif u < 2 * STEP[confidence]:
            level += step
    return min(1.0, max(0.0, level))


def mean(pairs: list[tuple[float, float]], q: float) -> float:
    pairs = [(w, v if q > 0 else max(v, 0.01)) for w, v in pairs if w > 0]
    total = sum(w for w, _ in pairs)
    if q == -math.inf:
        return min(v for _, v in pairs)
    if q == 0:
        return math.exp(sum(w * math.log(v) for w, v in pairs) / total)
    if abs(q) < 1e-3:
        # The powers are all but 1: what they differ from it is summed.
        small = sum(w * (math.expm1(q * math.log(v)) if v > 0 else -1.0) for w, v in pairs) / total
        return math.exp(math.log1p(small) / q) if small > -1 else 0.0
    scale = min(v for _, v in pairs) if q < 0 else 1.0
    return scale * float((sum(w * (v / scale) ** q for w, v in pairs) / total) ** (1 / q))


class Simulation:
    """One target of one study."""

    def __init__(self, study: Study, target: str, method: Method, rng: np.random.Generator) -> None:
        self.study, self.target, self.method, self.rng = study, target, method, rng
        self.indicators = study.framework.indicators
        self.dimensions = study.framework.dimensions
        q = method.compensation
        self.q = -math.inf if q == "none" else float(q)

    def judged(self, practice: str, indicator: Indicator) -> tuple[float | None, Confidence, float]:
        """Rating, confidence and importance; there is no consensus in these studies."""
        rows = [
            r
            for r in self.study.assessments
            if (r.practice, r.target, r.indicator) == (practice, self.target, indicator.id)
        ]
        rated = [r for r in rows if r.rating is not None]
        ratings = [r.rating for r in rated if r.rating is not None]
        given = [r.importance for r in rows if r.importance is not None]
        importance = median(given) if given else 1.0
        if not ratings:
            return None, Confidence.HIGH, importance
        middle = median(ratings)
        step = indicator.step or abs(indicator.best - indicator.worst) / 20
        far = sum(abs(r - middle) > step + TINY for r in ratings)
        confidence = max((r.confidence for r in rated), key=ORDER.index)
        if len(ratings) > 1 and 3 * far >= len(ratings):
            confidence = Confidence.LOW
        return middle, confidence, importance

    def draw_weights(self) -> tuple[dict[str, float], dict[str, float]]:
        def one(weight: float) -> float:
            u = self.method.weight_spread
            if self.method.weights == "any":
                return float(self.rng.gamma(1.0)) if weight > 0 else 0.0
            return weight * float(self.rng.uniform(1 - u, 1 + u))

        dimensions = {d.id: one(d.weight) for d in self.dimensions}
        total = sum(dimensions.values())
        dimensions = {d: w / total for d, w in dimensions.items()}
        return dimensions, {i.id: one(i.weight) for i in self.indicators}

    def draw_profile(self) -> dict[str, float]:
        rows = self.study.profile.get(self.target, {})
        return {
            i.id: moved(self.rng, i, n(i, rows[i.id].value or 0.0), rows[i.id].confidence)
            for i in self.indicators
            if i.id in rows and rows[i.id].value is not None
        }

    def cell(
        self, practice: str, indicator: Indicator, profile: dict[str, float], *, still: bool
    ) -> tuple[bool, float | None]:
        """Whether the indicator applies, and its value; ``still`` leaves the practice's own number alone."""

        def own(level: float, confidence: Confidence) -> float:
            return level if still else moved(self.rng, indicator, level, confidence)

        has = profile.get(indicator.id)
        if indicator.role is Role.JUDGEMENT:
            rating, confidence, _ = self.judged(practice, indicator)
            return True, None if rating is None else own(n(indicator, rating), confidence)
        if indicator.role is Role.NEED:
            objectives = self.study.practices[practice].objectives
            if objectives and indicator.objective not in objectives:
                return False, None
            return True, None if has is None or not objectives else 1 - has
        sheet = self.study.merits if indicator.role is Role.MERIT else self.study.requirements
        level = sheet.get(practice, {}).get(indicator.id)
        if level is None:
            return True, None
        if level.value is None:
            return False, None
        sure = Confidence.LOW if level.low else Confidence.HIGH
        if indicator.role is Role.MERIT:
            return True, own(n(indicator, level.value), sure)
        wanted = n(indicator, level.value)
        if has is None:
            # Known without the target only because nothing is required; it stays known, so it stays met.
            met = indicator.match is Match.AT_LEAST and wanted <= TINY
            return True, 1.0 if met else None
        wanted = own(wanted, sure)
        return True, 1 - (abs(wanted - has) if indicator.match is Match.SIMILAR else max(0.0, wanted - has))

    def decides(self, practice: str, indicator: Indicator) -> bool:
        if indicator.role is Role.CONDITION:
            level = self.study.requirements.get(practice, {}).get(indicator.id)
            return indicator.critical or (level is not None and level.critical)
        return indicator.role in {Role.MERIT, Role.JUDGEMENT} and indicator.floor is not None

    def is_barrier(self, practice: str, indicator: Indicator, value: float) -> bool:
        if not self.decides(practice, indicator):
            return False
        if indicator.role is Role.CONDITION:
            return value < (0.95 if indicator.step == 0 else 1.0) - TINY
        return value < n(indicator, indicator.floor or 0.0) - TINY

    def weigh(
        self, practice: str, applies: list[bool], weights: tuple[dict[str, float], dict[str, float]]
    ) -> list[float]:
        """Effective weights (design, 4.3)."""
        base = [
            weights[1][i.id] * self.judged(practice, i)[2] if a else 0.0
            for i, a in zip(self.indicators, applies, strict=True)
        ]
        within = {
            d.id: sum(b for i, b in zip(self.indicators, base, strict=True) if i.dimension == d.id)
            for d in self.dimensions
        }
        total = sum(weights[0][d] for d, w in within.items() if w > 0)
        return [
            b / within[i.dimension] * weights[0][i.dimension] / total if b > 0 and total > 0 else 0.0
            for i, b in zip(self.indicators, base, strict=True)
        ]

    def score(self, weights: list[float], values: list[float | None]) -> float | None:
        pairs = [(w, v) for w, v in zip(weights, values, strict=True) if v is not None and w > 0]
        return 100 * mean(pairs, self.q) if pairs else None

    def still(self) -> dict[str, tuple[float | None, float, bool, bool]]:
        """The point result: score, coverage, open questions and whether there is a barrier."""
        weights = (
            {d.id: d.weight for d in self.dimensions},
            {i.id: i.weight for i in self.indicators},
        )
        rows = self.study.profile.get(self.target, {})
        profile = {id_: n(self._by_id(id_), row.value) for id_, row in rows.items() if row.value is not None}
        found = {}
        for practice in self.study.practices:
            cells = [self.cell(practice, i, profile, still=True) for i in self.indicators]
            omega = self.weigh(practice, [a for a, _ in cells], weights)
            coverage = sum(w for w, (_, v) in zip(omega, cells, strict=True) if v is not None)
            asks = any(
                a and v is None and self.decides(practice, i)
                for i, (a, v) in zip(self.indicators, cells, strict=True)
            )
            barred = any(
                v is not None and self.is_barrier(practice, i, v)
                for i, (_, v) in zip(self.indicators, cells, strict=True)
            )
            found[practice] = (self.score(omega, [v for _, v in cells]), coverage, asks, barred)
        return found

    def _by_id(self, id_: str) -> Indicator:
        return next(i for i in self.indicators if i.id == id_)

    def class_of(self, practice: str, score: float | None, point: tuple[object, ...], barred: bool) -> str:
        _, coverage, asks, _ = point
        method = self.method
        assert isinstance(coverage, float | int)
        if self.study.practices[practice].source == self.target:
            return "home"
        if barred:
            return "blocked"
        if score is None or coverage < method.min_coverage - TINY:
            return "insufficient-evidence"
        if score < method.adaptable_from - TINY:
            return "not-yet"
        if asks:
            return "conditional"
        return "transferable" if score >= method.transferable_from - TINY else "adaptable"

    def run(self, draws: int) -> Draws:
        point = self.still()
        found = Draws()
        practices = list(self.study.practices)
        ranked = [
            p
            for p in practices
            if self.class_of(p, point[p][0], point[p], point[p][3])
            not in {"home", "blocked", "insufficient-evidence"}
        ]
        for p in practices:
            found.score[p], found.classes[p], found.barriers[p] = [], {}, {}
            found.ranks[p], found.leading[p] = [], []
        for _ in range(draws):
            weights, profile = self.draw_weights(), self.draw_profile()
            scores = {p: self.one(p, weights, profile, point[p], found) for p in practices}
            order = {p: s for p, s in scores.items() if p in ranked and s is not None}
            for p, s in order.items():
                better = sum(other > s + TINY for other in order.values())
                found.ranks[p].append(better + 1)
                if better == 0:
                    found.leading[p].append(list(weights[0].values()))
                for o, other in order.items():
                    half = 0.5 if abs(s - other) <= TINY else float(s > other)
                    found.wins[p, o] = found.wins.get((p, o), 0.0) + half
        return found

    def one(
        self,
        practice: str,
        weights: tuple[dict[str, float], dict[str, float]],
        profile: dict[str, float],
        point: tuple[float | None, float, bool, bool],
        found: Draws,
    ) -> float | None:
        cells = [self.cell(practice, i, profile, still=False) for i in self.indicators]
        barred = [
            i.id
            for i, (_, v) in zip(self.indicators, cells, strict=True)
            if v is not None and self.is_barrier(practice, i, v)
        ]
        score = self.score(self.weigh(practice, [a for a, _ in cells], weights), [v for _, v in cells])
        for id_ in barred:
            found.barriers[practice][id_] = found.barriers[practice].get(id_, 0) + 1
        class_ = self.class_of(practice, score, point, bool(barred))
        found.classes[practice][class_] = found.classes[practice].get(class_, 0) + 1
        if score is not None:
            found.score[practice].append(score)
        return score
