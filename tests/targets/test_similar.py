"""``dualeco targets --similar-to``, and the list that it stands beside."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.support.sheets import workbook

from .making import run

REGIONS = """
    | Ecosystems |
    | id | name |
    | a  | A    |
    | b  | B    |
    | c  | C    |
    | d  | D    |

    | Profile |
    | ecosystem | indicator             | value |
    | a         | legal_framework       | 4     |
    | a         | regional_room         | 0     |
    | a         | social_partners       | 2     |
    | a         | intermediaries        | 2     |
    | a         | firm_quality          | 2     |
    | a         | early_leavers_rate    | 12    |
    | b         | legal_framework       | 3     |
    | b         | regional_room         | 4     |
    | b         | social_partners       | 2     |
    | b         | intermediaries        | 2     |
    | b         | firm_quality          | 2     |
    | b         | early_leavers_rate    | 4     |
    | c         | legal_framework       | 4     |
    | d         | contract_pay          | 1     |
"""


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    return workbook(tmp_path, REGIONS)


def test_the_formula_by_hand(regions: Path, tmp_path: Path) -> None:
    out = tmp_path / "similar.json"
    assert run("--similar-to", "a", regions, "-o", out, "--quiet") == (0, "", "")
    found = {one["ecosystem"]: one for one in json.loads(out.read_text())["similar"]}
    # distances 1/4, 1, 0, 0, 0 and (12 - 4) / 16
    assert found["b"]["similarity"] == pytest.approx(1 - (0.25 + 1 + 0.5) / 6)
    assert found["b"]["indicators"] == 6
    assert [one["indicator"] for one in found["b"]["differences"]] == [
        "regional_room",
        "early_leavers_rate",
        "legal_framework",
    ]
    assert (found["c"]["similarity"], found["c"]["indicators"]) == (1, 1)
    assert (found["d"]["similarity"], found["d"]["indicators"]) == (None, 0)


def test_what_rests_on_little_stands_last(regions: Path) -> None:
    code, shown, _said = run("--similar-to", "a", regions)
    assert code == 0
    ids = [line.split()[0] for line in shown.splitlines() if line[:2] in {"b ", "c ", "d "}]
    assert ids == ["b", "c", "d"]
    assert "6 of 21" in shown
    assert "Listed last: 2 regions" in shown
    assert "mean of 1 − |n(a) − n(b)|" in shown


def test_as_csv(regions: Path, tmp_path: Path) -> None:
    out = tmp_path / "similar.csv"
    assert run("--similar-to", "a", regions, "-o", out)[0] == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        held = list(csv.DictReader(file))
    assert [(row["ecosystem"], row["indicator"]) for row in held if row["ecosystem"] in {"b", "c"}] == [
        ("b", "regional_room"),
        ("b", "early_leavers_rate"),
        ("b", "legal_framework"),
        ("c", ""),
    ]


def test_the_built_in_regions() -> None:
    code, shown, _said = run("--similar-to", "bremen")
    assert code == 0
    assert {"lombardy", "basque-country", "northern-ireland"} <= set(shown.split())
    code, _shown, said = run("--similar-to", "bremem")
    assert code == 2
    assert 'Did you mean "bremen"' in said


def test_the_list_and_one_of_it() -> None:
    assert "northern-ireland" in run()[1]
    assert "Bremen" in run("bremen")[1]
    code, _shown, said = run("bremen", "lombardy")
    assert code == 2
    assert "one target is shown at a time" in said
