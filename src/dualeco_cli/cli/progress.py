"""A bar for what takes longer than a second: on standard error, on a terminal, and nowhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds before a bar appears: what is quicker needs none.
PATIENCE = 1.0


@contextmanager
def progress(text: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A function to tell how much more is done. The bar is gone again at the end."""
    if quiet or total <= 0 or not sys.stderr.isatty():
        yield lambda _more: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(text, total=total)
    started, shown = time.monotonic(), False

    def advance(more: int) -> None:
        nonlocal shown
        bar.advance(task, more)
        if not shown and time.monotonic() - started > PATIENCE:
            bar.start()
            shown = True

    try:
        yield advance
    finally:
        if shown:
            bar.stop()
