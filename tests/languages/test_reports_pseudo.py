"""Every report is wholly in the reader's language, and nothing is cut in a longer one."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from dualeco_cli import language as languages
from dualeco_cli.api import (
    backtest,
    compare,
    explain,
    load_study,
    plan,
    score,
)
from dualeco_cli.checks.load import Options, load
from dualeco_cli.language import LANGUAGES, Language, speaking
from dualeco_cli.model.finding import Severity
from dualeco_cli.model.result import Report
from dualeco_cli.model.rows import Objective, Role
from dualeco_cli.model.sentence import Prose
from dualeco_cli.model.study import Study
from dualeco_cli.reports.backtest_view import backtest_text
from dualeco_cli.reports.compare_view import compare_text
from dualeco_cli.reports.console import score_text
from dualeco_cli.reports.excel import names
from dualeco_cli.reports.excel.book import LINE
from dualeco_cli.reports.explain_view import explain_text
from dualeco_cli.reports.figures import drawings
from dualeco_cli.reports.naming import LONGEST_TEXT
from dualeco_cli.reports.plan_view import plan_text
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.terminal import Screen
from dualeco_cli.reports.write import render

from .catalogues import speaking_only
from .longer import Longer, veiled, words_left

EXAMPLE = Path(__file__).parents[2] / "examples" / "practices.xlsx"
SAMPLES = 20
#: So wide that no line is broken, and as narrow as terminals are.
WIDE, NARROW = Screen(width=6000), Screen(width=80)

View = Callable[[Screen], str]


@dataclass(frozen=True)
class Case:
    """A study in which no word is English but ids, and its report for all targets."""

    study: Study
    report: Report

    @property
    def ids(self) -> list[str]:
        """What is named as it is, in every language."""
        framework = self.study.framework
        parts = (
            self.study.practices,
            self.study.ecosystems,
            (one.id for one in framework.indicators),
            (one.id for one in framework.dimensions),
            (row.adaptation for row in self.study.adaptations),
            (source.path for source in self.report.inputs),
            (source.sha256 for source in self.report.inputs),
            ("dualeco", framework.id, "n/a"),
        )
        return [name for part in parts for name in part]


@pytest.fixture(scope="module")
def case() -> Case:
    study = veiled(load_study(EXAMPLE))
    return Case(study, score(study, "all", samples=SAMPLES).report)


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(languages, "catalogue", speaking_only({"de": Longer()}))
    with speaking("de"):
        yield


def views(case: Case) -> dict[str, View]:
    """What the commands show on a terminal."""
    study = case.study
    compared = compare(study, samples=0)
    looked_back = backtest(study)
    plans = [
        (plan(study, target.id), score(study, target.id, samples=0).report) for target in case.report.targets
    ]
    # Between them the practices have every class, and a path and none.
    explained = [explain(study, id_, "lombardy", samples=SAMPLES) for id_ in study.practices]
    return {
        "score": lambda screen: score_text(case.report, study, screen),
        "compare": lambda screen: compare_text(compared, study, screen),
        "backtest": lambda screen: backtest_text(looked_back, study, screen),
        "plan": lambda screen: "\n".join(plan_text(found, report, study, screen) for found, report in plans),
        "explain": lambda screen: "\n".join(
            explain_text(one, study, screen, sources=True) for one in explained
        ),
    }


@pytest.mark.usefixtures("longer")
def test_terminal(case: Case) -> None:
    for name, view in views(case).items():
        wide, narrow = view(WIDE), view(NARROW)
        assert words_left(wide, case.ids) == set(), name
        assert [line for line in narrow.split("\n") if cell_len(line) > NARROW.width] == [], name
        # What has an ellipsis has it at any width: no word of ours is cut for lack of room.
        assert narrow.count("…") == wide.count("…"), name


@pytest.mark.usefixtures("longer")
def test_numbers_are_in_the_manner_of_the_language(case: Case) -> None:
    text = score_text(case.report, case.study, WIDE)
    best = next(one.score for one in case.report.targets[0].practices if one.rank == 1)
    assert best is not None
    assert f"{best:.1f}".replace(".", ",") in text
    assert f"{best:.1f}" not in text
    assert re.search(r"\d\xa0%", text)
    assert not re.search(r"\d%", text.replace("5–95%", ""))


@pytest.mark.usefixtures("longer")
def test_markdown(case: Case) -> None:
    text = render(case.report, case.study, ".md").decode().replace("\\", "")
    assert words_left(text, case.ids) == set()


class _Page(HTMLParser):
    """The texts of a page: what is read, and what is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language: str | None = None
        self._skipped = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped = tag in {"script", "style"}
        given = dict(attrs)
        self.language = given.get("lang") or self.language
        self.texts += [given[name] or "" for name in ("aria-label", "data-label", "title") if name in given]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._skipped = False

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.texts.append(data)


@pytest.mark.usefixtures("longer")
def test_page(case: Case) -> None:
    page = _Page()
    page.feed(render(case.report, case.study, ".html").decode())
    assert page.language == "de"
    assert words_left("\n".join(page.texts), case.ids) == set()


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


