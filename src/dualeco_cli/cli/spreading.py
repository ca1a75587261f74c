"""Many targets: how the work is spread, and results that go into files as they come."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer

from dualeco_cli.cli.exits import Exit
from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL

if TYPE_CHECKING:
    from dualeco_cli.model.result import Method, Report, TargetResult
    from dualeco_cli.model.study import Study
    from dualeco_cli.reports.brief import Brief
    from dualeco_cli.reports.parquet import Tables, Writer
    from dualeco_cli.spread.ways import Way

T = TypeVar("T")

Jobs: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N|auto",
        help="Processes that share the targets; auto or 0: as many as there are processors. By default 1.",
    ),
]
Scheduler: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Let the workers of a Dask cluster share the targets: the address of its scheduler.",
    ),
]

#: The reports that are written target by target.
_STREAMED = frozenset({".parquet"})


def way_of(context: typer.Context, jobs: str | None, scheduler: str | None) -> Way:
    """How the work is to be spread. Ends the run for what makes no sense.

    What the command line says goes before what a settings file says: there either may stand for good.
    """
    from dualeco_cli.spread.ways import Way

    if jobs is not None and scheduler is not None:
        given = {name: _is_given(context, name) for name in ("jobs", "scheduler")}
        if given["jobs"] == given["scheduler"]:
            stop(_("--jobs is for this machine and --scheduler for a cluster: give one of them."))
        jobs, scheduler = (jobs, None) if given["jobs"] else (None, scheduler)
    return Way(jobs=_number_of_jobs(jobs), scheduler=scheduler)


def _is_given(context: typer.Context, name: str) -> bool:
    """Whether an option was given for this run, and not in a settings file."""
    source = context.get_parameter_source(name)
    return source is not None and source.name != "DEFAULT_MAP"


def _number_of_jobs(jobs: str | None) -> int:
    from dualeco_cli.spread.ways import cores

    text = "1" if jobs is None else jobs.strip().casefold()
    if text in {"auto", "0"}:
        return cores()
    if not (text.isdecimal() and text.isascii()):
        stop(_("--jobs is a whole number from 0 up, or auto, not “{jobs}”.").format(jobs=jobs))
    return int(text)


def spread(
    study: Study,
    targets: Sequence[str],
    method: Method,
    finish: Callable[[TargetResult], T],
    way: Way | None = None,
    *,
    quiet: bool = False,
) -> Generator[T]:
    """What ``finish`` makes of the result of each target, in their order, with a bar if it takes its time.

    Raises:
        SpreadError: see :func:`dualeco_cli.spread.ways.each_target`.
    """
    from dualeco_cli.cli.progress import progress
    from dualeco_cli.spread.ways import each_target
    from dualeco_cli.spread.work import Work

    work = Work(study, method, finish)
    with (
        progress(_("Scoring"), work.steps * len(targets), quiet=quiet) as advance,
        closing(each_target(work, targets, way, advance)) as stream,
    ):
        yield from stream


def whole(target: TargetResult) -> TargetResult:
    """The result as it is."""
    return target


# Results that go into files as they come


@dataclass(frozen=True, slots=True)
class Passing:
    """What is kept of a target on its way into files."""

    brief: Brief
    tables: Tables | None


def passing(target: TargetResult, *, tables: bool) -> Passing:
    """The result of a target as it goes through: its line for the terminal, its rows for files."""
    from dualeco_cli.reports.brief import brief_of

    if not tables:
        return Passing(brief_of(target), None)
    from dualeco_cli.reports.parquet import tables_of

    return Passing(brief_of(target), tables_of(target))


def can_stream(targets: Sequence[str], outputs: Sequence[str], *, quiet: bool) -> bool:
    """Whether nothing that is asked for needs all results at once."""
    only_streamed = all(Path(name).suffix.lower() in _STREAMED for name in outputs)
    return only_streamed and (quiet or are_many(targets))


def are_many(targets: Sequence[str]) -> bool:
    """Whether there are too many targets to show the ranking of each."""
    from dualeco_cli.reports.brief import MANY_TARGETS

    return len(targets) > MANY_TARGETS


def score_streamed(
    study: Study, targets: Sequence[str], method: Method, way: Way, outputs: Sequence[str], *, quiet: bool
) -> list[Brief]:
    """Score into files, target by target; ends the run where a file cannot be written.

    A run that is cancelled or fails leaves the files as they were.
    """
    from dualeco_cli.api import head_of
    from dualeco_cli.spread.errors import SpreadError
    from dualeco_cli.workbook.writing import WriteRefusal

    head = head_of(study, method)
    briefs: list[Brief] = []
    finish = partial(passing, tables=bool(outputs))
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(_file(name, head, study)) for name in outputs]
            stream = stack.enter_context(closing(spread(study, targets, method, finish, way, quiet=quiet)))
            for found in stream:
                briefs.append(found.brief)
                for file in files:
                    if found.tables is not None:
                        file.add(found.tables)
    except (SpreadError, WriteRefusal) as error:
        stop(str(error))
    if not quiet:
        for name in outputs:
            tell(_("Written: {file}").format(file=name))
    return briefs


@contextmanager
def _file(name: str, head: Report, study: Study) -> Iterator[Writer]:
    """A file that takes its place when it is whole."""
    from dualeco_cli.reports.parquet import Writer
    from dualeco_cli.workbook.writing import replace_atomically

    with replace_atomically(name) as temporary:
        writer = Writer(temporary, head, study)
        try:
            yield writer
            writer.close()
        except BaseException:
            with suppress(OSError):
                writer.abandon()
            raise


def end_below(scores: Iterable[float | None], least: float | None) -> None:
    """End the run with 1 if one of these scores of ranked practices is less than asked for."""
    if least is not None and any(score is not None and score < least - EQUAL for score in scores):
        raise typer.Exit(Exit.DATA)
