"""``dualeco template``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualeco_cli.checks.load import Options, load
from dualeco_cli.cli.app import app
from dualeco_cli.data.builtin import framework_ids
from tests.template.filling_in import EXAMPLE, data_sheets, headers, opened, serious

RUN = CliRunner()

#: Titles that are formulas, markup, paths; ids are made from them.
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<r>bold</r>",
    "../../etc/passwd",
    "-1+1",
    "[red]x[/]",
    "_x0041_",
    "\u202eabc",
    "a" * 300,
    "😀 & 'x'",
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Practices with hostile titles."""
    path = tmp_path / "hostile.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "source", "summary", "core_functions"])
        writer.writerows([title, "lombardy", title, title] for title in HOSTILE)
    return path


def run(*arguments: object) -> tuple[int, str]:
    """Exit code and messages."""
    done = RUN.invoke(app, ["template", *map(str, arguments)])
    assert done.stdout == ""
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stderr


def rows(path: Path, kind: str) -> list[tuple[object, ...]]:
    """The filled rows of a sheet."""
    sheet = data_sheets(opened(path.read_bytes()))[kind]
    found = sheet.iter_rows(min_row=2, values_only=True)
    return [row for row in found if any(cell is not None for cell in row)]


def test_a_study_to_fill_in(tmp_path: Path) -> None:
    out = tmp_path / "study.xlsx"
    assert run(out, "--lang", "it-IT") == (0, f"Scritto: {out}\n")
    names = opened(out.read_bytes()).sheetnames
    assert names[:3] == ["Guida", "Pratiche", "Meriti"]
    assert names[-2:] == ["Legenda", "_Lists"]
    assert "Indicatori" not in names


def test_a_file_that_may_be_filled_in_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "study.xlsx"
    out.write_text("mine")
    code, said = run(out)
    assert code == 2
    assert "--force" in said
    assert out.read_text() == "mine"
    assert run(out, "--force", "--quiet") == (0, "")
    assert out.read_bytes().startswith(b"PK")


def test_only_some_sheets_by_their_names_in_any_language(tmp_path: Path) -> None:
    out = tmp_path / "part.xlsx"
    assert run(out, "--only", "pratiche,Profil", "--only", "ecosystems")[0] == 0
    assert set(data_sheets(opened(out.read_bytes()))) == {"Practices", "Profile", "Ecosystems"}
    code, said = run(tmp_path / "x.xlsx", "--only", "practces")
    assert code == 2
    assert 'Did you mean "Practices"' in said


def test_a_framework_to_change_and_a_study_for_it(tmp_path: Path) -> None:
    framework = tmp_path / "mine.xlsx"
    assert run(framework, "--only", "framework")[0] == 0
    assert set(data_sheets(opened(framework.read_bytes()))) == {"Dimensions", "Indicators", "Settings"}
    study = tmp_path / "study.xlsx"
    assert run(study, "--framework", framework)[0] == 0
    assert len(data_sheets(opened(study.read_bytes()))) == 12
    loaded = load([study])
    assert serious(loaded) == []
    assert loaded.study is not None
    plain = tmp_path / "plain.xlsx"
    assert run(plain, "--framework", "dualeco")[0] == 0
    assert "Indicators" not in data_sheets(opened(plain.read_bytes()))


@pytest.mark.parametrize("framework", framework_ids()[1:])
def test_a_study_for_another_built_in_framework_brings_it_along(framework: str, tmp_path: Path) -> None:
    study = tmp_path / "study.xlsx"
    assert run(study, "--framework", framework)[0] == 0
    loaded = load([study])
    assert serious(loaded) == []
    wanted = load([], Options(indicators=framework)).study
    assert loaded.study is not None
    assert wanted is not None
    assert loaded.study.framework == wanted.framework


def test_rows_for_the_practices_of_a_file(tmp_path: Path) -> None:
    out = tmp_path / "ratings.xlsx"
    assert run(out, "--for", EXAMPLE) == (0, f"Written: {out} (34 rows prepared)\n")
    assert len(rows(out, "Requirements")) == 17
    first = dict(
        zip(
            headers(data_sheets(opened(out.read_bytes()))["Requirements"]),
            rows(out, "Requirements")[0],
            strict=True,
        )
    )
    assert first["Practice *"] == "tkgune"
    assert first["Teachers in contact with industry"] == "3!"  # what is known already is filled in
    # beside the study it comes from, nothing is said twice
    together = load([EXAMPLE, out])
    assert [one.code for one in serious(together)] == [one.code for one in serious(load([EXAMPLE]))]
    assert together.study is not None


