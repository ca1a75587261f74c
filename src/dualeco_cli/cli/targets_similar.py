"""``dualeco targets --similar-to``: which ecosystems are most like one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dualeco_cli.cli.reading import resolve_targets
from dualeco_cli.cli.region_files import check_files, write_file

if TYPE_CHECKING:
    from dualeco_cli.model.study import Study

#: So many indicators are named for each ecosystem, those in which it differs most.
MOST_DIFFERENCES = 3


def show_similar(
    study: Study, name: str, outputs: Sequence[str], read: Sequence[str], *, force: bool, quiet: bool
) -> None:
    """Rank the other ecosystems by the mean of 1 − |n(a) − n(b)| over the indicators known of both.

    Those of which too little is known for that to mean much come after the others.
    """
    from dualeco_cli.model.likeness import Likeness
    from dualeco_cli.reports.similar_view import FEW, similar_csv, similar_json, similar_text
    from dualeco_cli.reports.terminal import Screen, emit
    from dualeco_cli.scoring.explain import most_similar
    from dualeco_cli.scoring.likeness import differences, greatest
    from dualeco_cli.workbook.template.region import asked

    check_files(outputs, read, (".json", ".csv"), force=force)
    id_ = resolve_targets(study, [name])[0]
    of = len(asked(study.framework))
    found = [
        Likeness(one, greatest(differences(study, id_, one.ecosystem), MOST_DIFFERENCES))
        # what rests on a few indicators must not lead the list
        for one in sorted(most_similar(study, id_), key=lambda one: one.indicators < FEW)
    ]
    if not quiet:
        emit(similar_text(study, id_, found, of, Screen.of(sys.stdout)), sys.stdout)
    for output in outputs:
        as_json = Path(output).suffix.casefold() == ".json"
        # files carry every difference, the terminal the greatest
        whole = [
            Likeness(one.similarity, greatest(differences(study, id_, one.similarity.ecosystem), of))
            for one in found
        ]
        content = similar_json(id_, whole, of) if as_json else similar_csv(study, whole, of)
        write_file(output, content, quiet=quiet)
