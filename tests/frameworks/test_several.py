"""``score --indicators A --indicators B``: as if each were the only one, and how far they agree, by hand.

    practice  x  y  z    A: (x + y) / 2          B: (x + fit of z) / 2, the target has z = 2
    p1        4  4  4!   100    1  transferable  (1    + 0.5 ) / 2  75     blocked
    p2        3  2  2     62.5  2  adaptable     (0.75 + 1   ) / 2  87.5   1  transferable
    p3        1  3  1     50    3  adaptable     (0.25 + 1   ) / 2  62.5   2  adaptable
    p4        2  1  3     37.5  4  not-yet       (0.5  + 0.75) / 2  62.5   2  adaptable

Both rank p2, p3 and p4. Of three pairs two are in the same order, one is tied with B:
tau-b = 2 / sqrt(3 * 2).
"""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app
from dualeco_cli.data import builtin

PRACTICES = Path(__file__).parents[2] / "examples" / "practices"
HEAD = "id,dimension,name,role,question,worst,best,step,level_0"
X, Y, Z = "x,all,X,judgement,,0,4,1,none", "y,all,Y,merit,,0,4,1,none", "z,all,Z,condition,,0,4,1,none"
STUDY = {
    "Ecosystems": "id,name\neast,East\nwest,West",
    "Profile": "ecosystem,indicator,value\neast,z,2",
    "Practices": "id,title,source\np1,First,west\np2,Second,west\np3,Third,west\np4,Fourth,west",
    "Merits": "practice,y\np1,4\np2,2\np3,3\np4,1",
    "Requirements": "practice,z\np1,4!\np2,2\np3,1\np4,3",
    "Assessments": "practice,target,indicator,assessor,rating\n"
    "p1,east,x,Ane,4\np2,east,x,Ane,3\np3,east,x,Ane,1\np4,east,x,Ane,2",
    "Basis": "practice,indicator,basis\np1,y,Seen\np1,z,Read",
    "Adaptations": "practice,adaptation,indicator,required\np1,lighter,z,2",
}


def write(folder: Path, sheets: dict[str, str]) -> str:
    folder.mkdir()
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return str(folder)


def framework(folder: Path, *rows: str, **more: str) -> str:
    return write(folder, {"Dimensions": "id,name\nall,All", "Indicators": "\n".join([HEAD, *rows]), **more})


@pytest.fixture
def study(tmp_path: Path) -> str:
    return write(tmp_path / "study", STUDY)


@pytest.fixture
def plain(tmp_path: Path) -> str:
    """The study without a word on z."""
    kept = ("Ecosystems", "Practices", "Merits", "Assessments")
    return write(tmp_path / "plain", {name: STUDY[name] for name in kept})


@pytest.fixture
def both(tmp_path: Path) -> tuple[str, str]:
    return framework(tmp_path / "first", X, Y), framework(tmp_path / "second", X, Z)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["score", *arguments, "--samples", "0"])
    return result.exit_code, result.stdout, result.stderr


def practices(file: Path) -> dict[str, dict[str, Any]]:
    (target,) = json.loads(file.read_text(encoding="utf-8"))["targets"]
    return {practice["id"]: practice for practice in target["practices"]}


def test_each_sees_what_is_its_own(study: str, both: tuple[str, str], tmp_path: Path) -> None:
    a, b = both
    out = tmp_path / "out.json"
    code, _, error = run(study, "--indicators", a, "--indicators", b, "-t", "east", "-q", "-o", str(out))
    assert (code, error) == (0, "")
    first, second = practices(tmp_path / "out-first.json"), practices(tmp_path / "out-second.json")
    assert {id_: (p["score"], p["rank"], p["class"]) for id_, p in first.items()} == {
        "p1": (100, 1, "transferable"),
        "p2": (62.5, 2, "adaptable"),
        "p3": (50, 3, "adaptable"),
        "p4": (37.5, 4, "not-yet"),
    }
    assert {id_: (p["score"], p["rank"], p["class"]) for id_, p in second.items()} == {
        "p1": (75, None, "blocked"),
        "p2": (87.5, 1, "transferable"),
        "p3": (62.5, 2, "adaptable"),
        "p4": (62.5, 2, "adaptable"),
    }
    assert [i["id"] for i in first["p1"]["indicators"]] == ["x", "y"]
    assert [i["id"] for i in second["p1"]["indicators"]] == ["x", "z"]
    assert first["p1"]["adaptations"] == []
    assert [one["id"] for one in second["p1"]["adaptations"]] == ["lighter"]
    report = json.loads((tmp_path / "out-second.json").read_text(encoding="utf-8"))
    assert report["framework"]["id"] == "second"
    assert [Path(one["path"]).name for one in report["inputs"]] == ["second", "study"]


def test_with_one_alone_the_other_leads_nowhere(study: str, both: tuple[str, str]) -> None:
    """The reason why the files are not simply read twice."""
    code, _, error = run(study, "--indicators", both[0], "-t", "east")
    assert code == 1
    assert '"z"' in error


def test_side_by_side(study: str, both: tuple[str, str]) -> None:
    a, b = both
    code, said, _ = run(study, "--indicators", a, "--indicators", b, "-t", "east")
    assert code == 0
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert lines[0] == "East: first and second"
    assert "First 1. 100.0 transferable – 75.0 blocked" in lines
    assert "Fourth 4. 37.5 not yet 2. 62.5 adaptable" in lines
    tau = f"{2 / math.sqrt(6):.2f}"
    assert f"first and second: Kendall's tau {tau} over the 3 practices that both rank." in said
    assert "too few to conclude anything" in " ".join(lines)
    differs = lines[lines.index("The class differs") + 1 :]
    assert differs[:3] == [
        "First: first transferable, second blocked",
        "Second: first adaptable, second transferable",
        "Fourth: first not yet, second adaptable",
    ]
    assert not any(line.startswith("Third:") for line in lines)


