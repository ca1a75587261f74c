"""The files that other services read, as far as they can be tried without those services."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app
from dualeco_cli.cli.watch import stamp, watch

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "practices.xlsx"


def arguments_in(text: str) -> list[list[str]]:
    """The options of every ``dualeco validate`` in a text."""
    return [line.split() for line in re.findall(r"dualeco validate ([^\n`\"$]+)", text)]


def test_every_option_that_the_pages_name_exists() -> None:
    names = (".pre-commit-hooks.yaml", "tools/action.sh", "docs/ci/gitlab-ci.yml", "docs/ci.md")
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in names]
    used = {word for text in texts for words in arguments_in(text) for word in words if word.startswith("--")}
    used |= set(re.findall(r"(--(?:format|strict|output|select|ignore))", "\n".join(texts)))
    help_text = CliRunner().invoke(app, ["validate", "--help"]).output
    assert used - {"--"} <= set(re.findall(r"--[a-z-]+", help_text))
    assert "--format" in used


def test_the_hook_takes_the_files_that_dualeco_reads() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    pattern = re.search(r"files: (.+)", hook)
    assert pattern is not None
    for name in ("a.xlsx", "a.xlsm", "a.ods", "a.xls", "a.xlsb", "data/a.csv"):
        assert re.search(pattern[1], name), name
    assert not re.search(pattern[1], "a.docx")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
def test_the_action_runs_with_hostile_names(tmp_path: Path) -> None:
    good = tmp_path / "it's $(touch pwned) fine.xlsx"
    shutil.copy(EXAMPLE, good)
    tool = tmp_path / "dualeco"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dualeco_cli "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    environment = {
        **os.environ,
        "WORKBOOKS": f'"{good}"\n"{EXAMPLE}"',
        "STRICT": "false",
        "INDICATORS": "",
        "SARIF": str(tmp_path / "findings.sarif"),
    }
    done = subprocess.run(
        ["bash", str(ROOT / "tools" / "action.sh"), str(tool)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "::warning" in done.stdout
    assert (tmp_path / "findings.sarif").is_file()
    assert not (tmp_path / "pwned").exists()


def test_watch_runs_again_when_a_save_has_settled(tmp_path: Path) -> None:
    file = tmp_path / "study.csv"
    file.write_text("a", encoding="utf-8")
    runs: list[str] = []
    script: dict[int, Callable[[], object]] = {
        2: lambda: file.write_text("half", encoding="utf-8"),
        3: lambda: file.write_text("whole and well", encoding="utf-8"),
        6: lambda: (tmp_path / "~$study.csv").write_text("lock", encoding="utf-8"),
        8: file.unlink,
        9: lambda: file.write_text("saved anew", encoding="utf-8"),
    }
    looks = 0

    def wait(_seconds: float) -> None:
        nonlocal looks
        looks += 1
        script.get(looks, lambda: None)()

    watch(
        [str(file)],
        lambda: runs.append(file.read_text(encoding="utf-8") if file.exists() else "gone"),
        wait=wait,
        rounds=14,
    )
    assert runs == ["a", "whole and well", "saved anew"]


def test_watch_of_a_folder_looks_past_lock_files(tmp_path: Path) -> None:
    (tmp_path / "Practices.csv").write_text("a", encoding="utf-8")
    before = stamp([str(tmp_path)])
    (tmp_path / ".~lock.Practices.csv#").write_text("", encoding="utf-8")
    assert stamp([str(tmp_path)]) == before
