"""The words of the workbook in its five languages: sheets, columns, and the lists that cells are taken from.

They are data (``words/headers.csv`` and ``words/values.csv``), so that a native speaker can mend them without
reading Python. The first word of a language is the one that templates print; the others are read as well.

In ``headers.csv`` four fields are no columns: ``*`` is the sheet's own name, ``level_*`` the word before the
number of a level, ``-`` a column that people keep on such a sheet and that is not read, and ``~`` one by
which our templates explain the rows, which is passed over in silence. The kind ``-`` is known so that a plain
``Resources`` is not taken for a misspelt ``Sources``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from dualeco_cli.language import LANGUAGES, Language
from dualeco_cli.model.names import INVISIBLE, fold, slug

#: Sheets that explain a workbook and hold no data of the study; they are passed over in silence.
GUIDE = "Guide"

#: The sheets of a report that hold results: where the file has ``Guide``, they stand in place of a field.
RESULTS = (
    "answer",
    "scores",
    "heat",
    "required",
    "weights",
    "barriers",
    "robustness",
    "agreement",
    "panel",
    "compare",
    "adapted",
    "values",
    "method",
    "inputs",
    "model",
    "ratings",
)

#: Lists in which punctuation tells words apart: ``n/a`` is an answer, ``n.d.`` is none, ``-`` is nothing but.
PUNCTUATED = frozenset({"not_applicable", "not_known"})

_SHEET, _LEVEL, _NOT_READ, _TOLD = "*", "level_*", "-", "~"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# A minus sign belongs to the number only where something else parts the word from the number:
# "level_-2" and "Livello -2" are minus two, "level-2" is two.
_WORD_THEN_LEVEL = re.compile(
    r"(?P<word>.*?\D)(?P<number>(?:(?<=[\s_-])-|−)?\d{1,9}(?:[.,]\d{1,9})?)[\s:.*]*", re.DOTALL
)
_LEVEL_THEN_WORD = re.compile(r"(?P<number>[-−]?\d{1,9})\.?\s(?P<word>\D+)", re.DOTALL)


class HeaderWord(NamedTuple):
    """One row of ``headers.csv``."""

    sheet: str
    field: str
    language: str
    word: str


class ValueWord(NamedTuple):
    """One row of ``values.csv``."""

    list: str
    value: str
    language: str
    word: str


def _rows(name: str) -> Iterator[list[str]]:
    text = files("dualeco_cli.data").joinpath("words", name).read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines())
    next(lines)
    yield from lines


@cache
def header_words() -> tuple[HeaderWord, ...]:
    """Every word for a sheet or a column, in the order of the sheets."""
    return tuple(HeaderWord(*row) for row in _rows("headers.csv"))


@cache
def value_words() -> tuple[ValueWord, ...]:
    """Every word that stands for a value."""
    return tuple(ValueWord(*row) for row in _rows("values.csv"))


def _spellings(word: str, language: str) -> tuple[str, ...]:
    """The word, and for German its form on a keyboard without umlauts, which folding alone cannot find."""
    if language != "de":
        return (word,)
    return tuple(dict.fromkeys((word, word.translate(_UMLAUTS))))


@cache
def sheet_words() -> Mapping[str, str]:
    """Folded name of a sheet -> the sheet; sheets to be passed over are :data:`GUIDE`."""
    return MappingProxyType(
        {
            fold(spelling): row.sheet
            for row in header_words()
            if row.field == _SHEET or row.sheet == GUIDE
            for spelling in _spellings(row.word, row.language)
        }
    )


def _column_words(sheet: str) -> Iterator[tuple[str, str]]:
    for row in header_words():
        if row.sheet == sheet and row.field not in {_SHEET, _LEVEL}:
            for spelling in _spellings(row.word, row.language):
                yield fold(spelling), row.field


@cache
def column_words(sheet: str) -> Mapping[str, str]:
    """Folded header -> field, for one sheet. Columns of levels are found by :func:`level_of` instead."""
    not_read = {_NOT_READ, _TOLD}
    return MappingProxyType({word: field for word, field in _column_words(sheet) if field not in not_read})


@cache
def unread_words(sheet: str) -> frozenset[str]:
    """Folded headers of columns that people keep on that sheet and that are not read."""
    return frozenset(word for word, field in _column_words(sheet) if field == _NOT_READ)


@cache
def told_words(sheet: str) -> frozenset[str]:
    """Folded headers of the columns by which our templates explain the rows of a sheet; they are not read."""
    return frozenset(word for word, field in _column_words(sheet) if field == _TOLD)


@cache
def first_words(sheet: str) -> Mapping[str, str]:
    """Folded header -> field, for the words that templates print: the five of each column.

    These are names of the column. The other words may be about something else: a sheet may well hold both
    ``Results`` and ``Impact``.
    """
    return MappingProxyType(
        {
            fold(header(sheet, field, language)): field
            for field in dict.fromkeys(column_words(sheet).values())
            for language in LANGUAGES
        }
    )


@cache
def _first() -> Mapping[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for row in header_words():
        found.setdefault((row.sheet, row.field, row.language), row.word)
    return found


def header(sheet: str, field: str, language: Language) -> str:
    """The header that a template prints: ``Titolo`` for title in Italian, ``Livello 3`` for level_3.

    Raises KeyError where sheet, field or language is not known.
    """
    word = _first().get((sheet, field, language))
    if word is not None:
        return word
    prefix, _, number = field.partition("_")
    if prefix != "level" or not number:
        raise KeyError((sheet, field, language))
    joint = "_" if language == "en" else " "
    return f"{_first()[sheet, _LEVEL, language]}{joint}{number}"


def sheet_name(sheet: str, language: Language) -> str:
    """The name that a template gives to a sheet. Raises KeyError."""
    return _first()[sheet, _SHEET, language]


def result_sheet(name: str, language: Language) -> str:
    """What a report calls one of :data:`RESULTS`. Raises KeyError."""
    return _first()[GUIDE, name, language]


@cache
def language_of_sheet(name: str) -> Language:
    """The language that the name of a sheet is in, so that its columns can be named to its author.

    English where the name is none of the known ones, or is English as well.
    """
    folded = fold(name)
    found = [
        row.language
        for row in header_words()
        if row.field == _SHEET and any(fold(one) == folded for one in _spellings(row.word, row.language))
    ]
    return next((language for language in LANGUAGES if language in found), "en")


def as_written(sheet: str, field: str, folded: str) -> str:
    """The word for a column whose folded form is known, as its language writes it; in English the field."""
    rows = [row for row in header_words() if (row.sheet, row.field) == (sheet, field)]
    found = [row for row in rows if fold(row.word) == fold(folded)]
    if not found or any(row.language == "en" for row in found):
        return field
    return found[0].word


@cache
def level_prefixes() -> frozenset[str]:
    """The folded words that stand before the number of a level."""
    return frozenset(
        fold(spelling)
        for row in header_words()
        if row.field == _LEVEL
        for spelling in _spellings(row.word, row.language)
    )


def level_of(text: str) -> float | None:
    """The level that a header names: 3 for ``level_3``, ``Stufe 3`` or ``3. maila``; None for any other.

    Folding drops the minus sign, so headers of levels have a reader of their own.
    """
    plain = "".join(c for c in text if c not in INVISIBLE).strip()
    for pattern in (_WORD_THEN_LEVEL, _LEVEL_THEN_WORD):
        match = pattern.fullmatch(plain)
        if match and fold(match["word"]) in level_prefixes():
            return float(match["number"].replace("−", "-").replace(",", "."))
    return None


def list_key(list_: str, text: str) -> str:
    """The form in which a cell is compared with the words of a list."""
    return slug("".join(text.split())) if list_ in PUNCTUATED else fold(text)


@cache
def list_words(list_: str) -> Mapping[str, str]:
    """Word -> value for one list, the words as :func:`list_key` makes them. Empty for a list not known."""
    return MappingProxyType(
        {
            list_key(list_, spelling): row.value
            for row in value_words()
            if row.list == list_
            for spelling in _spellings(row.word, row.language)
        }
    )


def value_of(list_: str, text: str) -> str | None:
    """The value that a word stands for in a list, None where it stands for none."""
    return list_words(list_).get(list_key(list_, text))


@cache
def first_value_words(list_: str, language: Language) -> Mapping[str, str]:
    """Value -> the word that a template offers for it, in the order of the list."""
    found: dict[str, str] = {}
    for row in value_words():
        if row.list == list_ and row.language == language:
            found.setdefault(row.value, row.word)
    return MappingProxyType(found)
