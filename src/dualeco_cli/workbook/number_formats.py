"""What the number formats of Excel make of a number: a date, a duration, a percentage or nothing special."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from types import MappingProxyType

from dualeco_cli.model.cells import Cell


class NumberKind(Enum):
    """The meanings that a format can give to a number."""

    PERCENT = "percent"
    DATE = "date"
    DATE_TIME = "date and time"
    TIME = "time"
    DURATION = "duration"


#: Literal text, escaped and padding characters, colours, conditions and currencies; not ``[h]``.
_NOT_CODE = re.compile(r'"[^"]*"?|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_DURATION = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
#: What "General" is called by programs that store its local name.
_GENERAL = frozenset({"general", "standard", "estándar", "estandarra", "@", ""})


def kind_of(code: str) -> NumberKind | None:
    """What a format code such as ``d/m/yyyy`` or ``0.0%`` makes of a number."""
    if code.strip().casefold() in _GENERAL:
        return None
    plain = _NOT_CODE.sub("", code[:1000]).partition(";")[0].casefold()
    if _DURATION.search(plain):
        return NumberKind.DURATION
    if "general" in plain:
        return None
    days, hours = ("d" in plain or "y" in plain), ("h" in plain or "s" in plain)
    if days or hours:
        if days and hours:
            return NumberKind.DATE_TIME
        return NumberKind.DATE if days else NumberKind.TIME
    if "m" in plain:
        return NumberKind.DATE
    return NumberKind.PERCENT if "%" in plain else None


#: The formats that need no code in the file. 27 to 36 and 50 to 58 are dates of East Asian languages.
BUILT_IN = MappingProxyType(
    {
        **{str(i): NumberKind.PERCENT for i in (9, 10)},
        **{str(i): NumberKind.DATE for i in (14, 15, 16, 17, *range(27, 32), 36, *range(50, 59))},
        **{str(i): NumberKind.TIME for i in (18, 19, 20, 21, 32, 33, 34, 35, 45, 47)},
        "22": NumberKind.DATE_TIME,
        "46": NumberKind.DURATION,
    }
)

_DAY_MILLISECONDS = 86_400_000
#: Day 0 of the two calendars of Excel. The older one believes in a 29 February 1900, its day 60.
_EPOCH_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 -- cells have no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001


def date_of(value: float, kind: NumberKind, *, since_1904: bool = False) -> Cell:
    """The date that a number stands for; the number itself where it is none, as in the program."""
    try:
        if kind is NumberKind.DURATION:
            return dt.timedelta(milliseconds=round(value * _DAY_MILLISECONDS))
        if value < 0:
            return value
        days, rest = divmod(round(value * _DAY_MILLISECONDS), _DAY_MILLISECONDS)
        time = dt.timedelta(milliseconds=rest)
        if days == 0 and (kind is NumberKind.TIME or not since_1904):
            return (_EPOCH_1900 + time).time()
        if days < 60 and not since_1904:
            days += 1
        moment = (_EPOCH_1904 if since_1904 else _EPOCH_1900) + dt.timedelta(days=days) + time
    except OverflowError:
        return value
    if kind is NumberKind.DATE and not rest:
        return moment.date()
    return moment
