"""A study small enough to compute by hand, through the command line: spreadsheets in, JSON out.

Dimensions: need, governance (weight 2), evidence, local. Target: east has laws 3, pace 2, leavers 8.

p1 requires laws 4 and pace 1 (similar), serves quality, documents 3, its assessors say 4, 2 and 3.

    leavers   need       n(8) = (8 - 20) / (4 - 20) = 0.75        v = 1 - 0.75         = 0.25
    laws      at-least   r = 1, a = 0.75                          v = 1 - (1 - 0.75)   = 0.75
    pace      similar    r = 0.25, a = 0.5                        v = 1 - |0.25 - 0.5| = 0.75
    papers    merit      n(3)                                                          = 0.75
    goals     judgement  median of 4, 2, 3 is 3                                        = 0.75

    Weights 1, 2, 1, 1 of 5: each of the five indicators has an effective weight of 0.2.

p2 requires laws 2!, nothing is known of pace, papers is n/a, it has no objectives, nobody judged it.

    laws: r = 0.5, a = 0.75, v = 1; leavers, pace and goals are unknown; papers does not apply. The weights
    1, 2, 1 of 4 give leavers, laws, pace and goals 0.25 each: coverage 0.25, bounds 25 and 100 for q = 1.

p3 requires laws 4!, which east does not have: blocked.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app

SHEETS = {
    "Dimensions": """
id,name,weight
need,Need,1
governance,Governance,2
evidence,Evidence,1
local,Local,1
""",
    "Indicators": """
id,dimension,name,role,worst,best,step,match,objective,floor,level_0
leavers,need,Leavers,need,20,4,continuous,,quality,,
laws,governance,Laws,condition,0,4,1,at-least,,,none
pace,governance,Pace,condition,0,4,1,similar,,,none
papers,evidence,Papers,merit,0,4,1,,,1,none
goals,local,Goals,judgement,0,4,1,,,,none
""",
    "Ecosystems": """
id,name
east,East
west,West
""",
    "Profile": """
ecosystem,indicator,value,year
east,laws,3,2024
east,laws,1,2020
east,pace,2,
east,leavers,8,2023
""",
    "Practices": """
id,title,source,objectives
p1,First,west,quality
p2,Second,west,
p3,Third,west,quality
""",
    "Requirements": """
practice,laws,pace
p1,4,1
p2,2!,
p3,4!,2
""",
    "Merits": """
practice,papers
p1,3
p2,n/a
p3,4
""",
    "Assessments": """
