"""One cell into one value: what each kind of column reads, and what it finds fault with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import Final

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.numbers import Reading, Writing, read_number, show, tidy
from dualeco_cli.checks.suggest import nearest
from dualeco_cli.data import words
from dualeco_cli.model.cells import Cell, ErrorValue, Percentage, Place, Uncomputed
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import (
    Column,
    Confidence,
    Indicator,
    Kind,
    Level,
    Match,
    Objective,
    Origin,
    Role,
)

#: Equal means equal to this (design, 4.10).
TOLERANCE = 1e-9


class _Bad(Enum):
    """The value of a cell in which an error was found."""

    BAD = "bad"


BAD: Final = _Bad.BAD

#: The lists whose words stand for the members of an enumeration; the remaining one is yes and no.
ENUMS: Mapping[str, type[StrEnum]] = {
    "role": Role,
    "match": Match,
    "objective": Objective,
    "confidence": Confidence,
    "origin": Origin,
}

#: high, medium and low as weights (design, section 3).
WEIGHT_WORDS = {"high": 2.0, "medium": 1.0, "low": 0.5}

Value = object


class Spot:
    """Where a cell stands and under which header, for the findings about it."""

    __slots__ = ("header", "place", "text_file")

    def __init__(self, place: Place, header: str | None, *, text_file: bool) -> None:
        """``text_file``: all numbers of the file are text, so that is nothing to remark on."""
        self.place = place
        self.header = header
        self.text_file = text_file


def shown(cell: Cell) -> str:
    """A cell as its reader sees it."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return show(cell) if abs(cell) < float("inf") else str(cell)
        case Percentage():
            return f"{show(round(cell.stored * 100, 10))} %"
        case ErrorValue():
            return cell.code
        case Uncomputed():
            return cell.formula if cell.formula.startswith("=") else f"={cell.formula}"
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
        case _:
            return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


