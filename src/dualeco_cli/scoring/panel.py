"""The weights of a panel: those of its members combined, how far they agree, and one member's per draw.

Shapes: M members of a panel who count for something, D dimensions, I indicators; within a group m members by
n items.

A ballot that does not count (see :mod:`dualeco_cli.model.panel`) leaves its member out of its group. Where
nobody counts, the weights of the framework hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.panel import Ballot, Group, ballots, groups_of
from dualeco_cli.model.result import Method, PanelGroup, PanelItem, PanelResult
from dualeco_cli.model.study import Framework, Panel, Study
from dualeco_cli.scoring.tolerance import Floats

#: In a draw, this part of the weight is the panel's and the rest the member's own. So what a member gives
#: nothing still decides where all else that he or she weighs is unknown, and nowhere else.
PANELS_PART = 1e-12


def combined(shares: Floats, *, geometric: bool) -> Floats:
    """The panel's shares (n,) from those of its members (m, n), each row summing to 1.

    Of comparisons in pairs the geometric mean, made to sum to 1; of shares of a budget and of ranks the
    arithmetic one. Both aggregate individual priorities: E. Forman and K. Peniwati, Aggregating individual
    judgments and priorities with the analytic hierarchy process, European Journal of Operational Research 108
    (1998). A share of 0, which a budget may hold, would make a geometric mean 0 whatever the others say.
    """
    if not geometric:
        mean: Floats = shares.mean(axis=0)
        return mean
    product = np.exp(np.log(shares).mean(axis=0))
    found: Floats = product / product.sum()
    return found


def kendall_w(numbers: Floats) -> float | None:
    """Kendall's coefficient of concordance of m judges (rows) on n objects, corrected for ties.

    W = 12 S / (m² (n³ − n) − m T): S is the sum of squares of the rank sums about their mean, T the sum of
    t³ − t over all sets of t tied objects of all judges. M. G. Kendall and B. Babington Smith, The problem of
    m rankings, Annals of Mathematical Statistics 10 (1939).

    Returns:
        1 where all judges give the same order, 0 where their orders have nothing in common; None with fewer
        than two judges or objects, or where no judge makes any difference.
    """
    m, n = numbers.shape
    if m < 2 or n < 2:
        return None
    sums = np.zeros(n)
    ties = 0.0
    for row in numbers:
        ranks, counts = _mean_ranks(row)
        sums += ranks
        ties += float((counts**3 - counts).sum())
    spread = float(((sums - m * (n + 1) / 2) ** 2).sum())
    whole = m * m * (n**3 - n) - m * ties
    return None if whole <= EQUAL else min(1.0, 12 * spread / whole)


def _mean_ranks(numbers: Floats) -> tuple[Floats, Floats]:
    """Ranks (n,) from the smallest number up, tied ones sharing their mean; and how many share each rank."""
    order = np.argsort(numbers, kind="stable")
    group = np.concatenate(([0], np.cumsum(np.diff(numbers[order]) > EQUAL)))
    counts = np.bincount(group).astype(np.float64)
    by_group = np.cumsum(counts) - (counts - 1) / 2
    ranks = np.empty(len(numbers))
    ranks[order] = by_group[group]
    return ranks, counts


def distances(shares: Floats, panel: Floats) -> Floats:
    """How much of the weight each member (m,) puts elsewhere than the panel: half the sum of differences."""
    found: Floats = np.abs(shares - panel).sum(axis=1) / 2
    return found


@dataclass(frozen=True, eq=False)
class _Counted:
    """A group for which somebody counts: whose ballots, and their shares (m, n)."""

    group: Group
    ballots: tuple[Ballot, ...]
    shares: Floats

    @property
    def geometric(self) -> bool:
        """Whether all of them compared in pairs."""
        return all(ballot.in_pairs for ballot in self.ballots)

    @property
    def weights(self) -> Floats:
        """The panel's shares (n,)."""
        return combined(self.shares, geometric=self.geometric)


def _counted(panel: Panel, framework: Framework) -> list[_Counted]:
    """The groups for which somebody counts, in the order of the framework; members by id."""
    groups = groups_of(framework.indicators, [dimension.id for dimension in framework.dimensions])
    manner = framework.settings.panel
    found: dict[str | None, list[tuple[Ballot, tuple[float, ...]]]] = {}
    for ballot in ballots(panel.rows, groups):
        shares = ballot.shares(manner)
        if shares is not None:
            found.setdefault(ballot.group.dimension, []).append((ballot, shares))
    return [
        _Counted(
            group=pairs[0][0].group,
            ballots=tuple(ballot for ballot, _shares in pairs),
            shares=np.array([shares for _ballot, shares in pairs], dtype=np.float64),
        )
        for pairs in found.values()
    ]


