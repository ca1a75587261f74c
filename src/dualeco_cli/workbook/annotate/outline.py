"""XML as bytes with an outline: where each element stands, so that a part is changed at single places.

Writing a part anew from a tree would keep its meaning at best; a splice keeps every other byte of it.
"""

from __future__ import annotations

import pyexpat
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from dualeco_cli.language import _
from dualeco_cli.model.safe import excel_text
from dualeco_cli.workbook.markup import guarded_parser
from dualeco_cli.workbook.refusal import Refusal

#: A start tag, whole. An attribute may hold an angle bracket, so the first one is not always its end.
_TAG = re.compile(rb"<[^\s/>]+(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
#: Excel reads ``_x0041_`` in a text as the letter A; so what looks like that must be escaped.
_LOOKS_ESCAPED = re.compile("_(x[0-9A-Fa-f]{4}_)")


class Impossible(Exception):  # noqa: N818 -- no error: the fresh copy takes over
    """A workbook that cannot be changed in place; the text is the end of a sentence that says why."""


@dataclass(slots=True)
class Node:
    """An element: what it is called, and where its tags begin and end in the bytes of its part."""

    uri: str
    name: str
    prefix: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    close: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written ``<a/>``, so that nothing can be put into it as it stands."""
        return self.close == self.inside == self.end

    def named(self, name: str) -> list[Node]:
        """The children of that name in the same namespace."""
        return [child for child in self.children if child.name == name and child.uri == self.uri]

    def first(self, name: str) -> Node | None:
        """The first child of that name."""
        return next(iter(self.named(name)), None)

    def tag(self, name: str) -> str:
        """A name with the prefix that this element has: both are then of one namespace."""
        return f"{self.prefix}:{name}" if self.prefix else name


def split_name(name: str) -> tuple[str, str, str]:
    """Namespace, local name and prefix of a name as the parser gives it."""
    uri, _, rest = name.rpartition(" ")
    if " " in uri:
        uri, _, local = uri.partition(" ")
        return uri, local, rest
    return uri, rest, ""


def parser_for(part: str) -> pyexpat.XMLParserType:
    """A guarded parser that gives namespaces and prefixes."""
    parser = guarded_parser(part, namespaces=True)
    parser.namespace_prefixes = True
    return parser


def parse(parser: pyexpat.XMLParserType, data: bytes, part: str) -> None:
    """Parse a part whole. Positions are those of its bytes, so it must be in UTF-8."""
    declared = _ENCODING.match(data[:200])
    if declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        raise Impossible(_("its part {part} is not in UTF-8").format(part=part))
    if b"\0" in data[:4]:
        raise Impossible(_("its part {part} is not in UTF-8").format(part=part))
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- expat takes no keywords
    except pyexpat.ExpatError as error:
        reason = _("its part {part} is no well-formed XML ({reason})").format(part=part, reason=error)
        raise Impossible(reason) from error
    except Refusal as error:
        reason = _("its part {part} is refused ({reason})").format(part=part, reason=error)
        raise Impossible(reason) from error


def outline(data: bytes, part: str) -> Node:
    """The root element of a part, with all that is in it."""
    parser = parser_for(part)
    root: list[Node] = []
    stack: list[Node] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        uri, local, prefix = split_name(name)
        at = parser.CurrentByteIndex
        node = Node(uri, local, prefix, attributes, at, tag_end(data, at))
        (stack[-1].children if stack else root).append(node)
        stack.append(node)

    def end(_name: str) -> None:
        node = stack.pop()
        node.close = parser.CurrentByteIndex
        # an empty tag is over where it ends; any other has an end tag of its own
        empty = data[node.inside - 2 : node.inside] == b"/>"
        node.end = node.close if empty else data.index(b">", node.close) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse(parser, data, part)
    return root[0]


def tag_end(data: bytes, at: int) -> int:
    """Where the tag that begins there ends."""
    match = _TAG.match(data, at)
    if match is None:  # pragma: no cover -- the parser has seen a tag there
        raise Impossible(_("one of its tags has no end"))
    return match.end()


def text_of(data: bytes, node: Node) -> str:
    """The text right in an element, as it reads."""
    parser = pyexpat.ParserCreate()
    pieces: list[str] = []
    parser.CharacterDataHandler = pieces.append
    # the piece was well-formed in its part; prefixes do not matter to a parser without namespaces
    parser.Parse(b"<t>" + data[node.inside : node.close] + b"</t>", True)  # noqa: FBT003
    return "".join(pieces)


def with_attributes(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """A start tag with attributes set, or taken away where the new value is None."""
    left = dict(changes)
    pieces: list[bytes] = []
    at = 0
    for match in _ATTRIBUTE.finditer(tag):
        name = match[1].decode("utf-8", "replace")
        if name in left:
            pieces.append(tag[at : match.start()])
            pieces.append(_attribute(name, left.pop(name)))
            at = match.end()
    rest = tag[at:]
    ending = b"/>" if rest.endswith(b"/>") else b">"
    pieces.append(rest[: -len(ending)].rstrip() if any(left.values()) else rest[: -len(ending)])
    pieces.extend(_attribute(name, value) for name, value in left.items())
    pieces.append(ending)
    return b"".join(pieces)


def _attribute(name: str, value: str | None) -> bytes:
    return b"" if value is None else f" {name}={quoteattr(value)}".encode()


def xml_text(text: str) -> str:
    """A text between tags: without what XML and a cell cannot carry, and nothing in it is markup."""
    return _escaped(excel_text(_LOOKS_ESCAPED.sub(r"_x005F_\1", text)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


class Splices:
    """Changes to the bytes of a part, applied together at the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._changes: list[tuple[int, int, int, bytes]] = []

    def __bool__(self) -> bool:
        """Whether there is any change."""
        return bool(self._changes)

    def replace(self, start: int, end: int, new: bytes | str) -> None:
        """Put something in the place of bytes. Places must not overlap."""
        content = new.encode("utf-8") if isinstance(new, str) else new
        self._changes.append((start, end, len(self._changes), content))

    def insert(self, at: int, new: bytes | str) -> None:
        """Put something before a byte; of several at one place the first stands first."""
        self.replace(at, at, new)

    def set_attributes(self, node: Node, changes: Mapping[str, str | None]) -> None:
        """Change the attributes of an element."""
        self.replace(node.start, node.inside, with_attributes(self.data[node.start : node.inside], changes))

    def append(
        self, node: Node, new: bytes | str, attributes: Mapping[str, str | None] | None = None
    ) -> None:
        """Put something at the end of what is in an element, also where it is written as an empty tag."""
        content = new.encode("utf-8") if isinstance(new, str) else new
        opening = with_attributes(self.data[node.start : node.inside], attributes or {})
        if node.is_empty_tag:
            name = node.tag(node.name)
            opened = opening.removesuffix(b"/>").rstrip() + b">"
            self.replace(node.start, node.end, opened + content + f"</{name}>".encode())
            return
        if attributes:
            self.replace(node.start, node.inside, opening)
        self.insert(node.close, content)

    def result(self) -> bytes:
        """The part with all changes."""
        return b"".join(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        at = 0
        # an insertion stands before the replacement of what begins there
        for start, end, _order, content in sorted(self._changes, key=lambda change: change[:3]):
            yield self.data[at:start]
            yield content
            at = end
        yield self.data[at:]
