"""What the cells of a template offer, say and warn of."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dualeco_cli.checks.load import load
from dualeco_cli.data import words
from dualeco_cli.language import LANGUAGES, Language
from dualeco_cli.model.rows import Dimension, Ecosystem, Indicator, Match, Role, Settings
from dualeco_cli.model.study import Framework
from dualeco_cli.version import __version__
from dualeco_cli.workbook.template import STUDY_SHEETS, template
from tests.annotate.making import office
from tests.template.filling_in import LISTED, blank, data_sheets, headers, look_at, opened, request, serious


def rule_at(sheet: Worksheet, cell: str) -> DataValidation | None:
    """The rule of a cell."""
    return next((rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref), None)


def offered(book: openpyxl.Workbook, sheet: Worksheet, cell: str) -> list[object]:
    """The static part of the list that a cell offers."""
    rule = rule_at(sheet, cell)
    assert rule is not None
    assert rule.type == "list"
    reference = book.defined_names[str(rule.formula1).removeprefix("=")].attr_text
    assert reference is not None
    letter = reference.split("$")[1]
    values = [cell.value for cell in book[LISTED][letter][1:]]
    return [value for value in values if value is not None and not str(value).startswith("=")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_offered_in_the_language(language: Language) -> None:
    book = look_at(language)
    sheets = data_sheets(book)
    assert offered(book, sheets["Practices"], "G2") == list(
        words.first_value_words("objective", language).values()
    )
    assert offered(book, sheets["Basis"], "D1001") == list(
        words.first_value_words("origin", language).values()
    )
    assert offered(book, sheets["Assessments"], "G2") == list(
        words.first_value_words("confidence", language).values()
    )


def test_levels_ids_and_years() -> None:
    book = look_at("en")
    sheets = data_sheets(book)
    plain: list[object] = [0, 1, 2, 3, 4]
    low: list[object] = [f"{level}?" for level in plain]
    critical: list[object] = [f"{level}!" for level in plain]
    both: list[object] = [f"{level}!?" for level in plain]
    assert offered(book, sheets["Merits"], "B2") == [*plain, "n/a", *low]
    assert offered(book, sheets["Requirements"], "O900") == [*plain, "n/a", *low, *critical, *both]
    assert offered(book, sheets["Adaptations"], "E2") == [*plain, "n/a", *low, *critical, *both]
    assert offered(book, sheets["Assessments"], "E2") == plain
    assert offered(book, sheets["Assessments"], "C2") == [
        "goal_shared", "acceptance", "staff_time", "host_firms", "equipment", "lead_body"
    ]  # fmt: skip
    assert offered(book, sheets["Practices"], "C2") == [
        "lombardy", "basque-country", "bremen", "northern-ireland"
    ]  # fmt: skip
    year = rule_at(sheets["Practices"], "M2")
    assert year is not None
    assert (year.type, year.formula1, year.formula2, year.errorStyle) == ("whole", "1900", "2100", "warning")
    outcome = rule_at(sheets["Pilots"], "D2")
    assert outcome is not None
    assert (outcome.formula1, outcome.formula2) == ("0", "4")
    assert rule_at(sheets["Profile"], "C2") is None  # its indicators are on several scales
    objectives = rule_at(sheets["Practices"], "G2")
    assert objectives is not None
    assert not objectives.showErrorMessage  # several may be typed


def test_lists_follow_what_is_entered_on_other_sheets() -> None:
    book = look_at("it")
    for name in ("practice_ids", "ecosystem_ids", "adaptation_ids"):
        text = book.defined_names[name].attr_text
        assert text is not None
        assert text.startswith(f"'{LISTED}'!$")
    sheet = book[LISTED]
    assert sheet.sheet_state == "hidden"
    formulas = [str(cell.value) for row in sheet.iter_rows(min_row=2, max_row=2) for cell in row]
    assert "=IF('Pratiche'!A2<>\"\",'Pratiche'!A2,IF('Pratiche'!B2<>\"\",'Pratiche'!B2,\"\"))" in formulas


def test_headers_have_notes_and_stay_in_view() -> None:
    book = look_at("de")
    for kind, sheet in data_sheets(book).items():
        assert sheet.freeze_panes is not None
        for cell in sheet[1]:
            assert cell.comment is not None, (kind, cell.coordinate)
    title = data_sheets(book)["Practices"]["B1"].comment
    assert title is not None
    assert "Muss ausgefüllt sein." in title.text
    level = data_sheets(book)["Requirements"]["B1"].comment
    assert level is not None
    assert re.search("\n4: .*Gesetz", level.text)


def test_the_guide_shows_a_row_for_every_column() -> None:
    book = look_at("es")
    texts = {str(cell.value) for row in book[words.sheet_name(words.GUIDE, "es")] for cell in row}
    for kind, sheet in data_sheets(book).items():
        if kind not in {"Merits", "Requirements"}:
            assert {header.removesuffix(" *") for header in headers(sheet)} <= texts


def test_the_file_says_what_made_it() -> None:
    book = look_at("eu")
    stamps = {prop.name: prop.value for prop in book.custom_doc_props.props}  # type: ignore[attr-defined]  # its stubs are behind
    assert stamps == {
        "dualeco version": __version__,
        "dualeco framework": "dualeco 1.0",
        "dualeco language": "eu",
    }


def test_libreoffice_opens_it_and_keeps_its_lists(tmp_path: Path) -> None:
    book = opened(blank("it"))
    practices = data_sheets(book)["Practices"]
    practices["A2"], practices["B2"], practices["B4"] = "uno", "Uno", "=cmd"
    practices["B4"].data_type = "s"
    guide = book[book.sheetnames[0]]
    guide["Z1"], guide["Z2"] = "=ROWS(practice_ids)", "=INDEX(practice_ids,3)"
    path = tmp_path / "filled.xlsx"
    book.save(path)
    (tmp_path / "out").mkdir()
    again = office(path, "xlsx", tmp_path / "out").read_bytes()
    values = openpyxl.load_workbook(tmp_path / "out" / "filled.xlsx", data_only=True)[book.sheetnames[0]]
    assert (values["Z1"].value, values["Z2"].value) == (3, "=cmd")
    kept = {
        kind: len(sheet.data_validations.dataValidation) for kind, sheet in data_sheets(opened(again)).items()
    }
    assert kept["Requirements"] == 15
    assert kept["Assessments"] >= 5


# -- an odd framework --------------------------------------------------------------------------------


def indicator(id_: str, role: Role, **more: object) -> Indicator:
    """An indicator with usual values but for those given."""
    values: dict[str, object] = {"id": id_, "dimension": "d", "name": id_.title(), "role": role, **more}
    return Indicator.model_validate(values)


LONG = "😀" * 200 + "<r>x</r> =1+1 \x07 " + "x" * 40_000
ODD = Framework(
    id="odd",
    version="=1",
    dimensions=(Dimension(id="d", name=LONG),),
    indicators=(
        indicator("p", Role.CONDITION, name="Practice"),  # the name of a column
        indicator("a", Role.CONDITION, name="Twin"),
        indicator("b", Role.CONDITION, name="twin ", levels={0.0: LONG, 1.0: "=1+1"}),
        indicator("c", Role.CONDITION, step=0.0, worst=10.0, best=-2.5, match=Match.SIMILAR),
        indicator("half", Role.MERIT, step=0.5, best=1.0, name="<r>x</r>", question=LONG),
        indicator("j", Role.JUDGEMENT, name=None),
        indicator("k", Role.JUDGEMENT, best=2.0),
    ),
    settings=Settings(),
)


def test_an_odd_framework_gives_a_sound_template(tmp_path: Path) -> None:
    ecosystems = {"<r>e</r>": Ecosystem(id="<r>e</r>", name=LONG)}
    content = template(request(framework=ODD, ecosystems=ecosystems))
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)
    assert [one for one in serious(load([path])) if one.code != "H103"] == []
    book = opened(content)
    sheets = data_sheets(book)
    assert headers(sheets["Requirements"]) == ["Practice *", "p", "a", "b", "C"]
    assert headers(sheets["Merits"])[1] == "<r>x</r> "
    assert offered(book, sheets["Merits"], "B2") == [0, 0.5, 1, "n/a", "0?", "0.5?", "1?"]
    rule = rule_at(sheets["Requirements"], "E2")
    assert rule is not None
    assert rule.type is None  # any value: a level of a continuous scale may carry a mark
    assert rule_at(sheets["Assessments"], "E2") is None  # two scales
    for sheet in sheets.values():
        for found in sheet.data_validations.dataValidation:
            assert len((found.promptTitle or "").encode("utf-16-le")) <= 64
            assert len((found.prompt or "").encode("utf-16-le")) <= 510


def test_a_framework_without_merits() -> None:
    framework = Framework(
        id="x",
        version=None,
        dimensions=(),
        indicators=(indicator("c", Role.CONDITION),),
        settings=Settings(),
    )
    sheets = data_sheets(opened(template(request(framework=framework, sheets=STUDY_SHEETS))))
    assert headers(sheets["Merits"]) == ["Practice *"]
