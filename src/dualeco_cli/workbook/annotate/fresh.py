"""A new workbook with the values of any input and the findings: for what cannot be changed in place."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from dualeco_cli.model.cells import Cell, ErrorValue, Percentage, Sheet, Uncomputed, Workbook
from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.model.safe import excel_text
from dualeco_cli.workbook.annotate import listing
from dualeco_cli.workbook.annotate.patch import Annotated
from dualeco_cli.workbook.annotate.styles import FILLS
from dualeco_cli.workbook.limits import LAST_COLUMN, LAST_ROW

#: The same input gives the same bytes, so a copy does not say when it was made.
_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- workbooks have no time zones
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,14})?")
_PERCENT: Final = "0.############%"


def fresh(workbook: Workbook, findings: Sequence[Finding], name: str) -> Annotated:
    """The copy. Values, hidden rows and merged cells are as they were read, looks and formulas are not."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        },
    )
    book.set_properties({"title": f"Findings in {excel_text(name)}"[:250], "created": _CREATED})
    names = _names(workbook.sheets)
    own = listing.free_name({text.casefold() for text in names.values()})
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    _Copy(book).listing(own, name, findings, names)
    copy = _Copy(book)
    for original, sheet in sheets.items():
        here = [finding for finding in findings if finding.sheet == original]
        copy.sheet(names[original], sheet, listing.by_cell(here))
    book.close()
    return Annotated(memory.getvalue(), ".xlsx", tuple(copy.remarks))
