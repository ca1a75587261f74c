from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
import xlsxwriter

from dualeco_cli.workbook.writing import WriteRefusal, check_target, refuse_overwrite, replace_atomically


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_permissions_of_any(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    target = tmp_path / "report.json"
    with replace_atomically(target) as path:
        assert path.parent == tmp_path
        assert path.suffix == ".json"
        path.write_text("{}")
        assert not target.exists()
    assert target.read_text() == "{}"
    assert target.stat().st_mode == other.stat().st_mode
    assert names(tmp_path) == ["other", "report.json"]


def test_permissions_of_an_existing_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    with replace_atomically(str(target)) as path:
        path.write_text("new")
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real" / "file.csv")
    with replace_atomically(link) as path:
        path.write_text("x")
    assert link.is_symlink()
    assert (tmp_path / "real" / "file.csv").read_text() == "x"


@pytest.mark.parametrize("error", [ValueError("ours"), KeyboardInterrupt()])
def test_on_an_error_all_is_as_it_was(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def write() -> None:
        with replace_atomically(target) as path:
            path.write_text("half")
            raise error

    with pytest.raises(type(error)):
        write()
    assert target.read_text() == "old"
    assert names(tmp_path) == ["report.json"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "full"), "the disk is full"),
        (OSError(errno.EROFS, "ro"), "the disk is read-only"),
        (OSError(errno.EIO, "io"), os.strerror(errno.EIO).casefold()),
        (OSError("odd"), "odd"),
        (xlsxwriter.exceptions.FileCreateError(OSError(errno.ENOSPC, "full")), "the disk is full"),
    ],
)
def test_errors_of_the_system_become_sentences(tmp_path: Path, error: Exception, reason: str) -> None:
    def write() -> None:
        with replace_atomically(tmp_path / "report.json"):
            raise error

    with pytest.raises(WriteRefusal) as caught:
        write()
    assert caught.value.reason == reason
    assert str(caught.value) == f"{tmp_path / 'report.json'} cannot be written: {reason}"
    assert names(tmp_path) == []


def test_a_disk_that_is_really_full() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no such device")

    def write() -> None:
        with replace_atomically("/dev/full"):
            pass

    with pytest.raises(WriteRefusal, match="a device"):
        write()


def test_targets_that_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reason(path: Path) -> str:
        with pytest.raises(WriteRefusal) as caught, replace_atomically(path):
            raise AssertionError
        return caught.value.reason

    assert reason(tmp_path) == "it is a folder"
    assert reason(tmp_path / "no" / "file.csv") == f"there is no folder {(tmp_path / 'no').resolve()}"
    file = tmp_path / "file.csv"
    file.touch()
    assert "folder" in reason(file / "inside.csv") or "directory" in reason(file / "inside.csv")
    assert reason(tmp_path / ("x" * 300)) == "the name is too long"
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert reason(tmp_path / "circle") == "its links lead in a circle"
    with pytest.raises(WriteRefusal, match="its links lead in a circle"):
        check_target(tmp_path / "circle")
    refuse_overwrite([file], [tmp_path / "circle"])
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert reason(file) == "it is read-only"

    def denied(*_: object) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", denied)
    assert reason(tmp_path / "new.csv") == "you may not write there, or it is open in another program"
    assert names(tmp_path) == ["circle", "file.csv"]


def test_inputs_are_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "study.xlsx"
    source.touch()
    (tmp_path / "link.xlsx").symlink_to(source)
    os.link(source, tmp_path / "hard.xlsx")
    (tmp_path / "folder").mkdir()
    refuse_overwrite([source, "folder"], ["report.xlsx", "folder/report.xlsx", "other/scores.csv"])
    for output in ("study.xlsx", "./folder/../study.xlsx", "link.xlsx", "hard.xlsx"):
        with pytest.raises(WriteRefusal, match="one of the files that are read"):
            refuse_overwrite([source], [output])
    with pytest.raises(WriteRefusal, match="in a folder that is read"):
        refuse_overwrite(["folder"], ["folder/new.csv"])
    with pytest.raises(WriteRefusal, match="given twice"):
        refuse_overwrite([], ["a.html", "./a.html"])
