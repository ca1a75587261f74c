"""Text that tries to be something else, and a study that has it in every field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study

from . import samples

Model = TypeVar("Model", bound=BaseModel)

#: What a cell may hold, by what it attacks.
TEXTS = {
    "markup": "[bold red]not bold[/bold red]",
    "closing-markup": "[/]",
    "link-markup": "[link=https://example.org]here[/link]",
    "escape": "\x1b[31mred\x1b[2J\x1b]0;title\x07",
    "c1-escape": "\x9b31mred",
    "formula": "=cmd|' /C calc'!A0",
    "array-formula": "{=SUM(A1:A2)}",
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "link": "https://example.org/?a=1&b=2",
    "rich-string": "<r><t>raw</t></r>",
    "broken-rich-string": "<r></oops></r>",
    "html": "<script>alert('x')</script>&amp;",
    "direction": "\u202egnp.exe\u202c",
    "lines": "first\nsecond\r\nthird\rfourth\u2028fifth",
    "nul": "a\x00b",
    "emoji": "👩‍👩‍👧 :smile: 🦄",
    "wide": "実践の移転可能性",
    "combining": "e\u0301" + "\u0301" * 40,
    "long": "Titel " * 8000,
    "long-word": "x" * 40000,
    "gaps": "{name} %s {0} {count!r}",
    "excel-escape": "_x0041_ _x000D_",
    "number": "2024",
    "quote": "\"quoted\", 'single'; \\",
    "sheet-name": "'[a]:b*c?d/e\\f'",
    "blank": " ",
}

#: Words that the report itself depends on; to change them is no attack, it is another report.
_KEPT = frozenset({"role", "status", "weights", "name_of_tool", "sha256"})


def hostile(text: str) -> tuple[Report, Study]:
    """The sample with every free text replaced."""
    report, study = samples.report(), samples.study()
    return _replace(report, lambda _name: text), _replace(study, lambda _name: text)


def _replace(model: Model, text: Callable[[str], str]) -> Model:
    return type(model).model_construct(
        **{name: _value(name, getattr(model, name), text) for name in type(model).model_fields}
    )


#: Ids stay: they are slugs by the time a report is made, and references have to lead somewhere.
_IDS = frozenset(
    {
        "id",
        "indicator",
        "dimension",
        "practice",
        "ecosystem",
        "practices_of_pairs",
        "open_questions",
        "barrier_probability",
        "class_probability",
        "central_weights",
        "compensation",
    }
)


def _value(name: str, value: Any, text: Callable[[str], str]) -> Any:
    if name in _KEPT or name in _IDS:
        return value
    if isinstance(value, Enum) or value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return text(name)
    if isinstance(value, BaseModel):
        # The name of the program is its own.
        return value if type(value).__name__ == "Tool" else _replace(value, text)
    if is_dataclass(value) and not isinstance(value, type):
        new = {f.name: _value(f.name, getattr(value, f.name), text) for f in fields(value)}
        return replace(value, **new)
    if isinstance(value, dict):
        return {key: _value("", item, text) for key, item in value.items()}
    if isinstance(value, tuple):
        if all(isinstance(item, str) for item in value):
            return value
        return tuple(_value("", item, text) for item in value)
    raise TypeError(type(value))
