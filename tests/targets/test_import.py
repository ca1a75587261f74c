"""``dualeco targets --import``: tables of Eurostat's, in their two forms, as rows of Profile."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualeco_cli.checks.load import load
from dualeco_cli.model.rows import Confidence, ProfileValue
from dualeco_cli.workbook.eurostat import codes_in
from dualeco_cli.workbook.eurostat.reading import EurostatError, Extract
from dualeco_cli.workbook.eurostat.values import confidence, pick

from .making import CSV, TSV, run, write

SERIES = ("--series", "edat_lfse_16")


def imported(folder: Path, table: Path, *options: str) -> dict[tuple[str, int], ProfileValue]:
    """The rows that come of a table, by ecosystem and year, as the rest of dualeco reads them."""
    out = folder / "out.xlsx"
    code, _shown, said = run("--import", table, *SERIES, "-o", out, "--force", *options)
    assert code == 0, said
    loaded = load([out])
    assert loaded.study is not None, loaded.findings
    return {
        (id_, row.year or 0): row
        for id_, profile in loaded.study.profile.items()
        for row in [profile.get("early_leavers_rate")]
        if row is not None and row.source is not None and row.source.startswith("Eurostat")
    }


@pytest.mark.parametrize(("text", "name"), [(TSV, "t.tsv"), (TSV, "t.tsv.gz"), (CSV, "t.csv"), (CSV, "t.gz")])
def test_both_forms_plain_and_compressed(text: str, name: str, tmp_path: Path) -> None:
    found = imported(tmp_path, write(tmp_path, text, name), "--where", "sex=T")
    assert {(key, row.value) for key, row in found.items()} == {(("lombardy", 2023), 7.5)}


def test_a_row_in_full(tmp_path: Path) -> None:
    found = imported(tmp_path, write(tmp_path, CSV, "t.csv"), "--where", "sex=t", "--region", "ITC1")
    assert found["piemonte", 2024] == ProfileValue(
        ecosystem="piemonte",
        indicator="early_leavers_rate",
        value=8.5,
        year=2024,
        confidence=Confidence.HIGH,
        source="Eurostat edat_lfse_16, t.csv, updated 2025-09-11",
        note="freq A, sex T, age Y18-24, unit PC",
    )


def test_flags_become_the_confidence(tmp_path: Path) -> None:
    found = imported(tmp_path, write(tmp_path, TSV), "--all-regions")
    assert {key: (row.value, row.confidence) for key, row in found.items()} == {
        ("piemonte", 2024): (8.5, Confidence.LOW),
        ("lombardy", 2023): (7.5, Confidence.HIGH),
        ("italy", 2024): (9.8, Confidence.HIGH),
        ("attiki", 2024): (4.3, Confidence.MEDIUM),
    }
    note = found["piemonte", 2024].note or ""
    assert "flag b (break in series), flag u (low reliability)" in note
    assert confidence("") is confidence("r") is Confidence.HIGH
    assert confidence("x") is Confidence.MEDIUM


def test_years(tmp_path: Path) -> None:
    table = write(tmp_path, TSV)
    one = imported(tmp_path, table, "--year", "2022", "--region", "ITC1")
    assert {key: row.value for key, row in one.items()} == {("piemonte", 2022): 9.9}
    out = tmp_path / "all.xlsx"
    code, _shown, said = run("--import", table, *SERIES, "--year", "all", "--region", "ITC1", "-o", out)
    assert code == 0
    assert "(3 values)" in said
    assert load([out]).findings == ()
    code, _shown, said = run("--import", table, *SERIES, "--year", "2030")
    assert code == 1
    assert "no value for what was asked" in said
    assert run("--import", table, *SERIES, "--year", "soon")[0] == 2


def test_known_regions_are_those_of_the_workbooks(tmp_path: Path) -> None:
    own = tmp_path / "Ecosystems.csv"
    own.write_text("id,name,nuts\nmine,Mine,itc1\n", encoding="utf-8")
    out = tmp_path / "profile.csv"
    code, _shown, said = run("--import", write(tmp_path, TSV), *SERIES, own, "-o", out)
    assert code == 0
    assert "No value for: País Vasco (ES21), Bremen (DE50)" in said
    with out.open(encoding="utf-8-sig", newline="") as file:
        held = [(row["Ecosystem"], row["Value"], row["Year"]) for row in csv.DictReader(file)]
    assert held == [("lombardy", "7.5", "2023"), ("mine", "8.5", "2024")]
    assert [finding.severity for finding in load([own, out]).findings if finding.severity != "info"] == []


def test_the_country_in_place_of_a_region(tmp_path: Path) -> None:
    table = write(tmp_path, TSV)
    _code, _shown, said = run("--import", table, *SERIES, "--region", "ITC3", "--region", "ITC1")
    assert "No value for: Liguria (ITC3)" in said
    assert "--proxy takes their values" in said
    found = imported(tmp_path, table, "--region", "ITC3", "--proxy")
    row = found["liguria", 2024]
    assert (row.value, row.confidence) == (9.8, Confidence.MEDIUM)
    assert "value of Italy (IT) in place" in (row.note or "")


def test_a_table_is_shown_before_it_is_written(tmp_path: Path) -> None:
    code, shown, said = run("--import", write(tmp_path, TSV), *SERIES, "--region", "EL30", "--year", "2023")
    assert code == 0
    assert "attiki" in shown
    assert "4.4" in shown
    assert "Nothing is written yet" in said


def test_doubtful_values_are_told(tmp_path: Path) -> None:
    text = TSV.replace("A,T,Y18-24,PC,ITC4\t7.0", "A,T,Y18-24,THS,ITC4\t70")
    code, _shown, said = run(
        "--import", write(tmp_path, text), *SERIES, "--where", "unit=THS", "--year", "2022"
    )
    assert code == 0
    assert "The unit of the series is THS" in said
    assert "lombardy: 70 lies outside the scale of early_leavers_rate, from 20 to 4" in said


def test_new_regions_need_a_sheet_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "profile.csv"
    code, _shown, said = run("--import", write(tmp_path, TSV), *SERIES, "--region", "ITC1", "-o", out)
    assert code == 2
    assert "Ecosystems as well: Piemonte" in said
    assert not out.exists()


def test_several_series_are_to_be_chosen_from(tmp_path: Path) -> None:
    more = TSV + "A,F,Y18-24,PC,ITC4\t6\t6\t6\nA,M,Y15-24,PC,ITC4\t6\t6\t6\n"
    code, _shown, said = run("--import", write(tmp_path, more), *SERIES)
    assert code == 2
    assert "sex = F, M, T; age = Y15-24, Y18-24" in said
    assert "--where sex=F --where age=Y15-24" in said
    # a series without a value is no choice
    blank = TSV + "A,F,Y18-24,PC,ITC4\t:\t: c\t:\n"
    assert run("--import", write(tmp_path, blank), *SERIES)[0] == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--where", "sx=T"], 'no dimension "sx"'),
        (["--where", "age=Y18-25"], 'Did you mean "Y18-24"?'),
        (["--where", "sex"], "--where sex: expected is a name and a code"),
        (["--where", "geo=ITC1"], "chosen with --region"),
        (["--indicator", "early_leaver_rate"], 'Did you mean "early_leavers_rate"?'),
        (["--region", "ICT1"], 'Did you mean "ITC1 (Piemonte)"?'),
        (["--region", "ITC1", "--all-regions"], "cannot be given together"),
        (["-o", "report.html"], "must end in .xlsx, .csv"),
    ],
)
def test_wrong_options(options: list[str], words: str, tmp_path: Path) -> None:
    code, _shown, said = run("--import", write(tmp_path, TSV), *SERIES, *options)
    assert code == 2
    assert words in said


def test_which_indicator_a_table_is_for(tmp_path: Path) -> None:
    table = write(tmp_path, TSV)
    code, _shown, said = run("--import", table)
    assert code == 2
    assert "needs --series" in said
    code, _shown, said = run("--import", table, "--series", "edat_lfse_61")
    assert code == 2
    assert 'Did you mean "edat_lfse_16"?' in said
    code, shown, _said = run("--import", table, "--series", "edat_lfse_61", "--indicator", "NEET_rate")
    assert code == 0
    assert "neither in work" in shown
    code, _shown, said = run("--import", write(tmp_path, CSV, "t.csv"), "--series", "edat_lfse_22")
    assert code == 2
    assert "holds the table edat_lfse_16, not edat_lfse_22" in said


def test_two_indicators_of_one_table(tmp_path: Path) -> None:
    framework = tmp_path / "framework"
    framework.mkdir()
    (framework / "Dimensions.csv").write_text("id,name\nd,D\n", encoding="utf-8")
    (framework / "Indicators.csv").write_text(
        "id,dimension,name,role,worst,best,step,objective,source\n"
        "one,d,One,need,20,4,0,quality,Eurostat edat_lfse_16\n"
        "two,d,Two,need,20,4,0,quality,Eurostat: edat_lfse_16 (girls)\n",
        encoding="utf-8",
    )
    table = write(tmp_path, TSV)
    code, _shown, said = run("--import", table, *SERIES, "--framework", framework)
    assert code == 2
    assert "one, two" in said
    assert run("--import", table, *SERIES, "--framework", framework, "--indicator", "two")[0] == 0


def test_codes_in_a_source() -> None:
    assert codes_in("Eurostat edat_lfse_16 (regions); also tps00215") == ("edat_lfse_16", "tps00215")
    assert codes_in("EQAVET indicator 2, my_table") == ()
    assert codes_in(None) == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "neither Eurostat’s TSV nor its SDMX-CSV"),
        ("<html>\n", 1, "neither"),
        (TSV.replace("geo\\", "nuts\\"), 1, "no dimension geo"),
        (TSV.replace("TIME_PERIOD", "sex"), 1, "stands across"),
        (TSV.replace("\t2023 ", "\tlast year "), 1, "“last year” is no period"),
        (TSV.replace("9.1 b", "9,1 b"), 2, "“9,1 b” in 2023 is no value"),
        (TSV.replace("9.1 b", "1e999"), 2, "is no value"),
        (TSV.replace("A,T,Y18-24,PC,ITC4", "A,T,Y18-24,ITC4"), 3, "Expected are 5 codes"),
        (TSV.replace("\t7.5 \t:", "\t7.5"), 3, "there are 2 values. Expected are 3"),
        (TSV + "A,T,Y18-24,PC,ITC4\t1\t1\t1\n", 8, "stands in line 3 as well"),
        (TSV.replace("2023 ", "2023-Q1"), 2, "2023-Q1 is no year"),
        (CSV.replace(",9.1,b,", ",9.1,b"), 2, "there are 10 cells. Expected are 11"),
        (CSV.replace("ITC4,2023,7.5", "Lombardia,2023,7.5"), 4, "download the file with codes"),
        (CSV.replace("ITC4,2023,7.5", "ITC4,2023,viel"), 4, "“viel” in OBS_VALUE is no value"),
        (CSV.replace("7.5,p", "7.5,?"), 4, "“?” in OBS_FLAG is no flag"),
        (CSV.replace("ITC4,2023,7.5", "ITC4,soon,7.5"), 4, "“soon” is no period"),
        (CSV.replace("A,T,Y18-24,PC,ITC4,2023", '"A"x,T,Y18-24,PC,ITC4,2023'), 4, "quotation marks"),
    ],
)
def test_faults_are_told_at_their_line(text: str, line: int, words: str, tmp_path: Path) -> None:
    where = {"sex": "T"} if text.startswith("DATAFLOW") else {}
    with pytest.raises(EurostatError) as caught:
        pick(Extract(write(tmp_path, text)), None, where, every_year=True)
    assert caught.value.line == line
    assert f"line {line}: " in str(caught.value)
    assert words in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    cut = write(tmp_path, TSV, "cut.tsv.gz")
    cut.write_bytes(cut.read_bytes()[:40])
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(b"x" * 100)[:2] + b"no gzip at all")
    workbook = tmp_path / "workbook.xlsx"
    workbook.write_bytes(b"PK\x03\x04")
    latin = tmp_path / "latin.tsv"
    latin.write_bytes(TSV.replace("9.1 b", "é").encode("latin-1"))
    for path, words in (
        (cut, "damaged or was cut off"),
        (broken, "damaged or was cut off"),
        (workbook, "a workbook or an archive"),
        (latin, "line 2: this is not UTF-8"),
        (tmp_path / "none.tsv", "cannot be read"),
        (tmp_path, "cannot be read"),
    ):
        code, _shown, said = run("--import", path, *SERIES)
        assert code == 2
        assert words in said


def test_forms_that_the_data_browser_writes_as_well(tmp_path: Path) -> None:
    labels = (
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,sex,Sex,geo,Geopolitical entity,"
        "TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,Flag\n"
        "dataflow,ESTAT:EDAT_LFSE_16(1.0),Early leavers,A,Annual,T,Total,ITC4,Lombardia,"
        "2024,2024,7.5,,b,break\n"
    )
    found = imported(tmp_path, write(tmp_path, labels, "labels.csv"))
    assert found["lombardy", 2024].note == "freq A, sex T; flag b (break in series)"
    semicolons = imported(tmp_path, write(tmp_path, CSV.replace(",", ";"), "s.csv"), "--where", "sex=T")
    assert semicolons["lombardy", 2023].value == 7.5
    old = "unit,sex,age,geo\\time\t2019 \t2018 \nPC,T,Y18-24,ITC4\t11.3 \t12.0 b\n"
    assert imported(tmp_path, write(tmp_path, "\ufeff" + old, "old.tsv"))["lombardy", 2019].value == 11.3


_cells = st.tuples(
    st.one_of(st.none(), st.decimals(min_value=0, max_value=99, places=1)),
    st.text("bdepu", max_size=2),
)


@given(table=st.lists(st.lists(_cells, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_is_read(
    table: list[list[tuple[object, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("tables") / "table.tsv"
    geos = [f"IT{number:02}" for number in range(len(table))]
    lines = ["freq,geo\\TIME_PERIOD\t2001\t2002\t2003"]
    for geo, cells in zip(geos, table, strict=True):
        texts = [f"{':' if value is None else value} {flags}" for value, flags in cells]
        lines.append("\t".join([f"A,{geo}", *texts]))
    path.write_text("\n".join(lines), encoding="utf-8")
    picked = pick(Extract(path), None, {}, every_year=True)
    for geo, cells in zip(geos, table, strict=True):
        expected = [
            (str(2001 + number), float(str(value)), "".join(sorted(flags)))
            for number, (value, flags) in enumerate(cells)
            if value is not None
        ]
        held = [(one.period, one.value, one.flags) for one in picked.values.get(geo, ())]
        assert held == expected
