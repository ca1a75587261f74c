"""What the engine has to say, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from dualeco_cli.language import _, current, decimal, grouped, percent
from dualeco_cli.model.sentence import NAMED, ClassName, Gap, Names, Prose, Share
from dualeco_cli.reports.naming import LONGEST_TEXT, one_line
from dualeco_cli.reports.texts import class_word, listed


def said(text: str | None, name: Callable[[str], str], longest: int = LONGEST_TEXT) -> str:
    """A text of the engine as one line; ``name`` gives the name of an indicator.

    In English it is what stands in the JSON, to the letter; so is a text that was read from there, which
    does not remember its sentences.
    """
    if not isinstance(text, Prose) or current() == "en":
        return one_line(text, longest)
    sentences = (
        _(sentence.template).format(**{key: _filled(gap, name) for key, gap in sentence.gaps.items()})
        for sentence in text.sentences
    )
    return one_line(" ".join(sentences), longest)


def _filled(gap: Gap, name: Callable[[str], str]) -> str:
    match gap:
        case Share():
            return percent(gap.number)
        case ClassName():
            return class_word(gap.class_)
        case Names():
            return listed([name(id_) for id_ in gap.ids], NAMED)
        case int():
            return grouped(gap)
        case _:
            return decimal(str(gap))
