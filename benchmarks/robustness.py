"""How long the simulation takes, held against numpy doing the bare minimum, and how much memory it needs.

    python benchmarks/robustness.py [DRAWS] [PRACTICES] [INDICATORS]

The bare minimum is: weights drawn, one matrix product, one sort per draw, ranks counted; nothing about values
that move, classes, barriers, intervals or wins. ``pymcdm``, where it is installed, scores the same draws in a
loop.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import tracemalloc
from collections.abc import Callable
from random import Random

# One thread for both sides: on small blocks more threads only get into each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import numpy.typing as npt

from dualeco_cli.model.result import Method
from dualeco_cli.model.rows import (
    Assessment,
    Confidence,
    Dimension,
    Ecosystem,
    Indicator,
    Level,
    Objective,
    Practice,
    ProfileValue,
    Role,
    Settings,
)
from dualeco_cli.model.study import Framework, Study
from dualeco_cli.scoring.case import Case, build_case
from dualeco_cli.scoring.robustness import robustness
from dualeco_cli.scoring.screen import Outcome, screen

ROLES = (Role.CONDITION, Role.CONDITION, Role.CONDITION, Role.MERIT, Role.NEED, Role.JUDGEMENT)


def make_study(practices: int, indicators: int, marked: float) -> Study:
    """A study as people keep them: five dimensions, some blanks and n/a, a share ``marked`` with ``?``."""
    random = Random(1)  # noqa: S311 - the same study every time, no secret
    listed = [
        Indicator(
            id=f"i{n}",
            dimension=f"d{n % 5}",
            name=f"i{n}",
            role=(role := ROLES[n % len(ROLES)]),
            step=0.0 if n % 7 == 3 else 1.0,
            critical=n % 5 == 0,
            objective=random.choice(list(Objective)) if role is Role.NEED else None,
        )
        for n in range(indicators)
    ]
    ids = [f"p{n}" for n in range(practices)]

    def cells(role: Role, lowest: int) -> dict[str, dict[str, Level]]:
        return {
            id_: {
                i.id: Level(
                    None if random.random() < 0.02 else float(random.randint(lowest, 4)),
                    low=random.random() < marked,
                )
                for i in listed
                if i.role is role and random.random() < 0.95
            }
            for id_ in ids
        }

    return Study(
        practices={
            id_: Practice(
                id=id_, title=id_, source="there", objectives=tuple(random.sample(list(Objective), 2))
            )
            for id_ in ids
        },
        merits=cells(Role.MERIT, 1),
        requirements=cells(Role.CONDITION, 0),
        basis=(),
        assessments=tuple(
            Assessment(
                practice=id_,
                target="here",
                indicator=i.id,
                assessor="ana",
                rating=float(random.randint(1, 4)),
                confidence=random.choice(list(Confidence)),
            )
            for id_ in ids
            for i in listed
            if i.role is Role.JUDGEMENT
        ),
        adaptations=(),
        pilots=(),
        framework=Framework(
            id="benchmark",
            version="1",
            dimensions=tuple(Dimension(id=f"d{n}", name=f"d{n}") for n in range(5)),
            indicators=tuple(listed),
            settings=Settings(),
        ),
        ecosystems={id_: Ecosystem(id=id_, name=id_) for id_ in ("here", "there")},
        profile={
            "here": {
                i.id: ProfileValue(
                    ecosystem="here",
                    indicator=i.id,
                    value=4.0 if i.critical else float(random.randint(2, 4)),
                    confidence=Confidence.HIGH if i.critical else random.choice(list(Confidence)),
                )
                for i in listed
            }
        },
        inputs=(),
    )


def bare(case: Case, draws: int) -> npt.NDArray[np.int64]:
    """Weights, product, sort and count: blocks of 1024 draws, as fast as plain numpy does it."""
    rng = np.random.default_rng(0)
    values = np.nan_to_num(case.value).T.copy()
    width, practices = values.shape
    counts = np.zeros(practices * practices, dtype=np.int64)
    places = np.arange(practices)
    for start in range(0, draws, 1024):
        weights = rng.random((min(1024, draws - start), width))
        weights /= weights.sum(axis=1, keepdims=True)
        order = np.argsort(weights @ values, axis=1)
        counts += np.bincount((order * practices + places).ravel(), minlength=practices * practices)
    return counts


def bare_with_values(case: Case, draws: int) -> npt.NDArray[np.int64]:
    """The same, with a value drawn for each cell in each draw, as one would do it without further thought."""
    rng = np.random.default_rng(0)
    values = np.nan_to_num(case.value)
    practices, width = values.shape
    counts = np.zeros(practices * practices, dtype=np.int64)
    places = np.arange(practices)
    for start in range(0, draws, 128):
        k = min(128, draws - start)
        weights = rng.random((k, width))
        weights /= weights.sum(axis=1, keepdims=True)
        moved = values + 0.15 * rng.random((k, practices, width))
        order = np.argsort((moved @ weights[:, :, None])[..., 0], axis=1)
        counts += np.bincount((order * practices + places).ravel(), minlength=practices * practices)
    return counts


def pymcdm_loop(case: Case, draws: int) -> None:
    """The weighted sum of pymcdm, once per draw, as its users write it."""
    from pymcdm.methods import WSM  # type: ignore[import-not-found]

    rng = np.random.default_rng(0)
    values = np.nan_to_num(case.value)
    types = np.ones(values.shape[1])
    method = WSM(normalization_function=None)
    for _ in range(draws):
        weights = rng.random((values.shape[1],))
        method.rank(method(values, weights / weights.sum(), types, validation=False))


def seconds(work: Callable[[], object], times: int = 15) -> float:
    """Processor time, which other work on the machine disturbs least: the best of several runs."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def megabytes(case: Case, outcome: Outcome, draws: int) -> float:
    """The most memory that a simulation holds at once."""
    gc.collect()
    tracemalloc.start()
    robustness(case, outcome, Method(samples=draws))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def main(draws: int = 10_000, practices: int = 50, indicators: int = 30) -> None:
    """Print the table."""
    print(f"{draws} draws, {practices} practices, {indicators} indicators")
    floor = 0.0
    for marked in (0.0, 0.2, 1.0):
        case = build_case(make_study(practices, indicators, marked), "here")
        method = Method(samples=draws, min_coverage=0.5)
        outcome = screen(case, method)
        if not floor:
            floor = seconds(lambda case=case: bare(case, draws))  # type: ignore[misc]
            print(f"bare numpy                      {floor:8.3f} s")
            drawn = seconds(lambda case=case: bare_with_values(case, draws))  # type: ignore[misc]
            print(f"bare numpy, values drawn        {drawn:8.3f} s  {drawn / floor:6.1f} times bare")
        for weights in ("spread", "any"):
            chosen = method.model_copy(update={"weights": weights})
            taken = seconds(lambda c=case, o=outcome, m=chosen: robustness(c, o, m))  # type: ignore[misc]
            label = f"{weights}, {marked:.0%} of cells with ?"
            print(
                f"{label:<31} {taken:8.3f} s  {taken / floor:6.1f} times bare, "
                f"{int(outcome.ranked.sum())} ranked"
            )
    try:
        loop = seconds(lambda: pymcdm_loop(case, draws), times=1)
        print(f"pymcdm, a loop                  {loop:8.3f} s  {loop / floor:6.1f} times bare")
    except ImportError:
        print("pymcdm is not installed")
    for many in (10_000, 1_000_000):
        start = time.perf_counter()
        most = megabytes(case, outcome, many)
        print(f"memory, {many:>9} draws       {most:8.1f} MB ({time.perf_counter() - start:.1f} s traced)")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
