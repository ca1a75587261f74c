"""The page as people use it: by mouse, by keyboard, by ear, on a telephone, on paper, without a script."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from dualeco_cli.api import score
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import html
from dualeco_cli.reports.html import data
from tests.reports import samples
from tests.reports.hostile import TEXTS, hostile
from tests.scoring.studies import ELSEWHERE, TARGET, random_study

from .visiting import Visit, Visitor

#: axe-core runs in a world of its own, where the page's policy does not forbid it.
RUN_AXE = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html) }));
}"""


def violations(visit: Visit, axe: str) -> list[dict[str, Any]]:
    """What axe-core has to say, as far as it keeps people out."""
    visit.page.evaluate(axe)
    found: list[dict[str, Any]] = visit.page.evaluate(RUN_AXE)
    return [one for one in found if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nobody_is_kept_out(visit: Visitor, axe: str, *, dark: bool) -> None:
    """Every class and every part of a report: as it comes on a telephone, and at work on a desk."""
    shown = visit(samples.report(), samples.study(), dark=dark, width=390)
    assert violations(shown, axe) == []
    # The sample is made by hand, so the page would refuse to play with it.
    desk = visit(html.render(*consistent()), dark=dark)
    desk.open_settings()
    desk.page.fill("#w-d0", "3")
    desk.page.fill("#transferableFrom", "101")
    desk.page.evaluate("document.querySelectorAll('.levels').forEach(one => { one.open = true })")
    desk.page.locator(".map tbody td").first.click()
    desk.settle()
    assert violations(desk, axe) == []


def consistent() -> tuple[Report, Study]:
    """A small study with every role, as the engine sees it, for two regions."""
    study = random_study(Random(5), most_indicators=9, most_practices=7)
    return score(study, [TARGET, ELSEWHERE], samples=20).report, study


#: The texts that could do something in a browser; that all of them stay text is tested without one.
LIVELY = ("html", "quote", "gaps", "direction", "lines", "long-word", "escape", "blank")


@pytest.mark.parametrize("name", LIVELY)
def test_text_of_users_does_nothing(visit: Visitor, name: str) -> None:
    shown = visit(*hostile(TEXTS[name]))
    shown.open_settings()
    shown.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    shown.page.locator(".map tbody td").first.click()
    shown.settle()
    assert shown.page.is_visible("#tip")
    assert shown.complaints == []
    assert shown.requests == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_text_of_users_does_nothing_when_the_script_writes_it(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch, example: Study
) -> None:
    """Tables of levels, notes of cells and names of regions are made by the script in a large study."""
    monkeypatch.setattr(data, "MOST_STATIC_CELLS", 0)
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>{title}&amp;\u2028"
    study = example.model_copy(
        update={
            "practices": {
                id_: row.model_copy(update={"title": f"{attack}{id_}"})
                for id_, row in example.practices.items()
            },
            "basis": tuple(row.model_copy(update={"basis": attack}) for row in example.basis),
            "framework": example.framework.model_copy(
                update={
                    "indicators": tuple(
                        row.model_copy(
                            update={"name": f"{attack}{row.id}", "levels": dict.fromkeys(row.levels, attack)}
                        )
                        for row in example.framework.indicators
                    )
                }
            ),
        }
    )
    shown = visit(score(study, "lombardy", samples=20).report, study)
    shown.open_settings()
    shown.page.fill("#w-d1", "3")
    shown.page.click(".open-all")
    shown.settle()
    assert shown.page.locator(".levels table").count() == len(example.practices)
    assert "<img src=x onerror=alert(1)>" in (shown.page.text_content(".levels table >> nth=0") or "")
    shown.page.locator(".map tbody td").nth(20).click()
    assert "<img src=x onerror=alert(1)>" in shown.page.inner_text("#tip")
    assert shown.page.locator("main img, main script, #tip img").count() == 0
    assert shown.complaints == []
    assert shown.requests == []


def test_tables_made_by_the_script_are_those_of_the_program(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch, example: Study, one_target: Report
) -> None:
    read = """() => [...document.querySelectorAll('.levels tr, .absent')].map(row => (
        [...row.children].map(cell => cell.textContent.trim()).join(' | ') || row.textContent))"""
    written = visit(one_target, example).page.evaluate(read)
    monkeypatch.setattr(data, "MOST_STATIC_CELLS", 0)
    shown = visit(one_target, example)
    assert shown.page.locator(".levels table").count() == 0
    assert shown.page.locator(".dims .bar").count() > 0
    shown.page.click(".open-all")
    shown.settle()
    assert shown.page.evaluate(read) == written


def test_nothing_is_fetched(visit: Visitor, example: Study, all_targets: Report) -> None:
    shown = visit(all_targets, example)
    shown.open_settings()
    shown.settle()
    assert shown.requests == []
    assert shown.complaints == []


def test_the_policy_stops_what_is_slipped_in(visit: Visitor, example: Study, one_target: Report) -> None:
    content = html.render(one_target, example)
    shown = visit(content.replace(b"</main>", b"<script>window.slipped = 1</script></main>"))
    assert shown.page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in complaint for complaint in shown.complaints)


