"""Numbers as people type them: read where there is one reading, doubted where there are two, else refused."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dualeco_cli.checks.numbers import Reading, Writing, read_number, show, tidy
from dualeco_cli.model.names import INVISIBLE
from tests.support.checking import check, only, said, study_of


def plain(text: str) -> float | None:
    """The value of a text that can be read in one way."""
    reading = read_number(text)
    return reading.values[0] if reading is not None and reading.writing is Writing.PLAIN else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3), ("+3", 3), ("-3", -3), ("\u22123", -3), ("–3", -3), ("\u20113", -3), ("03", 3),
        ("3.", 3), ("3,", 3), (".5", 0.5), (",5", 0.5), ("3,5", 3.5), ("3.5", 3.5), ("0,125", 0.125),
        ("0.125", 0.125), ("1234.567", 1234.567), ("1234,5", 1234.5), ("1.234,5", 1234.5),
        ("1,234.5", 1234.5), ("1.234.567", 1234567), ("1,234,567", 1234567), ("1.234.567,89", 1234567.89),
        ("1 234", 1234), ("1\u00a0234,5", 1234.5), ("1\u202f234.5", 1234.5), ("1'234", 1234),
        ("1’234.5", 1234.5), ("  3\u200b ", 3), ("３", 3), ("1e3", 1000), ("1.5E-3", 0.0015),
        ("01.234", 1.234),
    ],
)  # fmt: skip
def test_one_reading(text: str, value: float) -> None:
    assert plain(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.234", (1.234, 1234)), ("1,234", (1.234, 1234)), ("-12.345", (-12.345, -12345)),
        ("999.999", (999.999, 999999)), ("12,5 %", (12.5, 0.125)), ("12.5%", (12.5, 0.125)),
        ("50 ％", (50, 0.5)), ("-3%", (-3, -0.03)),
    ],
)  # fmt: skip
def test_two_readings(text: str, values: tuple[float, ...]) -> None:
    reading = read_number(text)
    assert reading is not None
    assert reading.values == values
    assert reading.writing is (Writing.PERCENT if "%" in tidy(text) else Writing.AMBIGUOUS)


def test_the_mark_of_the_file_makes_one_reading_the_likelier() -> None:
    assert read_number("1.234", ",") == Reading(Writing.AMBIGUOUS, (1234, 1.234))
    assert read_number("1,234", ",") == Reading(Writing.AMBIGUOUS, (1.234, 1234))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "nan", "NaN", "inf", "-Infinity", "1e999", "9" * 400, "1_000", "0x10", "1e5e5", "TRUE",
        "three", "3 4", "1 23", "1.23.456", "1,23,456", "12.34,5.6", "1.234,5.6", "--3", "3-", "3-4", "(3)",
        "3/4", "½", "3²", "①", "³", "৪", "٣", "３\u20dd", "3 %%", "%", "3 €", "~3", ">3", "3:4", "1e", ".",
        ",", "+", "1 2345", "1'23", "1’2345", "1.2e999", "Ⅳ",
    ],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert read_number(text) is None


#: Without a time limit: on a busy machine one of a hundred tries may take long.
UNHURRIED = settings(deadline=None)

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)


@UNHURRIED
@given(FINITE, st.sampled_from([",", "."]), st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "’"]))
def test_what_a_locale_writes_is_read_back(value: float, decimal: str, thousands: str) -> None:
    text = f"{value:,.4f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert plain(text) == pytest.approx(value, abs=1e-4)


@UNHURRIED
@given(FINITE, st.sampled_from([(".", ","), (",", ".")]))
def test_points_and_commas_are_read_back_or_doubted(value: float, marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    text = f"{value:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert plain(text) == pytest.approx(value, abs=1e-2)


@UNHURRIED
@given(st.integers(-(10**6), 10**6), st.sampled_from([".", ","]))
def test_whole_thousands_are_never_read_wrong_in_silence(value: int, mark: str) -> None:
    text = f"{value:,}".replace(",", mark)
    reading = read_number(text)
    assert reading is not None
    assert value in reading.values
    if reading.writing is Writing.PLAIN:
        assert reading.values == (value,)


@UNHURRIED
@given(FINITE)
@example(-0.0)
@example(1e15)
@example(123456789012345.6)
def test_what_is_shown_is_read_back(value: float) -> None:
    reading = read_number(show(value))
    assert reading is not None
    assert value in reading.values or math.isclose(value, reading.values[0])


@UNHURRIED
@given(st.text())
def test_any_text_is_read_or_not(text: str) -> None:
    reading = read_number(text)
    if reading is not None:
        assert all(math.isfinite(value) for value in reading.values)
        assert any(character.isdecimal() for character in tidy(text))


@UNHURRIED
@given(st.text(alphabet="0123456789.,' -+eE%_\u00a0", max_size=12))
def test_anything_that_looks_like_a_number(text: str) -> None:
    reading = read_number(text)
    if reading is not None and reading.writing is Writing.PLAIN:
        digits = [c for c in text if c.isdigit()]
        assume("e" not in text.lower())
        assert abs(reading.values[0]) <= float("".join(digits))


@UNHURRIED
@given(st.text(alphabet=[*sorted(INVISIBLE), " ", "\t", "\n", "3"]))
def test_what_is_not_seen_does_not_count(text: str) -> None:
    assert set(tidy(text)) <= {"3", " ", "\t", "\n"}


# -- in cells ----------------------------------------------------------------------------------------

HEAD = "| Profile |\n| ecosystem | indicator | value |\n| bremen | {indicator} | {cell} |"


@pytest.mark.parametrize(
    ("indicator", "cell", "value", "code"),
    [
        # a continuous scale from 25 (worst) to 5 (best), in per cent
        ("neet_rate", "12.5", 12.5, None),
        ("neet_rate", '"12,5"', 12.5, "C105"),
        ("neet_rate", '"12,5 %"', 12.5, "C104"),
        ("neet_rate", "12.5 %", 12.5, "C104"),
        ("neet_rate", '"12.345"', 12.345, "C103"),
        ("neet_rate", '"1.234"', 1.234, "C103"),  # neither is within the goalposts: told once
        ("neet_rate", "45", 45, "C115"),
        # levels from 0 to 4
        ("legal_framework", '"3"', 3, "C105"),
        ("legal_framework", '"3,0"', 3, "C105"),
        ("legal_framework", "3 %", 3, "C104"),
        ("legal_framework", "300 %", 3, "C104"),
        ("legal_framework", '"2 %"', 2, "C104"),
        ("legal_framework", '"1.234"', None, "C114"),
        ("legal_framework", '"12,5 %"', None, "C114"),
        ("legal_framework", "2.5", None, "C114"),
        ("legal_framework", "-1", None, "C113"),
        ("legal_framework", "2.0000000001", 2.0000000001, None),
        ("legal_framework", '"nan"', None, "C102"),
        ("legal_framework", '"1_0"', None, "C102"),
        ("legal_framework", "TRUE", None, "C107"),
        ("legal_framework", "2024-03-04", None, "C106"),
        ("legal_framework", "#DIV/0!", None, "C116"),
        ("legal_framework", "=2", None, "C117"),
        ("legal_framework", "1e305", None, "C102"),
        ("legal_framework", '"1e305"', None, "C102"),
        ("legal_framework", '"3²"', None, "C102"),
    ],
)
def test_a_cell_has_one_finding_at_most(
    tmp_path: Path, indicator: str, cell: str, value: float | None, code: str | None
) -> None:
    loaded = check(tmp_path, HEAD.format(indicator=indicator, cell=cell))
    assert said(loaded) == ([f"{code} Profile!C2"] if code else [])
    assert (loaded.study is None) is (value is None)
    if value is not None:
        assert study_of(loaded).profile["bremen"][indicator].value == value


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ('"3 (good)"', "3"),
        ("Level 3", "3"),
        ("III", "3"),
        ("O", "0"),
        ("l", "1"),
        ("\\u0417", "3"),  # a Cyrillic letter
        ("3²", "3"),
        ("high", None),
        ("3-4", None),
        (">3", None),
        ("1_000", None),
        ('"1e999"', None),
    ],
)
def test_the_number_that_was_meant(tmp_path: Path, cell: str, suggestion: str | None) -> None:
    loaded = check(tmp_path, HEAD.format(indicator="legal_framework", cell=cell))
    finding = only(loaded, "C102")
    assert finding.suggestion == suggestion
    assert "blank" in (finding.expected or "")


@pytest.mark.parametrize(
    ("cell", "year", "code"),
    [
        ("2018", 2018, None),
        ("2018.0", 2018, None),
        ('"2018"', 2018, "C105"),
        ('"2.018"', 2018, "C103"),
        ("2018 %", 2018, "C104"),
        ("201800 %", 2018, "C104"),
        ("1899", None, "C111"),
        ("2101", None, "C111"),
        ('"2101"', None, "C111"),
        ("2018.5", None, "C110"),
        ("2018-01-01", None, "C106"),
        ("since 2018", None, "C102"),
        ("TRUE", None, "C107"),
    ],
)
def test_years(tmp_path: Path, cell: str, year: int | None, code: str | None) -> None:
    loaded = check(tmp_path, f"| Practices |\n| title | source | start_year |\n| Fair | bremen | {cell} |")
    assert said(loaded) == ([f"{code} Practices!C2"] if code else [])
    if year is not None:
        assert study_of(loaded).practices["fair"].start_year == year


@pytest.mark.parametrize(
    ("cell", "level", "code"),
    [
        ("4", "4", None),
        ("4.0", "4", None),
        ('"4-5"', "4-5", None),
        ('"4 – 5"', "4-5", None),
        ('"4-4"', "4", None),
        ("0", None, "C112"),
        ("4.5", None, "C112"),
        ('"5-4"', None, "C112"),
        ('"4/5"', None, "C112"),
        ("EQF 4", None, "C112"),
        ("2024-05-04", None, "C106"),
    ],
)
def test_levels_of_the_qualifications_framework(
    tmp_path: Path, cell: str, level: str | None, code: str | None
) -> None:
    loaded = check(tmp_path, f"| Practices |\n| title | source | eqf_level |\n| Fair | bremen | {cell} |")
    assert said(loaded) == ([f"{code} Practices!C2"] if code else [])
    if level is not None:
        assert study_of(loaded).practices["fair"].eqf_level == level


def test_decimal_commas_of_a_file_decide_between_two_readings(tmp_path: Path) -> None:
    from dualeco_cli.checks.load import load

    text = "id;dimension;name;role;worst;best;step\nfunds;d;Funds;condition;0,5;5.000,5;0\n"
    (tmp_path / "Indicators.csv").write_text(text, encoding="utf-8")
    rows = "ecosystem;indicator;value\nbremen;funds;1.234\nlombardy;funds;2,5\n"
    (tmp_path / "Profile.csv").write_text(rows, encoding="utf-8")
    loaded = load([tmp_path])
    finding = only(loaded, "C103")
    assert "1234" in finding.message
    assert study_of(loaded).profile["bremen"]["funds"].value == 1234
    assert study_of(loaded).profile["lombardy"]["funds"].value == 2.5


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0.5", None),
        ("high", None),
        ("50 %", "C104"),
        ('"50 %"', "C104"),
        ("Mittel", None),
        ("0", None),
        ('"0,5"', "C105"),
        ("-1", "C111"),
        ("TRUE", "C107"),
        ("hig", "C109"),
        ("n/a", "C109"),
    ],
)
def test_weights(tmp_path: Path, cell: str, code: str | None) -> None:
    head = "| Indicators |\n| id | dimension | name | role | weight |\n"
    loaded = check(tmp_path, f"{head}| law | d | Law | condition | {cell} |")
    assert said(loaded) == ([f"{code} Indicators!E2"] if code else [])
    if code == "C104":
        assert study_of(loaded).framework.indicators[0].weight == 0.5, "however it is stored"


@pytest.mark.parametrize(
    ("key", "cell", "value", "code"),
    [
        ("min_coverage", "0.5", 0.5, None),
        ("min_coverage", "50 %", 0.5, "C104"),
        ("min_coverage", '"50%"', 0.5, "C104"),
        ("min_coverage", "50", None, "W109"),
        ("min_coverage", "half", None, "C102"),
        ("transferable_from", "80 %", 80, "C104"),
        ("transferable_from", '"80"', 80, "C105"),
        ("transferable_from", "101", None, "W109"),
        ("compensation", "partial", "partial", None),
        ("compensation", "NONE", "none", None),
        ("compensation", "-2", -2, None),
        ("compensation", "1.5", None, "W109"),
        ("compensation", "some", None, "W109"),
        ("compensation", "#N/A", None, "C116"),
        ("name", "2024", "2024", None),
        ("version", "1.0", "1", None),
        ("name", "", None, None),
    ],
)
def test_settings(tmp_path: Path, key: str, cell: str, value: object, code: str | None) -> None:
    loaded = check(tmp_path, f"| Settings |\n| key | value |\n| {key} | {cell} |")
    assert said(loaded) == ([f"{code} Settings!B2"] if code else [])
    if value is not None and key not in {"name", "version"}:
        assert getattr(study_of(loaded).framework.settings, key) == value


@pytest.mark.parametrize(
    ("cell", "level", "code"),
    [
        ("3", (3, False, False), None),
        ("0", (0, False, False), None),
        ('"3!"', (3, True, False), None),
        ('"3 ?"', (3, False, True), None),
        ('"3!?"', (3, True, True), None),
        ('"3?!"', (3, True, True), None),
        ('"3！"', (3, True, False), None),
        ("n/a", (None, False, False), None),
        ("N.A.", (None, False, False), None),
        ("entfällt", (None, False, False), None),
        ("n/a?", (None, False, True), None),
        ("n/a!", (None, False, False), "C118"),
        ('" "', None, None),
        (r'"\u200b\u00a0"', None, None),
        ("-", None, "C108"),
        ("?", None, "C108"),
        ("!", None, "C108"),
        ("n.d.", None, "C108"),
        ("s/d", None, "C108"),
        ("k. A.", None, "C108"),
        ("5!", None, "C113"),
        ("2,5?", None, "C114"),
        ("much!", None, "C102"),
        ("! 3", None, "C102"),
        ("3²!", None, "C102"),
    ],
)
def test_levels_and_their_marks(
    tmp_path: Path, cell: str, level: tuple[float | None, bool, bool] | None, code: str | None
) -> None:
    loaded = check(tmp_path, f"| Requirements |\n| practice | legal_framework |\n| fair | {cell} |")
    assert said(loaded) == ([f"{code} Requirements!B2"] if code else [])
    if loaded.study is not None:
        found = loaded.study.requirements["fair"].get("legal_framework")
        assert (found and (found.value, found.critical, found.low)) == level
