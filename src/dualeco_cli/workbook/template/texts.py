"""What a template says to those who fill it in, in one place to translate.

Headers, names of sheets and words of lists are not here: those are data, in all five languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dualeco_cli.data import words
from dualeco_cli.language import _, current, plural


class SheetText(NamedTuple):
    """What a sheet is for, and what one row of it is."""

    purpose: str
    row: str


class ColumnText(NamedTuple):
    """What goes into a column, and an example of it."""

    what: str
    example: str | float = ""


def sheet_texts() -> Mapping[str, SheetText]:
    """What each sheet is for."""
    return {
        "Practices": SheetText(_("The good practices and where they come from."), _("one practice")),
        "Merits": SheetText(_("How well each practice is proven and described."), _("one practice")),
        "Requirements": SheetText(_("What each practice needs of a region to work."), _("one practice")),
        "Basis": SheetText(_("The reason for each level, and where it can be read up."), _("one reason")),
        "Assessments": SheetText(
            _("What people in the target region think of running a practice there."),
            _("one rating by one person"),
        ),
        "Adaptations": SheetText(
            _("Changed forms of a practice that keep its core and need less of the region."),
            _("one changed requirement"),
        ),
        "Pilots": SheetText(_("Where a practice was tried, and how it went."), _("one trial")),
        "Panel": SheetText(
            _("How each member of a panel weighs the dimensions, or the indicators within each of them."),
            _("what one person says of one thing"),
        ),
        "Ecosystems": SheetText(
            _("Regions of your own. Those that dualeco knows already need no row."), _("one region")
        ),
        "Profile": SheetText(
            _("What a region has and how it stands. Your rows replace the values that dualeco knows."),
            _("one value"),
        ),
        "Dimensions": SheetText(_("The groups of indicators and their weights."), _("one dimension")),
        "Indicators": SheetText(_("What is rated, on which scale, with which weight."), _("one indicator")),
        "Settings": SheetText(_("Thresholds and how good values make up for bad ones."), _("one setting")),
    }


def practice_reference() -> ColumnText:
    """The column that names a practice."""
    return ColumnText(_("The id of the practice, as on the sheet of practices."), "tkgune")


def column_texts() -> Mapping[tuple[str, str], ColumnText]:
    """What goes into each column, by sheet and field. Examples in the lists' own words are made elsewhere."""
    practice = practice_reference()
    url = ColumnText(_("A web page."), "https://tkgune.eus")
    texts: dict[tuple[str, str], ColumnText] = {
        ("Practices", "id"): ColumnText(
            _("A short name that the other sheets refer to. Left blank, it is made from the title."), "tkgune"
        ),
        ("Practices", "title"): ColumnText(_("The name of the practice."), "TKgune"),
        ("Practices", "source"): ColumnText(_("The region it comes from."), "basque-country"),
        ("Practices", "country"): ColumnText(_("The country, best as its two letters."), "ES"),
        ("Practices", "organisation"): ColumnText(_("Who runs it."), "Tknika"),
        ("Practices", "partners"): ColumnText(_("Who takes part."), _("Vocational schools; small firms")),
        ("Practices", "objectives"): ColumnText(
            _("What it serves; several are separated by semicolons. Blank means not known.")
        ),
        ("Practices", "summary"): ColumnText(
            _("What happens, in a few sentences."), _("Teachers carry out projects for small firms.")
        ),
        ("Practices", "core_functions"): ColumnText(
            _("What must stay for it to work, whatever else is changed."),
            _("Teachers work with firms; new content enters lessons"),
        ),
        ("Practices", "target_group"): ColumnText(_("For whom it is."), _("Teachers; small firms")),
        ("Practices", "sector"): ColumnText(_("Sector or occupation."), _("ICT")),
        ("Practices", "eqf_level"): ColumnText(
            _("Level of the European Qualifications Framework, 1 to 8, or a range."), "4-5"
        ),
        ("Practices", "start_year"): ColumnText(_("The year in which it began."), 2014),
        ("Practices", "evidence"): ColumnText(
            _("What is known of its results: figures, years."), _("35 schools took part in 2018/19.")
        ),
        ("Practices", "difficulties"): ColumnText(
            _("What was hard."), _("Taking part adds to the workload of teachers.")
        ),
        ("Practices", "url"): url,
        ("Merits", "practice"): practice,
        ("Requirements", "practice"): practice,
        ("Basis", "practice"): practice,
        ("Basis", "indicator"): ColumnText(_("The indicator whose level is explained.")),
        ("Basis", "basis"): ColumnText(
            _("Why the level was given."), _("Teachers are released from lessons for the projects.")
        ),
        ("Basis", "origin"): ColumnText(_("Where that comes from.")),
        ("Basis", "year"): ColumnText(_("The year it is about."), 2019),
        ("Basis", "url"): url,
        ("Assessments", "practice"): practice,
        ("Assessments", "target"): ColumnText(_("The region in which it would be run."), "lombardy"),
        ("Assessments", "indicator"): ColumnText(_("What is rated.")),
        ("Assessments", "assessor"): ColumnText(
            _("Who rates. Write “{consensus}” for a rating that all have agreed on."), "Anna Rossi"
        ),
        ("Assessments", "rating"): ColumnText(_("The level; blank means no rating.")),
        ("Assessments", "importance"): ColumnText(
            _("How much it matters for this practice: a word, or a number above 0.")
        ),
        ("Assessments", "confidence"): ColumnText(_("How sure you are; blank is medium.")),
        ("Assessments", "note"): ColumnText(_("Your reason."), _("Two firms have offered places.")),
        ("Adaptations", "practice"): practice,
        ("Adaptations", "adaptation"): ColumnText(_("A short name of the changed form."), "teacher-students"),
        ("Adaptations", "title"): ColumnText(_("Its name in full."), _("Teacher students in a seminar")),
        ("Adaptations", "indicator"): ColumnText(_("The requirement that changes.")),
        ("Adaptations", "required"): ColumnText(_("The level that it then requires, or n/a.")),
        ("Adaptations", "note"): ColumnText(_("What is done differently."), _("Students do the work.")),
        ("Pilots", "practice"): practice,
        ("Pilots", "target"): ColumnText(_("The region in which it was tried."), "bremen"),
        ("Pilots", "year"): ColumnText(_("The year in which it was tried."), 2022),
        ("Pilots", "outcome"): ColumnText(
            _(
                "0 given up; 1 run, aims not reached; 2 aims partly reached; 3 run as planned; "
                "4 results shown, or taken up for good."
            ),
            3,
        ),
        ("Pilots", "adaptation"): ColumnText(
            _("The changed form that was tried, if it was one."), "teacher-students"
        ),
        ("Pilots", "note"): ColumnText(_("What happened."), _("One seminar with one firm.")),
        ("Pilots", "url"): url,
    }
    return {**texts, **_panel(), **_regions(), **_framework()}


