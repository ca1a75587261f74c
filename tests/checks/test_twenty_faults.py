"""A study with twenty different faults: each is told once, at its cell, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from dualeco_cli.model.finding import Severity
from tests.support.checking import check, where

STUDY = """
    | Practices |
    | id     | title     | source         | objectives | eqf_level | start_year |
    | tkgune | TKgune    | basque-country | quality    | 4-5       | 2012       |
    | fair   |           | lombardy       | wbl        | 4         | 2024-05-01 |
    | ifts   | IFTS      | Narnia         | qualty     | 9         | 1812       |
    | Tkgune | TKgune II | bremen         | quality    | 3         | 2018.5     |
    | levy   | Levy      | bremen         | quality    | 3         | 2023       |

    | Requirements |
    | practice | legal_framework | firm_quality | contract_pay | wbl_intensity | certification |
    | tkgune   | 1               | 2.5          | k.A.         |               | 2             |
    | levi     | 3!              | 2            | 1            | 2             | 7             |
    | ifts     | #REF!           | n/a          | TRUE         | 2?            | =B3           |

    | Merits |
    | practice | documentation | evidence_strenght |
    | tkgune   | 3!            | 3                 |

    | Assessments |
    | practice | target   | indicator     | assessor | rating |
    | tkgune   | lombardy | goal_shared   | Anna     | high   |
    | tkgune   | lombardy | contract_pay  | Anna     | 3      |
    | tkgune   | lombardy | staff_time    |          | 3      |

    | Settings |
    | key         | value |
    | min_coverge | 0.7   |
"""

FAULTS = {
    "C101 Practices!B3": "blank",
    "C106 Practices!F3": "date",
    "X102 Practices!C4": "Narnia",
    "C109 Practices!D4": "qualty",
    "C112 Practices!E4": "9",
    "C111 Practices!F4": "1812",
    "R101 Practices!A2": "tkgune",
    "R101 Practices!A5": "Tkgune",
    "C110 Practices!F5": "2018.5",
    "C114 Requirements!C2": "2.5",
    "C108 Requirements!D2": "k.A.",
    "X101 Requirements!A3": "levi",
    "C113 Requirements!F3": "7",
    "C116 Requirements!B4": "#REF!",
    "C107 Requirements!D4": "TRUE",
    "C117 Requirements!F4": "=B3",
    "C118 Merits!B2": "3!",
    "H103 Merits!C1": "evidence_strenght",
    "C102 Assessments!E2": "high",
    "X103 Assessments!C3": "contract_pay",
    "C101 Assessments!D4": "blank",
    "W108 Settings!A2": "min_coverge",
}

SUGGESTIONS = {
    "C109 Practices!D4": "quality",
    "C106 Practices!F3": "2024",
    "X101 Requirements!A3": "levy",
    "C113 Requirements!F3": "4",
    "H103 Merits!C1": "evidence_strength",
    "W108 Settings!A2": "min_coverage",
}


def test_exactly_the_faults_each_at_its_cell(tmp_path: Path) -> None:
    loaded = check(tmp_path, STUDY)
    found = {where(finding): finding for finding in loaded.findings}
    assert sorted(found) == sorted(FAULTS)
    assert len(loaded.findings) == len(FAULTS), "one of them is told twice"
    for place, words in FAULTS.items():
        assert words in f"{found[place].found} {found[place].message}", place
    for place, suggestion in SUGGESTIONS.items():
        assert found[place].suggestion == suggestion
    assert loaded.study is None
    assert len({finding.code for finding in loaded.findings}) == 20


def test_the_same_faults_whatever_the_order_of_the_sheets(tmp_path: Path) -> None:
    sheets = STUDY.strip().split("\n\n")
    loaded = check(tmp_path, "\n\n".join(reversed(sheets)))
    assert sorted(map(where, loaded.findings)) == sorted(FAULTS)


def test_each_fault_is_told_whether_or_not_there_are_others(tmp_path: Path) -> None:
    """Spread over files, one sheet in each, the study has the very same faults."""
    loaded = check(tmp_path, *STUDY.strip().split("\n\n"))
    assert sorted(map(where, loaded.findings)) == sorted(FAULTS)
    assert sum(finding.severity is Severity.ERROR for finding in loaded.findings) == len(FAULTS) - 3
