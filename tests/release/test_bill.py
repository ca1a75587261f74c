"""The bill of materials: it is that of the lock, and says who needs whom."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tools import build_sbom

from dualeco_cli.version import __version__

LOCKED = """\
alpha==1.0 \\
    --hash=sha256:00
    # via
    #   beta
    #   dualeco-cli (pyproject.toml)
beta==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:01 \\
    --hash=sha256:02
    # via dualeco-cli (pyproject.toml)
beta==2.1 ; python_full_version >= '3.12' \\
    --hash=sha256:03
    # via dualeco-cli (pyproject.toml)
"""


@pytest.fixture(name="stored")
def _stored() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(build_sbom.BILL.read_text(encoding="utf-8"))
    return made


def test_the_bill_is_that_of_the_lock(stored: dict[str, Any]) -> None:
    locked = build_sbom.pins(build_sbom.LOCK.read_text(encoding="utf-8"))
    assert [entry["purl"] for entry in stored["components"]] == [pin.purl for pin in locked], (
        "run tools/build_sbom.py"
    )
    assert stored["metadata"]["component"]["version"] == __version__


def test_the_bill_has_neither_time_nor_chance_in_it(stored: dict[str, Any]) -> None:
    assert (stored["bomFormat"], stored["specVersion"], stored["version"]) == ("CycloneDX", "1.6", 1)
    assert "serialNumber" not in stored
    assert "timestamp" not in stored["metadata"]


def test_every_component_is_needed_by_something_down_from_the_program(stored: dict[str, Any]) -> None:
    needs = {entry["ref"]: entry["dependsOn"] for entry in stored["dependencies"]}
    reached: set[str] = set()
    ahead = [stored["metadata"]["component"]["bom-ref"]]
    while ahead:
        ref = ahead.pop()
        if ref not in reached:
            reached.add(ref)
            ahead += needs[ref]
    assert reached == set(needs)
    assert {entry["bom-ref"] for entry in stored["components"]} < reached


def test_a_lock_is_read_with_its_reasons_and_markers() -> None:
    alpha, old, new = build_sbom.pins(LOCKED)
    assert (alpha.purl, alpha.marker, alpha.needed_by) == ("pkg:pypi/alpha@1.0", "", ["beta", "dualeco-cli"])
    assert (old.version, old.marker) == ("2.0", "python_full_version < '3.12'")
    assert (new.version, new.needed_by) == ("2.1", ["dualeco-cli"])


def test_what_is_no_line_of_a_lock_is_refused() -> None:
    with pytest.raises(ValueError, match="alpha @ https"):
        build_sbom.pins("alpha @ https://example.org/alpha.whl\n")
