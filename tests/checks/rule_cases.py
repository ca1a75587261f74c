"""For every rule a study that breaks it, and one that does not.

The places are all that is found in the broken study: a case that set off a second rule would not pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: A framework to put beside other sheets: one indicator of each role, and a continuous condition.
FRAMEWORK = """
    | Indicators |
    | id     | dimension | name         | role      | worst | best | step | objective |
    | proof  | about     | Proof        | merit     |       |      |      |           |
    | jobs   | region    | Jobs         | need      | 20    | 4    | 0    | quality   |
    | law    | region    | Law          | condition |       |      |      |           |
    | budget | region    | Budget       | condition | 0     | 100  | 0    |           |
    | wish   | region    | Local wishes | judgement |       |      |      |           |

"""

PRACTICES = """
    | Practices |
    | id     | title  | source         |
    | tkgune | TKgune | basque-country |
    | fair   | Fair   | lombardy       |

"""


@dataclass(frozen=True)
class Case:
    """A study that breaks a rule."""

    rule: str
    broken: str
    #: Where each finding stands: sheet and cell.
    at: tuple[str, ...]
    #: A study that is like it, but keeps the rule.
    sound: str
    #: What the first finding has in these fields, and words of its message.
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None
    says: tuple[str, ...] = ()
    #: A second file beside the first, and options.
    beside: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    #: What may be found in the sound study: a thing can be worth a line and no fault.
    notes: tuple[str, ...] = ()


SHEETS = [
    Case(
        "sheet-unknown",
        PRACTICES + "| Diary |\n| Monday | rain |",
        ("Diary",),
        PRACTICES + "| Guide |\n| Monday | rain |",
        found="Diary",
    ),
    Case(
        "sheet-misspelt",
        PRACTICES + "| Requirments |\n| practice | legal_framework |\n| tkgune | 2 |",
        ("Requirments",),
        PRACTICES + "| Requirements |\n| practice | legal_framework |\n| tkgune | 2 |",
        found="Requirments",
        suggestion="Requirements",
    ),
    Case(
        "sheet-duplicate",
        PRACTICES + "| Pratiche |\n| Codice | Titolo | Regione |\n| other | Other | bremen |",
        ("Practices", "Pratiche"),
        PRACTICES,
        found="Practices",
        says=('"Pratiche"',),
    ),
    Case(
        "sheet-hidden",
        PRACTICES + "| Merits | hidden |\n| practice | documentation |\n| fair | 2 |",
        ("Merits",),
        PRACTICES + "| Merits |\n| practice | documentation |\n| fair | 2 |",
        found="Merits",
    ),
    Case(
        "rows-hidden",
        PRACTICES.replace("| Practices |", "| Practices | hidden rows 2-3 |"),
        ("Practices!2:2",),
        PRACTICES,
        found="2-3",
    ),
    Case(
        "columns-hidden",
        PRACTICES.replace("| Practices |", "| Practices | hidden columns C |"),
        ("Practices!C1",),
        PRACTICES.replace("| Practices |", "| Practices | hidden columns F |"),
        found="C",
    ),
    Case(
        "cells-merged",
        """
        | Practices | merged C2:C3 |
        | id     | title  | source   |
        | tkgune | TKgune | lombardy |
        | fair   | Fair   |          |
        """,
        ("Practices!C2",),
        """
        | Practices | merged A1:C1 |
        | Our practices |
        | id     | title  | source   |
        | tkgune | TKgune | lombardy |
        """,
        found="C2:C3",
        says=("only C2 has a value",),
        notes=("S108 Practices!A2",),
    ),
    Case(
        "header-not-first",
        """
        | Practices |
        | Our practices |
        | |
        | title  | source   |
        | TKgune | lombardy |
        """,
        ("Practices!A3",),
        PRACTICES,
        says=("row 3",),
    ),
    Case(
        "sheet-empty",
        PRACTICES + "| Pilots |\n| practice | target | outcome |",
        ("Pilots",),
        PRACTICES + "| Pilots |\n| practice | target | outcome |\n| fair | bremen | 3 |",
        found="Pilots",
    ),
    Case(
        "header-not-found",
        """
        | Practices |
        | tkgune | TKgune | lombardy |
        | fair   | Fair   | lombardy |
        """,
        ("Practices!A1",),
        PRACTICES,
        found="Practices",
        expected="title, source",
    ),
    Case(
        "nothing-recognised",
        "| Invoice |\n| Item | Price |\n| Chairs | 20 |",
        (".",),
        PRACTICES,
        says=("Practices, Merits",),
    ),
    Case(
        "sheet-by-headers",
        PRACTICES.replace("| Practices |", "| Foglio1 |"),
        ("Foglio1",),
        PRACTICES,
        found="Foglio1",
        says=("Practices",),
    ),
    Case(
        "header-in-two-rows",
        """
        | Practices |
        | id     | title  | Where    |
        |        |        | source   |
        | tkgune | TKgune | lombardy |
        """,
        ("Practices!A1",),
        PRACTICES,
        says=("1 and 2",),
    ),
    Case(
        "keys-merged",
        """
        | Assessments | merged A2:A4 |
        | practice | target   | indicator   | assessor | rating |
        | tkgune   | lombardy | goal_shared | Anna     | 3      |
        |          | lombardy | acceptance  | Anna     | 2      |
        |          | lombardy | staff_time  | Anna     | 2      |
        """,
        ("Assessments!A2",),
        """
        | Assessments |
        | practice | target   | indicator   | assessor | rating |
        | tkgune   | lombardy | goal_shared | Anna     | 3      |
        | tkgune   | lombardy | acceptance  | Anna     | 2      |
        """,
        found="A2:A4",
        says=("rows 3-4",),
    ),
]

HEADERS = [
    Case(
        "column-missing",
        "| Practices |\n| id | Titl | source |\n| fair | Fair | lombardy |",
        ("Practices!B1",),
        PRACTICES,
        found="Titl",
        expected="title",
        suggestion="title",
    ),
    Case(
        "column-duplicate",
        "| Practices |\n| Titolo | source | title |\n| Fiera | lombardy | Fair |",
        ("Practices!A1", "Practices!C1"),
        PRACTICES,
        found="Titolo",
        expected="title",
        says=('"title" in column C',),
    ),
    Case(
        "column-misspelt",
        "| Practices |\n| title | source | sumary |\n| Fair | lombardy | A fair |",
        ("Practices!C1",),
        "| Practices |\n| title | source | summary |\n| Fair | lombardy | A fair |",
        found="sumary",
        suggestion="summary",
    ),
    Case(
        "column-unknown",
        "| Practices |\n| title | source | Phone |\n| Fair | lombardy | 12345 |",
        ("Practices!C1",),
        PRACTICES,
        found="Phone",
    ),
    Case(
        "column-other-role",
        "| Merits |\n| practice | documentation | legal_framework |\n| fair | 2 | 3 |",
        ("Merits!C1",),
        "| Merits |\n| practice | documentation |\n| fair | 2 |",
        found="legal_framework",
        expected="Requirements",
        says=("condition",),
    ),
    Case(
        "column-without-header",
        "| Practices |\n| title | source | |\n| Fair | lombardy | |\n| Open day | bremen | 7 |",
        ("Practices!C3",),
        PRACTICES,
        found="C",
    ),
    Case(
        "column-ambiguous",
        """
        | Indicators |
        | id   | dimension | name    | role      |
        | law  | region    | Quality | condition |
        | firm | region    | Quality | condition |

        | Requirements |
        | practice | Quality |
        | fair     | 3       |
        """,
        ("Requirements!B1",),
        """
        | Indicators |
        | id   | dimension | name    | role      |
        | law  | region    | Quality | condition |
        | firm | region    | Quality | condition |

        | Requirements |
        | practice | law |
        | fair     | 3   |
        """,
        found="Quality",
        expected="law or firm",
        suggestion="law",
    ),
]

CELLS = [
    Case(
        "cell-required",
        "| Practices |\n| id | title | source |\n| fair | | lombardy |",
        ("Practices!B2",),
        "| Practices |\n| id | title | source |\n| | Fair | lombardy |\n| | | |",
        found=None,
        expected="title",
    ),
    Case(
        "number-expected",
        "| Merits |\n| practice | documentation |\n| fair | high |",
        ("Merits!B2",),
        "| Merits |\n| practice | documentation |\n| fair | 4 |",
        found="high",
        expected="a level such as 3, 3! or 3?, n/a, or a blank cell",
    ),
    Case(
        "number-ambiguous",
        '| Profile |\n| ecosystem | indicator | value |\n| bremen | neet_rate | "1.234" |',
        ("Profile!C2",),
        "| Profile |\n| ecosystem | indicator | value |\n| bremen | neet_rate | 12.34 |",
        found="1.234",
        suggestion="1.234",
        says=("1.234", "1234"),
    ),
    Case(
        "number-percent",
        "| Profile |\n| ecosystem | indicator | value |\n| bremen | neet_rate | 12.5 % |",
        ("Profile!C2",),
        "| Profile |\n| ecosystem | indicator | value |\n| bremen | neet_rate | 12.5 |",
        found="12.5 %",
        suggestion="12.5",
        says=("12.5", "0.125"),
    ),
    Case(
        "number-as-text",
        '| Merits |\n| practice | documentation |\n| fair | "3" |',
        ("Merits!B2",),
        "| Merits |\n| practice | documentation |\n| fair | 3 |",
        found="3",
        says=("read as 3",),
    ),
    Case(
        "date-for-number",
        "| Merits |\n| practice | documentation |\n| fair | 2024-04-03 |",
        ("Merits!B2",),
        "| Merits |\n| practice | documentation |\n| fair | 3 |",
        found="2024-04-03",
        expected="a number",
    ),
    Case(
        "boolean-for-number",
        "| Merits |\n| practice | documentation |\n| fair | TRUE |",
        ("Merits!B2",),
        "| Merits |\n| practice | documentation |\n| fair | 1 |",
        found="TRUE",
        expected="a number",
    ),
    Case(
        "not-known-word",
        "| Merits |\n| practice | documentation |\n| fair | k.A. |",
        ("Merits!B2",),
        "| Merits |\n| practice | documentation |\n| fair | N/A |\n| tkgune | |",
        found="k.A.",
        expected="a level, n/a or a blank cell",
    ),
    Case(
        "word-unknown",
        "| Practices |\n| title | source | objectives |\n| Fair | lombardy | quality, employabilty |",
        ("Practices!C2",),
        "| Practices |\n| title | source | objectives |\n| Fair | lombardy | Qualität / occupabilità |",
        found="employabilty",
        expected="quality, employability, wbl, certification",
        suggestion="employability",
    ),
    Case(
        "whole-number-expected",
        "| Practices |\n| title | source | start_year |\n| Fair | lombardy | 2018.5 |",
        ("Practices!C2",),
        "| Practices |\n| title | source | start_year |\n| Fair | lombardy | 2018 |",
        found="2018.5",
        expected="a whole number",
        suggestion="2018",
    ),
    Case(
        "number-out-of-range",
        "| Practices |\n| title | source | start_year |\n| Fair | lombardy | 218 |",
        ("Practices!C2",),
        "| Practices |\n| title | source | start_year |\n| Fair | lombardy | 1900 |",
        found="218",
        expected="1900 to 2100",
    ),
    Case(
        "eqf-level-invalid",
        "| Practices |\n| title | source | eqf_level |\n| Fair | lombardy | 9 |",
        ("Practices!C2",),
        '| Practices |\n| title | source | eqf_level |\n| Fair | lombardy | 4 |\n| Two | bremen | "4 – 5" |',
        found="9",
        expected="1 to 8, or a range such as 4-5",
    ),
    Case(
        "level-off-scale",
        "| Requirements |\n| practice | legal_framework |\n| fair | 5 |",
        ("Requirements!B2",),
        "| Requirements |\n| practice | legal_framework |\n| fair | 4 |",
        found="5",
        expected="0 (worst) to 4 (best)",
        suggestion="4",
        says=("legal_framework",),
    ),
    Case(
        "level-between-steps",
        "| Requirements |\n| practice | legal_framework |\n| fair | 2.4 |",
        ("Requirements!B2",),
        "| Requirements |\n| practice | legal_framework |\n| fair | 2 |",
        found="2.4",
        expected="0 (worst) to 4 (best) in steps of 1",
        suggestion="2",
        says=("legal_framework",),
    ),
    Case(
        "value-outside-goalposts",
        "| Profile |\n| ecosystem | indicator | value |\n| bremen | neet_rate | 45 |",
        ("Profile!C2",),
        "| Profile |\n| ecosystem | indicator | value |\n| bremen | neet_rate | 25 |",
        found="45",
        expected="25 (worst) to 5 (best)",
        says=("counts as 25",),
    ),
    Case(
        "error-value",
        "| Requirements |\n| practice | legal_framework |\n| fair | #REF! |",
        ("Requirements!B2",),
        "| Requirements |\n| practice | legal_framework |\n| fair | =1+1 -> 2 |",
        found="#REF!",
    ),
    Case(
        "formula-uncomputed",
        "| Requirements |\n| practice | legal_framework |\n| fair | =1+1 |",
        ("Requirements!B2",),
        "| Requirements |\n| practice | legal_framework |\n| fair | =1+1 -> 2 |",
        found="=1+1",
    ),
    Case(
        "mark-not-used",
        "| Merits |\n| practice | documentation |\n| fair | 3! |",
        ("Merits!B2",),
        "| Merits |\n| practice | documentation |\n| fair | 3? |",
        found="3!",
        suggestion="3",
    ),
    Case(
        "characters-alike",
        "| Practices |\n| id | title | source |\n| f\u0430ir | Fair | lombardy |",
        ("Practices!A2",),
        "| Practices |\n| id | title | source |\n| ярмарка | Fair | lombardy |",
        found="f\u0430ir",
        suggestion="fair",
        says=('the "\u0430" in it is Cyrillic',),
    ),
    Case(
        "nuts-unknown",
        "| Ecosystems |\n| id | name | nuts |\n| torino | Torino | ITC1l |\n| attica | Attica | GR30 |",
        ("Ecosystems!C2", "Ecosystems!C3"),
        """
        | Ecosystems |
        | id       | name     | country | nuts        |
        | piemonte | Piemonte | Italia  | itc1        |
        | attica   | Attica   | GR      | EL30        |
        | ulster   | Ulster   | UK      | UKN0        |
        | north    | North    | DE      | DE50; DE94 |
        | elsewhere | Elsewhere | CA    |             |
        """,
        found="ITC1l",
        suggestion="ITC11",
        expected="a code of NUTS 2024, for the United Kingdom of its last NUTS, such as ITC11 (Torino)",
    ),
    Case(
        "nuts-former",
        "| Ecosystems |\n| id | name | nuts |\n| utrecht | Utrecht | NL31 |\n| viken | Viken | NO082 |",
        ("Ecosystems!C2", "Ecosystems!C3"),
        "| Ecosystems |\n| id | name | nuts |\n| utrecht | Utrecht | NL35 |",
        found="NL31",
        suggestion="NL35",
        says=("Utrecht",),
    ),
    Case(
        "nuts-other-country",
        "| Ecosystems |\n| id | name | country | nuts |\n| p | P | Spain | ITC1 |\n| l | L | DE | ITC4 |",
        ("Ecosystems!C2", "Ecosystems!C3"),
        """
        | Ecosystems |
        | id | name     | country        | nuts |
        | p  | Piemonte | italien        | ITC1 |
        | b  | Belfast  | United Kingdom | UKN0 |
        | g  | Athens   | el             | EL30 |
        | r  | Region   | somewhere else | ES21 |
        """,
        found="Spain",
        expected="IT",
        says=("ITC1",),
    ),
]

ROWS = [
    Case(
        "key-duplicate",
        "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |\n| FAIR | Market | bremen |",
        ("Practices!A2", "Practices!A3"),
        PRACTICES,
        found="fair",
        says=("Practices!A3",),
    ),
    Case(
        "row-repeated",
        PRACTICES,
        ("Practices!A2", "Practices!A3"),
        PRACTICES,
        beside=PRACTICES,
        says=("Practices!A2 of ", "study.xlsx"),
    ),
    Case(
        "row-of-totals",
        PRACTICES.rstrip() + "\n| | Totale: | 2 |",
        ("Practices!B4",),
        PRACTICES,
        found="Totale:",
    ),
    Case(
        "row-of-headers",
        PRACTICES.rstrip() + "\n| Codice | Titolo | Regione |",
        ("Practices!4:4",),
        PRACTICES,
    ),
    Case(
        "row-beside-table",
        PRACTICES.rstrip() + "\n| \\u200b | | | see page 3 |",
        ("Practices!D4",),
        PRACTICES,
    ),
]

ACROSS = [
    Case(
        "reference-unknown",
        PRACTICES + "| Requirements |\n| practice | legal_framework |\n| tkgunne | 2 |",
        ("Requirements!A2",),
        PRACTICES + "| Requirements |\n| practice | legal_framework |\n| TKGUNE | 2 |",
        found="tkgunne",
        expected="tkgune, fair",
        suggestion="tkgune",
        says=("There is no practice",),
    ),
    Case(
        "source-unknown",
        "| Practices |\n| title | source |\n| Fair | Lombardia |",
        ("Practices!B2",),
        "| Practices |\n| title | source |\n| Fair | |\n| Day | Lombardy |",
        found="Lombardia",
        expected="lombardy, basque-country, bremen, northern-ireland",
        suggestion="lombardy",
    ),
    Case(
        "indicator-other-role",
        """
        | Assessments |
        | practice | target | indicator       | assessor | rating |
        | fair     | bremen | legal_framework | Anna     | 3      |
        """,
        ("Assessments!C2",),
        """
        | Assessments |
        | practice | target | indicator   | assessor | rating |
        | fair     | bremen | goal_shared | Anna     | 3      |
        """,
        found="legal_framework",
        expected="judgement",
        says=("condition",),
    ),
    Case(
        "nothing-to-score",
        PRACTICES,
        (".",),
        PRACTICES + "| Merits |\n| practice | documentation |\n| fair | 3 |",
        options={"for_scoring": True},
        expected="a sheet Merits, Requirements or Assessments",
    ),
    Case(
        "framework-twice",
        FRAMEWORK,
        ("Indicators", "Indicators"),
        FRAMEWORK,
        beside="| Indicators |\n| id | dimension | name | role |\n| own | region | Own | condition |",
        found="Indicators",
        says=("study2.xlsx",),
    ),
    Case(
        "framework-replaced",
        FRAMEWORK,
        ("Indicators",),
        PRACTICES,
        options={"indicators": "dualeco"},
        found="dualeco",
    ),
    Case(
        "built-in-value-unused",
        """
        | Indicators |
        | id        | dimension | name | role | worst | best | step | objective     |
        | neet_rate | need      | NEET | need | 30    | 5    | 0    | employability |
        """,
        ("Indicators!A2",),
        """
        | Indicators |
        | id        | dimension | name | role | worst | best | step | objective     |
        | neet_rate | need      | NEET | need | 25    | 5    | 0    | employability |
        """,
        found="neet_rate",
    ),
    Case(
        "home-falls-short",
        PRACTICES + "| Requirements |\n| practice | wbl_intensity |\n| fair | 3 |",
        ("Requirements!B2",),
        PRACTICES + "| Requirements |\n| practice | wbl_intensity |\n| fair | 2 |",
        found="3",
        expected="at most 2",
        says=("fair", "lombardy", "wbl_intensity"),
    ),
    Case(
        "critical-not-applicable",
        """
        | Indicators |
        | id  | dimension | name | role      | critical |
        | law | region    | Law  | condition | sì       |

        | Requirements |
        | practice | law |
        | fair     | n/a |
        """,
        ("Requirements!B2",),
        """
        | Indicators |
        | id  | dimension | name | role      | critical |
        | law | region    | Law  | condition | nein     |

        | Requirements |
        | practice | law |
        | fair     | n/a |
        """,
        found="n/a",
        says=("law",),
    ),
    Case(
        "profile-not-used",
        "| Profile |\n| ecosystem | indicator | value |\n| bremen | documentation | 3 |",
        ("Profile!B2",),
        "| Profile |\n| ecosystem | indicator | value |\n| bremen | legal_framework | 3 |",
        found="documentation",
        expected="condition or need",
        says=("merit",),
    ),
    Case(
        "framework-without-indicators",
        "| Dimensions |\n| id | name |\n| region | Region |",
        ("Dimensions",),
        FRAMEWORK + "| Dimensions |\n| id | name |\n| region | Region |\n| about | About |",
    ),
    Case(
        "framework-missing",
        PRACTICES,
        (".",),
        PRACTICES,
        options={"indicators": "{here}/other.xlsx"},
        says=("other.xlsx", "Indicators"),
    ),
    Case(
        "ecosystems-missing",
        PRACTICES,
        (".",),
        PRACTICES,
        options={"ecosystems": ("{here}/other.xlsx",)},
        says=("other.xlsx", "Ecosystems", "Profile"),
    ),
    Case(
        "framework-repeated",
        FRAMEWORK,
        ("Indicators",),
        FRAMEWORK,
        beside=FRAMEWORK,
        says=("study.xlsx",),
    ),
]

METHOD = [
    Case(
        "goalposts-equal",
        "| Indicators |\n| id | dimension | name | role | worst | best |\n| law | r | Law | merit | 4 | |",
        ("Indicators!E2",),
        "| Indicators |\n| id | dimension | name | role | worst | best |\n| law | r | Law | merit | 4 | 0 |",
        found="4",
        says=("law",),
    ),
    Case(
        "step-does-not-divide",
        "| Indicators |\n| id | dimension | name | role | step |\n| law | r | Law | merit | 3 |",
        ("Indicators!E2",),
        "| Indicators |\n| id | dimension | name | role | step |\n| law | r | Law | merit | 0.1 |",
        found="3",
        says=("law", "from 0 to 4"),
    ),
    Case(
        "objective-missing",
        "| Indicators |\n| id | dimension | name | role | objective |\n| neet | r | Neet | need | |",
        ("Indicators!E2",),
        "| Indicators |\n| id | dimension | name | role | objective |\n| neet | r | Neet | need | wbl |",
        expected="quality, employability, wbl or certification",
        says=("neet",),
    ),
    Case(
        "column-not-for-role",
        "| Indicators |\n| id | dimension | name | role | floor |\n| law | r | Law | condition | 2 |",
        ("Indicators!E2",),
        "| Indicators |\n| id | dimension | name | role | floor |\n| law | r | Law | judgement | 2 |",
        found="2",
        expected="a blank cell",
        says=("floor", "condition"),
    ),
    Case(
        "levels-not-described",
        """
        | Indicators |
        | id   | dimension | name | role      | level_0 | level_4 |
        | law  | region    | Law  | condition | none    | all     |
        | wish | region    | Wish | judgement |         |         |
        """,
        ("Indicators!A3",),
        """
        | Indicators |
        | id   | dimension | name | role      | level_0 | level_4 |
        | law  | region    | Law  | condition |         |         |
        | wish | region    | Wish | judgement |         |         |
        """,
        found="wish",
        expected="level_0 to level_4",
    ),
    Case(
        "dimension-without-weight",
        FRAMEWORK + "| Dimensions |\n| id | name | weight |\n| region | R | 1 |\n| about | A | 0 |",
        ("Dimensions!C3",),
        FRAMEWORK + "| Dimensions |\n| id | name | weight |\n| region | R | low |\n| about | A | |",
        found="about",
    ),
    Case(
        "dimension-without-indicators",
        FRAMEWORK + "| Dimensions |\n| id | name |\n| region | R |\n| about | A |\n| empty | E |",
        ("Dimensions!A4",),
        FRAMEWORK + "| Dimensions |\n| id | name |\n| region | R |\n| about | A |",
        found="empty",
    ),
    Case(
        "setting-unknown",
        "| Settings |\n| key | value |\n| min_coverge | 0.5 |",
        ("Settings!A2",),
        "| Settings |\n| key | value |\n| Min coverage | 0.5 |",
        found="min_coverge",
        suggestion="min_coverage",
        expected="min_coverage, transferable_from, adaptable_from, compensation, panel, name, version",
    ),
    Case(
        "setting-invalid",
        "| Settings |\n| key | value |\n| compensation | ful |",
        ("Settings!B2",),
        "| Settings |\n| key | value |\n| compensation | Full |",
        found="ful",
        suggestion="full",
        expected="full, partial, none or a number of at most 1",
    ),
    Case(
        "thresholds-reversed",
        "| Settings |\n| key | value |\n| adaptable_from | 80 |",
        ("Settings!B2",),
        "| Settings |\n| key | value |\n| adaptable_from | 75 |",
        found="80",
        says=("80", "75"),
    ),
    Case(
        "level-not-on-scale",
        """
        | Indicators |
        | id  | dimension | name | role      | level_0 | level_5 |
        | law | region    | Law  | condition | none    | all     |
        """,
        ("Indicators!F2",),
        """
        | Indicators |
        | id  | dimension | name | role      | best | level_0 | level_5 |
        | law | region    | Law  | condition | 5    | none    | all     |
        """,
        found="all",
        says=("law",),
    ),
]

#: A framework of three dimensions, of which the first has two indicators and the last has three.
WEIGHED = """
    | Indicators |
    | id    | dimension | name  | role  |
    | proof | about     | Proof | merit |
    | use   | about     | Use   | merit |
    | law   | region    | Law   | merit |
    | staff | local     | Staff | merit |
    | firms | local     | Firms | merit |
    | rooms | local     | Rooms | merit |