@pytest.mark.usefixtures("longer")
def test_document(case: Case) -> None:
    found = parts(render(case.report, case.study, ".docx"))
    texts = [
        text
        for name, xml in found.items()
        if re.match(r"word/(document|header|footer)", name)
        for paragraph in xml.split("</w:p>")
        for text in (
            "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", paragraph)),
            *re.findall(r'<w:tbl(?:Caption|Description) w:val="([^"]*)', paragraph),
        )
    ]
    assert set().union(*(words_left(text, case.ids) for text in texts)) == set()
    languages_ = set(re.findall(r'<w:(?:lang|themeFontLang) w:val="([^"]*)', "".join(found.values())))
    assert languages_ == {"de-DE"}


@pytest.mark.usefixtures("longer")
def test_figures(case: Case) -> None:
    for drawing in drawings(case.report, case.study):
        assert 'xml:lang="de-DE"' in drawing.svg
        assert words_left(f"{drawing.title}\n{drawing.about}", case.ids) == set()
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawing.svg)
        assert words_left("\n".join(texts), case.ids) == set()
        cut = [text for text in texts if "~" in text and text.endswith("…")]
        assert cut == [], drawing.name


@pytest.mark.usefixtures("longer")
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_workbook(case: Case) -> None:
    content = render(case.report, case.study, ".xlsx")
    book = load_workbook(io.BytesIO(content), data_only=True)
    #: Codes that formulas compare, and the words for n/a, which are read in every language.
    codes = [*Role, *Objective, *(str(cell.value) for cell in book[names.model()][13] if cell.value)]
    results = set(names.result_names())
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        notes = [cell.comment.text for cell in cells if cell.comment]
        assert words_left("\n".join(notes), case.ids) == set(), sheet.title
        if sheet.title in results:
            said = "\n".join(cell.value for cell in cells if isinstance(cell.value, str))
            assert words_left(said, [*case.ids, *book.sheetnames, *codes]) == set(), sheet.title
    for name, xml in parts(content).items():
        if name.startswith(("xl/charts/", "xl/drawings/")):
            texts = re.findall(r'<(?:a:t|c:v)>([^<]*)|descr="([^"]*)', xml)
            assert words_left("\n".join(map("".join, texts)), case.ids) == set(), name


@pytest.mark.usefixtures("longer")
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_headings_of_the_workbook_have_room(case: Case) -> None:
    book = load_workbook(io.BytesIO(render(case.report, case.study, ".xlsx")))
    sheet = book[names.scores()]
    (row,) = [cells for cells in sheet.iter_rows() if cells[1].value and "Rank" in str(cells[1].value)]
    height = sheet.row_dimensions[row[0].row or 0].height
    assert height is not None
    # One record may stand for several columns of the same width.
    widths = {
        at: one.width
        for one in sheet.column_dimensions.values()
        for at in range(one.min or 0, (one.max or 0) + 1)
    }
    for cell in row:
        heading, width = str(cell.value), widths[cell.column or 0]
        assert width >= max(map(len, heading.split())) - 1, heading
        assert height >= LINE * len(textwrap.wrap(heading, int(width) + 2)), heading


@pytest.mark.parametrize("suffix", [".json", ".csv"])
def test_files_for_machines_are_the_same_in_every_language(
    suffix: str, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "catalogue", speaking_only(dict.fromkeys(LANGUAGES, Longer())))
    found = set()
    for language in LANGUAGES:
        with speaking(language):
            found.add(render(case.report, case.study, suffix))
    assert len(found) == 1


@pytest.mark.usefixtures("longer")
def test_what_the_engine_says_is_said_in_the_language_of_the_reader(case: Case) -> None:
    story = Story(case.report, case.study)
    paths = [p.path for target in case.report.targets for p in target.practices if p.path and p.path.reason]
    assert len({path.reason for path in paths}) > 3
    for path in paths:
        assert isinstance(path.reason, Prose)
        assert words_left(story.reason(path.reason)) == set()
        assert words_left(path.reason) != set()
    copied = case.report.model_copy(deep=True).targets[0].practices[0].path
    assert copied is not None
    assert isinstance(copied.reason, Prose)


@pytest.mark.usefixtures("longer")
def test_what_was_read_from_a_file_is_said_as_it_stands_there(case: Case) -> None:
    read = Report.model_validate_json(render(case.report, case.study, ".json"))
    assert read.targets[0].practices == case.report.targets[0].practices
    story = Story(read, case.study)
    reasons = [p.path.reason for p in read.targets[0].practices if p.path and p.path.reason]
    assert [story.reason(reason) for reason in reasons] == [reason[:LONGEST_TEXT] for reason in reasons]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_workbook_in_any_language_is_read_as_what_it_was_made_from(
    language: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(languages, "catalogue", speaking_only({language: Longer()}))
    study = load_study(EXAMPLE)
    result = score(study, "bremen", samples=0)
    read = {}
    both: tuple[Language, ...] = ("en", language)
    for spoken in both:
        path = tmp_path / f"{spoken}.xlsx"
        with speaking(spoken):
            path.write_bytes(render(result.report, result.study, ".xlsx"))
            results = names.result_names()
        found = load([str(path)], Options(for_scoring=True)).findings
        assert [one for one in found if one.sheet in results] == []
        read[spoken] = {(one.code, one.cell, one.found) for one in found if one.severity is not Severity.INFO}
        again = score(load_study(path), "bremen", samples=0).report
        assert again.model_copy(update={"inputs": result.report.inputs}) == result.report
    assert read["en"] == read[language]
