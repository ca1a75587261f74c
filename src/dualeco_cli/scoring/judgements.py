"""Several assessors' rows become one judgement (design, 4.4 and 4.10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from dualeco_cli.model.rows import Assessment, Confidence, Indicator
from dualeco_cli.scoring.agreement import CONSENSUS, is_split

#: Confidence as a number, so that the lowest confidence is the greatest number.
CODE: Mapping[Confidence, int] = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}

#: The code of something that has no confidence because it is not known.
NO_CONFIDENCE = -1


class Judgement(NamedTuple):
    """What the assessors together say of one practice on one indicator, for one target.

    ``rating`` is in the indicator's unit, None without any rating. ``confidence`` is that of the rating: low
    where the assessors are split and no consensus settles it. ``importance`` multiplies the weight.
    """

    rating: float | None
    confidence: Confidence
    importance: float


def judge(rows: Sequence[Assessment], indicator: Indicator) -> Judgement:
    """One judgement from all rows on one practice, target and indicator (design, 4.4 and 4.10).

    A consensus row with a rating wins and brings its own confidence and importance. Else the median of the
    ratings stands, with the lowest confidence of the rows that rate and the median of the importances that
    are given, be it by rows without a rating.
    """
    settled = rows[0] if len(rows) == 1 else _consensus(rows)
    if settled is not None:
        # A blank importance counts 1, as a blank confidence counts medium.
        importance = 1.0 if settled.importance is None else settled.importance
        return Judgement(settled.rating, settled.confidence, importance)
    rated = [(row.rating, row.confidence) for row in rows if row.rating is not None]
    ratings = [rating for rating, _ in rated]
    split = is_split(ratings, indicator.single_step)
    importances = [row.importance for row in rows if row.importance is not None]
    return Judgement(
        rating=float(median(ratings)) if ratings else None,
        confidence=Confidence.LOW if split else _lowest(confidence for _, confidence in rated),
        importance=float(median(importances)) if importances else 1.0,
    )


def judgements(
    assessments: Iterable[Assessment], target: str, indicators: Iterable[Indicator]
) -> dict[tuple[str, str], Judgement]:
    """All judgements for one target, by (practice, indicator), in the order of their first rows.

    Rows on indicators that the framework does not have are left out. A row on an indicator that is no
    judgement is kept for its importance.
    """
    known = {indicator.id: indicator for indicator in indicators}
    rows: dict[tuple[str, str], list[Assessment]] = {}
    for row in assessments:
        if row.target == target and row.indicator in known:
            rows.setdefault((row.practice, row.indicator), []).append(row)
    return {unit: judge(given, known[unit[1]]) for unit, given in rows.items()}


def _consensus(rows: Iterable[Assessment]) -> Assessment | None:
    for row in rows:
        if row.assessor == CONSENSUS and row.rating is not None:
            return row
    return None


def _lowest(confidences: Iterable[Confidence]) -> Confidence:
    return max(confidences, key=CODE.__getitem__, default=Confidence.MEDIUM)
