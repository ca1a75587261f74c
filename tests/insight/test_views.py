from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from dualeco_cli.api import assessor_views, backtest, compare, explain, load_study, plan, score
from dualeco_cli.model.insight import AssessorViews
from dualeco_cli.model.rows import Ecosystem
from dualeco_cli.model.study import Study
from dualeco_cli.reports.assessors_view import assessors_text
from dualeco_cli.reports.backtest_view import backtest_text
from dualeco_cli.reports.compare_view import compare_text
from dualeco_cli.reports.explain_view import bar, explain_text
from dualeco_cli.reports.plan_view import plan_text
from dualeco_cli.reports.terminal import Screen
from dualeco_cli.version import __version__

from .studies import HOSTILE, write_hostile

COLOUR_CODE = re.compile("\x1b\\[[0-9;]*m")
DRAWS = 200


def seen(study: Study, target: str = "east") -> AssessorViews:
    found = assessor_views(study, target)
    assert found is not None
    return found


#: Every view, as a function of study and screen.
VIEWS: dict[str, Callable[[Study, Screen], str]] = {
    "explain": lambda study, screen: explain_text(
        explain(study, "lab", "east", samples=DRAWS), study, screen
    ),
    "explain-sources": lambda study, screen: explain_text(
        explain(study, "lab", "east", samples=DRAWS), study, screen, sources=True
    ),
    "explain-not-yet": lambda study, screen: explain_text(
        explain(study, "mentors", "east", samples=DRAWS), study, screen
    ),
    "explain-home": lambda study, screen: explain_text(
        explain(study, "passport", "east", samples=DRAWS), study, screen
    ),
    "explain-little": lambda study, screen: explain_text(
        explain(study, "levy", "east", samples=DRAWS, compensation="partial"), study, screen
    ),
    "compare": lambda study, screen: compare_text(compare(study, samples=0), study, screen),
    "compare-one": lambda study, screen: compare_text(compare(study, "east", samples=0), study, screen),
    "backtest": lambda study, screen: backtest_text(backtest(study), study, screen),
    "plan": lambda study, screen: plan_text(
        plan(study, "east", 3), score(study, "east", samples=0).report, study, screen
    ),
    "assessors": lambda study, screen: assessors_text(seen(study), study, screen),
}

views = pytest.mark.parametrize("view", VIEWS)


def shown(text: str) -> str:
    """The text with a version that does not change."""
    return text.replace(f"dualeco {__version__}", "dualeco 0.0.0")


@pytest.mark.parametrize("width", [80, 140])
@views
def test_plain(study: Study, snapshot: SnapshotAssertion, view: str, width: int) -> None:
    assert shown(VIEWS[view](study, Screen(width))) == snapshot


@views
def test_ascii(study: Study, view: str) -> None:
    assert VIEWS[view](study, Screen(80, unicode=False)).isascii()


def test_ascii_heat(study: Study, snapshot: SnapshotAssertion) -> None:
    assert shown(VIEWS["compare"](study, Screen(80, unicode=False))) == snapshot


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@views
def test_no_line_is_wider_than_the_screen(study: Study, view: str, width: int) -> None:
    for colour in (False, True):
        text = COLOUR_CODE.sub("", VIEWS[view](study, Screen(width, colour=colour)))
        assert max(cell_len(line) for line in text.splitlines()) <= width


@views
def test_colour_adds_nothing_but_colour(study: Study, view: str) -> None:
    # Where there are no styles, headings have a line below them.
    plain = [line for line in VIEWS[view](study, Screen(80)).splitlines() if not line or line.strip("=-")]
    coloured = COLOUR_CODE.sub("", VIEWS[view](study, Screen(80, colour=True)))
    assert [line.rstrip() for line in coloured.splitlines()] == plain


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_is_shown_as_text(tmp_path: Path, attack: str) -> None:
    study = load_study(write_hostile(tmp_path / "study", HOSTILE[attack]))
    for view in VIEWS.values():
        for screen in (Screen(60), Screen(80, colour=True), Screen(140)):
            text = COLOUR_CODE.sub("", view(study, screen))
            assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"]
            assert max(cell_len(line) for line in text.splitlines()) <= screen.width
            assert len(text) < 80_000


def test_markup_is_not_interpreted(tmp_path: Path) -> None:
    study = load_study(write_hostile(tmp_path / "study", HOSTILE["markup"]))
    text = " ".join(VIEWS["explain-sources"](study, Screen(140)).split())
    assert "[bold red]not bold[/bold red] [/] :smile:" in text
    assert "{" not in text


