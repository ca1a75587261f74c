"""An existing Dask cluster, by the address of its scheduler.

The work, with the study in it, goes to every worker once; then targets are handed in, no more of them than a
window. Where a worker dies, the scheduler gives its targets to another one. Only where the study itself was
lost, with the last worker that had it, it is sent again from here.
"""

from __future__ import annotations

import asyncio
import logging
import pkgutil
import time
import uuid
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dualeco_cli.language import _
from dualeco_cli.spread.errors import Lost, SpreadError
from dualeco_cli.spread.origin import Origin
from dualeco_cli.spread.window import in_order
from dualeco_cli.spread.work import Unlike, Work, do_elsewhere

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")

EXAMPLE = "tcp://192.0.2.10:8786"
#: Seconds to wait for the scheduler to answer, and then for a first worker.
PATIENCE = 5.0
#: Seconds between two looks whether there is anybody at work, and how long nobody may be.
LOOK, DESERTED = 2.0, 60.0
#: Targets under way for each thread of the cluster: one at work and one at hand.
AHEAD = 2
#: So often a target that failed by an error is tried again: another worker may have more memory.
RETRIES = 2


def over_cluster(
    work: Work[T], targets: Iterable[str], address: str, window: int | None = None
) -> Generator[T]:
    """The results of the targets in their order, computed by the workers of a Dask cluster.

    When the stream is closed or an error ends it, what is still waiting on the cluster is taken back.

    Raises:
        SpreadError: Dask is not installed; nobody answers; there are no workers, now or for a minute on the
            way; workers run another version or compute other digits; targets bring workers down.
    """
    with _connected(address) as client:
        here = Origin.here()
        _compare(client, address, here)
        pool: _Cluster[T] = _Cluster(client, address, work, here, window)
        yield from in_order(pool, targets)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A client of the scheduler; at the end all that it has handed in is taken back."""
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ImportError:
        raise SpreadError(
            _("--scheduler needs Dask, which is not installed: pip install “dualeco-cli[cluster]”.")
        ) from None
    with _quiet():
        try:
            kind = _kind_of(address)
        except Exception as error:  # noqa: BLE001  # what goes wrong depends on the protocol of the address
            raise SpreadError(
                _(
                    "no Dask scheduler answers at “{address}” ({reason}). Its address looks like {example}."
                ).format(address=address, reason=_first_line(error), example=EXAMPLE)
            ) from None
        if kind != "Scheduler":
            raise SpreadError(
                _("what answers at “{address}” is no Dask scheduler but a {kind}.").format(
                    address=address, kind=kind
                )
            )
        client = Client(address, timeout=PATIENCE, set_as_default=False, name="dualeco")
        try:
            try:
                client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError:
                raise SpreadError(_nobody(address)) from None
            yield client
        finally:
            # A scheduler that has gone cannot be told anything any more.
            with suppress(OSError, TimeoutError):
                client.close(timeout=PATIENCE)


def _kind_of(address: str) -> str:
    """What answers at the address; asked in a thread of its own, as a notebook has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_kind(address))).result()


async def _kind(address: str) -> str:
    """What answers at an address.

    A client that finds nobody there goes on trying in the background; so somebody else looks first.
    """
    from distributed import Security  # noqa: PLC0415  # an extra
    from distributed.core import rpc  # noqa: PLC0415

    # Keys and certificates come from the settings of Dask, as they do for its client.
    secrets = Security().get_connection_args("client")
    async with rpc(address, timeout=PATIENCE, connection_args=secrets) as there:
        found = await asyncio.wait_for(there.identity(), PATIENCE)
    return str(found.get("type"))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from writing its own reports among ours: what matters of them is told in our words."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _compare(client: Client, address: str, here: Origin) -> None:
    """Ask all workers for their versions, in a way that also one without dualeco understands."""
    for name, found in _everywhere(client, "dualeco_cli.version:__version__").items():
        if found != here.version:
            missing = not isinstance(found, str)
            raise SpreadError(
                _(
                    "the worker {worker} of the cluster at {address} has no dualeco. Install version "
                    "{version} for all workers."
                ).format(worker=name, address=address, version=here.version)
                if missing
                else _(
                    "the worker {worker} of the cluster at {address} has dualeco {found}, and here is "
                    "{version}. Install the same version for all workers."
                ).format(worker=name, address=address, found=found, version=here.version)
            )
    for name, found in _everywhere(client, "numpy:__version__").items():
        if found != here.numpy:
            raise SpreadError(
                _(
                    "the worker {worker} of the cluster at {address} has NumPy {found}, and here is "
                    "{version}: the last digits could differ. Install the same version for all workers."
                ).format(worker=name, address=address, found=found, version=here.numpy)
            )


