"""``score --check``: a run that is repeated gives what it gave, or says where it does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dualeco_cli.cli.app import app

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "practices.xlsx"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["score", *arguments])


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, tmp_path / "practices.xlsx")
    done = run("practices.xlsx", "-t", "bremen", "--samples", "200", "--seed", "7", "-q", "-o", "old.json")
    assert done.exit_code == 0, done.output
    return tmp_path / "old.json"


def test_the_same_run_gives_the_same(report: Path) -> None:
    done = run("practices.xlsx", "--check", report.name)
    assert done.exit_code == 0, done.output
    assert "The result is that of old.json" in done.output


def test_a_changed_number_is_named(report: Path) -> None:
    content = json.loads(report.read_text(encoding="utf-8"))
    practice = next(p for p in content["targets"][0]["practices"] if p["id"] == "tkgune")
    practice["score"] += 0.5
    content["method"]["seed"] = 7
    report.write_text(json.dumps(content), encoding="utf-8")
    done = run("practices.xlsx", "--check", report.name)
    assert done.exit_code == 1
    assert "targets / bremen / practices / tkgune / score: 84.2" in done.output
    assert "1 place differs" in done.output


def test_another_workbook_is_named_by_its_checksum(report: Path) -> None:
    changed = report.parent / "practices.xlsx"
    changed.write_bytes(changed.read_bytes() + b"\0")
    done = run("practices.xlsx", "--check", report.name)
    assert done.exit_code in {1, 2}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"tool": 1}', "\x00"])
def test_no_report(report: Path, text: str) -> None:
    report.write_text(text, encoding="utf-8")
    done = run("practices.xlsx", "--check", report.name)
    assert done.exit_code == 2
    assert "report" in done.output
