r"""Reads the two forms of Eurostat's files a line at a time, plain or compressed with gzip.

TSV: the first line is ``freq,sex,age,unit,geo\TIME_PERIOD`` and then the periods, between tabs; each further
line is a series, its cells such as ``12.3 b`` or ``:``. SDMX-CSV: one line for a value, below a header like
``DATAFLOW,LAST UPDATE,freq,sex,age,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG``. A file may be larger than the
memory: nothing is kept but what is asked for.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import math
import re
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from dualeco_cli.language import _

#: A line of Eurostat's longest tables has some 10,000 characters; one with more than this is no table.
LONGEST_LINE = 1 << 20
#: A file may unpack to so many bytes; Eurostat's largest are far from it.
MOST_BYTES = 4 << 30
#: After so many lines it is told how far the reading has come.
_TELL_EVERY = 4096
#: Of each dimension so many values are remembered, to say which there are.
MOST_VALUES = 400

_CELL = re.compile(
    r"(?:(?P<value>:|[+-]?[0-9]{1,30}(?:\.[0-9]{0,30})?(?:[eE][+-]?[0-9]{1,3})?)\s*(?P<flags>[A-Za-z]{0,8}))?"
)
_FLAGS = re.compile(r"[A-Za-z]{0,8}")
_PERIOD = re.compile(r"[0-9]{4}(?:[-MQSWD][0-9A-Z-]{1,8})?")
_GEO = re.compile(r"[A-Z][A-Z0-9_]{1,11}")
_UPDATED = "%d/%m/%y %H:%M:%S"
_GZIP, _ZIP = b"\x1f\x8b", b"PK"
#: Columns of SDMX-CSV that are no dimensions, in capitals.
_ABOUT = frozenset({"DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME"})
_TIME, _VALUE, _FLAG, _CONFIDENTIAL = "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"


class EurostatError(Exception):
    """A file that is not what it should be; the text is a whole sentence with the place."""

    def __init__(self, path: Path, line: int | None, text: str) -> None:
        place = _("{file}, line {line}").format(file=path, line=line) if line is not None else str(path)
        super().__init__(f"{place}: {text}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Observation:
    """One value. ``series`` are the dimensions other than region and period, in the order of the file."""

    line: int
    geo: str
    series: tuple[str, ...]
    period: str
    value: float | None
    flags: str


@dataclass(slots=True)
class Extract:
    """A file that is being read. What it says of itself is known once its first value has been read."""

    path: Path
    #: The dimensions other than region and period.
    dimensions: tuple[str, ...] = ()
    dataset: str | None = None
    #: When Eurostat last changed the table, as YYYY-MM-DD or as the file writes it.
    updated: str | None = None
    #: The values that were met, by dimension; of regions as ``geo``.
    met: dict[str, dict[str, None]] = field(default_factory=dict)
    line: int = 0
    #: Told, now and then, how many more bytes of the file have been read.
    advance: Callable[[int], None] | None = None

    def fault(self, text: str, line: int | None = None) -> EurostatError:
        """What is wrong, at the line that is being read or at another one."""
        return EurostatError(self.path, self.line if line is None else line, text)

    def observations(self, geos: Collection[str] | None, where: Mapping[str, str]) -> Iterator[Observation]:
        """The values of some regions (None: of all) whose dimensions are as asked for.

        Raises:
            EurostatError: the file cannot be read, or something in it is not as Eurostat writes it. Lines of
                other regions and series are not looked at closely.
        """
        with _lines(self) as lines:
            first = next(lines, "")
            if "\t" in first and "\\" in first.partition("\t")[0]:
                yield from self._from_tsv(first, lines, geos, where)
            elif _VALUE in first.upper() and _TIME in first.upper():
                yield from self._from_csv(first, lines, geos, where)
            else:
                raise self.fault(
                    _(
                        "this is neither Eurostat’s TSV nor its SDMX-CSV. The first line of a TSV file "
                        "begins like {tsv}, that of an SDMX-CSV file like {csv}."
                    ).format(tsv="freq,sex,age,unit,geo\\TIME_PERIOD", csv="DATAFLOW,LAST UPDATE,freq"),
                    1,
                )

    # -- both ----------------------------------------------------------------------------------------

    def _set_dimensions(self, names: Sequence[str]) -> None:
        lowered = [name.strip().lower() for name in names]
        if "geo" not in lowered:
            raise self.fault(
                _("there is no dimension geo, so this table is not about regions. It has: {names}.").format(
                    names=", ".join(lowered)
                )
            )
        if len(set(lowered)) < len(lowered):
            raise self.fault(_("a dimension stands twice: {names}.").format(names=", ".join(lowered)))
        self.dimensions = tuple(name for name in lowered if name != "geo")

    def _wanted(
        self, geo: str, series: Sequence[str], geos: Collection[str] | None, where: Mapping[str, str]
    ) -> bool:
        """Whether a series is asked for; its dimensions are remembered in any case."""
        for name, code in zip(("geo", *self.dimensions), (geo, *series), strict=True):
            held = self.met.setdefault(name, {})
            if len(held) < MOST_VALUES or name == "geo":
                held[code] = None
        if geos is not None and geo not in geos:
            return False
        return all(
            where.get(name, code).casefold() == code.casefold()
            for name, code in zip(self.dimensions, series, strict=True)
        )

    def _value(self, text: str, column: str) -> tuple[float | None, str]:
        """A cell as its value and its flags."""
        cell = _CELL.fullmatch(text)
        number = cell["value"] if cell else None
        value = float(number) if number and number != ":" else None
        if cell is None or (value is not None and not math.isfinite(value)):
            raise self.fault(
                _(
                    "{found} in {column} is no value. Expected is a number with a decimal point, such as "
                    "12.3, or “:”, and behind it flags, such as b."
                ).format(found=f"“{text[:40]}”", column=column)
            )
        return value, "".join(sorted((cell["flags"] or "").lower()))

    def _period(self, text: str, line: int | None = None) -> str:
        if not _PERIOD.fullmatch(text):
            raise self.fault(
                _("{found} is no period. Expected is a year, such as 2024.").format(found=f"“{text[:40]}”"),
                line,
            )
        return text

    # -- TSV -----------------------------------------------------------------------------------------

    def _from_tsv(
        self, first: str, lines: Iterator[str], geos: Collection[str] | None, where: Mapping[str, str]
    ) -> Iterator[Observation]:
        heads = first.rstrip("\r\n").split("\t")
        names, _backslash, across = heads[0].partition("\\")
        if across.strip().lower() not in {"time", "time_period"}:
            raise self.fault(
                _("{found} stands across. Expected is TIME_PERIOD: a column for each year.").format(
                    found=f"“{across.strip()[:40]}”"
                )
            )
        dimensions = [name.strip().lower() for name in names.split(",")]
        self._set_dimensions(dimensions)
        place = dimensions.index("geo")
        periods = [self._period(head.strip()) for head in heads[1:]]
        for text in lines:
            cells = text.rstrip("\r\n").split("\t")
            if cells == [""]:
                continue
            codes = [code.strip() for code in cells[0].split(",")]
            if len(codes) != len(dimensions):
                raise self.fault(
                    _("the first cell is {found}. Expected are {count} codes: {names}.").format(
                        found=f"“{cells[0][:60]}”", count=len(dimensions), names=",".join(dimensions)
                    )
                )
            if len(cells) - 1 != len(periods):
                raise self.fault(
                    _("there are {found} values. Expected are {count}, one for each year.").format(
                        found=len(cells) - 1, count=len(periods)
                    )
                )
            geo = codes.pop(place)
            if not self._wanted(geo, codes, geos, where):
                continue
            series = tuple(codes)
            for period, cell in zip(periods, cells[1:], strict=True):
                value, flags = self._value(cell.strip(), period)
                yield Observation(self.line, geo, series, period, value, flags)

    # -- SDMX-CSV ------------------------------------------------------------------------------------

    def _from_csv(
        self, first: str, lines: Iterator[str], geos: Collection[str] | None, where: Mapping[str, str]
    ) -> Iterator[Observation]:
        delimiter = ";" if first.count(";") > first.count(",") else ","
        heads = [head.strip().upper() for head in next(csv.reader([first], delimiter=delimiter))]
        at = {head: index for index, head in reversed([*enumerate(heads)])}
        places = [index for index, head in enumerate(heads[: at[_TIME]]) if head not in _ABOUT]
        if "STRUCTURE_NAME" in at:
            places = places[::2]  # each column of codes has one of labels behind it
        self._set_dimensions([heads[index] for index in places])
        geo_at = at["GEO"]
        places.remove(geo_at)
        for row in self._rows(lines, delimiter):
            if not row:
                continue
            if len(row) != len(heads):
                raise self.fault(
                    _("there are {found} cells. Expected are {count}, as in the first line.").format(
                        found=len(row), count=len(heads)
                    )
                )
            geo = row[geo_at].strip()
            if not _GEO.fullmatch(geo):
                raise self.fault(
                    _(
                        "{found} in geo is no code. Expected is one such as ITC4: download the file with "
                        "codes, not with labels."
                    ).format(found=f"“{geo[:40]}”")
                )
            self._about(row, at)
            series = tuple(row[index].strip() for index in places)
            if not self._wanted(geo, series, geos, where):
                continue
            value, flags = self._value(row[at[_VALUE]].strip(), _VALUE)
            own_flags = row[at[_FLAG]].strip() if _FLAG in at else ""
            if not _FLAGS.fullmatch(own_flags):
                raise self.fault(
                    _("{found} in {column} is no flag. Expected are letters, such as b.").format(
                        found=f"“{own_flags[:40]}”", column=_FLAG
                    )
                )
            flags += own_flags.lower()
            if _CONFIDENTIAL in at and row[at[_CONFIDENTIAL]].strip().upper() not in {"", "F"}:
                flags += "c"
            period = self._period(row[at[_TIME]].strip())
            yield Observation(self.line, geo, series, period, value, "".join(sorted(set(flags))))

    def _rows(self, lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                raise self.fault(
                    _("the quotation marks of this line do not fit together ({detail}).").format(detail=error)
                ) from error
            if row is None:
                return
            yield row

    def _about(self, row: Sequence[str], at: Mapping[str, int]) -> None:
        """What the file says of itself: ``ESTAT:EDAT_LFSE_16(1.0)`` and ``11/09/24 23:00:00``."""
        if self.dataset is not None:
            return
        name = next((row[at[head]] for head in ("DATAFLOW", "STRUCTURE_ID") if head in at), "")
        self.dataset = name.rpartition(":")[2].partition("(")[0].strip().lower()
        if "LAST UPDATE" in at:
            text = row[at["LAST UPDATE"]].strip()
            try:
                day = dt.datetime.strptime(text, _UPDATED)  # noqa: DTZ007  # only the day is used
                self.updated = day.date().isoformat()
            except ValueError:
                self.updated = text[:40] or None


@contextmanager
def _lines(extract: Extract) -> Iterator[Iterator[str]]:
    """The lines of a file as text, unpacked; errors of reading become those of the file."""
    path = extract.path
    try:
        with path.open("rb") as raw:
            start = raw.read(2)
            if start == _ZIP:
                raise EurostatError(
                    path,
                    None,
                    _(
                        "this is a workbook or an archive. Download the table as TSV or SDMX-CSV, "
                        "or unpack the archive."
                    ),
                )
            raw.seek(0)
            if start == _GZIP:
                with gzip.open(raw) as unpacked:
                    yield _decoded(unpacked, raw, extract)
            else:
                yield _decoded(raw, raw, extract)
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise EurostatError(path, extract.line or None, _damaged()) from error
        raise EurostatError(
            path,
            None,
            _("it cannot be read: {reason}.").format(reason=(error.strerror or str(error)).lower()),
        ) from error
    except (EOFError, zlib.error) as error:
        raise EurostatError(path, extract.line or None, _damaged()) from error


def _damaged() -> str:
    return _("the compressed file is damaged or was cut off. Download it again.")


def _decoded(stream: IO[bytes] | gzip.GzipFile, raw: IO[bytes], extract: Extract) -> Iterator[str]:
    size = told = 0
    while line := stream.readline(LONGEST_LINE + 1):
        if extract.advance is not None and extract.line % _TELL_EVERY == 0:
            extract.advance(raw.tell() - told)
            told = raw.tell()
        extract.line += 1
        size += len(line)
        if len(line) > LONGEST_LINE or size > MOST_BYTES:
            raise extract.fault(_("the file is too large to be a table of Eurostat’s."))
        try:
            text = line.decode("utf-8-sig" if extract.line == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise extract.fault(
                _("this is not UTF-8 text, which Eurostat’s files are. Has another program saved it?")
            ) from error
        yield text
