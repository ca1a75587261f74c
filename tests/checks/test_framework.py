"""Indicators and their scales, and the words in their columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.model.rows import Indicator, Match, Objective
from tests.support.checking import check, only, said, study_of

HEAD = "| Indicators |\n| id | dimension | name | role | worst | best | step | {column} |\n"
ROW = "| law | d | Law | {role} | | | | {cell} |"


def indicator(folder: Path, column: str, cell: str, role: str = "condition") -> Indicator:
    loaded = check(folder, HEAD.format(column=column) + ROW.format(role=role, cell=cell))
    assert said(loaded) == []
    return study_of(loaded).framework.indicators[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("yes", True),
        ("TRUE", True),
        ("X", True),
        ("Sì", True),
        ("nein", False),
        ("FALSE", False),
        ("", False),
    ],
)
def test_yes_and_no(tmp_path: Path, cell: str, value: bool) -> None:
    assert indicator(tmp_path, "critical", cell).critical is value


@pytest.mark.parametrize(
    ("cell", "suggestion"), [("1", "yes"), ("0", "no"), ("yess", "yes"), ("perhaps", None)]
)
def test_neither_yes_nor_no(tmp_path: Path, cell: str, suggestion: str | None) -> None:
    loaded = check(tmp_path, HEAD.format(column="critical") + ROW.format(role="condition", cell=cell))
    finding = only(loaded, "C109")
    assert (finding.expected, finding.suggestion) == ("yes, no", suggestion)


def test_words_of_lists(tmp_path: Path) -> None:
    assert indicator(tmp_path, "match", "ähnlich").match is Match.SIMILAR
    assert indicator(tmp_path, "match", "").match is Match.AT_LEAST
    assert indicator(tmp_path, "weight", "alto").weight == 2
    assert indicator(tmp_path, "weight", "").weight == 1
    assert indicator(tmp_path, "effort", "0.5").effort == 0.5
    assert indicator(tmp_path, "objective", "empleabilidad", "need").objective is Objective.EMPLOYABILITY


@pytest.mark.parametrize(
    ("worst", "best", "step", "levels"),
    [("", "", "", 5), ("20", "4", "0", 0), ("20", "4", "kontinuierlich", 0), ("4", "0", "0.5", 9)],
)
def test_scales(tmp_path: Path, worst: str, best: str, step: str, levels: int) -> None:
    text = HEAD.format(column="unit") + f"| law | d | Law | condition | {worst} | {best} | {step} | |"
    loaded = check(tmp_path, text)
    assert said(loaded) == []
    row = study_of(loaded).framework.indicators[0]
    assert row.continuous is (levels == 0)
    assert levels in {0, round(row.span / row.step) + 1 if row.step else 0}


@pytest.mark.parametrize(
    ("worst", "best", "step", "place"),
    [
        ("4", "4", "", "W101 Indicators!F2"),
        ("4", "", "", "W101 Indicators!E2"),
        ("", "0", "", "W101 Indicators!F2"),
        ("", "", "3", "W102 Indicators!G2"),
        ("", "", "8", "W102 Indicators!G2"),
        ("", "2.5", "", "W102 Indicators!F2"),
        ("", "", "-1", "C111 Indicators!G2"),
        ("", "", "1e-320", "W102 Indicators!G2"),
        ("", "", "big", "C109 Indicators!G2"),
        ("low", "", "3", "C102 Indicators!E2"),
    ],
)
def test_scales_that_are_none(tmp_path: Path, worst: str, best: str, step: str, place: str) -> None:
    text = HEAD.format(column="unit") + f"| law | d | Law | condition | {worst} | {best} | {step} | |"
    assert said(check(tmp_path, text)) == [place]


@pytest.mark.parametrize(
    ("role", "floor", "codes"),
    [
        ("merit", "2", []),
        ("judgement", "0", []),
        ("merit", "5", ["C113"]),
        ("condition", "5", ["W104"]),
        ("judgement", "two", ["C102"]),
    ],
)
def test_floors(tmp_path: Path, role: str, floor: str, codes: list[str]) -> None:
    loaded = check(tmp_path, HEAD.format(column="floor") + ROW.format(role=role, cell=floor))
    assert [finding.code for finding in loaded.findings] == codes
    assert all(finding.cell == "H2" for finding in loaded.findings)


@pytest.mark.parametrize(
    ("column", "cell", "roles"),
    [
        ("match", "similar", {"condition"}),
        ("critical", "yes", {"condition"}),
        ("effort", "2", {"condition"}),
        ("floor", "2", {"merit", "judgement"}),
        ("objective", "wbl", {"need"}),
    ],
)
def test_columns_that_only_some_roles_use(tmp_path: Path, column: str, cell: str, roles: set[str]) -> None:
    for role in ("merit", "need", "condition", "judgement"):
        loaded = check(tmp_path, HEAD.format(column=column) + ROW.format(role=role, cell=cell))
        codes = {finding.code for finding in loaded.findings} - {"W103"}
        assert codes == (set() if role in roles else {"W104"})


def test_descriptions_of_levels(tmp_path: Path) -> None:
    text = """
        | Indicators |
        | id  | dimension | name | role  | worst | best | step | Livello 0 | level_-2 | 2. maila | level_1 |
        | law | d         | Law  | merit | -2    | 2    |      | middle    | bad      | good     | #REF!   |
        | pay | d         | Pay  | merit | 2     | -2   | 2    | middle    | good     | bad      | so so   |
    """
    assert said(check(tmp_path, text)) == ["C116 Indicators!K2", "W111 Indicators!K3"]
    loaded = check(tmp_path, text.replace("#REF!", "better"))
    law = study_of(loaded).framework.indicators[0]
    assert law.levels == {0: "middle", -2: "bad", 2: "good", 1: "better"}


def test_objectives_in_any_form(tmp_path: Path) -> None:
    cell = r"\u2022 Quality;\n\u2022 WBL / certificazione, , quality"
    loaded = check(tmp_path, f"| Practices |\n| title | source | objectives |\n| Fair | bremen | {cell} |")
    assert said(loaded) == []
    assert study_of(loaded).practices["fair"].objectives == ("quality", "wbl", "certification")


def test_text_where_a_list_should_be(tmp_path: Path) -> None:
    cell = "to help firms, to help schools, to help learners, to help towns, to help all, to help"
    loaded = check(tmp_path, f"| Practices |\n| title | source | objectives |\n| Fair | bremen | {cell} |")
    assert said(loaded) == ["C109 Practices!C2"] * 4


def test_a_dimension_is_not_left_over_because_its_indicator_has_a_fault(tmp_path: Path) -> None:
    dimensions = "| Dimensions |\n| id | name |\n| d | D |\n\n"
    loaded = check(tmp_path, dimensions + HEAD.format(column="floor") + ROW.format(role="merit", cell="x"))
    assert said(loaded) == ["C102 Indicators!H2"]


def test_a_framework_without_indicators_cannot_score(tmp_path: Path) -> None:
    text = """
        | Indicators |
        | id | dimension | name | role |

        | Practices |
        | title | source |
        | Fair  | bremen |

        | Merits |
        | practice |
        | fair     |
    """
    loaded = check(tmp_path, text, for_scoring=True)
    assert said(loaded) == ["S109 Indicators", "X104"]
    assert only(loaded, "X104").found == "no indicators"