class NoPanelError(ValueError):
    """The weights of a panel were asked for, and there is none whose points could be used."""


def weighed(study: Study, method: Method) -> Study:
    """The study with the weights that a run is to use: its own, or those of its panel.

    A study that has them already is returned as it is.

    Raises:
        NoPanelError: the method asks for the weights of a panel, and the study has none.
    """
    panel = study.panel
    if method.weights != "panel" or (panel is not None and panel.replaced is not None):
        return study
    if panel is None:
        raise NoPanelError(
            _("there are no weights of a panel: no sheet Panel says how its members would weigh things.")
        )
    framework = study.framework
    counted = _counted(panel, framework)
    if not counted:
        raise NoPanelError(
            _(
                "the sheet Panel gives no weights: nobody on it says something of all dimensions, or of all "
                "indicators of a dimension."
            )
        )
    given: dict[tuple[bool, str], float] = {
        (one.group.dimension is None, item): float(weight)
        for one in counted
        for item, weight in zip(one.group.items, one.weights, strict=True)
    }
    return study.model_copy(
        update={
            "framework": framework.model_copy(
                update={
                    "dimensions": tuple(
                        row.model_copy(update={"weight": given.get((True, row.id), row.weight)})
                        for row in framework.dimensions
                    ),
                    "indicators": tuple(
                        row.model_copy(update={"weight": given.get((False, row.id), row.weight)})
                        for row in framework.indicators
                    ),
                }
            ),
            "panel": panel.model_copy(update={"replaced": framework}),
        }
    )


def panel_result(study: Study) -> PanelResult | None:
    """What the panel says and how far it agrees; None where its weights are not those of the study."""
    panel = study.panel
    if panel is None or panel.replaced is None:
        return None
    counted = _counted(panel, study.framework)
    return PanelResult(members=_members(counted), groups=tuple(_group(one) for one in counted))


def _members(counted: Sequence[_Counted]) -> tuple[str, ...]:
    return tuple(sorted({ballot.member for one in counted for ballot in one.ballots}))


def _group(one: _Counted) -> PanelGroup:
    apart = distances(one.shares, one.weights)
    furthest = int(np.argmax(np.round(apart / EQUAL)))
    differ = len(one.ballots) > 1 and float(apart[furthest]) > EQUAL
    mean: Literal["arithmetic", "geometric"] = "geometric" if one.geometric else "arithmetic"
    return PanelGroup(
        dimension=one.group.dimension,
        members=tuple(ballot.member for ballot in one.ballots),
        mean=mean,
        kendall_w=kendall_w(one.shares),
        furthest=one.ballots[furthest].member if differ else None,
        distance=float(apart[furthest]) if differ else None,
        consistency=tuple(ballot.priorities().ratio if ballot.in_pairs else None for ballot in one.ballots),
        items=tuple(
            PanelItem(
                id=item,
                weight=float(one.weights[place]),
                low=float(one.shares[:, place].min()),
                high=float(one.shares[:, place].max()),
                shares=tuple(one.shares[:, place].tolist()),
            )
            for place, item in enumerate(one.group.items)
        ),
    )


@dataclass(frozen=True, eq=False)
class MemberWeights:
    """The weights of each member of a panel: ``dimensions`` (M, D) and ``indicators`` (M, I).

    In a group for which a member does not count they are the panel's.
    """

    dimensions: Floats
    indicators: Floats


def member_weights(study: Study) -> MemberWeights | None:
    """The weights of each member, by id; None where the panel's weights are not those of the study."""
    panel, framework = study.panel, study.framework
    if panel is None or panel.replaced is None:
        return None
    counted = _counted(panel, framework)
    members = {member: row for row, member in enumerate(_members(counted))}
    dimensions = np.tile([row.weight for row in framework.dimensions], (len(members), 1)).astype(np.float64)
    indicators = np.tile([row.weight for row in framework.indicators], (len(members), 1)).astype(np.float64)
    places = (
        {row.id: place for place, row in enumerate(framework.indicators)},
        {row.id: place for place, row in enumerate(framework.dimensions)},
    )
    for one in counted:
        among_dimensions = one.group.dimension is None
        table = dimensions if among_dimensions else indicators
        columns = [places[among_dimensions][item] for item in one.group.items]
        rows = [members[ballot.member] for ballot in one.ballots]
        table[np.ix_(rows, columns)] = (1 - PANELS_PART) * one.shares + PANELS_PART * one.weights
    return MemberWeights(dimensions, indicators)
