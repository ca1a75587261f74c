"""A made-up study of any size, with something on every sheet, for measuring.

    python benchmarks/study.py FILE.xlsx PRACTICES [INDICATORS]

The same arguments give the same study. It has no errors; every seventh cell of Requirements is blank and
every eleventh is marked, so that there are open questions, barriers and doubts, as in real ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

TARGET = "somewhere"


def roles(indicators: int) -> list[str]:
    """The role of each indicator: seven in ten are conditions."""
    of_ten = ["merit", *["condition"] * 7, "need", "judgement"]
    return [of_ten[number % 10] for number in range(indicators)]


def make(path: Path, practices: int, indicators: int = 40) -> None:
    """Write the study."""
    import xlsxwriter

    ids: dict[str, list[str]] = {role: [] for role in ("merit", "condition", "need", "judgement")}
    for number, role in enumerate(roles(indicators)):
        ids[role].append(f"i{number}")
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:

        def sheet(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
            page = book.add_worksheet(name)
            page.write_row(0, 0, header)
            for number, row in enumerate(rows, 1):
                page.write_row(number, 0, row)

        levels = [f"level_{level}" for level in range(5)]
        sheet("Dimensions", ["id", "name"], [[f"d{number}", f"Dimension {number}"] for number in range(5)])
        sheet(
            "Indicators",
            ["id", "dimension", "name", "role", "critical", "objective", *levels],
            [
                [
                    f"i{number}",
                    f"d{number % 5}",
                    f"{role.title()} {number}",
                    role,
                    "yes" if role == "condition" and number % 16 == 1 else None,
                    "wbl" if role == "need" else None,
                    *(f"This is what {level} looks like for {number}." for level in range(5)),
                ]
                for number, role in enumerate(roles(indicators))
            ],
        )
        sheet("Ecosystems", ["id", "name"], [[TARGET, "Somewhere"], ["elsewhere", "Elsewhere"]])
        sheet(
            "Profile",
            ["ecosystem", "indicator", "value"],
            [[TARGET, id_, 2 + number % 3] for number, id_ in enumerate([*ids["condition"], *ids["need"]])],
        )
        sheet(
            "Practices",
            ["id", "title", "source", "objectives", "summary"],
            (
                [f"p{number}", f"Practice {number}", "elsewhere", "wbl", f"What number {number} is and does."]
                for number in range(practices)
            ),
        )
        sheet(
            "Merits",
            ["practice", *ids["merit"]],
            (
                [f"p{number}", *((number + place) % 5 for place in range(len(ids["merit"])))]
                for number in range(practices)
            ),
        )
        sheet(
            "Requirements",
            ["practice", *ids["condition"]],
            (
                [f"p{number}", *(_required(number, place) for place in range(len(ids["condition"])))]
                for number in range(practices)
            ),
        )
        sheet(
            "Basis",
            ["practice", "indicator", "basis", "origin"],
            (
                [
                    f"p{number}",
                    ids["condition"][number % len(ids["condition"])],
                    f"Seen in {number}.",
                    "interview",
                ]
                for number in range(practices)
            ),
        )
        sheet(
            "Assessments",
            ["practice", "target", "indicator", "assessor", "rating"],
            (
                [f"p{number}", TARGET, id_, assessor, (number + place) % 5]
                for number in range(0, practices, 5)
                for place, assessor in enumerate(("first", "second"))
                for id_ in ids["judgement"]
            ),
        )
        sheet(
            "Adaptations",
            ["practice", "adaptation", "title", "indicator", "required"],
            (
                [f"p{number}", "lighter", "A lighter form", id_, 1]
                for number in range(0, practices, 10)
                for id_ in ids["condition"][:2]
            ),
        )
        sheet(
            "Pilots",
            ["practice", "target", "year", "outcome"],
            ([f"p{number}", TARGET, 2020, number % 5] for number in range(0, practices, 20)),
        )


def _required(number: int, place: int) -> object:
    if (number + place) % 7 == 0:
        return None
    level = (number * 7 + place * 3) % 4
    return f"{level}?" if (number + place) % 11 == 0 else level


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 40)
