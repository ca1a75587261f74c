"""Workbooks to fill in: headers with notes, lists in the cells, the meaning of each level.

The same request gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Final

from dualeco_cli.language import speaking
from dualeco_cli.version import __version__
from dualeco_cli.workbook.sheet_text import cut
from dualeco_cli.workbook.template import texts
from dualeco_cli.workbook.template.as_text import text_files
from dualeco_cli.workbook.template.in_language import request_in_language
from dualeco_cli.workbook.template.plan import FRAMEWORK_SHEETS, STUDY_SHEETS, Request, Value, plan

__all__ = ["FRAMEWORK_SHEETS", "STUDY_SHEETS", "Request", "Value", "template", "text_files"]

#: A template does not say when it was made, or it would differ from one day to the next.
_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- workbooks have no time zones


def template(request: Request) -> bytes:
    """The workbook that is asked for, in the language of the request, whatever that of the run is."""
    with speaking(request.language):
        return _workbook(request_in_language(request))


def _workbook(request: Request) -> bytes:
    import xlsxwriter  # noqa: PLC0415 -- of all commands only a few write workbooks

    from dualeco_cli.workbook.template.guide import Guide  # noqa: PLC0415
    from dualeco_cli.workbook.template.legend import Legend  # noqa: PLC0415
    from dualeco_cli.workbook.template.lists import Lists  # noqa: PLC0415
    from dualeco_cli.workbook.template.looks import Looks  # noqa: PLC0415
    from dualeco_cli.workbook.template.pages import Page  # noqa: PLC0415

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(memory, options) as book:
        say = texts.labels()
        framework = " ".join(filter(None, (request.framework.id, request.framework.version)))
        book.set_properties(
            {
                "title": say["title"],
                "subject": cut(say["subtitle"].format(version=__version__, framework=framework), 250),
                "author": f"dualeco {__version__}",
                "created": _CREATED,
            }
        )
        for name, value in (
            ("dualeco version", __version__),
            ("dualeco framework", cut(framework, 250)),
            ("dualeco language", request.language),
        ):
            book.set_custom_property(name, value)
        sheets = plan(request)
        style = Looks(book)
        lists = Lists(request, sheets)
        Guide(book, style, request, sheets).write()
        for sheet in sheets:
            Page(book, style, lists, request, sheet).write()
        Legend(book, style, request, sheets).write()
        lists.write(book)
    return memory.getvalue()