def test_gaps_in_text_are_not_filled(tmp_path: Path) -> None:
    study = load_study(write_hostile(tmp_path / "study", HOSTILE["gaps"]))
    text = " ".join(VIEWS["explain-sources"](study, Screen(160)).split())
    assert "Basis: {name} {0} {text} {region} %s {count!r} (study visit, 2023)" in text


def copies(study: Study, count: int) -> Study:
    """The study with so many more ecosystems, all like East."""
    more = {f"copy{n}": Ecosystem(id=f"copy{n}", name=f"Copy number {n}") for n in range(1, count + 1)}
    return study.model_copy(
        update={
            "ecosystems": {**study.ecosystems, **more},
            "profile": {**study.profile, **dict.fromkeys(more, study.profile["east"])},
            "assessments": (),
        }
    )


def test_of_very_many_regions_the_nearest_are_shown(study: Study) -> None:
    many = copies(study, 30)
    text = compare_text(compare(many, samples=0), many, Screen(100))
    assert re.search(r"\nSouth +Copy number 1 +63% \(2\)\n", text)
    assert re.search(r"\nWest +Copy number 1 +69% \(4\)\n", text)


@pytest.mark.parametrize("width", [80, 140])
def test_many_targets_are_folded_into_several_tables(
    study: Study, snapshot: SnapshotAssertion, width: int
) -> None:
    many = copies(study, 10)
    text = compare_text(compare(many, samples=0), many, Screen(width))
    assert shown(text) == snapshot
    # Every target has its column once in the table of practices, and every table has all practices.
    heat = text.split("Signs:")[0]
    assert heat.count("Trades fair") == heat.count("Practice  ") > 1


def test_equal_targets_are_all_named(study: Study) -> None:
    twin = study.model_copy(
        update={
            "ecosystems": {**study.ecosystems, "twin": Ecosystem(id="twin", name="Twin")},
            "profile": {**study.profile, "twin": study.profile["east"]},
            "assessments": (),
        }
    )
    text = compare_text(compare(twin, ["east", "twin"], samples=0), twin, Screen(140))
    assert "East and Twin" in text
    assert re.search(r"East +– +100% \(4\)", text)


def test_nothing_in_common(study: Study) -> None:
    bare = study.model_copy(
        update={"ecosystems": {**study.ecosystems, "moon": Ecosystem(id="moon", name="Moon")}}
    )
    text = " ".join(explain_text(explain(bare, "lab", "moon", samples=0), bare, Screen(100)).split())
    assert "Nothing is known of both West and Moon, so they cannot be compared." in text
    compared = compare_text(compare(bare, ["east", "moon"], samples=0), bare, Screen(100))
    assert "Most alike" not in compared


def test_draws_are_not_spoken_of_without_any(study: Study) -> None:
    text = explain_text(explain(study, "lab", "east", samples=0), study)
    assert "draw" not in text


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, "░░░░"), (0.01, "█░░░"), (0.5, "██░░"), (0.99, "███░"), (1.0, "████"), (7.0, "████")],
)
def test_a_bar_is_full_only_when_all_is_there(share: float, expected: str) -> None:
    assert bar(share, 4, Screen(80)).plain == expected


def test_a_plan_that_does_nothing(study: Study) -> None:
    report = score(study, "east", samples=0).report
    text = plan_text(plan(study, "east", 0), report, study, Screen(80))
    assert "No steps of East within an effort of 0 make another practice transferable." in " ".join(
        text.split()
    )


def test_a_plan_that_is_not_proven(study: Study) -> None:
    from dataclasses import replace

    report = score(study, "east", samples=0).report
    found = replace(plan(study, "east"), proven=False, today=("fair", "lab"))
    text = " ".join(plan_text(found, report, study, Screen(80)).split())
    assert "The time ran out" in text
    assert "No longer transferable, because they need it as it is today: Open laboratory." in text


def test_agreement_by_dimension(study: Study) -> None:
    from dataclasses import replace

    found = replace(seen(study), by_dimension={"local": 0.5, "rules": None}, alpha=None)
    text = " ".join(assessors_text(found, study, Screen(80)).split())
    assert "On “Local judgement” it is 0.50." in text
    assert "On “Rules and centres” it is not defined." in text
    assert "Krippendorff's alpha is not defined on the 4 questions" in text


def test_assessors_without_common_questions(study: Study) -> None:
    from dataclasses import replace

    found = replace(seen(study), units=0)
    assert "nothing to compare" in assessors_text(found, study, Screen(80))


def with_critical_centre(study: Study) -> Study:
    """The study as if centres were critical for all: for mentors, of which that is not known, a question."""
    indicators = tuple(
        indicator.model_copy(update={"critical": indicator.id == "centre"})
        for indicator in study.framework.indicators
    )
    framework = study.framework.model_copy(update={"indicators": indicators})
    return study.model_copy(update={"framework": framework})


