"""The main job on a large study, against two bare passes of openpyxl over the same file.

    python benchmarks/main_job.py [PRACTICES] [INDICATORS]

Makes a workbook of its own (10,000 practices × 40 indicators), reads, checks and scores it in a process of
its own, and prints seconds and peak memory beside those of a process that only walks over the cells twice,
once for values and once for formulas.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

BARE = """
import sys, openpyxl
for data_only in (True, False):
    book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=data_only)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            pass
"""

OURS = """
import sys
from dualeco_cli.api import load_study, method_for, report_for
study = load_study(sys.argv[1])
report_for(study, ["somewhere"], method_for(study, samples=0))
"""


def make(path: Path, practices: int, indicators: int) -> None:
    """A study with as many practices and conditions as asked for, all of it valid."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})

    def sheet(name: str, header: list[str], rows: list[list[object]]) -> None:
        page = book.add_worksheet(name)
        for number, row in enumerate([header, *rows]):
            page.write_row(number, 0, row)

    ids = [f"i{k}" for k in range(indicators)]
    sheet("Dimensions", ["id", "name"], [[f"d{k}", f"Dimension {k}"] for k in range(5)])
    levels = [f"level_{k}" for k in range(5)]
    sheet(
        "Indicators",
        ["id", "dimension", "name", "role", *levels],
        [[id_, f"d{k % 5}", f"Condition {k}", "condition", *levels] for k, id_ in enumerate(ids)],
    )
    sheet("Ecosystems", ["id", "name"], [["somewhere", "Somewhere"], ["elsewhere", "Elsewhere"]])
    sheet(
        "Profile",
        ["ecosystem", "indicator", "value"],
        [["somewhere", id_, k % 5] for k, id_ in enumerate(ids)],
    )
    sheet(
        "Practices",
        ["id", "title", "source", "summary"],
        [[f"p{k}", f"Practice {k}", "elsewhere", "What it is and what it does."] for k in range(practices)],
    )
    sheet(
        "Requirements",
        ["practice", *ids],
        [[f"p{k}", *((k * 7 + j * 3) % 5 for j in range(indicators))] for k in range(practices)],
    )
    book.close()


def measure(code: str, file: Path) -> tuple[float, float]:
    """Seconds, and peak memory in MB, of a process that runs the code with the file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, max(before.ru_maxrss, after.ru_maxrss) / 1024


def main() -> None:
    """Run both three times and print the medians."""
    practices = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    indicators = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "study.xlsx"
        make(file, practices, indicators)
        print(f"{practices} practices x {indicators} indicators, {file.stat().st_size / 1e6:.1f} MB")
        runs = [(measure(BARE, file), measure(OURS, file)) for _ in range(3)]
        bare = sorted(run[0][0] for run in runs)[1]
        ours = sorted(run[1][0] for run in runs)[1]
        print(f"two bare passes of openpyxl  {bare:6.2f} s  {runs[0][0][1]:5.0f} MB")
        print(f"read, checked and scored     {ours:6.2f} s  {runs[-1][1][1]:5.0f} MB")
        print(f"ratio                        {ours / bare:6.2f}")


if __name__ == "__main__":
    main()
