"""What a region should change first, on a terminal: the steps that make the most practices transferable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import RenderableType

from dualeco_cli.language import _, grouped, plural
from dualeco_cli.model.insight import TargetPlan
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.explain_view import bullets, step_text
from dualeco_cli.reports.layout import heading
from dualeco_cli.reports.naming import one_line, region_name
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.terminal import Screen, emit
from dualeco_cli.reports.texts import listed

#: So many practices are named; how many more there are is said.
NAMED = 20


def plan_text(plan: TargetPlan, report: Report, study: Study, screen: Screen | None = None) -> str:
    """The plan as text for a screen."""
    screen = screen or Screen()
    return screen.render(*_parts(plan, Story(report, study), screen))


def print_plans(plans: Iterable[TargetPlan], report: Report, study: Study, file: TextIO) -> None:
    """Write plans to a terminal, a pipe or a file."""
    screen = Screen.of(file)
    for plan in plans:
        emit("\n" + plan_text(plan, report, study, screen), file)


def _parts(plan: TargetPlan, story: Story, screen: Screen) -> Iterator[RenderableType]:
    region = region_name(story.study, plan.target)
    yield heading(_("What {region} should change first").format(region=region), screen)
    today = plural(
        "Today {count} of {all} practices is transferable.",
        "Today {count} of {all} practices are transferable.",
        len(plan.today),
        all=grouped(len(story.study.practices)),
    )
    if not plan.steps:
        yield bullets([today, _nothing(plan, region)], screen)
        return
    takes = plural(
        "With an effort of {effort}, {count} would be:",
        "With an effort of {effort}, {count} would be:",
        len(plan.transferable),
        effort=numbers.plain(plan.effort),
    )
    if plan.budget is not None:
        takes = plural(
            "With an effort of {effort} of at most {budget}, {count} would be:",
            "With an effort of {effort} of at most {budget}, {count} would be:",
            len(plan.transferable),
            effort=numbers.plain(plan.effort),
            budget=numbers.plain(plan.budget),
        )
    yield bullets([f"{today} {takes}"], screen)
    yield bullets((step_text(story, step) for step in plan.steps), screen, indent=4)
    said = []
    if plan.gained:
        said.append(
            _("That makes transferable: {names}.").format(names=listed(_titles(story, plan.gained), NAMED))
        )
    if plan.lost:
        said.append(
            _("No longer transferable, because they need it as it is today: {names}.").format(
                names=listed(_titles(story, plan.lost), NAMED)
            )
        )
    said.append(_certainty(plan))
    yield bullets(said, screen)


def _nothing(plan: TargetPlan, region: str) -> str:
    if plan.budget is None:
        said = _("No steps of {region} make another practice transferable.").format(region=region)
    else:
        said = _(
            "No steps of {region} within an effort of {budget} make another practice transferable."
        ).format(region=region, budget=numbers.plain(plan.budget))
    return said if plan.proven else f"{said} {_certainty(plan)}"


def _certainty(plan: TargetPlan) -> str:
    if not plan.proven:
        return _("The time ran out before it was certain that nothing better exists.")
    if plan.budget is None:
        return _("No other steps do more, and none do as much for less.")
    return _("No other steps within an effort of {budget} do more, and none do as much for less.").format(
        budget=numbers.plain(plan.budget)
    )


def _titles(story: Story, practices: Iterable[str]) -> list[str]:
    rows = story.study.practices
    return [one_line(rows[id_].title if id_ in rows else id_, 60) for id_ in practices]
