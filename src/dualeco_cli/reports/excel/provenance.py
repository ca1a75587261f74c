"""Where the numbers come from: version, framework, method, inputs with their checksums."""

from __future__ import annotations

from dualeco_cli.reports.excel.book import Book, Column
from dualeco_cli.reports.provenance import mean_words, weights_words
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.tables import Value, compensation
from dualeco_cli.reports.texts import _


def add(book: Book, story: Story) -> None:
    """Add the sheet."""
    sheet = book.sheet(_("Provenance"))
    top = book.heading(
        sheet, _("Provenance"), _("With these files and settings the numbers can be made again.")
    )
    columns = [Column(_("What"), 28, "strong"), Column(_("Value"), 70), Column(_("SHA-256"), 70)]
    book.table(sheet, top, columns, [*_settings(story), *_inputs(story)], "Provenance")
    sheet.freeze_panes(top + 1, 1)


def _settings(story: Story) -> list[tuple[Value, Value, Value]]:
    report, method = story.report, story.report.method
    rows: list[tuple[str, Value]] = [
        (_("Program"), f"{report.tool.name} {report.tool.version}"),
        (_("Framework"), report.framework.id),
        (_("Framework version"), report.framework.version),
        (_("Compensation"), compensation(report)),
        (_("Score"), mean_words(method.compensation)),
        (_("Least coverage for a rank"), method.min_coverage),
        (_("Transferable from"), method.transferable_from),
        (_("Adaptable from"), method.adaptable_from),
        (_("Draws"), method.samples),
    ]
    if method.samples:
        rows += [(_("Seed"), method.seed), (_("Weights in the draws"), weights_words(method))]
    return [(name, value, None) for name, value in rows]


def _inputs(story: Story) -> list[tuple[Value, Value, Value]]:
    return [(_("Input"), source.path, source.sha256) for source in story.report.inputs]
