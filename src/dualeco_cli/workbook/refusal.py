"""What the reading of files has to say: refusals of a whole file, and the rules behind them and the notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from dualeco_cli.model.cells import Place


class Refusal(Exception):  # noqa: N818 -- it is the word of the design, and what the user is told
    """A file that cannot be read. ``rule`` is the name of a rule, ``params`` what its message names."""

    def __init__(self, rule: str, place: Place | None = None, **params: object) -> None:
        super().__init__(rule, params)
        self.rule = rule
        self.params: dict[str, object] = params
        self.place = place or Place("")

    def __str__(self) -> str:
        """The plain message, for those who use the library and let it pass."""
        rule = READING_RULES_BY_NAME[self.rule]
        where = f"{self.place.file}: " if self.place.file else ""
        return where + rule.message.format_map({name: self.params.get(name, "…") for name in rule.params})


@contextmanager
def located(file: str) -> Iterator[None]:
    """Name the file in refusals that come from a depth where it is not known."""
    try:
        yield
    except Refusal as refusal:
        if not refusal.place.file:
            refusal.place = refusal.place._replace(file=file)
        raise


class ReadingRule(NamedTuple):
    """One thing that reading can say, with the parameters of its message."""

    name: str
    severity: Literal["error", "warning", "info"]
    params: tuple[str, ...]
    message: str
    why: str
    fix: str
