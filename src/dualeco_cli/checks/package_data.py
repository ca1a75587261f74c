"""What the package brings: frameworks, and ecosystems with their profiles, read like a user's files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.column_words import ColumnMap
from dualeco_cli.checks.framework import Draft, read_framework
from dualeco_cli.checks.recognise import recognise
from dualeco_cli.checks.records import Located, RecordReader
from dualeco_cli.checks.rows import records
from dualeco_cli.checks.settings import read_settings
from dualeco_cli.checks.tables import Table
from dualeco_cli.checks.unique import count_once, passed
from dualeco_cli.data import builtin
from dualeco_cli.model.finding import Finding
from dualeco_cli.model.rows import Ecosystem, ProfileValue, Settings
from dualeco_cli.workbook.read import read


@dataclass(frozen=True, slots=True)
class BuiltInEcosystems:
    """The ecosystems and their profiles, and what there is to say about them: nothing, as a test holds."""

    ecosystems: tuple[Located[Ecosystem], ...]
    profile: tuple[Located[ProfileValue], ...]
    findings: tuple[Finding, ...]


@cache
def framework(id_: str) -> tuple[Draft, tuple[Finding, ...]]:
    """A built-in framework. It is shared: nobody may change it. Raises KeyError."""
    collector = Collector()
    tables = _tables(builtin.framework_folder(id_), collector)
    draft = read_framework(tables, collector, {})
    settings = read_settings([table for table in tables if table.kind == "Settings"], collector)
    draft.settings = Settings.model_validate(settings)
    return draft, tuple(collector.findings)


@cache
def ecosystems() -> BuiltInEcosystems:
    """The built-in ecosystems and their profiles."""
    collector = Collector()
    reader = RecordReader(collector)
    tables = _tables(builtin.ecosystems_folder(), collector)
    of_kind = {table.kind: list(records(table, collector)) for table in tables}
    rows = [reader.read(record, Ecosystem) for record in of_kind["Ecosystems"]]
    values = [reader.read(record, ProfileValue) for record in of_kind["Profile"]]
    return BuiltInEcosystems(
        tuple(passed(count_once("Ecosystems", rows, collector))),
        tuple(passed(count_once("Profile", values, collector))),
        tuple(collector.findings),
    )


def _tables(folder: Path, collector: Collector) -> list[Table]:
    return recognise(read(folder), collector, ColumnMap()).tables
