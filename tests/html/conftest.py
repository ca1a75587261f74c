"""Reports to look at, and a real browser to look at them with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

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


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    contexts: list[BrowserContext] = []

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
        file = tmp_path / f"report-{len(contexts)}.html"
        file.write_bytes(report)
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            # No movement, so that a picture is what it will be.
            reduced_motion="reduce",
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        return Visit(context.new_page(), file)

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which finds what keeps people out of a page."""
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