def said(study: Study, practice: str, target: str, compensation: float | str = 1.0, samples: int = 0) -> str:
    found = explain(study, practice, target, samples=samples, compensation=compensation)
    return " ".join(explain_text(found, study, Screen(160)).split())


def test_adaptable(study: Study) -> None:
    text = said(study, "mentors", "west")
    assert "It is adaptable: the score is 52.5 of 100; adaptable begins at 50, transferable at 75." in text
    assert "It has rank 2 of 2 in West. “Skills passport” leads." in text


@pytest.mark.parametrize("threshold", [75.0, 50.0])
def test_conditional(study: Study, threshold: float) -> None:
    settings = study.framework.settings.model_copy(update={"transferable_from": threshold})
    critical = with_critical_centre(study)
    framework = critical.framework.model_copy(update={"settings": settings})
    text = said(critical.model_copy(update={"framework": framework}), "mentors", "west")
    would_be = "adaptable" if threshold > 52.5 else "transferable"
    assert f"It is conditional: the score of 52.5 would make it {would_be}. One open question decides" in text
    assert "Centres (critical): ask the owner of the practice." in text
    assert "the class is blocked at worst and" in text


def test_what_does_not_arise_is_named_once(study: Study) -> None:
    text = said(study, "coach", "east")
    assert "Evidence Does not arise for this practice: Documentation." in text


def test_of_a_met_condition_that_may_fail_the_chance_is_said(study: Study) -> None:
    text = said(with_critical_centre(study), "passport", "west", samples=500)
    assert (
        "Centres is met, but it is a barrier in " not in text
    )  # West has 3, one more than is needed and one less
    low = {
        **study.profile["west"],
        "centre": study.profile["west"]["centre"].model_copy(update={"value": 1.0}),
    }
    changed = with_critical_centre(study).model_copy(update={"profile": {**study.profile, "west": low}})
    assert "Centres is met, but it is a barrier in " in said(changed, "passport", "west", samples=500)


def test_no_way_there(study: Study) -> None:
    # The lowest value is Documentation, which no step of the target raises.
    text = said(study, "mentors", "east", "none")
    assert "What holds it down cannot be changed by the target's steps" in text


def test_without_a_ranking_nothing_is_said_of_it(study: Study) -> None:
    assert "If one indicator were left out" not in said(study, "fair", "south")


def test_nothing_known_at_all(study: Study) -> None:
    bare = study.model_copy(update={"requirements": {}, "merits": {}, "assessments": ()})
    text = said(bare, "levy", "east")
    assert "Nothing is known that a score could rest on." in text
    assert "The score is" not in text
    assert "No practice gets a rank in any of them." in compare_text(
        compare(bare, samples=0), bare, Screen(100)
    )
    assert "none gets a rank" in compare_text(compare(bare, samples=0), bare, Screen(100))


def test_pilots_without_year_outcome_or_score(study: Study) -> None:
    pilots = (
        study.pilots[0].model_copy(update={"adaptation": None, "year": None}),
        study.pilots[1].model_copy(update={"outcome": None}),
    )
    changed = study.model_copy(update={"pilots": pilots})
    text = " ".join(backtest_text(backtest(changed), changed, Screen(100)).split())
    assert "Open laboratory East – 3 of 4 60.4 ✗ blocked tried as it is" in text
    assert "Trades fair East 2023 – 80.6 ✓ transferable –" in text


def test_many_practices_and_pilots_are_cut(study: Study) -> None:
    one = study.practices["fair"]
    more = {f"p{n}": one.model_copy(update={"id": f"p{n}", "title": f"Number {n}"}) for n in range(70)}
    many = study.model_copy(
        update={
            "practices": more,
            "requirements": dict.fromkeys(more, study.requirements["fair"]),
            "merits": dict.fromkeys(more, study.merits["fair"]),
            "assessments": tuple(
                row.model_copy(update={"practice": id_})
                for id_ in more
                for row in study.assessments
                if row.practice == "fair"
            ),
            "adaptations": (),
            "pilots": tuple(
                study.pilots[1].model_copy(update={"practice": f"p{n % 70}"}) for n in range(101)
            ),
        }
    )
    text = compare_text(compare(many, "east", samples=0), many, Screen(100))
    assert "… and 10 more practices; use --output FILE to see all of them." in text
    assert "… and 10 more practices." in assessors_text(seen(many), many, Screen(100))
    looked = " ".join(backtest_text(backtest(many), many, Screen(100)).split())
    assert "… and 1 more pilot; use --output FILE to see all of them." in looked
    assert "Kendall's tau-b is not defined" in looked
