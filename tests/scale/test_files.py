"""The command with many targets: what goes into files as it comes, and what is left when it is broken off."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from dualeco_cli import load_study
from dualeco_cli.api import method_for
from dualeco_cli.cli.app import app
from dualeco_cli.reports import numbers, parquet
from dualeco_cli.spread import ways
from tests.support.interrupting import INTERRUPTED, environment

from . import studies

#: (practice, part, item, measure) -> number or word
Facts = dict[tuple[str | None, str, str | None, str], float | str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return studies.write_study(tmp_path_factory.mktemp("scale") / "study", 23)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def facts_of_json(target: dict[str, Any]) -> Facts:
    """What the JSON report says of a target, put as the rows of the table are documented."""
    found: dict[tuple[str | None, str, str | None, str], Any] = {}
    for name in ("alpha", "units"):
        found[None, "agreement", None, name] = target["agreement"][name]
    for split in target["agreement"]["split"]:
        found[split["practice"], "agreement", split["indicator"], "split"] = len(split["ratings"])
    for stretch in target["leader_stability"] or ():
        for name in ("low", "high"):
            found[None, "leader_stability", stretch["dimension"], name] = stretch[name]
    for practice in target["practices"]:
        _practice(found, practice)
    return {key: value for key, value in found.items() if value is not None}


def _practice(found: dict[Any, Any], practice: dict[str, Any]) -> None:
    id_ = practice["id"]
    for name in ("title", "source", "class", "rank", "score", "lower", "upper", "coverage"):
        found[id_, "practice", None, name] = practice[name]
    for part, items, names in (
        ("barrier", [(b["indicator"], b) for b in practice["barriers"]], ("required", "actual", "gap")),
        ("dimension", [(d["id"], d) for d in practice["dimensions"]], ("score", "lower", "upper", "weight")),
        (
            "adaptation",
            [(a["id"], a) for a in practice["adaptations"]],
            ("class", "score", "coverage", "best"),
        ),
        (
            "indicator",
            [(i["id"], i) for i in practice["indicators"]],
            ("status", "required", "actual", "value", "weight", "contribution"),
        ),
        ("path", [(s["indicator"], s) for s in practice["path"]["steps"]], ("from", "to")),
        ("path", [(None, practice["path"])], ("to", "effort", "score")),
        ("robustness", [(None, practice["robustness"])], ("mean", "p05", "p95", "expected_rank")),
    ):
        for item, values in items:
            for name in names:
                found[id_, part, item, name] = values[name]
    for question in practice["open_questions"]:
        found[id_, "open_question", question, "open"] = 1
    firm = practice["robustness"]
    for rank, share in enumerate(firm["rank_acceptability"][:10], 1):
        found[id_, "rank_acceptability", str(rank), "probability"] = share
    for part, name in (
        ("class_probability", "probability"),
        ("barrier_probability", "probability"),
        ("central_weights", "share"),
    ):
        for item, share in (firm[part] or {}).items():
            found[id_, part, item, name] = share


def facts_of_table(frame: pd.DataFrame) -> Facts:
    found: Facts = {}
    for row in frame.to_dict("records"):
        practice, item = (None if pd.isna(row[name]) else str(row[name]) for name in ("practice", "item"))
        key = (practice, str(row["part"]), item, str(row["measure"]))
        assert key not in found
        assert pd.isna(row["text"]) != math.isnan(row["value"])
        found[key] = float(row["value"]) if pd.isna(row["text"]) else str(row["text"])
    return found


def test_the_table_says_what_the_json_says(folder: Path, tmp_path: Path) -> None:
    result = run("score", folder, "-t", "all", "--samples", 300, "-q", "-o", tmp_path / "s.parquet")
    assert result.exit_code == 0, result.output
    result = run("score", folder, "-t", "all", "--samples", 300, "-q", "-o", tmp_path / "s.json")
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    frame = pd.read_parquet(tmp_path / "s.parquet")
    assert list(frame.columns) == list(parquet.COLUMNS)
    assert list(dict.fromkeys(frame["target"])) == [target["id"] for target in report["targets"]]
    parts = set()
    for target in report["targets"]:
        found = facts_of_table(frame[frame["target"] == target["id"]])
        assert found == facts_of_json(target)
        parts |= {part for _, part, _, _ in found}
    # the study has some of everything, or this would prove little
    assert parts >= {"agreement", "barrier", "open_question", "adaptation", "path", "central_weights"}
    said = json.loads(pq.read_schema(tmp_path / "s.parquet").metadata[parquet.METADATA])
    assert {name: said[name] for name in ("tool", "inputs", "framework", "method")} == {
        name: report[name] for name in ("tool", "inputs", "framework", "method")
    }
    assert said["indicators"][0] == {"id": "laws", "dimension": "d", "role": "condition"}


def test_the_example_of_the_guide(folder: Path, tmp_path: Path) -> None:
    """The lines of docs/scale.md, run as they stand there."""
    guide = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    lines = guide.split("```python\n")[1].split("```")[0]
    run("score", folder, "-t", "all", "--samples", 100, "-q", "-o", tmp_path / "scores.parquet")
    subprocess.run([sys.executable, "-c", lines], cwd=tmp_path, check=True, capture_output=True)


def test_the_same_bytes_streamed_or_whole_with_however_many_jobs(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", 1500)  # several row groups
    shared = ("score", folder, "-t", "all", "--samples", 50, "-q")
    assert run(*shared, "-o", tmp_path / "one.parquet").exit_code == 0
    assert run(*shared, "-j", 2, "-o", tmp_path / "two.parquet").exit_code == 0
    # beside another kind of report all results are at hand at once
    whole = run(*shared, "-o", tmp_path / "whole.parquet", "-o", tmp_path / "whole.json")
    assert whole.exit_code == 0
    contents = {(tmp_path / f"{name}.parquet").read_bytes() for name in ("one", "two", "whole")}
    assert len(contents) == 1
    assert pq.ParquetFile(tmp_path / "one.parquet").metadata.num_row_groups > 4


def test_rows_of_indicators_have_row_groups_of_their_own(folder: Path, tmp_path: Path) -> None:
    run("score", folder, "-t", "all", "--samples", 0, "-q", "-o", tmp_path / "s.parquet")
    file = pq.ParquetFile(tmp_path / "s.parquet")
    parts = [set(file.read_row_group(n)["part"].to_pylist()) for n in range(file.metadata.num_row_groups)]
    assert [part == {"indicator"} for part in parts] == [False, True]


def test_many_targets_have_a_line_each(folder: Path, tmp_path: Path) -> None:
    result = run("score", folder, "-t", "all", "--samples", 0, "-o", tmp_path / "s.parquet")
    assert result.exit_code == 0, result.output
    assert "6 practices for 23 regions" in result.stdout
    frame = pd.read_parquet(tmp_path / "s.parquet", filters=[("part", "==", "practice")])
    wide = frame[frame["measure"].isin(["rank", "score"])].pivot_table(
        index=["target", "practice"], columns="measure", values="value", observed=True
    )
    first = wide[wide["rank"] == 1].reset_index()
    lines = [line for line in result.stdout.splitlines() if line.startswith("Region r")]
    assert len(lines) == 23
    for line in lines:
        own = first[first["target"] == line.split()[1]]
        if own.empty:
            assert "none gets a rank" in line
        else:
            assert f"Title of {min(map(str, own['practice']))} " in line  # of equals the first by id
            assert f" {numbers.fixed(own['score'].iloc[0], 1)} " in line
    # the same lines where the whole report is asked for as well
    other = run("score", folder, "-t", "all", "--samples", 0, "-o", tmp_path / "s.json")
    assert [line for line in other.stdout.splitlines() if line.startswith("Region r")] == lines


def test_few_targets_have_their_rankings(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.parquet"
    result = run("score", folder, "-t", "r00", "-t", "r01", "--samples", 0, "-o", out)
    assert result.exit_code == 0
    assert result.stdout.count("Known") >= 1
    assert "Best practice" not in result.stdout
    assert set(pd.read_parquet(out)["target"]) == {"r00", "r01"}


def test_fail_under_holds_for_a_stream(folder: Path) -> None:
    shared = ("score", folder, "-t", "all", "--samples", 0, "-q")
    assert run(*shared, "--fail-under", 0).exit_code == 0
    assert run(*shared, "--fail-under", 100).exit_code == 1


def test_nothing_is_held_whole(folder: Path, tmp_path: Path) -> None:
    """However many targets have been written, the rows of few are waiting."""
    study = load_study(folder)
    from dualeco_cli.api import head_of
    from dualeco_cli.spread.work import Work

    method = method_for(study, samples=0)
    work = Work(study, method, parquet.tables_of)
    tables = work.do("r00")
    rows = len(tables.practices) + len(tables.indicators)
    writer = parquet.Writer(tmp_path / "s.parquet", head_of(study, method), study)
    waiting = []
    for _ in range(50):
        writer.add(tables)
        waiting.append(writer.waiting)
    writer.close()
    assert max(waiting) <= parquet.ROW_GROUP + rows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-j", "2", "--scheduler", "tcp://127.0.0.1:9"), "give one of them"),
        (("-j", "two"), "--jobs is a whole number from 0 up, or auto"),
        (("-j", "-1"), "--jobs is a whole number from 0 up, or auto"),
    ],
)
def test_wrong_usage(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("score", folder, "-t", "r00", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("jobs", ["0", "auto"])
def test_all_processors(folder: Path, jobs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "cores", lambda: 1)
    assert run("score", folder, "-t", "all", "--samples", 0, "-q", "-j", jobs).exit_code == 0


def test_the_command_line_goes_before_the_settings(folder: Path, tmp_path: Path) -> None:
    settings = tmp_path / "dualeco.toml"
    settings.write_text('[score]\nscheduler = "tcp://127.0.0.1:9"\nsamples = 0\n', encoding="utf-8")
    assert run("--config", settings, "score", folder, "-t", "r00", "-q", "--jobs", "1").exit_code == 0
    settings.write_text("[score]\njobs = 1\nsamples = 0\n", encoding="utf-8")
    assert run("--config", settings, "score", folder, "-t", "r00", "-q").exit_code == 0


def test_compare_spreads_as_well(folder: Path, tmp_path: Path) -> None:
    for jobs, name in ((1, "one"), (2, "two")):
        result = run("compare", folder, "--samples", 50, "-q", "-j", jobs, "-o", tmp_path / f"{name}.json")
        assert result.exit_code == 0, result.output
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C is no signal that can be sent")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_leaves_things_as_they_were(folder: Path, tmp_path: Path, jobs: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "scores.parquet").write_bytes(b"as it was")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "dualeco_cli", "score", str(folder), "-t", "all", "-q", "-j", jobs),
            *("--samples", "2000000", "-o", str(out / "scores.parquet")),
        ],
        env=environment(TMPDIR=str(temporary)),
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        deadline = time.monotonic() + 30
        # the file that will take the place of the old one, and the study for the workers
        while len(list(out.iterdir())) < 2 or (jobs == "2" and not _has_work(temporary)):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        _, said = process.communicate(timeout=60)
        assert process.wait(20) in INTERRUPTED
    assert "Traceback" not in said
    assert [path.name for path in out.iterdir()] == ["scores.parquet"]
    assert (out / "scores.parquet").read_bytes() == b"as it was"
    assert [path.name for path in temporary.iterdir() if path.name.startswith("dualeco-")] == []
    _wait_until_nobody_is_left(process.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="there a process that is killed has no group")
def test_workers_end_with_a_parent_that_is_killed(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dualeco_cli", "score", str(folder), "-t", "all", "-q", "-j", "2"]
    with subprocess.Popen(
        [*command, "--samples", "2000000"],
        env=environment(TMPDIR=str(tmp_path)),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 30
        while not _has_work(tmp_path):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(1)
        process.kill()
    _wait_until_nobody_is_left(process.pid)


def _wait_until_nobody_is_left(group: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a process is left")


def _has_work(temporary: Path) -> bool:
    return any(temporary.glob("dualeco-*/work.pickle"))
