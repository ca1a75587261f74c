"""The manual page: it is that of the commands, and shows what they say, character by character."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tools import build_man
from typer.main import get_command

from dualeco_cli.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


def shown(page: Path) -> str:
    """What ``man`` shows of a page, on wide lines and without emphasis."""
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=400n", str(page)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


def test_the_page_is_that_of_the_commands() -> None:
    assert build_man.PAGE.read_text(encoding="utf-8") == build_man.page(), "run tools/build_man.py"


def test_every_command_and_option_is_on_the_page() -> None:
    page = build_man.page()
    program: Any = get_command(app)
    for name, command in program.commands.items():
        section = re.search(
            rf"^\.SS {re.escape(build_man.roff(name))}\n(.*?)(?=^\.S[SH] )", page, re.MULTILINE | re.DOTALL
        )
        assert section is not None, name
        for option in (word for param in command.params if not param.hidden for word in param.opts):
            if option.startswith("-"):
                assert rf"\fB{build_man.roff(option)}\fR" in section[1], (name, option)


def test_the_page_has_requests_and_escapes_that_roff_knows_only() -> None:
    for line in build_man.page().splitlines():
        if line.startswith("."):
            assert re.match(r"\.(TH|SH|SS|PP|TP|RS|RE|nf|fi|\\\") ?", line), line
        assert not line.startswith("'")
        rest = re.sub(r'\\(e|-|&|\(aq|\(dq|\(ga|\(ha|\(ti|fB|fI|fR|\[u[0-9A-F]{4,6}\]|")', "", line)
        assert "\\" not in rest, line
        assert line.isascii()


HOSTILE = (
    ".SH begins like a request",
    "'br so does this",
    r"back\slash, \fB no bold \*[no] string",
    "quotes \"double\" 'single' `grave` ^ ~",
    "--an-option -x",
    "Ñandú – žluťoučký “kůň” 10 % €",
)


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not here")
def test_hostile_text_is_shown_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "page.1"
    lines = "".join(f".PP\n{build_man.roff(text)}\n" for text in HOSTILE)
    page.write_text(f'.TH PAGE 1 "" "page" "Pages"\n.SH NAME\n{lines}', encoding="utf-8")
    text = shown(page)
    for line in HOSTILE:
        assert line in text, line


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not here")
def test_the_page_is_set_without_a_warning() -> None:
    text = shown(build_man.PAGE)
    assert "dualeco score practices.xlsx --target lombardy -o scores.xlsx -o scores.json" in text
    assert re.search(r"^ +130 +Interrupted\.$", text, re.MULTILINE)
