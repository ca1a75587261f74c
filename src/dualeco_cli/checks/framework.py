"""A framework from its sheets: dimensions, indicators and settings, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from dualeco_cli.checks.cells import BAD, TOLERANCE, Spot, shown
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.numbers import show
from dualeco_cli.checks.recognise import ColumnMap, Heading, Record, Table, is_blank, records
from dualeco_cli.checks.records import Located, RecordReader, spot_of
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.checks.unique import keep_unique
from dualeco_cli.data import words
from dualeco_cli.model.names import fold, slug
from dualeco_cli.model.rows import Column, Dimension, Indicator, Kind, Role, Setting, Settings

#: Columns that only some roles use (design, section 3).
USED_BY: Mapping[str, frozenset[Role]] = {
    "match": frozenset({Role.CONDITION}),
    "critical": frozenset({Role.CONDITION}),
    "effort": frozenset({Role.CONDITION}),
    "floor": frozenset({Role.MERIT, Role.JUDGEMENT}),
    "objective": frozenset({Role.NEED}),
}

#: Settings that are numbers; the others are text, compensation is either.
_NUMBERS = frozenset({"min_coverage", "transferable_from", "adaptable_from"})

_SETTING_HINTS: Mapping[str, str] = {
    "min_coverage": "a number from 0 to 1",
    "transferable_from": "a number from 0 to 100",
    "adaptable_from": "a number from 0 to 100",
    "compensation": "full, partial, none or a number of at most 1",
    "name": "text",
    "version": "text",
}


@dataclass(slots=True)
class Draft:
    """The parts of a framework as far as they passed.

    ``names`` holds every indicator id that was read, with its name, also of rows with a fault: what refers
    to a faulty indicator is no second fault.
    """

    dimensions: list[Located[Dimension]] = field(default_factory=list)
    indicators: list[Located[Indicator]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    dimension_names: dict[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)


def read_framework(
    tables: Sequence[Table],
    collector: Collector,
    column_map: ColumnMap,
    built_in_dimensions: Mapping[str, str],
) -> Draft:
    """Read the tables of kind Dimensions and Indicators.

    Without a Dimensions sheet the dimensions are those that the indicators name, equally weighted.
    """
    draft = Draft()
    reader = RecordReader(collector, {}, {})
    given = [table for table in tables if table.kind == "Dimensions"]
    dimensions: list[Located[Dimension]] = []
    for table in given:
        for record in records(table, collector, column_map):
            values, sound = reader.values(record)
            _remember(draft.dimension_names, values)
            row = reader.build(record, Dimension, values) if sound else None
            if row is not None:
                dimensions.append(row)
    draft.dimensions = keep_unique("Dimensions", dimensions, collector)
    known = {"Dimensions": draft.dimension_names} if given else {}
    reader = RecordReader(collector, known, {})
    indicators: list[Located[Indicator]] = []
    for table in tables:
        if table.kind == "Indicators":
            levels, left = _level_columns(table)
            report_columns(table, left, collector, {})
            for record in records(table, collector, column_map):
                located = _read_indicator(record, levels, reader, draft, table)
                if located is not None:
                    indicators.append(located)
    draft.indicators = keep_unique("Indicators", indicators, collector)
    if not given:
        _derive_dimensions(draft, built_in_dimensions)
    return draft


def _remember(names: dict[str, str], values: Mapping[str, object]) -> None:
    id_ = values.get("id")
    if isinstance(id_, str):
        names.setdefault(id_, str(values.get("name") or id_))


def _derive_dimensions(draft: Draft, built_in: Mapping[str, str]) -> None:
    for located in draft.indicators:
        id_ = located.row.dimension
        if id_ not in draft.dimension_names:
            draft.dimension_names[id_] = built_in.get(id_, id_)
            row = Dimension(id=id_, name=draft.dimension_names[id_])
            draft.dimensions.append(Located(row, located.record))


def _level_columns(table: Table) -> tuple[dict[float, Heading], list[Heading]]:
    levels: dict[float, Heading] = {}
    left: list[Heading] = []
    for heading in table.others:
        level = words.level_of(heading.text)
        if level is None:
            left.append(heading)
        else:
            levels.setdefault(level, heading)
    return levels, left


def _read_indicator(
    record: Record, levels: Mapping[float, Heading], reader: RecordReader, draft: Draft, table: Table
) -> Located[Indicator] | None:
    values, sound = reader.values(record)
    _remember(draft.names, values)
    cells = next((row.cells for row in table.rows if row.number == record.row), ())
    texts: dict[float, str] = {}
    for level, heading in levels.items():
        cell = cells[heading.column - 1] if heading.column <= len(cells) else None
        spot = Spot(record.sheet.place(record.row, heading.column), heading.text, text_file=True)
        text = reader.cells.read(cell, spot, Column(Kind.TEXT))
        if text is BAD:
            sound = False
        elif isinstance(text, str):
            texts[level] = text
    values["levels"] = texts
    if not _check_scale(record, values, reader.collector):
        sound = False
    if not sound:
        return None
    located = reader.build(record, Indicator, values)
    if located is None or not _check_indicator(located, reader, levels):
        return None
    return located


def _check_scale(record: Record, values: Mapping[str, object], collector: Collector) -> bool:
    """Goalposts and step, as far as they could be read."""
    worst, best, step = (
        values.get(key, default) for key, default in (("worst", 0.0), ("best", 4.0), ("step", 1.0))
    )
    if not (isinstance(worst, float) and isinstance(best, float) and isinstance(step, float)):
        return True
    name = str(values.get("id", "the indicator"))
    if abs(best - worst) <= TOLERANCE:
        field_name = "best" if not is_blank(record.cells.get("best")) else "worst"
        collector.add(
            "goalposts-equal",
            record.place(field_name),
            header=record.header(field_name),
            found=show(worst),
            expected="two different ends of the scale",
            indicator=name,
        )
        return False
    steps = abs(best - worst) / step if step > 0 else 0.0
    if step > 0 and (steps < 1 - TOLERANCE or abs(steps - round(steps)) > TOLERANCE * max(1.0, steps)):
        blank = is_blank(record.cells.get("step"))
        field_name = ("best" if "best" in record.headings else "id") if blank else "step"
        collector.add(
            "step-does-not-divide",
            record.place(field_name),
            header=record.header(field_name),
            found=show(step),
            expected="a step that divides the range, or continuous",
            indicator=name,
            worst=show(worst),
            best=show(best),
        )
        return False
    return True


def _check_indicator(
    located: Located[Indicator], reader: RecordReader, levels: Mapping[float, Heading]
) -> bool:
    row, record, collector = located.row, located.record, reader.collector
    sound = True
    if row.role is Role.NEED and row.objective is None:
        collector.add(
            "objective-missing",
            record.place("objective") if "objective" in record.headings else record.place("id"),
            header=record.header("objective"),
            expected="quality, employability, wbl or certification",
            indicator=row.id,
        )
        sound = False
    for name, roles in USED_BY.items():
        cell = record.cells.get(name)
        if row.role not in roles and not is_blank(cell) and getattr(row, name) not in {False, None}:
            _report_unused(record, name, row, collector)
    if row.floor is not None and row.role in USED_BY["floor"]:
        low, high = sorted((row.worst, row.best))
        if not low - TOLERANCE <= row.floor <= high + TOLERANCE:
            collector.add(
                "level-off-scale",
                record.place("floor"),
                header=record.header("floor"),
                found=shown(record.cells.get("floor")),
                expected=f"{show(row.worst)} to {show(row.best)}",
                suggestion=show(min(high, max(low, row.floor))),
                indicator=row.id,
            )
            sound = False
    _check_descriptions(located, collector, levels)
    return sound


def _report_unused(record: Record, name: str, row: Indicator, collector: Collector) -> None:
    collector.add(
        "column-not-for-role",
        record.place(name),
        header=record.header(name),
        found=shown(record.cells.get(name)),
        expected="a blank cell",
        role=row.role.value,
    )


def _check_descriptions(
    located: Located[Indicator], collector: Collector, levels: Mapping[float, Heading]
) -> None:
    row, record = located.row, located.record
    if row.continuous:
        return
    scale = [row.worst + k * row.step * (1 if row.best > row.worst else -1) for k in _steps(row)]
    for level in row.levels:
        if all(abs(level - known) > TOLERANCE for known in scale):
            heading = levels[level]
            collector.add(
                "level-not-on-scale",
                record.sheet.place(record.row, heading.column),
                header=heading.text,
                found=row.levels[level],
                expected=f"levels from {show(row.worst)} to {show(row.best)}",
                indicator=row.id,
            )
    if not row.levels:
        collector.add(
            "levels-not-described",
            record.place("id"),
            header=record.header("id"),
            expected=f"level_{show(min(scale))} to level_{show(max(scale))}",
            indicator=row.id,
        )


def _steps(row: Indicator) -> Iterable[int]:
    return range(round(row.span / row.step) + 1)


def check_dimensions(draft: Draft, collector: Collector) -> None:
    """Warn of dimensions that never count. Only for a framework that the user brings."""
    used = {located.row.dimension for located in draft.indicators}
    for located in draft.dimensions:
        row = located.row
        if row.weight == 0:
            collector.add(
                "dimension-without-weight",
                located.place("weight"),
                header=located.record.header("weight"),
                found=row.id,
                expected="a weight above 0",
            )
        if row.id not in used and draft.indicators:
            collector.add("dimension-without-indicators", located.place("id"), header="id", found=row.id)


def report_columns(
    table: Table,
    left: Iterable[Heading],
    collector: Collector,
    indicators: Mapping[str, tuple[str, Role | None]],
) -> None:
    """Report columns that are not read: another role's indicator, a slip of the keyboard, or one's own.

    ``indicators`` maps folded ids and names of the framework to id and role.
    """
    known = words.column_words(table.kind)
    free = {word: name for word, name in known.items() if name not in table.fields}
    for heading in left:
        place = table.place(table.header_row, heading.column)
        folded = fold(heading.text)
        if folded in indicators:
            id_, role = indicators[folded]
            if role is not None:
                wanted = {Role.MERIT: "Merits", Role.CONDITION: "Requirements", Role.NEED: "Profile"}
                collector.add(
                    "column-other-role",
                    place,
                    header=heading.text,
                    found=heading.text,
                    expected=wanted.get(role, "Assessments"),
                    role=role.value,
                    suggestion=None,
                    indicator=id_,
                )
            continue
        close = None
        if folded not in words.unread_words(table.kind):
            close = nearest(heading.text, [*free, *indicators], cutoff=0.8)
        if close is None:
            collector.add("column-unknown", place, header=heading.text, found=heading.text)
            continue
        suggestion = free[close] if close in free else indicators[close][0]
        collector.add(
            "column-misspelt", place, header=heading.text, found=heading.text, suggestion=suggestion
        )


def read_settings(
    tables: Sequence[Table], collector: Collector, column_map: ColumnMap
) -> tuple[dict[str, object], dict[str, Located[Setting]]]:
    """The settings that were given and passed, with the row of each."""
    reader = RecordReader(collector, {}, {})
    rows: list[Located[Setting]] = []
    for table in tables:
        report_columns(table, table.others, collector, {})
        for record in records(table, collector, column_map):
            located = reader.read(record, Setting, _setting_key)
            if located is not None:
                rows.append(located)
    found: dict[str, object] = {}
    places: dict[str, Located[Setting]] = {}
    for located in keep_unique("Settings", rows, collector):
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
        value = _setting_value(located, reader)
        if value is not None:
            found[key] = value
            places[key] = located
    _check_thresholds(found, places, collector)
    return found, places


def _setting_key(values: dict[str, object]) -> bool:
    key = values.get("key")
    if isinstance(key, str):
        values["key"] = slug(key).replace("-", "_")
    return True


def _setting_value(located: Located[Setting], reader: RecordReader) -> object:
    """The value of a setting whose key is known, or None after a finding (or for a blank one)."""
    key, record = located.row.key, located.record
    cell = record.cells.get("value")
    if is_blank(cell):
        return None
    spot = spot_of(record, "value")
    value: object
    if key in _NUMBERS:
        low, high = (0, 1) if key == "min_coverage" else (0, 100)
        value = reader.cells.number(cell, spot, lambda number: low <= number <= high)
    elif key == "compensation":
        text = shown(cell).strip().casefold()
        value = text if text in {"full", "partial", "none"} else _exponent(cell, located, reader)
    else:
        value = shown(cell).strip()
    if value is None:
        return None
    try:
        Settings.model_validate(
            {
                key: value,
                **({"transferable_from": 100.0} if key == "adaptable_from" else {}),
                **({"adaptable_from": 0.0} if key == "transferable_from" else {}),
            }
        )
    except ValidationError:
        _invalid(located, reader.collector)
        return None
    return value


def _exponent(cell: object, located: Located[Setting], reader: RecordReader) -> float | None:
    if isinstance(cell, str):
        options = ["full", "partial", "none"]
        from dualeco_cli.checks.numbers import read_number  # noqa: PLC0415

        if read_number(cell) is None:
            _invalid(located, reader.collector, nearest(cell, options))
            return None
    number = reader.cells.number(located.record.cells.get("value"), spot_of(located.record, "value"))
    if number is not None and number > 1:
        _invalid(located, reader.collector)
        return None
    return number


def _invalid(located: Located[Setting], collector: Collector, suggestion: str | None = None) -> None:
    key = located.row.key
    collector.add(
        "setting-invalid",
        located.place("value"),
        header=located.record.header("value"),
        found=shown(located.record.cells.get("value")),
        expected=_SETTING_HINTS[key],
        suggestion=suggestion,
        key=key,
    )


def _check_thresholds(
    found: dict[str, object], places: Mapping[str, Located[Setting]], collector: Collector
) -> None:
    default = Settings()
    low = found.get("adaptable_from", default.adaptable_from)
    high = found.get("transferable_from", default.transferable_from)
    if isinstance(low, float) and isinstance(high, float) and low > high + TOLERANCE:
        key = "adaptable_from" if "adaptable_from" in places else "transferable_from"
        located = places[key]
        collector.add(
            "thresholds-reversed",
            located.place("value"),
            header=located.record.header("value"),
            found=show(low),
            expected=f"adaptable_from of at most {show(high)}",
            other=show(high),
        )
        found.pop("adaptable_from", None)
        found.pop("transferable_from", None)
