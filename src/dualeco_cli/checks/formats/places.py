"""Where a finding is, as a person, a program or a service wants it."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import quote

from dualeco_cli.model.finding import Finding

_CELL = re.compile(r"([A-Z]+)(\d+)")
_ROW = re.compile(r"(\d+)")
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


def position(cell: str | None) -> tuple[int | None, int | None]:
    """Row and column of an address, both from 1: ``D3`` is (3, 4), ``3:3`` is (3, None)."""
    if cell is None:
        return None, None
    if match := _CELL.match(cell):
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        return int(match[2]), column
    match = _ROW.match(cell)
    return (int(match[1]), None) if match else (None, None)


def column_of(cell: str | None) -> str | None:
    """The letters of the column that an address is in."""
    match = _CELL.match(cell) if cell else None
    return match[1] if match else None


def address(sheet: str | None, cell: str | None) -> str:
    """``Practices!D3``, and ``'My sheet'!D3`` as a spreadsheet program writes it; empty for a file."""
    if sheet is None:
        return cell or ""
    if not _PLAIN_NAME.fullmatch(sheet):
        sheet = "'" + sheet.replace("'", "''") + "'"
    return f"{sheet}!{cell}" if cell else sheet


def file_address(finding: Finding) -> str:
    """``study.xlsx:Practices!D3``."""
    inside = address(finding.sheet, finding.cell)
    return f"{finding.file}:{inside}" if inside else finding.file


def relative(path: str, root: str | None) -> str:
    """The path with forward slashes, from ``root`` on where it lies below it."""
    pure = PurePath(path)
    if root is not None and pure.is_absolute() and pure.is_relative_to(root):
        pure = pure.relative_to(root)
    return pure.as_posix()


def uri(path: str, root: str | None) -> str:
    """A relative URI where the path lies below ``root`` or is relative itself, else a ``file:`` URI."""
    pure = PurePath(relative(path, root))
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), safe="/")
