"""The annex as a Word document: real headings, lists and tables, for people who go on writing in it.

The text goes in as XML of our own: python-docx would look at every cell of a table again for each new one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from math import ceil
from string import Formatter
from typing import TYPE_CHECKING, Any, assert_never

from lxml import etree

from dualeco_cli.language import _
from dualeco_cli.model.result import Report
from dualeco_cli.model.safe import UNPRINTABLE
from dualeco_cli.model.study import Study
from dualeco_cli.reports.annex.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    Words,
    line,
)
from dualeco_cli.reports.annex.content import document
from dualeco_cli.reports.figures.svg import width_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_XML = "{http://www.w3.org/XML/1998/namespace}"

#: The room left and right of the text of a cell, in twentieths of a point.
_MARGINS = 170
#: A figure is as wide as the text, unless it would be higher than this, in centimetres.
_WIDEST, _HIGHEST = 16.6, 21.5
#: The fields of Word that fill the gaps of a footer and of a caption.
_FIELDS = {"page": " PAGE ", "pages": " NUMPAGES "}
_KINDS = {"text": None, "note": "SmallPrint", "formula": "Formula"}


def render(report: Report, study: Study) -> bytes:
    """The document; the same report gives the same bytes."""
    return write(document(report, study))


def write(content: Document) -> bytes:
    """A document as a Word file."""
    # Imported here: to load python-docx takes its time, and only who writes a document needs it.
    import docx  # noqa: PLC0415

    from dualeco_cli.reports.annex.package import archive, prepare  # noqa: PLC0415

    word = docx.Document()
    prepare(word, content)
    _Writer(word, content).write()
    return archive(word)


class _Writer:
    """Puts blocks into an empty document."""

    def __init__(self, word: WordDocument, content: Document) -> None:
        self.word = word
        self.content = content
        self.body: Any = word.element.body
        self.end: Any = self.body[-1]  # the page set-up has to stay last
        self.links: dict[str, str] = {}
        headings = [block for block in content.blocks if isinstance(block, Heading)]
        self.marks = {id(block): f"heading{number}" for number, block in enumerate(headings, 1)}
        self.keys = {block.key: self.marks[id(block)] for block in headings if block.key is not None}
        self.pictures = 0

    def write(self) -> None:
        self._header_and_footer()
        self._paragraph("Title", (Run(self.content.title),))
        self._paragraph("Subtitle", (Run(self.content.subtitle),))
        self._paragraph("SmallPrint", (Run(self.content.maker),))
        self._contents()
        for block in self.content.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(_KINDS[block.kind], block.words)
            case Bullets():
                for item in block.items:
                    self._paragraph("ListBullet", item)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case _:
                assert_never(block)

    # Paragraphs

    def _add(self, tag: str) -> Any:
        element = etree.SubElement(self.body, f"{_W}{tag}")
        self.end.addprevious(element)
        return element

    def _paragraph(self, style: str | None, words: Words) -> Any:
        paragraph = self._add("p")
        _style(paragraph, style)
        self._words(paragraph, words)
        return paragraph

    def _heading(self, heading: Heading) -> None:
        paragraph = self._add("p")
        properties = _style(paragraph, f"Heading{heading.level}")
        if heading.new_page:
            etree.SubElement(properties, f"{_W}pageBreakBefore")
        mark = self.marks[id(heading)]
        number = mark.removeprefix("heading")
        etree.SubElement(paragraph, f"{_W}bookmarkStart", {f"{_W}id": number, f"{_W}name": mark})
        self._words(paragraph, (Run(heading.text),))
        etree.SubElement(paragraph, f"{_W}bookmarkEnd", {f"{_W}id": number})

    def _words(self, parent: Any, words: Words) -> None:
        for run in words:
            target = self.keys.get(run.to) if run.to is not None else None
            if run.url is not None:
                link = etree.SubElement(parent, f"{_W}hyperlink", {f"{_R}id": self._link(run.url)})
                _run(link, run, "Hyperlink")
            elif target is not None:
                link = etree.SubElement(parent, f"{_W}hyperlink", {f"{_W}anchor": target})
                _run(link, run, "Hyperlink")
            else:
                _run(parent, run)

    def _link(self, url: str) -> str:
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415

        if url not in self.links:
            self.links[url] = self.word.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.links[url]

    # Contents, header, footer

    def _contents(self) -> None:
        """A table of contents, filled in with links already.

        On which page a heading comes only the program that shows the document can tell: the numbers come in
        when the table is updated there, and until then there are none rather than wrong ones.
        """
        entries = [block for block in self.content.blocks if isinstance(block, Heading) and block.level <= 2]
        if not entries:
            return
        block = self._add("sdt")
        gallery = etree.SubElement(etree.SubElement(block, f"{_W}sdtPr"), f"{_W}docPartObj")
        _value(gallery, "docPartGallery", "Table of Contents")
        etree.SubElement(gallery, f"{_W}docPartUnique")
        inside = etree.SubElement(block, f"{_W}sdtContent")
        title = etree.SubElement(inside, f"{_W}p")
        _style(title, "ContentsHeading")
        _run(title, Run(_("Contents")))
        last = title
        for number, heading in enumerate(entries):
            last = etree.SubElement(inside, f"{_W}p")
            _style(last, f"TOC{heading.level}")
            if number == 0:
                _field_start(last, r' TOC \o "1-2" \h \z \u ')
            mark = self.marks[id(heading)]
            link = etree.SubElement(last, f"{_W}hyperlink", {f"{_W}anchor": mark, f"{_W}history": "1"})
            _run(link, Run(heading.text))
        _field_end(last)

    def _header_and_footer(self) -> None:
        section = self.word.sections[0]
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]._p  # noqa: SLF001 - the element itself is needed
        _run(header, Run(line(f"{self.content.title} · {self.content.subtitle}", 220)))
        for footer in (section.footer, section.first_page_footer):
            paragraph = footer.paragraphs[0]._p  # noqa: SLF001 - the element itself is needed
            self._footer(paragraph)

    def _footer(self, paragraph: Any) -> None:
        from dualeco_cli.reports.annex.package import TEXT_WIDTH  # noqa: PLC0415

        properties = paragraph.get_or_add_pPr()
        tabs = etree.SubElement(properties, f"{_W}tabs")
        for kind, place in (("clear", "4680"), ("clear", "9360"), ("right", str(TEXT_WIDTH))):
            etree.SubElement(tabs, f"{_W}tab", {f"{_W}val": kind, f"{_W}pos": place})
        _run(paragraph, Run(self.content.maker))
        etree.SubElement(etree.SubElement(paragraph, f"{_W}r"), f"{_W}tab")
        # in the order in which the language names them
        for text, gap in _parts(_("page {page} of {pages}")):
            _run(paragraph, Run(text))
            if gap in _FIELDS:
                _field(paragraph, _FIELDS[gap], "1")

    # Tables and figures

    def _caption(self, template: str, kind: str, number: int, text: str) -> Any:
        """A caption whose number is a field, so that a table somebody adds is counted."""
        paragraph = self._add("p")
        _style(paragraph, "Caption")
        for before, gap in _parts(template):
            _run(paragraph, Run(before))
            if gap == "number":
                _field(paragraph, rf" SEQ {kind} \* ARABIC ", str(number))
            elif gap == "title":
                _run(paragraph, Run(text))
        return paragraph

    def _table(self, table: Table) -> None:
        from dualeco_cli.reports.annex.package import TEXT_WIDTH  # noqa: PLC0415

        self._caption(_("Table {number}: {title}"), "Table", table.number, table.title)
        element = self._add("tbl")
        properties = etree.SubElement(element, f"{_W}tblPr")
        _value(properties, "tblStyle", "AnnexTable")
        etree.SubElement(properties, f"{_W}tblW", {f"{_W}w": str(TEXT_WIDTH), f"{_W}type": "dxa"})
        _value(properties, "tblLayout", "fixed", name="type")
        etree.SubElement(
            properties,
            f"{_W}tblLook",
            {
                f"{_W}val": "0020",
                f"{_W}firstRow": "1",
                f"{_W}lastRow": "0",
                f"{_W}firstColumn": "0",
                f"{_W}lastColumn": "0",
                f"{_W}noHBand": "1",
                f"{_W}noVBand": "1",
            },
        )
        _value(properties, "tblCaption", _clean(table.title))
        _value(properties, "tblDescription", _clean(table.about))
        widths = [str(width) for width in _widths(table, TEXT_WIDTH)]
        grid = etree.SubElement(element, f"{_W}tblGrid")
        for width in widths:
            etree.SubElement(grid, f"{_W}gridCol", {f"{_W}w": width})
        heading = tuple((Run(column.heading),) for column in table.columns)
        self._row(element, table, heading, widths, heading=True)
        last = len(table.rows) - 1
        for number, row in enumerate(table.rows):
            # The heading of a group, and the first rows of a table, are not left behind on a page.
            group = all(run.bold for words in row for run in words)
            together = number < last and (number == 0 or group)
            self._row(element, table, row, widths, together=together)
        # A table directly before another would grow together with it.
        space = self._add("p")
        _style(space, "SmallPrint")

    def _row(
        self,
        parent: Any,
        table: Table,
        cells: tuple[Words, ...],
        widths: list[str],
        *,
        heading: bool = False,
        together: bool = False,
    ) -> None:
        row = etree.SubElement(parent, f"{_W}tr")
        properties = etree.SubElement(row, f"{_W}trPr")
        # A long passage may run over a page; a short row may not.
        if heading or sum(len(run.text) for words in cells for run in words) < 1500:
            etree.SubElement(properties, f"{_W}cantSplit")
        if heading:
            etree.SubElement(properties, f"{_W}tblHeader")
        for column, words, width in zip(table.columns, cells, widths, strict=True):
            cell = etree.SubElement(row, f"{_W}tc")
            about = etree.SubElement(cell, f"{_W}tcPr")
            etree.SubElement(about, f"{_W}tcW", {f"{_W}w": width, f"{_W}type": "dxa"})
            paragraph = etree.SubElement(cell, f"{_W}p")
            style = _style(paragraph, "TableHeading" if heading else "TableText")
            if together:
                etree.SubElement(style, f"{_W}keepNext")
            if column.numbers:
                _value(style, "jc", "right")
            self._words(paragraph, words)

    def _figure(self, figure: Figure) -> None:
        from docx.shared import Cm, Length  # noqa: PLC0415

        png = figure.drawing.png()
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(_WIDEST))
        if picture.height > Cm(_HIGHEST):
            picture.width = Length(int(picture.width * Cm(_HIGHEST) / picture.height))
            picture.height = Cm(_HIGHEST)
        self.pictures += 1
        # The numbers that python-docx gives depend on all that is in the document; these do not.
        about = picture._inline.docPr  # noqa: SLF001 - there is no other way to set a description
        about.set("id", str(self.pictures))
        about.set("name", f"{figure.drawing.name}.png")
        about.set("title", _clean(figure.drawing.title))
        about.set("descr", _clean(figure.drawing.about)[:8000])
        caption = self._caption(_("Figure {number}: {title}"), "Figure", figure.number, figure.caption)
        _value(caption[0], "keepNext", "0")  # it belongs to what stands above


def _widths(table: Table, whole: int) -> list[int]:
    """The widths of the columns: their shares, but no heading is broken within a word."""
    total = sum(column.share for column in table.columns)
    widths = [int(whole * column.share / total) for column in table.columns]
    needed = [
        ceil(20 * max((width_of(word, 9, bold=True) for word in column.heading.split()), default=0))
        + _MARGINS
        for column in table.columns
    ]
    if sum(needed) > whole or all(width >= need for width, need in zip(widths, needed, strict=True)):
        return widths
    short = sum(max(0, need - width) for width, need in zip(widths, needed, strict=True))
    spare = sum(max(0, width - need) for width, need in zip(widths, needed, strict=True))
    return [
        max(need, width - ceil(short * max(0, width - need) / spare)) if width > need else need
        for width, need in zip(widths, needed, strict=True)
    ]


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def _parts(template: str) -> Iterator[tuple[str, str]]:
    """The text before each gap, with the name of the gap; the text after the last one with none."""
    for text, gap, _spec, _conversion in Formatter().parse(template):
        yield text, gap or ""


def _value(parent: Any, tag: str, value: str, name: str = "val") -> None:
    etree.SubElement(parent, f"{_W}{tag}", {f"{_W}{name}": value})


def _style(paragraph: Any, style: str | None) -> Any:
    properties = etree.SubElement(paragraph, f"{_W}pPr")
    if style is not None:
        _value(properties, "pStyle", style)
    return properties


def _run(parent: Any, run: Run, style: str | None = None) -> None:
    text = _clean(run.text)
    if not text:
        return
    element = etree.SubElement(parent, f"{_W}r")
    if run.bold or run.italic or style:
        properties = etree.SubElement(element, f"{_W}rPr")
        if style:
            _value(properties, "rStyle", style)
        if run.bold:
            etree.SubElement(properties, f"{_W}b")
        if run.italic:
            etree.SubElement(properties, f"{_W}i")
    written = etree.SubElement(element, f"{_W}t", {f"{_XML}space": "preserve"})
    written.text = text


def _field_start(parent: Any, instruction: str) -> None:
    begin = etree.SubElement(parent, f"{_W}r")
    etree.SubElement(begin, f"{_W}fldChar", {f"{_W}fldCharType": "begin"})
    code = etree.SubElement(parent, f"{_W}r")
    text = etree.SubElement(code, f"{_W}instrText", {f"{_XML}space": "preserve"})
    text.text = instruction
    middle = etree.SubElement(parent, f"{_W}r")
    etree.SubElement(middle, f"{_W}fldChar", {f"{_W}fldCharType": "separate"})


def _field_end(parent: Any) -> None:
    end = etree.SubElement(parent, f"{_W}r")
    etree.SubElement(end, f"{_W}fldChar", {f"{_W}fldCharType": "end"})


def _field(parent: Any, instruction: str, shown: str) -> None:
    _field_start(parent, instruction)
    _run(parent, Run(shown))
    _field_end(parent)
