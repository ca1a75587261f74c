"""What a template is to hold: its sheets, their columns, and what each column allows.

All of it follows from the models of the rows, the words of the language and the framework; a column is
described once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from dualeco_cli.data import words
from dualeco_cli.data.names import in_every_language
from dualeco_cli.language import Language
from dualeco_cli.model.names import fold
from dualeco_cli.model.rows import (
    SHEETS,
    WIDE,
    Column,
    Ecosystem,
    Indicator,
    Kind,
    Practice,
    Role,
    columns,
)
from dualeco_cli.model.study import Framework
from dualeco_cli.workbook.template import texts
from dualeco_cli.workbook.template.texts import ColumnText

#: What a cell of a template can hold.
Value: TypeAlias = str | float | None

#: The sheets that make a framework.
FRAMEWORK_SHEETS = ("Dimensions", "Indicators", "Settings")
#: Sheets that few studies have: they are made when they are asked for.
ON_REQUEST = ("Panel",)
#: The other sheets of a study, in the order of their tabs.
STUDY_SHEETS = tuple(kind for kind in SHEETS if kind not in {*FRAMEWORK_SHEETS, *ON_REQUEST})

#: Whose indicators a sheet names row by row.
ROLES: Mapping[str, tuple[Role, ...]] = {
    "Merits": (Role.MERIT,),
    "Requirements": (Role.CONDITION,),
    "Basis": (Role.MERIT, Role.CONDITION),
    "Assessments": (Role.JUDGEMENT,),
    "Adaptations": (Role.CONDITION,),
    "Profile": (Role.NEED, Role.CONDITION),
    "Panel": tuple(Role),
}

_WIDTHS: Mapping[Kind, float] = {
    Kind.TEXT: 30,
    Kind.ID: 25,
    Kind.REFERENCE: 27,
    Kind.NUMBER: 11,
    Kind.WHOLE: 11,
    Kind.WORD: 15,
    Kind.WORDS: 22,
    Kind.WEIGHT: 13,
    Kind.STEP: 12,
    Kind.EQF: 12,
    Kind.LEVEL: 12,
    Kind.RATIO: 11,
    Kind.ANY: 16,
}
#: Long texts need room.
_WIDE_FIELDS: Mapping[str, float] = {
    "summary": 48,
    "core_functions": 42,
    "evidence": 42,
    "difficulties": 36,
    "basis": 60,
    "note": 48,
    "question": 44,
    "description": 60,
    "title": 32,
    "url": 36,
    "country": 11,
    "nuts": 11,
    "unit": 16,
    "level": 26,
    "source": 48,
}
_LEVEL_WIDTH = 15.0
_ACRONYMS: Mapping[str, str] = {"eqf": "EQF", "nuts": "NUTS", "url": "URL", "id": "ID"}


@dataclass(frozen=True, slots=True)
class Request:
    """What a template is asked for.

    ``sheets``: names of :data:`~dualeco_cli.model.rows.SHEETS`. ``rows``: what is filled in already, by
    sheet, each row by field or indicator. ``practices``: those that a pre-filled template is for.
    """

    language: Language
    framework: Framework
    ecosystems: Mapping[str, Ecosystem]
    sheets: tuple[str, ...]
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    practices: tuple[Practice, ...] = ()
    targets: tuple[str, ...] = ()
    assessor: str | None = None
    #: The framework before its texts were put into the language.
    as_given: Framework | None = None
    #: Whether the rows of Profile are explained in columns of their own, which are not read.
    explained: bool = False

    @property
    def prefilled(self) -> bool:
        """Whether the rows are for practices that are known already."""
        return bool(self.practices)


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column: its header, what goes into it, and what its cells allow."""

    field: str
    header: str
    kind: Kind
    #: Whether a blank cell is an error.
    must: bool
    text: str
    example: Value
    width: float
    words: str | None = None
    refers_to: str | None = None
    #: The indicator whose level stands here, on wide sheets.
    indicator: Indicator | None = None
    #: The least and the greatest number, where there are such.
    low: float | None = None
    high: float | None = None
    #: Whether it only explains its row; it is not read.
    told: bool = False

    @property
    def is_text(self) -> bool:
        """Whether its cells hold text: what looks like a date or a formula is then left as it was typed."""
        texts_ = {Kind.TEXT, Kind.ID, Kind.REFERENCE, Kind.EQF, Kind.WORD, Kind.WORDS}
        return self.kind in texts_


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """A sheet of the template."""

    kind: str
    name: str
    purpose: str
    one_row: str
    columns: tuple[PlannedColumn, ...]
    rows: Sequence[Mapping[str, Value]]


