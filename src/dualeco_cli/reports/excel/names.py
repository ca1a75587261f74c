"""What the sheets of a report are called, and what each holds.

The names are words of the list ``Guide`` in ``data/words/headers.csv``: who reads a report as a study passes
over these sheets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dualeco_cli.data import words
from dualeco_cli.language import _, current

if TYPE_CHECKING:
    from dualeco_cli.reports.excel.context import Context


def _named(name: str) -> str:
    return words.result_sheet(name, current())


def answer() -> str:
    """The first sheet."""
    return _named("answer")


def scores() -> str:
    """Scores of all practices, with those of the dimensions."""
    return _named("scores")


def heat() -> str:
    """The value of each indicator for each practice."""
    return _named("heat")


def required() -> str:
    """What is required beside what is there."""
    return _named("required")


def weights() -> str:
    """The weights, to be changed."""
    return _named("weights")


def barriers() -> str:
    """What blocks, what is open, what would help."""
    return _named("barriers")


def robustness() -> str:
    """What the draws found."""
    return _named("robustness")


def agreement() -> str:
    """How far the assessors agree."""
    return _named("agreement")


def panel() -> str:
    """What a panel gave. The name Panel is that of the input sheet."""
    return _named("panel")


def compare() -> str:
    """Several targets side by side."""
    return _named("compare")


def adapted() -> str:
    """Adapted forms of practices. The name Adaptations is that of the input sheet."""
    return _named("adapted")


def values() -> str:
    """The long list of all values of the run."""
    return _named("values")


def method() -> str:
    """How it was reckoned, and from what."""
    return _named("method")


def inputs() -> str:
    """What the input sheets are."""
    return _named("inputs")


def model() -> str:
    """The live model."""
    return _named("model")


def ratings() -> str:
    """The part of the live model that deals with judgements."""
    return _named("ratings")


def result_names() -> tuple[str, ...]:
    """The names of all sheets that are no input sheets."""
    return tuple(map(_named, words.RESULTS))


def contents(context: Context) -> Iterator[tuple[str, str]]:
    """The sheets after the first one that this workbook has, with what each holds."""
    live = context.live
    yield (
        scores(),
        _("All practices with the scores of the dimensions; live.")
        if live
        else _("All practices with the scores of the dimensions."),
    )
    if context.several:
        yield compare(), _("The targets side by side: where each practice would go best.")
    yield heat(), _("How each practice does on each indicator, from 0 to 1.")
    if context.has_conditions:
        yield required(), _("What each practice requires, and what the region has.")
    yield weights(), _("The weights: change them here.") if live else _("The weights.")
    yield barriers(), _("What blocks, what is not known, and the least effort to the next class.")
    if context.has_adaptations:
        yield adapted(), _("Adapted forms of practices, as is and adapted.")
    if context.has_draws:
        yield robustness(), _("How firm the results are: intervals and chances from the draws of the run.")
    if context.has_agreement:
        yield agreement(), _("How far the assessors agree, and where they lie apart.")
    if context.report.panel is not None:
        yield (
            panel(),
            _("What the members of the panel give each dimension and indicator, and how they agree."),
        )
    if context.has_values:
        yield values(), _("A list of every value of the run with its words, weight and points.")
    yield method(), _("How it was reckoned, from which files, with which version.")
    yield inputs(), _("What was read, sheet by sheet; dualeco reads it again from here.")
    if live:
        yield model(), _("Every step of the method as formulas, to be checked.")
