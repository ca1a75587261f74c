"""An SVG drawing of ours as a PNG picture, for programs that do not show SVG.

The picture is drawn by resvg with a font that comes along, so it is the same on every machine. Only where a
text has letters that this font lacks are the fonts of the machine used as well.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from dualeco_cli.reports.figures.svg import FONTS

#: Pixels of the picture for one of the drawing: sharp on a projector and in print.
ZOOM = 2.0
#: A picture is not wider or higher than this; more is no picture but a load on the memory.
MOST_PIXELS = 12_000

#: Characters that the font has, as ranges of code points; it was cut to these.
COVERED = (
    "20-7E,A0-17F,18F,192,1A0-1A1,1AF-1B0,1E6-1E7,1FA-1FF,218-21B,237,2BC,2C6-2C7,2C9,2D8-2DD,300-30C,323,37E,"
    "384-38A,38C,38E-3A1,3A3-3CE,400-45F,490-491,1E80-1E85,1E9E,1EF2-1EF3,2010,2012-2015,2017-201E,2020-2022,2026,"
    "202F,2030,2032-2033,2039-203A,2044,20AC,2116,2122,2190-2193,2212,2248,2260,2264-2265,25CB,25CF"
)
_FAMILY = "Dualeco Sans"


def _other_than(ranges: str) -> re.Pattern[str]:
    parts = ("-".join(f"\\U{int(end, 16):08X}" for end in part.split("-")) for part in ranges.split(","))
    return re.compile(f"[^\n{''.join(parts)}]")


_UNCOVERED = _other_than(COVERED)


def picture(svg: str) -> bytes:
    """The PNG file of a drawing made by :class:`~dualeco_cli.reports.figures.svg.Canvas`."""
    import resvg_py  # noqa: PLC0415 - only those who want pictures pay for loading it

    fonts = resources.files("dualeco_cli.reports.figures") / "fonts"
    with resources.as_file(fonts) as folder:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg.replace(f'font-family="{FONTS}"', f'font-family="{_FAMILY}"', 1),
                zoom=_zoom(svg),
                background="#ffffff",
                skip_system_fonts=_UNCOVERED.search(svg) is None,
                font_files=[str(Path(folder) / f"DualecoSans-{style}.ttf") for style in ("Regular", "Bold")],
                font_family=_FAMILY,
                sans_serif_family=_FAMILY,
                resources_dir=str(folder),
            )
        )


def _zoom(svg: str) -> float:
    sizes = [float(size) for size in re.findall(r' (?:width|height)="([0-9.]+)"', svg[:600])[:2]]
    return min(ZOOM, *(MOST_PIXELS / size for size in sizes))
