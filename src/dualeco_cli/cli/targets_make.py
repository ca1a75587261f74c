"""``dualeco targets --make``: a workbook for a region, with everything that the framework asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dualeco_cli.cli.region_files import by_code, check_files, new_ecosystem, resolve_region, write_file
from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _, current, plural

if TYPE_CHECKING:
    from dualeco_cli.model.rows import ProfileValue
    from dualeco_cli.model.study import Study


def start_workbook(
    study: Study, text: str, outputs: Sequence[str], read: Sequence[str], *, force: bool, quiet: bool
) -> None:
    """Write the workbook of the region that is meant by a NUTS code or a name.

    An ecosystem that is known already keeps its id, and what is known of it is filled in.
    """
    from dualeco_cli.workbook.template import template
    from dualeco_cli.workbook.template.region import blank_profile, region_request

    if not outputs:
        stop(_("--make writes a workbook: say which with -o FILE.xlsx."))
    check_files(outputs, read, (".xlsx",), force=force)
    region = resolve_region(text)
    known = by_code(study.ecosystems).get(region.code)
    ecosystem = new_ecosystem(region, study.ecosystems) if known is None else study.ecosystems[known]
    held = study.profile.get(ecosystem.id, {}) if known is not None else {}
    profile: list[ProfileValue] = [
        held.get(row.indicator, row) for row in blank_profile(study.framework, ecosystem.id)
    ]
    if not profile:
        stop(_("the framework {id} asks nothing of a region.").format(id=study.framework.id))
    request = region_request(study.framework, current(), study.ecosystems, own=[ecosystem], profile=profile)
    content = template(request)
    blank = sum(row.value is None for row in profile)
    about = plural(
        "{region}: {count} value to fill in",
        "{region}: {count} values to fill in",
        blank,
        region=f"{region.name}, {region.code}",
    )
    for name in outputs:
        write_file(name, content, quiet=quiet, about=about)
    if quiet:
        return
    if known is not None:
        tell(
            _("{id} is known already: what is known of it is filled in, and your changes replace it.").format(
                id=known
            )
        )
    tell(
        _("Its id is {id}: dualeco score PRACTICES.xlsx {file} --target {id}").format(
            id=ecosystem.id, file=outputs[0]
        )
    )
