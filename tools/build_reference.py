"""Writes the reference pages that the code itself can give: commands, sheets and columns, JSON.

python tools/build_reference.py           writes docs/reference/*.md
python tools/build_reference.py --check   exits with 1 if a page is no longer that of the code
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from dualeco_cli.cli.app import app
from dualeco_cli.data.words import header, sheet_name
from dualeco_cli.language import LANGUAGES
from dualeco_cli.model.rows import SHEETS, columns
from dualeco_cli.model.schemas import schema_files

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"

#: The order in which somebody meets the commands.
ORDER = ("template", "validate", "score", "explain", "compare", "backtest", "targets", "indicators")

_COMMANDS = """\
# Commands

`dualeco COMMAND WORKBOOK... [options]`; a folder of CSV files counts as one workbook. Exit codes: 0 done;
1 the data has errors, or `--fail-under` was not reached; 2 wrong usage, or a file that cannot be read or
written; 70 a defect of dualeco; 130 interrupted. Results go to standard output, messages to standard error.

Defaults for every option can stand in a file `dualeco.toml`, or in the table `[tool.dualeco]` of
`pyproject.toml`, in the folder of the run or above it:

```toml
lang = "it"

[score]
target = ["lombardy"]
samples = 2000
```"""

_WORKBOOK = """\
# The workbook

A study is one workbook or several, in .xlsx, .ods, .xls, .xlsb, .csv or a folder of .csv files; files given
together are merged. Starred columns must be there. Sheets and headers are recognised in five languages, in
any case, with or without accents; the first words stand here, further ones in
`src/dualeco_cli/data/words/headers.csv`. Unknown columns are left alone and said."""

_JSON = """\
# Reports in JSON

JSON is the contract for scripts: numbers are not rounded, a missing number is null, and keys, codes and ids
are the same in every language. The schemas stand in the folder `schemas`; `dualeco schema` writes them."""

_REPORTS = (
    ("report.schema.json", "`score -o FILE.json`", "Report"),
    ("hindsight.schema.json", "`backtest -o FILE.json`", "Hindsight"),
    ("findings.schema.json", "`validate --format json`", "FindingsReport"),
)


def main() -> int:
    """Write the pages, or compare them."""
    pages = {"commands.md": commands(), "workbook.md": workbook(), "json.md": json_page()}
    if "--check" in sys.argv[1:]:
        old = [name for name, text in pages.items() if _read(FOLDER / name) != text]
        print("\n".join(f"docs/reference/{name} is out of date" for name in old), end="\n" if old else "")
        return 1 if old else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def commands() -> str:
    """Every command with its arguments, options and example."""
    return "\n".join(_command_lines()) + "\n"


def _command_lines() -> Iterator[str]:
    group: Any = typer.main.get_command(app)
    yield _COMMANDS
    names = sorted(group.commands, key=lambda name: (ORDER.index(name) if name in ORDER else 99, name))
    for name in names:
        command = group.commands[name]
        context = command.make_context(name, [], resilient_parsing=True)
        yield ""
        yield f"## {name}"
        yield ""
        yield _one_line(command.help or "")
        yield ""
        arguments = " ".join(
            _argument(param) for param in command.params if param.param_type_name == "argument"
        )
        yield f"    dualeco {name} {arguments} [options]".replace("  [", " [")
        yield ""
        yield "| option | what it does |"
        yield "| --- | --- |"
        for param in command.get_params(context):
            if param.param_type_name == "option" and not getattr(param, "hidden", False):
                yield _option(param)
        if command.epilog:
            yield ""
            yield _example(command.epilog)


def _argument(param: Any) -> str:
    name = param.metavar or param.name.upper()
    name = f"{name}..." if param.nargs == -1 else name
    return str(name if param.required else f"[{name}]")


def _option(param: Any) -> str:
    metavar = "" if param.is_flag or param.count else f" {param.metavar or param.type.name.upper()}"
    names = ", ".join(f"`{name}{metavar}`" for name in (*param.opts, *param.secondary_opts))
    return f"| {_cell(names)} | {_cell(_one_line(param.help or ''))} |"


def _example(epilog: str) -> str:
    """An epilog is one example, or several, after its own word."""
    word, _, rest = _one_line(epilog).partition(": ")
    return f"{word}: `{rest}`" if rest else word


def workbook() -> str:
    """Every sheet with its columns in five languages."""
    return "\n".join(_workbook_lines()) + "\n"


def _workbook_lines() -> Iterator[str]:
    schemas = {_sheet_of(schema): schema for schema in map(json.loads, schema_files().values())}
    yield _WORKBOOK
    for sheet, model in SHEETS.items():
        schema = schemas.get(sheet, {})
        yield ""
        yield f"## {sheet}"
        yield ""
        yield _one_line(str(schema.get("description", model.__doc__ or "")))
        yield ""
        yield "| " + " | ".join((*LANGUAGES, "meaning")) + " |"
        yield "| " + " | ".join("---" for _ in range(len(LANGUAGES) + 1)) + " |"
        yield (
            "| "
            + " | ".join(f"**{sheet_name(sheet, language)}**" for language in LANGUAGES)
            + " | the sheet |"
        )
        for field, column in columns(model).items():
            words = [header(sheet, field, language) for language in LANGUAGES]
            star = r"\*" if column.starred else ""
            said = schema.get("properties", {}).get(field, {}).get("description", "")
            yield (
                f"| {words[0]}{star} | "
                + " | ".join(map(_cell, words[1:]))
                + f" | {_cell(_one_line(said))} |"
            )


def _sheet_of(schema: Mapping[str, Any]) -> str:
    said = str(schema.get("description", ""))
    return next((sheet for sheet in SHEETS if f"the sheet {sheet}." in said), "")


def json_page() -> str:
    """The fields of the reports in JSON."""
    return "\n".join(_json_lines()) + "\n"


def _json_lines() -> Iterator[str]:
    files = schema_files()
    yield _JSON
    for name, made_by, title in _REPORTS:
        schema = json.loads(files[name])
        yield ""
        yield f"## {title}"
        yield ""
        yield f"{made_by}; `schemas/{name}`."
        yield from _fields(title, schema)
        for part, inner in schema.get("$defs", {}).items():
            if "properties" in inner:
                yield ""
                yield f"### {part}"
                yield from _fields(part, inner)


def _fields(title: str, schema: Mapping[str, Any]) -> Iterator[str]:
    if title and schema.get("description"):
        yield ""
        yield _cell(_one_line(schema["description"]))
    yield ""
    yield "| key | type | meaning |"
    yield "| --- | --- | --- |"
    for key, value in schema.get("properties", {}).items():
        yield f"| `{key}` | {_cell(_type(value))} | {_cell(_one_line(value.get('description', '')))} |"


def _type(value: Mapping[str, Any]) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "anyOf" in value:
        return " or ".join(_type(one) for one in value["anyOf"])
    if "const" in value:
        return json.dumps(value["const"])
    if "enum" in value:
        return ", ".join(json.dumps(one) for one in value["enum"])
    if value.get("type") == "array":
        return f"list of {_type(value['items'])}" if value.get("items") else "list"
    if value.get("type") == "object" and isinstance(value.get("additionalProperties"), Mapping):
        return f"object of {_type(value['additionalProperties'])}"
    return str(value.get("type", "any"))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;").replace("[", r"\[")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
