"""The input sheets: what the run read, under the names and headings under which it is read again.

Names and headings are in the reader's language; what stands in the cells is what was read, to the letter.

`dualeco validate` and `dualeco score` take a report like any other workbook: they read these sheets and pass
over the rest. The live model computes from them, so their columns and rows have known places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from dualeco_cli.data import words
from dualeco_cli.language import current
from dualeco_cli.model.result import Report
from dualeco_cli.model.rows import SHEETS, Assessment, Column, Indicator, Kind, Level, Role, Row, columns
from dualeco_cli.model.study import Study
from dualeco_cli.reports.excel.book import Cell
from dualeco_cli.reports.tables import Value

#: The order of the input sheets: what the practices are, what was said of them, what they were held against.
KINDS = (
    "Practices",
    "Requirements",
    "Merits",
    "Assessments",
    "Adaptations",
    "Basis",
    "Pilots",
    "Panel",
    "Profile",
    "Ecosystems",
    "Dimensions",
    "Indicators",
    "Settings",
)

#: Columns of Indicators that only some roles use; on others they would be a warning when read again.
_USED_BY: Mapping[str, frozenset[Role]] = {
    "match": frozenset({Role.CONDITION}),
    "critical": frozenset({Role.CONDITION}),
    "effort": frozenset({Role.CONDITION}),
    "floor": frozenset({Role.MERIT, Role.JUDGEMENT}),
    "objective": frozenset({Role.NEED}),
}
#: Which wide sheet has the columns of which role.
WIDE_ROLES: Mapping[str, Role] = {"Requirements": Role.CONDITION, "Merits": Role.MERIT}

#: Gives the cell of a weight: by sheet, number of the row from 0, and the weight itself.
WeightCell = Callable[[str, int, float], Cell]


@dataclass(frozen=True)
class InputSheet:
    """One input sheet: its fields and rows, in the order in which they are written, headings in row 1."""

    kind: str
    fields: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def name(self) -> str:
        """What the sheet is called: dualeco reads it by its name in any of its languages."""
        return words.sheet_name(self.kind, current())

    def column(self, field: str) -> int:
        """The place of a column, from 0."""
        return self.fields.index(field)


def input_sheets(report: Report, study: Study, weight: WeightCell | None = None) -> dict[str, InputSheet]:
    """The sheets that have something to hold, by kind.

    Args:
        report: gives the settings as they were used, and the targets.
        study: gives all else.
        weight: what stands in the cells of weights, where that is not the weight itself.
    """
    weigh = weight or (lambda _kind, _row, value: value)
    framework = study.framework
    made = {
        "Practices": _plain("Practices", study.practices.values()),
        "Basis": _plain("Basis", study.basis),
        "Assessments": _plain("Assessments", grouped(study)),
        "Adaptations": _plain("Adaptations", study.adaptations),
        "Pilots": _plain("Pilots", study.pilots),
        "Panel": _plain("Panel", study.panel.rows if study.panel is not None else ()),
        "Ecosystems": _plain("Ecosystems", study.ecosystems.values()),
        "Profile": _sheet("Profile", _fields("Profile"), _profile(report, study)),
        "Settings": _sheet("Settings", ("key", "value"), _settings(report, study)),
        "Dimensions": _weighed(_plain("Dimensions", framework.dimensions), weigh),
        "Indicators": _weighed(_indicators(framework.indicators), weigh),
    }
    for kind, role in WIDE_ROLES.items():
        made[kind] = _wide(kind, role, study)
    return {kind: made[kind] for kind in KINDS if _is_needed(kind, made[kind], framework.indicators)}


def grouped(study: Study) -> tuple[Assessment, ...]:
    """The rows of Assessments, those of a judgement below each other: so the live model needs them."""
    practices = {id_: place for place, id_ in enumerate(study.practices)}
    indicators = {one.id: place for place, one in enumerate(study.framework.indicators)}
    return tuple(
        sorted(
            study.assessments,
            key=lambda row: (
                practices.get(row.practice, len(practices)),
                row.practice,
                row.target,
                indicators.get(row.indicator, len(indicators)),
                row.indicator,
            ),
        )
    )


def _is_needed(kind: str, sheet: InputSheet, indicators: Sequence[Indicator]) -> bool:
    """A sheet without rows is left out, but for the one in which judgements are to be added."""
    if kind in WIDE_ROLES:
        return len(sheet.fields) > 1
    if kind == "Assessments":
        return bool(sheet.rows) or any(indicator.role is Role.JUDGEMENT for indicator in indicators)
    return bool(sheet.rows)


def _fields(kind: str) -> tuple[str, ...]:
    return tuple(columns(SHEETS[kind]))


def _sheet(kind: str, fields: tuple[str, ...], rows: Iterable[Sequence[Cell]]) -> InputSheet:
    headers = tuple(words.header(kind, field, current()) for field in fields)
    return InputSheet(kind, fields, headers, tuple(tuple(row) for row in rows))


def _plain(kind: str, rows: Iterable[Row]) -> InputSheet:
    fields = _fields(kind)
    return _sheet(kind, fields, ([cell_of(getattr(row, field)) for field in fields] for row in rows))


def _weighed(sheet: InputSheet, weigh: WeightCell) -> InputSheet:
    at = sheet.column("weight")
    rows = []
    for number, row in enumerate(sheet.rows):
        value = row[at]
        held = weigh(sheet.kind, number, value) if isinstance(value, int | float) else value
        rows.append((*row[:at], held, *row[at + 1 :]))
    return InputSheet(sheet.kind, sheet.fields, sheet.headers, tuple(rows))


def _indicators(indicators: Sequence[Indicator]) -> InputSheet:
    levels = sorted({level for indicator in indicators for level in indicator.levels})
    own = [field for field in _fields("Indicators") if field != "source"]
    fields = (*own, *(f"level_{_plain_number(level)}" for level in levels), "source")

    def row(indicator: Indicator) -> Iterator[Cell]:
        for field in own:
            if field in _USED_BY and indicator.role not in _USED_BY[field]:
                yield None
            elif field == "step" and indicator.continuous:
                yield "continuous"
            else:
                yield cell_of(getattr(indicator, field))
        for level in levels:
            yield indicator.levels.get(level)
        yield indicator.source

    return _sheet("Indicators", fields, (list(row(indicator)) for indicator in indicators))


def _wide(kind: str, role: Role, study: Study) -> InputSheet:
    """A row for every practice, be it a blank one: it is there to be filled."""
    ids = [indicator.id for indicator in study.framework.indicators if indicator.role is role]
    given = study.requirements if kind == "Requirements" else study.merits
    fields = ("practice", *ids)
    headers = (words.header(kind, "practice", current()), *ids)
    rows = (
        (practice, *(level_cell(given.get(practice, {}).get(id_)) for id_ in ids))
        for practice in study.practices
    )
    return InputSheet(kind, fields, headers, tuple(rows))


def _profile(report: Report, study: Study) -> Iterator[list[Cell]]:
    """All values that count; for the targets of the report also the ones that are missing, to be filled."""
    fields = _fields("Profile")
    targets = {target.id for target in report.targets}
    asked = [i.id for i in study.framework.indicators if i.role in {Role.NEED, Role.CONDITION}]
    for ecosystem in dict.fromkeys([*study.ecosystems, *study.profile, *targets]):
        held = study.profile.get(ecosystem, {})
        missing = [id_ for id_ in asked if id_ not in held] if ecosystem in targets else []
        for value in held.values():
            yield [cell_of(getattr(value, field)) for field in fields]
        for id_ in missing:
            yield [{"ecosystem": ecosystem, "indicator": id_}.get(field) for field in fields]


def _settings(report: Report, study: Study) -> Iterator[tuple[str, Cell]]:
    """The settings as they were used: options of the command line win over what the files said."""
    method = report.method
    yield "name", report.framework.id
    if study.framework.version is not None:
        yield "version", study.framework.version
    yield "min_coverage", method.min_coverage
    yield "transferable_from", method.transferable_from
    yield "adaptable_from", method.adaptable_from
    yield "compensation", compensation_cell(method.compensation)
    if study.panel is not None:
        yield "panel", study.framework.settings.panel


def compensation_cell(compensation: float | str) -> Value:
    """The compensation as the sheet Settings has it."""
    named: dict[float | str, str] = {1.0: "full", 0.0: "partial", "none": "none", float("-inf"): "none"}
    return named.get(compensation, compensation)


def cell_of(value: object) -> Value:
    """A field of a row as its cell."""
    if value is None or value == ():
        return None
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(str(cell_of(part)) for part in value)
    if isinstance(value, Level):
        return level_cell(value)
    return value if isinstance(value, str | int | float) else str(value)


def level_cell(level: Level | None) -> Value:
    """A level with its marks: ``3``, ``"3!"``, ``"2?"``, ``"n/a"``."""
    if level is None:
        return None
    marks = "?" if level.low else ""
    if level.value is None:
        return f"n/a{marks}"
    if level.critical:
        marks = f"!{marks}"
    return f"{_plain_number(level.value)}{marks}" if marks else level.value


def _plain_number(number: float) -> str:
    """The number without an exponent and without needless decimals."""
    text = f"{Decimal(repr(float(number))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def kind_of_column(kind: str, field: str) -> Kind:
    """What the cells of a column hold."""
    column: Column | None = columns(SHEETS[kind]).get(field)
    if column is None:
        return Kind.TEXT if field.startswith("level_") and kind == "Indicators" else Kind.LEVEL
    return column.kind
