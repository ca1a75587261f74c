"""The report as pandas data frames, for notebooks.

pandas is imported when a frame is asked for: no command of the program pays for it at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

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
    }
)


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


def _frame(rows: Iterable[tuple[Value, ...]], columns: Sequence[str]) -> pd.DataFrame:
    """A frame whose columns have their types even where all their cells are missing."""
    import pandas as pd  # noqa: PLC0415 - see above

    frame = pd.DataFrame.from_records(list(rows), columns=list(columns))
    for column in columns:
        if column == "rank":
            frame[column] = frame[column].astype("Int64")
        elif column not in _TEXT:
            frame[column] = frame[column].astype("float64")
    return frame
