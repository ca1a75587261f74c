"""A cell as people see it."""

from __future__ import annotations

import datetime as dt

from dualeco_cli.checks.numbers import show
from dualeco_cli.model.cells import Cell, ErrorValue, Percentage, Uncomputed
from dualeco_cli.model.names import INVISIBLE


def is_blank(cell: Cell) -> bool:
    """Whether a cell has nothing in it, or only blanks and characters that are not seen."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    if not text or text[0] not in INVISIBLE:
        return not text
    return all(character in INVISIBLE or character.isspace() for character in text)


def shown(cell: Cell) -> str:
    """A cell as its reader sees it."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return show(cell)
        case Percentage():
            return f"{show(round(cell.stored * 100, 10))} %"
        case ErrorValue():
            return cell.code
        case Uncomputed():
            return cell.formula if cell.formula.startswith("=") else f"={cell.formula}"
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
        case _:
            return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)
