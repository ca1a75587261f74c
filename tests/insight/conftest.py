from __future__ import annotations

import pytest

from dualeco_cli.api import load_study
from dualeco_cli.model.study import Source, Study

from .studies import write


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study of this folder, as if it had been read from a place that is the same on every machine."""
    read = load_study(write(tmp_path_factory.mktemp("insight") / "study"))
    return read.model_copy(update={"inputs": (Source(path="study", sha256="0" * 64),)})
