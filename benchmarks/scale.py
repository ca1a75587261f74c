"""What a study with many targets costs: seconds of one processor per million practice-target-draws.

    python benchmarks/scale.py [PRACTICES] [TARGETS] [DRAWS] [INDICATORS]

Prints the parts of the cost apart, since only one of them grows with the draws, and how much memory a process
needs. A practice-target-draw is one practice scored, screened and ranked once for one target.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

# One thread, as every worker has.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from dualeco_cli.api import head_of, method_for
from dualeco_cli.model.result import TargetResult
from dualeco_cli.model.rows import Confidence, Ecosystem, ProfileValue
from dualeco_cli.model.study import Study
from dualeco_cli.reports.parquet import Writer, tables_of
from dualeco_cli.spread.work import Work
from robustness import make_study

#: Share of the cells of Merits and Requirements with a question mark.
MARKED = 0.2


def with_targets(study: Study, count: int) -> Study:
    """The study with so many regions, each with a profile of its own."""
    random = Random(2)  # noqa: S311 - the same study every time, no secret
    regions = {f"r{n:04}": Ecosystem(id=f"r{n:04}", name=f"Region {n}") for n in range(count)}
    profile = {
        id_: {
            indicator.id: ProfileValue(
                ecosystem=id_,
                indicator=indicator.id,
                value=4.0 if indicator.critical else float(random.randint(1, 4)),
                confidence=random.choice(list(Confidence)),
            )
            for indicator in study.framework.indicators
            if random.random() < 0.95
        }
        for id_ in regions
    }
    return study.model_copy(
        update={
            "ecosystems": {**study.ecosystems, **regions},
            "profile": {**study.profile, **profile},
        }
    )


def nothing(_target: TargetResult) -> None:
    """Make nothing of a result."""


def seconds(work: Callable[[str], object], targets: list[str]) -> float:
    """Processor time per target."""
    start = time.process_time()
    for target in targets:
        work(target)
    return (time.process_time() - start) / len(targets)


def main(practices: int = 5_000, targets: int = 3, draws: int = 10_000, indicators: int = 30) -> None:
    """Print the table."""
    study = with_targets(make_study(practices, indicators, MARKED), targets)
    ids = [id_ for id_ in study.ecosystems if id_.startswith("r")]
    print(f"{practices} practices, {indicators} indicators, {draws} draws, {targets} targets")
    print(f"sent to a worker: {len(pickle.dumps(study)) / 2**20:.1f} MB")

    point = Work(study, method_for(study, samples=0), nothing)
    drawn = Work(study, method_for(study, samples=draws), nothing)
    point.do(ids[0])  # what is worked out once for all targets
    without, every = seconds(point.do, ids), seconds(drawn.do, ids)
    millions = practices * draws / 1e6
    print(f"without draws      {without:8.2f} s per target, {1000 * without / practices:.2f} ms per practice")
    print(f"draws              {every - without:8.2f} s per target")

    method = method_for(study, samples=draws)
    rows = Work(study, method, tables_of)
    tables = [rows.do(id_) for id_ in ids]
    results = [Work(study, method, _itself).do(ids[0])]
    to_tables = seconds(lambda _id: tables_of(results[0]), ids)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.parquet"
        start = time.process_time()
        writer = Writer(path, head_of(study, method), study)
        for one in tables:
            writer.add(one)
        writer.close()
        written = (time.process_time() - start) / len(ids)
        size = path.stat().st_size / len(ids)
    print(f"rows for Parquet   {to_tables:8.2f} s per target, by the worker")
    print(f"writing            {written:8.2f} s per target, by one process for all")
    print(f"sent back          {len(pickle.dumps(tables[0])) / 2**20:8.2f} MB per target")
    print(f"file               {size / 2**20:8.2f} MB per target")
    print(f"peak memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:8.0f} MB")
    print(f"\nper million practice-target-draws: {(every - without) / millions:.3f} s for the draws,")
    print(f"{(every + to_tables) / millions:.3f} s with all else that a worker does")


def _itself(target: TargetResult) -> TargetResult:
    return target


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