def _panel() -> dict[tuple[str, str], ColumnText]:
    return {
        ("Panel", "member"): ColumnText(_("Who says it."), _("Member A")),
        ("Panel", "dimension"): ColumnText(_("The dimension; blank in a row about an indicator.")),
        ("Panel", "indicator"): ColumnText(_("The indicator; blank in a row about a dimension.")),
        ("Panel", "points"): ColumnText(
            _(
                "Its share of a budget such as 100 points. With rank as the setting panel: its rank, 1 for "
                "the most important. With something in the column over: how many times as important it is, "
                "from 1/9 to 9."
            ),
            40,
        ),
        ("Panel", "over"): ColumnText(
            _("Only for comparisons in pairs: what the dimension or indicator is compared with.")
        ),
        ("Panel", "note"): ColumnText(_("The reason."), ""),
    }


def _regions() -> dict[tuple[str, str], ColumnText]:
    return {
        ("Ecosystems", "id"): ColumnText(_("A short name of the region."), "my-region"),
        ("Ecosystems", "name"): ColumnText(_("Its name in full."), _("My region")),
        ("Ecosystems", "country"): ColumnText(_("The country, best as its two letters."), "IT"),
        ("Ecosystems", "nuts"): ColumnText(_("Its code in the statistics of the European Union."), "ITC4"),
        ("Ecosystems", "summary"): ColumnText(
            _("How vocational training works there."), _("The region accredits the providers.")
        ),
        ("Ecosystems", "url"): ColumnText(_("A web page."), "https://example.org"),
        ("Profile", "ecosystem"): ColumnText(_("The region."), "my-region"),
        ("Profile", "indicator"): ColumnText(_("What the value is about.")),
        ("Profile", "value"): ColumnText(_("The value, in the indicator's unit. Blank means not known.")),
        ("Profile", "year"): ColumnText(_("The year of the value; the latest one counts."), 2023),
        ("Profile", "confidence"): ColumnText(_("How sure the value is; blank is medium.")),
        ("Profile", "source"): ColumnText(_("Where it comes from."), _("Regional plan for training")),
        ("Profile", "note"): ColumnText(_("Anything else."), ""),
    }


