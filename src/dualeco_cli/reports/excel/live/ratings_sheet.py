"""The sheet Model ratings: from the rows of Assessments to one rating and one importance per judgement.

The row of the assessors' agreement wins, else the median counts (design, 4.4). Rows are told apart by a number
made of target, practice and indicator, because comparing numbers is faster than comparing words, and because
the rows of Assessments may be sorted in any way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from dualeco_cli.model.rows import Assessment, Role
from dualeco_cli.reports.excel.book import Book, Cell, Formula
from dualeco_cli.reports.excel.formats import TAB_MODEL
from dualeco_cli.reports.excel.live.layout import SPARE, Layout, quoted
from dualeco_cli.reports.excel.live.numbers import CONSENSUS, Numbers
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import _

#: What is worked out beside each row of Assessments.
_ROW_COLUMNS = ("unit", "rated", "importance", "weighed", "settled")
#: The lists of ids with their numbers, and the first columns of the units.
_LISTS_AT = len(_ROW_COLUMNS) + 1
_UNITS_AT = _LISTS_AT + 7
#: The number of a unit: targets, practices and indicators each have digits of their own.
_TARGET, _PRACTICE = 100_000_000, 10_000


@dataclass(frozen=True)
class RatingsPlaces:
    """Where the ratings and importances of a layout stand."""

    layout: Layout

    @property
    def rows(self) -> int:
        """How many rows of Assessments are looked at; 0 where nothing is to be judged."""
        if "Assessments" not in self.layout.inputs or not self.layout.weighed:
            return 0
        return len(self.layout.inputs["Assessments"].rows) + SPARE

    def of_assessments(self, field: str) -> str:
        """A column of the sheet Assessments."""
        return self.layout.column("Assessments", field, spare=SPARE)

    @property
    def rating(self) -> str:
        """The ratings as they were given."""
        return self.of_assessments("rating")

    def column(self, name: str) -> str:
        """What is worked out beside the rows, seen from this sheet."""
        at = _ROW_COLUMNS.index(name)
        return xl_range_abs(1, at, self.rows, at)

    def unit_row(self, target: int, practice: int) -> int:
        """The row of a practice for a target."""
        return 1 + target * len(self.layout.practices) + practice

    @property
    def rated(self) -> list[int]:
        """Places of the indicators that are judged."""
        return [at for at in self.layout.weighed if self.layout.indicators[at].role is Role.JUDGEMENT]

    def rating_column(self, place: int) -> int:
        """The column of the ratings on an indicator."""
        return _UNITS_AT + self.rated.index(place)

    def importance_column(self, place: int) -> int:
        """The column of the importances of an indicator."""
        return _UNITS_AT + len(self.rated) + self.layout.weighed.index(place)

    def of_rating(self, target: int, practice: int, place: int) -> str | None:
        """The address of a rating, seen from the model; None for an indicator that is not judged."""
        if not self.rows or place not in self.rated:
            return None
        return self._seen(self.unit_row(target, practice), self.rating_column(place))

    def of_importance(self, target: int, practice: int, place: int) -> str | None:
        """The address of an importance, seen from the model."""
        if not self.rows or place not in self.layout.weighed:
            return None
        return self._seen(self.unit_row(target, practice), self.importance_column(place))

    def _seen(self, row: int, column: int) -> str:
        address = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        return f"{quoted(self.layout.ratings)}!{address}"


def add(book: Book, numbers: Numbers, places: RatingsPlaces) -> None:
    """Add the sheet, where there is anything to judge."""
    if places.rows:
        sheet = book.sheet(numbers.layout.ratings, tab=TAB_MODEL)
        _RatingsSheet(book, sheet, numbers, places).write()


@dataclass(frozen=True)
class _RatingsSheet:
    """The sheet while it is written."""

    book: Book
    sheet: Any
    numbers: Numbers
    places: RatingsPlaces

    def write(self) -> None:
        """All of it."""
        self._rows()
        self._lists()
        self._units()
        self.sheet.set_column(0, 60, 12)
        self.sheet.freeze_panes(1, 0)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD10000"})

    def _put(self, row: int, column: int, cell: Cell) -> None:
        text = cell.value if isinstance(cell, Formula) else cell
        self.book.write(self.sheet, row, column, cell, "model text" if isinstance(text, str) else "model")

    def _label(self, column: int, text: str) -> None:
        self.book.write(self.sheet, 0, column, text, "model header")

    # Beside each row of Assessments

    def _rows(self) -> None:
        for at, label in enumerate(
            (
                _("Number of the judgement"),
                _("The same, if there is a rating"),
                _("Importance"),
                _("The number, if there is an importance"),
                _("The number, if it is settled"),
            )
        ):
            self._label(at, label)
        given = self.numbers.layout.study.assessments
        for number in range(self.places.rows):
            row = given[number] if number < len(given) else None
            for at, formula in enumerate(self._row(number + 1, row)):
                self._put(number + 1, at, formula)

    def _row(self, at: int, row: Assessment | None) -> Iterator[Formula]:
        sheet = self.numbers.layout.inputs["Assessments"]

        def held(field: str) -> str:
            return f"Assessments!{xl_rowcol_to_cell(at, sheet.column(field), col_abs=True)}"

        def own(name: str) -> str:
            return xl_rowcol_to_cell(at, _ROW_COLUMNS.index(name), col_abs=True)

        parts = zip(("target", "practice", "indicator"), (_TARGET, _PRACTICE, 1), strict=True)
        unit = "+".join(
            f"{factor}*SUMPRODUCT(({self._list(name, 0)}={held(name)})*{self._list(name, 1)})"
            for name, factor in parts
        )
        number = 0 if row is None else self._number(row.target, row.practice, row.indicator)
        weight = held("importance")
        words = f'IF({weight}="high",2,IF({weight}="medium",1,IF({weight}="low",0.5,"")))'
        rated = row is not None and row.rating is not None
        important = None if row is None else row.importance
        settled = rated and row is not None and row.assessor == CONSENSUS
        yield Formula(unit, number)
        yield Formula(f'IF(ISNUMBER({held("rating")}),{own("unit")},"")', number if rated else None)
        yield Formula(f"IF(ISNUMBER({weight}),{weight},{words})", important)
        yield Formula(
            f'IF(ISNUMBER({own("importance")}),{own("unit")},"")', None if important is None else number
        )
        yield Formula(
            f'IF({held("assessor")}="{CONSENSUS}",{own("rated")},"")', number if settled else None
        )

    # Lists of ids

    def _lists(self) -> None:
        layout = self.numbers.layout
        ids = {
            "target": layout.targets,
            "practice": layout.practices,
            "indicator": tuple(one.id for one in layout.indicators),
        }
        for at, (name, listed) in enumerate(ids.items()):
            self._label(_LISTS_AT + 2 * at, name)
            self._label(_LISTS_AT + 2 * at + 1, _("Number"))
            for number, id_ in enumerate(listed, 1):
                self._put(number, _LISTS_AT + 2 * at, id_)
                self._put(number, _LISTS_AT + 2 * at + 1, number)

    def _list(self, name: str, offset: int) -> str:
        layout = self.numbers.layout
        counts = {
            "target": len(layout.targets),
            "practice": len(layout.practices),
            "indicator": len(layout.indicators),
        }
        column = _LISTS_AT + 2 * list(counts).index(name) + offset
        return xl_range_abs(1, column, counts[name], column)

    def _number(self, target: str, practice: str, indicator: str) -> int:
        layout = self.numbers.layout

        def place(ids: tuple[str, ...], id_: str) -> int:
            return ids.index(id_) + 1 if id_ in ids else 0

        known = layout.place_of.get(indicator)
        return (
            _TARGET * place(layout.targets, target)
            + _PRACTICE * place(layout.practices, practice)
            + (0 if known is None else known + 1)
        )

    # Units

    def _units(self) -> None:
        layout = self.numbers.layout
        for place in self.places.rated:
            label = _("Rating: {indicator}").format(indicator=layout.indicators[place].id)
            self._label(self.places.rating_column(place), label)
        for place in layout.weighed:
            label = _("Importance: {indicator}").format(indicator=layout.indicators[place].id)
            self._label(self.places.importance_column(place), label)
        for target in range(len(layout.targets)):
            for practice in range(len(layout.practices)):
                self._unit(target, practice)

    def _unit(self, target: int, practice: int) -> None:
        row = self.places.unit_row(target, practice)
        first = _TARGET * (target + 1) + _PRACTICE * (practice + 1)
        rating, importance = self.places.rating, self.places.column("importance")
        rated, weighed, settled = (self.places.column(name) for name in ("rated", "weighed", "settled"))
        for place in self.places.rated:
            key = first + place + 1
            median = f'IF(COUNTIF({rated},{key})=0,"",MEDIAN(IF({rated}={key},{rating})))'
            text = f"IF(COUNTIF({settled},{key})>0,INDEX({rating},MATCH({key},{settled},0)),{median})"
            value: Value = self.numbers.rating(target, practice, place)
            self._put(row, self.places.rating_column(place), Formula(text, value, array=True))
        for place in self.numbers.layout.weighed:
            key = first + place + 1
            agreed = f"INDEX({importance},MATCH({key},{settled},0))"
            median = f"IF(COUNTIF({weighed},{key})=0,1,MEDIAN(IF({weighed}={key},{importance})))"
            text = f"IF(COUNTIF({settled},{key})>0,IF(ISNUMBER({agreed}),{agreed},1),{median})"
            value = self.numbers.importance(target, practice, place)
            self._put(row, self.places.importance_column(place), Formula(text, value, array=True))
