"""The lists that cells offer: on a hidden sheet, each under a name of its own.

A list written into a cell's rule itself stops at 255 characters, and could not follow what is entered on
another sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dualeco_cli.data import words
from dualeco_cli.data.words import Language
from dualeco_cli.model.names import column_letters
from dualeco_cli.model.rows import SHEETS, Indicator, Kind, Settings
from dualeco_cli.workbook.sheet_text import quoted_sheet, safe_text
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


class Lists:
    """The lists of one template. A list that no cell asks for is not made."""

    def __init__(self, request: Request, sheets: Sequence[PlannedSheet]) -> None:
        self._request = request
        self._sheets: Mapping[str, PlannedSheet] = {sheet.kind: sheet for sheet in sheets}
        self._entries: dict[str, list[str | float | _Formula]] = {}
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
            entries: list[str | float | _Formula] = [*scale]
            entries += [words.first_value_words("not_applicable", self._request.language)["n/a"]] if marks else []
            entries += [f"{shown(level)}{mark}" for mark in marks for level in scale]
            self._scales[key] = self._named(f"levels_{len(self._scales) + 1}", entries)
        return self._scales[key]

    def ids(self, sheet: PlannedSheet, column: PlannedColumn) -> str | None:
        """The name of the list of what a reference can lead to; None where nothing is known."""
        kind = column.refers_to or ""
        if kind == "Practices":
            return self._practices()
        if kind == "Ecosystems":
            own = self._follow("Ecosystems", "id", None)
            return self._named("ecosystem_ids", [*self._request.ecosystems, *own])
        if kind == "Indicators":
            own = self._follow("Indicators", "id", None)
            if own:  # the framework is edited here: what is entered there counts
                return self._named("indicator_ids", own)
            ids = [indicator.id for indicator in of_roles(self._request.framework, sheet.kind)]
            return self._named(f"indicator_ids_{sheet.kind.casefold()}", [*ids])
        if kind == "Dimensions":
            return self._named("dimension_ids", self._follow("Dimensions", "id", None))
        if kind == "Adaptations":
            return self._named("adaptation_ids", self._follow("Adaptations", "adaptation", None))
        return None

    def settings(self) -> str | None:
        """The name of the list of settings."""
        return self._named("settings_keys", [*Settings.model_fields])

    def _practices(self) -> str | None:
        # a practice without an id is known by its title
        own = self._follow("Practices", "id", "title")
        return self._named("practice_ids", [*(row.id for row in self._request.practices), *own])

    def _follow(self, kind: str, name: str, instead: str | None) -> list[str | float | _Formula]:
        """Entries that repeat a column of another sheet, if that sheet is in the template."""
        sheet = self._sheets.get(kind)
        if sheet is None:
            return []
        fields = [column.field for column in sheet.columns]
        book = quoted_sheet(sheet.name)
        cells = [f"{book}!{column_letters(fields.index(field) + 1)}" for field in (name, instead) if field]
        entries: list[str | float | _Formula] = []
        for row in range(FOLLOWED):
            held = sheet.rows[row] if row < len(sheet.rows) else {}
            value = held.get(name) or (held.get(instead) if instead else None) or ""
            formula = '""'
            for cell in reversed(cells):
                formula = f'IF({cell}{row + 2}<>"",{cell}{row + 2},{formula})'
            entries.append(_Formula(f"={formula}", str(value)))
        return entries

    def _named(self, name: str, entries: list[str | float | _Formula]) -> Any:
        if not entries:
            return None
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
                    sheet.write_formula(row, column, entry.text, None, safe_text(entry.value))
                elif isinstance(entry, str):
                    sheet.write_string(row, column, safe_text(entry))
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


def known_kinds() -> frozenset[Kind]:
    """The kinds of all columns, for the test that none is forgotten."""
    from dualeco_cli.model.rows import columns  # noqa: PLC0415

    return frozenset(column.kind for model in SHEETS.values() for column in columns(model).values())
