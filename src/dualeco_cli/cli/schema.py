"""``dualeco schema``: the JSON Schemas of rows, report and findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dualeco_cli.cli.say import stop, tell
from dualeco_cli.language import _, plural


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", epilog="Example: dualeco schema --output schemas")(schema)


def schema(
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="Folder to write the schemas to.")
    ] = "schemas",
) -> None:
    """Write the JSON Schemas of every row type, of the report and of the findings."""
    from dualeco_cli.model.schemas import schema_files
    from dualeco_cli.workbook.writing import WriteRefusal, write_bytes

    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = schema_files()
        for name, text in files.items():
            write_bytes(folder / name, text.encode("utf-8"))
    except WriteRefusal as error:
        stop(str(error))
    except OSError as error:
        said = _("{folder}: the folder cannot be made: {reason}.")
        stop(said.format(folder=output, reason=error.strerror))
    tell(
        plural(
            "Written: {count} schema to {folder}",
            "Written: {count} schemas to {folder}",
            len(files),
            folder=output,
        )
    )
