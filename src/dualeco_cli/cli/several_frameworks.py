"""``dualeco score --indicators A --indicators B``: one study, ranked with several frameworks side by side.

A study for two frameworks has columns, judgements and values for the indicators of both. Read with one of
them alone, what belongs to the other would be references that lead nowhere. So the files are read once, with
the indicators of all frameworks, and then looked at with each framework as if it were the only one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import typer
from typer.core import TyperCommand

from dualeco_cli.cli.say import stop
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.checks.load import Loaded
    from dualeco_cli.model.result import Report
    from dualeco_cli.model.rows import Adaptation, Assessment, Basis, Indicator, Level, Settings
    from dualeco_cli.model.study import Framework, Source, Study
    from dualeco_cli.reports.frameworks_view import Accord
    from dualeco_cli.spread.ways import Way
    from dualeco_cli.workbook.limits import Limits

    _Cited = TypeVar("_Cited", Basis, Assessment, Adaptation)

#: compensation, samples, seed, weight_spread, weights
MethodArguments: TypeAlias = tuple[str | None, int | None, int, float, str]

#: What two indicators with one id must have in common for a cell to mean the same with both.
_MEANING = ("role", "worst", "best", "step")
_COLUMNS = ("id", "dimension", "name", "role", "worst", "best", "step", "match", "critical", "objective")
#: The one dimension of the indicators while they are read together.
_TOGETHER = "together"


class WithSeveralFrameworks(TyperCommand):
    """The command of a repeatable ``--indicators``: a settings file may still give one as a plain text."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Make a list of the plain text, which would be refused where several may be given."""
        defaults = (parent.default_map or {}).get(info_name) if parent is not None and info_name else None
        if isinstance(defaults, dict) and isinstance(defaults.get("indicators"), str):
            defaults["indicators"] = [defaults["indicators"]]
        return super().make_context(info_name, args, parent, **extra)


@dataclass(frozen=True, slots=True)
class Framed:
    """A study as one of the frameworks sees it. ``label`` tells frameworks of one name apart."""

    label: str
    study: Study


@dataclass(frozen=True, slots=True)
class Alone:
    """A framework before the study: itself, the settings that its file gives, and the file."""

    framework: Framework
    built_in: bool
    given: Mapping[str, object]
    inputs: tuple[Source, ...]


def only_one(names: Sequence[str] | None) -> str | None:
    """The framework of a command that takes one: the first, if any."""
    return names[0] if names else None


def score_several(
    context: typer.Context,
    workbooks: Sequence[str],
    frameworks: Sequence[str],
    *,
    targets: Sequence[str] | None,
    ecosystems: Sequence[str] | None,
    method: MethodArguments,
    outputs: Sequence[str],
    quiet: bool,
    fail_under: float | None,
    way: Way | None = None,
    max_file_size: int | None = None,
    max_cells: int | None = None,
    refused: Mapping[str, object] | None = None,
) -> None:
    """Score a study with each framework, and show the rankings side by side.

    Args:
        context: the context of the command.
        workbooks: the files of the study.
        frameworks: files or ids, two or more.
        targets: as given on the command line.
        ecosystems: as given on the command line.
        method: the arguments of :func:`dualeco_cli.cli.scoring.method_of` after the study.
        outputs: report files; each is written once for each framework.
        quiet: print nothing.
        fail_under: the least score, of any framework.
        way: who shares the work.
        max_file_size: see the command.
        max_cells: see the command.
        refused: options that make sense with one framework only, with their values.
    """
    from dualeco_cli.cli.reading import resolve_targets
    from dualeco_cli.cli.score import fail_below
    from dualeco_cli.cli.scoring import method_of, score_study
    from dualeco_cli.cli.writing import check_outputs, write_reports
    from dualeco_cli.workbook.limits import Limits

    for option, value in (refused or {}).items():
        if value:
            stop(_("{option} works with one framework; give --indicators once.").format(option=option))
    limits = Limits.of(max_file_size=max_file_size, max_cells=max_cells)
    alone = frameworks_of(context, frameworks, limits)
    named = {label: [_with_label(name, label) for name in outputs] for label in alone}
    for names in named.values():
        check_outputs(names, workbooks)
    framed = load_several(
        context,
        workbooks,
        alone,
        ecosystems=ecosystems,
        quiet=quiet,
        max_file_size=max_file_size,
        max_cells=max_cells,
    )
    # what "all" stands for depends on what a framework asks of a region
    wanted = list(dict.fromkeys(id_ for one in framed for id_ in resolve_targets(one.study, targets)))
    reports = {
        one.label: score_study(one.study, wanted, method_of(one.study, *method), way=way, quiet=quiet)
        for one in framed
    }
    if not quiet:
        from dualeco_cli.reports.frameworks_view import side_by_side_text
        from dualeco_cli.reports.terminal import Screen, emit

        accords = {id_: accords_of(reports, id_) for id_ in wanted}
        emit(side_by_side_text(reports, accords, framed[0].study, Screen.of(sys.stdout)), sys.stdout)
    for one in framed:
        write_reports(reports[one.label], one.study, named[one.label], quiet=quiet)
    for report in reports.values():
        fail_below(report, fail_under)


