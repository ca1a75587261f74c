from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dualeco_cli.data import words
from dualeco_cli.model.names import fold
from dualeco_cli.model.result import Report, TargetResult
from dualeco_cli.model.rows import SHEETS
from dualeco_cli.model.safe import excel_text
from dualeco_cli.model.study import Study
from dualeco_cli.reports import excel
from dualeco_cli.reports.excel import context, names
from dualeco_cli.reports.excel.book import Book
from dualeco_cli.reports.excel.charts import bars
from dualeco_cli.reports.excel.live import liveness

from . import samples

# openpyxl does not know the data bars of Excel 2010; it says so and reads on.
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")

RESULTS = [
    "Answer",
    "Scores",
    "Heat map",
    "Requirements against profile",
    "Weights",
    "Barriers and path",
    "Adapted forms",
    "Robustness",
    "Agreement",
    "Indicator values",
    "Method and provenance",
    "Inputs as read",
]
INPUTS = [
    "Practices",
    "Requirements",
    "Merits",
    "Assessments",
    "Profile",
    "Ecosystems",
    "Dimensions",
    "Indicators",
    "Settings",
]


def read(report: Report, study: Study) -> Workbook:
    """The workbook as a program shows it that does not compute."""
    return openpyxl.load_workbook(io.BytesIO(excel.render(report, study)), data_only=True)


