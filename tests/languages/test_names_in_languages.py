"""What is built in is known by its name in every language, because templates print it in theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks.load import Options, load
from dualeco_cli.checks.references import Names
from dualeco_cli.model.rows import Level
from dualeco_cli.workbook.template import Request, template, text_files
from dualeco_cli.workbook.template.filling import framework_rows
from tests.support.checking import check, only, said, study_of
from tests.template.filling_in import built_in, opened, request

from .pseudo import OfData, Pseudo, plain_words, speak

_NAMES = {one.id: one.name or "" for one in built_in().framework.indicators}
ITALIAN = OfData(
    {
        _NAMES["legal_framework"]: "Quadro giuridico",
        _NAMES["documentation"]: "Documentazione",
        "Lombardy": "Lombardia",
    }
)


@pytest.fixture(autouse=True)
def with_italian(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, {"it": ITALIAN})


def test_columns_by_a_name_in_another_language_than_that_of_the_run(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        "| Practices |\n| id | title | source |\n| fair | Fair | |\n\n"
        "| Merits |\n| practice | Documentazione |\n| fair | 3 |\n\n"
        "| Requirements |\n| practice | QUADRO  giuridico: | wbl_intensity |\n| fair | 2! | 1 |",
    )
    assert said(loaded) == []
    study = study_of(loaded)
    assert study.merits["fair"] == {"documentation": Level(3.0)}
    assert study.requirements["fair"] == {
        "legal_framework": Level(2.0, critical=True),
        "wbl_intensity": Level(1.0),
    }


def test_two_columns_for_one_indicator_in_two_languages(tmp_path: Path) -> None:
    name = _NAMES["legal_framework"]
    loaded = check(tmp_path, f"| Requirements |\n| practice | Quadro giuridico | {name} |\n| fair | 2 | 1 |")
    assert said(loaded) == ["H102 Requirements!B1", "H102 Requirements!C1"]


def test_a_name_that_two_indicators_share_in_one_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = {_NAMES[id_]: "Regole" for id_ in ("legal_framework", "wbl_intensity")}
    speak(monkeypatch, {"it": OfData(shared)})
    loaded = check(tmp_path, "| Requirements |\n| practice | Regole |\n| fair | 2 |")
    finding = only(loaded, "H107")
    assert finding.expected is not None
    assert set(finding.expected.split(" or ")) == {"legal_framework", "wbl_intensity"}
    # so a template does not print it
    headers = [cell.value for cell in opened(template(request("it")))["Requisiti"][1]]
    assert {"legal_framework", "wbl_intensity"} <= set(headers)
    assert "Regole" not in headers


def test_a_misspelt_name_leads_to_its_indicator(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Requirements |\n| practice | Quadro giuridicho |\n| fair | 2 |")
    assert only(loaded, "H103").suggestion == "legal_framework"


def test_a_name_where_an_id_belongs_is_an_error_with_the_id(tmp_path: Path) -> None:
    loaded = check(
        tmp_path, "| Profile |\n| ecosystem | indicator | value |\n| Lombardia | Quadro giuridico | 2 |"
    )
    assert [(one.code, one.suggestion) for one in loaded.findings] == [
        ("X101", "lombardy"),
        ("X101", "legal_framework"),
    ]


def test_an_own_name_wins_over_the_translation_of_another() -> None:
    names = Names({"mine": "Quadro giuridico", "legal_framework": _NAMES["legal_framework"]})
    assert names.nearest("quadro-giuridico") == "mine"


def test_a_template_has_the_names_and_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "modello.xlsx"
    path.write_bytes(template(request("it")))
    book = opened(path.read_bytes())
    assert "Quadro giuridico" in [cell.value for cell in book["Requisiti"][1]]
    assert "Quadro giuridico" in [cell.value for cell in book["Legenda"]["B"]]
    assert {finding.name for finding in load([path], Options()).findings} <= {"sheet-empty"}
    assert "Quadro giuridico" in text_files(request("it"))["Requisiti.csv"].decode("utf-8-sig")


def test_a_framework_to_start_from_is_in_the_language() -> None:
    rows = framework_rows(built_in().framework, "it", named=False)
    assert "Quadro giuridico" in [row["name"] for row in rows["Indicators"]]
    assert "Quadro giuridico" not in [
        row["name"] for row in framework_rows(built_in().framework, "de", named=False)["Indicators"]
    ]


# -- what a template says ---------------------------------------------------------------------------------


#: Names, ids and options, which are the same everywhere; and how cells are written.
_SAME = """
    tkgune TKgune basque-country https://tkgune.eus https://example.org ES IT ITC4 Tknika Anna Rossi lombardy
    bremen teacher-students my-region dualeco n/a id Id xlsx csv A P N L R
"""


@pytest.mark.parametrize("prefilled", [False, True])
def test_a_template_is_wholly_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, *, prefilled: bool
) -> None:
    """The run is in English, the template is not."""
    speak(monkeypatch, {"it": Pseudo()})
    wanted = _rated() if prefilled else request("it")
    known = [_SAME, *_NAMES, *built_in().ecosystems, wanted.framework.id]
    book = opened(template(wanted))
    from dualeco_cli.data.words import header_words, value_words

    known += [row.word for row in header_words() if row.language == "it"]
    known += [row.word for row in value_words() if row.language == "it"]
    known += ["Fair", "About", "the", "fair"]  # of the study that is rated
    told = 0
    for sheet in book:
        if sheet.title.startswith("_"):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                for text in (cell.value, cell.comment.text if cell.comment else None):
                    if isinstance(text, str):
                        assert plain_words(text, but_for=known) == [], (sheet.title, cell.coordinate)
                        told += 1
        for rule in sheet.data_validations.dataValidation:
            for text in (rule.prompt, rule.promptTitle, rule.error, rule.errorTitle):
                assert plain_words(text or "", but_for=known) == [], sheet.title
        footer = sheet.oddFooter
        assert plain_words((footer.right.text if footer else None) or "", but_for=known) == []
    assert told > 200
    assert plain_words(book.properties.title or "", but_for=known) == []


def _rated() -> Request:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        study = study_of(
            check(
                Path(folder),
                "| Practices |\n| id | title | source | summary |\n"
                "| fair | Fair | lombardy | About the fair |",
            )
        )
    return request(
        "it",
        ("Merits", "Requirements", "Assessments"),
        practices=tuple(study.practices.values()),
        targets=("lombardy",),
        assessor="Anna Rossi",
        rows={
            "Assessments": [{"practice": "fair", "target": "bremen", "indicator": "goal_shared"}],
            "Merits": [{"practice": "fair"}],
        },
    )
