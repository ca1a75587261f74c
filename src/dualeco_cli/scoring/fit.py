"""From levels to values in [0, 1]: normalisation and fit (design, 4.1 and 4.2)."""

from __future__ import annotations

import numpy as np

from dualeco_cli.scoring.tolerance import Bools, Floats


def normalise(number: Floats, worst: Floats, best: Floats) -> Floats:
    """n(x) = clip((x − worst) / (best − worst), 0, 1): fixed goalposts (design, 4.1).

    Args:
        number: any shape whose last axis is the indicators, in the indicators' own units; nan stays nan.
        worst: shape (I,), the goalpost that counts 0.
        best: shape (I,), the goalpost that counts 1; above or below ``worst``, never equal to it.

    Returns:
        The shape of ``number``; ``worst`` is 0 and ``best`` is 1, clipped outside.
    """
    return np.clip((number - worst) / (best - worst), 0.0, 1.0)


def fit(required: Floats, actual: Floats, similar: Bools) -> Floats:
    """The value v of a condition (design, 4.2): 1 − max(0, r − a), or 1 − |r − a| where ``similar``.

    Args:
        required: n(required), any shape whose last axis is the indicators.
        actual: n(target's value), broadcast against ``required``.
        similar: shape (I,), whether more than is required counts against the fit as well.

    Returns:
        The broadcast shape; nan where either number is nan.
    """
    short = required - actual
    return 1.0 - np.where(similar, np.abs(short), np.maximum(0.0, short))
