from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dualeco_cli.model.result import Report, TargetResult
from dualeco_cli.model.safe import excel_text
from dualeco_cli.model.study import Study
from dualeco_cli.reports import excel
from dualeco_cli.reports.excel import values
from dualeco_cli.reports.excel.book import Book

from . import samples

# openpyxl does not know the data bars of Excel 2010; it says so and reads on.
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


def read(report: Report, study: Study) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel.render(report, study)))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of the only table of a sheet, by heading."""
    (name,) = sheet.tables
    header, *rows = sheet[sheet.tables[name].ref]
    return [{str(h.value): cell.value for h, cell in zip(header, row, strict=True)} for row in rows]


def test_sheets(report: Report, study: Study) -> None:
    assert read(report, study).sheetnames == ["Ranking", "Indicator values", "Provenance"]


def test_ranking(report: Report, study: Study) -> None:
    sheet = read(report, study)["Ranking"]
    rows = table(sheet)
    assert [row["Id"] for row in rows] == [p.id for p in report.targets[0].practices]
    assert [row["Score"] for row in rows] == [p.score for p in report.targets[0].practices]
    assert rows[1]["Practice"] == "TKgune: VET teachers run innovation projects for small firms"
    assert rows[1]["From"] == "Basque Country"
    assert rows[5]["Rank"] is None
    assert rows[5]["Class"] == "blocked"
    assert "Contract and pay of learners must be at least" in str(rows[5]["What to know"])
    assert sheet["A1"].value == "Transferability of good practices to Lombardy (IT, NUTS ITC4)"


def test_without_robustness_there_are_no_columns_for_it(study: Study) -> None:
    rows = tuple(row.model_copy(update={"robustness": None}) for row in samples.practices())
    header = table(read(samples.with_practices(rows), study)["Ranking"])[0]
    assert "Likeliest class" not in header
    assert "Known" in header


def test_a_score_beside_its_threshold_shows_more_decimals(report: Report, study: Study) -> None:
    sheet = read(report, study)["Ranking"]
    formats = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row}
    assert formats[74.97] == "0.00##"
    assert formats[78.25] == "0.0"


def test_indicator_values(report: Report, study: Study) -> None:
    rows = table(read(report, study)["Indicator values"])
    assert len(rows) == sum(len(p.indicators) for p in report.targets[0].practices)
    gap = next(
        row for row in rows if row["Practice id"] == "tkgune" and row["Indicator id"] == "teacher_industry"
    )
    assert gap["Required"] == 4
    assert gap["Required, in words"] == "Teachers work on projects of firms as a matter of routine"
    assert gap["There is"] == 2
    assert gap["There is, in words"] == "A voluntary scheme that reaches few teachers"
    assert gap["Value"] == 0.5
    absent = next(row for row in rows if row["State"] == "not applicable")
    assert absent["Value"] is None


def test_provenance(report: Report, study: Study) -> None:
    rows = {row["What"]: row for row in table(read(report, study)["Provenance"])}
    assert rows["Program"]["Value"] == "dualeco 0.1.0"
    assert rows["Seed"]["Value"] == 0
    assert rows["Input"]["Value"] == "practices.xlsx"
    assert rows["Input"]["SHA-256"] == samples.SHA


def test_headers_are_frozen_and_pages_set_up(report: Report, study: Study) -> None:
    for sheet in read(report, study):
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows
        assert sheet.print_area
        footer = sheet.oddFooter
        assert footer is not None
        assert footer.right is not None
        assert footer.right.text == "page &P of &N"


def test_properties(report: Report, study: Study) -> None:
    properties = read(report, study).properties
    assert properties.title == "Transferability of good practices"
    assert properties.creator == "dualeco 0.1.0"
    assert properties.created.year == 2000


def test_same_bytes(report: Report, study: Study) -> None:
    assert excel.render(report, study) == excel.render(report, study)


def test_hostile_text(attack: tuple[str, Report, Study]) -> None:
    text, report, study = attack
    raw = excel.render(report, study)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        for name in parts.namelist():
            ET.fromstring(parts.read(name))  # noqa: S314 - our own file; a broken part raises
        everything = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in everything
    assert b"<hyperlink" not in everything
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert all(
        cell.quotePrefix for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")
    )
    shown = str(table(book["Ranking"])[0]["Practice"])
    # What the file holds in place of a character that XML has no place for is the writer's choice.
    if text.isprintable() and "_x" not in text:
        assert shown.rstrip() == excel_text(text).rstrip()


def test_several_targets_have_a_ranking_each(report: Report, study: Study) -> None:
    report.targets = (samples.target(), samples.target("bremen", "Bremen"))
    book = read(report, study)
    assert book.sheetnames == ["Ranking Lombardy", "Ranking Bremen", "Indicator values", "Provenance"]
    assert {row["Target"] for row in table(book["Indicator values"])} == {"Lombardy", "Bremen"}


def test_many_targets_with_alike_long_names(report: Report, study: Study) -> None:
    name = "Autonomous Province of Bolzano/Bozen – South Tyrol 🦄"
    report.targets = tuple(
        TargetResult(id=f"t{n}", name=name, practices=samples.practices()[:1]) for n in range(30)
    )
    names = read(report, study).sheetnames
    assert len({one.casefold() for one in names}) == 32
    assert all(len(one.encode("utf-16-le")) <= 62 for one in names)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("Ranking", "Ranking"),
        ("a[b]c:d*e?f/g\\h", "a b c d e f g h"),
        ("'quoted'", "quoted"),
        ("History", "History_"),
        ("", "Sheet"),
        ("x" * 40, "x" * 31),
        ("🦄" * 20, "🦄" * 15),
    ],
)
def test_sheet_names(report: Report, wanted: str, given: str) -> None:
    assert Book(report).sheet_name(wanted) == given


def test_no_practices(study: Study) -> None:
    rows = table(read(samples.with_practices(()), study)["Ranking"])
    assert [set(row.values()) for row in rows] == [{None}]


def test_too_many_values_are_cut_and_said(
    report: Report, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "MOST_VALUES", 5)
    sheet = read(report, study)["Indicator values"]
    assert len(table(sheet)) == 5
    assert "here are the first 5" in str(sheet["A3"].value)


def test_a_long_table_has_a_filter_instead(
    report: Report, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dualeco_cli.reports.excel.book.MOST_TABLE_ROWS", 10)
    book = read(report, study)
    assert not book["Indicator values"].tables
    assert book["Indicator values"].auto_filter.ref == "A4:N44"
    assert book["Ranking"].tables
