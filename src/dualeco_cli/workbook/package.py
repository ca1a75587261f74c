"""Zipped workbooks (.xlsx, .xlsb, .ods): what is checked before any parser sees a part of them.

Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import copy
import io
import posixpath
import pyexpat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import unquote

from dualeco_cli.language import N_, _
from dualeco_cli.workbook.limits import OPTIONS, Limits, mebibytes
from dualeco_cli.workbook.markup import Prologue, Visit, feed, guarded_parser, looks_like_xml, walk
from dualeco_cli.workbook.refusal import Refusal

#: What the zip readers of Python raise on damaged data.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    struct.error,
    RuntimeError,
    UnicodeError,
)

#: Sets handlers on a parser.
Prepare = Callable[[pyexpat.XMLParserType], None]

_ENCRYPTED = 0x1
_PIECE = 1 << 18
#: How each entry of a zip directory begins.
_ENTRY = b"PK\x01\x02"


class Package:
    """A zip file whose parts have been checked. Part names are found whatever their case."""

    def __init__(self, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._parts = parts

    @property
    def names(self) -> list[str]:
        """The names of all parts, case-folded."""
        return list(self._parts)

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return _key(part) in self._parts

    @contextmanager
    def open(self, part: str) -> Iterator[IO[bytes]]:
        """A part as a stream; a refusal where it is missing or damaged."""
        info = self._parts.get(_key(part))
        if info is None:
            raise Refusal("file-damaged", part=part, detail=_("this part is missing"))
        try:
            with self._archive.open(info) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise Refusal("file-damaged", part=part, detail=str(error)) from error

    def head(self, part: str, size: int) -> bytes:
        """The first bytes of a part."""
        with self.open(part) as stream:
            return stream.read(size)

    def walk(self, part: str, visit: Visit) -> None:
        """Call ``visit`` for each element of an XML part."""
        with self.open(part) as stream:
            walk(stream, part, visit)

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by the id of the relation; empty where it has no relations."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relation] = {}

        def visit(_parent: str, tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                external = attributes.get("TargetMode") == "External"
                target = attributes.get("Target", "")
                if not external:
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Relation(kind, target, external=external)

        if self.has(source):
            self.walk(source, visit)
        return found

    def parse(self, part: str, prepare: Prepare, *, namespaces: bool = False) -> None:
        """Parse a part with handlers that ``prepare`` sets on its parser."""
        parser = guarded_parser(part, namespaces=namespaces)
        prepare(parser)
        with self.open(part) as stream:
            feed(parser, stream, part)


class Relation:
    """A reference from one part to another, or out of the file."""

    __slots__ = ("external", "kind", "target")

    def __init__(self, kind: str, target: str, *, external: bool) -> None:
        self.kind = kind
        self.target = target
        self.external = external


def open_package(data: bytes, limits: Limits) -> Package:
    """Check a zip file through and through, and hand it on."""
    _check_directory(data, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except _ZIP_ERRORS as error:
        raise Refusal("file-damaged", part="", detail=str(error)) from error
    if len(infos) > limits.parts:
        raise Refusal("file-too-many-parts", found=len(infos), limit=limits.parts)
    parts: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        key = _key(info.filename)
        if key in parts:
            raise Refusal("file-duplicate-part", part=info.filename)
        parts[key] = info
        _check_declared(info, limits)
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        raise too_large("total", total, limits)
    for info in infos:
        _check_content(archive, info, limits)
    return Package(archive, parts)


#: What can be too large.
_TOO_LARGE = {"file": N_("file"), "part": N_("part"), "total": N_("total")}


def too_large(what: str, found: int, limits: Limits, part: str = "") -> Refusal:
    """The refusal of something too large; ``what`` is file, part or total."""
    field = f"{what}_bytes"
    return Refusal(
        "file-too-large",
        what=_(_TOO_LARGE[what]),
        part=part,
        found=mebibytes(found),
        limit=mebibytes(getattr(limits, field)),
        option=OPTIONS[field],
    )


def _key(part: str) -> str:
    """Parts are found whatever their case, as the standard has it, and with the slashes of careless tools."""
    return part.replace("\\", "/").lstrip("/").casefold()


def _check_directory(data: bytes, limits: Limits) -> None:
    """Refuse a huge directory before Python makes an object of each of its entries."""
    # Counted in the data, since the numbers in its several end records may all be false.
    entries = data.count(_ENTRY)
    if entries > limits.parts:
        raise Refusal("file-too-many-parts", found=entries, limit=limits.parts)


def _check_declared(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise Refusal("file-encrypted")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        detail = _("compression method {number} is not used in workbooks").format(number=info.compress_type)
        raise Refusal("file-damaged", part=info.filename, detail=detail)
    if info.file_size > limits.part_bytes:
        raise too_large("part", info.file_size, limits, info.filename)


def _check_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> None:
    """Unpack a part without keeping it: is its size the declared one, has it a document type?"""
    probe = copy.copy(info)
    # Python stops at the declared size; only with room to spare does the true one show.
    probe.file_size = limits.part_bytes + 1
    found = 0
    prologue: Prologue | None = None
    try:
        with archive.open(probe) as stream:
            while piece := stream.read(_PIECE):
                if not found and looks_like_xml(piece):
                    prologue = Prologue(info.filename)
                found += len(piece)
                if found > info.file_size:
                    break
                if prologue:
                    prologue.feed(piece)
    except _ZIP_ERRORS as error:
        raise Refusal("file-damaged", part=info.filename, detail=str(error)) from error
    if found != info.file_size:
        raise Refusal("file-false-size", part=info.filename, declared=info.file_size)