def _with_label(output: str, label: str) -> str:
    """``scores.xlsx`` of the framework tide is ``scores-tide.xlsx``."""
    path = Path(output)
    return str(path.with_name(f"{path.stem}-{label}{path.suffix}"))


# -- reading ---------------------------------------------------------------------------------------


def frameworks_of(context: typer.Context, names: Sequence[str], limits: Limits) -> dict[str, Alone]:
    """The frameworks by label. Ends the run for one with errors, one given twice, and two at odds."""
    from dualeco_cli.checks.load import framework_source
    from dualeco_cli.cli.reading import load_files, study_of

    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        stop(_('the framework "{name}" is given twice.').format(name=twice))
    found = []
    for name in names:
        loaded = load_files(context, [], indicators=name, ecosystems=None)
        study = study_of(loaded, quiet=True)
        built_in = framework_source(name)[1]
        given = {} if built_in else _given_settings(context, [name], loaded, limits)
        found.append(Alone(study.framework, built_in, given, study.inputs))
    labelled = dict(zip(_labels(names, [one.framework.id for one in found]), found, strict=True))
    _require_one_meaning({label: one.framework for label, one in labelled.items()})
    return labelled


def _labels(names: Sequence[str], ids: Sequence[str]) -> list[str]:
    """What the frameworks are called: by id, a changed copy that kept the id by its file."""
    from dualeco_cli.model.names import slug

    taken = Counter(ids)
    labels = [id_ if taken[id_] == 1 else slug(Path(name).stem) for name, id_ in zip(names, ids, strict=True)]
    if len(set(labels)) == len(labels):
        return labels
    return [f"{label}-{place}" for place, label in enumerate(labels, 1)]


def _require_one_meaning(frameworks: Mapping[str, Framework]) -> None:
    """End the run where one id stands for two things: a cell could be right with one of them only."""
    seen: dict[str, tuple[str, Indicator]] = {}
    for label, framework in frameworks.items():
        for indicator in framework.indicators:
            first, other = seen.setdefault(indicator.id, (label, indicator))
            if any(getattr(indicator, name) != getattr(other, name) for name in _MEANING):
                said = _(
                    'the frameworks {first} and {second} both have an indicator "{indicator}", but with '
                    "another role or on another scale: give it another id in one of them."
                )
                stop(said.format(first=first, second=label, indicator=indicator.id))


def load_several(
    context: typer.Context,
    workbooks: Sequence[str],
    alone: Mapping[str, Alone],
    *,
    ecosystems: Sequence[str] | None,
    quiet: bool,
    max_file_size: int | None = None,
    max_cells: int | None = None,
) -> list[Framed]:
    """The study as each framework sees it. Ends the run where it has errors."""
    from dualeco_cli.cli.reading import load_files, study_of
    from dualeco_cli.workbook.limits import Limits

    with _together([one.framework for one in alone.values()]) as folder:
        loaded = _without(
            load_files(
                context,
                workbooks,
                indicators=folder,
                ecosystems=ecosystems,
                max_file_size=max_file_size,
                max_cells=max_cells,
                for_scoring=True,
            ),
            folder,
        )
    study = study_of(loaded, quiet=quiet)
    limits = Limits.of(max_file_size=max_file_size, max_cells=max_cells)
    given = _given_settings(context, workbooks, loaded, limits)
    inputs = tuple(source for source in study.inputs if source.path != folder)
    return [
        Framed(label, _seen_with(study, one, given, (*one.inputs, *inputs))) for label, one in alone.items()
    ]


@contextmanager
def _together(frameworks: Iterable[Framework]) -> Iterator[str]:
    """A folder with the indicators of all frameworks in one dimension, while the files are read."""
    from tempfile import TemporaryDirectory

    indicators = {row.id: row for framework in reversed([*frameworks]) for row in framework.indicators}
    try:
        folder = TemporaryDirectory(prefix="dualeco-")
        _write(Path(folder.name) / "Dimensions.csv", [("id", "name"), (_TOGETHER, _TOGETHER)])
        _write(Path(folder.name) / "Indicators.csv", [_COLUMNS, *map(_row, indicators.values())])
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        stop(_("no temporary folder can be made: {reason}.").format(reason=reason))
    with folder as name:
        yield name