def test_no_word_on_the_folder_behind_it(study: str, both: tuple[str, str]) -> None:
    a, b = both
    sheet = Path(study) / "Assessments.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "p1,east,q,Ane,9\n", encoding="utf-8")
    (Path(study) / "Indicators.csv").write_text(f"{HEAD}\n{X}\n", encoding="utf-8")
    code, _, error = run(study, "--indicators", a, "--indicators", b, "-t", "east")
    assert code == 1
    assert '"q"' in error
    assert "dualeco-" not in error


def test_three_are_compared_in_pairs(study: str, both: tuple[str, str], tmp_path: Path) -> None:
    third = framework(tmp_path / "third", Y)
    arguments = [word for name in (*both, third) for word in ("--indicators", name)]
    code, said, _ = run(study, *arguments, "-t", "east")
    assert code == 0
    assert said.count("Kendall's tau") == 3
    assert "East: first, second and third" in said


def test_too_little_evidence_is_no_other_opinion(plain: str, both: tuple[str, str], tmp_path: Path) -> None:
    other = framework(tmp_path / "other", "w,all,W,merit,,0,4,1,none", Y.replace("y,", "v,"))
    code, said, _ = run(plain, "--indicators", both[0], "--indicators", other, "-t", "east")
    assert code == 0
    assert "No practice has different classes." in said
    assert "Too little is known with other only: First, Second, Third and Fourth." in said
    assert "first and other: no Kendall's tau, because fewer than two practices are ranked by both." in said


def test_fail_under_looks_at_both(study: str, both: tuple[str, str]) -> None:
    arguments = (study, "--indicators", both[0], "--indicators", both[1], "-t", "east", "-q")
    assert run(*arguments, "--fail-under", "37")[0] == 0
    assert run(*arguments, "--fail-under", "40")[0] == 1


@pytest.mark.parametrize("option", ["--plan", "--by-assessor"])
def test_what_takes_one_framework_says_so(study: str, both: tuple[str, str], option: str) -> None:
    code, _, error = run(study, "--indicators", both[0], "--indicators", both[1], "-t", "east", option)
    assert code == 2
    assert f"{option} works with one framework" in error


def test_one_given_twice_or_at_odds_is_refused(study: str, both: tuple[str, str], tmp_path: Path) -> None:
    code, _, error = run(study, "--indicators", both[0], "--indicators", both[0], "-t", "east")
    assert code == 2
    assert "is given twice" in error
    wider = framework(tmp_path / "wider", X.replace(",0,4,1,none", ",0,10,1,none"))
    code, _, error = run(study, "--indicators", both[0], "--indicators", wider, "-t", "east")
    assert code == 2
    assert 'the frameworks first and wider both have an indicator "x"' in error
    code, _, error = run(study, "--indicators", both[0], "--indicators", "tied", "-t", "east")
    assert code == 2
    assert 'Did you mean "tide"?' in error


def test_a_changed_copy_is_told_by_its_file(plain: str, both: tuple[str, str], tmp_path: Path) -> None:
    """Whoever copies a framework and changes weights seldom changes its name."""
    folder = framework(tmp_path / "copy", X, Y, Settings="key,value\nname,first")
    code, said, _ = run(plain, "--indicators", both[0], "--indicators", folder, "-t", "east")
    assert code == 0
    assert "East: first and copy" in said


SETTINGS = "key,value\ntransferable_from,90\nmin_coverage,0.7"


@pytest.mark.parametrize("given", [None, SETTINGS], ids=["without", "with"])
def test_each_is_scored_as_if_it_were_the_only_one(tmp_path: Path, given: str | None) -> None:
    """Also its settings: those of the study stand over a built-in framework's, under those of a file."""
    folder = tmp_path / "study"
    shutil.copytree(PRACTICES, folder)
    if given is not None:
        (folder / "Settings.csv").write_text(given, encoding="utf-8")
    own = tmp_path / "own"
    shutil.copytree(builtin.framework_folder("dualeco"), own)
    (own / "Settings.csv").write_text("key,value\nname,own\ntransferable_from,80", encoding="utf-8")
    out = tmp_path / "out.json"
    names = ("dualeco", str(own))
    arguments = [word for name in names for word in ("--indicators", name)]
    assert run(str(folder), *arguments, "-t", "all", "-q", "-o", str(out))[0] == 0
    for name, label in zip(names, ("dualeco", "own"), strict=True):
        alone = tmp_path / f"{label}.json"
        assert run(str(folder), "--indicators", name, "-t", "all", "-q", "-o", str(alone))[0] == 0
        beside = tmp_path / f"out-{label}.json"
        assert json.loads(beside.read_text(encoding="utf-8")) == json.loads(alone.read_text(encoding="utf-8"))


def test_a_settings_file_may_give_one_as_a_text(plain: str, both: tuple[str, str], tmp_path: Path) -> None:
    config = tmp_path / "dualeco.toml"
    for value in (json.dumps(both[0]), json.dumps([both[0]])):
        config.write_text(f'[score]\nindicators = {value}\ntarget = ["east"]\n', encoding="utf-8")
        result = CliRunner().invoke(app, ["--config", str(config), "score", plain, "--samples", "0"])
        assert result.exit_code == 0, result.stderr
        assert "first" in result.stdout
