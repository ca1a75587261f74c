"""Draws the screens of the README and the documentation: commands as a terminal of 100 columns shows them.

python tools/build_screens.py           writes docs/img/*.svg
python tools/build_screens.py --check   exits with 1 if a picture is no longer that of the output

The commands are run in a pseudo-terminal, so that what is drawn is what a user sees, colours included.
"""

from __future__ import annotations

import csv
import io
import os
import pty
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from fcntl import ioctl
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "img"
WIDTH, HEIGHT = 100, 50


class Screen(NamedTuple):
    """A picture: its name, the command, and which lines of the output it shows."""

    name: str
    command: str
    first: int = 0
    lines: int = 40


SCREENS = (
    Screen("score", "dualeco score examples/practices.xlsx --target lombardy", lines=34),
    Screen("explain", "dualeco explain examples/practices.xlsx --practice tkgune --target bremen", lines=46),
    Screen("compare", "dualeco compare examples/practices.xlsx --target all", lines=44),
    Screen("validate", "dualeco validate study"),
    Screen("italian", "dualeco score examples/practices.xlsx --target lombardy --lang it", lines=34),
)

#: What a hurried person might type: file, column, the cell's practice, and what stands there then.
MISTAKES = (
    ("Practices.csv", "source", "urratsbat", "basque-contry"),
    ("Requirements.csv", "teacher_industry", "tkgune", "n.d."),
    ("Requirements.csv", "curriculum_agility", "tkgune", "5"),
)


def main() -> int:
    """Write the pictures, or compare them."""
    pictures = {screen.name: draw(screen) for screen in SCREENS}
    if "--check" in sys.argv[1:]:
        old = [name for name, svg in pictures.items() if _read(IMAGES / f"{name}.svg") != svg]
        print("\n".join(f"docs/img/{name}.svg is out of date" for name in old), end="\n" if old else "")
        return 1 if old else 0
    for name, svg in pictures.items():
        (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")
    return 0


def draw(screen: Screen) -> str:
    """The picture as SVG; the same output gives the same bytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        with_mistakes(folder / "study")
        shown = run(screen.command, folder).split("\n")[screen.first : screen.first + screen.lines]
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(shown).rstrip()))
    return console.export_svg(title=screen.command, unique_id=f"dualeco-{screen.name}")


def with_mistakes(folder: Path) -> None:
    """A copy of the example as CSV files with :data:`MISTAKES` in it."""
    shutil.copytree(ROOT / "examples" / "practices", folder)
    for name, column, practice, text in MISTAKES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        place = next(row for row in rows if practice in row[:2])
        place[rows[0].index(column)] = text
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def run(command: str, folder: Path) -> str:
    """What the command writes to a terminal, messages aside."""
    program, *arguments = shlex.split(command)
    parent, child = pty.openpty()
    ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "DUALECO_LANG"}},
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
    }
    with subprocess.Popen(  # noqa: S603  # our own program
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=subprocess.DEVNULL,
        env=environment,
    ):
        os.close(child)
        written = b""
        try:
            while piece := os.read(parent, 65536):
                written += piece
        except OSError:
            # Linux says so when the other end of a pseudo-terminal is closed: it is the end of the output.
            pass
        finally:
            os.close(parent)
    return written.decode("utf-8").replace("\r\n", "\n")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
