"""The last chapters: with what the numbers were made, and the addresses of all sources."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.language import _, grouped
from dualeco_cli.model.result import Method
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex.blocks import Column, Run, line
from dualeco_cli.reports.annex.builder import Builder, Cell, strong
from dualeco_cli.reports.story import mean_words, weights_words


def add(builder: Builder) -> None:
    """Add both chapters; the sources come last, when all of them have been named."""
    report = builder.report
    builder.heading(1, _("Provenance"))
    builder.text(_("With these files and settings the numbers can be made again."))
    version = report.framework.version
    rows: list[tuple[str, str]] = [
        (_("Program"), f"{report.tool.name} {report.tool.version}"),
        (_("Framework"), report.framework.id),
        (_("Framework version"), version or numbers.MISSING),
        *_method(report.method),
    ]
    builder.table(
        _("Program, framework and method"),
        _("With what the numbers in this document were made."),
        (Column(_("What"), 34), Column(_("Value"), 66)),
        [(strong(what), value) for what, value in rows],
    )
    builder.table(
        _("Files that were read"),
        _("Each file with the checksum of its bytes."),
        (Column(_("File"), 40), Column(_("SHA-256"), 60)),
        [(line(source.path), line(source.sha256)) for source in report.inputs],
    )
    _sources(builder)


def _method(method: Method) -> Iterator[tuple[str, str]]:
    yield _("Score"), mean_words(method.compensation)
    yield _("Least coverage for a rank"), numbers.share(method.min_coverage)
    yield _("Transferable from"), numbers.plain(method.transferable_from)
    yield _("Adaptable from"), numbers.plain(method.adaptable_from)
    yield _("Draws"), grouped(method.samples)
    if method.samples:
        yield _("Seed"), str(method.seed)
        yield _("Weights in the draws"), weights_words(method)


def _sources(builder: Builder) -> None:
    if not builder.links.urls:
        return
    builder.heading(1, _("Sources"))
    builder.text(_("The addresses behind the numbers in square brackets."))
    rows: list[tuple[Cell, Cell]] = [
        (str(number), (Run(url, url=url),)) for url, number in builder.links.urls.items()
    ]
    builder.table(
        _("Sources on the web"),
        _("The addresses of the sources by their number."),
        (Column(_("Number"), 9, numbers=True), Column(_("Address"), 91)),
        rows,
    )
