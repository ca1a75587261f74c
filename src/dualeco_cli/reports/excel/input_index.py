"""Inputs as read: which files were read, what the input sheets hold, and which of them the model follows."""

from __future__ import annotations

from collections.abc import Mapping

from dualeco_cli.language import _, plural
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import Cell, Column
from dualeco_cli.reports.excel.context import Context
from dualeco_cli.reports.excel.formats import TAB_INPUT


def add(context: Context) -> None:
    """Add the sheet, in front of the input sheets."""
    book = context.book
    sheet = book.sheet(names.inputs(), tab=TAB_INPUT)
    top = book.heading(
        sheet,
        _("Inputs as read"),
        _(
            "The sheets that follow hold what was read, under the names that dualeco reads: this workbook can "
            "be given to dualeco validate and dualeco score like the files it was made from."
        ),
        _("Files: {files}").format(files=_files(context)),
    )
    columns = [
        Column(_("Sheet"), 22, "strong"),
        Column(_("Rows"), 9, "whole"),
        Column(_("What it holds"), 70),
        Column(_("If you change it here"), 60),
    ]
    told, live = _told(), _live()
    rows: list[list[Cell]] = [
        [
            page.name,
            len(page.rows),
            told.get(kind, ""),
            live.get(kind, _("needs a new run")) if context.live else _("needs a new run"),
        ]
        for kind, page in context.inputs.items()
    ]
    book.table(sheet, top, columns, rows, "Inputs", filtered=False)
    for at, page in enumerate(context.inputs.values(), top + 1):
        context.book.link(sheet, at, 0, page.name)
    sheet.freeze_panes(top + 1, 1)


def _files(context: Context) -> str:
    inputs = context.report.inputs
    shown = ", ".join(source.path for source in inputs[:5])
    if len(inputs) > 5:
        shown = plural("{names} and {count} more", "{names} and {count} more", len(inputs) - 5, names=shown)
    return shown or "–"


def _told() -> Mapping[str, str]:
    return {
        "Practices": _("The good practices, with where they come from and what they are for"),
        "Requirements": _("What each practice requires of a region: level, n/a, or blank for unknown"),
        "Merits": _("How each practice itself is rated"),
        "Assessments": _("What assessors say of a practice for a target"),
        "Adaptations": _("Changed requirements of adapted forms"),
        "Basis": _("Why a level was given"),
        "Pilots": _("Practices that were tried in a target, and how that went"),
        "Panel": _("What each member of a panel gives dimensions and indicators"),
        "Profile": _("What each region has, with year, confidence and source"),
        "Ecosystems": _("The regions"),
        "Dimensions": _("The dimensions of the framework"),
        "Indicators": _("The indicators of the framework, with their scales"),
        "Settings": _("Thresholds and compensation, as they were used"),
    }


def _live() -> Mapping[str, str]:
    return {
        "Practices": _("objectives and source: follows at once; texts need a new run"),
        "Requirements": _("follows at once"),
        "Merits": _("follows at once"),
        "Assessments": _("ratings and importance: follows at once, also in new rows"),
        "Profile": _("values: follows at once"),
        "Dimensions": _("weights: on the sheet {sheet}, and follows at once").format(sheet=names.weights()),
        "Indicators": _(
            "weights: on the sheet {sheet}; scales, floor, critical and match follow at once"
        ).format(sheet=names.weights()),
        "Settings": _("follows at once"),
    }
