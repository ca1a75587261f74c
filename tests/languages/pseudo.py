"""A made-up language: every letter of a message is drawn wide, so what was not translated is plain to see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from dualeco_cli import language
from dualeco_cli.checks.catalogue import RULES

_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_GAP = re.compile(r"(\{[^{}]*\})")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]|[A-Za-z]")
_QUOTED = re.compile(r'"[^"]*"')


def wide(text: str) -> str:
    """A message in the made-up language; its gaps stay."""
    return "".join(
        part if index % 2 else part.translate(_WIDE) for index, part in enumerate(_GAP.split(text))
    )


@cache
def _collected() -> frozenset[str]:
    """What a tool finds in the code as messages: a literal within an f-string, for one, it does not."""
    package = Path(language.__file__).parent
    keywords = {"_": None, "N_": None, "plural": (1, 2)}
    found: set[str] = {text for rule in RULES for text in (rule.message, rule.why, rule.fix, rule.example)}
    for _file, _line, message, _comments, _context in extract_from_dir(
        package, [("**.py", "python")], keywords=keywords
    ):
        found.update((message,) if isinstance(message, str) else message)
    return frozenset(found)


class Pseudo(NullTranslations):
    """A catalogue that has every message that is collected from the code, and no other.

    Of built-in texts it has all, or only those that are given.
    """

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._data = data

    def gettext(self, message: str) -> str:
        assert message in _collected(), f"{message!r} is no message"
        return wide(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        assert {msgid1, msgid2} <= _collected(), f"{msgid1!r} is no message"
        return wide(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        assert context == language.DATA
        return wide(message) if self._data is None else self._data.get(message, message)


class OfData(NullTranslations):
    """A catalogue with nothing but names of what is built in."""

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__()
        self._data = data

    def pgettext(self, context: str, message: str) -> str:
        assert context == language.DATA
        return self._data.get(message, message)


def speak(monkeypatch: pytest.MonkeyPatch, catalogues: Mapping[str, NullTranslations]) -> None:
    """Let some languages have these catalogues, and the others none."""
    nothing = NullTranslations()
    monkeypatch.setattr(language, "catalogue", lambda code: catalogues.get(code, nothing))


def plain_words(text: str, *, but_for: Iterable[str] = ()) -> list[str]:
    """The words of a text that are in no translation, nor between quotation marks, nor among these."""
    allowed = {word for known in but_for for word in _WORD.findall(known)}
    return [word for word in _WORD.findall(_QUOTED.sub(" ", text)) if word not in allowed]
