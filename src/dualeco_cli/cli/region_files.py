"""Workbooks about regions that ``dualeco targets`` writes, and the ids of regions that are new."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dualeco_cli.cli.say import sentences, stop, suggestion, tell
from dualeco_cli.language import _

if TYPE_CHECKING:
    from dualeco_cli.data.nuts import Region
    from dualeco_cli.model.rows import Ecosystem

_WORDS = re.compile(r"[^\W_]+")
#: So many regions are named where several may be meant.
_MOST_NAMED = 6


def check_files(outputs: Sequence[str], read: Sequence[str], kinds: Collection[str], *, force: bool) -> None:
    """End the run before any work for a file that cannot be written, or that is there already."""
    from dualeco_cli.workbook.writing import WriteRefusal, check_target, refuse_overwrite

    for name in outputs:
        path = Path(name)
        if path.suffix.casefold() not in kinds:
            stop(_("{file} must end in {kinds}.").format(file=name, kinds=", ".join(kinds)))
        if path.exists() and not force and path.is_file():
            stop(
                _("{file} is there already, and may have been filled in; --force replaces it.").format(
                    file=name
                )
            )
    try:
        refuse_overwrite(read, outputs)
        for name in outputs:
            check_target(name)
    except WriteRefusal as error:
        stop(str(error))


def write_file(name: str, content: bytes, *, quiet: bool, about: str = "") -> None:
    """Write a file whole; ends the run where that fails. ``about``: what is in it."""
    from dualeco_cli.workbook.writing import WriteRefusal, write_bytes

    try:
        write_bytes(name, content)
    except WriteRefusal as error:
        stop(str(error))
    if not quiet:
        tell(sentences(_("Written: {file}").format(file=name), f"({about})" if about else None))


def by_code(ecosystems: Mapping[str, Ecosystem]) -> dict[str, str]:
    """NUTS code -> id, of the ecosystems that are one region of the statistics."""
    from dualeco_cli.data import nuts

    found: dict[str, str] = {}
    for id_, row in ecosystems.items():
        codes = nuts.split(row.nuts or "")
        if len(codes) == 1:
            found.setdefault(nuts.normalise(codes[0]), id_)
    return found


def resolve_region(text: str) -> Region:
    """The region that is meant by a NUTS code or a name; ends the run where it is not plain which one."""
    from dualeco_cli.data import nuts

    region = nuts.region(text)
    if region is not None:
        return region
    named = nuts.named(text)
    # a region and its only part bear one name: the level that is usual for ecosystems is meant
    of_one_country = len({one.country for one in named}) == 1
    usual = [one for one in named if one.level == 2 and of_one_country] or list(named)
    if len(usual) == 1:
        return usual[0]
    if usual:
        stop(
            _('"{name}" is the name of several regions: {codes}. Give the code of one.').format(
                name=text, codes=_listed(usual)
            )
        )
    former = nuts.former(text)
    if former is not None:
        stop(
            sentences(
                _("the NUTS code {code} ({name}) is no longer in use.").format(
                    code=former.code, name=former.name
                ),
                _("In its place: {codes}.").format(codes=_listed(former.successors))
                if former.successors
                else None,
            )
        )
    near = nuts.near(text)
    stop(
        sentences(
            _('there is no region "{name}" in NUTS.').format(name=text),
            suggestion(f"{near[0].code} ({near[0].name})" if len(near) == 1 else None),
            _("Near it: {codes}.").format(codes=_listed(near)) if len(near) > 1 else None,
        )
    )


def _listed(regions: Sequence[Region]) -> str:
    shown = [f"{one.code} ({one.name})" for one in regions[:_MOST_NAMED]]
    return ", ".join([*shown, *(["…"] if len(regions) > _MOST_NAMED else [])])


def new_ecosystem(region: Region, taken: Collection[str]) -> Ecosystem:
    """A row of Ecosystems for a region; its id is made from its name, with the code where that is taken."""
    from dualeco_cli.data import nuts
    from dualeco_cli.model.names import slug
    from dualeco_cli.model.rows import Ecosystem

    id_ = slug("-".join(_WORDS.findall(nuts.plain_name(region)))) or region.code.casefold()
    if id_ in taken:
        id_ = f"{id_}-{region.code.casefold()}"
    return Ecosystem(id=id_, name=region.name, country=region.country, nuts=region.code)
