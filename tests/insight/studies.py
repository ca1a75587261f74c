"""A small study in which everything that explain, compare, backtest, plan and the assessors show occurs."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

#: What a cell may hold, by what it attacks.
HOSTILE = {
    "markup": "[bold red]not bold[/bold red] [/] :smile:",
    "escape": "\x1b[31mred\x1b[2J\x1b]0;title\x07",
    "gaps": "{name} {0} {text} {region} %s {count!r}",
    "direction": "\u202egnp.exe\u202c",
    "lines": "first\nsecond\u2028third",
    "formula": "=cmd|' /C calc'!A0",
    "long": "Titel " * 800,
    "long-word": "x" * 4000,
    "wide": "実践の移転可能性",
}

SHEETS: Mapping[str, str] = {
    "Dimensions": """
id,name,weight
need,Need in the region,1
rules,Rules and centres,2
evidence,Evidence,1
local,Local judgement,1
""",
    "Indicators": """
id,dimension,name,role,worst,best,step,match,objective,floor,effort,unit,level_0,level_1,level_2,level_3,level_4
leavers,need,Early leavers,need,20,4,continuous,,quality,,,% of 18-24,,,,,
laws,rules,Legal basis,condition,0,4,1,at-least,,,2,,None,A draft,For some,For all,In force
pace,rules,Pace of change,condition,0,4,1,similar,,,1,,Never,In 20 years,In 10 years,In 5 years,Yearly
centre,rules,Centres,condition,0,4,1,at-least,,,1,,No centre,One centre,Two centres,A network,An institute
papers,evidence,Documentation,merit,0,4,1,,,1,,,Nothing,A note,A page,A guide,A handbook
goals,local,Goal shared,judgement,0,4,1,,,,,,By nobody,By few,By some,By most,By all
staff,local,Staff time,judgement,0,4,1,,,,,,None,Little,Some,Enough,Plenty
""",
    "Ecosystems": """
id,name,country,nuts
east,East,EE,EE01
west,West,WW,
south,South,,
""",
    "Profile": """
ecosystem,indicator,value,year,confidence,source,note
east,laws,3,2024,high,Law gazette 12/2024,In force since May
east,pace,2,2023,low,,
east,centre,1,2022,medium,Register of centres,
east,leavers,8,2023,medium,Office of statistics,
west,laws,4,2024,,,
west,pace,1,2024,,,
west,centre,3,2024,,,
west,leavers,12,2024,,,
south,laws,1,2024,,,
south,centre,2,2024,,,
""",
    "Practices": """
id,title,source,objectives,organisation,partners,summary,core_functions,start_year,url
lab,Open laboratory,west,quality,Institute of West,Three schools,Firms share a laboratory.,Machines,2015,https://example.org/laboratory
fair,Trades fair,west,quality,,,Learners show their trade.,,2019,
mentors,Retired mentors,south,quality,,,Retired masters coach learners.,,,
passport,Skills passport,east,certification,,,One page for all certificates.,,,
levy,Training levy,west,,,,,,,
coach,Travelling coach,south,,,,A coach visits firms.,,,
""",
    "Requirements": """
practice,laws,pace,centre
lab,4,1,3!
fair,2,2,0
mentors,4?,3,
passport,2,2,1
levy,4,,
coach,3,3!,2
""",
    "Merits": """
practice,papers
lab,3
fair,4
mentors,1
passport,2
levy,
coach,n/a
""",
    "Basis": """
practice,indicator,basis,origin,year,url
lab,centre,Runs in the laboratory of a network,study-visit,2023,https://example.org/visit
lab,laws,Needs a contract for learners,document,,
""",
    "Assessments": """
practice,target,indicator,assessor,rating,confidence,note
lab,east,goals,Ane,4,high,All heads of school agree
lab,east,goals,Bruno,3,,
lab,east,goals,Carla,0,low,
lab,east,staff,Ane,3,,
lab,east,staff,Bruno,2,,
fair,east,goals,Ane,2,,
fair,east,goals,Bruno,4,,
fair,east,goals,Carla,3,,
mentors,east,goals,Ane,3,,
mentors,east,goals,Bruno,1,,
mentors,east,goals,Carla,1,,
mentors,east,staff,Carla,4,,
coach,east,goals,Bruno,4,,
coach,east,staff,Bruno,4,,
""",
    "Adaptations": """
practice,adaptation,title,indicator,required,note
lab,mobile,A laboratory on wheels,centre,1,A van goes from school to school
lab,mobile,A laboratory on wheels,laws,n/a,
lab,small,A smaller laboratory,centre,2,
""",
    "Pilots": """
practice,target,year,outcome,adaptation
lab,east,2022,3,mobile
fair,east,2023,4,
fair,south,2023,2,
mentors,east,2021,1,
passport,east,2020,4,
levy,east,2024,2,
""",
}


def write(folder: Path, sheets: Mapping[str, str] = SHEETS) -> Path:
    """The study as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    return folder


#: Columns of free text: what is in them must never do anything.
_FREE = frozenset(
    {
        "title",
        "name",
        "organisation",
        "partners",
        "summary",
        "core_functions",
        "unit",
        "basis",
        "note",
        "source",
    }
)


def write_hostile(folder: Path, text: str) -> Path:
    """The study with a text in every free cell, those without a title included."""
    write(folder)
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        for row in rows:
            for place, column in enumerate(header):
                # The source of a practice is an ecosystem, the name of a column of words is none.
                reference = column == "source" and path.stem == "Practices"
                if (column in _FREE and not reference) or column.startswith("level_"):
                    row[place] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return folder
