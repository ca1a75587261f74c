"""Run again whenever a file is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

#: Seconds between two looks at the files.
INTERVAL = 0.5

#: What spreadsheet programs put beside a file that is open in them.
_LOCKS = ("~$", ".~lock.")

Stamp = tuple[tuple[str, int, int], ...]


def stamp(paths: Sequence[str]) -> Stamp:
    """Size and time of change of every file; a file that is not there just now does not count."""
    found: list[tuple[str, int, int]] = []
    for path in paths:
        for file in _files(Path(path)):
            try:
                state = file.stat()
            except OSError:
                continue  # it is being replaced: the next look will find it
            found.append((str(file), state.st_size, state.st_mtime_ns))
    return tuple(sorted(found))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in path.iterdir() if not file.name.startswith(_LOCKS))
    else:
        yield path


def watch(
    paths: Sequence[str],
    run: Callable[[], None],
    *,
    wait: Callable[[float], None] = time.sleep,
    rounds: int | None = None,
) -> None:
    """Call ``run`` now, and again after each change that has settled.

    A save is taken for finished when the files are the same at two looks in a row and all of them are there:
    spreadsheet programs write a new file, delete the old one and rename. ``rounds`` bounds the number of
    looks, for tests; without it only an interruption ends the watch.
    """
    run()
    seen = pending = stamp(paths)
    looks = 0
    while rounds is None or looks < rounds:
        looks += 1
        wait(INTERVAL)
        now = stamp(paths)
        settled = now == pending and all(Path(path).exists() for path in paths)
        pending = now
        if settled and now != seen:
            seen = now
            run()
