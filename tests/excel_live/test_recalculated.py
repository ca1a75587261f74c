"""The workbook against the engine: LibreOffice computes every formula anew, as it came and after changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dualeco_cli import language as languages
from dualeco_cli import load_study
from dualeco_cli.language import speaking
from dualeco_cli.model.result import Method, Report
from dualeco_cli.model.rows import Indicator, Objective, Practice, ProfileValue, Role
from dualeco_cli.model.study import Study
from dualeco_cli.reports import excel
from dualeco_cli.reports.excel import answer, heat, input_pages, scores, weights
from dualeco_cli.reports.excel.live import model

from ..languages.catalogues import speaking_only
from ..languages.longer import Longer
from ..scoring.studies import (
    ELSEWHERE,
    TARGET,
    adaptation,
    condition,
    judgement,
    make_study,
    merit,
    need,
    practice,
    rating,
)
from .changes import Changing, at_random
from .made import TARGETS, mismatches, random_case, report_of
from .office import differences, recalculate

# openpyxl does not know the data bars of Excel 2010; it says so and reads on.
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")

EXAMPLE = Path(__file__).parents[2] / "examples" / "practices.xlsx"
FULL, PARTIAL = 1.0, 0.0
#: The sheets that compute.
COMPUTING = (answer.add, scores.add, heat.add, weights.add, input_pages.add, model.add)


@pytest.fixture
def few_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the sheets that do not compute."""
    monkeypatch.setattr(excel, "SHEETS", COMPUTING)


def test_the_example_as_it_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every formula of every sheet gives what stands in the file, which is what the engine found."""
    study = load_study(EXAMPLE)
    reports = {
        name: report_of(study, Method(compensation=q, samples=0), ("lombardy", "bremen"))
        for name, q in (("full", FULL), ("partial", PARTIAL))
    }
    contents = {"full": excel.render(reports["full"], study)}
    monkeypatch.setattr(excel, "SHEETS", COMPUTING)
    contents["partial"] = excel.render(reports["partial"], study)
    computed = recalculate(tmp_path, contents)
    for name, report in reports.items():
        assert differences(contents[name], computed[name]) == []
        assert mismatches(computed[name], report) == []


class Quoting(Longer):
    """Texts that are longer, and have quotation marks as formulas have them, too."""

    def gettext(self, message: str) -> str:
        return f'"{super().gettext(message)}"'


def test_the_example_in_another_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of sheets with blanks and accents, and texts in formulas: all of it computes."""
    monkeypatch.setattr(languages, "catalogue", speaking_only({"de": Quoting()}))
    study = load_study(EXAMPLE)
    report = report_of(study, Method(samples=0), ("lombardy", "bremen"))
    with speaking("de"):
        content = excel.render(report, study)
    computed = recalculate(tmp_path, {"full": content})["full"]
    assert differences(content, computed) == []


def test_random_studies_as_they_came(tmp_path: Path) -> None:
    cases = {f"study{seed}": random_case(seed) for seed in range(3)}
    reports = {name: report_of(*case) for name, case in cases.items()}
    contents = {name: excel.render(reports[name], study) for name, (study, _) in cases.items()}
    computed = recalculate(tmp_path, contents)
    for name, report in reports.items():
        assert differences(contents[name], computed[name]) == [], name
        assert mismatches(computed[name], report) == [], name


@pytest.mark.usefixtures("few_sheets")
def test_random_studies_after_random_changes(tmp_path: Path) -> None:
    """Many changes of all kinds in each workbook, in any order, with sheets sorted in between."""
    made: dict[str, tuple[Changing, list[str]]] = {}
    for seed in range(200, 205):
        study, method = random_case(seed)
        report = report_of(study, method)
        changing = Changing.of(excel.render(report, study), report, study, method, seed)
        made[f"study{seed}"] = changing, at_random(changing, 12)
    computed = recalculate(tmp_path, {name: changing.content() for name, (changing, _) in made.items()})
    for name, (changing, said) in made.items():
        assert mismatches(computed[name], report_of(changing.study, changing.method)) == [], (name, said)


