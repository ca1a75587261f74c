"""Records into rows: every cell read, every fault at its cell, and the models have the last word."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from pydantic import ValidationError

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.cells import BAD, CellReader, Expectation, Spot
from dualeco_cli.checks.collector import Collector, quote
from dualeco_cli.checks.numbers import tidy
from dualeco_cli.checks.references import Known, Names
from dualeco_cli.checks.tables import Heading, Record, columns_of
from dualeco_cli.checks.wording import a_role, all_of, any_of, figure, word_for
from dualeco_cli.data import words
from dualeco_cli.language import N_, _
from dualeco_cli.model.cells import Cell, Place
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import SHEETS, Column, Indicator, Kind, Role, Row

RowT = TypeVar("RowT", bound=Row)

#: What pydantic calls a fault, and the rule it is here. A test holds this against what the models can raise.
PYDANTIC_RULES: Mapping[str, str] = {
    "missing": "cell-required",
    "string_too_short": "cell-required",
    "string_type": "cell-required",
    "string_unicode": "cell-required",
    "string_pattern_mismatch": "eqf-level-invalid",
    "float_type": "number-expected",
    "finite_number": "number-expected",
    "int_type": "whole-number-expected",
    "int_from_float": "whole-number-expected",
    "int_parsing_size": "number-out-of-range",
    "greater_than": "number-out-of-range",
    "greater_than_equal": "number-out-of-range",
    "less_than_equal": "number-out-of-range",
    "bool_type": "word-unknown",
    "is_instance_of": "word-unknown",
    "enum": "word-unknown",
    "tuple_type": "word-unknown",
    "dict_type": "number-expected",
    "dataclass_exact_type": "number-expected",
    "dataclass_type": "number-expected",
    "literal_error": "setting-invalid",
    "value_error": "setting-invalid",
    "extra_forbidden": "column-unknown",
    "model_type": "cell-required",
    "model_attributes_type": "cell-required",
}

_COMPARE = {"ge": operator.ge, "gt": operator.gt, "le": operator.le, "lt": operator.lt}
_BOUNDS = {
    "ge": N_("at least {number}"),
    "gt": N_("above {number}"),
    "le": N_("at most {number}"),
    "lt": N_("below {number}"),
}


@dataclass(slots=True)
class Located(Generic[RowT]):
    """A row that passed, and the record it comes from."""

    row: RowT
    record: Record

    def place(self, field_name: str | None = None) -> Place:
        """Where a field of the row stands."""
        return self.record.place(field_name)


@dataclass(slots=True)
class Entry(Generic[RowT]):
    """A record as far as it could be read. ``row`` is there only where nothing was wrong with it."""

    record: Record
    values: dict[str, object]
    #: Fields that have an error, or are blank though they must not be.
    bad: set[str] = field(default_factory=set)
    row: RowT | None = None

    def text(self, name: str) -> str | None:
        """The value of a field that is text, such as an id."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


#: What a reference to a sheet leads to.
_WHAT = {
    # Translators: subject of a sentence, with its article: "There is no {what}."
    "Practices": N_("practice {found}"),
    # Translators: subject of a sentence, with its article: "There is no {what}."
    "Ecosystems": N_("ecosystem {found}"),
    # Translators: subject of a sentence, with its article: "There is no {what}."
    "Indicators": N_("indicator {found}"),
    # Translators: subject of a sentence, with its article: "There is no {what}."
    "Dimensions": N_("dimension {found}"),
    # Translators: subject of a sentence, with its article: "There is no {what}."
    "Adaptations": N_("adaptation {found}"),
}

#: Sheets whose indicator must have a certain role, and what is wrong otherwise.
ROLE_OF: Mapping[str, tuple[frozenset[Role], str]] = {
    "Assessments": (frozenset({Role.JUDGEMENT}), "indicator-other-role"),
    "Adaptations": (frozenset({Role.CONDITION}), "indicator-other-role"),
    "Profile": (frozenset({Role.NEED, Role.CONDITION}), "profile-not-used"),
}

#: Fields that are on the scale of the indicator that their row names.
ON_SCALE = {("Assessments", "rating"), ("Adaptations", "required"), ("Profile", "value")}

#: Fields whose reading depends on another field of their row.
_DEPENDENT = ON_SCALE | {("Pilots", "adaptation"), ("Assessments", "indicator")}
_UNSEEN = object()


