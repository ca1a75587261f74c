"""Compare: several targets side by side, and where each practice would go best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from dualeco_cli.language import _
from dualeco_cli.model.insight import Comparison
from dualeco_cli.model.result import BEST_FIRST, UNRANKED, PracticeClass, PracticeResult
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import LINE, Cell, Column, Formula, literal, quoted
from dualeco_cli.reports.excel.charts import bars, count_axis, letters_on
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import CLASS_BARS
from dualeco_cli.reports.excel.live.layout import RESULT_COLUMNS
from dualeco_cli.reports.naming import region_name, target_name
from dualeco_cli.reports.texts import class_word

#: The columns before those of the targets.
_HEADS = 3


def add(context: Context) -> None:
    """Add the sheet, where there are several targets."""
    if not context.several:
        return
    book = context.book
    sheet = book.sheet(names.compare())
    top = book.heading(
        sheet,
        _("Compare: practices and targets"),
        _(
            "Goes best to: the target with the best class, then the highest score, among those where the "
            "practice has a rank."
        ),
        _("All of this follows the input sheets.") if context.live else context.why_not_live,
    )
    targets = [target_name(target, 60) for target in context.report.targets]
    columns = [
        Column(_("Practice"), 38, "strong"),
        Column(_("From"), 17),
        Column(_("Goes best to"), 24),
        *(
            column
            for name in _different(targets)
            for column in (
                Column(_("{target}: class").format(target=name), 20, "class", mark="class"),
                Column(_("{target}: score").format(target=name), 12, "score", mark="bar"),
            )
        ),
        Column(_("Practice id"), 20, "small text", printed=False),
        *(
            Column(_("Standing {number}").format(number=at), 9, "small", printed=False)
            for at in _numbers(context)
        ),
    ]
    comparison = Comparison(context.report, {})
    rows = [
        _row(context, top + 1 + at, targets, comparison, practice, results)
        for at, (practice, results) in enumerate(comparison.results().items())
    ]
    end = book.table(sheet, top, columns, rows, "Compare", tall=3 * LINE)
    sheet.freeze_panes(top + 1, 1)
    _classes(context, sheet, end + 1, targets)


def _numbers(context: Context) -> range:
    """The columns in which the live model weighs the targets against each other."""
    return range(1, len(context.report.targets) + 1) if context.live else range(0)


def _different(targets: Sequence[str]) -> list[str]:
    """The names, made different where they are not."""
    return [name if targets.index(name) == at else f"{name} ({at + 1})" for at, name in enumerate(targets)]


def _row(
    context: Context,
    at: int,
    targets: Sequence[str],
    comparison: Comparison,
    practice: str,
    results: dict[str, PracticeResult],
) -> list[Cell]:
    first = next(iter(results.values()))
    names_ = {target.id: name for target, name in zip(context.report.targets, targets, strict=True)}
    best: Cell = ", ".join(names_[id_] for id_ in comparison.best_targets(results)) or _nowhere()
    standings: list[Cell] = []
    cells: list[Cell] = []
    for number, target in enumerate(context.report.targets):
        result = results[target.id]
        cells.append(context.result("class", number, practice, class_word(result.class_)))
        cells.append(context.result("score", number, practice, result.score))
        if context.live:
            standings.append(_standing(context, number, practice, result))
    if context.live:
        best = Formula(_best(context, at, _HEADS + len(cells) + 1), str(best))
    return [first.title, region_name(context.study, first.source), best, *cells, practice, *standings]


def _nowhere() -> str:
    return _("nowhere yet")


def _standing(context: Context, target: int, practice: str, result: PracticeResult) -> Formula:
    """How high a practice stands for a target: the class counts first, then the score."""
    orders = ",".join(str(_order(class_)) for class_ in PracticeClass)
    order = f"CHOOSE({_address(context, 'code', target, practice)},{orders})"
    score = f"N({_address(context, 'score', target, practice)})"
    place = _order(result.class_)
    value = -1.0 if place < 0 else place * 1000 + (result.score or 0.0)
    return Formula(f"IF({order}<0,-1,{order}*1000+{score})", value)


def _address(context: Context, name: str, target: int, practice: str) -> str:
    row = context.layout.result_row(target, context.places[practice])
    return context.layout.from_elsewhere(row, RESULT_COLUMNS.index(name))


def _order(class_: PracticeClass) -> int:
    """The better the class, the higher; below 0 for a class without a rank."""
    return -1 if class_ in UNRANKED else len(BEST_FIRST) - BEST_FIRST.index(class_)


def _best(context: Context, at: int, first: int) -> str:
    """The names of the targets for which a practice stands highest."""
    count = len(context.report.targets)
    cells = [xl_rowcol_to_cell(at, first + number, col_abs=True) for number in range(count)]
    best = f"MAX({cells[0]}:{cells[-1]})"
    parts = [
        f'IF({cell}>={best}-1E-9,", "&{context.layout.target_name(number)},"")'
        for number, cell in enumerate(cells)
    ]
    return f"IF({best}<0,{literal(_nowhere())},MID({'&'.join(parts)},3,9999))"


def _classes(context: Context, sheet: Any, row: int, targets: Sequence[str]) -> None:
    """How many practices of each class there are for each target, with a chart."""
    book = context.book
    sheet.set_h_pagebreaks([row])
    row = book.section(sheet, row, _("Practices of each class"), _HEADS + 2 * len(targets))
    order = [class_ for class_ in BEST_FIRST if class_ is not PracticeClass.HOME] + [PracticeClass.HOME]
    book.write(sheet, row, 0, _("Target"), "header")
    for at, class_ in enumerate(order, 1):
        book.write(sheet, row, at, class_word(class_), "number header")
    for number, target in enumerate(context.report.targets):
        book.write(sheet, row + 1 + number, 0, targets[number], "strong")
        classes = [practice.class_ for practice in target.practices]
        for at, class_ in enumerate(order, 1):
            cell: Cell = classes.count(class_)
            if context.live:
                held = context.layout.of_targets(RESULT_COLUMNS.index("code"), number)
                code = list(PracticeClass).index(class_) + 1
                cell = Formula(
                    f"COUNTIF({quoted(context.layout.model)}!{held},{code})", classes.count(class_)
                )
            book.write(sheet, row + 1 + number, at, cell, "whole")
    chart = bars(context, _("Practices of each class"), subtype="stacked")
    name, last = sheet.get_name(), row + len(targets)
    for at, class_ in enumerate(order, 1):
        chart.add_series(
            {
                "name": class_word(class_),
                "categories": [name, row + 1, 0, last, 0],
                "values": [name, row + 1, at, last, at],
                "fill": {"color": CLASS_BARS[class_]},
                "border": {"color": "#6B7785", "width": 0.5},
                "gap": 45,
                "data_labels": {"value": True, "num_format": "0;;", "font": {"color": letters_on(class_)}},
            }
        )
    chart.set_x_axis(count_axis())
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.set_size({"width": 900, "height": 140 + 44 * len(targets)})
    told = _("Stacked bars: how many practices of each class there are for each target.")
    book.chart(sheet, last + 2, 0, chart, told)
    sheet.print_area(0, 0, last + 10 + 2 * len(targets), _HEADS + 2 * len(targets) - 1)
