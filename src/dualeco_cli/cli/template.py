"""``dualeco template``: a workbook to fill in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.say import sentences, stop, suggestion, tell
from dualeco_cli.language import _, current, plural

if TYPE_CHECKING:
    from dualeco_cli.language import Language
    from dualeco_cli.model.study import Study
    from dualeco_cli.workbook.template import Request

_FRAMEWORK = "framework"
_FRAMEWORK_KINDS = ("Dimensions", "Indicators", "Settings")
#: Sheets whose rows are prepared for the practices of ``--for``; that of assessments needs to know whose.
_RATINGS = ("Merits", "Requirements", "Basis")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "template",
        epilog="Example: dualeco template ratings.xlsx --for practices.xlsx --target bremen "
        "--assessor Anna --assessor Ben",
    )(template)


def template(
    context: typer.Context,
    out: Annotated[
        str,
        typer.Argument(metavar="OUT", help="The workbook to write (.xlsx), or a new folder for CSV files."),
    ],
    framework: Annotated[
        str | None,
        typer.Option("--framework", metavar="FILE|ID", help="Framework: a file, or a built-in one."),
    ] = None,
    ecosystems: options.Ecosystems = None,
    for_: Annotated[
        list[str] | None,
        typer.Option(
            "--for", metavar="FILE", help="Prepare rows for the practices of this file. Repeatable."
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="SHEET",
            help="Only these sheets, such as practices, requirements, assessments; or framework. Repeatable.",
        ),
    ] = None,
    assessor: Annotated[
        list[str] | None,
        typer.Option(
            "--assessor", metavar="NAME", help="Who rates; of several, each gets a workbook. Needs --for."
        ),
    ] = None,
    target: options.Targets = None,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT if it is there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Write a workbook to fill in, with lists in its cells and the meaning of every level."""
    from dualeco_cli.cli.reading import expand, load_files, resolve_targets, study_of

    language = current()
    practices = expand(for_ or [])
    sheets = _sheets(only or [])
    assessors = list(dict.fromkeys(name.strip() for name in assessor or []))
    _check_assessors(assessors, sheets, practices, target)
    # a target among the defaults of a settings file is meant for other commands
    source = context.get_parameter_source("target")
    if not assessors and source is not None and source.name == "COMMANDLINE":
        stop(_("--target is for the rows of assessments: it needs --for FILE and --assessor NAME."))
    outputs = _outputs(out, assessors)
    _check_outputs(
        outputs, [*practices, *(ecosystems or ()), *([framework] if framework else ())], force=force
    )
    loaded = load_files(context, practices, indicators=framework, ecosystems=ecosystems)
    study = study_of(loaded, quiet=True)
    if practices and not study.practices:
        said = _("{files}: there are no practices in it to prepare rows for.")
        stop(said.format(files=", ".join(practices)))
    targets = resolve_targets(study, target) if assessors else []
    chosen = sheets or _default_sheets(framework, prefilled=bool(practices), assessors=assessors)
    request = _request(study, language, chosen, targets)
    people: list[str | None] = [*assessors] or [None]
    for name, path in zip(people, outputs, strict=True):
        one = _for_assessor(request, study, name)
        _write(path, one)
        if not quiet:
            rows = sum(len(held) for kind, held in one.rows.items() if kind not in _FRAMEWORK_KINDS)
            tell(_written(path, rows))


def _written(path: Path, rows: int) -> str:
    if not rows:
        return _("Written: {file}").format(file=path)
    return plural(
        "Written: {file} ({count} row prepared)",
        "Written: {file} ({count} rows prepared)",
        rows,
        file=str(path),
    )


def _sheets(names: Iterable[str]) -> tuple[str, ...]:
    """The sheets that are meant by their names in any of the languages; ends the run for an unknown one."""
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.data.words import GUIDE, sheet_words
    from dualeco_cli.model.names import fold
    from dualeco_cli.model.rows import SHEETS

    found: list[str] = []
    for name in (part.strip() for text in names for part in text.split(",")):
        kind = sheet_words().get(fold(name))
        if fold(name) == _FRAMEWORK:
            found.extend(_FRAMEWORK_KINDS)
        elif kind is not None and kind != GUIDE:
            found.append(kind)
        else:
            known = [*SHEETS, _FRAMEWORK]
            stop(
                sentences(
                    _('--only: there is no sheet "{name}".').format(name=name),
                    suggestion(nearest(name, known)),
                    _("Known are {names}.").format(names=", ".join(known)),
                )
            )
    return tuple(dict.fromkeys(found))


def _check_assessors(
    assessors: Sequence[str], sheets: Sequence[str], practices: Sequence[str], target: Sequence[str] | None
) -> None:
    """Assessments are of practices, for a target, by somebody: all three or none must be given."""
    if "" in assessors:
        stop(_("--assessor: a name is blank."))
    if assessors and not practices:
        stop(_("--assessor needs --for FILE: the practices that are to be rated."))
    if assessors and not target:
        stop(_("--assessor needs --target ID: the region for which the practices are to be rated."))
    if practices and "Assessments" in sheets and not assessors:
        stop(_("--only assessments with --for needs --assessor NAME: each rating says whose it is."))


