from __future__ import annotations

import pytest

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study

from . import samples
from .hostile import TEXTS, hostile


@pytest.fixture
def report() -> Report:
    return samples.report()


@pytest.fixture
def study() -> Study:
    return samples.study()


@pytest.fixture(params=sorted(TEXTS))
def attack(request: pytest.FixtureRequest) -> tuple[str, Report, Study]:
    text = TEXTS[request.param]
    return (text, *hostile(text))
