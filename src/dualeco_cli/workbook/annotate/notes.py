"""The notes of a sheet: ours beside the user's, in the part of the texts and in that of the boxes.

Excel keeps a note in two places: its text among the comments, its box in a drawing of an old kind (VML).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from dualeco_cli.language import _
from dualeco_cli.model.names import cell_name
from dualeco_cli.workbook.annotate.labels import begins_like_ours
from dualeco_cli.workbook.annotate.outline import Impossible, Node, Splices, outline, text_of, xml_text
from dualeco_cli.workbook.annotate.scan import MAIN, Scan

#: The author of our notes, by whom they are known again; LibreOffice drops authors, so also by their text.
AUTHOR: Final = "dualeco"
#: What stands between a user's note and what we add to it.
_MARK: Final = f"— {AUTHOR} —"
#: Excel keeps no more characters in a note; some are for what stands between.
_MOST_TEXT: Final = 32_000
#: A thread of comments leaves a note with such an author, which newer programs do not show.
_THREAD = "tc="

#: Boxes of notes take their numbers from blocks of so many.
_BLOCK = 1024
_BOX_NUMBER = re.compile(rb"_x0000_s([0-9]{1,9})\b")
# prefixes differ: openpyxl makes up its own
_BLOCKS = re.compile(rb"<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*[\"']([0-9, ]*)[\"']")
_BOX = re.compile(rb"<((?:\w+:)?)shape\s.*?</\1shape>\s*", re.DOTALL)
_AT = re.compile(rb"<(?:\w+:)?Row>\s*([0-9]+)\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*([0-9]+)\s*<")
_END = re.compile(rb"</xml\s*>\s*\Z", re.IGNORECASE)
_NAMESPACES: Mapping[str, str] = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
#: Width of a box in pixels; height of a line and how many characters go into one; least and greatest height.
_BOX_WIDTH, _LINE, _LINE_CHARACTERS, _LOWEST, _HIGHEST = 330, 16, 52, 60, 420
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575


class Note(NamedTuple):
    """What is to be said at a cell: its first line is set in bold. Rows and columns count from 1."""

    row: int
    column: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The part of the texts as it is to be, and which notes need a box or lose theirs."""

    content: bytes
    new: tuple[Note, ...]
    gone: frozenset[tuple[int, int]]
    #: Notes for cells whose own note cannot take them up: it is full, or belongs to a conversation, and
    #: nobody would see what was added to it.
    untold: tuple[Note, ...]


def is_annotated(data: bytes, part: str) -> bool:
    """Whether a part of texts has notes of an earlier run, or additions to the user's notes."""
    if _MARK.encode() in data:
        return True
    root = outline(data, part)
    own, listed = _own_authors(root, data), root.first("commentList")
    return any(_is_own(data, comment, own) for comment in (listed.named("comment") if listed else ()))


def _authors(root: Node) -> list[Node]:
    node = root.first("authors")
    return [] if node is None else node.named("author")


def _own_authors(root: Node, data: bytes) -> set[str]:
    return {str(index) for index, node in enumerate(_authors(root)) if text_of(data, node) == AUTHOR}


def _is_own(data: bytes, comment: Node, own: Collection[str]) -> bool:
    if comment.attributes.get("authorId") in own:
        return True
    return begins_like_ours("".join(text_of(data, piece) for _run, piece in _pieces(comment)))


def _pieces(comment: Node) -> list[tuple[Node, Node]]:
    """The elements that hold the text of a note, in order, each with its run (or itself without one)."""
    text = comment.first("text")
    if text is None:
        return []
    plain = [(piece, piece) for piece in text.named("t")]
    return plain + [(run, piece) for run in text.named("r") for piece in run.named("t")]


def new_texts(notes: Iterable[Note]) -> Texts:
    """A part of texts where there was none."""
    empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}"><authors/>'
    return merged_texts(f"{empty}<commentList/></comments>".encode(), "comments", notes)


