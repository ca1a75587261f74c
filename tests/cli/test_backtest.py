"""``dualeco backtest`` on pilots computed by hand.

One merit on 0 to 4, one condition of which East has 2. Both have half of the weight.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dualeco_cli.cli.app import app

SHEETS = {
    "Dimensions": "id,name\nd,All\n",
    "Indicators": "id,dimension,name,role\nm,d,Merit,merit\nc,d,Laws,condition\n",
    "Ecosystems": "id,name\neast,East\nwest,West\n",
    "Profile": "ecosystem,indicator,value\neast,c,2\nwest,c,2\n",
    # with laws met: scores 100, 87.5, 75, 62.5
    "Practices": "id,title,source\np4,Four,west\np3,Three,west\np2,Two,west\np1,One,west\n",
    "Merits": "practice,m\np4,4\np3,3\np2,2\np1,1\n",
    "Requirements": "practice,c\np4,2\np3,2\np2,2\np1,2\n",
    "Adaptations": "practice,adaptation,indicator,required\np4,dear,c,4\n",
}
HEADER = "practice,target,year,outcome,adaptation\n"
#: Of six pairs five agree, and one (87.5 with 2, 75 with 3) does not.
FOUR = "p4,east,2020,4,\np3,east,2021,2,\np2,east,,3,\np1,east,2022,1,\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def write(folder: Path, sheets: Mapping[str, str], pilots: str | None) -> Path:
    study = folder / "study"
    study.mkdir()
    for name, text in sheets.items():
        (study / f"{name}.csv").write_text(text, encoding="utf-8")
    if pilots is not None:
        (study / "Pilots.csv").write_text(HEADER + pilots, encoding="utf-8")
    return study


def looked_back(folder: Path, pilots: str) -> dict[str, Any]:
    out = folder / "out.json"
    result = run("backtest", write(folder, SHEETS, pilots), "-q", "-o", out)
    assert (result.exit_code, result.output) == (0, "")
    content: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return content


def test_four_pilots(tmp_path: Path) -> None:
    found = looked_back(tmp_path, FOUR)
    assert list(found) == ["pilots", "tau_b", "auc", "cases", "note"]
    assert found["tau_b"] == pytest.approx((5 - 1) / 6, abs=1e-12)
    # successes 100 and 75, failures 87.5 and 62.5: three of four pairs
    assert found["auc"] == pytest.approx(3 / 4, abs=1e-12)
    assert found["cases"] == 4
    assert "too few" in found["note"]
    assert found["pilots"][0] == {
        "practice": "p4",
        "target": "east",
        "adaptation": None,
        "year": 2020,
        "outcome": 4,
        "score": pytest.approx(100, abs=1e-9),
        "class": "transferable",
    }
    assert [pilot["score"] for pilot in found["pilots"]] == pytest.approx([100, 87.5, 75, 62.5], abs=1e-9)


def test_ties_count_as_kendall_says(tmp_path: Path) -> None:
    # once more 87.5, with 2: tied with p3 in both; of ten pairs seven agree, two do not
    found = looked_back(tmp_path, FOUR + "p3,east,2023,2,\n")
    assert found["tau_b"] == pytest.approx((7 - 2) / (9 * 9) ** 0.5, abs=1e-12)
    # failures 87.5, 62.5, 87.5: 100 beats three, 75 one
    assert found["auc"] == pytest.approx(4 / 6, abs=1e-12)
    assert (found["cases"], found["note"]) == (5, None)


def test_equal_scores_are_half_a_pair(tmp_path: Path) -> None:
    found = looked_back(tmp_path, "p3,east,2020,3,\np3,east,2021,1,\np1,east,2020,1,\n")
    # 87.5 against 87.5 is a half, against 62.5 one
    assert found["auc"] == pytest.approx(1.5 / 2, abs=1e-12)
    # Of three pairs one is tied in the score, one agrees, one is tied in the outcome.
    assert found["tau_b"] == pytest.approx(1 / (2 * 2) ** 0.5, abs=1e-12)


def test_a_pilot_is_held_against_the_form_that_was_tried(tmp_path: Path) -> None:
    found = looked_back(tmp_path, "p4,east,2020,2,dear\n")
    # laws 4 are required, 2 are there: v is 0.5
    assert found["pilots"][0]["score"] == pytest.approx(75, abs=1e-9)
    assert found["pilots"][0]["adaptation"] == "dear"
    assert (found["tau_b"], found["auc"], found["cases"]) == (None, None, 1)


def test_at_home_does_not_count(tmp_path: Path) -> None:
    found = looked_back(tmp_path, FOUR + "p4,west,2020,0,\n")
    assert found["cases"] == 4
    assert found["pilots"][4]["class"] == "home"
    assert found["tau_b"] == pytest.approx(4 / 6, abs=1e-12)


def test_without_an_outcome_it_does_not_count(tmp_path: Path) -> None:
    found = looked_back(tmp_path, FOUR + "p2,east,2030,,\n")
    assert (found["cases"], found["pilots"][4]["outcome"]) == (4, None)


def test_in_sentences(tmp_path: Path) -> None:
    study = write(tmp_path, SHEETS, FOUR + "p4,east,2024,2,dear\n")
    result = run("backtest", study)
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "5 pilots, looking back" in text
    assert "Four East 2024 2 of 4 100.0 ✓ transferable 75.0 ✓ transferable" in text
    assert "Four East 2020 4 of 4 100.0 ✓ transferable tried as it is" in text
    assert "Three East 2021 2 of 4 87.5 ✓ transferable –" in text
    # 100 4, 87.5 2, 75 3, 62.5 1, 75 2: of ten pairs seven agree, one does not, one is tied on either side
    assert "Higher scores went with better outcomes: Kendall's tau-b is 0.67, from 5 pilots" in text
    assert "area under the ROC curve is 0.75, from 5 pilots" in text
    assert "too few" not in text


def test_few_cases_are_said_to_be_few(tmp_path: Path) -> None:
    text = " ".join(run("backtest", write(tmp_path, SHEETS, "p4,east,2020,4,\n")).stdout.split())
    assert "Kendall's tau-b is not defined" in text
    assert "ROC curve is not defined" in text
    assert "1 pilot is too few to conclude anything" in text


def test_worse_outcomes_are_said_to_be_worse(tmp_path: Path) -> None:
    text = " ".join(
        run("backtest", write(tmp_path, SHEETS, "p4,east,2020,1,\np1,east,2020,4,\n")).stdout.split()
    )
    assert "Higher scores went with worse outcomes: Kendall's tau-b is -1.00" in text


def test_no_pilot_that_counts(tmp_path: Path) -> None:
    result = run("backtest", write(tmp_path, SHEETS, "p4,west,2020,1,\n"))
    assert result.exit_code == 0
    assert "There is no pilot with an outcome and a score" in " ".join(result.stdout.split())


@pytest.mark.parametrize("pilots", [None, ""])
def test_without_pilots_there_is_nothing_to_look_back_on(tmp_path: Path, pilots: str | None) -> None:
    out = tmp_path / "out.json"
    result = run("backtest", write(tmp_path, SHEETS, pilots), "-o", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there are no pilots to look back on" in result.stderr
    assert not out.exists()


@pytest.mark.parametrize("name", ["out.xlsx", "out", "out.JSON.txt"])
def test_only_json_is_written(tmp_path: Path, name: str) -> None:
    result = run("backtest", write(tmp_path, SHEETS, FOUR), "-o", tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "must end in .json" in result.stderr


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    result = run("backtest", write(tmp_path, SHEETS, FOUR), "-o", tmp_path / "no" / "out.json")
    assert (result.exit_code, result.stdout) == (2, "")


def test_another_mean(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    study = write(tmp_path, SHEETS, FOUR)
    assert run("backtest", study, "-q", "-o", out, "--compensation", "none").exit_code == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    # the worst value alone
    assert [pilot["score"] for pilot in found["pilots"]] == pytest.approx([100, 75, 50, 25], abs=1e-9)
