"""Says what a file is, from its first bytes or from its parts, so that a refusal can name it."""

from __future__ import annotations

import re
from enum import Enum

from dualeco_cli.language import N_
from dualeco_cli.workbook.markup import looks_like_xml
from dualeco_cli.workbook.package import Package
from dualeco_cli.workbook.refusal import Refusal
from dualeco_cli.workbook.xlsx import workbook_part


class Kind(Enum):
    """What a file can turn out to be; the value is its name in messages, in English."""

    TEXT = N_("text")
    ZIP = N_("zip archive")
    XLSX = N_("Excel workbook")
    XLSB = N_("binary Excel workbook")
    XLS = N_("Excel 97-2003 workbook")
    ODS = N_("OpenDocument spreadsheet")
    DOCX = N_("Word document")
    PPTX = N_("PowerPoint presentation")
    ODT = N_("OpenDocument text")
    ODP = N_("OpenDocument presentation")
    OPEN_DOCUMENT = N_("OpenDocument file")
    NUMBERS = N_("Apple Numbers spreadsheet")
    EPUB = N_("e-book")
    DOC = N_("Word 97-2003 document")
    PPT = N_("PowerPoint 97-2003 presentation")
    MSG = N_("Outlook message")
    OLE = N_("compound file of an old Office program")
    PDF = N_("PDF document")
    IMAGE = N_("image")
    HTML = N_("HTML page")
    XML = N_("XML file")
    XML_2003 = N_("Excel 2003 XML spreadsheet")
    FLAT_ODS = N_("flat OpenDocument spreadsheet")
    RTF = N_("rich text document")
    JSON = N_("JSON file")
    GZIP = N_("compressed archive")
    SQLITE = N_("SQLite database")
    PARQUET = N_("Parquet file")
    LOCK = N_("lock file of an open document")
    SHORTCUT = N_("shortcut to a document in the cloud")
    UNKNOWN = N_("binary file of an unknown kind")


_MAGIC = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PK\x07\x08", Kind.ZIP),
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),
    (b"MM\0*", Kind.IMAGE),
    (b"{\\rtf", Kind.RTF),
    (b"\x1f\x8b", Kind.GZIP),
    (b"7z\xbc\xaf\x27\x1c", Kind.GZIP),
    (b"Rar!\x1a\x07", Kind.GZIP),
    (b"BZh", Kind.GZIP),
    (b"\xfd7zXZ\0", Kind.GZIP),
    (b"SQLite format 3\0", Kind.SQLITE),
    (b"PAR1", Kind.PARQUET),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: Streams of a compound file, by whose names it is known. They are written in UTF-16.
_OLE_STREAMS = (
    ("WordDocument", Kind.DOC),
    ("PowerPoint Document", Kind.PPT),
    ("__substg1.0_", Kind.MSG),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
)

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div|title)\b", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*\{\s*")')
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    "application/vnd.oasis.opendocument.spreadsheet-template": Kind.ODS,
    "application/vnd.oasis.opendocument.text": Kind.ODT,
    "application/vnd.oasis.opendocument.presentation": Kind.ODP,
    "application/epub+zip": Kind.EPUB,
}


def sniff(data: bytes) -> Kind:
    """The kind of a file, from its bytes."""
    if not data.strip(b"\0 \t\r\n\x1a\xef\xbb\xbf\xff\xfe"):
        raise Refusal("file-empty")
    if data.startswith(_OLE):
        return _sniff_ole(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    head = data[:4096]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.IMAGE
    if looks_like_xml(head) and (markup := _sniff_markup(head.replace(b"\0", b""))):
        return markup
    if _JSON.match(head):
        return Kind.SHORTCUT if b'"doc_id"' in head or b"docs.google.com" in head else Kind.JSON
    if len(data) in {165, 54} and b"\0" in data:
        return Kind.LOCK
    # Text in UTF-16 has zero bytes, too, but no controls.
    return Kind.UNKNOWN if b"\0" in head and _CONTROLS.search(head) and head[:2] not in _UTF_16 else Kind.TEXT


def _sniff_ole(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refusal("file-encrypted")
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return Kind.OLE


def _sniff_markup(head: bytes) -> Kind | None:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Kind.XML_2003
    if b"opendocument.spreadsheet" in head and b"office:document" in head:
        return Kind.FLAT_ODS
    if _HTML.search(head):
        return Kind.HTML
    # A text file, too, may begin with an angle bracket.
    return Kind.XML if b"<?xml" in head or b"<!" in head or b"xmlns" in head else None


def kind_of_package(package: Package) -> Kind:
    """The kind of a zip file, from its parts."""
    if package.has("mimetype"):
        mimetype = package.head("mimetype", 200).decode("ascii", "replace").strip()
        if mimetype in _OPEN_DOCUMENT:
            return _OPEN_DOCUMENT[mimetype]
        if "opendocument" in mimetype:
            return Kind.OPEN_DOCUMENT
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"opendocument.spreadsheet" in package.head(manifest, 4096):
        return Kind.ODS
    if package.has("xl/workbook.bin"):
        return Kind.XLSB
    if package.has("word/document.xml"):
        return Kind.DOCX
    if package.has("ppt/presentation.xml"):
        return Kind.PPTX
    part = workbook_part(package)
    if part and b"workbook" in package.head(part, 4096).replace(b"\0", b""):
        return Kind.XLSX
    if any(name.endswith(".iwa") for name in package.names):
        return Kind.NUMBERS
    return Kind.ZIP
