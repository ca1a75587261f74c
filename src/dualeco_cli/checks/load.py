"""From files to a study: read, recognise, check, merge. The one entry of ``validate`` and ``score``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from dualeco_cli.checks import plausible
from dualeco_cli.checks.cells import TOLERANCE
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.framework import (
    Draft,
    check_dimensions,
    read_framework,
    read_settings,
    report_columns,
)
from dualeco_cli.checks.recognise import ColumnMap, Recognised, Record, Table, recognise, records
from dualeco_cli.checks.records import Located, RecordReader
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.checks.unique import keep_unique
from dualeco_cli.checks.wide import indicator_words, read_wide, wide_columns
from dualeco_cli.data import builtin
from dualeco_cli.model.cells import Place, Workbook
from dualeco_cli.model.finding import Finding
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import (
    Adaptation,
    Assessment,
    Basis,
    Ecosystem,
    Indicator,
    Merits,
    Pilot,
    Practice,
    ProfileValue,
    Requirements,
    Role,
    Row,
    Settings,
)
from dualeco_cli.model.study import Framework, Source, Study
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.read import read
from dualeco_cli.workbook.refusal import Refusal

RowT = TypeVar("RowT", bound=Row)

#: Sheets that make a framework.
FRAMEWORK_SHEETS = ("Dimensions", "Indicators")


class UnknownName(ValueError):  # noqa: N818 -- it is what is wrong, as the user is told
    """A name given on the command line that leads nowhere."""

    def __init__(self, what: str, found: str, options: Iterable[str]) -> None:
        self.what = what
        self.found = found
        self.options = tuple(options)
        self.suggestion = nearest(found, self.options)
        hint = f' Did you mean "{self.suggestion}"?' if self.suggestion else ""
        super().__init__(f'There is no {what} "{found}".{hint} Known: {", ".join(self.options)}.')


@dataclass(frozen=True, slots=True)
class Options:
    """What decides how a study is read.

    ``indicators``: a file, or the id of a built-in framework. ``ecosystems``: files with ecosystems and
    profiles, or ids of built-in ecosystems, which are then the only built-in ones. ``columns``: own words
    for columns.
    """

    indicators: str | None = None
    ecosystems: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    for_scoring: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading. ``study`` is there only where no error was found."""

    study: Study | None
    findings: tuple[Finding, ...]
    #: Every file that was given, in order, and the sheets of each one that could be read.
    files: tuple[str, ...]
    sheets: Mapping[str, tuple[str, ...]]
    unreadable: bool


@dataclass(slots=True)
class _Given:
    """One workbook that was read."""

    workbook: Workbook
    recognised: Recognised

    def tables(self, kind: str) -> list[Table]:
        return [table for table in self.recognised.tables if table.kind == kind]


@dataclass(slots=True)
class _BuiltIn:
    """What the package brings: a framework, and the ecosystems with their profiles."""

    framework: Draft
    ecosystems: list[Located[Ecosystem]]
    profile: list[Located[ProfileValue]]


def load(paths: Sequence[str | Path], options: Options | None = None) -> Loaded:
    """Read and check files, and merge them into a study.

    Raises :class:`UnknownName` for a framework or ecosystem that is neither a file nor built in.
    """
    return _Loader(options or Options()).load([str(path) for path in paths])


def framework_source(name: str) -> tuple[str, bool]:
    """Path of a framework given by file or id, and whether it is a built-in one. Raises UnknownName."""
    if Path(name).exists():
        return name, False
    id_ = slug(name)
    if id_ in builtin.framework_ids():
        return str(builtin.framework_folder(id_)), True
    if Path(name).suffix:
        return name, False  # meant as a file: the reader says that it is missing
    raise UnknownName("framework", name, builtin.framework_ids())


