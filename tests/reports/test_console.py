from __future__ import annotations

import io
import re
import unicodedata

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from dualeco_cli.model.result import Method, PracticeClass, Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.console import print_score, score_text
from dualeco_cli.reports.terminal import PIPE_WIDTH, Screen, emit
from dualeco_cli.reports.texts import class_word

from . import samples

COLOUR_CODE = re.compile("\x1b\\[[0-9;]*m")


def visible(text: str) -> str:
    """Escape characters as a picture of them, for snapshots that people read."""
    return text.replace("\x1b", "␛")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [80, 140])
def test_plain(report: Report, study: Study, snapshot: SnapshotAssertion, width: int) -> None:
    assert score_text(report, study, Screen(width)) == snapshot


@pytest.mark.parametrize("width", [80, 140])
def test_colour(report: Report, study: Study, snapshot: SnapshotAssertion, width: int) -> None:
    assert visible(score_text(report, study, Screen(width, colour=True))) == snapshot


def test_ascii(report: Report, study: Study, snapshot: SnapshotAssertion) -> None:
    text = score_text(report, study, Screen(80, unicode=False))
    assert text.isascii()
    assert text == snapshot


@pytest.mark.parametrize("width", [60, 80, 100, 120, 140, 160])
def test_no_line_is_wider_than_the_screen(report: Report, study: Study, width: int) -> None:
    for colour in (False, True):
        text = COLOUR_CODE.sub("", score_text(report, study, Screen(width, colour=colour)))
        assert max(cell_len(line) for line in text.splitlines()) <= width


def test_colour_adds_nothing_but_colour(report: Report, study: Study) -> None:
    # Where there are no styles, headings have a line below them.
    plain = [
        line for line in score_text(report, study, Screen(80)).splitlines() if not line or line.strip("=-")
    ]
    coloured = COLOUR_CODE.sub("", score_text(report, study, Screen(80, colour=True)))
    assert [line.rstrip() for line in coloured.splitlines()] == plain


def test_every_class_is_in_words_and_has_its_own_mark(report: Report, study: Study) -> None:
    text = score_text(report, study, Screen(140))
    marks = {}
    for class_ in PracticeClass:
        marks[class_] = re.search(f": ([^ ]+) {class_word(class_)}, ", text)
    assert all(marks.values())
    assert len({found[1] for found in marks.values() if found}) == len(PracticeClass)


def test_a_score_is_not_rounded_over_its_threshold(report: Report, study: Study) -> None:
    text = score_text(report, study, Screen(140))
    assert re.search(r"TKgune.* 74\.97 .*adaptable", text)
    assert "Only 59.96% of the weight is known, 60% is asked for." in text


def test_neighbours_that_cannot_be_told_apart(report: Report, study: Study) -> None:
    text = " ".join(score_text(report, study, Screen(80)).split())
    said = (
        "“Ikasenpresa student companies” and “TKgune: VET teachers run innovation projects for small firms” "
        "cannot be told apart: the first is ahead in 56% of the draws."
    )
    assert said in text
    assert text.count("cannot be told apart") == 1


def test_without_robustness_there_is_no_word_of_draws(study: Study) -> None:
    rows = tuple(row.model_copy(update={"robustness": None}) for row in samples.practices())
    report = samples.with_practices(rows)
    report.method = Method(samples=0)
    for width in (80, 140):
        text = score_text(report, study, Screen(width))
        assert "draw" not in text
        assert "Likeliest" not in text
        assert "firm is this order" not in text


def test_another_compensation_is_said(report: Report, study: Study) -> None:
    report.method.compensation = "none"
    text = score_text(report, study)
    assert "the worst value decides" in text
    assert "thresholds were set for full compensation" in text
    assert "points" not in text.split("Without a rank")[0].replace("50 points", "")