practice,target,indicator,assessor,rating
p1,east,goals,Ane,4
p1,east,goals,Bruno,2
p1,east,goals,Carla,3
p3,east,goals,Ane,4
""",
}

#: The means of 0.25 and four times 0.75. Harmonic: 5 divided by 4 and 16 thirds, which is 15 divided by 28.
EXPECTED = {
    "full": 65.0,
    "partial": 100 * (0.25 * 0.31640625) ** 0.2,
    "-1": 1500 / 28,
    "none": 25.0,
}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    return folder


def scored(study: Path, *options: str) -> dict[str, dict[str, object]]:
    out = study.parent / "out.json"
    arguments = ["score", str(study), "--target", "east", "--quiet", "-o", str(out), *options]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    target = json.loads(out.read_text(encoding="utf-8"))["targets"][0]
    return {practice["id"]: practice for practice in target["practices"]}


@pytest.mark.parametrize("compensation", EXPECTED)
def test_score_is_that_of_the_hand(study: Path, compensation: str) -> None:
    p1 = scored(study, "--compensation", compensation, "--samples", "0")["p1"]
    assert p1["score"] == pytest.approx(EXPECTED[compensation], abs=1e-9)
    assert p1["lower"] == p1["score"] == p1["upper"]
    assert p1["coverage"] == pytest.approx(1, abs=1e-9)


def test_values_weights_and_contributions(study: Path) -> None:
    p1 = scored(study, "--samples", "0")["p1"]
    rows = {row["id"]: row for row in p1["indicators"]}  # type: ignore[attr-defined]
    assert {id_: row["value"] for id_, row in rows.items()} == pytest.approx(
        {"leavers": 0.25, "laws": 0.75, "pace": 0.75, "papers": 0.75, "goals": 0.75}, abs=1e-9
    )
    assert [row["weight"] for row in rows.values()] == pytest.approx([0.2] * 5, abs=1e-9)
    assert sum(row["contribution"] for row in rows.values()) == pytest.approx(65, abs=1e-9)
    assert (rows["laws"]["required"], rows["laws"]["actual"]) == (4, 3)
    dimensions = {row["id"]: row for row in p1["dimensions"]}  # type: ignore[attr-defined]
    assert dimensions["governance"]["weight"] == pytest.approx(0.4, abs=1e-9)
    assert dimensions["need"]["score"] == pytest.approx(25, abs=1e-9)
    assert p1["class"] == "adaptable"
    assert p1["rank"] == 1


def test_little_evidence(study: Path) -> None:
    p2 = scored(study, "--samples", "0")["p2"]
    assert p2["score"] == pytest.approx(100, abs=1e-9)
    assert p2["coverage"] == pytest.approx(0.25, abs=1e-9)
    assert (p2["lower"], p2["upper"]) == (pytest.approx(25, abs=1e-9), pytest.approx(100, abs=1e-9))
    assert (p2["class"], p2["rank"]) == ("insufficient-evidence", None)
    rows = {row["id"]: row for row in p2["indicators"]}  # type: ignore[attr-defined]
    assert {id_: row["status"] for id_, row in rows.items()} == {
        "leavers": "unknown",
        "laws": "known",
        "pace": "unknown",
        "papers": "n/a",
        "goals": "unknown",
    }
    assert p2["open_questions"] == []  # papers has a floor, but does not apply


def test_a_barrier_blocks_however_good_the_rest(study: Path) -> None:
    p3 = scored(study, "--samples", "0")["p3"]
    # leavers 0.25, laws 0.75, pace 1, papers 1, goals 1
    assert p3["score"] == pytest.approx(80, abs=1e-9)
    assert (p3["class"], p3["rank"]) == ("blocked", None)
    assert p3["barriers"] == [{"indicator": "laws", "required": 4, "actual": 3, "gap": 0.25}]
    path = p3["path"]
    assert isinstance(path, dict)
    assert (path["to"], path["effort"]) == ("transferable", 1)
    assert path["steps"] == [{"indicator": "laws", "from": 3, "to": 4}]
    assert path["score"] == pytest.approx(85, abs=1e-9)


def test_an_importance_may_stand_alone_and_for_any_indicator(study: Path) -> None:
    sheet = study / "Assessments.csv"
    rows = sheet.read_text(encoding="utf-8").splitlines()
    given = [f"{row}," if row != rows[0] else f"{row},importance" for row in rows]
    sheet.write_text("\n".join([*given, "p1,east,laws,Ane,,2", ""]), encoding="utf-8")
    rows_of = {row["id"]: row for row in scored(study, "--samples", "0")["p1"]["indicators"]}  # type: ignore[attr-defined]
    # governance has 0.4 of the whole: laws now counts twice as much as pace
    assert rows_of["laws"]["weight"] == pytest.approx(0.8 / 3, abs=1e-9)
    assert rows_of["pace"]["weight"] == pytest.approx(0.4 / 3, abs=1e-9)


def test_agreement_of_the_three(study: Path) -> None:
    out = study.parent / "out.json"
    CliRunner().invoke(app, ["score", str(study), "-t", "east", "-q", "-o", str(out), "--samples", "100"])
    target = json.loads(out.read_text(encoding="utf-8"))["targets"][0]
    # one unit with 4, 2 and 3: no two units to compare, every disagreement is that of chance
    assert target["agreement"]["units"] == 1
    assert target["pairwise"] == {"practices": ["p1"], "wins": [[0.5]]}
