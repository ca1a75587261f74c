"""Where the weights stand: on the sheet Weights they are changed, Dimensions and Indicators follow."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from dualeco_cli.model.study import Framework
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Formula, quoted

#: The columns of both tables that formulas refer to.
WEIGHT, SHARE_WITHIN, SHARE, ID, DIMENSION_ID = range(1, 6)
#: The heading of the first table, and how many rows its chart beside it takes.
_TOP = 6
_CHART_ROWS = 14


@dataclass(frozen=True)
class WeightPlaces:
    """The rows of the sheet Weights, from 0."""

    framework: Framework

    @property
    def sheet(self) -> str:
        """The name of the sheet."""
        return names.weights()

    @property
    def dimensions_top(self) -> int:
        """The row of the headings over the dimensions."""
        return _TOP

    @property
    def indicators_top(self) -> int:
        """The row of the headings over the indicators."""
        return _TOP + max(_CHART_ROWS, len(self.framework.dimensions)) + 4

    def span(self, kind: str, column: int) -> str:
        """A column of one of the tables, seen from its own sheet."""
        rows = self.framework.dimensions if kind == "Dimensions" else self.framework.indicators
        top = self.dimensions_top if kind == "Dimensions" else self.indicators_top
        return xl_range_abs(top + 1, column, top + len(rows), column)

    def cell(self, kind: str, row: int, value: float) -> Cell:
        """The cell of a weight on its input sheet: it follows the sheet Weights, where blank is 1."""
        top = self.dimensions_top if kind == "Dimensions" else self.indicators_top
        own = xl_rowcol_to_cell(row + 1, 0, col_abs=True)
        weights, ids = (f"{quoted(self.sheet)}!{self.span(kind, column)}" for column in (WEIGHT, ID))
        # By id: either of the two tables may have been sorted.
        held = f"INDEX({weights},SUMPRODUCT(MAX(({ids}={own})*(ROW({ids})-{top + 1}))))"
        return Formula(f'IF({held}="",1,{held})', value)
