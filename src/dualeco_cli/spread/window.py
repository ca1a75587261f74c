"""Results in order from work that ends in any order, with a bounded number of targets under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from typing import Any, Protocol, TypeVar

from dualeco_cli.language import _, plural
from dualeco_cli.spread.errors import Lost, SpreadError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

#: So often in a row workers may be lost without a single result before the run is given up.
MOST_LOSSES = 3


class Pool(Protocol[T_co]):
    """Workers that take targets. A future is whatever the pool makes of it."""

    def window(self) -> int:
        """How many targets may be under way or done and not yet fetched, at least 1."""

    def submit(self, target: str) -> Any:
        """Hand a target in; gives its future. Raises Lost."""

    def result(self, future: Any) -> T_co:
        """Wait for a result. Raises Lost where it will not come, else what the work raised."""

    def revive(self) -> None:
        """Make the pool work again after a loss. Futures without a result are void."""

    def kept(self, future: Any) -> bool:
        """Whether a future has its result, and keeps it after a loss."""


def in_order(pool: Pool[T], targets: Iterable[str]) -> Generator[T]:
    """The results of the targets, in their order.

    What is lost with a worker is handed in again; nothing of what has come is computed twice.

    Raises:
        SpreadError: workers are lost again and again with nothing coming out.
    """
    rest = iter(targets)
    under_way: deque[tuple[str, Any]] = deque()
    losses = 0
    while True:
        try:
            while len(under_way) < pool.window():
                target = next(rest, None)
                if target is None:
                    break
                # It stands there even if it cannot be handed in, so that a loss does not swallow it.
                under_way.append((target, None))
                under_way[-1] = (target, pool.submit(target))
            if not under_way:
                return
            found = pool.result(under_way[0][1])
        except Lost:
            losses += 1
            if losses > MOST_LOSSES:
                raise SpreadError(_given_up(under_way[0][0])) from None
            under_way = _again(pool, under_way)
            continue
        under_way.popleft()
        losses = 0
        yield found


def _again(pool: Pool[T], under_way: Iterable[tuple[str, Any]]) -> deque[tuple[str, Any]]:
    """What was under way, handed in again where its result is lost."""
    pool.revive()
    found: deque[tuple[str, Any]] = deque()
    lost = False
    for target, future in under_way:
        if future is not None and pool.kept(future):
            found.append((target, future))
            continue
        submitted = None
        if not lost:
            try:
                submitted = pool.submit(target)
            except Lost:
                lost = True
        found.append((target, submitted))
    return found


def _given_up(target: str) -> str:
    return _(
        "workers were lost {times}, with the target “{target}” at the head of the queue and no result in "
        "between. They may have too little memory: use fewer of them, or fewer draws."
    ).format(times=plural("{count} time in a row", "{count} times in a row", MOST_LOSSES + 1), target=target)
