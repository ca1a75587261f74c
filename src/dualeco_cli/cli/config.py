"""Defaults from a file: ``dualeco.toml``, or the table ``[tool.dualeco]`` of ``pyproject.toml``.

    lang = "it"

    [score]
    target = ["lombardy"]
    samples = 2000

    [columns]
    "Bundesland" = "source"
    "Practices.Land" = "country"

Options given on the command line win over environment variables (``DUALECO_SCORE_SAMPLES``), these over the
file. Keys outside a command's table hold for every command that has the option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from dualeco_cli.cli.say import sentences, stop, suggestion
from dualeco_cli.language import _

#: Options that a file must not set: they say what to run on, not how.
_NOT_IN_FILES = frozenset({"workbooks", "help"})


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a settings file says, or what is wrong with it; ``asked`` is the name it was looked for with."""

    asked: str | None
    path: Path | None = None
    table: dict[str, Any] = field(default_factory=dict)
    error: Exception | None = None


def find_settings(asked: str | None) -> SettingsFile:
    """The settings file of this name, else the nearest one; no fault in it ends the run yet."""
    if asked:
        return _read(asked, Path(asked))
    here = Path.cwd()
    for folder in (here, *here.parents):
        own = folder / "dualeco.toml"
        if own.is_file():
            return _read(None, own)
        project = folder / "pyproject.toml"
        if project.is_file():
            found = _read(None, project)
            # somebody else's file may be faulty: it is not ours to find fault with
            if found.error is None and found.table is not _NOT_OURS:
                return found
        if (folder / ".git").exists():
            break
    return SettingsFile(None)


#: The table of a ``pyproject.toml`` that says nothing of dualeco.
_NOT_OURS: dict[str, Any] = {}


def _read(asked: str | None, path: Path) -> SettingsFile:
    # here, because a run without a settings file needs no parser for one
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return SettingsFile(asked, path, error=error)
    if path.name == "pyproject.toml":
        tools = content.get("tool")
        own = tools.get("dualeco") if isinstance(tools, dict) else None
        return SettingsFile(asked, path, own if isinstance(own, dict) else _NOT_OURS)
    return SettingsFile(asked, path, content)


def configure(context: typer.Context, path: str | None) -> None:
    """Put the defaults of the nearest settings file in place. Ends the run for a key that is not known."""
    held = (context.obj or {}).get("settings")
    found = held if isinstance(held, SettingsFile) and held.asked == (path or None) else find_settings(path)
    file = found.path
    if file is None:
        return
    if isinstance(found.error, OSError):
        stop(_("{file} cannot be read: {reason}.").format(file=file, reason=found.error.strerror))
    if found.error is not None:
        stop(_("{file} is no valid TOML: {reason}.").format(file=file, reason=found.error))
    table = dict(found.table)
    columns = table.pop("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        stop(
            _("{file}: columns must be a table of headers and the columns that they stand for.").format(
                file=file
            )
        )
    _check_columns(file, columns)
    context.obj = {"columns": columns}
    context.default_map = _defaults(context, file, table)


def columns_of(context: typer.Context) -> dict[str, str]:
    """The user's own words for columns."""
    found = (context.obj or {}).get("columns", {})
    return dict(found)


def _check_columns(file: Path, columns: Mapping[str, str]) -> None:
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.model.rows import SHEETS
    from dualeco_cli.model.rows import columns as columns_of_sheet

    for header, target in columns.items():
        sheet, _dot, name = target.rpartition(".")
        fields = {f for kind, model in SHEETS.items() if sheet in {"", kind} for f in columns_of_sheet(model)}
        if name not in fields:
            said = _('{file}: the header "{header}" stands for "{column}", which is no column.')
            stop(
                sentences(
                    said.format(file=file, header=header, column=target),
                    suggestion(nearest(name, sorted(fields))),
                )
            )


def _defaults(context: typer.Context, file: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """The table as the defaults of each command."""
    commands: Mapping[str, Any] = getattr(context.command, "commands", {})
    options = {
        name: {param.name: param for param in command.params if param.name not in _NOT_IN_FILES}
        for name, command in commands.items()
    }
    general = {key.replace("-", "_"): value for key, value in table.items() if key not in commands}
    known = set().union(*options.values()) if options else set()
    for key in general:
        if key not in known:
            _unknown(file, key, sorted(known | set(commands) | {"columns"}))
    defaults: dict[str, Any] = {}
    for name, params in options.items():
        own = table.get(name, {})
        if not isinstance(own, dict):
            stop(
                _("{file}: {name} is a command; its defaults belong in a table [{name}].").format(
                    file=file, name=name
                )
            )
        own = {key.replace("-", "_"): value for key, value in own.items()}
        for key in own:
            if key not in params:
                _unknown(file, f"{name}.{key}", sorted(f"{name}.{param}" for param in params))
        own = {**{key: value for key, value in general.items() if key in params}, **own}
        defaults[name] = {key: _as_taken(value, params[key]) for key, value in own.items()}
    return defaults


def _as_taken(value: object, option: Any) -> object:
    """A single value for an option that may be repeated is a list of one."""
    return [value] if option.multiple and not isinstance(value, list) else value


def _unknown(file: Path, key: str, known: list[str]) -> None:
    from dualeco_cli.checks.suggest import nearest

    said = _('{file}: there is no setting "{key}".').format(file=file, key=key)
    stop(sentences(said, suggestion(nearest(key, known))))
