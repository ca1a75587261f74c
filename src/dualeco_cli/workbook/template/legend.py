"""The sheet at the end of a template: what each level of each indicator stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dualeco_cli.language import Language, decimal
from dualeco_cli.model.rows import Indicator
from dualeco_cli.model.safe import excel_text
from dualeco_cli.workbook.template import texts
from dualeco_cli.workbook.template.looks import Looks, height, set_up
from dualeco_cli.workbook.template.plan import ROLES, PlannedSheet, Request, levels, shown

#: What the sheet is called: a word for a guide, so that the readers pass over it as over the guide.
NAME: Final[Mapping[Language, str]] = {
    "en": "Legend",
    "it": "Legenda",
    "es": "Leyenda",
    "de": "Legende",
    "eu": "Legenda",
}
_WIDTHS: Final = (24.0, 28.0, 32.0, 18.0, 42.0)
_LEVEL_WIDTH: Final = 25.0


class Legend:
    """The sheet of levels: a row for each indicator that the template asks about."""

    def __init__(self, book: Any, style: Looks, request: Request, sheets: Sequence[PlannedSheet]) -> None:
        self._book = book
        self._style = style
        self._request = request
        self._say = texts.labels()
        self._entered = _entered(request, sheets)

    def write(self) -> None:
        """All of it; nothing where no indicator is asked about."""
        if not self._entered:
            return
        page = self._book.add_worksheet(NAME[self._request.language])
        page.set_tab_color("#7F8FA3")
        page.hide_gridlines(2)
        say = self._say
        shared = [indicator for indicator, _ in self._entered]
        scale = sorted({level for indicator in shared for level in levels(indicator)})
        heads = [say[key] for key in ("dimension", "indicator", "id", "entered", "question")]
        heads += [say["level"].format(level=decimal(shown(level))) for level in scale] or [say["levels"]]
        widths = [*_WIDTHS, *([_LEVEL_WIDTH] * max(1, len(scale)))]
        for row, (text, look, tall) in enumerate(
            ((say["levels"], "title", 34), (say["levels_note"], "subtitle", 19))
        ):
            page.set_row(row, tall)
            for index in range(len(heads)):
                page.write_blank(row, index, None, self._style[look])
            page.write_string(row, 0, text, self._style[look])
        page.set_row(3, 20)
        for index, (head, width) in enumerate(zip(heads, widths, strict=True)):
            page.set_column(index, index, width)
            page.write_string(3, index, head, self._style["head_told"])
        for row, (indicator, sheets) in enumerate(self._entered, 4):
            self._indicator(page, row, indicator, sheets, scale, widths)
        page.freeze_panes(4, 2)
        footer = "&L&A&R" + say["page"].format(page="&P", pages="&N")
        set_up(page, footer=footer, wide=True)
        page.repeat_rows(3)

    def _indicator(
        self,
        page: Any,
        row: int,
        indicator: Indicator,
        sheets: str,
        scale: Sequence[float],
        widths: Sequence[float],
    ) -> None:
        framework = self._request.framework
        names = {dimension.id: dimension.name for dimension in framework.dimensions}
        told = [
            names.get(indicator.dimension) or indicator.dimension,
            indicator.name or indicator.id,
            indicator.id,
            sheets,
            indicator.question or "",
        ]
        first = len(told)
        last = len(widths) - 1
        looks = ["cell", "cell_strong", *(["cell"] * (len(widths) - 2))]
        if indicator.continuous:
            ends = self._say["scale"].format(
                worst=decimal(shown(indicator.worst)),
                best=decimal(shown(indicator.best)),
                unit=indicator.unit or "",
            )
            told += [ends.strip(), *([""] * (last - first))]
        else:
            on = set(levels(indicator))
            told += [_described(indicator, level) if level in on else "" for level in scale]
        for index, (text, look) in enumerate(zip(told, looks, strict=True)):
            page.write_string(row, index, excel_text(text), self._style[look])
        page.set_row(row, height(told, widths))
        if indicator.continuous and last > first:
            page.set_row(row, height(told[:first], widths[:first]))
            page.merge_range(row, first, row, last, "", self._style["cell"])
            page.write_string(row, first, excel_text(told[first]), self._style["cell"])


def _described(indicator: Indicator, level: float) -> str:
    return indicator.levels.get(level, decimal(shown(level)))


def _entered(request: Request, sheets: Sequence[PlannedSheet]) -> list[tuple[Indicator, str]]:
    """The indicators that the template asks about, each with the sheets on which it is entered."""
    found = []
    # reasons name an indicator but enter no level
    rating = [sheet for sheet in sheets if sheet.kind in ROLES and sheet.kind != "Basis"]
    for indicator in request.framework.indicators:
        names = [sheet.name for sheet in rating if indicator.role in ROLES[sheet.kind]]
        if names:
            found.append((indicator, ", ".join(names)))
    return found
