"""The codes of regions on the sheet Ecosystems: are they in use, and do they lie in the country given?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.records import Entry
from dualeco_cli.data import nuts
from dualeco_cli.language import LANGUAGES, _
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import Ecosystem

#: So many codes are named as examples of what may have been meant.
_MOST_NAMED = 3


def check_codes(entries: Iterable[Entry[Ecosystem]], trusted: Collection[str], collector: Collector) -> None:
    """Warn of codes that are not in use and of countries that contradict their codes.

    ``trusted``: codes that need no looking up, those of the built-in ecosystems. To look one up takes most of
    a second the first time, so it is done for the others alone.
    """
    for entry in entries:
        codes = nuts.split(entry.text("nuts") or "")
        valid = [code for code in codes if _in_use(code, trusted) or _report(code, entry, collector)]
        country = _country(entry.text("country") or "")
        if valid and country and not any(nuts.same_country(country, nuts.normalise(c)[:2]) for c in valid):
            collector.add(
                "nuts-other-country",
                entry.record.place("country"),
                header=entry.record.header("country"),
                found=entry.text("country"),
                expected=nuts.normalise(valid[0])[:2],
                code=", ".join(valid),
            )


def _in_use(code: str, trusted: Collection[str]) -> bool:
    plain = "".join(code.split()).upper()
    # GR and GB are understood everywhere, but the statistics do not know them
    return plain in trusted or (nuts.region(code) is not None and nuts.normalise(code) == plain)


def _report(code: str, entry: Entry[Ecosystem], collector: Collector) -> bool:
    """Report a code that is not in use; always False."""
    place, header = entry.record.place("nuts"), entry.record.header("nuts")
    expected = _("a code of NUTS 2024, for the United Kingdom of its last NUTS")
    former = nuts.former(code)
    if former is not None:
        new = former.successors
        collector.add(
            "nuts-former",
            place,
            header=header,
            found=code,
            expected=expected,
            suggestion=new[0].code if len(new) == 1 else None,
            region=former.name,
        )
        return False
    meant = _meant(code, entry.text("name") or "")
    such_as = ", ".join(f"{one.code} ({one.name})" for one in meant[:_MOST_NAMED])
    if such_as:
        expected = _("a code of NUTS 2024, for the United Kingdom of its last NUTS, such as {codes}").format(
            codes=such_as
        )
    collector.add(
        "nuts-unknown",
        place,
        header=header,
        found=code,
        expected=expected,
        # one of several would be a guess
        suggestion=meant[0].code if len(meant) == 1 else None,
    )
    return False


def _meant(code: str, name: str) -> tuple[nuts.Region, ...]:
    """The regions that a code may stand for: the same in other letters, by the name, or one slip away."""
    same = nuts.region(code)
    if same is not None:
        return (same,)
    level = len(nuts.normalise(code)) - 2
    by_name = nuts.named(name, level)
    if not by_name:
        return nuts.near(code)
    country = [one for one in by_name if one.country == nuts.normalise(code)[:2]]
    # a region and its only part bear one name: the level that is usual for ecosystems is meant
    usual = [one for one in country or by_name if one.level == level] or [
        one for one in country or by_name if one.level == 2
    ]
    return tuple(usual or country or by_name)


def _country(text: str) -> str | None:
    """The two letters of a country given by them or by its name in one of the languages; None for others."""
    plain = text.strip()
    if len(plain) == 2 and plain.isascii() and plain.isalpha():
        return plain.upper()
    return _countries().get(fold(plain))


@cache
def _countries() -> Mapping[str, str]:
    """Folded name -> code, in the languages of the workbook."""
    from babel import Locale  # noqa: PLC0415  # takes its time

    return {
        fold(str(name)): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