def plan(request: Request) -> tuple[PlannedSheet, ...]:
    """The sheets of data, in the order of their tabs."""
    about = texts.sheet_texts()
    order = [kind for kind in (*STUDY_SHEETS, *ON_REQUEST, *FRAMEWORK_SHEETS) if kind in request.sheets]
    return tuple(
        PlannedSheet(
            kind=kind,
            name=words.sheet_name(kind, request.language),
            purpose=about[kind].purpose,
            one_row=about[kind].row,
            columns=tuple(_columns(kind, request)),
            rows=request.rows.get(kind, ()),
        )
        for kind in order
    )


def printed(header: str, language: Language) -> str:
    """A header as people write it. Those of English are the names of fields: ``core_functions``.

    Case, blanks and ``_`` do not count when headers are read.
    """
    if language != "en":
        return header
    first, *others = header.split("_")
    return " ".join(
        [_ACRONYMS.get(first, first.capitalize()), *(_ACRONYMS.get(word, word) for word in others)]
    )


def of_roles(framework: Framework, kind: str) -> tuple[Indicator, ...]:
    """The indicators that belong on a sheet, in the order of the framework."""
    roles = ROLES.get(kind, ())
    return tuple(indicator for indicator in framework.indicators if indicator.role in roles)


def levels(indicator: Indicator) -> tuple[float, ...]:
    """The levels of a scale from worst to best; none of a continuous one."""
    if indicator.continuous:
        return ()
    count = round(indicator.span / indicator.step)
    way = 1 if indicator.best > indicator.worst else -1
    return tuple(round(indicator.worst + way * step * indicator.step, 9) for step in range(count + 1))


def _columns(kind: str, request: Request) -> Iterator[PlannedColumn]:
    model = SHEETS[kind]
    what = texts.column_texts()
    consensus = words.first_value_words("consensus", request.language)["consensus"]
    for name, column in columns(model).items():
        if kind == "Indicators" and name == "source":
            yield from _level_texts(request, what["Indicators", "level"])
        if kind == "Profile" and name == "value" and request.explained:
            yield from _explanations(request)
        low, high = _bounds(kind, name)
        text = what[kind, name]
        yield PlannedColumn(
            field=name,
            header=printed(words.header(kind, name, request.language), request.language),
            kind=column.kind,
            must=_must(kind, name, column),
            text=text.what.replace("{consensus}", consensus),
            example=_example(kind, name, column, text, request),
            width=_width(name, column),
            words=column.words,
            refers_to=column.refers_to,
            low=low,
            high=high,
        )
    if kind in WIDE:
        yield from _indicator_columns(kind, request)


def _level_texts(request: Request, text: ColumnText) -> Iterator[PlannedColumn]:
    """The columns that say in words what each level of an indicator stands for."""
    found = {level for indicator in request.framework.indicators for level in levels(indicator)}
    for level in sorted(found or {0.0, 1.0, 2.0, 3.0, 4.0}):
        yield PlannedColumn(
            field=level_field(level),
            header=printed(
                words.header("Indicators", level_field(level), request.language), request.language
            ),
            kind=Kind.TEXT,
            must=False,
            text=text.what,
            example=None,
            width=_WIDE_FIELDS["level"],
        )


def _explanations(request: Request) -> Iterator[PlannedColumn]:
    """The columns that say what a row of Profile asks for, so that nobody has to look it up."""
    fields = columns(Indicator)
    for name, text in texts.explanation_texts().items():
        # the table of Eurostat's is called the same in all languages
        word = words.header("Indicators", name, request.language) if name in fields else name
        kind = fields[name].kind if name in fields else Kind.TEXT
        yield PlannedColumn(
            field=told_field(name),
            header=printed(word, request.language),
            kind=kind,
            must=False,
            text=text.what,
            example=text.example,
            width=_WIDE_FIELDS.get(name, _WIDTHS[kind]),
            told=True,
        )


def told_field(name: str) -> str:
    """The field of the column that tells something about a row: ``~question``."""
    return f"~{name}"


def level_field(level: float) -> str:
    """The field of the column for a level: ``level_3``."""
    return f"level_{shown(level)}"


def shown(number: float) -> str:
    """A number as people write it: ``3``, ``0.5``."""
    return f"{number:.12g}"


