"""Charts into a folder: made where it is missing, refused in one sentence where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from dualeco_cli.cli.figures import check_figures, write_figures
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.figures import Drawing


@pytest.fixture(autouse=True)
def quick_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Drawing, "png", lambda drawing: drawing.name.encode())


def test_written(tmp_path: Path, report: Report, study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a" / "charts"
    check_figures(str(folder))
    write_figures(report, study, str(folder))
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 8
    assert "ranking-lombardy.svg" in names
    assert (folder / "ranking-lombardy.png").read_bytes() == b"ranking-lombardy"
    assert capsys.readouterr().err == f"Written: 4 charts in {folder}\n"
    write_figures(report, study, str(folder), quiet=True)
    assert capsys.readouterr().err == ""


def test_not_asked_for(report: Report, study: Study) -> None:
    check_figures(None)
    write_figures(report, study, None)


def test_a_file_is_no_folder(
    tmp_path: Path, report: Report, study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    for folder in (file, file / "inside"):
        with pytest.raises(typer.Exit) as caught:
            check_figures(str(folder))
        assert caught.value.exit_code == 2
        with pytest.raises(typer.Exit) as caught:
            write_figures(report, study, str(folder))
        assert caught.value.exit_code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_chart_that_cannot_be_written(
    tmp_path: Path, report: Report, study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ranking-lombardy.svg").mkdir()
    with pytest.raises(typer.Exit) as caught:
        write_figures(report, study, str(tmp_path))
    assert caught.value.exit_code == 2
    assert "it is a folder" in capsys.readouterr().err
