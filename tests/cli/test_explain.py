"""``dualeco explain`` on a study computed by hand.

One dimension, three conditions of the same weight. East has a 3, b 2, c 1; West a 4, b 0 and no c.

p1 requires a 4 and b 2, nothing is known of c: v is 0.75 and 1, coverage 2/3, score 100 · 1.75 / 2 = 87.5.
If c turned out worst, 100 · 1.75 / 3 = 58.33, if best 100 · 2.75 / 3 = 91.67.
p2 requires a 4! and b 0 and c 1: v is 0.75, 1 and 1, score 91.67, but blocked. One step of a, effort 2, lifts
that.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dualeco_cli.api import explain, load_study
from dualeco_cli.cli.app import app
from tests.support.interrupting import INTERRUPTED, environment

SHEETS = {
    "Dimensions": "id,name\nd,Conditions\n",
    "Indicators": """
id,dimension,name,role,effort,level_0,level_1,level_2,level_3,level_4
a,d,Laws,condition,2,none,a draft,for some,for all,in force
b,d,Money,condition,1,none,little,some,enough,plenty
c,d,People,condition,1,nobody,few,some,many,all
""",
    "Ecosystems": "id,name\neast,East\nwest,West\n",
    "Profile": """
ecosystem,indicator,value,year,source
east,a,3,2024,Law gazette
east,b,2,2024,
east,c,1,2024,
west,a,4,2024,
west,b,0,2024,
""",
    "Practices": "id,title,source\np1,First practice,west\np2,Second practice,west\n",
    "Requirements": "practice,a,b,c\np1,4,2,\np2,4!,0,1\n",
    "Basis": "practice,indicator,basis,origin,year\np1,a,Contracts need a law,interview,2023\n",
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


def words(result: Result) -> str:
    """What is on standard output, without its line breaks."""
    return " ".join(result.stdout.split())


def test_the_answer_in_sentences(study: Path) -> None:
    result = run("explain", study, "--practice", "p1", "--target", "east", "--samples", "0")
    assert result.exit_code == 0, result.output
    text = words(result)
    assert "First practice: transfer to East" in text
    assert "It is transferable: the score is 87.5 of 100, and transferable begins at 75." in text
    assert "It is the only practice with a rank in East." in text
    assert (
        "67% of the weight is known. If all that is unknown turned out at its worst, the score would be "
        "58.3; at its best, 91.7." in text
    )
    # 0.75 of a half, and what is missing of it
    assert "██████░░ 37.5 +12.5 Laws Needed: “in force” (4). In East: “for all” (3)." in text
    assert "████████ 50.0 Money Needed: “some” (2). In East: “some” (2)." in text
    assert "unknown People What is needed is not known. In East: “few” (1)." in text
    assert (
        "People: ask the owner of the practice. Then the score would lie between 58.3 and 91.7; the class is "
        "adaptable at worst and transferable at best." in text
    )
    # distances 0.25 and 0.5
    assert "West and East are 63% alike, going by the 2 indicators that are known of both" in text
    found = explain(load_study(study), "p1", "east", samples=0).similarity
    assert found is not None
    assert found.value == pytest.approx(0.625, abs=1e-12)


def test_a_barrier_and_the_way_around_it(study: Path) -> None:
    text = words(run("explain", study, "-p", "p2", "-t", "east", "--samples", "0"))
    assert "It is blocked: one barrier stands in the way, however good the rest is." in text
    assert "Laws (critical) Needed: “in force” (4). In East: “for all” (3)." in text
    assert "Laws must be at least “in force” (4); in East it is “for all” (3)." in text
    assert "Money: nothing of the kind is needed." in text
    assert "To make it transferable takes an effort of at least 2. East would have to move:" in text
    assert "Laws: from “for all” (3) to “in force” (4), effort 2. - The score would then be 100.0." in text
    assert "The class of “Second practice” is no longer blocked without “Laws”." in text


def test_sources_are_shown_on_request(study: Path) -> None:
    arguments = ("explain", study, "-p", "p1", "-t", "east", "--samples", "0")
    basis = "Basis: Contracts need a law (interview, 2023) East: Law gazette (2024, confidence medium)"
    assert basis in words(run(*arguments, "--sources"))
    assert "Basis:" not in words(run(*arguments))


def test_the_report_is_that_of_score_for_this_practice_alone(study: Path, tmp_path: Path) -> None:
    options = ("--target", "east", "--samples", "200", "--seed", "3", "--quiet")
    whole, alone = tmp_path / "whole.json", tmp_path / "alone.json"
    assert run("score", study, *options, "-o", whole).exit_code == 0
    result = run("explain", study, "-p", "p1", *options, "-o", alone)
    assert (result.exit_code, result.stdout) == (0, "")
    expected, found = read(whole), read(alone)
    assert {**found, "targets": None} == {**expected, "targets": None}
    (target,) = found["targets"]
    assert target["practices"] == [p for p in expected["targets"][0]["practices"] if p["id"] == "p1"]
    assert target["pairwise"] == {"practices": ["p1"], "wins": [[0.5]]}
    assert target["practices"][0]["score"] == pytest.approx(87.5, abs=1e-9)


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_other_reports_are_written_as_well(study: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"report{suffix}"
    result = run("explain", study, "-p", "p1", "-t", "east", "--samples", "0", "-o", out)
    assert result.exit_code == 0
    assert out.stat().st_size > 100
    assert f"Written: {out}" in result.stderr


def test_several_targets_one_after_the_other(study: Path) -> None:
    text = words(run("explain", study, "-p", "p1", "-t", "all", "--samples", "0"))
    assert "First practice: transfer to East" in text
    assert "First practice, at home in West" in text


@pytest.mark.parametrize("name", ["p1", " P1 ", "First practice", "FIRST-PRACTICE"])
def test_a_practice_is_known_by_id_and_title(study: Path, name: str) -> None:
    assert run("explain", study, "-p", name, "-t", "east", "--samples", "0").exit_code == 0


@pytest.mark.parametrize(
    ("name", "hint"),
    [("frist practice", 'Did you mean "p1"?'), ("Second practise", 'Did you mean "p2"?'), ("zebra", "")],
)
def test_a_practice_that_is_not_there(study: Path, name: str, hint: str) -> None:
    result = run("explain", study, "-p", name, "-t", "east")
    assert result.exit_code == 2
    assert f'there is no practice "{name}".{" " + hint if hint else ""} Known are p1, p2.' in result.stderr


def test_which_practice_and_which_target(study: Path) -> None:
    result = run("explain", study, "-t", "east")
    assert result.exit_code == 2
    assert "which practice? Give --practice with one of p1, p2." in result.stderr
    result = run("explain", study, "-p", "p1")
    assert result.exit_code == 2
    assert "which target?" in result.stderr


def test_fail_under_looks_at_this_practice(study: Path) -> None:
    arguments = ("explain", study, "-t", "east", "--samples", "0", "-q")
    assert run(*arguments, "-p", "p1", "--fail-under", "87.5").exit_code == 0
    assert run(*arguments, "-p", "p1", "--fail-under", "87.6").exit_code == 1
    # blocked: no rank, nothing to fall short
    assert run(*arguments, "-p", "p2", "--fail-under", "99").exit_code == 0


@pytest.mark.parametrize("compensation", ["partial", "none", "-3"])
def test_points_of_another_mean_are_differences_of_scores(study: Path, compensation: str) -> None:
    found = explain(load_study(study), "p1", "east", samples=0, compensation=compensation)
    # a met in full would leave v of 1 and 1
    (gap,) = found.gaps
    assert found.practice.score is not None
    assert gap.points == pytest.approx(100 - found.practice.score, abs=1e-9)
    text = words(
        run("explain", study, "-p", "p1", "-t", "east", "--samples", "0", "--compensation", compensation)
    )
    assert "Points" not in text
    assert "+" in text


def test_errors_in_the_data_are_shown(study: Path) -> None:
    (study / "Requirements.csv").write_text("practice,a\np1,9\n", encoding="utf-8")
    result = run("explain", study, "-p", "p1", "-t", "east")
    assert result.exit_code == 1
    assert result.stdout == ""


def test_interrupted_it_leaves_nothing_behind(study: Path, tmp_path: Path) -> None:
    (study / "Requirements.csv").write_text("practice,a,b,c\np1,4?,2?,\np2,4!,0,1?\n", encoding="utf-8")
    out = tmp_path / "out.json"
    command = [sys.executable, "-m", "dualeco_cli", "explain", str(study), "-p", "p1", "-t", "all"]
    process = subprocess.Popen(
        [*command, "--samples", "100000000", "-o", str(out)],
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
