"""The language of the reader: the words and numbers of everything that dualeco says.

``_`` and ``plural`` mark what a reader sees and give it in the language that :func:`speaking` has set;
without it, in English. Every sentence is written whole, with named gaps, and is looked up when it is said,
never when a module loads. The texts of the built-in frameworks and ecosystems are looked up with
:func:`of_data`: they stand apart, so that a word of a user's own framework is not translated because a
heading of ours is the same.

Codes, ids, JSON keys, headers of CSV and numbers for machines do not come here: they never change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    import datetime as dt

    from babel import Locale

Language: TypeAlias = Literal["en", "it", "es", "de", "eu"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

#: What each language calls itself.
OWN_NAMES: dict[Language, str] = {
    "en": "English",
    "it": "Italiano",
    "es": "Español",
    "de": "Deutsch",
    "eu": "Euskara",
}

#: How English writes numbers, as Python does: a run in English loads no tables of languages for it.
_ENGLISH_MARKS = {"decimal": ".", "group": ","}

#: The name of the catalogues, and the context in which the texts of built-in data stand in them.
DOMAIN = "dualeco"
DATA = "data"

#: The tag of each language in documents: the variety that spelling is checked by.
_TAGS: dict[Language, str] = {"en": "en-GB", "it": "it-IT", "es": "es-ES", "de": "de-DE", "eu": "eu-ES"}

#: Words that begin with a sound of i or o, whatever quotation mark stands before them; "hielo" does not.
BEFORE_I = re.compile(r"[«“„\"(]?[hH]?[iíIÍ](?![aeouáéóú])")
_BEFORE_O = re.compile(r"[«“„\"(]?[hH]?[oóOÓ]")

_current: ContextVar[Language] = ContextVar("language", default="en")


def current() -> Language:
    """The language of the reader."""
    return _current.get()


def tag() -> str:
    """The tag of the reader's language for a document, such as ``de-DE``."""
    return _TAGS[_current.get()]


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything within the block in this language."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def language_of(tag: str) -> Language | None:
    """The language of a tag or locale: ``it`` for ``it-IT`` and ``it_IT.UTF-8``; None for others."""
    code = tag.replace("_", "-").partition(".")[0].partition("-")[0].strip().casefold()
    return next((language for language in LANGUAGES if language == code), None)


@cache
def catalogue(language: Language) -> NullTranslations:
    """The messages of a language. English needs none: it is what stands in the code.

    Raises:
        OSError: the file of the catalogue is not there; an installation has it.
    """
    if language == "en":
        return NullTranslations()
    # not through importlib.resources, which takes longer to import than all else that a help text needs
    path = Path(__file__).parent / "data" / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with path.open("rb") as file:
        return GNUTranslations(file)


def _(text: str) -> str:
    """The text in the reader's language."""
    return catalogue(_current.get()).gettext(text) if text else text


def meant(context: str, text: str) -> str:
    """A text that has two meanings in English: the context says to translators which one it is."""
    return catalogue(_current.get()).pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802  # the name that gettext's tools know
    """The text as it is, marked for translation: it is looked up later, when it is said."""
    return text


def plural(one: str, many: str, count: int, **gaps: str) -> str:
    """The form of a text that goes with a count; the count fills ``{count}``, the rest its other gaps."""
    return catalogue(_current.get()).ngettext(one, many, count).format(count=grouped(count), **gaps)


def of_data(text: str, language: Language | None = None) -> str:
    """A text of a built-in framework or ecosystem in the reader's language, or in the given one.

    A text that is not built in, such as the name of a user's own indicator, stays as it is.
    """
    return catalogue(language or _current.get()).pgettext(DATA, text) if text else text


def both(first: str, last: str) -> str:
    """``a and b``; Spanish has another word for "and" before a sound of i: ``mapas e indicadores``."""
    if BEFORE_I.match(last):
        return meant("before a sound of i", "{first} and {last}").format(first=first, last=last)
    return _("{first} and {last}").format(first=first, last=last)


def either(first: str, last: str) -> str:
    """``a or b``; Spanish has another word for "or" before a sound of o: ``uno u otro``."""
    if _BEFORE_O.match(last):
        return meant("before a sound of o", "{first} or {last}").format(first=first, last=last)
    return _("{first} or {last}").format(first=first, last=last)


@cache
def _locale(language: Language) -> Locale:
    # imported when a number is first shown: commands that show none start without it
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(language)


@cache
def _symbol(language: Language, name: str) -> str:
    if language == "en" and name in _ENGLISH_MARKS:
        return _ENGLISH_MARKS[name]
    return str(_locale(language).number_symbols["latn"][name])


@cache
def _percent_pattern(language: Language) -> str:
    if language == "en":
        return "{number}%"
    return str(_locale(language).percent_formats[None].pattern).replace("#,##0", "{number}")


def decimal(number: str) -> str:
    """A number written with a point, as ``74.5``, with the reader's decimal mark. No digit changes."""
    return number.replace(".", _symbol(_current.get(), "decimal")) if "." in number else number


def grouped(count: int) -> str:
    """A whole number with the reader's separators of thousands: ``10,000`` or ``10.000``."""
    text = f"{count:,}"
    return text.replace(",", _symbol(_current.get(), "group")) if "," in text else text


def marks() -> dict[str, str]:
    """How numbers are written, for a script that shows some itself: marks, and per cent of ``{number}``."""
    language = _current.get()
    return {
        "decimal": _symbol(language, "decimal"),
        "group": _symbol(language, "group"),
        "percent": _percent_pattern(language),
    }


def percent(number: str) -> str:
    """A number of per cent, written with a point and without the sign: ``60%``, ``60 %``, ``% 60``."""
    return _percent_pattern(_current.get()).format(number=decimal(number))


def date(day: dt.date) -> str:
    """A date in words: ``22 November 2026``."""
    from babel.dates import format_date  # noqa: PLC0415  # slow to import, and seldom needed

    return format_date(day, "long", locale=_locale(_current.get()))