class RecordReader:
    """Reads records into rows, with what is known of the rest of the study."""

    def __init__(
        self,
        collector: Collector,
        known: Known | None = None,
        indicators: Mapping[str, Indicator] | None = None,
        adaptations: Callable[[str], Names | None] | None = None,
    ) -> None:
        """``indicators`` are those of the framework that passed; one with a fault has no scale to check.

        ``adaptations`` gives those of a practice: the names of other practices' adaptations do not help.
        """
        self.collector = collector
        self.cells = CellReader(collector)
        self.known: dict[str, Names] = dict(known or {})
        self.indicators = indicators or {}
        self.adaptations = adaptations
        self._plans: dict[object, list[tuple[str, Column, dict[object, object] | None]]] = {}

    def read(
        self,
        record: Record,
        model: type[RowT],
        amend: Callable[[Entry[RowT]], None] | None = None,
    ) -> Entry[RowT]:
        """A record as far as it can be read. ``amend`` may add to the values, or find them bad."""
        entry: Entry[RowT] = Entry(record, {})
        self._read_cells(entry)
        if amend is not None:
            amend(entry)
        self.build(entry, model)
        return entry

    def _read_cells(self, entry: Entry[RowT]) -> None:
        record, found = entry.record, entry.values
        cells = record.cells
        for name, column, seen in self._plan(record):
            cell = cells.get(name)
            value: object
            if cell is None:
                value = None
            elif column.kind is Kind.TEXT and isinstance(cell, str):
                value = _text(cell)
            elif column.kind is Kind.ID and isinstance(cell, str) and cell.isascii():
                value = consensus_or(cell) if name == "assessor" else slug(cell) or None
            elif seen is None:
                value = self._value(record, name, column, cell, found)
            else:
                key = (cell.__class__, cell)  # TRUE and 1 are equal, but not the same
                value = seen.get(key, _UNSEEN)
                if value is _UNSEEN:
                    before = len(self.collector.findings)
                    value = self._value(record, name, column, cell, found)
                    if value is not BAD and len(self.collector.findings) == before:
                        seen[key] = value
            if name in record.further:
                value = self._longer(value, record, name, column)
            if value is None:
                if column.key:
                    self._required(record, name)
                    entry.bad.add(name)
            elif value is BAD:
                entry.bad.add(name)
            else:
                found[name] = value

    def _longer(self, first: object, record: Record, name: str, column: Column) -> object:
        """A list with what stands in the rows below it."""
        values = [first]
        for row, cell in record.further[name]:
            spot = spot_of_heading(record, record.headings[name])
            spot.place = record.sheet.place(row, record.headings[name].column)
            values.append(self.cells.read(cell, spot, column))
        if BAD in values:
            return BAD
        return tuple(dict.fromkeys(word for value in values if isinstance(value, tuple) for word in value))

    def _plan(self, record: Record) -> list[tuple[str, Column, dict[object, object] | None]]:
        """The columns to read from the records of one table, each with what has been read there before.

        What stands in a cell says all there is to say of it, unless its reading depends on another cell.
        """
        key = (record.kind, record.sheet.file, record.sheet.name)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = [
                (name, column, None if (record.kind, name) in _DEPENDENT else {})
                for name, column in columns_of(record.kind)
                if name in record.headings or column.key
            ]
        return plan

    def _value(
        self, record: Record, name: str, column: Column, cell: Cell, found: Mapping[str, object]
    ) -> object:
        """The value of a cell, None where it is blank, BAD after a finding."""
        scale = None
        if (record.kind, name) in ON_SCALE:
            scale = self.indicators.get(str(found.get("indicator")))
        value = self.cells.read(cell, spot_of(record, name), column, scale)
        if value is None or value is BAD:
            return value
        if name == "assessor":
            return consensus_or(str(value))
        if column.kind is Kind.REFERENCE:
            return self._refer(record, name, column, str(value), found)
        return value

    def _required(self, record: Record, name: str) -> None:
        """Report a blank key, unless the column is missing or merged, which is told once for all rows."""
        if name not in record.headings or (record.row, name) in record.merged_keys:
            return
        self.collector.add(
            "cell-required",
            record.place(name),
            header=record.header(name),
            expected=words.header(record.kind, name, words.language_of_sheet(record.sheet.name)),
            sheet=record.sheet.name,
        )

    def _refer(
        self, record: Record, name: str, column: Column, id_: str, found: Mapping[str, object]
    ) -> object:
        """The id, where it leads somewhere; BAD after a finding, or where nothing can be said."""
        sheet = column.refers_to or ""
        options = self.known.get(sheet)
        if sheet == "Adaptations" and self.adaptations is not None:
            practice = found.get("practice")
            options = Names(complete=False) if practice is None else self.adaptations(str(practice))
        if options is None or id_ in options:
            return self._right_role(record, name, id_)
        suggestion = options.nearest(id_)
        is_source = record.kind == "Practices"
        if options.complete or suggestion is not None:
            found_there = shown(record.cells.get(name))
            self.collector.add(
                "source-unknown" if is_source else "reference-unknown",
                record.place(name),
                header=record.header(name),
                found=found_there,
                expected=options.some(),
                suggestion=suggestion,
                what=_(_WHAT[sheet]).format(found=quote(found_there)),
            )
        return id_ if is_source else BAD

    def _right_role(self, record: Record, name: str, id_: str) -> object:
        indicator = self.indicators.get(id_)
        wanted = ROLE_OF.get(record.kind)
        if name != "indicator" or indicator is None or wanted is None or indicator.role in wanted[0]:
            return id_
        if record.kind == "Assessments" and is_blank(record.cells.get("rating")):
            return id_  # a row that gives an importance alone may give it for any indicator
        roles, rule = wanted
        self.collector.add(
            rule,
            record.place(name),
            header=record.header(name),
            found=shown(record.cells.get(name)),
            expected=any_of([word_for("role", role) for role in sorted(roles)]),
            role=a_role(indicator.role),
            only=any_of([a_role(role) for role in sorted(roles)]),
        )
        return BAD if rule == "indicator-other-role" else id_

    def build(self, entry: Entry[RowT], model: type[RowT]) -> None:
        """Give the entry its row; what the model refuses becomes findings."""
        record = entry.record
        try:
            row = model.model_validate(entry.values)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                name = str(detail["loc"][0]) if detail["loc"] else ""
                if name not in entry.values:
                    # what is bad or missing has been reported, or its column has been, once for all rows
                    self._report_missing(entry, name)
                    continue
                if name in entry.bad:
                    continue  # one of several kinds of values would do, and each has said no
                entry.bad.add(name)
                context = detail.get("ctx", {})
                bounds = [
                    _(text).format(number=figure(context[key]))
                    for key, text in _BOUNDS.items()
                    if key in context
                ]
                cell = record.cells.get(name)
                self.collector.add(
                    PYDANTIC_RULES.get(detail["type"], "number-expected"),
                    record.place(name),
                    header=record.header(name),
                    found=shown(cell) if cell is not None else None,
                    expected=_expected(model, name, bounds),
                    sheet=record.sheet.name,
                )
            return
        if not entry.bad:
            entry.row = row

    def _report_missing(self, entry: Entry[RowT], name: str) -> None:
        """Report a blank cell that the model needs, such as the role of an indicator, though it is no key."""
        if name not in entry.bad and name in entry.record.headings:
            self._required(entry.record, name)
        entry.bad.add(name)


