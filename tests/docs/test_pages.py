"""What the documentation shows is what happens: every command and every block of code in it is run."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
#: Written from the code by tools/build_*.py, which CI compares; their examples are those of the help.
GENERATED = {"rules.md", "commands.md", "workbook.md", "json.md"}
#: Lines of shell that are no command of dualeco, and the test that runs what they say.
ELSEWHERE = {
    "python tools/catalogues.py": "tests/languages/test_catalogues.py",
}


def steps(page: Path) -> list[tuple[str, str]]:
    """The blocks of a page that are run, in their order: language and text."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r"^```(sh|python|toml|sql)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader stands: the examples are there, and what the page makes stays there."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name not in GENERATED and steps(page)],
    ids=lambda page: page.stem,
)
def test_a_reader_can_follow_the_page(page: Path, folder: Path) -> None:
    run = {"sh": run_commands, "python": run_code, "toml": use_settings, "sql": run_query}
    for language, text in steps(page):
        run[language](text, folder)


def run_commands(text: str, folder: Path) -> None:
    for line in text.replace("\\\n", " ").splitlines():
        command, _, remark = line.partition("  #")
        program, *arguments = shlex.split(command, comments=True) or ["#"]
        if program != "dualeco":
            assert program == "#" or any(command.strip().startswith(known) for known in ELSEWHERE), line
            continue
        result = CliRunner().invoke(app, arguments)
        wanted = int(found[1]) if (found := re.search(r"exits with (\d)", remark)) else 0
        assert result.exit_code == wanted, f"{line}\n{result.output}"
        for name in re.findall(r"(?:-o|--output|--annotate) (\S+)", command):
            assert (folder / name).exists(), name


def run_code(text: str, folder: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", text]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def run_query(text: str, folder: Path) -> None:  # it is where the query looks for files
    answer = duckdb.sql(text)
    assert answer is not None
    assert answer.fetchall()


def use_settings(text: str, folder: Path) -> None:
    tomllib.loads(text)
    settings = folder / "settings.toml"
    settings.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["--config", str(settings), "validate", "examples/practices.xlsx"])
    # 2 would be wrong usage; whether the example passes under these settings is not the question
    assert result.exit_code in {0, 1}, result.output


def test_tests_named_for_other_lines_exist() -> None:
    for test in ELSEWHERE.values():
        assert (ROOT / test).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_notebook_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "examples" / "notebook.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "fiera-dei-mestieri" in done.stdout
