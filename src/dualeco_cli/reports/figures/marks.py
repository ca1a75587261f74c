"""What the figures share: the sign of each class, the shades of a value, words below a picture.

Colours are those that people with any kind of colour vision tell apart, and never the only sign: each class
has a shape of its own and its word beside it, each shade its number.
"""

from __future__ import annotations

from collections.abc import Iterable

from dualeco_cli.language import _, grouped, plural
from dualeco_cli.model.result import BEST_FIRST, PracticeClass, PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.figures.svg import GREY, INK, MARGIN, PAPER, SMALL, Canvas, width_of
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.story import Story, one_line
from dualeco_cli.reports.texts import class_word

#: More rows than these nobody reads on a slide; a figure says how many it leaves out.
MOST_ROWS = 40

_FILLS = {
    PracticeClass.TRANSFERABLE: "#009E73",
    PracticeClass.ADAPTABLE: "#56B4E9",
    PracticeClass.CONDITIONAL: "#F0C814",
    PracticeClass.NOT_YET: "#E8825A",
    PracticeClass.BLOCKED: "#8C1C13",
    PracticeClass.INSUFFICIENT_EVIDENCE: PAPER,
    PracticeClass.HOME: "#BDBDBD",
}

#: From nothing to all, each darker than the one before, so that a grey print keeps their order.
_SHADES = ((255, 246, 214), (190, 224, 190), (98, 184, 184), (40, 116, 172), (16, 52, 112))
#: From this value on a shade is dark enough for white letters.
_LIGHT_LETTERS = 0.6


def draw_class(canvas: Canvas, class_: PracticeClass, x: float, y: float, size: float = 6.5) -> None:
    """The sign of a class around a point."""
    fill = _FILLS[class_]
    if class_ in {PracticeClass.TRANSFERABLE, PracticeClass.INSUFFICIENT_EVIDENCE}:
        canvas.circle(x, y, size, fill=fill, stroke=INK, line=1.2)
        return
    canvas.polygon(
        ((x + size * across, y + size * down) for across, down in _CORNERS[class_]),
        fill=fill,
        stroke=INK,
        line=1.2,
    )


#: Corners of the signs, in multiples of their size.
_CORNERS: dict[PracticeClass, tuple[tuple[float, float], ...]] = {
    PracticeClass.ADAPTABLE: ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    PracticeClass.CONDITIONAL: ((0, -1.2), (1.2, 0.95), (-1.2, 0.95)),
    PracticeClass.NOT_YET: ((-1.2, -0.95), (1.2, -0.95), (0, 1.2)),
    PracticeClass.HOME: ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    PracticeClass.BLOCKED: (
        (-0.65, -1.15), (0, -0.5), (0.65, -1.15), (1.15, -0.65), (0.5, 0), (1.15, 0.65),
        (0.65, 1.15), (0, 0.5), (-0.65, 1.15), (-1.15, 0.65), (-0.5, 0), (-1.15, -0.65),
    ),
}  # fmt: skip


def shade(value: float) -> str:
    """The colour of a value between 0 and 1."""
    place = min(1.0, max(0.0, value)) * (len(_SHADES) - 1)
    below = min(int(place), len(_SHADES) - 2)
    share = place - below
    mixed = (
        round(low + (high - low) * share)
        for low, high in zip(_SHADES[below], _SHADES[below + 1], strict=True)
    )
    return "#" + "".join(f"{part:02X}" for part in mixed)


def letters_on(value: float) -> str:
    """The colour of letters on the shade of a value."""
    return PAPER if value >= _LIGHT_LETTERS else INK


def provenance(story: Story) -> str:
    """Where a picture comes from, for its small print: a picture goes further than the report it was in."""
    report, method = story.report, story.report.method
    version = f" {one_line(report.framework.version)}" if report.framework.version else ""
    text = (
        _("{tool} {version}, framework {framework}, {samples} draws, seed {seed}.")
        if method.samples
        else _("{tool} {version}, framework {framework}.")
    )
    said = text.format(
        tool=report.tool.name,
        version=one_line(report.tool.version),
        framework=one_line(report.framework.id) + version,
        samples=grouped(method.samples),
        seed=method.seed,
    )
    read = ", ".join(
        _("{path} (SHA-256 {sum}…)").format(path=one_line(source.path, 80), sum=one_line(source.sha256[:12]))
        for source in report.inputs[:3]
    )
    return f"{said} {read}" if read else said


def left_out(count: int) -> list[str]:
    """A sentence about practices for which a figure has no room."""
    if count <= 0:
        return []
    return [
        plural(
            "{count} more practice is not shown here.", "{count} more practices are not shown here.", count
        )
    ]


def in_words(story: Story, practice: PracticeResult) -> str:
    """A practice's line of the ranking, for those who do not see the picture."""
    rank = f"{practice.rank}. " if practice.rank is not None else ""
    said = f"{rank}{one_line(practice.title)}: {story.verdict(practice)}"
    if practice.score is None:
        return f"{said}."
    return _("{said}, range {range}.").format(said=said, range=numbers.span(practice.lower, practice.upper))


def by_kind(target: TargetResult, most: int = MOST_ROWS) -> list[tuple[str, list[PracticeResult]]]:
    """The first practices of a target: ranked ones, then the others by reason, each kind with its heading."""
    shown = target.practices[:most]
    kinds: list[tuple[str, list[PracticeResult]]] = [
        (_("Ranked"), [practice for practice in shown if practice.rank is not None])
    ]
    for class_, heading in (
        (PracticeClass.BLOCKED, _("Blocked by a barrier")),
        (PracticeClass.INSUFFICIENT_EVIDENCE, _("Too little is known")),
        (PracticeClass.HOME, _("At home in {region}").format(region=target_name(target))),
    ):
        kinds.append((heading, [practice for practice in shown if practice.class_ == class_]))
    return [(heading, practices) for heading, practices in kinds if practices]


def class_legend(
    canvas: Canvas, practices: Iterable[PracticeResult], x: float, y: float, gap: float = 24
) -> float:
    """The signs of the classes that occur, with their words, in as few rows as there is room for.

    Returns:
        How much higher it is than one row.
    """
    present = {practice.class_ for practice in practices}
    left, top = x, y
    for class_ in (class_ for class_ in BEST_FIRST if class_ in present):
        word = class_word(class_)
        if x > left and x + 17 + width_of(word, SMALL) > canvas.width - MARGIN:
            x, y = left, y + SMALL + 7
        draw_class(canvas, class_, x + 6, y - 4, 5.5)
        canvas.text(x + 17, y, word, size=SMALL, fill=GREY)
        x += 17 + width_of(word, SMALL) + gap
    return y - top
