"""One line per finding, for grep and for editors that jump to places."""

from __future__ import annotations

from dualeco_cli.checks.formats.base import LABELS, Context
from dualeco_cli.checks.formats.escape import visible
from dualeco_cli.checks.formats.grouping import full_message
from dualeco_cli.checks.formats.places import file_address
from dualeco_cli.model.finding import FindingsReport


def render(report: FindingsReport, context: Context) -> str:  # noqa: ARG001 - formats are called alike
    """``study.xlsx:Practices!D3: error C102 number-expected "high" is no number.``, one line each.

    The severity is a word for programs, the same in every language.
    """
    return "".join(
        f"{visible(file_address(finding))}: {LABELS[finding.severity]} {finding.code} {finding.name} "
        f"{full_message(finding)}\n"
        for finding in report.findings
    )
