"""The streams of random numbers: the same everywhere and always, and each its own."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

from dualeco_cli.scoring.draws import BLOCK, RANGE, Streams, whole_numbers


def test_the_numbers_of_a_seed_are_these() -> None:
    """A report names its seed so that it can be repeated. Other numbers here are other results there."""
    streams = Streams(7)
    raw = streams.at(3, "practice", "tkgune").bit_generator.random_raw(3)
    assert raw.tolist() == [7387898719683254940, 7095414685909038752, 533308382721532498]
    assert streams.at(3, "practice", "tkgune").integers(1000, size=4).tolist() == [153, 400, 311, 384]
    assert streams.at(0, "weights").random(3).tolist() == [
        *(0.653485505334437, 0.759204404142687, 0.20746068496290504),
    ]


def test_a_stream_starts_anew_whatever_was_drawn_before() -> None:
    streams = Streams(1)
    first = streams.at(0, "weights").random(5)
    # An odd number of halves leaves one in the generator's pocket.
    streams.at(1, "profile", "here").integers(2**31, size=3, dtype=np.uint32)
    assert np.array_equal(streams.at(0, "weights").random(5), first)
    halves = streams.at(0, "weights").integers(2**31, size=3, dtype=np.uint32)
    assert np.array_equal(streams.at(0, "weights").integers(2**31, size=3, dtype=np.uint32), halves)


def test_each_seed_block_and_name_has_a_stream_of_its_own() -> None:
    names = [("a", "bc"), ("ab", "c"), ("abc",), ("bc", "a"), ("a", "bc", "")]
    found = [
        Streams(seed).at(block, *name).random(2000) for seed, block, name in product((0, 1), (0, 1), names)
    ]
    for one, other in combinations(found, 2):
        # Five standard errors of a correlation of 2000 pairs.
        assert abs(np.corrcoef(one, other)[0, 1]) < 5 / 2000**0.5


def test_whole_numbers_are_even_over_their_range() -> None:
    drawn = whole_numbers(Streams(0).at(0, "practice"), 50)
    assert drawn.shape == (50, BLOCK)
    assert drawn.dtype == np.uint32
    shares = drawn.astype(np.float64) / RANGE
    error = 5 / np.sqrt(shares.size)
    for part in (0.1, 0.25, 0.5, 0.9):
        assert abs(float(np.mean(shares < part)) - part) < error * np.sqrt(part * (1 - part))
