"""Keys that must be unique, over all files."""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.records import Located, RowT
from dualeco_cli.model.cells import Place
from dualeco_cli.model.rows import UNIQUE


def keep_unique(kind: str, rows: Sequence[Located[RowT]], collector: Collector) -> list[Located[RowT]]:
    """The rows whose key stands once.

    Rows of one key that are alike in everything and come from different files count once; any others are an
    error at each of them, and the first is kept so that what refers to it is no second fault.
    """
    fields = UNIQUE[kind]
    by_key: dict[tuple[object, ...], list[Located[RowT]]] = {}
    for located in rows:
        key = tuple(getattr(located.row, name) for name in fields)
        by_key.setdefault(key, []).append(located)
    if len(by_key) == len(rows):
        return list(rows)
    kept: list[Located[RowT]] = []
    for key, group in by_key.items():
        first = group[0]
        kept.append(first)
        different = [first]
        for located in group[1:]:
            if located.row == first.row and located.record.sheet.file != first.record.sheet.file:
                collector.add("row-repeated", located.place(fields[0]), other=_where(first.place(fields[0])))
            else:
                different.append(located)
        if len(different) > 1:
            _report(kind, key, different, collector)
    return kept


def _report(kind: str, key: tuple[object, ...], group: Sequence[Located[RowT]], collector: Collector) -> None:
    fields = UNIQUE[kind]
    # the place is where the last part of the key stands that people would change
    at = fields[0]
    for located in group:
        others = [_where(other.place(at)) for other in group if other is not located]
        shown_others = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        place = located.place(at)
        if place.column is None and "title" in located.record.headings:
            place = located.place("title")
        collector.add(
            "key-duplicate",
            place,
            header=located.record.header(at),
            found=" / ".join("" if part is None else str(part) for part in key),
            expected="a key that stands once",
            other=shown_others,
        )


def _where(place: Place) -> str:
    """A place as people write it: file, sheet and cell."""
    return f"{place.file}, {place.sheet}!{place.cell}" if place.sheet else place.file