class _Loader:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.collector = Collector()
        self.column_map = ColumnMap(options.columns)
        self.unreadable = False
        self.sources: list[Source] = []
        self.files: list[str] = []
        self.sheets: dict[str, list[str]] = {}

    # -- files ---------------------------------------------------------------------------------------

    def read(self, path: str) -> _Given | None:
        """One file, recognised; None after a finding."""
        self.files.append(path)
        try:
            workbook = read(path, limits=self.options.limits)
        except Refusal as refusal:
            self.unreadable = True
            place = refusal.place if refusal.place.file else Place(path)
            named = {key: None if value is None else str(value) for key, value in refusal.params.items()}
            self.collector.add(refusal.rule, place, **named)
            return None
        self.sources.append(Source(path=workbook.path, sha256=workbook.sha256))
        for sheet in workbook.sheets:
            self.sheets.setdefault(sheet.file, []).append(sheet.name)
        self.collector.add_notices(workbook.notices)
        return _Given(workbook, recognise(workbook, self.collector, self.column_map))

    def load(self, paths: Sequence[str]) -> Loaded:
        """All files; see :func:`load`."""
        own_framework: _Given | None = None
        built_in_id = builtin.DEFAULT_FRAMEWORK
        if self.options.indicators is not None:
            path, is_built_in = framework_source(self.options.indicators)
            if is_built_in:
                built_in_id = Path(path).name
            else:
                own_framework = self.read(path)
                self._require_framework(own_framework)
        ecosystem_files = [name for name in self.options.ecosystems if Path(name).exists()]
        wanted = {slug(name) for name in self.options.ecosystems if name not in ecosystem_files}
        built_in = _built_in(built_in_id)
        _require_known(wanted, built_in)
        given = [one for one in map(self.read, paths) if one is not None]
        extra = [one for one in map(self.read, ecosystem_files) if one is not None]
        parts = _Parts(self, given, extra, built_in, wanted)
        if own_framework is not None or self.options.indicators is not None:
            self._report_replaced(given)
        framework = self._framework(given, own_framework, built_in, built_in_id)
        study = parts.study(framework)
        findings = tuple(self.collector.findings)
        if self.collector.has_errors or self.unreadable:
            study = None
        return Loaded(
            study=study,
            findings=findings,
            files=tuple(self.files),
            sheets={file: tuple(names) for file, names in self.sheets.items()},
            unreadable=self.unreadable,
        )

    def _require_framework(self, given: _Given | None) -> None:
        if given is not None and "Indicators" not in given.recognised.kinds:
            place = Place(given.workbook.path)
            self.collector.add("framework-without-indicators", place, expected="a sheet Indicators")

    def _report_replaced(self, given: Sequence[_Given]) -> None:
        name = self.options.indicators or ""
        for one in given:
            for kind in FRAMEWORK_SHEETS:
                for table in one.tables(kind):
                    self.collector.add("framework-replaced", table.place(), found=name)

    # -- framework -----------------------------------------------------------------------------------

    def _framework(
        self, given: Sequence[_Given], own: _Given | None, built_in: _BuiltIn, built_in_id: str
    ) -> _ChosenFramework:
        settings_tables = [table for one in given for table in one.tables("Settings")]
        settings, _ = read_settings(settings_tables, self.collector, self.column_map)
        if self.options.indicators is not None and own is None:
            return _ChosenFramework(built_in.framework, built_in_id, settings, own=False)
        sources = [own] if own is not None else self._one_framework(given)
        tables = [table for one in sources for kind in FRAMEWORK_SHEETS for table in one.tables(kind)]
        if not any(table.kind == "Indicators" for table in tables):
            for table in tables:
                self.collector.add(
                    "framework-without-indicators", table.place(), expected="a sheet Indicators"
                )
            return _ChosenFramework(built_in.framework, built_in_id, settings, own=False)
        for table in tables:
            if table.kind == "Dimensions":
                report_columns(table, table.others, self.collector, {})
        names = {located.row.id: located.row.name or "" for located in built_in.framework.dimensions}
        draft = read_framework(tables, self.collector, self.column_map, names)
        check_dimensions(draft, self.collector)
        if own is not None:
            its, _ = read_settings(own.tables("Settings"), self.collector, self.column_map)
            settings = {**settings, **its}
        first = next(table for table in tables if table.kind == "Indicators")
        id_ = slug(str(settings.get("name") or Path(first.sheet.file).stem))
        return _ChosenFramework(draft, id_, settings, own=True)

    def _one_framework(self, given: Sequence[_Given]) -> list[_Given]:
        """The workbooks whose framework sheets are used: a kind of sheet comes from one workbook only."""
        for kind in FRAMEWORK_SHEETS:
            tables = [table for one in given for table in one.tables(kind)]
            if len(tables) > 1:
                for table in tables:
                    other = next(t for t in tables if t is not table)
                    self.collector.add(
                        "framework-twice",
                        table.place(),
                        found=table.sheet.name,
                        sheet=kind,
                        other=other.sheet.file,
                    )
                first = tables[0]
                return [one for one in given if first in one.recognised.tables]
        return list(given)


@dataclass(slots=True)
class _ChosenFramework:
    """The framework of a run, with the settings that the study gives."""

    draft: Draft
    id: str
    settings: dict[str, object]
    #: False for a built-in one, whose rows have been checked long before.
    own: bool

    @property
    def indicators(self) -> dict[str, Indicator]:
        """Those that passed, by id."""
        return {located.row.id: located.row for located in self.draft.indicators}

    @property
    def names(self) -> dict[str, str]:
        """Name of every indicator that was read, by id."""
        names = {located.row.id: located.row.name or located.row.id for located in self.draft.indicators}
        return {**names, **self.draft.names}

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


