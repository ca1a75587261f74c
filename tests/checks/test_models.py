"""The models have the last word on a row: whatever they can refuse is a rule, and no fault goes unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from pydantic_core import core_schema

from dualeco_cli.checks.catalogue import BY_NAME
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.column_words import Lookup
from dualeco_cli.checks.records import PYDANTIC_RULES, Entry, RecordReader
from dualeco_cli.checks.tables import Heading, Record
from dualeco_cli.model.cells import Sheet
from dualeco_cli.model.rows import SHEETS, WIDE, Column, Kind, Role, Row, Settings, columns

#: The types of errors that a schema of each kind can raise, in a model that is strict. A kind that is not
#: here fails the test: somebody has to look up what it raises.
RAISES: dict[str, set[str]] = {
    "model": {"model_type", "model_attributes_type"},
    "model-fields": {"missing", "extra_forbidden"},
    "model-field": set(),
    "default": set(),
    "nullable": set(),
    "str": {"string_type", "string_unicode"},
    "int": {"int_type", "int_from_float", "int_parsing_size"},
    "float": {"float_type", "finite_number"},
    "bool": {"bool_type"},
    "enum": {"enum", "is_instance_of"},
    "literal": {"literal_error"},
    "tuple": {"tuple_type"},
    "dict": {"dict_type"},
    "union": set(),  # the errors of its branches
    "dataclass": {"dataclass_exact_type", "dataclass_type"},
    "dataclass-args": {"missing"},
    "dataclass-field": set(),
    "function-after": {"value_error"},
    "definitions": set(),
    "definition-ref": set(),
}

#: The types that a constraint of a schema adds.
CONSTRAINTS = {
    "min_length": "string_too_short",
    "pattern": "string_pattern_mismatch",
    "ge": "greater_than_equal",
    "gt": "greater_than",
    "le": "less_than_equal",
    "lt": "less_than",
}


def schemas(value: object) -> Iterator[dict[str, Any]]:
    """Every schema within a core schema, whatever it is nested in."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for key, part in value.items():
            if key not in {"metadata", "serialization", "function"}:
                yield from schemas(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from schemas(part)


def raised_by(model: type[Row]) -> set[str]:
    found: set[str] = set()
    for schema in schemas(model.__pydantic_core_schema__):
        kind = schema["type"]
        assert kind in RAISES, f"{model.__name__} has a schema of a kind that this test does not know: {kind}"
        found |= RAISES[kind]
        found |= {error for constraint, error in CONSTRAINTS.items() if constraint in schema}
    return found


MODELS: list[type[Row]] = [*SHEETS.values(), Settings]


@pytest.mark.parametrize("model", MODELS)
def test_every_error_that_a_model_can_raise_is_a_rule(model: type[Row]) -> None:
    assert raised_by(model) <= set(PYDANTIC_RULES)


def test_the_rules_for_errors_are_in_the_catalogue_and_their_types_exist() -> None:
    assert set(PYDANTIC_RULES.values()) <= set(BY_NAME)
    assert set(PYDANTIC_RULES) <= set(get_args(core_schema.ErrorType))
    reachable = set().union(*(raised_by(model) for model in MODELS))
    assert set(PYDANTIC_RULES) == reachable, "a rule for what no model raises"


@pytest.mark.parametrize("kind", SHEETS)
def test_what_a_model_refuses_is_told_at_its_cell(kind: str) -> None:
    """Also where the reading of cells let something through that it should not have."""
    model = SHEETS[kind]
    fields = list(columns(model))
    headings = {name: Heading(number, name, 1) for number, name in enumerate(fields, start=1)}
    record = Record(kind, Sheet("study.xlsx", kind, ()), 2, dict.fromkeys(fields, "x"), headings)
    for name in fields:
        collector = Collector()
        entry: Entry[Row] = Entry(record, {**_sound(model), name: object()})
        RecordReader(collector).build(entry, model)
        assert [finding.header for finding in collector.findings] == [name]
        assert collector.has_errors
        assert entry.row is None


def _sound(model: type[Row]) -> dict[str, object]:
    """Values for the fields of a model that must have one."""
    return {
        name: Role.MERIT if name == "role" else "x"
        for name, info in model.model_fields.items()
        if info.is_required()
    }


def test_models_are_strict() -> None:
    for model in SHEETS.values():
        assert model.model_config["strict"]
        assert model.model_config["extra"] == "forbid"
        assert model.model_config["allow_inf_nan"] is False
        with pytest.raises(ValidationError):
            model.model_validate({**_sound(model), "more": 1})


def test_every_column_says_how_it_is_read() -> None:
    for kind, model in SHEETS.items():
        for name, info in model.model_fields.items():
            marked = any(isinstance(mark, Column) for mark in info.metadata)
            assert marked or name == "levels", f"{kind}.{name}"
        for name, column in columns(model).items():
            assert not column.key or column.starred, f"{kind}.{name} is a key, so its column must be there"
            assert (column.kind is Kind.REFERENCE) is (column.refers_to is not None)
            assert (column.kind in {Kind.WORD, Kind.WORDS}) is (column.words is not None)


def test_the_lookup_knows_every_column(tmp_path: object) -> None:
    from dualeco_cli.checks.column_words import ColumnMap

    del tmp_path
    for kind in SHEETS:
        look = Lookup.of(kind, ColumnMap())
        for name in columns(SHEETS[kind]):
            assert look.field(name) == name, f"{kind}.{name}"
        assert kind not in WIDE or look.other("anything") is None
