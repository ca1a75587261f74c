"""The answer: the ranking of each target with its chart, how firm it is, how to read it, what else there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dualeco_cli.language import _, plural
from dualeco_cli.model.result import BEST_FIRST, PracticeClass, PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import LINE, Cell, Column, Finer, Formula, literal, quoted, spoken
from dualeco_cli.reports.excel.charts import ranking_chart
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.live.layout import RESULT_COLUMNS
from dualeco_cli.reports.naming import one_line, region_name, target_name
from dualeco_cli.reports.tables import Value
from dualeco_cli.reports.texts import class_word

#: So many practices of each target are listed here, if there are several; all are on the sheet Scores.
MOST_LISTED = 40
#: The first column of the charts, and the last one that has words.
_CHART_AT, _LAST = 11, 9
_POINTS_TO_PIXELS = 4 / 3


def columns() -> list[Column]:
    """The columns of a ranking."""
    return [
        Column(_("Rank"), 6, "whole"),
        Column(_("Practice"), 42, "strong"),
        Column(_("From"), 17),
        Column(_("Class"), 20, "class", mark="class"),
        Column(_("Score"), 9, "score", mark="bar"),
        Column(_("Lower"), 8, "score"),
        Column(_("Upper"), 8, "score"),
        Column(_("Known"), 8, "share"),
        Column(_("Barriers"), 9, "whole"),
        Column(_("Open questions"), 10, "whole"),
    ]


def add(context: Context) -> None:
    """Add the sheet."""
    book, targets = context.book, context.report.targets
    sheet = book.sheet(names.answer())
    title = (
        _("Transferability of good practices")
        if context.several or not targets
        else _("Transferability of good practices to {region}").format(region=target_name(targets[0]))
    )
    sheet.set_row(0, 2.2 * LINE)
    book.write(sheet, 0, 0, title, "title")
    book.widths(sheet, columns())
    sheet.set_column(len(columns()), len(columns()), 2)
    sheet.set_row(1, 1.5 * LINE)
    for column in range(_LAST + 1):
        book.write(sheet, 1, column, _state(context) if column == 0 else None, "banner")
    row = 3
    breaks = []
    for number in range(len(targets)):
        if number:
            breaks.append(row)
        row = _target(context, sheet, number, row) + 1
    breaks.append(row)
    row = _how_to_read(context, sheet, row)
    row = _contents(context, sheet, row + 1)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, row, _CHART_AT + 10)
    sheet.repeat_rows(0)
    sheet.freeze_panes(2, 2)
    sheet.activate()


def _state(context: Context) -> Cell:
    """Whether what is shown is what the run found; a formula where it may change."""
    if not context.live:
        return _("This workbook holds values only. {why}").format(why=context.why_not_live)
    changed, unreadable = (
        context.layout.from_elsewhere(context.layout.setting_row(name), 2)
        for name in ("changed", "unreadable")
    )
    run = _(
        "These are the results of the run. Change a yellow cell on the input sheets, and ranking, scores and "
        "chart follow."
    )
    other = spoken(
        _(
            "{count} results are no longer those of the run: something on the input sheets was changed. Paths, "
            "draws and texts are still those of the run."
        ),
        count=changed,
    )
    broken = spoken(
        _("{count} cells of the input sheets cannot be read and count as unknown."), count=unreadable
    )
    no_mean = literal(
        _("The workbook computes compensation full and partial only: for others run dualeco again.")
    )
    return Formula(
        f'IF(ISNUMBER(exponent),"",{no_mean}&" ")&IF({unreadable}=0,"",{broken}&" ")'
        f"&IF({changed}=0,{literal(run)},{other})",
        run,
    )


def _target(context: Context, sheet: Any, number: int, row: int) -> int:
    book, target = context.book, context.report.targets[number]
    top = book.section(sheet, row, context.story.heading(target), _LAST + 1)
    sheet.set_row(top, 1.4 * LINE)
    book.write(sheet, top, 0, _tally(context, number), "plain")
    top += 2
    shown = target.practices
    if context.several:
        shown = shown[:MOST_LISTED]
    rows = [_row(context, number, place, practice) for place, practice in enumerate(shown)]
    end = book.table(sheet, top, columns(), rows, "Ranking", alone=False, filtered=False)
    height = sum(_row_height(cells) for cells in rows) + 2 * LINE
    chart = ranking_chart(context, number, sheet, top)
    if chart is not None:
        size = max(300, min(900, int(height * _POINTS_TO_PIXELS) + 2))
        chart.set_size({"width": 700, "height": size})
        book.chart(sheet, top, _CHART_AT, chart, _told(target))
        end = max(end, top + 16)
    left = len(target.practices) - len(shown)
    if left:
        rest = plural(
            "{count} more practice is on the sheet {sheet}.",
            "{count} more practices are on the sheet {sheet}.",
            left,
            sheet=names.scores(),
        )
        book.write(sheet, end, 1, rest, "note")
        end += 1
    said = context.story.order(target)
    if said:
        end += 1
        book.write(sheet, end, 1, _("How firm is this order? What the run found:"), "note")
        for line in said:
            end += 1
            book.write(sheet, end, 1, f"•  {line}", "plain")
        end += 1
    return end + 1


def _row_height(cells: list[Cell]) -> float:
    title = cells[1].value if isinstance(cells[1], Formula) else cells[1]
    return LINE * max(1, -(-len(str(title)) // 42)) + 1


def _told(target: TargetResult) -> str:
    """The chart in words."""
    leaders = [p for p in target.practices if p.rank is not None][:3]
    said = _("Bar chart: the score of each practice for {region}, with a line from lower to upper.").format(
        region=target_name(target)
    )
    if leaders:
        first = ", ".join(
            _("{rank}. {title} ({score})").format(
                rank=p.rank, title=one_line(p.title, 60), score=numbers.score(p.score)
            )
            for p in leaders
        )
        said += " " + _("First are {first}.").format(first=first)
    return said + " " + _("The table beside it has all numbers.")


def _tally(context: Context, number: int) -> Cell:
    """How many practices there are of each class."""
    target = context.report.targets[number]
    classes = [practice.class_ for practice in target.practices]
    ordered = [class_ for class_ in BEST_FIRST if class_ is not PracticeClass.HOME] + [PracticeClass.HOME]
    text = _("{count} {class_}")
    value = ",  ".join(
        text.format(count=classes.count(class_), class_=class_word(class_)) for class_ in ordered
    )
    if not context.live:
        return value
    held = context.layout.of_targets(RESULT_COLUMNS.index("code"), number)
    order = list(PracticeClass)
    parts = '&",  "&'.join(
        spoken(
            text.replace("{class_}", class_word(class_)),
            count=f"COUNTIF({quoted(context.layout.model)}!{held},{order.index(class_) + 1})",
        )
        for class_ in ordered
    )
    return Formula(parts, value)


def _row(context: Context, number: int, place: int, practice: PracticeResult) -> list[Cell]:
    row = context.layout.listed_cell(number, place, "row") if context.live else ""

    def held(name: str, value: Value) -> Cell:
        return Formula(f"INDEX(model_{name},{row})", value) if context.live else value

    return [
        held("rank", practice.rank),
        held("title", practice.title),
        held("from", region_name(context.study, practice.source)),
        held("class", class_word(practice.class_)),
        held("score", on_its_side(context, practice.score)),
        held("lower", practice.lower),
        held("upper", practice.upper),
        held("coverage", practice.coverage),
        held("barriers", len(practice.barriers)),
        held("open", len(practice.open_questions)),
    ]


def on_its_side(context: Context, score: float | None) -> float | None:
    """A score that its rounding would put on the other side of a threshold shows more decimals."""
    if score is None or numbers.score(score, context.story.thresholds) == numbers.score(score):
        return score
    return Finer(score)


def _how_to_read(context: Context, sheet: Any, row: int) -> int:
    book, method = context.book, context.report.method
    row = book.section(sheet, row, _("How to read it"), _LAST + 1)
    lines = (
        _(
            "Score: 0 to 100, the weighted mean of what is known. Known: the share of the weight that is "
            "known; what is unknown is left out, not counted as bad."
        ),
        _(
            "Lower and upper: the score if all that is unknown turned out at its worst, or at its best. In "
            "the chart this is the thin line."
        ),
        _(
            "Barrier: a critical condition that the region does not meet, or a rating below the lowest "
            "acceptable level. A barrier blocks, whatever the score."
        ),
        _("Only practices that are neither at home, nor blocked, nor short of evidence get a rank."),
    )
    for line in lines:
        book.write(sheet, row, 1, line, "plain")
        row += 1
    row += 1
    first = row
    for class_, meaning in _meanings(context):
        sheet.set_row(row, LINE + 2)
        book.write(sheet, row, 1, class_word(class_), "class")
        book.write(sheet, row, 2, meaning, "plain")
        row += 1
    book.class_colours(sheet, (first, 1, row - 1, 1))
    if method.compensation != 1:
        note = _("The thresholds were set for full compensation; here they are stricter than they look.")
        book.write(sheet, row, 1, note, "note")
        row += 1
    return row


def _meanings(context: Context) -> Iterator[tuple[PracticeClass, str]]:
    method = context.report.method
    high, low = numbers.plain(method.transferable_from), numbers.plain(method.adaptable_from)
    yield PracticeClass.TRANSFERABLE, _("score of {high} or more").format(high=high)
    yield PracticeClass.ADAPTABLE, _("score from {low} to below {high}").format(low=low, high=high)
    yield (
        PracticeClass.CONDITIONAL,
        _("score of {low} or more, but an open question: what it is then depends on the answer").format(
            low=low
        ),
    )
    yield PracticeClass.NOT_YET, _("score below {low}").format(low=low)
    yield PracticeClass.BLOCKED, _("at least one barrier")
    yield (
        PracticeClass.INSUFFICIENT_EVIDENCE,
        _("less than {least} of the weight is known, or nothing").format(
            least=numbers.share(method.min_coverage)
        ),
    )
    yield PracticeClass.HOME, _("the practice comes from this region: a check of plausibility, no transfer")


def _contents(context: Context, sheet: Any, row: int) -> int:
    book = context.book
    row = book.section(sheet, row, _("What else is in this workbook"), _LAST + 1)
    for name, told in names.contents(context):
        book.link(sheet, row, 1, name)
        book.write(sheet, row, 2, told, "plain")
        row += 1
    return row
