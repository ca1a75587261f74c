"""How firm a result is: ranks and classes in the draws, the leader's stability, the assessors' agreement."""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.language import _, plural
from dualeco_cli.model.result import BEST_FIRST, PracticeClass, Robustness, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.html import shapes
from dualeco_cli.reports.html.pieces import Badge, Chances, Row, Stretch, badge
from dualeco_cli.reports.naming import dimension_name, one_line
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.texts import listed

#: So many ranks have a column of their own in the table of chances; the last one holds the rest.
MOST_RANKS = 10
#: A share below this is no more than a blank cell.
LEAST_SHARE = 0.005


def rank_columns(ranked: int) -> list[str]:
    """The headings of the ranks, of so many practices that have one."""
    if ranked <= MOST_RANKS:
        return [str(rank) for rank in range(1, ranked + 1)]
    return [*(str(rank) for rank in range(1, MOST_RANKS)), _("{rank} and below").format(rank=MOST_RANKS)]


def chances(story: Story, rows: Sequence[Row]) -> list[Chances]:
    """What the draws say of every practice that has draws and could be transferred at all."""
    columns = len(rank_columns(sum(row.practice.rank is not None for row in rows)))
    return [
        _chances(story, row, row.practice.robustness, columns)
        for row in rows
        if row.practice.robustness is not None and row.practice.class_ != PracticeClass.HOME
    ]


def _chances(story: Story, row: Row, firm: Robustness, columns: int) -> Chances:
    return Chances(
        row=row,
        ranks=_ranks(firm, columns) if row.practice.rank is not None else (),
        expected=numbers.MISSING if firm.expected_rank is None else numbers.fixed(firm.expected_rank, 1),
        mean=numbers.score(firm.mean),
        classes=_classes(firm),
        barriers=listed(
            [
                _("{name} {share}").format(name=story.name(id_), share=numbers.share(share))
                for id_, share in sorted(firm.barrier_probability.items(), key=lambda item: -item[1])
                if share > 0
            ]
        ),
    )


def _ranks(firm: Robustness, columns: int) -> tuple[tuple[str, str], ...]:
    """The share of the draws at each rank and how dark its cell is."""
    shares = list(firm.rank_acceptability)
    if len(shares) > columns:
        shares = [*shares[: columns - 1], sum(shares[columns - 1 :])]
    shares += [0.0] * (columns - len(shares))
    return tuple(
        (numbers.share(share) if share >= LEAST_SHARE else "", shapes.shade(share)) for share in shares
    )


def _classes(firm: Robustness) -> tuple[tuple[Badge, float, float, str], ...]:
    """The share of each class: badge, where its part of the bar begins, how long it is, the text."""
    found, start = [], 0.0
    for class_ in BEST_FIRST:
        share = firm.class_probability.get(class_, 0.0)
        if share > 0:
            found.append((badge(class_), 100 * start, 100 * share, numbers.share(share)))
            start += share
    return tuple(found)


def stretches(story: Story, target: TargetResult) -> list[Stretch]:
    """For each dimension the shares of the weight in which the leader stays first."""
    total = sum(dimension.weight for dimension in story.study.framework.dimensions)
    found = []
    for stretch in target.leader_stability or ():
        dimension = story.dimensions.get(stretch.dimension)
        if dimension is None or stretch.low is None or stretch.high is None or total <= 0:
            continue
        today = dimension.weight / total
        found.append(
            Stretch(
                name=dimension_name(dimension),
                low=100 * stretch.low,
                today=100 * today,
                high=100 * stretch.high,
                text=_("{low} to {high}").format(
                    low=numbers.share(stretch.low), high=numbers.share(stretch.high)
                ),
                today_text=numbers.share(today),
            )
        )
    return found


def splits(story: Story, target: TargetResult) -> list[tuple[str, str, str]]:
    """Judgements on which the assessors lie apart: practice, indicator, ratings."""
    if target.agreement is None:
        return []
    titles = {practice.id: practice.title for practice in target.practices}
    return [
        (
            one_line(titles.get(split.practice, split.practice)),
            story.name(split.indicator),
            numbers.series(split.ratings),
        )
        for split in target.agreement.split
    ]


def agreement(target: TargetResult) -> str:
    """How far the assessors agree, in a line."""
    found = target.agreement
    if found is None or found.units == 0:
        return _("No question was answered by more than one assessor.")
    if found.alpha is None:
        return plural(
            "Several assessors answered {count} questions; Krippendorff's alpha is not defined for them.",
            "Several assessors answered {count} questions; Krippendorff's alpha is not defined for them.",
            found.units,
        )
    return plural(
        "Krippendorff's alpha is {alpha}, from {count} questions that several answered.",
        "Krippendorff's alpha is {alpha}, from {count} questions that several answered.",
        found.units,
        alpha=numbers.fixed(found.alpha, 2),
    )
