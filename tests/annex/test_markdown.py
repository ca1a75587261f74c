from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from dualeco_cli.reports.annex import markdown
from dualeco_cli.reports.annex.markdown import escaped

from . import studies


def test_same_bytes() -> None:
    assert markdown.render(*studies.rich()) == markdown.render(*studies.rich())


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no item",
        "+ no item",
        "1. no item",
        "2014) no item",
        "> no quote",
        "---",
        "===",
        "***",
        "    no code",
        "```",
        "~~~",
        "*no* _emphasis_ **at** __all__ ~~gone~~",
        "[no](https://example.org) link",
        "![no](https://example.org/x.png) picture",
        "[no]: https://example.org",
        "<https://example.org>",
        "<b>no</b> <!-- html --> <script>",
        "&amp; &#42; &copy;",
        "a | b",
        "`no` code",
        "\\*no\\*",
        "ends with a backslash\\",
        "{{template}} {% tag %} $x^2$ ==mark==",
        "| a | b |",
        ": definition",
        "::: note",
    ],
)
@pytest.mark.parametrize("before", ["", "- ", "## ", "before **bold:** "])
def test_escaped(text: str, before: str) -> None:
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(before + escaped(" ".join(text.split())))
    )
    plain = html
    for tag in ("p", "ul", "li", "h2", "strong"):
        plain = plain.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in plain
    expected = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain.strip().removeprefix("before bold: ") == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://example.org/a", r"https\://example.org/a"),
        ("www.example.org", r"www\.example.org"),
        ("me@example.org", r"me\@example.org"),
        (":smile:", r"\:smile:"),
        ("80.1", "80.1"),
        ("at 12:30: go", "at 12:30: go"),
        ("-2+3", "-2+3"),
    ],
)
def test_what_wikis_turn_into_links_and_pictures(text: str, written: str) -> None:
    assert escaped(text) == written
