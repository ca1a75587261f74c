"""Workbooks to be computed, and the engine's view of the same."""

from __future__ import annotations

from random import Random
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dualeco_cli.model.result import Method, PracticeClass, PracticeResult, Report
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
        found.append({str(name): value for name, value in zip(names, row, strict=False)})
    return found


def mismatches(computed: Workbook, report: Report) -> list[str]:
    """Where a computed workbook says something else than the engine; every number of its results is held."""
    rows = {(row["Target id"], row["Practice id"]): row for row in table(computed["Scores"], 5)}
    heads = 4 if len(report.targets) > 1 else 3
    heat = dict(zip(rows, computed["Heat map"].iter_rows(min_row=7, min_col=heads + 1), strict=False))
    model = computed["Model"]
    ids = next(line for line in model.iter_rows(values_only=True) if line[0] == "Indicator")
    indicators = [id_ for id_ in ids[1:] if id_ is not None][: len(report.targets[0].practices[0].indicators)]
    wrong: list[str] = []
    compared = 0
    for target in report.targets:
        for practice in target.practices:
            key = (target.id, practice.id)
            values = {one.id: "n/a" if one.status == "n/a" else one.value for one in practice.indicators}
            shown: dict[str, Any] = {str(id_): heat[key][at].value for at, id_ in enumerate(indicators)}
            shown |= {name: rows[key][name] for name in _expected(practice)}
            shown |= {f"d {one.id}": rows[key][one.id] for one in practice.dimensions if one.id in rows[key]}
            expected = (
                _expected(practice) | values | {f"d {one.id}": one.score for one in practice.dimensions}
            )
            compared += len(shown)
            wrong += [
                f"{key} {name}: workbook {value!r}, engine {expected[name]!r}"
                for name, value in shown.items()
                if not same(value, expected[name])
            ]
            if set(values) - set(shown):
                wrong.append(f"{key}: not shown are {set(values) - set(shown)}")
    assert compared > 0
    return wrong + _order(computed, report)


def _expected(practice: PracticeResult) -> dict[str, Any]:
    return {
        "Rank": practice.rank,
        "Class": class_word(practice.class_),
        "Score": practice.score,
        "Lower": practice.lower,
        "Upper": practice.upper,
        "Known": practice.coverage,
        "Barriers": len(practice.barriers),
        "Open questions": len(practice.open_questions),
    }


def _order(computed: Workbook, report: Report) -> list[str]:
    """The first sheet lists the practices as the engine does."""
    classes = {class_word(class_) for class_ in PracticeClass}
    titles = [
        title
        for _rank, title, _source, class_, _score, *_, barriers, _open, _gap in _answer(computed)
        if class_ in classes and isinstance(barriers, int)
    ]
    expected = [practice.title for target in report.targets for practice in target.practices]
    return [] if titles == expected else [f"Answer lists {titles}, the engine {expected}"]


def _answer(computed: Workbook) -> Any:
    return computed["Answer"].iter_rows(min_row=1, max_col=11, values_only=True)
