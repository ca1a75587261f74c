"""The ways to spread work, behind one function."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

from dualeco_cli.spread.work import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Way:
    """How work is spread.

    Attributes:
        jobs: processes of this machine, at least 1. With 1 no other process is started.
        scheduler: address of the scheduler of a Dask cluster, which then does all the work.
        window: how many targets may be under way or waiting to be fetched; None leaves that to the number of
            workers. It changes memory and time, never a result.
    """

    jobs: int = 1
    scheduler: str | None = None
    window: int | None = None


def cores() -> int:
    """How many processors this process may use."""
    from joblib import cpu_count  # noqa: PLC0415  # takes its time

    return int(cpu_count())


def each_target(
    work: Work[T],
    targets: Sequence[str],
    way: Way | None = None,
    progress: Callable[[int], None] | None = None,
) -> Generator[T]:
    """What the work makes of each target, in the order of the targets, one at a time.

    Close the stream (:func:`contextlib.closing`) where it is not read to its end: that stops the workers.

    Args:
        work: what to do.
        targets: ids of ecosystems of the study.
        way: how; by default here, one after the other.
        progress: told how much more is done: in all :attr:`~dualeco_cli.spread.work.Work.steps` per target.

    Raises:
        KeyError: a target that the study does not have.
        SpreadError: the cluster cannot be used, or workers are lost again and again.
    """
    way = way or Way()
    tell = progress or _silent
    if way.scheduler is None and min(way.jobs, len(targets)) <= 1:
        for target in targets:
            found = work.do(target, tell)
            if work.method.samples == 0:
                tell(work.steps)
            yield found
        return
    with closing(_elsewhere(work, targets, way)) as stream:
        for found in stream:
            tell(work.steps)
            yield found


def _elsewhere(work: Work[T], targets: Sequence[str], way: Way) -> Generator[T]:
    if way.scheduler is not None:
        from dualeco_cli.spread.cluster import over_cluster  # noqa: PLC0415  # takes its time

        return over_cluster(work, targets, way.scheduler, way.window)
    from dualeco_cli.spread.processes import over_processes  # noqa: PLC0415  # takes its time

    return over_processes(work, targets, min(way.jobs, len(targets)), way.window)


def _silent(_more: int) -> None:
    """Tell nobody."""
