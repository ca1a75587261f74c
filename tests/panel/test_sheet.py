"""The sheet Panel as people fill it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli import load_study
from dualeco_cli.model.finding import Severity
from dualeco_cli.model.rows import PanelRow

from ..support.checking import check, only, said, study_of
from .studies import STUDY

POINTS = "| Panel |\n| member | dimension | points |\n"


def rows(folder: Path, text: str) -> tuple[PanelRow, ...]:
    panel = study_of(check(folder, STUDY + text)).panel
    assert panel is not None
    return panel.rows


@pytest.mark.parametrize(
    "text",
    [
        "| Panel |\n| member | indicator | points | over |",
        "| Panel di esperti |\n| Membro | Indicatore | Punti | Rispetto a |",
        "| Panel de expertos |\n| Miembro | Indicador | Puntos | Respecto a |",
        "| Expertenpanel |\n| Mitglied | Indikator | Punkte | Gegenüber |",
        "| Panela |\n| Kidea | Adierazlea | Puntuak | Honekin alderatuta |",
    ],
)
def test_in_five_languages(tmp_path: Path, text: str) -> None:
    (row,) = rows(tmp_path, text + "\n| Ann Lee | proof | 3 | text |")
    assert (row.member, row.indicator, row.points, row.over) == ("ann-lee", "proof", 3.0, "text")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1/3", 1 / 3), ("1 / 9", 1 / 9), ('"3"', 3.0), ("0.5", 0.5), ('"0,25"', 0.25), ("2/4", 0.5)],
)
def test_a_ratio_may_be_a_fraction(tmp_path: Path, cell: str, value: float) -> None:
    (row,) = rows(
        tmp_path, f"| Panel |\n| member | indicator | points | over |\n| Ann | proof | {cell} | text |"
    )
    assert row.points == pytest.approx(value, abs=1e-15)


@pytest.mark.parametrize(
    ("cell", "right"), [("9", True), ("1/9", True), ("9.1", False), ("1/10", False), ("10", False)]
)
def test_comparisons_go_from_a_ninth_to_nine(tmp_path: Path, cell: str, right: bool) -> None:
    text = f"| Panel |\n| member | indicator | points | over |\n| Ann | proof | {cell} | text |"
    found = [finding for finding in check(tmp_path, STUDY + text).findings if finding.name == "panel-ratio"]
    assert [(one.sheet, one.cell) for one in found] == ([] if right else [("Panel", "C2")])


@pytest.mark.parametrize(("ratio", "right"), [("2.7", True), ("2.85", False)])
def test_comparisons_may_contradict_each_other_up_to_a_ratio_of_a_tenth(
    tmp_path: Path, ratio: str, right: bool
) -> None:
    # λ of three things is 1 + t + 1/t, where t³ is how far off a round trip is: 0.095 and 0.106.
    text = f"""
        | Panel |
        | member | dimension | points  | over   |
        | Ann    | evidence  | {ratio} | renown |
        | Ann    | renown    | 1       | region |
        | Ann    | evidence  | 1       | region |
    """
    found = [one.name for one in check(tmp_path, STUDY + text).findings if one.sheet == "Panel"]
    assert found == ([] if right else ["panel-inconsistent"])


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("1/0", "number-expected"),
        ("a lot", "number-expected"),
        ("2026-03-01", "date-for-number"),
        ("-1", "number-out-of-range"),
        ("TRUE", "boolean-for-number"),
    ],
)
def test_what_is_no_number_of_points(tmp_path: Path, cell: str, rule: str) -> None:
    loaded = check(tmp_path, STUDY + POINTS + f"| Ann | region | {cell} |")
    (error,) = [finding for finding in loaded.findings if finding.severity is Severity.ERROR]
    assert (error.name, error.sheet, error.cell) == (rule, "Panel", "C2")


def test_what_a_spreadsheet_makes_of_a_third_is_explained(tmp_path: Path) -> None:
    loaded = check(tmp_path, STUDY + POINTS + "| Ann | region | 2026-03-01 |")
    (error,) = [finding for finding in loaded.findings if finding.severity is Severity.ERROR]
    assert error.name == "date-for-number"
    assert "1/3" in (error.expected or "")


@pytest.mark.parametrize("word", ["rank", "Rangfolge", "graduatoria", "clasificación", "ordena"])
def test_the_setting_is_read_in_five_languages(tmp_path: Path, word: str) -> None:
    text = STUDY + f"| Settings |\n| key | value |\n| panel | {word} |"
    assert study_of(check(tmp_path, text)).framework.settings.panel == "rank"


def test_a_word_that_is_nearly_right(tmp_path: Path) -> None:
    loaded = check(tmp_path, STUDY + "| Settings |\n| key | value |\n| panel | pairwize |")
    assert only(loaded, "W109").suggestion == "pairwise"


def test_pairs_that_are_asked_for_must_be_pairs(tmp_path: Path) -> None:
    text = "\n\n| Settings |\n| key | value |\n| panel | pairwise |"
    loaded = check(tmp_path, STUDY + POINTS + "| Ann | region | 2 |" + text)
    (error,) = [finding for finding in loaded.findings if finding.severity is Severity.ERROR]
    assert (error.name, error.cell) == ("cell-required", "C2")


def test_references_are_checked_with_the_nearest_name(tmp_path: Path) -> None:
    text = """
        | Panel |
        | member | dimension | indicator | points | over  |
        | Ann    | regoin    |           | 2      |       |
        | Ann    |           | proof     | 2      | txet  |
        | Ann    |           | prooof    | 2      |       |
    """
    loaded = check(tmp_path, STUDY + text)
    found = {finding.cell: finding.suggestion for finding in loaded.findings if finding.code == "X101"}
    assert found == {"B2": "region", "E3": "text", "C4": "proof"}


def test_the_same_thing_twice_is_an_error_at_both(tmp_path: Path) -> None:
    loaded = check(
        tmp_path, STUDY + POINTS + "| Ann | region | 20 |\n| Ann | region | 30 |\n| Ben | region | 1 |"
    )
    errors = [finding.cell for finding in loaded.findings if finding.severity is Severity.ERROR]
    assert errors == ["A2", "A3"]


def test_each_member_may_send_a_file(tmp_path: Path) -> None:
    ann = POINTS + "| Ann | evidence | 1 |\n| Ann | renown | 1 |\n| Ann | region | 1 |"
    study = study_of(check(tmp_path, STUDY, ann, ann.replace("Ann", "Ben")))
    assert study.panel is not None
    assert {row.member for row in study.panel.rows} == {"ann", "ben"}


def test_who_has_a_cell_with_an_error_has_left_nothing_out(tmp_path: Path) -> None:
    rows_ = "| Ann | region | much |\n| Ann | renown | 10 |\n| Ann | evidence | 10 |"
    assert len(said(check(tmp_path, STUDY + POINTS + rows_))) == 1


def test_an_empty_sheet_is_no_panel(tmp_path: Path) -> None:
    study = study_of(check(tmp_path, STUDY + "| Panel |\n| member | dimension | points |"))
    assert study.panel is None


def test_a_panel_for_the_built_in_framework_needs_no_indicators(tmp_path: Path) -> None:
    (tmp_path / "Panel.csv").write_text("member,indicator,points\nAnn,legal_framework,10\n", encoding="utf-8")
    examples = Path(__file__).parents[2] / "examples"
    panel = load_study(examples / "practices.xlsx", tmp_path).panel
    assert panel is not None
    assert [row.item for row in panel.rows] == ["legal_framework"]
