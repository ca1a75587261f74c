"""The words of the five languages: complete, without two meanings, and true to what the project promised."""

from __future__ import annotations

import csv
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.data import words
from dualeco_cli.language import LANGUAGES, Language
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import SHEETS, Confidence, Match, Objective, Origin, Role, columns

VOCABULARY = Path(__file__).with_name("vocabulary.csv")
ENUMS: dict[str, type[StrEnum]] = {
    "role": Role,
    "match": Match,
    "objective": Objective,
    "confidence": Confidence,
    "weight": Confidence,
    "origin": Origin,
}
OTHER_VALUES = {
    "yes_no": {"yes", "no"},
    "not_applicable": {"n/a"},
    "not_known": {"unknown"},
    "consensus": {"consensus"},
    "continuous": {"continuous"},
    "panel": {"budget", "rank", "pairwise"},
    "total": {"total"},
}


def vocabulary() -> list[tuple[str, str, Language, str]]:
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        return [
            (row["sheet"], row["field"], language, row[language])
            for row in csv.DictReader(file)
            for language in LANGUAGES
        ]


def test_no_header_stands_for_two_columns_of_a_sheet() -> None:
    fields = defaultdict(set)
    for row in words.header_words():
        if row.field != "*":
            for spelling in words._spellings(row.word, row.language):
                fields[row.sheet, fold(spelling)].add(row.field)
    assert {key: found for key, found in fields.items() if len(found) > 1} == {}


def test_no_name_stands_for_two_sheets() -> None:
    sheets = defaultdict(set)
    for row in words.header_words():
        if row.field == "*" or row.sheet == words.GUIDE:
            for spelling in words._spellings(row.word, row.language):
                sheets[fold(spelling)].add(row.sheet)
    assert {name: found for name, found in sheets.items() if len(found) > 1} == {}


def test_no_word_stands_for_two_values_of_a_list() -> None:
    values = defaultdict(set)
    for row in words.value_words():
        for spelling in words._spellings(row.word, row.language):
            values[row.list, words.list_key(row.list, spelling)].add(row.value)
    assert {key: found for key, found in values.items() if len(found) > 1} == {}


def test_what_is_not_known_is_never_read_as_not_applicable() -> None:
    assert not set(words.list_words("not_known")) & set(words.list_words("not_applicable"))


def test_every_word_is_written_cleanly() -> None:
    for row in words.header_words():
        assert row.word == row.word.strip()
        assert fold(row.word), row
        assert row.language in LANGUAGES
    for value in words.value_words():
        assert value.word == value.word.strip()
        assert words.list_key(value.list, value.word), value
        assert value.language in LANGUAGES


def test_every_row_names_a_sheet_and_a_column_that_exist() -> None:
    known = {(sheet, field) for sheet, model in SHEETS.items() for field in columns(model)}
    known |= {(sheet, field) for sheet in SHEETS for field in ("*", "-", "~")}
    known |= {("Indicators", "level_*"), *((words.GUIDE, name) for name in ("*", *words.RESULTS))}
    assert {(row.sheet, row.field) for row in words.header_words()} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_and_column_has_a_word(language: Language) -> None:
    have = {(row.sheet, row.field) for row in words.header_words() if row.language == language}
    for sheet, model in SHEETS.items():
        assert {(sheet, field) for field in ("*", *columns(model))} <= have
    assert ("Indicators", "level_*") in have
    assert (words.GUIDE, "*") in have


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_of_a_report_has_a_name_that_is_passed_over(language: Language) -> None:
    results = [words.result_sheet(name, language) for name in words.RESULTS]
    inputs = [words.sheet_name(sheet, language) for sheet in SHEETS]
    names = [*results, *inputs, words.sheet_name(words.GUIDE, language)]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert {words.sheet_words()[fold(name)] for name in results} == {words.GUIDE}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("list_", sorted(ENUMS) + sorted(OTHER_VALUES))
def test_every_value_has_a_word(list_: str, language: Language) -> None:
    wanted = {str(value) for value in ENUMS[list_]} if list_ in ENUMS else OTHER_VALUES[list_]
    assert set(words.first_value_words(list_, language)) == wanted


@pytest.mark.parametrize("list_", sorted(ENUMS))
def test_the_value_itself_is_its_first_english_word(list_: str) -> None:
    for value, word in words.first_value_words(list_, "en").items():
        assert word == value


def test_the_promised_vocabulary_is_what_templates_print() -> None:
    for sheet, field, language, word in vocabulary():
        if field == "*":
            assert words.sheet_name(sheet, language) == word
        else:
            assert words.header(sheet, field, language) == word


