from __future__ import annotations

import pytest

from dualeco_cli.model.result import (
    Agreement,
    Barrier,
    LeaderStability,
    Method,
    Path,
    PracticeClass,
    PracticeResult,
    Report,
    TargetResult,
)
from dualeco_cli.model.rows import Indicator, Role
from dualeco_cli.model.study import Study
from dualeco_cli.reports.naming import indicator_name, level_text, one_line, region_heading, region_name
from dualeco_cli.reports.order import order
from dualeco_cli.reports.provenance import mean_words, weights_words
from dualeco_cli.reports.questions import reach_coverage
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.texts import (
    class_word,
    confidence_word,
    listed,
    match_word,
    objective_word,
    role_word,
)

from . import samples


@pytest.fixture
def story(report: Report, study: Study) -> Story:
    return Story(report, study)


@pytest.fixture
def target(report: Report) -> TargetResult:
    return report.targets[0]


def said(story: Story, practice: PracticeResult, target: TargetResult, label: str) -> list[str]:
    return [remark.text for remark in story.remarks(practice, target) if remark.label == label]


def test_levels_in_words(study: Study) -> None:
    pay = study.framework.indicator("contract_pay")
    assert level_text(pay, None) == "unknown"
    assert level_text(pay, 1.0) == "“A grant or scholarship is possible” (1)"
    assert level_text(pay, 1.5) == (
        "1.5, between “A grant or scholarship is possible” and “A paid contract in some dual routes”"
    )
    assert level_text(study.framework.indicator("neet_rate"), 14.7) == "14.7 % of 15-29"
    assert level_text(None, 2.0) == "2"
    bare = Indicator(id="bare", dimension="firms", role=Role.MERIT, worst=4.0, best=0.0)
    assert level_text(bare, 3.0) == "3 on the scale from 4 to 0"
    assert indicator_name(bare) == "bare"


def test_names_of_regions(study: Study) -> None:
    assert region_name(study, "lombardy") == "Lombardy"
    assert region_name(study, "elsewhere") == "elsewhere"
    assert region_name(study, None) == "source not given"
    assert region_heading(study, "lombardy", "Lombardy") == "Lombardy (IT, NUTS ITC4)"
    assert region_heading(study, "atlantis", "Atlantis") == "Atlantis"


def test_long_text_is_cut() -> None:
    assert one_line("a\n b") == "a b"
    assert len(one_line("x" * 500)) == 160
    assert one_line("x" * 500).endswith("…")


def test_lists() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"


def test_the_profile_of_a_target(story: Story, study: Study, target: TargetResult) -> None:
    assert story.profile(target) == (
        "Its profile has a value for 3 of the 4 indicators that the framework asks of a region."
    )
    value = study.profile["lombardy"]["contract_pay"].model_copy(update={"indicator": "wbl_share"})
    full = {**study.profile["lombardy"], "wbl_share": value}
    whole = study.model_copy(update={"profile": {"lombardy": full}})
    assert Story(story.report, whole).profile(target) == (
        "Its profile has a value for all 4 indicators that the framework asks of a region."
    )


def test_tally(story: Story, target: TargetResult) -> None:
    assert story.tally(target) == (
        "4 of 7 practices get a rank, 1 is blocked, too little is known of 1 "
        "and 1 comes from Lombardy itself."
    )
    ranked = TargetResult(id="lombardy", name="Lombardy", practices=samples.practices()[:1])
    assert story.tally(ranked) == "1 of 1 practice gets a rank."


def test_a_requirement_of_nothing_is_no_strength(story: Story, target: TargetResult) -> None:
    first = target.practices[0]
    assert first.indicators[1].required == 0
    assert said(story, first, target, "Strengths") == ["Documentation and Staff time."]


def test_a_need_is_a_strength_with_its_number(story: Story, target: TargetResult) -> None:
    first = target.practices[0]
    first.indicators[0].value = 0.9
    (text,) = said(story, first, target, "Strengths")
    assert "the need shown by Young people neither in work nor in education (14.7 % of 15-29)" in text


