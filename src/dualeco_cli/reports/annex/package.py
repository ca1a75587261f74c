"""The parts of a Word file around its text: styles, settings, properties, and the archive itself.

python-docx starts from a template of its own. What it carries along from there, a preview picture, a second
set of styles, a hundred table styles, is taken out, and what differs from run to run is set.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from dualeco_cli.language import _
from dualeco_cli.reports.annex.blocks import Document

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

#: The same report gives the same bytes, so a document does not say when it was made.
CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx wants a time without a zone
#: What an archive says of each of its parts; the format has no earlier date.
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
#: Word refuses longer properties.
LONGEST_PROPERTY = 255

FONT, DARK, GREY = "Calibri", "1F3864", "595959"
#: A4 with these margins; widths of tables are reckoned from what is left, in twentieths of a point.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 21.0, 29.7, 2.2
TEXT_WIDTH = round((PAGE_WIDTH - 2 * MARGIN) / 2.54 * 1440)

_KEPT_TABLE_STYLES = {"TableNormal", "TableGrid"}
_PARTS_LEFT_OUT = ("/thumbnail", "/stylesWithEffects", "/customXml")

_TABLE_STYLE = """
<w:style {ns} w:type="table" w:customStyle="1" w:styleId="AnnexTable">
  <w:name w:val="Annex Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="6" w:space="0" w:color="{dark}"/>
      <w:bottom w:val="single" w:sz="6" w:space="0" w:color="{dark}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C8CDD3"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
      <w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{dark}"/></w:tcPr>
  </w:tblStylePr>
</w:style>
"""
_LINK_STYLE = """
<w:style {ns} w:type="character" w:styleId="Hyperlink">
  <w:name w:val="Hyperlink"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>
  <w:unhideWhenUsed/><w:rPr><w:color w:val="0B4F8A"/><w:u w:val="single"/></w:rPr>
</w:style>
"""
_CONTENTS_STYLE = """
<w:style {ns} w:type="paragraph" w:styleId="TOC{level}">
  <w:name w:val="toc {level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="39"/>
  <w:unhideWhenUsed/>
  <w:pPr>
    <w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>
    <w:spacing w:before="{before}" w:after="20" w:line="240" w:lineRule="auto"/>
    <w:ind w:left="{indent}" w:right="567"/>
  </w:pPr>
  <w:rPr>{bold}</w:rPr>
</w:style>
"""
_APPLICATION = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>dualeco</Application></Properties>"""


def prepare(word: WordDocument, content: Document) -> None:
    """Set up an empty document: page, styles, header and footer, language, properties."""
    _leave_out(word)
    _page(word)
    _styles(word, content.language)
    _settings(word, content.language)
    _properties(word, content)


def archive(word: WordDocument) -> bytes:
    """The file, with nothing in it that differs from run to run."""
    loose = io.BytesIO()
    word.save(loose)
    packed = io.BytesIO()
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for part in parts.infolist():
            info = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            out.writestr(info, parts.read(part))
    return packed.getvalue()


def _leave_out(word: WordDocument) -> None:
    package = word.part.package
    for owner in (package, word.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_PARTS_LEFT_OUT):
                del owner.rels[key]
    for part in package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = _APPLICATION.encode()  # noqa: SLF001 - it has no other way to set it
    styles = word.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _KEPT_TABLE_STYLES:
            styles.remove(style)


def _page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(PAGE_WIDTH), Cm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.0)
    section.header_distance = section.footer_distance = Cm(1.1)