def test_without_a_script_it_is_a_report_to_read(visit: Visitor, example: Study, all_targets: Report) -> None:
    page = visit(all_targets, example, scripts=False).page
    assert page.is_visible("text=Practices and regions at a glance")
    for target in all_targets.targets:
        assert page.is_visible(f"h3:has-text('Ranking for {target.name}')")
    assert page.is_hidden("#tools")
    assert page.is_hidden("#settings")
    assert page.locator(".with-script:visible").count() == 0


@pytest.mark.parametrize("width", [390, 320])
def test_a_narrow_screen_is_not_scrolled_sideways(
    visit: Visitor, example: Study, all_targets: Report, width: int
) -> None:
    shown = visit(all_targets, example, width=width)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    shown.open_settings()
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_map_is_read_with_the_keyboard(visit: Visitor, example: Study, one_target: Report) -> None:
    shown = visit(one_target, example)
    page = shown.page
    row = next(at for at, p in enumerate(one_target.targets[0].practices) if p.id == "tkgune")
    places = [indicator.id for indicator in example.framework.indicators]
    assert page.locator(".map [tabindex='0']").count() == 1
    page.focus(".map [tabindex='0']")
    for key, times in (("ArrowDown", row), ("ArrowRight", places.index("teacher_industry"))):
        for _press in range(times):
            page.keyboard.press(key)
    note = page.inner_text("#tip")
    assert "A funded scheme that releases teachers from lessons" in note
    assert "A voluntary scheme that reaches few teachers" in note
    assert "barrier" in note
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip"
    page.keyboard.press("Escape")
    assert page.is_hidden("#tip")
    page.keyboard.press("Control+Home")
    assert page.evaluate("document.activeElement === document.querySelector('.map tbody td')")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.cellIndex") == len(places)


def test_the_picture_is_read_with_the_keyboard(visit: Visitor, example: Study, one_target: Report) -> None:
    page = visit(one_target, example).page
    page.focus(".quadrant [tabindex='0']")
    assert "Urratsbat" in page.inner_text("#tip")
    page.keyboard.press("ArrowRight")
    assert "Ikasenpresa student companies" in page.inner_text("#tip")
    assert "transferable, score 75.8" in page.inner_text("#tip")


def test_regions_are_chosen_by_tab_key_and_by_link(
    visit: Visitor, example: Study, all_targets: Report
) -> None:
    page = visit(all_targets, example).page
    assert page.locator(".target:visible").count() == 1
    page.focus("#t0-tab")
    page.keyboard.press("ArrowRight")
    assert page.is_visible("#t1")
    assert page.is_hidden("#t0")
    page.click(".compare thead a >> nth=2")
    assert page.is_visible("#t2")
    page.goto(page.url.split("#")[0] + "#t3-p1")
    assert page.is_visible("#t3-p1")


def test_on_paper_all_regions_stand_and_no_buttons(
    visit: Visitor, example: Study, all_targets: Report
) -> None:
    page = visit(all_targets, example, dark=True).page
    page.emulate_media(media="print")
    assert page.locator(".target:visible").count() == len(all_targets.targets)
    assert page.is_hidden("#tools")
    # Paper is white, whatever the screen.
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_what_is_not_recomputed_says_so(visit: Visitor, example: Study, one_target: Report) -> None:
    shown = visit(one_target, example)
    page = shown.page
    for key in ("ways", "chances", "questions"):
        assert "with the report’s own settings" in page.inner_text(f"#t0-{key}")
    shown.open_settings()
    page.fill("#w-d0", "2")
    shown.settle()
    for key in ("ways", "chances", "questions", "practices"):
        assert page.is_visible(f"section[aria-labelledby='t0-{key}'] .stale")
    assert page.is_hidden("#t0 .tally")


def test_on_paper_changed_settings_are_told(visit: Visitor, example: Study, one_target: Report) -> None:
    shown = visit(one_target, example)
    page = shown.page
    page.emulate_media(media="print")
    assert page.is_hidden("#on-paper")
    page.emulate_media(media="screen")
    shown.open_settings()
    page.fill("#w-d0", "2.25")
    shown.settle()
    assert page.is_hidden("#on-paper")
    page.emulate_media(media="print")
    assert page.is_visible("#on-paper")
    assert "2.25" in page.inner_text("#on-paper")
