"""Workbooks about regions: a profile to fill in, or one with values, beside what each row asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dualeco_cli.data import words
from dualeco_cli.language import Language, of_data
from dualeco_cli.model.rows import Ecosystem, Indicator, ProfileValue, Role
from dualeco_cli.model.study import Framework
from dualeco_cli.workbook.eurostat import codes_in
from dualeco_cli.workbook.template.plan import Request, Value, told_field

_OF_REGIONS = frozenset({Role.NEED, Role.CONDITION})


def asked(framework: Framework) -> tuple[Indicator, ...]:
    """The indicators that a framework asks of a region, in its order."""
    return tuple(indicator for indicator in framework.indicators if indicator.role in _OF_REGIONS)


def blank_profile(framework: Framework, ecosystem: str) -> tuple[ProfileValue, ...]:
    """A row without a value for everything that the framework asks of a region."""
    return tuple(ProfileValue(ecosystem=ecosystem, indicator=one.id) for one in asked(framework))


def region_request(
    framework: Framework,
    language: Language,
    ecosystems: Mapping[str, Ecosystem],
    *,
    own: Sequence[Ecosystem],
    profile: Iterable[ProfileValue],
) -> Request:
    """A workbook with the sheets Ecosystems, where there are ``own`` ones, and Profile.

    ``ecosystems`` are those that the lists of its cells offer beside the own ones.
    """
    indicators = {indicator.id: indicator for indicator in framework.indicators}
    rows: dict[str, list[dict[str, Value]]] = {
        "Profile": [_profile_row(row, indicators.get(row.indicator), language) for row in profile]
    }
    if own:
        rows["Ecosystems"] = [row.model_dump() for row in own]
    return Request(
        language=language,
        framework=framework,
        ecosystems=ecosystems,
        sheets=("Ecosystems", "Profile") if own else ("Profile",),
        rows=rows,
        explained=True,
    )


def _profile_row(row: ProfileValue, indicator: Indicator | None, language: Language) -> dict[str, Value]:
    filled: dict[str, Value] = {
        "ecosystem": row.ecosystem,
        "indicator": row.indicator,
        "value": row.value,
        "year": row.year,
        "source": row.source,
        "note": row.note,
    }
    if row.value is not None:
        filled["confidence"] = words.first_value_words("confidence", language)[row.confidence]
    if indicator is not None:
        told: dict[str, Value] = {
            "name": of_data(indicator.name or indicator.id, language),
            "question": of_data(indicator.question or "", language),
            "unit": of_data(indicator.unit or "", language),
            "worst": indicator.worst,
            "best": indicator.best,
            "Eurostat": ", ".join(codes_in(indicator.source)),
        }
        filled.update((told_field(name), value) for name, value in told.items())
    return filled