def _text(cell: str) -> str | None:
    """What the reader of cells would make of a text, without the detour: most cells are texts."""
    text = cell.strip()
    return text if text and (text.isascii() or tidy(text)) else None


def _expected(model: type[Row], name: str, bounds: list[str]) -> str:
    """The range of a field, in words: both ends where the model has both."""
    info = model.model_fields.get(name)
    ends = {}
    for mark in info.metadata if info else ():
        for key in _BOUNDS:
            if hasattr(mark, key):
                ends[key] = getattr(mark, key)
    if "ge" in ends and "le" in ends:
        return _("{low} to {high}").format(low=figure(ends["ge"]), high=figure(ends["le"]))
    return all_of(bounds) if bounds else name


def spot_of(record: Record, name: str) -> Spot:
    """Where a field of a record stands."""
    sheet = record.sheet
    return Spot(
        record.place(name),
        record.header(name),
        text_file=sheet.from_csv,
        decimal_mark=sheet.decimal_mark,
        expectation=_expectation(record.kind, name),
    )


@cache
def _expectation(kind: str, name: str) -> Expectation | None:
    """Which numbers the model lets pass in a field."""
    bounds = [
        (compare, end)
        for mark in SHEETS[kind].model_fields[name].metadata
        for key, compare in _COMPARE.items()
        if (end := getattr(mark, key, None)) is not None
    ]
    if not bounds:
        return None
    return Expectation(lambda value: int(not all(compare(value, end) for compare, end in bounds)))


def spot_of_heading(record: Record, heading: Heading) -> Spot:
    """Where the cell of a record stands that is in a column of its own, such as that of an indicator."""
    sheet = record.sheet
    return Spot(
        sheet.place(record.row, heading.column),
        heading.text,
        text_file=sheet.from_csv,
        decimal_mark=sheet.decimal_mark,
    )


def consensus_or(assessor: str) -> str | None:
    """``consensus`` in any of the five languages, else the assessor; None for a blank."""
    return "consensus" if words.value_of("consensus", assessor) is not None else slug(assessor) or None
