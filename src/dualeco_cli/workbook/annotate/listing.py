"""What the notes and the sheet of findings say: the same for a patched copy and for a fresh one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from dualeco_cli.data import words
from dualeco_cli.language import N_, _, grouped, plural
from dualeco_cli.model.finding import Finding, Severity
from dualeco_cli.model.names import cell_name, fold
from dualeco_cli.model.safe import printable
from dualeco_cli.version import __version__
from dualeco_cli.workbook.annotate import labels
from dualeco_cli.workbook.annotate.labels import RANK, label
from dualeco_cli.workbook.annotate.notes import Note
from dualeco_cli.workbook.limits import LAST_COLUMN, LAST_ROW
from dualeco_cli.workbook.sheet_text import quoted_sheet

#: The name of our sheet, in English; the readers pass over a sheet of that name.
SHEET: Final = N_("Findings")
#: The name of the table on it, by which it is known again.
TABLE: Final = "DualecoFindings"
#: The row of the table's header.
TOP: Final = 5

#: The columns of the sheet, in English, with their widths in characters.
COLUMNS: Sequence[tuple[str, float]] = (
    (N_("Severity"), 11),
    (N_("Code"), 8),
    (N_("Sheet"), 18),
    (N_("Cell"), 8),
    (N_("Header"), 18),
    (N_("Found"), 24),
    (N_("Expected"), 30),
    (N_("Suggestion"), 18),
    (N_("Message"), 64),
)
#: Which of them can be links, counted from 0.
SHEET_COLUMN, CELL = 2, 3

#: More than this no program shows with ease. The first ones are the errors.
MOST_NOTES: Final = 10_000
MOST_LINES: Final = 100_000
#: Excel has no more links on a sheet than this.
MOST_LINKS: Final = 65_000

#: Nobody reads more in a box of a few centimetres; all of it stands on the sheet.
_LONGEST_NOTE: Final = 4_000

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"([0-9]{1,7}):\1")


class Line(NamedTuple):
    """A line of the sheet of findings, and where its link leads, if to anywhere."""

    severity: Severity | None
    cells: tuple[str, ...]
    target: str | None
    #: The column that is the link, counted from 0.
    link: int


def sheet_name() -> str:
    """The name of our sheet in the reader's language, if it is one that the readers pass over."""
    name = _(SHEET)
    return name if words.sheet_words().get(fold(name)) == words.GUIDE else SHEET


def free_name(taken: Collection[str]) -> str:
    """The name of our sheet where others, here case-folded, are taken already.

    The readers pass over a sheet whose name begins with ``_`` as well.
    """
    name = sheet_name()
    while name.casefold() in taken:
        name = f"_{name}"
    return name


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then notes; within each the order stays."""
    return sorted(findings, key=lambda finding: RANK[finding.severity])


def place(finding: Finding) -> tuple[int, int] | None:
    """Row and column of the cell at which a finding is shown, counted from 1.

    For a row as a whole that is its first cell; None for a sheet or a file as a whole.
    """
    if finding.cell is None:
        return None
    if row := _ROW.fullmatch(finding.cell):
        found = int(row[1]), 1
    elif cell := _CELL.fullmatch(finding.cell):
        column = 0
        for letter in cell[1]:
            column = column * 26 + ord(letter) - 64
        found = int(cell[2]), column
    else:
        return None
    return found if 1 <= found[0] <= LAST_ROW and found[1] <= LAST_COLUMN else None


def by_cell(findings: Iterable[Finding]) -> dict[tuple[int, int], list[Finding]]:
    """The findings of one sheet at each cell, the worst one first."""
    found: dict[tuple[int, int], list[Finding]] = {}
    for finding in worst_first(findings):
        at = place(finding)
        if at is not None:
            found.setdefault(at, []).append(finding)
    return dict(sorted(found.items()))


def note(at: tuple[int, int], findings: Sequence[Finding]) -> Note:
    """The note at a cell. It names the severity in words: the colour alone says nothing to some."""
    first, *others = findings
    text = _body(first)
    for finding in others:
        text += f"\n\n{_heading(finding)}\n{_body(finding)}"
    if len(text) > _LONGEST_NOTE:
        text = text[: _LONGEST_NOTE - 1] + "…"
    return Note(*at, _heading(first), text)


def _heading(finding: Finding) -> str:
    return labels.heading(finding.severity, finding.code, finding.name)


def _body(finding: Finding) -> str:
    lines = [_plain(finding.message)]
    if finding.expected and finding.expected not in finding.message:
        lines.append(_("Expected: {expected}").format(expected=_plain(finding.expected)))
    if finding.suggestion and finding.suggestion not in finding.message:
        lines.append(_("Did you mean: {suggestion}").format(suggestion=_plain(finding.suggestion)))
    return "\n".join(lines)


def _plain(text: str) -> str:
    """On one line: a heading that a user's line break would feign is none of ours."""
    return printable(text)


def heading(file: str, findings: Sequence[Finding]) -> tuple[str, str, str]:
    """The lines above the table."""
    errors, warnings, infos = (sum(one.severity is severity for one in findings) for severity in RANK)
    return (
        _("Findings in {file}").format(file=printable(file)),
        _("{errors}, {warnings}, {notes}. Checked by dualeco {version}.").format(
            errors=plural("{count} error", "{count} errors", errors),
            warnings=plural("{count} warning", "{count} warnings", warnings),
            notes=plural("{count} note", "{count} notes", infos),
            version=__version__,
        ),
        _("Each cell concerned is coloured and has a note. dualeco does not read this sheet."),
    )


def headers() -> list[str]:
    """The headers of the columns. They are those of a table, so each must be another one."""
    found: list[str] = []
    for name, _width in COLUMNS:
        header = _(name)
        while header.casefold() in (other.casefold() for other in found):
            header += "_"
        found.append(header)
    return found


def cut(number: int) -> str:
    """What to say where not all findings are listed."""
    text = _("Only the first {number} findings are listed, the errors first.")
    return text.format(number=grouped(number))


def nothing() -> Line:
    """The line of a table without findings."""
    return Line(None, ("",) * (len(COLUMNS) - 1) + (_("Nothing was found."),), None, CELL)


def lines(findings: Iterable[Finding], names: Mapping[str, str]) -> Iterator[Line]:
    """The lines of the table, errors first. ``names``: what each sheet is called in the copy."""
    for finding in worst_first(findings):
        at = place(finding)
        sheet = names.get(finding.sheet or "")
        target = None
        if sheet is not None:
            target = f"{quoted_sheet(sheet)}!{cell_name(*at) if at else 'A1'}"
        cells = (
            label(finding.severity),
            finding.code,
            sheet or finding.sheet or "",
            finding.cell or "",
            finding.header or "",
            finding.found or "",
            finding.expected or "",
            finding.suggestion or "",
            finding.message,
        )
        yield Line(finding.severity, cells, target, CELL if finding.cell else SHEET_COLUMN)
