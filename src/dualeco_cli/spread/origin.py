"""Which program computes, and whether it gets the same digits as another one.

Processors and builds of NumPy differ in the last digit of a product or a power. Bit for bit means that such
machines must not share a run; so everyone who computes says what comes out of the same small computation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import numpy as np

from dualeco_cli.version import __version__


@dataclass(frozen=True, slots=True)
class Origin:
    """Version of dualeco, version of NumPy, and a checksum of what the processor makes of some numbers."""

    version: str
    numpy: str
    digits: str

    @classmethod
    def here(cls) -> Origin:
        """Of this process."""
        return cls(__version__, np.__version__, _digits())


@cache
def _digits() -> str:
    """A checksum of the operations that the engine is made of, on fixed numbers."""
    rng = np.random.Generator(np.random.PCG64DXSM(0))
    # The shapes are those of a block of draws, and odd, so that the ends of vectors count as well.
    one, other = rng.random((37, 23)), rng.random((23, 2048))
    product = one @ other
    ratio = product[:23] / other
    done = sha256()
    for numbers in (
        product,
        one[0] @ one.T,
        ratio,
        np.einsum("nk,nk->k", ratio, other),
        ratio.sum(axis=0),
        ratio.sum(axis=1),
        np.exp(other),
        np.log(other),
        np.power(other, -1.5),
        np.power(other, 1 / 3),
        np.sqrt(other),
    ):
        done.update(np.ascontiguousarray(numbers).tobytes())
    return done.hexdigest()
