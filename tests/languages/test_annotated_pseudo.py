"""Annotated copies in another language: all of it is in them, and they are known again in any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dualeco_cli.checks.load import load
from dualeco_cli.language import speaking
from dualeco_cli.model.finding import Finding
from dualeco_cli.workbook.annotate import annotate_file, labels, listing
from dualeco_cli.workbook.annotate.notes import new_texts
from tests.support.sheets import workbook
from tests.template.filling_in import opened

from .pseudo import OfData, Pseudo, plain_words, speak, wide

SHEET = "| Practices |\n| id | title | source | eqf_level |\n| fair | | lombardy | 9 |"


@pytest.fixture(autouse=True)
def italian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    speak(monkeypatch, {"it": Pseudo({})})
    labels.known_headings.cache_clear()
    yield
    labels.known_headings.cache_clear()


def _annotated(path: Path) -> bytes:
    with speaking("it"):
        findings = load([path]).findings
        return annotate_file(path, findings).content


def test_what_the_copy_says(tmp_path: Path) -> None:
    copy = opened(_annotated(workbook(tmp_path, SHEET)))
    known = ["C101", "cell-required", "C112", "eqf-level-invalid", "Practices", "B2", "D2", "title"]
    known += ["study.xlsx", "eqf_level", "fair", "dualeco"]
    sheet, practices = copy.worksheets
    texts = [str(cell.value) for row in sheet for cell in row if cell.value is not None]
    texts += [cell.comment.text for row in practices for cell in row if cell.comment]
    assert len(texts) > 25
    for text in texts:
        assert plain_words(text, but_for=known) == []
    [table] = sheet.tables.values()
    assert [column.name for column in table.tableColumns] == [wide(name) for name, _width in listing.COLUMNS]


def test_a_fresh_copy_says_why_it_is_one(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "Practices.csv").write_text("id,title,source\nfair,,lombardy\n", encoding="utf-8")
    with speaking("it"):
        copy = annotate_file(folder, load([folder]).findings)
    [remark] = copy.remarks
    assert plain_words(remark.replace(str(folder), "")) == []
    sheet = opened(copy.content).worksheets[0]
    assert sheet["A5"].value == wide("Severity")


def test_notes_of_a_run_in_another_language_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(_annotated(workbook(tmp_path, SHEET)))
    again = opened(annotate_file(path, ()).content)
    assert [cell.comment for row in again["Practices"] for cell in row if cell.comment] == []
    assert len(again.worksheets) == 2


def test_a_note_is_known_by_its_first_line_in_any_language() -> None:
    finding = Finding(code="C101", name="cell-required", severity="error", file="a", message="Blank.")
    with speaking("it"):
        note = listing.note((2, 2), [finding])
    assert new_texts([note]).new == (note,)
    for text in (f"{note.heading}\n{note.text}", "ERROR C101 cell-required\nBlank."):
        assert labels.begins_like_ours(text)
    assert not labels.begins_like_ours("Please see C101 cell-required\n")


def test_headers_that_a_language_has_one_word_for_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table may not have two columns of one name."""

    class Same(OfData):
        def gettext(self, message: str) -> str:
            return "Blatt" if message in {"Sheet", "Cell"} else message

    speak(monkeypatch, {"de": Same({})})
    with speaking("de"):
        assert listing.headers()[:5] == ["Severity", "Code", "Blatt", "Blatt_", "Header"]
