"""The report as one web page: to read, to print, and to try other weights in.

``page_view`` turns the report into what the templates show, ``data`` into what the script computes with; the
script in ``static`` repeats the formulas of the engine, so that the page needs no network and no server. All
of the report stands in the page before any script runs.
"""

from __future__ import annotations

from functools import cache

import jinja2
from markupsafe import Markup

from dualeco_cli.data.words import sheet_name
from dualeco_cli.language import _, current, decimal, grouped, percent
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.html import assets, shapes
from dualeco_cli.reports.html.data import page_data
from dualeco_cli.reports.html.page_view import PageView
from dualeco_cli.reports.html.settle import settled
from dualeco_cli.reports.story import Story


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["_"] = _
    environment.globals.update(language=current, sheet=lambda kind: sheet_name(kind, current()))
    environment.filters.update(
        pc=shapes.percent, num=shapes.number, shown=_shown, grouped=grouped, sign=_sign
    )
    return environment


def _shown(value: float) -> str:
    """A number as exact as it is, for a reader."""
    return decimal(shapes.number(value))


def _sign(marked: Markup) -> Markup:
    """A number in its own element as per cent."""
    return Markup(percent("{number}")).format(number=marked)  # noqa: S704 - a pattern of ours, no user's text


def render(report: Report, study: Study) -> bytes:
    """The page in UTF-8; the same report gives the same bytes."""
    text = (
        _environment()
        .get_template("page.html")
        .render(
            page=PageView(Story(settled(report), study)),
            policy=assets.policy(),
            style=assets.style(),
            script=assets.script(),
            data=page_data(Story(report, study)),
        )
    )
    return text.encode("utf-8", "replace")
