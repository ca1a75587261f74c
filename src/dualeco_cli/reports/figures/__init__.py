"""The charts of a report as pictures for slides and documents, each as SVG and as PNG.

Each chart is a module with one function that draws it; :mod:`.svg` knows shapes and text, :mod:`.png` makes a
picture of a finished drawing. The same report gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dualeco_cli.model.result import Report, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports.figures import chances, comparison, heatmap, quadrant, ranking
from dualeco_cli.reports.figures.png import picture
from dualeco_cli.reports.figures.svg import Canvas
from dualeco_cli.reports.story import Story

#: Longer names of files are cut: folders of users lie deep already.
LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart: the name of its file without suffix, the whole SVG file, and the chart in words."""

    name: str
    title: str
    about: str
    svg: str

    def png(self) -> bytes:
        """The chart as a PNG file."""
        return picture(self.svg)

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg


#: The charts that each target has, by the first part of their files' names.
OF_A_TARGET: dict[str, Callable[[Story, TargetResult, str], tuple[Canvas, str] | None]] = {
    "ranking": ranking.draw,
    "heatmap": heatmap.draw,
    "quadrant": quadrant.draw,
    "ranks": chances.draw,
}


def figures(report: Report, study: Study) -> dict[str, bytes]:
    """All charts by the names of their files; there is no chart of what a report does not have."""
    files: dict[str, bytes] = {}
    for drawing in drawings(report, study):
        files[f"{drawing.name}.svg"] = drawing.svg.encode()
        files[f"{drawing.name}.png"] = drawing.png()
    return files


def drawings(report: Report, study: Study) -> Iterator[Drawing]:
    """The charts one after the other: those of each target, then the comparison."""
    story = Story(report, study)
    stems = file_stems([target.id for target in report.targets])
    for target, stem in zip(report.targets, stems, strict=True):
        for kind in OF_A_TARGET:
            drawing = draw(kind, story, target, stem)
            if drawing is not None:
                yield drawing
    compared = draw_comparison(story)
    if compared is not None:
        yield compared


def draw(kind: str, story: Story, target: TargetResult, stem: str) -> Drawing | None:
    """One chart of a target; its name is the kind and ``stem``."""
    name = f"{kind}-{stem}"
    return _drawing(name, OF_A_TARGET[kind](story, target, name))


def draw_comparison(story: Story) -> Drawing | None:
    """The chart of all targets, where there are several."""
    return _drawing("comparison", comparison.draw(story, "comparison"))


def _drawing(name: str, drawn: tuple[Canvas, str] | None) -> Drawing | None:
    if drawn is None:
        return None
    canvas, svg = drawn
    return Drawing(name, canvas.title, canvas.about, svg)


def file_stems(ids: list[str]) -> list[str]:
    """For each id a part of a file's name that every system accepts; no two are the same."""
    stems: list[str] = []
    for id_ in ids:
        plain = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "-" for c in id_.casefold())
        plain = "-".join(part for part in plain[:LONGEST_STEM].split("-") if part) or "region"
        stem, number = plain, 1
        while stem in stems:
            number += 1
            stem = f"{plain}-{number}"
        stems.append(stem)
    return stems
