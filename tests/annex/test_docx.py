from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import docx as word
import pytest
from docx.oxml.ns import qn

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.annex import docx
from tests.reports import hostile

from . import studies


@pytest.fixture(scope="module")
def content() -> bytes:
    return docx.render(*studies.rich())


def test_same_bytes(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.localtime(time.time() + 400_000)
    monkeypatch.setattr(time, "localtime", lambda *_seconds: later)
    assert docx.render(*studies.rich()) == content


def test_nothing_of_the_template_is_left(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        assert not [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name]
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names:
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(name))  # noqa: S314 - our own file; a broken part raises


def test_properties(content: bytes) -> None:
    properties = word.Document(io.BytesIO(content)).core_properties
    assert properties.title == "Transferability of good practices"
    assert properties.subject == "Lombardy"
    assert properties.author == "dualeco 0.1.0"
    assert properties.language == "en-GB"
    assert properties.created is not None
    assert properties.created.year == 2000
    assert properties.modified == properties.created


def test_language(content: bytes) -> None:
    styles = word.Document(io.BytesIO(content)).styles.element
    assert {tag.get(qn("w:val")) for tag in styles.iter(qn("w:lang"))} == {"en-GB"}


def test_tables_can_be_edited_and_heard(content: bytes) -> None:
    body = word.Document(io.BytesIO(content)).element.body
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) > 10
    for table in tables:
        first, *others = table.findall(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert not [row for row in others if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}").get(qn("w:val"))
        # Cells that were merged are what makes a table hard to edit and to hear.
        assert not list(table.iter(qn("w:gridSpan"), qn("w:vMerge")))
        widths = {len(row.findall(qn("w:tc"))) for row in (first, *others)}
        assert widths == {len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))}


def test_pictures_have_a_description(content: bytes) -> None:
    document = word.Document(io.BytesIO(content))
    pictures = [shape._inline.docPr for shape in document.inline_shapes]
    assert len(pictures) == 2
    assert len({picture.get("id") for picture in pictures}) == 2
    for picture in pictures:
        assert "TKgune Zitron" in str(picture.get("descr"))
        assert picture.get("title")


def test_contents_lead_to_the_headings(content: bytes) -> None:
    body = word.Document(io.BytesIO(content)).element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    inside = [anchor for anchor in anchors if anchor is not None]
    assert len(inside) > 20
    assert set(inside) <= marks
    fields = [text.text.split()[0] for text in body.iter(qn("w:instrText"))]
    assert fields.count("TOC") == 1
    types = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert types.count("begin") == types.count("separate") == types.count("end")


def test_pages_are_numbered(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        footers = [parts.read(name).decode() for name in parts.namelist() if "/footer" in name]
    assert len(footers) == 2
    assert all(" PAGE " in footer and " NUMPAGES " in footer for footer in footers)


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b\x0bc\ufffe\uffff\ud800",
        "]]><w:p/>",
        "</w:t></w:r>",
        "&#x0; &lt;",
        "\u202egnp.exe",
        "x" * 40_000,
    ],
)
def test_characters_that_xml_does_not_have(text: str) -> None:
    report, study = hostile.hostile(text)
    raw = docx.render(report, study)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(name))  # noqa: S314 - our own file; a broken part raises
                assert "\u202e" not in parts.read(name).decode()
    assert word.Document(io.BytesIO(raw)).paragraphs


def office(source: Path, folder: Path) -> Path:
    """The PDF file that LibreOffice makes of a document."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    pdf = shutil.which("pdftotext")
    if program is None or pdf is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice Writer and poppler-utils have to be there in CI")
        pytest.skip("LibreOffice Writer or poppler-utils is not installed here")
    command = [program, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"]
    done = subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "HOME": str(folder)},
    )
    result = source.with_suffix(".pdf")
    if not result.exists() and not os.environ.get("CI"):
        pytest.skip(f"LibreOffice here does not open documents: {done.stdout}{done.stderr}")
    assert result.exists(), done.stdout + done.stderr
    return result


def test_libreoffice_opens_it(tmp_path: Path, example: tuple[Report, Study]) -> None:
    report, study = example
    one = report.model_copy(update={"targets": report.targets[:1]})
    source = tmp_path / "annex.docx"
    source.write_bytes(docx.render(one, study))
    pdf = office(source, tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    pages = text.split("\f")
    assert len(pages) > 40
    assert "page 2 of" in pages[1]
    assert "Transferability of good practices" in pages[0]
    for practice in study.practices.values():
        assert practice.title[:20] in text
    for chapter in ("Summary", "Practices", "Regions", "Method", "Provenance", "Sources"):
        assert any(page.lstrip().splitlines()[1:] and chapter in page[:300] for page in pages[1:])
