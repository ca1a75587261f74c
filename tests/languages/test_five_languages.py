"""The same study in five languages: the same JSON, and reports that each reader can read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from dualeco_cli import backtest, compare, explain, load_study, score
from dualeco_cli.cli.app import app
from dualeco_cli.language import LANGUAGES, Language, both, either, speaking
from dualeco_cli.reports.backtest_view import backtest_text
from dualeco_cli.reports.compare_view import compare_text
from dualeco_cli.reports.console import score_text
from dualeco_cli.reports.explain_view import explain_text
from dualeco_cli.reports.terminal import Screen
from tests.support.sheets import workbook

EXAMPLE = str(Path(__file__).resolve().parents[2] / "examples" / "practices.xlsx")
TRANSLATED = [language for language in LANGUAGES if language != "en"]

ITALIAN = """
    | Pratiche |
    | Codice | Titolo              | Provenienza    | Obiettivi              | Livello EQF |
    | tkgune | TKgune              | basque-country | qualità                | "4-5"       |
    | fiera  | Fiera dei Mestieri  | lombardy       | qualità; occupabilità  |             |

    | Meriti |
    | Pratica | evidence_strength | documentation |
    | tkgune  | 2                 | "3?"          |
    | fiera   | 1                 | 2             |

    | Requisiti |
    | Pratica | teacher_industry | curriculum_agility | contract_pay | intermediaries | wbl_intensity |
    | tkgune  | "3!"             | 3                  | non si applica | 2              | 0             |
    | fiera   | 0                | 0                  | 0            | 2              | 0             |

    | Valutazioni |
    | Pratica | Destinazione | Indicatore  | Valutatore | Punteggio | Importanza | Affidabilità |
    | tkgune  | bremen       | goal_shared | Anna       | 3         | alta       | bassa        |
    | fiera   | bremen       | goal_shared | consenso   | "2"       | "1,5"      | alta         |

    | Profilo |
    | Ecosistema | Indicatore        | Valore | Anno | Affidabilità |
    | bremen     | youth_unemployment_rate | "7,25" | 2024 | alta         |
"""

ENGLISH = """
    | Practices |
    | id     | title               | source         | objectives             | eqf_level |
    | tkgune | TKgune              | basque-country | quality                | "4-5"     |
    | fiera  | Fiera dei Mestieri  | lombardy       | quality; employability |           |

    | Merits |
    | practice | evidence_strength | documentation |
    | tkgune   | 2                 | "3?"          |
    | fiera    | 1                 | 2             |

    | Requirements |
    | practice | teacher_industry | curriculum_agility | contract_pay | intermediaries | wbl_intensity |
    | tkgune   | "3!"             | 3                  | n/a          | 2              | 0             |
    | fiera    | 0                | 0                  | 0            | 2              | 0             |

    | Assessments |
    | practice | target | indicator   | assessor  | rating | importance | confidence |
    | tkgune   | bremen | goal_shared | Anna      | 3      | high       | low        |
    | fiera    | bremen | goal_shared | consensus | 2      | 1.5        | high       |

    | Profile |
    | ecosystem | indicator          | value | year | confidence |
    | bremen    | youth_unemployment_rate | 7.25  | 2024 | high       |
