"""The JSON Schemas of rows, findings and report, made from the models.

``dualeco schema`` writes them; those in the repository's ``schemas`` folder are kept equal to the models by a
test. What pydantic cannot know of a column (how its cells are read, which sheet it refers to) is added under
``x-column``, and in words for those who only read.
"""

from __future__ import annotations

import inspect
import json
import re
from typing import Any, TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from dualeco_cli.model.finding import FindingsReport
from dualeco_cli.model.insight import Hindsight
from dualeco_cli.model.result import Report
from dualeco_cli.model.rows import SHEETS, Column, Kind, Row, Settings, columns

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: Part of each ``$id``; raised when a change could break a script that reads the files.
VERSION = 1

_LEVEL = {
    "title": "Cell of levels",
    "description": (
        "A filled cell of Merits or Requirements: '3', '3!', '2?', '3!?' or 'n/a' on the sheet. "
        "A blank cell is unknown and is not there at all; 0 is known to need nothing."
    ),
    "value": "The level on the scale of the indicator; null for n/a: the question does not arise.",
    "critical": "The cell ends in '!': the requirement is critical for this practice.",
    "low": "The cell has a trailing '?': low confidence.",
}

_KINDS = {
    Kind.TEXT: "Any text.",
    Kind.ID: "Any text; compared and printed as a slug: lower case, no accents, '-' for blanks.",
    Kind.REFERENCE: "An id of the sheet {refers_to}.",
    Kind.NUMBER: "A number.",
    Kind.WHOLE: "A whole number.",
    Kind.WORD: "One of a fixed list of words.",
    Kind.WORDS: "Words of a fixed list, on the sheet parted by commas, semicolons, slashes or line breaks.",
    Kind.WEIGHT: "A number, on the sheet also high (2), medium (1) or low (0.5).",
    Kind.STEP: "The distance of two levels; 0, on the sheet also 'continuous', for a scale without levels.",
    Kind.EQF: "A level of the European Qualifications Framework, or a range such as 4-5.",
    Kind.LEVEL: "A level, n/a, or blank for unknown.",
    Kind.RATIO: "A number, on the sheet also a fraction such as 1/3.",
    Kind.ANY: "A number or a text.",
}

#: What the kind of a column does not say, by model and field.
_SAID = {
    ("Practice", "id"): "Made from the title where there is none.",
    ("Practice", "source"): "Where the practice comes from.",
    ("Practice", "objectives"): "What the practice is for; needs count where they serve one of these.",
    ("Practice", "core_functions"): "What makes the practice work and must survive an adaptation.",
    ("Merits", "levels"): "Indicator to level: one column per merit indicator, by id or name.",
    ("Requirements", "levels"): "Indicator to level: one column per condition indicator, by id or name.",
    ("Basis", "origin"): "Where the reason for the level comes from.",
    ("Assessment", "assessor"): "Who judges; 'consensus' wins over all others.",
    ("Assessment", "rating"): "On the scale of the indicator.",
    ("Assessment", "importance"): "Multiplies the weight of the indicator for this practice and target.",
    ("Adaptation", "required"): "What the adapted form requires in place of the practice's own level.",
    ("Pilot", "outcome"): "From 0 (failed) to 4 (a full success).",
    ("PanelRow", "dimension"): "What is weighed among all dimensions; a row has this or an indicator.",
    ("PanelRow", "indicator"): "What is weighed within its dimension; a row has this or a dimension.",
    ("PanelRow", "points"): "A share of a budget, a rank (1 is the most important), or with 'over' a ratio.",
    ("PanelRow", "over"): "What the dimension or indicator is compared with: points are then from 1/9 to 9.",
    ("Indicator", "worst"): "The goalpost that counts 0; above 'best' where less is better.",
    ("Indicator", "best"): "The goalpost that counts 1.",
    ("Indicator", "match"): "For conditions: whether more than is required is as good as what is required.",
    ("Indicator", "critical"): "For conditions: whether a practice is blocked where it is not met.",
    ("Indicator", "floor"): "For merits and judgements: a rating below it blocks the practice.",
    ("Indicator", "objective"): "For needs: the objective that a practice must serve for it to count.",
    ("Indicator", "effort"): "For conditions: of moving the target one step.",
    ("Indicator", "levels"): "Level to what it means in words: the columns level_0, level_1 and so on.",
    ("ProfileValue", "value"): "What the ecosystem has, on the scale of the indicator; blank is unknown.",
    ("Settings", "min_coverage"): "Smallest share of the weight that must be known, 0 to 1.",
    ("Settings", "transferable_from"): "Smallest score of a transferable practice, 0 to 100.",
    ("Settings", "adaptable_from"): "Smallest score of an adaptable practice, 0 to 100.",
    ("Settings", "compensation"): "full, partial, none, or the exponent q of the mean (at most 1).",
    ("Settings", "panel"): "What the points of the sheet Panel are: shares of a budget, ranks, or ratios.",
    ("Settings", "name"): "Name of the framework.",
    ("Settings", "version"): "Version of the framework.",
}


