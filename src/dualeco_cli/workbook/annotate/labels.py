"""What a severity is called in notes, and how notes of an earlier run are known by it, in any language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dualeco_cli.language import LANGUAGES, N_, _, speaking
from dualeco_cli.model.finding import Severity

#: Worst first.
_LABELS: Mapping[Severity, str] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("note"),
}
RANK: Mapping[Severity, int] = {severity: rank for rank, severity in enumerate(_LABELS)}


def label(severity: Severity) -> str:
    """What a severity is called."""
    return _(_LABELS[severity])


def heading(severity: Severity, code: str, name: str) -> str:
    """The first line of what a note says of a finding: ``ERROR C102 number-expected``."""
    return f"{label(severity).upper()} {code} {name}"


@cache
def known_headings() -> re.Pattern[str]:
    """How the first line of a note begins, in any of the languages."""
    known = set()
    for language in LANGUAGES:
        with speaking(language):
            known |= {label(severity).upper() for severity in Severity}
    either = "|".join(re.escape(text) for text in sorted(known))
    return re.compile(rf"(?:{either}) [A-Z][0-9]{{3}} [a-z-]+\n")


def begins_like_ours(text: str) -> bool:
    """Whether a note begins with such a line, in any language in which dualeco may have written it."""
    return known_headings().match(text) is not None
