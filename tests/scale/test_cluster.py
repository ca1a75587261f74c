"""A real Dask cluster of two processes on the loopback, one of which is killed on the way."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dualeco_cli import load_study
from dualeco_cli.api import method_for, report_for
from dualeco_cli.cli.app import app
from dualeco_cli.model.result import TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.spread import cluster as cluster_module
from dualeco_cli.spread.errors import SpreadError
from dualeco_cli.spread.origin import Origin
from dualeco_cli.spread.ways import Way, each_target
from dualeco_cli.spread.work import Work

from . import studies

SAMPLES = 2500
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, started as people do it: by the commands of Dask."""
    folder = tmp_path_factory.mktemp("dask")
    written = folder / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_LOGGING__DISTRIBUTED": "critical"}
    dask = [sys.executable, "-m", "dask"]
    common = ["--no-dashboard", "--scheduler-file", str(written)]
    with (
        subprocess.Popen(
            [*dask, "scheduler", *common, "--host", "127.0.0.1", "--port", "0"],
            env=environment,
            cwd=folder,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as master,
        subprocess.Popen(
            [
                *dask,
                "worker",
                *common,
                "--nworkers",
                "2",
                "--nthreads",
                "1",
                "--local-directory",
                str(folder),
            ],
            env=environment,
            cwd=folder,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as workers,
    ):
        try:
            yield _address(written)
        finally:
            for process in (workers, master):
                os.killpg(process.pid, signal.SIGKILL)  # with the workers that its nannies started


def _address(file: Path) -> str:
    """The address that the scheduler writes into its file."""
    import json

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError("no scheduler came up")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return studies.write_study(tmp_path_factory.mktemp("scale") / "study", 12)


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return load_study(folder)


@pytest.fixture(scope="module")
def targets(study: Study) -> list[str]:
    return [id_ for id_ in study.targets() if id_.startswith("r")]


@pytest.fixture(scope="module")
def alone(study: Study, targets: list[str]) -> list[str]:
    method = method_for(study, samples=SAMPLES)
    return [studies.as_json(target) for target in report_for(study, targets, method).targets]


def work(study: Study, finish: Callable[[TargetResult], Any] = studies.as_json, **options: Any) -> Work[Any]:
    return Work(study, method_for(study, **{"samples": SAMPLES, **options}), finish)


@pytest.mark.parametrize("window", [None, 1, 5])
def test_a_cluster_gives_the_same_bits_in_the_same_order(
    study: Study, targets: list[str], alone: list[str], scheduler: str, window: int | None
) -> None:
    way = Way(scheduler=scheduler, window=window)
    found = list(each_target(work(study, studies.as_json_by), targets, way))
    assert [text for text, _ in found] == alone
    assert os.getpid() not in {process for _, process in found}


def test_a_worker_that_is_killed_costs_a_second_try(
    study: Study, targets: list[str], alone: list[str], scheduler: str, tmp_path: Path
) -> None:
    mark = tmp_path / "killed"
    finish = partial(studies.killed_once, at=targets[4], mark=str(mark))
    assert list(each_target(work(study, finish), targets, Way(scheduler=scheduler))) == alone
    assert mark.exists()


def test_both_workers_killed_between_two_results(
    study: Study, targets: list[str], alone: list[str], scheduler: str
) -> None:
    """With them the study has gone from the cluster, and is sent again."""
    _wait_for_both(scheduler)
    found = []
    both: set[int] = set()
    with closing(each_target(work(study, studies.as_json_by), targets, Way(scheduler=scheduler))) as stream:
        for text, process in stream:
            found.append(text)
            if len(both) < 2 and process not in both:
                both.add(process)
                if len(both) == 2:
                    for each in both:
                        os.kill(each, signal.SIGKILL)
    assert len(both) == 2
    assert found == alone


def _wait_for_both(scheduler: str) -> None:
    """Until the nanny of a worker that was killed has started another one."""
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)


def test_what_is_given_up_is_taken_back(study: Study, targets: list[str], scheduler: str) -> None:
    stream = each_target(work(study, studies.slow, samples=0), targets, Way(scheduler=scheduler, window=12))
    with closing(stream):
        next(stream)
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        deadline = time.monotonic() + 10
        while (held := client.run_on_scheduler(_tasks)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert held == 0


def _tasks(dask_scheduler: Any) -> int:
    return len(dask_scheduler.tasks)


def test_a_defect_comes_through(study: Study, targets: list[str], scheduler: str) -> None:
    with pytest.raises(ZeroDivisionError, match="r00"):
        list(each_target(work(study, studies.failing), targets[:1], Way(scheduler=scheduler)))


def test_the_command(folder: Path, scheduler: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    shared = ["score", str(folder), "--target", "all", "--samples", "300", "--quiet"]
    assert CliRunner().invoke(app, [*shared, "-o", str(one)]).exit_code == 0
    result = CliRunner().invoke(app, [*shared, "-o", str(other), "--scheduler", scheduler])
    assert result.exit_code == 0, result.output
    assert one.read_bytes() == other.read_bytes()


# What cannot go well


def test_nobody_answers(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 0.3)
    out = tmp_path / "out.parquet"
    out.write_bytes(b"as it was")
    arguments = ["score", str(folder), "-t", "r00", "-q", "-o", str(out), "--scheduler", "tcp://127.0.0.1:9"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "no Dask scheduler answers at “tcp://127.0.0.1:9”" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
    assert out.read_bytes() == b"as it was"


def test_a_notebook_has_a_loop_running_already(
    study: Study, targets: list[str], alone: list[str], scheduler: str
) -> None:
    async def cell() -> list[str]:
        return list(each_target(work(study, studies.as_json), targets, Way(scheduler=scheduler)))

    with ThreadPoolExecutor(1) as thread:  # in this one other tests may have left a loop running
        assert thread.submit(lambda: asyncio.run(cell())).result() == alone


def test_an_address_that_is_none(study: Study, targets: list[str]) -> None:
    with pytest.raises(SpreadError, match=r"“nonsense” \(missing port.*looks like tcp://"):
        list(each_target(work(study), targets, Way(scheduler="nonsense")))


def test_no_workers(study: Study, targets: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(cluster_module, "PATIENCE", 1)
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty,
        pytest.raises(SpreadError, match=r"has no workers\. Start some with “dask worker"),
    ):
        list(each_target(work(study), targets, Way(scheduler=empty.scheduler_address)))


def test_without_dask(study: Study, targets: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SpreadError, match=r"pip install “dualeco-cli\[cluster\]”"):
        list(each_target(work(study), targets, Way(scheduler="tcp://127.0.0.1:9")))


@pytest.mark.parametrize(
    ("here", "said"),
    [
        (Origin("0.0.1", "1", "x"), "has dualeco .*, and here is 0.0.1"),
        (Origin(Origin.here().version, "1.2.3", "x"), "has NumPy .*, and here is 1.2.3"),
        (Origin(Origin.here().version, Origin.here().numpy, "x"), "computes other last digits"),
    ],
)
def test_workers_unlike_this_machine(
    study: Study, targets: list[str], scheduler: str, monkeypatch: pytest.MonkeyPatch, here: Origin, said: str
) -> None:
    monkeypatch.setattr(Origin, "here", classmethod(lambda _cls: here))
    with pytest.raises(SpreadError, match=said):
        list(each_target(work(study), targets, Way(scheduler=scheduler)))


def test_no_thread_is_left(study: Study, targets: list[str], scheduler: str) -> None:
    before = threading.active_count()
    list(each_target(work(study, samples=0), targets, Way(scheduler=scheduler)))
    assert threading.active_count() <= before + 2  # Dask keeps its loop and a pool for the next client
