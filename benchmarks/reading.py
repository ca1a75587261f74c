"""How long reading takes, and in what memory, beside two bare read-only passes of openpyxl.

    python benchmarks/reading.py [rows [columns]]

Each measurement runs in a process of its own, so that none profits from the memory of another.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 3


def make(path: Path, rows: int, columns: int) -> None:
    """A workbook of ids, levels as numbers and as text, measurements, and a column of formulas."""
    import xlsxwriter

    chance = random.Random(0)  # noqa: S311 -- made-up data
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Requirements")
        sheet.write_row(0, 0, ["practice", *(f"indicator {i}" for i in range(1, columns))])
        for row in range(1, rows):
            sheet.write_string(row, 0, f"practice-{row}")
            for column in range(1, columns):
                match column % 5:
                    case 0:
                        sheet.write_string(row, column, chance.choice(["3!", "2?", "n/a", "1!?"]))
                    case 2:
                        sheet.write_number(row, column, chance.random() * 100)
                    case 1 if column == 6:
                        sheet.write_formula(row, column, f"=B{row + 1}+1", None, 3)
                    case _:
                        sheet.write_number(row, column, chance.randint(0, 4))


def bare(path: Path) -> None:
    """Two passes, since one sees either the formulas or their values."""
    import openpyxl

    for data_only in (True, False):
        book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
        for sheet in book:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()


def ours(path: Path) -> None:
    """What every run of the program does."""
    from dualeco_cli.workbook.limits import Limits
    from dualeco_cli.workbook.read import read

    read(path, limits=Limits.of(max_file_size=1024))


READERS: dict[str, Callable[[Path], None]] = {"openpyxl, two passes": bare, "dualeco": ours}


def measure(reader: str, path: Path) -> dict[str, float]:
    """Seconds and MiB of one reading, in this process."""
    import resource

    before = time.perf_counter()
    READERS[reader](path)
    seconds = time.perf_counter() - before
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    """Make a file, read it by each reader several times, and print the best of each."""
    if sys.argv[1:2] == ["--make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
        return
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
        return
    given = [int(argument) for argument in sys.argv[1:3]]
    rows, columns = given + [10_000, 40][len(given) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        # In a process of its own, too: a child's peak of memory starts from that of its parent.
        subprocess.run([sys.executable, __file__, "--make", str(path), str(rows), str(columns)], check=True)
        print(f"{rows} rows x {columns} columns, {path.stat().st_size / 2**20:.1f} MiB")
        best: dict[str, float] = {}
        for reader in READERS:
            found = []
            for _ in range(RUNS):
                command = [sys.executable, __file__, "--measure", reader, str(path)]
                found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
            best[reader] = min(run["seconds"] for run in found)
            memory = max(run["memory"] for run in found)
            print(f"{reader:22} {best[reader]:6.2f} s {memory:6.0f} MiB")
        print(f"ratio {best['dualeco'] / best['openpyxl, two passes']:.2f}")


if __name__ == "__main__":
    main()