class _SameJsonSchema(GenerateJsonSchema):
    """The same text with every version of pydantic: those before 2.14 say less of a dataclass."""

    def dataclass_schema(self, schema: Any) -> Schema:
        """Say what the dataclass is and that it has no other fields."""
        made = super().dataclass_schema(schema)
        made.setdefault("additionalProperties", False)
        text = inspect.cleandoc(schema["cls"].__doc__ or "")
        if text:
            made.setdefault("description", text)
        return made


class _CompleteJsonSchema(_SameJsonSchema):
    """For what is written: a field that has a default is in the file all the same."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: ARG002 - pydantic's own
        return True


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file, in the order of the sheets; report and findings last."""
    found: dict[str, Schema] = {}
    for sheet, model in SHEETS.items():
        name = _file_stem(model)
        found[f"{name}.schema.json"] = _row_schema(model, name, f"One row of the sheet {sheet}.")
    found["settings.schema.json"] = _row_schema(Settings, "settings", "The rows of the sheet Settings, read.")
    for name, whole in (("report", Report), ("hindsight", Hindsight), ("findings", FindingsReport)):
        schema = whole.model_json_schema(
            mode="serialization", by_alias=True, schema_generator=_CompleteJsonSchema
        )
        found[f"{name}.schema.json"] = _finished(schema, name)
    return found


def schema_files() -> dict[str, str]:
    """The text of every schema, by the name of its file."""
    return {
        name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas().items()
    }


def _file_stem(model: type[BaseModel]) -> str:
    """``ProfileValue`` is ``profile-value``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", model.__name__).lower()


def _row_schema(model: type[Row], name: str, what: str) -> Schema:
    schema = model.model_json_schema(mode="validation", schema_generator=_SameJsonSchema)
    schema["description"] = f"{what} {schema.get('description', '')}"
    known = columns(model)
    for field, about in schema["properties"].items():
        column = known.get(field)
        texts = [_SAID.get((model.__name__, field), "")]
        if column is not None:
            texts += _column_texts(column)
            about["x-column"] = _annotation(column)
        about["description"] = " ".join(filter(None, texts))
    return _finished(schema, name)


def _column_texts(column: Column) -> list[str]:
    texts = [_KINDS[column.kind].format(refers_to=column.refers_to)]
    if column.starred:
        texts.append("The column must be there and filled." if column.key else "The column must be there.")
    return texts


def _annotation(column: Column) -> Schema:
    about: Schema = {"kind": str(column.kind), "required": column.starred, "key": column.key}
    if column.words:
        about["words"] = column.words
    if column.refers_to:
        about["refers_to"] = column.refers_to
    return about


def _finished(schema: Schema, name: str) -> Schema:
    level = schema.get("$defs", {}).get("Level")
    if level:
        level.update(title=_LEVEL["title"], description=_LEVEL["description"])
        for field, about in level["properties"].items():
            about["description"] = _LEVEL[field]
    schema["$schema"] = DIALECT
    schema["$id"] = f"dualeco:{name}:{VERSION}"
    ordered: Schema = _ordered(schema)
    return ordered


def _ordered(node: Any, *, is_properties: bool = False) -> Any:
    """Keywords in order of name, so that files differ only where schemas do; columns keep their own order."""
    if isinstance(node, list):
        return [_ordered(item) for item in node]
    if not isinstance(node, dict):
        return node
    ordered: Schema = {}
    for key in node if is_properties else sorted(node):
        value = node[key]
        if key == "description" and isinstance(value, str):
            # Docstrings are wrapped and marked up for readers of Python.
            ordered[key] = " ".join(re.sub(r":\w+:`([^`]*)`", r"'\1'", value).replace("``", "'").split())
        else:
            ordered[key] = _ordered(value, is_properties=key == "properties" and not is_properties)
    return ordered
