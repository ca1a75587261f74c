"""The sheets of data: headers with notes, cells with their rules, and rows that are filled in already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dualeco_cli.language import decimal
from dualeco_cli.model.names import column_letters
from dualeco_cli.model.rows import FIRST_YEAR, LAST_YEAR, Indicator, Kind
from dualeco_cli.model.safe import excel_text
from dualeco_cli.workbook.sheet_text import cut
from dualeco_cli.workbook.template import looks
from dualeco_cli.workbook.template.lists import Lists, uniform
from dualeco_cli.workbook.template.looks import Looks, height, set_up
from dualeco_cli.workbook.template.plan import (
    FRAMEWORK_SHEETS,
    PlannedColumn,
    PlannedSheet,
    Request,
    Value,
    allowed_words,
    levels,
    of_roles,
    shown,
)
from dualeco_cli.workbook.template.texts import labels

#: The rules of cells reach at least so many rows down, and so far below rows that are filled in already.
PREPARED, BELOW = 1_000, 100
#: So many rows are drawn as a form.
DRAWN = 25
#: More notes at cells than this make a workbook slow to open.
_MOST_NOTES: Final = 1_500
#: How long the texts of a cell's rule may be.
_TITLE, _MESSAGE = 32, 255
_TABS: Final[Mapping[str, str]] = {
    "Practices": looks.HEAD,
    "Merits": "#2E7D6B",
    "Requirements": "#2E7D6B",
    "Basis": "#2E7D6B",
    "Assessments": "#6A4C93",
    "Adaptations": "#B7791F",
    "Pilots": "#B7791F",
    "Panel": "#6A4C93",
    "Ecosystems": "#7F8FA3",
    "Profile": "#7F8FA3",
}
#: Columns that stay in view, where it is not the first one alone.
_FROZEN: Final[Mapping[str, int]] = {
    "Practices": 2,
    "Basis": 2,
    "Assessments": 4,
    "Adaptations": 2,
    "Panel": 3,
    "Indicators": 3,
}
#: Sheets whose columns do not fit on one printed page.
_PAGES_WIDE: Final[Mapping[str, int]] = {"Practices": 2, "Indicators": 2}
_CENTRED = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.LEVEL, Kind.EQF, Kind.WEIGHT, Kind.STEP, Kind.RATIO})


class Page:
    """One sheet of data under construction."""

    def __init__(self, book: Any, style: Looks, lists: Lists, request: Request, sheet: PlannedSheet) -> None:
        self._page = book.add_worksheet(sheet.name)
        self._style = style
        self._lists = lists
        self._request = request
        self._sheet = sheet
        self._say = labels()
        self._last = max(PREPARED, len(sheet.rows) + BELOW)
        self._judged = {indicator.id: indicator for indicator in request.framework.indicators}

    def write(self) -> None:
        """All of it."""
        page, sheet = self._page, self._sheet
        page.set_tab_color(_TABS.get(sheet.kind, "#444444"))
        self._headers()
        before: Value = None
        for row, values in enumerate(sheet.rows, 1):
            self._row(row, values, first=sheet.kind == "Assessments" and values.get("practice") != before)
            before = values.get("practice")
        # rows that are prepared for known practices are all there will be
        drawn = len(sheet.rows) if sheet.rows and not self._is_framework else max(DRAWN, len(sheet.rows) + 5)
        self._draw(len(sheet.rows) + 1, drawn)
        for index, column in enumerate(sheet.columns):
            self._rule(index, column)
        frozen = _FROZEN.get(sheet.kind, 1)
        page.freeze_panes(1, frozen)
        page.autofilter(0, 0, drawn, len(sheet.columns) - 1)
        many = len(sheet.columns) > 10
        footer = "&L&A&R" + self._say["page"].format(page="&P", pages="&N")
        set_up(page, footer=footer, wide=many, pages_wide=_PAGES_WIDE.get(sheet.kind, 1))
        page.repeat_rows(0)
        if _PAGES_WIDE.get(sheet.kind, 1) > 1:
            page.repeat_columns(0, frozen - 1)
        last = f"{column_letters(len(sheet.columns))}{self._last + 1}"
        # ids that look like numbers are texts on purpose
        page.ignore_errors({"number_stored_as_text": f"A1:{last}"})

    # -- headers -------------------------------------------------------------------------------------

    def _headers(self) -> None:
        page, tallest = self._page, 0.0
        for index, column in enumerate(self._sheet.columns):
            centred = column.kind in _CENTRED
            name = ("head" if column.must else "head_optional") + ("_centre" if centred else "")
            header = f"{column.header} *" if column.must else column.header
            page.write_string(0, index, excel_text(header), self._style[name])
            kind = "column_text" if column.is_text else "column_number"
            page.set_column(index, index, column.width, self._style[kind])
            tallest = max(tallest, height([header], [column.width * 0.88]))
            self._note(0, index, self._header_note(column, header))
        page.set_row(0, max(32.0, tallest + 6))

    def _header_note(self, column: PlannedColumn, header: str) -> str:
        lines = [header]
        if column.must:
            lines.append(self._say["must_note"])
        if column.text:
            lines.append(column.text)
        words = allowed_words(column, self._request.language)
        if words:
            lines.append(self._say["allowed"].format(words=", ".join(words)))
        if column.kind is Kind.WORDS:
            lines.append(self._say["several"])
        if column.indicator is not None:
            lines += self._levels(column.indicator)
            lines.append(self._say["level_cell"])
        return "\n".join(lines)

    def _levels(self, indicator: Indicator) -> list[str]:
        """What the levels of an indicator stand for, a line each."""
        found = [
            f"{decimal(shown(level))}: {indicator.levels[level]}"
            for level in sorted(indicator.levels)
            if level in levels(indicator)
        ]
        return found or [self._scale(indicator)]

    def _scale(self, indicator: Indicator) -> str:
        text = self._say["scale"].format(
            worst=decimal(shown(indicator.worst)),
            best=decimal(shown(indicator.best)),
            unit=indicator.unit or "",
        )
        return text.strip()

    def _note(self, row: int, column: int, text: str) -> None:
        lines = sum(1 + len(line) // 46 for line in text.split("\n"))
        options = {"author": "dualeco", "width": 300, "height": min(420, 18 * lines + 16), "font_size": 9}
        self._page.write_comment(row, column, excel_text(text), options)

    # -- rows ----------------------------------------------------------------------------------------

    def _row(self, row: int, values: Mapping[str, Value], *, first: bool) -> None:
        """A row that is filled in already, as far as it is; a line above the first one of each practice."""
        texts = []
        for index, column in enumerate(self._sheet.columns):
            value = values.get(column.field)
            # keys are given, all else is there to be filled in or corrected
            given = "given_" if (column.must or column.told) and not self._is_framework else ""
            kind = "text" if column.is_text else "number"
            look = self._style[f"{given}{kind}{'_first' if first else ''}"]
            if isinstance(value, str) and value:
                self._page.write_string(row, index, excel_text(value), look)
            elif isinstance(value, float | int):
                self._page.write_number(row, index, value, look)
            else:
                self._page.write_blank(row, index, None, look)
            texts.append(value if isinstance(value, str) else "")
        self._page.set_row(row, height(texts, [column.width for column in self._sheet.columns]))
        self._row_notes(row, values)

    @property
    def _is_framework(self) -> bool:
        return self._sheet.kind in FRAMEWORK_SHEETS

    def _row_notes(self, row: int, values: Mapping[str, Value]) -> None:
        """Notes that say what a practice is and what the levels of an indicator stand for."""
        if self._is_framework or len(self._sheet.rows) * 2 > _MOST_NOTES:
            return
        for index, column in enumerate(self._sheet.columns):
            if column.field == "practice":
                practice = next(
                    (one for one in self._request.practices if one.id == values.get("practice")), None
                )
                if practice is not None:
                    told = [practice.title, practice.summary, practice.core_functions]
                    self._note(row, index, cut("\n".join(text for text in told if text), 1_000))
            elif column.field == "indicator":
                indicator = self._judged.get(str(values.get("indicator")))
                if indicator is not None:
                    told = [indicator.name, indicator.question, *self._levels(indicator)]
                    self._note(row, index, cut("\n".join(text for text in told if text), 2_000))

    def _draw(self, first: int, last: int) -> None:
        """Blank rows as a form, and a rule that draws further rows once something stands in them."""
        page, width = self._page, len(self._sheet.columns)
        for row in range(first, last + 1):
            for index, column in enumerate(self._sheet.columns):
                page.write_blank(row, index, None, self._style["text" if column.is_text else "number"])
        letter = column_letters(width)
        edge = self._style.own({"border": 1, "border_color": looks.LINE})
        rule = {"type": "formula", "criteria": f"=COUNTA($A{last + 2}:${letter}{last + 2})>0", "format": edge}
        page.conditional_format(last + 1, 0, self._last, width - 1, rule)

    # -- rules of cells ------------------------------------------------------------------------------

    def _rule(self, index: int, column: PlannedColumn) -> None:
        """What the cells of a column offer, and what they warn of."""
        rows = self._sheet.rows
        scaled = (self._sheet.kind, column.field) in {
            ("Assessments", "rating"),
            ("Adaptations", "required"),
            ("Profile", "value"),
        }
        if not scaled:
            self._apply(1, self._last, index, self._options(column))
            return
        by_indicator: dict[str, list[int]] = {}
        for row, values in enumerate(rows, 1):
            by_indicator.setdefault(str(values.get("indicator")), []).append(row)
        for id_, places in by_indicator.items():
            indicator = self._judged.get(id_)
            options = self._level_options(indicator, column) if indicator else None
            if options:
                options["other_cells"] = [[row, index, row, index] for row in places]
            self._apply(places[0], places[0], index, options)
        common = uniform(of_roles(self._request.framework, self._sheet.kind))
        self._apply(len(rows) + 1, self._last, index, self._level_options(common, column) if common else None)

    def _apply(self, first: int, last: int, index: int, options: dict[str, object] | None) -> None:
        if options:
            self._page.data_validation(first, index, last, index, options)

    def _options(self, column: PlannedColumn) -> dict[str, object] | None:
        if column.indicator is not None:
            return self._level_options(column.indicator, column)
        if column.kind is Kind.REFERENCE:
            return self._list(self._lists.ids(self._sheet, column))
        if (self._sheet.kind, column.field) == ("Settings", "key"):
            return self._list(self._lists.settings())
        if column.kind is Kind.EQF:
            return self._list(self._lists.eqf(), strict=False)  # a range is typed
        # of objectives, several can be typed; for weights and steps, numbers as well
        several = {Kind.WORDS: column.words, Kind.WEIGHT: "weight", Kind.STEP: "continuous"}
        if column.kind in several or column.kind is Kind.WORD:
            name = self._lists.words(several.get(column.kind, column.words) or "", self._request.language)
            return self._list(name, strict=column.kind is Kind.WORD)
        return self._number_options(column)

    def _number_options(self, column: PlannedColumn) -> dict[str, object] | None:
        if column.kind is Kind.WHOLE:
            message = self._say["year"].format(first=FIRST_YEAR, last=LAST_YEAR)
            return self._between("integer", FIRST_YEAR, LAST_YEAR, message)
        if column.kind is Kind.NUMBER and column.low is not None and column.high is not None:
            message = self._say["number"].format(
                low=decimal(shown(column.low)), high=decimal(shown(column.high))
            )
            return self._between("decimal", column.low, column.high, message)
        return None

    def _list(self, name: str | None, *, strict: bool = True) -> dict[str, object] | None:
        if name is None:
            return None
        return {
            "validate": "list",
            "source": f"={name}",
            "error_type": "warning",
            "error_title": cut(self._say["check"], _TITLE),
            "error_message": cut(self._say["not_on_list"], _MESSAGE),
            "show_error": strict,
        }

    def _between(self, kind: str, low: float, high: float, message: str) -> dict[str, object]:
        return {
            "validate": kind,
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "error_type": "warning",
            "error_title": cut(self._say["check"], _TITLE),
            "error_message": cut(message, _MESSAGE),
        }

    def _level_options(self, indicator: Indicator, column: PlannedColumn) -> dict[str, object] | None:
        """A level of an indicator: offered where there are levels, else within its goalposts."""
        marks: Sequence[str] = ()
        if column.kind is Kind.LEVEL:
            marks = ("?",) if self._sheet.kind == "Merits" else ("?", "!", "!?")
        if not indicator.continuous:
            options = self._list(self._lists.levels(indicator, marks=marks)) or {}
        elif marks:
            options = {"validate": "any"}  # 12.5? is a level with its mark, and no number
        else:
            low, high = sorted((indicator.worst, indicator.best))
            message = self._say["number"].format(low=decimal(shown(low)), high=decimal(shown(high)))
            options = self._between("decimal", low, high, message)
        told = [indicator.question or "", *self._levels(indicator)]
        options["input_title"] = cut(indicator.name or indicator.id, _TITLE)
        options["input_message"] = cut("\n".join(text for text in told if text), _MESSAGE)
        return options
