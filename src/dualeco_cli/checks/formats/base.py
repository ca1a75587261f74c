"""What every format of findings gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dualeco_cli.checks.catalogue import BY_CODE
from dualeco_cli.checks.rule import Rule
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

#: What a severity is called in texts, worst first.
LABELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}

#: Worst first.
RANK: Mapping[Severity, int] = {severity: rank for rank, severity in enumerate(LABELS)}


def counted(number: int, word: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number:d} {word}" if number == 1 else f"{number:d} {word}s"


def summary_line(report: FindingsReport) -> str:
    """``2 files: 3 errors, 5 warnings, 12 notes``."""
    summary = report.summary
    parts = (
        counted(summary.errors, "error"),
        counted(summary.warnings, "warning"),
        counted(summary.infos, "note"),
    )
    return f"{counted(summary.files, 'file')}: {', '.join(parts)}"
