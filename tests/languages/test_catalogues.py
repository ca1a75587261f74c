"""The translations are whole: none is missing, gaps agree, and what is compiled is what is written."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from tools import catalogues

from dualeco_cli.data.builtin import framework_ids
from dualeco_cli.language import LANGUAGES, Language, current, of_data, speaking
from dualeco_cli.reports.texts import class_word


@pytest.fixture(scope="module")
def collected() -> Catalog:
    return catalogues.collect()


def test_nothing_is_missing_or_out_of_date(collected: Catalog) -> None:
    assert list(catalogues.check(collected)) == []


def test_there_is_much_to_translate(collected: Catalog) -> None:
    assert len(collected) > 2500
    places = Counter(message.locations[0][0].split("/")[0] for message in collected if message.id)
    assert {"checks", "cli", "data", "reports", "workbook"} <= set(places)


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_code_in_backticks_is_not_translated(language: Language) -> None:
    for message in catalogues.read(language):
        if isinstance(message.id, str) and isinstance(message.string, str):
            commands = [code for code in re.findall(r"`([^`]+)`", message.id) if code.startswith("dualeco ")]
            assert all(f"`{command}`" in message.string for command in commands), message.id


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_hardly_anything_is_left_as_it_was(language: Language) -> None:
    same = [
        message.id
        for message in catalogues.read(language)
        if isinstance(message.id, str) and message.id == message.string and len(message.id.split()) > 3
    ]
    # proper names, formulas and the like
    assert len(same) < 25, same


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_indicators_differ_within_a_framework(language: Language) -> None:
    texts = dict.fromkeys(place for place, _ in catalogues.data_texts() if place.endswith("Indicators.csv"))
    assert len(texts) == len(framework_ids())
    for id_ in framework_ids():
        names = [of_data(name, language) for name in _names(id_)]
        assert len(set(names)) == len(names), id_


def _names(framework: str) -> list[str]:
    from dualeco_cli.checks.package_data import framework as built_in

    return [str(located.row.name) for located in built_in(framework)[0].indicators]


def test_a_language_holds_for_its_block_only() -> None:
    with speaking("de"):
        assert class_word("transferable") == "übertragbar"
        with speaking("it"):
            assert class_word("transferable") == "trasferibile"
        assert current() == "de"
    assert class_word("transferable") == "transferable"


def test_a_word_of_a_user_is_not_translated() -> None:
    with speaking("it"):
        assert of_data("Rank") == "Rank"


# -- the check itself finds what it is for -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("{count} files", "{n} file", "gaps"),
        ("one\ntwo", "uno due", "lines"),
        ("end ", "fine", "blanks"),
        ("{a} b", "{a b", "no text with gaps"),
    ],
)
def test_faults_are_found(text: str, translation: str, fault: str) -> None:
    catalogue = Catalog(locale="it")
    message = catalogue.add(text, translation)
    assert any(fault in found for found in catalogues.faults_of(message))


def test_a_singular_may_say_its_number_in_a_word() -> None:
    catalogue = Catalog(locale="it")
    message = catalogue.add(("{count} file", "{count} files"), ("un file", "{count} file"))
    assert list(catalogues.faults_of(message)) == []


SOURCES = sorted(catalogues.PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_marked_text_can_be_collected(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            # whether the collector sees what stands within depends on the version of Python
            assert not any(_marks(part) for part in ast.walk(node)), f"line {node.lineno}: say it before"
        if _marks(node) and isinstance(node, ast.Call) and path.stem != "language":
            texts = node.args[: 2 if node.func.id in {"plural", "meant"} else 1]  # type: ignore[attr-defined]
            literal = all(isinstance(text, ast.Constant | ast.IfExp) for text in texts)
            looked_up = all(
                isinstance(text, ast.Name | ast.Subscript | ast.Call | ast.Attribute) for text in texts
            )
            assert literal or looked_up, f"line {node.lineno}: neither a text nor the name of one"


def _marks(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "N_", "plural", "meant"}
    )
