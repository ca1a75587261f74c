"""Ranks, wins and quantiles counted over draws, block after block (design, 4.7).

Everything here takes scores as they come, one block of draws at a time, and keeps counts only: the memory
does not depend on the number of draws. Ranks come from one sort per draw, wins from comparing ranks as small
integers.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dualeco_cli.scoring.tolerance import EQUAL

Floats: TypeAlias = npt.NDArray[np.float64]
Counts: TypeAlias = npt.NDArray[np.int64]


#: Bytes of scores that are worked on together: they should stay in the processor's cache.
CACHE = 1 << 20

#: With more ranked practices than this only the first ranks are counted and no wins: both grow with the
#: square.
MOST_RANKS = 1000

#: Scores kept to take exact quantiles from: 8 bytes each.
KEPT_SCORES = 1 << 23

#: Parts into which the stretch around a quantile is divided once there are more draws than are kept.
PARTS = 1024


def rank_rows(scores: Floats) -> npt.NDArray[np.intp]:
    """Ranks within each row (k, n), counted from 0: the highest first, equal ones share the smaller rank.

    Scores that differ by no more than 1e-9 from their neighbour in the order are equal (design, 4.10).
    Nothing may be NaN.
    """
    draws, n = scores.shape
    falling = np.negative(scores, order="C")
    order = np.argsort(falling, axis=1)
    order += np.arange(0, draws * n, n)[:, None]
    ordered = falling.ravel()[order]
    places = np.broadcast_to(np.arange(n), (draws, n))
    apart = ordered[:, 1:] - ordered[:, :-1] > EQUAL
    if not apart.all():
        first = np.zeros((draws, n), dtype=np.intp)
        np.multiply(apart, places[:, 1:], out=first[:, 1:])
        places = np.maximum.accumulate(first, axis=1)
    ranks = np.empty(draws * n, dtype=np.intp)
    ranks[order] = places
    return ranks.reshape(draws, n)


class RankCounts:
    """Counts of ranks and wins of n practices, and the sums of the weights with which each leads."""

    def __init__(self, practices: int, dimensions: int) -> None:
        self.practices = practices
        self.draws = 0
        shown = max(1, min(practices, MOST_RANKS))
        #: (n, ranks): draws at each rank; beyond MOST_RANKS practices the later ranks are not counted.
        self.at_rank: Counts = np.zeros((practices, shown), dtype=np.int64)
        #: (n,): sum of the ranks, counted from 0.
        self.rank_sum: Counts = np.zeros(practices, dtype=np.int64)
        #: (n, n): draws in which the practice of the row is better than that of the column, or None.
        self.better: Counts | None = None
        if practices <= MOST_RANKS:
            self.better = np.zeros((practices, practices), dtype=np.int64)
        #: (n, d): sum of the dimension weights over the draws in which a practice leads.
        self.leading: Floats = np.zeros((practices, dimensions))

    def add(self, scores: Floats, shares: Floats) -> None:
        """Count further draws: scores (n, k) and dimension weights (d, k) of the same draws."""
        n, draws = scores.shape
        if n == 0 or draws == 0:
            return
        self.draws += draws
        leaders: list[npt.NDArray[np.intp]] = []
        leading_draws: list[npt.NDArray[np.intp]] = []
        slice_ = max(1, CACHE // (8 * n))
        for start in range(0, draws, slice_):
            ranks = rank_rows(scores[:, start : start + slice_].T)
            self._count(ranks)
            when, who = np.nonzero(ranks == 0)
            leaders.append(who)
            leading_draws.append(when + start)
        who = np.concatenate(leaders)
        when = np.concatenate(leading_draws)
        # One sum per block, in the order of the draws: it does not depend on how blocks are dealt out.
        for d, share in enumerate(shares):
            self.leading[:, d] += np.bincount(who, weights=share[when], minlength=n)

    def _count(self, ranks: npt.NDArray[np.intp]) -> None:
        n, shown = self.at_rank.shape
        self.rank_sum += ranks.sum(axis=0)
        cells = ranks + np.arange(0, n * n, n)
        if shown == n:
            self.at_rank += np.bincount(cells.ravel(), minlength=n * n).reshape(n, n)
        else:
            when, who = np.nonzero(ranks < shown)
            flat = np.bincount(who * shown + ranks[when, who], minlength=n * shown)
            self.at_rank += flat.reshape(n, shown)
        if self.better is not None:
            count_wins(ranks, self.better)

    def acceptability(self) -> Floats:
        """Share of the draws at each rank (n, ranks)."""
        return self.at_rank / self.draws

    def expected_rank(self) -> Floats:
        """Mean rank (n,), counted from 1."""
        return 1.0 + self.rank_sum / self.draws

    def wins(self) -> Floats | None:
        """Share of the draws in which one practice is better than another (n, n), a tie being a half."""
        if self.better is None:
            return None
        return (self.better + (self.draws - self.better.T)) / (2 * self.draws)

    def central_weights(self) -> Floats:
        """Mean dimension weights of the draws in which a practice leads (n, d); nan where it never does."""
        times = self.at_rank[:, :1]
        found: Floats = np.full(self.leading.shape, np.nan)
        np.divide(self.leading, times, out=found, where=times > 0)
        return found


def count_wins(ranks: npt.NDArray[np.intp], better: Counts) -> None:
    """Add to ``better`` (n, n) in how many rows of ``ranks`` (k, n) the first has the smaller rank."""
    draws, n = ranks.shape
    small: npt.NDArray[np.integer] = ranks.astype(np.uint8) if n <= 256 else ranks.astype(np.uint16)
    # Up to 255 comparisons are summed in bytes, which is many times faster than in whole numbers of 8 bytes.
    slice_ = min(255, max(1, CACHE // (n * n)))
    for start in range(0, draws, slice_):
        part = small[start : start + slice_]
        lower = part[:, :, None] < part[:, None, :]
        better += lower.view(np.uint8).sum(axis=0, dtype=np.uint8)


class Quantiles:
    """Quantiles of the scores of n practices over draws that come in blocks.

    Up to 8 million scores are kept and the quantiles are exact (with 512 practices or fewer: up to 16,384
    draws). From then on only the draws close to a quantile are counted, in 1024 parts of a stretch that the
    first draws show to hold the quantile (six standard errors to each side): the error is less than one part,
    a few thousandths of the standard deviation at most. Which draws are kept depends on their number and that
    of the practices alone.
    """

    def __init__(self, practices: int, probabilities: tuple[float, ...], block: int, draws: int) -> None:
        blocks = max(1, min(16, KEPT_SCORES // (max(1, practices) * block)))
        self.probabilities = probabilities
        self._kept: Floats = np.empty((practices, min(draws, blocks * block)))
        self.draws = 0
        self._stretches: list[_Stretch] = []

    def add(self, scores: Floats) -> None:
        """Take further draws: scores (n, k)."""
        room = max(0, min(scores.shape[1], self._kept.shape[1] - self.draws))
        self._kept[:, self.draws : self.draws + room] = scores[:, :room]
        self.draws += scores.shape[1]
        rest = scores[:, room:]
        if rest.shape[1] == 0:
            return
        if not self._stretches:
            self._kept.sort(axis=1)
            self._stretches = [_Stretch(self._kept, p) for p in self.probabilities]
        for stretch in self._stretches:
            stretch.add(rest)

    def result(self) -> Floats:
        """The quantiles (probabilities, n), linear between neighbours like ``numpy.quantile``."""
        if not self._stretches:
            # Sorted whole: with so many numbers that is faster than looking for single places.
            return _ordered_quantiles(np.sort(self._kept[:, : self.draws], axis=1), self.probabilities)
        return np.stack([stretch.result(self.draws) for stretch in self._stretches])


def _ordered_quantiles(ordered: Floats, probabilities: tuple[float, ...]) -> Floats:
    """Quantiles (probabilities, n) of rows (n, k) in ascending order, linear between neighbours."""
    last = ordered.shape[1] - 1
    found = np.empty((len(probabilities), len(ordered)))
    for place, probability in enumerate(probabilities):
        below = int(probability * last)
        above = min(below + 1, last)
        step = ordered[:, above] - ordered[:, below]
        found[place] = ordered[:, below] + (probability * last - below) * step
    return found


class _Stretch:
    """Counts of scores in equal parts of the stretch that holds one quantile of each practice."""

    def __init__(self, ordered: Floats, probability: float) -> None:
        practices, kept = ordered.shape
        margin = 6 * np.sqrt(probability * (1 - probability) / kept)
        last = kept - 1
        self.probability = probability
        self.low: Floats = ordered[:, max(0, int(np.floor((probability - margin) * last)))]
        self.high: Floats = ordered[:, min(last, int(np.ceil((probability + margin) * last)))]
        width = self.high - self.low
        self.scale: Floats = np.divide(PARTS, width, out=np.zeros(practices), where=width > 0)
        self.below: Counts = np.zeros(practices, dtype=np.int64)
        self.counts: Counts = np.zeros((practices, PARTS), dtype=np.int64)
        self.add(ordered)

    def add(self, scores: Floats) -> None:
        below = scores < self.low[:, None]
        self.below += below.sum(axis=1)
        who, when = np.nonzero(~below & (scores <= self.high[:, None]))
        part = ((scores[who, when] - self.low[who]) * self.scale[who]).astype(np.intp)
        np.minimum(part, PARTS - 1, out=part)
        np.add.at(self.counts, (who, part), 1)

    def result(self, draws: int) -> Floats:
        position = self.probability * (draws - 1)
        found = np.empty(len(self.low))
        reached = self.below[:, None] + np.cumsum(self.counts, axis=1)
        for practice, up_to in enumerate(reached):
            part = min(int(np.searchsorted(up_to, position, side="right")), PARTS - 1)
            here = int(self.counts[practice, part])
            before = int(up_to[part]) - here
            # The draws of a part are taken to lie evenly in it.
            within = min(1.0, max(0.0, (position - before + 0.5) / here)) if here else 0.0
            width = self.high[practice] - self.low[practice]
            found[practice] = self.low[practice] + width * (part + within) / PARTS
        return found
