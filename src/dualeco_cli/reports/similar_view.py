"""Which ecosystems are most like one: on a terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import RenderableType
from rich.text import Text

from dualeco_cli.language import _, plural
from dualeco_cli.model.likeness import Likeness
from dualeco_cli.model.safe import csv_cell
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.layout import heading, ruled_table
from dualeco_cli.reports.naming import indicator_name, one_line, region_name
from dualeco_cli.reports.terminal import Screen
from dualeco_cli.reports.texts import listed

#: Under so many shared indicators a similarity says little, and stands behind the others.
FEW = 5
#: So many regions are named in a sentence.
_MOST_NAMED = 6
COLUMNS = ("ecosystem", "name", "similarity", "indicators", "of", "indicator", "ours", "theirs", "distance")


def similar_text(
    study: Study, id_: str, found: Sequence[Likeness], of: int, screen: Screen | None = None
) -> str:
    """The ecosystems, the most similar first. ``of``: how many indicators the framework asks of a region."""
    screen = screen or Screen()
    name = region_name(study, id_)
    parts: list[RenderableType] = [
        heading(_("Most like {region}").format(region=name), screen),
        Text(""),
    ]
    if not found:
        return screen.render(*parts, Text(_("There is no other region in this study.")))
    table = ruled_table(screen)
    table.add_column(_("Id"), overflow="fold", max_width=24)
    table.add_column(_("Name"), max_width=22)
    table.add_column(_("Similarity"), justify="right", no_wrap=True)
    table.add_column(_("Known of both"), justify="right", no_wrap=True)
    table.add_column(_("Differs most in"), ratio=1, min_width=24)
    names = {indicator.id: indicator_name(indicator) for indicator in study.framework.indicators}
    for one in found:
        table.add_row(
            Text(one_line(one.similarity.ecosystem, 40)),
            Text(region_name(study, one.similarity.ecosystem)),
            Text(numbers.share(one.similarity.value)),
            Text(_("{known} of {of}").format(known=one.similarity.indicators, of=of)),
            Text(listed([names[difference.indicator] for difference in one.differences]) or numbers.MISSING),
        )
    parts += [table, Text("")]
    few = [one.similarity for one in found if one.similarity.indicators < FEW]
    if few:
        regions = listed([region_name(study, one.ecosystem) for one in few], most=_MOST_NAMED)
        parts.append(
            Text(
                plural(
                    "Listed last: {count} region of which fewer than {few} of the same indicators are "
                    "known, so that its similarity says little ({regions}).",
                    "Listed last: {count} regions of which fewer than {few} of the same indicators are "
                    "known, so that their similarity says little ({regions}).",
                    len(few),
                    few=str(FEW),
                    regions=regions,
                )
            )
        )
    parts.append(Text(explained(), style=screen.dim))
    return screen.render(*parts)


def explained() -> str:
    """How a similarity comes about."""
    return _(
        "Similarity: the mean of 1 − |n(a) − n(b)| over the needs and conditions that are known of both, "
        "each counting the same; n is 0 at the worst and 1 at the best end of the indicator’s scale."
    )


def similar_json(id_: str, found: Sequence[Likeness], of: int) -> bytes:
    """The same for scripts; numbers are not rounded."""
    whole = {
        "ecosystem": id_,
        "indicators": of,
        "similar": [
            {
                "ecosystem": one.similarity.ecosystem,
                "similarity": one.similarity.value,
                "indicators": one.similarity.indicators,
                "differences": [asdict(difference) for difference in one.differences],
            }
            for one in found
        ],
    }
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def similar_csv(study: Study, found: Sequence[Likeness], of: int) -> bytes:
    """The same for statistics: a row for each difference, what is known of the region repeated."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in found:
        similarity = one.similarity
        about = [
            csv_cell(similarity.ecosystem),
            csv_cell(region_name(study, similarity.ecosystem)),
            similarity.value,
            similarity.indicators,
            of,
        ]
        rows: list[tuple[object, ...]] = [
            (csv_cell(one_.indicator), one_.ours, one_.theirs, one_.distance) for one_ in one.differences
        ]
        writer.writerows([*about, *row] for row in rows or [("", "", "", "")])
    return file.getvalue().encode("utf-8-sig", "replace")