def test_of_many_practices_the_first_are_shown(study: Study) -> None:
    first, *_others = samples.practices()
    home = samples.practices()[4]
    ranked = [
        first.model_copy(update={"id": f"p{n}", "rank": n, "title": f"Practice {n}"}) for n in range(1, 62)
    ]
    unranked = [home.model_copy(update={"id": f"h{n}"}) for n in range(45)]
    text = score_text(samples.with_practices((*ranked, *unranked)), study)
    assert "  40  Practice 40" in text
    assert "Practice 41" not in text
    assert "… and 21 more practices; use --output FILE to see all of them." in text
    assert "… and 5 more practices; use --output FILE to see all of them." in text


def test_sixty_practices_are_all_shown(study: Study) -> None:
    first, *_others = samples.practices()
    ranked = tuple(
        first.model_copy(update={"id": f"p{n}", "rank": n, "title": f"Practice {n}"}) for n in range(1, 61)
    )
    text = score_text(samples.with_practices(ranked), study)
    assert "60. Practice 60" in text
    assert "more practice" not in text


def test_nothing_ranked(study: Study) -> None:
    report = samples.with_practices(samples.practices()[4:])
    assert "No practice gets a rank here; the reasons are below." in score_text(report, study)


def test_no_practices_at_all(study: Study) -> None:
    assert "No practice gets a rank here" in score_text(samples.with_practices(()), study)


@pytest.mark.parametrize("colour", [False, True])
def test_hostile_text_is_shown_as_text(attack: tuple[str, Report, Study], colour: bool) -> None:
    _text, report, study = attack
    for width in (60, 80, 140):
        shown = COLOUR_CODE.sub("", score_text(report, study, Screen(width, colour=colour)))
        assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in "\n\u200d"]
        assert max(cell_len(line) for line in shown.splitlines()) <= width
        assert len(shown) < 60_000


def test_markup_is_not_interpreted(study: Study) -> None:
    row = samples.practices()[0].model_copy(update={"title": "[bold]x[/] :smile: [/]"})
    assert "[bold]x[/] :smile: [/]" in score_text(samples.with_practices((row,)), study, Screen(140))


class TestScreen:
    def test_a_pipe_has_a_fixed_width_and_no_colour(self) -> None:
        screen = Screen.of(io.StringIO(), {"COLUMNS": "37", "FORCE_COLOR": "1", "TERM": "xterm"})
        assert screen == Screen(PIPE_WIDTH, colour=False, unicode=True)

    def test_a_terminal_has_colour(self) -> None:
        assert Screen.of(Terminal(), {"COLUMNS": "90", "LINES": "20", "TERM": "xterm"}) == Screen(
            90, colour=True
        )

    @pytest.mark.parametrize("environ", [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}])
    def test_no_colour_where_it_is_not_wanted(self, environ: dict[str, str]) -> None:
        assert not Screen.of(Terminal(), environ).colour

    def test_an_empty_no_color_is_none(self) -> None:
        assert Screen.of(Terminal(), {"NO_COLOR": "", "TERM": "xterm"}).colour

    @pytest.mark.parametrize(("columns", "width"), [("20", 60), ("500", 160)])
    def test_width_has_limits(self, columns: str, width: int) -> None:
        environ = {"COLUMNS": columns, "LINES": "20", "TERM": "xterm"}
        assert Screen.of(Terminal(), environ).width == width

    def test_width_does_not_depend_on_the_surroundings(
        self, report: Report, study: Study, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = score_text(report, study, Screen(140))
        for name, value in {"TERM": "dumb", "COLUMNS": "30", "FORCE_COLOR": "1", "NO_COLOR": "1"}.items():
            monkeypatch.setenv(name, value)
        assert score_text(report, study, Screen(140)) == before

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
    def test_what_the_encoding_lacks_does_not_stop_the_output(
        self, study: Study, report: Report, encoding: str
    ) -> None:
        report.targets[0].practices[0].title = "実践 Straße"
        raw = io.BytesIO()
        file = io.TextIOWrapper(raw, encoding=encoding, newline="")
        print_score(report, study, file)
        file.flush()
        text = raw.getvalue().decode(encoding)
        assert "Strengths" in text
        assert ("実践" in text) == (encoding == "utf-8")

    def test_emit_to_a_stream_without_an_encoding(self) -> None:
        file = io.StringIO()
        emit("“ä” 実\n", file)
        assert file.getvalue() == "“ä” 実\n"
