from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from dualeco_cli.model.cells import Area
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.read import read
from dualeco_cli.workbook.refusal import Refusal
from tests.workbook.making import FILES, cells, check, read_bytes, refused, rules, xlsb_parts, zipped

XLS = (FILES / "libreoffice.xls").read_bytes()


def test_xls_that_libreoffice_wrote() -> None:
    workbook = read(FILES / "libreoffice.xls")
    assert rules(workbook) == ["format-hides-errors"]
    practices, hidden = workbook.sheets
    assert cells(practices) == {
        3: (None, "id", "title", "share"),
        4: (
            None,
            7,
            "Formación dual",
            0.125,
            dt.date(2024, 3, 4),
            dt.datetime.fromisoformat("2024-03-04T12:30:00"),
            dt.time(8, 15),
            dt.timedelta(hours=36),
        ),
        5: (None, True, None, None, 14, "xy", 12.5, 0),
        6: (None, "hidden"),
        8: (None, "merged"),
        11: (None, "plain bold end"),
        12: (None, "link"),
        13: (None, 0),
    }
    assert practices.merged == (Area(8, 2, 9, 4),)
    assert (hidden.name, hidden.hidden) == ("Hidden", True)


def test_xlsb(tmp_path: Path) -> None:
    parts = xlsb_parts({0: {0: "id", 1: "a\x07b"}, 2: {0: 7.0, 2: 0.5}}, (0, 2, 0, 2))
    parts["xl/vbaProject.bin"] = b"x"
    workbook = read_bytes(tmp_path, zipped(parts))
    assert cells(workbook.sheets[0]) == {1: ("id", "ab"), 3: (7, None, 0.5)}
    assert rules(workbook) == ["format-hides-errors", "control-characters", "macros"]
    assert workbook.notices[1].place.cell == "B1"


def test_damage(tmp_path: Path) -> None:
    cut = XLS[:600] + bytes(1500) + XLS[2100:]
    assert refused(tmp_path, cut).rule in {"file-damaged", "file-reader-failed"}
    parts = xlsb_parts({}, (0, 0, 0, 0))
    del parts["xl/worksheets/sheet1.bin"]
    assert refused(tmp_path, zipped(parts)).rule == "file-damaged"


def test_cells_are_counted_before_they_are_made(tmp_path: Path) -> None:
    assert refused(tmp_path, XLS, limits=Limits(cells=20)).rule == "too-many-cells"


def test_a_far_cell_does_not_take_the_process_along(tmp_path: Path) -> None:
    corner = (0, 1_048_575, 0, 16_383)
    data = zipped(xlsb_parts({0: {0: 1.0}, 1_048_575: {16_383: 1.0}}, corner))
    assert refused(tmp_path, data).rule in {"file-reader-failed", "too-many-cells"}


def test_memory_and_time_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path, XLS, limits=Limits(memory_bytes=1 << 20)).rule == "file-reader-failed"

    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("worker", 60)

    monkeypatch.setattr(subprocess, "run", late)
    assert refused(tmp_path, XLS).params == {"format": "xls", "reason": "longer than 60 s"}

    def nowhere(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "no Python")

    monkeypatch.setattr(subprocess, "run", nowhere)
    assert "no Python" in str(refused(tmp_path, XLS).params["reason"])


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b'{"refused": "file-encrypted"}', "file-encrypted"),
        (b'{"refused": "x", "detail": "y"}', "file-damaged"),
    ],
)
def test_what_the_worker_refuses(monkeypatch: pytest.MonkeyPatch, line: bytes, rule: str) -> None:
    done = subprocess.CompletedProcess([], 0, line + b"\n", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    with pytest.raises(Refusal) as caught:
        read(FILES / "libreoffice.xls")
    check(caught.value)
    assert caught.value.rule == rule


def test_sheets_that_are_no_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        b'{"name": "C", "hidden": false, "kind": "chart"}\n{"name": "V", "hidden": false, "kind": "vba"}\n'
    )
    done = subprocess.CompletedProcess([], 0, lines, b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    workbook = read(FILES / "libreoffice.xls")
    assert rules(workbook) == ["format-hides-errors", "sheet-no-grid"]
    assert workbook.sheets == ()
