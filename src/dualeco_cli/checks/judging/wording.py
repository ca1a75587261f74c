"""Indicators that ask the same, or nearly: what is rated twice counts twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from dualeco_cli.checks.collector import Collector, quote
from dualeco_cli.checks.judging.weights import Weighing
from dualeco_cli.checks.records import Located
from dualeco_cli.language import percent
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import Indicator

Field = Literal["name", "question"]

#: A shorter word says little, unless it is a number or an abbreviation: "the", "und", "dei".
_SHORTEST_WORD = 4
#: A question of fewer words may be anything: "?", "to do".
_LEAST_QUESTION = 3

#: Two texts are nearly the same from this share of common words on; where one only adds to the other, from
#: the lower one. One word exchanged for another makes another thing of most names: that is not the same.
_ALIKE = 0.8
_ALIKE_IF_WITHIN = 2 / 3
#: So many words must be common to two names, and to two questions.
_COMMON: dict[Field, int] = {"name": 2, "question": 3}
#: A word of more names, or of more questions, than this belongs to the way the framework is written.
_COMMONPLACE: dict[Field, int] = {"name": 10, "question": 2}


class _Pair(NamedTuple):
    first: int
    second: int
    field: Field
    same: bool


def check_wording(indicators: Sequence[Located[Indicator]], weighing: Weighing, collector: Collector) -> None:
    """Tell of indicators with one name or question (same role: a warning), and of nearly the same ones.

    Each indicator is named once, beside the first that it is like.
    """
    told: set[int] = set()
    for pair in sorted([*_same(indicators), *_similar(indicators)], key=_order):
        if pair.second in told:
            continue
        told.add(pair.second)
        first, second = indicators[pair.first], indicators[pair.second]
        alike = pair.same and first.row.role is second.row.role
        at = pair.field if pair.field in second.record.headings else "id"
        collector.add(
            "indicators-alike" if alike else "indicators-similar",
            second.place(at),
            header=second.record.header(at),
            found=_text(second.row, pair.field),
            first=first.row.id,
            second=second.row.id,
            other=first.place(pair.field).cell,
            like=quote(_text(first.row, pair.field)),
            share=percent(f"{100 * weighing.together([first.row.id, second.row.id]):.1f}"),
        )


def _order(pair: _Pair) -> tuple[int, bool, int, str]:
    return pair.second, not pair.same, pair.first, pair.field


def _text(row: Indicator, field: Field) -> str:
    return (row.name if field == "name" else row.question) or ""


def _same(indicators: Sequence[Located[Indicator]]) -> Iterator[_Pair]:
    """Pairs with the same text, case, accents and punctuation aside."""
    for field in ("name", "question"):
        seen: dict[str, int] = {}
        for place, located in enumerate(indicators):
            text = _text(located.row, field)
            folded = fold(text)
            if not folded or (field == "question" and len(text.split()) < _LEAST_QUESTION):
                continue
            first = seen.setdefault(folded, place)
            if first != place:
                yield _Pair(first, place, field, same=True)


def _similar(indicators: Sequence[Located[Indicator]]) -> Iterator[_Pair]:
    """Pairs with nearly the same text.

    Only those of one role: that a merit and a judgement look at the same thing, at home and here, is a plan.
    Questions have to be alike in all of their words, and in those that not every question has. Candidates are
    those that share a word which is rare in the framework, so this stays linear in their number.
    """
    for field in ("name", "question"):
        words = [_words(_text(located.row, field)) for located in indicators]
        counts = Counter(word for held in words for word in held)
        # the turns of phrase that all questions share say nothing of what is asked
        rare = [{word for word in held if counts[word] <= _COMMONPLACE[field]} for held in words]
        holders: dict[str, list[int]] = {}
        for place, held in enumerate(rare):
            for word in held:
                holders.setdefault(word, []).append(place)
        candidates = {pair for places in holders.values() for pair in combinations(places, 2)}
        for first, second in sorted(candidates):
            if (
                indicators[first].row.role is indicators[second].row.role
                and _nearly(words[first], words[second], _COMMON[field])
                and (field == "name" or _nearly(rare[first], rare[second], 1))
            ):
                yield _Pair(first, second, field, same=False)


def _words(text: str) -> set[str]:
    """The words that say something, folded."""
    found = re.findall(r"\w+", text)
    return {fold(word) for word in found if len(word) >= _SHORTEST_WORD or _is_mark(word)}


def _is_mark(word: str) -> bool:
    """Whether a word is a number or an abbreviation, which make all the difference between two names."""
    return any(character.isdigit() for character in word) or (len(word) > 1 and word.isupper())


def _nearly(one: set[str], other: set[str], least: int) -> bool:
    common = one & other
    if len(common) < least or any(any(c.isdigit() for c in word) for word in one ^ other):
        return False
    share = len(common) / len(one | other)
    return share >= (_ALIKE_IF_WITHIN if one <= other or other <= one else _ALIKE)
