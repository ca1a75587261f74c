"""A fiche: one practice on a sheet of its own, the names of its fields in column A."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks.load import load
from tests.support.checking import check, only, said, study_of
from tests.support.sheets import folder

FICHE = """
    | Scheda TKgune |
    | Good practice fiche |
    | |
    | Titolo       | TKgune         |
    | Provenienza  | basque-country |
    | Obiettivi    | quality        |
    |              | certification  |
    | Partner      | Tknika         |
    |              | HETEL          |
    | Livello EQF  | "4-5"          |
    | Anno inizio  | 2012           |

"""


def test_a_fiche_is_a_practice(tmp_path: Path) -> None:
    loaded = check(tmp_path, FICHE)
    assert said(loaded) == ["H104 Scheda TKgune!A1"]
    practice = study_of(loaded).practices["tkgune"]
    assert (practice.title, practice.source) == ("TKgune", "basque-country")
    assert (practice.eqf_level, practice.start_year) == ("4-5", 2012)
    assert practice.objectives == ("quality", "certification")
    assert practice.partners == "Tknika\nHETEL"


def test_several_fiches_beside_a_sheet_of_practices(tmp_path: Path) -> None:
    second = "| Fiche 2 |\n| Title | Fair |\n| Region | lombardy |\n\n"
    table = "| Practices |\n| id | title | source |\n| day | Open day | bremen |\n\n"
    levels = "| Merits |\n| practice | documentation |\n| fair | 1 |\n| day | 2 |\n| tkgune | 3 |"
    loaded = check(tmp_path, FICHE.replace("| Good practice fiche |", "| |") + second + table + levels)
    assert said(loaded) == []
    assert set(study_of(loaded).practices) == {"tkgune", "fair", "day"}


def test_a_fiche_may_have_the_name_of_the_sheet(tmp_path: Path) -> None:
    assert said(check(tmp_path, "| Practice |\n| Title | Fair |\n| Region | lombardy |")) == []


def test_a_fiche_in_a_text_file(tmp_path: Path) -> None:
    loaded = load([folder(tmp_path, "| fair |\n| Title | Fair |\n| Region | lombardy |")])
    assert said(loaded) == []
    assert study_of(loaded).practices["fair"].source == "lombardy"


def test_faults_stand_at_the_cell_of_the_value(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        """
        | Guide |
        | How to fill in the fiche |

        | Fiche | hidden |
        | Title      |            |
        | Region     | Narnia     |
        | EQF        | 9          |
        | start_year | 2024-01-01 |
        | evidence   | #REF!      |
        | sumary     | Text       |
        | Phone      | 12345      |
        | Country    | IT         | or so |
        """,
    )
    assert said(loaded) == [
        "C101 Fiche!B1",
        "C106 Fiche!B4",
        "C112 Fiche!B3",
        "C116 Fiche!B5",
        "H103 Fiche!A6",
        "H104 Fiche!A7",
        "H106 Fiche!C8",
        "S104 Fiche",
        "X102 Fiche!B2",
    ]
    assert only(loaded, "C112").header == "EQF"
    assert only(loaded, "H103").suggestion == "summary"


def test_values_that_go_on_in_the_rows_below(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        """
        | Fiche |
        |            | Our best   |
        | Title      |            |
        |            | Fair       |
        | Region     | lombardy   |
        |            | bremen     |
        | Summary    | one        |
        |            | two        |
        |            | three      |
        | Remarks    | four       |
        |            | five       |
        | Objectives | quality    |
        |            | qualty     |
        | Partners   | X          |
        |            | #REF!      |
        """,
    )
    assert said(loaded) == [
        "C109 Fiche!B12",
        "C116 Fiche!B14",
        "H104 Fiche!A9",
        "R105 Fiche!B1",
        "R105 Fiche!B5",
    ]


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        ("| Tilte | Fair |\n| Region | bremen |\n| Country | DE |", ["H101 Fiche!A1"]),
        ("| Region | bremen |\n| Country | DE |", ["H101 Fiche!A1"]),
        ("| Title | Fair |\n| Name | Market |\n| Region | bremen |", ["H102 Fiche!A1", "H102 Fiche!A2"]),
        ("| Title | Fair |\n| Country | DE |\n| Suorce | bremen |", ["H101 Fiche!A3"]),
    ],
)
def test_labels_that_are_missing_or_double(tmp_path: Path, labels: str, places: list[str]) -> None:
    assert said(check(tmp_path, f"| Fiche |\n{labels}")) == places


def test_a_fiche_and_a_row_with_the_same_id(tmp_path: Path) -> None:
    text = "| Practices |\n| id | title | source |\n| fair | Fair | bremen |\n\n"
    loaded = check(tmp_path, text + "| Fiche |\n| Code | fair |\n| Title | Market |\n| Region | bremen |")
    assert said(loaded) == ["R101 Fiche!B1", "R101 Practices!A2"]


def test_a_table_is_no_fiche(tmp_path: Path) -> None:
    """Its first column may well have texts that are names of fields."""
    text = "| Practices |\n| title | source | country |\n| Region | bremen | DE |\n| Sector | bremen | DE |"
    loaded = check(tmp_path, text)
    assert said(loaded) == []
    assert set(study_of(loaded).practices) == {"region", "sector"}
