"""``dualeco validate``: exit codes, choice of rules, formats, settings files."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dualeco_cli.cli.app import app
from tests.support.sheets import folder, workbook

GOOD = "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |\n\n"
WARNING = GOOD.replace("lombardy", "Narnia")
INFO = GOOD + "| Diary |\n| Monday | rain |\n\n"
ERROR = GOOD + "| Merits |\n| practice | documentation |\n| fair | 7 |\n\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["validate", *map(str, arguments)])


def findings(result: Result) -> list[dict[str, Any]]:
    """The findings of a run with ``--format json``."""
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return found


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of reach of the settings of this project."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


# -- exit codes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (GOOD, (), 0),
        (INFO, (), 0),
        (WARNING, (), 0),
        (ERROR, (), 1),
        (INFO, ("--strict",), 0),
        (WARNING, ("--strict",), 1),
        (ERROR, ("--ignore", "C113"), 0),
        (ERROR, ("--ignore", "level-off-scale"), 0),
        (ERROR, ("--ignore", "C"), 0),
        (ERROR, ("--ignore", "X,R"), 1),
        (ERROR, ("--select", "X"), 0),
        (ERROR, ("--select", "X", "--select", "c113"), 1),
        (WARNING, ("--strict", "--ignore", "X102"), 0),
        (ERROR, ("--quiet",), 1),
        (GOOD, ("--ecosystems", "bremen", "--strict"), 1),
        (GOOD, ("--indicators", "dualeco"), 0),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, options: tuple[str, ...], code: int) -> None:
    result = run(workbook(tmp_path, text), *options)
    assert (result.exit_code, result.stderr) == (code, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--select", "C999"), ("C999",)),
        (("--ignore", "level-of-scale"), ("level-off-scale",)),
        (("--format", "jsn"), ('"json"',)),
        (("--indicators", "dualeko"), ('"dualeco"',)),
        (("--ecosystems", "bremn"), ('"bremen"',)),
        (("--nonsense",), ("nonsense",)),
        (("-o", "no/where/report.txt"), ("no/where",)),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    result = run(workbook(tmp_path, GOOD), *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr


def test_without_a_file() -> None:
    assert run().exit_code == 2


# -- several files -----------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"%PDF-1.7\n")
    result = run(bad, workbook(tmp_path, ERROR), tmp_path / "gone.csv", "--format", "json")
    assert result.exit_code == 2
    found = {(Path(finding["file"]).name, finding["code"]) for finding in findings(result)}
    assert found == {("bad.xlsx", "F105"), ("study.xlsx", "C113"), ("gone.csv", "F101")}
    assert json.loads(result.stdout)["summary"] == {"files": 3, "errors": 3, "warnings": 0, "infos": 0}


def test_a_folder_and_a_pattern(tmp_path: Path) -> None:
    study = folder(tmp_path, ERROR)
    assert run(study).exit_code == 1
    result = run(study / "*.csv", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["summary"]["files"] == 2
    assert [finding["cell"] for finding in findings(result)] == ["B2"]


# -- formats -----------------------------------------------------------------------------------------


def test_the_text_names_file_sheet_cell_and_the_way_out(tmp_path: Path) -> None:
    result = run(workbook(tmp_path, ERROR))
    for words in (
        "study.xlsx",
        "Merits",
        "B2",
        "C113",
        '"7"',
        "documentation",
        "0 (worst) to 4 (best)",
        '"4"',
    ):
        assert words in result.stdout
    assert result.stdout.splitlines()[-1] == "1 file: 1 error, 0 warnings, 0 notes"


def test_json_has_every_field(tmp_path: Path) -> None:
    result = run(workbook(tmp_path, ERROR), "--format", "json")
    assert findings(result) == [
        {
            "code": "C113",
            "name": "level-off-scale",
            "severity": "error",
            "file": str(tmp_path / "study.xlsx"),
            "sheet": "Merits",
            "cell": "B2",
            "header": "documentation",
            "found": "7",
            "expected": "0 (worst) to 4 (best)",
            "suggestion": "4",
            "message": '"7" is off the scale of documentation.',
        }
    ]


def test_strict_turns_warnings_into_errors_in_the_output_too(tmp_path: Path) -> None:
    result = run(workbook(tmp_path, WARNING), "--strict", "--format", "json")
    assert [finding["severity"] for finding in findings(result)] == ["error"]


def test_every_format_says_where(tmp_path: Path) -> None:
    path = workbook(tmp_path, ERROR)
    for name in ("concise", "github", "sarif", "junit", "markdown"):
        result = run(path, "--format", name)
        assert (result.exit_code, result.stderr) == (1, "")
        assert "C113" in result.stdout
        assert "B2" in result.stdout
        if name == "sarif":
            assert json.loads(result.stdout)["version"] == "2.1.0"
        elif name == "junit":
            assert ET.fromstring(result.stdout).tag in {"testsuite", "testsuites"}  # noqa: S314  # our own


def test_findings_into_a_file(tmp_path: Path) -> None:
    out = tmp_path / "findings.json"
    result = run(workbook(tmp_path, ERROR), "--format", "json", "-o", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["errors"] == 1
    assert str(out) in result.stderr


def test_a_study_is_not_overwritten_by_its_findings(tmp_path: Path) -> None:
    path = workbook(tmp_path, ERROR)
    before = path.read_bytes()
    assert run(path, "-o", path).exit_code == 2
    assert path.read_bytes() == before


# -- settings files ----------------------------------------------------------------------------------


def test_settings_of_a_project(tmp_path: Path) -> None:
    path = workbook(tmp_path, WARNING)
    (tmp_path / "dualeco.toml").write_text("[validate]\nstrict = true\n", encoding="utf-8")
    assert run(path).exit_code == 1
    (tmp_path / "dualeco.toml").unlink()
    text = '[tool.dualeco.validate]\nstrict = true\nignore = ["X102"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert run(path).exit_code == 0
    assert run(path, "--ignore", "C").exit_code == 1, "the command line wins"


def test_own_words_for_columns(tmp_path: Path) -> None:
    text = "| Praktiken |\n| Kurzname | Land |\n| Messe | Bremen |"
    path = workbook(tmp_path, text)
    assert run(path).exit_code == 1
    own = '[columns]\nKurzname = "title"\n"Land" = "Practices.source"\n'
    (tmp_path / "dualeco.toml").write_text(own, encoding="utf-8")
    assert run(path, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[validate]\nstrikt = true\n", ("dualeco.toml", "strict")),
        ("[validat]\nstrict = true\n", ("dualeco.toml", "validat")),
        ('[columns]\nName = "titel"\n', ("Name", '"title"')),
        ("columns = 3\n", ("columns",)),
        ("strict = \n", ("dualeco.toml", "TOML")),
    ],
)
def test_settings_that_are_wrong(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    (tmp_path / "dualeco.toml").write_text(text, encoding="utf-8")
    result = run(workbook(tmp_path, GOOD))
    assert result.exit_code == 2
    for word in words:
        assert word in result.stderr


# -- as a process ------------------------------------------------------------------------------------


def test_no_traceback_whatever_is_in_the_file(tmp_path: Path) -> None:
    hostile = (
        GOOD + r"| Merits |" + "\n| practice | documentation |\n| [/] | [red]x |\n| %s{0} | =cmd\\|' /C |"
    )
    paths = [workbook(tmp_path, hostile)]
    for number, data in enumerate((b"PK\x03\x04rubbish", b"\xff\xfe\x00", b'a,"b\n', b"\x00" * 40)):
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(data)
    command = [sys.executable, "-m", "dualeco_cli", "validate", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert "[red]x" in done.stdout, "what people wrote is no markup"
    for number in range(4):
        assert f"{number}.xlsx" in done.stdout
