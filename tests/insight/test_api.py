"""What the functions of the API find out, by hand for the study of this folder.

East has laws 3, pace 2, centre 1 and leavers 8 (n = (8 - 20) / (4 - 20) = 0.75); West 4, 1, 3 and 12
(n = 0.5); South laws 1 and centre 2.

lab, for East: leavers 1 - 0.75 = 0.25; laws 1 - (1 - 0.75) = 0.75; pace 1 - |0.25 - 0.5| = 0.75; centre
1 - (0.75 - 0.25) = 0.5; papers 0.75; goals, median of 4, 3 and 0, 0.75; staff, median of 3 and 2, 0.625.
Weights of the dimensions 1, 2, 1, 1 of 5: leavers and papers 0.2, laws, pace and centre 0.4 / 3, goals and
staff 0.1: 0.05 + 0.4 / 3 * 2 + 0.15 + 0.1 * 1.375 = 0.60416…
"""

from __future__ import annotations

import pytest

from dualeco_cli.api import assessor_views, backtest, compare, explain, plan
from dualeco_cli.model.insight import restricted
from dualeco_cli.model.result import PracticeClass, Step
from dualeco_cli.model.study import Study


def test_points_are_those_of_the_hand(study: Study) -> None:
    found = explain(study, "lab", "east", samples=0)
    assert found.practice.score == pytest.approx(100 * (0.05 + 0.8 / 3 + 0.15 + 0.1375), abs=1e-9)
    assert {one.indicator: one.points for one in found.supports} == pytest.approx(
        {"leavers": 5, "laws": 10, "pace": 10, "centre": 20 / 3, "papers": 15, "goals": 7.5, "staff": 6.25}
    )
    assert {one.indicator: one.points for one in found.gaps} == pytest.approx(
        {
            "leavers": 15,
            "laws": 10 / 3,
            "pace": 10 / 3,
            "centre": 20 / 3,
            "papers": 5,
            "goals": 2.5,
            "staff": 3.75,
        }
    )
    assert [one.indicator for one in found.gaps if one.barrier] == ["centre"]


def test_questions_know_what_an_answer_would_do(study: Study) -> None:
    # mentors: all but centre is known, with 0.4 / 3 of the weight.
    found = explain(study, "mentors", "east", samples=0)
    (question,) = found.questions
    # leavers 0.25, laws 0.75, pace 0.75, papers 0.25, goals 0.25, staff 1
    known = 0.05 + 0.2 + 0.05 + 0.025 + 0.1
    assert found.practice.score == pytest.approx(100 * known / (1 - 0.4 / 3), abs=1e-9)
    assert question.indicator == "centre"
    assert question.lowest == pytest.approx(100 * known, abs=1e-9)
    assert question.highest == pytest.approx(100 * (known + 0.4 / 3), abs=1e-9)
    assert (question.if_worst, question.if_best) == (PracticeClass.NOT_YET, PracticeClass.ADAPTABLE)
    assert question.changes_class


def test_similarity_is_gowers(study: Study) -> None:
    found = explain(study, "lab", "east", samples=0).similarity
    assert found is not None
    # distances 0.25, 0.25, 0.5, 0.25
    assert (found.ecosystem, found.indicators) == ("west", 4)
    assert found.value == pytest.approx(1 - 1.25 / 4, abs=1e-12)
    between = compare(study, samples=0).similarity
    assert between["east", "south"].value == between["south", "east"].value == pytest.approx(0.625, abs=1e-12)
    assert between["west", "south"].value == pytest.approx(0.5, abs=1e-12)
    assert between["west", "south"].indicators == 2
    assert ("east", "east") not in between


def test_at_home_there_is_nothing_to_compare_with(study: Study) -> None:
    assert explain(study, "passport", "east", samples=0).similarity is None


def test_a_report_of_one_practice_has_the_numbers_of_the_whole(study: Study) -> None:
    whole = compare(study, samples=50).report
    alone = restricted(whole, "mentors")
    for target, one in zip(whole.targets, alone.targets, strict=True):
        (practice,) = one.practices
        assert practice == next(p for p in target.practices if p.id == "mentors")
        assert one.leader_stability == target.leader_stability
        assert one.agreement is not None
        assert {split.practice for split in one.agreement.split} <= {"mentors"}
        if target.pairwise is None:
            assert one.pairwise is None
            continue
        ranked = practice.rank is not None
        assert one.pairwise is not None
        assert one.pairwise.practices == (("mentors",) if ranked else ())
        assert one.pairwise.wins == (((0.5,),) if ranked else ())


