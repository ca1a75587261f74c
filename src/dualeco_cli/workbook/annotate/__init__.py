"""A copy of a workbook in which every finding stands at its cell, coloured and with a note.

The workbook is not read and written anew: what a library does not know would be lost on the way, such as
pictures, text boxes, the values of formulas. Single places of its parts are changed instead
(:mod:`.patch`). Where that cannot be, for other formats and for odd files, the copy is a fresh workbook with
the values alone (:mod:`.fresh`), and that is said.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from dualeco_cli.language import _
from dualeco_cli.model.finding import Finding
from dualeco_cli.workbook.annotate.outline import Impossible
from dualeco_cli.workbook.annotate.patch import Annotated, patch
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.package import open_package
from dualeco_cli.workbook.read import read
from dualeco_cli.workbook.refusal import Refusal
from dualeco_cli.workbook.sniffing import Kind, kind_of_package, sniff

__all__ = ["Annotated", "Impossible", "annotate", "annotate_file"]


def annotate(data: bytes, findings: Sequence[Finding], name: str, limits: Limits | None = None) -> Annotated:
    """The workbook with the findings in it: its bytes, and all else in it as it was.

    Args:
        data: The bytes of an .xlsx or .xlsm file.
        findings: Those of this file; sheet and cell say where they stand.
        name: What the file is called on the sheet of findings.
        limits: How much the file may hold.

    Raises:
        Impossible: The file is of another kind, or is built in a way that is not known here.
    """
    try:
        if sniff(data) is not Kind.ZIP:
            raise Impossible(_("it is no .xlsx file"))
        kind = kind_of_package(open_package(data, limits or Limits()))
    except Refusal as refusal:
        raise Impossible(_("it is refused ({reason})").format(reason=refusal)) from refusal
    if kind is not Kind.XLSX:
        raise Impossible(_("it is no .xlsx file"))
    return patch(data, findings, name)


def annotate_file(
    path: str | os.PathLike[str], findings: Sequence[Finding], limits: Limits | None = None
) -> Annotated:
    """A copy of a file or a folder with the findings in it; where need be, with the values alone.

    Raises:
        Refusal: It cannot be read.
    """
    limits = limits or Limits()
    path = Path(path)
    reason = _("it is a folder of text files")
    if not path.is_dir():
        try:
            return annotate(_bytes_of(path, limits), findings, path.name, limits)
        except Impossible as impossible:
            reason = str(impossible)
    from dualeco_cli.workbook.annotate.fresh import fresh  # noqa: PLC0415 -- its library is seldom needed

    copy = fresh(read(path, limits=limits), findings, path.name)
    remark = _(
        "{file} cannot be changed in place: {reason}. The copy is a new workbook with its values alone."
    )
    remark = remark.format(file=path, reason=reason)
    return Annotated(copy.content, copy.suffix, (remark, *copy.remarks))


def _bytes_of(path: Path, limits: Limits) -> bytes:
    """The bytes of a file, as far as they will be looked at."""
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise Impossible(str(error)) from error
