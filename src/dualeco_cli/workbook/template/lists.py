"""The lists that cells offer: on a hidden sheet, each under a name of its own.

A list written into a cell's rule itself stops at 255 characters, and could not follow what is entered on
another sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from dualeco_cli.data import words
from dualeco_cli.language import Language
from dualeco_cli.model.names import column_letters
from dualeco_cli.model.rows import Indicator, Settings
from dualeco_cli.model.safe import excel_text
from dualeco_cli.workbook.sheet_text import quoted_sheet
from dualeco_cli.workbook.template.plan import PlannedColumn, PlannedSheet, Request, levels, of_roles, shown

#: The readers pass over sheets whose name begins with ``_``.
SHEET: Final = "_Lists"
#: So many rows of a sheet can be named on the others.
FOLLOWED: Final = 500


@dataclass(frozen=True, slots=True)
class _Formula:
    """An entry that repeats what a cell of another sheet holds."""

    text: str
    value: str


_Entry: TypeAlias = str | float | _Formula


class Lists:
    """The lists of one template. A list that no cell asks for is not made."""

    def __init__(self, request: Request, sheets: Sequence[PlannedSheet]) -> None:
        self._request = request
        self._sheets: Mapping[str, PlannedSheet] = {sheet.kind: sheet for sheet in sheets}
        self._entries: dict[str, list[_Entry]] = {}
        self._scales: dict[tuple[float, ...], str] = {}

    def words(self, list_: str, language: Language) -> str:
        """The name of a list of words."""
        return self._named(f"words_{list_}", list(words.first_value_words(list_, language).values()))

    def levels(self, indicator: Indicator, *, marks: Sequence[str]) -> str:
        """The name of the list of an indicator's levels, first without and then with marks.

        ``n/a`` is offered where marks are: both belong to what a practice requires or has.
        """
        scale = levels(indicator)
        key = (*scale, float(len(marks)))
        if key not in self._scales:
            entries: list[_Entry] = [*scale]
            if marks:
                entries.append(words.first_value_words("not_applicable", self._request.language)["n/a"])
            entries += [f"{shown(level)}{mark}" for mark in marks for level in scale]
            self._scales[key] = self._named(f"levels_{len(self._scales) + 1}", entries)
        return self._scales[key]

    def ids(self, sheet: PlannedSheet, column: PlannedColumn) -> str | None:
        """The name of the list of what a reference can lead to; None where nothing is known."""
        kind = column.refers_to or ""
        name, entries = self._entries_of(kind, sheet)
        return self._named(name, entries) if entries else None

    def _entries_of(self, kind: str, sheet: PlannedSheet) -> tuple[str, list[_Entry]]:
        """The name of the list of ids of a kind for a sheet, and its entries."""
        if kind == "Practices":
            # a practice without an id is known by its title
            return "practice_ids", [
                *(row.id for row in self._request.practices),
                *self._follow(kind, "id", "title"),
            ]
        if kind == "Ecosystems":
            return "ecosystem_ids", [*self._request.ecosystems, *self._follow(kind, "id")]
        if kind == "Dimensions":
            ids = [dimension.id for dimension in self._request.framework.dimensions]
            return "dimension_ids", self._follow(kind, "id") or [*ids]
        if kind == "Adaptations":
            return "adaptation_ids", self._follow(kind, "adaptation")
        # those of the framework, also where it can be edited here: only some belong on each sheet
        ids = [indicator.id for indicator in of_roles(self._request.framework, sheet.kind)]
        return f"indicator_ids_{sheet.kind.casefold()}", [*ids]

    def eqf(self) -> str:
        """The name of the list of levels of the European Qualifications Framework."""
        return self._named("eqf_levels", [str(level) for level in range(1, 9)])

    def settings(self) -> str:
        """The name of the list of settings."""
        return self._named("settings_keys", [*Settings.model_fields])

    def _follow(self, kind: str, name: str, instead: str | None = None) -> list[_Entry]:
        """Entries that repeat a column of another sheet, if that sheet is in the template."""
        sheet = self._sheets.get(kind)
        if sheet is None:
            return []
        fields = [column.field for column in sheet.columns]
        book = quoted_sheet(sheet.name)
        cells = [f"{book}!{column_letters(fields.index(field) + 1)}" for field in (name, instead) if field]
        entries: list[_Entry] = []
        for row in range(FOLLOWED):
            held = sheet.rows[row] if row < len(sheet.rows) else {}
            value = held.get(name) or (held.get(instead) if instead else None) or ""
            formula = '""'
            for cell in reversed(cells):
                formula = f'IF({cell}{row + 2}<>"",{cell}{row + 2},{formula})'
            entries.append(_Formula(f"={formula}", str(value)))
        return entries

    def _named(self, name: str, entries: list[_Entry]) -> str:
        self._entries.setdefault(name, entries)
        return name

    def write(self, book: Any) -> None:
        """Add the hidden sheet with all lists that were asked for."""
        sheet = book.add_worksheet(SHEET)
        sheet.hide()
        for column, (name, entries) in enumerate(self._entries.items()):
            sheet.write_string(0, column, name)
            for row, entry in enumerate(entries, 1):
                if isinstance(entry, _Formula):
                    sheet.write_formula(row, column, entry.text, None, excel_text(entry.value))
                elif isinstance(entry, str):
                    sheet.write_string(row, column, excel_text(entry))
                else:
                    sheet.write_number(row, column, entry)
            letters = column_letters(column + 1)
            cells = f"'{SHEET}'!${letters}$2:${letters}${len(entries) + 1}"
            if any(isinstance(entry, _Formula) for entry in entries):
                # as long as its last entry that is not blank; a list with a long blank tail is no help
                last = f'SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))-1'
                cells = f"'{SHEET}'!${letters}$2:INDEX({cells},MAX(1,{last}))"
            book.define_name(name, f"={cells}")


def uniform(indicators: Sequence[Indicator]) -> Indicator | None:
    """An indicator that stands for all, where all are on one scale of levels."""
    first = next(iter(indicators), None)
    if first is None or first.continuous or any(levels(other) != levels(first) for other in indicators):
        return None
    return first
