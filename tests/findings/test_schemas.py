"""The JSON Schemas: sound, equal to the models, and true of what is written."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dualeco_cli.checks.formats import FORMATS
from dualeco_cli.model.result import (
    AdaptationResult,
    Agreement,
    Barrier,
    DimensionResult,
    FrameworkName,
    IndicatorResult,
    Input,
    LeaderStability,
    Method,
    Pairwise,
    PracticeClass,
    PracticeResult,
    Report,
    Robustness,
    Split,
    Step,
    TargetResult,
    Tool,
)
from dualeco_cli.model.result import Path as PathToNext
from dualeco_cli.model.rows import SHEETS, Indicator, Level, Requirements, Role, columns
from dualeco_cli.model.schemas import schema_files, schemas

from .samples import CONTEXT, hostile, study

FOLDER = Path(__file__).parents[2] / "schemas"
NAMES = sorted(schemas())


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[f"{name}.schema.json"])


def report() -> Report:
    practice = PracticeResult(
        id="tkgune",
        title="TKgune",
        source="basque-country",
        rank=1,
        score=61.5,
        lower=50.0,
        upper=70.25,
        coverage=0.8,
        class_=PracticeClass.ADAPTABLE,
        barriers=(Barrier(indicator="law", required=3.0, actual=2.0, gap=0.25),),
        open_questions=("money",),
        dimensions=(DimensionResult(id="governance", score=None, lower=0.0, upper=100.0, weight=0.2),),
        indicators=(
            IndicatorResult("law", "governance", "condition", 3.0, 2.0, 0.75, 0.75, 0.75, 0.2, 15.0, "known"),
            IndicatorResult(
                "fit", "governance", "judgement", None, None, None, None, None, None, None, "n/a"
            ),
        ),
        adaptations=(
            AdaptationResult(id="light", score=80.0, class_=PracticeClass.TRANSFERABLE, coverage=1),
        ),
        path=PathToNext(
            to=PracticeClass.TRANSFERABLE,
            effort=2.0,
            steps=(Step(indicator="law", from_=2.0, to=3.0),),
            score=76.0,
        ),
        robustness=Robustness(
            mean=61.0,
            p05=55.0,
            p95=66.0,
            expected_rank=1.1,
            rank_acceptability=(0.9, 0.1),
            class_probability={"adaptable": 1.0},
            barrier_probability={"law": 0.4},
            central_weights=None,
        ),
    )
    return Report(
        tool=Tool(version="1.2.3"),
        inputs=(Input(path="study.xlsx", sha256="0" * 64),),
        framework=FrameworkName(id="dualeco"),
        method=Method(compensation="none"),
        targets=(
            TargetResult(
                id="bremen",
                name="Bremen",
                practices=(practice,),
                pairwise=Pairwise(practices=("tkgune",), wins=((0.5,),)),
                agreement=Agreement(
                    alpha=None,
                    units=0,
                    split=(Split(practice="tkgune", indicator="fit", ratings=(1.0, 4.0)),),
                ),
                leader_stability=(LeaderStability(dimension="governance", low=0.0, high=None),),
            ),
            TargetResult(id="lombardy", name="Lombardy", practices=()),
        ),
    )


def test_the_folder_is_what_the_models_say() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert written == schema_files(), "run 'dualeco schema' in the root of the repository"


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_sound(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"dualeco:{name.removesuffix('.schema.json')}:1"
    assert schema["title"]


def test_ids_are_unique() -> None:
    assert len({schema["$id"] for schema in schemas().values()}) == len(NAMES)


def test_files_are_stable_text() -> None:
    assert schema_files() == schema_files()
    for text in schema_files().values():
        assert text.startswith('{\n  "$')
        assert text.endswith("}\n")
        assert not text.endswith("\n\n")


def test_every_sheet_has_a_schema_with_its_columns_in_order() -> None:
    by_title = {schema["title"]: schema for schema in schemas().values()}
    for sheet, model in SHEETS.items():
        schema = by_title[model.__name__]
        assert f"sheet {sheet}." in schema["description"]
        assert list(schema["properties"]) == list(model.model_fields)
        for field, column in columns(model).items():
            about = schema["properties"][field]["x-column"]
            assert about["kind"] == column.kind
            assert (about["required"], about["key"]) == (column.starred, column.key)
            assert about.get("refers_to") == column.refers_to
            assert about.get("words") == column.words


def test_every_field_of_a_row_is_described() -> None:
    for name, schema in schemas().items():
        if name not in {"report.schema.json", "hindsight.schema.json", "findings.schema.json"}:
            for about in schema["properties"].values():
                assert about["description"]


def descriptions(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in descriptions(item)]
    if not isinstance(node, dict):
        return []
    own = [node["description"]] if isinstance(node.get("description"), str) else []
    return own + [text for value in node.values() for text in descriptions(value)]


@pytest.mark.parametrize("name", NAMES)
def test_descriptions_are_plain_text(name: str) -> None:
    for text in descriptions(schemas()[name]):
        assert not set("`\n{}") & set(text)
        assert "  " not in text


@pytest.mark.parametrize("name", ["merits", "requirements", "adaptation"])
def test_cells_of_levels_can_be_understood(name: str) -> None:
    level = schemas()[f"{name}.schema.json"]["$defs"]["Level"]
    assert "3!" in level["description"]
    assert "blank" in level["description"].lower()
    assert "n/a" in level["properties"]["value"]["description"]
    assert all(about["description"] for about in level["properties"].values())


def test_rows_hold_to_their_schema() -> None:
    row = Requirements(practice="tkgune", levels={"law": Level(3.0, critical=True), "money": Level(None)})
    validator("requirements").validate(row.model_dump(mode="json"))
    indicator = Indicator(id="law", dimension="governance", role=Role.CONDITION, levels={0.0: "none"})
    validator("indicator").validate(indicator.model_dump(mode="json"))
    assert not validator("indicator").is_valid({"id": "law", "dimension": "governance", "role": "rule"})
    assert not validator("indicator").is_valid({"id": "law", "dimension": "x", "role": "need", "effort": 0})
    assert not validator("practice").is_valid({"id": "a", "title": "A", "eqf_level": "9"})
    assert not validator("practice").is_valid({"id": "a", "title": "A", "colour": "red"})


def test_a_report_holds_to_its_schema() -> None:
    document = json.loads(report().model_dump_json(by_alias=True))
    validator("report").validate(document)
    assert document["targets"][0]["practices"][0]["class"] == "adaptable"
    document["targets"][0]["practices"][0]["class"] = "splendid"
    assert not validator("report").is_valid(document)


def test_the_schema_of_the_report_names_every_field() -> None:
    definitions = schemas()["report.schema.json"]["$defs"]
    for part in (IndicatorResult, Barrier, DimensionResult):
        fields = {field.name for field in dataclasses.fields(part)}
        assert set(definitions[part.__name__]["required"]) == fields
    assert {"from", "to", "indicator"} == set(definitions["Step"]["required"])
    assert {"class", "rank", "robustness"} <= set(definitions["PracticeResult"]["required"])


@pytest.mark.parametrize("sample", [study, hostile])
def test_findings_hold_to_their_schema(sample: Any) -> None:
    document = json.loads(FORMATS["json"](sample(), CONTEXT))
    validator("findings").validate(document)
    document["findings"][0]["severity"] = "fatal"
    assert not validator("findings").is_valid(document)
