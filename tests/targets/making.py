"""Small tables in the forms of Eurostat's files; the numbers in them are made up."""

from __future__ import annotations

import gzip
from pathlib import Path

from typer.testing import CliRunner

from dualeco_cli.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PRACTICES = ROOT / "examples" / "practices.xlsx"

TSV = """\
freq,sex,age,unit,geo\\TIME_PERIOD\t2022 \t2023 \t2024
A,T,Y18-24,PC,ITC1\t9.9 \t9.1 b\t8.5 bu
A,T,Y18-24,PC,ITC4\t7.0 \t7.5 \t:
A,T,Y18-24,PC,DE50\t: u\t:\t: c
A,T,Y18-24,PC,IT\t11.5\t10.5 p\t9.8
A,T,Y18-24,PC,EU27_2020\t9.6\t9.5\t9.4
A,T,Y18-24,PC,EL30\t4.5 d\t4.4\t4.3 e
"""

CSV = """\
DATAFLOW,LAST UPDATE,freq,sex,age,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:EDAT_LFSE_16(1.0),11/09/25 23:00:00,A,T,Y18-24,PC,ITC1,2023,9.1,b,
ESTAT:EDAT_LFSE_16(1.0),11/09/25 23:00:00,A,T,Y18-24,PC,ITC1,2024,8.5,,
ESTAT:EDAT_LFSE_16(1.0),11/09/25 23:00:00,A,T,Y18-24,PC,ITC4,2023,7.5,p,
ESTAT:EDAT_LFSE_16(1.0),11/09/25 23:00:00,A,T,Y18-24,PC,ITC4,2024,,,C
ESTAT:EDAT_LFSE_16(1.0),11/09/25 23:00:00,A,F,Y18-24,PC,DE50,2024,:,u,
"""


def write(folder: Path, text: str, name: str = "table.tsv") -> Path:
    path = folder / name
    data = text.encode()
    path.write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and messages."""
    done = CliRunner().invoke(app, ["targets", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout, done.stderr
