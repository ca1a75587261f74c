"""The report as one long Parquet table: a row per number, or word, that is known.

Made for many targets: it is written target by target, so that nothing is held whole. What is told of
practices and what is told of their indicators stands in row groups of its own, so that a program which asks
for scores alone skips the rest of the file. What is not there (the score of a practice of which nothing is
known, the value of an unknown indicator) has no row. Nothing is rounded.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import IO, TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from dualeco_cli.model.result import IndicatorResult, PracticeResult, Report, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports.tables import compensation

if TYPE_CHECKING:
    Numbers: TypeAlias = npt.NDArray[np.float64]

#: The columns that say what a row is about, then the two that say what it is: a number or a word.
KEYS = ("target", "practice", "part", "item", "measure")
COLUMNS = (*KEYS, "value", "text")

#: The part whose rows are by far the most.
INDICATOR = "indicator"
#: What is told of an indicator; its dimension and role are the same for all, and stand in the metadata.
INDICATOR_NUMBERS = ("required", "actual", "value", "weight", "contribution")
#: Of the ranks, only the first ones: a table of all would be as large as all the rest.
RANKS = 10

#: So many rows are collected before they are written.
ROW_GROUP = 1_000_000
#: The name of the metadata that says where the numbers come from.
METADATA = b"dualeco"

#: practice, part, item, measure, value, text
Line: TypeAlias = tuple[str | None, str, str | None, str, float | None, str | None]


class Tables:
    """What one target adds to the file: small enough to be sent from one process to another."""

    __slots__ = ("indicators", "practices")

    def __init__(self, practices: pa.Table, indicators: pa.Table) -> None:
        self.practices = practices
        self.indicators = indicators

    def __getstate__(self) -> tuple[bytes, bytes]:
        # A tenth of the size: what a cluster computes comes through one wire.
        return _packed(self.practices), _packed(self.indicators)

    def __setstate__(self, state: tuple[bytes, bytes]) -> None:
        self.practices, self.indicators = map(_unpacked, state)


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def _unpacked(content: bytes) -> pa.Table:
    with pa.ipc.open_stream(content) as stream:
        return stream.read_all()


def tables_of(target: TargetResult) -> Tables:
    """The rows of one target, in the order of its ranking."""
    lines = [*_of_target(target), *(line for one in target.practices for line in _of_practice(one))]
    return Tables(_table(target.id, lines), _indicators(target))


def _of_target(target: TargetResult) -> Iterator[Line]:
    if target.agreement is not None:
        yield from _numbers(
            None, "agreement", None, {"alpha": target.agreement.alpha, "units": target.agreement.units}
        )
        for split in target.agreement.split:
            yield split.practice, "agreement", split.indicator, "split", float(len(split.ratings)), None
    for stretch in target.leader_stability or ():
        yield from _numbers(
            None, "leader_stability", stretch.dimension, {"low": stretch.low, "high": stretch.high}
        )


def _of_practice(practice: PracticeResult) -> Iterator[Line]:
    id_ = practice.id
    yield id_, "practice", None, "title", None, practice.title
    if practice.source is not None:
        yield id_, "practice", None, "source", None, practice.source
    yield id_, "practice", None, "class", None, practice.class_.value
    yield from _numbers(
        id_,
        "practice",
        None,
        {name: getattr(practice, name) for name in ("rank", "score", "lower", "upper", "coverage")},
    )
    for barrier in practice.barriers:
        found = {"required": barrier.required, "actual": barrier.actual, "gap": barrier.gap}
        yield from _numbers(id_, "barrier", barrier.indicator, found)
    for question in practice.open_questions:
        yield id_, "open_question", question, "open", 1.0, None
    for dimension in practice.dimensions:
        found = {name: getattr(dimension, name) for name in ("score", "lower", "upper", "weight")}
        yield from _numbers(id_, "dimension", dimension.id, found)
    yield from _of_forms(practice)
    yield from _of_path(practice)
    yield from _of_robustness(practice)


def _of_forms(practice: PracticeResult) -> Iterator[Line]:
    for form in practice.adaptations:
        yield practice.id, "adaptation", form.id, "class", None, form.class_.value
        found = {"score": form.score, "coverage": form.coverage, "best": float(form.best)}
        yield from _numbers(practice.id, "adaptation", form.id, found)


def _of_path(practice: PracticeResult) -> Iterator[Line]:
    path = practice.path
    if path is None:
        return
    if path.to is not None:
        yield practice.id, "path", None, "to", None, path.to.value
    yield from _numbers(practice.id, "path", None, {"effort": path.effort, "score": path.score})
    for step in path.steps:
        yield from _numbers(practice.id, "path", step.indicator, {"from": step.from_, "to": step.to})


def _of_robustness(practice: PracticeResult) -> Iterator[Line]:
    firm, id_ = practice.robustness, practice.id
    if firm is None:
        return
    found = {name: getattr(firm, name) for name in ("mean", "p05", "p95", "expected_rank")}
    yield from _numbers(id_, "robustness", None, found)
    for rank, share in enumerate(firm.rank_acceptability[:RANKS], 1):
        yield id_, "rank_acceptability", str(rank), "probability", share, None
    for part, shares, measure in (
        ("class_probability", firm.class_probability, "probability"),
        ("barrier_probability", firm.barrier_probability, "probability"),
        ("central_weights", firm.central_weights or {}, "share"),
    ):
        for item, share in shares.items():
            yield id_, part, item, measure, share, None


def _numbers(
    practice: str | None, part: str, item: str | None, found: dict[str, float | int | None]
) -> Iterator[Line]:
    for measure, number in found.items():
        if number is not None:
            yield practice, part, item, measure, float(number), None


def _indicators(target: TargetResult) -> pa.Table:
    """The rows of all indicators of all practices: made as arrays, since there are so many."""
    cells: list[IndicatorResult] = [cell for one in target.practices for cell in one.indicators]
    each = [len(one.indicators) for one in target.practices]
    height, width = len(cells), 1 + len(INDICATOR_NUMBERS)
    values: Numbers = np.full((height, width), np.nan)
    for place, name in enumerate(INDICATOR_NUMBERS, 1):
        values[:, place] = np.array([getattr(cell, name) for cell in cells], dtype=np.float64)
    there = ~np.isnan(values)
    there[:, 0] = True
    statuses = _coded([cell.status for cell in cells])
    row, measure = np.nonzero(there)
    status = pa.array(np.where(measure == 0, statuses.indices.to_numpy()[row], 0), mask=measure > 0)
    practices = np.repeat(np.arange(len(each)), each)[row]
    items = _coded([cell.id for cell in cells])
    value = pa.array(values[there], mask=measure == 0)
    return pa.table(
        {
            "target": _constant(target.id, len(row)),
            "practice": _dictionary(practices, [one.id for one in target.practices]),
            "part": _constant(INDICATOR, len(row)),
            "item": pa.DictionaryArray.from_arrays(items.indices.take(pa.array(row)), items.dictionary),
            "measure": _dictionary(measure, ["status", *INDICATOR_NUMBERS]),
            "value": value,
            "text": pa.DictionaryArray.from_arrays(status.cast(pa.int32()), statuses.dictionary),
        },
        schema=schema(),
    )


def _table(target: str, lines: Sequence[Line]) -> pa.Table:
    return pa.table(
        {
            "target": _constant(target, len(lines)),
            "practice": _coded([line[0] for line in lines]),
            "part": _coded([line[1] for line in lines]),
            "item": _coded([line[2] for line in lines]),
            "measure": _coded([line[3] for line in lines]),
            "value": pa.array([line[4] for line in lines], pa.float64()),
            "text": _coded([line[5] for line in lines]),
        },
        schema=schema(),
    )


def _coded(texts: Sequence[str | None]) -> pa.DictionaryArray:
    return pa.array([_whole(text) for text in texts], pa.string()).dictionary_encode()


def _constant(text: str, length: int) -> pa.DictionaryArray:
    return _dictionary(np.zeros(length, dtype=np.int32), [text])


def _dictionary(places: npt.NDArray[np.integer], words: Sequence[str]) -> pa.DictionaryArray:
    known = pa.array([_whole(word) for word in words], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), known)


def _whole(text: str | None) -> str | None:
    """The text without half characters, which a damaged cell may hold and no UTF-8 can."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


