"""The page in a real browser gives the numbers of the engine, whatever its reader sets."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from dualeco_cli.api import score
from dualeco_cli.language import Language, speaking
from dualeco_cli.model.result import Method, Report, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports import html
from tests.scoring.studies import TARGET, make_study, merit, random_study

from .visiting import Visit, Visitor


@dataclass
class Change:
    """What a reader sets: weights by place, the compensation, the thresholds."""

    dimensions: dict[int, float] = field(default_factory=dict)
    indicators: dict[int, float] = field(default_factory=dict)
    compensation: float | str = "full"
    thresholds: dict[str, float] = field(default_factory=dict)

    def apply(self, study: Study) -> Study:
        """The study as if its sheets said so."""
        framework = study.framework
        return study.model_copy(
            update={
                "framework": framework.model_copy(
                    update={
                        "dimensions": tuple(
                            row.model_copy(update={"weight": self.dimensions.get(at, row.weight)})
                            for at, row in enumerate(framework.dimensions)
                        ),
                        "indicators": tuple(
                            row.model_copy(update={"weight": self.indicators.get(at, row.weight)})
                            for at, row in enumerate(framework.indicators)
                        ),
                        "settings": framework.settings.model_copy(update=self.thresholds),
                    }
                )
            }
        )

    def fields(self) -> list[tuple[str, str]]:
        """The fields of the page and what goes into them, in an order that is never out of order."""
        found = [(f"#w-d{at}", repr(weight)) for at, weight in self.dimensions.items()]
        found += [(f"#w-i{at}", repr(weight)) for at, weight in self.indicators.items()]
        if isinstance(self.compensation, str):
            found.append(("#q", self.compensation))
        else:
            found += [("#q", "number"), ("#q-number", repr(self.compensation))]
        if self.thresholds:
            found += [
                # Out of the way first: at no moment may the lower threshold be above the other.
                ("#adaptableFrom", "0"),
                ("#transferableFrom", repr(self.thresholds["transferable_from"])),
                ("#adaptableFrom", repr(self.thresholds["adaptable_from"])),
                ("#minCoverage", repr(100 * self.thresholds["min_coverage"])),
            ]
        return found

    def enter(self, visit: Visit) -> None:
        """Put it into the page, each field with the event that typing gives."""
        visit.page.evaluate(
            """fields => fields.forEach(([selector, value]) => {
                const field = document.querySelector(selector);
                field.value = value;
                field.dispatchEvent(new Event('input', { bubbles: true }));
            })""",
            self.fields(),
        )
        visit.settle()


def random_change(random: Random, study: Study) -> Change:
    weights = [0.0, 0.3, 0.5, 1.0, 1.25, 2.0, 7.0]
    compensations: list[float | str] = ["full", "partial", "none", 1.0, 0.5, 1e-7, -0.5, -1.0, -40.0, -900.0]
    used = {indicator.dimension for indicator in study.framework.indicators}
    # A dimension without indicators has nothing to weigh, and no field.
    fields = [at for at, dimension in enumerate(study.framework.dimensions) if dimension.id in used]
    low, high = sorted(random.choice([0.0, 12.5, 40.0, 50.0, 62.5, 75.0, 99.9, 100.0]) for _ in range(2))
    return Change(
        dimensions={at: random.choice(weights) for at in _some(random, fields)},
        indicators={
            at: random.choice(weights) for at in _some(random, list(range(len(study.framework.indicators))))
        },
        compensation=random.choice(compensations),
        thresholds={
            "adaptable_from": low,
            "transferable_from": high,
            "min_coverage": random.choice([0.0, 0.25, 0.5, 0.75, 1.0]),
        },
    )


def _some(random: Random, places: list[int]) -> list[int]:
    return random.sample(places, min(len(places), random.randint(0, 4)))


def expect_equal(visit: Visit, report: Report, order: Report) -> None:
    """Every number of the page is that of the report. ``order`` gives the rows as the page has them."""
    outcome = visit.page.evaluate("dualeco.outcome()")
    for found, target, listed in zip(outcome, report.targets, order.targets, strict=True):
        _expect_target(found, target, [practice.id for practice in listed.practices], visit)


def _expect_target(found: dict[str, Any], target: TargetResult, rows: list[str], visit: Visit) -> None:
    assert [rows[at] for at in found["order"]] == [practice.id for practice in target.practices]
    ids = [indicator.id for indicator in target.practices[0].indicators] if target.practices else []
    forms = iter(found["forms"])
    by_id = {practice.id: practice for practice in target.practices}
    for id_, result in zip(rows, found["practices"], strict=True):
        expected = by_id[id_]
        for name in ("score", "lower", "upper", "coverage"):
            assert _same(result[name], getattr(expected, name)), (id_, name)
        assert result["class"] == expected.class_
        assert result["rank"] == expected.rank
        assert [i.id for i in expected.indicators] == ids
        for place, indicator in enumerate(expected.indicators):
            assert _same(result["weight"][place], indicator.weight or 0.0)
            assert _same(result["contribution"][place], indicator.contribution)
        for shown, dimension in zip(result["dimensions"], expected.dimensions, strict=True):
            for name in ("score", "lower", "upper", "weight"):
                assert _same(shown[name], getattr(dimension, name)), (id_, dimension.id, name)
        for form in sorted(expected.adaptations, key=lambda form: form.id):
            shown = next(forms)
            assert _same(shown["score"], form.score)
            assert _same(shown["coverage"], form.coverage)
            assert (shown["class"], shown["best"]) == (form.class_, form.best), (id_, form.id)
    assert next(forms, None) is None
    assert not visit.complaints


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=0, abs_tol=1e-9)


CHANGES = {
    "one dimension": Change(dimensions={0: 3.0}),
    "a dimension alone": Change(dimensions=dict.fromkeys(range(1, 7), 0.0)),
    "all weights nought": Change(dimensions=dict.fromkeys(range(7), 0.0)),
    "an indicator that had no weight": Change(indicators={4: 1.5, 14: 0.0, 19: 4.0}),
    "partial": Change(compensation="partial"),
    "none": Change(compensation="none", dimensions={2: 0.0}),
    "harmonic": Change(compensation=-1.0),
    "thresholds": Change(
        thresholds={"adaptable_from": 70.0, "transferable_from": 80.0, "min_coverage": 0.35}
    ),
    "fractions": Change(
        thresholds={"adaptable_from": 52.5, "transferable_from": 77.25, "min_coverage": 0.425}
    ),
}


def test_example(visit: Visitor, example: Study, one_target: Report) -> None:
    shown = visit(one_target, example)
    shown.open_settings()
    for change in CHANGES.values():
        shown.page.evaluate("document.querySelector('#settings form .reset').click()")
        change.enter(shown)
        expected = score(change.apply(example), "lombardy", samples=0, compensation=change.compensation)
        expect_equal(shown, expected.report, one_target)


@pytest.mark.parametrize("seed", range(8))
def test_random_studies(visit: Visitor, seed: int) -> None:
    random = Random(seed)
    study = random_study(random, most_indicators=12, most_practices=9)
    compensations: list[float | str] = ["full", "partial", "none", -2.0]
    before = random.choice(compensations)
    report = score(study, TARGET, samples=0, compensation=before).report
    shown = visit(report, study)
    assert shown.page.evaluate("dualeco.repeatsTheReport()")
    shown.open_settings()
    for _round in range(4):
        change = random_change(random, study)
        shown.page.evaluate("document.querySelector('#settings form .reset').click()")
        change.enter(shown)
        expected = score(change.apply(study), TARGET, samples=0, compensation=change.compensation)
        expect_equal(shown, expected.report, report)


TEXTS = """() => ['.ranking tr[data-r]', '.dims tr[data-r]', '.places tr[data-r]', '.forms tr[data-f]',
    '.compare tbody tr', '.counts li', '.practice header', '.levels tr[data-i]', '[data-share]', '[data-out]']
    .flatMap(rows => [...document.querySelectorAll(rows)].map(row => {
        const copy = row.cloneNode(true);
        copy.querySelectorAll('.was, .mc, [hidden]').forEach(other => other.remove());
        return copy.textContent.replace(/\\s+/g, ' ').trim();
    }))"""


@pytest.mark.parametrize(
    ("name", "targets", "language"),
    [
        ("one dimension", "all", "en"),
        ("none", "lombardy", "de"),
        ("thresholds", "lombardy", "en"),
        ("fractions", "lombardy", "eu"),
    ],
)
def test_the_page_says_what_a_new_report_would_say(
    visit: Visitor, example: Study, name: str, targets: str, language: Language
) -> None:
    """What the script writes is what the program writes for the changed study, to the letter."""
    change = CHANGES[name]
    before = score(example, targets, samples=0).report
    with speaking(language):
        shown = visit(before, example)
    shown.open_settings()
    change.enter(shown)
    changed = change.apply(example)
    report = score(changed, targets, samples=0, compensation=change.compensation).report
    expect_equal(shown, report, before)
    found = shown.page.evaluate(TEXTS)
    with speaking(language):
        expected = visit(report, changed)
    assert found == expected.page.evaluate(TEXTS)


#: All of the result but for the blanks between its elements, which are left behind when rows move, and the
#: marks of the picture and the stops at tables that scroll, which depend on the room the open panel leaves.
MARKUP = """() => {
    const copy = document.getElementById('main').cloneNode(true);
    copy.querySelectorAll('.points').forEach(points => points.remove());
    copy.querySelectorAll('.scroll').forEach(region => region.removeAttribute('tabindex'));
    return copy.innerHTML.replace(/>\\s+</g, '><');
}"""


def test_back_to_the_settings_of_the_report(visit: Visitor, example: Study, one_target: Report) -> None:
    shown = visit(one_target, example)
    before = shown.page.evaluate(MARKUP)
    shown.open_settings()
    page = shown.page
    assert page.is_hidden("#changed")
    CHANGES["one dimension"].enter(shown)
    CHANGES["none"].enter(shown)
    assert page.is_visible("#changed")
    assert page.locator(".stale:visible").count() > 0
    assert page.locator(".ranking .was:visible").count() > 0
    page.click("#changed .reset")
    shown.settle()
    assert page.is_hidden("#changed")
    assert page.locator(".stale:visible").count() == 0
    assert page.input_value("#w-d0") == "1"
    assert page.input_value("#q") == "full"
    assert page.evaluate(MARKUP) == before


def test_numbers_that_cannot_be_used_change_nothing(
    visit: Visitor, example: Study, one_target: Report
) -> None:
    shown = visit(one_target, example)
    shown.open_settings()
    page = shown.page
    before = page.evaluate("JSON.stringify(dualeco.outcome())")
    for field_, text in (
        ("#w-d0", "-1"),
        ("#w-d0", ""),
        ("#transferableFrom", "101"),
        ("#transferableFrom", "49"),
        ("#adaptableFrom", "76"),
        ("#minCoverage", "-5"),
    ):
        page.fill(field_, text)
        shown.settle()
        assert page.get_attribute(field_, "aria-invalid") == "true", (field_, text)
        assert page.inner_text("#settings-error")
        assert page.evaluate("JSON.stringify(dualeco.outcome())") == before
        page.click("#settings form .reset")
        assert page.get_attribute(field_, "aria-invalid") is None
    page.select_option("#q", "number")
    page.fill("#q-number", "2")
    shown.settle()
    assert page.get_attribute("#q-number", "aria-invalid") == "true"
    assert page.evaluate("JSON.stringify(dualeco.outcome())") == before


def test_a_slider_moves_its_number_and_the_ranking(
    visit: Visitor, example: Study, one_target: Report
) -> None:
    shown = visit(one_target, example)
    shown.open_settings()
    page = shown.page
    page.focus("#s-d0")
    for _press in range(10):
        page.keyboard.press("ArrowRight")
    shown.settle()
    assert page.input_value("#w-d0") == "1.5"
    assert page.evaluate("dualeco.settings().dimensionWeights[0]") == 1.5
    assert "First is now" in page.inner_text("#settings .outcome")
    page.locator("#said", has_text="First is now").wait_for(state="attached")


def test_settings_can_be_taken_to_the_workbook(visit: Visitor, example: Study, one_target: Report) -> None:
    shown = visit(one_target, example)
    shown.open_settings()
    Change(
        dimensions={1: 2.5},
        indicators={7: 0.25},
        compensation=-0.5,
        thresholds={"adaptable_from": 45.0, "transferable_from": 70.0, "min_coverage": 0.57},
    ).enter(shown)
    lines = shown.page.input_value("#export-text").split("\n")
    pairs = dict(line.split("\t") for line in lines if "\t" in line)
    assert pairs["min_coverage"] == "0.57"
    assert pairs["transferable_from"] == "70"
    assert pairs["adaptable_from"] == "45"
    assert pairs["compensation"] == "-0.5"
    assert pairs["governance"] == "2.5"
    assert pairs["need"] == "1"
    assert pairs["legal_framework"] == "0.25"
    assert "regional_room" not in pairs


def test_an_id_that_looks_like_a_formula_is_taken_along_as_text(visit: Visitor) -> None:
    study = make_study([merit("=1+1", "@sum")], practices=["p"], merits={"p": {"=1+1": 3.0}})
    shown = visit(score(study, TARGET, samples=0).report, study)
    shown.open_settings()
    shown.page.fill("#w-i0", "2")
    shown.settle()
    lines = shown.page.input_value("#export-text").split("\n")
    assert "'@sum\t1" in lines
    assert "'=1+1\t2" in lines


def test_a_page_that_cannot_repeat_its_report_is_not_played_with(
    visit: Visitor, example: Study, one_target: Report
) -> None:
    content = html.render(one_target, example)
    wrong = content.replace(b'"check":{"score":', b'"check":{"score":1', 1)
    assert wrong != content
    shown = visit(wrong)
    assert not shown.page.evaluate("dualeco.repeatsTheReport()")
    shown.page.click("#open-settings")
    assert shown.page.is_visible("#settings .broken")
    assert shown.page.is_disabled("#w-d0")


def test_compensation_of_the_report_is_where_the_page_starts(visit: Visitor, example: Study) -> None:
    for compensation, word, exponent in (("none", "none", "1"), (0.25, "number", "0.25")):
        report = score(example, "bremen", samples=0, compensation=compensation).report
        assert isinstance(report.method, Method)
        shown = visit(report, example)
        assert shown.page.evaluate("dualeco.repeatsTheReport()")
        shown.open_settings()
        assert shown.page.input_value("#q") == word
        assert shown.page.input_value("#q-number") == exponent
        assert shown.page.is_visible("#q-number") == (word == "number")
