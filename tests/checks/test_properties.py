"""Whatever stands in the sheets: no crash, known rules only, and what passes is what was written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.checks import load as loading
from dualeco_cli.checks.catalogue import BY_CODE
from dualeco_cli.checks.load import Loaded, Options
from dualeco_cli.data import words
from dualeco_cli.model.cells import (
    Area,
    Cell,
    ErrorValue,
    Percentage,
    Sheet,
    SheetRow,
    Uncomputed,
    Workbook,
)
from dualeco_cli.model.finding import Severity
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import SHEETS, columns

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def loaded_from(*sheets: Sheet, for_scoring: bool = False, files: Sequence[Workbook] = ()) -> Loaded:
    """What comes of sheets that stand in no file."""
    books = {book.path: book for book in files} or {"study.xlsx": Workbook("study.xlsx", "0" * 64, sheets)}
    with patch.object(loading, "read", lambda path, **_: books[path]):
        return loading.load(list(books), Options(for_scoring=for_scoring))


def sheet(name: str, rows: Sequence[Sequence[Cell]], file: str = "study.xlsx", *, start: int = 1) -> Sheet:
    """A sheet as the readers hand it on: rows that are blank as a whole are not in it."""
    numbered = (SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=start))
    return Sheet(
        file, name, tuple(row for row in numbered if any(cell not in {None, ""} for cell in row.cells))
    )


# -- any sheets --------------------------------------------------------------------------------------

WORDS = st.sampled_from(sorted({row.word for row in words.value_words()}))
HEADERS = st.sampled_from(sorted({row.word for row in words.header_words()}))
NUMBERS = st.integers() | st.floats()
ODD = st.sampled_from(
    [
        *("", " ", "\u200b", "3!", "3?!", "n/a", "k.A.", "-", "1.234", "12,5 %", "1e999", "1_000", "=1+1"),
        *("#REF!", "lombardy", "Bremen", "tkgune", "legal_framework", "documentation", "neet_rate"),
        *("goal_shared", "4-5", "quality, wbl", "\U0001f642", "a" * 300, "[bold]x[/]", "l\u043embardy"),
        *("{found}", "%s", "\ud800"),
    ]
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    ODD,
    WORDS,
    NUMBERS,
    st.booleans(),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(ErrorValue, st.sampled_from(["#REF!", "#N/A"])),
    st.builds(Uncomputed, st.sampled_from(["=A1", "A1"])),
    st.builds(Percentage, st.floats()),
)
NAMES = st.one_of(
    st.sampled_from(list(SHEETS)),
    st.sampled_from(["Pratiche", "Practises", "Foglio1", "Notes", "_x", "Guide", "Merits 2024"]),
    st.text(max_size=5),
)


@st.composite
def any_sheet(draw: st.DrawFn) -> Sheet:
    kind = draw(st.sampled_from(list(SHEETS)))
    heads: st.SearchStrategy[Cell] = st.one_of(
        st.sampled_from(list(columns(SHEETS[kind]))),
        st.sampled_from(["legal_framework", "regional_room", "documentation", "level_0", "Livello 4"]),
        HEADERS,
        CELLS,
    )
    header = draw(st.lists(heads, max_size=8))
    if draw(st.booleans()):
        header = [*columns(SHEETS[kind]), *header]
    rows = draw(st.lists(st.lists(CELLS, max_size=len(header) + 1), max_size=6))
    above = draw(st.lists(st.lists(CELLS, max_size=3), max_size=2))
    name = kind if draw(st.booleans()) else draw(NAMES)
    found = sheet(name, [*above, header, *rows], start=draw(st.integers(1, 3)))
    areas = st.builds(Area, st.integers(1, 3), st.integers(1, 3), st.integers(3, 9), st.integers(3, 9))
    return Sheet(
        found.file,
        found.name,
        found.rows,
        hidden=draw(st.booleans()),
        hidden_rows=draw(st.frozensets(st.integers(1, 6), max_size=3)),
        hidden_columns=draw(st.frozensets(st.integers(1, 6), max_size=3)),
        merged=tuple(draw(st.lists(areas, max_size=2))),
        from_csv=draw(st.booleans()),
        decimal_mark=draw(st.sampled_from([None, ",", "."])),
    )


@settings(QUICK, max_examples=250)
@given(st.lists(any_sheet(), max_size=4), st.booleans())
def test_any_sheets_give_findings_and_never_a_crash(sheets: list[Sheet], for_scoring: bool) -> None:
    loaded = loaded_from(*sheets, for_scoring=for_scoring)
    errors = False
    names = {one.name for one in sheets}
    for finding in loaded.findings:
        rule = BY_CODE[finding.code]
        assert (finding.name, finding.severity) == (rule.name, rule.severity)
        assert finding.sheet is None or finding.sheet in names or finding.file != "study.xlsx"
        assert finding.message
        assert "None" not in finding.message.replace(str(finding.found), "")
        errors = errors or finding.severity is Severity.ERROR
    assert (loaded.study is None) is errors
    assert len(set(loaded.findings)) == len(loaded.findings), "the same is told twice"


@QUICK
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=5))
def test_any_cells_under_good_headers(rows: list[list[Cell]]) -> None:
    header = ["practice", "target", "indicator", "assessor", "rating", "importance"]
    loaded = loaded_from(sheet("Assessments", [header, *rows]))
    cells = [finding.cell for finding in loaded.findings if finding.code[0] in "CX"]
    assert len(set(cells)) == len(cells), "two findings at one cell"


# -- what passes is what was written -----------------------------------------------------------------

IDS = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True).filter(
    lambda text: words.value_of("total", text) is None
)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12).filter(
    lambda text: words.value_of("total", text) is None
)
LEVELS = st.one_of(st.none(), st.integers(0, 4), st.just("n/a"))
CONDITIONS = ["legal_framework", "regional_room", "social_partners", "certification"]


@QUICK
@given(
    st.dictionaries(IDS, st.tuples(TEXTS, st.integers(1900, 2100), st.lists(LEVELS, min_size=4, max_size=4))),
    st.randoms(use_true_random=False),
)
def test_levels_come_back_as_they_were_written(
    practices: dict[str, tuple[str, int, list[int | str | None]]], shuffled: object
) -> None:
    order = list(practices)
    shuffled.shuffle(order)  # type: ignore[attr-defined]
    titles: list[list[Cell]] = [["title", "id", "start_year", "source"]]
    titles += [[title, id_, year, None] for id_, (title, year, _) in practices.items()]
    levels: list[list[Cell]] = [["practice", *CONDITIONS]]
    levels += [[id_, *practices[id_][2]] for id_ in order]
    loaded = loaded_from(sheet("Practices", titles), sheet("Requirements", levels))
    assert [finding.message for finding in loaded.findings if finding.severity is Severity.ERROR] == []
    study = loaded.study
    assert study is not None
    for id_, (_, year, wanted) in practices.items():
        if id_ not in study.practices:
            continue  # taken for a repeated header, which the findings say
        assert study.practices[id_].start_year == year
        found = study.requirements[id_]
        for condition, level in zip(CONDITIONS, wanted, strict=True):
            if level is None:
                assert condition not in found
            else:
                assert found[condition].value == (None if level == "n/a" else level)


@QUICK
@given(st.floats(5, 25), st.booleans(), st.booleans())
def test_numbers_come_back_as_they_were_written(value: float, as_text: bool, comma: bool) -> None:
    text = format(value, ".6f")
    cell: Cell = value if not as_text else text.replace(".", ",") if comma else text
    rows: list[list[Cell]] = [["ecosystem", "indicator", "value"], ["bremen", "neet_rate", cell]]
    loaded = loaded_from(sheet("Profile", rows))
    assert [finding.name for finding in loaded.findings] == (["number-as-text"] if as_text else [])
    assert loaded.study is not None
    found = loaded.study.profile["bremen"]["neet_rate"].value
    assert found is not None
    assert math.isclose(found, value, abs_tol=1e-6)


@QUICK
@given(st.lists(st.tuples(IDS, st.dates(dt.date(1990, 1, 1))), unique_by=lambda pair: slug(pair[0])))
def test_a_study_does_not_depend_on_how_it_is_cut_into_files(rows: list[tuple[str, dt.date]]) -> None:
    header: list[Cell] = ["id", "title", "source", "summary"]
    whole: list[list[Cell]] = [[id_, f"The {id_} practice", "bremen", date] for id_, date in rows]
    one = loaded_from(sheet("Practices", [header, *whole]))
    files = [
        Workbook(f"{number}.xlsx", "0" * 64, (sheet("Practices", [header, row], f"{number}.xlsx"),))
        for number, row in enumerate(whole)
    ]
    many = loaded_from(files=files) if files else one
    assert one.study is not None
    assert many.study is not None
    assert one.study.practices == many.study.practices
