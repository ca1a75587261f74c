"""Draws of weights: around those of the framework, any weights at all, or a panel's (design, 4.7).

Weights are drawn without normalising them: a mean over what is known divides by their sum anyhow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dualeco_cli.scoring.panel import MemberWeights
from dualeco_cli.scoring.tolerance import Floats

#: An exponential draw of 0 would take a weight away; one this small does not count either, but can be divided
#: by.
_LEAST = 1e-300


@dataclass(frozen=True, eq=False)
class WeightDraws:
    """Weights of one block of k draws, not normalised: ``dimensions`` (D, k) and ``indicators`` (I, k)."""

    dimensions: Floats
    indicators: Floats

    @property
    def shares(self) -> Floats:
        """The dimension weights (D, k) as shares of all dimensions; 0 for a dimension that weighs 0.

        Practices differ in the dimensions that apply to them, the draw does not: its shares are those before
        the weight of a dimension that does not apply to a practice goes to the others.
        """
        total = self.dimensions.sum(axis=0)
        shares: Floats = self.dimensions / np.where(total > 0, total, 1.0)
        return shares


def around(
    rng: np.random.Generator, dimensions: Floats, indicators: Floats, spread: float, k: int
) -> WeightDraws:
    """Each weight times an independent uniform(1 − u, 1 + u) (design, 4.7).

    Args:
        rng: where the draws come from.
        dimensions: (D,) the weights W_d.
        indicators: (I,) the weights w_i.
        spread: u, 0 ≤ u < 1; 0 leaves all weights as they are.
        k: the number of draws.
    """
    weights = np.concatenate((dimensions, indicators))
    factors = rng.random((len(weights), k))
    factors *= 2 * spread
    factors += 1 - spread
    factors *= weights[:, None]
    return WeightDraws(factors[: len(dimensions)], factors[len(dimensions) :])


def anywhere(rng: np.random.Generator, dimensions: Floats, indicators: Floats, k: int) -> WeightDraws:
    """Weights uniform on the simplex of the dimensions and, within each, of its indicators (design, 4.7).

    Independent exponentials, divided by their sum, are uniform on a simplex; and what is left of them when
    some are taken out (n/a), divided by its own sum, is uniform on the smaller one. So no sum has to be known
    here. What weighs 0 goes on weighing 0. Arguments as for :func:`around`.
    """
    weights = np.concatenate((dimensions, indicators))
    drawn = rng.standard_exponential((len(weights), k))
    np.maximum(drawn, _LEAST, out=drawn)
    drawn[weights == 0] = 0.0
    return WeightDraws(drawn[: len(dimensions)], drawn[len(dimensions) :])


def of_members(rng: np.random.Generator, members: MemberWeights, k: int) -> WeightDraws:
    """In each draw all weights of one member of a panel, each member as likely as the others.

    Args:
        rng: where the draws come from.
        members: the weights of each member, at least one.
        k: the number of draws.
    """
    drawn = rng.integers(len(members.dimensions), size=k)
    return WeightDraws(
        np.ascontiguousarray(members.dimensions[drawn].T), np.ascontiguousarray(members.indicators[drawn].T)
    )
