"""The one gate through which XML comes in.

Expat itself, without a tree in between: a sheet is read as it streams by. A document type, and with it every
entity, is refused; parts of a workbook may have none.
"""

from __future__ import annotations

import codecs
import pyexpat
from collections.abc import Callable
from typing import IO

from dualeco_cli.language import _
from dualeco_cli.workbook.refusal import Refusal

#: Read in large pieces: expat 2.5 starts a token anew with each piece, which is slow where one token is huge.
CHUNK = 1 << 20

#: Called with the local names of the parent and of the element, and the attributes by local name.
Visit = Callable[[str, str, dict[str, str]], None]


def guarded_parser(part: str, *, namespaces: bool = False) -> pyexpat.XMLParserType:
    """An expat parser that refuses a document type.

    Names keep their prefixes, or come as ``namespace name`` where the format mixes several.
    """
    parser = pyexpat.ParserCreate(namespace_separator=" " if namespaces else None)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16

    def doctype(*_: object) -> None:
        raise Refusal("file-doctype", part=part)

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and not _is_readable(encoding):
            detail = _("its encoding is {encoding}").format(encoding=repr(encoding[:40]))
            raise Refusal("file-damaged", part=part, detail=detail)

    parser.XmlDeclHandler = declaration
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    return parser


def _is_readable(encoding: str) -> bool:
    """Whether expat, with the help of Python, reads an encoding: those of Unicode, and of one byte each."""
    if encoding.casefold() in {"utf-8", "utf-16", "us-ascii", "iso-8859-1"}:
        return True
    try:
        return len(codecs.decode(bytes(range(256)), encoding, "replace")) == 256
    except (LookupError, ValueError, TypeError):
        return False


def feed(parser: pyexpat.XMLParserType, stream: IO[bytes], part: str) -> None:
    """Parse a stream to its end; what is no XML is a damaged file."""
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 -- expat takes no keywords
        parser.Parse(b"", True)  # noqa: FBT003
    except pyexpat.ExpatError as error:
        detail = _("no well-formed XML: {reason}").format(reason=error)
        raise Refusal("file-damaged", part=part, detail=detail) from error


def walk(stream: IO[bytes], part: str, visit: Visit) -> None:
    """Call ``visit`` for the start of each element, all names without their namespaces."""
    parser = guarded_parser(part)
    parents = [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        visit(parents[-1], name, {local(key): value for key, value in attributes.items()})
        parents.append(name)

    def end(_tag: str) -> None:
        parents.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    feed(parser, stream, part)


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def is_true(value: str | None) -> bool:
    """An attribute that is a yes, in either of the spellings of XML."""
    return value in {"1", "true", "on"}


class _RootFound(Exception):  # noqa: N818 -- good news, not an error
    """Stops a parser once the prologue, where a document type would stand, is over."""


class Prologue:
    """Looks for a document type in the pieces of a part as they come, up to the first element."""

    def __init__(self, part: str) -> None:
        self._parser: pyexpat.XMLParserType | None = guarded_parser(part)
        self._parser.StartElementHandler = self._root

    @staticmethod
    def _root(*_: object) -> None:
        raise _RootFound

    def feed(self, chunk: bytes) -> None:
        """Look at a further piece."""
        if self._parser is None:
            return
        try:
            self._parser.Parse(chunk, False)  # noqa: FBT003 -- expat takes no keywords
        except (_RootFound, pyexpat.ExpatError):
            # Malformed parts that nobody reads do no harm; those that are read are refused then.
            self._parser = None
        except Refusal as refusal:
            if refusal.rule == "file-doctype":
                raise
            self._parser = None


#: How XML may begin, after a byte order mark: in UTF-8 and its like, and in both kinds of UTF-16.
_BLANKS = b" \t\r\n\0"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def looks_like_xml(head: bytes) -> bool:
    """Whether the first bytes may be the beginning of XML in any of the encodings that expat reads."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.lstrip(_BLANKS).startswith(b"<")