def test_gaps_are_conditions_first_and_low_ratings(story: Story, target: TargetResult) -> None:
    last = target.practices[3]
    (gap,) = said(story, last, target, "Gaps")
    assert gap == (
        "Teachers in contact with industry: “Teachers work on projects of firms as a matter of routine” (4) "
        "is needed; there is “A voluntary scheme that reaches few teachers” (2). It costs 5.3 points."
    )
    assert said(story, last, target, "Weak") == [
        "Staff time: “Only unpaid overtime of volunteers” (1). It costs 15.8 points."
    ]


def test_a_requirement_to_be_alike(story: Story, target: TargetResult) -> None:
    alike = samples.known("wbl_share", "firms", "condition", 40.0, 60.0, 0.8, 1.0)
    practice = target.practices[0].model_copy(update={"indicators": (alike,)})
    (gap,) = said(story, practice, target, "Gaps")
    assert gap == (
        "Share of learning in the firm: it should be like 40 % of the time; there is 60 % of the time. "
        "It costs 20.0 points."
    )
    barrier = Barrier(indicator="wbl_share", required=40.0, actual=60.0, gap=0.2)
    assert story.barrier(barrier, target) == (
        "Share of learning in the firm must be like 40 % of the time; in Lombardy it is 60 % of the time."
    )


@pytest.mark.parametrize(
    ("required", "actual", "text"),
    [
        (None, None, "neither what the practice requires nor what Lombardy has is known."),
        (
            None,
            2.0,
            (
                "what the practice requires is not known. "
                "Lombardy has “A paid contract in some dual routes” (2)."
            ),
        ),
        (2.0, None, "“A paid contract in some dual routes” (2) is required, what Lombardy has is not known."),
    ],
)
def test_open_questions(
    story: Story, target: TargetResult, required: float | None, actual: float | None, text: str
) -> None:
    open_ = samples.unknown("contract_pay", "firms", "condition", required, actual, 0.1)
    practice = target.practices[2].model_copy(
        update={"indicators": (open_,), "open_questions": ("contract_pay",)}
    )
    assert said(story, practice, target, "Open") == [f"Contract and pay of learners is critical; {text}"]


class TestPath:
    def test_levels_that_a_barrier_named_are_numbers(self, story: Story, target: TargetResult) -> None:
        path = samples.practices()[1].path
        barrier = Barrier(indicator="teacher_industry", required=3.0, actual=2.0, gap=0.25)
        practice = target.practices[5].model_copy(update={"path": path, "barriers": (barrier,)})
        (way,) = said(story, practice, target, "Path")
        assert way == (
            "To make it transferable, Lombardy would have to move Teachers in contact with industry "
            "from 2 to 3; the score would then be 76.1."
        )

    def test_nothing_to_change(self, story: Story, target: TargetResult) -> None:
        path = Path(
            to=PracticeClass.TRANSFERABLE, effort=0.0, score=80.0, reason="It depends on the answers."
        )
        practice = target.practices[2].model_copy(update={"path": path})
        assert said(story, practice, target, "Path") == [
            "To make it transferable, nothing in Lombardy has to change. It depends on the answers."
        ]

    def test_nowhere_to_go(self, story: Story, target: TargetResult) -> None:
        practice = target.practices[0].model_copy(
            update={"path": Path(reason="It is transferable as it is.")}
        )
        assert said(story, practice, target, "Path") == []


class TestReasons:
    def test_home_where_all_is_met(self, story: Story, target: TargetResult) -> None:
        practice = target.practices[4].model_copy(update={"indicators": target.practices[0].indicators})
        (text,) = said(story, practice, target, "Reason")
        assert "All that is known of its requirements is met there" in text

    def test_nothing_known(self, story: Story, target: TargetResult) -> None:
        unknown = samples.unknown("staff_time", "local", "judgement", None, None, 1.0)
        practice = target.practices[6].model_copy(
            update={"indicators": (unknown,), "coverage": 0.0, "score": None}
        )
        (reason,) = said(story, practice, target, "Reason")
        assert reason == (
            "Nothing is known that a score could rest on. "
            "To get there, let assessors in Lombardy rate Staff time."
        )
        assert story.verdict(practice) == "insufficient evidence"

    def test_nothing_applies(self, story: Story, target: TargetResult) -> None:
        practice = target.practices[6].model_copy(update={"indicators": (), "coverage": 0.0, "score": None})
        assert said(story, practice, target, "Reason") == ["Nothing is known that a score could rest on."]

    def test_the_fewest_answers_that_are_enough(self, target: TargetResult) -> None:
        weights = [0.1, 0.3, 0.2]
        practice = target.practices[6].model_copy(
            update={
                "coverage": 0.4,
                "indicators": tuple(
                    samples.unknown(f"i{n}", "local", "judgement", None, None, weight)
                    for n, weight in enumerate(weights)
                ),
            }
        )
        assert [i.indicator for i in reach_coverage(practice, 0.6)] == ["i1"]
        assert [i.indicator for i in reach_coverage(practice, 0.9)] == ["i1", "i2"]
        assert reach_coverage(practice, 0.4) == ()