def _everywhere(client: Client, what: str) -> Mapping[str, object]:
    """What a name of Python stands for on each worker; an error where there is nothing of that name."""
    found: Mapping[str, object] = client.run(pkgutil.resolve_name, what, on_error="return")
    return found


class _Cluster(Generic[T]):
    """A pool of workers of a cluster."""

    def __init__(self, client: Client, address: str, work: Work[T], here: Origin, window: int | None) -> None:
        self._client = client
        self._address = address
        self._work = work
        self._here = here
        self._window = window
        # Names of our own: the same target of another run is another task.
        self._run = uuid.uuid4().hex
        self._tasks = 0
        self._sent: Any = None
        self._send()

    def window(self) -> int:
        if self._window is not None:
            return self._window
        return AHEAD * max(1, int(sum(self._client.nthreads().values())))

    def submit(self, target: str) -> Future:
        self._tasks += 1
        return self._client.submit(
            do_elsewhere,
            self._sent,
            self._here,
            target,
            key=f"dualeco-{self._run}-{self._tasks}",
            retries=RETRIES,
            pure=False,
        )

    def result(self, future: Future | None) -> T:
        from concurrent.futures import CancelledError  # noqa: PLC0415

        from distributed import KilledWorker  # noqa: PLC0415
        from distributed.comm import CommClosedError  # noqa: PLC0415

        if future is None:
            raise Lost
        try:
            found: T | Unlike = self._fetched(future)
        except (CancelledError, CommClosedError):
            self._require_connection()
            raise Lost from None
        except KilledWorker as error:
            raise SpreadError(
                _(
                    "every worker that took the target of the task {task} died; the last one was {worker}. "
                    "They may have too little memory."
                ).format(task=error.task, worker=getattr(error.last_worker, "address", error.last_worker))
            ) from None
        if isinstance(found, Unlike):
            raise SpreadError(_unlike(found.origin, self._here))
        return found

    def _fetched(self, future: Future) -> T | Unlike:
        """The result, as soon as it is there; waits as long as there is a scheduler with workers."""
        seen = time.monotonic()
        while True:
            try:
                found: T | Unlike = future.result(timeout=LOOK)
            except TimeoutError:
                self._require_connection()
                if self._client.nthreads():
                    seen = time.monotonic()
                elif time.monotonic() - seen > DESERTED:
                    raise SpreadError(_nobody(self._address)) from None
            else:
                return found

    def kept(self, future: Future) -> bool:
        return str(future.status) == "finished"

    def revive(self) -> None:
        self._send()

    def _send(self) -> None:
        """Send the work to all workers."""
        from distributed.comm import CommClosedError  # noqa: PLC0415

        try:
            self._client.wait_for_workers(1, timeout=DESERTED)
            self._sent = self._client.scatter(self._work, broadcast=True, hash=False)
        except (CommClosedError, TimeoutError, OSError):
            self._require_connection()
            raise SpreadError(_nobody(self._address)) from None

    def _require_connection(self) -> None:
        if self._client.status not in {"running", "connecting"}:
            raise SpreadError(_("the Dask scheduler at {address} has gone.").format(address=self._address))


def _nobody(address: str) -> str:
    return _(
        "the Dask scheduler at {address} has no workers. Start some with “dask worker {address}”."
    ).format(address=address)


def _unlike(there: Origin, here: Origin) -> str:
    if there.version != here.version:
        return _("a worker of the cluster has dualeco {found}, and here is {version}.").format(
            found=there.version, version=here.version
        )
    if there.numpy != here.numpy:
        return _(
            "a worker of the cluster has NumPy {found}, and here is {version}: the last digits could differ."
        ).format(found=there.numpy, version=here.numpy)
    return _(
        "a worker of the cluster computes other last digits than this machine: it has another kind of "
        "processor. So that the numbers do not depend on who computes them, start the workers and dualeco "
        "with the environment variables that docs/scale.md names."
    )


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]
