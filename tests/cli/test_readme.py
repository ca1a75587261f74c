"""What the README shows is what happens: every command and every block of code in it is run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)


def dualeco_lines() -> list[str]:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    found = [re.search(r"(?:^|/|&& )dualeco (.+)$", line.split("#")[0].rstrip()) for line in lines]
    return [match[1] for match in found if match]


@pytest.mark.parametrize("line", dualeco_lines())
def test_command_of_the_readme(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, shlex.split(line))
    assert result.exit_code == 0, result.output
    for name in re.findall(r"-o (\S+)", line):
        assert (tmp_path / name).stat().st_size > 0


def test_there_are_commands_to_test() -> None:
    commands = [line.split()[0] for line in dualeco_lines()]
    assert commands[0] == "score"
    assert {"validate", "targets", "indicators", "rules", "schema"} <= set(commands)


@pytest.mark.parametrize("code", blocks("python"))
def test_code_of_the_readme(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "urratsbat" in done.stdout


def test_set_up_installs_what_is_locked() -> None:
    script = (ROOT / "setup.sh").read_text(encoding="utf-8")
    assert os.access(ROOT / "setup.sh", os.X_OK)
    for lock in re.findall(r"requirements\S*\.lock", script):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_ci_calls_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "./setup.sh --dev" in script
    assert ".venv/bin/pytest -n auto" in script
    assert any("./setup.sh --dev && .venv/bin/pytest -n auto" in block for block in blocks("sh"))
