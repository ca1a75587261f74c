"""Which sheet is which, where its header is, which column is which: as hurried people leave them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks.load import load
from tests.support.checking import check, only, said, study_of
from tests.support.sheets import folder

PRACTICES = "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |\n\n"
LEVELS = "| practice | legal_framework | regional_room |\n| fair | 2 | 1 |"


# -- sheets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "PRACTICES",
        "practices ",
        "Good_Practices",
        "Pratiche",
        "Prácticas",
        "Praktiken",
        "Praktikak",
        "Pra­tiche",
    ],
)
def test_sheets_are_known_by_their_names(tmp_path: Path, name: str) -> None:
    assert said(check(tmp_path, PRACTICES.replace("Practices", name.strip()))) == []


@pytest.mark.parametrize(
    "name", ["Sheet1", "Foglio2", "Hoja1", "Tabelle3", "Orria1", "Data", "Practices 2024"]
)
def test_a_name_that_says_nothing_leaves_it_to_the_headers(tmp_path: Path, name: str) -> None:
    loaded = check(tmp_path, PRACTICES.replace("Practices", name))
    assert said(loaded) == [f"S112 {name}"]
    assert list(study_of(loaded).practices) == ["fair"]


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("Practices", "title | source | country", "Fair | bremen | DE"),
        ("Merits", "practice | documentation", "fair | 3"),
        ("Requirements", "practice | legal_framework", "fair | 3"),
        ("Basis", "practice | indicator | basis", "fair | legal_framework | a law"),
        (
            "Assessments",
            "practice | target | indicator | assessor | rating",
            "fair | bremen | goal_shared | Anna | 3",
        ),
        ("Adaptations", "practice | adaptation | indicator | required", "fair | small | legal_framework | 1"),
        ("Pilots", "practice | target | outcome", "fair | bremen | 3"),
        ("Dimensions", "id | name | weight", "d | D | 1"),
        ("Indicators", "id | dimension | name | role", "law | d | Law | condition"),
        ("Settings", "key | value", "min_coverage | 0.5"),
        ("Ecosystems", "id | name | nuts", "hh | Hamburg | DE60"),
        ("Profile", "ecosystem | indicator | value", "bremen | neet_rate | 9"),
    ],
)
def test_every_kind_is_known_by_its_headers(tmp_path: Path, kind: str, header: str, row: str) -> None:
    loaded = load([folder(tmp_path, f"| Export |\n| {header} |\n| {row} |")])
    assert only(loaded, "S112").message == f'The sheet "Export" is read as {kind}, from its headers.'
    assert {finding.code for finding in loaded.findings} <= {"S112", "X111"}
    in_workbook = check(tmp_path, f"| Sheet1 |\n| {header} |\n| {row} |")
    assert {finding.code for finding in in_workbook.findings} <= {"S112", "X111"}


def test_what_many_sheets_have_tells_nothing(tmp_path: Path) -> None:
    contacts = "| Contacts |\n| Name | Region | Country | E-mail |\n| Anna | Bremen | DE | a@b.de |"
    assert said(check(tmp_path, PRACTICES + contacts)) == ["S101 Contacts"]
    assert said(check(tmp_path, LEVELS_ALONE + contacts)) == ["S101 Contacts"]
    codes = "| Codes |\n| id | name | country |\n| 1 | One | DE |"
    assert said(check(tmp_path, PRACTICES + codes)) == ["S101 Codes"]
    assert said(check(tmp_path, PRACTICES + "| Sheet2 |\n| id | name |\n| 1 | One |")) == ["S101 Sheet2"]


LEVELS_ALONE = f"| Requirements |\n{LEVELS}\n\n"


def test_a_copy_beside_the_right_name_is_left_alone(tmp_path: Path) -> None:
    loaded = check(tmp_path, PRACTICES + PRACTICES.replace("Practices", "Practices (2)"))
    assert said(loaded) == ["S101 Practices (2)"]


def test_two_sheets_by_headers_are_two_sheets(tmp_path: Path) -> None:
    one = "| Lombardia |\n| title | source | objectives |\n| Fiera | lombardy | wbl |\n\n"
    two = one.replace("Lombardia", "Bremen").replace("Fiera", "Messe")
    loaded = check(tmp_path, one + two + "| Requirements |\n| practice | legal_framework |\n| messe | 1 |")
    assert said(loaded) == ["S103 Bremen", "S103 Lombardia"]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("Practises", "Practices"), ("Praticche", "Practices"), ("Requirments", "Requirements")],
)
def test_a_misspelt_sheet_is_not_read(tmp_path: Path, name: str, suggestion: str) -> None:
    beside = "| Settings |\n| key | value |\n| min_coverage | 0.5 |\n\n"
    header = PRACTICES if suggestion == "Practices" else f"| Requirements |\n{LEVELS}"
    loaded = check(tmp_path, beside + header.replace(suggestion, name))
    assert said(loaded) == [f"S102 {name}"]
    assert loaded.findings[0].suggestion == suggestion


def test_a_misspelt_sheet_alone_is_a_file_without_any(tmp_path: Path) -> None:
    loaded = check(tmp_path, PRACTICES.replace("Practices", "Practises"))
    assert said(loaded) == ["S111 Practises"]
    assert loaded.findings[0].suggestion == "Practices"


def test_sheets_for_people_are_passed_over(tmp_path: Path) -> None:
    more = "| Guide |\n| Read this |\n\n| _lists |\n| a | b |\n\n| Istruzioni |\n| Leggere |"
    assert said(check(tmp_path, PRACTICES + more)) == []


def test_hidden_sheets_count_only_where_they_are_read(tmp_path: Path) -> None:
    more = (
        f"| Requirements | hidden | hidden rows 2 | hidden columns B |\n{LEVELS}\n\n| Diary | hidden |\n| x |"
    )
    loaded = check(tmp_path, PRACTICES + more)
    assert said(loaded) == [
        "S101 Diary",
        "S104 Requirements",
        "S105 Requirements!2:2",
        "S106 Requirements!B1",
    ]
    assert study_of(loaded).requirements["fair"]["legal_framework"].value == 2


# -- the row of the header ---------------------------------------------------------------------------


def test_titles_and_blank_rows_above_the_header(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        """
        | Requirements | merged A1:C1 |
        | Good practices of our region |
        | |
        | as of May 2024 | | Governance |
        | practice | legal_framework | regional_room |
        | fair     | 2               | 1             |
        """,
    )
    assert said(loaded) == ["S108 Requirements!A4"]
    levels = study_of(loaded).requirements["fair"]
    assert (levels["legal_framework"].value, levels["regional_room"].value) == (2, 1)


def test_a_table_that_begins_further_right_and_down(tmp_path: Path) -> None:
    text = "| Practices | from row 4 |\n| | | Titolo | Regione |\n| | | Fiera | lombardy |\n| | | | |"
    loaded = check(tmp_path, text)
    assert said(loaded) == ["S108 Practices!A4"]
    assert study_of(loaded).practices["fiera"].source == "lombardy"


@pytest.mark.parametrize(
    ("above", "below", "code"),
    [
        ("| practice | Governance | |", "| | legal_framework | regional_room |", "S113"),
        ("| | Governance | |", "| practice | legal_framework | regional_room |", "S108"),
        ("| practice | legal_framework | |", "| | | regional_room |", "S113"),
        ("| practice | legal | regional |", "| | framework | room |", "S113"),
        ("| | legal_framework | regional_room |", "| practice | | |", "S113"),
    ],
)
def test_a_header_in_two_rows(tmp_path: Path, above: str, below: str, code: str) -> None:
    loaded = check(tmp_path, f"| Requirements |\n{above}\n{below}\n| fair | 2 | 1 |\n| day | 3 | n/a |")
    assert [finding.code for finding in loaded.findings] == [code]
    requirements = study_of(loaded).requirements
    assert set(requirements) == {"fair", "day"}
    assert requirements["fair"]["regional_room"].value == 1
    assert requirements["fair"]["legal_framework"].value == 2


def test_the_first_row_of_data_is_no_second_header(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        """
        | Practices |
        | title    | source   | Notes  |
        | Practice | lombardy | sector |
        | Region   | lombardy |        |
        """,
    )
    assert said(loaded) == ["H104 Practices!C1"]
    assert set(study_of(loaded).practices) == {"practice", "region"}


def test_rows_that_are_no_data(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        """
        | Requirements |
        | practice       | legal_framework | regional_room | Remarks |
        | fair           | 2               | 1             |         |
        | |
        | practice       | legal_framework | regional_room | Remarks |
        | day            | 3               |               |         |
        | Totale         | 5               | 1             |         |
        | Mittelwert: 2  | "2,5"           | #DIV/0!       |         |
        |                |                 |               | as told |
        """,
    )
    assert said(loaded) == [
        "H104 Requirements!D1",
        "R103 Requirements!A6",
        "R103 Requirements!A7",
        "R104 Requirements!4:4",
        "R105 Requirements!D8",
    ]
    assert set(study_of(loaded).requirements) == {"fair", "day"}


@pytest.mark.parametrize("label", ["Total", "TOTALE", "Suma:", "Summe", "Guztira", "Media (2)", "Average"])
def test_rows_of_totals_in_any_language(tmp_path: Path, label: str) -> None:
    text = f"| Merits |\n| practice | documentation |\n| fair | 3 |\n| {label} | 3 |"
    assert said(check(tmp_path, text)) == ["R103 Merits!A3"]


def test_a_practice_may_be_called_total(tmp_path: Path) -> None:
    text = "| Practices |\n| title | source |\n| Total | bremen |\n| Total quality | bremen |"
    assert said(check(tmp_path, text)) == []


def test_a_sheet_without_rows(tmp_path: Path) -> None:
    assert said(check(tmp_path, PRACTICES + "| Merits |\n| | |")) == ["S109 Merits"]
    assert said(check(tmp_path, "| Practices |\n| title | source |")) == ["S109 Practices"]


# -- columns -----------------------------------------------------------------------------------------


def test_columns_in_any_order_with_own_ones_between(tmp_path: Path) -> None:
    text = "| Practices |\n| Contact | source | url | Phone | title |\n| A | bremen | x | 1 | Fair |"
    loaded = check(tmp_path, text)
    assert said(loaded) == ["H104 Practices!A1", "H104 Practices!D1"]
    assert study_of(loaded).practices["fair"].url == "x"


@pytest.mark.parametrize(
    ("header", "found", "suggestion"),
    [
        ("Tilte", "Tilte", "title"),
        ("Title (max. 100 characters)", "Title (max. 100 characters)", "title"),
        ("t\\u0456tle", "t\u0456tle", "title"),
        ("", None, None),
        ("Heading", None, None),
    ],
)
def test_a_column_that_must_be_there_is_missed_once(
    tmp_path: Path, header: str, found: str | None, suggestion: str | None
) -> None:
    text = f"| Practices |\n| id | {header} | source |\n| a | A | bremen |\n| b | B | bremen |\n\n"
    loaded = check(tmp_path, text + "| Merits |\n| practice | documentation |\n| a | 1 |")
    finding = only(loaded, "H101")
    others = ["H104 Practices!B1"] if header == "Heading" else []
    assert said(loaded) == sorted([f"H101 Practices!{finding.cell}", *others])
    assert finding.cell == ("A1" if header == "Heading" else "B1")
    assert (finding.found, finding.suggestion, finding.expected) == (found, suggestion, "title")


def test_letters_that_look_alike_are_pointed_out(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Practices |\n| title | source | se\\u0441tor |\n| Fair | bremen | ICT |")
    assert said(loaded) == ["H103 Practices!C1"]
    assert 'Look closely: the "с" in it is Cyrillic.' in loaded.findings[0].message
    practices = "| Practices |\n| title | source |\n| Fair | lomb\\u0430rdy |"
    finding = only(check(tmp_path, practices), "X102")
    assert finding.suggestion == "lombardy"
    assert 'the "а" in it is Cyrillic' in finding.message


def test_headers_that_are_numbers_dates_or_truth_values(tmp_path: Path) -> None:
    text = "| Practices |\n| title | source | 2024 | 2024-05-01 | TRUE |\n| Fair | bremen | 1 | 2 | 3 |"
    loaded = check(tmp_path, text)
    assert said(loaded) == ["H104 Practices!C1", "H104 Practices!D1", "H104 Practices!E1"]
    assert [finding.found for finding in loaded.findings] == ["2024", "2024-05-01", "TRUE"]


@pytest.mark.parametrize(("cell", "code"), [("#REF!", "C116"), ('=A1&"x"', "C117")])
def test_a_header_that_is_an_error(tmp_path: Path, cell: str, code: str) -> None:
    """It may be the column that is missing; nobody can tell, and one finding is enough."""
    text = f"| Practices |\n| id | {cell} | source |\n| a | A | bremen |"
    assert said(check(tmp_path, text)) == [f"{code} Practices!B1"]


def test_merged_headers(tmp_path: Path) -> None:
    text = "| Practices | merged B1:C1 |\n| id | title | | source |\n| a | A | long | bremen |"
    assert said(check(tmp_path, text)) == ["S107 Practices!B1"]


def test_merged_cells_that_only_dress_a_header(tmp_path: Path) -> None:
    text = """
        | Requirements | merged A1:C1 | merged B2:C2 | merged A2:A3 | merged A9:B9 |
        | Requirements of our practices |
        | practice | Governance      |               |
        |          | legal_framework | regional_room |
        | fair     | 2               | 1             |
    """
    assert said(check(tmp_path, text)) == ["S113 Requirements!A2"]


# -- columns of indicators ---------------------------------------------------------------------------

OWN = """
    | Indicators |
    | id   | dimension | name      | role      |
    | 1    | d         | Law       | condition |
    | 2    | d         | firm      | condition |
    | firm | d         | Companies | condition |
    | a-b  | d         | One       | condition |
    | ab   | d         | Two       | condition |
    | note | d         | Remark    | judgement |