def test_a_workbook_for_each_assessor(tmp_path: Path) -> None:
    out = tmp_path / "bremen.xlsx"
    arguments = (
        "--for",
        EXAMPLE,
        "--target",
        "Bremen",
        "--assessor",
        "Anna",
        "--assessor",
        "Bo/ ../b",
        "--lang",
        "es",
    )
    code, said = run(out, *arguments)
    assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bremen-Anna.xlsx", "bremen-Bo-..-b.xlsx"]
    assert said.count("84 filas preparadas") == 2
    found = rows(tmp_path / "bremen-Anna.xlsx", "Assessments")
    assert len(found) == 14 * 6  # those from Bremen itself are left out
    assert {row[3] for row in found} == {"Anna"}
    both = load([EXAMPLE, tmp_path / "bremen-Anna.xlsx", tmp_path / "bremen-Bo-..-b.xlsx"])
    assert [one.code for one in serious(both)] == ["X108"]
    assert both.study is not None
    assert len(both.study.assessments) == 2 * 84
    # what an assessor has given comes back in the next one
    book = opened((tmp_path / "bremen-Anna.xlsx").read_bytes())
    data_sheets(book)["Assessments"]["E2"].value = 3
    data_sheets(book)["Assessments"]["G2"].value = "alta"
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    assert (
        run(
            tmp_path / "next.xlsx",
            "--for",
            EXAMPLE,
            "--for",
            filled,
            "--target",
            "bremen",
            "--assessor",
            "anna",
        )[0]
        == 0
    )
    again = rows(tmp_path / "next.xlsx", "Assessments")[0]
    assert again[3:7] == ("anna", 3, None, "high")


def test_more_rows_than_a_blank_template_prepares(tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    many.write_text(
        "title,source\n" + "".join(f"Practice {n},lombardy\n" for n in range(200)), encoding="utf-8"
    )
    out = tmp_path / "out.xlsx"
    assert run(out, "--for", many, "--target", "bremen", "--assessor", "Anna")[0] == 0
    sheet = data_sheets(opened(out.read_bytes()))["Assessments"]
    assert sheet["A1201"].value == "practice-199"
    ratings = [rule for rule in sheet.data_validations.dataValidation if "E1201" in rule.sqref]
    assert len(ratings) == 1
    assert not any("E1" in rule.sqref for rule in sheet.data_validations.dataValidation)
    assert any("E1301" in rule.sqref for rule in sheet.data_validations.dataValidation)


def test_hostile_titles_stay_texts(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert run(out, "--for", hostile, "--target", "bremen", "--assessor", "=1+1")[0] == 0
    assert len(rows(out, "Assessments")) == len(HOSTILE) * 6
    together = load([hostile, out])
    assert serious(together) == []
    book = opened(out.read_bytes())
    formulas = [
        cell.coordinate
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == []
    folder = tmp_path / "text"
    assert run(folder, "--for", hostile, "--only", "requirements")[0] == 0
    text = (folder / "Requirements.csv").read_text(encoding="utf-8-sig")
    assert "\n=" not in text
    assert "\n-" not in text


def test_a_folder_of_text_files(tmp_path: Path) -> None:
    out = tmp_path / "study"
    assert run(out, "--lang", "de") == (0, f"Geschrieben: {out}\n")
    assert "Anleitung.csv" in {path.name for path in out.iterdir()}
    assert serious(load([out])) == []
    code, said = run(out)
    assert code == 2
    assert "there already" in said
    assert run(tmp_path / "no" / "folder")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x.xlsx", "--lang", "fr"), 'there is no language "fr"'),
        (("x.ods",), "a template is a workbook (.xlsx)"),
        (("no/such/x.xlsx",), "there is no folder"),
        (("x.xlsx", "--assessor", "A"), "--assessor needs --for"),
        (("x.xlsx", "--for", EXAMPLE, "--assessor", "A"), "--assessor needs --target"),
        (("x.xlsx", "--for", EXAMPLE, "--target", "bremen", "--assessor", " "), "a name is blank"),
        (("x.xlsx", "--for", EXAMPLE, "--only", "assessments"), "needs --assessor"),
        (("x.xlsx", "--target", "bremen"), "it needs --for FILE and --assessor"),
        (("x.xlsx", "--for", EXAMPLE, "--assessor", "A", "--target", "bremn"), 'Did you mean "bremen"'),
        (("x.xlsx", "--framework", "dualecoo"), 'Did you mean "dualeco"'),
        (("x.xlsx", "--for", EXAMPLE / "Pilots.csv"), "no practices in it"),
        (("x.xlsx", "--for", "missing.xlsx"), "file-missing"),
    ],
)
def test_wrong_usage_is_told(
    arguments: tuple[object, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, message = run(*arguments)
    assert code == 2
    assert said in message
    assert list(tmp_path.iterdir()) == []


def test_a_target_among_the_defaults_is_for_other_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dualeco.toml").write_text('target = ["bremen"]\n')
    assert run("x.xlsx") == (0, "Written: x.xlsx\n")


def test_an_input_is_never_overwritten(tmp_path: Path, hostile: Path) -> None:
    source = tmp_path / "in.xlsx"
    assert run(source)[0] == 0
    before = source.read_bytes()
    assert run(source, "--for", source, "--force")[0] == 2
    assert run(source, "--framework", source, "--force")[0] == 2
    assert run(source, "--for", hostile, "--ecosystems", source, "--force")[0] == 2
    assert source.read_bytes() == before
