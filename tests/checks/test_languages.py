"""The same study in five languages is the same study: names of sheets, headers and words of lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualeco_cli.checks.load import load
from dualeco_cli.data import words
from dualeco_cli.language import LANGUAGES, Language
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import SHEETS, Kind, columns
from dualeco_cli.model.study import Study
from tests.support.checking import check, said, study_of
from tests.support.sheets import folder, tables, workbook

STUDY = """
    | Practices |
    | id     | title  | source | country | objectives             | eqf_level | start_year | evidence |
    | tkgune | TKgune | euskadi | ES     | quality, certification | "4-5"     | 2012       | figures  |
    | fair   | Fair   | bremen  | DE     | wbl; employability     | 3         | 2019       |          |

    | Merits |
    | practice | proof |
    | tkgune   | 3     |

    | Requirements |
    | practice | law  | size |
    | tkgune   | "2!" | "7?" |
    | fair     | 1    | n/a  |

    | Basis |
    | practice | indicator | basis | origin      | year | url                  |
    | tkgune   | law       | seen  | study-visit | 2021 | https://example.org/ |
    | fair     | law       | said  | interview   |      |                      |
    | fair     | size      | read  | document    |      |                      |
    | fair     | proof     | felt  | judgement   |      |                      |

    | Assessments |
    | practice | target  | indicator | assessor  | rating | importance | confidence | note |
    | tkgune   | bremen  | wish      | consensus | 3      | high       | low        | so   |
    | tkgune   | bremen  | wish      | Anna      | 2      | medium     | medium     |      |
    | fair     | euskadi | wish      | Anna      | 1      | low        | high       |      |

    | Adaptations |
    | practice | adaptation | title | indicator | required | note |
    | tkgune   | small      | Small | law       | 1        | less |

    | Pilots |
    | practice | target | year | outcome | adaptation | note | url |
    | tkgune   | bremen | 2023 | 3       | small      | ok   |     |

    | Dimensions |
    | id    | name   | weight | description |
    | about | About  | low    | of itself   |
    | there | There  | high   | the region  |

    | Indicators |
    | id    | dimension | name  | role      | question | unit | worst | best | step       | weight | match    | critical | floor | objective | effort | level_0 | level_4 | source |
    | proof | about     | Proof | merit     | So?      |      | 0     | 4    | 1          | medium |          |          | 2     |           |        | none    | all     | us     |
    | jobs  | there     | Jobs  | need      | How?     | %    | 20    | 4    | continuous | 0.5    |          |          |       | wbl       |        |         |         |        |
    | law   | there     | Law   | condition | Which?   |      |       |      |            | high   | at-least | yes      |       |           | 2      | none    | all     |        |
    | size  | there     | Size  | condition |          |      | 0     | 100  | continuous |        | similar  | no       |       |           |        |         |         |        |
    | wish  | there     | Wish  | judgement |          |      |       |      |            |        |          |          | 1     |           |        | none    | all     |        |

    | Settings |
    | key          | value |
    | min_coverage | 0.5   |

    | Ecosystems |
    | id      | name    | country | nuts | summary | url |
    | euskadi | Euskadi | ES      | ES21 | here    |     |

    | Profile |
    | ecosystem | indicator | value | year | confidence | source | note |
    | euskadi   | jobs      | 9.5   | 2022 | high       | survey | a    |
    | bremen    | law       | 4     | 2022 | low        |        |      |
