"""Which writer makes which kind of file.

A writer gives bytes; to put them in place, whole or not at all, is the part of who calls it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from dualeco_cli.language import _
from dualeco_cli.model.collection import without_collection
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study

Writer: TypeAlias = Callable[[Report, Study], bytes]


class UnknownSuffixError(ValueError):
    """There is no report of this kind. ``known`` are the suffixes there are, ``nearest`` the likely one."""

    def __init__(self, suffix: str) -> None:
        self.suffix = suffix
        self.known = tuple(WRITERS)
        self.nearest = next(iter(difflib.get_close_matches(suffix.lower(), self.known, n=1)), None)
        known = ", ".join(self.known)
        text = (
            _("no report is written as “{suffix}”; known are {known}").format(suffix=suffix, known=known)
            if suffix
            else _("the name of a report must end in one of {known}").format(known=known)
        )
        super().__init__(text)


# Each writer is imported when it is called: a ranking on the terminal does not pay for workbooks.


def _xlsx(report: Report, study: Study) -> bytes:
    from dualeco_cli.reports import excel  # noqa: PLC0415

    return excel.render(report, study)


def _html(report: Report, study: Study) -> bytes:
    from dualeco_cli.reports import html  # noqa: PLC0415

    return html.render(report, study)


def _docx(report: Report, study: Study) -> bytes:
    from dualeco_cli.reports.annex import docx  # noqa: PLC0415

    return docx.render(report, study)


def _markdown(report: Report, study: Study) -> bytes:
    from dualeco_cli.reports.annex import markdown  # noqa: PLC0415

    return markdown.render(report, study)


def _json(report: Report, study: Study) -> bytes:
    from dualeco_cli.reports import json_  # noqa: PLC0415

    return json_.render(report, study)


def _csv(report: Report, study: Study) -> bytes:
    from dualeco_cli.reports import csv_  # noqa: PLC0415

    return csv_.render(report, study)


def _parquet(report: Report, study: Study) -> bytes:
    from dualeco_cli.reports import parquet  # noqa: PLC0415

    return parquet.render(report, study)


#: The writers by the suffix of the file they make.
WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        ".xlsx": _xlsx,
        ".html": _html,
        ".docx": _docx,
        ".md": _markdown,
        ".json": _json,
        ".csv": _csv,
        ".parquet": _parquet,
    }
)


def writer_for(suffix: str) -> Writer:
    """The writer for a suffix such as ``.json``, in any case. Raises :class:`UnknownSuffixError`."""
    writer = WRITERS.get(suffix.lower())
    if writer is None:
        raise UnknownSuffixError(suffix)
    return writer


def render(report: Report, study: Study, suffix: str) -> bytes:
    """The report in the format that goes with a suffix. Raises :class:`UnknownSuffixError`."""
    with without_collection():
        return writer_for(suffix)(report, study)
