"""``dualeco score`` with --plan and --by-assessor."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dualeco_cli.cli.app import app

from .studies import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("options") / "study")


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["score", str(folder), "--samples", "0", *options])


def words(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_without_them_there_is_neither(folder: Path) -> None:
    text = words(run(folder, "-t", "east"))
    assert "should change first" not in text
    assert "The assessors of East" not in text


def test_a_plan(folder: Path) -> None:
    text = words(run(folder, "-t", "east", "--plan", "--budget", "2"))
    assert "What East should change first" in text
    assert "Today 1 of 6 practices is transferable. With an effort of 1 of at most 2, 2 would be:" in text
    assert "Pace of change: from “In 10 years” (2) to “In 5 years” (3), effort 1." in text
    assert "That makes transferable: Travelling coach." in text
    assert "No other steps within an effort of 2 do more, and none do as much for less." in text


def test_a_plan_without_a_budget(folder: Path) -> None:
    text = words(run(folder, "-t", "east", "-t", "west", "--plan"))
    assert "With an effort of 1, 2 would be:" in text
    assert text.index("What East should change first") < text.index("What West should change first")


@pytest.mark.parametrize(
    "options", [["--budget", "3"], ["--plan", "--budget", "nan"], ["--plan", "--budget", "-1"]]
)
def test_a_budget_is_a_number_for_a_plan(folder: Path, options: list[str]) -> None:
    result = run(folder, "-t", "east", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--budget" in result.stderr


def test_assessors_side_by_side(folder: Path) -> None:
    text = words(run(folder, "-t", "east", "--by-assessor"))
    assert "Trades fair 1 (80.6) 1 (77.8) 1 (83.3) 1 (80.6)" in text
    assert "on the 4 questions that several of them answered" in text
    assert "Without the ratings of ane it would be" in text


def test_fewer_than_two_assessors(folder: Path) -> None:
    text = words(run(folder, "-t", "west", "--by-assessor"))
    assert "West has fewer than two assessors, so there are no rankings of assessors to compare." in text
    assert "The assessors of West" not in text


def test_quiet_is_quiet(folder: Path) -> None:
    result = run(folder, "-t", "east", "--by-assessor", "--plan", "-q")
    assert (result.exit_code, result.output) == (0, "")


def test_the_report_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    assert run(folder, "-t", "east", "-q", "-o", str(one)).exit_code == 0
    assert run(folder, "-t", "east", "-o", str(other), "--by-assessor", "--plan").exit_code == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_defect_while_planning_is_not_swallowed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dualeco_cli import api

    def fail(*_arguments: object) -> None:
        raise RuntimeError("no solver")

    monkeypatch.setattr(api, "plan_of", fail)
    result = run(folder, "-t", "east", "--plan")
    assert isinstance(result.exception, RuntimeError)
