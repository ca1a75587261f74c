"""The guide in front of a template: what to do, what each sheet and column is for, an example of each.

The example stands here and not on the sheets themselves: nobody has to delete it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dualeco_cli.data import words
from dualeco_cli.data.words import GUIDE
from dualeco_cli.language import decimal
from dualeco_cli.model.rows import WIDE
from dualeco_cli.model.safe import excel_text
from dualeco_cli.version import __version__
from dualeco_cli.workbook.sheet_text import cut, quoted_sheet
from dualeco_cli.workbook.template import texts
from dualeco_cli.workbook.template.looks import Looks, height, set_up
from dualeco_cli.workbook.template.plan import (
    FRAMEWORK_SHEETS,
    PlannedColumn,
    PlannedSheet,
    Request,
    Value,
    allowed_words,
    printed,
    shown,
)

_GUIDE_WIDTHS: Final = (20.0, 26.0, 16.0, 58.0, 36.0, 34.0)
#: A summary is for reading, not for archiving.
_LONGEST_SUMMARY: Final = 600


class Guide:
    """The sheet in front."""

    def __init__(self, book: Any, style: Looks, request: Request, sheets: Sequence[PlannedSheet]) -> None:
        self._page = book.add_worksheet(words.sheet_name(GUIDE, request.language))
        self._style = style
        self._request = request
        self._sheets = sheets
        self._say = texts.labels()
        self._row = 0
        self._is_framework = all(sheet.kind in FRAMEWORK_SHEETS for sheet in sheets)

    def write(self) -> None:
        """All of it."""
        page = self._page
        for index, width in enumerate(_GUIDE_WIDTHS):
            page.set_column(index, index, width)
        page.hide_gridlines(2)
        page.set_tab_color("#7F8FA3")
        self._heading()
        self._steps()
        self._list_sheets()
        if any(sheet.kind in WIDE or sheet.kind == "Adaptations" for sheet in self._sheets):
            self._signs()
        if self._request.practices:
            self._practices()
        self._columns()
        set_up(page, footer="&L&A&R" + self._say["page"].format(page="&P", pages="&N"), wide=False)
        page.activate()
        page.set_first_sheet()

    def _heading(self) -> None:
        request, say = self._request, self._say
        framework = " ".join(filter(None, (request.framework.id, request.framework.version)))
        kind = "_framework" if self._is_framework else "_region" if request.explained else ""
        self._line(say[f"title{kind}"], "title", 40)
        self._line(say["subtitle"].format(version=__version__, framework=framework), "subtitle", 19)
        if request.assessor is not None:
            self._line(say["for_assessor"].format(name=request.assessor), "subtitle", 19)
        targets = [request.ecosystems[id_].name or id_ for id_ in request.targets]
        if targets:
            self._line(f"{say['target']}: {', '.join(targets)}", "subtitle", 19)
        self._row += 1

    def _line(self, text: str, look: str, tall: float) -> None:
        """A line of the banner, which reaches over all columns."""
        self._page.set_row(self._row, tall)
        for index in range(len(_GUIDE_WIDTHS)):
            self._page.write_blank(self._row, index, None, self._style[look])
        self._page.write_string(self._row, 0, excel_text(text), self._style[look])
        self._row += 1

    def _section(self, title: str, columns: int = len(_GUIDE_WIDTHS)) -> None:
        self._page.set_row(self._row, 22)
        for index in range(columns):
            text = title if index == 0 else ""
            self._page.write_string(self._row, index, text, self._style["section"])
        self._row += 1

    def _merged(self, row: int, first: int, last: int, text: str, look: str) -> None:
        self._page.merge_range(row, first, row, last, "", self._style[look])
        self._page.write_string(row, first, excel_text(text), self._style[look])

    def _steps(self) -> None:
        self._section(self._say["how"])
        width = sum(_GUIDE_WIDTHS)
        told_steps = texts.steps(
            prefilled=self._request.prefilled,
            framework=self._is_framework,
            region=self._request.explained,
        )
        for number, text in enumerate(told_steps, 1):
            told = f"{number}.  {text}"
            self._page.set_row(self._row, height([told], [width]))
            self._merged(self._row, 0, len(_GUIDE_WIDTHS) - 1, told, "plain")
            self._row += 1
        self._row += 1

    def _table_head(self, *headers: str) -> None:
        self._page.set_row(self._row, 20)
        for index, header in enumerate(headers):
            self._page.write_string(self._row, index, header, self._style["head_told"])
        self._row += 1

    def _list_sheets(self) -> None:
        say = self._say
        self._section(say["sheets"], 4)
        self._page.set_row(self._row, 20)
        self._page.write_string(self._row, 0, say["sheet"], self._style["head_told"])
        self._page.write_string(self._row, 1, say["one_row"], self._style["head_told"])
        self._merged(self._row, 2, 3, say["purpose"], "head_told")
        self._row += 1
        for sheet in self._sheets:
            self._link(0, sheet.name, sheet.name)
            self._page.write_string(self._row, 1, sheet.one_row, self._style["cell"])
            self._merged(self._row, 2, 3, sheet.purpose, "cell")
            self._page.set_row(self._row, height([sheet.one_row, sheet.purpose], [26, 74]))
            self._row += 1
        self._row += 1

    def _link(self, column: int, text: str, sheet: str) -> None:
        target = f"internal:{quoted_sheet(sheet)}!A1"
        self._page.write_url(self._row, column, target, self._style["cell_link"], text)

    def _signs(self) -> None:
        say = self._say
        self._section(say["signs"], 4)
        self._page.set_row(self._row, 20)
        self._page.write_string(self._row, 0, say["sign"], self._style["head_told"])
        self._merged(self._row, 1, 3, say["means"], "head_told")
        self._row += 1
        for sign, meaning in texts.signs():
            self._page.write_string(self._row, 0, sign, self._style["cell_sign"])
            self._merged(self._row, 1, 3, meaning, "cell")
            self._page.set_row(self._row, height([meaning], [100]))
            self._row += 1
        self._row += 1

    def _practices(self) -> None:
        """The practices that a pre-filled template is for: who rates them must know what they are."""
        say = self._say
        self._section(say["practices"])
        language = self._request.language
        title, summary, core = (
            printed(words.header("Practices", name, language), language)
            for name in ("title", "summary", "core_functions")
        )
        self._table_head(say["id"], title, say["region"], summary, core, "")
        self._merged(self._row - 1, 4, 5, core, "head_told")
        for practice in self._request.practices:
            about = cut(practice.summary or "", _LONGEST_SUMMARY)
            functions = cut(practice.core_functions or "", _LONGEST_SUMMARY)
            region = self._request.ecosystems.get(practice.source or "")
            source = (region.name if region else None) or practice.source or ""
            for index, text in enumerate((practice.id, practice.title, source, about)):
                look = "cell_strong" if index == 0 else "cell"
                self._page.write_string(self._row, index, excel_text(text), self._style[look])
            self._merged(self._row, 4, 5, functions, "cell")
            told = (practice.id, practice.title, source, about, functions)
            self._page.set_row(self._row, height(told, (*_GUIDE_WIDTHS[:4], sum(_GUIDE_WIDTHS[4:]))))
            self._row += 1
        self._row += 1

    # -- the columns ---------------------------------------------------------------------------------

    def _columns(self) -> None:
        say = self._say
        self._section(say["columns"])
        self._table_head(say["sheet"], say["column"], say["must"], say["what"], say["words"], say["example"])
        for sheet in self._sheets:
            shared = [column for column in sheet.columns if column.indicator is None]
            for column in shared:
                self._column(sheet, column)
            rated = [column for column in sheet.columns if column.indicator is not None]
            if rated:
                examples = ", ".join(_shown(column.example) for column in rated[:3])
                many = texts.one_each(len(rated))
                self._line_of_columns(sheet.name, many, "", say["level_cell"], "", examples)

    def _column(self, sheet: PlannedSheet, column: PlannedColumn) -> None:
        must = self._say["yes"] if column.must else ""
        allowed = ", ".join(allowed_words(column, self._request.language))
        self._line_of_columns(sheet.name, column.header, must, column.text, allowed, _shown(column.example))

    def _line_of_columns(self, *told: str) -> None:
        looks_ = ("cell", "cell_strong", "cell_centre", "cell", "cell", "cell_example")
        for index, (text, look) in enumerate(zip(told, looks_, strict=True)):
            self._page.write_string(self._row, index, excel_text(text), self._style[look])
        self._page.set_row(self._row, height(told, _GUIDE_WIDTHS))
        self._row += 1


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else "" if value is None else decimal(shown(value))
