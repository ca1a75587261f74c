"""Where everything stands on the sheets of the live model.

The model has a block per step of the method, each with a column per indicator (grouped by dimension) and a
row per practice, or per target and practice. Positions are fixed once; all else asks here for addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from dualeco_cli.model.result import Report
from dualeco_cli.model.rows import Assessment, Dimension, Indicator, Role
from dualeco_cli.model.study import Study
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import quoted
from dualeco_cli.reports.excel.inputs import InputSheet, grouped

#: What stands in the first columns of the rows of targets and practices, in this order.
RESULT_COLUMNS = (
    "target",
    "practice",
    "title",
    "from",
    "home",
    "barriers",
    "open",
    "share",
    "coverage",
    "mean",
    "score",
    "lower",
    "upper",
    "code",
    "class",
    "rank",
    "tier",
    "key",
    "place",
    "run_score",
    "run_class",
    "run_coverage",
    "changed",
)
#: The same for the rows of practices.
PRACTICE_COLUMNS = (
    "number",
    "practice",
    "title",
    "requirements_row",
    "merits_row",
    "practices_row",
    "objectives",
    "understood",
    "source",
    "order",
)
#: The same for the rows of practices as they are listed; a column per class follows, for the charts.
LISTED_COLUMNS = ("target", "place", "label", "row", "score", "minus", "plus")
#: The rows of what the indicators are.
PARAMETERS = (
    "id",
    "name",
    "dimension",
    "role",
    "row",
    "column",
    "worst",
    "best",
    "weight",
    "similar",
    "critical",
    "continuous",
    "limit",
    "objective",
    "unreadable",
)
#: The rows of what a target has: where it stands on the sheet Profile, as it is there, and normalised.
PROFILE_ROWS = ("position", "raw", "level")
#: Settings and checks, in column C from this row on.
SETTINGS = (
    "exponent",
    "min_coverage",
    "transferable_from",
    "adaptable_from",
    "decimal_mark",
    "unreadable",
    "changed",
)
#: Blocks with a column per dimension.
DIMENSION_BLOCKS = ("within", "known", "sum", "factor", "score")

#: A chart shows no more practices than these.
MOST_BARS = 30
#: Rows below the last one that formulas look at as well, so that something can be added there.
SPARE = 100

_SETTINGS_TOP = 4
_WORDS_ROW = _SETTINGS_TOP + len(SETTINGS) + 1
_PARAMETERS_TOP = _WORDS_ROW + 2
_FIRST_BLOCK = max(len(RESULT_COLUMNS), len(PRACTICE_COLUMNS)) + 1


@dataclass(frozen=True)
class Layout:
    """The places of one workbook. Rows and columns count from 0, as XlsxWriter wants them."""

    report: Report
    study: Study
    inputs: dict[str, InputSheet]
    model: str = field(default_factory=names.model)
    ratings: str = field(default_factory=names.ratings)

    # What the blocks are made of

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The targets of the report."""
        return tuple(target.id for target in self.report.targets)

    @cached_property
    def practices(self) -> tuple[str, ...]:
        """All practices, in the order of the study."""
        return tuple(self.study.practices)

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that have indicators."""
        used = {indicator.dimension for indicator in self.study.framework.indicators}
        return tuple(one for one in self.study.framework.dimensions if one.id in used)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators, those of a dimension side by side."""
        order = {dimension.id: place for place, dimension in enumerate(self.dimensions)}
        return tuple(sorted(self.study.framework.indicators, key=lambda one: order[one.dimension]))

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each indicator in a block."""
        return {indicator.id: place for place, indicator in enumerate(self.indicators)}

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """The rows of Assessments as they are written."""
        return grouped(self.study)

    def members(self, dimension: Dimension) -> tuple[int, int]:
        """The first and the last place of the indicators of a dimension."""
        places = [at for at, one in enumerate(self.indicators) if one.dimension == dimension.id]
        return places[0], places[-1]

    @cached_property
    def weighed(self) -> tuple[int, ...]:
        """Places of the indicators for which assessors may give a rating or an importance."""
        rated = {row.indicator for row in self.study.assessments}
        return tuple(
            place
            for place, one in enumerate(self.indicators)
            if "Assessments" in self.inputs and (one.role is Role.JUDGEMENT or one.id in rated)
        )

    # Rows

    @property
    def words_row(self) -> int:
        """The row with the words for ``n/a``."""
        return _WORDS_ROW

    def setting_row(self, name: str) -> int:
        """The row of a setting."""
        return _SETTINGS_TOP + SETTINGS.index(name)

    def parameter_row(self, name: str) -> int:
        """The row of something that indicators are."""
        return _PARAMETERS_TOP + PARAMETERS.index(name)

    def profile_row(self, target: int, name: str) -> int:
        """A row of what a target has."""
        top = _PARAMETERS_TOP + len(PARAMETERS)
        return top + target * len(PROFILE_ROWS) + PROFILE_ROWS.index(name)

    @property
    def practices_top(self) -> int:
        """The row of headings above the practices."""
        return _PARAMETERS_TOP + len(PARAMETERS) + len(PROFILE_ROWS) * len(self.targets) + 1

    def practice_row(self, practice: int) -> int:
        """The row of a practice, whatever the target."""
        return self.practices_top + 1 + practice

    @property
    def results_top(self) -> int:
        """The row of headings above the results."""
        return self.practices_top + len(self.practices) + 2

    def result_row(self, target: int, practice: int) -> int:
        """The row of a practice for a target."""
        return self.results_top + 1 + target * len(self.practices) + practice

    @property
    def bars(self) -> int:
        """How many practices a chart shows."""
        return min(MOST_BARS, len(self.practices))

    @property
    def listed_top(self) -> int:
        """The row of headings above the practices as they are listed."""
        return self.results_top + len(self.targets) * len(self.practices) + 2

    def listed_row(self, target: int, place: int) -> int:
        """The row of the practice on a place, from 0, for a target."""
        return self.listed_top + 1 + target * len(self.practices) + place

    def listed_cell(self, target: int, place: int, name: str) -> str:
        """The address of what is said of the practice on a place, seen from another sheet."""
        return self.from_elsewhere(self.listed_row(target, place), LISTED_COLUMNS.index(name))

    # Columns

    def block(self, number: int) -> int:
        """The first column of one of the three blocks of indicators."""
        return _FIRST_BLOCK + number * (len(self.indicators) + 1)

    def dimension_column(self, block: str, dimension: int) -> int:
        """The column of a dimension in a block of dimensions."""
        return self.block(3) + DIMENSION_BLOCKS.index(block) * len(self.dimensions) + dimension

    # Addresses

    def cell(self, row: int, column: int, *, fixed: bool = True) -> str:
        """The address of a cell of the model, seen from the model."""
        return xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)

    def span(self, row: int, first: int, last: int) -> str:
        """A stretch of a row of the model."""
        return xl_range_abs(row, first, row, last)

    def of_targets(self, column: int, target: int) -> str:
        """The rows of one target in a column."""
        last = self.result_row(target, len(self.practices) - 1)
        return xl_range_abs(self.result_row(target, 0), column, last, column)

    def results(self, column: int) -> str:
        """The rows of all targets in a column, seen from another sheet."""
        first = self.result_row(0, 0)
        last = self.result_row(len(self.targets) - 1, len(self.practices) - 1)
        return f"{quoted(self.model)}!{xl_range_abs(first, column, last, column)}"

    def from_elsewhere(self, row: int, column: int) -> str:
        """The address of a cell of the model, seen from another sheet."""
        return f"{quoted(self.model)}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def on_input(self, kind: str, area: str) -> str:
        """An area of an input sheet."""
        return f"{quoted(self.inputs[kind].name)}!{area}"

    def target_name(self, target: int) -> str:
        """The address of the name of a target, seen from another sheet."""
        return self.from_elsewhere(self.profile_row(target, PROFILE_ROWS[0]), 2)

    def column(self, kind: str, name: str, *, spare: int = 1) -> str:
        """The cells of a column of an input sheet, with rows below them to spare."""
        sheet = self.inputs[kind]
        at = sheet.column(name)
        return f"{quoted(sheet.name)}!{xl_range_abs(1, at, len(sheet.rows) + spare, at)}"