def merged_texts(data: bytes, part: str, notes: Iterable[Note]) -> Texts:
    """The part of texts with our notes. The user's stay; to those at the same cell ours is added."""
    root = outline(data, part)
    authors, listed = root.first("authors"), root.first("commentList")
    if root.uri != MAIN or authors is None or listed is None:
        raise Impossible(_("its part {part} is not as usual").format(part=part))
    splices = Splices(data)
    own = _own_authors(root, data)
    names = [text_of(data, node) for node in _authors(root)]
    wanted = {cell_name(note.row, note.column): note for note in notes}
    gone: set[tuple[int, int]] = set()
    untold: list[Note] = []
    for comment in listed.named("comment"):
        reference, author = comment.attributes.get("ref", ""), comment.attributes.get("authorId", "")
        if _is_own(data, comment, own):
            splices.replace(comment.start, comment.end, b"")
            place = _place(reference)
            if place is not None:
                gone.add(place)
            continue
        _strip(splices, comment)
        note = wanted.pop(reference, None)
        if note is None:
            continue
        held = sum(len(text_of(data, piece)) for _, piece in _pieces(comment))
        its_author = names[int(author)] if author.isdecimal() and int(author) < len(names) else ""
        if its_author.startswith(_THREAD) or held + len(note.text) > _MOST_TEXT:
            untold.append(note)
        else:
            _extend(splices, comment, note)
    prefix = f"{root.prefix}:" if root.prefix else ""
    index = min(own, key=int) if own else str(len(names))
    if wanted and not own:
        splices.append(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>")
    new = tuple(wanted.values())
    if new:
        splices.append(listed, "".join(_comment(note, index, prefix) for note in new))
    return Texts(splices.result(), new, frozenset(gone), tuple(untold))


def _place(reference: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _runs(note: Note, prefix: str, before: str = "") -> str:
    font = f'<{prefix}sz val="9"/><{prefix}color indexed="81"/><{prefix}rFont val="Tahoma"/>'
    bold = f'<{prefix}rPr><{prefix}b/>{font}<{prefix}family val="2"/></{prefix}rPr>'
    plain = f'<{prefix}rPr>{font}<{prefix}family val="2"/></{prefix}rPr>'
    heading = xml_text(before + note.heading)
    return (
        f'<{prefix}r>{bold}<{prefix}t xml:space="preserve">{heading}</{prefix}t></{prefix}r>'
        f'<{prefix}r>{plain}<{prefix}t xml:space="preserve">\n{xml_text(note.text)}</{prefix}t></{prefix}r>'
    )


def _comment(note: Note, author: str, prefix: str) -> str:
    return (
        f'<{prefix}comment ref="{cell_name(note.row, note.column)}" authorId="{author}"><{prefix}text>'
        f"{_runs(note, prefix)}</{prefix}text></{prefix}comment>"
    )


def _strip(splices: Splices, comment: Node) -> None:
    """Take what an earlier run added from a user's note: all from our mark on."""
    pieces = [(run, piece, text_of(splices.data, piece)) for run, piece in _pieces(comment)]
    first = next((index for index, (_, _, text) in enumerate(pieces) if _MARK in text), len(pieces))
    for index, (run, piece, text) in enumerate(pieces):
        if index == first and (kept := text.partition(_MARK)[0].rstrip()):
            splices.replace(piece.inside, piece.close, xml_text(kept))
        elif index >= first:
            splices.replace(run.start, run.end, b"")


def _extend(splices: Splices, comment: Node, note: Note) -> None:
    text = comment.first("text")
    prefix = f"{comment.prefix}:" if comment.prefix else ""
    if text is None or text.is_empty_tag:
        raise Impossible(_("one of its notes has no text"))
    plain = text.first("t")
    if plain is not None:  # a text beside runs is not shown by all programs; as a run of its own it is
        splices.insert(plain.start, f"<{prefix}r>")
        splices.insert(plain.end, f"</{prefix}r>")
    runs = [*text.named("r"), *([plain] if plain is not None else [])]
    at = max((run.end for run in runs), default=text.inside)
    splices.insert(at, _runs(note, prefix, before=f"\n\n{_MARK}\n"))


# -- boxes -------------------------------------------------------------------------------------------


def blocks_of(drawing: bytes) -> set[int]:
    """The blocks of numbers that a drawing uses."""
    named = {int(n) for match in _BLOCKS.finditer(drawing) for n in match[1].replace(b",", b" ").split()}
    return named | {int(match[1]) // _BLOCK for match in _BOX_NUMBER.finditer(drawing)}


def new_boxes(texts: Texts, scan: Scan, first_block: int) -> bytes:
    """A drawing with the boxes of our notes, where the sheet had none."""
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    return merged_boxes(f"<xml{names}></xml>".encode(), texts, scan, first_block)


def merged_boxes(drawing: bytes, texts: Texts, scan: Scan, first_block: int) -> bytes:
    """The drawing with the boxes of our notes, and without those of notes that are gone."""
    if texts.gone:
        drawing = _BOX.sub(lambda box: b"" if _box_place(box[0]) in texts.gone else box[0], drawing)
    end = _END.search(drawing)
    root = re.search(rb"<xml\b[^>]*>", drawing)
    if end is None or root is None:
        raise Impossible(_("the drawing of its notes is not as usual"))
    if not texts.new:
        return drawing
    names = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in _NAMESPACES.items()
        if not re.search(rb"xmlns:%s\s*=\s*[\"']%s[\"']" % (prefix.encode(), uri.encode()), root[0])
    )
    pieces = [] if b'id="_x0000_t202"' in drawing else [_SHAPE_TYPE]
    for number, note in enumerate(texts.new):
        pieces.append(_box(note, first_block * _BLOCK + 1 + number, number + 1, scan))
    boxes = "".join(pieces).replace("<v:shape ", f"<v:shape{names} ")
    boxes = boxes.replace("<v:shapetype ", f"<v:shapetype{names} ")
    drawing = drawing[: end.start()] + boxes.encode() + drawing[end.start() :]
    last_block = first_block + (len(texts.new) // _BLOCK)
    return _with_blocks(drawing, range(first_block, last_block + 1), root.end(), names)


def blocks_needed(texts: Texts) -> int:
    """How many blocks of numbers the boxes of our notes take."""
    return len(texts.new) // _BLOCK + 1


def _with_blocks(drawing: bytes, blocks: range, root_end: int, names: str) -> bytes:
    added = ",".join(map(str, blocks)).encode()
    match = _BLOCKS.search(drawing)
    if match:
        joined = b",".join(filter(None, (match[1].strip(), added)))
        return drawing[: match.start(1)] + joined + drawing[match.end(1) :]
    layout = b'<o:shapelayout%s v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>'
    return drawing[:root_end] + layout % (names.encode(), added) + drawing[root_end:]


def _box_place(box: bytes) -> tuple[int, int] | None:
    match = _AT.search(box)
    return (int(match[1]) + 1, int(match[2]) + 1) if match else None


def _box(note: Note, number: int, level: int, scan: Scan) -> str:
    left, left_rest, right, right_rest = _span(note.column, 15, _BOX_WIDTH, scan.width, _LAST_COLUMN)
    height = min(_HIGHEST, max(_LOWEST, _LINE * (_lines(note.heading) + _lines(note.text)) + 12))
    start = max(0, note.row - 2)
    top, top_rest, bottom, bottom_rest = _span(start, 10 if start else 2, height, scan.height, _LAST_ROW)
    anchor = (left, left_rest, top, top_rest, right, right_rest, bottom, bottom_rest)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;margin-left:0;margin-top:0;width:{_BOX_WIDTH * 0.75:g}pt;'
        f'height:{height * 0.75:g}pt;z-index:{level};visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{', '.join(map(str, anchor))}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{note.row - 1}</x:Row><x:Column>{note.column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _lines(text: str) -> int:
    return sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n"))


def _span(
    start: int, offset: int, length: float, size: Callable[[int], float], last: int
) -> tuple[int, int, int, int]:
    """Start and end of a box along one direction: cells counted from 0, and pixels within them.

    ``start`` is the cell, counted from 0, that the box begins in.
    """
    start = min(start, last)
    at, rest = start, offset + length
    while at < last and rest >= size(at + 1):
        rest -= size(at + 1)
        at += 1
    return start, offset, at, int(min(rest, size(at + 1)))