def test_the_promised_vocabulary_is_read() -> None:
    for sheet, field, _language, word in vocabulary():
        if field == "*":
            assert words.sheet_words()[fold(word)] == sheet
        elif field.startswith("level_"):
            assert words.level_of(word) == float(field.removeprefix("level_"))
        else:
            assert words.column_words(sheet)[fold(word)] == field


@pytest.mark.parametrize("sheet", SHEETS)
def test_field_names_are_read_with_and_without_blanks(sheet: str) -> None:
    for field in columns(SHEETS[sheet]):
        assert words.column_words(sheet)[fold(field)] == field
        assert words.column_words(sheet)[fold(field.replace("_", " ").title())] == field
        assert words.first_words(sheet)[fold(field)] == field


def test_sheet_context_decides_between_two_meanings() -> None:
    assert words.column_words("Practices")[fold("Land")] == "country"
    assert words.column_words("Practices")[fold("Bundesland")] == "source"
    assert words.column_words("Practices")[fold("Träger")] == "organisation"
    assert words.column_words("Practices")[fold("Area")] == "sector"
    assert words.column_words("Indicators")[fold("Area")] == "dimension"
    assert words.column_words("Indicators")[fold("Peso")] == "weight"
    assert words.column_words("Assessments")[fold("Peso")] == "importance"
    assert words.column_words("Assessments")[fold("Valor")] == "rating"
    assert words.column_words("Profile")[fold("Valor")] == "value"


def test_umlauts_may_be_written_out() -> None:
    assert words.sheet_words()[fold("Oekosysteme")] == "Ecosystems"
    assert words.column_words("Practices")[fold("Traeger")] == "organisation"
    assert words.value_of("not_applicable", "entfaellt") == "n/a"


def test_columns_that_people_keep_are_known_as_not_read() -> None:
    assert fold("Resources") in words.unread_words("Practices")
    assert fold("Resources") not in words.column_words("Practices")
    assert words.unread_words("Settings") == frozenset()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("level_0", 0),
        ("Level 3", 3),
        ("LIVELLO\n3", 3),
        ("Nivel\u00a03 *", 3),
        ("Stufe3", 3),
        ("Maila 3:", 3),
        ("3. maila", 3),
        ("level-2", 2),
        ("level_-2", -2),
        ("Livello -2", -2),
        ("Stufe \u22122", -2),
        ("level--2", -2),
        ("Stufe 0,5", 0.5),
        ("level_10", 10),
        ("le\u00advel_1", 1),
    ],
)
def test_levels_are_read_from_headers(text: str, level: float) -> None:
    assert words.level_of(text) == level


@pytest.mark.parametrize(
    "text", ["", "3", "level", "level_x", "sector 3", "EQF level", "EQF level 3", "level 3 4"]
)
def test_other_headers_are_no_levels(text: str) -> None:
    assert words.level_of(text) is None


@given(st.text(alphabet="level_ -−0123456789.,\n\u00ad*:", max_size=60))
def test_any_header_can_be_asked_for_its_level(text: str) -> None:
    level = words.level_of(text)
    assert level is None or abs(level) < 1e9


@pytest.mark.parametrize(
    "text", ["n/a", "N/A", "n / a", "n.a.", "N.A.", "n\u00a0/\u00a0a", "Non applicabile", "NO PROCEDE"]
)
def test_not_applicable(text: str) -> None:
    assert words.value_of("not_applicable", text) == "n/a"
    assert words.value_of("not_known", text) is None


@pytest.mark.parametrize(
    "text", ["-", "–", "?", "n.d.", "N. D.", "k.A.", "s/d", "tbd", "keine  Angabe", "NA", "…", "#N/A"]
)
def test_not_known(text: str) -> None:
    assert words.value_of("not_known", text) == "unknown"
    assert words.value_of("not_applicable", text) is None


@pytest.mark.parametrize("text", ["", " ", "3", "3?", "0", "-1", "3!"])
def test_numbers_and_blanks_are_no_such_words(text: str) -> None:
    assert words.value_of("not_known", text) is None
    assert words.value_of("not_applicable", text) is None


def test_words_agree_in_gender() -> None:
    assert words.value_of("weight", "alta") == "high"
    assert words.value_of("confidence", "Hoher") == "high"
    assert words.value_of("weight", "MEDIO") == "medium"
    assert words.value_of("confidence", "baxua") == "low"


def test_what_is_not_there_is_not_found() -> None:
    assert words.list_words("nonsense") == {}
    assert words.column_words("Nonsense") == {}
    with pytest.raises(KeyError):
        words.header("Practices", "nonsense", "it")
    with pytest.raises(KeyError):
        words.header("Practices", "level_3", "it")
    with pytest.raises(KeyError):
        words.sheet_name("Nonsense", "it")
