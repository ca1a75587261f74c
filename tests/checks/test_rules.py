"""Every rule of the catalogue: what breaks it, where that is said, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks import collector
from dualeco_cli.checks.catalogue import BY_CODE, BY_NAME, RULES
from dualeco_cli.checks.load import load
from dualeco_cli.checks.rule_pages import FAMILIES
from dualeco_cli.model.finding import Severity
from tests.support.checking import check, said, where
from tests.support.sheets import workbook

from .file_cases import FILE_CASES, FileCase
from .judging_cases import JUDGING
from .rule_cases import CASES as READING
from .rule_cases import PRACTICES, Case

CASES = [*READING, *JUDGING]


def test_every_rule_has_a_case() -> None:
    with_case = [case.rule for case in CASES] + [case.rule for case in FILE_CASES] + ["findings-cut"]
    assert sorted(with_case) == sorted(BY_NAME)


def test_the_catalogue_is_whole() -> None:
    assert len(BY_NAME) == len(BY_CODE) == len(RULES)
    for rule in RULES:
        assert rule.code[0] in FAMILIES
        for text in (rule.message, rule.why, rule.fix, rule.example):
            assert text.endswith((".", "?")), rule.code
            assert text == text.strip(), rule.code


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_what_breaks_a_rule(case: Case, tmp_path: Path) -> None:
    code = BY_NAME[case.rule].code
    texts = [case.broken] if case.beside is None else [case.broken, case.beside]
    loaded = check(tmp_path, *texts, **_options(case, tmp_path, PRACTICES))
    expected = [code if place == "." else f"{code} {place}" for place in case.at]
    assert said(loaded) == sorted(expected)
    first = next(f for f in loaded.findings if where(f).removeprefix(code).strip() in {case.at[0], ""})
    assert (first.name, first.severity) == (case.rule, BY_CODE[code].severity)
    if case.found is not None:
        assert first.found == case.found
    if case.expected is not None:
        assert first.expected == case.expected
    assert first.suggestion == case.suggestion
    for words in case.says:
        assert words in first.message
    assert "…" not in first.message, "a parameter of the message is missing"
    assert "None" not in first.message
    is_error = BY_CODE[code].severity is Severity.ERROR
    assert (loaded.study is None) is is_error, "only errors stand against a study"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_what_does_not_break_it(case: Case, tmp_path: Path) -> None:
    loaded = check(tmp_path, case.sound, **_options(case, tmp_path, _OTHER))
    assert said(loaded) == sorted(case.notes)


_OTHER = """
    | Indicators |
    | id  | dimension | name | role      |
    | law | region    | Law  | condition |

    | Ecosystems |
    | id     | name   |
    | bremen | Bremen |
"""


def _options(case: Case, folder: Path, other: str) -> dict[str, object]:
    """The options of a case; a file that they name is written."""
    if "{here}" not in str(case.options):
        return dict(case.options)
    workbook(folder, other, "other.xlsx")
    return {
        name: tuple(v.format(here=folder) for v in value)
        if isinstance(value, tuple)
        else value.format(here=folder)
        for name, value in case.options.items()
    }


@pytest.mark.parametrize("case", FILE_CASES, ids=lambda case: case.rule)
def test_what_a_file_can_have(case: FileCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load([case.broken(tmp_path, monkeypatch)], case.options)
    monkeypatch.undo()
    rule = BY_NAME[case.rule]
    codes = [finding.code for finding in loaded.findings]
    assert codes == [rule.code] or (rule.code in codes and not case.alone)
    finding = loaded.findings[codes.index(rule.code)]
    assert "…" not in finding.message.replace(", …", "")
    for words in case.says:
        assert words in finding.message
    assert loaded.unreadable is (rule.severity is Severity.ERROR and case.refused)


def test_a_file_that_breaks_nothing(tmp_path: Path) -> None:
    assert said(check(tmp_path, PRACTICES)) == []


def test_more_findings_than_anybody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "MOST_FINDINGS", 5)
    rows = "".join(f"| p{number} | TRUE |\n" for number in range(20))
    loaded = check(tmp_path, "| Merits |\n| practice | documentation |\n" + rows)
    assert said(loaded) == ["C107 Merits!B2", *(f"C107 Merits!B{row}" for row in range(3, 7)), "F210"]
    assert loaded.study is None


def test_notes_do_not_hide_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "MOST_FINDINGS", 1)
    rows = '| p | "3" |\n| q | "2" |\n| r | TRUE |'
    loaded = check(tmp_path, f"| Merits |\n| practice | documentation |\n{rows}")
    assert said(loaded) == ["C105 Merits!B2", "C107 Merits!B4", "F210"]
    assert loaded.study is None
