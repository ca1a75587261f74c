"""What a document is made of, whatever it is written in: headings, paragraphs, lists, tables, figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from dualeco_cli.model.safe import UNPRINTABLE
from dualeco_cli.reports.figures import Drawing
from dualeco_cli.reports.story import one_line

#: Longer passages are cut: three pages in one cell or paragraph are no entry of a fiche any more.
LONGEST_PASSAGE = 10_000
#: More lines than these are no description any more.
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. ``url`` was checked; ``to`` is the key of a heading in the document."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None
    to: str | None = None


#: The words of a paragraph, of an item of a list, or of a cell.
Words: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1, 2 or 3. With a ``key`` other places can refer to it."""

    level: Literal[1, 2, 3]
    text: str
    key: str | None = None
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, a remark in small print, or a formula."""

    words: Words
    kind: Literal["text", "note", "formula"] = "text"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, and whether it holds numbers."""

    heading: str
    share: float
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``about`` says in a sentence what it shows, for those who hear it instead of seeing it."""

    number: int
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart. All that it shows stands in the tables as well: without pictures nothing is lacking."""

    number: int
    caption: str
    drawing: Drawing


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document. ``language`` is a tag such as ``en-GB``, ``maker`` the program that made it."""

    title: str
    subtitle: str
    subject: str
    language: str
    maker: str
    blocks: tuple[Block, ...]


@lru_cache(maxsize=4096)  # names of indicators and words of levels come again and again
def line(text: str | None, longest: int = LONGEST_PASSAGE) -> str:
    """Text of a user as one safe line that XML can hold."""
    return UNPRINTABLE.sub("", one_line(text, longest))


def plain(text: str | None, *, bold: bool = False, italic: bool = False) -> Words:
    """Text as it is, without links; nothing for no text."""
    said = line(text)
    return (Run(said, bold=bold, italic=italic),) if said else ()


def labelled(label: str, words: Words) -> Words:
    """``Label: words``, with the label in bold; nothing for no words."""
    if not words:
        return ()
    return (Run(f"{label}:", bold=True), Run(" "), *words)


def lines_of(text: str | None) -> list[str]:
    """The lines of a user's text that say something."""
    found = (line(part) for part in (text or "").splitlines()[:MOST_LINES])
    return [part for part in found if part]


def joined(parts: Iterable[Words], between: str = "; ") -> Words:
    """Several passages in one, with something between them."""
    runs: list[Run] = []
    for part in parts:
        if not part:
            continue
        if runs:
            runs.append(Run(between))
        runs.extend(part)
    return tuple(runs)
