from __future__ import annotations

import csv
import io

from dualeco_cli.model.result import Report
from dualeco_cli.model.safe import csv_cell
from dualeco_cli.model.study import Study
from dualeco_cli.reports import csv_

from . import samples


def read(report: Report, study: Study) -> list[dict[str, str]]:
    text = csv_.render(report, study).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_for_each_indicator(report: Report, study: Study) -> None:
    rows = read(report, study)
    assert len(rows) == sum(len(p.indicators) for p in report.targets[0].practices)
    assert list(rows[0]) == list(csv_.COLUMNS)
    first = rows[0]
    assert (first["target"], first["practice"], first["rank"], first["class"]) == (
        "lombardy",
        "ikasenpresa",
        "1",
        "transferable",
    )
    assert (first["indicator"], first["required"], first["actual"], first["value"]) == (
        "neet_rate",
        "",
        "14.7",
        "0.485",
    )


def test_form(report: Report, study: Study) -> None:
    raw = csv_.render(report, study)
    assert raw.startswith(b"\xef\xbb\xbftarget,practice,title,")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw == csv_.render(report, study)


def test_numbers_are_exact_and_missing_ones_blank(report: Report, study: Study) -> None:
    report.targets[0].practices[0].score = 0.1 + 0.2
    rows = read(report, study)
    assert float(rows[0]["score"]) == 0.1 + 0.2
    unknown = next(row for row in rows if row["status"] == "unknown")
    assert (unknown["value"], unknown["contribution"], unknown["value_upper"]) == ("", "", "1.0")
    assert next(row for row in rows if row["status"] == "n/a")["weight"] == ""
    assert next(row for row in rows if row["class"] == "blocked")["rank"] == ""


def test_a_negative_number_stays_a_number(report: Report, study: Study) -> None:
    report.targets[0].practices[0].indicators[0].actual = -2.5
    assert read(report, study)[0]["actual"] == "-2.5"


def test_provenance_stands_once(report: Report, study: Study) -> None:
    rows = read(report, study)
    assert rows[0]["provenance"].startswith("tool=dualeco; version=0.1.0; framework=dualeco;")
    assert "seed=0" in rows[0]["provenance"]
    assert f"input=practices.xlsx sha256={samples.SHA}" in rows[0]["provenance"]
    assert not any(row["provenance"] for row in rows[1:])


def test_a_practice_without_indicators_keeps_a_row(study: Study) -> None:
    row = samples.practices()[0].model_copy(update={"indicators": ()})
    rows = read(samples.with_practices((row,)), study)
    assert [(r["practice"], r["indicator"]) for r in rows] == [("ikasenpresa", "")]


def test_hostile_text(attack: tuple[str, Report, Study]) -> None:
    text, report, study = attack
    rows = read(report, study)
    assert rows[0]["title"] == csv_cell(text)
    for row in rows:
        assert not row["title"].startswith(("=", "+", "-", "@", "\t", "\r"))
