"""Reads the binary formats .xls and .xlsb through calamine, kept in a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from dualeco_cli.language import _
from dualeco_cli.model.cells import Area, Cell, Notice, Place, Sheet, SheetRow
from dualeco_cli.workbook.assembling import (
    Budget,
    Remarks,
    clean,
    finish,
    is_blank,
    no_grid,
    plain_number,
    short,
)
from dualeco_cli.workbook.limits import OPTIONS, Limits
from dualeco_cli.workbook.refusal import Refusal

_WORKER = Path(__file__).with_name("calamine_worker.py")


def read_binary(
    data: bytes, file: str, suffix: str, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[Notice, ...]]:
    """All sheets of a workbook, in their order, and what its reader should be told."""
    notices = [Notice("format-hides-errors", Place(file), {"format": suffix})]
    budget = Budget(limits)
    sheets = []
    for found in _run(data, suffix, limits):
        if "refused" in found:
            raise _refusal(found, suffix, limits)
        found["name"] = short(found["name"])
        if "kind" in found:
            if found["kind"] != "vba":
                notices.append(no_grid(file, found["name"], found["kind"]))
            continue
        sheet, remarks = _sheet(found, file, limits, budget)
        sheets.append(sheet)
        notices += remarks
    # The names of both formats' storage of macros, as they stand in the file.
    if any(name in data for name in ("_VBA_PROJECT".encode("utf-16-le"), b"xl/vbaProject.bin")):
        notices.append(Notice("macros", Place(file), {}))
    return tuple(sheets), tuple(notices)


def _run(data: bytes, suffix: str, limits: Limits) -> list[dict[str, Any]]:
    """What the worker has to say, a dictionary for each sheet."""
    # -P: the worker's own folder is no place to import from, it has modules named like the standard ones.
    command = [sys.executable, "-P", str(_WORKER)]
    command += [str(limits.seconds), str(limits.memory_bytes), str(limits.cells)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds, check=False)  # noqa: S603 -- our own worker
    except subprocess.TimeoutExpired:
        reason = _("longer than {seconds} s").format(seconds=limits.seconds)
        raise Refusal("file-reader-failed", format=suffix, reason=reason) from None
    except OSError as error:
        raise Refusal("file-reader-failed", format=suffix, reason=str(error)) from error
    if done.returncode:
        reason = _("it took more memory than allowed, or is damaged")
        raise Refusal("file-reader-failed", format=suffix, reason=reason)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _refusal(found: dict[str, Any], suffix: str, limits: Limits) -> Refusal:
    if found["refused"] == "too-many-cells":
        return Refusal("too-many-cells", limit=limits.cells, option=OPTIONS["cells"])
    if found["refused"] == "file-encrypted":
        return Refusal("file-encrypted")
    return Refusal("file-damaged", part=f".{suffix}", detail=found["detail"])


def _sheet(found: dict[str, Any], file: str, limits: Limits, budget: Budget) -> tuple[Sheet, list[Notice]]:
    remarks = Remarks(file, found["name"])
    rows = []
    for number, encoded in found["rows"]:
        cells: list[Cell] = [None] * found["left"]
        for cell in encoded:
            value = _decode(cell)
            if isinstance(value, str):
                cleaned = clean(value, limits)
                if cleaned.fault:
                    remarks.add(cleaned.fault, number, len(cells) + 1)
                value = cleaned.text or None
            cells.append(value)
        while cells and cells[-1] is None:
            cells.pop()
        if not is_blank(cells):
            budget.spend(len(cells))
            rows.append(SheetRow(number, tuple(cells)))
    merged = tuple(Area(*(bound + 1 for bound in area)) for area in found["merged"])
    sheet = Sheet(file=file, name=found["name"], rows=tuple(rows), hidden=found["hidden"], merged=merged)
    return finish(sheet, remarks=remarks)


def _decode(cell: Any) -> Cell:
    """A value as the worker encoded it."""
    if isinstance(cell, float):
        return plain_number(cell)
    if not isinstance(cell, list):
        return cell  # type: ignore[no-any-return]
    kind, value = cell
    if kind == "duration":
        return dt.timedelta(seconds=value)
    if kind == "time":
        return dt.time.fromisoformat(value)
    moment = dt.datetime.fromisoformat(value)
    return moment.date() if kind == "date" else moment
