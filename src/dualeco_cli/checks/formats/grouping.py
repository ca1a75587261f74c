"""Findings that are alike, told once: one fault in every row of a column is one thing to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dualeco_cli.checks.formats.base import RANK, label
from dualeco_cli.checks.formats.escape import shortened, visible
from dualeco_cli.checks.formats.places import column_of, position
from dualeco_cli.language import _, plural
from dualeco_cli.model.finding import Finding, Severity

#: Up to so many places are all named, of more only the first ones.
ALL_PLACES, FIRST_PLACES = 5, 3

#: So many different messages, or expectations, of one group are told.
DIFFERENT = 3

#: From here on a quotation in a message may have been cut.
_COMPARED = 70


@dataclass(slots=True)
class Group:
    """Findings of one rule in one column of a sheet; there is always at least one."""

    file: str
    sheet: str | None
    column: str | None
    findings: list[Finding] = field(default_factory=list)

    @property
    def first(self) -> Finding:
        """The finding that stands for the group."""
        return self.findings[0]

    @property
    def title(self) -> str:
        """``C102 number-expected``."""
        return f"{self.first.code} {self.first.name}"

    @property
    def heading(self) -> str:
        """``error C102 number-expected``."""
        return f"{label(self.first.severity)} {self.title}"

    def places(self) -> str:
        """``E3, E7, E9 …``; empty where the findings are about a sheet or a file as a whole."""
        cells = list(dict.fromkeys(_place(finding) for finding in self.findings if finding.cell))
        if len(cells) <= ALL_PLACES:
            return ", ".join(cells)
        return f"{', '.join(cells[:FIRST_PLACES])} …"

    def where(self) -> str:
        """``12 cells in column E "Rating": E3, E7, E9 …``; empty for a sheet or a file as a whole."""
        places = self.places()
        if not places:
            return ""
        number = len({finding.cell for finding in self.findings})
        if self.column is None:
            rows = all(column_of(finding.cell) is None for finding in self.findings)
            if number == 1:
                return _("row {row}").format(row=places) if rows else _("cell {cell}").format(cell=places)
            if rows:
                return plural("{count} row: {places}", "{count} rows: {places}", number, places=places)
            return plural("{count} cell: {places}", "{count} cells: {places}", number, places=places)
        header = f'"{shortened(self.first.header, 60)}"' if self.first.header else ""
        if number == 1:
            if header:
                return _("cell {cell} ({header})").format(cell=places, header=header)
            return _("cell {cell}").format(cell=places)
        column = f"{self.column} {header}".rstrip()
        return plural(
            "{count} cell in column {column}: {places}",
            "{count} cells in column {column}: {places}",
            number,
            column=column,
            places=places,
        )

    def messages(self) -> list[str]:
        """Every different message once."""
        return list(dict.fromkeys(full_message(finding) for finding in self.findings))

    def said(self) -> list[str]:
        """What the findings say, a line each: the different messages, then what was expected."""
        places: dict[str, str] = {}
        for finding in self.findings:
            places.setdefault(full_message(finding), _place(finding))
        # Cells repeat a fault; what is said of a sheet as a whole, such as its missing columns, does not.
        most = DIFFERENT if self.first.cell else len(places)
        shown = list(places.items())[:most]
        lines = [f"{place}: {text}" if place and len(places) > 1 else text for text, place in shown]
        if len(places) > most:
            left = len(places) - most
            lines.append(
                plural(
                    "… and {count} message more like these", "… and {count} messages more like these", left
                )
            )
        return lines + self._expected()

    def _expected(self) -> list[str]:
        texts = dict.fromkeys(
            shortened(finding.expected)
            for finding in self.findings
            if finding.expected and not mentions(finding.message, finding.expected)
        )
        if not texts:
            return []
        more = " …" if len(texts) > DIFFERENT else ""
        return [_("expected: {texts}").format(texts="; ".join(list(texts)[:DIFFERENT]) + more)]


def _place(finding: Finding) -> str:
    row, column = position(finding.cell)
    return str(row) if row is not None and column is None else visible(finding.cell or "")


def mentions(message: str, text: str) -> bool:
    """Whether the message quotes the text, perhaps cut; ``14`` does not quote ``4``."""
    part = text[:_COMPARED]
    start = message.find(part)
    while start >= 0:
        before, after = message[:start][-1:], message[start + len(part) :][:1]
        inside_word = (before + part[:1]).isalnum() and bool(before)
        goes_on = len(part) == len(text) and bool(after) and (part[-1:] + after).isalnum()
        if not inside_word and not goes_on:
            return True
        start = message.find(part, start + 1)
    return False


def full_message(finding: Finding) -> str:
    """The message with what it does not say itself: what was found, and the nearest valid value."""
    text = shortened(finding.message, 500)
    if finding.found and not mentions(finding.message, finding.found):
        text += " " + _('Found: "{found}".').format(found=shortened(finding.found, 80))
    if finding.suggestion and not mentions(finding.message, finding.suggestion):
        text += " " + _('Did you mean "{suggestion}"?').format(suggestion=shortened(finding.suggestion, 80))
    return text


def grouped(findings: Iterable[Finding], *, fold_notes: bool = False) -> list[Group]:
    """The findings by file, sheet, rule and column, in the order in which each group begins.

    With ``fold_notes``, what is only worth knowing is one group per rule and sheet, whatever the column.
    """
    groups: dict[tuple[str | None, ...], Group] = {}
    for finding in findings:
        column = column_of(finding.cell)
        if fold_notes and finding.severity is Severity.INFO:
            column = None
        whole = None if finding.cell else "whole"
        key = (finding.file, finding.sheet, finding.code, finding.severity, column, whole)
        if (group := groups.get(key)) is None:
            group = groups[key] = Group(finding.file, finding.sheet, column)
        group.findings.append(finding)
    return list(groups.values())


def worst_first(groups: Iterable[Group]) -> list[Group]:
    """Errors, then warnings, then notes; within each the order stays."""
    return sorted(groups, key=lambda group: RANK[group.first.severity])


def by_sheet(groups: Iterable[Group]) -> Iterator[tuple[str, str | None, list[Group]]]:
    """File, sheet and the groups there, worst first; in the order in which the sheets come."""
    sheets: dict[tuple[str, str | None], list[Group]] = {}
    for group in groups:
        sheets.setdefault((group.file, group.sheet), []).append(group)
    for (file, sheet), found in sheets.items():
        yield file, sheet, worst_first(found)
