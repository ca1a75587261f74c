"""``validate --annotate``: where the copies go, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _, plural

if TYPE_CHECKING:
    from dualeco_cli.model.finding import Finding
    from dualeco_cli.workbook.limits import Limits

#: What a copy can be called; which of these it must be, its content decides.
_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam")


def check_annotate(target: str, inputs: Sequence[str], others: Iterable[str | None]) -> None:
    """End the run before any work where the copies have no place to go to.

    ``others``: further files that this run writes.
    """
    from dualeco_cli.workbook.writing import WriteRefusal, check_target, refuse_overwrite

    try:
        if _is_folder(target):
            _copies(target, inputs)
            return
        if len(inputs) > 1:
            stop(
                plural(
                    "--annotate {file} is one file, and {count} workbook is checked. "
                    "Give a folder that is there: each copy goes into it under the name of its workbook.",
                    "--annotate {file} is one file, and {count} workbooks are checked. "
                    "Give a folder that is there: each copy goes into it under the name of its workbook.",
                    len(inputs),
                    file=target,
                )
            )
        if Path(target).suffix.lower() not in _SUFFIXES:
            said = _("--annotate {file}: the copy is a workbook, so its name ends in .xlsx.")
            stop(said.format(file=target))
        refuse_overwrite(inputs, [target, *(name for name in others if name)])
        check_target(target)
    except WriteRefusal as error:
        stop(str(error))


def annotate_inputs(
    target: str, inputs: Sequence[str], findings: Sequence[Finding], limits: Limits, *, quiet: bool
) -> None:
    """Write the copies; a file that cannot be read has none, and its finding says why."""
    from dualeco_cli.workbook.annotate import annotate_file
    from dualeco_cli.workbook.refusal import Refusal
    from dualeco_cli.workbook.writing import WriteRefusal, refuse_overwrite, write_bytes

    copies = _copies(target, inputs) if _is_folder(target) else [Path(target)]
    for name, copy in zip(inputs, copies, strict=True):
        try:
            annotated = annotate_file(name, _of_input(name, findings), limits)
        except Refusal:
            continue
        path = copy.with_suffix(annotated.suffix) if _is_folder(target) else copy
        if path.suffix.lower() != annotated.suffix:
            said = _(
                "--annotate {file}: the copy would not open under this name. "
                "What is in {workbook} asks for a name that ends in {suffix}."
            )
            stop(said.format(file=target, workbook=name, suffix=annotated.suffix))
        try:
            refuse_overwrite(inputs, [path])
            write_bytes(path, annotated.content)
        except WriteRefusal as error:
            stop(str(error))
        for remark in () if quiet else annotated.remarks:
            tell(remark)
        if not quiet:
            tell(_("Written: {file}").format(file=path))


def _is_folder(target: str) -> bool:
    return Path(target).is_dir()


def _copies(target: str, inputs: Sequence[str]) -> list[Path]:
    """The copies in a folder, each under the name of its workbook."""
    names = [f"{Path(name).stem}.xlsx" for name in inputs]
    for name in names:
        if sum(other.casefold() == name.casefold() for other in names) > 1:
            said = _("--annotate {file}: two of the workbooks would both become {name}.")
            stop(said.format(file=target, name=name))
    return [Path(target) / name for name in names]


def _of_input(name: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one input; those of a folder name its files."""
    path = Path(name)
    return [one for one in findings if Path(one.file) == path or Path(one.file).parent == path]