# The file


def schema(metadata: dict[bytes, bytes] | None = None) -> pa.Schema:
    """The columns and their types."""
    words = pa.dictionary(pa.int32(), pa.string())
    fields = [
        pa.field(name, pa.float64() if name == "value" else words, nullable=name not in {"target", "part"})
        for name in COLUMNS
    ]
    return pa.schema(fields, metadata=metadata)


def provenance(head: Report, study: Study) -> bytes:
    """Where the numbers come from, as JSON: the report without targets, and what the indicators are."""
    method = head.method.model_copy(update={"compensation": compensation(head)})
    found = head.model_copy(update={"method": method}).model_dump(mode="json", exclude={"targets"})
    found["indicators"] = [
        {"id": one.id, "dimension": one.dimension, "role": one.role.value}
        for one in study.framework.indicators
    ]
    # Escaped, so that a name with half a character is no obstacle.
    return json.dumps(found, ensure_ascii=True).encode("ascii")


class Writer:
    """Writes a file target by target. Nothing but a row group is held at any time: ``waiting`` rows.

    Which rows stand together depends on what is written alone: the same targets give the same bytes.
    """

    def __init__(self, file: str | PathLike[str] | IO[bytes], head: Report, study: Study) -> None:
        self._writer = pq.ParquetWriter(
            file, schema({METADATA: provenance(head, study)}), compression="zstd", version="2.6"
        )
        self._practices: list[pa.Table] = []
        self._indicators: list[pa.Table] = []
        self.waiting = 0

    def add(self, tables: Tables) -> None:
        """Take the rows of one more target."""
        self._practices.append(tables.practices)
        self._indicators.append(tables.indicators)
        self.waiting += len(tables.practices) + len(tables.indicators)
        if self.waiting >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Let go of a file that nobody is to have."""
        self._practices.clear()
        self._indicators.clear()
        self._writer.close()

    def _flush(self) -> None:
        for tables in (self._practices, self._indicators):
            if sum(map(len, tables)):
                # Each target has dictionaries of its own; a row group has one.
                together = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
                self._writer.write_table(together, row_group_size=len(together))
            tables.clear()
        self.waiting = 0


def render(report: Report, study: Study) -> bytes:
    """The whole file of a report that is at hand."""
    file = io.BytesIO()
    writer = Writer(file, report.model_copy(update={"targets": ()}), study)
    for tables in _all(report):
        writer.add(tables)
    writer.close()
    return file.getvalue()


def _all(report: Report) -> Iterable[Tables]:
    return map(tables_of, report.targets)
