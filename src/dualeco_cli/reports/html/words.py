"""What the page's script says, so that a translation finds it where all other texts are."""

from __future__ import annotations

from dualeco_cli.data import words
from dualeco_cli.language import BEFORE_I, _, current, meant
from dualeco_cli.model.result import PracticeClass
from dualeco_cli.reports import numbers
from dualeco_cli.reports.texts import class_word

#: A class has a mark beside its word and its colour: neither is ever needed to understand it.
MARKS: dict[PracticeClass, str] = {
    PracticeClass.TRANSFERABLE: "✓",
    PracticeClass.ADAPTABLE: "≈",
    PracticeClass.CONDITIONAL: "?",
    PracticeClass.NOT_YET: "↓",
    PracticeClass.BLOCKED: "✗",
    PracticeClass.INSUFFICIENT_EVIDENCE: "○",
    PracticeClass.HOME: "⌂",
}


def reason_words() -> dict[str, str]:
    """Why a practice has no rank, or what its class hangs on, in a line; by class."""
    return {
        PracticeClass.BLOCKED: _("Barrier: {names}"),
        PracticeClass.INSUFFICIENT_EVIDENCE: _("{coverage} of the weight is known, {least} is asked for"),
        PracticeClass.CONDITIONAL: _("Open: {names}"),
        PracticeClass.HOME: _("At home here: a check of plausibility"),
    }


def script_words() -> dict[str, object]:
    """All texts of the script, by the names it knows them by."""
    return {
        "missing": numbers.MISSING,
        "under": _("under 1%"),
        "over": _("over 99%"),
        "and": _("{first} and {last}"),
        "andBeforeI": meant("before a sound of i", "{first} and {last}"),
        "beforeI": f"^{BEFORE_I.pattern}",
        "classes": {str(class_): class_word(class_) for class_ in PracticeClass},
        "marks": {str(class_): mark for class_, mark in MARKS.items()},
        "reasons": {str(class_): text for class_, text in reason_words().items()},
        "nothingKnown": _("Nothing is known that a score could rest on"),
        "was": _("was {before}"),
        "place": _("{title}: {class_}, fit {fit}, merit {merit}"),
        "placeNote": _("{class}, score {score}; fit {fit}, merit {merit}"),
        "barrier": _("barrier"),
        "question": _("open question"),
        "levels": _("Levels of {title}, scrolls sideways"),
        "headings": [
            _("Indicator"),
            _("Required"),
            _("In {region}, or as rated"),
            _("Picture"),
            _("Value"),
            _("Weight"),
            _("Points"),
        ],
        "cell": {
            "required": _("Required"),
            "target": _("In {region}"),
            "rated": _("Rated"),
            "value": _("Value"),
            "weight": _("Weight"),
            "points": _("Points"),
            "ofHundred": _("{value} of 100"),
            "unknown": _("unknown"),
            "nothing": _("nothing"),
            "notApplicable": _("The question does not arise for this practice."),
            "barrier": _("This is a barrier: it must be met."),
            "question": _("This is an open question: the class hangs on it."),
            "noWeight": _("It has no weight, so it does not count."),
            "absent": _("Does not apply: {names}."),
        },
        "said": {
            "first": _("First is now {title}: {class}, {score}. {ranked} of {all} practices have a rank."),
            "none": _("No practice has a rank with these settings."),
            "back": _("These are the settings of the report."),
            "elsewhere": _("Results for {region}: {said}"),
            "copied": _("Copied."),
            "notCopied": _("Could not be copied: select the text and copy it by hand."),
            "order": _("“Adaptable from” cannot be above “transferable from”."),
            "number": _("Not used: a number from {low} to {high} is needed here."),
            "least": _("Not used: a number of at least {low} is needed here."),
            "most": _("Not used: a number of at most {high} is needed here."),
            "broken": _(
                "The scores of this report could not be repeated in this browser, so its settings cannot be "
                "changed here. The numbers on the page are those of the report."
            ),
        },
        "export": {
            kind.lower(): _("Sheet {name}").format(name=words.sheet_name(kind, current()))
            for kind in ("Settings", "Dimensions", "Indicators")
        },
    }
