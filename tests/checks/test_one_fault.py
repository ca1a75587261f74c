"""One fault is one finding: what follows from it is not told again elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks.load import load
from tests.support.checking import check, said
from tests.support.sheets import workbook

REST = """
    | Merits |
    | practice | documentation |
    | fair     | 2             |
    | tkgune   | 3             |

    | Assessments |
    | practice | target | indicator   | assessor | rating |
    | tkgune   | bremen | goal_shared | Anna     | 3      |

    | Adaptations |
    | practice | adaptation | indicator       | required |
    | tkgune   | small      | legal_framework | 1        |

    | Pilots |
    | practice | target | outcome | adaptation |
    | tkgune   | bremen | 3       | small      |
"""


@pytest.mark.parametrize(
    ("practices", "findings"),
    [
        # no column tells the ids
        ("| source | country |\n| bremen | DE |", ["H101 Practices!A1"]),
        ("| Tilte | source |\n| Fair | bremen |", ["H101 Practices!A1"]),
        ("| #REF! | source |\n| Fair | bremen |", ["C116 Practices!A1"]),
        # there is no header at all
        ("| fair | Fair | bremen |\n| tkgune | TKgune | bremen |", ["S110 Practices!A1"]),
        # a row whose id nobody knows
        (
            "| id | title | source |\n| #REF! | Fair | bremen |\n| tkgune | T | bremen |",
            ["C116 Practices!A2"],
        ),
        ("| id | title | source |\n| =A9 | Fair | bremen |\n| tkgune | T | bremen |", ["C117 Practices!A2"]),
        ("| title | source |\n| | bremen |\n| tkgune | bremen |", ["C101 Practices!A2"]),
        # rows with a fault elsewhere still have their id
        (
            "| id | title | source | start_year |\n| fair | | bremen | |\n| tkgune | T | bremen | soon |",
            ["C101 Practices!B2", "C102 Practices!D3"],
        ),
        (
            "| id | title | source |\n| fair | F | bremen |\n| tkgune | T | bremen |\n| tkgune | U | |",
            ["R101 Practices!A3", "R101 Practices!A4"],
        ),
        # two columns for one
        (
            "| id | title | Titolo | source |\n| fair | F | G | bremen |\n| tkgune | T | U | |",
            ["H102 Practices!B1", "H102 Practices!C1"],
        ),
    ],
)
def test_a_fault_in_practices(tmp_path: Path, practices: str, findings: list[str]) -> None:
    assert said(check(tmp_path, f"| Practices |\n{practices}\n\n{REST}")) == findings


def test_a_second_sheet_of_practices(tmp_path: Path) -> None:
    one = "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |\n\n"
    two = "| Pratiche |\n| id | title | source |\n| tkgune | TKgune | lombardy |\n\n"
    assert said(check(tmp_path, one + two + REST)) == ["S103 Practices", "S103 Pratiche"]


def test_a_misspelt_sheet_of_practices(tmp_path: Path) -> None:
    text = "| Practises |\n| id | title | source |\n| fair | Fair | lombardy |\n\n"
    assert said(check(tmp_path, text + REST)) == ["S102 Practises"]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    practices = "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |\n\n"
    good = workbook(tmp_path, practices + REST)
    assert said(load([good, tmp_path / "gone.xlsx"])) == ["F101"]
    own = "| Requirements |\n| practice | law | legal_framwork |\n| fair | 9 | 3 |"
    requirements = workbook(tmp_path, own, "requirements.xlsx")
    loaded = load([requirements, tmp_path / "framework.xlsx"])
    assert said(loaded) == ["F101", "H103 Requirements!C1"], "law may be in the file that is gone"


def test_what_is_plainly_misspelt_is_told_all_the_same(tmp_path: Path) -> None:
    text = "| Practices |\n| id | title | source |\n| #REF! | F | bremen |\n| tkgune | T | bremen |\n\n"
    loaded = check(tmp_path, text + "| Merits |\n| practice | documentation |\n| tkgunne | 1 |\n| fair | 1 |")
    assert said(loaded) == ["C116 Practices!A2", "X101 Merits!A2"]


RATED = """
    | Dimensions |
    | id | name |
    | d  | D    |
    | e  | E    |

    | Requirements |
    | practice | law | firm |
    | fair     | 2   | 7    |

    | Assessments |
    | practice | target | indicator | assessor | rating |
    | fair     | bremen | wish      | Anna     | 3      |

    | Profile |
    | ecosystem | indicator | value |
    | bremen    | law       | 9     |
