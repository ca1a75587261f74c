"""What a release says of itself: version, citation, licence and dependencies agree wherever they stand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualeco_cli.version import __version__
from dualeco_cli.workbook.limits import MIB, Limits

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file; several where markers choose."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_the_citation_is_valid_and_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    # required, allowed and typed as in the schema of the Citation File Format 1.2.0
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert set(citation) <= {
        *("cff-version", "message", "title", "authors", "abstract", "type", "version", "license", "keywords"),
        *("date-released", "doi", "identifiers", "repository-code", "url", "contact", "references"),
    }
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in {"software", "dataset"}
    assert citation["version"] == __version__
    assert citation["authors"] == PROJECT["authors"]
    assert citation["license"] in PROJECT["license"].split(" AND ")
    assert len(set(citation["keywords"])) == len(citation["keywords"])
    assert all(isinstance(word, str) for word in citation["keywords"])


def test_the_classifiers_are_those_of_the_pythons_that_are_tried() -> None:
    least = tuple(map(int, PROJECT["requires-python"].removeprefix(">=").split(".")))
    named = re.findall(
        r"Programming Language :: Python :: (3\.\d+)$", "\n".join(PROJECT["classifiers"]), re.MULTILINE
    )
    assert tuple(map(int, named[0].split("."))) == least
    release = (ROOT / "tools" / "check_release.py").read_text(encoding="utf-8")
    tried = re.search(r"^PYTHONS = \((.+)\)$", release, re.MULTILINE)
    assert tried is not None
    assert re.findall(r"3\.\d+", tried[1]) == named


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_the_lowest_lock_holds_the_lower_bound(requirement: str) -> None:
    name, bound = requirement.split(">=")
    (lowest,) = pinned("requirements-lowest.lock")[name]
    without_noughts = re.compile(r"(\.0)+$")
    assert without_noughts.sub("", lowest) == without_noughts.sub("", bound)
    assert name in pinned("requirements.lock")


def test_every_package_of_the_user_is_the_developers_too() -> None:
    users, developers = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: developers.get(name) for name in users} == users


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-lowest.lock"])
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split("\n", 1)[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_limits_that_the_security_page_names_are_the_limits() -> None:
    page = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
    limits = Limits()
    for sentence in (
        f"over {limits.file_bytes // MIB} MiB for a file",
        f"over {limits.total_bytes // MIB} MiB in all",
        f"over {limits.parts:,} parts",
        f"over {limits.cells:,} cells",
        f"{limits.seconds} seconds and {limits.memory_bytes // (1024 * MIB)} GiB",
    ):
        assert sentence in page, sentence


def test_no_command_can_reach_a_network() -> None:
    clients = re.compile(
        r"^\s*(?:import|from)\s+(?:socket|ssl|http|ftplib|smtplib|requests|httpx|aiohttp|urllib3|urllib\.request|"
        r"webbrowser)\b",
        re.MULTILINE,
    )
    package = ROOT / "src" / "dualeco_cli"
    found = [path.name for path in package.rglob("*.py") if clients.search(path.read_text(encoding="utf-8"))]
    assert found == []
