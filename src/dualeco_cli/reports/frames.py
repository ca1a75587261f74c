"""The report as pandas data frames, for notebooks.

pandas is imported when a frame is asked for: no command of the program pays for it at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from dualeco_cli.model.insight import Explanation, Gap, LeftOut, Question, Support
from dualeco_cli.model.result import Report
from dualeco_cli.reports.tables import (
    CHANCE_COLUMNS,
    DETAIL_COLUMNS,
    INDICATOR_COLUMNS,
    PRACTICE_COLUMNS,
    Value,
    detail_cells,
    indicator_rows,
    pairs,
    practice_cells,
)

if TYPE_CHECKING:
    import pandas as pd

_TEXT = frozenset(
    {
        "target",
        "practice",
        "title",
        "source",
        "class",
        "barriers",
        "open_questions",
        "best_adaptation",
        "best_adaptation_class",
        "path_to",
        "indicator",
        "dimension",
        "role",
        "status",
        "if_worst",
        "if_best",
        "leader",
        "other",
        "reclassified",
    }
)

_YES_OR_NO = frozenset({"barrier", "changes_class", "open_question", "leader_changes"})


def practices_frame(report: Report) -> pd.DataFrame:
    """One row per target and practice: rank, class, scores, barriers, path and how firm all that is."""
    columns = (*PRACTICE_COLUMNS, *DETAIL_COLUMNS, *CHANCE_COLUMNS)
    rows = (
        (*practice_cells(target, practice), *detail_cells(practice)) for target, practice in pairs(report)
    )
    return _frame(rows, columns)


def indicators_frame(report: Report) -> pd.DataFrame:
    """One row per target, practice and indicator; ``status`` tells unknown from not applicable."""
    columns = ("target", "practice", *INDICATOR_COLUMNS)
    rows = (
        (target.id, practice.id, *cells)
        for target, practice in pairs(report)
        for cells in indicator_rows(practice)
    )
    return _frame(rows, columns)


def dimensions_frame(report: Report) -> pd.DataFrame:
    """One row per target, practice and dimension: score and bounds (0-100), weight (a share of 1)."""
    columns = ("target", "practice", "dimension", "score", "lower", "upper", "weight")
    rows = (
        (target.id, practice.id, part.id, part.score, part.lower, part.upper, part.weight)
        for target, practice in pairs(report)
        for part in practice.dimensions
    )
    return _frame(rows, columns)


def ranks_frame(report: Report) -> pd.DataFrame:
    """One row per target, ranked practice and rank: the share of the draws in which it has that rank.

    Empty for a report without draws.
    """
    rows = (
        (target.id, practice.id, rank, share)
        for target, practice in pairs(report)
        if practice.robustness is not None
        for rank, share in enumerate(practice.robustness.rank_acceptability, 1)
    )
    return _frame(rows, ("target", "practice", "rank", "share"))


def wins_frame(report: Report) -> pd.DataFrame:
    """One row per target and pair of ranked practices: the share of the draws in which the first is better.

    A tie counts half to each. Empty for a report without draws.
    """
    rows = (
        (target.id, practice, other, share)
        for target in report.targets
        if target.pairwise is not None
        for practice, shares in zip(target.pairwise.practices, target.pairwise.wins, strict=True)
        for other, share in zip(target.pairwise.practices, shares, strict=True)
        if practice != other
    )
    return _frame(rows, ("target", "practice", "other", "share"))


def explanation_frames(explanation: Explanation) -> dict[str, pd.DataFrame]:
    """The parts of an explanation by name, one row per indicator each.

    ``gaps`` (what is missing and the points that it costs), ``supports`` (what holds the score up),
    ``questions`` (what is unknown, and what the answer could do) and ``left_out`` (the ranking without it).
    """
    parts: dict[str, tuple[type[Gap | Support | Question | LeftOut], Iterable[object]]] = {
        "gaps": (Gap, explanation.gaps),
        "supports": (Support, explanation.supports),
        "questions": (Question, explanation.questions),
        "left_out": (LeftOut, explanation.left_out),
    }
    return {
        name: _frame(map(_cells, found), [field.name for field in fields(kind)])
        for name, (kind, found) in parts.items()
    }


def _cells(part: object) -> tuple[Value, ...]:
    """The fields of a part of an explanation; lists of ids are joined by ``; ``."""
    values = astuple(part)  # type: ignore[call-overload]
    return tuple("; ".join(value) if isinstance(value, tuple) else value for value in values)


def _frame(rows: Iterable[tuple[Value, ...]], columns: Sequence[str]) -> pd.DataFrame:
    """A frame whose columns have their types even where all their cells are missing."""
    import pandas as pd  # noqa: PLC0415 - see above

    frame = pd.DataFrame.from_records(list(rows), columns=list(columns))
    for column in columns:
        if column == "rank":
            frame[column] = frame[column].astype("Int64")
        elif column in _YES_OR_NO:
            frame[column] = frame[column].astype("bool")
        elif column not in _TEXT:
            frame[column] = frame[column].astype("float64")
    return frame
