"""The guide to a framework of one's own: all that it says is done, in its order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dualeco_cli.checks.catalogue import BY_CODE
from dualeco_cli.model.rows import Indicator
from tests.support.docs_pages import Change, Command, Page, change, run
from tests.support.sheets import workbook

PAGE = Page(Path(__file__).resolve().parents[2] / "docs" / "own-framework.md")


def test_the_page_can_be_followed(tmp_path: Path) -> None:
    assert [command.line.split()[1] for command in PAGE.commands] == [
        "template", "validate", "validate", "score", "score", "template", "score",
    ]  # fmt: skip
    PAGE.follow(tmp_path)
    assert (tmp_path / "ours.xlsx").stat().st_size > 0


def test_it_names_every_judgement_as_the_catalogue_does() -> None:
    named = re.findall(r"^\| ([a-z-]+) \| (W\d+) \|", PAGE.path.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [(rule.name, code) for code, rule in sorted(BY_CODE.items()) if code.startswith("W12")]
    assert named == wanted


def test_it_explains_every_column() -> None:
    text = PAGE.path.read_text(encoding="utf-8")
    explained = {
        name
        for row in re.findall(r"^\| ([a-z_0-9, …]+) \|", text, re.MULTILINE)
        for name in re.split(r", | … ", row)
    }
    assert set(Indicator.model_fields) - {"levels"} <= explained


class TestFollowing:
    """The helper itself: what a page says wrongly is found."""

    def test_an_output_that_differs(self) -> None:
        run(Command("dualeco rules W125", ("W125 weight-negligible …", "…", "Why"), 0))
        with pytest.raises(AssertionError, match="does not say"):
            run(Command("dualeco rules W125", ("Why", "W125 weight-negligible …"), 0))
        with pytest.raises(AssertionError):
            run(Command("dualeco rules W125", (), 1))

    def test_a_cell_that_differs(self, tmp_path: Path) -> None:
        path = str(workbook(tmp_path, "| Settings |\n| key | value |\n| name | ours |"))
        with pytest.raises(AssertionError):
            change(Change(path, "Settings", "B2", "theirs", "mine"))
        change(Change(path, "Settings", "B2", "ours", "mine"))
        change(Change(path, "Settings", "B2", "mine", "3"))
        change(Change(path, "Settings", "B2", "3", ""))
        change(Change(path, "Settings", "B2", "", "again"))

    def test_what_is_a_step(self, tmp_path: Path) -> None:
        path = tmp_path / "page.md"
        path.write_text(
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```sh\n$ dualeco no\n```\n"
            "| x.xlsx, Panel | A | D |\n| --- | --- | --- |\n| 2 | Member | |\n| 3 | | 5 |\n\n"
            "```console\n$ dualeco rules \\\n    X1\nSome …\n[exit 2]\n$ dualeco targets\n```\n",
            encoding="utf-8",
        )
        assert Page(path).steps == [
            Change("x.xlsx", "Panel", "A2", "", "Member"), Change("x.xlsx", "Panel", "D3", "", "5"),
            Command("dualeco rules      X1", ("Some …",), 2), Command("dualeco targets", (), 0)
        ]  # fmt: skip
