"""What one row of each sheet is: the models of the workbook.

Each field says, beside its type, what a reader of the sheet must know about its column (:class:`Column`): the
kind of cell, whether the column must be there, whether a blank cell in it is an error. The checks read that
from here, and so do the templates and the JSON Schemas: a column is described once.

Values come here already read from their cells, so every model is strict: ``"3"`` is no number, ``True`` is no
number, ``nan`` and ``inf`` are none either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

FIRST_YEAR = 1900
LAST_YEAR = 2100


class Kind(StrEnum):
    """How the cells of a column are to be read."""

    TEXT = "text"
    ID = "id"
    REFERENCE = "reference"
    NUMBER = "number"
    WHOLE = "whole"
    WORD = "word"
    WORDS = "words"
    WEIGHT = "weight"
    STEP = "step"
    EQF = "eqf"
    LEVEL = "level"
    RATIO = "ratio"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Column:
    """What a sheet's reader must know about a column.

    ``starred``: the column must be there. ``key``: a blank cell in it is an error as well.
    ``words``: the list of words its cells are taken from. ``refers_to``: the sheet whose ids it names.
    """

    kind: Kind
    starred: bool = False
    key: bool = False
    words: str | None = None
    refers_to: str | None = None


class Role(StrEnum):
    """What the value of an indicator depends on."""

    MERIT = "merit"
    NEED = "need"
    CONDITION = "condition"
    JUDGEMENT = "judgement"


class Objective(StrEnum):
    """The four objectives of the model project."""

    QUALITY = "quality"
    EMPLOYABILITY = "employability"
    WBL = "wbl"
    CERTIFICATION = "certification"


class Match(StrEnum):
    """How a requirement is held against what the target has."""

    AT_LEAST = "at-least"
    SIMILAR = "similar"


class Confidence(StrEnum):
    """How firmly a value is known."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Origin(StrEnum):
    """Where the reason for a level comes from."""

    STUDY_VISIT = "study-visit"
    DOCUMENT = "document"
    INTERVIEW = "interview"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Level:
    """A filled cell of Merits or Requirements. ``value`` None is ``n/a``; a blank cell has no Level."""

    value: float | None
    critical: bool = False
    low: bool = False


class Row(BaseModel):
    """What all rows have in common."""

    # Validators are built when a row of the kind is first read: most workbooks have a few of the sheets.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)


Id = Annotated[str, Field(min_length=1), Column(Kind.ID)]
KeyId = Annotated[str, Field(min_length=1), Column(Kind.ID, starred=True, key=True)]
Text = Annotated[str | None, Column(Kind.TEXT)]
KeyText = Annotated[str, Field(min_length=1), Column(Kind.TEXT, starred=True, key=True)]
Year = Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR), Column(Kind.WHOLE)]
Practice_ = Annotated[
    str, Field(min_length=1), Column(Kind.REFERENCE, starred=True, key=True, refers_to="Practices")
]
Ecosystem_ = Annotated[
    str, Field(min_length=1), Column(Kind.REFERENCE, starred=True, key=True, refers_to="Ecosystems")
]
Indicator_ = Annotated[
    str, Field(min_length=1), Column(Kind.REFERENCE, starred=True, key=True, refers_to="Indicators")
]
Certainty = Annotated[Confidence, Column(Kind.WORD, words="confidence")]


class Practice(Row):
    """A good practice, with the ecosystem it comes from."""

    id: Id
    title: KeyText
    source: Annotated[str | None, Column(Kind.REFERENCE, starred=True, refers_to="Ecosystems")] = None
    country: Text = None
    organisation: Text = None
    partners: Text = None
    objectives: Annotated[tuple[Objective, ...], Column(Kind.WORDS, words="objective")] = ()
    summary: Text = None
    core_functions: Text = None
    target_group: Text = None
    sector: Text = None
    eqf_level: Annotated[str | None, Field(pattern=r"^[1-8](-[1-8])?$"), Column(Kind.EQF)] = None
    start_year: Year = None
    evidence: Text = None
    difficulties: Text = None
    url: Text = None


class Merits(Row):
    """The ratings of one practice on the merit indicators."""

    practice: Practice_
    levels: dict[str, Level] = {}


