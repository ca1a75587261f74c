"""The engine against the naive simulation, on random studies, within five standard errors."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest

from dualeco_cli.model.result import Method, Robustness
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.case import build_case
from dualeco_cli.scoring.robustness import robustness
from dualeco_cli.scoring.screen import screen

from .naive import Draws, Simulation
from .studies import TARGET, method, random_study

DRAWS = 1500
SAMPLES = 20_000

METHODS: list[dict[str, object]] = [
    {},
    {"weights": "any"},
    {"weight_spread": 0.0, "transferable_from": 60.0},
    {"weight_spread": 0.9, "min_coverage": 0.3},
    {"compensation": 0.0, "min_coverage": 0.3},
    {"compensation": "none", "weights": "any", "adaptable_from": 20.0},
    {"compensation": -1.0},
    {"compensation": 0.5, "weights": "any", "adaptable_from": 40.0, "transferable_from": 55.0},
    {"compensation": -300.0},
    {"compensation": 1e-9},
]


def close(ours: float, theirs: float, spread: float) -> bool:
    """Within five standard errors of the difference, ``spread`` being the standard deviation of one draw."""
    return abs(ours - theirs) <= 5 * spread * math.sqrt(1 / DRAWS + 1 / SAMPLES) + 1e-9


def same_share(ours: float, count: float) -> bool:
    theirs = count / DRAWS
    pooled = (ours * SAMPLES + count) / (SAMPLES + DRAWS)
    # Two draws more or less, where an event is so rare that it is not normally distributed.
    return close(ours, theirs, math.sqrt(max(0.0, pooled * (1 - pooled)))) or abs(ours - theirs) <= 2 / DRAWS


def is_quantile(scores: np.ndarray, quantile: float, probability: float) -> bool:
    """Whether the share below is not too large and the share up to it not too small."""
    slack = 5 * math.sqrt(probability * (1 - probability) * (1 / DRAWS + 1 / SAMPLES))
    below = float(np.mean(scores < quantile - 1e-6))
    up_to = float(np.mean(scores <= quantile + 1e-6))
    return below <= probability + slack and up_to >= probability - slack


def check_practice(id_: str, ours: Robustness, naive: Draws) -> None:
    scores = np.array(naive.score[id_])
    assert (ours.mean is None) == (len(scores) == 0)
    if ours.mean is not None and ours.p05 is not None and ours.p95 is not None:
        # A rare event may be missing from the few draws: then their spread is too small.
        spread = max(float(scores.std()), (ours.p95 - ours.p05) / 4, 100 / DRAWS)
        assert close(ours.mean, float(scores.mean()), spread)
        assert is_quantile(scores, ours.p05, 0.05)
        assert is_quantile(scores, ours.p95, 0.95)
    for class_, share in ours.class_probability.items():
        assert same_share(share, naive.classes[id_].get(class_, 0)), class_
    for indicator in {*ours.barrier_probability, *naive.barriers[id_]}:
        share = ours.barrier_probability.get(indicator, 0.0)
        assert same_share(share, naive.barriers[id_].get(indicator, 0)), indicator
    ranks = naive.ranks[id_]
    assert bool(ours.rank_acceptability) == bool(ranks)
    for rank, share in enumerate(ours.rank_acceptability, start=1):
        assert same_share(share, ranks.count(rank))
    if ours.expected_rank is not None:
        assert close(ours.expected_rank, float(np.mean(ranks)), max(float(np.std(ranks)), 3 / DRAWS**0.5))


def check_leading(ours: Robustness, leading: list[list[float]]) -> None:
    if ours.central_weights is None or len(leading) < 30:
        return
    for n, weight in enumerate(ours.central_weights.values()):
        drawn = [weights[n] for weights in leading]
        times = ours.rank_acceptability[0] * SAMPLES
        error = float(np.std(drawn)) * math.sqrt(1 / len(drawn) + 1 / times)
        assert abs(weight - float(np.mean(drawn))) <= 5 * error + 1e-9


def run(study: Study, method_: Method) -> tuple[dict[str, Robustness], dict[tuple[str, str], float]]:
    case = build_case(study, TARGET)
    each, pairwise = robustness(case, screen(case, method_), method_)
    wins = {}
    if pairwise is not None:
        wins = {
            (a, b): pairwise.wins[i][j]
            for i, a in enumerate(pairwise.practices)
            for j, b in enumerate(pairwise.practices)
        }
    return {id_: one for id_, one in zip(case.practices, each, strict=True) if one is not None}, wins


@pytest.mark.parametrize("seed", range(60))
def test_agrees_with_the_naive_simulation(seed: int) -> None:
    random = Random(seed)
    study = random_study(random)
    method_ = method(**METHODS[seed % len(METHODS)], samples=SAMPLES, seed=seed)
    naive = Simulation(study, TARGET, method_, np.random.default_rng(seed)).run(DRAWS)
    ours, wins = run(study, method_)
    for id_, one in ours.items():
        check_practice(id_, one, naive)
        check_leading(one, naive.leading[id_])
    assert wins.keys() == naive.wins.keys()
    for pair, share in wins.items():
        assert same_share(share, naive.wins[pair])
