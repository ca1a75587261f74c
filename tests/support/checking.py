"""Loads what a test wrote and says what was found, briefly enough to be read beside the sheets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dualeco_cli.checks.load import Loaded, Options, load
from dualeco_cli.model.finding import Finding
from dualeco_cli.model.study import Study

from .sheets import workbook


def check(folder: Path, *texts: str, **options: Any) -> Loaded:
    """Load workbooks with these sheets: ``study.xlsx``, then ``study2.xlsx`` and so on."""
    names = ["study.xlsx", *(f"study{number}.xlsx" for number in range(2, len(texts) + 1))]
    paths = [workbook(folder, text, name) for text, name in zip(texts, names, strict=True)]
    return load(paths, Options(**options))


def said(loaded: Loaded | Iterable[Finding]) -> list[str]:
    """The findings as ``C113 Requirements!B2``, in no particular order but a stable one."""
    findings = loaded.findings if isinstance(loaded, Loaded) else loaded
    return sorted(where(finding) for finding in findings)


def where(finding: Finding) -> str:
    """``C113 Requirements!B2``, ``S101 Notes`` or ``F101``."""
    if finding.sheet is None:
        return finding.code
    return f"{finding.code} {finding.sheet}" + (f"!{finding.cell}" if finding.cell else "")


def only(loaded: Loaded, code: str) -> Finding:
    """The one finding with that code."""
    found = [finding for finding in loaded.findings if finding.code == code]
    assert len(found) == 1, said(loaded)
    return found[0]


def study_of(loaded: Loaded) -> Study:
    """The study, where nothing stands against it."""
    assert loaded.study is not None, [finding.message for finding in loaded.findings]
    return loaded.study
