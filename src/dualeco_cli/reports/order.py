"""How firm the order of a ranking is: neighbours that are as good as equal, weights, assessors."""

from __future__ import annotations

import itertools

from dualeco_cli.language import _, grouped, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.result import Method, Report, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.naming import dimension_name, indicator_name, one_line
from dualeco_cli.reports.texts import listed

#: Two neighbours in the ranking cannot be told apart while each wins in at least so many of the draws.
EVEN_FROM = 0.4


def order(report: Report, study: Study, target: TargetResult, most: int = 8) -> list[str]:
    """How firm the order of a ranking is: neighbours (at most so many pairs), weights, assessors."""
    said = [*_even_neighbours(target, most), *_stability(study, target), *_agreement(study, target)]
    if said and any(practice.robustness for practice in target.practices):
        said.insert(0, _draws(report.method))
    return said


def _draws(method: Method) -> str:
    samples = grouped(method.samples)
    if method.weights == "any":
        return _(
            "The score was computed {samples} times, with any weights at all and with values as uncertain as "
            "the study says they are; each time is a draw."
        ).format(samples=samples)
    if method.weights == "panel":
        return _(
            "The score was computed {samples} times, with the weights of one member of the panel, each "
            "member as likely as the others, and with values as uncertain as the study says they are; each "
            "time is a draw."
        ).format(samples=samples)
    return _(
        "The score was computed {samples} times, with weights up to {spread} higher or lower and with values "
        "as uncertain as the study says they are; each time is a draw."
    ).format(samples=samples, spread=numbers.share(method.weight_spread))


def _even_neighbours(target: TargetResult, most: int) -> list[str]:
    if target.pairwise is None:
        return []
    position = {id_: at for at, id_ in enumerate(target.pairwise.practices)}
    ranked = [practice for practice in target.practices if practice.rank is not None]
    said = []
    for one, other in itertools.pairwise(ranked):
        if one.id not in position or other.id not in position:
            continue
        wins = target.pairwise.wins[position[one.id]][position[other.id]]
        if EVEN_FROM - EQUAL <= wins <= 1 - EVEN_FROM + EQUAL:
            said.append(
                _(
                    "“{one}” and “{other}” cannot be told apart: the first is ahead in {wins} of the draws."
                ).format(
                    one=one_line(one.title, 60), other=one_line(other.title, 60), wins=numbers.share(wins)
                )
            )
    if len(said) > most:
        said[most:] = [
            plural(
                "So it is with {count} more pair of neighbours.",
                "So it is with {count} more pairs of neighbours.",
                len(said) - most,
            )
        ]
    return said


def _stability(study: Study, target: TargetResult) -> list[str]:
    leader = next((practice for practice in target.practices if practice.rank == 1), None)
    if leader is None or not target.leader_stability:
        return []
    dimensions = {dimension.id: dimension for dimension in study.framework.dimensions}
    total = sum(dimension.weight for dimension in dimensions.values())
    limits = []
    for stretch in target.leader_stability:
        dimension = dimensions.get(stretch.dimension)
        if dimension is None or stretch.low is None or stretch.high is None or total <= 0:
            continue
        today = dimension.weight / total
        # The side on which the lead is lost is the one to name; a lead that no weight ends has none.
        below = today - stretch.low if stretch.low > EQUAL else 2.0
        above = stretch.high - today if stretch.high < 1 - EQUAL else 2.0
        if min(below, above) < 1:
            limits.append((min(below, above), dimension, today, stretch))
    title = one_line(leader.title, 60)
    if not limits:
        return [_("“{title}” stays first whatever the weight of any single dimension.").format(title=title)]
    limits.sort(key=lambda limit: limit[0])
    _distance, dimension, today, stretch = limits[0]
    low, high = stretch.low or 0.0, 1.0 if stretch.high is None else stretch.high
    return [
        _limits(low, high).format(
            title=title,
            dimension=dimension_name(dimension),
            low=numbers.share(low),
            high=numbers.share(high),
            today=numbers.share(today),
        )
    ]


def _agreement(study: Study, target: TargetResult, most: int = 5) -> list[str]:
    agreement = target.agreement
    if agreement is None or agreement.units == 0:
        return []
    said = []
    if agreement.alpha is not None:
        said.append(_agree(agreement.alpha, agreement.units))
    names = {indicator.id: indicator_name(indicator) for indicator in study.framework.indicators}
    titles = {practice.id: practice.title for practice in target.practices}
    apart = [
        _("“{indicator}” of “{title}” (ratings {ratings})").format(
            indicator=names.get(split.indicator, split.indicator),
            title=one_line(titles.get(split.practice, split.practice), 60),
            ratings=numbers.series(split.ratings),
        )
        for split in agreement.split
    ]
    if apart:
        said.append(_("They lie apart on {places}.").format(places=listed(apart, most)))
    return said


def _limits(low: float, high: float) -> str:
    """A stretch of shares in a sentence; an end that is no limit is not named."""
    if low <= EQUAL:
        return _(
            "“{title}” stays first as long as “{dimension}” has at most {high} of the weight of all "
            "dimensions (now {today}); no other dimension is as decisive."
        )
    if high >= 1 - EQUAL:
        return _(
            "“{title}” stays first as long as “{dimension}” has at least {low} of the weight of all "
            "dimensions (now {today}); no other dimension is as decisive."
        )
    return _(
        "“{title}” stays first as long as “{dimension}” has between {low} and {high} of the weight of all "
        "dimensions (now {today}); no other dimension is as decisive."
    )


def _agree(alpha: float, units: int) -> str:
    """What an alpha says; 0.8 and 0.667 are Krippendorff's own limits."""
    shown = numbers.fixed(alpha, 2)
    if alpha >= 0.8:
        return plural(
            "The assessors agree well: Krippendorff's alpha is {alpha}, from {count} question that several "
            "answered.",
            "The assessors agree well: Krippendorff's alpha is {alpha}, from {count} questions that several "
            "answered.",
            units,
            alpha=shown,
        )
    if alpha >= 0.667:
        return plural(
            "The assessors agree fairly: Krippendorff's alpha is {alpha}, from {count} question that several "
            "answered.",
            "The assessors agree fairly: Krippendorff's alpha is {alpha}, from {count} questions that "
            "several answered.",
            units,
            alpha=shown,
        )
    return plural(
        "The assessors do not agree enough to build on: Krippendorff's alpha is {alpha}, from {count} "
        "question that several answered.",
        "The assessors do not agree enough to build on: Krippendorff's alpha is {alpha}, from {count} "
        "questions that several answered.",
        units,
        alpha=shown,
    )
