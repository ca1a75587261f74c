from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.catalogue_views import indicator_text, indicators_text, target_text, targets_text
from dualeco_cli.reports.terminal import Screen

from .test_console import visible


@pytest.mark.parametrize("width", [80, 140])
def test_targets(study: Study, snapshot: SnapshotAssertion, width: int) -> None:
    assert targets_text(study, Screen(width)) == snapshot


@pytest.mark.parametrize("width", [80, 140])
def test_one_target(study: Study, snapshot: SnapshotAssertion, width: int) -> None:
    assert target_text(study, "lombardy", Screen(width)) == snapshot


def test_one_target_in_colour(study: Study, snapshot: SnapshotAssertion) -> None:
    assert visible(target_text(study, "lombardy", Screen(80, colour=True))) == snapshot


def test_a_target_of_which_nothing_is_known(study: Study) -> None:
    text = target_text(study, "northern-ireland")
    assert "Values for 0 of the 4 indicators" in text
    assert "Unknown: Young people neither in work nor in education, Contract and pay" in text
    assert "Switched off" not in text


@pytest.mark.parametrize("width", [80, 140])
def test_indicators(study: Study, snapshot: SnapshotAssertion, width: int) -> None:
    assert indicators_text(study.framework, Screen(width)) == snapshot


@pytest.mark.parametrize("id_", ["neet_rate", "contract_pay", "wbl_share", "staff_time"])
def test_one_indicator(study: Study, snapshot: SnapshotAssertion, id_: str) -> None:
    assert indicator_text(study.framework, id_, Screen(80)) == snapshot


def test_what_does_not_exist(study: Study) -> None:
    with pytest.raises(KeyError):
        target_text(study, "atlantis")
    with pytest.raises(KeyError):
        indicator_text(study.framework, "atlantis")


def test_no_targets(study: Study) -> None:
    assert (
        targets_text(study.model_copy(update={"ecosystems": {}})) == "There are no regions in this study.\n"
    )


def test_hostile_text(attack: tuple[str, Report, Study]) -> None:
    _text, _report, study = attack
    screen = Screen(80)
    shown = (
        targets_text(study, screen)
        + target_text(study, "lombardy", screen)
        + indicators_text(study.framework, screen)
        + indicator_text(study.framework, "contract_pay", screen)
    )
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\r" not in shown
