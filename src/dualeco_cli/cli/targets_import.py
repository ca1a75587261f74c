"""``dualeco targets --import``: a table that was downloaded from Eurostat, as rows of Profile."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dualeco_cli.cli.exits import Exit
from dualeco_cli.cli.region_files import by_code, check_files, new_ecosystem, resolve_region, write_file
from dualeco_cli.cli.say import sentences, stop, suggestion, tell
from dualeco_cli.language import _, current, plural
from dualeco_cli.model.equal import EQUAL

if TYPE_CHECKING:
    from dualeco_cli.data.nuts import Region
    from dualeco_cli.model.rows import Ecosystem, Indicator, ProfileValue
    from dualeco_cli.model.study import Study
    from dualeco_cli.workbook.eurostat.reading import Extract, Observation
    from dualeco_cli.workbook.eurostat.values import Picked, SeveralSeriesError

#: A message names so many codes, regions and values.
_MOST_NAMED = 12
_LATEST, _ALL = "latest", "all"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be read. ``year`` None with ``every_year`` False is the latest one of each region."""

    path: Path
    series: str
    indicator: str | None
    where: Mapping[str, str]
    regions: tuple[str, ...]
    all_regions: bool
    proxy: bool
    year: int | None
    every_year: bool

    @classmethod
    def of(
        cls,
        file: str,
        series: str | None,
        indicator: str | None,
        where: Sequence[str],
        regions: Sequence[str],
        year: str,
        *,
        all_regions: bool,
        proxy: bool,
    ) -> Wish:
        """The wish that options express; ends the run where they cannot be understood."""
        if series is None:
            stop(_("--import needs --series CODE: what Eurostat calls the table, such as edat_lfse_16."))
        if regions and all_regions:
            stop(_("{options} cannot be given together.").format(options="--region, --all-regions"))
        filters: dict[str, str] = {}
        for text in where:
            name, equals, code = (part.strip() for part in text.partition("="))
            if not (name and equals and code):
                stop(_('--where {found}: expected is a name and a code, such as "sex=T".').format(found=text))
            filters[name.lower()] = code
        plain = year.strip().casefold()
        if plain not in {_LATEST, _ALL} and not (plain.isascii() and plain.isdecimal() and len(plain) == 4):
            stop(_('--year {found}: expected is a year, "latest" or "all".').format(found=year))
        return cls(
            path=Path(file),
            series=series.strip().lower(),
            indicator=indicator,
            where=filters,
            regions=tuple(regions),
            all_regions=all_regions,
            proxy=proxy,
            year=int(plain) if plain.isdecimal() else None,
            every_year=plain == _ALL,
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A region to find a value for: the ecosystem that it is."""

    region: Region
    ecosystem: Ecosystem
    is_new: bool


def read_table(
    study: Study, wish: Wish, outputs: Sequence[str], read: Sequence[str], *, force: bool, quiet: bool
) -> None:
    """Read the table and write, or show, the rows of Profile that come of it."""
    from dualeco_cli.reports.import_view import import_text
    from dualeco_cli.reports.terminal import Screen, emit

    check_files(outputs, [str(wish.path), *read], (".xlsx", ".csv"), force=force)
    indicator = _indicator(study, wish)
    wanted = _wanted(study, wish)
    extract, picked = _pick(wish, wanted, quiet=quiet)
    if wanted is None:
        wanted = _all_regions(study, picked)
    rows, own, without = _rows(wish, indicator, wanted, extract, picked)
    if not quiet:
        _remarks(indicator, rows, picked)
        _say_missing(wish, without, extract)
    if not rows:
        stop(_("{file} has no value for what was asked.").format(file=wish.path), Exit.DATA)
    if not quiet and not outputs:
        emit(import_text(indicator, rows, Screen.of(sys.stdout)), sys.stdout)
        tell(_("Nothing is written yet: -o FILE.xlsx or -o FILE.csv writes these rows."))
    for name in outputs:
        content = _content(study, name, own, rows)
        about = plural("{count} value", "{count} values", len(rows))
        write_file(name, content, quiet=quiet, about=about)


# -- what is asked for -------------------------------------------------------------------------------


def _indicator(study: Study, wish: Wish) -> Indicator:
    """The indicator that the table is for; ends the run where that is not plain."""
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.model.names import fold
    from dualeco_cli.workbook.eurostat import codes_in
    from dualeco_cli.workbook.template.region import asked

    candidates = asked(study.framework)
    if wish.indicator is not None:
        by_word = {fold(one.name or one.id): one for one in candidates} | {
            fold(one.id): one for one in candidates
        }
        found = by_word.get(fold(wish.indicator))
        if found is not None:
            return found
        ids = [one.id for one in candidates]
        stop(
            sentences(
                _('the framework asks no "{name}" of a region.').format(name=wish.indicator),
                suggestion(nearest(wish.indicator, ids)),
            )
        )
    tables = {one.id: codes_in(one.source) for one in candidates}
    named = [one for one in candidates if wish.series in tables[one.id]]
    if len(named) == 1:
        return named[0]
    if named:
        stop(
            _("several indicators name the table {code}: {ids}. Choose with --indicator ID.").format(
                code=wish.series, ids=", ".join(one.id for one in named)
            )
        )
    codes = list(dict.fromkeys(code for codes in tables.values() for code in codes))
    stop(
        sentences(
            _("no indicator names the table {code} as its source.").format(code=wish.series),
            suggestion(nearest(wish.series, codes)),
            _("The framework names {codes}.").format(codes=", ".join(codes)) if codes else None,
            _("--indicator ID takes the table for an indicator of your choice."),
        )
    )


def _wanted(study: Study, wish: Wish) -> tuple[_Wanted, ...] | None:
    """The regions that are asked for; None for all that the table has."""
    from dualeco_cli.data import nuts

    if wish.all_regions:
        return None
    known = by_code(study.ecosystems)
    if wish.regions:
        regions = [resolve_region(text) for text in wish.regions]
    else:
        regions = [region for code in known if (region := nuts.region(code)) is not None]
        if not regions:
            stop(_("no ecosystem of this study has a NUTS code; name regions with --region CODE."))
    return _as_wanted(study, regions)


def _all_regions(study: Study, picked: Picked) -> tuple[_Wanted, ...]:
    from dualeco_cli.data import nuts

    # aggregates such as EU27_2020, and codes that are no longer in use, are no regions
    regions = [nuts.regions()[code] for code in picked.values if code in nuts.regions()]
    return _as_wanted(study, sorted(regions, key=lambda region: region.code))


def _as_wanted(study: Study, regions: Sequence[Region]) -> tuple[_Wanted, ...]:
    known = by_code(study.ecosystems)
    taken = set(study.ecosystems)
    found: list[_Wanted] = []
    for region in dict.fromkeys(regions):
        is_new = region.code not in known
        row = new_ecosystem(region, taken) if is_new else study.ecosystems[known[region.code]]
        taken.add(row.id)
        found.append(_Wanted(region, row, is_new))
    return tuple(found)


# -- the table ---------------------------------------------------------------------------------------


def _pick(wish: Wish, wanted: Sequence[_Wanted] | None, *, quiet: bool) -> tuple[Extract, Picked]:
    from dualeco_cli.cli.progress import progress
    from dualeco_cli.workbook.eurostat.reading import EurostatError, Extract
    from dualeco_cli.workbook.eurostat.values import SeveralSeriesError, pick

    extract = Extract(wish.path)
    geos = None
    if wanted is not None:
        geos = {one.region.code for one in wanted}
        if wish.proxy:
            geos |= {code for one in wanted for code in _around(one.region)}
    several: SeveralSeriesError | None = None
    picked: Picked | None = None
    size = wish.path.stat().st_size if wish.path.is_file() else 0
    try:
        with progress(_("Reading {file}").format(file=wish.path.name), size, quiet=quiet) as extract.advance:
            picked = pick(extract, geos, wish.where, year=wish.year, every_year=wish.every_year)
    except EurostatError as error:
        stop(str(error))
    except SeveralSeriesError as error:
        several = error
    _check_table(wish, extract)
    if picked is None:
        choices = several.choices if several is not None else {}
        left = "; ".join(f"{name} = {_some(codes)}" for name, codes in choices.items())
        example = " ".join(f"--where {name}={codes[0]}" for name, codes in choices.items())
        stop(
            _("{file} holds several series. Choose with --where: {choices}. For example: {example}").format(
                file=wish.path, choices=left, example=example
            )
        )
    return extract, picked


def _around(region: Region) -> tuple[str, ...]:
    """The regions and the country that a region lies in, the nearest first."""
    return tuple(region.code[:length] for length in range(len(region.code) - 1, 1, -1))


def _check_table(wish: Wish, extract: Extract) -> None:
    """End the run for another table than was named, and for filters that no series can meet."""
    from dualeco_cli.checks.suggest import nearest

    if extract.dataset and extract.dataset != wish.series:
        stop(
            _("{file} holds the table {found}, not {expected}.").format(
                file=wish.path, found=extract.dataset, expected=wish.series
            )
        )
    for name, code in wish.where.items():
        if name == "geo":
            stop(_("regions are chosen with --region CODE, not with --where."))
        if name not in extract.dimensions:
            stop(
                sentences(
                    _('{file} has no dimension "{name}".').format(file=wish.path, name=name),
                    suggestion(nearest(name, extract.dimensions)),
                    _("It has {names}.").format(names=", ".join(extract.dimensions)),
                )
            )
        met = list(extract.met.get(name, ()))
        if met and code.casefold() not in {one.casefold() for one in met}:
            stop(
                sentences(
                    _('{file} has no series with {name} = "{code}".').format(
                        file=wish.path, name=name, code=code
                    ),
                    suggestion(nearest(code, met)),
                    _("It has {names}.").format(names=_some(met)),
                )
            )


def _some(codes: Sequence[str]) -> str:
    return ", ".join([*codes[:_MOST_NAMED], *(["…"] if len(codes) > _MOST_NAMED else [])])


# -- the rows ----------------------------------------------------------------------------------------


def _rows(
    wish: Wish, indicator: Indicator, wanted: Sequence[_Wanted], extract: Extract, picked: Picked
) -> tuple[list[ProfileValue], list[Ecosystem], list[_Wanted]]:
    """The rows of Profile, the ecosystems among them that are new, and the regions without a value."""
    rows: list[ProfileValue] = []
    own: list[Ecosystem] = []
    without: list[_Wanted] = []
    for one in wanted:
        around = _around(one.region) if wish.proxy else ()
        place = next((code for code in (one.region.code, *around) if code in picked.values), None)
        if place is None:
            without.append(one)
            continue
        rows += [_row(wish, indicator, one, seen, extract, picked) for seen in picked.values[place]]
        if one.is_new:
            own.append(one.ecosystem)
    return rows, own, without


def _row(
    wish: Wish,
    indicator: Indicator,
    wanted: _Wanted,
    seen: Observation,
    extract: Extract,
    picked: Picked,
) -> ProfileValue:
    from dualeco_cli.data import nuts
    from dualeco_cli.model.rows import Confidence, ProfileValue
    from dualeco_cli.workbook.eurostat.values import confidence, flag_text

    source = _("Eurostat {code}, {file}").format(code=wish.series, file=wish.path.name)
    if extract.updated:
        source = _("Eurostat {code}, {file}, updated {date}").format(
            code=wish.series, file=wish.path.name, date=extract.updated
        )
    firm = confidence(seen.flags)
    notes = [", ".join(f"{name} {code}" for name, code in picked.series.items()), flag_text(seen.flags)]
    if seen.geo != wanted.region.code:
        around = nuts.regions()[seen.geo]
        firm = Confidence.MEDIUM if firm is Confidence.HIGH else firm
        notes.append(
            _("value of {region} ({code}) in place of the region’s own").format(
                region=around.name, code=around.code
            )
        )
    return ProfileValue(
        ecosystem=wanted.ecosystem.id,
        indicator=indicator.id,
        value=seen.value,
        year=int(seen.period),
        confidence=firm,
        source=source,
        note="; ".join(filter(None, notes)) or None,
    )


def _remarks(indicator: Indicator, rows: Sequence[ProfileValue], picked: Picked) -> None:
    """Say what makes the values doubtful: their unit, or that they lie off the scale."""
    from dualeco_cli.reports.numbers import plain

    unit = picked.series.get("unit", "")
    if unit and "%" in (indicator.unit or "") and not unit.upper().startswith("PC"):
        tell(
            _("The unit of the series is {unit}; {indicator} is measured in {expected}.").format(
                unit=unit, indicator=indicator.id, expected=indicator.unit
            )
        )
    low, high = sorted((indicator.worst, indicator.best))
    for row in rows:
        if row.value is not None and not low - EQUAL <= row.value <= high + EQUAL:
            tell(
                _(
                    "{ecosystem}: {value} lies outside the scale of {indicator}, from {worst} to {best}."
                ).format(
                    ecosystem=row.ecosystem,
                    value=plain(row.value),
                    indicator=indicator.id,
                    worst=plain(indicator.worst),
                    best=plain(indicator.best),
                )
            )


def _say_missing(wish: Wish, without: Sequence[_Wanted], extract: Extract) -> None:
    """Say which regions have no value, and where that of their country could stand in."""
    if not without:
        return
    names = [f"{one.region.name} ({one.region.code})" for one in without]
    tell(_("No value for: {regions}.").format(regions=_some(names)))
    met = extract.met.get("geo", {})
    if not wish.proxy and any(code in met for one in without for code in _around(one.region)):
        tell(_("The table has larger regions around them: --proxy takes their values."))


def _content(study: Study, name: str, own: Sequence[Ecosystem], rows: Sequence[ProfileValue]) -> bytes:
    from dualeco_cli.data import words
    from dualeco_cli.workbook.template import template, text_files
    from dualeco_cli.workbook.template.region import region_request

    request = region_request(study.framework, current(), study.ecosystems, own=own, profile=rows)
    if Path(name).suffix.casefold() == ".xlsx":
        return template(request)
    if own:
        stop(
            _(
                "{file} can hold no more than the sheet Profile, but some regions are new and need the sheet "
                "Ecosystems as well: {regions}. Write an .xlsx file."
            ).format(file=name, regions=_some([row.name or row.id for row in own]))
        )
    return text_files(request)[f"{words.sheet_name('Profile', current())}.csv"]