def _default_sheets(framework: str | None, *, prefilled: bool, assessors: Sequence[str]) -> tuple[str, ...]:
    """All sheets of a study; with its framework where that is not the one dualeco takes by itself."""
    from dualeco_cli.checks.load import framework_source
    from dualeco_cli.data.builtin import DEFAULT_FRAMEWORK
    from dualeco_cli.workbook.template import FRAMEWORK_SHEETS, STUDY_SHEETS

    if assessors:
        return ("Assessments",)
    if prefilled:
        return _RATINGS
    if framework is None:
        return STUDY_SHEETS
    path, is_built_in = framework_source(framework)
    usual = is_built_in and Path(path).name == DEFAULT_FRAMEWORK
    return STUDY_SHEETS if usual else (*STUDY_SHEETS, *FRAMEWORK_SHEETS)


def _request(study: Study, language: Language, sheets: tuple[str, ...], targets: Sequence[str]) -> Request:
    from dualeco_cli.data.builtin import framework_ids
    from dualeco_cli.workbook.template import Request
    from dualeco_cli.workbook.template.filling import framework_rows, wide_rows

    # a built-in framework that is written by itself is a start for another one, with a name of its own
    named = study.framework.id not in framework_ids() or not set(sheets) <= set(_FRAMEWORK_KINDS)
    rows = {
        kind: held
        for kind, held in framework_rows(study.framework, language, named=named).items()
        if kind in sheets
    }
    for kind in ("Merits", "Requirements"):
        if kind in sheets and study.practices:
            rows[kind] = wide_rows(study, kind, language)
    return Request(
        language=language,
        framework=study.framework,
        ecosystems=study.ecosystems,
        sheets=sheets,
        rows=rows,
        practices=tuple(study.practices.values()),
        targets=tuple(targets),
    )


def _for_assessor(request: Request, study: Study, assessor: str | None) -> Request:
    """The request for one assessor: the rows of assessments are theirs."""
    if assessor is None:
        return request
    from dualeco_cli.workbook.template.filling import assessment_rows

    rows = assessment_rows(study, request.targets, assessor, request.language)
    return dataclasses.replace(request, assessor=assessor, rows={**request.rows, "Assessments": rows})


# -- files -------------------------------------------------------------------------------------------


def _outputs(out: str, assessors: Sequence[str]) -> list[Path]:
    """The files to write: one, or one for each assessor with the name in its own."""
    path = Path(out)
    if len(assessors) < 2:
        return [path]
    found: list[Path] = []
    for name in assessors:
        plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "assessor"
        stem, number = f"{path.stem}-{plain}", 1
        while any(stem.casefold() == other.stem.casefold() for other in found):
            number += 1
            stem = f"{path.stem}-{plain}-{number}"
        found.append(path.with_name(f"{stem}{path.suffix}"))
    return found


def _is_folder(path: Path) -> bool:
    return path.suffix == ""


def _check_outputs(outputs: Sequence[Path], inputs: Sequence[str], *, force: bool) -> None:
    """End the run before any work where something stands in the way."""
    from dualeco_cli.workbook.writing import WriteRefusal, check_target, real_path, refuse_overwrite

    for path in outputs:
        if not _is_folder(path) and path.suffix.lower() != ".xlsx":
            said = _("{file}: a template is a workbook (.xlsx), or a folder of CSV files (no suffix).")
            stop(said.format(file=path))
        if _is_folder(path):
            if path.exists():
                stop(_("{folder} is there already; the CSV files go into a new folder.").format(folder=path))
            if not real_path(path).parent.is_dir():
                said = _("{file} cannot be written: there is no folder {folder}")
                stop(said.format(file=path, folder=real_path(path).parent))
            continue
        try:
            refuse_overwrite(inputs, [path])
            check_target(path)
        except WriteRefusal as error:
            stop(str(error))
        if path.exists() and not force:
            said = _("{file} is there already, and may have been filled in; --force replaces it.")
            stop(said.format(file=path))


def _write(path: Path, request: Request) -> None:
    from dualeco_cli.workbook.template import template as workbook
    from dualeco_cli.workbook.template import text_files
    from dualeco_cli.workbook.writing import WriteRefusal, write_bytes

    try:
        if _is_folder(path):
            _write_folder(path, text_files(request))
        else:
            write_bytes(path, workbook(request))
    except WriteRefusal as error:
        stop(str(error))


def _write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """All files of a new folder, or none: the folder gets its name when it is complete."""
    import shutil
    import tempfile

    from dualeco_cli.workbook.writing import real_path

    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=real_path(path).parent))
        try:
            for name, content in files.items():
                (temporary / name).write_bytes(content)
            temporary.chmod(0o755)
            temporary.rename(path)
        except OSError:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        stop(_("{file} cannot be written: {reason}").format(file=path, reason=error.strerror))
