"""A study with several targets, and what tests make of its results in other processes."""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random

from dualeco_cli.model.result import TargetResult

DIMENSIONS = "id,name,weight\nd,Ground,1\ne,Reach,2\n"
INDICATORS = """id,dimension,name,role,objective,critical
laws,d,Laws,condition,,yes
firms,d,Firms,condition,,no
staff,e,Staff,condition,,no
leavers,e,Early leavers,need,quality,
proof,e,Proof,merit,,
worth,d,Worth,judgement,,
"""


def write_study(folder: Path, targets: int, practices: int = 6) -> Path:
    """A folder of CSV with targets r00, r01, … and some of everything: blanks, n/a, ``?``, judgements."""
    random = Random(7)
    folder.mkdir()
    regions = [f"r{n:02}" for n in range(targets)]
    ids = [f"p{n}" for n in range(practices)]
    sheets = {
        "Dimensions": DIMENSIONS,
        "Indicators": INDICATORS,
        "Ecosystems": "id,name\n" + "".join(f"{id_},Region {id_}\n" for id_ in regions),
        "Profile": "ecosystem,indicator,value,confidence\n"
        + "".join(
            f"{region},{indicator},{random.randint(1, 4)},{random.choice(['high', 'medium', 'low'])}\n"
            for region in regions
            for indicator in ("laws", "firms", "staff", "leavers")
            if random.random() < 0.9
        ),
        "Practices": "id,title,source,objectives\n"
        + "".join(f"{id_},Title of {id_},{random.choice(regions)},quality\n" for id_ in ids),
        "Requirements": "practice,laws,firms,staff\n"
        + "".join(
            f"{id_},{random.randint(0, 3)},{random.randint(0, 4)}?,{random.choice(['', 'n/a', '2', '4'])}\n"
            for id_ in ids
        ),
        "Merits": "practice,proof\n" + "".join(f"{id_},{random.randint(1, 4)}?\n" for id_ in ids),
        "Assessments": "practice,target,indicator,assessor,rating\n"
        + "".join(
            f"{id_},{region},worth,{assessor},{random.randint(0, 4)}\n"
            for id_ in ids[:3]
            for region in regions[:4]
            for assessor in ("ana", "ben")
        ),
        "Adaptations": "practice,adaptation,indicator,required\np0,light,firms,1\n",
    }
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def as_json(target: TargetResult) -> str:
    """The whole result, with every digit."""
    return target.model_dump_json(by_alias=True)


def as_json_by(target: TargetResult) -> tuple[str, int]:
    """The result and the process that it comes from."""
    return as_json(target), os.getpid()


def reasons(target: TargetResult) -> list[str | None]:
    """What the paths say, in words."""
    return [practice.path.reason if practice.path else None for practice in target.practices]


def killed_once(target: TargetResult, *, at: str, mark: str) -> str:
    """Kill the process that comes to a target, the first time it is come to."""
    if target.id == at and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), 9)
    return as_json(target)


def always_killed(target: TargetResult) -> str:
    """Kill every process that comes to any target."""
    os.kill(os.getpid(), 9)
    return as_json(target)


def slow(target: TargetResult) -> str:
    """Take so long that somebody can step in."""
    time.sleep(0.2)
    return as_json(target)


def failing(target: TargetResult) -> str:
    """A defect."""
    raise ZeroDivisionError(target.id)
