"""The worked example of every framework: it is valid, and its scores are those computed here by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli import load_study, score
from dualeco_cli.checks.load import Options, load
from dualeco_cli.data import builtin
from dualeco_cli.model.result import PracticeResult

EXAMPLES = Path(__file__).parents[2] / "examples" / "frameworks"


def scored(framework: str, target: str) -> dict[str, PracticeResult]:
    study = load_study(EXAMPLES / framework, indicators=framework)
    (result,) = score(study, target, samples=0).report.targets
    return {practice.id: practice for practice in result.practices}


def verdicts(practices: dict[str, PracticeResult]) -> dict[str, tuple[int | None, str]]:
    return {id_: (practice.rank, practice.class_.value) for id_, practice in practices.items()}


def scores(practices: dict[str, PracticeResult]) -> dict[str, float | None]:
    return {id_: practice.score for id_, practice in practices.items()}


def test_every_framework_has_one() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(builtin.framework_ids()) - {"dualeco"}


@pytest.mark.parametrize("folder", sorted(EXAMPLES.iterdir()), ids=lambda folder: folder.name)
def test_it_is_valid(folder: Path) -> None:
    loaded = load([str(folder)], Options(indicators=folder.name, for_scoring=True))
    assert [finding.message for finding in loaded.findings] == []
    assert loaded.study is not None


@pytest.mark.parametrize("folder", sorted(EXAMPLES.iterdir()), ids=lambda folder: folder.name)
def test_what_is_invented_says_so(folder: Path) -> None:
    study = load_study(folder, indicators=folder.name)
    real = load_study(EXAMPLES.parent / "practices").practices
    for id_, practice in study.practices.items():
        # a real practice stands in the example of the real ones word for word
        assert practice == real[id_] if id_ in real else practice.title.startswith("Synthetic: ")


def test_efqea_for_bremen() -> None:
    """Bremen meets all that is known: scores of 100, which say nothing where little is known."""
    practices = scored("efqea", "bremen")
    assert verdicts(practices) == {
        "ifts-in-apprendistato": (1, "transferable"),
        "german-dual-it-occupations": (None, "home"),
        "hla-northern-ireland": (None, "insufficient-evidence"),
    }
    assert scores(practices) == pytest.approx(dict.fromkeys(practices, 100), abs=1e-9)
    # each of the fourteen criteria weighs 1/14
    assert practices["ifts-in-apprendistato"].coverage == pytest.approx(9 / 14, abs=1e-9)
    assert practices["hla-northern-ireland"].coverage == pytest.approx(5 / 14, abs=1e-9)


def test_efqea_for_lombardy() -> None:
    """German dual occupations: four criteria met (1), four required fully and partly there (1/2 each).

    Written agreement, learning outcomes and regulatory framework 1; pedagogical support, workplace, pay and
    social partners 1/2: (3 + 4/2) / 7.
    """
    practice = scored("efqea", "lombardy")["german-dual-it-occupations"]
    assert practice.score == pytest.approx(100 * 5 / 7, abs=1e-9)
    assert practice.coverage == pytest.approx(7 / 14, abs=1e-9)
    assert practice.class_.value == "blocked"
    assert [barrier.indicator for barrier in practice.barriers] == ["pedagogical_support", "pay_compensation"]


def test_eqavet_for_lombardy() -> None:
    """Needs: placement 1 - 80/100 = 0.20; youth unemployment 1 - (40 - 12.7)/(40 - 5) = 0.22."""
    practices = scored("eqavet", "lombardy")
    assert verdicts(practices) == {
        "synthetic-peer-review": (1, "transferable"),
        "synthetic-mentoring": (2, "adaptable"),
        "fiera-dei-mestieri": (None, "home"),
        "tkgune": (None, "insufficient-evidence"),
        "tech-employment-academy": (None, "insufficient-evidence"),
    }
    expected = {
        # serves quality only, so no need applies: merits 4, 4, n/a, 3, 4 of 4
        "synthetic-peer-review": 100 * (1 + 1 + 0.75 + 1) / 4,
        # ten indicators of equal weight, seven known: two needs and merits 2, 3, 1, 4, 3 of 4
        "synthetic-mentoring": 100 * (0.20 + 0.22 + 0.5 + 0.75 + 0.25 + 1 + 0.75) / 7,
        "fiera-dei-mestieri": 75,
        "tkgune": 75,
        # two of three needs at 1/6 each, one of five merits at 1/10
        "tech-employment-academy": 100 * ((0.20 + 0.22) / 6 + 0.75 / 10) / (2 / 6 + 1 / 10),
    }
    assert scores(practices) == pytest.approx(expected, abs=1e-9)


def test_a_total_of_ratings_becomes_a_score() -> None:
    """A mean rating m of questions with equal importance is the score 25 (m - 1)."""
    practices = scored("applicability-transferability", "bremen")
    # ten ratings of 4 and one of 2
    assert practices["synthetic-a"].score == pytest.approx(25 * (42 / 11 - 1), abs=1e-9)
    # in the group of seven, six ratings of 3 with weight 1 and one of 5 with weight 2; four more of 3
    relevance = (6 * 0.5 + 2 * 1) / 8
    assert practices["synthetic-b"].score == pytest.approx(100 * (7 * relevance + 4 * 0.5) / 11, abs=1e-9)
    # four ratings of 5 are all the points there are, from four of eleven questions
    assert practices["synthetic-c"].score == pytest.approx(100, abs=1e-9)
    assert practices["synthetic-c"].coverage == pytest.approx(4 / 11, abs=1e-9)
    assert verdicts(practices) == {
        "synthetic-a": (1, "adaptable"),
        "synthetic-b": (2, "adaptable"),
        "synthetic-c": (None, "insufficient-evidence"),
    }


def test_the_index_of_tide_is_its_score() -> None:
    """Index = sum(importance x support) / sum(importance x 2); the score is 50 + 50 x index."""
    practices = scored("tide", "bremen")
    index = {
        "synthetic-blocked": (2 * -2 + 10 * 1 * 2) / (2 * 2 + 10 * 2),
        "synthetic-favourable": (2 * 2 + 1 * 1 + 0.5 * -1) / (2 * (2 + 1 + 0.5)),
        "tkgune": (2 * -1 + 2 * 0 + 1 * 2) / (2 * (2 + 2 + 1)),
    }
    for id_, value in index.items():
        assert practices[id_].score == pytest.approx(50 + 50 * value, abs=1e-9)
    assert practices["synthetic-unrated"].score is None


def test_vocational_excellence_for_bremen() -> None:
    """Weights: 1/4 for each dimension; 1/28 for each of seven, 1/8 for each of two activities."""
    practices = scored("vocational-excellence", "bremen")
    assert verdicts(practices) == {
        "synthetic-exchange": (1, "transferable"),
        "synthetic-hub": (None, "insufficient-evidence"),
        "belfast-met-digital-it": (None, "insufficient-evidence"),
        "tkgune": (None, "blocked"),
    }
    # required 3, there 2: 0.75
    tkgune = (0.75 / 28 + 1 / 8 + 0.75 / 8 + 1 / 4) / (1 / 28 + 1 / 8 + 1 / 8 + 1 / 4)
    assert practices["tkgune"].score == pytest.approx(100 * tkgune, abs=1e-9)
    assert [barrier.indicator for barrier in practices["tkgune"].barriers] == ["staff_development"]
    belfast = (1 / 8 + 0.75 / 8 + 1 / 4) / (1 / 8 + 1 / 8 + 1 / 4)
    assert practices["belfast-met-digital-it"].score == pytest.approx(100 * belfast, abs=1e-9)
    # three dimensions apply: 1/6 and 1/6, 1/6 and 1/6, 1/3
    exchange = (1 + 1 + 1 + 0.75) / 6 + 1 / 3
    assert practices["synthetic-exchange"].score == pytest.approx(100 * exchange, abs=1e-9)


def test_success_factors_for_bremen() -> None:
    """One factor that applies at the source weighs 1/2, each of the four expected here 1/8."""
    practices = scored("success-factors", "bremen")
    expected = {
        "urratsbat": 100 * (0.75 / 2 + 0.75 / 8) / (1 / 2 + 1 / 8),
        "belfast-met-digital-it": 100 * (0.75 / 2 + 0.5 / 8 + 0.75 / 8) / (1 / 2 + 2 / 8),
        "tech-employment-academy": 50,
        "tkgune": 25,
    }
    assert scores(practices) == pytest.approx(expected, abs=1e-9)
    assert verdicts(practices) == {
        "urratsbat": (1, "transferable"),
        "belfast-met-digital-it": (2, "adaptable"),
        "tech-employment-academy": (3, "adaptable"),
        "tkgune": (None, "insufficient-evidence"),
    }


def test_thirty_of_fifty_and_three_of_each() -> None:
    """Published rule: at least 30 of 50, each at least 3. A total T is the score 100 (T - 10) / 40."""
    practices = scored("impact-acceptance", "bremen")
    totals = {"ten-threes": 30, "nine-fives-one-two": 47, "nine-threes-one-two": 29, "ten-fives": 50}
    for id_, total in totals.items():
        assert practices[id_].score == pytest.approx(100 * (total - 10) / 40, abs=1e-9)
    assert verdicts(practices) == {
        "ten-fives": (1, "transferable"),
        "ten-threes": (2, "transferable"),
        "nine-fives-one-two": (None, "blocked"),
        "nine-threes-one-two": (None, "blocked"),
        "one-missing": (None, "insufficient-evidence"),
    }


def test_ten_of_fifteen_and_three_of_each() -> None:
    """Published rule: at least 10 of 15, each at least 3. A total T is the score 100 T / 15."""
    practices = scored("grant-call", "bremen")
    totals = {
        "three-threes": 9,
        "ten-points": 10,
        "four-three-three": 10,
        "half-points": 10,
        "floor-missed": 12,
        # medians of 2, 4, 5 and of 3, 3, 4; a consensus of 3
        "experts": 10,
    }
    assert scores(practices) == pytest.approx({id_: 100 * t / 15 for id_, t in totals.items()}, abs=1e-9)
    assert {id_: class_ for id_, (_, class_) in verdicts(practices).items()} == {
        "three-threes": "not-yet",
        "floor-missed": "blocked",
        **dict.fromkeys(("ten-points", "four-three-three", "half-points", "experts"), "transferable"),
    }
