"""The engine as a Python API, for notebooks.

from dualeco_cli import load_study, score

study = load_study("practices.xlsx")
result = score(study, "lombardy")
result.practices       # a pandas data frame: one row per target and practice
result.indicators      # one row per target, practice and indicator
result.report          # everything, as the model of the JSON report
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.model.result import Method, Report
from dualeco_cli.model.study import Study
from dualeco_cli.version import __version__

if TYPE_CHECKING:
    import pandas as pd


class StudyError(ValueError):
    """The files have errors. ``findings`` holds all findings, warnings included."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        shown = "\n".join(
            f"  {finding.file}"
            + (f" {finding.sheet}!{finding.cell}" if finding.sheet and finding.cell else "")
            + f": {finding.message}"
            for finding in errors[:20]
        )
        more = f"\n  and {len(errors) - 20} more" if len(errors) > 20 else ""
        super().__init__(f"{len(errors)} errors in the study:\n{shown}{more}")


@dataclass(frozen=True)
class Result:
    """The outcome of :func:`score`."""

    report: Report
    study: Study

    @property
    def practices(self) -> pd.DataFrame:
        """One row per target and practice, in the order of the ranking."""
        from dualeco_cli.reports.frames import practices_frame  # noqa: PLC0415  # pandas takes its time

        return practices_frame(self.report)

    @property
    def indicators(self) -> pd.DataFrame:
        """One row per target, practice and indicator."""
        from dualeco_cli.reports.frames import indicators_frame  # noqa: PLC0415  # pandas takes its time

        return indicators_frame(self.report)


def load_study(
    *paths: str | Path,
    indicators: str | Path | None = None,
    ecosystems: Iterable[str | Path] = (),
) -> Study:
    """Read, check and merge workbooks.

    Args:
        paths: workbooks, CSV files or folders of CSV files.
        indicators: a framework: a file, or the id of a built-in one.
        ecosystems: files with ecosystems and profiles, or ids of built-in ones.

    Raises:
        StudyError: the files have errors, or one cannot be read.
        UnknownName: a framework or an ecosystem that is neither a file nor built in.
    """
    from dualeco_cli.checks.load import Options, load  # noqa: PLC0415  # the readers take their time

    options = Options(
        indicators=None if indicators is None else str(indicators),
        ecosystems=tuple(map(str, ecosystems)),
        for_scoring=True,
    )
    loaded = load(paths, options)
    if loaded.study is None:
        raise StudyError(loaded.findings)
    return loaded.study


def method_for(
    study: Study,
    *,
    compensation: float | str | None = None,
    samples: int = 10_000,
    seed: int = 0,
    weight_spread: float = 0.5,
    weights: str = "spread",
) -> Method:
    """The method of a run: what is given, else the study's settings.

    Raises:
        ValueError: a compensation that is neither a word nor a number of at most 1, a spread outside 0 to 1.
    """
    from dualeco_cli.scoring.aggregate import compensation as as_reported  # noqa: PLC0415  # numpy
    from dualeco_cli.scoring.aggregate import exponent  # noqa: PLC0415

    settings = study.framework.settings
    wanted = settings.compensation if compensation is None else _number_or_word(compensation)
    if weights not in {"spread", "any"}:
        raise ValueError(f'weights are "spread" or "any", not "{weights}"')
    if not 0 <= weight_spread < 1:
        raise ValueError(f"the weight spread is a number from 0 to below 1, not {weight_spread}")
    return Method(
        compensation=as_reported(exponent(wanted)),
        samples=samples,
        seed=seed,
        weights="any" if weights == "any" else "spread",
        weight_spread=weight_spread,
        min_coverage=settings.min_coverage,
        transferable_from=settings.transferable_from,
        adaptable_from=settings.adaptable_from,
    )


def _number_or_word(text: float | str) -> float | str:
    if isinstance(text, str):
        word = text.strip().casefold()
        try:
            return float(word.replace(",", "."))
        except ValueError:
            return word
    return text


def report_for(
    study: Study, targets: Iterable[str], method: Method, progress: Callable[[int], None] | None = None
) -> Report:
    """The report of a study for these targets, by id. ``progress`` is told of draws as they are done."""
    from dualeco_cli.scoring.assemble import score as assemble  # noqa: PLC0415  # numpy takes its time
    from dualeco_cli.scoring.firmness import examiner  # noqa: PLC0415

    return assemble(study, targets, method, __version__, examine=examiner(progress))


def score(
    study: Study,
    targets: str | Iterable[str],
    *,
    compensation: float | str | None = None,
    samples: int = 10_000,
    seed: int = 0,
    weight_spread: float = 0.5,
    weights: str = "spread",
) -> Result:
    """Rate the practices of a study for one or more targets (ids of ecosystems, or ``"all"``).

    Raises:
        KeyError: a target that the study does not have.
        ValueError: see :func:`method_for`.
    """
    wanted = [targets] if isinstance(targets, str) else list(targets)
    ids = [id_ for name in wanted for id_ in (study.targets() if name == "all" else (name,))]
    for id_ in ids:
        if id_ not in study.ecosystems:
            raise KeyError(f"no ecosystem {id_!r}; known are {', '.join(study.ecosystems)}")
    method = method_for(
        study,
        compensation=compensation,
        samples=samples,
        seed=seed,
        weight_spread=weight_spread,
        weights=weights,
    )
    return Result(report_for(study, ids, method), study)
