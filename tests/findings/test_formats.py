"""What each format prints, and what the services that read it hold to."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import jsonschema
import pytest
from defusedxml import ElementTree
from rich.console import Console
from rich.text import Text
from syrupy.assertion import SnapshotAssertion

from dualeco_cli.checks.formats import FORMATS, Context, segments, summarise, summary_line
from dualeco_cli.checks.formats.grouping import mentions
from dualeco_cli.model.finding import FindingsReport, Severity

from .samples import CONTEXT, ERROR, INFO, WARNING, finding, many, study

SARIF = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {
        "text": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {"text": {"type": "string", "minLength": 1}},
        },
        "level": {"enum": ["none", "note", "warning", "error"]},
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": r"^[A-Z]\d{3}$"},
                "name": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "fullDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
                "defaultConfiguration": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"level": {"$ref": "#/$defs/level"}},
                },
            },
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation", "region"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "additionalProperties": False,
                            "properties": {
                                "uri": {"type": "string", "pattern": r"^[!-\[\]-~]+$"},
                                "uriBaseId": {"const": "%SRCROOT%"},
                            },
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "additionalProperties": False,
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
                "logicalLocations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"name": {"type": "string"}, "fullyQualifiedName": {"type": "string"}},
                    },
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/text"},
                "locations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/location"}},
                "partialFingerprints": {
                    "type": "object",
                    "additionalProperties": {"type": "string", "pattern": r"^[0-9a-f]{32}:\d+$"},
                },
            },
        },
    },
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {"$ref": "#/$defs/rule"},
                                    },
                                },
                            }
                        },
                    },
                    "originalUriBaseIds": {"type": "object"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
}


def sarif(report: FindingsReport, context: Context = CONTEXT) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FORMATS["sarif"](report, context))
    jsonschema.Draft202012Validator(SARIF).validate(document)
    run: dict[str, Any] = document["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return run


def nothing(files: int = 1) -> FindingsReport:
    return summarise([], [f"{number}.xlsx" for number in range(files)])


@pytest.mark.parametrize("name", FORMATS)
def test_snapshot(name: str, snapshot: SnapshotAssertion) -> None:
    assert FORMATS[name](study(), CONTEXT) == snapshot


@pytest.mark.parametrize("name", FORMATS)
def test_without_findings(name: str, snapshot: SnapshotAssertion) -> None:
    assert FORMATS[name](nothing(), Context(files=("0.xlsx",), rules={}, version="1.2.3")) == snapshot


@pytest.mark.parametrize("name", FORMATS)
def test_ends_with_one_line_break(name: str) -> None:
    text = FORMATS[name](study(), CONTEXT)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", FORMATS)
def test_ten_thousand_findings_are_quick(name: str) -> None:
    report = many(10_000)
    start = time.perf_counter()
    FORMATS[name](report, CONTEXT)
    assert time.perf_counter() - start < 5


def test_summary_line_counts_in_words() -> None:
    assert summary_line(study()) == "3 files: 18 errors, 2 warnings, 12 notes"
    one = summarise([finding(), finding(severity=WARNING), finding(severity=INFO)], ["study.xlsx"])
    assert summary_line(one) == "1 file: 1 error, 1 warning, 1 note"
    assert summary_line(nothing(2)) == "2 files: 0 errors, 0 warnings, 0 notes"


# -- text ------------------------------------------------------------------------------------------


def test_text_ends_with_the_summary() -> None:
    assert FORMATS["text"](study(), CONTEXT).splitlines()[-1] == summary_line(study())


def test_text_tells_one_fault_of_a_column_once() -> None:
    text = FORMATS["text"](study(), CONTEXT)
    assert 'error C102 number-expected: 12 cells in column E "Valore": E3, E4, E5 …\n' in text
    assert text.count("C102") == 1


def test_text_names_all_of_a_few_places() -> None:
    report = summarise([finding(cell=f"D{row}") for row in range(2, 7)], ["study.xlsx"])
    assert "5 cells in column D: D2, D3, D4, D5, D6\n" in FORMATS["text"](report, CONTEXT)


def test_text_names_rows_as_rows() -> None:
    report = summarise([finding(cell=f"{row}:{row}") for row in (4, 9)], ["study.xlsx"])
    assert "2 rows: 4, 9\n" in FORMATS["text"](report, CONTEXT)


def test_text_names_every_missing_column() -> None:
    text = FORMATS["text"](study(), CONTEXT)
    assert all(f"There is no column {field}." in text for field in ("id", "title", "source", "country"))


def test_text_gives_each_kind_of_note_one_line() -> None:
    notes = [line for line in FORMATS["text"](study(), CONTEXT).splitlines() if "note C105" in line]
    assert notes == ['    note C105 number-as-text: 12 cells: G20, E21, F22 …: "20" is stored as text. …']


def test_text_puts_errors_before_warnings_on_a_sheet() -> None:
    report = summarise(
        [finding("C103", WARNING, cell="A2"), finding("C105", INFO, cell="A3"), finding(cell="A9")],
        ["study.xlsx"],
    )
    text = FORMATS["text"](report, CONTEXT)
    assert text.index("error C102") < text.index("warning C103") < text.index("note C105")


def test_text_does_not_say_twice_what_the_message_says() -> None:
    report = summarise(
        [finding(found="hihg", expected="high or low", suggestion="high", message="hihg: high or low.")],
        ["study.xlsx"],
    )
    text = FORMATS["text"](report, CONTEXT)
    assert "Found:" not in text
    assert "      expected:" not in text
    assert "Did you mean" not in text


@pytest.mark.parametrize(
    ("message", "text", "quoted"),
    [
        ('"14" is off.', "4", False),
        ('"14" is off, not 4.', "4", True),
        ("4", "4", True),
        ("4s", "4", False),
        ("It is (a|b).", "(a|b)", True),
        ("No: " + "x" * 75 + "…", "x" * 200, True),
        ("No.", "x" * 200, False),
    ],
)
def test_a_message_quotes_whole_words(message: str, text: str, quoted: bool) -> None:
    assert mentions(message, text) is quoted


def test_text_says_what_the_message_leaves_out() -> None:
    report = summarise([finding(found="hihg", expected="a word", suggestion="high")], ["study.xlsx"])
    text = FORMATS["text"](report, CONTEXT)
    assert 'Something is wrong. Found: "hihg". Did you mean "high"?\n' in text
    assert "expected: a word\n" in text


def test_text_in_colour_is_the_plain_text() -> None:
    console = Console(force_terminal=True, width=40, color_system="truecolor")
    with console.capture() as capture:
        console.print(Text.assemble(*segments(study())), soft_wrap=True, end="")
    assert "\x1b[1;31merror H101" in capture.get()
    assert re.sub(r"\x1b\[[\d;]*m", "", capture.get()) == FORMATS["text"](study(), CONTEXT)


# -- concise ---------------------------------------------------------------------------------------


def test_concise_has_one_line_per_finding() -> None:
    lines = FORMATS["concise"](study(), CONTEXT).splitlines()
    assert len(lines) == len(study().findings)
    assert all(re.match(r"\S+(:\S.*)?: (error|warning|note) [A-Z]\d{3} [a-z-]+ \S", line) for line in lines)
    assert any(line.startswith("study.xlsx:'My sheet'!9:9: warning R103 row-of-totals ") for line in lines)


# -- json ------------------------------------------------------------------------------------------


def test_json_is_complete_and_reads_back() -> None:
    text = FORMATS["json"](study(), CONTEXT)
    assert FindingsReport.model_validate_json(text) == study()
    document = json.loads(text)
    assert list(document) == ["findings", "summary"]
    assert list(document["findings"][0]) == [
        "code",
        "name",
        "severity",
        "file",
        "sheet",
        "cell",
        "header",
        "found",
        "expected",
        "suggestion",
        "message",
    ]


# -- github ----------------------------------------------------------------------------------------


def crowd() -> FindingsReport:
    return summarise(
        (
            finding(code, severity, cell=f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column]}{row}")
            for code, severity in (("C201", WARNING), ("C101", ERROR), ("C301", INFO))
            for column in range(25)
            for row in (2, 3)
        ),
        ["study.xlsx"],
    )


def test_github_emits_no_more_than_the_service_shows() -> None:
    lines = FORMATS["github"](crowd(), CONTEXT).splitlines()
    kinds = [line.split(" ", 1)[0] for line in lines[:-1]]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert "30 errors and 30 warnings more" in lines[-2]
    assert lines[-1] == summary_line(crowd())


def test_github_says_nothing_of_notes_alone() -> None:
    report = summarise([finding(severity=INFO)], ["study.xlsx"])
    assert FORMATS["github"](report, CONTEXT) == "1 file: 0 errors, 0 warnings, 1 note\n"


def test_github_paths_start_at_the_checkout() -> None:
    report = summarise([finding(file="/home/runner/work/repo/data/study.xlsx")], [])
    text = FORMATS["github"](report, Context(root="/home/runner/work/repo"))
    assert ",file=data/study.xlsx,line=3,col=4::" in text


# -- sarif -----------------------------------------------------------------------------------------


def test_sarif_is_sound() -> None:
    run = sarif(study())
    assert len(run["results"]) == len(study().findings)
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} >= set(CONTEXT.rules)


def test_sarif_with_the_whole_catalogue_is_sound() -> None:
    sarif(study(), Context())


def test_sarif_knows_the_place() -> None:
    (result,) = sarif(summarise([finding(file="a/my study.xlsx", cell="AB12")], []))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "a/my%20study.xlsx"
    assert location["physicalLocation"]["region"] == {"startLine": 12, "startColumn": 28}
    assert location["logicalLocations"] == [{"name": "AB12", "fullyQualifiedName": "Practices!AB12"}]


@pytest.mark.parametrize(
    ("sheet", "cell", "region"),
    [
        (None, None, {"startLine": 1}),
        ("Practices", None, {"startLine": 1}),
        ("Practices", "7:7", {"startLine": 7}),
    ],
)
def test_sarif_gives_every_finding_a_region(
    sheet: str | None, cell: str | None, region: dict[str, int]
) -> None:
    (result,) = sarif(summarise([finding(sheet=sheet, cell=cell)], []))["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == region


def fingerprints(report: FindingsReport, context: Context = CONTEXT) -> set[str]:
    return {
        result["partialFingerprints"]["primaryLocationLineHash"]
        for result in sarif(report, context)["results"]
    }


def test_sarif_fingerprints_survive_a_row_put_in_above() -> None:
    before = summarise([finding(cell="D3", found="x"), finding(cell="D9", found="x")], [])
    after = summarise([finding(cell="D4", found="x"), finding(cell="D10", found="x")], [])
    assert fingerprints(before) == fingerprints(after)
    assert len(fingerprints(before)) == 2
    assert fingerprints(before) != fingerprints(summarise([finding(cell="E3", found="x")], []))


def test_sarif_fingerprints_and_uris_do_not_depend_on_the_checkout() -> None:
    here = summarise([finding(file="/a/study.xlsx")], [])
    there = summarise([finding(file="/b/c/study.xlsx")], [])
    assert fingerprints(here, Context(root="/a")) == fingerprints(there, Context(root="/b/c"))
    (result,) = sarif(here, Context(root="/a"))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "study.xlsx", "uriBaseId": "%SRCROOT%"}
    (result,) = sarif(here, Context(root="/b"))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///a/study.xlsx"}


def test_sarif_levels() -> None:
    report = summarise([finding(cell=f"D{row}", severity=kind) for row, kind in enumerate(Severity, 2)], [])
    assert [result["level"] for result in sarif(report)["results"]] == ["error", "warning", "note"]


# -- junit -----------------------------------------------------------------------------------------


def test_junit_counts_add_up() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](study(), CONTEXT))
    assert root.tag == "testsuites"
    assert [suite.get("name") for suite in root] == ["study.xlsx", "broken.xlsx", "clean.ods"]
    for holder in (root, *root):
        assert holder.get("tests") == str(len(list(holder.iter("testcase"))))
        assert holder.get("failures") == str(len(list(holder.iter("failure"))))
        assert holder.get("skipped") == str(len(list(holder.iter("skipped"))))
    for case in root.iter("testcase"):
        assert case.get("name")
        assert case.get("classname")
    for element in (*root.iter("failure"), *root.iter("skipped")):
        assert element.get("message")
        assert element.text


def test_junit_passes_a_file_without_faults() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](study(), CONTEXT))
    clean = root[2]
    assert [case.get("name") for case in clean] == ["no errors, no warnings"]
    assert len(clean[0]) == 0


def test_junit_keeps_notes_out_of_the_cases() -> None:
    report = summarise([finding(severity=INFO, message="By the way.")], ["study.xlsx"])
    (suite,) = ElementTree.fromstring(FORMATS["junit"](report, Context(files=("study.xlsx",))))
    assert suite.get("failures") == suite.get("skipped") == "0"
    assert suite.findtext("system-out") == "Practices!D3: By the way."


def test_junit_does_not_pass_a_folder_beside_its_files() -> None:
    report = summarise([finding(file="data/Practices.csv")], ["data"])
    root = ElementTree.fromstring(FORMATS["junit"](report, Context(files=("data",))))
    assert [suite.get("name") for suite in root] == ["data/Practices.csv"]


# -- markdown --------------------------------------------------------------------------------------


def test_markdown_stops_before_services_cut_it() -> None:
    report = summarise((finding(sheet=f"S{number}", cell="A2") for number in range(700)), ["study.xlsx"])
    text = FORMATS["markdown"](report, CONTEXT)
    assert text.count("\n| error |") == 500
    assert "… and 200 groups more" in text