def _indicator_columns(kind: str, request: Request) -> Iterator[PlannedColumn]:
    headers = _indicator_headers(kind, request.framework, request.as_given or request.framework)
    marks = ("!", "?", "") if kind == "Requirements" else ("?", "")
    for number, indicator in enumerate(of_roles(request.framework, kind)):
        # a requirement that the source of the example meets, or the example would be warned of
        level = _usual_level(indicator, share=0.25 if kind == "Requirements" else 0.75)
        mark = marks[number] if number < len(marks) else ""
        yield PlannedColumn(
            field=indicator.id,
            header=headers[indicator.id],
            kind=Kind.LEVEL,
            must=False,
            text=indicator.question or "",
            example=f"{shown(level)}{mark}" if mark else level,
            width=_LEVEL_WIDTH,
            indicator=indicator,
        )


def _indicator_headers(kind: str, framework: Framework, as_given: Framework) -> dict[str, str]:
    """The header of each indicator's column: its name, or its id where the name could be mistaken.

    The readers know a name in every language, so in none may it be that of another one.
    """
    carriers: dict[str, set[str]] = {}
    for indicator in as_given.indicators:
        for text in (indicator.id, *in_every_language(indicator.name or "")):
            carriers.setdefault(fold(text), set()).add(indicator.id)
    taken = {"", *words.column_words(kind)}
    headers = {}
    for indicator in framework.indicators:
        name = (indicator.name or "").strip()
        plain = carriers.get(fold(name)) == {indicator.id} and fold(name) not in taken
        headers[indicator.id] = name if plain else indicator.id
    return headers


def _must(kind: str, name: str, column: Column) -> bool:
    """Whether a blank cell is an error: a key, or what its row cannot be without."""
    if (kind, name) == ("Practices", "id"):
        return False  # it is made from the title
    return column.key or SHEETS[kind].model_fields[name].is_required()


def _width(name: str, column: Column) -> float:
    if column.kind is Kind.TEXT and name in _WIDE_FIELDS:
        return _WIDE_FIELDS[name]
    return _WIDTHS[column.kind]


def _bounds(kind: str, name: str) -> tuple[float | None, float | None]:
    info = SHEETS[kind].model_fields[name]
    low = high = None
    for mark in info.metadata:
        low = getattr(mark, "ge", getattr(mark, "gt", low))
        high = getattr(mark, "le", high)
    return low, high


def _usual_level(indicator: Indicator, share: float = 0.75) -> float:
    """A level for an example, so far on the way from the worst to the best."""
    found = levels(indicator)
    if found:
        return found[int(share * (len(found) - 1))]
    return round(indicator.worst + share * (indicator.best - indicator.worst), 1)


def _example(kind: str, name: str, column: Column, text: ColumnText, request: Request) -> Value:
    """An example for a column; all those of a sheet together are a row that passes every check."""
    if kind in FRAMEWORK_SHEETS:
        return next(iter(request.rows.get(kind, ())), {}).get(name)
    if column.words:
        return _example_word(column, request.language)
    first = next(iter(of_roles(request.framework, kind)), None)
    if kind == "Panel" and column.refers_to == "Dimensions":
        return next((dimension.id for dimension in request.framework.dimensions), "")
    if column.refers_to == "Indicators" and kind != "Panel":
        return first.id if first else ""
    if (kind, name) in {("Assessments", "rating"), ("Profile", "value"), ("Adaptations", "required")}:
        return _usual_level(first) if first else ""
    if column.refers_to == "Ecosystems" and text.example not in {*request.ecosystems, "my-region"}:
        return next(iter(request.ecosystems), "my-region")
    if column.kind is Kind.WEIGHT:
        return words.first_value_words("weight", request.language)["high"]
    return text.example


def _example_word(column: Column, language: Language) -> str:
    known = words.first_value_words(column.words or "", language)
    if column.kind is Kind.WORDS:
        return f"{known['quality']}; {known['wbl']}"
    return known[{"confidence": "high", "origin": "document"}[column.words or ""]]


def allowed_words(column: PlannedColumn, language: Language) -> tuple[str, ...]:
    """The words that a column is filled with, as its list offers them."""
    if column.words:
        return tuple(words.first_value_words(column.words, language).values())
    if column.kind is Kind.WEIGHT:
        return tuple(words.first_value_words("weight", language).values())
    if column.kind is Kind.STEP:
        return tuple(words.first_value_words("continuous", language).values())
    return ()
