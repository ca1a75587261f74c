from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import json_

#: The keys of the contract (design, section 6), by where they stand.
CONTRACT: dict[str, list[str]] = {
    "": ["tool", "inputs", "framework", "method", "targets"],
    "tool": ["name", "version"],
    "inputs.0": ["path", "sha256"],
    "framework": ["id", "version"],
    "method": ["compensation", "samples", "seed", "weight_spread"],
    "targets.0": ["id", "name", "practices", "pairwise", "agreement", "leader_stability"],
    "targets.0.practices.1": [
        *["id", "title", "source", "rank", "score", "lower", "upper", "coverage", "class", "barriers"],
        *["open_questions", "dimensions", "indicators", "adaptations", "path", "robustness"],
    ],
    "targets.0.practices.5.barriers.0": ["indicator", "required", "actual", "gap"],
    "targets.0.practices.1.dimensions.0": ["id", "score", "lower", "upper", "weight"],
    "targets.0.practices.1.indicators.0": [
        *["id", "dimension", "role", "required", "actual", "value", "lower", "upper", "weight"],
        *["contribution", "status"],
    ],
    "targets.0.practices.1.adaptations.0": ["id", "score", "class"],
    "targets.0.practices.1.path": ["to", "effort", "steps", "score", "reason"],
    "targets.0.practices.1.path.steps.0": ["indicator", "from", "to"],
    "targets.0.practices.1.robustness": [
        *["mean", "p05", "p95", "expected_rank", "rank_acceptability", "class_probability"],
        *["barrier_probability", "central_weights"],
    ],
    "targets.0.pairwise": ["practices", "wins"],
    "targets.0.agreement": ["alpha", "units", "split"],
    "targets.0.agreement.split.0": ["practice", "indicator", "ratings"],
    "targets.0.leader_stability.0": ["dimension", "low", "high"],
}


def load(report: Report, study: Study) -> Any:
    return json.loads(json_.render(report, study))


@pytest.mark.parametrize("place", sorted(CONTRACT))
def test_contract(report: Report, study: Study, place: str) -> None:
    part = load(report, study)
    for step in filter(None, place.split(".")):
        part = part[int(step)] if step.isdecimal() else part[step]
    assert set(CONTRACT[place]) <= set(part)
    assert not {"class_", "from_"} & set(part)


def test_schema(report: Report, study: Study) -> None:
    schema = Report.model_json_schema(by_alias=True, mode="serialization")
    jsonschema.Draft202012Validator(schema).validate(load(report, study))


def test_reads_back_as_the_same_report(report: Report, study: Study) -> None:
    assert Report.model_validate_json(json_.render(report, study)) == report


def test_form(report: Report, study: Study) -> None:
    text = json_.render(report, study)
    assert text.startswith(b'{\n  "tool": {\n')
    assert text.endswith(b"}\n")
    assert text == json_.render(report, study)


def test_numbers_are_not_rounded(report: Report, study: Study) -> None:
    report.targets[0].practices[0].score = 0.1 + 0.2
    assert load(report, study)["targets"][0]["practices"][0]["score"] == 0.1 + 0.2


def test_a_missing_number_is_null(report: Report, study: Study) -> None:
    practice = load(report, study)["targets"][0]["practices"][1]
    unknown = practice["indicators"][3]
    assert (unknown["status"], unknown["value"], unknown["lower"], unknown["upper"]) == (
        "unknown",
        None,
        0,
        1,
    )
    assert all(practice["indicators"][6][key] is None for key in ("value", "lower", "upper", "weight"))


@pytest.mark.parametrize(
    ("q", "shown"), [(1.0, 1.0), (0.0, 0.0), (-3.5, -3.5), ("none", "none"), (float("-inf"), "none")]
)
def test_compensation(report: Report, study: Study, q: float | str, shown: float | str) -> None:
    report.method = report.method.model_copy(update={"compensation": q})
    assert load(report, study)["method"]["compensation"] == shown
    assert report.method.compensation == q


def test_no_infinity_and_no_nan(report: Report, study: Study) -> None:
    report.targets[0].practices[0].score = float("nan")
    report.targets[0].practices[0].indicators[0].value = float("inf")
    text = json_.render(report, study)
    assert b"NaN" not in text
    assert b"Infinity" not in text


def test_hostile_text(attack: tuple[str, Report, Study]) -> None:
    text, report, study = attack
    practice = load(report, study)["targets"][0]["practices"][0]
    assert practice["title"] == text


def test_a_lone_surrogate_is_escaped(report: Report, study: Study) -> None:
    report.inputs[0].path = "file\udcff.xlsx"
    report.targets[0].practices[0].score = float("nan")
    whole = load(report, study)
    assert whole["inputs"][0]["path"] == "file\udcff.xlsx"
    assert whole["targets"][0]["practices"][0]["score"] is None
    assert whole["targets"][0]["practices"][0]["class"] == "transferable"
