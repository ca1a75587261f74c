"""What stands in the annex: one document, made once from the report and its study, for all formats."""

from __future__ import annotations

from dualeco_cli.language import _, tag
from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.annex import fiches, method, origin, regions, summary
from dualeco_cli.reports.annex.blocks import Document, line
from dualeco_cli.reports.annex.builder import Builder
from dualeco_cli.reports.naming import target_name
from dualeco_cli.reports.texts import listed

#: The chapters in their order.
CHAPTERS = (summary.add, fiches.add, regions.add, method.add, origin.add)


def document(report: Report, study: Study) -> Document:
    """The annex of a report."""
    builder = Builder(report, study)
    for add in CHAPTERS:
        add(builder)
    names = [target_name(target) for target in report.targets]
    return Document(
        title=_("Transferability of good practices"),
        subtitle=line(_("Annex to the handbook: {regions}").format(regions=listed(names, 6))),
        subject=line(", ".join(names)),
        language=tag(),
        maker=f"{report.tool.name} {line(report.tool.version)}",
        blocks=tuple(builder.blocks),
    )
