"""The assessors beside each other on a terminal: how each would rank, where they agree and where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from rich.console import RenderableType
from rich.text import Text

from dualeco_cli.language import _, plural
from dualeco_cli.model.insight import AssessorViews, Association, Placing, View
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.compare_view import folded
from dualeco_cli.reports.explain_view import bullets
from dualeco_cli.reports.layout import LONGEST_LINE, heading, prose
from dualeco_cli.reports.naming import dimension_name, one_line, region_name
from dualeco_cli.reports.terminal import Screen, emit

#: With more practices than this the table is cut.
MANY = 60


def assessors_text(views: AssessorViews, study: Study, screen: Screen | None = None) -> str:
    """The assessors of one target as text for a screen."""
    screen = screen or Screen()
    return screen.render(*_View(views, study, screen).parts())


def print_assessors(views: Mapping[str, AssessorViews | None], study: Study, file: TextIO) -> None:
    """Write the assessors of each target; where there are fewer than two, that there are not."""
    screen = Screen.of(file)
    for target, found in views.items():
        if found is not None:
            emit("\n" + assessors_text(found, study, screen), file)
            continue
        text = _(
            "{region} has fewer than two assessors, so there are no rankings of assessors to compare."
        ).format(region=region_name(study, target))
        emit("\n" + screen.render(Text(text)), file)


class _View:
    """The assessors of one target on one screen."""

    def __init__(self, views: AssessorViews, study: Study, screen: Screen) -> None:
        self.found = views
        self.joint, *self.own = views.views
        self.study = study
        self.screen = screen

    def parts(self) -> Iterator[RenderableType]:
        region = region_name(self.study, self.found.target)
        yield heading(_("The assessors of {region}").format(region=region), self.screen)
        yield prose(
            Text(
                _(
                    "How each of them alone would rank the practices, beside the joint ranking. All that is "
                    "no judgement is the same for all. In brackets the score; without a number there is no "
                    "rank."
                ),
                style=self.screen.dim,
            ),
            self.screen,
        )
        yield Text("")
        yield from self._rankings()
        yield Text("")
        yield heading(_("How alike the rankings are"), self.screen, "-")
        yield prose(
            Text(
                _(
                    "Kendall's tau: 1 is the same order, 0 no relation, -1 the reverse. In brackets the "
                    "number of practices with a rank in both."
                ),
                style=self.screen.dim,
            ),
            self.screen,
        )
        yield Text("")
        yield from self._associations()
        yield Text("")
        yield heading(_("How far they agree"), self.screen, "-")
        yield from self._agreement()

    def _name(self, view: View) -> str:
        return _("joint") if view.assessor is None else one_line(view.assessor, 40)

    # Tables

    def _rankings(self) -> Iterator[RenderableType]:
        rows = list(self.joint.practices)
        # Whoever has no rank with anybody is in no ranking.
        ranked = [id_ for id_ in rows if any(view.practices[id_].rank for view in self.found.views)]
        if not ranked:
            yield Text(_("No practice gets a rank, whoever judges."))
            return
        columns = [
            (self._name(view), [_placing(view.practices[id_]) for id_ in ranked[:MANY]])
            for view in self.found.views
        ]
        yield from folded(_("Practice"), [self._title(id_) for id_ in ranked[:MANY]], columns, self.screen)
        if len(ranked) > MANY:
            yield Text(
                plural("… and {count} more practice.", "… and {count} more practices.", len(ranked) - MANY),
                style="italic",
            )

    def _title(self, practice: str) -> str:
        row = self.study.practices.get(practice)
        return one_line(row.title if row else practice)

    def _associations(self) -> Iterator[RenderableType]:
        names = [self._name(view) for view in self.found.views]
        columns = [
            (
                name,
                [
                    Text(numbers.MISSING) if one == other else _association(found)
                    for other, found in enumerate(self.found.associations[one])
                ],
            )
            for one, name in enumerate(names)
        ]
        for part in folded(_("Ranking"), names, columns, self.screen, LONGEST_LINE):
            yield prose(part, self.screen)

    # Agreement

    def _agreement(self) -> Iterator[RenderableType]:
        found = self.found
        if not found.units:
            yield bullets(
                [_("No question was answered by several of them, so there is nothing to compare.")],
                self.screen,
            )
            return
        if found.alpha is None:
            said = plural(
                "Krippendorff's alpha is not defined on the one question that several of them answered.",
                "Krippendorff's alpha is not defined on the {count} questions that several of them answered.",
                found.units,
            )
        else:
            said = plural(
                "Krippendorff's alpha is {alpha}, on the one question that several of them answered; 1 is "
                "full agreement, 0 what chance gives.",
                "Krippendorff's alpha is {alpha}, on the {count} questions that several of them answered; 1 "
                "is full agreement, 0 what chance gives.",
                found.units,
                alpha=numbers.fixed(found.alpha, 2),
            )
        sentences = [said]
        names = {dimension.id: dimension_name(dimension) for dimension in self.study.framework.dimensions}
        if len(found.by_dimension) > 1:
            sentences += [
                _("On “{dimension}” it is {alpha}.").format(
                    dimension=names.get(id_, one_line(id_)), alpha=_alpha(value)
                )
                for id_, value in found.by_dimension.items()
            ]
        if len(found.without) > 2:
            sentences += list(self._without(found.without.items()))
        yield bullets(sentences, self.screen)

    def _without(self, found: Iterable[tuple[str, float | None]]) -> Iterator[str]:
        """The alpha of the others: it rises without one who stands apart. The highest first."""
        for assessor, alpha in sorted(found, key=lambda pair: -2.0 if pair[1] is None else -pair[1]):
            yield _("Without the ratings of {assessor} it would be {alpha}.").format(
                assessor=one_line(assessor, 40), alpha=_alpha(alpha)
            )


def _placing(placing: Placing) -> Text:
    rank = numbers.MISSING if placing.rank is None else str(placing.rank)
    if placing.score is None:
        return Text(rank)
    return Text(_("{rank} ({score})").format(rank=rank, score=numbers.score(placing.score)))


def _association(found: Association) -> Text:
    tau = numbers.MISSING if found.tau_b is None else numbers.fixed(found.tau_b, 2)
    return Text(_("{tau} ({count})").format(tau=tau, count=found.practices))


def _alpha(alpha: float | None) -> str:
    return _("not defined") if alpha is None else numbers.fixed(alpha, 2)
