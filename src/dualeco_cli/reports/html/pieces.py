"""What the templates show: rows and cells with all texts ready.

The script finds what it changes by the numbers given here: a practice by its row in the ranking as the
report has it, an indicator and a dimension by their place in the framework.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualeco_cli.language import _
from dualeco_cli.model.result import PracticeClass, PracticeResult
from dualeco_cli.reports.html import shapes
from dualeco_cli.reports.html.words import MARKS
from dualeco_cli.reports.texts import class_word


@dataclass(frozen=True, slots=True)
class Badge:
    """A class as it is shown: name for the style sheet, mark and word."""

    name: str
    mark: str
    word: str


def badge(class_: PracticeClass) -> Badge:
    """The badge of a class."""
    return Badge(str(class_), MARKS.get(class_, ""), class_word(class_))


@dataclass(frozen=True, slots=True)
class Row:
    """One practice for one target, as all tables of the target show it.

    ``sign`` stands for it where there is no room for its title: the rank, or a letter where it has none.
    """

    number: int
    sign: str
    practice: PracticeResult
    title: str
    source: str
    rank: str
    badge: Badge
    score: str
    range: str
    draws: str
    coverage: str
    reason: str
    bar: shapes.Bar


@dataclass(frozen=True, slots=True)
class Count:
    """How many practices have a class."""

    badge: Badge
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension with its indicators, by their places in the framework."""

    place: int
    id: str
    name: str
    description: str
    weight: float
    share: str
    indicators: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """An indicator, as headings and controls name it."""

    place: int
    id: str
    name: str
    question: str
    weight: float
    role: str


@dataclass(frozen=True, slots=True)
class Point:
    """A practice in the picture of merit against fit."""

    row: Row
    merit: float | None
    fit: float | None
    merit_text: str
    fit_text: str

    @property
    def label(self) -> str:
        """The point in words, for those who do not see the picture; the script repeats it."""
        return _("{title}: {class_}, fit {fit}, merit {merit}").format(
            title=self.row.title, class_=self.row.badge.word, fit=self.fit_text, merit=self.merit_text
        )

    @property
    def shown(self) -> bool:
        """Whether it has a place in the picture."""
        return self.merit is not None and self.fit is not None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One indicator in the table of a practice."""

    place: int
    name: str
    required: str
    actual: str
    value: str
    weight: str
    points: str
    pair: shapes.Pair
    note: str
    basis: str


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The indicators of one dimension in the table of a practice."""

    name: str
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True)
class Chances:
    """What the draws say of one practice: shares of ranks and of classes, as text with their shade."""

    row: Row
    ranks: tuple[tuple[str, str], ...]
    expected: str
    mean: str
    classes: tuple[tuple[Badge, float, float, str], ...]
    barriers: str


@dataclass(frozen=True, slots=True)
class Way:
    """What stands in the way of one practice, and the least that would have to change."""

    row: Row
    barriers: tuple[str, ...]
    path: str
    effort: str
    score: str
    to: Badge | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known of one practice: what its class hangs on, and the rest by who can answer it."""

    row: Row
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """An adapted form beside the practice as it is. ``number`` is its place in the page's data."""

    number: int
    row: Row
    title: str
    badge: Badge
    score: str
    best: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """The shares of a dimension in which the leader stays the leader."""

    name: str
    low: float
    today: float
    high: float
    text: str
    today_text: str
