from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import write


@pytest.mark.parametrize("suffix", sorted(write.WRITERS))
def test_each_writer(report: Report, study: Study, suffix: str) -> None:
    content = write.render(report, study, suffix)
    assert content
    assert write.render(report, study, suffix.upper()) == content


def test_an_unknown_suffix_names_the_known_ones(report: Report, study: Study) -> None:
    with pytest.raises(write.UnknownSuffixError) as caught:
        write.render(report, study, ".xls")
    assert caught.value.known == tuple(write.WRITERS)
    assert caught.value.nearest == ".xlsx"
    assert "“.xls”" in str(caught.value)
    assert ".json" in str(caught.value)


def test_no_suffix(report: Report, study: Study) -> None:
    with pytest.raises(write.UnknownSuffixError, match="must end in one of"):
        write.render(report, study, "")


def test_save(report: Report, study: Study, tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    write.save(report, study, path)
    assert json.loads(path.read_bytes())["tool"]["name"] == "dualeco"
    assert list(tmp_path.iterdir()) == [path]


def test_save_replaces_and_keeps_the_rights(report: Report, study: Study, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")
    path.chmod(0o640)
    write.save(report, study, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_save_follows_a_link(report: Report, study: Study, tmp_path: Path) -> None:
    path, link = tmp_path / "real.json", tmp_path / "link.json"
    path.write_text("old")
    link.symlink_to(path)
    write.save(report, study, link)
    assert link.is_symlink()
    assert path.read_bytes().startswith(b"{")


def test_what_fails_leaves_the_old_file(
    report: Report, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scores.json"
    path.write_text("old")

    def fail(*_args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write.save(report, study, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(report: Report, study: Study, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write.save(report, study, tmp_path / "nowhere" / "scores.json")
