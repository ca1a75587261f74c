"""Runs a page of the documentation as its reader would: commands typed, cells changed, results compared.

What stands on a page in these forms is done, from top to bottom, in a folder with a copy of ``examples``:

* A fenced block ``console``. A line ``$ dualeco …`` is run; the lines below it must stand in its output in
  that order. A line that ends with ``…`` is the beginning of one, and ``…`` alone stands for any lines left
  out. ``[exit 1]`` at the end says how the command ends; without it, it has to succeed.
* A table whose columns are ``workbook``, ``sheet``, ``cell``, ``there now``, ``write``. Each row is a change
  that the reader makes in the spreadsheet program: what is there must be what the page says. A table with the
  columns ``panel.xlsx, Panel``, ``A``, ``B`` … is a piece of a sheet: row numbers, and what goes into cells
  that are blank so far.

    page = Page(ROOT / "docs" / "own-framework.md")
    page.follow(tmp_path)
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from dualeco_cli.cli.app import app

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CHANGES = ["workbook", "sheet", "cell", "there now", "write"]

_BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)
_TABLE = re.compile(r"^\|.*\n(?:\|.*(?:\n|$))+", flags=re.MULTILINE)
_PIECE = re.compile(r"(\S+\.xlsx), (\S+)")
_LETTERS = re.compile(r"[A-Z]+")
_EXIT = re.compile(r"\[exit (\d+)\]")


@dataclass(frozen=True)
class Command:
    """A command, the lines that its output must have, and how it ends."""

    line: str
    shown: tuple[str, ...]
    exit_code: int


@dataclass(frozen=True)
class Change:
    """A cell that the reader changes; a blank one is ``""``."""

    workbook: str
    sheet: str
    cell: str
    before: str
    after: str


class Page:
    """A page of the documentation."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8")
        found: list[tuple[int, Command | Change]] = []
        for match in _BLOCK.finditer(text):
            if match[1] == "console":
                found += [(match.start(), command) for command in _commands(match[2])]
        # what stands in a block is no table of the page
        outside = _BLOCK.sub(lambda match: "\n" * len(match[0]), text)
        for match in _TABLE.finditer(outside):
            found += [(match.start(), change) for change in _changes(match[0])]
        self.steps = [step for _, step in sorted(found, key=lambda pair: pair[0])]

    @property
    def commands(self) -> list[Command]:
        """The commands of the page, in order."""
        return [step for step in self.steps if isinstance(step, Command)]

    def follow(self, folder: Path) -> None:
        """Do all that the page says in a folder. Raises AssertionError where it is not as the page says."""
        if not (folder / "examples").exists():
            shutil.copytree(EXAMPLES, folder / "examples")
        before = Path.cwd()
        os.chdir(folder)
        try:
            for step in self.steps:
                if isinstance(step, Command):
                    run(step)
                else:
                    change(step)
        finally:
            os.chdir(before)


def _commands(block: str) -> Iterator[Command]:
    line, shown, exit_code = "", list[str](), 0
    for text in [*block.replace("\\\n", " ").splitlines(), "$ "]:
        ended = _EXIT.fullmatch(text.strip())
        if text.startswith("$ "):
            if line:
                yield Command(line, tuple(shown), exit_code)
            line, shown, exit_code = text[2:].strip(), [], 0
        elif ended:
            exit_code = int(ended[1])
        elif text.strip():
            shown.append(text.strip())


def _changes(table: str) -> Iterator[Change]:
    rows = [
        [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        for line in table.splitlines()
    ]
    if rows[0] == CHANGES:
        for row in rows[2:]:
            yield Change(*row)
    elif (piece := _PIECE.fullmatch(rows[0][0])) and all(map(_LETTERS.fullmatch, rows[0][1:])):
        for number, *cells in rows[2:]:
            for letter, after in zip(rows[0][1:], cells, strict=True):
                if after:
                    yield Change(piece[1], piece[2], f"{letter}{number}", "", after)


def run(command: Command) -> None:
    """Run a command and compare what it says. Raises AssertionError."""
    program, *arguments = shlex.split(command.line)
    assert program == "dualeco", command.line
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == command.exit_code, f"{command.line}\n{result.output}"
    lines = iter([" ".join(line.split()) for line in result.output.splitlines()])
    for shown in command.shown:
        if shown != "…":
            assert any(_is(line, " ".join(shown.split())) for line in lines), (
                f"{command.line}\ndoes not say {shown!r} there:\n{result.output}"
            )


def _is(line: str, shown: str) -> bool:
    return line.startswith(shown[:-1].rstrip()) if shown.endswith("…") else line == shown


def change(step: Change) -> None:
    """Change a cell of a workbook, as a spreadsheet program would. Raises AssertionError where it differs."""
    with warnings.catch_warnings():
        # openpyxl tells of drop-down lists that it leaves out; nothing here needs them
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(step.workbook)
    cell = book[step.sheet][step.cell]
    assert str("" if cell.value is None else cell.value) == step.before, step
    number = re.fullmatch(r"-?\d+(\.\d+)?", step.after)
    cell.value = float(step.after) if number else step.after or None
    book.save(step.workbook)
