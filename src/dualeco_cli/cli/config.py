"""Defaults from a file: ``dualeco.toml``, or the table ``[tool.dualeco]`` of ``pyproject.toml``.

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

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from dualeco_cli.cli.say import stop

#: Options that a file must not set: they say what to run on, not how.
_NOT_IN_FILES = frozenset({"workbooks", "help"})


def configure(context: typer.Context, path: str | None) -> None:
    """Put the defaults of the nearest settings file in place. Ends the run for a key that is not known."""
    file = Path(path) if path else _nearest_file()
    if file is None:
        return
    table = _read(file)
    columns = table.pop("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        stop(f"{file}: columns must be a table of headers and the columns that they stand for.")
    _check_columns(file, columns)
    context.obj = {"columns": columns}
    context.default_map = _defaults(context, file, table)


def columns_of(context: typer.Context) -> dict[str, str]:
    """The user's own words for columns."""
    found = (context.obj or {}).get("columns", {})
    return dict(found)


def _nearest_file() -> Path | None:
    here = Path.cwd()
    for folder in (here, *here.parents):
        own = folder / "dualeco.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and _has_table(project):
            return project
        if (folder / ".git").exists():
            return None
    return None


def _has_table(file: Path) -> bool:
    try:
        return "dualeco" in tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):
        return False  # somebody else's file: not ours to find fault with


def _read(file: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        stop(f"{file} is no valid TOML: {error}.")
    if file.name == "pyproject.toml":
        return dict(content.get("tool", {}).get("dualeco", {}))
    return content


def _check_columns(file: Path, columns: Mapping[str, str]) -> None:
    from dualeco_cli.checks.suggest import nearest
    from dualeco_cli.model.rows import SHEETS
    from dualeco_cli.model.rows import columns as columns_of_sheet

    for header, target in columns.items():
        sheet, _, name = target.rpartition(".")
        fields = {f for kind, model in SHEETS.items() if sheet in {"", kind} for f in columns_of_sheet(model)}
        if name not in fields:
            close = nearest(name, sorted(fields))
            hint = f' Did you mean "{close}"?' if close else ""
            stop(f'{file}: the header "{header}" stands for "{target}", which is no column.{hint}')


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
            stop(f"{file}: {name} is a command; its defaults belong in a table [{name}].")
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

    close = nearest(key, known)
    hint = f' Did you mean "{close}"?' if close else ""
    stop(f'{file}: there is no setting "{key}".{hint}')