class Requirements(Row):
    """What one practice requires, on the condition indicators."""

    practice: Practice_
    levels: dict[str, Level] = {}


class Basis(Row):
    """The reason why a level was given."""

    practice: Practice_
    indicator: Indicator_
    basis: Annotated[str | None, Column(Kind.TEXT, starred=True)] = None
    origin: Annotated[Origin | None, Column(Kind.WORD, words="origin")] = None
    year: Year = None
    url: Text = None


class Assessment(Row):
    """One assessor's judgement of one practice for one target."""

    practice: Practice_
    target: Ecosystem_
    indicator: Indicator_
    assessor: Annotated[str, Field(min_length=1), Column(Kind.ID, starred=True, key=True)]
    rating: Annotated[float | None, Column(Kind.NUMBER, starred=True)] = None
    importance: Annotated[float | None, Field(gt=0), Column(Kind.WEIGHT)] = None
    confidence: Certainty = Confidence.MEDIUM
    note: Text = None


class Adaptation(Row):
    """One requirement that an adapted form of a practice changes."""

    practice: Practice_
    adaptation: Annotated[str, Field(min_length=1), Column(Kind.ID, starred=True, key=True)]
    title: Text = None
    indicator: Indicator_
    required: Annotated[Level | None, Column(Kind.LEVEL, starred=True)] = None
    note: Text = None


class Pilot(Row):
    """A practice that was tried in a target, and how it went."""

    practice: Practice_
    target: Ecosystem_
    year: Year = None
    outcome: Annotated[float | None, Field(ge=0, le=4), Column(Kind.NUMBER, starred=True)] = None
    adaptation: Annotated[str | None, Column(Kind.REFERENCE, refers_to="Adaptations")] = None
    note: Text = None
    url: Text = None


class PanelRow(Row):
    """What one member of a panel says of the weight of one dimension, or of one indicator in its dimension.

    Without ``over`` the points are shares of a budget or ranks, as the setting ``panel`` says; with it they
    say how many times as important the dimension or indicator is as the one in ``over``.
    """

    member: Annotated[str, Field(min_length=1), Column(Kind.ID, starred=True, key=True)]
    dimension: Annotated[str | None, Column(Kind.REFERENCE, refers_to="Dimensions")] = None
    indicator: Annotated[str | None, Column(Kind.REFERENCE, refers_to="Indicators")] = None
    points: Annotated[float | None, Field(ge=0), Column(Kind.RATIO, starred=True)] = None
    over: Annotated[str | None, Column(Kind.ID)] = None
    note: Text = None

    @property
    def item(self) -> str:
        """What is weighed: the dimension or the indicator."""
        return self.dimension or self.indicator or ""


class Dimension(Row):
    """A group of indicators."""

    id: KeyId
    name: Annotated[str | None, Column(Kind.TEXT, starred=True)] = None
    weight: Annotated[float, Field(ge=0), Column(Kind.WEIGHT)] = 1.0
    description: Text = None


class Indicator(Row):
    """One thing that is rated. ``worst`` and ``best`` are its goalposts, in its own unit.

    ``step`` is the distance of two levels; 0 stands for a continuous scale. ``levels`` holds the words for
    levels, by level.
    """

    id: KeyId
    dimension: Annotated[
        str, Field(min_length=1), Column(Kind.REFERENCE, starred=True, refers_to="Dimensions")
    ]
    name: Annotated[str | None, Column(Kind.TEXT, starred=True)] = None
    role: Annotated[Role, Column(Kind.WORD, starred=True, words="role")]
    question: Text = None
    unit: Text = None
    worst: Annotated[float, Column(Kind.NUMBER)] = 0.0
    best: Annotated[float, Column(Kind.NUMBER)] = 4.0
    step: Annotated[float, Field(ge=0), Column(Kind.STEP)] = 1.0
    weight: Annotated[float, Field(ge=0), Column(Kind.WEIGHT)] = 1.0
    match: Annotated[Match, Column(Kind.WORD, words="match")] = Match.AT_LEAST
    critical: Annotated[bool, Column(Kind.WORD, words="yes_no")] = False
    floor: Annotated[float | None, Column(Kind.NUMBER)] = None
    objective: Annotated[Objective | None, Column(Kind.WORD, words="objective")] = None
    effort: Annotated[float, Field(gt=0), Column(Kind.NUMBER)] = 1.0
    levels: dict[float, str] = {}
    source: Text = None

    @property
    def continuous(self) -> bool:
        """Whether the scale has no levels."""
        return self.step == 0

    @property
    def span(self) -> float:
        """Length of the scale, in the indicator's unit; always above 0 in a valid framework."""
        return abs(self.best - self.worst)

    @property
    def single_step(self) -> float:
        """One step in the indicator's unit: a level, or a twentieth of a continuous scale (design 4.8)."""
        return self.span / 20 if self.continuous else self.step

    def normalise(self, value: float) -> float:
        """n(x) of the design, 4.1: 0 at ``worst``, 1 at ``best``, clipped outside."""
        return min(1.0, max(0.0, (value - self.worst) / (self.best - self.worst)))

    def fit(self, required: float, actual: float) -> float:
        """How far what is there meets what is required, 0 to 1 (design, 4.2)."""
        short = self.normalise(required) - self.normalise(actual)
        return 1.0 - (abs(short) if self.match is Match.SIMILAR else max(0.0, short))


