"""LibreOffice as the judge of a workbook: it computes every formula anew, and what it finds is read back."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

#: A formula cell with what it gave when it was written; `t` says that it gave a text.
_COMPUTED = re.compile(rb'<c( r="[A-Z]+[0-9]+")([^>]*)>(<f[^>]*>[^<]*</f>)<v>[^<]*</v></c>')
_KIND = re.compile(rb' t="[a-z]+"')


def require_office() -> str:
    """The program, or the reason why the test cannot run; in CI there must be one."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        message = "LibreOffice is not installed: the formulas of the workbook cannot be computed here"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


def without_values(content: bytes, path: Path) -> int:
    """Write the workbook without what its formulas gave, so that they must be computed; returns how many."""
    count = 0

    def strip(match: re.Match[bytes]) -> bytes:
        nonlocal count
        count += 1
        return b"<c" + match[1] + _KIND.sub(b"", match[2]) + b">" + match[3] + b"</c>"

    source = path.with_suffix(".source")
    source.write_bytes(content)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = _COMPUTED.sub(strip, part)
            new.writestr(name, part)
    source.unlink()
    return count


def recalculate(folder: Path, workbooks: Mapping[str, bytes], timeout: float = 240) -> dict[str, Workbook]:
    """The workbooks by name, every formula computed by LibreOffice, which starts once for all of them."""
    office = require_office()
    given, made = folder / "given", folder / "made"
    given.mkdir(parents=True)
    paths = []
    for name, content in workbooks.items():
        path = given / f"{name}.xlsx"
        without_values(content, path)
        paths.append(str(path))
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(made),
        *paths,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=timeout)
    return {name: openpyxl.load_workbook(made / f"{name}.xlsx", data_only=True) for name in workbooks}


def differences(content: bytes, computed: Workbook, most: float = 1e-9) -> list[tuple[str, Any, Any]]:
    """Formulas whose value in the file is not what LibreOffice computes: place, in the file, computed."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    cached = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    found: list[tuple[str, Any, Any]] = []
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    one, other = (book[sheet.title][cell.coordinate].value for book in (cached, computed))
                    if not same(one, other, most):
                        found.append((f"{sheet.title}!{cell.coordinate}", one, other))
    return found


def same(one: Any, other: Any, most: float = 1e-9) -> bool:
    """Whether two cells hold the same; an empty text is nothing."""
    one, other = (None if value == "" else value for value in (one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= most * max(1.0, abs(one))
    return bool(one == other)
