"""A template blank, filled with its own examples, and filled with the example study."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest

from dualeco_cli.checks.load import load
from dualeco_cli.data import words
from dualeco_cli.language import LANGUAGES, Language, of_data
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import SHEETS, Dimension, Indicator, columns
from dualeco_cli.workbook.template import FRAMEWORK_SHEETS, STUDY_SHEETS, template, text_files
from dualeco_cli.workbook.template.filling import framework_rows
from dualeco_cli.workbook.template.legend import NAME
from dualeco_cli.workbook.template.plan import ON_REQUEST, plan
from tests.template.filling_in import (
    EXAMPLE,
    blank,
    built_in,
    data_sheets,
    enter,
    example_rows,
    headers,
    indicator_names,
    look_at,
    opened,
    request,
    saved,
    serious,
)

Part = TypeVar("Part", Dimension, Indicator)


def in_language(part: Part, language: Language) -> Part:
    """A dimension or an indicator with its words in a language, and all else as it is."""
    fields = part.model_dump(include={"name", "description", "question", "unit"}, exclude_none=True)
    said: dict[str, object] = {name: of_data(str(text), language) for name, text in fields.items()}
    if isinstance(part, Indicator):
        said["levels"] = {level: of_data(text, language) for level, text in part.levels.items()}
    return part.model_copy(update=said)


@pytest.mark.parametrize("language", LANGUAGES)
class TestEachLanguage:
    """The template in each of the five languages."""

    def test_blank_it_has_no_fault_and_always_the_same_bytes(
        self, language: Language, tmp_path: Path
    ) -> None:
        content = blank(language)
        assert content == template(request(language))
        path = tmp_path / "blank.xlsx"
        path.write_bytes(content)
        assert serious(load([path])) == []

    def test_every_sheet_and_column_of_the_design_is_there(self, language: Language) -> None:
        rows = framework_rows(built_in().framework, language, named=False)
        framework = opened(template(request(language, (*ON_REQUEST, *FRAMEWORK_SHEETS), rows=rows)))
        book = look_at(language)
        sheets = {**data_sheets(book), **data_sheets(framework)}
        assert set(sheets) == set(SHEETS)
        assert book.sheetnames[0] == words.sheet_name(words.GUIDE, language)
        for kind, sheet in sheets.items():
            fields = [words.column_words(kind).get(fold(header)) for header in headers(sheet)]
            assert [field for field in fields if field] == list(columns(SHEETS[kind]))
            if kind == "Indicators":
                assert [words.level_of(h) for h in headers(sheet) if words.level_of(h) is not None] == [
                    0,
                    1,
                    2,
                    3,
                    4,
                ]
            starred = {f for f, h in zip(fields, headers(sheet), strict=True) if h.endswith(" *")}
            needed = {name for name, column in columns(SHEETS[kind]).items() if column.key}
            assert starred == needed | ({"dimension", "role"} if kind == "Indicators" else set())

    def test_filled_with_its_own_examples_it_has_no_fault(self, language: Language, tmp_path: Path) -> None:
        wanted = request(language)
        book = opened(blank(language))
        for sheet in plan(wanted):
            page = book[sheet.name]
            for index, column in enumerate(sheet.columns, 1):
                if column.example not in {None, ""}:
                    page.cell(2, index).value = column.example
        loaded = saved(book, tmp_path / "filled.xlsx")
        assert serious(loaded) == []
        assert loaded.study is not None
        assert set(loaded.study.practices) == {"tkgune"}
        assert loaded.study.pilots
        assert loaded.study.assessments
        assert loaded.study.adaptations
        assert "my-region" in loaded.study.profile

    def test_filled_with_the_example_study_it_is_that_study(self, language: Language, tmp_path: Path) -> None:
        book = opened(blank(language))
        names = indicator_names(built_in(), language)
        for kind, sheet in data_sheets(book).items():
            enter(sheet, kind, example_rows(kind), names)
        loaded = saved(book, tmp_path / "filled.xlsx")
        original = load([EXAMPLE])
        assert [one.message for one in serious(loaded)] == [one.message for one in serious(original)]
        assert loaded.study is not None
        assert original.study is not None
        left_out = {"inputs"}
        assert loaded.study.model_dump(exclude=left_out) == original.study.model_dump(exclude=left_out)

    def test_a_framework_comes_back_as_it_was(self, language: Language, tmp_path: Path) -> None:
        framework = built_in().framework
        rows = framework_rows(framework, language, named=False)
        path = tmp_path / "mine.xlsx"
        path.write_bytes(template(request(language, FRAMEWORK_SHEETS, rows=rows)))
        loaded = load([path])
        assert loaded.findings == ()
        assert loaded.study is not None
        again = loaded.study.framework
        assert again.id == "mine"
        assert again.dimensions == tuple(in_language(one, language) for one in framework.dimensions)
        assert again.indicators == tuple(in_language(one, language) for one in framework.indicators)
        named = {"name": None, "version": None}
        assert again.settings == framework.settings.model_copy(update=named)

    def test_as_text_files(self, language: Language, tmp_path: Path) -> None:
        rows = framework_rows(built_in().framework, language, named=True)
        sheets = (*STUDY_SHEETS, *FRAMEWORK_SHEETS)
        for name, content in text_files(request(language, sheets, rows=rows)).items():
            (tmp_path / name).write_bytes(content)
        loaded = load([tmp_path])
        assert serious(loaded) == []
        assert loaded.study is not None
        assert loaded.study.framework.indicators == tuple(
            in_language(one, language) for one in built_in().framework.indicators
        )
        assert loaded.study.framework.id == "dualeco"

    def test_the_sheets_that_explain_are_passed_over(self, language: Language) -> None:
        assert words.sheet_words()[fold(NAME[language])] == words.GUIDE
