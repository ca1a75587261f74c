"""The sheet Model: the method step by step, every number a formula over the input sheets.

Only functions that Excel has had for decades, so that LibreOffice and old programs compute it as well. What
stands in a cell that cannot be read counts as unknown and is counted, so that the first sheet can say so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range_abs

from dualeco_cli.data import words
from dualeco_cli.language import _, current
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import UNRANKED, PracticeClass, PracticeResult
from dualeco_cli.model.rows import Indicator, Objective, Role
from dualeco_cli.reports.excel.book import LINE, Book, Cell, Formula, class_words, quoted
from dualeco_cli.reports.excel.formats import TAB_MODEL
from dualeco_cli.reports.excel.live.layout import (
    DIMENSION_BLOCKS,
    LISTED_COLUMNS,
    PARAMETERS,
    PRACTICE_COLUMNS,
    PROFILE_ROWS,
    RESULT_COLUMNS,
    SETTINGS,
    SPARE,
    Layout,
)
from dualeco_cli.reports.excel.live.numbers import LEAST_VALUE, NOT_APPLICABLE, UNKNOWN, Numbers
from dualeco_cli.reports.excel.live.ratings_sheet import RatingsPlaces
from dualeco_cli.reports.naming import dimension_name, indicator_name, region_name, target_name
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import class_word

#: The columns of the model that other sheets show, by the names that their formulas use.
NAMED_RESULTS = (
    "title",
    "from",
    "barriers",
    "open",
    "coverage",
    "score",
    "lower",
    "upper",
    "code",
    "class",
    "rank",
    "run_score",
    "changed",
)
#: Words that stand for a number in a column of weights.
_WEIGHT_WORDS = {"high": 2.0, "medium": 1.0, "low": 0.5}
#: Classes by number, from this one on with a rank.
_FIRST_RANKED = len(UNRANKED) + 1
_MILLION = 1_000_000


def define_names(book: Book, layout: Layout) -> None:
    """Give names to what many formulas refer to: that makes them shorter, and readable."""
    names: dict[str, str] = {}
    for name in ("exponent", "min_coverage", "transferable_from", "adaptable_from", "decimal_mark"):
        names[name] = layout.from_elsewhere(layout.setting_row(name), 2)
    last = layout.block(0) + len(_words()) - 1
    names["na_words"] = f"{quoted(layout.model)}!{layout.span(layout.words_row, layout.block(0), last)}"
    names["settings_key"] = layout.column("Settings", "key", spare=9)
    names["settings_value"] = layout.column("Settings", "value", spare=9)
    if "Profile" in layout.inputs:
        for field in ("ecosystem", "indicator", "value", "year"):
            names[f"profile_{field}"] = layout.column("Profile", field, spare=SPARE)
    for kind, name in (("Requirements", "requirement_cells"), ("Merits", "merit_cells")):
        if kind in layout.inputs:
            sheet = layout.inputs[kind]
            # One row and one column more: a practice or an indicator that is not found leads there.
            area = xl_range_abs(1, 1, len(sheet.rows) + 1, len(sheet.fields))
            names[name] = layout.on_input(kind, area)
    for name in NAMED_RESULTS:
        names[f"model_{name}"] = layout.results(RESULT_COLUMNS.index(name))
    for name, area in sorted(names.items()):
        book.workbook.define_name(name, f"={area}")


def _sheet(kind: str) -> str:
    """What an input sheet is called."""
    return words.sheet_name(kind, current())


def _words() -> list[str]:
    """The words for ``n/a`` as a cell of Requirements shows them once its marks and blanks are gone."""
    found = [row.word for row in words.value_words() if row.list == "not_applicable"]
    cleaned = ("".join(word.split()).replace(",", ".").casefold() for word in found)
    return list(dict.fromkeys([NOT_APPLICABLE, *cleaned]))


def add(book: Book, layout: Layout, numbers: Numbers, ratings: RatingsPlaces) -> None:
    """Add the sheet."""
    sheet = book.sheet(layout.model, tab=TAB_MODEL)
    _ModelSheet(book, sheet, layout, numbers, ratings).write()


@dataclass(frozen=True)
class _ModelSheet:
    """The sheet while it is written."""

    book: Book
    sheet: Any
    layout: Layout
    numbers: Numbers
    ratings: RatingsPlaces

    def write(self) -> None:
        """All of it, from top to bottom."""
        self.book.heading(
            self.sheet,
            _("Model"),
            _(
                "The method, step by step. Every cell here is a formula: change the input sheets, not this one. "
                "Columns are the indicators, grouped by dimension."
            ),
            _("In the blocks an empty cell is unknown, and n/a does not apply."),
        )
        self._settings()
        self._parameters()
        self._dimensions()
        self._profiles()
        self._practices()
        self._results()
        self._listed()
        layout = self.layout
        self.sheet.set_column(0, 1, 24)
        self.sheet.set_column(2, 2, 30)
        self.sheet.set_column(3, layout.dimension_column("score", len(layout.dimensions)), 10)
        for row in (layout.practices_top, layout.results_top, layout.listed_top):
            self.sheet.set_row(row, 5 * LINE)
        self.sheet.freeze_panes(0, 3)
        self.sheet.set_paper(8)  # A3
        self.sheet.fit_to_pages(3, 0)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD10000"})

    def _put(self, row: int, column: int, cell: Cell) -> None:
        text = cell.value if isinstance(cell, Formula) else cell
        self.book.write(self.sheet, row, column, cell, "model text" if isinstance(text, str) else "model")

    def _label(self, row: int, column: int, text: str) -> None:
        self.book.write(self.sheet, row, column, text, "model label")

    def _heading(self, row: int, column: int, text: str) -> None:
        self.book.write(self.sheet, row, column, text, "model header")

    # Settings and checks

    def _settings(self) -> None:
        told: dict[str, tuple[str, Cell]] = {
            "exponent": (
                _("Exponent of the mean: 1 for compensation full, 0 for partial, none for others"),
                Formula(self._exponent(), self.numbers.exponent),
            ),
            "min_coverage": (_("Least coverage for a rank"), self._threshold("min_coverage", 0.6)),
            "transferable_from": (_("Transferable from"), self._threshold("transferable_from", 75)),
            "adaptable_from": (_("Adaptable from"), self._threshold("adaptable_from", 50)),
            "decimal_mark": (_("Decimal mark of this program"), Formula('MID(1/2&"",2,1)', ".")),
            "unreadable": (
                _("Cells of the input sheets that cannot be read; they count as unknown"),
                Formula(self._unreadable(), 0),
            ),
            "changed": (
                _("Results that are not those of the run"),
                Formula(f"SUM({self._all_results('changed')})", 0),
            ),
        }
        for name in SETTINGS:
            row = self.layout.setting_row(name)
            label, cell = told[name]
            self._label(row, 0, label)
            self.book.write(self.sheet, row, 1, None, "model label")
            self._put(row, 2, cell)
        row = self.layout.words_row
        self._label(row, 0, _("Words for n/a, without their blanks"))
        for at, word in enumerate(_words()):
            self._put(row, self.layout.block(0) + at, word)

    def _exponent(self) -> str:
        position = '(settings_key="compensation")*(ROW(settings_key)-1)'
        # An extra row is never filled, so that no row leads to one that counts as blank: full.
        held = f"INDEX(settings_value,MAX(1,SUMPRODUCT({position})))"
        given = 'SUMPRODUCT(--(settings_key="compensation"))>0'
        words_ = f'IF(OR({held}="",{held}="full"),1,IF({held}="partial",0,""))'
        return f'IF({given},IF(ISNUMBER({held}),IF(OR({held}=1,{held}=0),{held},""),{words_}),1)'

    def _threshold(self, key: str, default: float) -> Formula:
        given = f'SUMPRODUCT((settings_key="{key}")*ISNUMBER(settings_value))>0'
        text = f'IF({given},SUMPRODUCT(--(settings_key="{key}"),settings_value),{default})'
        return Formula(text, float(getattr(self.layout.report.method, key)))

    def _unreadable(self) -> str:
        """Counts what is there and cannot be read: cells of practices, objectives, profiles, ratings."""
        layout = self.layout
        row, last = layout.parameter_row("unreadable"), layout.block(0) + len(layout.indicators) - 1
        objectives = self._practice_column("objectives")
        understood = self._practice_column("understood")
        counts = [
            f"SUM({layout.span(row, layout.block(0), last)})",
            f'SUMPRODUCT(({objectives}<>"")*({understood}=0))',
        ]
        if "Profile" in layout.inputs:
            counts.append('SUMPRODUCT((profile_value<>"")*(1-ISNUMBER(profile_value)))')
        if self.ratings.rows:
            held = self.ratings.rating
            counts.append(f'SUMPRODUCT(({held}<>"")*(1-ISNUMBER({held})))')
        return "+".join(counts)

    def _practice_column(self, name: str) -> str:
        layout, at = self.layout, PRACTICE_COLUMNS.index(name)
        return xl_range_abs(layout.practice_row(0), at, layout.practice_row(len(layout.practices) - 1), at)

    def _all_results(self, name: str) -> str:
        layout, at = self.layout, RESULT_COLUMNS.index(name)
        last = layout.result_row(len(layout.targets) - 1, len(layout.practices) - 1)
        return xl_range_abs(layout.result_row(0, 0), at, last, at)

    # What the indicators are

    def _parameters(self) -> None:
        layout = self.layout
        labels = {
            "id": _("Indicator"),
            "name": _("Name"),
            "dimension": _("Dimension"),
            "role": _("Role"),
            "row": _("Row on the sheet {sheet}").format(sheet=_sheet("Indicators")),
            "column": _("Column on the sheet {requirements} or {merits}").format(
                requirements=_sheet("Requirements"), merits=_sheet("Merits")
            ),
            "worst": _("Worst"),
            "best": _("Best"),
            "weight": _("Weight in the dimension"),
            "similar": _("Similar: 1, at least: 0"),
            "critical": _("Critical for all practices"),
            "continuous": _("Continuous scale"),
            "limit": _("A value below this is a barrier"),
            "objective": _("Objective"),
            "unreadable": _("Cells that cannot be read"),
        }
        for name in PARAMETERS:
            self._label(layout.parameter_row(name), 0, labels[name])
        for place, indicator in enumerate(layout.indicators):
            column = layout.block(0) + place
            for name, cell in self._parameters_of(place, indicator):
                self._put(layout.parameter_row(name), column, cell)

    def _parameters_of(self, place: int, indicator: Indicator) -> Iterator[tuple[str, Cell]]:
        sheet = self.layout.inputs["Indicators"]
        column = self.layout.block(0) + place
        condition = indicator.role is Role.CONDITION

        def at(name: str) -> str:
            return self.layout.cell(self.layout.parameter_row(name), column)

        def held(field: str) -> str:
            return f"INDEX({self.layout.column('Indicators', field)},{at('row')})"

        def number(field: str, default: float) -> str:
            return f"IF(ISNUMBER({held(field)}),{held(field)},{default})"

        yield "id", indicator.id
        yield "name", indicator_name(indicator)
        yield "dimension", indicator.dimension
        yield "role", indicator.role.value
        yield (
            "row",
            Formula(
                _row_of(self.layout.column("Indicators", "id"), at("id"), len(sheet.rows)),
                self.layout.study.framework.indicators.index(indicator) + 1,
            ),
        )
        if indicator.role in {Role.CONDITION, Role.MERIT}:
            yield "column", self._column(indicator, at("id"))
            given, read = (self._practices_in(block, place) for block in (0, 1))
            yield "unreadable", Formula(f'SUMPRODUCT(({given}<>"")*({read}=""))', 0)
        yield "worst", Formula(number("worst", 0), indicator.worst)
        yield "best", Formula(number("best", 4), indicator.best)
        yield "weight", Formula(_weight(held("weight")), indicator.weight)
        continuous = f'{held("step")}="continuous",AND(ISNUMBER({held("step")}),{held("step")}=0)'
        if condition:
            similar = f'IF({held("match")}="similar",1,0)'
            yield "similar", Formula(similar, int(indicator.match == "similar"))
            yield "critical", Formula(f'IF({held("critical")}="yes",1,0)', int(indicator.critical))
            yield "continuous", Formula(f"IF(OR({continuous}),1,0)", int(indicator.continuous))
            limit = f"IF({at('continuous')}=1,0.95,1)-{EQUAL:.0E}"
        elif indicator.role is Role.NEED:
            yield "objective", Formula(f'{held("objective")}&""', str(indicator.objective or ""))
            limit = "-1"
        else:
            floor = _normalised(held("floor"), at("worst"), at("best"))
            limit = f"IF(ISNUMBER({held('floor')}),{floor}-{EQUAL:.0E},-1)"
        yield "limit", Formula(limit, self.numbers.general_limit(place))

    def _practices_in(self, block: int, place: int) -> str:
        """The rows of the practices in a column of a block."""
        layout, column = self.layout, self.layout.block(block) + place
        return xl_range_abs(
            layout.practice_row(0), column, layout.practice_row(len(layout.practices) - 1), column
        )

    def _column(self, indicator: Indicator, id_: str) -> Formula:
        kind = "Requirements" if indicator.role is Role.CONDITION else "Merits"
        sheet = self.layout.inputs[kind]
        headings = self.layout.on_input(kind, xl_range_abs(0, 1, 0, len(sheet.fields) - 1))
        found = f"SUMPRODUCT(MAX(({headings}={id_})*(COLUMN({headings})-1)))"
        text = f"IF({found}=0,COLUMNS({headings})+1,{found})"
        return Formula(text, sheet.fields.index(indicator.id))

    def _dimensions(self) -> None:
        layout = self.layout
        sheet = layout.inputs["Dimensions"]
        for number, dimension in enumerate(layout.dimensions):
            column = layout.dimension_column("within", number)
            id_ = layout.cell(layout.parameter_row("id"), column)
            row = layout.cell(layout.parameter_row("row"), column)
            weight = f"INDEX({layout.column('Dimensions', 'weight')},{row})"
            self._put(layout.parameter_row("id"), column, dimension.id)
            self._put(layout.parameter_row("name"), column, dimension_name(dimension))
            place = layout.study.framework.dimensions.index(dimension) + 1
            found = _row_of(layout.column("Dimensions", "id"), id_, len(sheet.rows))
            self._put(layout.parameter_row("row"), column, Formula(found, place))
            self._put(layout.parameter_row("weight"), column, Formula(_weight(weight), dimension.weight))

    def _profiles(self) -> None:
        layout = self.layout
        for target, id_ in enumerate(layout.targets):
            for name, label in zip(
                PROFILE_ROWS,
                (
                    _("Its row on the sheet {sheet}").format(sheet=_sheet("Profile")),
                    _("What the region has"),
                    _("The same, from 0 to 1"),
                ),
                strict=True,
            ):
                row = layout.profile_row(target, name)
                self._label(row, 0, id_)
                self._label(row, 1, label)
            name = target_name(layout.report.targets[target], 60)
            self._put(layout.profile_row(target, PROFILE_ROWS[0]), 2, name)
            for place, indicator in enumerate(layout.indicators):
                if indicator.role in {Role.NEED, Role.CONDITION}:
                    self._profile_of(target, place)

    def _profile_of(self, target: int, place: int) -> None:
        """The value that counts: that of the latest year, and of several the last row."""
        layout, column = self.layout, self.layout.block(0) + place
        id_ = layout.cell(layout.parameter_row("id"), column)
        name = layout.cell(layout.profile_row(target, "position"), 0)
        rows = [layout.profile_row(target, row) for row in PROFILE_ROWS]
        position, raw, _level = (layout.cell(row, column) for row in rows)
        here = f"(profile_ecosystem={name})*(profile_indicator={id_})"
        latest = f"MAX({here}*((profile_year+1)*{_MILLION}+ROW(profile_year)-1))"
        value = self.numbers.profile(target, place)
        held = _or_nothing(value)
        self._put(
            rows[0], column, Formula(f"MOD(SUMPRODUCT({latest}),{_MILLION})", self._position(target, place))
        )
        value_ = f"INDEX(profile_value,{position})"
        self._put(rows[1], column, Formula(f'IF({position}=0,"",IF(ISNUMBER({value_}),{value_},""))', held))
        worst = layout.cell(layout.parameter_row("worst"), column)
        best = layout.cell(layout.parameter_row("best"), column)
        level = UNKNOWN if value is None else layout.indicators[place].normalise(value)
        text = f'IF(ISNUMBER({raw}),{_normalised(raw, worst, best)},"")'
        self._put(rows[2], column, Formula(text, level))

    def _position(self, target: int, place: int) -> int:
        wanted = (self.layout.targets[target], self.layout.indicators[place].id)
        sheet = self.layout.inputs["Profile"]
        columns = sheet.column("ecosystem"), sheet.column("indicator")
        found = (n for n, row in enumerate(sheet.rows, 1) if (row[columns[0]], row[columns[1]]) == wanted)
        return next(found, 0)

    # Practices, whatever the target

    def _practices(self) -> None:
        layout = self.layout
        top = layout.practices_top
        labels = (
            _("No."),
            _("Practice"),
            _("Title"),
            *(
                _("Row on {sheet}").format(sheet=_sheet(kind))
                for kind in ("Requirements", "Merits", "Practices")
            ),
            _("Objectives"),
            _("Objectives that are known"),
            _("From"),
            _("Place by id"),
        )
        for at, label in enumerate(labels):
            self._heading(top, at, label)
        for block, label in enumerate(
            (
                _("Cells of {requirements} and {merits} without their marks").format(
                    requirements=_sheet("Requirements"), merits=_sheet("Merits")
                ),
                _("The same from 0 to 1; for a need 1 where the practice serves its objective"),
                _("A value below this is a barrier, -1 where none is"),
            )
        ):
            for place, indicator in enumerate(layout.indicators):
                self._label(
                    top, layout.block(block) + place, indicator.id if place else f"{label}: {indicator.id}"
                )
        for practice in range(len(layout.practices)):
            self._practice(practice)

    def _practice(self, practice: int) -> None:
        layout, row = self.layout, self.layout.practice_row(practice)
        id_ = layout.practices[practice]
        study = layout.study

        def at(name: str) -> str:
            return layout.cell(row, PRACTICE_COLUMNS.index(name))

        def row_on(kind: str, field: str) -> Cell:
            if kind not in layout.inputs:
                return None
            sheet = layout.inputs[kind]
            found = _row_of(layout.column(kind, field), at("practice"), len(sheet.rows))
            return Formula(found, practice + 1)

        def held(field: str) -> str:
            return f"INDEX({layout.column('Practices', field)},{at('practices_row')})"

        objectives = "; ".join(str(one.value) for one in study.practices[id_].objectives)
        known = "+".join(f'ISNUMBER(SEARCH("{one.value}",{at("objectives")}))' for one in Objective)
        cells: dict[str, Cell] = {
            "number": practice + 1,
            "practice": id_,
            "title": study.practices[id_].title,
            "requirements_row": row_on("Requirements", "practice"),
            "merits_row": row_on("Merits", "practice"),
            "practices_row": row_on("Practices", "id"),
            "objectives": Formula(f'TRIM({held("objectives")}&"")', objectives),
            "understood": Formula(known, len(study.practices[id_].objectives)),
            "source": Formula(f'{held("source")}&""', study.practices[id_].source or ""),
            "order": self.numbers.orders[id_],
        }
        for name in PRACTICE_COLUMNS:
            self._put(row, PRACTICE_COLUMNS.index(name), cells[name])
        for place, indicator in enumerate(layout.indicators):
            for block, formula in self._cells_of(practice, place, indicator):
                self._put(row, layout.block(block) + place, formula)

    def _cells_of(self, practice: int, place: int, indicator: Indicator) -> Iterator[tuple[int, Formula]]:
        """The cell without its marks, the same normalised, and the limit, in their blocks."""
        layout, row = self.layout, self.layout.practice_row(practice)
        column = layout.block(0) + place

        def parameter(name: str) -> str:
            return layout.cell(layout.parameter_row(name), column)

        limit = parameter("limit")
        if indicator.role in {Role.CONDITION, Role.MERIT}:
            wide = "requirement" if indicator.role is Role.CONDITION else "merit"
            at = PRACTICE_COLUMNS.index(f"{wide}s_row")
            held = f"INDEX({wide}_cells,{layout.cell(row, at)},{parameter('column')})"
            yield (
                0,
                Formula(
                    f"IF(ISNUMBER({held}),{held},{_without_marks(held)})", self.numbers.given(practice, place)
                ),
            )
            given = layout.cell(row, column)
            read = f'VALUE(SUBSTITUTE({given},".",decimal_mark))'
            ends = parameter("worst"), parameter("best")
            yield (
                1,
                Formula(
                    f"IF(ISNUMBER({given}),{_normalised(given, *ends)},"
                    f'IF({given}="","",IF(SUMPRODUCT(--(na_words={given}))>0,"{NOT_APPLICABLE}",'
                    f'IF(ISNUMBER({read}),{_normalised(read, *ends)},""))))',
                    self.numbers.normalised(practice, place),
                ),
            )
            if indicator.role is Role.CONDITION:
                marked = f'ISNUMBER(FIND("!",{held}))'
                limit = f"IF(OR({parameter('critical')}=1,{marked}),{limit},-1)"
        elif indicator.role is Role.NEED:
            objectives = layout.cell(row, PRACTICE_COLUMNS.index("objectives"))
            served = f"ISNUMBER(SEARCH({parameter('objective')},{objectives}))"
            yield (
                1,
                Formula(
                    f'IF({objectives}="","",IF({parameter("objective")}="",1,IF({served},1,"{NOT_APPLICABLE}")))',
                    self.numbers.normalised(practice, place),
                ),
            )
        yield 2, Formula(limit, self.numbers.limit(practice, place))

    # Results

    def _results(self) -> None:
        layout = self.layout
        top = layout.results_top
        labels = {
            "target": _("Target"),
            "practice": _("Practice"),
            "title": _("Title"),
            "from": _("From"),
            "home": _("At home"),
            "barriers": _("Barriers"),
            "open": _("Open questions"),
            "share": _("Weight of the dimensions that count"),
            "coverage": _("Coverage"),
            "mean": _("Sum over what is known"),
            "score": _("Score"),
            "lower": _("Lower"),
            "upper": _("Upper"),
            "code": _("Class, as a number"),
            "class": _("Class"),
            "rank": _("Rank"),
            "tier": _("Listed: ranked 0, with a score 1, without 2"),
            "key": _("Listed by"),
            "place": _("Place in the list"),
            "run_score": _("Score of the run"),
            "run_class": _("Class of the run"),
            "run_coverage": _("Coverage of the run"),
            "changed": _("Changed since the run"),
        }
        for at, name in enumerate(RESULT_COLUMNS):
            self._heading(top, at, labels[name])
        blocks = (
            _("Value"),
            _("Weight in the dimension, with its importance"),
            _("What enters the mean: the value, or its logarithm"),
        )
        for block, label in enumerate(blocks):
            for place, indicator in enumerate(layout.indicators):
                self._label(
                    top, layout.block(block) + place, indicator.id if place else f"{label}: {indicator.id}"
                )
        sums = {
            "within": _("Sum of the weights"),
            "known": _("Of these known"),
            "sum": _("Sum of weight times what enters"),
            "factor": _("From weight in the dimension to share in all"),
            "score": _("Score of the dimension"),
        }
        for name in DIMENSION_BLOCKS:
            for number, dimension in enumerate(layout.dimensions):
                label = dimension.id if number else f"{sums[name]}: {dimension.id}"
                self._heading(top, layout.dimension_column(name, number), label)
        for target in range(len(layout.targets)):
            for practice in range(len(layout.practices)):
                self._result(target, practice)

    def _result(self, target: int, practice: int) -> None:
        layout, row = self.layout, self.layout.result_row(target, practice)
        for place, indicator in enumerate(layout.indicators):
            self._value(target, practice, place, indicator)
        blocks, share = self.numbers.blocks(target, practice)
        for number, dimension_blocks in enumerate(blocks):
            for name, formula in self._sums(row, number, dimension_blocks):
                self._put(row, layout.dimension_column(name, number), formula)
        for name, cell in self._columns(target, practice, share, blocks):
            self._put(row, RESULT_COLUMNS.index(name), cell)

    def _value(self, target: int, practice: int, place: int, indicator: Indicator) -> None:
        """The value of an indicator, its weight, and what enters the mean."""
        layout, row = self.layout, self.layout.result_row(target, practice)
        value, weight, term = (layout.block(block) + place for block in range(3))
        wanted = layout.cell(layout.practice_row(practice), layout.block(1) + place)
        has = layout.cell(layout.profile_row(target, "level"), value)
        similar = layout.cell(layout.parameter_row("similar"), value)
        if indicator.role is Role.CONDITION:
            nothing = f"AND({similar}=0,{wanted}<={EQUAL:.0E})"
            met = f"1-IF({similar}=1,ABS({wanted}-{has}),MAX(0,{wanted}-{has}))"
            text = f'IF(ISNUMBER({wanted}),IF({nothing},1,IF(ISNUMBER({has}),{met},"")),{wanted})'
        elif indicator.role is Role.NEED:
            text = f'IF(ISNUMBER({wanted}),IF(ISNUMBER({has}),1-{has},""),{wanted})'
        elif indicator.role is Role.MERIT:
            text = wanted
        else:
            rating = self.ratings.of_rating(target, practice, place)
            ends = (layout.cell(layout.parameter_row(name), value) for name in ("worst", "best"))
            text = f'IF(ISNUMBER({rating}),{_normalised(rating, *ends)},"")' if rating else '""'
        self._put(row, value, Formula(text, self.numbers.value(target, practice, place)))
        here = layout.cell(row, value)
        weighs = layout.cell(layout.parameter_row("weight"), value)
        importance = self.ratings.of_importance(target, practice, place)
        if importance:
            weighs = f"{weighs}*{importance}"
        self._put(
            row,
            weight,
            Formula(
                f'IF({here}="{NOT_APPLICABLE}",0,{weighs})', self.numbers.weight(target, practice, place)
            ),
        )
        enters = f'IF(ISNUMBER({here}),IF(exponent=1,{here},LN(MAX({here},{LEAST_VALUE}))),"")'
        self._put(row, term, Formula(enters, self.numbers.term(target, practice, place)))

    def _sums(self, row: int, number: int, values: dict[str, Value]) -> Iterator[tuple[str, Formula]]:
        layout = self.layout
        first, last = layout.members(layout.dimensions[number])
        value, weight, term = (
            layout.span(row, layout.block(block) + first, layout.block(block) + last) for block in range(3)
        )

        def at(name: str) -> str:
            return layout.cell(row, layout.dimension_column(name, number))

        counts = layout.cell(layout.parameter_row("weight"), layout.dimension_column("within", number))
        share = layout.cell(row, RESULT_COLUMNS.index("share"))
        mean = f"{at('sum')}/{at('known')}"
        texts = {
            "within": f"SUM({weight})",
            "known": f'SUMIF({value},">=0",{weight})',
            "sum": f"SUMPRODUCT({weight},{term})",
            "factor": f"IF({at('within')}>0,IF({share}>0,{counts}/{at('within')}/{share},0),0)",
            "score": f'IF({at("known")}>0,100*{_from_mean(mean)},"")',
        }
        for name in DIMENSION_BLOCKS:
            yield name, Formula(texts[name], values[name])

    def _columns(
        self, target: int, practice: int, share: float, blocks: list[dict[str, Value]]
    ) -> Iterator[tuple[str, Cell]]:
        layout, numbers = self.layout, self.numbers
        result = numbers.result(target, practice)
        texts = self._texts(target, practice)
        id_ = layout.practices[practice]
        source = layout.study.practices[id_].source
        mean = math.fsum(_number(block["factor"]) * _number(block["sum"]) for block in blocks)
        yield "target", layout.targets[target]
        yield "practice", id_
        yield "title", result.title
        yield "from", region_name(layout.study, source)
        values: dict[str, Value] = {
            "home": int(source == layout.targets[target]),
            "barriers": len(result.barriers),
            "open": len(result.open_questions),
            "share": share,
            "coverage": result.coverage,
            "mean": mean,
            "score": result.score,
            "lower": result.lower,
            "upper": result.upper,
            "code": numbers.code(target, practice),
            "class": class_words()[numbers.code(target, practice) - 1],
            "rank": result.rank,
            "tier": numbers.tier(target, practice),
            "key": numbers.key(target, practice),
            "place": numbers.place(target, practice),
            "changed": 0,
        }
        for name, text in texts.items():
            yield name, Formula(text, values[name])
        yield "run_score", result.score
        yield "run_class", class_words()[numbers.code(target, practice) - 1]
        yield "run_coverage", result.coverage

    def _texts(self, target: int, practice: int) -> dict[str, str]:
        """The formulas of a result."""
        layout, row = self.layout, self.layout.result_row(target, practice)
        own = layout.practice_row(practice)

        def at(name: str) -> str:
            return layout.cell(row, RESULT_COLUMNS.index(name))

        def block(name: str) -> str:
            last = layout.dimension_column(name, len(layout.dimensions) - 1)
            return layout.span(row, layout.dimension_column(name, 0), last)

        def indicators(of_row: int, number: int) -> str:
            last = layout.block(number) + len(layout.indicators) - 1
            return layout.span(of_row, layout.block(number), last)

        weights = layout.span(
            layout.parameter_row("weight"),
            layout.dimension_column("within", 0),
            layout.dimension_column("within", len(layout.dimensions) - 1),
        )
        everyone = {
            name: layout.of_targets(RESULT_COLUMNS.index(name), target)
            for name in ("code", "score", "tier", "key")
        }
        value, limit = indicators(row, 0), indicators(own, 2)
        source = layout.cell(own, PRACTICE_COLUMNS.index("source"))
        unknown = f"(1-{at('coverage')})"
        lower = f"IF(exponent=1,{at('mean')},EXP({at('mean')}+{unknown}*LN({LEAST_VALUE})))"
        upper = f"IF(exponent=1,{at('mean')}+{unknown},EXP({at('mean')}))"
        mean = f"{at('mean')}/{at('coverage')}"
        any_ = f"AND({at('share')}>0,ISNUMBER(exponent))"
        better = f"({everyone['score']}>{at('score')}+{EQUAL:.0E})"
        word = ",".join('"' + one.replace('"', '""') + '"' for one in class_words())
        same_class = f"{at('class')}={at('run_class')}"
        same_score = f"ABS(N({at('score')})-N({at('run_score')}))<{EQUAL:.0E}"
        same_known = f"ABS({at('coverage')}-{at('run_coverage')})<{EQUAL:.0E}"
        return {
            "home": f"IF({source}={at('target')},1,0)",
            "barriers": f"SUMPRODUCT(--({value}<{limit}))",
            "open": f'SUMPRODUCT(({value}="")*({limit}>-0.5))',
            "share": f'SUMIF({block("within")},">0",{weights})',
            "coverage": f"SUMPRODUCT({block('factor')},{block('known')})",
            "mean": f"SUMPRODUCT({block('factor')},{block('sum')})",
            "score": f'IF(AND({at("coverage")}>0,ISNUMBER(exponent)),100*{_from_mean(mean)},"")',
            "lower": f'IF({any_},100*MAX(0,MIN(1,{lower})),"")',
            "upper": f'IF({any_},100*MAX(0,MIN(1,{upper})),"")',
            "code": self._code(at),
            "class": f"CHOOSE({at('code')},{word})",
            "rank": f'IF({at("code")}>={_FIRST_RANKED},1+SUMPRODUCT(({everyone["code"]}>={_FIRST_RANKED})*{better}),"")',
            "tier": f'IF({at("code")}>={_FIRST_RANKED},0,IF({at("score")}="",2,1))',
            "key": f"{at('tier')}*1E+10+1E+5*IF({at('tier')}=0,{at('rank')},"
            f"IF({at('tier')}=1,1+SUMPRODUCT(({everyone['tier']}=1)*{better}),0))"
            f"+{layout.cell(own, PRACTICE_COLUMNS.index('order'))}",
            "place": f"RANK({at('key')},{everyone['key']},1)",
            "changed": f"IF(AND({same_class},{same_score},{same_known}),0,1)",
        }

    def _code(self, at: Any) -> str:
        """The class, the first that holds (design, 4.5)."""
        numbers = {class_: number for number, class_ in enumerate(PracticeClass, 1)}
        steps = (
            (f"{at('home')}=1", PracticeClass.HOME),
            (f"{at('barriers')}>0", PracticeClass.BLOCKED),
            (f'{at("score")}=""', PracticeClass.INSUFFICIENT_EVIDENCE),
            (f"{at('coverage')}<min_coverage-{EQUAL:.0E}", PracticeClass.INSUFFICIENT_EVIDENCE),
            (f"{at('score')}<adaptable_from-{EQUAL:.0E}", PracticeClass.NOT_YET),
            (f"{at('open')}>0", PracticeClass.CONDITIONAL),
            (f"{at('score')}>=transferable_from-{EQUAL:.0E}", PracticeClass.TRANSFERABLE),
        )
        text = str(numbers[PracticeClass.ADAPTABLE])
        for holds, class_ in reversed(steps):
            text = f"IF({holds},{numbers[class_]},{text})"
        return text

    # The practices as they are listed, which the first sheet shows and the charts are drawn from

    def _listed(self) -> None:
        layout = self.layout
        labels = (
            _("Target"),
            _("Place"),
            _("Label"),
            _("Row of the result"),
            _("Score"),
            _("Down to lower"),
            _("Up to upper"),
        )
        for at, label in enumerate((*labels, *class_words())):
            self._heading(layout.listed_top, at, label)
        for target in range(len(layout.targets)):
            listed = self.numbers.listed(target)
            for place in range(len(layout.practices)):
                self._bar(target, place, listed[place])

    def _bar(self, target: int, place: int, practice: int) -> None:
        layout, row = self.layout, self.layout.listed_row(target, place)
        result = self.numbers.result(target, practice)

        def at(name: str) -> str:
            return layout.cell(row, LISTED_COLUMNS.index(name))

        def held(name: str) -> str:
            return f"INDEX(model_{name},{at('row')})"

        places = layout.of_targets(RESULT_COLUMNS.index("place"), target)
        first = target * len(layout.practices)
        score, lower, upper = result.score, result.lower, result.upper
        rank = f'IF({held("rank")}="","–",{held("rank")})'
        label = f'{rank}&"  "&{_short(held("title"))}&" · "&{held("class")}'
        cells: tuple[Cell, ...] = (
            layout.targets[target],
            place + 1,
            Formula(label, bar_label(result)),
            Formula(f"MATCH({at('place')},{places},0)+{first}", first + practice + 1),
            Formula(f"N({held('score')})", score or 0.0),
            Formula(f"MAX(0,{at('score')}-N({held('lower')}))", max(0.0, (score or 0.0) - (lower or 0.0))),
            Formula(f"MAX(0,N({held('upper')})-{at('score')})", max(0.0, (upper or 0.0) - (score or 0.0))),
        )
        for column, cell in enumerate(cells):
            self._put(row, column, cell)
        code = self.numbers.code(target, practice)
        for number in range(1, len(class_words()) + 1):
            value = (score or 0.0) if number == code else 0.0
            formula = Formula(f"IF({held('code')}={number},{at('score')},0)", value)
            self._put(row, len(LISTED_COLUMNS) + number - 1, formula)


#: A label of a chart has so many characters of a title.
LABEL = 32


def bar_label(result: PracticeResult) -> str:
    """The label of a practice in a chart: rank, the beginning of the title, and the class."""
    title = result.title if len(result.title) <= LABEL else f"{result.title[: LABEL - 1]}…"
    rank = "–" if result.rank is None else result.rank
    return f"{rank}  {title} · {class_word(result.class_)}"


def _short(title: str) -> str:
    return f'IF(LEN({title})>{LABEL},LEFT({title},{LABEL - 1})&"…",{title})'


def _row_of(ids: str, id_: str, count: int) -> str:
    """The row of an id in a list of ids, from 1; the blank row below the list where it is not found.

    A comparison instead of MATCH, which takes a star or a question mark in an id for a pattern.
    """
    found = f"SUMPRODUCT(MAX(({ids}={id_})*(ROW({ids})-1)))"
    return f"IF({found}=0,{count + 1},{found})"


def _weight(held: str) -> str:
    """A weight as a number, be it given as a word; blank is medium."""
    return (
        f"IF(ISNUMBER({held}),{held},"
        f'IF({held}="high",{_WEIGHT_WORDS["high"]:g},IF({held}="low",{_WEIGHT_WORDS["low"]},1)))'
    )


def _normalised(number: str, worst: str, best: str) -> str:
    """n(x) of the design, 4.1."""
    return f"MAX(0,MIN(1,({number}-{worst})/({best}-{worst})))"


def _without_marks(held: str) -> str:
    text = f'{held}&""'
    for old, new in (("!", ""), ("?", ""), (" ", ""), (",", ".")):
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _from_mean(mean: str) -> str:
    """The mean itself, or of logarithms their power of e; never outside 0 to 1 by a rounding error."""
    return f"MAX(0,MIN(1,IF(exponent=1,{mean},EXP({mean}))))"


def _or_nothing(number: float | None) -> Value:
    return UNKNOWN if number is None else number


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