def _framework() -> dict[tuple[str, str], ColumnText]:
    return {
        ("Dimensions", "id"): ColumnText(_("A short name that the indicators refer to.")),
        ("Dimensions", "name"): ColumnText(_("The name in full.")),
        ("Dimensions", "weight"): ColumnText(_("How much it counts: a number or a word. Blank is 1.")),
        ("Dimensions", "description"): ColumnText(_("What belongs to it.")),
        ("Indicators", "id"): ColumnText(_("A short name that the other sheets refer to.")),
        ("Indicators", "dimension"): ColumnText(_("The dimension it belongs to.")),
        ("Indicators", "name"): ColumnText(_("The name in full.")),
        ("Indicators", "role"): ColumnText(
            _(
                "A merit is of the practice alone, a need of the region alone; a condition is what the "
                "practice requires against what the region has; a judgement is made by local assessors."
            )
        ),
        ("Indicators", "question"): ColumnText(_("The question that the level answers.")),
        ("Indicators", "unit"): ColumnText(_("The unit of the value.")),
        ("Indicators", "worst"): ColumnText(_("The worst end of the scale; blank is 0.")),
        ("Indicators", "best"): ColumnText(_("The best end of the scale; blank is 4.")),
        ("Indicators", "step"): ColumnText(_("The distance of two levels; blank is 1.")),
        ("Indicators", "weight"): ColumnText(_("How much it counts: a number or a word. Blank is 1.")),
        ("Indicators", "match"): ColumnText(_("Conditions only: must the region have at least as much?")),
        ("Indicators", "critical"): ColumnText(_("Conditions only: is it a barrier where it is not met?")),
        ("Indicators", "floor"): ColumnText(_("Merits and judgements only: a rating below it is a barrier.")),
        ("Indicators", "objective"): ColumnText(_("Needs only: the objective that it speaks for.")),
        ("Indicators", "effort"): ColumnText(
            _("Conditions only: how hard it is for a region to move one step; blank is 1.")
        ),
        ("Indicators", "level"): ColumnText(_("What this level stands for, in words.")),
        ("Indicators", "source"): ColumnText(_("Where the indicator comes from.")),
        ("Settings", "key"): ColumnText(_("The name of the setting, in English.")),
        ("Settings", "value"): ColumnText(_("Its value; blank is the usual one.")),
    }


def explanation_texts() -> Mapping[str, ColumnText]:
    """The columns that explain the rows of Profile, by the field of Indicators that they repeat.

    ``Eurostat`` is no field: it is the table that the source of the indicator names.
    """
    return {
        "name": ColumnText(_("The name of the indicator.")),
        "question": ColumnText(_("The question to answer with the value.")),
        "unit": ColumnText(_("The unit of the value.")),
        "worst": ColumnText(_("The worst end of the scale.")),
        "best": ColumnText(_("The best end of the scale.")),
        "Eurostat": ColumnText(
            _(
                "The table of Eurostat’s that has the value. Download it, and dualeco targets --import FILE "
                "--series CODE reads it."
            ),
            "edat_lfse_16",
        ),
    }


def _not_applicable() -> str:
    return words.first_value_words("not_applicable", current())["n/a"]


def one_each(count: int) -> str:
    """What to call the columns of so many indicators together."""
    return plural("one column for {count} indicator", "one column for each of {count} indicators", count)


