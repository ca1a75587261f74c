"""The annex as Markdown, for a wiki: CommonMark with the tables that all wikis know.

No text of a user is ever markup: each character that could mean something is escaped. There is no HTML in it,
and no picture; the tables hold what the figures show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import assert_never

from dualeco_cli.language import _
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.annex.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    Words,
)
from dualeco_cli.reports.annex.content import document

#: Characters that are markup in CommonMark, in its common extensions, or in the templates of wikis.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~&$#^=@]")
#: What is markup at the start of a line only.
_AT_START = re.compile(r"[-+:](?=[-:\s]|$)|\d{1,9}[.)](?=\s|$)")
#: A colon before a letter or a slash, and the point of ``www.``: wikis make links and pictures of them.
_AUTOMATIC = re.compile(r":(?=[^\s\d])|(?<=www)\.", re.IGNORECASE)


def render(report: Report, study: Study) -> bytes:
    """UTF-8 with line feeds."""
    return write(document(report, study)).encode("utf-8", "replace")


def write(content: Document) -> str:
    """A document as Markdown."""
    parts = [f"# {escaped(content.title)}", escaped(content.subtitle), escaped(content.maker)]
    for block in content.blocks:
        text = _block(block)
        if text:
            parts.append(text)
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Paragraph(kind="formula"):
            return f"`{''.join(run.text for run in block.words).replace('`', '’')}`"
        case Paragraph():
            return _words(block.words)
        case Bullets():
            return "\n".join(f"- {_words(item)}" for item in block.items)
        case Table():
            return _table(block)
        case Figure():
            return ""
        case _:
            assert_never(block)


def _table(table: Table) -> str:
    title = _("Table {number}: {title}").format(number=table.number, title=table.title)
    lines = [f"**{escaped(title)}**", ""]
    lines.append(_row(escaped(column.heading) for column in table.columns))
    lines.append(_row(_rule(column) for column in table.columns))
    lines.extend(_row(_words(cell) for cell in row) for row in table.rows)
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(column: Column) -> str:
    return "---:" if column.numbers else ":---"


def _words(words: Words) -> str:
    """Words of a paragraph, on one line. Only its first run can stand at the start of a line."""
    return "".join(_run(run, first=number == 0) for number, run in enumerate(words)).strip()


def _run(run: Run, *, first: bool) -> str:
    if run.url is not None:
        # An ampersand begins an entity in an address as well.
        return f"[{escaped(run.text)}](<{run.url.replace('&', '&amp;')}>)"
    text = escaped(run.text) if first else _inline(run.text)
    mark = "**" if run.bold else "*" if run.italic else ""
    if not mark or not text.strip():
        return text
    # Blanks inside the marks would make them plain stars.
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{text.strip()}{mark}{after}"


def escaped(text: str) -> str:
    """Text that is nothing but text, also at the start of a line."""
    text = _inline(text)
    found = _AT_START.match(text)
    if not found:
        return text
    at = found.end() - 1
    return f"{text[:at]}\\{text[at:]}"


@lru_cache(maxsize=4096)  # names of indicators and words of levels come again and again
def _inline(text: str) -> str:
    text = _MARKUP.sub(lambda found: f"\\{found[0]}", text)
    return _AUTOMATIC.sub(lambda found: f"\\{found[0]}", text)