"""


@pytest.mark.parametrize(
    ("header", "id_"),
    [("1", "1"), ("1.0", "1"), ('"1"', "1"), ("LAW", "1"), ("firm", "firm"), ("Companies", "firm")],
)
def test_a_column_by_id_or_name_the_id_first(tmp_path: Path, header: str, id_: str) -> None:
    loaded = check(tmp_path, OWN + f"| Requirements |\n| practice | {header} |\n| fair | 3 |")
    assert said(loaded) == []
    assert set(study_of(loaded).requirements["fair"]) == {id_}


def test_an_exact_id_wins_over_one_that_only_looks_like_it(tmp_path: Path) -> None:
    loaded = check(tmp_path, OWN + "| Requirements |\n| practice | a-b | ab |\n| fair | 3 | 1 |")
    assert said(loaded) == []
    found = study_of(loaded).requirements["fair"]
    assert {id_: level.value for id_, level in found.items()} == {"a-b": 3, "ab": 1}
    assert said(check(tmp_path, OWN + "| Requirements |\n| practice | A_B |\n| fair | 3 |")) == [
        "H107 Requirements!B1"
    ]


def test_two_columns_for_one_indicator(tmp_path: Path) -> None:
    loaded = check(tmp_path, OWN + "| Requirements |\n| practice | 1 | firm | Law |\n| fair | 3 | 1 | 2 |")
    assert said(loaded) == ["H102 Requirements!B1", "H102 Requirements!D1"]
    assert loaded.findings[0].expected == "1"


def test_columns_of_levels_stand_once(tmp_path: Path) -> None:
    head = "| Indicators |\n| id | dimension | name | role | level_1 | Livello 1 |\n"
    loaded = check(tmp_path, head + "| law | d | Law | condition | one | uno |")
    assert said(loaded) == ["H102 Indicators!E1", "H102 Indicators!F1"]


def test_a_misspelt_indicator(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Requirements |\n| practice | legal_framwork | own |\n| fair | 3 | x |")
    assert said(loaded) == ["H103 Requirements!B1", "H104 Requirements!C1"]
    assert loaded.findings[0].suggestion == "legal_framework"


@pytest.mark.parametrize(
    "header", ["Address", "Contact", "Phone", "Status", "Innovation", "Date", "Telefono"]
)
def test_own_columns_are_not_taken_for_misspelt_ones(tmp_path: Path, header: str) -> None:
    text = f"| Practices |\n| title | source | {header} |\n| Fair | bremen | x |\n\n"
    text += f"| Requirements |\n| practice | {header} |\n| fair | x |"
    assert said(check(tmp_path, text)) == ["H104 Practices!C1", "H104 Requirements!B1"]


@pytest.mark.parametrize(
    ("sheet", "indicator", "expected"),
    [
        ("Merits", "legal_framework", "Requirements"),
        ("Requirements", "documentation", "Merits"),
        ("Requirements", "neet_rate", "Profile"),
        ("Merits", "goal_shared", "Assessments"),
    ],
)
def test_a_column_on_the_wrong_sheet(tmp_path: Path, sheet: str, indicator: str, expected: str) -> None:
    loaded = check(tmp_path, f"| {sheet} |\n| practice | {indicator} |\n| fair | 3 |")
    assert said(loaded) == [f"H105 {sheet}!B1"]
    assert loaded.findings[0].expected == expected