def _styles(word: WordDocument, language: str) -> None:
    styles = word.styles
    defaults = styles.element.find(qn("w:docDefaults"))
    for tag in defaults.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)
    for fonts in styles.element.iter(qn("w:rFonts")):
        _named_fonts(fonts)
    _set(styles["Normal"], 10.5, after=6, line=1.12)
    _set(styles["Title"], 26, bold=True, colour=DARK, before=0, after=4)
    _set(styles["Subtitle"], 13, colour=GREY, after=4)
    _set(styles["Heading 1"], 20, bold=True, colour=DARK, before=0, after=10, new_page=True)
    _set(styles["Heading 2"], 15, bold=True, colour=DARK, before=18, after=6)
    _set(styles["Heading 3"], 12, bold=True, colour=DARK, before=14, after=4)
    _set(styles["Caption"], 9.5, bold=True, colour=GREY, before=8, after=3)
    _set(styles["List Bullet"], 10.5, after=3, line=1.12)
    _set(styles["Header"], 9, colour=GREY, after=0)
    _set(styles["Footer"], 9, colour=GREY, after=0)
    for name in ("Title", "Subtitle"):
        _plain_title(styles[name])
    for name, size, bold, colour in (
        ("Table Text", 9, False, None),
        ("Table Heading", 9, True, "FFFFFF"),
        ("Small Print", 9, False, GREY),
        ("Formula", 10.5, False, None),
        ("Contents Heading", 15, True, DARK),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set(style, size, bold=bold, colour=colour, after=0 if name.startswith("Table") else 6)
        style.paragraph_format.line_spacing = 1.0
    styles["Formula"].font.name = "Cambria Math"
    styles["Formula"].paragraph_format.left_indent = Cm(0.8)
    styles["Formula"].paragraph_format.space_before = Pt(2)
    styles["Contents Heading"].paragraph_format.space_before = Pt(24)
    styles["Table Heading"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.keep_with_next = True
    for template in (
        _TABLE_STYLE,
        _LINK_STYLE,
        _CONTENTS_STYLE.replace("{level}", "1").replace("{before}", "100").replace("{indent}", "0"),
        _CONTENTS_STYLE.replace("{level}", "2").replace("{before}", "0").replace("{indent}", "284"),
    ):
        weight = "<w:b/>" if "toc 1" in template else ""
        xml = template.format(ns=nsdecls("w"), dark=DARK, width=TEXT_WIDTH, bold=weight)
        styles.element.append(parse_xml(xml))


def _named_fonts(fonts: object) -> None:
    """Our font in place of the theme's: a document looks the same whatever theme its reader has."""
    attributes = fonts.attrib  # type: ignore[attr-defined]
    for name in [name for name in attributes if name.endswith("Theme")]:
        del attributes[name]
    for name in ("ascii", "hAnsi", "cs"):
        attributes[qn(f"w:{name}")] = FONT


def _set(
    style: ParagraphStyle,
    size: float,
    *,
    bold: bool = False,
    colour: str | None = None,
    before: float = 0,
    after: float = 6,
    line: float = 1.0,
    new_page: bool = False,
) -> None:
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = line
    layout.page_break_before = new_page
    if style.name and style.name.startswith("Heading"):
        layout.keep_with_next = True


def _plain_title(style: ParagraphStyle) -> None:
    """Without the rule and the wide letters of the template."""
    for tag in ("w:pBdr", "w:spacing", "w:kern"):
        for properties in (style.element.pPr, style.element.rPr):
            found = None if properties is None else properties.find(qn(tag))
            if found is not None and (tag != "w:spacing" or properties is style.element.rPr):
                properties.remove(found)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _settings(word: WordDocument, language: str) -> None:
    settings = word.settings.element
    for tag in settings.iter(qn("w:compatSetting")):
        if tag.get(qn("w:name")) == "compatibilityMode":
            tag.set(qn("w:val"), "15")  # of Word 2013 and later; without it Word says "compatibility mode"
    for tag in settings.iter(qn("w:themeFontLang")):
        tag.set(qn("w:val"), language)
        tag.attrib.pop(qn("w:eastAsia"), None)
    for tag in settings.iter(qn("w:zoom")):
        tag.set(qn("w:percent"), "100")  # the template lacks it, though it has to be there
    for name in ("w:rsids", "w:savePreviewPicture", "w:proofState"):
        for tag in settings.findall(qn(name)):
            settings.remove(tag)


def _properties(word: WordDocument, content: Document) -> None:
    properties = word.core_properties
    properties.title = content.title[:LONGEST_PROPERTY]
    properties.subject = content.subject[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = content.maker[:LONGEST_PROPERTY]
    properties.keywords = _("vocational training; good practices; transferability")[:LONGEST_PROPERTY]
    properties.comments = _("Made by {maker}; see the chapter {chapter}.").format(
        maker=content.maker, chapter=_("Provenance")
    )[:LONGEST_PROPERTY]
    properties.language = content.language
    properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = CREATED
