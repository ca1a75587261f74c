"""Draws the picture of the README: the first lines of the main job, as the terminal shows them.

python tools/build_picture.py           writes docs/img/score.svg
python tools/build_picture.py --check   exits with 1 if the picture is no longer that of the output
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from dualeco_cli import load_study, score
from dualeco_cli.reports.console import score_text
from dualeco_cli.reports.terminal import Screen

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "img" / "score.svg"
WIDTH, LINES = 100, 34


def draw() -> str:
    """The picture as SVG; the same text gives the same bytes."""
    study = load_study(ROOT / "examples" / "practices.xlsx")
    text = score_text(score(study, "lombardy").report, study, Screen(width=WIDTH, colour=True))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(text.split("\n")[:LINES])))
    return console.export_svg(
        title="dualeco score examples/practices.xlsx --target lombardy", unique_id="dualeco"
    )


def main() -> int:
    """Write the picture, or compare it."""
    picture = draw()
    if "--check" in sys.argv[1:]:
        return 0 if PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == picture else 1
    PICTURE.write_text(picture, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
