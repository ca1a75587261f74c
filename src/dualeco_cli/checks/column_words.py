"""What a header stands for: the words built in, the user's own, and the indicators of the framework."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from dualeco_cli.checks.cell_text import shown
from dualeco_cli.data import words
from dualeco_cli.data.names import in_every_language
from dualeco_cli.model.cells import Cell
from dualeco_cli.model.names import fold, slug
from dualeco_cli.model.rows import SHEETS, WIDE, Indicator, Role, columns


class Several(NamedTuple):
    """What a header stands for that could be any of several indicators."""

    ids: tuple[str, ...]


#: A column that is no field of its sheet: an indicator by its id, or a level by its number.
Extra: TypeAlias = str | float | Several


class ColumnMap:
    """The words for columns: those built in and those of the user's configuration (``columns``)."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """``own`` maps a header to a field.

        Where a header means something else on another sheet, either of the two names its sheet:
        ``{"Practices.Land": "source"}`` or ``{"Land": "Practices.source"}``.
        """
        self._own: dict[str, dict[str, str]] = {}
        for header, target in (own or {}).items():
            first, _, rest = header.partition(".")
            of_header = words.sheet_words().get(fold(first)) if rest else None
            sheet, _, name = target.rpartition(".")
            of_target = words.sheet_words().get(fold(sheet), sheet)
            for kind, model in SHEETS.items():
                if name in columns(model) and of_target in {"", kind} and of_header in {None, kind}:
                    text = header if of_header is None else rest
                    self._own.setdefault(kind, {})[fold(text)] = name
        self._words: dict[str, Mapping[str, str]] = {}

    def words(self, kind: str) -> Mapping[str, str]:
        """Folded header -> field, for sheets of that kind; the user's own words win."""
        if kind not in self._words:
            self._words[kind] = {**words.column_words(kind), **self._own.get(kind, {})}
        return self._words[kind]

    def field(self, kind: str, header: str) -> str | None:
        """The field that a header stands for on a sheet of that kind."""
        return self.words(kind).get(fold(header))


@dataclass(slots=True)
class IndicatorNames:
    """The indicators of the framework as headers name them: by id, or by name.

    The name of a built-in indicator is known in every language: templates print it in theirs. ``roles`` has
    an id only if its row passed: what a faulty row is meant to be, nobody knows.
    """

    names: Mapping[str, str]
    roles: Mapping[str, Role]
    #: False where there may be indicators that could not be read.
    complete: bool = True
    _by_word: dict[str, Extra] | None = field(default=None, init=False)

    @property
    def by_word(self) -> Mapping[str, Extra]:
        """Folded id or name -> the indicator, or the several that it could be."""
        if self._by_word is None:  # not before it is asked for: a run that reads no such sheet has no use
            by_name: dict[str, list[str]] = {}
            by_id: dict[str, list[str]] = {}
            for id_, name in self.names.items():
                for word in dict.fromkeys(fold(spelling) for spelling in in_every_language(name)):
                    by_name.setdefault(word, []).append(id_)
                by_id.setdefault(fold(id_), []).append(id_)
            # an id wins over another indicator's name
            self._by_word = {word: _one(ids) for word, ids in {**by_name, **by_id}.items() if word}
        return self._by_word

    @classmethod
    def of(
        cls, names: Mapping[str, str], indicators: Mapping[str, Indicator], *, complete: bool
    ) -> IndicatorNames:
        """From the ids and names of all rows that were read, and the indicators that passed."""
        return cls(names, {id_: row.role for id_, row in indicators.items()}, complete)

    def find(self, text: str) -> Extra | None:
        """The id that a header stands for."""
        id_ = slug(text)
        return id_ if id_ in self.names else self.by_word.get(fold(text))


def _one(ids: list[str]) -> Extra:
    return ids[0] if len(ids) == 1 else Several(tuple(ids))


def _nothing(_text: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the headers of one kind of sheet stand for."""

    kind: str
    #: Folded header -> field.
    fields: Mapping[str, str]
    #: The columns that are no fields: indicators of a wide sheet, levels of Indicators.
    other: Callable[[str], Extra | None] = _nothing
    #: Words for such columns, to suggest one to somebody who misspelt it.
    extra_words: Mapping[str, Extra] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: str, column_map: ColumnMap, indicators: IndicatorNames | None = None) -> Lookup:
        """The lookup for sheets of that kind."""
        if kind in WIDE and indicators is not None:
            meant = {
                word: extra
                for word, extra in indicators.by_word.items()
                if not isinstance(extra, str) or indicators.roles.get(extra, WIDE[kind]) is WIDE[kind]
            }
            return cls(kind, column_map.words(kind), indicators.find, meant)
        if kind == "Indicators":
            return cls(kind, column_map.words(kind), words.level_of)
        return cls(kind, column_map.words(kind))

    def field(self, cell: Cell) -> str | None:
        """The field that a header stands for."""
        return self.fields.get(fold(cell)) if isinstance(cell, str) else None

    def name(self, cell: Cell) -> Hashable | None:
        """What a header stands for, field or not; None where it is nothing that is read."""
        if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
            return None
        field_ = self.field(cell)
        # the id of an indicator may be a number, and then its header is one
        return field_ if field_ is not None else self.other(shown(cell).strip())

    def words_of(self, field_: str) -> Iterable[str]:
        """Every word for a field."""
        return (word for word, name in self.fields.items() if name == field_)
