"""Where the rules put their findings."""

from __future__ import annotations

from collections.abc import Iterable

from dualeco_cli.checks.catalogue import BY_NAME
from dualeco_cli.model.cells import Notice, Place
from dualeco_cli.model.finding import Finding, Severity

#: What people wrote is quoted in messages up to this many characters.
LONGEST_QUOTE = 80


def quote(text: str) -> str:
    """What somebody wrote, in quotation marks and cut to a readable length."""
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 1] + "…"
    return f'"{text}"'


class Collector:
    """Collects findings in the order in which the rules meet them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(
        self,
        rule: str,
        place: Place,
        *,
        header: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        suggestion: str | None = None,
        **params: object,
    ) -> None:
        """Put a finding of the rule with that name. Raises KeyError for a rule that is not in the catalogue."""
        known = BY_NAME[rule]
        values: dict[str, object] = {
            "sheet": place.sheet,
            "cell": place.cell,
            "row": place.row,
            "header": quote(header) if header else "The cell",
            "found": quote(found) if found is not None else "nothing",
            "expected": expected,
            "suggestion": quote(suggestion) if suggestion else None,
            **params,
        }
        self.findings.append(
            Finding(
                code=known.code,
                name=known.name,
                severity=known.severity,
                file=place.file,
                sheet=place.sheet,
                cell=place.cell,
                header=header,
                found=found,
                expected=expected,
                suggestion=suggestion,
                message=known.say(values),
            )
        )

    def add_notices(self, notices: Iterable[Notice]) -> None:
        """Put what the reader of a file wanted to be told."""
        for notice in notices:
            named = {key: None if value is None else str(value) for key, value in notice.params.items()}
            self.add(notice.rule, notice.place, **named)

    @property
    def has_errors(self) -> bool:
        """Whether there is an error among the findings."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
