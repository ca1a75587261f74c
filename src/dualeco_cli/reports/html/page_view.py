"""The page as a whole: its regions side by side, the settings, where the numbers come from."""

from __future__ import annotations

import math
from functools import cached_property

from dualeco_cli.language import _, grouped, of_data, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import PracticeResult
from dualeco_cli.model.rows import Indicator
from dualeco_cli.reports import numbers
from dualeco_cli.reports.html.data import practice_numbers, reasons, static_levels
from dualeco_cli.reports.html.pieces import Badge, Field, Group, Row, badge
from dualeco_cli.reports.html.target_view import COUNTED, TargetView
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line
from dualeco_cli.reports.panel_view import Weighing, kept, summary, weighings
from dualeco_cli.reports.provenance import mean_words, weights_words
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.tables import Value, compensation
from dualeco_cli.reports.texts import role_word


class PageView:
    """The whole page."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.report = story.report
        self.study = story.study
        self.numbers = practice_numbers(story.report)
        self.targets = [TargetView(self, target, at) for at, target in enumerate(story.report.targets)]

    @property
    def several(self) -> bool:
        """Whether there is more than one target."""
        return len(self.targets) > 1

    @property
    def title(self) -> str:
        """The heading of the page."""
        if len(self.targets) == 1:
            return _("Transferability of good practices to {region}").format(region=self.targets[0].name)
        return plural(
            "Transferability of good practices to {count} regions",
            "Transferability of good practices to {count} regions",
            len(self.targets),
        )

    @property
    def version(self) -> str:
        """The program and its version."""
        return f"{self.report.tool.name} {one_line(self.report.tool.version)}"

    @property
    def classes(self) -> list[Badge]:
        """All classes, to explain them."""
        return [badge(class_) for class_ in COUNTED]

    @cached_property
    def static_levels(self) -> bool:
        """Whether there is room for the levels of each practice as tables."""
        return static_levels(self.report)

    @cached_property
    def basis(self) -> dict[tuple[str, str], str]:
        """The reasons for levels, by practice and indicator."""
        return reasons(self.study)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The dimensions that have indicators."""
        framework = self.study.framework
        total = sum(dimension.weight for dimension in framework.dimensions)
        members: dict[str, list[Field]] = {}
        for place, indicator in enumerate(framework.indicators):
            members.setdefault(indicator.dimension, []).append(_field(place, indicator))
        return tuple(
            Group(
                place=place,
                id=one_line(dimension.id),
                name=dimension_name(dimension),
                description=one_line(of_data(dimension.description or ""), 400),
                weight=dimension.weight,
                share=numbers.share(dimension.weight / total if total > 0 else 0.0),
                indicators=tuple(members[dimension.id]),
            )
            for place, dimension in enumerate(framework.dimensions)
            if dimension.id in members
        )

    @property
    def density(self) -> str:
        """How narrow the columns of the heat map have to be on paper."""
        columns = len(self.study.framework.indicators)
        return "" if columns <= 33 else " dense" if columns <= 44 else " denser"

    @property
    def highest_weight(self) -> float:
        """Where the sliders of the dimensions end."""
        return max(4.0, 2.0 * math.ceil(max((group.weight for group in self.groups), default=1.0)))

    @property
    def q(self) -> float | str:
        """The compensation of the report: a number, or "none"."""
        return compensation(self.report)

    @property
    def comparison(self) -> list[tuple[str, str, list[tuple[int, Row, bool]]]]:
        """Practices by title: source, and for each target the row and whether it is the best one there is.

        Best is the highest score among the targets where the practice has a rank; equal ones are all best.
        """
        found = []
        by_target = [{row.practice.id: row for row in target.rows} for target in self.targets]
        titles = {one.id: one.title for target in reversed(self.report.targets) for one in target.practices}
        ids = sorted(self.numbers, key=lambda id_: (titles[id_].casefold(), id_))
        for id_ in ids:
            cells = [(at, rows[id_]) for at, rows in enumerate(by_target) if id_ in rows]
            ranked = [row.practice.score for _at, row in cells if row.practice.rank is not None]
            top = max((score for score in ranked if score is not None), default=None)
            found.append(
                (
                    cells[0][1].title,
                    cells[0][1].source,
                    [(at, row, _is_top(row.practice, top)) for at, row in cells],
                )
            )
        return found

    @property
    def provenance(self) -> list[tuple[str, Value]]:
        """The settings of the run, as names and values."""
        report, method = self.report, self.report.method
        said: list[tuple[str, Value]] = [
            (_("Program"), self.version),
            (_("Framework"), one_line(report.framework.id)),
            (_("Framework version"), one_line(report.framework.version) or numbers.MISSING),
            (_("Compensation"), f"{self.q if isinstance(self.q, str) else numbers.plain(self.q)}"),
            (_("Score"), mean_words(method.compensation)),
            (_("Least coverage for a rank"), numbers.share(method.min_coverage)),
            (_("Transferable from"), numbers.plain(method.transferable_from)),
            (_("Adaptable from"), numbers.plain(method.adaptable_from)),
            (_("Draws"), grouped(method.samples)),
        ]
        if method.samples:
            said += [(_("Seed"), method.seed), (_("Weights in the draws"), weights_words(method))]
        return said

    @cached_property
    def weighings(self) -> tuple[Weighing, ...]:
        """What a panel gave dimensions and indicators; nothing where its weights were not used."""
        return weighings(self.report, self.study)

    @property
    def panel_summary(self) -> str:
        """Who the panel is."""
        return summary(self.report.panel) if self.report.panel is not None else ""

    @property
    def panel_kept(self) -> str | None:
        """Which weights are not the panel's."""
        return kept(self.report, self.study)

    def share(self, number: float | None) -> str:
        """A share in per cent."""
        return numbers.share(number)

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """The files that were read, with their checksums."""
        return [(one_line(source.path, 300), one_line(source.sha256)) for source in self.report.inputs]


def _field(place: int, indicator: Indicator) -> Field:
    return Field(
        place=place,
        id=one_line(indicator.id),
        name=indicator_name(indicator),
        question=one_line(of_data(indicator.question or ""), 400),
        weight=indicator.weight,
        role=role_word(indicator.role),
    )


def _is_top(practice: PracticeResult, top: float | None) -> bool:
    return (
        practice.rank is not None
        and practice.score is not None
        and top is not None
        and practice.score >= top - EQUAL
    )
