"""Processes of this machine, by joblib's executor (loky).

``joblib.Parallel`` itself would not do: it takes up further targets however slowly results are fetched, so
that they pile up; and a worker that dies ends it. Its executor, with a window in front, does neither.
"""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from joblib.externals.loky import ProcessPoolExecutor
from joblib.externals.loky.backend import resource_tracker as tracker_of_loky

from dualeco_cli.spread.errors import Lost
from dualeco_cli.spread.window import in_order
from dualeco_cli.spread.work import Work

T = TypeVar("T")

#: Workers compute with one thread each: there are as many of them as there are to be threads.
ENVIRONMENT = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)
#: A worker with nothing to do ends after so many seconds.
IDLE = 600
#: A worker looks so often, in seconds, whether its parent is still there.
LOOK = 0.5


def over_processes(
    work: Work[T], targets: Iterable[str], jobs: int, window: int | None = None
) -> Generator[T]:
    """The results of the targets in their order, computed by ``jobs`` processes.

    The study goes to each worker once, through a file. A worker that dies costs the targets that were under
    way a second try. When the stream is closed or an error ends it, the workers are stopped at once.

    Raises:
        SpreadError: workers die again and again.
    """
    with tempfile.TemporaryDirectory(prefix="dualeco-") as folder:
        path = Path(folder) / "work.pickle"
        with path.open("wb") as file:
            pickle.dump(work, file, protocol=pickle.HIGHEST_PROTOCOL)
        pool: _Processes[T] = _Processes(str(path), jobs, window or 2 * jobs)
        try:
            yield from in_order(pool, targets)
        finally:
            pool.stop()


class _Processes(Generic[T]):
    """A pool of processes; after a loss, another one."""

    def __init__(self, path: str, jobs: int, window: int) -> None:
        self._path = path
        self._jobs = jobs
        self._window = window
        self._executor: Any = self._start()

    def window(self) -> int:
        return self._window

    def submit(self, target: str) -> Future[T]:
        try:
            with _interruptions_held_back():
                future: Future[T] = self._executor.submit(_do, self._path, target)
        except BrokenExecutor:
            raise Lost from None
        return future

    def result(self, future: Future[T] | None) -> T:
        if future is None:
            raise Lost
        try:
            return future.result()
        except BrokenExecutor:
            raise Lost from None

    def kept(self, future: Future[T]) -> bool:
        return future.done() and not future.cancelled() and future.exception() is None

    def revive(self) -> None:
        self.stop()
        self._executor = self._start()

    def stop(self) -> None:
        with _interruptions_held_back():
            self._executor.shutdown(wait=True, kill_workers=True)

    def _start(self) -> Any:
        _start_trackers()
        return ProcessPoolExecutor(
            max_workers=self._jobs,
            timeout=IDLE,
            env=dict(ENVIRONMENT),
            initializer=_watch_parent,
            initargs=(os.getpid(),),
        )


@contextmanager
def _interruptions_held_back() -> Iterator[None]:
    """Hold Ctrl-C back for a moment.

    Processes that are started meanwhile never hear of it: their parent stops them, without a word.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield  # there the interruption of a group of processes does not reach them in mid-start
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_trackers() -> None:
    """Start the processes that clear up after others; left to themselves they start with the first worker.

    Python's own lets interruptions through again once it has started one.
    """
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing import resource_tracker  # noqa: PLC0415  # not on every system

        resource_tracker.ensure_running()
        tracker_of_loky.ensure_running()


# In the worker

_opened: dict[str, Work[Any]] = {}


def _do(path: str, target: str) -> Any:
    """Do the work of a file for one target. The file is read for the first one only."""
    work = _opened.get(path)
    if work is None:
        work = _opened[path] = _open(path)
    return work.do(target)


def _watch_parent(parent: int) -> None:
    """Let this worker end once its parent has gone, even before it had any work."""
    import threading  # noqa: PLC0415  # in the worker only

    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this worker once its parent has gone: one that was killed had no time to stop it."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def _open(path: str) -> Work[Any]:
    import gc  # noqa: PLC0415  # in the worker only

    with Path(path).open("rb") as file:
        work: Work[Any] = pickle.load(file)  # noqa: S301  # our own file, in a folder that only we can read
    # What is there now stays: nothing in it needs to be looked through for garbage ever again.
    gc.collect()
    gc.freeze()
    return work