def _built_in(framework_id: str) -> _BuiltIn:
    """Read what the package brings, with the same code as a user's files."""
    collector, column_map = Collector(), ColumnMap()

    def tables(folder: Path) -> list[Table]:
        return recognise(read(folder), collector, column_map).tables

    framework = tables(builtin.framework_folder(framework_id))
    draft = read_framework(framework, collector, column_map, {})
    settings, _ = read_settings([t for t in framework if t.kind == "Settings"], collector, column_map)
    draft.settings = Settings.model_validate(settings)
    reader = RecordReader(collector, {}, {})
    ecosystems: list[Located[Ecosystem]] = []
    profile: list[Located[ProfileValue]] = []
    for table in tables(builtin.ecosystems_folder()):
        for record in records(table, collector, column_map):
            if table.kind == "Ecosystems":
                _append(ecosystems, reader.read(record, Ecosystem))
            elif table.kind == "Profile":
                _append(profile, reader.read(record, ProfileValue))
    return _BuiltIn(draft, ecosystems, profile)


def _append(rows: list[Located[RowT]], row: Located[RowT] | None) -> None:
    if row is not None:
        rows.append(row)


def _require_known(wanted: Iterable[str], built_in: _BuiltIn) -> None:
    known = [located.row.id for located in built_in.ecosystems]
    for id_ in wanted:
        if id_ not in known:
            raise UnknownName("ecosystem", id_, known)


