"""Which framework a run uses: the one of an option, of the study, or the built-in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dualeco_cli.checks import package_data
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.framework import Draft, check_dimensions, read_framework
from dualeco_cli.checks.recognise import Recognised
from dualeco_cli.checks.references import Names
from dualeco_cli.checks.settings import read_settings
from dualeco_cli.checks.tables import Table
from dualeco_cli.data import builtin
from dualeco_cli.language import _
from dualeco_cli.model.cells import Place
from dualeco_cli.model.names import slug
from dualeco_cli.model.panel import Manner
from dualeco_cli.model.rows import Indicator, Settings
from dualeco_cli.model.study import Framework

#: Sheets that make a framework.
FRAMEWORK_SHEETS = ("Dimensions", "Indicators")


@dataclass(slots=True)
class Chosen:
    """The framework of a run, with the settings that the study gives."""

    draft: Draft
    id: str
    settings: dict[str, object]
    #: False for a built-in one, whose rows have been checked long before.
    own: bool
    names: Names
    indicators: Mapping[str, Indicator] = field(init=False)

    def __post_init__(self) -> None:
        self.indicators = self.draft.by_id

    @property
    def manner(self) -> Manner:
        """What the points of a panel are, as the settings say."""
        return Settings.model_validate({**self.draft.settings.model_dump(), **self.settings}).panel

    def build(self) -> Framework:
        """The framework as the model of the study."""
        base = self.draft.settings.model_dump()
        merged = Settings.model_validate({**base, **self.settings})
        version = self.settings.get("version") if self.own else self.draft.settings.version
        return Framework(
            id=self.id,
            version=None if version is None else str(version),
            dimensions=tuple(located.row for located in self.draft.dimensions),
            indicators=tuple(located.row for located in self.draft.indicators),
            settings=merged,
        )


def choose_framework(
    collector: Collector,
    given: Sequence[Recognised],
    own: Recognised | None,
    *,
    option: str | None,
    built_in_id: str | None,
    complete: bool,
) -> Chosen:
    """The framework of a run, checked.

    ``option`` is what was given with ``--indicators``: the file ``own``, or the framework ``built_in_id``;
    ``complete`` is False where a file could not be read, which may have held the framework.
    """
    settings = read_settings([table for one in given for table in one.of_kind("Settings")], collector)
    if option is not None:
        _report_replaced(collector, given, own, option)
    rivals: list[Recognised] = []
    if option is not None:
        sources = [own] if own is not None else []
    else:
        sources, rivals = _sources(collector, given)
    if own is not None and "Indicators" not in own.kinds:
        place = Place(own.workbook.path)
        collector.add(
            "framework-missing", place, found=Path(option or "").name, expected=_("a sheet Indicators")
        )
    tables = [table for one in sources for kind in FRAMEWORK_SHEETS for table in one.of_kind(kind)]
    if not any("Indicators" in one.kinds for one in sources):
        for table in tables:
            collector.add("framework-without-indicators", table.place(), expected=_("a sheet Indicators"))
        # what a framework that was asked for but is not there would have held, nobody knows
        known = built_in_id is not None or (option is None and complete)
        return _built_in(built_in_id or builtin.DEFAULT_FRAMEWORK, settings, complete=known)
    dimensions = package_data.framework(builtin.DEFAULT_FRAMEWORK)[0].dimensions
    draft = read_framework(
        tables,
        collector,
        {located.row.id: located.row.name or "" for located in dimensions},
        unread=any("Dimensions" in one.unread_kinds for one in sources),
    )
    check_dimensions(draft, collector)
    if own is not None:
        settings = {**settings, **read_settings(own.of_kind("Settings"), collector)}
    file = sources[0].workbook.path
    names = _with_doubled(draft.names, sources, rivals)
    if any("Indicators" in one.unread_kinds for one in sources):
        names = Names(names.names, complete=False)
    return Chosen(draft, slug(str(settings.get("name") or Path(file).stem)), settings, own=True, names=names)


def _built_in(id_: str, settings: dict[str, object], *, complete: bool) -> Chosen:
    draft, _ = package_data.framework(id_)
    names = draft.names if complete else Names(draft.names.names, complete=False)
    return Chosen(draft, id_, settings, own=False, names=names)


def _report_replaced(
    collector: Collector, given: Sequence[Recognised], own: Recognised | None, option: str
) -> None:
    for one in given:
        if own is not None and Path(one.workbook.path).resolve() == Path(own.workbook.path).resolve():
            continue  # the file is given twice, and this is the sheet that is used
        for kind in FRAMEWORK_SHEETS:
            for table in one.of_kind(kind):
                collector.add("framework-replaced", table.place(), found=option)


def _sources(collector: Collector, given: Sequence[Recognised]) -> tuple[list[Recognised], list[Recognised]]:
    """The workbook whose framework is used, which has it whole, and those that have another one: an error.

    Text files of a folder that are named one by one are one workbook, as the folder itself would be.
    """
    with_indicators = [one for one in given if "Indicators" in one.kinds]
    if not with_indicators:
        return [one for one in given if "Dimensions" in one.kinds], []
    first = with_indicators[0]
    others = [one for one in with_indicators[1:] if not _repeats(collector, one, first)]
    for one in [first, *others] if others else []:
        _report_twice(collector, one, others[0] if one is first else first)
    used = [first]
    for one in given:
        tables = [] if one in with_indicators else one.of_kind("Dimensions")
        if tables and _same_folder(one, first):
            used.append(one)
            continue
        for table in tables:
            collector.add("framework-without-indicators", table.place(), expected=_("a sheet Indicators"))
    return used, others


def _report_twice(collector: Collector, one: Recognised, other: Recognised) -> None:
    for table in one.of_kind("Indicators"):
        collector.add(
            "framework-twice",
            table.place(),
            found=table.sheet.name,
            sheet="Indicators",
            other=other.workbook.path,
        )


def _repeats(collector: Collector, one: Recognised, first: Recognised) -> bool:
    """Whether a workbook has the very framework of another, as partners do who share a template."""
    for kind in FRAMEWORK_SHEETS:
        mine, theirs = one.of_kind(kind), first.of_kind(kind)
        if [_content(table) for table in mine] != [_content(table) for table in theirs]:
            return False
    for kind in FRAMEWORK_SHEETS:
        for table in one.of_kind(kind):
            collector.add("framework-repeated", table.place(), found=kind, other=first.workbook.path)
    return True


def _content(table: Table) -> object:
    headers = sorted((heading.column, heading.text) for heading in table.fields.values())
    return headers, [row.cells for row in table.rows]


def _same_folder(one: Recognised, other: Recognised) -> bool:
    sheets = [*one.workbook.sheets, *other.workbook.sheets]
    return all(sheet.from_csv for sheet in sheets) and (
        Path(one.workbook.path).resolve().parent == Path(other.workbook.path).resolve().parent
    )


def _with_doubled(names: Names, sources: Sequence[Recognised], rivals: Sequence[Recognised]) -> Names:
    """The names with those of a second sheet Indicators: two sheets are one fault, not one per reference."""
    doubled = [table for one in sources for table in one.doubled if table.kind == "Indicators"]
    doubled += [table for one in rivals for table in one.of_kind("Indicators")]
    if not doubled:
        return names
    others = read_framework(doubled, Collector(), {}).names
    return Names({**others.names, **names.names}, names.complete and others.complete)
