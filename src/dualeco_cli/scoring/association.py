"""How far two rankings go together: Kendall's tau-b, and the area under the ROC curve (design, 4.9)."""

from __future__ import annotations

import math

import numpy as np

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints


def kendall_tau_b(one: Floats, other: Floats) -> float | None:
    """Kendall's tau-b: (concordant − discordant pairs) / √(pairs not tied in one · pairs not tied in other).

    Numbers within 1e-9 of their neighbour in order are tied. Counts the pairs exactly, in O(n log² n).

    Args:
        one: shape (n,), without nan.
        other: shape (n,), without nan.

    Returns:
        Between −1 and 1; None where it is not defined: all numbers of one side are tied, or n < 2.

    Raises:
        ValueError: the shapes differ.
    """
    if one.shape != other.shape:
        raise ValueError(f"two rankings of {one.size} and {other.size} things cannot be compared")
    a, b = dense(one), dense(other)
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    pairs = len(a) * (len(a) - 1) // 2
    tied_a, tied_b, tied_both = _ties(a), _ties(b), _ties(a * (len(b) + 1) + b)
    if max(tied_a, tied_b) == pairs:
        return None
    # Within ties of a, b ascends: those pairs are no inversions.
    discordant = _inversions(b)
    untied = pairs - tied_a - tied_b + tied_both
    tau = (untied - 2 * discordant) / math.sqrt((pairs - tied_a) * (pairs - tied_b))
    return min(1.0, max(-1.0, tau))


def dense(numbers: Floats) -> Ints:
    """Whole numbers from 0 in the same order, equal where the numbers are equal."""
    order = np.argsort(numbers, kind="stable")
    rises = np.zeros(numbers.size, dtype=np.intp)
    rises[1:] = np.diff(numbers[order]) > EQUAL
    found = np.empty(numbers.size, dtype=np.intp)
    found[order] = np.cumsum(rises)
    return found


def _ties(groups: Ints) -> int:
    """The number of pairs in the same group."""
    _, sizes = np.unique(groups, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


def _inversions(ranks: Ints) -> int:
    """The number of pairs in which the earlier rank is greater: a merge sort that counts."""
    size = 1 << max(len(ranks) - 1, 0).bit_length()
    top = size + len(ranks) + 1
    # Filled up with what is greater than all and stands last, which inverts nothing.
    numbers = np.full(size, top, dtype=np.int64)
    numbers[: len(ranks)] = ranks
    found = 0
    width = 1
    while width < size:
        halves = numbers.reshape(-1, 2, width)
        # An offset per pair of halves makes one sorted sequence of all left halves.
        offset = np.arange(len(halves), dtype=np.int64)[:, np.newaxis] * (top + 1)
        left = (halves[:, 0] + offset).ravel()
        right = halves[:, 1] + offset
        not_greater = np.searchsorted(left, right.ravel(), side="right").reshape(right.shape)
        found += int((np.arange(1, len(halves) + 1)[:, np.newaxis] * width - not_greater).sum())
        numbers = np.sort(numbers.reshape(-1, 2 * width), axis=1).ravel()
        width *= 2
    return found


def roc_area(score: Floats, success: Bools) -> float | None:
    """The probability that a success scores higher than a failure, ties counting half (design, 4.9).

    This is the area under the ROC curve, and Mann and Whitney's U divided by the number of pairs.

    Args:
        score: shape (n,), without nan.
        success: shape (n,).

    Returns:
        Between 0 and 1; None without a success or without a failure.
    """
    successes, failures = score[success], np.sort(score[~success])
    if not successes.size or not failures.size:
        return None
    lower = np.searchsorted(failures, successes - EQUAL, side="left")
    not_higher = np.searchsorted(failures, successes + EQUAL, side="right")
    return float((lower + not_higher).sum()) / (2.0 * successes.size * failures.size)
