"""What must hold for every study (properties, not numbers)."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.model.result import Method, PracticeResult
from dualeco_cli.model.rows import Assessment, Indicator, Level, Role
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.assemble import score
from dualeco_cli.scoring.case import build_case
from dualeco_cli.scoring.screen import screen

from .studies import TARGET, about, condition, make_study, merit, random_study
from .test_against_reference import method_of

RANDOM = st.randoms(use_true_random=False)
THOROUGH = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
BETTER = {
    "blocked": 0,
    "insufficient-evidence": 1,
    "not-yet": 2,
    "conditional": 3,
    "adaptable": 3,
    "transferable": 4,
}


def results(study: Study, method: Method) -> dict[str, PracticeResult]:
    (target,) = score(study, [TARGET], method, "0", paths=False).targets
    return {one.id: one for one in target.practices}


def with_merit(study: Study, practice: str, indicator: str, level: Level | None) -> Study:
    cells = {id_: cell for id_, cell in study.merits.get(practice, {}).items() if id_ != indicator}
    if level is not None:
        cells[indicator] = level
    return study.model_copy(update={"merits": {**study.merits, practice: cells}})


def some_merit(random: Random, study: Study) -> tuple[str, Indicator] | None:
    """A practice and a known merit of it."""
    known = [
        (practice, indicator)
        for practice, cells in study.merits.items()
        for indicator in study.framework.indicators
        if indicator.id in cells and cells[indicator.id].value is not None and indicator.role is Role.MERIT
    ]
    return random.choice(known) if known else None


@THOROUGH
@given(RANDOM)
def test_a_better_rating_never_makes_worse(random: Random) -> None:
    study, method = random_study(random), method_of(random)
    chosen = some_merit(random, study)
    if chosen is None:
        return
    practice, indicator = chosen
    before = results(study, method)[practice]
    after = results(with_merit(study, practice, indicator.id, Level(indicator.best)), method)[practice]
    for one, other in ((before.score, after.score), (before.lower, after.lower), (before.upper, after.upper)):
        assert one is None or (other is not None and other >= one - 1e-9)
    if before.class_ != "home":
        assert BETTER[after.class_] >= BETTER[before.class_]


@THOROUGH
@given(RANDOM)
def test_bounds_contain_the_score(random: Random) -> None:
    study, method = random_study(random), method_of(random)
    for one in results(study, method).values():
        if one.score is not None:
            assert one.lower is not None
            assert one.upper is not None
            assert one.lower - 1e-9 <= one.score <= one.upper + 1e-9
        for dimension in one.dimensions:
            if dimension.score is not None and dimension.lower is not None and dimension.upper is not None:
                assert dimension.lower - 1e-9 <= dimension.score <= dimension.upper + 1e-9
        if one.coverage > 1 - 1e-12:
            assert one.lower == one.upper == one.score


@THOROUGH
@given(RANDOM)
def test_not_knowing_only_widens(random: Random) -> None:
    study, method = random_study(random), method_of(random)
    chosen = some_merit(random, study)
    if chosen is None:
        return
    practice, indicator = chosen
    known = results(study, method)[practice]
    unknown = results(with_merit(study, practice, indicator.id, None), method)[practice]
    assert unknown.coverage <= known.coverage + 1e-12
    if known.lower is not None and known.upper is not None:
        assert unknown.lower is not None
        assert unknown.upper is not None
        assert unknown.lower <= known.lower + 1e-9
        assert unknown.upper >= known.upper - 1e-9


@THOROUGH
@given(RANDOM)
def test_the_order_of_practices_changes_nothing(random: Random) -> None:
    study, method = random_study(random), method_of(random)
    shuffled = list(study.practices)
    random.shuffle(shuffled)
    other = study.model_copy(update={"practices": {id_: study.practices[id_] for id_ in shuffled}})
    # Not to 1e-9 but to the last bit.
    assert score(study, [TARGET], method, "0") == score(other, [TARGET], method, "0")


@THOROUGH
@given(RANDOM)
def test_one_practice_alone_scores_the_same(random: Random) -> None:
    study, method = random_study(random), method_of(random)
    together = results(study, method)
    for id_, practice in study.practices.items():
        (alone,) = results(study.model_copy(update={"practices": {id_: practice}}), method).values()
        assert alone.score == together[id_].score
        assert alone.indicators == together[id_].indicators


@THOROUGH
@given(RANDOM, st.sampled_from([0.001, 0.3, 7.0, 1000.0]))
def test_weights_are_relative(random: Random, factor: float) -> None:
    study, method = random_study(random), method_of(random)
    framework = study.framework.model_copy(
        update={
            "dimensions": tuple(
                d.model_copy(update={"weight": d.weight * factor}) for d in study.framework.dimensions
            ),
            "indicators": tuple(
                i.model_copy(update={"weight": i.weight * factor}) for i in study.framework.indicators
            ),
        }
    )
    scaled = results(study.model_copy(update={"framework": framework}), method)
    for id_, one in results(study, method).items():
        other = scaled[id_]
        assert (one.class_, one.rank) == (other.class_, other.rank)
        assert one.score is None if other.score is None else one.score == about(other.score)


@THOROUGH
@given(RANDOM)
def test_the_same_practice_twice_has_the_same_rank(random: Random) -> None:
    study, method = random_study(random), method_of(random)
    first = next(iter(study.practices))

    def doubled(row: Assessment) -> list[Assessment]:
        again = row.model_copy(update={"practice": "twin"})
        return [row, again] if row.practice == first else [row]

    twin = study.model_copy(
        update={
            "practices": {
                **study.practices,
                "twin": study.practices[first].model_copy(update={"id": "twin"}),
            },
            "merits": {**study.merits, "twin": study.merits.get(first, {})},
            "requirements": {**study.requirements, "twin": study.requirements.get(first, {})},
            "assessments": tuple(row for rows in map(doubled, study.assessments) for row in rows),
        }
    )
    found = results(twin, method)
    one, other = found[first], found["twin"]
    assert (one.score, one.rank, one.class_) == (other.score, other.rank, other.class_)


@THOROUGH
@given(RANDOM)
def test_not_applicable_throughout_gives_no_score(random: Random) -> None:
    count = random.randint(1, 5)
    study = make_study(
        [merit(f"m{n}", f"d{n % 2}") for n in range(count)] + [condition("c", critical=True)],
        practices=["p"],
        merits={"p": {f"m{n}": "n/a" for n in range(count)}},
        requirements={"p": {"c": "n/a"}},
        profile={"c": 3.0},
    )
    (one,) = results(study, method_of(random)).values()
    assert (one.score, one.lower, one.upper, one.coverage, one.rank) == (None, None, None, 0, None)
    assert one.class_ == "insufficient-evidence"


@THOROUGH
@given(RANDOM)
def test_more_than_is_required_is_not_rewarded(random: Random) -> None:
    study = random_study(random)
    generous = {
        indicator.id: study.profile[TARGET][indicator.id].model_copy(update={"value": indicator.best})
        for indicator in study.framework.indicators
        if indicator.id in study.profile[TARGET]
    }
    case = build_case(study.model_copy(update={"profile": {TARGET: generous}}), TARGET)
    at_least = case.known & case.scales.condition & ~case.scales.similar
    assert np.all(case.value[at_least] == 1)


@THOROUGH
@given(RANDOM)
def test_ranks_follow_scores(random: Random) -> None:
    study, method = random_study(random, most_practices=8), method_of(random)
    outcome = screen(build_case(study, TARGET), method)
    ranked = [row for row in outcome.order if outcome.rank[row]]
    assert ranked == list(outcome.order[: len(ranked)])
    if ranked:
        assert outcome.rank[ranked[0]] == 1
    for a, b in pairwise(ranked):
        assert outcome.rank[a] <= outcome.rank[b]
        gap = outcome.scores.score[a] - outcome.scores.score[b]
        assert gap > 1e-9 or outcome.rank[a] == outcome.rank[b]
