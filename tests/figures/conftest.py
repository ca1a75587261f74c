from __future__ import annotations

import pytest

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from tests.reports import samples


@pytest.fixture
def report() -> Report:
    return samples.report()


@pytest.fixture
def study() -> Study:
    return samples.study()
