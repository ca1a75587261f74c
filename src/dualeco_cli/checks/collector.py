"""Where the rules put their findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dualeco_cli.checks.catalogue import BY_NAME
from dualeco_cli.checks.lookalike import foreign_letter
from dualeco_cli.language import _, grouped
from dualeco_cli.model.cells import Notice, Place
from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.model.names import fold

#: What people wrote is quoted in messages up to this many characters.
LONGEST_QUOTE = 80

#: More findings of one severity than anybody mends one by one would only fill the memory of the computer.
MOST_FINDINGS = 100_000


def quote(text: str) -> str:
    """What somebody wrote, in quotation marks and cut to a readable length."""
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 1] + "…"
    return f'"{text}"'


class Collector:
    """Collects findings in the order in which the rules meet them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._counts: Counter[Severity] = Counter()
        self._cut = False

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
        """Put a finding of the rule with that name. Raises KeyError for one that is not in the catalogue."""
        known = BY_NAME[rule]
        if self._counts[known.severity] >= MOST_FINDINGS:
            if not self._cut:
                self._cut = True
                self._put("findings-cut", Place(place.file), limit=grouped(MOST_FINDINGS))
            return
        self._counts[known.severity] += 1
        self._put(rule, place, header=header, found=found, expected=expected, suggestion=suggestion, **params)

    def _put(
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
        known = BY_NAME[rule]
        values: dict[str, object] = {
            "sheet": place.sheet,
            "cell": place.cell,
            "row": place.row,
            "header": quote(header) if header else _("The cell"),
            "found": quote(found) if found is not None else _("nothing"),
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
                message=known.say(values) + _about_letters(found, suggestion),
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
        return self._counts[Severity.ERROR] > 0


def _about_letters(found: str | None, suggestion: str | None) -> str:
    """What to add where the two look the same: nobody could see what the suggestion is about."""
    if found is None or suggestion is None or found.isascii() or fold(found) == fold(suggestion):
        return ""
    match foreign_letter(found):
        case letter, "Greek":
            text = _('Look closely: the "{letter}" in it is Greek.')
        case letter, _alphabet:
            text = _('Look closely: the "{letter}" in it is Cyrillic.')
        case _nothing:
            return ""
    return " " + text.format(letter=letter)
