"""From the command line to a study: what score, explain, compare and backtest have in common."""

from __future__ import annotations

import glob
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dualeco_cli.cli.exits import Exit
from dualeco_cli.cli.say import sentences, stop, suggestion
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.checks.load import Loaded
    from dualeco_cli.model.finding import Severity
    from dualeco_cli.model.study import Study


def expand(names: Iterable[str]) -> list[str]:
    """File names with ``*`` and ``?`` expanded, for shells that leave that to the program."""
    found: list[str] = []
    for name in names:
        matches: list[str] = []
        if glob.has_magic(name) and not Path(name).exists():
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  # the name may be absolute
        found.extend(matches or [name])
    return list(dict.fromkeys(found))


def load_files(
    context: typer.Context,
    names: Sequence[str],
    *,
    indicators: str | None,
    ecosystems: Sequence[str] | None,
    max_file_size: int | None = None,
    max_cells: int | None = None,
    for_scoring: bool = False,
    judge: bool = False,
) -> Loaded:
    """Read and check the files; ends the run where a framework or an ecosystem is named that is not there."""
    from dualeco_cli.checks.load import Options, UnknownName, load
    from dualeco_cli.cli.config import columns_of
    from dualeco_cli.workbook.limits import Limits

    options = Options(
        indicators=indicators,
        ecosystems=tuple(ecosystems or ()),
        columns=columns_of(context),
        limits=Limits.of(max_file_size=max_file_size, max_cells=max_cells),
        for_scoring=for_scoring,
        judge=judge,
    )
    try:
        return load(expand(names), options)
    except UnknownName as error:
        stop(str(error))


def study_of(loaded: Loaded, *, quiet: bool) -> Study:
    """The study, or the end of the run with its findings on standard error.

    Warnings do not stop a score; they are said before it. Notes are for ``validate``.
    """
    from dualeco_cli.model.finding import Severity

    if loaded.study is None:
        show_findings(loaded, {Severity.ERROR} if quiet else set(Severity))
        raise typer.Exit(Exit.USAGE if loaded.unreadable else Exit.DATA)
    if not quiet and any(finding.severity is Severity.WARNING for finding in loaded.findings):
        show_findings(loaded, {Severity.WARNING})
    return loaded.study


def study_to_score(
    context: typer.Context,
    workbooks: Sequence[str],
    *,
    indicators: str | None,
    ecosystems: Sequence[str] | None,
    max_file_size: int | None,
    max_cells: int | None,
    quiet: bool,
) -> Study:
    """The study in these files, which a command is about to score; the end of the run where it has errors."""
    loaded = load_files(
        context,
        workbooks,
        indicators=indicators,
        ecosystems=ecosystems,
        max_file_size=max_file_size,
        max_cells=max_cells,
        for_scoring=True,
    )
    return study_of(loaded, quiet=quiet)


def show_findings(loaded: Loaded, severities: Collection[Severity]) -> None:
    """Findings for people, on standard error."""
    from dualeco_cli.checks.formats import segments, summarise
    from dualeco_cli.cli.colours import print_segments

    wanted = [finding for finding in loaded.findings if finding.severity in severities]
    print_segments(segments(summarise(wanted, loaded.files, loaded.sheets)), sys.stderr)


def resolve_targets(study: Study, names: Sequence[str] | None) -> list[str]:
    """The targets that were asked for, by id; ends the run where one is not there."""
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.model.names import slug

    known = list(study.ecosystems)
    if not names:
        said = _("which target? Give --target with one of {names}, or all.")
        stop(said.format(names=", ".join(known)))
    found: list[str] = []
    for name in names:
        id_ = slug(name)
        if id_ == "all" and "all" not in known:
            found.extend(study.targets())
        elif id_ in known:
            found.append(id_)
        else:
            by_name = {slug(row.name): key for key, row in study.ecosystems.items() if row.name}
            close = by_name.get(id_) or nearest(name, known) or by_name.get(nearest(name, by_name) or "")
            stop(
                sentences(
                    _('there is no target "{name}".').format(name=name),
                    suggestion(close),
                    _("Known are {names}.").format(names=", ".join(known)),
                )
            )
    return list(dict.fromkeys(found))
