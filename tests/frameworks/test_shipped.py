"""The frameworks that are built in: they load cleanly, say where they come from, and keep to their scheme."""

from __future__ import annotations

import csv
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from dualeco_cli.checks import package_data
from dualeco_cli.checks.load import Options, load
from dualeco_cli.data import builtin
from dualeco_cli.model.finding import Severity
from dualeco_cli.model.rows import Indicator, Role
from dualeco_cli.model.study import Framework

SHIPPED = {
    "dualeco",
    "applicability-transferability",
    "efqea",
    "eqavet",
    "grant-call",
    "impact-acceptance",
    "success-factors",
    "tide",
    "vocational-excellence",
}
TOPICS = [
    "Framework",
    "In one sentence",
    "The original",
    "Our reading",
    "Left out",
    "Limits",
    "How to use it",
    "Where to read it",
]


def framework(id_: str) -> Framework:
    loaded = load([], Options(indicators=id_))
    assert loaded.study is not None
    assert loaded.findings == ()
    return loaded.study.framework


def roles(id_: str) -> dict[str, Role]:
    return {indicator.id: indicator.role for indicator in framework(id_).indicators}


def test_all_are_there_the_default_first() -> None:
    assert set(builtin.framework_ids()) >= SHIPPED
    assert builtin.framework_ids()[0] == "dualeco"


@pytest.mark.parametrize("id_", sorted(SHIPPED))
class TestEach:
    def test_is_read_without_a_finding(self, id_: str) -> None:
        draft, findings = package_data.framework(id_)
        assert findings == ()
        assert {located.row.id for located in draft.dimensions} == draft.used
        assert framework(id_).id == id_
        assert framework(id_).version == "1.0"

    def test_a_copy_is_read_like_it(self, id_: str, tmp_path: Path) -> None:
        shutil.copytree(builtin.framework_folder(id_), tmp_path / "copy")
        loaded = load([], Options(indicators=str(tmp_path / "copy")))
        assert loaded.study is not None
        assert [f.message for f in loaded.findings if f.severity is not Severity.INFO] == []
        assert loaded.study.framework == framework(id_)

    def test_is_validated_as_a_workbook(self, id_: str) -> None:
        loaded = load([str(builtin.framework_folder(id_))])
        assert loaded.study is not None
        assert [f.message for f in loaded.findings if f.severity is not Severity.INFO] == []

    def test_says_what_is_original_and_what_is_ours(self, id_: str) -> None:
        with (builtin.framework_folder(id_) / "About.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == ["topic", "text"]
        assert all(len(row) == 2 and row[1].strip() for row in rows)
        assert list(dict.fromkeys(topic for topic, _ in rows[1:])) == TOPICS
        sources = [text for topic, text in rows[1:] if topic == "Where to read it"]
        assert all("http" in text for text in sources)

    def test_every_indicator_has_a_question_and_a_source(self, id_: str) -> None:
        for indicator in framework(id_).indicators:
            assert indicator.question, indicator.id
            assert indicator.source, indicator.id


def test_an_id_means_the_same_in_all_of_them() -> None:
    """So that any two can be put side by side."""

    def meaning(row: Indicator) -> tuple[object, ...]:
        return row.role, row.worst, row.best, row.step

    frameworks = {id_: {row.id: row for row in framework(id_).indicators} for id_ in SHIPPED}
    for first, second in combinations(sorted(SHIPPED), 2):
        for id_ in frameworks[first].keys() & frameworks[second].keys():
            assert meaning(frameworks[first][id_]) == meaning(frameworks[second][id_]), (first, second, id_)


def test_efqea_has_seven_and_seven_conditions() -> None:
    rows = framework("efqea").indicators
    assert {row.role for row in rows} == {Role.CONDITION}
    groups = [row.dimension for row in rows]
    assert groups == ["working_conditions"] * 7 + ["framework_conditions"] * 7
    for number, row in enumerate(rows, 1):
        assert f"criterion {number}, " in (row.source or "")
        assert (row.worst, row.best, row.step) == (0, 2, 1)
        assert set(row.levels) == {0, 1, 2}
        assert not row.critical


def test_eqavet_has_its_ten_as_need_and_merit() -> None:
    rows = framework("eqavet").indicators
    numbers = {int((row.source or "").split()[2].rstrip(",")): row.role for row in rows}
    assert numbers == {
        **dict.fromkeys((3, 4, 5, 6, 7), Role.NEED),
        **dict.fromkeys((1, 2, 8, 9, 10), Role.MERIT),
    }


def test_built_in_values_serve_what_has_the_id_and_the_scale() -> None:
    ours, theirs = (load([], Options(indicators=id_)).study for id_ in ("dualeco", "eqavet"))
    assert ours is not None
    assert theirs is not None
    shared = "youth_unemployment_rate"
    with_value = {region for region, values in ours.profile.items() if shared in values}
    assert "lombardy" in with_value
    assert set(theirs.profile) == with_value
    assert all(set(values) == {shared} for values in theirs.profile.values())
    for region in with_value:
        assert theirs.profile[region][shared] == ours.profile[region][shared]
    efqea = load([], Options(indicators="efqea")).study
    assert efqea is not None
    assert efqea.profile == {}


def test_tide_lets_the_importance_alone_decide() -> None:
    tide = framework("tide")
    assert len(tide.dimensions) == 1
    assert {(row.worst, row.best, row.step, row.weight) for row in tide.indicators} == {(-2, 2, 1, 1)}
    assert all(set(row.levels) == {-2, -1, 0, 1, 2} for row in tide.indicators)
    assert all(row.floor is None for row in tide.indicators)


def test_groups_weigh_as_many_questions_as_they_have() -> None:
    """Then equal importance gives every question the same weight, as the total of ratings does."""
    tool = framework("applicability-transferability")
    for dimension in tool.dimensions:
        assert dimension.weight == sum(row.dimension == dimension.id for row in tool.indicators)
    assert all((row.worst, row.best) == (1, 5) and set(row.levels) == {1, 5} for row in tool.indicators)


def test_success_factors_are_the_four_shown_and_expected() -> None:
    stems = ("quality", "wbl", "certification", "employability")
    assert roles("success-factors") == {
        **{f"{stem}_shown": Role.MERIT for stem in stems},
        **{f"{stem}_expected": Role.JUDGEMENT for stem in stems},
    }


def test_vocational_excellence_has_the_clusters_and_the_anchoring() -> None:
    rows = framework("vocational-excellence").indicators
    counts = [
        sum(row.dimension == d.id for row in rows) for d in framework("vocational-excellence").dimensions
    ]
    assert counts == [7, 2, 1, 3]
    assert {row.role for row in rows} == {Role.CONDITION}


def test_acceptance_schemes_translate_their_totals() -> None:
    """A total is a score: 30 of ten ratings from 1 to 5, 10 of three from 0 to 5."""
    ten, three = framework("impact-acceptance"), framework("grant-call")
    assert {(r.worst, r.best, r.floor, r.weight) for r in ten.indicators} == {(1, 5, 3, 1)}
    assert len(ten.indicators) == 10
    assert ten.settings.transferable_from == ten.settings.adaptable_from == 100 * (30 - 10) / (50 - 10)
    assert {(r.worst, r.best, r.floor, r.weight) for r in three.indicators} == {(0, 5, 3, 1)}
    assert len(three.indicators) == 3
    assert three.settings.transferable_from == pytest.approx(100 * 10 / 15, abs=1e-12)
    assert three.settings.adaptable_from == three.settings.transferable_from
    assert ten.settings.min_coverage == three.settings.min_coverage == 1
