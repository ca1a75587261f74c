"""Method and provenance: how it was reckoned, what follows a change, and where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.data import words
from dualeco_cli.language import _, current
from dualeco_cli.reports import numbers
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.naming import region_heading
from dualeco_cli.reports.provenance import mean_words, weights_words
from dualeco_cli.reports.tables import compensation
from dualeco_cli.reports.texts import class_word

#: Width of the columns: what, and what is said of it.
_WHAT, _SAID = 30, 90


def add(context: Context) -> None:
    """Add the sheet."""
    book = context.book
    sheet = book.sheet(names.method())
    top = book.heading(
        sheet, _("Method and provenance"), _("With these files and settings the numbers can be made again.")
    )
    columns = [Column(_("What"), _WHAT, "strong"), Column(_("Value"), _SAID), Column(_("SHA-256"), 70)]
    rows: list[list[Cell]] = [*_settings(context), *_inputs(context)]
    book.widths(sheet, columns)
    end = book.table(sheet, top, columns, rows, "Provenance", alone=False, filtered=False)
    for name, title, heads, lines in (
        ("Method", _("Method"), (_("Step"), _("How")), _method(context)),
        ("What", _("What follows a change"), (_("Sheet"), _("What it does")), _liveness(context)),
    ):
        end = book.section(sheet, end + 1, title, 3)
        two = [Column(heads[0], _WHAT, "strong"), Column(heads[1], _SAID)]
        end = book.table(sheet, end, two, lines, name, alone=False, filtered=False)
    sheet.print_area(0, 0, end, 2)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(0)


def _settings(context: Context) -> Iterator[list[Cell]]:
    report, method = context.report, context.report.method
    rows: list[tuple[str, Cell]] = [
        (_("Program"), f"{report.tool.name} {report.tool.version}"),
        (_("Framework"), report.framework.id),
        (_("Framework version"), report.framework.version),
    ]
    rows += [(_("Target"), region_heading(context.study, one.id, one.name)) for one in report.targets]
    rows += [
        (_("Compensation"), compensation(report)),
        (_("Score"), mean_words(method.compensation)),
        (_("Least coverage for a rank"), method.min_coverage),
        (_("Transferable from"), method.transferable_from),
        (_("Adaptable from"), method.adaptable_from),
        (_("Draws"), method.samples),
    ]
    if method.samples:
        rows += [(_("Seed"), method.seed), (_("Weights in the draws"), weights_words(method))]
    for name, value in rows:
        yield [name, value, None]


def _inputs(context: Context) -> Iterator[list[Cell]]:
    for source in context.report.inputs:
        yield [_("Input"), source.path, source.sha256]


def _method(context: Context) -> Iterator[list[Cell]]:
    method = context.report.method
    yield [
        _("From answers to values"),
        _(
            "Every indicator has a scale with two fixed ends. n(x) = (x − worst) / (best − worst), not below 0 "
            "and not above 1."
        ),
    ]
    yield [
        _("Merit, judgement"),
        _("value = n(rating); of several assessors the median, or what they agreed on"),
    ]
    yield [
        _("Need"),
        _(
            "value = 1 − n(region): the need is greatest where the region does worst. It counts for practices "
            "that serve its objective."
        ),
    ]
    yield [
        _("Condition"),
        _(
            "value = 1 − max(0, n(required) − n(region)); where the region has to be similar, "
            "value = 1 − |n(required) − n(region)|. More than is required is not rewarded."
        ),
    ]
    yield [
        _("Weights"),
        _(
            "The weight of an indicator is its share in its dimension times that of the dimension. What does not "
            "apply is left out, and its weight goes to its neighbours in the dimension."
        ),
    ]
    yield [_("Score"), _score(context)]
    yield [
        _("Coverage and range"),
        _(
            "What is unknown is left out of the score. Coverage: the share of the weight that is known. Lower and "
            "upper: the score with every unknown value at 0 and at 1."
        ),
    ]
    yield [
        _("Barriers and questions"),
        _(
            "A barrier is a critical condition that the region does not meet, or a rating below the lowest "
            "acceptable level. A critical condition of which something is unknown is an open question."
        ),
    ]
    order = " → ".join(
        class_word(one)
        for one in (
            "home",
            "blocked",
            "insufficient-evidence",
            "not-yet",
            "conditional",
            "transferable",
            "adaptable",
        )
    )
    yield [
        _("Classes"),
        _(
            "The first that holds: {order}. Transferable from {high}, adaptable from {low} points; less than "
            "{least} known is insufficient evidence."
        ).format(
            order=order,
            high=numbers.plain(method.transferable_from),
            low=numbers.plain(method.adaptable_from),
            least=numbers.share(method.min_coverage),
        ),
    ]
    yield [
        _("Ranks"),
        _(
            "By score, among practices that are neither at home, nor blocked, nor short of evidence. Equal scores "
            "share the smaller rank; scores that differ by no more than 0.000000001 are equal."
        ),
    ]


def _score(context: Context) -> str:
    q = context.report.method.compensation
    if q == 1:
        return _("score = 100 · Σ weight · value / Σ weight, over what is known")
    if q == 0:
        return _(
            "score = 100 · exp(Σ weight · log value / Σ weight), over what is known; a value below 0.01 counts "
            "as 0.01"
        )
    return _("{mean}; for exponents of at most 0 a value below 0.01 counts as 0.01").format(
        mean=mean_words(q)
    )


def _liveness(context: Context) -> Iterator[list[Cell]]:
    if not context.live:
        yield [_("All sheets"), context.why_not_live]
        return
    yield [
        _("To change"),
        _(
            "Weights; the cells of {requirements} and {merits} (3, 3! critical, 2? unsure, n/a, blank for unknown); "
            "the values of {profile}; ratings and importance in {assessments}; the thresholds in {settings}, and "
            "there compensation full or partial."
        ).format(
            **{
                kind.lower(): words.sheet_name(kind, current())
                for kind in ("Requirements", "Merits", "Profile", "Assessments", "Settings")
            }
        ),
    ]
    yield [
        _("Follows at once"),
        _(
            "Values, scores of dimensions, scores, lower and upper, coverage, barriers and open questions as "
            "numbers, classes, ranks, the order of the first sheet, and their charts."
        ),
    ]
    yield [
        _("Needs a new run"),
        _(
            "Draws, agreement, paths, adapted forms, texts, and the list of indicator values. So do new practices, "
            "new indicators and other roles. Save this workbook and run: dualeco score FILE.xlsx --target …"
        ),
    ]
    yield [
        _("Not checked here"),
        _(
            "A level that is not on its scale, or an id that leads nowhere, is found by: dualeco validate FILE.xlsx"
        ),
    ]
