from __future__ import annotations

import base64
from pathlib import Path

import pytest

from dualeco_cli import load_study, score
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.figures import Drawing

#: A picture of one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)

EXAMPLE = Path(__file__).parents[2] / "examples" / "practices.xlsx"


@pytest.fixture(scope="session")
def example() -> tuple[Report, Study]:
    study = load_study(EXAMPLE)
    return score(study, ["lombardy", "bremen"], samples=200).report, study


@pytest.fixture
def quick_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are drawn in the tests of the figures; here they only take time."""
    monkeypatch.setattr(Drawing, "png", lambda _drawing: PIXEL)