def parts_of(content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            yield name, parts.read(name).decode("utf-8")


def formulas(content: bytes) -> list[str]:
    """Every formula of a workbook, in its cells, rules, checks and names."""
    found = []
    for name, part in parts_of(content):
        if name.startswith(("xl/worksheets/", "xl/charts/")) or name == "xl/workbook.xml":
            found += re.findall(r"<(?:\w+:)?(?:f|formula|formula1|definedName)[ >][^<]*<", part)
    # A table whose headings are no good for one has a filter, of which Excel keeps a name.
    return sorted(one for one in found if "_FilterDatabase" not in one)


def table(sheet: Worksheet, number: int = 0) -> list[dict[str, object]]:
    """The rows of a table of a sheet, by heading."""
    name = list(sheet.tables)[number]
    header, *rows = sheet[sheet.tables[name].ref]
    return [{str(h.value): cell.value for h, cell in zip(header, row, strict=True)} for row in rows]


@cache
def harmless_formulas(*, live: bool) -> list[str]:
    """The formulas of the sample as it is."""
    report = samples.report()
    return formulas(excel.render(report if live else only_values(report), samples.study()))


def links_of(sheet: Worksheet) -> list[str | None]:
    return [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def only_values(report: Report) -> Report:
    report.method.compensation = -1.0
    return report


def test_sheets(report: Report, study: Study) -> None:
    assert read(report, study).sheetnames == [*RESULTS, *INPUTS, "Model", "Model ratings"]


def test_names_of_result_sheets_are_passed_over_when_read() -> None:
    for name in names.result_names():
        assert words.sheet_words()[fold(name)] == words.GUIDE
        assert name not in SHEETS


def test_answer(report: Report, study: Study) -> None:
    sheet = read(report, study)["Answer"]
    rows = table(sheet)
    assert sheet["A1"].value == "Transferability of good practices to Lombardy"
    assert [row["Practice"] for row in rows] == [p.title for p in report.targets[0].practices]
    assert [row["Score"] for row in rows] == [p.score for p in report.targets[0].practices]
    assert rows[1]["From"] == "Basque Country"
    assert rows[5]["Rank"] is None
    assert rows[5]["Class"] == "blocked"
    assert rows[5]["Barriers"] == 2
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Lombardy (IT, NUTS ITC4)" in texts
    assert any("stays first as long as" in text for text in texts)
    assert any(text.startswith("1 transferable,  1 conditional,  1 adaptable") for text in texts)


def test_answer_leads_to_every_sheet(report: Report, study: Study) -> None:
    book = read(report, study)
    links = links_of(book["Answer"])
    listed = [name for name in book.sheetnames if name not in {"Answer", "Model ratings", *INPUTS}]
    assert links == [f"'{name}'!A1" for name in listed]
    assert links_of(book["Inputs as read"]) == [f"'{name}'!A1" for name in INPUTS]


def test_scores(report: Report, study: Study) -> None:
    rows = table(read(report, study)["Scores"])
    assert [row["Practice id"] for row in rows] == [p.id for p in report.targets[0].practices]
    assert rows[0]["Need in the target region"] == 48.5
    assert rows[0]["Local judgement"] is None
    assert rows[0]["Score of the run"] == 78.25
    assert rows[0]["Change"] == 0


def test_a_score_beside_its_threshold_shows_more_decimals(report: Report, study: Study) -> None:
    sheet = read(report, study)["Answer"]
    formats = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row}
    assert formats[74.97] == "0.00##"
    assert formats[78.25] == "0.0"


def test_requirements_against_profile(report: Report, study: Study) -> None:
    sheet = read(report, study)["Requirements against profile"]
    cells = {row[0].value: [cell.value for cell in row[3:6]] for row in sheet.iter_rows(min_row=7)}
    assert cells["TKgune: VET teachers run innovation projects for small firms"] == [
        "2 / 2 ✓",
        "4 / 2 ▽",
        "40 / ? ?",
    ]
    assert cells["Training levy shared by all employers"][0] == "2 / 2 ✗"


def test_heat_map(report: Report, study: Study) -> None:
    sheet = read(report, study)["Heat map"]
    indicators = [cell.value for cell in sheet[6]][3:-1]
    first = dict(zip(indicators, [cell.value for cell in sheet[8]][3:], strict=False))
    assert first["Teachers in contact with industry"] == 0.5
    assert first["Switched off"] == "n/a"
    assert first["Share of learning in the firm"] is None


def test_barriers_and_path(report: Report, study: Study) -> None:
    rows = table(read(report, study)["Barriers and path"])
    assert "Contract and pay of learners must be at least" in str(rows[5]["Barriers"])
    assert rows[1]["Path to"] == "transferable"
    assert rows[1]["Steps in the region"] == "Teachers in contact with industry: 2 → 3"
    assert rows[1]["Score then"] == 76.1
    assert rows[5]["Class now"] == "blocked"
    assert "Strengths: " in str(rows[0]["What to know"])


def test_adapted_forms(report: Report, study: Study) -> None:
    rows = table(read(report, study)["Adapted forms"])
    assert [row["Adapted form"] for row in rows] == ["Teacher students in a university seminar", "one-school"]
    assert rows[0]["Best form"] == "best"


def test_robustness(report: Report, study: Study) -> None:
    sheet = read(report, study)["Robustness"]
    draws, ranks, wins, stability = (table(sheet, number) for number in range(4))
    assert draws[0]["transferable"] == 0.93
    assert ranks[0]["Rank 1"] == 0.5
    assert wins[0]["2"] == 0.56
    assert wins[0]["1"] is None
    assert stability[0]["From"] == 0.04


def test_agreement(report: Report, study: Study) -> None:
    sheet = read(report, study)["Agreement"]
    assert table(sheet)[0]["Alpha"] == 0.71
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "Staff time, for Lombardy: 0, 3, 4" in texts


def test_without_draws_assessors_and_forms_there_are_no_sheets_for_them(study: Study) -> None:
    rows = tuple(
        row.model_copy(update={"robustness": None, "adaptations": ()}) for row in samples.practices()
    )
    found = read(samples.with_practices(rows), study).sheetnames
    assert not {"Robustness", "Agreement", "Adapted forms"} & set(found)


def test_weights_are_changed_in_one_place(report: Report, study: Study) -> None:
    content = excel.render(report, study)
    book = openpyxl.load_workbook(io.BytesIO(content))
    heads = [cell.value for cell in book["Indicators"][1]]
    assert str(book["Indicators"].cell(2, heads.index("weight") + 1).value).startswith("=IF(INDEX(Weights!")
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert shown["Indicators"].cell(2, heads.index("weight") + 1).value == 1
    assert [row["Weight"] for row in table(shown["Weights"])] == [1, 1, 2, 1]
    assert [row["Share"] for row in table(shown["Weights"])] == [0.2, 0.2, 0.4, 0.2]


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


def test_too_many_values_have_no_sheet(report: Report, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "MOST_VALUES", 5)
    assert "Indicator values" not in read(report, study).sheetnames


def test_provenance(report: Report, study: Study) -> None:
    rows = {row["What"]: row for row in table(read(report, study)["Method and provenance"])}
    assert rows["Program"]["Value"] == "dualeco 0.1.0"
    assert rows["Seed"]["Value"] == 0
    assert rows["Input"]["Value"] == "practices.xlsx"
    assert rows["Input"]["SHA-256"] == samples.SHA


def test_pages_are_set_up(report: Report, study: Study) -> None:
    for sheet in read(report, study):
        assert sheet.freeze_panes, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows or sheet.title.startswith("Model")
        footer = sheet.oddFooter
        assert footer is not None
        assert footer.right is not None
        assert footer.right.text == "page &P of &N"


def test_charts_have_titles_and_words_for_who_does_not_see_them(report: Report, study: Study) -> None:
    parts = dict(parts_of(excel.render(report, study)))
    charts = [part for name, part in parts.items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    assert all("<c:title>" in part for part in charts)
    assert any("<c:errBars>" in part for part in charts)
    told = [
        text
        for name, part in parts.items()
        if name.startswith("xl/drawings/drawing")
        for text in re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', part)
    ]
    assert len(told) == 3
    assert any("First are 1. Ikasenpresa student companies (78.3)" in text for text in told)


def test_properties(report: Report, study: Study) -> None:
    properties = read(report, study).properties
    assert properties.title == "Transferability of good practices"
    assert properties.creator == "dualeco 0.1.0"
    assert properties.created.year == 2000


def test_same_bytes(report: Report, study: Study) -> None:
    assert excel.render(report, study) == excel.render(report, study)


def test_formulas_use_what_old_programs_know(report: Report, study: Study) -> None:
    report.targets = (samples.target(), samples.target("bremen", "Bremen"))
    found = " ".join(formulas(excel.render(report, study)))
    used = set(re.findall(r"([A-Z][A-Z.]+)\(", re.sub(r"(?:&quot;|\").*?(?:&quot;|\")", "", found)))
    known = (
        "ABS AND CHOOSE COLUMN COLUMNS COUNT COUNTIF EXP FIND IF INDEX ISERROR ISNUMBER LEFT LEN LN MATCH "
        "MAX MEDIAN MID MIN MOD N NOT OR RANK ROUND ROW SEARCH SUBSTITUTE SUM SUMIF SUMPRODUCT TRIM VALUE"
    )
    assert used <= set(known.split())
    assert max(len(one) for one in formulas(excel.render(report, study))) < 8192


def test_hostile_text(attack: tuple[str, Report, Study]) -> None:
    text, report, study = attack
    raw = excel.render(report, study)
    for _name, part in parts_of(raw):
        ET.fromstring(part)  # noqa: S314 - our own file; a broken part raises
    # What people typed changes no formula: it is only ever referred to.
    assert formulas(raw) == harmless_formulas(live=True)
    relations = [part for name, part in parts_of(raw) if name.endswith(".rels")]
    assert not [part for part in relations if 'TargetMode="External"' in part]
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(
        cell.quotePrefix
        for cell in cells
        if cell.data_type != "f" and isinstance(cell.value, str) and cell.value.startswith("=")
    )
    shown = str(table(book["Barriers and path"])[0]["Practice"])
    # What the file holds in place of a character that XML has no place for is the writer's choice.
    if text.isprintable() and "_x" not in text:
        assert shown.rstrip() == excel_text(text).rstrip()


def test_several_targets(report: Report, study: Study) -> None:
    report.targets = (samples.target(), samples.target("bremen", "Bremen"))
    book = read(report, study)
    assert book.sheetnames[:3] == ["Answer", "Scores", "Compare"]
    assert book["Answer"]["A1"].value == "Transferability of good practices"
    assert {row["Target"] for row in table(book["Scores"])} == {"Lombardy", "Bremen"}
    rows = table(book["Compare"])
    assert rows[0]["Lombardy: score"] == 78.25
    assert rows[0]["Goes best to"] == "Lombardy, Bremen"
    assert rows[-1]["Goes best to"] == "nowhere yet"


def test_many_targets_with_alike_long_names(report: Report, study: Study) -> None:
    name = "Autonomous Province of Bolzano/Bozen – South Tyrol 🦄"
    report.targets = tuple(
        TargetResult(id=f"t{n}", name=name, practices=samples.practices()) for n in range(30)
    )
    book = read(report, study)
    assert len(table(book["Scores"])) == 30 * 7
    assert "Compare" in book.sheetnames


# Values only


@pytest.mark.parametrize("compensation", ["none", -1.0, 0.5])
def test_another_compensation_gives_values_and_says_so(
    report: Report, study: Study, compensation: float | str
) -> None:
    report.method.compensation = compensation  # type: ignore[assignment]  # as the engine reports it
    content = excel.render(report, study)
    assert "<f>" not in "".join(part for name, part in parts_of(content) if name.startswith("xl/worksheets"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert "Model" not in book.sheetnames
    assert "full and partial compensation; with another one" in str(book["Answer"]["A2"].value)
    assert [row["Score"] for row in table(book["Answer"])] == [p.score for p in report.targets[0].practices]
    assert {row["key"]: row["value"] for row in table(book["Settings"])}["compensation"] == compensation


def test_a_report_of_some_practices_is_not_live(study: Study) -> None:
    book = read(samples.with_practices(samples.practices()[:3]), study)
    assert "some of the practices only" in str(book["Answer"]["A2"].value)


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_PRACTICES", "MOST_INDICATORS"])
def test_a_large_study_is_not_live(
    report: Report, study: Study, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(liveness, limit, 6)
    book = read(report, study)
    assert "too large to be computed" in str(book["Answer"]["A2"].value)
    assert "Model" not in book.sheetnames


def test_no_practices(study: Study) -> None:
    book = read(samples.with_practices(()), study)
    assert [set(row.values()) for row in table(book["Answer"])] == [{None}]


def test_hostile_text_in_values_only(attack: tuple[str, Report, Study]) -> None:
    _text, report, study = attack
    report.method.compensation = -1.0
    raw = excel.render(report, study)
    for _name, part in parts_of(raw):
        ET.fromstring(part)  # noqa: S314 - our own file
    assert formulas(raw) == harmless_formulas(live=False)


def test_a_long_table_has_a_filter_instead(
    report: Report, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dualeco_cli.reports.excel.book.MOST_TABLE_ROWS", 10)
    book = read(report, study)
    assert not book["Indicator values"].tables
    assert book["Indicator values"].auto_filter.ref == "A5:N45"
    assert book["Scores"].tables


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


def test_the_title_of_a_chart_is_no_reference(report: Report, study: Study) -> None:
    with Book(report) as book:
        chart = bars(context.Context(book, report, study), "=Model!$A$1")
        chart.add_series({"values": "=Sheet!$A$1:$A$2"})
        page = book.sheet("Sheet")
        book.chart(page, 0, 0, chart, "A chart")
    (part,) = (part for name, part in parts_of(book.content()) if name.startswith("xl/charts/chart"))
    assert "<a:t>=Model! $A$1</a:t>" in part
