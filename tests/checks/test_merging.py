"""What several files, and what is built in, make together."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks.load import Options, UnknownName, framework_source, load
from dualeco_cli.model.cells import Place
from dualeco_cli.model.study import Study
from tests.support.checking import check, only, said, study_of
from tests.support.sheets import folder, workbook

PRACTICES = "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |\n\n"


def value_of(study: Study, ecosystem: str, indicator: str) -> float | None:
    """The profile value that counts, None for one that is unknown or not there."""
    row = study.profile.get(ecosystem, {}).get(indicator)
    return None if row is None else row.value


# -- files -------------------------------------------------------------------------------------------


def test_sheets_from_several_files_are_one_study(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        PRACTICES,
        "| Practices |\n| title | source |\n| Open day | bremen |",
        "| Merits |\n| practice | documentation |\n| open day | 2 |\n| fair | 3? |",
    )
    assert said(loaded) == []
    study = study_of(loaded)
    assert list(study.practices) == ["fair", "open-day"]
    assert set(study.merits) == {"fair", "open-day"}
    assert [Path(source.path).name for source in study.inputs] == ["study.xlsx", "study2.xlsx", "study3.xlsx"]


def test_a_row_that_stands_identically_in_two_files_counts_once(tmp_path: Path) -> None:
    sheets = (
        PRACTICES
        + """
        | Requirements |
        | practice | wbl_intensity |
        | fair     | "3!"          |

        | Basis |
        | practice | indicator       | basis |
        | fair     | legal_framework | a law |

        | Pilots |
        | practice | target | outcome |
        | fair     | bremen | 3       |

        | Settings |
        | key          | value |
        | min_coverage | 0.5   |
        """
    )
    loaded = check(tmp_path, sheets, sheets)
    assert {finding.code for finding in loaded.findings} == {"R102", "X108"}
    assert sum(finding.code == "R102" for finding in loaded.findings) == 5
    assert only(loaded, "X108").file.endswith("study.xlsx")
    study = study_of(loaded)
    assert (len(study.practices), len(study.basis), len(study.pilots)) == (1, 1, 1)


def test_rows_of_one_key_that_differ_are_an_error_at_each(tmp_path: Path) -> None:
    loaded = check(tmp_path, PRACTICES, PRACTICES.replace("Fair", "Market"), PRACTICES)
    assert said(loaded) == ["R101 Practices!A2", "R101 Practices!A2", "R102 Practices!A2"]
    files = [Path(finding.file).name for finding in loaded.findings if finding.code == "R101"]
    assert files == ["study.xlsx", "study2.xlsx"]


def test_the_same_rows_in_one_file_are_no_repetition(tmp_path: Path) -> None:
    loaded = check(tmp_path, PRACTICES.strip() + "\n| fair | Fair | lombardy |")
    assert said(loaded) == ["R101 Practices!A2", "R101 Practices!A3"]


def test_reasons_and_pilots_may_stand_twice_in_one_file(tmp_path: Path) -> None:
    rows = "| fair | bremen | 3 |\n| fair | bremen | 3 |"
    loaded = check(tmp_path, PRACTICES + f"| Pilots |\n| practice | target | outcome |\n{rows}")
    assert said(loaded) == []
    assert len(study_of(loaded).pilots) == 2


@pytest.mark.parametrize(
    ("sheet", "places"),
    [
        ("| Merits |\n| practice | documentation |\n| p | 1 |\n| P | 2 |", ["Merits!A2", "Merits!A3"]),
        (
            (
                "| Assessments |\n| practice | target | indicator | assessor | rating |\n"
                "| p | bremen | goal_shared | Anna | 1 |\n| p | bremen | goal_shared | ANNA | 2 |"
            ),
            ["Assessments!A2", "Assessments!A3"],
        ),
        (
            (
                "| Assessments |\n| practice | target | indicator | assessor | rating |\n"
                "| p | bremen | goal_shared | Konsens | 1 |\n| p | bremen | goal_shared | consenso | 2 |"
            ),
            ["Assessments!A2", "Assessments!A3"],
        ),
        (
            (
                "| Adaptations |\n| practice | adaptation | indicator | required |\n"
                "| p | small | legal_framework | 1 |\n| p | Small | legal_framework | 2 |"
            ),
            ["Adaptations!A2", "Adaptations!A3"],
        ),
        (
            (
                "| Profile |\n| ecosystem | indicator | value | year |\n"
                "| bremen | legal_framework | 1 | 2020 |\n| bremen | legal_framework | 2 | 2020 |"
            ),
            ["Profile!A2", "Profile!A3"],
        ),
        (
            "| Settings |\n| key | value |\n| min_coverage | 0.5 |\n| Min coverage | 0.6 |",
            ["Settings!A2", "Settings!A3"],
        ),
        (
            "| Ecosystems |\n| id | name |\n| x | X |\n| y | Y |\n| X | Z |",
            ["Ecosystems!A2", "Ecosystems!A4"],
        ),
        (
            "| Practices |\n| title | source |\n| Fair | bremen |\n| fair | bremen |",
            ["Practices!A2", "Practices!A3"],
        ),
    ],
)
def test_keys_that_must_be_unique(tmp_path: Path, sheet: str, places: list[str]) -> None:
    loaded = check(tmp_path, sheet)
    assert said(loaded) == [f"R101 {place}" for place in places]


@pytest.mark.parametrize(
    "sheet",
    [
        (
            "| Profile |\n| ecosystem | indicator | value | year |\n"
            "| bremen | legal_framework | 1 | 2020 |\n| bremen | legal_framework | 2 | 2021 |\n"
            "| bremen | legal_framework | 3 | |"
        ),
        (
            "| Assessments |\n| practice | target | indicator | assessor | rating |\n"
            "| p | bremen | goal_shared | Anna | 1 |\n| p | bremen | goal_shared | Ben | 2 |"
        ),
    ],
)
def test_keys_that_differ_in_one_part(tmp_path: Path, sheet: str) -> None:
    assert said(check(tmp_path, sheet)) == []


def test_a_faulty_row_still_has_its_key(tmp_path: Path) -> None:
    loaded = check(tmp_path, PRACTICES.strip() + "\n| fair | | Narnia |\n| open | | |")
    assert said(loaded) == [
        "C101 Practices!B3",
        "C101 Practices!B4",
        "R101 Practices!A2",
        "R101 Practices!A3",
        "X102 Practices!C3",
    ]


def test_the_same_file_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, PRACTICES)
    monkeypatch.chdir(tmp_path)
    loaded = load([path, "study.xlsx", "./study.xlsx"])
    assert said(loaded) == []
    assert len(loaded.files) == 1


def test_files_that_cannot_be_read_do_not_hide_the_others(tmp_path: Path) -> None:
    good = workbook(tmp_path, PRACTICES.replace("lombardy", "lombardi"))
    loaded = load([tmp_path / "gone.xlsx", good])
    assert said(loaded) == ["F101", "X102 Practices!C2"]
    assert (loaded.unreadable, loaded.study) == (True, None)


# -- framework ---------------------------------------------------------------------------------------

LAW = "| Indicators |\n| id | dimension | name | role |\n| law | need | Law | condition |\n\n"


def test_without_indicators_the_framework_is_the_built_in_one(tmp_path: Path) -> None:
    framework = study_of(check(tmp_path, PRACTICES)).framework
    assert (framework.id, framework.version) == ("dualeco", "1.0")
    assert len(framework.indicators) == 33


def test_a_framework_of_the_study_is_used_and_no_other(tmp_path: Path) -> None:
    framework = study_of(check(tmp_path, PRACTICES, LAW)).framework
    assert (framework.id, framework.version) == ("study2", None)
    assert [row.id for row in framework.indicators] == ["law"]


def test_without_dimensions_they_are_those_that_the_indicators_name(tmp_path: Path) -> None:
    text = LAW.strip() + "\n| firm | Own | Firm | condition |\n| pay | need | Pay | condition |"
    dimensions = study_of(check(tmp_path, text)).framework.dimensions
    found = [(row.id, row.name, row.weight) for row in dimensions]
    assert found == [("need", "Need in the target region", 1.0), ("own", "own", 1.0)]


def test_a_framework_comes_whole_from_one_file(tmp_path: Path) -> None:
    dimensions = "| Dimensions |\n| id | name | weight |\n| need | Need | 3 |"
    loaded = check(tmp_path, LAW, dimensions)
    assert said(loaded) == ["X111 Dimensions"]
    assert [row.weight for row in study_of(loaded).framework.dimensions] == [1.0]
    loaded = check(tmp_path, LAW + dimensions)
    assert [row.weight for row in study_of(loaded).framework.dimensions] == [3.0]


def test_text_files_of_one_folder_are_one_file(tmp_path: Path) -> None:
    """``dualeco validate study/*.csv`` means what ``dualeco validate study`` does."""
    path = folder(tmp_path, LAW + "| Dimensions |\n| id | name | weight |\n| need | Need | 3 |")
    named = load(sorted(path.iterdir()))
    assert said(named) == said(load([path])) == []
    assert study_of(named).framework.dimensions == study_of(load([path])).framework.dimensions


def test_two_frameworks(tmp_path: Path) -> None:
    other = LAW.replace("Law", "Laws")
    other = other.strip() + "\n| pay | need | Pay | condition |"
    requirements = "| Requirements |\n| practice | law | pay |\n| fair | 9 | 2 |"
    loaded = check(tmp_path, LAW, other, requirements)
    assert said(loaded) == ["C113 Requirements!B2", "X105 Indicators", "X105 Indicators"]


def test_a_framework_by_option_wins(tmp_path: Path) -> None:
    own = workbook(
        tmp_path,
        "| Indicators |\n| id | dimension | name | role |\n| pay | d | Pay | condition |\n\n"
        "| Settings |\n| key | value |\n| name | Ours |\n| min_coverage | 0.3 |",
        "own.xlsx",
    )
    study = LAW + "| Settings |\n| key | value |\n| min_coverage | 0.9 |\n| adaptable_from | 40 |"
    loaded = check(tmp_path, study, indicators=str(own))
    assert said(loaded) == ["X106 Indicators"]
    framework = study_of(loaded).framework
    assert (framework.id, [row.id for row in framework.indicators]) == ("ours", ["pay"])
    assert (framework.settings.min_coverage, framework.settings.adaptable_from) == (0.3, 40)


def test_the_same_file_as_framework_and_as_study(tmp_path: Path) -> None:
    path = workbook(tmp_path, PRACTICES + LAW + "| Diary |\n| Monday |")
    loaded = load([path], Options(indicators=str(path)))
    assert said(loaded) == ["S101 Diary"]


def test_a_built_in_framework_by_option(tmp_path: Path) -> None:
    loaded = check(tmp_path, LAW + "| Dimensions |\n| id | name |\n| x | X |", indicators="DualEco")
    assert said(loaded) == ["X106 Dimensions", "X106 Indicators"]
    assert len(study_of(loaded).framework.indicators) == 33


def test_settings_of_the_study_beside_the_built_in_framework(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Settings |\n| key | value |\n| transferable_from | 70 |")
    settings = study_of(loaded).framework.settings
    assert (settings.transferable_from, settings.min_coverage) == (70, 0.6)


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    with pytest.raises(UnknownName) as caught:
        check(tmp_path, PRACTICES, indicators="dualeko")
    assert caught.value.suggestion == "dualeco"
    with pytest.raises(UnknownName, match='no ecosystem "bremn"'):
        check(tmp_path, PRACTICES, ecosystems=("bremn",))
    assert framework_source("gone.xlsx") == ("gone.xlsx", False)
    for option in ({"indicators": "gone.xlsx"}, {"ecosystems": ("gone.xlsx",)}):
        loaded = check(tmp_path, PRACTICES, **option)
        assert said(loaded) == ["F101"]
        assert loaded.unreadable


# -- ecosystems and profiles -------------------------------------------------------------------------


def test_the_latest_year_counts_and_no_year_is_the_oldest(tmp_path: Path) -> None:
    rows = "| bremen | legal_framework | 1 | |\n| bremen | legal_framework | 2 | 2019 |\n"
    head = "| Profile |\n| ecosystem | indicator | value | year |\n"
    study = study_of(check(tmp_path, head + rows))
    assert value_of(study, "bremen", "legal_framework") == 2
    later = rows + "| bremen | legal_framework | 3 | 2021 |\n| bremen | legal_framework | 0 | 2020 |"
    assert value_of(study_of(check(tmp_path, head + later)), "bremen", "legal_framework") == 3
    unknown = rows + "| bremen | legal_framework | | 2021 |"
    assert value_of(study_of(check(tmp_path, head + unknown)), "bremen", "legal_framework") is None


def test_own_rows_replace_all_built_in_rows_of_a_value(tmp_path: Path) -> None:
    built_in = study_of(load([]))
    assert value_of(built_in, "bremen", "neet_rate") is not None
    head = "| Profile |\n| ecosystem | indicator | value | year |\n"
    study = study_of(check(tmp_path, head + "| bremen | neet_rate | 9 | 1950 |"))
    assert value_of(study, "bremen", "neet_rate") == 9
    assert value_of(study, "bremen", "legal_framework") == value_of(built_in, "bremen", "legal_framework")
    study = study_of(check(tmp_path, head + "| bremen | neet_rate | | |"))
    assert value_of(study, "bremen", "neet_rate") is None


def test_an_own_row_replaces_a_built_in_ecosystem(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Ecosystems |\n| id | name |\n| Bremen | Land Bremen |\n| hh | Hamburg |")
    study = study_of(loaded)
    assert (study.ecosystems["bremen"].name, study.ecosystems["bremen"].nuts) == ("Land Bremen", None)
    assert set(study.ecosystems) >= {"lombardy", "hh"}
    assert value_of(study, "bremen", "neet_rate") is not None
    assert "hh" not in study.targets(), "nothing is known of it"


def test_only_the_built_in_ecosystems_that_were_asked_for(tmp_path: Path) -> None:
    loaded = check(tmp_path, PRACTICES, ecosystems=("Bremen",))
    assert said(loaded) == ["X102 Practices!C2"]
    assert list(study_of(loaded).ecosystems) == ["bremen"]


@pytest.mark.parametrize(
    ("source", "suggestion"),
    [("ITC4", "lombardy"), ("ES21", "basque-country"), ("Lombardia", "lombardy"), ("Paris", None)],
)
def test_the_ecosystem_that_was_meant(tmp_path: Path, source: str, suggestion: str | None) -> None:
    loaded = check(tmp_path, PRACTICES.replace("lombardy", source))
    assert only(loaded, "X102").suggestion == suggestion


def test_ecosystems_of_a_file(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        "| Ecosystems |\n| id | name |\n| hh | Hamburg |\n\n"
        "| Profile |\n| ecosystem | indicator | value |\n| hh | neet_rate | 9 |\n\n"
        "| Practices |\n| title | source |\n| Not wanted | hh |",
        "ecosystems.xlsx",
    )
    loaded = check(tmp_path, PRACTICES, ecosystems=(str(path),))
    assert said(loaded) == []
    study = study_of(loaded)
    assert value_of(study, "hh", "neet_rate") == 9
    assert list(study.practices) == ["fair"]
    assert "lombardy" in study.ecosystems


SCALES = """
    | Indicators |
    | id              | dimension | name | role      | worst | best | step | objective     |
    | neet_rate       | d         | N    | need      | 25    | 5    | 0    | employability |
    | legal_framework | d         | L    | condition | 0     | 5    | 1    |               |
    | documentation   | d         | D    | merit     | 0     | 5    | 1    |               |
    | own             | d         | O    | condition |       |      |      |               |
"""


def test_built_in_values_stand_on_their_own_scale_only(tmp_path: Path) -> None:
    loaded = check(tmp_path, SCALES)
    assert said(loaded) == ["X107 Indicators!A3"]
    study = study_of(loaded)
    assert value_of(study, "bremen", "neet_rate") is not None
    assert value_of(study, "bremen", "legal_framework") is None
    own = "| Profile |\n| ecosystem | indicator | value |\n| bremen | legal_framework | 5 |"
    study = study_of(check(tmp_path, SCALES, own))
    assert value_of(study, "bremen", "legal_framework") == 5


def test_built_in_values_are_on_the_scales_of_the_framework_dualeco(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another built-in framework is chosen: its scales say nothing about the values."""
    from dualeco_cli.checks import package_data
    from dualeco_cli.data import builtin

    other = folder(tmp_path, SCALES, "other")
    folders = {"dualeco": builtin.framework_folder("dualeco"), "other": other}
    monkeypatch.setattr(builtin, "framework_ids", lambda: tuple(folders))
    monkeypatch.setattr(builtin, "framework_folder", folders.__getitem__)
    package_data.framework.cache_clear()
    try:
        study = study_of(load([], Options(indicators="other")))
    finally:
        package_data.framework.cache_clear()
    assert study.framework.id == "other"
    assert value_of(study, "bremen", "neet_rate") is not None
    assert value_of(study, "bremen", "legal_framework") is None


# -- what a study needs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        PRACTICES,
        LAW,
        "| Requirements |\n| practice | legal_framework |\n| anything | 3 |",
        "| Pilots |\n| practice | target | outcome | adaptation |\n| anything | bremen | 3 | smaller |",
        "| Ecosystems |\n| id | name |\n| hh | Hamburg |",
    ],
)
def test_any_part_of_a_study_can_be_checked(tmp_path: Path, text: str) -> None:
    assert said(check(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("| Merits |\n| practice | documentation |\n| fair | 3 |", "no practices"),
        (PRACTICES, "no merits, requirements or assessments"),
        (PRACTICES + "| Merits |\n| practice | documentation |", "no merits, requirements or assessments"),
        ("| Practices |\n| title | source |\n\n" + LAW, "no practices"),
    ],
)
def test_a_score_needs_practices_and_something_about_them(tmp_path: Path, text: str, found: str) -> None:
    finding = only(check(tmp_path, text, for_scoring=True), "X104")
    assert finding.found == found


def test_a_fault_is_not_told_as_nothing_to_score(tmp_path: Path) -> None:
    text = "| Practices |\n| title | source | start_year |\n| Fair | bremen | soon |"
    assert said(check(tmp_path, text, for_scoring=True)) == ["C102 Practices!C2"]
    assert said(load([tmp_path / "gone.xlsx"], Options(for_scoring=True))) == ["F101"]


def test_nothing_at_all_is_what_is_built_in() -> None:
    study = study_of(load([]))
    assert (study.practices, study.inputs) == ({}, ())
    assert study.targets() == ("basque-country", "bremen", "lombardy", "northern-ireland")


def test_places_in_other_files_are_named(tmp_path: Path) -> None:
    loaded = check(tmp_path, PRACTICES, PRACTICES.replace("Fair", "Market"))
    first = loaded.findings[0]
    assert Place(first.file).file.endswith("study.xlsx")
    assert f"Practices!A2 of {tmp_path / 'study2.xlsx'}" in first.message
