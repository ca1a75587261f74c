"""Workbooks to be computed, and the engine's view of the same."""

from __future__ import annotations

from random import Random
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dualeco_cli.model.result import Method, Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.texts import class_word
from dualeco_cli.scoring.assemble import score

from ..scoring.studies import ELSEWHERE, TARGET, random_study
from ..scoring.test_against_reference import method_of
from .office import same

#: Both targets of a random study.
TARGETS = (TARGET, ELSEWHERE)


def report_of(study: Study, method: Method, targets: tuple[str, ...] = TARGETS) -> Report:
    """The report without what a workbook does not compute."""
    return score(study, targets, method, "0", paths=False)


def random_case(seed: int) -> tuple[Study, Method]:
    """A small study of everything, with full or partial compensation and any thresholds."""
    random = Random(seed)
    study = random_study(random, most_indicators=9, most_practices=6)
    return study, method_of(random, [1.0, 1.0, 0.0])


def table(sheet: Worksheet, header: int) -> list[dict[str, Any]]:
    """The rows below a row of headings, as far as the first column goes."""
    names = [cell.value for cell in sheet[header]]
    found = []
    for row in sheet.iter_rows(min_row=header + 1, values_only=True):
        if row[0] is None:
            break
        found.append(dict(zip(names, row, strict=False)))
    return found


def mismatches(computed: Workbook, report: Report) -> list[str]:
    """Where a computed workbook says something else than the engine."""
    wrong: list[str] = []
    rows = {(row["Target id"], row["Practice id"]): row for row in table(computed["Scores"], 5)}
    several = len(report.targets) > 1
    order = [(target.id, practice.id) for target in report.targets for practice in target.practices]
    heads = 4 if several else 3
    heat = {
        key: [cell.value for cell in line[heads:]]
        for key, line in zip(rows, computed["Heat map"].iter_rows(min_row=7), strict=False)
    }
    columns = [cell.value for cell in computed["Model"][13]]  # ids of the indicators
    first = columns.index(next(value for value in columns if value and value != "Indicator"))
    for target in report.targets:
        for practice in target.practices:
            key = (target.id, practice.id)
            row = rows[key]
            expected = {
                "Rank": practice.rank,
                "Class": class_word(practice.class_),
                "Score": practice.score,
                "Lower": practice.lower,
                "Upper": practice.upper,
                "Known": practice.coverage,
                "Barriers": len(practice.barriers),
                "Open questions": len(practice.open_questions),
            }
            for one in practice.dimensions:
                if one.id in row:
                    expected[one.id] = one.score
            wrong += [
                f"{key} {name}: workbook {row[name]!r}, engine {value!r}"
                for name, value in expected.items()
                if not same(row[name], value)
            ]
            values = {one.id: "n/a" if one.status == "n/a" else one.value for one in practice.indicators}
            for at, value in enumerate(heat[key]):
                indicator = columns[first + at] if first + at < len(columns) else None
                if indicator in values and not same(value, values[indicator]):
                    wrong.append(f"{key} {indicator}: workbook {value!r}, engine {values[indicator]!r}")
    del order
    return wrong + _order(computed, report)


def _order(computed: Workbook, report: Report) -> list[str]:
    """The first sheet lists the practices as the engine does."""
    titles = [
        row[1].value
        for row in computed["Answer"].iter_rows(min_row=1)
        if row[3].value in _classes() and row[4].number_format.startswith("0.0")
    ]
    expected = [practice.title for target in report.targets for practice in target.practices]
    return [] if titles == expected else [f"Answer lists {titles}, the engine {expected}"]


def _classes() -> set[str]:
    from dualeco_cli.model.result import PracticeClass

    return {class_word(class_) for class_ in PracticeClass}
