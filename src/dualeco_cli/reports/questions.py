"""What is not known of a practice, as questions: about what, to whom, and how much hangs on the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import IndicatorResult, PracticeResult, Status
from dualeco_cli.model.rows import Role


class Asks(Enum):
    """Who can answer."""

    OWNER = "owner"
    REGION = "region"
    ASSESSORS = "assessors"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out; without an indicator it is which objectives the practice serves.

    ``weight`` is the effective weight of all that the answer makes known.
    """

    indicator: str | None
    asks: Asks
    weight: float


def questions(practice: PracticeResult) -> list[Question]:
    """The questions that count in the score, the one that can move it most first."""
    return sorted(_questions(practice), key=lambda question: -question.weight)


def _questions(practice: PracticeResult) -> Iterator[Question]:
    objectives = 0.0
    for result in practice.indicators:
        weight = result.weight or 0.0
        if result.status != Status.UNKNOWN or weight <= 0:
            continue
        if result.role == Role.NEED and result.actual is not None:
            # The region's figure is there: what is missing is whether the practice serves its objective.
            objectives += weight
        else:
            yield Question(result.id, _asks(result), weight)
    if objectives > 0:
        yield Question(None, Asks.OWNER, objectives)


def _asks(result: IndicatorResult) -> Asks:
    if result.role == Role.JUDGEMENT:
        return Asks.ASSESSORS
    if result.role == Role.NEED or (result.role == Role.CONDITION and result.required is not None):
        return Asks.REGION
    return Asks.OWNER


def reach_coverage(practice: PracticeResult, least: float) -> tuple[Question, ...]:
    """The fewest questions whose answers bring the coverage to what is asked for."""
    coverage, chosen = practice.coverage, []
    for question in questions(practice):
        if coverage >= least - EQUAL:
            break
        chosen.append(question)
        coverage += question.weight
    return tuple(chosen)
