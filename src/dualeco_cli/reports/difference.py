"""Two reports held against each other: whether a run that is repeated gives what it gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from dualeco_cli.language import _, decimal, plural
from dualeco_cli.model.equal import EQUAL

#: So many differences are listed; the rest is counted.
MOST = 30

#: What names an entry of a list, so that a practice that moved in the ranking is still compared with itself.
_NAMES = ("id", "path", "indicator", "dimension", "practice")


class Difference(NamedTuple):
    """One place at which two reports differ; a place that is in one of them only has None in the other."""

    where: str
    before: object
    now: object


def differences(before: object, now: object, where: str = "") -> Iterator[Difference]:
    """The places at which two JSON documents differ. Numbers are compared at 1e-9, lists by id."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*before, *now]):
            yield from differences(before.get(key), now.get(key), f"{where} / {key}" if where else str(key))
    elif _is_list(before) and _is_list(now):
        yield from _in_lists(before, now, where)
    elif _is_number(before) and _is_number(now):
        if abs(before - now) > EQUAL:
            yield Difference(where, before, now)
    elif before != now:
        yield Difference(where, before, now)


def _in_lists(before: Sequence[object], now: Sequence[object], where: str) -> Iterator[Difference]:
    old, new = _by_name(before), _by_name(now)
    for name in dict.fromkeys([*old, *new]):
        yield from differences(old.get(name), new.get(name), f"{where} / {name}")


def _by_name(entries: Sequence[object]) -> dict[str, object]:
    """Entries by what names them, else by their place, counted from 1."""
    found: dict[str, object] = {}
    for place, entry in enumerate(entries, start=1):
        name = None
        if isinstance(entry, Mapping):
            name = next((str(entry[key]) for key in _NAMES if isinstance(entry.get(key), str)), None)
        found[name if name is not None and name not in found else str(place)] = entry
    return found


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (list, tuple))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def difference_text(found: Sequence[Difference], path: str) -> str:
    """What the comparison says, for people: the version and the files first, then the numbers."""
    if not found:
        return _("The result is that of {path}, number by number.").format(path=path) + "\n"
    lines = [
        plural(
            "The result is not that of {path}: {count} place differs.",
            "The result is not that of {path}: {count} places differ.",
            len(found),
            path=path,
        )
    ]
    lines += [
        "  "
        + _("{where}: {before} before, {now} now").format(
            where=one.where, before=_shown(one.before), now=_shown(one.now)
        )
        for one in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append("  " + plural("and {count} more", "and {count} more", len(found) - MOST))
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, (Mapping, list, tuple)):
        return _("something")
    return decimal(str(value)) if _is_number(value) else str(value)