"""

PAIRS = "| Panel |\n| member | indicator | points | over |\n"
POINTS = "| Panel |\n| member | dimension | points |\n"
RANKS = "\n\n| Settings |\n| key | value |\n| panel | rank |"
WHOLE = "| Ann | about | 50 |\n| Ann | region | 30 |\n| Ann | local | 20 |"

PANEL = [
    Case(
        "panel-item",
        WEIGHED
        + """
        | Panel |
        | member | dimension | indicator | points |
        | Ann    | about     | law       | 50     |
        | Ann    |           |           | 50     |
        """,
        ("Panel!B2", "Panel!B3"),
        WEIGHED
        + """
        | Panel |
        | member | dimension | indicator | points |
        | Ann    |           | proof     | 50     |
        | Ann    |           | use       | 50     |
        """,
        found="about / law",
    ),
    Case(
        "panel-comparison",
        WEIGHED + PAIRS + "| Ann | proof | 3 | law |\n| Ann | use | 3 | use |",
        ("Panel!D2", "Panel!D3"),
        WEIGHED + PAIRS + "| Ann | proof | 3 | use |",
        found="law",
        expected="use",
        says=('"proof"',),
    ),
    Case(
        "panel-ratio",
        WEIGHED + PAIRS + "| Ann | proof | 10 | use |",
        ("Panel!C2",),
        WEIGHED + PAIRS + "| Ann | proof | 1/9 | use |",
        found="10",
        expected="1/9 to 9",
    ),
    Case(
        "panel-rank",
        WEIGHED + POINTS + "| Ann | about | 1 |\n| Ann | region | 2 |\n| Ann | local | 4 |" + RANKS,
        ("Panel!C4",),
        WEIGHED + POINTS + "| Ann | about | 1 |\n| Ann | region | 1 |\n| Ann | local | 3 |" + RANKS,
        found="4",
        says=('"Ann"', "the dimensions"),
    ),
    Case(
        "panel-mixed",
        WEIGHED + PAIRS + "| Ann | staff | 3 | firms |\n| Ann | rooms | 20 | |",
        ("Panel!D3",),
        WEIGHED + PAIRS + "| Ann | proof | 30 | |\n| Ann | use | 20 | |",
        says=('"Local judgement"',),
    ),
    Case(
        "panel-pair-twice",
        WEIGHED + PAIRS + "| Ann | proof | 3 | use |\n| Ann | use | 3 | proof |",
        ("Panel!D3",),
        WEIGHED + PAIRS + "| Ann | proof | 3 | use |\n| Ben | use | 3 | proof |",
        found="use",
        says=('"proof"',),
    ),
    Case(
        "panel-left-out",
        WEIGHED + POINTS + "| Ann | about | 50 |\n| Ann | region | 50 |\n| Ann | local | |",
        ("Panel!A2",),
        WEIGHED + POINTS + "| Ann | about | 50 |\n| Ann | region | 50 |\n| Ann | local | 0 |",
        says=('"local"', '"Ann"'),
    ),
    Case(
        "panel-pairs-apart",
        WEIGHED.rstrip()
        + """
        | money | owner     | Money | merit |

        | Panel |
        | member | dimension | points | over   |
        | Ann    | about     | 2      | region |
        | Ann    | local     | 2      | owner  |
        """,
        ("Panel!A2",),
        WEIGHED
        + """
        | Panel |
        | member | dimension | points | over   |
        | Ann    | about     | 2      | region |
        | Ann    | local     | 2      | region |
        | Ann    | local     | 1      | about  |
        """,
    ),
    Case(
        "panel-pairs-missing",
        WEIGHED + PAIRS + "| Ann | staff | 2 | firms |\n| Ann | firms | 2 | rooms |",
        ("Panel!A2",),
        WEIGHED
        + PAIRS
        + "| Ann | staff | 2 | firms |\n| Ann | firms | 2 | rooms |\n| Ann | staff | 4 | rooms |",
        found="2",
        says=("2 of 3",),
    ),
    Case(
        "panel-inconsistent",
        WEIGHED
        + PAIRS
        + "| Ann | staff | 5 | firms |\n| Ann | firms | 5 | rooms |\n| Ann | rooms | 5 | staff |",
        ("Panel!A2",),
        WEIGHED
        + PAIRS
        + "| Ann | staff | 5 | firms |\n| Ann | firms | 2 | rooms |\n| Ann | staff | 9 | rooms |",
        found="2.76",
        expected="at most 0.1",
    ),
    Case(
        "panel-no-points",
        WEIGHED + POINTS + "| Ann | about | 0 |\n| Ann | region | 0 |\n| Ann | local | 0 |",
        ("Panel!A2",),
        WEIGHED + POINTS + "| Ann | about | 0 |\n| Ann | region | 0 |\n| Ann | local | 1 |",
    ),
    Case(
        "panel-budgets-differ",
        WEIGHED + POINTS + WHOLE + "\n| Ben | about | 5 |\n| Ben | region | 3 |\n| Ben | local | 1 |",
        ("Panel!A5",),
        WEIGHED + POINTS + WHOLE + "\n| Ben | about | 50 |\n| Ben | region | 40 |\n| Ben | local | 10 |",
        found="9",
        expected="100",
    ),
    Case(
        "panel-like-ranks",
        WEIGHED + POINTS + "| Ann | about | 1 |\n| Ann | region | 2 |\n| Ann | local | 3 |",
        ("Panel!C2",),
        WEIGHED + POINTS + "| Ann | about | 1 |\n| Ann | region | 2 |\n| Ann | local | 3 |" + RANKS,
        found="1, 2, 3",
    ),
]

CASES = [*SHEETS, *HEADERS, *CELLS, *ROWS, *ACROSS, *METHOD, *PANEL]