def _write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _row(indicator: Indicator) -> tuple[object, ...]:
    """An indicator as a row of the sheet Indicators, with what matters for reading cells."""
    from dualeco_cli.model.rows import Role

    condition = indicator.role is Role.CONDITION
    return (
        indicator.id,
        _TOGETHER,
        indicator.name,
        indicator.role.value,
        indicator.worst,
        indicator.best,
        "continuous" if indicator.continuous else indicator.step,
        indicator.match.value if condition else None,
        ("yes" if indicator.critical else "no") if condition else None,
        indicator.objective.value if indicator.objective is not None else None,
    )


def _without(loaded: Loaded, folder: str) -> Loaded:
    """What was loaded without a word on the folder, of which the user knows nothing."""
    return replace(
        loaded,
        findings=tuple(
            finding
            for finding in loaded.findings
            if not finding.file.startswith(folder) and finding.found != folder
        ),
        files=tuple(file for file in loaded.files if file != folder),
        sheets={file: sheets for file, sheets in loaded.sheets.items() if not file.startswith(folder)},
    )


def _given_settings(
    context: typer.Context, names: Sequence[str], loaded: Loaded, limits: Limits
) -> dict[str, object]:
    """The settings that these of the loaded files give themselves.

    A study that was loaded does not tell what was given from what is the default; so the files that may have
    a sheet Settings are looked at again.
    """
    from dualeco_cli.checks.collector import Collector
    from dualeco_cli.checks.column_words import ColumnMap
    from dualeco_cli.checks.recognise import recognise
    from dualeco_cli.checks.settings import read_settings
    from dualeco_cli.cli.config import columns_of
    from dualeco_cli.cli.reading import expand
    from dualeco_cli.data import words
    from dualeco_cli.model.names import fold
    from dualeco_cli.workbook.read import read

    silent, column_map = Collector(), ColumnMap(columns_of(context))
    tables = []
    for path in expand(names):
        sheets = [name for file, held in loaded.sheets.items() if _is_of(file, path) for name in held]
        # a sheet without a known name may be one by its headers
        if {words.sheet_words().get(fold(name)) for name in sheets} & {"Settings", None}:
            tables += recognise(read(path, limits=limits), silent, column_map).of_kind("Settings")
    return read_settings(tables, silent)


def _is_of(file: str, path: str) -> bool:
    """Whether a file is the one given, or in the folder given."""
    return file == path or Path(path) in Path(file).parents


def _seen_with(study: Study, one: Alone, given: Mapping[str, object], inputs: tuple[Source, ...]) -> Study:
    """The study with one framework, and nothing of what belongs to the others."""
    ids = {indicator.id for indicator in one.framework.indicators}
    return study.model_copy(
        update={
            "framework": one.framework.model_copy(update={"settings": _settings(one, given)}),
            "merits": _levels(study.merits, ids),
            "requirements": _levels(study.requirements, ids),
            "basis": _cited(study.basis, ids),
            "assessments": _cited(study.assessments, ids),
            "adaptations": _cited(study.adaptations, ids),
            "profile": {
                ecosystem: {id_: value for id_, value in values.items() if id_ in ids}
                for ecosystem, values in study.profile.items()
            },
            "inputs": inputs,
        }
    )


def _settings(one: Alone, given: Mapping[str, object]) -> Settings:
    """The settings of a framework in a study that may give some itself (see ``checks/choose.py``)."""
    from dualeco_cli.model.rows import Settings

    if one.built_in:
        return Settings.model_validate({**one.framework.settings.model_dump(), **given})
    return Settings.model_validate({**given, **one.given})


def _levels(rows: Mapping[str, Mapping[str, Level]], ids: set[str]) -> dict[str, dict[str, Level]]:
    return {
        practice: {id_: level for id_, level in levels.items() if id_ in ids}
        for practice, levels in rows.items()
    }


def _cited(rows: Iterable[_Cited], ids: set[str]) -> tuple[_Cited, ...]:
    return tuple(row for row in rows if row.indicator in ids)


# -- comparing -------------------------------------------------------------------------------------


def accords_of(reports: Mapping[str, Report], target: str) -> list[Accord]:
    """How far each two rankings for a target go together.

    Kendall's tau-b of the scores of the practices that both of them rank: where one does not rank a practice
    there is nothing to compare.
    """
    import numpy as np

    from dualeco_cli.reports.frameworks_view import Accord
    from dualeco_cli.scoring.association import kendall_tau_b

    ranked: dict[str, dict[str, float]] = {}
    for label, report in reports.items():
        practices = next(one.practices for one in report.targets if one.id == target)
        ranked[label] = {p.id: p.score for p in practices if p.rank is not None and p.score is not None}
    found = []
    for first, second in combinations(reports, 2):
        both = [id_ for id_ in ranked[first] if id_ in ranked[second]]
        tau = kendall_tau_b(
            np.array([ranked[first][id_] for id_ in both], dtype=np.float64),
            np.array([ranked[second][id_] for id_ in both], dtype=np.float64),
        )
        found.append(Accord(first, second, tau, len(both)))
    return found
