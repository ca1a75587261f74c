"""Nothing that a finding says is left in English where the reader has another language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dualeco_cli.checks.catalogue import BY_NAME, RULES
from dualeco_cli.checks.formats import FORMATS, Context, summarise
from dualeco_cli.checks.load import Loaded, Options, UnknownName, load
from dualeco_cli.checks.rule_pages import FAMILIES, list_text, page_text
from dualeco_cli.data.words import first_value_words, value_words
from dualeco_cli.language import speaking
from dualeco_cli.model.finding import Finding
from dualeco_cli.model.rows import SHEETS, Settings, columns
from dualeco_cli.workbook.refusal import Refusal
from tests.checks.file_cases import FILE_CASES, FileCase
from tests.checks.rule_cases import CASES, PRACTICES, Case
from tests.support.checking import check
from tests.support.sheets import tables, workbook

from .pseudo import Pseudo, plain_words, speak

#: Ids of what is built in.
_STUDY = load([], Options()).study
assert _STUDY is not None
_BUILT_IN = [*_STUDY.ecosystems, *(indicator.id for indicator in _STUDY.framework.indicators)]
#: What is read in English, whatever the language of the reader.
_COLUMNS = [name for model in SHEETS.values() for name in columns(model)]
_LIST_WORDS = [row.word for row in value_words() if row.language == "en"]
_SETTINGS = [*Settings.model_fields, "full", "partial", "none"]
_LEVEL = re.compile(r"\blevel_[0-9]+")
_GAP = re.compile(r"\{[a-z_]+\}")
_OPTION = re.compile(r"--[a-z-]+")
#: Cells and codes, parts of a workbook, and names of regions behind their codes.
_ADDRESS = re.compile(r"\b[A-Z]{1,3}[0-9][0-9A-Z]*\b|\b[A-Z]{1,3}\b")
_PART = re.compile(r"[\w\[\]/.]+\.xml")
_REGION = re.compile(r"\([^()]*\)")


@pytest.fixture(autouse=True)
def another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, {"en": Pseudo({})})


def _in_first_column(text: str) -> Iterator[str]:
    """What the rows below the headers are called: ids."""
    for table in tables(text):
        yield table.name
        yield from (row[0] for row in table.rows[1:])


def _untranslated(finding: Finding, ids: Iterable[str]) -> list[str]:
    ids = [*ids, *_BUILT_IN, *SHEETS, finding.sheet or ""]
    files = [finding.file, Path(finding.file).name, "study.xlsx", "study2.xlsx", "other.xlsx"]
    message = finding.message
    for text in sorted([*files, str(Path(finding.file).parent)], key=len, reverse=True):
        message = message.replace(text, "")
    expected = finding.expected or ""
    if finding.name.startswith("nuts-"):
        message, expected = _REGION.sub("", message), _REGION.sub("", expected)
    message = _ADDRESS.sub("", message)
    left = plain_words(message, but_for=[*ids, *_names_of_columns(finding)])
    expected = _ADDRESS.sub("", _LEVEL.sub("", expected))
    allowed = [*ids, *_COLUMNS, *_LIST_WORDS, *_SETTINGS]
    return left + plain_words(expected, but_for=allowed)


def _names_of_columns(finding: Finding) -> list[str]:
    """Columns that a message names are what was expected."""
    names = (finding.expected or "").split(", ")
    return names if set(names) <= set(_COLUMNS) else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_what_a_finding_says(case: Case, tmp_path: Path) -> None:
    texts = [case.broken] if case.beside is None else [case.broken, case.beside]
    ids = [name for text in texts for name in _in_first_column(text)]
    for finding in _checked(case, tmp_path, texts).findings:
        assert _untranslated(finding, ids) == []
        assert finding.message != BY_NAME[finding.name].message


def _checked(case: Case, folder: Path, texts: list[str]) -> Loaded:
    if "{here}" in str(case.options):
        workbook(folder, PRACTICES, "other.xlsx")
    options = {
        name: tuple(one.format(here=folder) for one in value)
        if isinstance(value, tuple)
        else value.format(here=folder)
        if isinstance(value, str)
        else value
        for name, value in case.options.items()
    }
    return check(folder, *texts, **options)


#: What stands in the files themselves, and the words of libraries that say what is wrong with them.
_OF_FILES = ["xls", "budget.xlsx", "UTF-8", "Windows-1252", "MiB", "File is not a zip file"]


@pytest.mark.parametrize("case", FILE_CASES, ids=lambda case: case.rule)
def test_what_is_said_of_a_file(case: FileCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.MonkeyPatch.context() as only_while_reading:
        loaded = load([case.broken(tmp_path, only_while_reading)], case.options)
    del monkeypatch
    for finding in loaded.findings:
        message = _ADDRESS.sub("", _PART.sub("", _OPTION.sub("", finding.message)))
        known = [*_OF_FILES, *SHEETS, *_names_of_columns(finding)]
        assert plain_words(message, but_for=known) == []


def test_more_findings_than_anybody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dualeco_cli.checks.collector.MOST_FINDINGS", 1)
    loaded = check(tmp_path, "| Merits |\n| practice | documentation |\n| p | TRUE |\n| q | TRUE |")
    cut = next(finding for finding in loaded.findings if finding.name == "findings-cut")
    assert plain_words(cut.message) == []


def test_a_fiche_and_what_stands_twice(tmp_path: Path) -> None:
    fiche = "| Fair |\n| Title | Fair |\n| Titolo | Fiera |\n| Source | lombardy |"
    loaded = check(tmp_path, fiche)
    assert [finding.name for finding in loaded.findings] == ["column-duplicate"] * 2
    for finding in loaded.findings:
        assert _untranslated(finding, ()) == []
    rows = "".join(f"| fair | Fair {number} | lombardy |\n" for number in range(6))
    loaded = check(tmp_path, "| Practices |\n| id | title | source |\n" + rows)
    assert {finding.name for finding in loaded.findings} == {"key-duplicate"}
    for finding in loaded.findings:
        assert _untranslated(finding, ()) == []


def test_the_machine_readable_parts_stay_as_they_are(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Merits |\n| practice | documentation |\n| fair | high |")
    report = json.loads(FORMATS["json"](summarise(loaded.findings, loaded.files), Context()))
    [finding] = report["findings"]
    told = {key: finding[key] for key in ("code", "name", "severity", "sheet", "cell", "header", "found")}
    assert told == {
        "code": "C102",
        "name": "number-expected",
        "severity": "error",
        "sheet": "Merits",
        "cell": "B2",
        "header": "documentation",
        "found": "high",
    }


MANY = "| Merits |\n| practice | documentation | Phone |\n" + "".join(
    f"| p{number} | {value} | 1 |\n" for number, value in enumerate(["high", "TRUE", "nine", "5", '"3"'] * 2)
)


@pytest.mark.parametrize("name", ["text", "markdown", "junit", "github", "concise"])
def test_what_the_formats_add(name: str, tmp_path: Path) -> None:
    loaded = check(tmp_path, MANY)
    text = FORMATS[name](summarise(loaded.findings, loaded.files), Context(root=str(tmp_path)))
    text = text.replace(str(tmp_path), "").replace("&quot;", '"').replace("%0A", " ")
    text = re.sub(r"<[^<>]*?>|&#?\w+;", _only_texts, text)
    text = re.sub(r"::(?:error|warning|notice) [^:]*::", "", text)
    known = [
        *(f"{rule.code} {rule.name}" for rule in RULES),
        "study.xlsx",
        "documentation",
        "Merits",
        "Phone",
    ]
    concise = ["error", "warning", "note"] if name == "concise" else []
    left = plain_words(_ADDRESS.sub("", text), but_for=[*known, *concise])
    assert left == []


def _only_texts(tag: re.Match[str]) -> str:
    """Of a tag what people read: messages and names of cases."""
    return " ".join(re.findall(r'(?:message|<testcase[^>]* name)="([^"]*)"', tag[0]))


def test_sarif_explains_the_rules(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Merits |\n| practice | documentation |\n| fair | TRUE |")
    report = json.loads(FORMATS["sarif"](summarise(loaded.findings, loaded.files), Context()))
    [run] = report["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        text = rule["fullDescription"]["text"] + rule["help"]["text"]
        assert plain_words(_GAP.sub("", text)) == []
    assert plain_words(run["originalUriBaseIds"]["%SRCROOT%"]["description"]["text"]) == []
    assert all(plain_words(result["message"]["text"]) == [] for result in run["results"])


def test_the_pages_of_the_rules() -> None:
    for rule in RULES:
        assert plain_words(_GAP.sub("", page_text(rule)), but_for=[rule.code, rule.name]) == []
    assert (
        plain_words(list_text(), but_for=[rule.code + " " + rule.name for rule in RULES] + [*FAMILIES]) == []
    )


def test_names_that_lead_nowhere() -> None:
    for options in (Options(indicators="dualeko"), Options(ecosystems=("lombardi",))):
        with pytest.raises(UnknownName) as caught:
            load([], options)
        assert plain_words(str(caught.value), but_for=caught.value.options) == []


def test_a_refusal_that_is_let_pass() -> None:
    assert plain_words(str(Refusal("file-empty"))) == []


def test_numbers_and_list_words_are_those_of_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, {})
    with speaking("de"):
        loaded = check(
            tmp_path,
            '| Profile |\n| ecosystem | indicator | value |\n| bremen | neet_rate | "12.345" |\n\n'
            "| Practices |\n| title | source | objectives |\n| Fair | lombardy | Qualitaet, Zertifizirung |",
        )
    by_code = {finding.code: finding for finding in loaded.findings}
    number, word = by_code["C103"], by_code["C109"]
    assert (number.found, number.suggestion) == ("12.345", "12,345")
    assert number.message.startswith('"12.345" can be read as 12,345 or as 12345;')
    words = first_value_words("objective", "de")
    assert word.expected == ", ".join(words.values())
    assert word.suggestion == words["certification"]