def signs() -> tuple[tuple[str, str], ...]:
    """What can stand in a cell of levels, and what it means."""
    return (
        ("3", _("A level of the scale. The sheet of levels says what each one stands for.")),
        ("0", _("Known: the practice needs nothing of the kind, or there is nothing of the kind.")),
        (_("(blank)"), _("Not known. That is not bad: it makes the result less certain, not lower.")),
        (_not_applicable(), _("The question does not arise for this practice; it is left out.")),
        ("3?", _("A level that you are not sure of.")),
        ("3!", _("Requirements only: critical. Without it the practice cannot work.")),
    )


def steps(*, prefilled: bool, framework: bool, region: bool = False) -> tuple[str, ...]:
    """How to fill the workbook in; ``framework``, ``region``: it is about nothing but one."""
    if region:
        return (
            _("The rows are prepared. Answer the question of each; leave blank what is not known."),
            _("Give each value its year, how sure you are, and where it comes from."),
            _("Where a table of Eurostat’s is named, dualeco targets --import FILE --series CODE reads it."),
            _("The grey columns explain the rows. They are not read."),
            _("Save as .xlsx and check the file: dualeco validate FILE.xlsx"),
            _("Use it beside the practices: dualeco score PRACTICES.xlsx FILE.xlsx --target ID"),
        )
    if framework:
        return (
            _("This is a framework to start from. Change, add and delete rows as your project needs them."),
            _("Give it a name of its own on the sheet of settings."),
            _("Columns with a star must be filled. Point at a header to read what belongs into its column."),
            _("Save as .xlsx and use it: dualeco score PRACTICES.xlsx --indicators FILE.xlsx --target ID"),
        )
    first: tuple[str, ...] = (
        _("The rows are prepared. Fill in the cells that are blank; leave blank what you do not know."),
        _("What was known is filled in. Where you change it, this sheet takes the place of the older one."),
    )
    if not prefilled:
        first = (_("Begin with the practices: a title and the region it comes from are enough to start."),)
    return (
        *first,
        _("Columns with a star must be filled. Point at a header to read what belongs into its column."),
        _("Many cells offer a list. What is not on it is warned of, as dualeco will read it differently."),
        _("Leave sheets that you do not need as they are. Do not rename sheets or headers."),
        _("Save as .xlsx and check the file: dualeco validate FILE.xlsx"),
    )


def labels() -> Mapping[str, str]:
    """Short texts, by what they are for."""
    return {
        "title": _("Good practices in dual vocational training"),
        "title_framework": _("A framework for rating good practices"),
        "title_region": _("The profile of a region"),
        "subtitle": _("Workbook for dualeco {version}, framework {framework}"),
        "for_assessor": _("Assessor: {name}"),
        "how": _("How to fill it in"),
        "sheets": _("The sheets"),
        "signs": _("What to write into a cell of levels"),
        "columns": _("The columns"),
        "practices": _("The practices"),
        "sheet": _("Sheet"),
        "purpose": _("What it is for"),
        "one_row": _("One row is"),
        "column": _("Column"),
        "must": _("Must be filled"),
        "what": _("What goes in"),
        "words": _("Words to choose from"),
        "example": _("Example"),
        "sign": _("You write"),
        "means": _("It means"),
        "yes": _("yes"),
        "levels": _("The levels"),
        "levels_note": _("What each level stands for. The sheet says where the level is entered."),
        "dimension": _("Dimension"),
        "indicator": _("Indicator"),
        "id": _("Id"),
        "entered": _("Entered on"),
        "question": _("Question"),
        "level": _("Level {level}"),
        "scale": _("from {worst} (worst) to {best} (best) {unit}"),
        "must_note": _("Must be filled."),
        "allowed": _("Choose from: {words}"),
        "several": _("Several are separated by semicolons."),
        "not_on_list": _("This is not on the list. Keep it only if you are sure."),
        "year": _("A year is a whole number from {first} to {last}."),
        "number": _("A number from {low} to {high} is expected."),
        "check": _("Please check"),
        "level_cell": _("The level, with ? or ! where needed; n/a; or blank."),
        "region": _("Region"),
        "target": _("Target"),
        "page": _("page {page} of {pages}"),
    }
