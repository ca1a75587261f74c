"""Looking back at pilots (design, 4.9 and 4.10)."""

from __future__ import annotations

from dualeco_cli.model.result import Method
from dualeco_cli.model.rows import Pilot
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.backtest import backtest

from .studies import TARGET, about, adaptation, condition, make_study, merit, practice


def pilot(practice_: str, outcome: float | None, *, target: str = TARGET, form: str | None = None) -> Pilot:
    return Pilot(practice=practice_, target=target, year=2023, outcome=outcome, adaptation=form)


def study(*pilots: Pilot) -> Study:
    return make_study(
        [merit("m"), condition("c", critical=True)],
        practices=["a", "b", "c", "d", practice("home", source=TARGET), "blank"],
        merits={"a": {"m": 4}, "b": {"m": 3}, "c": {"m": 2}, "d": {"m": 1}, "home": {"m": 4}},
        requirements={**{id_: {"c": 0} for id_ in ("a", "b", "c", "home")}, "d": {"c": 4}},
        profile={"c": 2.0},
        adaptations=[adaptation("d", "lite", "c", 2, "Light")],
        pilots=pilots,
        profiles={"third": {"c": 4.0}},
    )


def test_predictions_beside_outcomes() -> None:
    found = backtest(
        study(pilot("a", 4), pilot("d", 1), pilot("d", 3, form="lite"), pilot("home", 4), pilot("blank", 2)),
        Method(),
    )
    listed = [(one.practice, one.adaptation, one.score, one.class_) for one in found.pilots]
    assert listed == [
        ("a", None, about(100), "transferable"),
        ("d", None, about(37.5), "blocked"),
        ("d", "lite", about(62.5), "adaptable"),
        ("home", None, about(100), "home"),
        ("blank", None, None, "insufficient-evidence"),
    ]
    # The one at home and the one without a score do not count.
    assert (found.cases, found.tau_b, found.auc) == (3, 1, 1)
    assert found.note == "3 pilots are too few to conclude anything: at least 5 are needed."
    assert found.pilots[0].model_dump(by_alias=True)["class"] == "transferable"


def test_numbers_of_cases() -> None:
    nothing = backtest(study(), Method())
    assert (nothing.pilots, nothing.cases, nothing.tau_b, nothing.auc) == ((), 0, None, None)
    assert nothing.note == "There is no pilot with an outcome and a score: nothing can be compared."
    one = backtest(study(pilot("a", 3)), Method())
    assert (one.cases, one.tau_b, one.auc) == (1, None, None)
    assert one.note == "1 pilot is too few to conclude anything: at least 5 are needed."
    five = backtest(
        study(
            pilot("a", 2),
            pilot("b", 3),
            pilot("c", 1),
            pilot("d", 0),
            pilot("a", 4, target="third"),
            pilot("b", None),
        ),
        Method(),
    )
    assert (five.cases, five.note) == (5, None)
    # Scores 100, 87.5, 75, 37.5, 100 with outcomes 2, 3, 1, 0, 4: of ten pairs one is tied and one reversed.
    assert five.tau_b == about((8 - 1) / (9 * 10) ** 0.5)
    # Successes 87.5 and 100 against 100, 75, 37.5: 2 + 2.5 of 6.
    assert five.auc == about(4.5 / 6)


def test_a_success_is_an_outcome_of_at_least_3() -> None:
    found = backtest(study(pilot("a", 3), pilot("b", 2.9), pilot("c", 3.1), pilot("d", 3 - 1e-12)), Method())
    # Successes 100, 75 and 37.5 against 87.5: one of three.
    assert found.auc == about(1 / 3)


def test_an_unknown_adaptation_has_no_prediction() -> None:
    (found,) = backtest(study(pilot("a", 3, form="gone")), Method()).pilots
    assert (found.score, found.class_) == (None, None)
