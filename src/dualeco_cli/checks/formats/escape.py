"""Text that users wrote, made harmless for each place it is printed to."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

#: Control and format characters (among them those that turn the direction of writing), lone surrogates, and
#: the two separators that some programs take for a line break.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_PLAIN = re.compile(r"[^ -~]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_WORD_JOINER = "&#8288;"
_MARKDOWN = re.compile(r"[&<>|`*_\[\]~\\$]")
# What a hosting service turns into a mention (which sends mail), a reference or a link, also after escaping.
_REFERENCE = re.compile(r"(?<=[@#!])(?=\w)|(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _is_unseen(character: str) -> bool:
    noncharacter = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return noncharacter or unicodedata.category(character) in _UNSEEN


def _show(match: re.Match[str]) -> str:
    character = match[0]
    if not _is_unseen(character):
        return character
    number = ord(character)
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return _SHORT.get(character) or (f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}")


def visible(text: str) -> str:
    r"""The text on one line; what cannot be seen, or steers a terminal, is written as ``\x1b``.

    That keeps a terminal and a log safe, and shows why two words that look the same are not.
    """
    return _NOT_PLAIN.sub(_show, text)


def shortened(text: str, longest: int = 300) -> str:
    """The text, :func:`visible`, cut to a length that people read."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return visible(text)


def for_json(text: str) -> str:
    r"""A JSON document with its unseen characters as ``\uXXXX``: the same data, harmless on a terminal."""

    def escape(match: re.Match[str]) -> str:
        character = match[0]
        # Line breaks and tabs in a document are its layout; those in strings are escaped already.
        if character in "\n\r\t" or not _is_unseen(character):
            return character
        units = character.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))

    return _NOT_PLAIN.sub(escape, text)


def for_command(text: str) -> str:
    """The message of a workflow command: only ``%`` and line breaks mean something in it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def for_property(text: str) -> str:
    """A property of a workflow command, which also ends at a colon or comma."""
    return for_command(text).replace(":", "%3A").replace(",", "%2C")


def for_xml(text: str) -> str:
    """Text or attribute of an XML document; what XML 1.0 cannot hold has been made visible."""
    return html.escape("\n".join(visible(line) for line in text.split("\n")))


def for_markdown(text: str) -> str:
    """Inline text of a Markdown document, also in a table.

    Character references are text to every dialect, while a backslash in front of a pipe is read differently
    by different ones.
    """
    return "".join(
        _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", part) + _WORD_JOINER
        for part in _REFERENCE.split(visible(text))
    ).removesuffix(_WORD_JOINER)
