"""Many targets in brief: a line for each, where the rankings would fill a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.console import RenderableType
from rich.text import Text

from dualeco_cli.language import _, plural
from dualeco_cli.model.result import PracticeClass, Report, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.layout import heading, prose, ruled_table
from dualeco_cli.reports.naming import one_line, region_name
from dualeco_cli.reports.provenance import provenance
from dualeco_cli.reports.terminal import Screen, emit
from dualeco_cli.reports.texts import class_word

#: With more targets than this a ranking for each is more than anybody reads on a terminal.
MANY_TARGETS = 20
#: The classes that are counted in a column of their own; the rest stands in the last one.
_COUNTED = (PracticeClass.TRANSFERABLE, PracticeClass.CONDITIONAL, PracticeClass.ADAPTABLE)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a line says of a target, and no more than that is kept of it.

    Attributes:
        target: its id.
        leader: title of the practice listed first, if one is ranked.
        best: its score on 0-100.
        lowest: the lowest score of a ranked practice.
        class_: the leader's.
        classes: how many practices there are of each class.
    """

    target: str
    leader: str | None
    best: float | None
    lowest: float | None
    class_: PracticeClass | None
    classes: Mapping[PracticeClass, int]


def brief_of(target: TargetResult) -> Brief:
    """The brief of a target."""
    ranked = [practice for practice in target.practices if practice.rank is not None]
    leader = ranked[0] if ranked else None
    return Brief(
        target=target.id,
        leader=leader.title if leader else None,
        best=leader.score if leader else None,
        lowest=min((one.score for one in ranked if one.score is not None), default=None),
        class_=leader.class_ if leader else None,
        classes=dict(Counter(practice.class_ for practice in target.practices)),
    )


def briefs_text(briefs: Sequence[Brief], head: Report, study: Study, screen: Screen | None = None) -> str:
    """The briefs as text for a screen."""
    screen = screen or Screen()
    return screen.render(*_parts(briefs, head, study, screen))


def print_briefs(briefs: Sequence[Brief], head: Report, study: Study, file: TextIO) -> None:
    """Write the briefs to a terminal, a pipe or a file."""
    emit(briefs_text(briefs, head, study, Screen.of(file)), file)


def _parts(briefs: Sequence[Brief], head: Report, study: Study, screen: Screen) -> Iterator[RenderableType]:
    title = _("{practices} for {regions}").format(
        practices=plural("{count} practice", "{count} practices", len(study.practices)),
        regions=plural("{count} region", "{count} regions", len(briefs)),
    )
    yield heading(title, screen)
    yield prose(
        Text(_("The best practice for each region. For a whole ranking, name one region with --target.")),
        screen,
    )
    yield Text("")
    table = ruled_table(screen)
    table.add_column(_("Region"), ratio=2, min_width=12)
    table.add_column(_("Best practice"), ratio=3, min_width=16)
    table.add_column(_("Score"), justify="right", no_wrap=True)
    table.add_column(_("Class"), no_wrap=True)
    for class_ in _COUNTED:
        table.add_column(class_word(class_), justify="right")
    table.add_column(_("others"), justify="right")
    thresholds = (head.method.adaptable_from, head.method.transferable_from)
    for brief in briefs:
        counts = [brief.classes.get(class_, 0) for class_ in _COUNTED]
        table.add_row(
            Text(region_name(study, brief.target)),
            Text(one_line(brief.leader) if brief.leader else _("none gets a rank")),
            Text(numbers.score(brief.best, thresholds)),
            Text(class_word(brief.class_) if brief.class_ else numbers.MISSING),
            *(Text(str(count)) for count in counts),
            Text(str(sum(brief.classes.values()) - sum(counts))),
        )
    yield table
    yield Text("")
    yield Text("\n".join(provenance(head)), style=screen.dim)