"""


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.stdout


def numbers(path: Path) -> Any:
    report = json.loads(path.read_text(encoding="utf-8"))
    return {key: value for key, value in report.items() if key != "inputs"}


def test_an_italian_workbook_needs_no_option(tmp_path: Path) -> None:
    italian, english = workbook(tmp_path, ITALIAN, "it.xlsx"), workbook(tmp_path, ENGLISH, "en.xlsx")
    for path in (italian, english):
        found = json.loads(run("validate", str(path), "--format", "json"))
        assert found["summary"]["errors"] == found["summary"]["warnings"] == 0, found["findings"]
        run(
            "score", str(path), "-t", "bremen", "--samples", "200", "-q", "-o", str(path.with_suffix(".json"))
        )
    assert numbers(tmp_path / "it.json") == numbers(tmp_path / "en.json")
    assert numbers(tmp_path / "it.json")["targets"][0]["practices"][0]["score"] is not None


@pytest.mark.parametrize("language", TRANSLATED)
def test_json_and_csv_do_not_depend_on_the_language(language: Language, tmp_path: Path) -> None:
    for name in ("en", language):
        outputs = [f"--output={tmp_path / name}.{suffix}" for suffix in ("json", "csv")]
        run("score", EXAMPLE, "-t", "lombardy", "--samples", "200", "--lang", name, "-q", *outputs)
        run("backtest", EXAMPLE, "--lang", name, "-o", f"{tmp_path / name}-back.json")
    for end in (".json", ".csv", "-back.json"):
        assert (tmp_path / f"en{end}").read_bytes() == (tmp_path / f"{language}{end}").read_bytes()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_live_workbook_in_a_language_is_the_same_study(language: Language, tmp_path: Path) -> None:
    report, first, again = tmp_path / "r.xlsx", tmp_path / "first.json", tmp_path / "again.json"
    options = ("-t", "lombardy", "--samples", "200", "-q")
    run("score", EXAMPLE, *options, "--lang", language, "-o", str(report), "-o", str(first))
    found = json.loads(run("validate", str(report), "--format", "json"))
    assert found["summary"]["errors"] == 0, found["findings"]
    assert not [f for f in found["findings"] if f["name"] in {"sheet-unknown", "sheet-misspelt"}]
    run("score", str(report), *options, "-o", str(again))
    assert numbers(first)["targets"] == numbers(again)["targets"]


@pytest.fixture(scope="module")
def views() -> dict[str, Callable[[], str]]:
    """What the commands show at 80 columns, said anew in each language."""
    study, screen = load_study(EXAMPLE), Screen(width=80)
    report = score(study, "lombardy", samples=50).report
    explained, compared = explain(study, "tkgune", "bremen", samples=50), compare(study, samples=0)
    looked_back = backtest(study)
    return {
        "score": lambda: score_text(report, study, screen),
        "explain": lambda: explain_text(explained, study, screen),
        "compare": lambda: compare_text(compared, study, screen),
        "backtest": lambda: backtest_text(looked_back, study, screen),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["score", "explain", "compare", "backtest"])
def test_nothing_is_cut_or_too_wide(
    view: str, language: Language, views: dict[str, Callable[[], str]]
) -> None:
    english = views[view]()
    with speaking(language):
        text = views[view]()
    assert [line for line in text.splitlines() if cell_len(line) > 80] == []
    assert text.count("…") <= english.count("…")


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_reader_is_spoken_to_in_one_language(language: Language, tmp_path: Path) -> None:
    page = tmp_path / "r.html"
    run("score", EXAMPLE, "-t", "lombardy", "--samples", "50", "-q", "--lang", language, "-o", str(page))
    text = page.read_text(encoding="utf-8")
    assert f'<html lang="{language}"' in text
    body = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)
    for english in ("Ranking for", "Open questions", "What would have to change", "insufficient evidence"):
        assert english not in body


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "80.1"), ("it", "80,1"), ("es", "80,1"), ("de", "80,1"), ("eu", "80,1")]
)
def test_numbers_are_written_as_the_reader_writes_them(language: Language, shown: str) -> None:
    assert shown in run("score", EXAMPLE, "-t", "lombardy", "--samples", "0", "--lang", language)


def test_codes_and_keys_of_findings_stay(tmp_path: Path) -> None:
    path = workbook(tmp_path, ENGLISH.replace("| 3      | high ", "| 9      | high "))
    english, italian = (
        json.loads(run("validate", str(path), "--format", "json", "--lang", language, code=1))
        for language in ("en", "it")
    )
    assert english["summary"] == italian["summary"]
    for one, other in zip(english["findings"], italian["findings"], strict=True):
        assert {key: one[key] for key in ("code", "name", "severity", "sheet", "cell", "found")} == {
            key: other[key] for key in ("code", "name", "severity", "sheet", "cell", "found")
        }
    assert english["findings"][0]["message"] != italian["findings"][0]["message"]


@pytest.mark.parametrize(
    ("last", "spanish"),
    [
        ("Indicadores", "A e Indicadores"),
        ("«IFTS»", "A e «IFTS»"),
        ("historia", "A e historia"),
        ("hielo", "A y hielo"),
        ("Bremen", "A y Bremen"),
    ],
)
def test_spanish_has_another_and_before_i(last: str, spanish: str) -> None:
    assert both("A", last) == f"A and {last}"
    with speaking("es"):
        assert both("A", last) == spanish
        assert either("uno", "otro") == "uno u otro"
        assert either("uno", "dos") == "uno o dos"
