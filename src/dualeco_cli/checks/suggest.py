"""The nearest valid value to what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from dualeco_cli.checks.lookalike import latin
from dualeco_cli.model.names import fold

#: Beyond this many candidates the comparison costs more than a hint is worth; the first ones are tried.
MOST_CANDIDATES = 2000

#: Where so many different words are none of the candidates, the fault is another than slips of the keyboard;
#: to look for the neighbours of them all could take minutes.
MOST_SEARCHES = 200

#: Words longer than this have been pasted, not misspelt.
LONGEST_WORD = 100


def nearest(word: str, candidates: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The candidate that is most like the word, or None where none is like it.

    Case, accents, blanks and punctuation do not count, nor does it whether a letter that looks Latin is. A
    word of one or two letters has no near neighbours: everything is one change away from it.
    """
    return Candidates(candidates).nearest(word, cutoff)


class Candidates:
    """Valid values, prepared for many comparisons."""

    def __init__(self, candidates: Iterable[str]) -> None:
        self._by_fold: dict[str, str] = {}
        self._found: dict[tuple[str, float], tuple[str, float] | None] = {}
        for candidate in candidates:
            self._by_fold.setdefault(fold(candidate), candidate)
            if len(self._by_fold) >= MOST_CANDIDATES:
                break

    def nearest(self, word: str, cutoff: float = 0.7) -> str | None:
        """See :func:`nearest`."""
        close = self.closest(word, cutoff)
        return None if close is None else close[0]

    def closest(self, word: str, cutoff: float = 0.7) -> tuple[str, float] | None:
        """The nearest candidate, and how near it is: 1 for the same."""
        folded = fold(latin(word))
        if folded in self._by_fold:
            return self._by_fold[folded], 1.0
        if not 3 <= len(folded) <= LONGEST_WORD:
            return None
        key = folded, cutoff
        if key not in self._found:
            if len(self._found) >= MOST_SEARCHES:
                return None
            self._found[key] = self._search(folded, cutoff)
        return self._found[key]

    def _search(self, folded: str, cutoff: float) -> tuple[str, float] | None:
        best, best_ratio = None, cutoff
        matcher = SequenceMatcher(None, "", folded, autojunk=False)
        for candidate in self._by_fold:
            matcher.set_seq1(candidate)
            if matcher.real_quick_ratio() < best_ratio or matcher.quick_ratio() < best_ratio:
                continue
            ratio = matcher.ratio()
            if ratio > best_ratio or (ratio == best_ratio and best is None):
                best, best_ratio = candidate, ratio
        return None if best is None else (self._by_fold[best], best_ratio)