"""
WISH = "| wish | e | Wish | judgement | | |"
FIRM = "| firm | d | Firm | condition | | 9 |"


@pytest.mark.parametrize(
    ("indicators", "findings"),
    [
        # the fault of a row says nothing about what refers to it
        (f"| law | d | Law | conditon | | |\n{FIRM}\n{WISH}", ["C109 Indicators!D2"]),
        (f"| law | d | Law | condition | 4 | 4 |\n{FIRM}\n{WISH}", ["W101 Indicators!F2"]),
        (f"| law | d | Law | condition | x | |\n{FIRM}\n{WISH}", ["C102 Indicators!E2"]),
        (f"| law | dd | Law | condition | | 9 |\n{FIRM}\n{WISH}", ["X101 Indicators!B2"]),
        (f"| law | | Law | condition | | 9 |\n{FIRM}\n{WISH}", ["C101 Indicators!B2"]),
        (f"| law | d | Law | need | | 9 |\n{FIRM}\n{WISH}", ["W103 Indicators!D2"]),
        (f"| #REF! | d | Law | condition | | 9 |\n{FIRM}\n{WISH}", ["C116 Indicators!A2"]),
        (
            f"| law | d | Law | condition | | 9 |\n| law | d | Law2 | condition | | 9 |\n{FIRM}\n{WISH}",
            ["R101 Indicators!A2", "R101 Indicators!A3"],
        ),
    ],
)
def test_a_fault_in_an_indicator(tmp_path: Path, indicators: str, findings: list[str]) -> None:
    head = "| Indicators |\n| id | dimension | name | role | worst | best |\n"
    assert said(check(tmp_path, head + indicators + "\n\n" + RATED)) == findings


@pytest.mark.parametrize(
    ("header", "findings"),
    [
        ("| Indx | dimension | name | role | worst | best |", ["H101 Indicators!A1"]),
        ("| id | dimension | name | #NAME? | worst | best |", ["C116 Indicators!D1"]),
        ("| id | Dimenson | name | role | worst | best |", ["H101 Indicators!B1"]),
    ],
)
def test_a_fault_in_the_header_of_indicators(tmp_path: Path, header: str, findings: list[str]) -> None:
    rows = f"| law | d | Law | condition | | 9 |\n{FIRM}\n{WISH}"
    found = said(check(tmp_path, f"| Indicators |\n{header}\n{rows}\n\n{RATED}"))
    others = [place for place in found if not place.startswith(("W107", "H104"))]
    assert others == findings


@pytest.mark.parametrize(
    ("dimensions", "findings"),
    [
        ("| id | name |\n| d | |\n| e | E |", []),
        ("| id | name |\n| #REF! | D |\n| e | E |", ["C116 Dimensions!A2"]),
        ("| id | name | weight |\n| d | D | -1 |\n| e | E | |", ["C111 Dimensions!C2"]),
        ("| name |\n| D |\n| E |", ["H101 Dimensions!A1"]),
        ("| d | D |\n| e | E |", ["S110 Dimensions!A1"]),
    ],
)
def test_a_fault_in_a_dimension(tmp_path: Path, dimensions: str, findings: list[str]) -> None:
    indicators = "| Indicators |\n| id | dimension | name | role |\n| law | d | Law | condition |\n"
    indicators += "| wish | e | Wish | judgement |"
    assert said(check(tmp_path, f"{indicators}\n\n| Dimensions |\n{dimensions}")) == findings


@pytest.mark.parametrize(
    ("ecosystems", "findings"),
    [
        ("| id | name |\n| hh | #REF! |", ["C116 Ecosystems!B2"]),
        ("| id | name |\n| #REF! | Hamburg |", ["C116 Ecosystems!A2"]),
        ("| name | country |\n| Hamburg | DE |", ["H101 Ecosystems!A1"]),
        ("| hh | Hamburg |", ["S110 Ecosystems!A1"]),
    ],
)
def test_a_fault_in_an_ecosystem(tmp_path: Path, ecosystems: str, findings: list[str]) -> None:
    rest = """
        | Profile |
        | ecosystem | indicator | value |
        | hh        | neet_rate | 9     |

        | Practices |
        | title | source |
        | Fair  | hh     |
    """
    assert said(check(tmp_path, f"| Ecosystems |\n{ecosystems}\n\n{rest}")) == findings


def test_a_fault_in_an_adaptation(tmp_path: Path) -> None:
    text = """
        | Practices |
        | id     | title  | source |
        | tkgune | TKgune | bremen |
        | fair   | Fair   | bremen |

        | Adaptations |
        | practice | adaptation | indicator       | required |
        | tkgune   | small      | legal_framework | 7        |
        | tkgunne  | large      | legal_framework | 1        |

        | Pilots |
        | practice | target | outcome | adaptation |
        | tkgune   | bremen | 3       | small      |
        | tkgune   | bremen | 3       | large      |
        | tkgume   | bremen | 3       | large      |
    """
    assert said(check(tmp_path, text)) == ["C113 Adaptations!D2", "X101 Adaptations!A3", "X101 Pilots!A4"]


def test_an_adaptation_of_another_practice(tmp_path: Path) -> None:
    text = """
        | Practices |
        | id     | title  | source |
        | tkgune | TKgune | bremen |
        | fair   | Fair   | bremen |

        | Adaptations |
        | practice | adaptation | indicator       | required |
        | tkgune   | small      | legal_framework | 1        |

        | Pilots |
        | practice | target | outcome | adaptation |
        | fair     | bremen | 3       | small      |
        | tkgune   | bremen | 3       | smal       |
    """
    loaded = check(tmp_path, text)
    assert said(loaded) == ["X101 Pilots!D2", "X101 Pilots!D3"]
    assert [finding.suggestion for finding in loaded.findings] == [None, "small"]


def test_an_importance_alone_may_be_for_any_indicator(tmp_path: Path) -> None:
    text = """
        | Assessments |
        | practice | target | indicator       | assessor | rating | importance |
        | fair     | bremen | legal_framework | Anna     |        | high       |
        | fair     | bremen | legal_framework | Ben      | 3      |            |
        | fair     | bremen | goal_shared     | Ben      | 3      | low        |
    """
    assert said(check(tmp_path, text)) == ["X103 Assessments!C3"]


def test_several_faults_in_one_row_are_several_findings(tmp_path: Path) -> None:
    text = """
        | Indicators |
        | id  | dimension | name | role     | worst | best | step | weight | effort | floor | objective |
        | law |           | Law  | judgment | 1     | 1    | x    | -1     | 0      | 9     | wbl       |
    """
    assert said(check(tmp_path, text)) == [
        "C101 Indicators!B2",
        "C109 Indicators!G2",
        "C111 Indicators!H2",
        "C111 Indicators!I2",
        "W101 Indicators!F2",
        "W104 Indicators!K2",
    ]


def test_a_merged_key_is_told_once(tmp_path: Path) -> None:
    text = """
        | Requirements | merged A2:A4 | merged C2:C3 |
        | practice | legal_framework | regional_room |
        | fair     | 1               | 2             |
        |          | 2               |               |
        |          |                 |               |
        |          | 3               | 1             |
    """
    loaded = check(tmp_path, text)
    assert said(loaded) == ["C101 Requirements!A5", "S107 Requirements!C2", "S114 Requirements!A2"]


def test_what_stands_in_columns_that_are_not_read_is_no_fault(tmp_path: Path) -> None:
    text = "| Practices |\n| title | source | Own sum |\n| Fair | bremen | #DIV/0! |\n| Day | bremen | =1 |"
    assert said(check(tmp_path, text)) == ["H104 Practices!C1"]


def test_many_references_that_lead_nowhere_are_told_in_time(tmp_path: Path) -> None:
    """To look for the neighbours of each among thousands would take minutes."""
    practices = "".join(f"| p{number:05} | T | |\n" for number in range(3000))
    rows = "".join(f"| q{number:05} | 1 |\n" for number in range(3000))
    loaded = check(
        tmp_path,
        f"| Practices |\n| id | title | source |\n{practices}",
        f"| Merits |\n| practice | documentation |\n{rows}",
    )
    assert len(loaded.findings) == 3000
    assert {finding.code for finding in loaded.findings} == {"X101"}
