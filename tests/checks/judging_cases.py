"""For every rule that judges a framework one that breaks it, and one that does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.sheets import markdown

from .rule_cases import Case

JUDGED: Mapping[str, Any] = {"judge": True}


def framework(*rows: str, columns: str = "") -> str:
    """A sheet Indicators whose levels are described: ``rows`` are id, dimension, name, role, then columns."""
    ends = " none | all |"
    lines = [
        f"| id | dimension | name | role | {columns} level_0 | level_4 |",
        *(f"{row} {ends}" for row in rows),
    ]
    return "| Indicators |\n" + "\n".join(lines) + "\n\n"


def rated(*columns: tuple[str, Sequence[float | str]], sheet: str = "Merits") -> str:
    """Practices p1, p2 … with a level each in the columns of a sheet."""
    count = len(columns[0][1])
    practices = [["id", "title", "source"], *([f"p{n}", f"Practice {n}", "bremen"] for n in range(count))]
    levels = [[f"p{n}", *(held[n] for _, held in columns)] for n in range(count)]
    return markdown(practices, "Practices") + markdown(
        [["practice", *(name for name, _ in columns)], *levels], sheet
    )


TWO = framework("| proof | about | Proof | merit |", "| paper | about | Paper | merit |")

JUDGING = [
    Case(
        "indicators-alike",
        framework("| time | here | Staff time | judgement |", "| hours | here | staff-TIME | judgement |"),
        ("Indicators!C3",),
        framework("| time | here | Staff time | judgement |", "| money | here | Staff money | judgement |"),
        found="staff-TIME",
        says=("time", "(C2)", "hours", "100.0%"),
        options=JUDGED,
    ),
    Case(
        "indicators-similar",
        framework(
            "| jobs  | here | Youth unemployment      | judgement |",
            "| rate  | here | Youth unemployment rate | judgement |",
            "| staff | here | Staff                   | judgement |",
            "| room  | here | Rooms                   | judgement |",
        ),
        ("Indicators!C3",),
        framework(
            "| jobs  | here | Youth unemployment      | merit     |",
            "| rate  | here | Youth unemployment rate | judgement |",
        ),
        found="Youth unemployment rate",
        says=("rate", '"Youth unemployment" (jobs, C2)', "50.0%"),
        options=JUDGED,
    ),
    Case(
        "indicators-agree",
        TWO + rated(("proof", [0, 1, 2, 3, 3, 1, 2, 3, ""]), ("paper", [1, 2, 3, 4, 4, 2, 3, 4, 0])),
        ("Indicators!A3",),
        TWO + rated(("proof", [0, 1, 2, 3, 3, 1, 2, 3, ""]), ("paper", [1, 2, 3, 4, 3, 2, 3, 4, 0])),
        found="paper",
        # 8! / (1! 2! 2! 3!)
        says=("paper and proof (A2)", "over 8 practices", "1 in 1,680", "100.0%"),
        options=JUDGED,
    ),
    Case(
        "scale-not-anchored",
        """
        | Indicators |
        | id  | dimension | name | role      | level_1 | level_4 |
        | law | region    | Law  | condition | little  | all     |
        """,
        ("Indicators!A2",),
        framework("| law | region | Law | condition |"),
        found="law",
        says=("level_0 is blank",),
        options=JUDGED,
    ),
    Case(
        "indicator-without-effect",
        framework(
            "| proof | about | Proof | merit | 0 | |",
            "| paper | about | Paper | merit | 1 | |",
            columns="weight | floor |",
        ),
        ("Indicators!E2",),
        framework(
            "| proof | about | Proof | merit | 0 | 2 |",
            "| paper | about | Paper | merit | 1 | |",
            columns="weight | floor |",
        ),
        found="0",
        says=("proof", "no floor"),
        options=JUDGED,
    ),
    Case(
        "weight-negligible",
        framework(
            "| proof | about | Proof | merit | 100 |",
            "| paper | about | Paper | merit | 99.9 |",
            "| dust  | about | Dust  | merit | 0.1 |",
            columns="weight |",
        ),
        ("Indicators!E4",),
        framework(
            "| proof | about | Proof | merit | 100 |",
            "| paper | about | Paper | merit | 99 |",
            "| dust  | about | Dust  | merit | 1 |",
            columns="weight |",
        ),
        found="0.1",
        says=("dust", "0.05 points"),
        options=JUDGED,
    ),
    Case(
        "floor-never-blocks",
        framework(
            "| proof | about | Proof | merit | 0 |", "| paper | about | Paper | merit | |", columns="floor |"
        ),
        ("Indicators!E2",),
        framework(
            "| proof | about | Proof | merit | 1 |", "| paper | about | Paper | merit | |", columns="floor |"
        ),
        found="0",
        says=("proof",),
        options=JUDGED,
    ),
    Case(
        "floor-implied",
        framework("| proof | about | Proof | merit | 2 |", columns="floor |")
        + "| Settings |\n| key | value |\n| compensation | none |",
        ("Indicators!E2",),
        framework("| proof | about | Proof | merit | 3 |", columns="floor |")
        + "| Settings |\n| key | value |\n| compensation | none |",
        found="2",
        says=("proof", "25", "50"),
        options=JUDGED,
    ),
    Case(
        "indicator-inert",
        TWO + rated(("proof", [3, 3, 3, ""]), ("paper", [1, 2, 3, 4])),
        ("Indicators!A2",),
        TWO + rated(("proof", [3, 3, 2, ""]), ("paper", [1, 2, 3, 4])),
        found="proof",
        says=("the rating is 3 for all 3 practices",),
        options=JUDGED,
    ),
    Case(
        "dimension-of-one",
        framework(
            "| proof | about | Proof | merit |",
            "| paper | about | Paper | merit |",
            "| law | region | Law | condition |",
        )
        + "| Dimensions |\n| id | name |\n| about | About |\n| region | Region |",
        ("Dimensions!A3",),
        framework("| proof | about | Proof | merit |", "| paper | about | Paper | merit |"),
        found="region",
        says=("law",),
        options=JUDGED,
    ),
]
