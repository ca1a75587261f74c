"""What the wheel holds. That it installs and works is tried by tools/check_release.py."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tools import check_release

pytest.importorskip("hatchling")


@pytest.fixture(scope="module", name="wheel")
def _wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (wheel,) = check_release.build(tmp_path_factory.mktemp("dist"), "wheel")
    return wheel


def test_the_wheel_holds_the_package_with_its_data(wheel: Path) -> None:
    files = check_release.package_files()
    suffixes = {path.suffix for path in files.values()}
    assert {".py", ".csv", ".html", ".css", ".js", ".ttf", ".txt"} <= suffixes
    assert "dualeco_cli/py.typed" in files
    check_release.compare_wheel(wheel, files)


def test_a_wheel_that_lacks_a_file_is_found(wheel: Path) -> None:
    files = check_release.package_files()
    more = {**files, "dualeco_cli/data/forgotten.csv": check_release.PACKAGE / "version.py"}
    with pytest.raises(check_release.Failed, match=r"lacks dualeco_cli/data/forgotten\.csv"):
        check_release.compare_wheel(wheel, more)
    fewer = {name: path for name, path in files.items() if name != "dualeco_cli/version.py"}
    with pytest.raises(check_release.Failed, match=r"has dualeco_cli/version\.py, which is no part"):
        check_release.compare_wheel(wheel, fewer)
    other = {**files, "dualeco_cli/version.py": check_release.PACKAGE / "api.py"}
    with pytest.raises(check_release.Failed, match=r"another content of dualeco_cli/version\.py"):
        check_release.compare_wheel(wheel, other)


def test_the_metadata_name_command_licences_and_dependencies(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        by_name = {name.rpartition("/")[2]: name for name in opened.namelist() if ".dist-info/" in name}
        said = opened.read(by_name["METADATA"]).decode()
        commands = opened.read(by_name["entry_points.txt"]).decode()
    assert {"LICENSE", "OFL.txt"} <= set(by_name)
    assert "License-Expression: MIT AND OFL-1.1" in said
    assert "Requires-Dist: pydantic>=" in said
    assert "dualeco = dualeco_cli.cli.run:main" in commands


def test_a_file_that_git_knows_and_the_archive_lacks_is_found(tmp_path: Path) -> None:
    (archive,) = check_release.build(tmp_path, "sdist")
    check_release.compare_archive(archive, ["README.md", "tests/__init__.py", ".github/workflows/ci.yml"])
    with pytest.raises(check_release.Failed, match=r"lacks docs/forgotten\.md"):
        check_release.compare_archive(archive, ["README.md", "docs/forgotten.md"])
