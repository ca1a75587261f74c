"""What all sheets of a report are made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dualeco_cli.model.result import PracticeResult, Report, TargetResult
from dualeco_cli.model.rows import Dimension, Role
from dualeco_cli.model.study import Study
from dualeco_cli.reports.excel.book import Book, Cell, Formula
from dualeco_cli.reports.excel.inputs import InputSheet, input_sheets
from dualeco_cli.reports.excel.live.layout import RESULT_COLUMNS, Layout
from dualeco_cli.reports.excel.live.liveness import why_not_live
from dualeco_cli.reports.excel.live.numbers import Numbers
from dualeco_cli.reports.excel.live.ratings_sheet import RatingsPlaces
from dualeco_cli.reports.excel.weight_places import WeightPlaces
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.tables import Value

#: A longer list of values takes programs long to open, and nobody reads it; the table in CSV has it.
MOST_VALUES = 6_000


@dataclass(frozen=True)
class Context:
    """One report on its way into one workbook."""

    book: Book
    report: Report
    study: Study

    @cached_property
    def story(self) -> Story:
        """The sentences."""
        return Story(self.report, self.study)

    @cached_property
    def why_not_live(self) -> str | None:
        """Why the workbook holds values only; None where it computes."""
        return why_not_live(self.report, self.study)

    @property
    def live(self) -> bool:
        """Whether the workbook computes."""
        return self.why_not_live is None

    @cached_property
    def weights(self) -> WeightPlaces:
        """Where the weights stand."""
        return WeightPlaces(self.study.framework)

    @cached_property
    def inputs(self) -> dict[str, InputSheet]:
        """The input sheets by kind."""
        return input_sheets(self.report, self.study, self.weights.cell if self.live else None)

    @cached_property
    def layout(self) -> Layout:
        """Where the live model has its cells."""
        return Layout(self.report, self.study, self.inputs)

    @cached_property
    def numbers(self) -> Numbers:
        """What its formulas give today."""
        return Numbers(self.layout)

    @cached_property
    def ratings(self) -> RatingsPlaces:
        """Where it has the ratings of the assessors."""
        return RatingsPlaces(self.layout)

    # Results: formulas where there is a model. Their addresses are fixed, so that tables may be sorted.

    def result(self, name: str, target: int, practice: str, value: Value) -> Cell:
        """A column of the results of a practice for a target, by its number."""
        return self._held(RESULT_COLUMNS.index(name), target, practice, value)

    def dimension_score(self, dimension: Dimension, target: int, practice: str, value: Value) -> Cell:
        """The score of a dimension."""
        if not self.live or dimension not in self.layout.dimensions:
            return value
        column = self.layout.dimension_column("score", self.layout.dimensions.index(dimension))
        return self._held(column, target, practice, value)

    def indicator(self, indicator: str, target: int, practice: str, value: Value) -> Cell:
        """The value of an indicator."""
        if not self.live:
            return value
        return self._held(self.layout.block(0) + self.layout.place_of[indicator], target, practice, value)

    def _held(self, column: int, target: int, practice: str, value: Value) -> Cell:
        if not self.live:
            return value
        row = self.layout.result_row(target, self.places[practice])
        return Formula(self.layout.from_elsewhere(row, column), value)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each practice in the model."""
        return {id_: place for place, id_ in enumerate(self.study.practices)}

    @property
    def several(self) -> bool:
        """Whether there is more than one target."""
        return len(self.report.targets) > 1

    @cached_property
    def has_conditions(self) -> bool:
        """Whether anything is required of a target."""
        return any(one.role is Role.CONDITION for one in self.study.framework.indicators)

    @cached_property
    def has_adaptations(self) -> bool:
        """Whether any practice has an adapted form."""
        return any(practice.adaptations for _number, _target, practice in self.pairs)

    @cached_property
    def has_draws(self) -> bool:
        """Whether the run made draws."""
        return any(practice.robustness for _number, _target, practice in self.pairs)

    @cached_property
    def has_agreement(self) -> bool:
        """Whether assessors gave ratings."""
        given = [target.agreement for target in self.report.targets if target.agreement is not None]
        return (bool(self.study.assessments) and bool(given)) or any(one.units for one in given)

    @cached_property
    def has_values(self) -> bool:
        """Whether the list of all values is short enough for a sheet."""
        return sum(len(practice.indicators) for _number, _target, practice in self.pairs) <= MOST_VALUES

    @cached_property
    def pairs(self) -> list[tuple[int, TargetResult, PracticeResult]]:
        """Every practice of every target, in the order of the report, with the number of the target."""
        return [
            (number, target, practice)
            for number, target in enumerate(self.report.targets)
            for practice in target.practices
        ]
