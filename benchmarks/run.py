"""How fast dualeco is, in one run: starting, and each stage for many practices, beside bare baselines.

    python benchmarks/run.py            # starts; 1,000 and 10,000 practices x 40 indicators
    python benchmarks/run.py --quick    # starts; 1,000 practices, no .docx: what CI runs
    python benchmarks/run.py --large    # and 100,000 practices
    python benchmarks/run.py --record   # and a line per measure in benchmarks/history.csv

Prints processor seconds, peaks of memory and ratios, with the ratios that were recorded last. A measure above
its bound is marked with "!"; a slow machine is no failure, so the exit code is 0 all the same.
docs/performance.md says what the numbers mean.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import startup

HERE = Path(__file__).parent
HISTORY = HERE / "history.csv"
COLUMNS = ("date", "version", "commit", "measure", "ratio")
INDICATORS = 40

#: At most so many times the library call; reading and checking are held against two passes of openpyxl.
BOUND = 3.0
#: A stage grows no faster than the number of practices, give or take what a busy machine adds.
STEEPEST = 1.15
#: Documents for people hold a page per practice. No program opens larger ones, and they are not measured.
MOST_PRACTICES = {"docx": 1_000, "html": 10_000, "md": 10_000, "xlsx": 10_000}
STAGES = ("read", "check", "score", "robustness", "json", "csv", "parquet", "xlsx", "html", "md", "docx")
WHAT = {
    "read": "read",
    "check": "read and check",
    "score": "score",
    "robustness": "score, 100 draws",
}
#: What each stage is held against, as far as there is a call that it must make.
AGAINST = {
    "read": "expat, 1 pass",
    "check": "openpyxl, 2 passes",
    "score": "",
    "robustness": "",
    "json": "json.dumps",
    "csv": "csv.writer",
    "parquet": "pyarrow",
    "xlsx": "XlsxWriter",
    "html": "Jinja",
    "md": "one re.sub per cell",
    "docx": "lxml",
}


@dataclass(frozen=True)
class Measure:
    """A ratio with its name in the history, and the bound that it should keep."""

    name: str
    ratio: float
    bound: float


def starts(runs: int, before: Mapping[str, float]) -> Iterator[Measure]:
    """The starts, printed as they are measured."""
    print(f"{'start':30} {'seconds':>8} {'bare':>8} {'ratio':>6} {'last':>6}")
    for one in startup.measure(runs):
        measure = Measure(f"start {one.name}", one.ratio, startup.BOUND)
        print(f"{one.name:30} {one.ours:8.3f} {one.bare:8.3f} {_ratios(measure, before)}")
        yield measure


def stages(
    practices: int, before: Mapping[str, float], smaller: dict[str, Any], left_out: Collection[str]
) -> Iterator[Measure]:
    """The stages for so many practices; ``smaller`` has the seconds of a smaller study, and gets these."""
    names = [
        name for name in STAGES if practices <= MOST_PRACTICES.get(name, practices) and name not in left_out
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "study.xlsx"
        _run("study.py", str(file), str(practices), str(INDICATORS))
        found = json.loads(_run("stages.py", str(file), *names))
    unpacked = found["unpacked"]
    print(f"\n{practices:,} practices x {INDICATORS} indicators, {unpacked:.1f} MiB of XML when unpacked")
    print(
        f"{'stage':18} {'seconds':>8} {'MiB':>6} {'x input':>7} {'bare':>8} {'ratio':>6} {'last':>6}  beside"
    )
    seconds: dict[str, float] = {}
    for name, result in found["stages"].items():
        ours = result["ours"]
        seconds[name] = ours["seconds"]
        memory = ours["peak"] - found["before"]
        line = f"{WHAT.get(name, name):18} {ours['seconds']:8.2f} {memory:6.0f} {memory / unpacked:7.0f}"
        bare = result.get("peer" if name == "check" else "bare")
        if bare is None or not AGAINST[name]:
            print(f"{line} {'':24}  {_growth(name, seconds, practices, smaller)}".rstrip())
            continue
        measure = Measure(f"{practices} {name}", ours["seconds"] / bare["seconds"], BOUND)
        told = f"{AGAINST[name]}{_growth(name, seconds, practices, smaller)}"
        print(f"{line} {bare['seconds']:8.2f} {_ratios(measure, before)}  {told}")
        yield measure
    for name in STAGES:
        if name not in names and name not in left_out:
            print(f"{name:18} not measured: it is made for at most {MOST_PRACTICES[name]:,} practices")
    smaller.clear()
    smaller.update(practices=practices, seconds=seconds)


def _growth(name: str, seconds: Mapping[str, float], practices: int, smaller: Mapping[str, Any]) -> str:
    """The exponent of growth since the smaller size: 1 where the cost is in proportion."""
    if name not in smaller.get("seconds", {}):
        return ""
    exponent = math.log(seconds[name] / smaller["seconds"][name]) / math.log(practices / smaller["practices"])
    return f", growth {exponent:.2f}{'!' if exponent > STEEPEST else ''}"


def _ratios(measure: Measure, before: Mapping[str, float]) -> str:
    last = before.get(measure.name)
    mark = "!" if measure.ratio > measure.bound else " "
    return f"{measure.ratio:5.2f}{mark} {'' if last is None else f'{last:.2f}':>6}"


def _run(program: str, *arguments: str) -> str:
    """What a program of this folder prints. A process of its own: its memory is not ours."""
    command = [sys.executable, "-W", "ignore", str(HERE / program), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def last_ratios() -> dict[str, float]:
    """The ratio that was recorded last, by measure."""
    if not HISTORY.exists():
        return {}
    with HISTORY.open(encoding="utf-8", newline="") as file:
        return {row["measure"]: float(row["ratio"]) for row in csv.DictReader(file)}


def record(measures: Iterable[Measure]) -> None:
    """Add the ratios to the history."""
    from dualeco_cli.version import __version__

    command = ["git", "-C", str(HERE), "rev-parse", "--short", "HEAD"]
    asked = subprocess.run(command, check=False, capture_output=True, text=True)
    commit = asked.stdout.strip() or "unknown"
    day = dt.datetime.now(dt.UTC).date().isoformat()
    new = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerows([day, __version__, commit, one.name, f"{one.ratio:.2f}"] for one in measures)


def show_history() -> None:
    """The ratios of each day and commit, the latest last: what CI shows."""
    if not HISTORY.exists():
        return
    with HISTORY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print("\nhistory of ratios")
    for name in dict.fromkeys(row["measure"] for row in rows):
        told = [f"{row['ratio']} ({row['commit']})" for row in rows if row["measure"] == name]
        print(f"{name:34} {', '.join(told[-6:])}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and record if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="starts, and 1,000 practices without .docx")
    parser.add_argument("--large", action="store_true", help="100,000 practices as well")
    parser.add_argument("--record", action="store_true", help="add the ratios to benchmarks/history.csv")
    asked = parser.parse_args(arguments)
    sizes = [1_000] if asked.quick else [1_000, 10_000]
    before = last_ratios()
    print(f"{os.cpu_count()} processors, Python {sys.version.partition(' ')[0]}; processor seconds\n")
    measures = list(starts(3 if asked.quick else 7, before))
    smaller: dict[str, Any] = {}
    for practices in [*sizes, *([100_000] if asked.large else [])]:
        # a document takes as long as all the rest together
        measures.extend(stages(practices, before, smaller, {"docx"} if asked.quick else ()))
    above = [one.name for one in measures if one.ratio > one.bound]
    print(f"\nabove their bound: {', '.join(above) or 'none'}")
    if asked.record:
        record(measures)
    show_history()


if __name__ == "__main__":
    main()
