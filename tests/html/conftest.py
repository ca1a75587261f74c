"""Reports to look at, and a real browser to look at them with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from dualeco_cli.api import load_study, score
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import html

from .visiting import Visit, Visitor

EXAMPLE = Path(__file__).parents[2] / "examples" / "practices.xlsx"

#: Nothing of the browser's own is to reach for the network, or the test could not tell whose request it was.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def example() -> Study:
    return load_study(EXAMPLE)


@pytest.fixture(scope="session")
def one_target(example: Study) -> Report:
    return score(example, "lombardy", samples=500).report


@pytest.fixture(scope="session")
def all_targets(example: Study) -> Report:
    return score(example, "all", samples=200).report


def missing(program: str) -> str:
    """Skips on a user's machine; in CI a test that cannot run has failed."""
    reason = f"{program} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        path = missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> dict[bool, Page]:
    """A tab with scripts and one without: a new one for each visit would take most of the time."""

    def tab(*, scripts: bool) -> Page:
        # No movement, so that a page is at once what it will be.
        context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce")
        context.set_default_timeout(10_000)
        return context.new_page()

    return {scripts: tab(scripts=scripts) for scripts in (True, False)}


@pytest.fixture
def visit(tabs: dict[bool, Page], tmp_path: Path) -> Iterator[Visitor]:
    """Opens reports, one after the other in the same tab."""
    visits: list[Visit] = []

    def open_(
        report: Report | bytes,
        study: Study | None = None,
        *,
        width: int = 1280,
        dark: bool = False,
        scripts: bool = True,
    ) -> Visit:
        if isinstance(report, Report):
            assert study is not None
            report = html.render(report, study)
        for last in visits[-1:]:
            last.leave()
        file = tmp_path / f"report-{len(visits)}.html"
        file.write_bytes(report)
        page = tabs[scripts]
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", color_scheme="dark" if dark else "light")
        visits.append(Visit(page, file))
        return visits[-1]

    yield open_
    for last in visits[-1:]:
        last.leave()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which finds what keeps people out of a page."""
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
