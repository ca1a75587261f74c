"""The page as a file: what stands in it before any script runs, and that nothing in it can do harm."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dualeco_cli.api import score
from dualeco_cli.model.result import PracticeClass, Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import html, write
from dualeco_cli.reports.numbers import score as score_text
from dualeco_cli.reports.texts import class_word
from tests.reports import samples
from tests.reports.hostile import TEXTS, hostile
from tests.scoring import studies

LARGEST = 1_500_000


class Document(HTMLParser):
    """The elements of a page in their order, and the text of each script and style."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.raw: list[tuple[str, dict[str, str], str]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag in {"script", "style"}:
            self.raw.append((tag, found, ""))
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            tag, attrs, text = self.raw[-1]
            self.raw[-1] = (tag, attrs, text + data)
        else:
            self.text += data

    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]

    def all(self, tag: str) -> Iterator[dict[str, str]]:
        return (attrs for name, attrs in self.elements if name == tag)


@pytest.fixture(scope="module")
def content(one_target: Report, example: Study) -> bytes:
    return html.render(one_target, example)


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return Document(content)


def data_of(document: Document) -> dict[str, Any]:
    (text,) = (text for tag, attrs, text in document.raw if attrs.get("type") == "application/json")
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def test_it_is_the_writer_of_html(one_target: Report, example: Study, content: bytes) -> None:
    assert write.render(one_target, example, ".html") == content
    assert content.startswith(b"<!DOCTYPE html>\n<html lang=")


def test_the_answer_stands_in_the_page(document: Document, one_target: Report) -> None:
    words = " ".join(document.text.split())
    target = one_target.targets[0]
    assert "Transferability of good practices to Lombardy" in words
    positions = []
    ranking = words[words.index("Ranking for Lombardy") :]
    for practice in target.practices:
        assert class_word(practice.class_) in ranking
        assert score_text(practice.score) in ranking
        positions.append(ranking.index(practice.title))
    assert positions == sorted(positions)
    for heading in (
        "Where the scores come from",
        "Practice by indicator",
        "Merit against fit",
        "Barriers and the way forward",
        "Adapted forms",
        "How firm it is",
        "What is not known yet",
        "Agreement of the assessors",
        "Practice by practice",
        "Method and provenance",
    ):
        assert heading in words


def test_what_is_required_stands_in_words(document: Document) -> None:
    words = " ".join(document.text.split())
    assert "“A funded scheme that releases teachers from lessons” (3)" in words
    assert "“A voluntary scheme that reaches few teachers” (2)" in words


def test_provenance(document: Document, one_target: Report) -> None:
    words = " ".join(document.text.split())
    for source in one_target.inputs:
        assert source.sha256 in words
    assert f"dualeco {one_target.tool.version}" in words
    assert re.search(r"Framework version\s*1\.0", words)
    assert re.search(r"Seed\s*0", words)


def test_several_targets_are_compared(all_targets: Report, example: Study) -> None:
    document = Document(html.render(all_targets, example))
    words = " ".join(document.text.split())
    assert "Transferability of good practices to 4 regions" in words
    assert "Practices and regions at a glance" in words
    for target in all_targets.targets:
        assert f"Ranking for {target.name}" in words


def test_ids_are_unique_and_references_lead_somewhere(all_targets: Report, example: Study) -> None:
    document = Document(html.render(all_targets, example))
    ids = document.ids()
    assert len(ids) == len(set(ids))
    known = set(ids)
    for _tag, attrs in document.elements:
        for name in ("for", "aria-labelledby", "aria-controls", "aria-describedby"):
            assert set(attrs.get(name, "").split()) <= known, attrs
        href = attrs.get("href")
        assert href is None or (href.startswith("#") and href[1:] in known), attrs


