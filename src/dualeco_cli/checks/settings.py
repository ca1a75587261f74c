"""The settings of a study: keys and values, each checked on its own and the thresholds together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.cells import within
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.headers import report_unknown
from dualeco_cli.checks.numbers import read_number
from dualeco_cli.checks.records import Entry, Located, RecordReader, spot_of
from dualeco_cli.checks.rows import records
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.checks.tables import Table
from dualeco_cli.checks.unique import count_once, passed
from dualeco_cli.checks.wording import any_of, figure, listed, word_for
from dualeco_cli.data import words
from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import Setting, Settings

#: Settings that are numbers, with their range; the others are text, compensation is either.
_NUMBERS: Mapping[str, tuple[float, float]] = {
    "min_coverage": (0.0, 1.0),
    "transferable_from": (0.0, 100.0),
    "adaptable_from": (0.0, 100.0),
}
_COMPENSATIONS = ("full", "partial", "none")

_KEYS = {fold(key): key for key in Settings.model_fields}


def read_settings(tables: Sequence[Table], collector: Collector) -> dict[str, object]:
    """The settings that were given and passed."""
    reader = RecordReader(collector)
    entries: list[Entry[Setting]] = []
    for table in tables:
        report_unknown(table, collector)
        entries += [reader.read(record, Setting, _plain_key) for record in records(table, collector)]
    found: dict[str, object] = {}
    places: dict[str, Located[Setting]] = {}
    for located in passed(count_once("Settings", entries, collector)):
        key = located.row.key
        if key not in Settings.model_fields:
            collector.add(
                "setting-unknown",
                located.place("key"),
                header=located.record.header("key"),
                found=shown(located.record.cells.get("key")),
                expected=", ".join(Settings.model_fields),
                suggestion=nearest(key, Settings.model_fields),
            )
            continue
        value = _value(located, reader)
        if value is not None:
            found[key] = value
            places[key] = located
    _check_thresholds(found, places, collector)
    return found


def _plain_key(entry: Entry[Setting]) -> None:
    """``Min coverage`` is ``min_coverage``."""
    key = entry.text("key")
    if key is not None:
        entry.values["key"] = _KEYS.get(fold(key), key)


def _value(located: Located[Setting], reader: RecordReader) -> object:
    """The value of a setting whose key is known, or None after a finding (or for a blank one)."""
    key, record = located.row.key, located.record
    cell = record.cells.get("value")
    if is_blank(cell):
        return None
    if key == "compensation":
        return _compensation(located, reader)
    if key == "panel":
        return _panel(located, reader.collector)
    if key not in _NUMBERS:
        return shown(cell).strip()
    low, high = _NUMBERS[key]
    spot = spot_of(record, "value")
    spot.expectation = within(low, high, percent=high > 1)
    value = reader.cells.number(cell, spot)
    if value is not None and not low <= value <= high:
        _report_invalid(located, reader.collector, figure(min(high, max(low, value))))
        return None
    return value


def _compensation(located: Located[Setting], reader: RecordReader) -> object:
    cell = located.record.cells.get("value")
    if isinstance(cell, str):
        word = fold(cell)
        if word in _COMPENSATIONS:
            return word
        if read_number(cell) is None:
            _report_invalid(located, reader.collector, nearest(cell, _COMPENSATIONS, cutoff=0.6))
            return None
    spot = spot_of(located.record, "value")
    spot.expectation = within(-inf, 1)
    number = reader.cells.number(cell, spot)
    if number is not None and number > 1:
        _report_invalid(located, reader.collector, "1")
        return None
    return number


def _panel(located: Located[Setting], collector: Collector) -> object:
    """What the points of the sheet Panel are."""
    text = shown(located.record.cells.get("value"))
    known = words.list_words("panel")
    value = words.value_of("panel", text)
    if value is None:
        close = nearest(text, known, cutoff=0.6)
        _report_invalid(located, collector, word_for("panel", known[close]) if close else None)
    return value


def _report_invalid(located: Located[Setting], collector: Collector, suggestion: str | None) -> None:
    key = located.row.key
    expected = any_of(listed("panel"))
    if key == "compensation":
        expected = _("full, partial, none or a number of at most 1")
    if key in _NUMBERS:
        low, high = _NUMBERS[key]
        expected = _("a number from {low} to {high}").format(low=figure(low), high=figure(high))
    collector.add(
        "setting-invalid",
        located.place("value"),
        header=located.record.header("value"),
        found=shown(located.record.cells.get("value")),
        expected=expected,
        suggestion=suggestion,
        key=key,
    )


def _check_thresholds(
    found: dict[str, object], places: Mapping[str, Located[Setting]], collector: Collector
) -> None:
    default = Settings()
    low = found.get("adaptable_from", default.adaptable_from)
    high = found.get("transferable_from", default.transferable_from)
    if isinstance(low, float) and isinstance(high, float) and low > high + EQUAL:
        key = "adaptable_from" if "adaptable_from" in places else "transferable_from"
        located = places[key]
        collector.add(
            "thresholds-reversed",
            located.place("value"),
            header=located.record.header("value"),
            found=shown(located.record.cells.get("value")),
            expected=_("adaptable_from of at most transferable_from"),
            low=figure(low),
            high=figure(high),
        )
        found.pop("adaptable_from", None)
        found.pop("transferable_from", None)
