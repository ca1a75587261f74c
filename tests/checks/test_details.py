"""What findings say besides where they stand, and the ends of ranges and lists, a step to either side."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks.load import Options, load
from tests.support.checking import check, only, said, study_of
from tests.support.sheets import markdown

from .judging_cases import framework, rated

PRACTICES = "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |\n\n"
#: Seven dimensions with a merit each.
SEVEN = (
    markdown(
        [
            ["id", "dimension", "name", "role"],
            *([f"merit{n}", f"part{n}", f"Merit {n}", "merit"] for n in range(7)),
        ],
        "Indicators",
    )
    + markdown([["id", "name"], *([f"part{n}", f"Part {n}"] for n in range(7))], "Dimensions")
    + PRACTICES
)


# -- what is named -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "others", "more"),
    [
        (4, "Practices!A3, Practices!A4, Practices!A5", False),
        (5, "Practices!A3, Practices!A4, Practices!A5 and others", True),
    ],
)
def test_three_of_the_other_places_are_named(tmp_path: Path, rows: int, others: str, more: bool) -> None:
    text = PRACTICES.rstrip() + "\n" + "| fair | Market | lombardy |\n" * (rows - 1)
    loaded = check(tmp_path, text)
    assert said(loaded) == [f"R101 Practices!A{row}" for row in range(2, rows + 2)]
    assert others in loaded.findings[0].message
    assert ("others" in loaded.findings[0].message) is more
    last = loaded.findings[-1].message
    assert "Practices!A2, Practices!A3, Practices!A4" in last
    assert f"Practices!A{rows + 1}," not in last


@pytest.mark.parametrize(("count", "end"), [(6, "p5"), (7, "p5 …")])
def test_six_of_the_ids_that_there_are(tmp_path: Path, count: int, end: str) -> None:
    practices = [["id", "title", "source"], *([f"p{n}", f"P {n}", "bremen"] for n in range(count))]
    text = (
        markdown(practices, "Practices") + "| Merits |\n| practice | documentation |\n| quite-another | 3 |"
    )
    expected = only(check(tmp_path, text), "X101").expected or ""
    assert expected.startswith("p0, p1, ")
    assert expected.endswith(end)


def test_an_indicator_is_named_where_its_floor_is_off_the_scale(tmp_path: Path) -> None:
    loaded = check(tmp_path, framework("| proof | about | Proof | merit | 5 |", columns="floor |"))
    assert "proof" in only(loaded, "C113").message


def test_a_percentage_has_a_plain_number_to_take_its_place(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Settings |\n| key | value |\n| min_coverage | 50 % |")
    finding = only(loaded, "C104")
    assert (finding.expected, finding.suggestion) == ("a plain number", "0.5")


def test_faults_of_codes_of_regions_name_their_columns(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        """
        | Ecosystems |
        | id      | name    | Country | NUTS code |
        | utrecht | Utrecht | NL      | NL31      |
        | torino  | Torino  | IT      | ITC1l     |
        | p       | P       | Spain   | ITC1      |
        """,
    )
    assert [finding.header for finding in loaded.findings] == ["NUTS code", "NUTS code", "Country"]


@pytest.mark.parametrize(
    ("name", "code", "suggestion"),
    [
        ("Bremen", "DE5X", "DE50"),  # of three levels the one that the code has
        ("Bremen", "DE5X99", "DE50"),  # of none of them: the usual one
        ("Torino", "ITX", "ITC11"),  # a name that the level does not have
        ("Torino", "FRX", "ITC11"),  # nor the country
    ],
)
def test_the_region_that_was_meant_by_its_name(tmp_path: Path, name: str, code: str, suggestion: str) -> None:
    loaded = check(tmp_path, f"| Ecosystems |\n| id | name | nuts |\n| x | {name} | {code} |")
    assert only(loaded, "C120").suggestion == suggestion


# -- ranges and readings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "suggestion"),
    [
        ("min_coverage", "0", None),
        ("min_coverage", "1", None),
        ("min_coverage", "1.5", "1"),
        ("transferable_from", "100", None),
        ("transferable_from", "100.5", "100"),
        ("adaptable_from", "-0.5", "0"),
        ("adaptable_from", "100.5", "100"),
    ],
)
def test_ends_of_the_ranges_of_settings(tmp_path: Path, key: str, value: str, suggestion: str | None) -> None:
    loaded = check(tmp_path, f"| Settings |\n| key | value |\n| {key} | {value} |")
    assert said(loaded) == ([] if suggestion is None else ["W109 Settings!B2"])
    assert [(finding.suggestion, finding.header) for finding in loaded.findings] == (
        [(suggestion, "value")] if suggestion else []
    )


@pytest.mark.parametrize(("unit", "value"), [("%", 0.5), ("share", 0.005)])
def test_the_unit_tells_what_a_percentage_means(tmp_path: Path, unit: str, value: float) -> None:
    loaded = check(
        tmp_path,
        f"""
        | Indicators |
        | id   | dimension | name | role      | worst | best | step | unit   |
        | rate | region    | Rate | condition | 0     | 1    | 0    | {unit} |

        | Ecosystems |
        | id | name |
        | hh | Hamburg |

        | Profile |
        | ecosystem | indicator | value |
        | hh        | rate      | 0.5 % |
        """,
    )
    assert said(loaded) == ["C104 Profile!C2"]
    row = study_of(loaded).profile["hh"]["rate"]
    assert row is not None
    assert row.value == pytest.approx(value)


def test_what_is_worth_a_line_is_told_at_every_cell_that_has_it(tmp_path: Path) -> None:
    rows = "| Ecosystems |\n| id | name |\n| hh | Hamburg |\n| hb | Bremerhaven |\n\n"
    profile = '| Pilots |\n| practice | target | outcome |\n| fair | hh | "3" |\n| fair | hb | "3" |'
    assert said(check(tmp_path, PRACTICES + rows + profile)) == ["C105 Pilots!C2", "C105 Pilots!C3"]


@pytest.mark.parametrize("cell", ['"9.000"', "900 %"])
def test_of_two_readings_that_a_column_refuses_that_is_said(tmp_path: Path, cell: str) -> None:
    pilots = f"| Pilots |\n| practice | target | outcome |\n| fair | bremen | {cell} |"
    assert said(check(tmp_path, PRACTICES + pilots)) == ["C111 Pilots!C2"]


def test_a_number_is_seen_behind_what_is_not_seen(tmp_path: Path) -> None:
    pilots = '| Pilots |\n| practice | target | outcome |\n| fair | bremen | "\\u200bIV" |'
    assert only(check(tmp_path, PRACTICES + pilots), "C102").suggestion == "4"


def test_a_source_of_which_the_value_is_blank_falls_short_of_nothing(tmp_path: Path) -> None:
    text = """
        | Requirements |
        | practice | legal_framework |
        | fair     | 4               |

        | Profile |
        | ecosystem | indicator       | value | year |
        | lombardy  | legal_framework |       | 2024 |
    """
    assert said(check(tmp_path, PRACTICES + text)) == []


# -- rows, files and sheets --------------------------------------------------------------------------


def test_a_row_with_a_faulty_level_is_not_the_row_without_it(tmp_path: Path) -> None:
    merits = "| Merits |\n| practice | documentation |\n| fair | {} |"
    loaded = check(tmp_path, PRACTICES + merits.format("plenty"), merits.format(""))
    assert said(loaded) == ["C102 Merits!B2", "R101 Merits!A2", "R101 Merits!A2"]


def test_nothing_to_score_without_any_file() -> None:
    finding = only(load([], Options(for_scoring=True)), "X104")
    assert (finding.file, finding.found) == ("", "no practices")


def test_a_second_header_row_repeats_no_column(tmp_path: Path) -> None:
    text = """
        | Practices |
        | id | title | source   |         |       |
        |    |       |          | summary | title |
        | a  | A     | lombardy | good    | B     |
    """
    # so the second row is one of the table, with values under no header
    assert said(check(tmp_path, text)) == ["H106 Practices!D3", "H106 Practices!E3", "R105 Practices!D2"]


@pytest.mark.parametrize(("filler", "found"), [(18, True), (20, False)])
def test_how_far_down_a_header_is_looked_for(tmp_path: Path, filler: int, found: bool) -> None:
    rows = "| a line of a letter |\n" * filler
    sheet = f"| Stars |\n{rows}| practice | documentation | evidence_strength |\n| fair | 2 | 3 |"
    codes = [finding.code for finding in check(tmp_path, PRACTICES + sheet).findings]
    assert ("S112" in codes, "S101" in codes) == (found, not found)


def test_of_two_wide_sheets_it_is_the_one_with_more_columns(tmp_path: Path) -> None:
    sheet = "| Stars |\n| practice | documentation | legal_framework | regional_room |\n| fair | 2 | 1 | 1 |"
    found = said(check(tmp_path, PRACTICES + sheet))
    assert found == ["H105 Stars!B1", "S112 Stars"]
    assert "Requirements" in only(check(tmp_path, PRACTICES + sheet), "S112").message


# -- panels ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (2, '"part2", "part3", "part4", "part5" and "part6"'),
        (1, '"part1", "part2", "part3", "part4" and …'),
    ],
)
def test_five_of_the_things_left_out_are_named(tmp_path: Path, given: int, missing: str) -> None:
    points: list[list[object]] = [
        ["member", "dimension", "points"],
        *(["Ann", f"part{n}", 10] for n in range(given)),
    ]
    loaded = check(tmp_path, SEVEN + markdown(points, "Panel"))
    assert missing in loaded.findings[0].message


def test_a_dimension_by_its_name_is_the_one_that_was_meant(tmp_path: Path) -> None:
    text = SEVEN.replace("| Part 3 |", "| Renown abroad |")
    loaded = check(tmp_path, text + "| Panel |\n| member | dimension | points |\n| Ann | Renown abrod | 10 |")
    assert only(loaded, "X101").suggestion == "part3"


def test_pairs_are_no_budget_of_another_size(tmp_path: Path) -> None:
    text = """
        | Indicators |
        | id    | dimension | name  | role  |
        | proof | about     | Proof | merit |
        | paper | about     | Paper | merit |

        | Panel |
        | member | indicator | points | over  |
        | Ann    | proof     | 60     |       |
        | Ann    | paper     | 40     |       |
        | Ben    | proof     | 50     |       |
        | Ben    | paper     | 50     |       |
        | Cat    | proof     | 3      | paper |
    """
    assert said(check(tmp_path, PRACTICES + text)) == []


# -- frameworks judged -------------------------------------------------------------------------------


def test_what_only_leaves_a_word_out_is_nearly_the_same(tmp_path: Path) -> None:
    sheets = framework(
        "| rate | here | Youth unemployment rate | judgement |",
        "| jobs | here | Youth unemployment      | judgement |",
    )
    assert said(check(tmp_path, sheets, judge=True)) == ["W121 Indicators!C3"]


def test_one_word_in_common_is_too_little(tmp_path: Path) -> None:
    rows = ("| a | here | The role of law | merit |", "| b | here | A role for all | merit |")
    assert said(check(tmp_path, framework(*rows), judge=True)) == []


def test_a_name_of_twice_as_many_words_is_another(tmp_path: Path) -> None:
    rows = ("| a | here | Youth jobs | merit |", "| b | here | Youth jobs abroad today | merit |")
    assert said(check(tmp_path, framework(*rows), judge=True)) == []


def test_three_words_in_common_make_questions_alike(tmp_path: Path) -> None:
    rows = (
        "| a | here | Firms | merit | Do firms train apprentices? |",
        "| b | here | Staff | merit | Do firms train apprentices well? |",
    )
    loaded = check(tmp_path, framework(*rows, columns="question |"), judge=True)
    assert said(loaded) == ["W121 Indicators!E3"]


def test_a_floor_is_told_of_under_its_header(tmp_path: Path) -> None:
    never = framework("| proof | about | Proof | merit | 0 |", columns="floor |")
    implied = framework("| proof | about | Proof | merit | 1 |", columns="floor |")
    for sheets, code in ((never, "W126"), (implied, "W127")):
        settings = "| Settings |\n| key | value |\n| compensation | none |"
        assert only(check(tmp_path, sheets + settings, judge=True), code).header == "floor"


def test_without_any_words_both_ends_of_a_scale_are_blank(tmp_path: Path) -> None:
    sheets = "| Indicators |\n| id | dimension | name | role |\n| proof | about | Proof | merit |"
    assert "level_0 and level_4 are blank" in only(check(tmp_path, sheets, judge=True), "W123").message


@pytest.mark.parametrize(("last", "found"), [(3, ["W122 Indicators!A3"]), (2, [])])
def test_agreement_over_many_practices(tmp_path: Path, last: int, found: list[str]) -> None:
    sheets = framework("| proof | about | Proof | merit |", "| paper | about | Paper | merit |")
    first = [n % 4 for n in range(120)]
    second = [*(level + 1 for level in first[:-1]), last + 1]
    loaded = check(tmp_path, sheets + rated(("proof", first), ("paper", second)), judge=True)
    assert said(loaded) == found


def test_where_nothing_is_required_an_unknown_target_meets_it(tmp_path: Path) -> None:
    sheets = (
        framework("| law | region | Law | condition |", "| rule | region | Rules | condition |")
        + "| Ecosystems |\n| id | name |\n| home | Home |\n| there | There |\n\n"
        + "| Profile |\n| ecosystem | indicator | value |\n| there | law | 2 |\n| home | rule | 2 |\n\n"
        + "| Practices |\n| id | title | source |\n| a | A | there |\n| b | B | home |\n| c | C | home |\n\n"
        + "| Requirements |\n| practice | law |\n| a | {} |\n| b | 3 |\n| c | 3 |"
    )
    assert said(check(tmp_path, sheets.format(1), judge=True)) == ["W128 Indicators!A2"]
    assert said(check(tmp_path, sheets.format(0), judge=True)) == []
