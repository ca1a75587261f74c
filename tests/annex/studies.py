"""A study in which every field that the annex shows is filled, each with a word of its own."""

from __future__ import annotations

from dualeco_cli.model.result import Report
from dualeco_cli.model.rows import (
    Adaptation,
    Assessment,
    Basis,
    Confidence,
    Ecosystem,
    Level,
    Objective,
    Origin,
    Pilot,
    Practice,
    ProfileValue,
)
from dualeco_cli.model.study import Study
from tests.reports import samples

#: Words that have to be found in the annex, by where they stand.
WORDS = {
    "title": "Zitron",
    "organisation": "Apfelhaus",
    "partners": "Birnenbund",
    "summary": "Kirschkern",
    "second line": "Quittenbrot",
    "core function": "Pflaumenmus",
    "another function": "Mirabelle",
    "target group": "Traubenlese",
    "sector": "Feigenblatt",
    "evidence": "Dattelpalme",
    "difficulties": "Melonensaft",
    "basis of a requirement": "Olivenhain",
    "basis of what is free": "Nussbaum",
    "basis of a merit": "Mandelkern",
    "basis of the unknown": "Haselstrauch",
    "adaptation": "Kastanie",
    "note of an adaptation": "Walnuss",
    "assessor": "assessor-eberesche",
    "note of a judgement": "Holunder",
    "pilot": "Schlehe",
    "region": "Ananas",
    "note of a value": "Papaya",
    "indicator": "Contract and pay of learners",
    "level in words": "A paid contract in some dual routes",
    "dimension": "Firms and their support",
    "source of an indicator": "edat_lfse_22",
    "checksum": samples.SHA,
}
#: Addresses, by whether they may become links.
LINKS = (
    "https://example.org/practice",
    "https://example.org/basis?a=1&b=2",
    "https://example.org/pilot",
    "https://example.org/in-a-note",
    "https://ec.europa.eu/eurostat/databrowser/view/edat_lfse_22",
)


def rich() -> tuple[Report, Study]:
    """The report of the samples, and their study with everything in it."""
    study, report = samples.study(), samples.report()
    tkgune = Practice(
        id="tkgune",
        title=f"TKgune {WORDS['title']}",
        source="basque-country",
        country="ES",
        organisation=WORDS["organisation"],
        partners=WORDS["partners"],
        objectives=(Objective.QUALITY, Objective.WBL),
        summary=f"First {WORDS['summary']}.\n\nThen {WORDS['second line']}.",
        core_functions=f"{WORDS['core function']}; {WORDS['another function']}",
        target_group=WORDS["target group"],
        sector=WORDS["sector"],
        eqf_level="4-5",
        start_year=2014,
        evidence=WORDS["evidence"],
        difficulties=WORDS["difficulties"],
        url=LINKS[0],
    )
    ananas = Ecosystem(id="lombardy", name="Lombardy", country="IT", nuts="ITC4", summary=WORDS["region"])
    lombardy = {
        **study.profile["lombardy"],
        "wbl_share": ProfileValue(
            ecosystem="lombardy", indicator="wbl_share", value=33.0, year=2023, note=WORDS["note of a value"]
        ),
    }
    study = study.model_copy(
        update={
            "practices": {**study.practices, "tkgune": tkgune},
            "merits": {"tkgune": {"documentation": Level(value=3.0)}},
            "requirements": {
                "tkgune": {
                    "contract_pay": Level(value=2.0, critical=True),
                    "teacher_industry": Level(value=0.0, low=True),
                }
            },
            "basis": (
                Basis(
                    practice="tkgune",
                    indicator="contract_pay",
                    basis=WORDS["basis of a requirement"],
                    origin=Origin.STUDY_VISIT,
                    year=2022,
                    url=LINKS[1],
                ),
                Basis(practice="tkgune", indicator="teacher_industry", basis=WORDS["basis of what is free"]),
                Basis(practice="tkgune", indicator="documentation", basis=WORDS["basis of a merit"]),
                Basis(practice="tkgune", indicator="wbl_share", basis=WORDS["basis of the unknown"]),
            ),
            "adaptations": (
                Adaptation(
                    practice="tkgune",
                    adaptation="teacher-students",
                    title=WORDS["adaptation"],
                    indicator="contract_pay",
                    required=Level(value=1.0),
                    note=WORDS["note of an adaptation"],
                ),
            ),
            "assessments": (
                Assessment(
                    practice="tkgune",
                    target="lombardy",
                    indicator="staff_time",
                    assessor=WORDS["assessor"],
                    rating=3.0,
                    confidence=Confidence.HIGH,
                    note=f"{WORDS['note of a judgement']} (see {LINKS[3]}).",
                ),
            ),
            "pilots": (
                Pilot(
                    practice="tkgune",
                    target="bremen",
                    year=2023,
                    outcome=3.0,
                    adaptation="teacher-students",
                    note=WORDS["pilot"],
                    url=LINKS[2],
                ),
            ),
            "ecosystems": {**study.ecosystems, "lombardy": ananas},
            "profile": {**study.profile, "lombardy": lombardy},
        }
    )
    practices = tuple(
        practice.model_copy(update={"title": tkgune.title}) if practice.id == "tkgune" else practice
        for practice in report.targets[0].practices
    )
    report.targets = (report.targets[0].model_copy(update={"practices": practices}),)
    return report, study


def several() -> tuple[Report, Study]:
    """The same for more targets than stand side by side on a page."""
    report, study = rich()
    names = ("lombardy", "bremen", "basque-country", "northern-ireland", "elsewhere")
    report.targets = tuple(
        report.targets[0].model_copy(update={"id": id_, "name": id_.replace("-", " ").title()})
        for id_ in names
    )
    return report, study