def test_the_ranking_has_the_leader_first(study: Study) -> None:
    found = explain(study, "lab", "east", samples=0)
    assert found.ranking == ("fair", "mentors")
    without = {one.indicator: one for one in found.left_out}
    # coach needs pace 3!, which East does not have: without pace it is not blocked, and better than fair.
    assert (without["pace"].leader, without["pace"].leader_changes) == ("coach", True)
    assert (without["laws"].leader, without["laws"].leader_changes) == ("fair", False)
    assert without["laws"].tau_b == 1
    assert "lab" in without["centre"].reclassified


def test_best_targets_and_practices(study: Study) -> None:
    found = compare(study, samples=0)
    results = found.results()
    # fair 80.6 in East, passport 77.8 in West, mentors 52.5 in West; then by the best score away from home
    assert list(results) == ["fair", "passport", "mentors", "coach", "levy", "lab"]
    best = {id_: found.best_targets(row) for id_, row in results.items()}
    assert best == {
        "fair": ("east",),
        "passport": ("west",),
        "mentors": ("west",),
        "coach": (),
        "levy": (),
        "lab": (),
    }
    assert [p.id for p in found.best_practices("east")] == ["fair"]
    assert found.best_practices("south") == ()


def test_a_plan_is_the_cheapest_one_that_makes_the_most_transferable(study: Study) -> None:
    found = plan(study, "east")
    assert found.steps == (Step(indicator="pace", from_=2.0, to=3.0),)
    assert (found.effort, found.budget, found.proven) == (1, None, True)
    assert (found.today, found.gained, found.lost) == (("fair",), ("coach",), ())
    assert plan(study, "east", 0.5).steps == ()
    assert plan(study, "east", float("inf")) == found


def test_views_of_the_assessors(study: Study) -> None:
    found = assessor_views(study, "east")
    assert found is not None
    assert [view.assessor for view in found.views] == [None, "ane", "bruno", "carla"]
    joint, ane, bruno, _carla = found.views
    # goals and staff are all that differs. Ane: goals 2 of 4, Bruno: 4 of 4, both nothing of staff.
    # leavers 0.25, laws, centre and papers 1, pace 1: 0.05 + 0.4 + 0.2 + 0.2 * goals
    assert ane.practices["fair"].score == pytest.approx(100 * (0.65 + 0.1 * 0.5) / 0.9, abs=1e-9)
    assert bruno.practices["fair"].score == pytest.approx(100 * (0.65 + 0.1 * 1.0) / 0.9, abs=1e-9)
    assert joint.practices["fair"].score == pytest.approx(100 * (0.65 + 0.1 * 0.75) / 0.9, abs=1e-9)
    assert (ane.ratings, bruno.ratings) == (4, 6)
    assert found.associations[0][1].tau_b == 1
    assert found.associations[0][1].practices == 2
    assert found.units == 4
    assert set(found.without) == {"ane", "bruno", "carla"}
    assert found.by_dimension == {"local": found.alpha}


def test_without_two_assessors_there_are_no_views(study: Study) -> None:
    assert assessor_views(study, "west") is None


def test_hindsight_by_hand(study: Study) -> None:
    found = backtest(study).hindsight
    # Score and outcome: mobile lab 68.8 3, fair in East 80.6 4, in South 92.9 2, mentors 49.0 1, levy 75 2;
    # passport is at home. Of ten pairs six agree, three do not, one is tied in the outcome.
    assert found.cases == 5
    assert found.tau_b == pytest.approx((6 - 3) / (10 * 9) ** 0.5, abs=1e-12)
    # Successes are lab and fair in East: 68.8 > 49.0 and 80.6 > 49.0, 75.
    assert found.auc == pytest.approx(3 / 6, abs=1e-12)
    assert found.note is None
    assert [pilot.class_ for pilot in found.pilots][4] is PracticeClass.HOME


@pytest.mark.parametrize("call", [explain, plan, assessor_views, compare])
def test_what_is_not_there_is_said(study: Study, call: object) -> None:
    arguments = ("lab", "nowhere") if call is explain else ("nowhere",)
    with pytest.raises(KeyError, match="no ecosystem 'nowhere'"):
        call(study, *arguments)  # type: ignore[operator]


def test_a_practice_that_is_not_there(study: Study) -> None:
    with pytest.raises(KeyError, match="no practice 'nothing'"):
        explain(study, "nothing", "east")


@pytest.mark.parametrize("budget", [-1.0, float("nan")])
def test_a_budget_is_no_debt(study: Study, budget: float) -> None:
    with pytest.raises(ValueError, match="budget"):
        plan(study, "east", budget)