def rich_study() -> Study:
    """Every role, both targets, several assessors, an agreed rating, and practices of most classes."""
    indicators: list[Indicator] = [
        need("jobless", "need", objective="employability", scale=(25.0, 5.0, 0.0)),
        condition("law", "rules", critical=True),
        condition("pay", "rules", weight=2.0),
        condition("time", "firms", scale=(0.0, 100.0, 0.0), match="similar"),
        merit("proof", "proof", floor=1.0),
        judgement("shared", "local", floor=1.0),
        judgement("staff", "local"),
    ]
    names = ("ana", "ben", "cleo")
    return make_study(
        indicators,
        practices=[
            practice("alpha", objectives=["employability"]),
            practice("beta", objectives=["employability", "wbl"]),
            practice("gamma", source=TARGET, objectives=["quality"]),
            Practice(id="who?*", title="=1+1", source="mars"),
        ],
        merits={"alpha": {"proof": 3}, "beta": {"proof": "2?"}, "gamma": {"proof": 4}},
        requirements={
            "alpha": {"law": 2, "pay": 3, "time": 40},
            "beta": {"law": 3, "pay": "1!", "time": "n/a"},
            "gamma": {"law": 1, "pay": 2, "time": 55.5},
            "who?*": {"law": "2!?"},
        },
        profiles={
            TARGET: {"jobless": 11.7, "law": 3, "pay": 2, "time": 35.0},
            ELSEWHERE: {"jobless": 20.0, "law": 2, "time": 60.0},
        },
        assessments=[
            *(rating("alpha", "shared", float(n + 1), assessor=name) for n, name in enumerate(names)),
            rating("beta", "shared", 2.0, assessor="ana", importance=2.0),
            rating("beta", "shared", None, assessor="ben", importance=0.5),
            rating("beta", "staff", 1.0, assessor="ana"),
            rating("beta", "staff", 4.0, assessor="consensus", importance=1.5),
            rating("alpha", "pay", None, importance=3.0),
            rating("alpha", "staff", 3.0, target=ELSEWHERE),
        ],
        adaptations=[adaptation("beta", "lite", "law", 1)],
        dimensions={"need": 1.0, "rules": 2.0, "firms": 1.0, "proof": 0.5, "local": 1.0},
    )


def _ratings(change: Changing) -> None:
    row = next(one for one in change.study.assessments if one.assessor == "cleo")
    change.set_rating(row, rating=0.0)
    agreed = next(one for one in change.study.assessments if one.assessor == "consensus")
    change.set_rating(agreed, rating=None)


def _new_ratings(change: Changing) -> None:
    change.add_rating(rating("gamma", "staff", 3.0, assessor="dan"))
    change.add_rating(rating("alpha", "shared", 4.0, assessor="consensus", importance=0.5))


def _scattered(change: Changing) -> None:
    change.sort("Assessments", by=3, falling=True)
    change.set_rating(change.study.assessments[0], rating=4.0)


def _sorted(change: Changing) -> None:
    for sheet in ("Practices", "Requirements", "Merits", "Profile", "Settings"):
        change.sort(sheet, falling=True)
    change.set_level("Requirements", "alpha", "law", 4)


def _thresholds(change: Changing) -> None:
    change.set_setting("transferable_from", 60.0)
    change.set_setting("adaptable_from", 60.0)
    change.set_setting("min_coverage", 0.9)


