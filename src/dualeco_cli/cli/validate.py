"""``dualeco validate``: every fault, at its cell, all at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dualeco_cli.cli import options
from dualeco_cli.cli.exits import Exit
from dualeco_cli.cli.say import sentences, stop, suggestion, tell
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.checks.load import Loaded
    from dualeco_cli.model.finding import Finding


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "validate",
        epilog="Example: dualeco validate study.xlsx --format github --strict",
    )(validate)


def validate(
    context: typer.Context,
    workbooks: options.Workbooks,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="text|concise|json|github|sarif|junit|markdown",
            help="How to print the findings.",
        ),
    ] = "text",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the findings to a file.")
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODE", help="Only these rules; C stands for all of C. Repeatable."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE", help="Not these rules. Repeatable.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
    annotate: Annotated[
        str | None,
        typer.Option(
            "--annotate",
            metavar="OUT.xlsx",
            help="Write a copy with each finding as a note at its cell; several copies into a folder.",
        ),
    ] = None,
    indicators: options.Indicators = None,
    ecosystems: options.Ecosystems = None,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Check again whenever a file is saved, until interrupted.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")] = False,
    max_file_size: options.MaxFileSize = None,
    max_cells: options.MaxCells = None,
) -> None:
    """Check workbooks; exit with 1 if there are errors, with 2 if a file cannot be read."""
    from dualeco_cli.cli.annotating import annotate_inputs, check_annotate
    from dualeco_cli.cli.reading import expand, load_files
    from dualeco_cli.workbook.limits import Limits

    _check_format(format_)
    chosen = _codes(select or [])
    left_out = _codes(ignore or [])
    if output is not None:
        _check_output(output, workbooks)
    if annotate is not None:
        check_annotate(annotate, expand(workbooks), [output])

    def check() -> Exit:
        loaded = load_files(
            context,
            workbooks,
            indicators=indicators,
            ecosystems=ecosystems,
            max_file_size=max_file_size,
            max_cells=max_cells,
            judge=True,
        )
        findings = _filtered(loaded.findings, chosen, left_out, strict=strict, quiet=quiet)
        _show(loaded, findings, format_, output)
        if annotate is not None:
            limits = Limits.of(max_file_size=max_file_size, max_cells=max_cells)
            annotate_inputs(annotate, expand(workbooks), findings, limits, quiet=quiet)
        return _exit_code(loaded, findings)

    if watch:
        _watch(workbooks, check)
    raise typer.Exit(check())


def _watch(workbooks: Sequence[str], check: Callable[[], Exit]) -> None:
    """Check again and again; an interruption is the ordinary end of it."""
    from dualeco_cli.cli.reading import expand
    from dualeco_cli.cli.watch import watch

    def run() -> None:
        check()
        tell(_("Waiting for the next save; Ctrl-C ends."))

    watch(expand(workbooks), run)


def _check_format(name: str) -> None:
    from dualeco_cli.checks.formats import FORMATS
    from dualeco_cli.checks.suggest import nearest

    if name not in FORMATS:
        stop(
            sentences(
                _('there is no format "{name}".').format(name=name),
                suggestion(nearest(name, FORMATS)),
                _("Known are {names}.").format(names=", ".join(FORMATS)),
            )
        )


def _check_output(output: str, inputs: Sequence[str]) -> None:
    from dualeco_cli.workbook.writing import WriteRefusal, check_target, refuse_overwrite

    try:
        refuse_overwrite(inputs, [output])
        check_target(output)
    except WriteRefusal as error:
        stop(str(error))


def _codes(names: Iterable[str]) -> frozenset[str]:
    """The codes that are meant by codes, families and names of rules; ends the run for an unknown one."""
    from dualeco_cli.checks.catalogue import BY_CODE, BY_NAME
    from dualeco_cli.checks.suggest import nearest

    found: set[str] = set()
    for name in (part.strip() for text in names for part in text.split(",")):
        by_name = BY_NAME.get(name.lower())
        codes = {by_name.code} if by_name else {code for code in BY_CODE if code.startswith(name.upper())}
        if not name or not codes:
            close = nearest(name, [*BY_CODE, *BY_NAME], cutoff=0.6)
            stop(
                sentences(
                    _('there is no rule "{name}".').format(name=name),
                    suggestion(close),
                    _("`dualeco rules` lists them."),
                )
            )
        found |= codes
    return frozenset(found)


def _filtered(
    findings: Iterable[Finding],
    chosen: frozenset[str],
    left_out: frozenset[str],
    *,
    strict: bool,
    quiet: bool,
) -> list[Finding]:
    from dualeco_cli.model.finding import Severity

    kept: list[Finding] = []
    for finding in findings:
        if finding.code in left_out or (chosen and finding.code not in chosen):
            continue
        if strict and finding.severity is Severity.WARNING:
            kept.append(finding.model_copy(update={"severity": Severity.ERROR}))
        elif not quiet or finding.severity is Severity.ERROR:
            kept.append(finding)
    return kept


def _show(loaded: Loaded, findings: Sequence[Finding], format_: str, output: str | None) -> None:
    from dualeco_cli.checks.formats import FORMATS, Context, segments, summarise
    from dualeco_cli.cli.colours import print_segments
    from dualeco_cli.reports.terminal import emit

    report = summarise(findings, loaded.files, loaded.sheets)
    if output is None and format_ == "text":
        print_segments(segments(report), sys.stdout)
        return
    text = FORMATS[format_](report, Context(files=loaded.files))
    if output is None:
        emit(text, sys.stdout)
        return
    from dualeco_cli.workbook.writing import WriteRefusal, write_bytes

    try:
        write_bytes(output, text.encode("utf-8"))
    except WriteRefusal as error:
        stop(str(error))
    tell(_("Written: {file}").format(file=output))


def _exit_code(loaded: Loaded, findings: Iterable[Finding]) -> Exit:
    from dualeco_cli.model.finding import Severity

    if loaded.unreadable:
        return Exit.USAGE
    return Exit.DATA if any(finding.severity is Severity.ERROR for finding in findings) else Exit.OK
