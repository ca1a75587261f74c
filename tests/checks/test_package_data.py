"""What the package brings has to pass its own rules without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks import package_data
from dualeco_cli.checks.load import Options, load
from dualeco_cli.checks.recognise import recognise
from dualeco_cli.data import builtin
from dualeco_cli.model.rows import Role
from dualeco_cli.workbook.read import read
from tests.support.checking import said, study_of

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("id_", builtin.framework_ids())
def test_a_built_in_framework_has_no_findings(id_: str) -> None:
    draft, findings = package_data.framework(id_)
    assert findings == ()
    assert draft.names.complete
    assert len(draft.by_id) == len(draft.names.names) == len(draft.indicators) > 0
    assert {located.row.id for located in draft.dimensions} >= draft.used


def test_the_built_in_ecosystems_have_no_findings() -> None:
    found = package_data.ecosystems()
    assert found.findings == ()
    assert [located.row.id for located in found.ecosystems] == [
        "lombardy",
        "basque-country",
        "bremen",
        "northern-ireland",
    ]
    assert all(located.row.source for located in found.profile), "a value without a source"


def test_built_in_values_are_on_the_scale_of_their_indicators() -> None:
    """As the values of a user's files are checked to be. Statistics may lie outside the goalposts."""
    loaded = load([builtin.ecosystems_folder()])
    assert {finding.name for finding in loaded.findings} <= {"value-outside-goalposts"}
    assert said(load([], Options(indicators=str(builtin.framework_folder("dualeco"))))) == []


def test_built_in_references_lead_somewhere() -> None:
    indicators = package_data.framework(builtin.DEFAULT_FRAMEWORK)[0].by_id
    found = package_data.ecosystems()
    ids = {located.row.id for located in found.ecosystems}
    for located in found.profile:
        assert located.row.ecosystem in ids
        assert indicators[located.row.indicator].role in {Role.NEED, Role.CONDITION}


@pytest.mark.parametrize("name", ["practices.xlsx", "practices"])
def test_the_example_has_no_errors(name: str) -> None:
    loaded = load([EXAMPLES / name], Options(for_scoring=True))
    assert {finding.code for finding in loaded.findings} <= {"X108"}
    assert len(study_of(loaded).practices) >= 17


def test_reading_the_package_again_reads_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    first = study_of(load([]))
    monkeypatch.setattr(package_data, "read", None)
    assert study_of(load([])).framework == first.framework


def test_every_folder_of_the_package_is_recognised() -> None:
    from dualeco_cli.checks.collector import Collector
    from dualeco_cli.checks.column_words import ColumnMap

    collector = Collector()
    tables = recognise(read(builtin.ecosystems_folder()), collector, ColumnMap()).tables
    assert {table.kind for table in tables} == {"Ecosystems", "Profile"}
    assert collector.findings == []
