"""Reads one input, whatever it is: what that is, is decided by its content, never by its suffix."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from dualeco_cli.language import _
from dualeco_cli.model.cells import Notice, Place, Sheet, Workbook
from dualeco_cli.workbook.assembling import Budget
from dualeco_cli.workbook.delimited import read_delimited
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.package import Package, open_package, too_large
from dualeco_cli.workbook.refusal import Refusal, located, reason_of
from dualeco_cli.workbook.sniffing import Kind, kind_of_package, sniff

_SUFFIXES = frozenset({".csv", ".tsv"})


def read(path: str | os.PathLike[str], *, limits: Limits | None = None, name: str | None = None) -> Workbook:
    """Read a workbook, a text file or a folder of text files.

    Args:
        path: The file or folder.
        limits: How much it may hold.
        name: What it is called in messages, if not by its path.

    Raises:
        Refusal: It cannot be read; the rule and its parameters say why.
    """
    limits = limits or Limits()
    path = Path(path)
    shown = str(path) if name is None else name
    with located(shown):
        try:
            if path.is_dir():
                return _read_folder(path, shown, limits)
            data = _bytes_of(path, limits)
        except OSError as error:
            raise _unreadable(error) from error
        digest = hashlib.sha256(data).hexdigest()
        sheets, notices = _read_data(data, shown, path.stem if name is None else Path(name).stem, limits)
        return Workbook(shown, digest, sheets, notices)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    """The whole file, read once, so that what is checked, summed and read is the same."""
    with path.open("rb") as file:
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise too_large("file", max(path.stat().st_size, len(data)), limits)
    return data


def _unreadable(error: OSError) -> Refusal:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Refusal("file-missing")
    return Refusal("file-unreadable", reason=reason_of(error))


def _read_data(
    data: bytes, file: str, stem: str, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[Notice, ...]]:
    kind = sniff(data)
    if kind is Kind.TEXT:
        sheet, notices = read_delimited(data, file, stem, limits, Budget(limits))
        return (sheet,), tuple(notices)
    if kind is Kind.ZIP:
        package = open_package(data, limits)
        return _read_package(package, data, file, limits)
    if kind is Kind.XLS:
        from dualeco_cli.workbook.binary import read_binary  # noqa: PLC0415 -- seldom needed

        return read_binary(data, file, "xls", limits)
    raise Refusal("file-not-a-workbook", kind=_(kind.value))


def _read_package(
    package: Package, data: bytes, file: str, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[Notice, ...]]:
    kind = kind_of_package(package)
    # Each reader is imported when it is needed: most runs need one.
    if kind is Kind.XLSX:
        from dualeco_cli.workbook.xlsx import read_xlsx  # noqa: PLC0415

        return read_xlsx(package, file, limits)
    if kind is Kind.ODS:
        from dualeco_cli.workbook.ods import read_ods  # noqa: PLC0415

        return read_ods(package, file, limits)
    if kind is Kind.XLSB:
        from dualeco_cli.workbook.binary import read_binary  # noqa: PLC0415

        return read_binary(data, file, "xlsb", limits)
    raise Refusal("file-not-a-workbook", kind=_(kind.value))


def _read_folder(path: Path, shown: str, limits: Limits) -> Workbook:
    """A folder of text files as one workbook; its checksum is over their names and checksums."""
    files = sorted(
        child.name
        for child in path.iterdir()
        if child.suffix.casefold() in _SUFFIXES and not child.name.startswith((".", "~$")) and child.is_file()
    )
    if not files:
        raise Refusal("folder-empty")
    if len(files) > limits.parts:
        raise Refusal("file-too-many-parts", found=len(files), limit=limits.parts)
    digest = hashlib.sha256()
    budget = Budget(limits)
    sheets: list[Sheet] = []
    notices: list[Notice] = []
    total = 0
    for name in files:
        file = str(Path(shown) / name)
        with located(file):
            try:
                data = _bytes_of(path / name, limits)
            except OSError as error:
                raise _unreadable(error) from error
            total += len(data)
            if total > limits.total_bytes:
                raise too_large("total", total, limits)
            kind = sniff(data)
            if kind is not Kind.TEXT:
                raise Refusal("folder-not-csv", Place(file), kind=_(kind.value))
            digest.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode("utf-8", "surrogateescape"))
            sheet, remarks = read_delimited(data, file, Path(name).stem, limits, budget)
        sheets.append(sheet)
        notices += remarks
    return Workbook(shown, digest.hexdigest(), tuple(sheets), tuple(notices))