#: Changes as a partner would make them in the workbook, a few in each: LibreOffice takes a second for one.
CHANGES: dict[str, tuple[Callable[[Changing], object], ...]] = {
    "weights": (
        lambda change: change.set_dimension_weight("rules", 5.0),
        lambda change: change.set_dimension_weight("local", 0.0),
        lambda change: change.set_indicator_weight("law", 0.25),
        lambda change: change.set_indicator_weight("pay", None),
    ),
    "requirements": (
        lambda change: change.set_level("Requirements", "alpha", "law", 4),
        lambda change: change.set_level("Requirements", "beta", "law", "n/a"),
        lambda change: change.set_level("Requirements", "gamma", "law", None),
        lambda change: change.set_level("Requirements", "alpha", "pay", "3!"),
        lambda change: change.set_level("Requirements", "gamma", "time", "36.5!?"),
        lambda change: change.set_level("Requirements", "beta", "pay", 0),
    ),
    "merits and practices": (
        lambda change: change.set_level("Merits", "alpha", "proof", 0),
        lambda change: change.set_level("Merits", "beta", "proof", None),
        lambda change: change.set_objectives("beta", (Objective.WBL,)),
        lambda change: change.set_objectives("gamma", ()),
        lambda change: change.set_source("beta", TARGET),
    ),
    "profile": (
        lambda change: change.set_profile(TARGET, "pay", 1.0),
        lambda change: change.set_profile(TARGET, "jobless", None),
        lambda change: change.set_profile(ELSEWHERE, "pay", 4.0),
        lambda change: change.add_profile(
            ProfileValue(ecosystem=TARGET, indicator="law", value=0.0, year=2030)
        ),
    ),
    "ratings": (_ratings,),
    "new ratings": (_new_ratings,),
    "assessments sorted": (_scattered,),
    "thresholds": (_thresholds,),
    "compensation": (lambda change: change.set_setting("compensation", "partial"),),
    "sheets sorted": (_sorted,),
}


@pytest.mark.usefixtures("few_sheets")
def test_changes_of_each_kind(tmp_path: Path) -> None:
    """Scores, bounds, coverage, classes and ranks of the changed workbook are those of a new run."""
    study, method = rich_study(), Method(samples=0)
    report = report_of(study, method)
    content = excel.render(report, study)
    made: dict[str, Changing] = {}
    for name, changes in CHANGES.items():
        made[name] = Changing.of(content, report, study, method, 0)
        for change in changes:
            change(made[name])
    computed = recalculate(tmp_path, {name: one.content() for name, one in made.items()})
    for name, one in made.items():
        expected = report_of(one.study, one.method)
        assert _results(expected) != _results(report), f"{name} has no effect, so it shows nothing"
        assert mismatches(computed[name], expected) == [], name
        assert "no longer those of the run" in str(computed[name]["Answer"]["A2"].value), name


def _results(report: Report) -> list[object]:
    return [
        (target.id, one.id, one.class_, one.score and round(one.score, 9), round(one.coverage, 9))
        for target in report.targets
        for one in sorted(target.practices, key=lambda one: one.id)
    ]


@pytest.mark.usefixtures("few_sheets")
def test_what_cannot_be_read_counts_as_unknown_and_is_said(tmp_path: Path) -> None:
    study, method = rich_study(), Method(samples=0)
    report = report_of(study, method)
    content = excel.render(report, study)
    words = Changing.of(content, report, study, method, 0)
    words.set_level("Requirements", "alpha", "law", None)
    words.set_level("Requirements", "alpha", "time", "52.5!")
    words.set_profile(TARGET, "pay", None)
    for place, text in (("B2", "many"), ("D2", " 52,5 ! ")):
        words.book["Requirements"][place].value = text
    words.book["Profile"]["C4"].value = "n.d."
    other = Changing.of(content, report, study, method, 0)
    other.book["Settings"]["B7"].value = "none"
    computed = recalculate(tmp_path, {"words": words.content(), "other": other.content()})
    assert "2 cells of the input sheets cannot be read" in str(computed["words"]["Answer"]["A2"].value)
    assert mismatches(computed["words"], report_of(words.study, words.method)) == []
    assert "compensation full and partial only" in str(computed["other"]["Answer"]["A2"].value)
    assert {cell.value for cell in computed["other"]["Scores"]["F"][5:]} <= {None, ""}


def test_the_study_holds_every_role() -> None:
    assert {one.role for one in rich_study().framework.indicators} == set(Role)
    assert len(TARGETS) == 2
