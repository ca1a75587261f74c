"""One cell into one value: what each kind of column reads, and what it finds fault with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from dualeco_cli.checks.cell_text import shown
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.lookalike import latin, mixes_alphabets
from dualeco_cli.checks.numbers import Reading, Writing, is_drawn, read_number, tidy
from dualeco_cli.checks.suggest import Candidates
from dualeco_cli.checks.wording import figure, listed, word_for
from dualeco_cli.data import words
from dualeco_cli.language import _
from dualeco_cli.model.cells import Cell, ErrorValue, Percentage, Place, Uncomputed
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import (
    FIRST_YEAR,
    LAST_YEAR,
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

#: Numbers from here on cannot be added up.
_TOO_LARGE = 1e300

#: high, medium and low as weights (design, section 3).
WEIGHT_WORDS = {"high": 2.0, "medium": 1.0, "low": 0.5}

#: Digits for the letters that look like them.
_DIGITS_FOR = str.maketrans({"O": "0", "o": "0", "О": "0", "о": "0", "l": "1", "З": "3", "з": "3"})
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_A_FRACTION = re.compile(r"([0-9]{1,6}) ?/ ?([1-9][0-9]{0,5})", re.ASCII)
_A_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
#: Numbers that are more than a number with a word beside it.
_COMPARED_OR_COMPUTED = re.compile(r"[<>≤≥~/_^]|[0-9][a-zA-Z]?[0-9]{3}")

#: Of a list with more unknown words than this, which is some text, the first ones are named.
_MOST_WORDS = 4

Value = object


class Spot:
    """Where a cell stands and under which header, for the findings about it."""

    __slots__ = ("decimal_mark", "expectation", "expected", "header", "place", "text_file")

    def __init__(
        self,
        place: Place,
        header: str | None,
        *,
        text_file: bool,
        decimal_mark: str | None = None,
        expected: str | None = None,
        expectation: Expectation | None = None,
    ) -> None:
        """``text_file``: all numbers of the file are text, so that is nothing to remark on.

        ``decimal_mark``: the comma, where the numbers of a text file are seen to have it. The point is what
        a file without such numbers is taken to have, so it says nothing.

        ``expected``: what belongs there, in words, where that is more than a number.

        ``expectation``: which numbers make sense in the column. Whoever has it refuses the others.
        """
        self.place = place
        self.header = header
        self.text_file = text_file
        self.expected = expected
        self.expectation = expectation
        self.decimal_mark = decimal_mark if decimal_mark == "," else None


@dataclass(frozen=True, slots=True)
class Expectation:
    """Which of two readings of a number makes sense in its column.

    ``rank`` is 0 for a value that the column can hold, larger for others. ``percent``: the column is in
    per cent or goes beyond 1, so a cell that shows 12.5 % more likely means 12.5 there than 0.125.
    """

    rank: Callable[[float], int]
    percent: bool = False

    def choose(self, values: tuple[float, ...], writing: Writing) -> float:
        """The value that makes most sense; of equals the likelier one, which comes first."""
        ordered = values
        if writing is Writing.PERCENT:
            ordered = tuple(sorted(values, key=abs, reverse=self.percent))
        return min(ordered, key=self.rank)


class CellReader:
    """Reads cells by kind. Each reader gives the value, None for a blank cell, or BAD after a finding."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._lists: dict[str, Candidates] = {}
        self._readers: Mapping[Kind, Callable[[Cell, Spot, Column, Indicator | None], Value]] = {
            Kind.TEXT: self._text,
            Kind.ID: self._id,
            Kind.REFERENCE: self._reference,
            Kind.NUMBER: self._number,
            Kind.WHOLE: self._whole,
            Kind.WORD: self._word,
            Kind.WORDS: self._words,
            Kind.WEIGHT: self._weight,
            Kind.STEP: self._step,
            Kind.EQF: self._eqf,
            Kind.LEVEL: self._level,
            Kind.RATIO: self._ratio,
            Kind.ANY: self._any,
        }

    def read(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None = None) -> Value:
        """The value of a cell in a column of that kind; ``scale`` is the indicator whose scale it is on."""
        if self.is_broken(cell, spot):
            return BAD
        if cell is None or (isinstance(cell, str) and not tidy(cell)):
            return None
        return self._readers[column.kind](cell, spot, column, scale)

    def is_broken(self, cell: Cell, spot: Spot) -> bool:
        """Whether a cell has an error or nothing for a value; reports it."""
        if isinstance(cell, ErrorValue):
            self._report("error-value", spot, found=cell.code)
            return True
        if isinstance(cell, Uncomputed):
            self._report("formula-uncomputed", spot, found=shown(cell))
            return True
        return False

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
            self._report("characters-alike", spot, found=text, suggestion=latin(text))
        return slug(text) or None

    def _reference(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        # letters that look alike are told of where the reference leads nowhere
        del spot, column, scale
        return slug(shown(cell)) or None

    # -- numbers -------------------------------------------------------------------------------------

    def number(self, cell: Cell, spot: Spot) -> float | None:
        """A number, or None after a finding. Of two readings the one that makes sense is taken.

        Where none does the column will refuse it, and how it was read is beside the point.
        """
        reading = self._reading(cell, spot)
        if reading is None:
            return None
        value = _chosen(reading, spot.expectation)
        if spot.expectation is None or spot.expectation.rank(value) == 0:
            self._remark(cell, spot, reading, value)
        return value

    def _reading(self, cell: Cell, spot: Spot) -> Reading | None:
        """What a cell can be read as, or None after a finding."""
        if isinstance(cell, str):
            reading = read_number(cell, spot.decimal_mark)
            if reading is None or max(map(abs, reading.values)) >= _TOO_LARGE:
                self._not_a_number(cell, spot)
                return None
            return reading
        if isinstance(cell, bool):
            self._report("boolean-for-number", spot, found=shown(cell), expected=_("a number"))
            return None
        value = cell.stored if isinstance(cell, Percentage) else cell
        if isinstance(value, (int, float)):
            if not abs(value) < _TOO_LARGE:  # nor is what is not a number at all
                self._report("number-expected", spot, found=str(value), expected=_("a number"))
                return None
            if isinstance(cell, Percentage):
                return Reading(Writing.PERCENT, (value, round(value * 100, 12)))
            return Reading(Writing.PLAIN, (float(value),))
        self._report("date-for-number", spot, found=shown(cell), expected=_("a number"))
        return None

    def _remark(self, cell: Cell, spot: Spot, reading: Reading, value: float) -> None:
        """Say how a cell was read, where that is not plain to see."""
        if reading.writing is Writing.PLAIN:
            if isinstance(cell, str) and not spot.text_file:
                self._report("number-as-text", spot, found=cell, first=figure(value))
            return
        other = next((v for v in reading.values if v != value), value)
        rule = "number-percent" if reading.writing is Writing.PERCENT else "number-ambiguous"
        self._report(
            rule,
            spot,
            found=shown(cell),
            expected=_("a plain number"),
            suggestion=figure(value),
            first=figure(value),
            second=figure(other),
        )

    def _not_a_number(self, text: str, spot: Spot) -> None:
        suggestion = _number_meant(text)
        expected = spot.expected or _("a number, or a blank cell where there is none")
        self._report("number-expected", spot, found=text, expected=expected, suggestion=suggestion)

    def _number(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column
        value = self.number(cell, spot) if scale is None else self._scaled(cell, cell, spot, scale)
        return BAD if value is None else value

    def _whole(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, (dt.datetime, dt.date)):
            self._report(
                "date-for-number",
                spot,
                found=shown(cell),
                expected=_("the year alone, such as {year}").format(year=cell.year),
                suggestion=str(cell.year),
            )
            return BAD
        reading = self._reading(cell, spot)
        if reading is None:
            return BAD
        value = _chosen(reading, _YEARS)
        if value != int(value):
            near = str(round(value))
            expected = _("a whole number")
            self._report("whole-number-expected", spot, found=shown(cell), expected=expected, suggestion=near)
            return BAD
        if FIRST_YEAR <= value <= LAST_YEAR:  # otherwise that is what there is to say
            self._remark(cell, spot, reading, value)
        return int(value)

    def _weight(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, str):
            word = words.value_of("weight", cell)
            if word is not None:
                return WEIGHT_WORDS[word]
            if read_number(cell) is None:
                self._unknown_word(cell, spot, "weight", or_number=True)
                return BAD
        value = self.number(cell, spot)
        return BAD if value is None else value

    def _ratio(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, str):
            fraction = _A_FRACTION.fullmatch(tidy(cell))
            if fraction:
                return int(fraction[1]) / int(fraction[2])
        elif isinstance(cell, dt.date):
            # what a spreadsheet makes of 1/3
            expected = _("a number; a fraction such as 1/3 goes into a cell formatted as text")
            self._report("date-for-number", spot, found=shown(cell), expected=expected)
            return BAD
        value = self.number(cell, spot)
        return BAD if value is None else value

    def _step(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, str):
            if words.value_of("continuous", cell) is not None:
                return 0.0
            if read_number(cell) is None:
                self._unknown_word(cell, spot, "continuous", or_number=True)
                return BAD
        value = self.number(cell, spot)
        return BAD if value is None else value

    def _scaled(self, body: Cell, cell: Cell, spot: Spot, scale: Indicator) -> float | None:
        """A number on the scale of its indicator, or None after a finding.

        ``body`` is the cell without its marks.

        What is wrong with a cell is said once: of a number that can be read in two ways and is off the scale
        in both, that it is off the scale.
        """
        reading = self._reading(body, spot)
        if reading is None:
            return None
        value = _chosen(reading, expectation_of(scale))
        fault = off_scale(value, scale)
        if fault is None or scale.continuous:
            self._remark(body, spot, reading, value)
        if fault is not None and not (scale.continuous and reading.writing is not Writing.PLAIN):
            rule, near = fault
            self._report(
                rule,
                spot,
                found=shown(cell),
                expected=_scale_in_words(scale, steps=rule == "level-between-steps"),
                suggestion=None if scale.continuous else figure(near),
                indicator=scale.id,
                first=figure(near),
            )
        # a continuous value outside the goalposts is a warning only, and clipped by the method
        return value if fault is None or scale.continuous else None

    # -- levels --------------------------------------------------------------------------------------

    def level(self, cell: Cell, spot: Spot, scale: Indicator | None, *, may_be_critical: bool) -> Value:
        """A cell of Merits or Requirements: a level or n/a, with its marks; None where it is blank."""
        critical = low = False
        body: Cell = cell
        if isinstance(cell, str):
            text = tidy(cell)
            stem = text.rstrip("!? \t")
            marks = text[len(stem) :]
            critical, low, body = "!" in marks, "?" in marks, stem
            if not stem or any(words.value_of("not_known", part) is not None for part in (text, stem)):
                expected = _("a level, n/a or a blank cell")
                self._report("not-known-word", spot, found=cell, expected=expected)
                return BAD
            if words.value_of("not_applicable", stem) is not None:
                if critical:
                    self._report("mark-not-used", spot, found=cell, mark="!", suggestion="n/a")
                return Level(None, low=low)
            if critical and not may_be_critical and read_number(stem) is not None:
                self._report("mark-not-used", spot, found=cell, mark="!", suggestion=text.replace("!", ""))
                critical = False
            if is_drawn(cell) or (marks and read_number(stem) is None):
                body = cell  # to be shown whole
            spot = Spot(
                spot.place,
                spot.header,
                text_file=spot.text_file or bool(marks),
                decimal_mark=spot.decimal_mark,
                expected=_("a level such as 3, 3! or 3?, n/a, or a blank cell"),
            )
        value = self.number(body, spot) if scale is None else self._scaled(body, cell, spot, scale)
        return BAD if value is None else Level(value, critical=critical, low=low)

    def _level(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column
        return self.level(cell, spot, scale, may_be_critical=True)

    # -- words ---------------------------------------------------------------------------------------

    def _unknown_word(self, text: str, spot: Spot, list_name: str, *, or_number: bool = False) -> None:
        known = words.list_words(list_name)
        expected = ", ".join(listed(list_name))
        if or_number:
            expected = _("{words} or a number").format(words=expected)
        if list_name not in self._lists:
            self._lists[list_name] = Candidates(known)
        close = self._lists[list_name].nearest(text)
        suggestion = known[close] if close else None
        if list_name == "yes_no":
            suggestion = suggestion or {"1": "yes", "0": "no"}.get(tidy(text))
        self._report(
            "word-unknown",
            spot,
            found=text,
            expected=expected,
            suggestion=word_for(list_name, suggestion) if suggestion else None,
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
        text = shown(cell)
        whole = words.value_of(list_name, text)
        if whole is not None:  # some words have a comma or a stroke in them
            return (ENUMS[list_name](whole),)
        found: dict[object, None] = {}
        unknown: dict[str, None] = {}
        for part in re.split(r"[,;/\n\r]+", text):
            if not tidy(part):
                continue
            value = words.value_of(list_name, part)
            if value is None:
                unknown[part.strip()] = None
            else:
                found[ENUMS[list_name](value)] = None
        for word in list(unknown)[:_MOST_WORDS]:
            self._unknown_word(word, spot, list_name)
        return BAD if unknown else tuple(found)

    def _eqf(self, cell: Cell, spot: Spot, column: Column, scale: Indicator | None) -> Value:
        del column, scale
        if isinstance(cell, (dt.date, dt.time)):
            self._report("date-for-number", spot, found=shown(cell), expected=_("a level such as 4, or 4-5"))
            return BAD
        text = re.sub(r"\s*[-\u2010-\u2015\u2212]\s*", "-", tidy(shown(cell)))
        parts = [part.removesuffix(".0") for part in text.split("-")]
        if len(parts) <= 2 and all(re.fullmatch("[1-8]", part) for part in parts) and parts == sorted(parts):
            return "-".join(dict.fromkeys(parts))
        levels = sorted(set(re.findall("[0-9]+", text)))
        sound = 1 <= len(levels) <= 2 and all(re.fullmatch("[1-8]", level) for level in levels)
        self._report(
            "eqf-level-invalid",
            spot,
            found=shown(cell),
            expected=_("1 to 8, or a range such as 4-5"),
            suggestion="-".join(levels) if sound else None,
        )
        return BAD


def _number_meant(text: str) -> str | None:
    """The number that somebody meant by a text that is none, such as ``3 (good)``, ``O`` or ``IV``."""
    plain = text.strip() if is_drawn(text) else tidy(text)
    if plain in _ROMAN:
        return _ROMAN[plain]
    digits = plain.translate(_DIGITS_FOR)
    if digits != plain and read_number(digits) is not None:
        return digits
    inside = _A_NUMBER.findall(plain)
    return inside[0] if len(inside) == 1 and not _COMPARED_OR_COMPUTED.search(plain) else None


def _chosen(reading: Reading, expectation: Expectation | None) -> float:
    return (expectation or _ANYTHING).choose(reading.values, reading.writing)


_ANYTHING = Expectation(lambda _: 0)
_YEARS = Expectation(lambda value: 0 if value == int(value) and FIRST_YEAR <= value <= LAST_YEAR else 1)


def within(low: float, high: float, *, percent: bool = False) -> Expectation:
    """What a column with a range expects."""
    return Expectation(lambda value: int(not low - EQUAL <= value <= high + EQUAL), percent)


def expectation_of(scale: Indicator) -> Expectation:
    """What a column on the scale of an indicator expects: a level, else something between the ends."""

    def rank(value: float) -> int:
        fault = off_scale(value, scale)
        return 0 if fault is None else 1 if fault[0] == "level-between-steps" else 2

    return Expectation(rank, percent="%" in (scale.unit or "") or max(abs(scale.worst), abs(scale.best)) > 1)


def off_scale(value: float, scale: Indicator) -> tuple[str, float] | None:
    """What is wrong with a value on the scale of its indicator: the rule, and the nearest value."""
    low, high = sorted((scale.worst, scale.best))
    outside = value < low - EQUAL or value > high + EQUAL
    clipped = min(high, max(low, value))
    if scale.continuous:
        return ("value-outside-goalposts", clipped) if outside else None
    direction = scale.step if scale.best > scale.worst else -scale.step
    near = round(scale.worst + round((clipped - scale.worst) / direction) * direction, 12)
    if outside:
        return "level-off-scale", near
    steps = (value - scale.worst) / scale.step
    if abs(steps - round(steps)) > EQUAL * max(1.0, abs(steps)):
        return "level-between-steps", near
    return None


def _scale_in_words(scale: Indicator, *, steps: bool) -> str:
    text = _("{worst} (worst) to {best} (best)")
    if steps:
        text = _("{worst} (worst) to {best} (best) in steps of {step}")
    return text.format(worst=figure(scale.worst), best=figure(scale.best), step=figure(scale.step))
