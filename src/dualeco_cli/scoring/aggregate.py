"""From values to scores: effective weights, power means, bounds and coverage (design, 4.3 and 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dualeco_cli.scoring.case import Case
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints

#: For q ≤ 0 a value below this counts as this: one zero weighs heavily without erasing all else.
LEAST_VALUE = 0.01

#: So near to 0 an exponent gives the geometric mean to the last digit; nearer still, its powers underflow.
NEARLY_ZERO = 1e-15

#: The exponents that have a name.
NAMED_EXPONENTS = {"full": 1.0, "partial": 0.0, "none": -np.inf}


def exponent(compensation: float | str) -> float:
    """The exponent q of the mean: full is 1, partial 0, none −∞, a number is itself (design, 4.3).

    Raises:
        ValueError: a word that is none of these, or a number above 1 or nan.
    """
    if isinstance(compensation, str):
        if compensation not in NAMED_EXPONENTS:
            raise ValueError(
                f"compensation is {' or '.join(NAMED_EXPONENTS)} or a number, not {compensation}"
            )
        return NAMED_EXPONENTS[compensation]
    q = float(compensation)
    if not q <= 1:
        raise ValueError(f"compensation is a number of at most 1, not {compensation}")
    return q


def compensation(q: float) -> float | Literal["none"]:
    """The exponent as reports print it: −∞ is "none" (design, section 6)."""
    return "none" if q == -np.inf else q


def dimension_sums(number: Floats, dimension_index: Ints, dimensions: int) -> Floats:
    """Sums over the indicators of each dimension, (…, I) to (…, D).

    Each row is summed by itself in the order of its indicators, so that rows that are equal stay equal to the
    last bit wherever they stand; a matrix product would not promise that.
    """
    sums = np.zeros((*number.shape[:-1], dimensions))
    for place, dimension in enumerate(dimension_index):
        sums[..., dimension] += number[..., place]
    return sums


def effective_weights(base_weight: Floats, dimension_index: Ints, dimension_weight: Floats) -> Floats:
    """ω, the share of each indicator in the whole (design, 4.3).

    Weights are normalised over what applies: within the dimension, then over the dimensions with anything
    that applies and weighs something.

    Args:
        base_weight: (…, I) weight within the dimension times importance, 0 where the indicator does not
            apply.
        dimension_index: (I,) the dimension of each indicator.
        dimension_weight: (D,) W_d, or (…, D).

    Returns:
        (…, I) weights that sum to 1 along the last axis; all 0 where nothing that applies weighs anything.
    """
    dimensions = dimension_weight.shape[-1]
    within = dimension_sums(base_weight, dimension_index, dimensions)
    share = np.where(within > 0, dimension_weight, 0.0)
    total = share.sum(axis=-1, keepdims=True)
    share = np.divide(share, total, out=np.zeros_like(share), where=total > 0)
    # Divided first: the products of very small weights would vanish.
    portion = np.divide(
        base_weight,
        within[..., dimension_index],
        out=np.zeros_like(base_weight),
        where=base_weight > 0,
    )
    return np.asarray(portion * share[..., dimension_index], dtype=np.float64)


def power_mean(value: Floats, weight: Floats, q: float) -> Floats:
    """M_q(v; ω) = (Σ ω v^q / Σ ω)^(1/q) along the last axis (design, 4.3).

    q = 1 is the arithmetic mean, 0 the geometric, −1 the harmonic one and −∞ the minimum. For q ≤ 0 a value
    below 0.01 counts as 0.01. What weighs nothing does not enter, whatever its value, nan included.

    Args:
        value: (…, I) in [0, 1].
        weight: (…, I), at least 0.
        q: at most 1.

    Returns:
        (…): in [0, 1]; nan where nothing weighs anything.
    """
    enters = weight > 0
    total = weight.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        share = weight / total[..., np.newaxis]
    if q == 1:
        mean = (share * np.where(enters, value, 0.0)).sum(axis=-1)
    else:
        mean = _curved_mean(np.where(enters, value, 1.0), np.where(enters, share, 0.0), enters, q)
    return np.asarray(np.where(total > 0, np.clip(mean, 0.0, 1.0), np.nan), dtype=np.float64)


def _curved_mean(value: Floats, share: Floats, enters: Bools, q: float) -> Floats:
    """The mean for q < 1. ``share`` sums to 1 and is 0 where ``enters`` is False."""
    if q <= 0:
        value = np.maximum(value, LEAST_VALUE)
    if q == -np.inf:
        return np.asarray(np.where(enters, value, np.inf).min(axis=-1, initial=1.0), dtype=np.float64)
    with np.errstate(divide="ignore"):
        log = np.log(value)
    if abs(q) < NEARLY_ZERO:
        return np.asarray(np.exp((share * log).sum(axis=-1)), dtype=np.float64)
    # Scaled by the value that counts most (the least for q < 0), no power exceeds 1 and none overflows.
    if q < 0:
        scale = np.where(enters, log, np.inf).min(axis=-1, initial=0.0)
    else:
        scale = np.where(enters, log, -np.inf).max(axis=-1, initial=-np.inf)
    scale = np.where(np.isfinite(scale), scale, 0.0)
    with np.errstate(over="ignore"):
        powers = q * (log - scale[..., np.newaxis])
    # Near q = 0 all powers are near 1: what they differ from it must be summed, or its digits are lost.
    excess = (share * np.expm1(powers)).sum(axis=-1)
    whole = (share * np.exp(powers)).sum(axis=-1)
    with np.errstate(divide="ignore"):
        log_sum = np.where(excess > -0.5, np.log1p(np.maximum(excess, -0.5)), np.log(whole))
    return np.asarray(np.exp(scale + log_sum / q), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Scores:
    """What aggregation gives for P rows of D dimensions and I indicators. Scores and bounds are on 0-100.

    Attributes:
        weight: (P, I) ω over what applies; 0 where not.
        coverage: (P,) share of the weight that is known, 0-1; 0 where nothing applies.
        score: (P,) over what is known; nan where nothing known weighs anything.
        lower: (P,) with every unknown value at 0; nan where nothing that applies weighs anything.
        upper: (P,) with every unknown value at 1.
        contribution: (P, I) points of the score that come from each known indicator; nan where there are
            none, and everywhere for q ≠ 1.
        dimension_weight: (P, D) sums of ``weight``.
        dimension_score: (P, D), as ``score`` over the dimension's indicators, by their weights within it.
        dimension_lower: (P, D).
        dimension_upper: (P, D).
    """

    weight: Floats
    coverage: Floats
    score: Floats
    lower: Floats
    upper: Floats
    contribution: Floats
    dimension_weight: Floats
    dimension_score: Floats
    dimension_lower: Floats
    dimension_upper: Floats


def aggregate(case: Case, q: float) -> Scores:
    """All scores of a case for the exponent q (design, 4.3 and 4.4)."""
    dimensions = len(case.dimensions)
    weight = effective_weights(case.base_weight, case.dimension_index, case.dimension_weight)
    known_weight = np.where(case.known, weight, 0.0)
    worst = np.where(case.known, case.value, 0.0)
    best = np.where(case.known, case.value, 1.0)

    by_dimension = np.full((3, case.shape[0], dimensions), np.nan)
    for place in range(dimensions):
        members = np.flatnonzero(case.dimension_index == place)
        # take keeps each row's numbers side by side; plain indexing would not.
        within = case.base_weight.take(members, axis=1)
        known = case.known.take(members, axis=1)
        by_dimension[0, :, place] = power_mean(
            case.value.take(members, axis=1), np.where(known, within, 0.0), q
        )
        by_dimension[1, :, place] = power_mean(worst.take(members, axis=1), within, q)
        by_dimension[2, :, place] = power_mean(best.take(members, axis=1), within, q)

    total = known_weight.sum(axis=1, keepdims=True)
    contribution = np.full(case.shape, np.nan)
    if q == 1:
        np.divide(100.0 * weight * case.value, total, out=contribution, where=case.known & (total > 0))
    return Scores(
        weight=weight,
        coverage=total[:, 0],
        score=100.0 * power_mean(case.value, known_weight, q),
        lower=100.0 * power_mean(worst, weight, q),
        upper=100.0 * power_mean(best, weight, q),
        contribution=contribution,
        dimension_weight=dimension_sums(weight, case.dimension_index, dimensions),
        dimension_score=100.0 * by_dimension[0],
        dimension_lower=100.0 * by_dimension[1],
        dimension_upper=100.0 * by_dimension[2],
    )