class Settings(Row):
    """The settings of a framework. Thresholds are on the 0-100 scale of scores, coverage from 0 to 1."""

    min_coverage: float = Field(default=0.60, ge=0, le=1)
    transferable_from: float = Field(default=75.0, ge=0, le=100)
    adaptable_from: float = Field(default=50.0, ge=0, le=100)
    compensation: float | Literal["full", "partial", "none"] = "full"
    panel: Literal["budget", "rank", "pairwise"] = "budget"
    name: str | None = None
    version: str | None = None

    @model_validator(mode="after")
    def _thresholds_in_order(self) -> Settings:
        if self.adaptable_from > self.transferable_from:
            raise ValueError("adaptable_from is above transferable_from")
        return self


class Ecosystem(Row):
    """A local VET system."""

    id: KeyId
    name: Annotated[str | None, Column(Kind.TEXT, starred=True)] = None
    country: Text = None
    nuts: Text = None
    summary: Text = None
    url: Text = None


class ProfileValue(Row):
    """What an ecosystem has on one indicator."""

    ecosystem: Ecosystem_
    indicator: Indicator_
    value: Annotated[float | None, Column(Kind.NUMBER, starred=True)] = None
    year: Year = None
    confidence: Certainty = Confidence.MEDIUM
    source: Text = None
    note: Text = None


class Setting(Row):
    """One row of the Settings sheet."""

    key: Annotated[str, Field(min_length=1), Column(Kind.TEXT, starred=True, key=True)]
    value: Annotated[float | str | None, Column(Kind.ANY, starred=True)] = None


#: The model of a row, by the sheet's name.
SHEETS: dict[str, type[Row]] = {
    "Practices": Practice,
    "Merits": Merits,
    "Requirements": Requirements,
    "Basis": Basis,
    "Assessments": Assessment,
    "Adaptations": Adaptation,
    "Pilots": Pilot,
    "Panel": PanelRow,
    "Dimensions": Dimension,
    "Indicators": Indicator,
    "Settings": Setting,
    "Ecosystems": Ecosystem,
    "Profile": ProfileValue,
}

#: Sheets with a column per indicator, and the role of those indicators.
WIDE: dict[str, Role] = {"Merits": Role.MERIT, "Requirements": Role.CONDITION}

#: Fields that together must not occur twice on a sheet, over all files.
UNIQUE: dict[str, tuple[str, ...]] = {
    "Practices": ("id",),
    "Merits": ("practice",),
    "Requirements": ("practice",),
    "Assessments": ("practice", "target", "indicator", "assessor"),
    "Adaptations": ("practice", "adaptation", "indicator"),
    "Panel": ("member", "dimension", "indicator", "over"),
    "Dimensions": ("id",),
    "Indicators": ("id",),
    "Settings": ("key",),
    "Ecosystems": ("id",),
    "Profile": ("ecosystem", "indicator", "year"),
}


def columns(model: type[Row]) -> dict[str, Column]:
    """The columns of a sheet by field name, in the order of the design."""
    found: dict[str, Column] = {}
    for name, info in model.model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, Column):
                found[name] = mark
    return found
