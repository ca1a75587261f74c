"""``dualeco targets --make``: the workbook of a region, which reads back as what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from dualeco_cli.checks.load import Options, load
from dualeco_cli.cli.app import app
from dualeco_cli.data import words
from dualeco_cli.language import LANGUAGES, Language
from dualeco_cli.model.names import fold
from dualeco_cli.workbook.template import template
from dualeco_cli.workbook.template.region import asked, blank_profile, region_request

from .making import PRACTICES, run


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    lines = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    heads = [str(head).removesuffix(" *") for head in next(lines)]
    found: list[dict[str, object]] = [{**dict(zip(heads, line, strict=True))} for line in lines]
    return [row for row in found if any(cell is not None for cell in row.values())]


def test_a_region_in_full(tmp_path: Path) -> None:
    out = tmp_path / "piedmont.xlsx"
    code, _shown, said = run("--make", "itc1", "-o", out)
    assert code == 0
    assert "Piemonte, ITC1: 21 values to fill in" in said
    assert rows(out, "Ecosystems") == [
        {"ID": "piemonte", "Name": "Piemonte", "Country": "IT", "NUTS": "ITC1", "Summary": None, "URL": None}
    ]
    profile = rows(out, "Profile")
    study = load([]).study
    assert study is not None
    assert [row["Indicator"] for row in profile] == [one.id for one in asked(study.framework)]
    first = profile[0]
    assert (first["Ecosystem"], first["Eurostat"], first["Unit"]) == (
        "piemonte",
        "edat_lfse_16",
        "% of 18-24",
    )
    assert (first["Worst"], first["Best"]) == (20, 4)
    assert "lower secondary" in str(first["Question"])
    assert {row[name] for row in profile for name in ("Value", "Year", "Confidence", "Source")} == {None}
    assert load([out]).findings == ()


def test_it_can_be_scored_at_once(tmp_path: Path) -> None:
    out = tmp_path / "piedmont.xlsx"
    run("--make", "Piemonte", "-o", out, "--quiet")
    arguments = ["score", str(PRACTICES), str(out), "--target", "piemonte", "--samples", "0"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    assert "Too little is known" in done.stdout


@pytest.mark.parametrize(
    ("text", "id_", "nuts"),
    [
        ("EL30", "attiki", "EL30"),
        ("GR30", "attiki", "EL30"),
        ("gb", "united-kingdom", "UK"),
        ("UKN0", "northern-ireland", "UKN0"),
        ("ITC2", "valle-d-aosta", "ITC2"),
        ("DE5", "bremen-de5", "DE5"),
        ("ITC11", "torino", "ITC11"),
        ("Bremen", "bremen", "DE50"),
    ],
)
def test_codes_and_names(text: str, id_: str, nuts: str, tmp_path: Path) -> None:
    out = tmp_path / "region.xlsx"
    assert run("--make", text, "-o", out)[0] == 0
    [row] = rows(out, "Ecosystems")
    assert (row["ID"], row["NUTS"]) == (id_, nuts)
    assert load([out]).findings == ()


def test_what_is_known_of_a_region_is_filled_in(tmp_path: Path) -> None:
    out = tmp_path / "bremen.xlsx"
    _code, _shown, said = run("--make", "DE50", "-o", out)
    assert "known already" in said
    built_in, own = load([]).study, load([out]).study
    assert built_in is not None
    assert own is not None
    known = {id_: row.value for id_, row in built_in.profile["bremen"].items() if row.value is not None}
    assert {id_: row.value for id_, row in own.profile["bremen"].items() if row.value is not None} == known


@pytest.mark.parametrize(
    ("text", "words_"),
    [
        ("NL31", "In its place: NL35 (Utrecht)"),
        ("ICT4", 'Did you mean "ITC4 (Lombardia)"?'),
        ("ITCX", "Near it: ITC1 (Piemonte)"),
        ("Centro", "the name of several regions"),
        ("nowhere", 'no region "nowhere"'),
    ],
)
def test_what_is_no_region(text: str, words_: str, tmp_path: Path) -> None:
    out = tmp_path / "region.xlsx"
    code, _shown, said = run("--make", text, "-o", out)
    assert code == 2
    assert words_ in said
    assert not out.exists()


def test_what_is_in_the_way(tmp_path: Path) -> None:
    out = tmp_path / "region.xlsx"
    out.write_text("mine")
    code, _shown, said = run("--make", "ITC1", "-o", out)
    assert (code, out.read_text()) == (2, "mine")
    assert "--force" in said
    assert run("--make", "ITC1", "-o", out, "--force")[0] == 0
    assert run("--make", "ITC1")[0] == 2
    assert "must end in .xlsx" in run("--make", "ITC1", "-o", tmp_path / "region.csv")[2]
    assert "cannot be given together" in run("--make", "ITC1", "--similar-to", "bremen")[2]
    assert "belongs to --import" in run("--make", "ITC1", "-o", tmp_path / "x.xlsx", "--proxy")[2]
    assert run("-o", tmp_path / "x.xlsx")[0] == 2


def test_the_rows_of_another_framework(tmp_path: Path) -> None:
    out = tmp_path / "region.xlsx"
    assert run("--make", "ITC1", "--framework", "efqea", "-o", out)[0] == 0
    assert [row["Indicator"] for row in rows(out, "Profile")][:2] == [
        "written_agreement",
        "learning_outcomes",
    ]
    assert load([out], Options(indicators="efqea")).findings == ()
    code, _shown, said = run("--make", "ITC1", "--framework", "tide", "-o", tmp_path / "none.xlsx")
    assert code == 2
    assert "asks nothing of a region" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_columns_are_passed_over_in_silence(language: Language, tmp_path: Path) -> None:
    study = load([]).study
    assert study is not None
    request = region_request(
        study.framework, language, study.ecosystems, own=[], profile=blank_profile(study.framework, "bremen")
    )
    out = tmp_path / "region.xlsx"
    out.write_bytes(template(request))
    assert load([out]).findings == ()
    assert template(request) == out.read_bytes()
    told = {"name", "question", "unit", "worst", "best"}
    headers = {fold(words.header("Indicators", name, language)) for name in told}
    assert headers < words.told_words("Profile")


def test_commands_of_the_page_that_need_a_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import re
    import shlex

    from .making import ROOT, TSV, write

    page = (ROOT / "docs" / "own-region.md").read_text(encoding="utf-8")
    lines = "".join(re.findall(r"^```console\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)).splitlines()
    assert len(lines) == 3
    (tmp_path / "examples").mkdir()
    shutil.copy(PRACTICES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    write(tmp_path, TSV, "estat_edat_lfse_16.tsv.gz")
    run("--make", "ITC1", "-o", "piedmont.xlsx")
    for line in lines:
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "profile.csv").exists()
