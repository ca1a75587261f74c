"""What a shell is told that completes a command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app
from dualeco_cli.cli.commands import SUMMARIES


def completed(line: str) -> list[str]:
    """The words that bash is offered at the end of a line."""
    words = line.split(" ")
    environment = {
        "_DUALECO_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    result = CliRunner().invoke(app, [], env=environment, prog_name="dualeco")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.stdout.split()


def test_commands_are_offered_in_the_order_of_the_help() -> None:
    assert completed("dualeco ") == list(SUMMARIES)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("dualeco val", ["validate"]),
        ("dualeco t", ["targets", "template"]),
        ("dualeco nothing", []),
        ("dualeco --vers", ["--version"]),
        ("dualeco --version val", ["validate"]),
        ("dualeco --lang it validate --form", ["--format"]),
        ("dualeco validate --format json --form", []),
        ("dualeco score --samples many --see", ["--seed"]),
    ],
)
def test_what_fits_is_offered_and_nothing_else(line: str, offered: list[str]) -> None:
    assert completed(line) == offered


def test_a_description_is_one_line() -> None:
    """Some shells take each line for another word."""
    environment = {"_DUALECO_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    environment["_TYPER_COMPLETE_ARGS"] = "dualeco "
    result = CliRunner().invoke(app, [], env=environment, prog_name="dualeco")
    names = [line.partition("\t")[0] for line in result.stdout.splitlines()]
    assert [name for name in names if name] == list(SUMMARIES)


def test_completing_loads_neither_the_commands_nor_pydantic() -> None:
    program = (
        "import sys; sys.argv = ['dualeco']\n"
        "from dualeco_cli.cli.run import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print({'pydantic', 'dualeco_cli.cli.validate'} & set(sys.modules))"
    )
    asked = {"_DUALECO_COMPLETE": "complete_bash", "COMP_WORDS": "dualeco val", "COMP_CWORD": "1"}
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["validate", "set()"]
