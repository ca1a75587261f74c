"""The result of a run: the JSON contract of ``dualeco score`` (design, section 6).

Scores and bounds of practices and dimensions are on 0-100; ``value``, ``gap``, and the bounds of an indicator
are on 0-1. A number that is not there is None. Numbers are never rounded here.

The parts that exist once per indicator are plain dataclasses: a large study has hundreds of thousands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dualeco_cli.model.sentence import ProseText


class PracticeClass(StrEnum):
    """What a practice is for a target, in the order of the design, 4.5."""

    HOME = "home"
    BLOCKED = "blocked"
    INSUFFICIENT_EVIDENCE = "insufficient-evidence"
    NOT_YET = "not-yet"
    CONDITIONAL = "conditional"
    TRANSFERABLE = "transferable"
    ADAPTABLE = "adaptable"


#: Classes that get no rank.
UNRANKED = frozenset({PracticeClass.HOME, PracticeClass.BLOCKED, PracticeClass.INSUFFICIENT_EVIDENCE})

#: From best to worst: which of several adaptations is the best one (design, 4.10).
BEST_FIRST: tuple[PracticeClass, ...] = (
    PracticeClass.TRANSFERABLE,
    PracticeClass.CONDITIONAL,
    PracticeClass.ADAPTABLE,
    PracticeClass.NOT_YET,
    PracticeClass.INSUFFICIENT_EVIDENCE,
    PracticeClass.BLOCKED,
    PracticeClass.HOME,
)


class Status(StrEnum):
    """What is known of an indicator for a practice and a target."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n/a"


class Part(BaseModel):
    """What all parts of a report have in common."""

    model_config = ConfigDict(extra="forbid", ser_json_inf_nan="null")


class Tool(Part):
    """The program that made the report."""

    name: Literal["dualeco"] = "dualeco"
    version: str


class Input(Part):
    """One file that was read."""

    path: str
    sha256: str


class FrameworkName(Part):
    """Which framework was used."""

    id: str
    version: str | None = None


class Method(Part):
    """How it was computed. ``compensation`` is the exponent q of the mean, or "none" for the minimum."""

    compensation: float | Literal["none"] = 1.0
    samples: int = 10_000
    seed: int = 0
    weights: Literal["spread", "any", "panel"] = "spread"
    weight_spread: float = 0.5
    min_coverage: float = 0.60
    transferable_from: float = 75.0
    adaptable_from: float = 50.0


@dataclass(slots=True)
class IndicatorResult:
    """One indicator of one practice. ``required`` and ``actual`` are in the indicator's own unit."""

    id: str
    dimension: str
    role: str
    required: float | None
    actual: float | None
    value: float | None
    lower: float | None
    upper: float | None
    weight: float | None
    contribution: float | None
    status: Annotated[str, Field(pattern=r"^(known|unknown|n/a)$")]


@dataclass(slots=True)
class Barrier:
    """A critical condition that is not met, or a rating below its floor (``required`` is then the floor)."""

    indicator: str
    required: float | None
    actual: float | None
    gap: float


@dataclass(slots=True)
class DimensionResult:
    """One dimension of one practice; ``weight`` is the sum of the effective weights of its indicators."""

    id: str
    score: float | None
    lower: float | None
    upper: float | None
    weight: float


class AdaptationResult(Part):
    """An adapted form of the practice, scored like a practice of its own."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    title: str | None = None
    score: float | None
    class_: PracticeClass = Field(alias="class")
    coverage: float
    best: bool = False


class Step(Part):
    """One indicator of the target that the path raises, in the indicator's own unit."""

    model_config = ConfigDict(populate_by_name=True)

    indicator: str
    from_: float = Field(alias="from")
    to: float


class Path(Part):
    """The least-effort path to the next class (design, 4.8)."""

    to: PracticeClass | None = None
    effort: float | None = None
    steps: tuple[Step, ...] = ()
    score: float | None = None
    reason: ProseText | None = None


class Robustness(Part):
    """How firm the known is (design, 4.7)."""

    mean: float | None
    p05: float | None
    p95: float | None
    expected_rank: float | None
    rank_acceptability: tuple[float, ...]
    class_probability: dict[str, float]
    barrier_probability: dict[str, float]
    central_weights: dict[str, float] | None


class PracticeResult(Part):
    """One practice for one target."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    title: str
    source: str | None
    rank: int | None
    score: float | None
    lower: float | None
    upper: float | None
    coverage: float
    class_: PracticeClass = Field(alias="class")
    barriers: tuple[Barrier, ...]
    open_questions: tuple[str, ...]
    dimensions: tuple[DimensionResult, ...]
    indicators: tuple[IndicatorResult, ...]
    adaptations: tuple[AdaptationResult, ...]
    path: Path | None = None
    robustness: Robustness | None = None


class Pairwise(Part):
    """``wins[i][j]``: share of the draws in which practice i is better than practice j (a tie is a half)."""

    practices: tuple[str, ...]
    wins: tuple[tuple[float, ...], ...]


class Split(Part):
    """A judgement on which the assessors lie apart."""

    practice: str
    indicator: str
    ratings: tuple[float, ...]


class Agreement(Part):
    """How far the assessors agree (design, 4.4)."""

    alpha: float | None
    units: int
    split: tuple[Split, ...]


class LeaderStability(Part):
    """The stretch around a dimension's weight in which the leader stays the leader."""

    dimension: str
    low: float | None
    high: float | None


class TargetResult(Part):
    """All practices for one target: ranked ones by rank, then the others by score, then those without one."""

    id: str
    name: str
    practices: tuple[PracticeResult, ...]
    pairwise: Pairwise | None = None
    agreement: Agreement | None = None
    leader_stability: tuple[LeaderStability, ...] | None = None


class PanelItem(Part):
    """What a panel gives one dimension or indicator: its share among the others, and each member's."""

    id: str
    weight: float
    low: float
    high: float
    shares: tuple[float, ...]


class PanelGroup(Part):
    """Things that a panel weighed against each other: the dimensions, or the indicators of one of them.

    ``dimension`` is None for the dimensions themselves. ``members`` are those whose points count here, in the
    order of ``shares`` and ``consistency``; the latter has None for a member who did not compare in pairs.
    ``distance`` is how much of the weight the member who differs the most puts elsewhere than the panel does.
    """

    dimension: str | None
    members: tuple[str, ...]
    mean: Literal["arithmetic", "geometric"]
    kendall_w: float | None
    furthest: str | None
    distance: float | None
    consistency: tuple[float | None, ...]
    items: tuple[PanelItem, ...]


class PanelResult(Part):
    """The panel whose weights were used. A dimension that no group stands for kept its weights."""

    members: tuple[str, ...]
    groups: tuple[PanelGroup, ...]


class Report(Part):
    """The whole result."""

    model_config = ConfigDict(title="dualeco report")

    tool: Tool
    inputs: tuple[Input, ...]
    framework: FrameworkName
    method: Method
    panel: PanelResult | None = None
    targets: tuple[TargetResult, ...]
