"""Targets spread over processes: the same numbers to the last bit, whatever happens on the way."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dualeco_cli import load_study
from dualeco_cli.api import method_for, report_for
from dualeco_cli.language import speaking
from dualeco_cli.model.result import TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.spread import window as window_module
from dualeco_cli.spread.errors import Lost, SpreadError
from dualeco_cli.spread.ways import Way, each_target
from dualeco_cli.spread.work import Work

from . import studies

SAMPLES = 2500  # more than one block of draws


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(studies.write_study(tmp_path_factory.mktemp("scale") / "study", 9))


@pytest.fixture(scope="module")
def targets(study: Study) -> list[str]:
    return [id_ for id_ in study.targets() if id_.startswith("r")]


@pytest.fixture(scope="module")
def alone(study: Study, targets: list[str]) -> list[str]:
    """The result of each target in a report of its own."""
    method = method_for(study, samples=SAMPLES)
    return [studies.as_json(report_for(study, [id_], method).targets[0]) for id_ in targets]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files; at the end there must be nothing in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    gc.collect()
    assert [path.name for path in folder.iterdir() if path.name.startswith("dualeco-")] == []


def work(study: Study, finish: Callable[[TargetResult], Any] = studies.as_json, **options: Any) -> Work[Any]:
    return Work(study, method_for(study, **{"samples": SAMPLES, **options}), finish)


def test_one_after_the_other(study: Study, targets: list[str], alone: list[str]) -> None:
    assert list(each_target(work(study), targets)) == alone
    assert list(each_target(work(study), targets[::-1])) == alone[::-1]


@pytest.mark.parametrize("window", [None, 1, 5])
def test_processes_give_the_same_bits_in_the_same_order(
    study: Study, targets: list[str], alone: list[str], temporary: Path, window: int | None
) -> None:
    found = list(each_target(work(study, studies.as_json_by), targets, Way(jobs=2, window=window)))
    assert [text for text, _ in found] == alone
    processes = {process for _, process in found}
    assert os.getpid() not in processes
    assert len(processes) <= 2


def test_a_killed_worker_costs_a_second_try(
    study: Study, targets: list[str], alone: list[str], temporary: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "killed"
    finish = partial(studies.killed_once, at=targets[3], mark=str(mark))
    assert list(each_target(work(study, finish), targets, Way(jobs=2))) == alone
    assert mark.exists()


def test_workers_that_always_die_end_the_run(
    study: Study, targets: list[str], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_module, "MOST_LOSSES", 1)
    with pytest.raises(SpreadError, match=r"2 times in a row.*“r00”.*memory"):
        list(each_target(work(study, studies.always_killed), targets, Way(jobs=2, window=2)))


def test_a_defect_comes_through(study: Study, targets: list[str], temporary: Path) -> None:
    with pytest.raises(ZeroDivisionError, match="r00"):
        list(each_target(work(study, studies.failing), targets, Way(jobs=2)))


def test_a_stream_that_is_closed_stops_its_workers(study: Study, targets: list[str], temporary: Path) -> None:
    with closing(each_target(work(study, studies.as_json_by), targets, Way(jobs=2))) as stream:
        _, process = next(stream)
        assert _alive(process)
    deadline = time.monotonic() + 10
    while _alive(process) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _alive(process)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_reasons_are_in_the_language_of_the_reader(study: Study, targets: list[str], temporary: Path) -> None:
    with speaking("de"):
        here = list(each_target(work(study, studies.reasons, samples=0), targets[:2]))
        there = list(each_target(work(study, studies.reasons, samples=0), targets[:2], Way(jobs=2)))
    assert there == here


def test_progress_adds_up(study: Study, targets: list[str], temporary: Path) -> None:
    for samples in (0, 30):
        for way in (Way(), Way(jobs=2)):
            told: list[int] = []
            wanted = work(study, samples=samples)
            list(each_target(wanted, targets, way, told.append))
            assert sum(told) == wanted.steps * len(targets)


def test_no_more_than_a_window_is_under_way() -> None:
    class Pool:
        """Hands out promises, loses two of them, and counts."""

        def __init__(self) -> None:
            self.under_way = self.most = self.revived = 0
            self.to_lose = ["3", "6"]
            self.submitted: list[str] = []

        def window(self) -> int:
            return 4

        def submit(self, target: str) -> str:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            self.submitted.append(target)
            return target

        def result(self, future: str) -> str:
            if future in self.to_lose:
                self.to_lose.remove(future)
                raise Lost
            self.under_way -= 1
            return future

        def kept(self, future: str) -> bool:
            return future != "6"

        def revive(self) -> None:
            self.revived += 1
            self.under_way -= 1

    pool = Pool()
    targets = [str(n) for n in range(10)]
    kept = set(targets) - {"6"}
    # of those that are kept "3" is asked for again, and comes
    assert list(window_module.in_order(pool, targets)) == targets
    assert pool.most == 4
    assert pool.revived == 2
    assert [id_ for id_ in pool.submitted if id_ in kept] == sorted(kept)
