"""A framework from its sheets: dimensions and indicators, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.cells import BAD, off_scale
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.headers import report_unknown
from dualeco_cli.checks.numbers import show
from dualeco_cli.checks.records import Entry, Located, RecordReader, spot_of_heading
from dualeco_cli.checks.references import Names, names_of
from dualeco_cli.checks.rows import records
from dualeco_cli.checks.tables import Heading, Record, Table
from dualeco_cli.checks.unique import count_once, passed
from dualeco_cli.checks.wording import any_of, figure, for_a_role, listed
from dualeco_cli.language import _
from dualeco_cli.model.cells import Cell
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.rows import Column, Dimension, Indicator, Kind, Role, Settings

#: Columns that only some roles use (design, section 3).
USED_BY: Mapping[str, frozenset[Role]] = {
    "match": frozenset({Role.CONDITION}),
    "critical": frozenset({Role.CONDITION}),
    "effort": frozenset({Role.CONDITION}),
    "floor": frozenset({Role.MERIT, Role.JUDGEMENT}),
    "objective": frozenset({Role.NEED}),
}


@dataclass(slots=True)
class Draft:
    """The parts of a framework as far as they passed.

    ``names`` holds every indicator id that was read, with its name, also of rows with a fault: what refers
    to a faulty indicator is no second fault.
    """

    dimensions: list[Located[Dimension]] = field(default_factory=list)
    indicators: list[Located[Indicator]] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    settings: Settings = field(default_factory=Settings)
    #: Dimensions that an indicator names, whether or not its row passed.
    used: set[str] = field(default_factory=set)
    #: False where the study has no sheet Dimensions.
    has_dimensions: bool = True

    @property
    def by_id(self) -> dict[str, Indicator]:
        """The indicators that passed."""
        return {located.row.id: located.row for located in self.indicators}


def read_framework(
    tables: Sequence[Table],
    collector: Collector,
    built_in_dimensions: Mapping[str, str],
    *,
    unread: bool = False,
) -> Draft:
    """Read the tables of kind Dimensions and Indicators.

    Without a Dimensions sheet the dimensions are those that the indicators name, equally weighted.
    ``unread``: there is a sheet Dimensions, but it could not be read.
    """
    given = [table for table in tables if table.kind == "Dimensions"]
    draft = Draft(has_dimensions=bool(given) or unread)
    reader = RecordReader(collector)
    dimensions: list[Entry[Dimension]] = []
    for table in given:
        report_unknown(table, collector)
        dimensions += [reader.read(record, Dimension) for record in records(table, collector)]
    draft.dimensions = passed(count_once("Dimensions", dimensions, collector))
    if draft.has_dimensions:
        names = names_of(_ids_and_names(dimensions), complete=not unread)
        reader = RecordReader(collector, {"Dimensions": names})
    indicators: list[Entry[Indicator]] = []
    for table in tables:
        if table.kind == "Indicators":
            report_unknown(table, collector)
            indicators += _read_indicators(table, reader)
    draft.names = names_of(_ids_and_names(indicators))
    draft.used = {id_ for entry in indicators if (id_ := entry.text("dimension")) is not None}
    draft.indicators = passed(count_once("Indicators", indicators, collector))
    if not draft.has_dimensions:
        _derive_dimensions(draft, built_in_dimensions)
    return draft


def _ids_and_names(
    entries: Sequence[Entry[Dimension]] | Sequence[Entry[Indicator]],
) -> list[tuple[str | None, str]]:
    return [(entry.text("id"), entry.text("name") or entry.text("id") or "") for entry in entries]


def _derive_dimensions(draft: Draft, built_in: Mapping[str, str]) -> None:
    derived: set[str] = set()
    for located in draft.indicators:
        id_ = located.row.dimension
        if id_ not in derived:
            derived.add(id_)
            row = Dimension(id=id_, name=built_in.get(id_, id_))
            draft.dimensions.append(Located(row, located.record))


def _read_indicators(table: Table, reader: RecordReader) -> list[Entry[Indicator]]:
    levels = {level: heading for level, heading in table.extras.items() if isinstance(level, float)}
    rows = {row.number: row.cells for row in table.rows}
    entries = []

    def amend(entry: Entry[Indicator]) -> None:
        _read_levels(entry, rows[entry.record.row], levels, reader)
        _check_scale(entry, reader.collector)

    for record in records(table, reader.collector):
        entry = reader.read(record, Indicator, amend)
        if not _check_role(entry, reader.collector):
            entry.row = None
        _check_floor(entry, reader.collector)
        entries.append(entry)
    described = any(entry.values.get("levels") for entry in entries)
    for entry in entries:
        _check_descriptions(entry, levels, reader.collector, described=described)
    return entries


def _read_levels(
    entry: Entry[Indicator], cells: Sequence[Cell], levels: Mapping[float, Heading], reader: RecordReader
) -> None:
    texts: dict[float, str] = {}
    for level, heading in levels.items():
        cell = cells[heading.column - 1] if heading.column <= len(cells) else None
        spot = spot_of_heading(entry.record, heading)
        text = reader.cells.read(cell, spot, Column(Kind.TEXT))
        if text is BAD:
            entry.bad.add("levels")
        elif isinstance(text, str):
            texts[level] = text
    entry.values["levels"] = texts


def _number(entry: Entry[Indicator], name: str, default: float) -> float | None:
    """A number of an indicator, its default where the cell is blank; None where it has an error."""
    if name in entry.bad:
        return None
    value = entry.values.get(name, default)
    return value if isinstance(value, float) else None


def _check_scale(entry: Entry[Indicator], collector: Collector) -> None:
    """Goalposts and step, as far as they could be read."""
    record = entry.record
    worst, best, step = (
        _number(entry, name, default) for name, default in (("worst", 0.0), ("best", 4.0), ("step", 1.0))
    )
    if worst is None or best is None:
        return
    name = entry.text("id") or _("the indicator")
    if abs(best - worst) <= EQUAL:
        at = _filled(record, "best", "worst")
        collector.add(
            "goalposts-equal",
            record.place(at),
            header=record.header(at),
            found=show(worst),
            expected=_("two different ends of the scale"),
            indicator=name,
        )
        entry.bad |= {"worst", "best"}
    elif step is not None and step > 0 and not _divides(step, abs(best - worst)):
        at = _filled(record, "step", "best", "worst")
        collector.add(
            "step-does-not-divide",
            record.place(at),
            header=record.header(at),
            found=show(step),
            expected=_("a step that divides the range, or continuous"),
            indicator=name,
            worst=figure(worst),
            best=figure(best),
        )
        entry.bad.add("step")


def _divides(step: float, span: float) -> bool:
    steps = span / step
    return 1 - EQUAL <= steps < 1e15 and abs(steps - round(steps)) <= EQUAL * max(1.0, steps)


def _filled(record: Record, *names: str) -> str:
    """The first of these fields that has something in it; else the first that has a column, or the id."""
    for name in names:
        if not is_blank(record.cells.get(name)):
            return name
    return next((name for name in names if name in record.headings), "id")


def _check_role(entry: Entry[Indicator], collector: Collector) -> bool:
    """What the role asks for, and what it has no use for; False where something is missing."""
    role, record = entry.values.get("role"), entry.record
    if not isinstance(role, Role):
        return True
    for name, roles in USED_BY.items():
        value = entry.values.get(name)
        if role not in roles and value is not None and value is not False and name not in entry.bad:
            collector.add(
                "column-not-for-role",
                record.place(name),
                header=record.header(name),
                found=shown(record.cells.get(name)),
                expected=_("a blank cell"),
                role=for_a_role(role),
            )
    if role is Role.NEED and "objective" not in entry.values and "objective" not in entry.bad:
        at = "objective" if "objective" in record.headings else "role"
        collector.add(
            "objective-missing",
            record.place(at),
            header=record.header(at),
            expected=any_of(listed("objective")),
            indicator=entry.text("id") or _("indicator"),
        )
        return False
    return True


def _check_floor(entry: Entry[Indicator], collector: Collector) -> None:
    """A floor has to be on the scale, or it is always or never met."""
    floor, role, record = entry.values.get("floor"), entry.values.get("role"), entry.record
    worst, best = _number(entry, "worst", 0.0), _number(entry, "best", 4.0)
    if not isinstance(floor, float) or role not in USED_BY["floor"] or worst is None or best is None:
        return
    low, high = sorted((worst, best))
    if not low - EQUAL <= floor <= high + EQUAL:
        collector.add(
            "level-off-scale",
            record.place("floor"),
            header=record.header("floor"),
            found=shown(record.cells.get("floor")),
            expected=_("{low} to {high}").format(low=figure(worst), high=figure(best)),
            suggestion=figure(min(high, max(low, floor))),
            indicator=entry.text("id") or _("the indicator"),
        )
        entry.row = None


def _check_descriptions(
    entry: Entry[Indicator], levels: Mapping[float, Heading], collector: Collector, *, described: bool
) -> None:
    """Levels that are described but do not exist; a scale without any words beside others that have them."""
    row, record = entry.row, entry.record
    if row is None or row.continuous:
        return
    for level, text in row.levels.items():
        if off_scale(level, row) is not None:
            heading = levels[level]
            collector.add(
                "level-not-on-scale",
                record.sheet.place(record.row, heading.column),
                header=heading.text,
                found=text,
                expected=_("levels from {worst} to {best}").format(
                    worst=figure(row.worst), best=figure(row.best)
                ),
                indicator=row.id,
            )
    if not row.levels and described:
        low, high = sorted((row.worst, row.best))
        collector.add(
            "levels-not-described",
            record.place("id"),
            header=record.header("id"),
            found=row.id,
            expected=_("{low} to {high}").format(low=f"level_{show(low)}", high=f"level_{show(high)}"),
            indicator=row.id,
        )


def check_dimensions(draft: Draft, collector: Collector) -> None:
    """Tell of dimensions that never count. Only for a framework that the user brings."""
    if not draft.has_dimensions:
        return
    for located in draft.dimensions:
        row = located.row
        if row.weight == 0:
            collector.add(
                "dimension-without-weight",
                located.place("weight"),
                header=located.record.header("weight"),
                found=row.id,
                expected=_("a weight above 0"),
            )
        elif row.id not in draft.used and draft.names.complete and draft.names.names:
            collector.add(
                "dimension-without-indicators",
                located.place("id"),
                header=located.record.header("id"),
                found=row.id,
            )