class _Parts:
    """The rows of a study, sheet by sheet, in the order in which they depend on each other."""

    def __init__(
        self,
        loader: _Loader,
        given: Sequence[_Given],
        extra: Sequence[_Given],
        built_in: _BuiltIn,
        wanted: set[str],
    ) -> None:
        """``extra``: files of which only the ecosystems and profiles count."""
        self.loader = loader
        self.collector = loader.collector
        self.column_map = loader.column_map
        self.given = given
        self.extra = extra
        self.built_in = built_in
        self.wanted = wanted

    def _tables(self, kind: str) -> list[Table]:
        sources = [*self.given, *self.extra] if kind in {"Ecosystems", "Profile"} else self.given
        return [table for one in sources for table in one.tables(kind)]

    def _read(self, kind: str, model: type[RowT], reader: RecordReader) -> list[Located[RowT]]:
        rows: list[Located[RowT]] = []
        for table in self._tables(kind):
            report_columns(table, table.others, self.collector, {})
            for record in records(table, self.collector, self.column_map):
                _append(rows, reader.read(record, model))
        return rows

    def study(self, chosen: _ChosenFramework) -> Study | None:
        """Read everything but the framework; None where nothing can be merged."""
        collector, indicators = self.collector, chosen.indicators
        known: dict[str, Mapping[str, str]] = {"Indicators": chosen.names}
        reader = RecordReader(collector, known, indicators)

        own_ecosystems = keep_unique("Ecosystems", self._read("Ecosystems", Ecosystem, reader), collector)
        ecosystems = {
            located.row.id: located.row
            for located in self.built_in.ecosystems
            if not self.wanted or located.row.id in self.wanted
        }
        ecosystems.update((located.row.id, located.row) for located in own_ecosystems)
        known["Ecosystems"] = {id_: row.name or id_ for id_, row in ecosystems.items()}

        practices, ids = self._practices(reader)
        if self._tables("Practices") or any(one.recognised.fiches for one in self.given):
            known["Practices"] = ids
        adaptations = keep_unique("Adaptations", self._read("Adaptations", Adaptation, reader), collector)
        if "Practices" in known or self._tables("Adaptations"):
            known["Adaptations"] = {
                f"{located.row.practice}\n{located.row.adaptation}": located.row.title or ""
                for located in adaptations
            }
        merits = self._wide("Merits", Merits, chosen, reader)
        requirements = self._wide("Requirements", Requirements, chosen, reader)
        basis = self._read("Basis", Basis, reader)
        assessments = keep_unique("Assessments", self._read("Assessments", Assessment, reader), collector)
        pilots = self._read("Pilots", Pilot, reader)
        own_profile = keep_unique("Profile", self._read("Profile", ProfileValue, reader), collector)
        profile = self._profile(own_profile, chosen, set(ecosystems))

        by_id = {located.row.id: located.row for located in practices}
        plausible.check_home(requirements, by_id, indicators, profile, collector)
        plausible.check_critical(requirements, indicators, collector)
        if self.loader.options.for_scoring:
            self._require_something(practices, [*merits, *requirements, *assessments])
        if collector.has_errors:
            return None
        # everything in it has been validated row by row
        return Study.model_construct(
            practices=by_id,
            merits={located.row.practice: located.row.levels for located in merits},
            requirements={located.row.practice: located.row.levels for located in requirements},
            basis=tuple(located.row for located in basis),
            assessments=tuple(located.row for located in assessments),
            adaptations=tuple(located.row for located in adaptations),
            pilots=tuple(located.row for located in pilots),
            framework=chosen.build(),
            ecosystems=ecosystems,
            profile=profile,
            inputs=tuple(self.loader.sources),
        )

    def _practices(self, reader: RecordReader) -> tuple[list[Located[Practice]], dict[str, str]]:
        """The practices that passed, and id and title of every one that was read."""
        rows: list[Located[Practice]] = []
        ids: dict[str, str] = {}
        found: list[Record] = []
        for table in self._tables("Practices"):
            report_columns(table, table.others, self.collector, {})
            found.extend(records(table, self.collector, self.column_map))
        found.extend(fiche for one in self.given for fiche in one.recognised.fiches)
        for record in found:
            values, sound = reader.values(record)
            title = values.get("title")
            if "id" not in values and isinstance(title, str):
                values["id"] = slug(title)
            if isinstance(values.get("id"), str):
                ids.setdefault(str(values["id"]), str(title or ""))
            if sound:
                _append(rows, reader.build(record, Practice, values))
        return keep_unique("Practices", rows, self.collector), ids

    def _wide(
        self,
        kind: str,
        model: type[RowT],
        chosen: _ChosenFramework,
        reader: RecordReader,
    ) -> list[Located[RowT]]:
        rows: list[Located[RowT]] = []
        words_known = indicator_words(chosen.names, chosen.indicators)
        for table in self._tables(kind):
            columns = wide_columns(table, words_known, chosen.indicators, self.collector)
            rows.extend(read_wide(table, model, columns, reader, self.column_map))  # type: ignore[type-var]
        return keep_unique(kind, rows, self.collector)

    def _profile(
        self, own: Sequence[Located[ProfileValue]], chosen: _ChosenFramework, ecosystems: set[str]
    ) -> dict[str, dict[str, ProfileValue]]:
        """The value that counts for each ecosystem and indicator (design, section 3, merging)."""
        indicators = chosen.indicators
        replaced = {(located.row.ecosystem, located.row.indicator) for located in own}
        unusable = self._unusable(chosen) if chosen.own else set()
        built_in = [
            located.row
            for located in self.built_in.profile
            if located.row.ecosystem in ecosystems
            and located.row.indicator in indicators
            and located.row.indicator not in unusable
            and (located.row.ecosystem, located.row.indicator) not in replaced
        ]
        profile: dict[str, dict[str, ProfileValue]] = {}
        for row in [*built_in, *(located.row for located in own)]:
            held = profile.setdefault(row.ecosystem, {})
            before = held.get(row.indicator)
            # a row without a year is older than any
            if before is None or (row.year or 0) >= (before.year or 0):
                held[row.indicator] = row
        return profile

    def _unusable(self, chosen: _ChosenFramework) -> set[str]:
        """Indicators that share an id with a built-in one, but not its scale."""
        standard = {located.row.id: located.row for located in self.built_in.framework.indicators}
        with_values = {located.row.indicator for located in self.built_in.profile}
        unusable: set[str] = set()
        for located in chosen.draft.indicators:
            row, other = located.row, standard.get(located.row.id)
            if other is not None and _same_scale(row, other):
                continue
            unusable.add(row.id)
            uses_profile = row.role in {Role.NEED, Role.CONDITION}
            if row.id in with_values and uses_profile and other is not None:
                self.collector.add("built-in-value-unused", located.place("id"), header="id", found=row.id)
        return unusable

    def _require_something(self, practices: Sequence[Located[Practice]], rated: Sequence[object]) -> None:
        if self.collector.has_errors:
            return  # what is missing may only have a fault
        place = Place(self.given[0].workbook.path if self.given else "")
        if not practices:
            self.collector.add("nothing-to-score", place, found="no practices", expected="a sheet Practices")
        elif not rated:
            self.collector.add(
                "nothing-to-score",
                place,
                found="no merits, requirements or assessments",
                expected="a sheet Merits, Requirements or Assessments",
            )


def _same_scale(one: Indicator, other: Indicator) -> bool:
    return all(
        abs(getattr(one, name) - getattr(other, name)) <= TOLERANCE for name in ("worst", "best", "step")
    )
