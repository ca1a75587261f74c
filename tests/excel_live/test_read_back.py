"""A report given to dualeco like the files it was made from: nothing is in the way, nothing is different."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dualeco_cli.checks.load import Loaded, Options, load
from dualeco_cli.model.finding import Severity
from dualeco_cli.model.result import Method, Report
from dualeco_cli.model.rows import Role
from dualeco_cli.model.study import Study
from dualeco_cli.reports import excel

from .made import TARGETS, random_case, report_of
from .test_recalculated import EXAMPLE, rich_study


def loaded(path: Path) -> Loaded:
    return load([str(path)], Options(for_scoring=True))


def written(folder: Path, report: Report, study: Study) -> Path:
    path = folder / "report.xlsx"
    path.write_bytes(excel.render(report, study))
    return path


def faults(found: Loaded) -> set[tuple[str, str | None, str | None]]:
    """Errors and warnings, with what they found."""
    return {(one.code, one.sheet, one.found) for one in found.findings if one.severity is not Severity.INFO}


def plain(value: Any) -> Any:
    """A report without its inputs, to nine digits."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items() if key != "inputs"}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return round(value, 9) if isinstance(value, float) else value


def same_result(study: Study, again: Study, method: Method, targets: tuple[str, ...]) -> bool:
    one, other = (report_of(each, method, targets).model_dump(mode="json") for each in (study, again))
    # Practices of the same score are listed by id, and the sheets keep their order.
    return bool(plain(one) == plain(other))


def legal(study: Study) -> Study:
    """Without the rows of assessors on what is no judgement: the engine takes them, the checks do not."""
    judged = {one.id for one in study.framework.indicators if one.role is Role.JUDGEMENT}
    kept = tuple(row for row in study.assessments if row.indicator in judged)
    return study.model_copy(update={"assessments": kept})


def test_the_example(tmp_path: Path) -> None:
    before = loaded(EXAMPLE)
    assert before.study is not None
    report = report_of(before.study, Method(samples=0), ("lombardy", "bremen"))
    after = loaded(written(tmp_path, report, before.study))
    assert after.study is not None
    # Built-in profile values are the user's own now, and one of them is outside its goalposts.
    assert {one[:2] for one in faults(after) - faults(before)} <= {("C115", "Profile")}
    assert after.study.framework == before.study.framework
    assert after.study.practices == before.study.practices
    assert after.study.requirements == before.study.requirements
    assert after.study.merits == before.study.merits
    assert after.study.basis == before.study.basis
    assert after.study.pilots == before.study.pilots
    assert after.study.adaptations == before.study.adaptations
    assert after.study.ecosystems == before.study.ecosystems
    assert same_result(before.study, after.study, Method(samples=0), ("lombardy", "bremen"))


@pytest.mark.parametrize("compensation", [1.0, 0.0, -1.0, "none"])
def test_the_settings_are_those_of_the_run(tmp_path: Path, compensation: float | str) -> None:
    study = legal(rich_study())
    method = Method.model_validate({"compensation": compensation, "samples": 0, "adaptable_from": 40.0})
    after = loaded(written(tmp_path, report_of(study, method), study))
    assert after.study is not None
    settings = after.study.framework.settings
    assert settings.adaptable_from == 40.0
    assert settings.compensation == {1.0: "full", 0.0: "partial"}.get(compensation, compensation)  # type: ignore[arg-type]


def test_only_what_was_wrong_before_is_found(tmp_path: Path) -> None:
    study = legal(rich_study())
    found = loaded(written(tmp_path, report_of(study, Method(samples=0)), study))
    # A source that is no ecosystem, and requirements that the source itself does not meet.
    assert {one.code for one in found.findings} <= {"X102", "X108"}
    assert found.study is not None
    assert same_result(study, found.study, Method(samples=0), TARGETS)


@pytest.mark.parametrize("seed", range(300, 312))
def test_random_studies(tmp_path: Path, seed: int) -> None:
    study, method = random_case(seed)
    study = legal(study)
    found = loaded(written(tmp_path, report_of(study, method), study))
    assert found.study is not None, [one.message for one in found.findings]
    assert not [one for one in found.findings if one.code.startswith(("S", "H")) and one.code != "S109"]
    assert same_result(study, found.study, method, TARGETS)
