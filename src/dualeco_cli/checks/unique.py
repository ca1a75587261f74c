"""Keys that must be unique, over all files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.records import Entry, Located, RowT
from dualeco_cli.checks.tables import columns_of
from dualeco_cli.language import _
from dualeco_cli.model.cells import Place
from dualeco_cli.model.rows import UNIQUE

#: So many of the other places are named at each.
_MOST_OTHERS = 3


def count_once(kind: str, entries: Sequence[Entry[RowT]], collector: Collector) -> list[Entry[RowT]]:
    """The entries without those that other files repeat.

    Rows of one key that are alike in everything and come from different files count once; any others are an
    error at each of them. Rows with another fault take part: that one is mended does not mend the other. Rows
    of a sheet without a key are compared as a whole.
    """
    by_key: dict[tuple[object, ...], list[Entry[RowT]]] = {}
    for number, entry in enumerate(entries):
        by_key.setdefault(_key(kind, entry) or (_NO_KEY, number), []).append(entry)
    if len(by_key) == len(entries):
        return list(entries)
    kept: list[Entry[RowT]] = []
    for group in by_key.values():
        kept += group if len(group) == 1 else _compare(kind, group, collector)
    return kept


def passed(entries: Iterable[Entry[RowT]]) -> list[Located[RowT]]:
    """The rows of the entries with which nothing is wrong."""
    return [Located(entry.row, entry.record) for entry in entries if entry.row is not None]


_NO_KEY = object()


def _key(kind: str, entry: Entry[RowT]) -> tuple[object, ...] | None:
    """The values of the key; None where one of them cannot be known."""
    names = UNIQUE.get(kind)
    if names is None:
        return None if entry.bad else tuple(entry.values.items())
    return None if entry.bad.intersection(names) else tuple(entry.values.get(name) for name in names)


def _compare(kind: str, group: Sequence[Entry[RowT]], collector: Collector) -> list[Entry[RowT]]:
    """Report the rows of one key; those of a sheet without a key may well stand twice in one file."""
    first = group[0]
    file = first.record.sheet.file
    at = _at(kind, first)
    different = [first]
    for entry in group[1:]:
        same = entry.values == first.values and entry.bad == first.bad
        if same and entry.record.sheet.file != file:
            place = entry.record.place(at)
            collector.add("row-repeated", place, other=_where(first.record.place(at), place.file))
        else:
            different.append(entry)
    if kind in UNIQUE and len(different) > 1:
        _report(kind, different, collector)
    return different


def _at(kind: str, entry: Entry[RowT]) -> str:
    """The field at which a row is reported: the first of its key, or what stands for it."""
    if kind not in UNIQUE:
        return next(name for name, column in columns_of(kind) if column.key)
    name = UNIQUE[kind][0]
    return "title" if kind == "Practices" and is_blank(entry.record.cells.get(name)) else name


def _report(kind: str, group: Sequence[Entry[RowT]], collector: Collector) -> None:
    for entry in group:
        at = _at(kind, entry)
        file = entry.record.sheet.file
        others = [
            _where(other.record.place(_at(kind, other)), file)
            for other in group[: _MOST_OTHERS + 1]
            if other is not entry
        ][:_MOST_OTHERS]
        other = ", ".join(others)
        if len(group) > _MOST_OTHERS + 1:
            other = _("{places} and others").format(places=other)
        collector.add(
            "key-duplicate",
            entry.record.place(at),
            header=entry.record.header(at),
            found=_found(kind, entry, at),
            expected=_("a key that stands once"),
            other=other,
        )


def _found(kind: str, entry: Entry[RowT], at: str) -> str:
    """The key as it stands there, or the parts of it together."""
    names = UNIQUE[kind]
    if len(names) == 1:
        return shown(entry.record.cells.get(at)).strip()
    return " / ".join(str(entry.values[name]) for name in names if name in entry.values)


def _where(place: Place, file: str) -> str:
    """A place as people write it: sheet and cell, and its file if that is another one."""
    cell = f"{place.sheet}!{place.cell}"
    return cell if place.file == file else _("{cell} of {file}").format(cell=cell, file=place.file)
