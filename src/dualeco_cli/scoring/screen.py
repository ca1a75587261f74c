"""Screen, then rank: barriers, open questions, classes, ranks and order (design, 4.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dualeco_cli.model.result import UNRANKED, Method, PracticeClass
from dualeco_cli.scoring.aggregate import Scores, aggregate, exponent
from dualeco_cli.scoring.case import Case, Scales
from dualeco_cli.scoring.tolerance import Bools, Floats, Ints, below, ranks, reaches

#: The classes by code: the number that stands for a class in an array.
CLASSES: tuple[PracticeClass, ...] = tuple(PracticeClass)

#: The codes of the classes without a rank.
UNRANKED_CODES = np.array([CLASSES.index(class_) for class_ in UNRANKED], dtype=np.intp)

#: The least fit of a critical condition that is no barrier. A continuous scale has no level to meet exactly.
MET = 1.0
MET_CONTINUOUS = 0.95


def least_fit(scales: Scales) -> Floats:
    """The v below which a critical condition is a barrier, (I,)."""
    return np.where(scales.continuous, MET_CONTINUOUS, MET)


def barriers(value: Floats, actual: Floats, critical: Bools, scales: Scales) -> Bools:
    """Which known critical conditions are not met, and which ratings lie below their floor (design, 4.5).

    Args:
        value: (…, I) v, nan where not known.
        actual: (…, I) ratings in the indicators' units; only those of merits and judgements matter here.
        critical: (…, I) critical conditions.
        scales: the indicators.

    Returns:
        The broadcast shape. A floor counts in the direction of its scale, from worst to best.
    """
    unmet = critical & below(value, least_fit(scales))
    under = below(scales.normalise(actual), scales.normalise(scales.floor))
    return np.asarray(unmet | (under & (scales.merit | scales.judgement)), dtype=np.bool_)


def open_questions(case: Case) -> Bools:
    """Which critical conditions and indicators with a floor are unknown, (P, I) (design, 4.5)."""
    decides = case.critical | ~np.isnan(case.scales.floor)
    return np.asarray(decides & case.applicable & ~case.known, dtype=np.bool_)


def classify(
    *, score: Floats, coverage: Floats, home: Bools, blocked: Bools, has_questions: Bools, method: Method
) -> Ints:
    """The codes of the classes, the first that holds (design, 4.5). All arguments broadcast.

    Args:
        score: 0-100, nan for none.
        coverage: 0-1.
        home: whether the practice comes from the target.
        blocked: whether it has any barrier.
        has_questions: whether it has any open question.
        method: gives the thresholds.

    Returns:
        Indices into :data:`CLASSES`.
    """
    conditions = (
        (PracticeClass.HOME, home),
        (PracticeClass.BLOCKED, blocked),
        (
            PracticeClass.INSUFFICIENT_EVIDENCE,
            np.isnan(score) | below(coverage, method.min_coverage),
        ),
        (PracticeClass.NOT_YET, below(score, method.adaptable_from)),
        (PracticeClass.CONDITIONAL, has_questions),
        (PracticeClass.TRANSFERABLE, reaches(score, method.transferable_from)),
    )
    shape = np.broadcast_shapes(*(np.shape(holds) for _, holds in conditions))
    return np.select(
        [np.broadcast_to(holds, shape) for _, holds in conditions],
        [np.intp(CLASSES.index(class_)) for class_, _ in conditions],
        default=np.intp(CLASSES.index(PracticeClass.ADAPTABLE)),
    )


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the method says of P rows by I indicators.

    Attributes:
        scores: the numbers.
        barrier: (P, I) which indicators are barriers.
        open_question: (P, I) which indicators are open questions.
        class_code: (P,) indices into :data:`CLASSES`.
        rank: (P,) from 1; 0 for a row without a rank.
        order: (P,) indices of the rows as they are listed: ranked by rank, then the others by score, then
            those without a score; ties by id.
    """

    scores: Scores
    barrier: Bools
    open_question: Bools
    class_code: Ints
    rank: Ints
    order: Ints

    @property
    def ranked(self) -> Bools:
        """(P,) which rows have a rank."""
        return self.rank > 0

    def class_of(self, row: int) -> PracticeClass:
        """The class of one row."""
        return CLASSES[int(self.class_code[row])]


def screen(case: Case, method: Method) -> Outcome:
    """Scores, classes and ranks of all rows of a case (design, 4.3 to 4.5)."""
    scores = aggregate(case, exponent(method.compensation))
    barrier = barriers(case.value, case.actual, case.critical, case.scales)
    questions = open_questions(case)
    codes = classify(
        score=scores.score,
        coverage=scores.coverage,
        home=case.home,
        blocked=np.any(barrier, axis=1),
        has_questions=np.any(questions, axis=1),
        method=method,
    )
    ranked = ~np.isin(codes, UNRANKED_CODES)
    rank = np.zeros(len(codes), dtype=np.intp)
    rank[ranked] = ranks(scores.score[ranked])
    return Outcome(
        scores=scores,
        barrier=barrier,
        open_question=questions,
        class_code=codes,
        rank=rank,
        order=_order(case, scores.score, rank),
    )


def _order(case: Case, score: Floats, rank: Ints) -> Ints:
    """Indices of the rows as they are listed (design, 4.10)."""
    ranked = rank > 0
    scored = ~ranked & ~np.isnan(score)
    # The others get ranks of their own, so that equal scores are equal here as well.
    place = rank.copy()
    place[scored] = ranks(score[scored])
    tier = np.where(ranked, 0, np.where(scored, 1, 2))
    # Python's order of text is the same on every machine, and forms of one practice stay apart.
    names = [(practice, form or "") for practice, form in zip(case.practices, case.forms, strict=True)]
    listed = sorted(range(len(names)), key=lambda row: (tier[row], place[row], names[row]))
    return np.array(listed, dtype=np.intp)
