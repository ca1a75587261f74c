"""Reads a binary workbook in a process of its own: calamine can take all memory, or abort, on hostile files.

The file comes on standard input, JSON goes to standard output, one line a sheet. It is run by its path, from
``binary.py``, and imports nothing of this package.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys


def main(seconds: int, memory: int, cells: int) -> None:
    """Read standard input within the limits, and write what it holds."""
    _limit(seconds, memory)
    import python_calamine as calamine  # noqa: PLC0415 -- after the limits are set

    data = sys.stdin.buffer.read()
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        _write({"refused": "file-encrypted"})
        return
    except calamine.CalamineError as error:
        _write({"refused": "file-damaged", "detail": str(error)})
        return
    for index, metadata in enumerate(workbook.sheets_metadata):
        head: dict[str, object] = {
            "name": metadata.name,
            "hidden": metadata.visible != calamine.SheetVisibleEnum.Visible,
        }
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            _write({**head, "kind": metadata.typ.name.removesuffix("Sheet").casefold()})
            continue
        try:
            sheet = workbook.get_sheet_by_index(index)
        except calamine.CalamineError as error:
            _write({"refused": "file-damaged", "detail": str(error)})
            return
        cells -= sheet.height * sheet.width
        if cells < 0:
            _write({"refused": "too-many-cells"})
            return
        first_row, first_column = sheet.start or (0, 0)
        rows: list[tuple[int, list[object]]] = [
            (number, [_encode(cell) for cell in row])
            for number, row in enumerate(sheet.to_python(), first_row + 1)
        ]
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        _write(
            {
                **head,
                "left": first_column,
                "rows": [r for r in rows if any(c is not None for c in r[1])],
                "merged": merged,
            }
        )


def _encode(cell: object) -> object:
    """A value that JSON can carry; dates as a tag and a text."""
    if isinstance(cell, dt.datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["date", cell.isoformat()]
    if isinstance(cell, dt.time):
        return ["time", cell.isoformat()]
    if isinstance(cell, dt.timedelta):
        return ["duration", cell.total_seconds()]
    return None if cell == "" else cell


def _write(sheet: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(sheet) + "\n")


def _limit(seconds: int, memory: int) -> None:
    """Limits of the operating system, where it has such; the caller's clock runs everywhere."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    for kind, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):  # an even lower limit is set already, or this one is not supported
            continue


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
