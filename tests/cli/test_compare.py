"""``dualeco compare`` on a study computed by hand.

One condition a; high has 4, middle 2, low 0, none nothing. wide requires 4: v is 1, 0.5 and 0. narrow
requires 2: v is 1, 1 and 0.5; it comes from low. nothing requires 0: v is 1 everywhere, known or not.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dualeco_cli.cli.app import app
from tests.support.interrupting import INTERRUPTED, environment

SHEETS = {
    "Dimensions": "id,name\nd,Conditions\n",
    "Indicators": """
id,dimension,name,role,objective,weight
a,d,Laws,condition,,1
b,d,Early leavers,need,quality,0
""",
    "Ecosystems": "id,name\nhigh,High\nmiddle,Middle\nlow,Low\nnone,Nowhere\n",
    "Profile": """
ecosystem,indicator,value
high,a,4
middle,a,2
low,a,0
high,b,4
low,b,1
""",
    "Practices": """
id,title,source
wide,Wide practice,away
narrow,Narrow practice,low
nothing,Easy practice,away
""",
    "Requirements": "practice,a\nwide,4\nnarrow,2\nnothing,0\n",
}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows(result: Result, heading: str) -> list[str]:
    """The rows of the table below a heading, with single blanks."""
    lines = result.stdout.split(heading)[1].splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("───"))
    found = []
    for line in lines[start + 1 :]:
        if not line.strip():
            break
        found.append(" ".join(line.split()))
    return found


def test_practices_by_targets(study: Path) -> None:
    result = run("compare", study, "--samples", "0")
    assert result.exit_code == 0, result.output
    assert "3 practices for 3 regions" in result.stdout
    assert rows(result, "3 regions") == [
        "Narrow practice ██ 100.0 ✓ 50.0 ⌂ ██ 100.0 ✓",
        "Easy practice ██ 100.0 ✓ ██ 100.0 ✓ ██ 100.0 ✓",
        "Wide practice ██ 100.0 ✓ ░░ 0.0 ↓ ▒▒ 50.0 ≈",
    ]


def test_the_best_of_each(study: Path) -> None:
    result = run("compare", study, "-t", "high", "-t", "middle", "-t", "low", "--samples", "0")
    assert rows(result, "The best region for each practice") == [
        "Narrow practice Low High and Middle 100.0 ✓ transferable",
        "Easy practice away High, Middle and Low 100.0 ✓ transferable",
        "Wide practice away High 100.0 ✓ transferable",
    ]
    assert rows(result, "The best practice for each region") == [
        "High Narrow practice, Easy practice and Wide practice 100.0 ✓ transferable 3 of 3",
        "Middle Narrow practice and Easy practice 100.0 ✓ transferable 3 of 3",
        "Low Easy practice 100.0 ✓ transferable 2 of 3",
    ]


def test_similarity_of_the_regions(study: Path) -> None:
    result = run("compare", study, "-t", "high", "-t", "middle", "-t", "low", "-t", "none", "--samples", "0")
    # a: 1, 0.5 and 0; b: 1 and 0.25
    assert rows(result, "How alike the regions are") == [
        "High – 50% (1) 13% (2) –",
        "Middle 50% (1) – 50% (1) –",
        "Low 13% (2) 50% (1) – –",
        "Nowhere – – – –",
    ]


def test_one_target_is_no_comparison(study: Path) -> None:
    result = run("compare", study, "-t", "middle", "--samples", "0")
    assert result.exit_code == 0
    assert "There is only one region here, so there is nothing to compare it with." in result.stdout
    assert "How alike" not in result.stdout


def test_the_report_is_that_of_score(study: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    options = ("--target", "all", "--samples", "100", "-q")
    assert run("score", study, *options, "-o", one).exit_code == 0
    result = run("compare", study, *options, "-o", other, "-o", tmp_path / "book.xlsx")
    assert (result.exit_code, result.stdout) == (0, "")
    assert one.read_bytes() == other.read_bytes()
    targets = json.loads(other.read_text(encoding="utf-8"))["targets"]
    assert [target["id"] for target in targets] == ["high", "low", "middle"]


def test_fail_under_looks_at_all_targets(study: Path) -> None:
    assert run("compare", study, "-q", "--samples", "0", "--fail-under", "50").exit_code == 1
    assert run("compare", study, "-q", "-t", "high", "--samples", "0", "--fail-under", "50").exit_code == 0


def test_a_target_that_is_not_there(study: Path) -> None:
    result = run("compare", study, "-t", "midle")
    assert result.exit_code == 2
    assert 'Did you mean "middle"?' in result.stderr


def test_interrupted_it_leaves_nothing_behind(study: Path, tmp_path: Path) -> None:
    (study / "Requirements.csv").write_text("practice,a\nwide,4?\nnarrow,2?\nnothing,0\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "dualeco_cli",
        "compare",
        str(study),
        "-t",
        "all",
        "--samples",
        "100000000",
    ]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out.xlsx")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    # The warning about a practice that its own source falls short of comes before the draws.
    assert process.stderr is not None
    assert process.stderr.readline()
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=20)
    assert process.returncode in INTERRUPTED
    assert stdout == b""
    assert b"Traceback" not in stderr
    assert [path.name for path in tmp_path.iterdir()] == ["study"]
