"""Reports to files: checked before the work, written whole after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.model.result import Report
    from dualeco_cli.model.study import Study


def check_outputs(outputs: Sequence[str], inputs: Sequence[str]) -> None:
    """End the run before any work for a report that could not be written or would replace an input."""
    from dualeco_cli.reports.write import UnknownSuffixError, writer_for
    from dualeco_cli.workbook.writing import WriteRefusal, check_target, refuse_overwrite

    for name in outputs:
        try:
            writer_for(Path(name).suffix)
            refuse_overwrite(inputs, [name])
            check_target(name)
        except (UnknownSuffixError, WriteRefusal) as error:
            stop(str(error))


def write_reports(report: Report, study: Study, outputs: Sequence[str], *, quiet: bool) -> None:
    """Write each report whole; ends the run where one cannot be written."""
    from dualeco_cli.reports.write import render
    from dualeco_cli.workbook.writing import WriteRefusal, write_bytes

    for name in outputs:
        content = render(report, study, Path(name).suffix)
        try:
            write_bytes(name, content)
        except WriteRefusal as error:
            stop(str(error))
        if not quiet:
            tell(_("Written: {file}").format(file=name))
