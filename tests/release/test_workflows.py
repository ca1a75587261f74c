"""The jobs of continuous integration call what is there, on every Python, with no rights but to read."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github" / "workflows" / "ci.yml"
GITLAB = ROOT / ".gitlab-ci.yml"


def loaded(path: Path) -> dict[Any, Any]:
    """A file of YAML that is a mapping."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of a job of GitHub."""
    found: list[dict[str, Any]] = job["steps"]
    return found


def github_commands() -> Iterator[str]:
    for job in loaded(GITHUB)["jobs"].values():
        yield from (step["run"] for step in steps(job) if "run" in step)


def gitlab_commands() -> Iterator[str]:
    for job in loaded(GITLAB).values():
        if isinstance(job, dict):
            yield from job.get("script", [])


def own_files(commands: Iterator[str]) -> set[str]:
    """The files of the repository that commands call or copy."""
    words = [word for command in commands for word in command.split()]
    return {
        word.removeprefix("./") for word in words if re.fullmatch(r"(\./|\.ci/|tools/|[a-z.]+\.json).*", word)
    }


def test_both_run_the_same_scripts_and_they_exist() -> None:
    called = own_files(github_commands())
    assert called == own_files(gitlab_commands())
    assert {".ci/run", "setup.sh", "tools/check_lowest.sh", "tools/check_release.py"} <= called
    for name in called:
        assert (ROOT / name).is_file(), name
        if name.endswith(".sh"):
            assert os.access(ROOT / name, os.X_OK), name


def test_every_supported_python_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)$", "\n".join(project["classifiers"]), re.MULTILINE)
    github = loaded(GITHUB)["jobs"]["check"]
    assert github["strategy"]["matrix"]["python"] == named
    assert "matrix.python" in github["container"]
    gitlab = loaded(GITLAB)["check"]
    assert gitlab["parallel"]["matrix"] == [{"PYTHON": named}]
    assert "${PYTHON}" in gitlab["image"]


def test_the_jobs_of_github_may_read_and_no_more() -> None:
    workflow = loaded(GITHUB)
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert "permissions" not in job, name
        for step in steps(job):
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", step["uses"]), step
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name


@pytest.mark.parametrize("path", [GITHUB, GITLAB], ids=["github", "gitlab"])
def test_nothing_secret_is_used_and_nothing_is_published(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"secrets\.|\btoken\b|twine|publish\b.*:|pull_request_target", text, re.IGNORECASE)


def test_what_others_write_is_never_put_into_a_command() -> None:
    assert [command for command in github_commands() if "${{" in command] == []


def test_a_release_waits_for_the_checks_and_leaves_what_it_built() -> None:
    github = loaded(GITHUB)["jobs"]
    assert set(github["release"]["needs"]) == {"check", "lowest"}
    assert steps(github["release"])[-1]["with"]["path"] == "dist/"
    gitlab = loaded(GITLAB)
    assert gitlab["stages"].index(gitlab["release"]["stage"]) > gitlab["stages"].index(
        gitlab["check"]["stage"]
    )
    assert gitlab["release"]["artifacts"]["paths"] == ["dist/"]