class TestCertainty:
    def test_of_a_blocked_practice(self, story: Story, target: TargetResult) -> None:
        firm = samples.robustness(60.0, 55.0, 65.0, rank=9.0, likely=PracticeClass.BLOCKED)
        practice = target.practices[5].model_copy(update={"robustness": firm})
        assert said(story, practice, target, "Certainty") == ["It is blocked in 93% of the draws."]

    def test_too_little_known_may_be_blocked_on_top(self, story: Story, target: TargetResult) -> None:
        firm = samples.robustness(60.0, 55.0, 65.0, rank=9.0, likely=PracticeClass.INSUFFICIENT_EVIDENCE)
        firm.class_probability = {"insufficient-evidence": 0.81, "blocked": 0.19}
        practice = target.practices[6].model_copy(update={"robustness": firm})
        assert said(story, practice, target, "Certainty") == ["It is blocked in 19% of the draws."]

    def test_is_not_told_where_no_draw_changes_it(self, story: Story, target: TargetResult) -> None:
        firm = samples.robustness(60.0, 55.0, 65.0, rank=9.0, likely=PracticeClass.HOME)
        for practice in target.practices[4], target.practices[6]:
            assert said(story, practice.model_copy(update={"robustness": firm}), target, "Certainty") == []


class TestOrder:
    @pytest.mark.parametrize(
        ("low", "high", "text"),
        [
            (0.04, 0.55, "has between 4% and 55% of the weight of all dimensions (now 20%)"),
            (0.0, 0.55, "has at most 55% of the weight"),
            (0.04, 1.0, "has at least 4% of the weight"),
            (0.0, 1.0, "stays first whatever the weight of any single dimension."),
        ],
    )
    def test_stability(self, story: Story, target: TargetResult, low: float, high: float, text: str) -> None:
        target.leader_stability = (LeaderStability(dimension="need", low=low, high=high),)
        assert text in " ".join(story.order(target))

    @pytest.mark.parametrize(
        ("alpha", "text"),
        [(0.9, "agree well"), (0.7, "agree fairly"), (0.2, "do not agree enough to build on")],
    )
    def test_agreement(self, story: Story, target: TargetResult, alpha: float, text: str) -> None:
        target.agreement = Agreement(alpha=alpha, units=1, split=())
        assert f"The assessors {text}: Krippendorff's alpha is {alpha:.2f}, from 1 question" in " ".join(
            story.order(target)
        )

    def test_no_agreement_to_speak_of(self, story: Story, target: TargetResult) -> None:
        target.agreement = Agreement(alpha=None, units=0, split=())
        assert "assessors" not in " ".join(story.order(target))

    def test_many_even_neighbours(self, story: Story, target: TargetResult) -> None:
        wins = tuple(tuple(0.5 for _row in range(4)) for _column in range(4))
        assert target.pairwise is not None
        target.pairwise = target.pairwise.model_copy(update={"wins": wins})
        text = order(story.report, story.study, target, most=1)
        assert "So it is with 2 more pairs of neighbours." in text


def test_method_in_words() -> None:
    assert mean_words(1.0) == "weighted mean of what is known (full compensation)"
    assert mean_words(0.0).startswith("geometric mean")
    assert mean_words("none") == mean_words(float("-inf"))
    assert mean_words(-2.0) == "power mean of what is known, exponent -2"
    assert weights_words(Method(weights="any")) == "with any weights"


def test_every_word_of_the_data_has_a_word() -> None:
    assert class_word("not-yet") == "not yet"
    assert role_word("merit") == "merit of the practice"
    assert objective_word("wbl") == "completion of work-based learning"
    assert confidence_word("low") == "low"
    assert match_word("similar") == "similar to what is required"
    assert class_word("something else") == "something else"
