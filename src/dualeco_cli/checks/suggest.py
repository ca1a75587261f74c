"""The nearest valid value to what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from dualeco_cli.model.names import fold

#: Beyond this many candidates the comparison costs more than a hint is worth; the first ones are tried.
MOST_CANDIDATES = 2000


def nearest(word: str, candidates: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The candidate that is most like the word, or None where none is like it.

    Case, accents, blanks and punctuation do not count. A word of one or two letters has no near neighbours:
    everything is one change away from it.
    """
    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
        if len(by_fold) >= MOST_CANDIDATES:
            break
    folded = fold(word)
    if folded in by_fold:
        return by_fold[folded]
    if len(folded) < 3:
        return None
    close = get_close_matches(folded, by_fold, n=1, cutoff=cutoff)
    return by_fold[close[0]] if close else None
