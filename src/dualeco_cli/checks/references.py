"""What a reference may lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dualeco_cli.checks.suggest import Candidates
from dualeco_cli.data.names import in_every_language
from dualeco_cli.model.names import slug


@dataclass(slots=True)
class Names:
    """The ids of one kind that are known, with the name of each.

    ``complete`` is False where there may be others: a file or a row that defines some could not be read.
    What looks like none of the known ones may then be one of those, and is no second fault.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True
    #: Further words that lead to an id, for suggestions only.
    also: Mapping[str, str] = field(default_factory=dict)
    _candidates: tuple[Candidates, Mapping[str, str]] | None = None

    def __contains__(self, id_: str) -> bool:
        return id_ in self.names

    def nearest(self, id_: str) -> str | None:
        """The id that was meant: one with that very name, else the one that is written most like it.

        The name of what is built in is known in every language.
        """
        if self._candidates is None:
            named = {key: name for key, name in self.names.items() if name}
            by_name = {slug(text): key for key, name in named.items() for text in in_every_language(name)}
            by_name |= {slug(name): key for key, name in named.items()}
            by_name |= {slug(word): key for word, key in self.also.items()}
            by_name |= {key: key for key in self.names}
            self._candidates = Candidates(by_name), by_name
        candidates, meant = self._candidates
        close = id_ if id_ in meant else candidates.nearest(id_)
        return meant[close] if close else None

    def some(self, most: int = 6) -> str | None:
        """The first few ids, for what was expected."""
        if not self.names:
            return None
        return ", ".join(list(self.names)[:most]) + (" …" if len(self.names) > most else "")


#: What references may lead to, by sheet. A sheet that is not in it is not given, so it is not checked.
Known = Mapping[str, Names]


def names_of(rows: Iterable[tuple[str | None, str]], *, complete: bool = True) -> Names:
    """The names of rows, by id; a row without an id makes them incomplete."""
    found: dict[str, str] = {}
    for id_, name in rows:
        if id_ is None:
            complete = False
        else:
            found.setdefault(id_, name)
    return Names(found, complete)
