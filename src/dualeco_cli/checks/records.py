"""Records into rows: every cell read, every fault at its cell, and the models have the last word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from dualeco_cli.checks.cells import BAD, CellReader, Spot, shown
from dualeco_cli.checks.collector import Collector, quote
from dualeco_cli.checks.recognise import Record
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.data import words
from dualeco_cli.model.cells import Place
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import SHEETS, Column, Indicator, Kind, Role, Row, columns

RowT = TypeVar("RowT", bound=Row)

#: What pydantic calls a fault, and the rule it is here. A test holds this against what the models can raise.
PYDANTIC_RULES: Mapping[str, str] = {
    "missing": "cell-required",
    "string_too_short": "cell-required",
    "string_type": "cell-required",
    "string_pattern_mismatch": "eqf-level-invalid",
    "float_type": "number-expected",
    "float_parsing": "number-expected",
    "finite_number": "number-expected",
    "int_type": "whole-number-expected",
    "int_from_float": "whole-number-expected",
    "int_parsing": "whole-number-expected",
    "int_parsing_size": "number-out-of-range",
    "greater_than": "number-out-of-range",
    "greater_than_equal": "number-out-of-range",
    "less_than": "number-out-of-range",
    "less_than_equal": "number-out-of-range",
    "bool_type": "word-unknown",
    "enum": "word-unknown",
    "is_instance_of": "word-unknown",
    "literal_error": "word-unknown",
    "tuple_type": "word-unknown",
    "dict_type": "number-expected",
    "dataclass_type": "number-expected",
    "dataclass_exact_type": "number-expected",
    "value_error": "setting-invalid",
    "extra_forbidden": "column-unknown",
}

_BOUNDS = {
    "ge": "at least {}",
    "gt": "above {}",
    "le": "at most {}",
    "lt": "below {}",
}


@dataclass(slots=True)
class Located(Generic[RowT]):
    """A row that passed, and the record it comes from."""

    row: RowT
    record: Record

    def place(self, field: str | None = None) -> Place:
        """Where a field of the row stands."""
        return self.record.place(field)


#: What a reference may lead to, by sheet: ids and their names. A sheet that is not in it is not checked.
Known = Mapping[str, Mapping[str, str]]

_WHAT = {
    "Practices": "practice",
    "Ecosystems": "ecosystem",
    "Indicators": "indicator",
    "Dimensions": "dimension",
    "Adaptations": "adaptation",
}

#: Sheets whose indicator must have a certain role, and what is wrong otherwise.
ROLE_OF: Mapping[str, tuple[frozenset[Role], str]] = {
    "Assessments": (frozenset({Role.JUDGEMENT}), "indicator-other-role"),
    "Adaptations": (frozenset({Role.CONDITION}), "indicator-other-role"),
    "Profile": (frozenset({Role.NEED, Role.CONDITION}), "profile-not-used"),
}

#: Fields that are on the scale of the indicator that their row names.
ON_SCALE = {("Assessments", "rating"), ("Adaptations", "required"), ("Profile", "value")}


class RecordReader:
    """Reads records into rows, with what is known of the rest of the study."""

    def __init__(
        self,
        collector: Collector,
        known: Known,
        indicators: Mapping[str, Indicator],
    ) -> None:
        """``indicators`` are those of the framework that passed; one with a fault has no scale to check."""
        self.collector = collector
        self.cells = CellReader(collector)
        self.known = known
        self.indicators = indicators

    def values(self, record: Record, skip: Iterable[str] = ()) -> tuple[dict[str, object], bool]:
        """The values of a record by field, and whether all of them could be read."""
        found: dict[str, object] = {}
        sound = True
        for name, column in columns(SHEETS[record.kind]).items():
            if name in skip:
                continue
            if name not in record.headings:
                sound = sound and not column.key
                continue
            spot = spot_of(record, name)
            scale = None
            if (record.kind, name) in ON_SCALE:
                scale = self.indicators.get(str(found.get("indicator")))
            value = self.cells.read(record.cells.get(name), spot, column, scale)
            if value is None:
                if column.key:
                    self._required(record, name)
                    sound = False
                continue
            if value is not BAD and name == "assessor":
                value = consensus_or(str(value))
            if value is not BAD and column.kind is Kind.REFERENCE:
                value = self.refer(record, name, column, str(value), found)
            if value is BAD:
                sound = False
            else:
                found[name] = value
        return found, sound

    def _required(self, record: Record, name: str) -> None:
        self.collector.add(
            "cell-required",
            record.place(name),
            header=record.header(name),
            expected=name,
            sheet=record.sheet.name,
        )

    def refer(
        self, record: Record, name: str, column: Column, id_: str, found: Mapping[str, object]
    ) -> object:
        """The id, where it leads somewhere; BAD after a finding."""
        sheet = column.refers_to or ""
        if sheet == "Adaptations":
            # an adaptation is one of its practice; the names of other practices' adaptations do not help
            options = {
                key.partition("\n")[2]: text
                for key, text in self.known.get(sheet, {}).items()
                if key.partition("\n")[0] == found.get("practice")
            }
            options = options if sheet in self.known else {id_: id_}
        else:
            options = dict(self.known[sheet]) if sheet in self.known else {id_: id_}
        if id_ in options:
            return self._right_role(record, name, id_)
        suggestion = _nearest_id(id_, options)
        source = record.kind == "Practices"
        self.collector.add(
            "source-unknown" if source else "reference-unknown",
            record.place(name),
            header=record.header(name),
            found=shown(record.cells.get(name)),
            expected=_some(options),
            suggestion=suggestion,
            what=_WHAT.get(sheet, sheet),
        )
        return id_ if source else BAD

    def _right_role(self, record: Record, name: str, id_: str) -> object:
        indicator = self.indicators.get(id_)
        wanted = ROLE_OF.get(record.kind)
        if name != "indicator" or indicator is None or wanted is None or indicator.role in wanted[0]:
            return id_
        roles, rule = wanted
        self.collector.add(
            rule,
            record.place(name),
            header=record.header(name),
            found=id_,
            expected=" or ".join(sorted(roles)),
            role=indicator.role.value,
        )
        return BAD if rule == "indicator-other-role" else id_

    def read(
        self, record: Record, model: type[RowT], amend: Callable[[dict[str, object]], bool] | None = None
    ) -> Located[RowT] | None:
        """The row of a record, or None after findings. ``amend`` may add to the values, or reject them."""
        found, sound = self.values(record)
        if amend is not None and not amend(found):
            sound = False
        return self.build(record, model, found) if sound else None

    def build(self, record: Record, model: type[RowT], values: Mapping[str, object]) -> Located[RowT] | None:
        """The model of values that were read; what the model refuses becomes findings."""
        try:
            return Located(model.model_validate(values), record)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                name = str(detail["loc"][0]) if detail["loc"] else ""
                if name and name not in record.headings:
                    continue  # the missing column has been reported once for all rows
                rule = PYDANTIC_RULES.get(detail["type"], "number-expected")
                context = detail.get("ctx", {})
                bounds = [text.format(context[key]) for key, text in _BOUNDS.items() if key in context]
                cell = record.cells.get(name)
                self.collector.add(
                    rule,
                    record.place(name),
                    header=record.header(name),
                    found=shown(cell) if cell is not None else None,
                    expected=_expected(model, name, bounds),
                    sheet=record.sheet.name,
                )
            return None


def _expected(model: type[Row], name: str, bounds: list[str]) -> str:
    """The range of a field, in words: both ends where the model has both."""
    info = model.model_fields.get(name)
    ends = {}
    for mark in info.metadata if info else ():
        for key in _BOUNDS:
            if hasattr(mark, key):
                ends[key] = getattr(mark, key)
    if "ge" in ends and "le" in ends:
        return f"{ends['ge']} to {ends['le']}"
    return " and ".join(bounds) or name


def spot_of(record: Record, name: str) -> Spot:
    """Where a field of a record stands."""
    return Spot(record.place(name), record.header(name), text_file=record.sheet.from_csv)


def consensus_or(assessor: str) -> str:
    """``consensus`` in any of the five languages, else the assessor."""
    return "consensus" if words.value_of("consensus", assessor) is not None else slug(assessor)


def _nearest_id(id_: str, options: Mapping[str, str]) -> str | None:
    """The id that was meant: one with that very name, else the one that is written most like it."""
    by_name = {slug(name): key for key, name in options.items() if name}
    if id_ in by_name:
        return by_name[id_]
    close = nearest(id_, options)
    if close is not None:
        return close
    named = nearest(id_, by_name)
    return by_name[named] if named else None


def _some(options: Mapping[str, str], most: int = 6) -> str | None:
    """The first few ids, for what was expected."""
    if not options:
        return None
    names = list(options)[:most]
    return ", ".join(names) + (" …" if len(options) > most else "")


def found_text(record: Record, name: str) -> str:
    """A cell of a record in quotation marks."""
    return quote(shown(record.cells.get(name)))
