"""What stands in the annex, and that both formats say the same."""

from __future__ import annotations

import re

import pytest

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.annex import docx, fiches, markdown
from dualeco_cli.reports.annex.blocks import Document, Heading, Table
from dualeco_cli.reports.annex.content import document
from dualeco_cli.reports.story import Story
from tests.reports import hostile, samples

from . import reading, studies

pytestmark = pytest.mark.usefixtures("quick_pictures")


def headings(content: Document, level: int) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Heading) and block.level == level]


def table(content: Document, title: str) -> Table:
    return next(block for block in content.blocks if isinstance(block, Table) and block.title == title)


def cells(content: Document, title: str) -> list[list[str]]:
    return [["".join(run.text for run in cell) for cell in row] for row in table(content, title).rows]


@pytest.mark.parametrize("read", ["word", "markdown"])
def test_everything_of_the_study_is_there(read: str) -> None:
    report, study = studies.rich()
    found = (
        reading.word(docx.render(report, study))
        if read == "word"
        else reading.markdown(markdown.render(report, study))
    )
    missing = {place: word for place, word in studies.WORDS.items() if word not in found.text}
    assert not missing
    assert set(studies.LINKS) <= {link.replace("&amp;", "&") for link in found.links}
    assert not re.search(r"\bNone\b", found.text)


def test_the_chapters() -> None:
    content = document(*studies.rich())
    assert headings(content, 1) == ["Summary", "Practices", "Regions", "Method", "Provenance", "Sources"]
    assert headings(content, 2)[:2] == ["Ranking for Lombardy (IT, NUTS ITC4)", "TKgune Zitron"]


def test_ranking() -> None:
    rows = cells(document(*studies.rich()), "Ranking for Lombardy")
    ranked = ["1", "Ikasenpresa student companies", "Basque Country", "78.3", "78", "74–82", "100%"]
    assert rows[0] == [*ranked, "transferable"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    others = cells(document(*studies.rich()), "Practices without a rank for Lombardy")
    assert [row[2] for row in others] == ["blocked", "insufficient evidence", "home"]
    assert others[0][4] == "2 barriers: Contract and pay of learners and Staff time."


def test_needs_with_their_reasons() -> None:
    content = document(*studies.rich())
    assert cells(content, "What it needs, and why we think so") == [
        [
            "Contract and pay of learners",
            "2: A paid contract in some dual routes; critical",
            "Olivenhain (study visit, 2022, example.org [2])",
        ]
    ]
    assert cells(content, "What it does not need") == [
        ["Teachers in contact with industry", "nothing (0); not sure", "Nussbaum"]
    ]
    assert cells(content, "What the practice itself has to show") == [
        ["Documentation", "3: Public rules or a guide", "Mandelkern"]
    ]


def test_forms_and_pilots() -> None:
    content = document(*studies.rich())
    assert cells(content, "What changes in an adapted form") == [
        [
            "Kastanie",
            "Contract and pay of learners",
            "2: A paid contract in some dual routes; critical",
            "1: A grant or scholarship is possible",
            "Walnuss",
        ]
    ]
    assert cells(content, "Pilots elsewhere") == [
        ["Bremen", "2023", "3", "Kastanie", "Schlehe example.org [3]"]
    ]


def test_the_values_behind_a_score() -> None:
    report, study = studies.rich()
    rows = cells(document(report, study), "How the score for Lombardy comes about")
    assert rows[0][0] == "Need in the target region"
    assert rows[0][1:3] == ["", ""]
    practice = next(p for p in report.targets[0].practices if p.id == "tkgune")
    counted = [i for i in practice.indicators if i.status != "n/a" and i.weight]
    dimensions = {i.dimension for i in counted}
    assert len(rows) == len(counted) + len(dimensions)


def test_too_many_values_are_left_to_other_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fiches, "MOST_VALUES", 5)
    content = document(*studies.rich())
    titles = [block.title for block in content.blocks if isinstance(block, Table)]
    assert "How the score for Lombardy comes about" not in titles
    assert ".xlsx" in reading.markdown(markdown.write(content).encode()).text


def test_every_remark_and_every_open_question_is_there(example: tuple[Report, Study]) -> None:
    report, study = example
    text = reading.markdown(markdown.render(report, study)).text
    story = Story(report, study)
    for target in report.targets:
        for practice in target.practices:
            for remark in story.remarks(practice, target):
                assert f"{remark.label}: {remark.text}" in text
    report, study = studies.rich()
    first = report.targets[0].practices[2]
    asked = first.model_copy(
        update={"open_questions": tuple(study.framework.indicators[n].id for n in range(5))}
    )
    report.targets = (report.targets[0].model_copy(update={"practices": (asked,)}),)
    assert (
        "Open as well: Share of learning in the firm and Documentation."
        in reading.markdown(markdown.render(report, study)).text
    )


def test_several_targets_side_by_side() -> None:
    content = document(*studies.several())
    compared = [
        block
        for block in content.blocks
        if isinstance(block, Table) and block.title.startswith("Class, score")
    ]
    assert [len(block.columns) for block in compared] == [5, 2]
    assert "".join(run.text for run in compared[0].rows[0][1]) == "transferable (78.3), rank 1"


def test_settings_of_the_run_are_in_the_method() -> None:
    report, study = studies.rich()
    method = report.method.model_copy(
        update={"compensation": 0.0, "samples": 0, "transferable_from": 81.0, "min_coverage": 0.7}
    )
    text = reading.markdown(markdown.render(report.model_copy(update={"method": method}), study)).text
    assert "exp(Σ w · log value / Σ w)" in text
    assert "the score is 81 or more" in text
    assert "less than 70% of the weight is known" in text
    assert "No draws were made in this run" in text
    assert "stricter than they look" in text


@pytest.mark.parametrize(
    ("q", "formula"), [("none", "smallest value"), (-1.0, "value^q"), (1.0, "Σ w · value")]
)
def test_formula_of_each_mean(q: float | str, formula: str) -> None:
    report, study = studies.rich()
    method = report.method.model_copy(update={"compensation": q})
    text = reading.markdown(markdown.render(report.model_copy(update={"method": method}), study)).text
    assert formula in text


def test_nothing_to_report() -> None:
    report, study = samples.with_practices(()), samples.study()
    assert headings(document(report, study), 1) == ["Summary", "Regions", "Method", "Provenance", "Sources"]
    none = report.model_copy(update={"targets": ()})
    for one in (report, none):
        assert reading.word(docx.render(one, study)).headings
        assert reading.markdown(markdown.render(one, study)).headings


@pytest.mark.parametrize("name", ["rich", "several", "example"])
def test_both_formats_say_the_same(name: str, request: pytest.FixtureRequest) -> None:
    report, study = request.getfixturevalue("example") if name == "example" else getattr(studies, name)()
    same(report, study)


@pytest.mark.parametrize("name", sorted(hostile.TEXTS))
def test_hostile_text_is_text_in_both_formats(name: str) -> None:
    _report, study = studies.rich()
    report, _study = hostile.hostile(hostile.TEXTS[name])
    same(report, hostile._replace(study, lambda _name: hostile.TEXTS[name]))


def same(report: Report, study: Study) -> None:
    one = reading.word(docx.render(report, study))
    other = reading.markdown(markdown.render(report, study))
    assert one.tables == other.tables
    assert [heading for heading in other.headings if heading[0]] == one.headings
    assert {link.replace("&amp;", "&") for link in other.links} == one.links
    assert all(link.startswith(("https://", "http://")) for link in one.links)
    # Captions of figures are in the Word file only, its contents too.
    assert set(other.paragraphs) <= set(one.paragraphs)
