"""The commands: each is a module of this folder, loaded when it is called: no run pays for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import typer

#: The commands in the order of the help, each with what the help of the application says of it: the first
#: sentence of its own help. The module that has it bears its name.
SUMMARIES: Mapping[str, str] = {
    "score": "Rank practices by how transferable they are to one or more targets.",
    "validate": "Check workbooks; exit with 1 if there are errors, with 2 if a file cannot be read.",
    "explain": "Show one practice for one target in full: its score, what it rests on, what would change it.",
    "compare": "Compare targets: every practice for each of them, what suits where, how alike they are.",
    "backtest": "Hold the predictions against what became of the pilots.",
    "targets": "List the target ecosystems, show one, or add others: start, fill and compare their profiles.",
    "indicators": "List the indicators of a framework, or show one in full.",
    "frameworks": "List the built-in frameworks, explain one, or read a study in the terms of one.",
    "rules": "List the rules that workbooks are checked against, or explain one.",
    "schema": "Write the JSON Schemas of every row type, of the report and of the findings.",
    "template": "Write a workbook to fill in, with lists in its cells and the meaning of every level.",
}


class Commands(Mapping[str, Any]):
    """The commands by name. ``prepare`` is called once with each, before anybody sees it."""

    def __init__(self, prepare: Callable[[Any], None]) -> None:
        self._prepare = prepare
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in SUMMARIES:
            raise KeyError(name)
        if name not in self._loaded:
            command = _load(name)
            self._prepare(command)
            self._loaded[name] = command
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in SUMMARIES

    def __iter__(self) -> Iterator[str]:
        return iter(SUMMARIES)

    def __len__(self) -> int:
        return len(SUMMARIES)


def _load(name: str) -> Any:
    """The command as Typer builds it from its module."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    import_module(f"dualeco_cli.cli.{name}").register(alone)
    return typer.main.get_command(alone)
