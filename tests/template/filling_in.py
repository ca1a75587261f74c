"""What people do with a template: open it, fill it in, save it, have it checked."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from dualeco_cli.checks.load import Loaded, Options, load
from dualeco_cli.data import words
from dualeco_cli.language import Language, of_data
from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import SHEETS
from dualeco_cli.model.study import Study
from dualeco_cli.workbook.template import STUDY_SHEETS, Request, template

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "practices"
LISTED = "_Lists"


@cache
def blank(language: Language) -> bytes:
    """A template of all sheets."""
    return template(request(language))


@cache
def look_at(language: Language) -> openpyxl.Workbook:
    """That template, opened; not to be changed, since all tests look at the same one."""
    return opened(blank(language))


@cache
def built_in() -> Study:
    """What dualeco knows by itself."""
    study = load([], Options()).study
    assert study is not None
    return study


def request(language: Language = "en", sheets: Sequence[str] = STUDY_SHEETS, **more: object) -> Request:
    """A request for a template of the built-in framework."""
    study = built_in()
    values: dict[str, object] = {"framework": study.framework, "ecosystems": study.ecosystems, **more}
    return Request(language=language, sheets=tuple(sheets), **values)  # type: ignore[arg-type]


def opened(data: bytes) -> openpyxl.Workbook:
    """A template as openpyxl sees it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data))


def kind_of(sheet: str) -> str | None:
    """The kind of a sheet, from its name."""
    return words.sheet_words().get(fold(sheet))


def data_sheets(book: openpyxl.Workbook) -> dict[str, Worksheet]:
    """The sheets of data by kind."""
    found = {kind_of(name): book[name] for name in book.sheetnames}
    return {kind: sheet for kind, sheet in found.items() if kind in SHEETS and isinstance(sheet, Worksheet)}


def headers(sheet: Worksheet) -> list[str]:
    """The headers of a sheet."""
    return [str(cell.value) for cell in sheet[1]]


def enter(
    sheet: Worksheet, kind: str, rows: Iterable[Mapping[str, object]], names: Mapping[str, str]
) -> None:
    """Fill rows in below the header. ``names``: folded header of an indicator -> its id."""
    fields = [
        words.column_words(kind).get(fold(header)) or names.get(fold(header)) or header
        for header in headers(sheet)
    ]
    for number, row in enumerate(rows, 2):
        assert set(row) <= set(fields), set(row) - set(fields)
        for column, field in enumerate(fields, 1):
            if row.get(field) not in {None, ""}:
                sheet.cell(number, column).value = row[field]  # type: ignore[assignment]


def indicator_names(study: Study, language: Language) -> dict[str, str]:
    """Folded name of every indicator, as the template of that language prints it -> its id."""
    return {fold(of_data(one.name or "", language)): one.id for one in study.framework.indicators}


def example_rows(kind: str) -> list[dict[str, str]]:
    """The rows of a sheet of the example."""
    path = EXAMPLE / f"{kind}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def saved(book: openpyxl.Workbook, path: Path) -> Loaded:
    """What validation makes of the filled-in workbook."""
    book.save(path)
    return load([path])


def serious(loaded: Loaded) -> list[Finding]:
    """Errors and warnings."""
    return [one for one in loaded.findings if one.severity is not Severity.INFO]
