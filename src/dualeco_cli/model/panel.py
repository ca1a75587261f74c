"""A panel: its members' points, sorted by what was weighed against each other, and the shares they make.

A *group* is what is weighed among itself: the dimensions, or the indicators of one dimension. What one member
says of one group is a *ballot*. It counts if it says something of every thing in the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dualeco_cli.model.priorities import (
    Priorities,
    budget_shares,
    pairwise_priorities,
    rank_order_centroid,
)
from dualeco_cli.model.rows import Indicator, PanelRow

#: The setting ``panel``: what points without something that they are compared with stand for.
Manner: TypeAlias = Literal["budget", "rank", "pairwise"]


@dataclass(frozen=True, slots=True)
class Group:
    """What is weighed against each other; ``dimension`` is None for the dimensions themselves."""

    dimension: str | None
    items: tuple[str, ...]


def groups_of(indicators: Iterable[Indicator], dimensions: Sequence[str]) -> tuple[Group, ...]:
    """The dimensions that have indicators, then the indicators of each of them, in the framework's order."""
    members: dict[str, list[str]] = {id_: [] for id_ in dimensions}
    for indicator in indicators:
        members.setdefault(indicator.dimension, []).append(indicator.id)
    filled = {id_: tuple(items) for id_, items in members.items() if items}
    return (Group(None, tuple(filled)), *(Group(id_, items) for id_, items in filled.items()))


@dataclass(slots=True)
class Ballot:
    """What one member says of one group.

    Attributes:
        member: who.
        group: of what.
        points: by item, those that are not compared with another one.
        ratios: how many times as important the first of two items is, by their places in the group.
    """

    member: str
    group: Group
    points: dict[str, float] = field(default_factory=dict)
    ratios: dict[tuple[int, int], float] = field(default_factory=dict)

    @property
    def in_pairs(self) -> bool:
        """Whether items are compared with each other."""
        return bool(self.ratios)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The items of which nothing is said."""
        if not self.in_pairs:
            return tuple(item for item in self.group.items if item not in self.points)
        said = {place for pair in self.ratios for place in pair}
        return tuple(item for place, item in enumerate(self.group.items) if place not in said)

    def priorities(self) -> Priorities:
        """What the comparisons in pairs give."""
        return pairwise_priorities(len(self.group.items), self.ratios)

    def shares(self, manner: Manner) -> tuple[float, ...] | None:
        """The share of each item of the group, summing to 1; None for a ballot that does not count."""
        if self.in_pairs:
            return self.priorities().weights
        if self.left_out:
            return None
        points = [self.points[item] for item in self.group.items]
        return rank_order_centroid(points) if manner == "rank" else budget_shares(points)


def ballots(rows: Iterable[PanelRow], groups: Sequence[Group]) -> tuple[Ballot, ...]:
    """The ballots of a panel, by group and then by member; rows that say nothing of a group are passed over.

    A row without points says nothing.
    """
    group_of: Mapping[tuple[bool, str], int] = {
        (group.dimension is None, item): number for number, group in enumerate(groups) for item in group.items
    }
    found: dict[tuple[int, str], Ballot] = {}
    for row in rows:
        number = group_of.get((row.dimension is not None, row.item))
        if number is None or row.points is None:
            continue
        group = groups[number]
        ballot = found.setdefault((number, row.member), Ballot(row.member, group))
        if row.over is None:
            ballot.points[row.item] = row.points
        elif row.over in group.items and row.points > 0:
            ballot.ratios[group.items.index(row.item), group.items.index(row.over)] = row.points
    return tuple(found[key] for key in sorted(found))
