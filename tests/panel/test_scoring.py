"""Scores and draws with the weights of a panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli import load_study, score
from dualeco_cli.api import compare, explain
from dualeco_cli.model.result import PracticeResult, Report

from ..support.sheets import workbook
from .studies import BUDGETS, STUDY, VALUES, sheets, study_with

#: By member: dimensions evidence, renown, region, and the indicators proof and text within evidence. Ann says
#: nothing of these, so hers are the panel's, which are Ben's.
ANN = (0.6, 0.2, 0.2), (0.5, 0.5)
BEN = (0.1, 0.8, 0.1), (0.5, 0.5)
PANEL = (0.35, 0.5, 0.15), (0.5, 0.5)


def by_hand(weights: tuple[tuple[float, ...], tuple[float, ...]]) -> dict[str, float]:
    (evidence, renown, region), (proof, text) = weights
    return {
        id_: 100 * (evidence * (proof * v[0] + text * v[1]) + renown * v[2] + region * v[3])
        for id_, v in VALUES.items()
    }


def practices(report: Report) -> dict[str, PracticeResult]:
    return {practice.id: practice for practice in report.targets[0].practices}


def scores(report: Report) -> dict[str, float | None]:
    return {id_: practice.score for id_, practice in practices(report).items()}


def test_scores_by_hand(tmp_path: Path) -> None:
    report = score(study_with(tmp_path), "here", weights="panel", samples=0).report
    assert scores(report) == pytest.approx(by_hand(PANEL))
    assert report.method.weights == "panel"


def test_without_asking_the_framework_holds(tmp_path: Path) -> None:
    report = score(study_with(tmp_path), "here", samples=0).report
    third = 1 / 3
    assert scores(report) == pytest.approx(by_hand(((third, third, third), (0.75, 0.25))))
    assert report.panel is None


def test_what_the_report_says_of_the_panel(tmp_path: Path) -> None:
    panel = score(study_with(tmp_path), "here", weights="panel", samples=0).report.panel
    assert panel is not None
    assert panel.members == ("ann", "ben")
    dimensions, evidence = panel.groups
    assert (dimensions.dimension, evidence.dimension) == (None, "evidence")
    assert [item.id for item in dimensions.items] == ["evidence", "renown", "region"]
    assert [item.weight for item in dimensions.items] == pytest.approx(PANEL[0])
    assert [(item.low, item.high) for item in dimensions.items] == [(0.1, 0.6), (0.2, 0.8), (0.1, 0.2)]
    assert dimensions.items[0].shares == (0.6, 0.1)
    assert (dimensions.mean, dimensions.consistency) == ("arithmetic", (None, None))
    # 0.3 of the weight lies elsewhere with Ann, and as much with Ben: the first by id is named
    assert dimensions.furthest == "ann"
    assert dimensions.distance == pytest.approx(0.3)
    assert evidence.members == ("ben",)
    assert (evidence.kendall_w, evidence.furthest) == (None, None)


def test_members_and_rows_in_another_order_change_nothing(tmp_path: Path) -> None:
    head, columns, *rows = [line for line in BUDGETS.splitlines() if line.strip()]
    turned = "\n".join([head, columns, *reversed(rows)])
    one, other = (
        score(study_with(tmp_path / str(number), panel), "here", weights="panel", samples=500).report
        for number, panel in enumerate((BUDGETS, turned))
    )
    assert one.panel == other.panel
    assert one.targets == other.targets


def test_each_draw_has_the_weights_of_one_member(tmp_path: Path) -> None:
    """All values are certain, so a score has one value for each member, and each comes half of the time."""
    report = score(study_with(tmp_path), "here", weights="panel", samples=4000).report
    ann, ben = by_hand(ANN), by_hand(BEN)
    for id_, practice in practices(report).items():
        robustness = practice.robustness
        assert robustness is not None
        assert robustness.p05 == pytest.approx(min(ann[id_], ben[id_]), rel=0, abs=1e-9)
        assert robustness.p95 == pytest.approx(max(ann[id_], ben[id_]), rel=0, abs=1e-9)
        of_ann = (robustness.mean - ben[id_]) / (ann[id_] - ben[id_]) if robustness.mean is not None else 0
        assert of_ann == pytest.approx(0.5, abs=0.04)  # five standard deviations
    # with the weights of either, beta leads: central weights are those of the draws in which it does
    beta = practices(report)["beta"].robustness
    assert beta is not None
    assert beta.rank_acceptability[0] == 1
    assert beta.central_weights is not None
    assert 0.1 < beta.central_weights["evidence"] < 0.6


def test_the_same_seed_gives_the_same_and_another_one_does_not(tmp_path: Path) -> None:
    study = study_with(tmp_path)
    one, again, other = (
        score(study, "here", weights="panel", samples=300, seed=seed).report.targets for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_a_member_for_whom_only_the_unknown_counts_still_gives_a_score(tmp_path: Path) -> None:
    """Of alpha only the law is known, which Ann gives nothing: in her draws it still scores as that does."""
    study = STUDY.replace("| alpha    | 4     | 0    | 0    |", "| alpha    |       |      |      |")
    panel = """
        | Panel |
        | member | dimension | points |
        | Ann    | evidence  | 50     |
        | Ann    | renown    | 50     |
        | Ann    | region    | 0      |
        | Ben    | evidence  | 0      |
        | Ben    | renown    | 0      |
        | Ben    | region    | 100    |
    """
    path = workbook(tmp_path, study + panel)
    report = score(load_study(path), "here", weights="panel", samples=200).report
    alpha = practices(report)["alpha"]
    assert alpha.robustness is not None
    assert alpha.score == pytest.approx(25)
    assert (alpha.robustness.p05, alpha.robustness.p95) == pytest.approx((25, 25))
    gamma = practices(report)["gamma"]
    assert gamma.robustness is not None
    assert (gamma.robustness.p05, gamma.robustness.p95) == pytest.approx((50, 100))


def budgets(*given: tuple[str, int, int, int]) -> str:
    """A panel from members with their points for evidence, renown and region."""
    rows = [
        f"| {member} | {dimension} | {number} |"
        for member, *points in given
        for dimension, number in zip(("evidence", "renown", "region"), points, strict=True)
    ]
    return "\n".join(["| Panel |", "| member | dimension | points |", *rows])


def test_who_stands_apart_the_furthest_is_named(tmp_path: Path) -> None:
    panel = budgets(("Ann", 40, 30, 30), ("Ben", 40, 30, 30), ("Zoe", 0, 0, 100))
    report = score(study_with(tmp_path, panel), "here", weights="panel", samples=0).report
    assert report.panel is not None
    (group,) = report.panel.groups
    # the panel gives region 160 of 300; Zoe puts the other 140 there as well
    assert group.furthest == "zoe"
    assert group.distance == pytest.approx(140 / 300)


@pytest.mark.parametrize("samples", [0, 200])
def test_what_nobody_gives_anything_does_not_count(tmp_path: Path, samples: int) -> None:
    panel = budgets(("Ann", 50, 50, 0), ("Ben", 100, 0, 0))
    report = score(study_with(tmp_path, panel), "here", weights="panel", samples=samples).report
    assert scores(report) == pytest.approx(by_hand(((0.75, 0.25, 0.0), (0.75, 0.25))))
    for practice in practices(report).values():
        assert practice.dimensions[2].weight == 0
        if practice.robustness is not None and practice.robustness.central_weights is not None:
            assert practice.robustness.central_weights["region"] == 0


@pytest.mark.parametrize("compensation", ["full", "partial", "none", "-1"])
def test_every_mean_takes_them(tmp_path: Path, compensation: str) -> None:
    report = score(
        study_with(tmp_path), "here", weights="panel", samples=100, compensation=compensation
    ).report
    for practice in report.targets[0].practices:
        assert practice.robustness is not None
        assert practice.robustness.p05 is not None
        assert 0 <= practice.robustness.p05 <= (practice.robustness.p95 or 0) <= 100


def test_ranks(tmp_path: Path) -> None:
    panel = """
        | Panel |
        | member | dimension | points |
        | Ann    | evidence  | 1      |
        | Ann    | renown    | 2      |
        | Ann    | region    | 2      |
    """
    report = score(study_with(tmp_path, panel, "| panel | rank |"), "here", weights="panel", samples=0).report
    assert report.panel is not None
    second = (5 / 18 + 2 / 18) / 2
    assert [item.weight for item in report.panel.groups[0].items] == pytest.approx([11 / 18, second, second])


def test_pairs(tmp_path: Path) -> None:
    panel = """
        | Panel |
        | member | dimension | points | over   |
        | Ann    | evidence  | 4      | renown |
        | Ann    | evidence  | 4      | region |
        | Ann    | renown    | 1      | region |
        | Ben    | evidence  | 1      | renown |
        | Ben    | region    | 1      | renown |
        | Ben    | region    | 1      | evidence |
    """
    report = score(study_with(tmp_path, panel), "here", weights="panel", samples=0).report
    assert report.panel is not None
    (group,) = report.panel.groups
    # geometric means: √(4/6 · 1/3) to √(1/6 · 1/3) is 2 to 1
    assert [item.weight for item in group.items] == pytest.approx([0.5, 0.25, 0.25])
    assert group.mean == "geometric"
    assert group.consistency == pytest.approx((0, 0), abs=1e-9)


def test_one_framework_for_all_functions(tmp_path: Path) -> None:
    """Whether a study is loaded with the panel's weights or scored with them is the same."""
    path = sheets(tmp_path)
    loaded = load_study(path, weights="panel")
    assert (
        score(loaded, "here", samples=50).report
        == score(load_study(path), "here", weights="panel", samples=50).report
    )
    told = explain(load_study(path), "beta", "here", weights="panel", samples=0)
    assert told.report.targets[0].practices[0].score == pytest.approx(by_hand(PANEL)["beta"])
    everywhere = compare(load_study(path), ["here"], weights="panel", samples=0).report
    assert scores(everywhere) == pytest.approx(by_hand(PANEL))


def test_without_a_panel_there_are_no_weights_of_one(tmp_path: Path) -> None:
    study = study_with(tmp_path, "")
    with pytest.raises(ValueError, match="no sheet Panel"):
        score(study, "here", weights="panel")
    with pytest.raises(ValueError, match="no sheet Panel"):
        load_study(sheets(tmp_path / "again", ""), weights="panel")


def test_nor_where_nobody_counts(tmp_path: Path) -> None:
    panel = "| Panel |\n| member | dimension | points |\n| Ann | evidence | 50 |"
    with pytest.raises(ValueError, match="gives no weights"):
        score(study_with(tmp_path, panel), "here", weights="panel")
