"""What moves from draw to draw, how far, and where its random numbers come from (design, 4.7).

Draws come in blocks of fixed size. Each block of each purpose has a stream of its own, addressed by the seed,
the names of what is drawn and the number of the block. So the first 10,000 of a million draws are the 10,000
draws, whatever is computed when, where and together with what; and the values drawn for one practice do not
change when another one joins.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dualeco_cli.scoring.case import Case, Scales
from dualeco_cli.scoring.fit import fit
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints

States: TypeAlias = npt.NDArray[np.uint8]
Whole: TypeAlias = npt.NDArray[np.uint32]

#: Draws in a block: long enough that the work on a block outweighs the calls for it, short enough that the
#: scores of a few dozen practices stay in the processor's cache.
BLOCK = 2048

_128_BITS = (1 << 128) - 1

#: One more than the greatest whole number of :func:`whole_numbers`.
RANGE = 1 << 32

#: Probability that a level moves one step down, and one step up, by confidence: high, medium, low (design,
#: 4.7).
STEP_PROBABILITY = np.array([0.0, 0.10, 0.25])

#: How far a continuous value moves to each side, as a share of the goalpost range, by confidence (design,
#: 4.7).
REACH = np.array([0.0, 0.05, 0.15])

#: The code of low confidence: that of a cell with ``?``.
LOW = 2

#: States of a level: one step down, as it is, one step up.
STATES = 3


class Streams:
    """The random numbers of a seed: an independent stream per block and purpose.

    A generator is set to the start of a stream instead of being made anew, which takes ten times as long. So
    a stream is good until the next one is asked for.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._bits = np.random.PCG64DXSM(0)
        self._rng = np.random.Generator(self._bits)

    def at(self, block: int, *names: str) -> np.random.Generator:
        """The start of the stream of one block for one purpose, such as ``"practice", "tkgune"``."""
        # The repr keeps ("a", "bc") and ("ab", "c") apart; a cryptographic hash makes the starts independent.
        address = repr((self.seed, block, names)).encode()
        start = int.from_bytes(blake2b(address, digest_size=32).digest(), "little")
        low, high = start & _128_BITS, start >> 128
        self._bits.state = {
            "bit_generator": "PCG64DXSM",
            # Each odd increment is a sequence of its own.
            "state": {"state": low, "inc": high | 1},
            "has_uint32": 0,
            "uinteger": 0,
        }
        return self._rng


def whole_numbers(rng: np.random.Generator, rows: int) -> Whole:
    """Whole numbers from 0 to 2**32 − 1, (rows, BLOCK).

    They decide on steps up and down: 32 bits put a probability right to 3e-10, at half the price of a float.
    """
    raw = np.asarray(rng.bit_generator.random_raw(rows * BLOCK // 2), dtype="<u8")
    return raw.view("<u4").astype(np.uint32, copy=False).reshape(rows, BLOCK)


@dataclass(frozen=True, eq=False)
class Movement:
    """How numbers on the scales of the indicators move. All shapes end with the indicators, (…, I).

    Attributes:
        levels: (…, I, 3) from 0 at worst to 1 at best: one step down, as it is, one step up, clipped at the
            ends; for a continuous scale the ends and the middle of where the value may lie. A number that is
            certain stands there three times; nan is what is not known.
        probability: of a step down, and of a step up; 0 for continuous scales.
        reach: how far a continuous value moves to each side, as a share of the scale; 0 for levels.
    """

    levels: Floats
    probability: Floats
    reach: Floats

    @classmethod
    def of(cls, number: Floats, confidence: Ints, scales: Scales) -> Movement:
        """The movement of numbers in their indicators' units with these confidences (0 high to 2 low)."""
        level = scales.normalise(number)
        probability = np.where(scales.continuous, 0.0, STEP_PROBABILITY[confidence])
        reach = np.where(scales.continuous, REACH[confidence], 0.0)
        step = scales.single_step / np.abs(scales.best - scales.worst)
        shift = np.where(scales.continuous, reach, np.where(probability > 0, step, 0.0))
        levels = level[..., np.newaxis] + shift[..., np.newaxis] * np.array([-1.0, 0.0, 1.0])
        return cls(np.clip(levels, 0.0, 1.0), probability, reach)

    @property
    def moves(self) -> Bools:
        """Which numbers are not the same in all draws."""
        return np.asarray(self.levels[..., 0] < self.levels[..., 2], dtype=np.bool_)


def target_movement(case: Case) -> Movement:
    """How the target's values move, (I,)."""
    return Movement.of(case.profile_value, np.maximum(case.profile_confidence, 0), case.scales)


def own_movement(case: Case, rows: Ints) -> Movement:
    """How what these practices require, and how they are rated, moves; (rows, I).

    A need has no number of its own; its levels mean nothing.
    """
    scales = case.scales
    number = np.where(scales.condition, case.required[rows], case.actual[rows])
    marked = np.where(case.low_confidence[rows], LOW, 0)
    confidence = np.where(
        scales.judgement,
        np.maximum(case.rating_confidence[rows], 0),
        np.where(scales.condition | scales.merit, marked, 0),
    )
    return Movement.of(number, confidence, scales)


@dataclass(frozen=True, eq=False)
class Values:
    """The values v of some practices, B by I indicators, in all states that they may be in.

    Attributes:
        table: (B, I, 3, 3) v by the state of the practice's own number and by that of the target's.
        own: how the practices' own numbers move.
        by_own: (B, I) whether v changes with the practice's own number; only where known.
        by_target: (B, I) whether v changes with the target's number; only where known.
    """

    table: Floats
    own: Movement
    by_own: Bools
    by_target: Bools

    @classmethod
    def of(cls, case: Case, rows: Ints, target: Movement) -> Values:
        """The values of these rows of a case (design, sections 2 and 4.2)."""
        scales = case.scales
        own = own_movement(case, rows)
        known = case.known[rows]
        mine = own.levels[..., :, np.newaxis]
        theirs = target.levels[:, np.newaxis, :]
        role = (slice(None), np.newaxis, np.newaxis)
        met = fit(mine, theirs, scales.similar[role])
        table = np.where(scales.condition[role], met, np.where(scales.need[role], 1.0 - theirs, mine))
        # What needs nothing of a target that is not known is met in all draws: what is known stays known.
        table = np.where(np.isnan(table), case.value[rows][..., np.newaxis, np.newaxis], table)
        by_own = np.any(table != table[..., 1:2, :], axis=(-2, -1))
        by_target = np.any(table != table[..., :, 1:2], axis=(-2, -1))
        # Nearness to a wanted value may be the same at both ends of a stretch and differ between them.
        peaked = scales.continuous & scales.similar
        by_own |= peaked & own.moves
        by_target |= peaked & target.moves
        return cls(table, own, by_own & known, by_target & known)
