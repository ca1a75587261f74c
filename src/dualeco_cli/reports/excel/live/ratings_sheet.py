"""The sheet Model ratings: from the rows of Assessments to one rating and one importance per judgement.

The row on which the assessors agreed wins, else the median counts (design, 4.4). The rows of a judgement are
written one below the other, so that a formula need not look through all of them. Should somebody sort the
sheet Assessments in another way, that is noticed, and every formula looks through all rows: slower, but right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from dualeco_cli.language import _
from dualeco_cli.model.rows import Assessment, Role
from dualeco_cli.reports.excel.book import Book, Cell, Formula, quoted
from dualeco_cli.reports.excel.formats import TAB_MODEL
from dualeco_cli.reports.excel.live.layout import SPARE, Layout
from dualeco_cli.reports.excel.live.numbers import CONSENSUS, Numbers

#: What is worked out beside each row of Assessments.
_ROW_COLUMNS = ("unit", "run", "scattered", "rating", "importance", "settled")
#: Whether any row is scattered, the lists of ids with their numbers, and the first columns of the units.
_SCATTERED_AT = len(_ROW_COLUMNS) + 1
_LISTS_AT = _SCATTERED_AT + 2
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

    def first_column(self, place: int) -> int:
        """The column with the first row of each judgement on an indicator."""
        return _UNITS_AT + self.layout.weighed.index(place)

    def importance_column(self, place: int) -> int:
        """The column of the importances of an indicator."""
        return self.first_column(place) + len(self.layout.weighed)

    def rating_column(self, place: int) -> int:
        """The column of the ratings on an indicator."""
        return _UNITS_AT + 2 * len(self.layout.weighed) + self.rated.index(place)

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
        labels = (
            _("Number of the judgement"),
            _("Rows of it from here on"),
            _("Apart from its others"),
            _("Rating"),
            _("Importance"),
            _("Row of the agreement"),
        )
        for at, label in enumerate(labels):
            self._label(at, label)
        self._label(_SCATTERED_AT, _("Rows that are apart"))
        self._put(1, _SCATTERED_AT, Formula(f"SUM({self.places.column('scattered')})", 0))
        given = self.numbers.layout.assessments
        units = [self._number(row.target, row.practice, row.indicator) for row in given]
        units += [0] * (self.places.rows - len(given) + 1)
        run = 0
        runs = []
        for number in reversed(range(self.places.rows)):
            run = run + 1 if units[number] and units[number] == units[number + 1] else 1
            runs.append(run)
        for number, run in enumerate(reversed(runs)):
            row = given[number] if number < len(given) else None
            for at, formula in enumerate(self._row(number + 1, row, units[number], run)):
                self._put(number + 1, at, formula)

    def _row(self, at: int, row: Assessment | None, unit: int, run: int) -> Iterator[Formula]:
        sheet = self.numbers.layout.inputs["Assessments"]

        def held(field: str) -> str:
            cell = xl_rowcol_to_cell(at, sheet.column(field), col_abs=True)
            return self.numbers.layout.on_input("Assessments", cell)

        def own(name: str, row_: int = at) -> str:
            return xl_rowcol_to_cell(row_, _ROW_COLUMNS.index(name), col_abs=True)

        parts = zip(("target", "practice", "indicator"), (_TARGET, _PRACTICE, 1), strict=True)
        number = "+".join(
            f"{factor}*SUMPRODUCT(({self._list(name, 0)}={held(name)})*{self._list(name, 1)})"
            for name, factor in parts
        )
        weight = held("importance")
        words = f'IF({weight}="high",2,IF({weight}="medium",1,IF({weight}="low",0.5,"")))'
        rating = None if row is None else row.rating
        settled = rating is not None and row is not None and row.assessor == CONSENSUS
        blank = f'{held("target")}=""'
        yield Formula(f"IF({blank},0,{number})", unit)
        yield Formula(
            f"IF(AND({own('unit')}>0,{own('unit')}={own('unit', at + 1)}),{own('run', at + 1)}+1,1)", run
        )
        begins = f"{own('unit')}<>{own('unit', at - 1)}" if at > 1 else "TRUE"
        first = f"MATCH({own('unit')},{self.places.column('unit')},0)"
        yield Formula(f"IF(AND({own('unit')}>0,{begins}),IF({first}={at},0,1),0)", 0)
        yield Formula(f'IF(ISNUMBER({held("rating")}),{held("rating")},"")', rating)
        yield Formula(f"IF(ISNUMBER({weight}),{weight},{words})", None if row is None else row.importance)
        agreed = f'AND({held("assessor")}="{CONSENSUS}",ISNUMBER({own("rating")}))'
        yield Formula(f"IF({agreed},{at},0)", at if settled else 0)

    # Lists of ids

    def _lists(self) -> None:
        layout = self.numbers.layout
        ids = {
            "target": layout.targets,
            "practice": layout.practices,
            "indicator": tuple(one.id for one in layout.indicators),
        }
        labels = {"target": _("target"), "practice": _("practice"), "indicator": _("indicator")}
        for at, (name, listed) in enumerate(ids.items()):
            self._label(_LISTS_AT + 2 * at, labels[name])
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
        for place in layout.weighed:
            indicator = layout.indicators[place].id
            self._label(
                self.places.first_column(place), _("First row: {indicator}").format(indicator=indicator)
            )
            self._label(
                self.places.importance_column(place), _("Importance: {indicator}").format(indicator=indicator)
            )
        for place in self.places.rated:
            label = _("Rating: {indicator}").format(indicator=layout.indicators[place].id)
            self._label(self.places.rating_column(place), label)
        firsts: dict[int, int] = {}
        for row, given in enumerate(layout.assessments, 1):
            firsts.setdefault(self._number(given.target, given.practice, given.indicator), row)
        for target in range(len(layout.targets)):
            for practice in range(len(layout.practices)):
                self._unit(target, practice, firsts)

    def _unit(self, target: int, practice: int, firsts: dict[int, int]) -> None:
        row = self.places.unit_row(target, practice)
        for place in self.numbers.layout.weighed:
            key = _TARGET * (target + 1) + _PRACTICE * (practice + 1) + place + 1
            first = xl_rowcol_to_cell(row, self.places.first_column(place))
            found = f"MATCH({key},{self.places.column('unit')},0)"
            text = f"IF(ISNUMBER({found}),{found},0)"
            self._put(row, self.places.first_column(place), Formula(text, firsts.get(key, 0)))
            importance = self._of_unit(first, key, "importance", "1")
            self._put(
                row,
                self.places.importance_column(place),
                Formula(importance, self.numbers.importance(target, practice, place), array=True),
            )
            if place in self.places.rated:
                rating = self._of_unit(first, key, "rating", '""')
                self._put(
                    row,
                    self.places.rating_column(place),
                    Formula(rating, self.numbers.rating(target, practice, place), array=True),
                )

    def _of_unit(self, first: str, key: int, name: str, nothing: str) -> str:
        """The rating or the importance of a judgement: the agreed one, else the median, else nothing."""
        units, values, settled = (self.places.column(column) for column in ("unit", name, "settled"))
        last = f"{first}+INDEX({self.places.column('run')},{first})-1"

        def block(cells: str) -> str:
            return f"INDEX({cells},{first}):INDEX({cells},{last})"

        def chosen(agreed: str, count: str, median: str) -> str:
            row = f"INDEX({values},{agreed})"
            return f"IF({agreed}>0,IF(ISNUMBER({row}),{row},{nothing}),IF({count}=0,{nothing},{median}))"

        together = chosen(f"MAX({block(settled)})", f"COUNT({block(values)})", f"MEDIAN({block(values)})")
        apart = chosen(
            f"MAX(IF({units}={key},{settled}))",
            f"COUNT(IF({units}={key},{values}))",
            f"MEDIAN(IF({units}={key},{values}))",
        )
        scattered = xl_rowcol_to_cell(1, _SCATTERED_AT, row_abs=True, col_abs=True)
        return f"IF({first}=0,{nothing},IF({scattered}=0,{together},{apart}))"
