"""What is built in, with its texts in the language of a template."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from dualeco_cli.language import Language, of_data
from dualeco_cli.model.rows import Dimension, Ecosystem, Indicator
from dualeco_cli.model.study import Framework

if TYPE_CHECKING:
    from dualeco_cli.workbook.template.plan import Request


def request_in_language(request: Request) -> Request:
    """The request with its framework and ecosystems in its language; its rows are in it already."""
    language = request.language
    return dataclasses.replace(
        request,
        framework=framework_in_language(request.framework, language),
        ecosystems={id_: _ecosystem(row, language) for id_, row in request.ecosystems.items()},
        as_given=request.framework,
    )


def framework_in_language(framework: Framework, language: Language) -> Framework:
    """The framework with its texts in a language, as far as they are built in."""
    return framework.model_copy(
        update={
            "dimensions": tuple(_dimension(row, language) for row in framework.dimensions),
            "indicators": tuple(_indicator(row, language) for row in framework.indicators),
        }
    )


def _dimension(row: Dimension, language: Language) -> Dimension:
    told = {"name": _told(row.name, language), "description": _told(row.description, language)}
    return row.model_copy(update=told)


def _indicator(row: Indicator, language: Language) -> Indicator:
    return row.model_copy(
        update={
            "name": _told(row.name, language),
            "question": _told(row.question, language),
            "unit": _told(row.unit, language),
            "levels": {level: of_data(text, language) for level, text in row.levels.items()},
        }
    )


def _ecosystem(row: Ecosystem, language: Language) -> Ecosystem:
    return row.model_copy(update={"name": _told(row.name, language)})


def _told(text: str | None, language: Language) -> str | None:
    return None if text is None else of_data(text, language)
