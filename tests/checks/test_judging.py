"""A framework judged: the formulas against the engine, the cases that are no fault, and who is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dualeco_cli.checks.judging.weights import Weighing
from dualeco_cli.checks.load import Loaded, Options, load
from dualeco_cli.cli.app import app
from dualeco_cli.data import builtin
from dualeco_cli.model.finding import Severity
from dualeco_cli.model.rows import Dimension, Indicator, Role, Settings
from dualeco_cli.scoring.aggregate import effective_weights, exponent, power_mean
from tests.support.checking import check, only, said
from tests.support.sheets import markdown, workbook

from .judging_cases import framework, rated

ROOT = Path(__file__).resolve().parents[2]
EXPONENTS = ["full", "partial", "none", 0.5, 0.01, -0.5, -1.0, -1000.0]


def judged(folder: Path, *texts: str) -> Loaded:
    return check(folder, *texts, judge=True)


def weighing(
    dimensions: list[float], indicators: list[tuple[int, float]], compensation: float | str = "full"
) -> Weighing:
    rows = [Dimension(id=f"d{number}", weight=weight) for number, weight in enumerate(dimensions)]
    asked = [
        Indicator(id=f"i{number}", dimension=f"d{at}", role=Role.MERIT, weight=weight)
        for number, (at, weight) in enumerate(indicators)
    ]
    return Weighing.of(rows, asked, Settings.model_validate({"compensation": compensation}))


WEIGHTS = st.sampled_from([0.0, 0.5, 1.0, 2.0, 7.0, 1e-9, 1e300])


class TestWeighing:
    @settings(deadline=None)
    @given(
        dimensions=st.lists(WEIGHTS, min_size=3, max_size=3),
        indicators=st.lists(st.tuples(st.integers(0, 2), WEIGHTS), min_size=1, max_size=6),
    )
    def test_weights_are_those_of_the_engine(
        self, dimensions: list[float], indicators: list[tuple[int, float]]
    ) -> None:
        if max(dimensions) > 1e100:
            dimensions = [min(weight, 1e3) for weight in dimensions]
        indicators = [(at, min(weight, 1e3)) for at, weight in indicators]
        theirs = effective_weights(
            np.array([[weight for _, weight in indicators]]),
            np.array([at for at, _ in indicators]),
            np.array(dimensions),
        )[0]
        ours = weighing(dimensions, indicators).indicators
        assert [ours[f"i{number}"] for number in range(len(indicators))] == pytest.approx(list(theirs))

    def test_very_large_weights_are_weights(self) -> None:
        assert weighing([1e308, 1e308, 1e308], [(0, 1), (1, 1), (2, 1)]).indicators["i0"] == pytest.approx(
            1 / 3
        )

    @pytest.mark.parametrize("compensation", EXPONENTS)
    @pytest.mark.parametrize("value", [0.0, 0.004, 0.25, 0.9, 1.0])
    @pytest.mark.parametrize("share", [0.0, 1e-6, 0.2, 1.0])
    def test_the_mean_is_that_of_the_engine(
        self, compensation: float | str, value: float, share: float
    ) -> None:
        theirs = power_mean(np.array([value, 1.0]), np.array([share, 1.0 - share]), exponent(compensation))
        ours = weighing([1], [(0, 1)], compensation).highest_score(value, share)
        assert ours == pytest.approx(100 * float(theirs), abs=1e-7)

    @pytest.mark.parametrize("compensation", EXPONENTS)
    @settings(deadline=None, max_examples=50)
    @given(rest=st.lists(st.floats(0, 1), min_size=2, max_size=2), share=st.floats(0.05, 0.9))
    def test_no_practice_sees_a_greater_effect(
        self, compensation: float | str, rest: list[float], share: float
    ) -> None:
        q = exponent(compensation)
        weights = np.array([share, (1 - share) / 3, 2 * (1 - share) / 3])
        worst, best = (float(power_mean(np.array([v, *rest]), weights, q)) for v in (0.0, 1.0))
        greatest = weighing([1], [(0, 1)], compensation).greatest_effect(share)
        assert 100 * (best - worst) <= greatest + 1e-6


class TestFloors:
    """A floor is implied where no practice below it can be adaptable, tried with every level there is."""

    @pytest.mark.parametrize("compensation", ["full", "partial", "none", "-1"])
    @pytest.mark.parametrize(("role", "grain"), [("merit", 1.0), ("judgement", 0.5)])
    @pytest.mark.parametrize("weight", [1, 3, 9])
    @pytest.mark.parametrize("threshold", [20, 50, 75])
    def test_against_every_level(
        self, compensation: str, role: str, grain: float, weight: int, threshold: int, tmp_path: Path
    ) -> None:
        q = exponent(compensation if compensation != "-1" else -1.0)
        weights = np.array([weight, 1.0])
        for floor in (1, 2, 3, 4):
            below = max(level for level in np.arange(0, 4, grain) if level < floor)
            best = 100 * float(power_mean(np.array([below / 4, 1.0]), weights, q))
            sheets = framework(
                f"| proof | about | Proof | {role} | {weight} | {floor} |",
                "| paper | about | Paper | merit | 1 | |",
                columns="weight | floor |",
            )
            chosen: list[list[object]] = [["compensation", compensation], ["adaptable_from", threshold]]
            loaded = judged(tmp_path, sheets + markdown([["key", "value"], *chosen], "Settings"))
            assert said(loaded) == (["W127 Indicators!F2"] if best < threshold - 1e-9 else []), floor

    def test_a_continuous_scale_comes_near_to_its_floor(self, tmp_path: Path) -> None:
        for floor, found in ((50, ["W127 Indicators!H2"]), (50.5, [])):
            loaded = judged(
                tmp_path,
                f"""
                | Indicators |
                | id    | dimension | name  | role  | worst | best | step | floor | unit | source   |
                | proof | about     | Proof | merit | 0     | 100  | 0    | {floor} | %  | A report |

                | Settings |
                | key          | value |
                | compensation | none  |
                """,
            )
            assert said(loaded) == found

    def test_less_is_better(self, tmp_path: Path) -> None:
        rows = "| proof | about | Proof | merit | 4 | 0 | {} |"
        columns = "worst | best | floor |"
        assert said(judged(tmp_path, framework(rows.format(4), columns=columns))) == ["W126 Indicators!G2"]
        assert said(judged(tmp_path, framework(rows.format(1), columns=columns))) == []


class TestWording:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Criterion 1", "Criterion 2"),
            ("Training of ICT teachers", "Training of VET teachers"),
            ("Share of young learners in firms", "Share of young learners in schools"),
            ("Years of level 3 learners", "Years of level 4 learners"),
            ("Funding", "Governance and funding"),
            ("Staff", "Equipment"),
        ],
    )
    def test_names_that_differ(self, one: str, other: str, tmp_path: Path) -> None:
        rows = (f"| a | about | {one} | merit |", f"| b | about | {other} | merit |")
        assert said(judged(tmp_path, framework(*rows))) == []

    def test_the_way_questions_are_put_is_no_likeness(self, tmp_path: Path) -> None:
        rows = [
            f"| {name} | about | {name} | merit | {name} of the three criteria of the partners in the call |"
            for name in ("First", "Second", "Third")
        ]
        assert said(judged(tmp_path, framework(*rows, columns="question |"))) == []

    def test_a_question_asked_twice(self, tmp_path: Path) -> None:
        rows = [
            "| a | about | Learners | merit | How well do learners find work after it? |",
            "| b | about | Jobs | merit | How well do learners find work after it ? |",
        ]
        assert said(judged(tmp_path, framework(*rows, columns="question |"))) == ["W120 Indicators!E3"]

    def test_a_question_asked_twice_with_a_word_more(self, tmp_path: Path) -> None:
        rows = [
            "| a | about | Learners | merit | How well do learners find work after training? |",
            "| b | about | Jobs | merit | How well do learners find good work after training? |",
        ]
        loaded = judged(tmp_path, framework(*rows, columns="question |"))
        assert said(loaded) == ["W121 Indicators!E3"]
        assert "(a, E2)" in only(loaded, "W121").message

    def test_the_same_name_in_another_role_is_worth_a_line(self, tmp_path: Path) -> None:
        rows = ("| a | about | Equipment | merit |", "| b | about | Equipment | judgement |")
        assert said(judged(tmp_path, framework(*rows))) == ["W121 Indicators!C3"]

    def test_a_word_of_four_letters_says_something(self, tmp_path: Path) -> None:
        rows = ("| a | about | Youth jobs | merit |", "| b | about | Youth jobs abroad | merit |")
        assert said(judged(tmp_path, framework(*rows))) == ["W121 Indicators!C3"]

    def test_names_yet_to_be_found_are_not_alike(self, tmp_path: Path) -> None:
        rows = ("| a | about | ? | merit |", "| b | about | ? | merit |")
        assert said(judged(tmp_path, framework(*rows))) == []

    def test_many_alike_are_told_once_each(self, tmp_path: Path) -> None:
        rows = [f"| a{number} | about | Same | merit |" for number in range(300)]
        assert len(judged(tmp_path, framework(*rows)).findings) == 299


class TestAnchors:
    @pytest.mark.parametrize(
        ("unit", "source", "words"),
        [
            ("", "", "its unit is blank, and so is the source of its ends"),
            ("", "A report", "its unit is blank"),
            ("%", "", "the source of its ends is blank"),
        ],
    )
    def test_what_a_measure_lacks(self, unit: str, source: str, words: str, tmp_path: Path) -> None:
        loaded = judged(
            tmp_path,
            f"""
            | Indicators |
            | id    | dimension | name  | role  | worst | best | step | unit   | source   |
            | proof | about     | Proof | merit | 0     | 100  | 0    | {unit} | {source} |
            """,
        )
        assert said(loaded) == ["W123 Indicators!A2"]
        assert f"scale of proof stand for: {words}." in only(loaded, "W123").message

    def test_both_ends_without_words(self, tmp_path: Path) -> None:
        loaded = judged(
            tmp_path,
            """
            | Indicators |
            | id    | dimension | name  | role  | level_2 |
            | proof | about     | Proof | merit | some    |
            """,
        )
        assert "level_0 and level_4 are blank" in only(loaded, "W123").message


class TestEffects:
    def test_a_weight_in_a_dimension_that_weighs_nothing(self, tmp_path: Path) -> None:
        sheets = framework(
            "| proof | about | Proof | merit | 2 |",
            "| paper | about | Paper | merit | |",
            "| law | region | Law | condition | 1 |",
            "| rule | region | Rules | condition | 1 |",
            columns="weight |",
        )
        dimensions = "| Dimensions |\n| id | name | weight |\n| about | About | 0 |\n| region | Region | 1 |"
        loaded = judged(tmp_path, sheets + dimensions)
        assert said(loaded) == ["W106 Dimensions!C2", "W124 Indicators!E2"]
        assert "about weighs nothing" in only(loaded, "W124").message

    def test_what_is_critical_does_something(self, tmp_path: Path) -> None:
        rows = "| law | region | Law | condition | 0 | {} |", "| rule | region | Rules | condition | 1 | |"
        columns = "weight | critical |"
        for word, found in (("yes", []), ("no", ["W124 Indicators!E2"])):
            sheets = framework(rows[0].format(word), rows[1], columns=columns)
            assert said(judged(tmp_path, sheets)) == found

    def test_a_small_dimension_is_told_once(self, tmp_path: Path) -> None:
        sheets = framework(
            *(f"| a{n} | about | Paper {n} | merit |" for n in range(3)),
            *(f"| b{n} | region | Region {n} | condition |" for n in range(3)),
        )
        dimensions = (
            "| Dimensions |\n| id | name | weight |\n| about | About | 100 |\n| region | Region | 0.1 |"
        )
        loaded = judged(tmp_path, sheets + dimensions)
        assert said(loaded) == ["W125 Dimensions!C3"]
        assert "0.1 points" in only(loaded, "W125").message

    def test_a_small_dimension_of_one_is_told_of_at_its_indicator(self, tmp_path: Path) -> None:
        sheets = framework(
            *(f"| a{n} | about | Paper {n} | merit |" for n in range(3)),
            "| law | region | Law | condition |",
        )
        dimensions = (
            "| Dimensions |\n| id | name | weight |\n| about | About | 100 |\n| region | Region | 0.1 |"
        )
        loaded = judged(tmp_path, sheets + dimensions)
        assert said(loaded) == ["W125 Indicators!A5", "W129 Dimensions!A3"]

    def test_what_is_small_by_number_is_no_slip(self, tmp_path: Path) -> None:
        rows = [f"| a{number} | about | Paper {number} | merit |" for number in range(250)]
        assert said(judged(tmp_path, framework(*rows))) == []

    def test_without_compensation_every_weight_is_felt(self, tmp_path: Path) -> None:
        rows = [
            f"| a{n} | about | Paper {n} | merit | {weight} |" for n, weight in enumerate((100, 100, 0.1))
        ]
        sheets = framework(*rows, columns="weight |")
        assert said(judged(tmp_path, sheets)) == ["W125 Indicators!E4"]
        none = "| Settings |\n| key | value |\n| compensation | none |"
        assert said(judged(tmp_path, sheets + none)) == []


class TestAgreement:
    CONDITIONS = framework("| law | region | Law | condition |", "| rule | region | Rules | condition |")
    ORDERED = (("law", [0, 1, 2, 3, 3, 1, 2, 3]), ("rule", [1, 2, 3, 4, 4, 2, 3, 4]))

    def profile(self, law: list[float], rule: list[float]) -> str:
        names = ["north", "south", "east", "west"]
        values = [
            [name, id_, value]
            for id_, held in (("law", law), ("rule", rule))
            for name, value in zip(names, held, strict=True)
        ]
        ecosystems = markdown([["id", "name"], *([name, name] for name in names)], "Ecosystems")
        return ecosystems + markdown([["ecosystem", "indicator", "value"], *values], "Profile")

    def test_four_ecosystems_in_one_order(self, tmp_path: Path) -> None:
        loaded = judged(tmp_path, self.CONDITIONS + self.profile([0, 1, 2, 3], [1, 2, 3, 4]))
        assert said(loaded) == ["W122 Indicators!A3"]
        message = only(loaded, "W122").message
        assert "over 4 ecosystems" in message
        assert "1 in 24 such pairs" in message

    def test_the_share_of_the_two_in_the_whole(self, tmp_path: Path) -> None:
        sheets = self.CONDITIONS + "| Dimensions |\n| id | name |\n| region | Region |\n\n"
        sheets = sheets.replace("| rule |", "| act | region | Acts | condition | none | all |\n| rule |")
        loaded = judged(tmp_path, sheets + self.profile([0, 1, 2, 3], [1, 2, 3, 4]))
        assert said(loaded) == ["W122 Indicators!A4"]
        assert "66.7%" in only(loaded, "W122").message

    @pytest.mark.parametrize(
        ("law", "rule"),
        [
            ([0, 1, 2, 3], [4, 3, 2, 1]),  # the opposite is not the same
            ([0, 1, 2, 3], [1, 2, 3, 3]),  # a tie in one of them
            ([0, 0, 0, 0], [1, 1, 1, 1]),  # no order at all
        ],
    )
    def test_another_order(self, law: list[float], rule: list[float], tmp_path: Path) -> None:
        assert said(judged(tmp_path, self.CONDITIONS + self.profile(law, rule))) == []

    @pytest.mark.parametrize(("law", "rule"), [([0, 0, 1, 1], [2, 2, 3, 3]), ([0, 1, 2, 2], [1, 2, 3, 3])])
    def test_what_may_well_be_chance_is_not_told(
        self, law: list[float], rule: list[float], tmp_path: Path
    ) -> None:
        assert said(judged(tmp_path, self.CONDITIONS + self.profile(law, rule))) == []

    def test_of_many_pairs_some_agree_by_chance(self, tmp_path: Path) -> None:
        ids = [f"c{number}" for number in range(6)]
        names = ["north", "south", "east", "west"]
        # the first two alike, the others in orders of their own
        orders = [[0, 1, 2, 3], [1, 2, 3, 4], [1, 0, 2, 3], [0, 2, 1, 3], [3, 2, 1, 0], [0, 3, 1, 2]]
        for count, found in ((5, ["W122 Indicators!A3"]), (6, [])):
            profile = [
                [name, id_, level]
                for id_, order in zip(ids[:count], orders, strict=False)
                for name, level in zip(names, order, strict=True)
            ]
            sheets = framework(*(f"| {id_} | region | Thing {id_} | condition |" for id_ in ids[:count]))
            sheets += markdown([["id", "name"], *([name, name] for name in names)], "Ecosystems")
            sheets += markdown([["ecosystem", "indicator", "value"], *profile], "Profile")
            assert said(judged(tmp_path, sheets)) == found, "10 pairs / 24 orders, then 15 / 24"

    def test_what_the_ecosystems_have_may_contradict_the_practices(self, tmp_path: Path) -> None:
        required = rated(*self.ORDERED, sheet="Requirements").replace("bremen", "north")
        agreeing = judged(tmp_path, self.CONDITIONS + required + self.profile([0, 1, 2, 3], [1, 2, 3, 4]))
        assert "over 8 practices" in only(agreeing, "W122").message
        assert "over 4 ecosystems" in only(agreeing, "W122").message
        other = judged(tmp_path, self.CONDITIONS + required + self.profile([0, 1, 2, 3], [3, 2, 1, 0]))
        assert [found for found in said(other) if found.startswith("W122")] == []

    def test_in_a_built_in_framework_it_stands_at_the_column(self, tmp_path: Path) -> None:
        levels = [0, 1, 2, 3, 4, 1, 2, 3, 0, 4, 2, 1]
        sheets = rated(("documentation", levels), ("evidence_strength", levels))
        loaded = judged(tmp_path, sheets)
        assert said(loaded) == ["W122 Merits!B1"]
        assert "documentation and evidence_strength (C1)" in only(loaded, "W122").message


class TestInert:
    CONDITION = framework("| law | region | Law | condition |", "| rule | region | Rules | condition |")

    def study(self, required: list[object], held: list[tuple[str, float]]) -> str:
        rows: list[list[object]] = [["practice", "law"]]
        rows += [[f"p{n}", value] for n, value in enumerate(required)]
        practices = [["id", "title", "source"], *([f"p{n}", f"P {n}", "home"] for n in range(len(required)))]
        names = ["home", *(name for name, _ in held)]
        profile: list[list[object]] = [["ecosystem", "indicator", "value"], ["home", "law", 4]]
        profile += [[name, "law", value] for name, value in held]
        return (
            self.CONDITION
            + markdown(practices, "Practices")
            + markdown(rows, "Requirements")
            + markdown([["id", "name"], *([name, name] for name in names)], "Ecosystems")
            + markdown(profile, "Profile")
        )

    @pytest.mark.parametrize(
        ("required", "held", "found"),
        [
            ([2, 3, 1], [("there", 3)], True),  # met everywhere
            ([3, 3, 3], [("there", 2), ("yonder", 2)], True),  # missed everywhere by as much
            ([3, 3, 4], [("there", 2)], False),
            ([3, 3, 3], [("there", 2), ("yonder", 1)], False),
            ([2, 3, ""], [("there", 3)], False),  # two are too few
            ([2, 3, "n/a"], [("there", 3)], False),
            ([2, 3, 1], [], False),  # only its own home is known
        ],
    )
    def test_conditions(
        self, required: list[object], held: list[tuple[str, float]], found: bool, tmp_path: Path
    ) -> None:
        loaded = judged(tmp_path, self.study(required, held))
        assert ("W128 Indicators!A2" in said(loaded)) is found

    def test_an_adapted_form_may_make_the_difference(self, tmp_path: Path) -> None:
        study = self.study([3, 3, 3], [("there", 2)])
        adapted = markdown(
            [["practice", "adaptation", "indicator", "required"], ["p0", "light", "law", 2]], "Adaptations"
        )
        assert "W128 Indicators!A2" in said(judged(tmp_path, study))
        assert "W128 Indicators!A2" not in said(judged(tmp_path, study + adapted))

    @pytest.mark.parametrize(
        ("objectives", "values", "found"),
        [
            (["wbl", "wbl, quality", "wbl"], [30, 30, 30], True),
            (["wbl", "quality", "wbl"], [30, 30, 30], False),  # it tells those that serve it from the others
            (["wbl", "", "wbl"], [30, 30, 30], False),
            (["wbl", "wbl", "wbl"], [30, 30, 31], False),
            (["wbl", "wbl", "wbl"], [30, 30, ""], False),
        ],
    )
    def test_needs(self, objectives: list[str], values: list[object], found: bool, tmp_path: Path) -> None:
        practices = [
            ["id", "title", "source", "objectives"],
            *([f"p{n}", f"P {n}", "a", text] for n, text in enumerate(objectives)),
        ]
        profile: list[list[object]] = [
            [name, "jobs", value] for name, value in zip("abc", values, strict=True)
        ]
        loaded = judged(
            tmp_path,
            """
            | Indicators |
            | id   | dimension | name | role | worst | best | step | objective | unit | source   |
            | jobs | region    | Jobs | need | 40    | 5    | 0    | wbl       | %    | A survey |

            """
            + markdown(practices, "Practices")
            + markdown([["id", "name"], *([name, name] for name in "abc")], "Ecosystems")
            + markdown([["ecosystem", "indicator", "value"], *profile], "Profile"),
        )
        assert said(loaded) == (["W128 Indicators!A2"] if found else [])

    def test_judgements(self, tmp_path: Path) -> None:
        def ratings(*values: int) -> str:
            rows = [[f"p{n}", "bremen", "wish", "anna", value] for n, value in enumerate(values)]
            return markdown([["practice", "target", "indicator", "assessor", "rating"], *rows], "Assessments")

        sheets = framework("| wish | here | Wishes | judgement |")
        practices = [["id", "title", "source"], *([f"p{n}", f"P {n}", "lombardy"] for n in range(3))]
        sheets += markdown(practices, "Practices")
        assert said(judged(tmp_path, sheets + ratings(2, 2, 2))) == ["W128 Indicators!A2"]
        assert said(judged(tmp_path, sheets + ratings(2, 2, 3))) == []
        assert said(judged(tmp_path, sheets + ratings(2, 2))) == []

    def test_in_a_built_in_framework_it_stands_at_the_first_judgement(self, tmp_path: Path) -> None:
        rows = [[f"p{n}", "bremen", "staff_time", "anna", 2] for n in range(3)]
        sheets = markdown(
            [["id", "title", "source"], *([f"p{n}", f"P {n}", "lombardy"] for n in range(3))], "Practices"
        ) + markdown([["practice", "target", "indicator", "assessor", "rating"], *rows], "Assessments")
        loaded = judged(tmp_path, sheets)
        assert said(loaded) == ["W128 Assessments!C2"]
        assert only(loaded, "W128").header == "indicator"

    def test_what_weighs_nothing_is_said_once(self, tmp_path: Path) -> None:
        sheets = framework(
            "| proof | about | Proof | merit | 0 |",
            "| paper | about | Paper | merit | 1 |",
            columns="weight |",
        )
        loaded = judged(tmp_path, sheets + rated(("proof", [3, 3, 3]), ("paper", [1, 2, 3])))
        assert said(loaded) == ["W124 Indicators!E2"]


class TestWho:
    """Who is told: whoever validates; and nobody may be made to doubt what is shipped without cause."""

    def test_scoring_says_nothing_of_it(self, tmp_path: Path) -> None:
        sheets = framework(
            "| proof | about | Proof | merit | 0 |",
            "| paper | about | Paper | merit | 0 |",
            columns="floor |",
        )
        path = workbook(tmp_path, sheets + rated(("proof", [1, 2, 3]), ("paper", [2, 1, 3])))
        runner = CliRunner()
        done = runner.invoke(app, ["score", str(path), "--target", "lombardy", "--samples", "0"])
        assert done.exit_code == 0
        assert "floor-never-blocks" not in done.output
        assert "floor-never-blocks" in runner.invoke(app, ["validate", str(path)]).output

    def test_errors_come_first(self, tmp_path: Path) -> None:
        sheets = framework(
            "| proof | about | Proof | merit | 0 |",
            "| paper | about | Paper | nonsense | |",
            columns="floor |",
        )
        assert said(judged(tmp_path, sheets)) == ["C109 Indicators!D3"]

    @pytest.mark.parametrize("id_", builtin.framework_ids())
    def test_no_shipped_framework_gets_a_warning(self, id_: str) -> None:
        loaded = load([builtin.framework_folder(id_)], Options(judge=True))
        assert {finding.severity for finding in loaded.findings} <= {Severity.INFO}
        assert {finding.code for finding in loaded.findings} <= {"W121", "W122", "W123", "W124", "W129"}

    def test_the_example_gets_no_warning(self) -> None:
        plain, told = (
            load([ROOT / "examples" / "practices.xlsx"], Options(judge=judge)) for judge in (False, True)
        )
        more = [finding for finding in told.findings if finding not in plain.findings]
        assert {finding.severity for finding in more} == {Severity.INFO}
        assert {finding.sheet for finding in more} == {"Requirements"}

    def test_a_framework_taken_as_it_is_is_sound(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.xlsx"
        runner = CliRunner()
        made = runner.invoke(app, ["template", "--framework", "dualeco", "--only", "framework", str(path)])
        assert made.exit_code == 0
        done = runner.invoke(app, ["validate", "--strict", str(path)])
        assert done.exit_code == 0, done.output
