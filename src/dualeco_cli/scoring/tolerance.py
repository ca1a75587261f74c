"""When two numbers of an array are equal (design, 4.10; ``model/equal.py`` says it for single ones).

Every comparison of the engine that decides something (ties, thresholds, barriers) goes through this module.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dualeco_cli.model.equal import EQUAL

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.intp]
Numbers: TypeAlias = "float | Floats"


def below(number: Numbers, limit: Numbers) -> Any:
    """Whether ``number`` is less than ``limit`` and not equal to it; False where either is nan."""
    return number < limit - EQUAL


def reaches(number: Numbers, limit: Numbers) -> Any:
    """Whether ``number`` is at least ``limit`` or equal to it; False where either is nan."""
    return number >= limit - EQUAL


def same(one: Numbers, other: Numbers) -> Any:
    """Whether the two are equal; False where either is nan."""
    return np.abs(one - other) <= EQUAL


def ranks(scores: Floats) -> Ints:
    """Ranks from the highest score down, 1, 1, 3 …: equal scores share the smaller rank.

    Args:
        scores: shape (P,), without nan.

    Returns:
        Shape (P,): one more than the number of scores that are truly greater.
    """
    ascending = np.sort(scores)
    not_greater = np.searchsorted(ascending, scores + EQUAL, side="right")
    return (scores.size - not_greater + 1).astype(np.intp)
