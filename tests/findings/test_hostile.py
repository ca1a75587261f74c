"""What people wrote in a workbook steers neither a terminal, nor a log, nor a page that shows it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console
from rich.text import Text

from dualeco_cli.checks.formats import FORMATS, segments, summarise
from dualeco_cli.checks.formats.escape import (
    for_json,
    for_markdown,
    for_property,
    for_xml,
    shortened,
    visible,
)
from dualeco_cli.model.finding import FindingsReport, Severity

from .samples import CONTEXT, HOSTILE, finding, hostile

# Pieces that mean something to one of the sinks, glued together at random.
PIECES = st.sampled_from(
    [*HOSTILE, "|", "`", "\\", "\n", "\r", "::", "%", ",", "<", "&", "]", "(", "!", "'", " "]
)
HARM = st.lists(PIECES | st.text(max_size=5), max_size=6).map("".join)


def report_of(text: str) -> FindingsReport:
    text = text or "x"
    return summarise(
        [
            finding(
                severity=severity,
                file=f"f{text}",
                sheet=text,
                cell=cell,
                header=text,
                found=text,
                expected=text + "y",
                suggestion=text + "z",
                message=f"{text}!",
            )
            for severity in Severity
            for cell in ("B2", "B3", "4:4", None)
        ],
        [],
    )


def is_printable(text: str) -> bool:
    return all(
        character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        for character in text
    )


def check_text(text: str) -> None:
    assert is_printable(text)


def check_concise(text: str) -> None:
    assert is_printable(text)
    for line in text.splitlines():
        assert re.search(r": (error|warning|note) C102 number-expected ", line)


def check_json(text: str) -> None:
    assert is_printable(text)
    json.loads(text)


def check_github(text: str) -> None:
    assert is_printable(text)
    *commands, last = text.splitlines()
    assert re.fullmatch(r"\d+ files?: [\w, ]+", last)
    for line in commands:
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert match
        assert all(re.match(r"(title|file|line|col)=[^,:]*$", part) for part in match[2].split(","))
        assert not re.search(r"%(?!25|0A|3A|2C)", match[2])
        assert not re.search(r"%(?!25|0A)", match[3])


def check_sarif(text: str) -> None:
    assert is_printable(text)
    for result in json.loads(text)["runs"][0]["results"]:
        assert "](" not in result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~%/:-]+", uri)


def check_junit(text: str) -> None:
    assert is_printable(text)
    assert "]]>" not in text
    root = ElementTree.fromstring(text)
    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "system-out",
    }
    for output in root.iter("system-out"):
        assert "[[" not in (output.text or "")


def check_markdown(text: str) -> None:
    assert is_printable(text)
    allowed = {"text", "softbreak", "html_inline", "strong_open", "strong_close", "code_inline"}
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        assert token.type not in {"html_block", "fence", "code_block", "blockquote_open"}
        for child in token.children or []:
            assert child.type in allowed, (child.type, text)
            assert child.type != "html_inline" or child.content == "<br>"
            assert child.type != "code_inline" or child.content.startswith("dualeco ")
    for line in text.splitlines():
        # Every pipe left is a border: five to a row of four cells.
        assert line.count("|") in {0, 5}
        assert line[:2] in {"", "| ", "**", "##", "… "}
    assert not re.search(r"[@#!]\w|://|www\.", text.replace("&#", "&"))


CHECKS: dict[str, Callable[[str], None]] = {
    "text": check_text,
    "concise": check_concise,
    "json": check_json,
    "github": check_github,
    "sarif": check_sarif,
    "junit": check_junit,
    "markdown": check_markdown,
}


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_study(name: str) -> None:
    CHECKS[name](FORMATS[name](hostile(), CONTEXT))


@pytest.mark.parametrize("name", FORMATS)
@given(text=HARM)
def test_hostile_text(name: str, text: str) -> None:
    CHECKS[name](FORMATS[name](report_of(text), CONTEXT))


@given(text=HARM)
def test_json_says_the_same(text: str) -> None:
    report = report_of(text)
    assert FindingsReport.model_validate_json(FORMATS["json"](report, CONTEXT)) == report


def test_markup_is_no_markup_on_a_terminal() -> None:
    console = Console(force_terminal=True, width=80, color_system=None)
    with console.capture() as capture:
        console.print(Text.assemble(*segments(hostile())), soft_wrap=True)
    assert "[bold]x[/bold] [/] :smile:" in capture.get()
    assert "\x1b[2J" not in capture.get()
    assert r"\x1b[2J" in capture.get()


def test_visible_shows_what_cannot_be_seen() -> None:
    assert visible("ti\u200btel\u00ad\n\t\x1b\u202e\U000e0041") == (
        r"ti\u200btel\xad\n\t\x1b\u202e\U000e0041"
    )
    assert visible("Qualità, naïve – Ökosystem 日本 ✓") == "Qualità, naïve – Ökosystem 日本 ✓"


def test_shortened_cuts_before_it_shows() -> None:
    assert shortened("\x1b" * 400) == r"\x1b" * 299 + "…"


def test_json_keeps_its_layout_and_its_data() -> None:
    document = json.dumps({"a": "\u202e\U000e0041\x9b"}, ensure_ascii=False, indent=2)
    assert for_json(document) == '{\n  "a": "\\u202e\\udb40\\udc41\\u009b"\n}'
    assert json.loads(for_json(document)) == json.loads(document)


def test_commands_decode_to_what_was_meant() -> None:
    assert for_property("100%0A, a:b\n") == "100%250A%2C a%3Ab%0A"


def test_xml_keeps_our_line_breaks_only() -> None:
    assert for_xml("a\nb\x00 <c> ]]> \"'") == "a\nb\\x00 &lt;c&gt; ]]&gt; &quot;&#x27;"


@given(text=HARM)
def test_markdown_shows_the_text_itself(text: str) -> None:
    (block,) = MarkdownIt("commonmark").parseInline(f"x{for_markdown(text)}x")
    shown = "".join(child.content for child in block.children or [])
    assert shown.replace("\u2060", "") == f"x{visible(text)}x"
