"""In what two ecosystems are alike and in what they differ, indicator by indicator."""

from __future__ import annotations

from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.likeness import Difference
from dualeco_cli.model.rows import Role
from dualeco_cli.model.study import Study


def differences(study: Study, one: str, other: str) -> tuple[Difference, ...]:
    """The needs and conditions that are known of both ecosystems, in the order of the framework.

    Raises:
        KeyError: the study has no such ecosystem.
    """
    for id_ in (one, other):
        if id_ not in study.ecosystems:
            raise KeyError(id_)
    ours, theirs = study.profile.get(one, {}), study.profile.get(other, {})
    found: list[Difference] = []
    for indicator in study.framework.indicators:
        a, b = ours.get(indicator.id), theirs.get(indicator.id)
        if indicator.role not in {Role.NEED, Role.CONDITION}:
            continue
        if a is not None and b is not None and a.value is not None and b.value is not None:
            distance = abs(indicator.normalise(a.value) - indicator.normalise(b.value))
            found.append(Difference(indicator.id, a.value, b.value, distance))
    return tuple(found)


def greatest(found: tuple[Difference, ...], most: int) -> tuple[Difference, ...]:
    """The greatest differences first, without those of none; equal ones in the order of the framework."""
    apart = [difference for difference in found if difference.distance > EQUAL]
    return tuple(sorted(apart, key=lambda difference: -round(difference.distance, 9))[:most])
