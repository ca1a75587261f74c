"""What it takes to start ``dualeco``, beside a process that only imports what the command cannot do without.

    python benchmarks/startup.py [RUNS]

Processor time of child processes, the least of several runs, taken in turn so that a busy machine slows both.
Modules are compiled beforehand, into a folder of their own: an installation has them compiled as well.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EXAMPLE = str(Path(__file__).parent.parent / "examples" / "practices.xlsx")
#: At most so many times the bare process.
BOUND = 1.5


@dataclass(frozen=True)
class Start:
    """A command, and what the bare process beside it imports."""

    name: str
    arguments: Sequence[str]
    imports: str
    environment: Mapping[str, str]


_TERMINAL = "import typer, rich"
_COMPLETION = {"_DUALECO_COMPLETE": "complete_bash", "COMP_WORDS": "dualeco val", "COMP_CWORD": "1"}
STARTS = (
    Start("--help", ("--help",), _TERMINAL, {}),
    Start("--version", ("--version",), _TERMINAL, {}),
    Start("completion", (), _TERMINAL, _COMPLETION),
    Start("validate example", ("validate", EXAMPLE), "import openpyxl, pydantic", {}),
    Start(
        "score example, 10000 draws",
        ("score", EXAMPLE, "--target", "lombardy", "--samples", "10000"),
        "import numpy, pandas, openpyxl",
        {},
    ),
)


@dataclass(frozen=True)
class Measured:
    """Processor seconds of the command and of the bare process."""

    name: str
    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times the bare process."""
        return self.ours / self.bare


def measure(runs: int = 7) -> list[Measured]:
    """Measure each start."""
    with tempfile.TemporaryDirectory() as compiled:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DUALECO")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment |= {"PYTHONPYCACHEPREFIX": compiled, "LC_ALL": "C.UTF-8"}
        return [_measure(start, environment, runs) for start in STARTS]


def _measure(start: Start, environment: Mapping[str, str], runs: int) -> Measured:
    # through the same file that an installation runs, so that its imports are compiled and counted alike
    main = "import sys; sys.argv[0] = 'dualeco'; from dualeco_cli.cli.run import main; main()"
    ours = [sys.executable, "-c", main, *start.arguments]
    bare = [sys.executable, "-c", start.imports]
    own = {**environment, **start.environment}
    found = [(_seconds(ours, own), _seconds(bare, environment)) for _ in range(runs + 1)]
    warm = found[1:]  # the first run compiles
    return Measured(start.name, min(one for one, _ in warm), min(other for _, other in warm))


def _seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=dict(environment), capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    for one in measure(*map(int, sys.argv[1:2])):
        print(f"{one.name:28} {one.ours:6.3f} s  bare {one.bare:6.3f} s  ratio {one.ratio:.2f}")
