"""The lists and pages of regions, indicators and frameworks are wholly in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dualeco_cli import language as languages
from dualeco_cli.checks.load import Options, load
from dualeco_cli.cli.frameworks import about, entries
from dualeco_cli.data.builtin import framework_ids
from dualeco_cli.language import speaking
from dualeco_cli.model.study import Study
from dualeco_cli.reports.catalogue_views import indicator_text, indicators_text, target_text, targets_text
from dualeco_cli.reports.frameworks_view import framework_text, frameworks_text
from dualeco_cli.reports.terminal import Screen

from .catalogues import Marked, speaking_only

#: So wide that no text is broken.
WIDE = Screen(width=6000)
FRAMEWORKS = framework_ids()


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(languages, "catalogue", speaking_only({"eu": Marked()}))
    with speaking("eu"):
        yield


def study_with(framework: str) -> Study:
    with speaking("en"):
        study = load([], Options(indicators=framework)).study
    assert study is not None
    return study


def words_left(text: str, *known: str | None) -> set[str]:
    """The words of a text that are in no brackets and in none of the known texts, wherever lines break."""
    text = "".join(text.split())
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = less
    for one in sorted(filter(None, known), key=len, reverse=True):
        text = text.replace("".join(one.split()), " ")
    return set(re.findall(r"[^\W\d_]{2,}", text))


def test_regions() -> None:
    study = study_with("dualeco")
    ids = [*study.ecosystems, *(e.nuts for e in study.ecosystems.values())]
    countries = {e.country for e in study.ecosystems.values() if e.country}
    assert words_left(targets_text(study, WIDE), *ids) <= countries
    for id_, one in study.ecosystems.items():
        sources = [value.source for value in study.profile[id_].values()]
        assert words_left(target_text(study, id_, WIDE), *sources, one.url) <= countries, id_


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_framework(name: str) -> None:
    framework = study_with(name).framework
    ids = [name, *(indicator.id for indicator in framework.indicators)]
    told = about(name)
    assert words_left(indicators_text(framework, WIDE), *ids) == set()
    assert words_left(framework_text(framework, told, WIDE), *ids, *told.texts("Where to read it")) == set()
    for indicator in framework.indicators:
        before_source = indicator_text(framework, indicator.id, WIDE).partition("⟦Source⟧")[0]
        assert words_left(before_source, *ids) == set()


def test_the_list_of_frameworks() -> None:
    assert words_left(frameworks_text(entries(), WIDE), *FRAMEWORKS) == set()
