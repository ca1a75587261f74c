"""Rows of Profile that were read from a table of Eurostat's, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from dualeco_cli.language import _
from dualeco_cli.model.rows import Indicator, ProfileValue
from dualeco_cli.reports import numbers
from dualeco_cli.reports.layout import heading, ruled_table
from dualeco_cli.reports.naming import indicator_name, one_line
from dualeco_cli.reports.terminal import Screen
from dualeco_cli.reports.texts import confidence_word


def import_text(indicator: Indicator, rows: Sequence[ProfileValue], screen: Screen | None = None) -> str:
    """The rows as a table, with the source of all of them below."""
    screen = screen or Screen()
    unit = f" ({one_line(indicator.unit)})" if indicator.unit else ""
    table = ruled_table(screen)
    table.add_column(_("Region"), no_wrap=True)
    table.add_column(_("Year"), justify="right", no_wrap=True)
    table.add_column(_("Value"), justify="right", no_wrap=True)
    table.add_column(_("Confidence"), no_wrap=True)
    table.add_column(_("Note"), ratio=1, min_width=20)
    for row in rows:
        table.add_row(
            Text(one_line(row.ecosystem, 40)),
            Text(numbers.MISSING if row.year is None else str(row.year)),
            Text(numbers.MISSING if row.value is None else numbers.plain(row.value)),
            Text(confidence_word(row.confidence)),
            Text(one_line(row.note)),
        )
    sources = dict.fromkeys(one_line(row.source) for row in rows if row.source)
    return screen.render(
        heading(f"{indicator_name(indicator)}{unit}", screen),
        Text(""),
        table,
        Text(""),
        *(Text(source, style=screen.dim) for source in sources),
    )
