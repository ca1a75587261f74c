"""The same change made twice: in a workbook as a partner would, and in the study for the engine."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from dualeco_cli.model.result import Method, Report
from dualeco_cli.model.rows import Assessment, Indicator, Level, Objective, ProfileValue, Role
from dualeco_cli.model.study import Study

from ..scoring.studies import level


@dataclass
class Changing:
    """A workbook and its study, changed side by side."""

    book: Workbook
    report: Report
    study: Study
    method: Method
    random: Random

    @classmethod
    def of(cls, content: bytes, report: Report, study: Study, method: Method, seed: int) -> Changing:
        return cls(openpyxl.load_workbook(io.BytesIO(content)), report, study, method, Random(seed))

    def content(self) -> bytes:
        """The changed workbook. openpyxl writes formulas without what they gave, so they must be computed."""
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()

    # Both sides

    def set_dimension_weight(self, id_: str, weight: float | None) -> None:
        self._weight("Dimension", id_, weight)
        framework = self.study.framework
        rows = tuple(
            one.model_copy(update={"weight": 1.0 if weight is None else weight}) if one.id == id_ else one
            for one in framework.dimensions
        )
        self._framework(dimensions=rows)

    def set_indicator_weight(self, id_: str, weight: float | None) -> None:
        self._weight("Indicator", id_, weight)
        self._indicator(id_, weight=1.0 if weight is None else weight)

    def set_level(self, sheet: str, practice: str, indicator: str, cell: str | float | None) -> None:
        page = self.book[sheet]
        column = [head.value for head in page[1]].index(indicator) + 1
        row = [line[0].value for line in page.iter_rows()].index(practice) + 1
        page.cell(row, column).value = cell
        field = sheet.casefold()
        held = dict(getattr(self.study, field))
        own = {id_: one for id_, one in held.get(practice, {}).items() if id_ != indicator}
        if cell is not None and str(cell).strip():
            own[indicator] = level(cell)
        held[practice] = own
        self.study = self.study.model_copy(update={field: held})

    def set_profile(self, ecosystem: str, indicator: str, value: float | None) -> None:
        page = self.book["Profile"]
        heads = [head.value for head in page[1]]
        for line in page.iter_rows(min_row=2):
            if (line[0].value, line[1].value) == (ecosystem, indicator):
                line[heads.index("value")].value = value
                break
        else:
            raise KeyError((ecosystem, indicator))
        profile = {id_: dict(held) for id_, held in self.study.profile.items()}
        row = ProfileValue(ecosystem=ecosystem, indicator=indicator, value=value)
        profile.setdefault(ecosystem, {})[indicator] = row
        self.study = self.study.model_copy(update={"profile": profile})

    def add_profile(self, row: ProfileValue) -> None:
        """A row more, below the others."""
        page = self.book["Profile"]
        heads = [head.value for head in page[1]]
        at = page.max_row + 1
        for field in ("ecosystem", "indicator", "value", "year"):
            page.cell(at, heads.index(field) + 1).value = getattr(row, field)
        profile = {id_: dict(held) for id_, held in self.study.profile.items()}
        before = profile.setdefault(row.ecosystem, {}).get(row.indicator)
        if before is None or (row.year or 0) >= (before.year or 0):
            profile[row.ecosystem][row.indicator] = row
        self.study = self.study.model_copy(update={"profile": profile})

    def set_rating(self, old: Assessment, **fields: float | None) -> None:
        page = self.book["Assessments"]
        heads = [head.value for head in page[1]]
        key = (old.practice, old.target, old.indicator, old.assessor)
        places = [heads.index(name) for name in ("practice", "target", "indicator", "assessor")]
        for line in page.iter_rows(min_row=2):
            if tuple(line[at].value for at in places) == key:
                for name, value in fields.items():
                    line[heads.index(name)].value = value
                break
        else:
            raise KeyError(key)
        new = old.model_copy(update=fields)
        rows = tuple(new if row is old else row for row in self.study.assessments)
        self.study = self.study.model_copy(update={"assessments": rows})

    def add_rating(self, row: Assessment) -> None:
        page = self.book["Assessments"]
        heads = [head.value for head in page[1]]
        at = page.max_row + 1
        for field in ("practice", "target", "indicator", "assessor", "rating", "importance"):
            page.cell(at, heads.index(field) + 1).value = getattr(row, field)
        self.study = self.study.model_copy(update={"assessments": (*self.study.assessments, row)})

    def set_setting(self, key: str, value: float | str | None) -> None:
        page = self.book["Settings"]
        for line in page.iter_rows(min_row=2):
            if line[0].value == key:
                line[1].value = value
        known: dict[object, float] = {"full": 1.0, "partial": 0.0, None: 1.0}
        changed = known[value] if key == "compensation" else value
        self.method = self.method.model_copy(update={key: changed})

    def set_objectives(self, practice: str, objectives: tuple[Objective, ...]) -> None:
        page = self.book["Practices"]
        heads = [head.value for head in page[1]]
        row = [line[0].value for line in page.iter_rows()].index(practice) + 1
        text = "; ".join(str(one.value) for one in objectives)
        page.cell(row, heads.index("objectives") + 1).value = text or None
        practices = dict(self.study.practices)
        practices[practice] = practices[practice].model_copy(update={"objectives": objectives})
        self.study = self.study.model_copy(update={"practices": practices})

    def set_source(self, practice: str, source: str | None) -> None:
        page = self.book["Practices"]
        heads = [head.value for head in page[1]]
        row = [line[0].value for line in page.iter_rows()].index(practice) + 1
        page.cell(row, heads.index("source") + 1).value = source
        practices = dict(self.study.practices)
        practices[practice] = practices[practice].model_copy(update={"source": source})
        self.study = self.study.model_copy(update={"practices": practices})

    def sort(self, sheet: str, *, by: int = 0, falling: bool = True) -> None:
        """Sort the rows of an input sheet, as a filter button does; nothing else changes."""
        page = self.book[sheet]
        rows = [[cell.value for cell in line] for line in page.iter_rows(min_row=2)]
        rows.sort(key=lambda row: str(row[by]), reverse=falling)
        for line, row in zip(page.iter_rows(min_row=2), rows, strict=True):
            for cell, value in zip(line, row, strict=True):
                cell.value = value

    # Helpers

    def _weight(self, heading: str, id_: str, weight: float | None) -> None:
        page = self.book["Weights"]
        top = next(line[0].row for line in page.iter_rows() if line[0].value == heading)
        for line in page.iter_rows(min_row=top + 1):
            if line[4].value == id_:
                line[1].value = weight
                return
        raise KeyError(id_)

    def _indicator(self, id_: str, **fields: Any) -> None:
        rows = tuple(
            one.model_copy(update=fields) if one.id == id_ else one for one in self.study.framework.indicators
        )
        self._framework(indicators=rows)

    def _framework(self, **fields: Any) -> None:
        framework = self.study.framework.model_copy(update=fields)
        self.study = self.study.model_copy(update={"framework": framework})


def at_random(changing: Changing, count: int) -> list[str]:
    """So many random changes of all kinds; returns what was changed."""
    made = []
    for _ in range(count):
        kind = changing.random.choice(sorted(_KINDS))
        said = _KINDS[kind](changing)
        if said:
            made.append(f"{kind} {said}")
    return made


def _levels(indicator: Indicator) -> list[float]:
    if indicator.continuous:
        span = indicator.best - indicator.worst
        return [indicator.worst + span * share for share in (-0.1, 0.0, 0.37, 0.5, 0.951, 1.0, 1.2)]
    low, high = sorted((indicator.worst, indicator.best))
    return [round(low + indicator.step * n, 9) for n in range(round((high - low) / indicator.step) + 1)]


def _of_role(changing: Changing, *roles: Role) -> Indicator | None:
    found = [one for one in changing.study.framework.indicators if one.role in roles]
    return changing.random.choice(found) if found else None


def _dimension_weight(changing: Changing) -> str:
    used = {one.dimension for one in changing.study.framework.indicators}
    id_ = changing.random.choice([one.id for one in changing.study.framework.dimensions if one.id in used])
    weight = changing.random.choice([0.0, 0.25, 1.0, 3.0, 7.5, None])
    changing.set_dimension_weight(id_, weight)
    return f"{id_} {weight}"


def _indicator_weight(changing: Changing) -> str:
    id_ = changing.random.choice(changing.study.framework.indicators).id
    weight = changing.random.choice([0.0, 0.1, 1.0, 2.0, 4.5, None])
    changing.set_indicator_weight(id_, weight)
    return f"{id_} {weight}"


def _requirement(changing: Changing) -> str | None:
    return _wide(changing, Role.CONDITION, "Requirements", ("", "!", "?", "!?"))


def _merit(changing: Changing) -> str | None:
    return _wide(changing, Role.MERIT, "Merits", ("", "?"))


def _wide(changing: Changing, role: Role, sheet: str, marks: tuple[str, ...]) -> str | None:
    indicator = _of_role(changing, role)
    if indicator is None:
        return None
    random = changing.random
    number = random.choice(_levels(indicator))
    mark = random.choice(marks)
    cell: str | float | None = random.choice(
        [number if not mark else f"{number:g}{mark}", f"{number:g}{mark}" if mark else number]
    )
    cell = random.choice([cell, cell, cell, "n/a", None, "  "])
    practice = random.choice(sorted(changing.study.practices))
    changing.set_level(sheet, practice, indicator.id, cell)
    return f"{practice} {indicator.id} {cell!r}"


def _profile(changing: Changing) -> str | None:
    indicator = _of_role(changing, Role.CONDITION, Role.NEED)
    if indicator is None:
        return None
    target = changing.random.choice([one.id for one in changing.report.targets])
    value = changing.random.choice([*_levels(indicator), None])
    changing.set_profile(target, indicator.id, value)
    return f"{target} {indicator.id} {value}"


def _rating(changing: Changing) -> str | None:
    rows = [row for row in changing.study.assessments if _role(changing, row) is Role.JUDGEMENT]
    if not rows:
        return None
    row = changing.random.choice(rows)
    indicator = changing.study.framework.indicator(row.indicator)
    value = changing.random.choice([*_levels(indicator), None])
    changing.set_rating(row, rating=value)
    return f"{row.practice} {row.indicator} {row.assessor} {value}"


def _importance(changing: Changing) -> str | None:
    if not changing.study.assessments:
        return None
    row = changing.random.choice(changing.study.assessments)
    value = changing.random.choice([0.5, 1.0, 2.0, 3.3, None])
    changing.set_rating(row, importance=value)
    return f"{row.practice} {row.indicator} {row.assessor} importance {value}"


def _role(changing: Changing, row: Assessment) -> Role:
    return changing.study.framework.indicator(row.indicator).role


def _threshold(changing: Changing) -> str:
    low = changing.random.choice([0.0, 25.0, 49.9, 50.0])
    changing.set_setting("adaptable_from", low)
    high = changing.random.choice([50.0, 62.5, 75.0, 100.0])
    changing.set_setting("transferable_from", high)
    known = changing.random.choice([0.0, 0.5, 0.6, 1.0])
    changing.set_setting("min_coverage", known)
    return f"{low} {high} {known}"


def _compensation(changing: Changing) -> str:
    word = changing.random.choice(["full", "partial", None])
    changing.set_setting("compensation", word)
    return str(word)


def _objectives(changing: Changing) -> str:
    practice = changing.random.choice(sorted(changing.study.practices))
    objectives = tuple(changing.random.sample(list(Objective), changing.random.choice([0, 1, 2, 4])))
    changing.set_objectives(practice, objectives)
    return f"{practice} {objectives}"


def _sorted(changing: Changing) -> str:
    sheet = changing.random.choice(
        [name for name in ("Requirements", "Merits", "Profile", "Assessments") if name in changing.book]
    )
    changing.sort(sheet, by=changing.random.choice([0, 1]), falling=changing.random.random() < 0.5)
    return sheet


_KINDS: dict[str, Callable[[Changing], str | None]] = {
    "dimension weight": _dimension_weight,
    "indicator weight": _indicator_weight,
    "requirement": _requirement,
    "merit": _merit,
    "profile": _profile,
    "rating": _rating,
    "importance": _importance,
    "threshold": _threshold,
    "compensation": _compensation,
    "objectives": _objectives,
    "sorted": _sorted,
}

__all__ = ["Changing", "Level", "at_random"]
