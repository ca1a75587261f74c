"""Ranks, wins and quantiles counted over draws, block after block (design, 4.7).

Everything here takes scores as they come, one block of draws at a time, and keeps counts only: the memory
does not depend on the number of draws. Ranks come from one sort per draw, wins from comparing ranks as small
integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.scoring.tolerance import Floats, Ints

Counts: TypeAlias = npt.NDArray[np.int64]


#: Bytes of scores that are worked on together: they should stay in the processor's cache.
CACHE = 1 << 17

#: With more ranked practices than this only the first ranks are counted and no wins: both grow with the
#: square.
MOST_RANKS = 1000

#: Draws whose scores are kept to take exact quantiles from, and how many scores that may be: 8 bytes each.
KEPT_DRAWS = 1 << 14
KEPT_SCORES = 1 << 23

#: Draws whose comparisons are counted together; see :func:`_add_bytes`.
_MOST_COUNTED = 2040

#: Parts into which the stretch around a quantile is divided once there are more draws than are kept.
PARTS = 1024


#: With more practices than this their numbers would not fit into the digits of a score that do not count.
_MOST_PACKED = 4096


@dataclass(frozen=True, eq=False)
class Places:
    """Who stands where in each of k draws: both (k, n), from the highest score to the lowest.

    ``who`` are the practices and ``rank`` their ranks, counted from 0; equal scores share the smaller one.
    """

    who: Ints
    rank: Ints
    ties: bool


def places(scores: Floats) -> Places:
    """Sort the practices in each draw by their scores (n, k), none of which may be nan.

    Scores that differ by no more than 1e-9 from their neighbour in the order are equal (design, 4.10).
    """
    n = len(scores)
    falling = np.negative(scores.T, order="C")
    if n <= _MOST_PACKED:
        # The number of the practice replaces the last bits of its score: with scores up to 100 that changes
        # them by less than 1e-10, and sorting numbers is several times faster than sorting places.
        digits = (1 << (n - 1).bit_length()) - 1
        packed = falling.view(np.int64)
        packed &= ~digits
        packed |= np.arange(n)
        falling.sort(axis=1)
        who = packed & digits
    else:
        who = np.argsort(falling, axis=1)
        falling = np.take_along_axis(falling, who, axis=1)
    apart = falling[:, 1:] - falling[:, :-1] > EQUAL
    rank = np.broadcast_to(np.arange(n), who.shape)
    ties = not apart.all()
    if ties:
        first = np.zeros_like(who)
        np.multiply(apart, rank[:, 1:], out=first[:, 1:])
        rank = np.maximum.accumulate(first, axis=1)
    return Places(who, rank, ties)


class RankCounts:
    """Counts of ranks and wins of n practices, and the sums of the weights with which each leads."""

    def __init__(self, practices: int, dimensions: int) -> None:
        self.practices = practices
        self.draws = 0
        shown = max(1, min(practices, MOST_RANKS))
        #: (n, ranks): draws at each rank; beyond MOST_RANKS practices the later ranks are not counted.
        self.at_rank: Counts = np.zeros((practices, shown), dtype=np.int64)
        #: (n,): sum of the ranks, counted from 0; kept only where not all ranks are counted.
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
        ranks = np.empty((n if self.better is not None else 0, draws), np.uint8 if n <= 256 else np.uint16)
        leaders: list[Ints] = []
        led: list[Ints] = []
        ties = False
        slice_ = max(1, CACHE // (8 * n))
        for start in range(0, draws, slice_):
            found = places(scores[:, start : start + slice_])
            when = np.arange(start, start + len(found.who))
            if self.better is not None:
                ranks.ravel()[found.who * draws + when[:, np.newaxis]] = found.rank
            self._count(found)
            ties |= found.ties
            first, place = np.nonzero(found.rank == 0) if found.ties else (when - start, 0)
            leaders.append(found.who[first, place])
            led.append(when[first])
        # One sum per block, in the order of the draws: it does not depend on how large the slices are.
        who, at = np.concatenate(leaders), np.concatenate(led)
        for d, share in enumerate(shares):
            self.leading[:, d] += np.bincount(who, weights=share[at], minlength=n)
        if self.better is not None:
            count_wins(ranks, self.better, ties=ties)

    def _count(self, found: Places) -> None:
        n, shown = self.at_rank.shape
        cells = found.who * shown + found.rank
        if shown < n:
            cells = cells[found.rank < shown]
            sums = np.bincount(found.who.ravel(), weights=found.rank.ravel(), minlength=n)
            self.rank_sum += sums.astype(np.int64)
        if self.at_rank.size <= 2 * cells.size:
            self.at_rank += np.bincount(cells.ravel(), minlength=n * shown).reshape(n, shown)
        else:
            # Not a table of all practices and ranks for a few draws.
            np.add.at(self.at_rank.reshape(-1), cells.ravel(), 1)

    def acceptability(self) -> Floats:
        """Share of the draws at each rank (n, ranks)."""
        return self.at_rank / self.draws

    def expected_rank(self) -> Floats:
        """Mean rank (n,), counted from 1."""
        n, shown = self.at_rank.shape
        sums = self.rank_sum if shown < n else self.at_rank @ np.arange(shown)
        return 1.0 + sums / self.draws

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


def count_wins(ranks: npt.NDArray[np.integer], better: Counts, *, ties: bool) -> None:
    """Add to ``better`` (n, n) in how many draws of ``ranks`` (n, k) the first has the smaller rank.

    Without ``ties`` one of two practices always has it.
    """
    n, draws = ranks.shape
    for start in range(0, draws, _MOST_COUNTED):
        width = min(_MOST_COUNTED, draws - start)
        # Up to a multiple of eight with draws in which nobody is better.
        part = np.zeros((n, -(-width // 8) * 8), dtype=ranks.dtype)
        part[:, :width] = ranks[:, start : start + width]
        lower = np.zeros((n, n), dtype=np.uint64)
        higher = np.zeros((n, n), dtype=np.uint64)
        for one in range(n - 1):
            others = part[one + 1 :]
            _add_bytes(part[one] < others, lower[one, one + 1 :])
            if ties:
                _add_bytes(part[one] > others, higher[one, one + 1 :])
        wins = _sum_bytes(lower)
        losses = _sum_bytes(higher) if ties else np.triu(width - wins, 1)
        better += wins + losses.T


def _add_bytes(flags: npt.NDArray[np.bool_], out: npt.NDArray[np.uint64]) -> None:
    """Count flags (n, k) by row, eight at a time: as the eight bytes of a whole number (n,).

    There must be no more than 2040 in a row, so that no byte gets beyond 255, and a multiple of 8.
    """
    np.add.reduce(flags.view(np.uint64), axis=1, out=out)


def _sum_bytes(counts: npt.NDArray[np.uint64]) -> Counts:
    """The sums of the eight bytes of each number (n, n)."""
    found: Counts = counts.view(np.uint8).reshape(*counts.shape, 8).sum(axis=-1, dtype=np.int64)
    return found


class Quantiles:
    """Quantiles of the scores of n practices over draws that come in blocks.

    Up to 8 million scores are kept and the quantiles are exact (with 512 practices or fewer: up to 16,384
    draws). From then on only the draws close to a quantile are counted, in 1024 parts of a stretch that the
    first draws show to hold the quantile (six standard errors to each side): the error is less than one part,
    a few thousandths of the standard deviation at most. Which draws are kept depends on their number and that
    of the practices alone.
    """

    def __init__(self, practices: int, probabilities: tuple[float, ...], block: int, draws: int) -> None:
        blocks = max(1, min(KEPT_DRAWS, KEPT_SCORES // max(1, practices)) // block)
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
            self._kept = self._kept[:, :0].copy()
        for stretch in self._stretches:
            stretch.add(rest)

    def result(self) -> Floats:
        """The quantiles (probabilities, n), once all draws are there; linear like ``numpy.quantile``."""
        if not self._stretches:
            return _quantiles(self._kept[:, : self.draws], self.probabilities)
        return np.stack([stretch.result(self.draws) for stretch in self._stretches])


def _quantiles(scores: Floats, probabilities: tuple[float, ...]) -> Floats:
    """Quantiles (probabilities, n) of rows (n, k), linear between neighbours like ``numpy.quantile``.

    Changes the order within the rows: with so many scores a copy takes time.
    """
    last = scores.shape[1] - 1
    below = [int(probability * last) for probability in probabilities]
    above = [min(place + 1, last) for place in below]
    scores.partition(sorted({*below, *above}), axis=1)
    return np.stack(
        [
            scores[:, low] + (probability * last - low) * (scores[:, high] - scores[:, low])
            for probability, low, high in zip(probabilities, below, above, strict=True)
        ]
    )


class _Stretch:
    """Counts of scores in equal parts of the stretch that holds one quantile of each practice."""

    def __init__(self, ordered: Floats, probability: float) -> None:
        practices, kept = ordered.shape
        margin = 6 * np.sqrt(probability * (1 - probability) / kept)
        last = kept - 1
        self.probability = probability
        self.low: Floats = ordered[:, max(0, int(np.floor((probability - margin) * last)))].copy()
        self.high: Floats = ordered[:, min(last, int(np.ceil((probability + margin) * last)))].copy()
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