def test_nothing_is_fetched_and_nothing_runs_but_the_script(document: Document) -> None:
    for tag, attrs in document.elements:
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        assert "style" not in attrs, (tag, attrs)
        assert not {"src", "srcset", "action", "formaction", "data", "background"} & set(attrs), (tag, attrs)
    (policy,) = (
        attrs["content"]
        for attrs in document.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for tag, attrs, text in document.raw:
        if attrs.get("type") != "application/json":
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert len(document.raw) == 3


def test_the_data_of_the_page_are_exact(document: Document, one_target: Report) -> None:
    data = data_of(document)
    for row, practice in zip(data["targets"][0]["rows"], one_target.targets[0].practices, strict=True):
        assert row["check"]["score"] == practice.score
        found = [-1 if i.status == "n/a" else i.value for i in practice.indicators]
        assert row["values"] == found
        assert row["home"] == (practice.class_ == PracticeClass.HOME)


def test_size(content: bytes, all_targets: Report, example: Study) -> None:
    assert len(content) < LARGEST
    assert len(html.render(all_targets, example)) < LARGEST


def test_size_of_a_large_study() -> None:
    """200 practices by 40 indicators, a third of the cells unknown."""
    random = Random(1)
    indicators = [
        maker(f"indicator-with-a-name-of-some-length-{n}", f"dimension {n % 7}")
        for n, maker in enumerate([studies.condition] * 24 + [studies.merit] * 10 + [studies.judgement] * 6)
    ]
    ids = [f"practice-with-a-title-of-usual-length-{n}" for n in range(200)]

    def cells(wanted: str) -> dict[str, dict[str, str | float | None]]:
        return {
            id_: {
                i.id: random.choice([0.0, 1.0, 2.0, 3.0, "4!", None, None])
                for i in indicators
                if i.role.value == wanted
            }
            for id_ in ids
        }

    study = studies.make_study(
        indicators,
        practices=ids,
        requirements=cells("condition"),
        merits=cells("merit"),
        profile={i.id: float(random.randint(0, 4)) for i in indicators if i.role.value == "condition"},
        assessments=[
            studies.rating(id_, i.id, float(random.randint(0, 4)))
            for id_ in ids
            for i in indicators
            if i.role.value == "judgement" and random.random() < 0.6
        ],
    )
    report = score(study, studies.TARGET, samples=50).report
    assert len(html.render(report, study)) < LARGEST


def test_same_input_same_bytes(content: bytes, one_target: Report, example: Study) -> None:
    assert html.render(one_target, example) == content


def test_same_bytes_in_another_process() -> None:
    """Whatever the order in which another interpreter keeps its sets."""
    script = (
        "import hashlib\n"
        "from tests.reports import samples\n"
        "from dualeco_cli.reports import html\n"
        "print(hashlib.sha256(html.render(samples.report(), samples.study())).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_every_part_of_a_report_has_its_place() -> None:
    document = Document(html.render(samples.report(), samples.study()))
    words = " ".join(document.text.split())
    assert "Krippendorff's alpha is 0.71, from 4 questions that several answered." in words
    assert "0, 3, 4" in words
    assert "Teachers in contact with industry 2 → 3" in words
    assert "Contract and pay of learners: 4 required, 2 there" in words
    assert "Teacher students in a university seminar best form" in words


def test_a_report_without_targets() -> None:
    report = samples.report().model_copy(update={"targets": ()})
    assert b"Method and provenance" in html.render(report, samples.study())


def test_a_report_without_practices() -> None:
    document = Document(html.render(samples.with_practices(()), samples.study()))
    assert "Ranking for Lombardy" in document.text


def test_text_of_users_is_only_text() -> None:
    plain = Document(html.render(*hostile("x")))
    for name, text in TEXTS.items():
        content = html.render(*hostile(text))
        document = Document(content)
        assert [tag for tag, _attrs in document.elements] == [tag for tag, _attrs in plain.elements], name
        for (_tag, attrs), (_plain, expected) in zip(document.elements, plain.elements, strict=True):
            assert set(attrs) == set(expected), name
        data_of(document)
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content), name
        for character in "\u202e\u2028\u2029\x9b":
            assert character not in content.decode(), name


def test_half_a_character_does_not_stop_the_report() -> None:
    assert b"</html>" in html.render(*hostile("a\ud800b"))