class CellReader:
    """Reads cells by kind. Each reader gives the value, None for a blank cell, or BAD after a finding."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._readers: Mapping[Kind, Callable[[Cell, Spot, Column, Indicator | None], Value]] = {
            Kind.TEXT: self._text,
            Kind.ID: self._id,
            Kind.REFERENCE: self._id,
            Kind.NUMBER: self._number,
            Kind.WHOLE: self._whole,
            Kind.WORD: self._word,
            Kind.WORDS: self._words,
            Kind.WEIGHT: self._weight,
            Kind.STEP: self._step,
            Kind.EQF: self._eqf,
            Kind.LEVEL: self._level,
            Kind.ANY: self._any,
        }

    def read(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None = None) -> Value:
        """The value of a cell in a column of that kind; ``scale`` is the indicator whose scale it is on."""
        if isinstance(cell, ErrorValue):
            self._report("error-value", spot, found=cell.code)
            return BAD
        if isinstance(cell, Uncomputed):
            self._report("formula-uncomputed", spot, found=shown(cell))
            return BAD
        if cell is None or (isinstance(cell, str) and not tidy(cell)):
            return None
        return self._readers[column.kind](cell, spot, column, scale)

    def _report(self, rule: str, spot: Spot, **params: str | None) -> None:
        self._collector.add(rule, spot.place, header=spot.header, **params)

    # -- text ----------------------------------------------------------------------------------------

    def _text(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del spot, column, scale
        return shown(cell).strip()

    def _any(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del spot, column, scale
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return float(cell)
        if isinstance(cell, Percentage):
            return cell.stored
        return shown(cell).strip()

    def _id(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        text = shown(cell)
        if mixes_alphabets(text):
            self._report("characters-alike", spot, found=text)
        return slug(text) or None

    # -- numbers -------------------------------------------------------------------------------------

    def number(self, cell: Cell, spot: Spot, fits: Callable[[float], bool] | None = None) -> float | None:
        """A number, or None after a finding. Of two readings the one that fits the scale is taken."""
        value = self._plain_number(cell, spot)
        if value is not None:
            return value
        reading: Reading | None = None
        if isinstance(cell, Percentage):
            reading = Reading(Writing.PERCENT, (cell.stored, round(cell.stored * 100, 12)))
        elif isinstance(cell, str):
            reading = read_number(cell)
            if reading is None:
                self._not_a_number(cell, spot)
        if reading is None:
            return None
        first = reading.values[0]
        if reading.writing is Writing.PLAIN:
            if not spot.text_file:
                self._report("number-as-text", spot, found=shown(cell), first=show(first))
            return first
        chosen = next((v for v in reading.values if fits is not None and fits(v)), first)
        other = next(v for v in reading.values if v is not chosen)
        rule = "number-percent" if reading.writing is Writing.PERCENT else "number-ambiguous"
        self._report(
            rule,
            spot,
            found=shown(cell),
            expected="a plain number",
            suggestion=show(chosen),
            first=show(chosen),
            second=show(other),
        )
        return chosen

    def _plain_number(self, cell: Cell, spot: Spot) -> float | None:
        if isinstance(cell, bool):
            self._report("boolean-for-number", spot, found=shown(cell), expected="a number")
        elif isinstance(cell, (int, float)):
            if abs(cell) < float("inf"):
                return float(cell)
            self._report("number-expected", spot, found=shown(cell), expected="a number")
        elif isinstance(cell, (dt.date, dt.time, dt.timedelta)):
            self._report("date-for-number", spot, found=shown(cell), expected="a number")
        return None

    def _not_a_number(self, text: str, spot: Spot) -> None:
        if words.value_of("not_known", tidy(text)) is not None:
            self._report("not-known-word", spot, found=text, expected="a number, n/a or a blank cell")
        else:
            self._report("number-expected", spot, found=text, expected="a number")

    def _number(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column
        value = self.number(cell, spot, _fits(scale))
        if value is None:
            return BAD
        return value if scale is None or self.on_scale(value, cell, spot, scale) else BAD

    def _whole(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, (dt.datetime, dt.date)):
            self._report("date-for-number", spot, found=shown(cell), expected="a year such as 2024")
            return BAD
        value = self.number(cell, spot)
        if value is None:
            return BAD
        if value != int(value):
            self._report("whole-number-expected", spot, found=shown(cell), expected="a whole number")
            return BAD
        return int(value)

    def _weight(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, str):
            word = words.value_of("weight", cell)
            if word is not None:
                return WEIGHT_WORDS[word]
            if read_number(cell) is None:
                self._unknown_word(cell, spot, "weight", also="a number")
                return BAD
        value = self.number(cell, spot)
        return BAD if value is None else value

    def _step(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, str):
            if words.value_of("continuous", cell) is not None:
                return 0.0
            if read_number(cell) is None:
                self._unknown_word(cell, spot, "continuous", also="a number")
                return BAD
        value = self.number(cell, spot)
        return BAD if value is None else value

    def on_scale(self, value: float, cell: Cell, spot: Spot, scale: Indicator) -> bool:
        """Whether a value is on the scale of its indicator; reports where it is not.

        A continuous value outside the goalposts is a warning only, and clipped by the method.
        """
        low, high = sorted((scale.worst, scale.best))
        outside = value < low - TOLERANCE or value > high + TOLERANCE
        name = scale.id
        ends = f"{show(scale.worst)} (worst) to {show(scale.best)} (best)"
        if scale.continuous:
            if outside:
                nearer = show(low if value < low else high)
                self._report(
                    "value-outside-goalposts",
                    spot,
                    found=shown(cell),
                    expected=ends,
                    indicator=name,
                    first=nearer,
                )
            return True
        steps = (value - scale.worst) / scale.step
        clipped = min(high, max(low, value))
        near = scale.worst + round((clipped - scale.worst) / scale.step) * scale.step
        if outside:
            self._report(
                "level-off-scale",
                spot,
                found=shown(cell),
                expected=ends,
                suggestion=show(near),
                indicator=name,
            )
            return False
        if abs(steps - round(steps)) > TOLERANCE * max(1.0, abs(steps)):
            self._report(
                "level-between-steps",
                spot,
                found=shown(cell),
                expected=f"{ends} in steps of {show(scale.step)}",
                suggestion=show(near),
                indicator=name,
            )
            return False
        return True

    # -- levels --------------------------------------------------------------------------------------

    def level(self, cell: Cell, spot: Spot, scale: Indicator | None, *, may_be_critical: bool) -> Value:
        """A cell of Merits or Requirements: a level or n/a, with its marks; None where it is blank."""
        critical = low = False
        body: Cell = cell
        if isinstance(cell, str):
            text = tidy(cell)
            if words.value_of("not_known", text) is not None:
                self._report("not-known-word", spot, found=cell, expected="a level, n/a or a blank cell")
                return BAD
            stem = text.rstrip("!? \t")
            marks = text[len(stem) :]
            critical, low, body = "!" in marks, "?" in marks, stem
            if not stem:
                self._report("not-known-word", spot, found=cell, expected="a level, n/a or a blank cell")
                return BAD
            if words.value_of("not_applicable", stem) is not None:
                if critical:
                    self._report("mark-not-used", spot, found=cell, mark="!")
                return Level(None, low=low)
            if words.value_of("not_known", stem) is not None:
                self._report("not-known-word", spot, found=cell, expected="a level, n/a or a blank cell")
                return BAD
            if marks and read_number(stem) is None:
                self._report("number-expected", spot, found=cell, expected="a level such as 3, 3!, 3? or n/a")
                return BAD
            if critical and not may_be_critical:
                self._report("mark-not-used", spot, found=cell, mark="!")
                critical = False
            if marks:
                spot = Spot(spot.place, spot.header, text_file=True)
        value = self.number(body, spot, _fits(scale))
        if value is None or (scale is not None and not self.on_scale(value, cell, spot, scale)):
            return BAD
        return Level(value, critical=critical, low=low)

    def _level(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column
        return self.level(cell, spot, scale, may_be_critical=True)

    # -- words ---------------------------------------------------------------------------------------

    def _unknown_word(self, text: str, spot: Spot, list_name: str, also: str | None = None) -> None:
        known = words.list_words(list_name)
        values = list(dict.fromkeys(known.values()))
        close = nearest(text, known)
        self._report(
            "word-unknown",
            spot,
            found=text,
            expected=" or ".join(filter(None, [", ".join(values), also])),
            suggestion=known[close] if close else None,
        )

    def _word(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del scale
        list_name = column.words or ""
        if list_name == "yes_no" and isinstance(cell, bool):
            return cell
        text = shown(cell)
        value = words.value_of(list_name, text)
        if value is None:
            self._unknown_word(text, spot, list_name)
            return BAD
        return ENUMS[list_name](value) if list_name in ENUMS else value == "yes"

    def _words(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del scale
        list_name = column.words or ""
        found: dict[object, None] = {}
        bad = False
        for part in re.split(r"[,;/\n\r]+", shown(cell)):
            if not tidy(part):
                continue
            value = words.value_of(list_name, part)
            if value is None:
                self._unknown_word(part.strip(), spot, list_name)
                bad = True
            else:
                found[ENUMS[list_name](value)] = None
        return BAD if bad else tuple(found)

    def _eqf(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, (dt.date, dt.time)):
            self._report("date-for-number", spot, found=shown(cell), expected="a level such as 4, or 4-5")
            return BAD
        text = re.sub(r"\s*[-\u2010-\u2015\u2212]\s*", "-", tidy(shown(cell)))
        parts = [part.removesuffix(".0") for part in text.split("-")]
        if len(parts) <= 2 and all(re.fullmatch("[1-8]", part) for part in parts) and parts == sorted(parts):
            return "-".join(dict.fromkeys(parts))
        self._report("eqf-level-invalid", spot, found=shown(cell), expected="1 to 8, or a range such as 4-5")
        return BAD


def _fits(scale: Indicator | None) -> Callable[[float], bool] | None:
    if scale is None:
        return None
    low, high = sorted((scale.worst, scale.best))
    return lambda value: low - TOLERANCE <= value <= high + TOLERANCE


_LOOKALIKE = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")


def mixes_alphabets(text: str) -> bool:
    """Whether Latin letters stand beside Greek or Cyrillic ones, which look like them, in one word."""
    return any(_LOOKALIKE.search(word) and _LATIN.search(word) for word in text.split())
