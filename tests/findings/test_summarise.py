"""The order of a report does not depend on the order in which rules look."""

from __future__ import annotations

import pytest

from dualeco_cli.checks.formats import summarise
from dualeco_cli.checks.formats.places import address, column_of, file_address, position, relative, uri

from .samples import INFO, WARNING, finding


def test_order_is_file_sheet_row_column_code() -> None:
    ordered = [
        finding(file="b.xlsx", sheet=None, cell=None),
        finding(file="b.xlsx", sheet="Two", cell=None),
        finding(file="b.xlsx", sheet="Two", cell="2:2"),
        finding(file="b.xlsx", sheet="Two", cell="B2"),
        finding(file="b.xlsx", sheet="Two", cell="AA2"),
        finding("C103", file="b.xlsx", sheet="Two", cell="AA2"),
        finding(file="b.xlsx", sheet="Two", cell="A10"),
        finding(file="b.xlsx", sheet="One", cell="A1"),
        finding(file="a.xlsx", sheet="One", cell="A1"),
    ]
    for step in range(1, len(ordered)):
        mixed = ordered[::-1][step:] + ordered[::-1][:step]
        report = summarise(mixed, ["b.xlsx", "a.xlsx"], {"b.xlsx": ["Two", "One"]})
        assert list(report.findings) == ordered


def test_the_same_finding_twice_is_one() -> None:
    report = summarise([finding(), finding(), finding(cell="D4")], ["study.xlsx"])
    assert len(report.findings) == 2
    assert report.summary.errors == 2


def test_findings_that_differ_are_both_kept() -> None:
    assert len(summarise([finding(found="x"), finding(found="y")], []).findings) == 2


def test_counts() -> None:
    report = summarise([finding(), finding(severity=WARNING), finding(severity=INFO)], ["a", "b", "a"])
    assert report.summary.model_dump() == {"files": 2, "errors": 1, "warnings": 1, "infos": 1}


def test_files_of_a_folder_stand_in_its_place() -> None:
    found = [finding(file=file) for file in ("z.xlsx", "data/b.csv", "other.xlsx", "data/a.csv")]
    report = summarise(found, ["data", "z.xlsx"])
    assert [one.file for one in report.findings] == ["data/a.csv", "data/b.csv", "z.xlsx", "other.xlsx"]


def test_sheets_not_named_follow_as_they_come() -> None:
    found = [finding(sheet=sheet) for sheet in ("New", "Practices", "Newer")]
    report = summarise(found, ["study.xlsx"], {"study.xlsx": ["Practices"]})
    assert [one.sheet for one in report.findings] == ["Practices", "New", "Newer"]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("D3", (3, 4)),
        ("AA10", (10, 27)),
        ("3:3", (3, None)),
        (None, (None, None)),
        ("A1:B2", (1, 1)),
        ("?", (None, None)),
    ],
)
def test_position(cell: str | None, place: tuple[int | None, int | None]) -> None:
    assert position(cell) == place


def test_column_of() -> None:
    assert (column_of("AB3"), column_of("3:3"), column_of(None)) == ("AB", None, None)


@pytest.mark.parametrize(
    ("sheet", "cell", "text"),
    [
        ("Practices", "D3", "Practices!D3"),
        ("Prácticas", "D3", "Prácticas!D3"),
        ("My sheet", "D3", "'My sheet'!D3"),
        ("It's", None, "'It''s'"),
        ("2024", "3:3", "'2024'!3:3"),
        (None, None, ""),
    ],
)
def test_address(sheet: str | None, cell: str | None, text: str) -> None:
    assert address(sheet, cell) == text


def test_file_address() -> None:
    assert file_address(finding()) == "study.xlsx:Practices!D3"
    assert file_address(finding(sheet=None, cell=None)) == "study.xlsx"


def test_paths() -> None:
    assert relative("./a/b.xlsx", None) == "a/b.xlsx"
    assert relative("/r/a/b.xlsx", "/r") == "a/b.xlsx"
    assert relative("/q/b.xlsx", "/r") == "/q/b.xlsx"
    assert uri("a:b%.xlsx", None) == "a%3Ab%25.xlsx"
    assert uri("../è.xlsx", None) == "../%C3%A8.xlsx"
