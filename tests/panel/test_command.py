"""``--weights panel`` on the command line, and the panel in every report."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from dualeco_cli import load_study, score
from dualeco_cli.checks.load import Options, load
from dualeco_cli.cli.app import app
from dualeco_cli.model.result import Method, Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import write
from dualeco_cli.reports.excel import render as render_excel

from ..excel_live.made import mismatches
from ..excel_live.office import recalculate
from .studies import BUDGETS, sheets, study_with

EXAMPLES = Path(__file__).parents[2] / "examples"
PILOTS = "\n\n| Pilots |\n| practice | target | outcome |\n| beta | here | 3 |"

# openpyxl does not know the data bars of Excel 2010; it says so and reads on.
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def scored(*arguments: object) -> Result:
    result = run("score", *arguments, "--target", "here", "--weights", "panel", "--samples", "50")
    assert result.exit_code == 0, result.output
    return result


def panel_report(folder: Path) -> tuple[Report, Study]:
    result = score(study_with(folder), "here", weights="panel", samples=50)
    return result.report, result.study


class TestScore:
    def test_the_section_on_the_terminal(self, tmp_path: Path) -> None:
        shown = " ".join(scored(sheets(tmp_path)).stdout.split())
        assert "a panel of 2 members: ann and ben." in shown
        assert re.search(r"renown 33% 50% 20% 80%", shown)
        assert "Kendall's W is 0.25" in shown
        assert "They lie apart the most on “renown”: from 20% to 80%." in shown
        assert "ann differs the most and puts 30% of the weight elsewhere than the panel." in shown
        assert "each with the weights of one member of the panel" in shown

    def test_a_study_without_a_panel_is_wrong_usage(self, tmp_path: Path) -> None:
        for command in ("score", "explain", "compare"):
            more = ["--practice", "beta"] if command == "explain" else []
            result = run(command, sheets(tmp_path, ""), "--target", "here", "--weights", "panel", *more)
            assert result.exit_code == 2
            assert "no sheet Panel" in result.stderr
            assert result.stdout == ""

    def test_a_panel_that_is_not_asked_is_told_of(self, tmp_path: Path) -> None:
        arguments = ("score", sheets(tmp_path), "--target", "here", "--samples", "0")
        assert "--weights panel" in run(*arguments).stderr
        assert "--weights panel" not in run(*arguments, "--quiet").stderr

    def test_a_word_that_is_none_of_the_three(self, tmp_path: Path) -> None:
        result = run("score", sheets(tmp_path), "--target", "here", "--weights", "jury")
        assert result.exit_code == 2
        assert "panel" in result.stderr

    def test_several_frameworks_have_no_common_panel(self, tmp_path: Path) -> None:
        result = run(
            *("score", sheets(tmp_path), "--target", "here", "--weights", "panel"),
            *("--indicators", "tide", "--indicators", "efqea"),
        )
        assert result.exit_code == 2
        assert "--weights panel works with one framework" in result.stderr

    def test_a_run_can_be_repeated(self, tmp_path: Path) -> None:
        path, report = sheets(tmp_path), tmp_path / "report.json"
        scored(path, "-o", report)
        assert run("score", path, "--check", report).exit_code == 0
        changed = sheets(tmp_path, BUDGETS.replace("80", "70"))
        result = run("score", changed, "--check", report)
        assert result.exit_code == 1
        assert "panel / groups" in result.stdout
        without = run("score", sheets(tmp_path, ""), "--check", report)
        assert without.exit_code == 2

    def test_json(self, tmp_path: Path) -> None:
        report = tmp_path / "report.json"
        scored(sheets(tmp_path), "-o", report)
        content = json.loads(report.read_text(encoding="utf-8"))
        assert content["method"]["weights"] == "panel"
        assert content["panel"]["members"] == ["ann", "ben"]
        assert [group["dimension"] for group in content["panel"]["groups"]] == [None, "evidence"]
        assert content["panel"]["groups"][0]["items"][1] == {
            "id": "renown",
            "weight": 0.5,
            "low": 0.2,
            "high": 0.8,
            "shares": [0.2, 0.8],
        }


def test_explain_compare_and_backtest(tmp_path: Path) -> None:
    path = sheets(tmp_path, BUDGETS + PILOTS)
    common = ("--weights", "panel")
    explained = run("explain", path, "--practice", "beta", "--target", "here", "--samples", "0", *common)
    compared = run("compare", path, "--target", "here", "--samples", "0", *common)
    looked_back = run("backtest", path, *common)
    for result in (explained, compared, looked_back):
        assert result.exit_code == 0, result.output
        assert "78.8" in result.stdout  # by hand: 100 · (0.35 · 0.5 + 0.5 + 0.15 · 0.75)
    assert "78.8" not in run("backtest", path).stdout


class TestReports:
    def test_every_document_has_its_tables(self, tmp_path: Path) -> None:
        report, study = panel_report(tmp_path)
        markdown = write.render(report, study, ".md").decode()
        assert "Panel: The dimensions" in markdown
        assert re.search(r"\*\*renown\*\* *\| *33% *\| *50% *\| *20% *\| *80% *\| *20% *\| *80%", markdown)
        page = write.render(report, study, ".html").decode()
        assert 'id="panel"' in page
        assert re.search(r"renown</th><td>33%</td><td>50%</td><td>20%</td><td>80%</td>", page)
        docx = tmp_path / "annex.docx"
        docx.write_bytes(write.render(report, study, ".docx"))
        with zipfile.ZipFile(docx) as package:
            assert "Panel: The dimensions" in package.read("word/document.xml").decode()

    def test_none_has_them_without_a_panel(self, tmp_path: Path) -> None:
        study = study_with(tmp_path)
        report = score(study, "here", samples=0).report
        assert "The panel" not in write.render(report, study, ".md").decode()
        assert 'id="panel"' not in write.render(report, study, ".html").decode()
        book = tmp_path / "report.xlsx"
        book.write_bytes(write.render(report, study, ".xlsx"))
        assert "Panel weights" not in openpyxl.load_workbook(book).sheetnames

    def test_what_members_are_called_does_no_harm(self, tmp_path: Path) -> None:
        panel = BUDGETS.replace("Ann ", '"=<b>ann&"')
        result = score(study_with(tmp_path, panel), "here", weights="panel", samples=0)
        report, study = result.report, result.study
        assert report.panel is not None
        assert report.panel.members == ("=<b>ann&", "ben")
        assert "<b>ann" not in write.render(report, study, ".html").decode()
        book = tmp_path / "report.xlsx"
        book.write_bytes(write.render(report, study, ".xlsx"))
        sheet = openpyxl.load_workbook(book)["Panel weights"]
        cells = [cell for row in sheet.iter_rows() for cell in row if "ann" in str(cell.value)]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}


class TestWorkbook:
    def test_the_weights_are_those_of_the_panel(self, tmp_path: Path) -> None:
        report, study = panel_report(tmp_path)
        path = tmp_path / "report.xlsx"
        path.write_bytes(write.render(report, study, ".xlsx"))
        book = openpyxl.load_workbook(path, data_only=True)
        weights = {row[4]: row[1] for row in book["Weights"].iter_rows(values_only=True) if row[4]}
        assert weights["renown"] == pytest.approx(0.5)
        assert (weights["proof"], weights["text"]) == pytest.approx((0.5, 0.5))
        results = {row[0]: row[1:5] for row in book["Panel weights"].iter_rows(values_only=True) if row[0]}
        assert results["renown"] == pytest.approx((1 / 3, 0.5, 0.2, 0.8))

    def test_it_computes_what_the_engine_found(self, tmp_path: Path) -> None:
        report, study = panel_report(tmp_path)
        computed = recalculate(tmp_path / "office", {"panel": render_excel(report, study)})["panel"]
        assert mismatches(computed, report) == []

    def test_read_back_it_gives_the_same(self, tmp_path: Path) -> None:
        first, again = tmp_path / "report.json", tmp_path / "again.json"
        book = tmp_path / "report.xlsx"
        scored(sheets(tmp_path, settings="| panel | Budget |"), "-o", first, "-o", book)
        loaded = load([str(book)], Options(for_scoring=True))
        assert loaded.study is not None
        assert loaded.study.panel is not None
        assert [one.member for one in loaded.study.panel.rows] == ["ann"] * 3 + ["ben"] * 5
        scored(book, "-o", again)
        one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (first, again))
        for part in ("panel", "method", "targets"):
            assert one[part] == other[part]


class TestExample:
    """The worked example: invented members, so that nobody takes their points for anybody's."""

    def test_it_is_valid(self) -> None:
        loaded = load([str(EXAMPLES / "practices.xlsx"), str(EXAMPLES / "panel")], Options(for_scoring=True))
        assert loaded.study is not None
        assert not [finding for finding in loaded.findings if (finding.sheet or "") == "Panel"]

    def test_it_says_that_it_is_invented(self) -> None:
        assert "invented" in (EXAMPLES / "panel" / "Guide.csv").read_text(encoding="utf-8")
        rows = load_study(EXAMPLES / "practices.xlsx", EXAMPLES / "panel").panel
        assert rows is not None
        assert {row.member for row in rows.rows} == {"member-a", "member-b", "member-c"}
        assert {row.note for row in rows.rows} == {"invented"}

    def test_its_numbers(self) -> None:
        study = load_study(EXAMPLES / "practices.xlsx", EXAMPLES / "panel", weights="panel")
        panel = score(study, "bremen", samples=0).report.panel
        assert panel is not None
        dimensions, schools = panel.groups
        weights = {item.id: item.weight for item in dimensions.items}
        assert weights == pytest.approx(
            {
                "need": 35 / 300,
                "governance": 55 / 300,
                "firms": 65 / 300,
                "schools": 45 / 300,
                "pathways": 30 / 300,
                "evidence": 40 / 300,
                "local": 30 / 300,
            }
        )
        assert schools.mean == "geometric"
        # three things: λmax = 1 + t + 1/t with t the cube root of a · c / b (2 · 2 / 3 and ½ · 3 / 1)
        assert schools.consistency == pytest.approx(
            [((1 + t + 1 / t) - 3) / 2 / 0.58 for t in ((4 / 3) ** (1 / 3), 1.5 ** (1 / 3))]
        )


def test_a_template_on_request(tmp_path: Path) -> None:
    plain, asked = tmp_path / "study.xlsx", tmp_path / "panel.xlsx"
    assert run("template", plain).exit_code == 0
    assert run("template", asked, "--only", "panel").exit_code == 0
    assert "Panel" not in openpyxl.load_workbook(plain).sheetnames
    sheet = openpyxl.load_workbook(asked)["Panel"]
    assert [cell.value for cell in sheet[1]] == [
        "Member *",
        "Dimension",
        "Indicator",
        "Points",
        "Over",
        "Note",
    ]
    assert run("validate", asked).exit_code == 0


def test_the_method_has_a_schema(tmp_path: Path) -> None:
    assert run("schema", "--output", tmp_path).exit_code == 0
    schema = json.loads((tmp_path / "report.schema.json").read_text(encoding="utf-8"))
    assert "panel" in schema["properties"]
    assert Method(weights="panel").model_dump()["weights"] == "panel"
    assert (tmp_path / "panel-row.schema.json").is_file()
