"""Robustness: what the draws of the run say of scores, classes and ranks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dualeco_cli.language import _, grouped, meant
from dualeco_cli.model.result import BEST_FIRST, PracticeClass, PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Book, Cell, Column
from dualeco_cli.reports.excel.charts import bars, share_axis
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import CLASS_BARS, HEAT_HIGH, PAPER
from dualeco_cli.reports.naming import dimension_name, one_line, target_name
from dualeco_cli.reports.texts import class_word

#: A chart or a table of practices × practices shows no more than these.
MOST = 30
#: The classes that a draw can give.
_CLASSES = tuple(class_ for class_ in BEST_FIRST if class_ is not PracticeClass.HOME)
_TITLE = 44


def add(context: Context) -> None:
    """Add the sheet, where the run made draws."""
    if not context.has_draws:
        return
    book, method = context.book, context.report.method
    sheet = book.sheet(names.robustness())
    top = book.heading(
        sheet,
        _("Robustness"),
        _draws(method.weights).format(
            samples=grouped(method.samples), spread=numbers.share(method.weight_spread), seed=method.seed
        ),
        _("These are results of the run: a workbook cannot draw again, so they do not follow a change."),
    )
    sheet.set_column(0, 0, _TITLE)
    sheet.set_column(1, 60, 11)
    row, breaks = top, []
    for number, target in enumerate(context.report.targets):
        if any(practice.robustness for practice in target.practices):
            breaks.append(row)
            row = _target(context, sheet, number, target, row)
    sheet.set_h_pagebreaks(breaks[1:])
    sheet.freeze_panes(0, 1)
    sheet.repeat_rows(0)


def _draws(weights: str) -> str:
    if weights == "any":
        return _(
            "{samples} draws, with any weights, and with values as uncertain as the study says; seed {seed}."
        )
    if weights == "panel":
        return _(
            "{samples} draws, each with the weights of one member of the panel, and with values as uncertain "
            "as the study says; seed {seed}."
        )
    return _(
        "{samples} draws, with weights up to {spread} higher or lower, and with values as uncertain as the "
        "study says; seed {seed}."
    )


def _target(context: Context, sheet: Any, number: int, target: TargetResult, row: int) -> int:
    book = context.book
    # No draw changes where a practice comes from.
    drawn = [p for p in target.practices if p.robustness and p.class_ is not PracticeClass.HOME]
    row = book.section(sheet, row, context.story.heading(target), 13)
    columns = [
        Column(_("Practice"), _TITLE, "strong"),
        Column(_("Score"), 11, "score"),
        Column(_("Mean"), 11, "score"),
        Column(_("5%"), 11, "score"),
        Column(_("95%"), 11, "score"),
        Column(_("Expected rank"), 11, "score"),
        *(Column(class_word(class_), 11, "heat share") for class_ in _CLASSES),
    ]
    rows = [list(_numbers(practice)) for practice in drawn]
    chances = (row + 1, 6, row + max(1, len(rows)), 5 + len(_CLASSES))
    end = book.table(sheet, row, columns, rows, "Draws", alone=False, filtered=False, tall=3 * 15)
    _shares(book, sheet, chances)
    _chart(context, sheet, number, target, row, min(len(drawn), MOST))
    end = max(end + 1, row + 22)
    end = _ranks(context, sheet, target, end)
    end = _wins(context, sheet, target, end)
    return _stability(context, sheet, target, end)


def _numbers(practice: PracticeResult) -> Iterator[Cell]:
    robustness = practice.robustness
    yield one_line(practice.title, 120)
    yield practice.score
    if robustness is not None:
        yield robustness.mean
        yield robustness.p05
        yield robustness.p95
        yield robustness.expected_rank
        for class_ in _CLASSES:
            yield robustness.class_probability.get(class_.value, 0.0)


def _shares(book: Book, sheet: Any, area: tuple[int, int, int, int]) -> None:
    """Shades for shares between 0 and 1; the number stands in each cell."""
    del book
    sheet.conditional_format(
        *area,
        {
            "type": "2_color_scale",
            "min_color": PAPER,
            "max_color": HEAT_HIGH,
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 1,
        },
    )


def _chart(context: Context, sheet: Any, number: int, target: TargetResult, top: int, count: int) -> None:
    """The chance of each class, as stacked bars."""
    del number
    region = target_name(target, 60)
    chart = bars(
        context, _("Chance of each class: {region}").format(region=region), subtype="percent_stacked"
    )
    name = sheet.get_name()
    for at, class_ in enumerate(_CLASSES, 6):
        chart.add_series(
            {
                "name": class_word(class_),
                "categories": [name, top + 1, 0, top + count, 0],
                "values": [name, top + 1, at, top + count, at],
                "fill": {"color": CLASS_BARS[class_]},
                "border": {"color": "#6B7785", "width": 0.5},
                "gap": 35,
            }
        )
    chart.set_x_axis(share_axis())
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.set_size({"width": 680, "height": max(300, min(900, 120 + 22 * count))})
    told = _(
        "Stacked bars: in which share of the draws each practice gets which class for {region}. The table "
        "beside it has the numbers."
    ).format(region=region)
    context.book.chart(sheet, top, 14, chart, told)


def _ranks(context: Context, sheet: Any, target: TargetResult, row: int) -> int:
    """In which share of the draws a practice is on which rank."""
    ranked = [p for p in target.practices if p.rank is not None and p.robustness is not None][:MOST]
    most = max((len(p.robustness.rank_acceptability) for p in ranked if p.robustness), default=0)
    if not ranked or not most:
        return row
    shown = min(most, MOST)
    book = context.book
    row = book.section(sheet, row, _("Share of the draws on each rank"), 13)
    columns = [Column(_("Practice"), _TITLE, "strong")]
    columns += [Column(_("Rank {rank}").format(rank=at + 1), 11, "heat share") for at in range(shown)]
    rows: list[list[Cell]] = []
    for practice in ranked:
        shares = practice.robustness.rank_acceptability if practice.robustness else ()
        cells: list[Cell] = [one_line(practice.title, 120)]
        cells += [shares[at] if at < len(shares) else None for at in range(shown)]
        rows.append(cells)
    end = book.table(sheet, row, columns, rows, "Ranks", alone=False, filtered=False)
    _shares(book, sheet, (row + 1, 1, row + len(rows), shown))
    return end + 1


def _wins(context: Context, sheet: Any, target: TargetResult, row: int) -> int:
    """In which share of the draws one practice is better than another."""
    pairwise = target.pairwise
    if pairwise is None or len(pairwise.practices) < 2:
        return row
    book = context.book
    titles = {practice.id: practice.title for practice in target.practices}
    ids = pairwise.practices[:MOST]
    row = book.section(sheet, row, _("Share of the draws in which the row is ahead of the column"), 13)
    columns = [Column(_("Practice"), _TITLE, "strong")]
    columns += [Column(str(at), 11, "heat share") for at in range(1, len(ids) + 1)]
    rows: list[list[Cell]] = []
    for at, id_ in enumerate(ids):
        label = f"{at + 1}  {one_line(titles.get(id_, id_), 120)}"
        # Nobody is ahead of itself.
        wins: list[Cell] = [None if other == at else pairwise.wins[at][other] for other in range(len(ids))]
        rows.append([label, *wins])
    end = book.table(sheet, row, columns, rows, "Wins", alone=False, filtered=False)
    _shares(book, sheet, (row + 1, 1, row + len(rows), len(ids)))
    return end + 1


def _stability(context: Context, sheet: Any, target: TargetResult, row: int) -> int:
    """Between which weights of each dimension the leader leads."""
    if not target.leader_stability or not any(practice.rank == 1 for practice in target.practices):
        return row
    book = context.book
    row = book.section(
        sheet, row, _("Share of each dimension between which the first of the ranking stays first"), 13
    )
    weights = {one.id: one.weight for one in context.study.framework.dimensions}
    total = sum(weights.values())
    columns = [
        Column(_("Dimension"), _TITLE, "strong"),
        Column(meant("lowest share", "From"), 11, "share"),
        Column(_("Today"), 11, "share"),
        Column(meant("highest share", "To"), 11, "share"),
    ]
    rows: list[list[Cell]] = []
    for stretch in target.leader_stability:
        dimension = context.story.dimensions.get(stretch.dimension)
        name = stretch.dimension if dimension is None else dimension_name(dimension)
        today = weights.get(stretch.dimension, 0.0) / total if total > 0 else None
        rows.append([name, stretch.low, today, stretch.high])
    return book.table(sheet, row, columns, rows, "Stability", alone=False, filtered=False) + 1