"""  # noqa: E501  # a table is not broken into lines


def translated(language: Language) -> str:
    """The study as somebody writes it who has the template of a language."""
    lines: list[str] = []
    for table in tables(STUDY):
        kind, header = table.name, table.rows[0]
        lines += ["", f"| {words.sheet_name(kind, language)} |"]
        fields = columns(SHEETS[kind])
        heads = [name if name not in _fields(kind) else words.header(kind, name, language) for name in header]
        lines.append(f"| {' | '.join(heads)} |")
        for row in table.rows[1:]:
            cells = [
                _translated(cell, fields[name].words, fields[name].kind, language) if name in fields else cell
                for name, cell in zip(header, row, strict=True)
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _fields(kind: str) -> set[str]:
    levels = {f"level_{number}" for number in range(5)} if kind == "Indicators" else set()
    return set(columns(SHEETS[kind])) | levels


def _translated(cell: str, list_name: str | None, kind: Kind, language: Language) -> str:
    if kind is Kind.WEIGHT:
        list_name = "weight"
    elif kind is Kind.STEP:
        list_name = "continuous"
    elif cell == "consensus":
        list_name = "consensus"
    if list_name is None:
        return cell
    known = words.first_value_words(list_name, language)
    for value, word in known.items():
        cell = (
            cell.replace(value, word) if fold(value) in map(fold, cell.replace(",", ";").split(";")) else cell
        )
    return cell


def content(study: Study) -> object:
    """What a study is about, without where it comes from."""
    return study.model_dump(exclude={"inputs"})


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> object:
    loaded = check(tmp_path_factory.mktemp("english"), STUDY)
    assert said(loaded) == []
    return content(study_of(loaded))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_in_any_language_is_the_same(language: Language, tmp_path: Path, english: object) -> None:
    text = translated(language)
    if language != "en":
        assert "source" not in text.splitlines()[2], "nothing was translated"
    loaded = check(tmp_path, text)
    assert said(loaded) == []
    assert content(study_of(loaded)) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_of_text_files_is_the_same(language: Language, tmp_path: Path, english: object) -> None:
    """With semicolons and the encoding of an old program, as a German or Italian Excel writes it."""
    path = folder(tmp_path, translated(language), delimiter=";", encoding="cp1252")
    loaded = load([path])
    assert {finding.name for finding in loaded.findings} <= {"csv-dialect", "csv-encoding"}
    assert content(study_of(loaded))["practices"] == english["practices"]  # type: ignore[index]
    assert content(study_of(loaded)) == {**english, "framework": _named(english, "study")}  # type: ignore[dict-item]


def _named(study: object, id_: str) -> object:
    framework = study["framework"]  # type: ignore[index]
    return {**framework, "id": id_}


def test_sheets_of_several_languages_in_one_study(tmp_path: Path, english: object) -> None:
    paths = []
    for language in LANGUAGES:
        sheets = translated(language).strip().split("\n\n")
        mine = sheets[LANGUAGES.index(language) :: len(LANGUAGES)]
        paths.append(workbook(tmp_path, "\n\n".join(mine), f"{language}.xlsx"))
    loaded = load(paths)
    assert said(loaded) == ["X111 Dimensiones"], "a framework comes whole from one file"
    found = dict(content(study_of(loaded)))  # type: ignore[call-overload]
    assert {name for name in found if found[name] != english[name]} == {"framework"}  # type: ignore[index]


def test_headers_are_found_however_they_are_typed(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        r"""
        | BUONE PRATICHE |
        | TITOLO *: | Pro\u00advenienza | Funzioni\nessenziali | ﬁnalità | anno\u00a0inizio | Livello  EQF |
        | Fiera     | lombardy         | show                | qualità | 2019           | 4            |
        """,
    )
    assert said(loaded) == []
    practice = study_of(loaded).practices["fiera"]
    assert (practice.source, practice.core_functions, practice.start_year) == ("lombardy", "show", 2019)
    assert (practice.objectives, practice.eqf_level) == (("quality",), "4")


@pytest.mark.parametrize(
    ("sheet", "header", "field"),
    [
        ("Practices", "Land", "country"),  # the region is "Bundesland"
        ("Practices", "Träger", "organisation"),
        ("Practices", "Traeger", "organisation"),
        ("Practices", "Area", "sector"),
        ("Indicators", "Área", "dimension"),
        ("Indicators", "Peso", "weight"),
        ("Assessments", "Peso", "importance"),
        ("Assessments", "Valor", "rating"),
        ("Profile", "Valor", "value"),
        ("Profile", "Bundesland", "ecosystem"),
        ("Ecosystems", "Land", "country"),
        ("Basis", "Herkunft", "origin"),
        ("Practices", "Herkunft", "source"),
    ],
)
def test_words_with_several_meanings_depend_on_the_sheet(sheet: str, header: str, field: str) -> None:
    assert words.column_words(sheet)[fold(header)] == field


def test_a_german_land_is_no_region(tmp_path: Path) -> None:
    loaded = check(tmp_path, "| Praktiken |\n| Titel | Land |\n| Messe | Bremen |")
    assert said(loaded) == ["H101 Praktiken!B1"]
    assert (loaded.findings[0].found, loaded.findings[0].suggestion) == ("Land", "Bundesland")


def test_own_words_for_columns(tmp_path: Path) -> None:
    text = """
        | Praktiken |
        | Kurzname | Land   |
        | Messe    | Bremen |

        | Ökosysteme |
        | Kennung | Name    | Land |
        | hh      | Hamburg | DE   |
    """
    own = {"Kurzname": "Practices.title", "Practices.Land": "source"}
    loaded = check(tmp_path, text, columns=own)
    assert said(loaded) == []
    study = study_of(loaded)
    assert study.practices["messe"].source == "bremen"
    assert study.ecosystems["hh"].country == "DE"


def test_columns_are_named_in_the_language_of_the_sheet(tmp_path: Path) -> None:
    loaded = check(
        tmp_path,
        """
        | Pratiche |
        | Codice | Provenienza | Sintessi |
        | a      | lombardy    | x        |

        | Méritos |
        | Práctica | legal_framework |
        | a        | 3               |

        | Ebaluazioak |
        | Praktika | Helmuga | Adierazlea  | Ebaluatzailea | Puntuazioa |
        | a        | bremen  | goal_shared |               | 2          |
        """,
    )
    found = {one.name: one for one in loaded.findings}
    assert found["column-missing"].expected == "Titolo"
    assert found["column-missing"].message == "The sheet Pratiche has no column Titolo."
    assert found["column-misspelt"].suggestion == "Sintesi"
    assert found["column-other-role"].expected == "Requisitos"
    assert found["cell-required"].expected == "Ebaluatzailea"
