"""``dualeco validate --annotate``."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualeco_cli.cli.app import app
from tests.annotate.making import opened, rich_workbook

RUN = CliRunner()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A workbook with faults."""
    path = tmp_path / "study.xlsx"
    path.write_bytes(rich_workbook())
    return path


def test_the_copy_is_written_and_the_input_is_not(study: Path, tmp_path: Path) -> None:
    before = study.read_bytes()
    done = RUN.invoke(app, ["validate", str(study), "--annotate", str(tmp_path / "out.xlsx")])
    assert done.exit_code == 1
    assert f"Written: {tmp_path / 'out.xlsx'}" in done.stderr
    assert "Written" not in done.stdout
    assert study.read_bytes() == before
    sheet = opened((tmp_path / "out.xlsx").read_bytes())["Practices"]
    assert sheet["E4"].comment is not None


def test_what_is_filtered_is_what_is_annotated(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    RUN.invoke(app, ["validate", str(study), "--quiet", "--select", "C102", "--annotate", str(out)])
    sheet = opened(out.read_bytes())["Practices"]
    assert sheet["E4"].comment is not None
    assert sheet["F5"].comment is None
    RUN.invoke(app, ["validate", str(study), "--strict", "--annotate", str(out)])
    severities = [
        row[0] for row in opened(out.read_bytes())["Findings"].iter_rows(min_row=6, values_only=True)
    ]
    assert "warning" not in severities


@pytest.mark.parametrize("name", ["study.xlsx", "sub/../study.xlsx"])
def test_the_input_is_never_overwritten(study: Path, tmp_path: Path, name: str) -> None:
    before = study.read_bytes()
    (tmp_path / "sub").mkdir()
    done = RUN.invoke(app, ["validate", str(study), "--annotate", str(tmp_path / name)])
    assert done.exit_code == 2
    assert "one of the files that are read" in done.stderr
    assert study.read_bytes() == before


def test_several_workbooks_need_a_folder(study: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("practice,target,outcome\nalpha,bremen,9\n")
    out = tmp_path / "out"
    done = RUN.invoke(app, ["validate", str(study), str(other), "--annotate", str(tmp_path / "o.xlsx")])
    assert done.exit_code == 2
    assert "Give a folder" in done.stderr
    out.mkdir()
    done = RUN.invoke(app, ["validate", str(study), str(other), "--annotate", str(out)])
    assert done.exit_code == 1
    assert sorted(path.name for path in out.iterdir()) == ["other.xlsx", "study.xlsx"]
    assert "values alone" in done.stderr
    # the folder of the input itself would be overwritten
    assert RUN.invoke(app, ["validate", str(study), "--annotate", str(tmp_path)]).exit_code == 2
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "STUDY.csv").write_text("id,title,source\n")
    done = RUN.invoke(
        app, ["validate", str(study), str(tmp_path / "b" / "STUDY.csv"), "--annotate", str(out)]
    )
    assert done.exit_code == 2
    assert "would both become" in done.stderr


def test_names_that_would_not_open(study: Path, tmp_path: Path) -> None:
    done = RUN.invoke(app, ["validate", str(study), "--annotate", str(tmp_path / "out.csv")])
    assert done.exit_code == 2
    assert "ends in .xlsx" in done.stderr
    done = RUN.invoke(app, ["validate", str(study), "--annotate", str(tmp_path / "out.xlsm")])
    assert done.exit_code == 2
    assert "asks for a name that ends in .xlsx" in done.stderr
    assert not (tmp_path / "out.xlsm").exists()


def test_a_file_that_cannot_be_read_has_no_copy(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    done = RUN.invoke(app, ["validate", str(tmp_path / "missing.xlsx"), "--annotate", str(out)])
    assert done.exit_code == 2
    assert not out.exists()


def test_a_package_that_is_odd_gets_a_fresh_copy(study: Path, tmp_path: Path) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(study) as old, zipfile.ZipFile(memory, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</xml>", b"</xml><!-- odd -->"))
    study.write_bytes(memory.getvalue())
    out = tmp_path / "out.xlsx"
    done = RUN.invoke(app, ["validate", str(study), "--annotate", str(out)])
    assert "cannot be changed in place: the drawing of its notes is not as usual" in done.stderr
    assert "Practices" in opened(out.read_bytes()).sheetnames
