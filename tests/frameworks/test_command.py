"""``dualeco frameworks``: the list, one explained, and a study in the terms of a framework."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualeco_cli import load_study
from dualeco_cli.cli.app import app
from dualeco_cli.cli.frameworks import about, patterns, points, terms_of
from dualeco_cli.data import builtin
from dualeco_cli.model.study import Study
from dualeco_cli.reports.frameworks_view import About, Outlook, Pattern, framework_text
from dualeco_cli.reports.terminal import Screen

EXAMPLES = Path(__file__).parents[2] / "examples" / "frameworks"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["frameworks", *arguments])
    return result.exit_code, " ".join(result.stdout.split()), result.stderr


def test_the_list_names_each_with_its_size_and_what_it_is() -> None:
    code, said, _ = run()
    assert code == 0
    for id_ in builtin.framework_ids():
        assert f"{id_} – {about(id_).text('Framework')}" in said
        assert (about(id_).text("In one sentence") or "?") in said
    assert "EQAVET reference indicators (2 dimensions, 10 indicators)" in said
    assert "(1 dimension, 3 indicators)" in said


@pytest.mark.parametrize("id_", builtin.framework_ids())
def test_one_is_explained_with_its_sources(id_: str) -> None:
    code, said, _ = run(id_)
    assert code == 0
    for _topic, text in about(id_).rows:
        # web addresses may be broken over two lines
        assert "".join(text.split()) in "".join(said.split())
    for indicator in (
        load_study(EXAMPLES / id_, indicators=id_).framework.indicators if id_ != "dualeco" else ()
    ):
        assert indicator.name is not None
        assert "".join(indicator.id.split()) in "".join(said.split())


def test_scales_floors_and_classes_are_shown() -> None:
    framework = load_study(EXAMPLES / "grant-call", indicators="grant-call").framework
    said = " ".join(framework_text(framework, About(), Screen(width=160)).split())
    assert "0 to 5 points, in steps of 0.5, at least 3" in said
    assert "A score of at least 66.6667 is transferable, less is not yet." in said
    assert "At least 100% of the weight has to be known." in said
    framework = load_study(EXAMPLES / "eqavet", indicators="eqavet").framework
    said = " ".join(framework_text(framework, About(), Screen(width=160)).split())
    assert "40 to 5 % of active 15-24, continuous" in said
    assert "of at least 50 adaptable" in said


def test_a_misspelt_one_is_suggested() -> None:
    code, _, error = run("tied")
    assert code == 2
    assert 'no framework "tied"' in error
    assert 'Did you mean "tide"?' in error


def test_a_users_own_is_explained_with_what_it_says(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(builtin.framework_folder("tide"), folder)
    (folder / "About.csv").write_text(
        "topic,text\nFramework,Our own list\nWhy,\x1b[31mBecause\n", encoding="utf-8"
    )
    code, said, _ = run(str(folder))
    assert code == 0
    assert "Our own list (tide)" in said
    assert "Why" in said
    assert "\x1b" not in said
    (folder / "About.csv").unlink()
    assert "Our own" not in run(str(folder))[1]


# -- drivers and barriers ----------------------------------------------------------------------------


def pattern(study: Study, practice: str) -> Pattern:
    return next(one for one in patterns(study, "bremen") if one.practice == practice)


def tide() -> Study:
    return load_study(EXAMPLES / "tide", indicators="tide")


def test_drivers_and_barriers_of_the_example() -> None:
    tkgune = pattern(tide(), "tkgune")
    assert tkgune.outlook is Outlook.CONDITIONAL
    assert [(mark.indicator.id, mark.rating) for mark in tkgune.key_barriers] == [("training_supply", -1)]
    assert [(m.indicator.id, m.rating) for m in tkgune.minor_drivers] == [("training_coordination", 2)]
    assert [mark.indicator.id for mark in tkgune.neutral] == ["training_infrastructure"]
    assert len(tkgune.unrated) == 8
    favourable = pattern(tide(), "synthetic-favourable")
    assert favourable.outlook is Outlook.FAVOURABLE
    assert [mark.indicator.id for mark in favourable.key_drivers] == ["training_demand"]
    assert [mark.indicator.id for mark in favourable.minor_barriers] == ["cultural_context"]
    assert pattern(tide(), "synthetic-unrated").outlook is Outlook.UNRATED


def test_no_number_of_drivers_makes_up_for_a_key_barrier() -> None:
    blocked = pattern(tide(), "synthetic-blocked")
    assert len(blocked.minor_drivers) == 10
    assert blocked.outlook is Outlook.BLOCKED


def test_the_most_favourable_come_first_and_home_does_not() -> None:
    order = [one.outlook for one in patterns(tide(), "bremen")]
    assert order == [Outlook.FAVOURABLE, Outlook.CONDITIONAL, Outlook.BLOCKED, Outlook.UNRATED]
    assert [one.practice for one in patterns(tide(), "lombardy")] == ["tkgune"]
    assert patterns(tide(), "basque-country")[0].practice != "tkgune"


def test_importance_may_be_the_weight_in_a_copy(tmp_path: Path) -> None:
    shutil.copytree(builtin.framework_folder("tide"), tmp_path / "mine")
    sheet = tmp_path / "mine" / "Indicators.csv"
    lines = sheet.read_text(encoding="utf-8").splitlines()
    changed = [line.replace(",medium,", ",high,") if line.startswith("cultural") else line for line in lines]
    sheet.write_text("\n".join(changed), encoding="utf-8")
    study = load_study(EXAMPLES / "tide", indicators=tmp_path / "mine")
    # low times high is medium: still no key barrier
    assert pattern(study, "synthetic-favourable").outlook is Outlook.FAVOURABLE
    # medium times high is high
    assert [mark.indicator.id for mark in pattern(study, "synthetic-blocked").key_drivers] == [
        "cultural_context"
    ]


def test_tide_is_shown_without_a_number() -> None:
    code, said, _ = run("tide", str(EXAMPLES / "tide"), "--target", "bremen")
    assert code == 0
    assert "Drivers and barriers for Bremen (tide)" in said
    assert "TKgune: conditional: key barriers to be overcome" in said
    assert "Key barriers Supply of training (-1)" in said
    assert "Minor drivers Coordination (+2)" in said
    assert "not transferable unless its key barriers are overcome" in said
    for number in ("83.3", "82.1", "50.0"):
        assert number not in said


# -- points -------------------------------------------------------------------------------------------


def test_points_are_added_up() -> None:
    study = load_study(EXAMPLES / "impact-acceptance", indicators="impact-acceptance")
    found = {one.practice: (one.total, one.most, one.rated, one.of) for one in points(study, "bremen")}
    assert found == {
        "ten-fives": (50, 50, 10, 10),
        "nine-fives-one-two": (47, 50, 10, 10),
        "one-missing": (45, 45, 9, 10),
        "ten-threes": (30, 50, 10, 10),
        "nine-threes-one-two": (29, 50, 10, 10),
    }
    assert [one.total for one in points(study, "bremen")] == [50, 47, 45, 30, 29]


def test_points_name_what_is_below_the_floor() -> None:
    code, said, _ = run("grant-call", str(EXAMPLES / "grant-call"), "--target", "bremen")
    assert code == 0
    assert "Synthetic: points 5, 5, 2 12 of 15 3 of 3 blocked" in said
    assert "Synthetic: points 3, 3, 3 9 of 15 3 of 3 not yet" in said
    assert "Below the floor Synthetic: points 5, 5, 2: Implementation (2)" in said


def test_the_scales_decide_what_the_terms_are() -> None:
    terms = {
        id_: terms_of(load_study(EXAMPLES / id_, indicators=id_).framework)
        for id_ in builtin.framework_ids()
        if id_ != "dualeco"
    }
    assert terms == {
        "applicability-transferability": "points",
        "efqea": None,
        "eqavet": None,
        "grant-call": "points",
        "impact-acceptance": "points",
        "success-factors": "points",
        "tide": "pattern",
        "vocational-excellence": None,
    }


def test_a_framework_without_terms_of_its_own_points_to_score() -> None:
    code, _, error = run("efqea", str(EXAMPLES / "efqea"), "--target", "bremen")
    assert code == 2
    assert "use dualeco score with --indicators efqea" in error


def test_a_target_has_to_be_named() -> None:
    code, _, error = run("tide", str(EXAMPLES / "tide"))
    assert code == 2
    assert "which target?" in error
