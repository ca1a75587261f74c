"""Sentences that the engine finds and a report says: a template with gaps, and English for the files.

The engine does not know who reads. What it finds stands in JSON in English, the same in every language; a
report that is shown to somebody fills the same templates in the reader's language, with the names and numbers
of that language. So a text of the engine is a :class:`Prose`: a plain string, which remembers its sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeAlias

from pydantic import ValidatorFunctionWrapHandler, WrapValidator

#: How many indicators a sentence names before it says how many more there are.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1, said in whole per cent."""

    value: float

    @property
    def number(self) -> str:
        """The number of per cent, without the sign."""
        return f"{100 * self.value:.0f}"

    def __str__(self) -> str:
        return f"{self.number} %"


@dataclass(frozen=True, slots=True)
class Points:
    """A score from 0 to 100, said with one decimal."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:.1f}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number as it was set, without needless decimals."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:g}"


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class of practices."""

    class_: str

    def __str__(self) -> str:
        return self.class_


@dataclass(frozen=True, slots=True)
class Names:
    """Indicators: their ids, and the names that English has for them."""

    ids: tuple[str, ...]
    english: tuple[str, ...]

    def __str__(self) -> str:
        names = list(self.english[:NAMED])
        if len(self.english) > NAMED:
            names.append(f"{len(self.english) - NAMED} more")
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} and {names[-1]}"


#: What may fill the gap of a sentence.
Gap: TypeAlias = Share | Points | Threshold | ClassName | Names | int


@dataclass(frozen=True)
class Sentence:
    """A template, marked for translation where it is written, and what fills its gaps."""

    template: str
    gaps: Mapping[str, Gap]

    @classmethod
    def of(cls, template: str, **gaps: Gap) -> Self:
        """The sentence with these gaps filled."""
        return cls(template, gaps)

    def __str__(self) -> str:
        return self.template.format(**{name: str(gap) for name, gap in self.gaps.items()})


class Prose(str):
    """English text that remembers its sentences. It is equal to any string of the same letters."""

    __slots__ = ("sentences",)

    sentences: tuple[Sentence, ...]

    def __new__(cls, *sentences: Sentence) -> Self:
        """The text of some sentences, one after the other."""
        text = super().__new__(cls, " ".join(map(str, sentences)))
        text.sentences = sentences
        return text

    def __reduce__(self) -> tuple[type[Prose], tuple[Sentence, ...]]:
        # for runs that are spread over several processes
        return type(self), self.sentences


def _kept(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """Prose stays what it is; of any other string its letters."""
    return value if isinstance(value, Prose) else check(value)


#: A field of a result that holds text of the engine; read from a file it is a string like others.
ProseText = Annotated[str, WrapValidator(_kept)]
