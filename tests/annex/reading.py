"""The annex as its readers' programs see it: the text and the tables of a Word file and of Markdown."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import docx
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from markdown_it.token import Token

Tables = list[list[list[str]]]


@dataclass
class Read:
    """Headings with their levels, tables as rows of cells, paragraphs and items, addresses of links."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    tables: Tables = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """All of it, in no order."""
        cells = (cell for table in self.tables for row in table for cell in row)
        return "\n".join((*(text for _level, text in self.headings), *self.paragraphs, *cells))


def word(content: bytes) -> Read:
    """What a Word file holds."""
    found = Read()
    document = docx.Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        style = str(paragraph.style.name) if paragraph.style else ""
        if style.startswith("Heading"):
            found.headings.append((int(style[-1]), paragraph.text))
        elif paragraph.text:
            found.paragraphs.append(paragraph.text)
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [
            ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]
        found.tables.append(rows)
    relations = document.part.rels.values()
    found.links = {relation.target_ref for relation in relations if relation.is_external}
    return found


def markdown(content: bytes) -> Read:
    """What Markdown holds for a parser that would let HTML through."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = Read()
    level = 0
    in_table = False
    for token in parser.parse(content.decode()):
        assert token.type in {
            "inline",
            *(f"{kind}_{end}" for kind in _KINDS for end in ("open", "close")),
        }, token
        if token.type == "table_open":
            found.tables.append([])
            in_table = True
        elif token.type == "table_close":
            in_table = False
        elif token.type == "tr_open":
            found.tables[-1].append([])
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            text = _inline(token, found)
            if in_table:
                found.tables[-1][-1].append(text)
            elif level:
                found.headings.append((level - 1, text))
            else:
                found.paragraphs.append(text)
        elif token.type == "heading_close":
            level = 0
    return found


_KINDS = ("heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td")


def _inline(token: Token, found: Read) -> str:
    text = ""
    for child in token.children or ():
        assert child.type in {
            "text",
            "code_inline",
            "strong_open",
            "strong_close",
            "em_open",
            "em_close",
            "link_open",
            "link_close",
        }, child
        text += child.content
        if child.type == "link_open":
            found.links.add(str(child.attrs["href"]))
    return text
