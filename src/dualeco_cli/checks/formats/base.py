"""What every format of findings gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dualeco_cli.checks.catalogue import BY_CODE
from dualeco_cli.checks.rule import Rule
from dualeco_cli.language import N_, _, plural
from dualeco_cli.model.finding import FindingsReport, Severity
from dualeco_cli.version import __version__


@dataclass(frozen=True, slots=True)
class Context:
    """What a format may want to know beside the findings.

    ``files``: every file that was looked at, in order: those without findings have none to be known by.
    ``root``: the folder that paths in annotations start from, such as the checkout in which a job runs.
    """

    files: tuple[str, ...] = ()
    root: str | None = None
    rules: Mapping[str, Rule] = field(default_factory=lambda: BY_CODE)
    version: str = __version__


#: A format: the whole text, ending with a line break; empty where there is nothing to print.
Renderer: TypeAlias = Callable[[FindingsReport, Context], str]

#: What a severity is called where programs read it, and in English texts; worst first.
LABELS: Mapping[Severity, str] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("note"),
}

#: Worst first.
RANK: Mapping[Severity, int] = {severity: rank for rank, severity in enumerate(LABELS)}


def label(severity: Severity) -> str:
    """What a severity is called where people read it."""
    return _(LABELS[severity])


def counted(number: int, severity: Severity) -> str:
    """``1 error``, ``2 errors``."""
    match severity:
        case Severity.ERROR:
            return plural("{count} error", "{count} errors", number)
        case Severity.WARNING:
            return plural("{count} warning", "{count} warnings", number)
        case Severity.INFO:
            return plural("{count} note", "{count} notes", number)


def with_expected(text: str, expected: str) -> str:
    """A message with what was expected behind it."""
    return f"{text} " + _("Expected: {expected}").format(expected=expected)


def summary_line(report: FindingsReport) -> str:
    """``2 files: 3 errors, 5 warnings, 12 notes``."""
    summary = report.summary
    return _("{files}: {errors}, {warnings}, {notes}").format(
        files=plural("{count} file", "{count} files", summary.files),
        errors=counted(summary.errors, Severity.ERROR),
        warnings=counted(summary.warnings, Severity.WARNING),
        notes=counted(summary.infos, Severity.INFO),
    )
