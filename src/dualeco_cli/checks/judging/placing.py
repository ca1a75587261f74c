"""Where a finding about an indicator stands: in the user's framework, or in the column that rates it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.records import Entry, Located
from dualeco_cli.model.cells import Place
from dualeco_cli.model.rows import Assessment, Indicator, Merits, Requirements


@dataclass(frozen=True, slots=True)
class Spots:
    """Cells of indicators, with their headers. One that is not among them is not in a file of the user's."""

    cells: Mapping[str, tuple[Place, str | None]] = field(default_factory=dict)

    @classmethod
    def in_framework(cls, indicators: Iterable[Located[Indicator]]) -> Spots:
        """The ids of a framework that the user brings."""
        return cls({one.row.id: (one.place("id"), one.record.header("id")) for one in indicators})

    @classmethod
    def in_ratings(
        cls,
        wide: Iterable[Entry[Merits] | Entry[Requirements]],
        assessments: Sequence[Entry[Assessment]],
    ) -> Spots:
        """The headers of the columns that rate indicators, and the first judgement on each."""
        found: dict[str, tuple[Place, str | None]] = {}
        sheets: set[int] = set()
        for entry in wide:
            record = entry.record
            if id(record.headings) in sheets:
                continue  # all rows of a table have the same headings
            sheets.add(id(record.headings))
            for name, heading in record.headings.items():
                found.setdefault(name, (record.sheet.place(heading.row, heading.column), heading.text))
        for judged in assessments:
            name = judged.text("indicator") or ""
            if name not in found:
                found[name] = (judged.record.place("indicator"), judged.record.header("indicator"))
        return cls(found)

    def __contains__(self, id_: str) -> bool:
        return id_ in self.cells

    def tell(self, collector: Collector, rule: str, id_: str, **params: str | None) -> None:
        """Put a finding at the cell of an indicator."""
        place, header = self.cells[id_]
        collector.add(rule, place, header=header, found=id_, indicator=id_, **params)
