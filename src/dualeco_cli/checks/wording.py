"""Words and numbers that several rules put into their messages, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dualeco_cli.checks.numbers import show
from dualeco_cli.data import words
from dualeco_cli.language import N_, _, both, current, decimal, either
from dualeco_cli.model.rows import Role

#: A role with its article, as the subject of a sentence has it; behind "is" and alone.
_A_ROLE: Mapping[Role, str] = {
    Role.MERIT: N_("a merit"),
    Role.NEED: N_("a need"),
    Role.CONDITION: N_("a condition"),
    Role.JUDGEMENT: N_("a judgement"),
}
#: Behind "is not used": the languages differ in what follows the word for "for".
_FOR_A_ROLE: Mapping[Role, str] = {
    Role.MERIT: N_("for a merit"),
    Role.NEED: N_("for a need"),
    Role.CONDITION: N_("for a condition"),
    Role.JUDGEMENT: N_("for a judgement"),
}


def figure(value: float) -> str:
    """A number in a sentence: 3, 3.5 (or 3,5), 1234."""
    return decimal(show(value))


def any_of(items: Sequence[str]) -> str:
    """``a, b or c``. Raises ValueError for nothing."""
    *first, last = items
    return either(", ".join(first), last) if first else last


def all_of(items: Sequence[str]) -> str:
    """``a, b and c``. Raises ValueError for nothing."""
    *first, last = items
    return both(", ".join(first), last) if first else last


def a_role(role: Role) -> str:
    """``a merit``."""
    return _(_A_ROLE[role])


def for_a_role(role: Role) -> str:
    """``for a merit``."""
    return _(_FOR_A_ROLE[role])


def listed(list_: str) -> list[str]:
    """The words of a list, each as a template in the reader's language offers it."""
    return list(words.first_value_words(list_, current()).values())


def word_for(list_: str, value: str) -> str:
    """The word for a value of a list, as a template in the reader's language offers it."""
    return words.first_value_words(list_, current())[value]
