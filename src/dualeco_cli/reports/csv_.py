"""The report as one long table for statistics: a row per target, practice and indicator.

What is known of the practice as a whole is repeated in each of its rows, so that any program can filter and
group without joining tables. The last column, ``provenance``, is filled in the first row only.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from dualeco_cli.model.result import Report
from dualeco_cli.model.safe import csv_cell
from dualeco_cli.model.study import Study
from dualeco_cli.reports.tables import (
    INDICATOR_COLUMNS,
    PRACTICE_COLUMNS,
    Value,
    indicator_rows,
    pairs,
    practice_cells,
    provenance_cells,
)

COLUMNS = (*PRACTICE_COLUMNS, *INDICATOR_COLUMNS, "provenance")


def render(report: Report, study: Study) -> bytes:  # noqa: ARG001 - every writer is called alike
    """UTF-8 with a byte order mark and CRLF, as spreadsheet programs expect it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(report))
    return file.getvalue().encode("utf-8-sig", "replace")


def _rows(report: Report) -> Iterator[list[Value]]:
    nothing: tuple[Value, ...] = (None,) * len(INDICATOR_COLUMNS)
    provenance: Value = str(csv_cell(_provenance(report)))
    for target, practice in pairs(report):
        about = _safe(practice_cells(target, practice))
        # A practice without indicators keeps its row: nobody is to vanish from a table.
        for cells in indicator_rows(practice) if practice.indicators else (nothing,):
            yield [*about, *_safe(cells), provenance]
            provenance = None


def _safe(cells: Iterable[Value]) -> list[Value]:
    """The cells with text that no spreadsheet program takes for a formula."""
    return [str(csv_cell(cell)) if isinstance(cell, str) else cell for cell in cells]


def _provenance(report: Report) -> str:
    said = [f"{name}={value}" for name, value in provenance_cells(report) if value is not None]
    said.extend(f"input={source.path} sha256={source.sha256}" for source in report.inputs)
    return "; ".join(said)
