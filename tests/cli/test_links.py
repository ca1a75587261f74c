"""Links that lead in a circle are said to do so, with every version of Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "practices.xlsx"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")


@pytest.fixture(name="circle")
def _circle(tmp_path: Path) -> Path:
    path = tmp_path / "circle.xlsx"
    path.symlink_to(path)
    return path


def test_as_input(circle: Path) -> None:
    done = CliRunner().invoke(app, ["validate", str(circle)])
    assert done.exit_code == 2
    assert "circle.xlsx" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", str(EXAMPLE), "--target", "lombardy", "--samples", "0", "--output"],
        ["validate", str(EXAMPLE), "--annotate"],
        ["template"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_as_output(circle: Path, arguments: list[str]) -> None:
    done = CliRunner().invoke(app, [*arguments, str(circle)])
    assert done.exit_code == 2
    assert "its links lead in a circle" in done.output
    assert circle.is_symlink()
