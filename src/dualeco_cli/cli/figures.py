"""``--figures DIR``: the charts of a report as files, each written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _, plural

if TYPE_CHECKING:
    from dualeco_cli.model.result import Report
    from dualeco_cli.model.study import Study

Figures: TypeAlias = Annotated[
    str | None,
    typer.Option("--figures", metavar="DIR", help="Write the charts as SVG and PNG files into a folder."),
]


def check_figures(folder: str | None) -> None:
    """End the run before any work for a folder that cannot be there or be written to."""
    if folder is None:
        return
    path = Path(folder)
    if path.exists() and not path.is_dir():
        stop(_("{folder} is no folder; --figures writes several files into one.").format(folder=folder))
    nearest = next((one for one in (path, *path.absolute().parents) if one.exists()), None)
    if nearest is not None and not (nearest.is_dir() and os.access(nearest, os.W_OK)):
        said = _("nothing can be written into {folder}: {nearest} is read-only or no folder.")
        stop(said.format(folder=folder, nearest=nearest))


def write_figures(report: Report, study: Study, folder: str | None, *, quiet: bool = False) -> None:
    """Draw and write each chart; ends the run where one cannot be written."""
    if folder is None:
        return
    from dualeco_cli.cli.progress import progress
    from dualeco_cli.reports.figures import OF_A_TARGET, drawings
    from dualeco_cli.workbook.writing import WriteRefusal, write_bytes

    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = _("the folder {folder} cannot be made: {reason}.")
        stop(said.format(folder=folder, reason=(error.strerror or str(error)).lower()))
    count = 0
    most = len(report.targets) * len(OF_A_TARGET) + 1
    with progress(_("Drawing charts"), most, quiet=quiet) as advance:
        for drawing in drawings(report, study):
            try:
                write_bytes(path / f"{drawing.name}.svg", drawing.svg.encode())
                write_bytes(path / f"{drawing.name}.png", drawing.png())
            except WriteRefusal as error:
                stop(str(error))
            count += 1
            advance(1)
    if not quiet:
        tell(
            plural(
                "Written: {count} chart in {folder}",
                "Written: {count} charts in {folder}",
                count,
                folder=folder,
            )
        )
