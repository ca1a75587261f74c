"""From files to a study: read, recognise, check, merge. The one entry of ``validate`` and ``score``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dualeco_cli.checks import package_data
from dualeco_cli.checks.choose import choose_framework
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.column_words import ColumnMap, IndicatorNames
from dualeco_cli.checks.judging.judge import judge_framework, judge_study
from dualeco_cli.checks.merge import ECOSYSTEM_SHEETS, Merger
from dualeco_cli.checks.recognise import Recognised, recognise, recognise_wide
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.data import builtin
from dualeco_cli.language import N_, _
from dualeco_cli.model.cells import Place
from dualeco_cli.model.collection import without_collection
from dualeco_cli.model.finding import Finding
from dualeco_cli.model.names import slug
from dualeco_cli.model.study import Source, Study
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.read import read
from dualeco_cli.workbook.refusal import Refusal
from dualeco_cli.workbook.writing import real_path

#: What is said of a name that leads nowhere, by what it was meant as.
_NO_SUCH = {
    "framework": N_('There is no framework "{found}".'),
    "ecosystem": N_('There is no ecosystem "{found}".'),
}


class UnknownName(ValueError):  # noqa: N818 -- it is what is wrong, as the user is told
    """A name given on the command line that leads nowhere."""

    def __init__(self, what: Literal["framework", "ecosystem"], found: str, options: Iterable[str]) -> None:
        self.what = what
        self.found = found
        self.options = tuple(options)
        self.suggestion = nearest(found, self.options)
        told = [_(_NO_SUCH[what]).format(found=found)]
        if self.suggestion:
            told.append(_('Did you mean "{suggestion}"?').format(suggestion=self.suggestion))
        told.append(_("Known: {names}.").format(names=", ".join(self.options)))
        super().__init__(" ".join(told))


@dataclass(frozen=True, slots=True)
class Options:
    """What decides how a study is read.

    ``indicators``: a file, or the id of a built-in framework. ``ecosystems``: files with ecosystems and
    profiles, or ids of built-in ecosystems, which are then the only built-in ones. ``columns``: own words
    for columns. ``judge``: say as well what in a sound framework cannot do what its author meant; that is for
    whoever checks it, not for every score.
    """

    indicators: str | None = None
    ecosystems: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    for_scoring: bool = False
    judge: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading. ``study`` is there only where no error was found."""

    study: Study | None
    findings: tuple[Finding, ...]
    #: Every file that was given, in order, and the sheets of each one that could be read.
    files: tuple[str, ...]
    sheets: Mapping[str, tuple[str, ...]]
    unreadable: bool


def load(paths: Sequence[str | Path], options: Options | None = None) -> Loaded:
    """Read and check files, and merge them into a study.

    Raises :class:`UnknownName` for a framework or ecosystem that is neither a file nor built in.
    """
    with without_collection():
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
    """Reads the files of one run."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.collector = Collector()
        self.column_map = ColumnMap(options.columns)
        self.unreadable = False
        self.sources: list[Source] = []
        self.files: list[str] = []
        self.sheets: dict[str, list[str]] = {}
        self._read: set[Path] = set()

    def load(self, paths: Sequence[str]) -> Loaded:
        """All files; see :func:`load`."""
        own: Recognised | None = None
        built_in_id: str | None = None
        if self.options.indicators is not None:
            path, is_built_in = framework_source(self.options.indicators)
            if is_built_in:
                built_in_id = Path(path).name
            else:
                own = self._open(path)
                self._read.clear()  # the same file may be given as a part of the study as well
        ecosystem_files = [name for name in self.options.ecosystems if Path(name).exists() or _is_file(name)]
        wanted = {slug(name) for name in self.options.ecosystems if name not in ecosystem_files}
        _require_known(wanted)
        given = [one for one in map(self._open, paths) if one is not None]
        extra = [one for one in map(self._open, ecosystem_files) if one is not None]
        for one in extra:
            if one.kinds.isdisjoint(ECOSYSTEM_SHEETS):
                place = Place(one.workbook.path)
                expected = _("a sheet Ecosystems or a sheet Profile")
                self.collector.add(
                    "ecosystems-missing", place, found=Path(one.workbook.path).name, expected=expected
                )
        chosen = choose_framework(
            self.collector,
            given,
            own,
            option=self.options.indicators,
            built_in_id=built_in_id,
            complete=not self.unreadable,
        )
        judge = self.options.judge and not self.unreadable
        if judge and chosen.own and not self.collector.has_errors:
            judge_framework(chosen.draft, chosen.build(), self.collector)
        names = IndicatorNames.of(chosen.names.names, chosen.indicators, complete=chosen.names.complete)
        for one in [*given, *extra]:
            recognise_wide(one, self.collector, self.column_map, names)
        merger = Merger(self.collector, given, extra, chosen, names, wanted, unreadable=self.unreadable)
        study = merger.study(tuple(self.sources), for_scoring=self.options.for_scoring)
        if judge and study is not None:
            own_framework = chosen.draft if chosen.own else None
            judge_study(study, own_framework, merger.rated, merger.assessed, self.collector)
        return Loaded(
            study=None if self.collector.has_errors or self.unreadable else study,
            # a file that is given as framework and as study is looked at twice
            findings=tuple(dict.fromkeys(self.collector.findings)),
            files=tuple(self.files),
            sheets={file: tuple(names) for file, names in self.sheets.items()},
            unreadable=self.unreadable,
        )

    def _open(self, path: str) -> Recognised | None:
        """One file, recognised; None after a finding, or where it has been read under another spelling."""
        resolved = real_path(path)
        if resolved in self._read:
            return None
        self._read.add(resolved)
        if path not in self.files:
            self.files.append(path)
        try:
            workbook = read(path, limits=self.options.limits)
        except Refusal as refusal:
            self.unreadable = True
            place = refusal.place if refusal.place.file else Place(path)
            named = {key: None if value is None else str(value) for key, value in refusal.params.items()}
            self.collector.add(refusal.rule, place, **named)
            return None
        source = Source(path=workbook.path, sha256=workbook.sha256)
        if source not in self.sources:
            self.sources.append(source)
        for sheet in workbook.sheets:
            if sheet.name not in self.sheets.setdefault(sheet.file, []):
                self.sheets[sheet.file].append(sheet.name)
        self.collector.add_notices(workbook.notices)
        return recognise(workbook, self.collector, self.column_map)


def _is_file(name: str) -> bool:
    """Whether a name that is no built-in ecosystem is meant as a file: the reader says that it is missing."""
    return bool(Path(name).suffix)


def _require_known(wanted: Iterable[str]) -> None:
    known = [located.row.id for located in package_data.ecosystems().ecosystems]
    for id_ in wanted:
        if id_ not in known:
            raise UnknownName("ecosystem", id_, known)
