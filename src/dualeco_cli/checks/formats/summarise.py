"""Findings as the rules met them, made into a report with an order that does not depend on that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from dualeco_cli.checks.formats.places import position
from dualeco_cli.model.finding import Finding, FindingsReport, FindingsSummary, Severity


def summarise(
    findings: Iterable[Finding],
    files: Sequence[str],
    sheets: Mapping[str, Sequence[str]] | None = None,
) -> FindingsReport:
    """The report on ``files``, which count also where nothing was found in them.

    Order: file as given, sheet as in ``sheets`` (those not named there follow as they come), row, column,
    code. What is about a file or a sheet as a whole comes first in it. The same finding twice is one.
    """
    unique = list(dict.fromkeys(findings))
    file_ranks = _file_ranks(unique, files)
    sheet_ranks = _sheet_ranks(unique, sheets or {})

    def order(finding: Finding) -> tuple[int, int, int, int, str]:
        row, column = position(finding.cell)
        sheet = sheet_ranks[finding.file, finding.sheet]
        return (file_ranks[finding.file], sheet, row or 0, column or 0, finding.code)

    unique.sort(key=order)
    counts = Counter(finding.severity for finding in unique)
    return FindingsReport(
        findings=tuple(unique),
        summary=FindingsSummary(
            files=len(dict.fromkeys(files)),
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
        ),
    )


def _file_ranks(findings: Sequence[Finding], files: Sequence[str]) -> dict[str, int]:
    """A file in a folder that was given has the folder's rank; files never given come last."""
    given = {file: rank for rank, file in reversed(list(enumerate(files)))}
    ranks: dict[str, int] = {}
    for finding in findings:
        if finding.file not in ranks:
            above = (str(folder) for folder in PurePath(finding.file).parents)
            names = (name for name in (finding.file, *above) if name in given)
            ranks[finding.file] = given.get(next(names, ""), len(files))
    # Files of one folder must not mix.
    by_rank = sorted(ranks, key=lambda file: (ranks[file], file))
    return {file: place for place, file in enumerate(by_rank)}


def _sheet_ranks(
    findings: Sequence[Finding], sheets: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str | None], int]:
    named = dict.fromkeys((file, name) for file, names in sheets.items() for name in names)
    met = dict.fromkeys((finding.file, finding.sheet) for finding in findings if finding.sheet is not None)
    ranks: dict[tuple[str, str | None], int] = {key: rank for rank, key in enumerate((named | met), start=1)}
    ranks.update({(finding.file, None): 0 for finding in findings})
    return ranks
