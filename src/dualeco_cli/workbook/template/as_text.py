"""The same template as text files, for those who keep their data that way: headers and prepared rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from dualeco_cli.data import words
from dualeco_cli.data.words import GUIDE
from dualeco_cli.language import speaking
from dualeco_cli.model.safe import csv_cell
from dualeco_cli.workbook.template import texts
from dualeco_cli.workbook.template.in_language import request_in_language
from dualeco_cli.workbook.template.plan import (
    FRAMEWORK_SHEETS,
    Request,
    Value,
    allowed_words,
    plan,
    shown,
)


def text_files(request: Request) -> dict[str, bytes]:
    """The files by name: one for each sheet, and the guide, which the readers pass over.

    They are in the language of the request, whatever that of the run is.
    """
    with speaking(request.language):
        return _files(request_in_language(request))


def _files(request: Request) -> dict[str, bytes]:
    language = request.language
    files = {}
    for sheet in plan(request):
        rows: list[Sequence[Value]] = [[column.header for column in sheet.columns]]
        rows += [[row.get(column.field) for column in sheet.columns] for row in sheet.rows]
        files[f"{sheet.name}.csv"] = _file(rows, request)
    files[f"{words.sheet_name(GUIDE, language)}.csv"] = _file(_guide(request), request)
    return files


def _guide(request: Request) -> list[Sequence[Value]]:
    say = texts.labels()
    only_framework = all(kind in FRAMEWORK_SHEETS for kind in request.sheets)
    rows: list[Sequence[Value]] = [
        [say["sheet"], say["column"], say["must"], say["what"], say["words"], say["example"]]
    ]
    for sheet in plan(request):
        for column in sheet.columns:
            allowed = ", ".join(allowed_words(column, request.language))
            must = say["yes"] if column.must else ""
            rows.append([sheet.name, column.header, must, column.text, allowed, column.example])
    rows.append([])
    steps = texts.steps(prefilled=request.prefilled, framework=only_framework, region=request.explained)
    rows += [[text] for text in steps]
    return rows


def _file(rows: Iterable[Sequence[Value]], request: Request) -> bytes:
    """A file as the spreadsheet programs of the language open it with a double click."""
    memory = io.StringIO(newline="")
    english = request.language == "en"
    writer = csv.writer(memory, delimiter="," if english else ";")
    for row in rows:
        writer.writerow([_cell(value, point="." if english else ",") for value in row])
    return memory.getvalue().encode("utf-8-sig")


def _cell(value: Value, point: str) -> object:
    if isinstance(value, float | int):
        return shown(value).replace(".", point)
    return csv_cell(value) if value is not None else ""
