"""A made-up language whose words are 40% longer, and a study of which nothing but ids is English.

Every text that was looked up is in brackets, and its words end in tildes: what has neither was not looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from gettext import NullTranslations
from math import ceil
from typing import TypeVar

from pydantic import BaseModel

from dualeco_cli.model.rows import SHEETS, Kind, columns
from dualeco_cli.model.study import Study

_GAP = re.compile(r"(\{[^{}]*\})")
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_UP = re.compile(r"⟦[^⟦⟧]*⟧")
_ROW = TypeVar("_ROW", bound=BaseModel)

#: Every word of a user.
VEILED = "Zq"


def longer(text: str) -> str:
    """A text in the made-up language; its gaps stay."""
    parts = (
        part if place % 2 else _WORD.sub(lambda word: word[0] + "~" * ceil(0.4 * len(word[0])), part)
        for place, part in enumerate(_GAP.split(text))
    )
    return f"⟦{''.join(parts)}⟧"


class Longer(NullTranslations):
    """A catalogue that has every message, and every text of built-in data."""

    def gettext(self, message: str) -> str:
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return longer(message)


def veiled(study: Study) -> Study:
    """The study with one and the same word in place of every word that somebody wrote. Ids stay."""
    return study.model_copy(
        update={
            "practices": {id_: _veiled("Practices", row) for id_, row in study.practices.items()},
            "basis": tuple(_veiled("Basis", row) for row in study.basis),
            "assessments": tuple(_veiled("Assessments", row) for row in study.assessments),
            "adaptations": tuple(_veiled("Adaptations", row) for row in study.adaptations),
            "pilots": tuple(_veiled("Pilots", row) for row in study.pilots),
            "ecosystems": {
                id_: row.model_copy(update={"country": VEILED, "url": VEILED, "nuts": VEILED})
                for id_, row in study.ecosystems.items()
            },
            "profile": {
                region: {id_: row.model_copy(update={"source": VEILED}) for id_, row in values.items()}
                for region, values in study.profile.items()
            },
            "framework": study.framework.model_copy(
                update={
                    "indicators": tuple(
                        row.model_copy(update={"source": VEILED}) for row in study.framework.indicators
                    )
                }
            ),
        }
    )


def _veiled(sheet: str, row: _ROW) -> _ROW:
    texts = {
        name: _WORD.sub(VEILED, value)
        for name, column in columns(SHEETS[sheet]).items()
        if column.kind is Kind.TEXT
        and isinstance(value := getattr(row, name), str)
        and not isinstance(value, Enum)
    }
    return row.model_copy(update=texts)


def words_left(text: str, known: Iterable[str] = ()) -> set[str]:
    """The words that were not looked up and are nobody's."""
    while (less := _LOOKED_UP.sub(" ", text)) != text:
        text = less
    allowed = {VEILED, *(word for name in known for word in _WORD.findall(name))}
    return {word for word in _WORD.findall(text) if len(word) > 1} - allowed
