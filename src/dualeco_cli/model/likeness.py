"""How alike two ecosystems are, and in what they differ."""

from __future__ import annotations

from dataclasses import dataclass

from dualeco_cli.model.insight import Similarity


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator that is known of two ecosystems.

    ``ours`` and ``theirs`` are in its unit; ``distance`` is |n(ours) − n(theirs)|: 0 is the same, 1 the two
    ends of the scale.
    """

    indicator: str
    ours: float
    theirs: float
    distance: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike an ecosystem is, and in what it differs most, the greatest difference first."""

    similarity: Similarity
    differences: tuple[Difference, ...]
