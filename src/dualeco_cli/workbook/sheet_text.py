"""Texts on their way into a workbook: cut to length, or as a formula wants them."""

from __future__ import annotations

from dualeco_cli.model.safe import excel_text


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, counted as the programs do: an emoji is two."""
    text = excel_text(text)
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * most:
        return text
    return encoded[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def quoted_sheet(name: str) -> str:
    """The name of a sheet as it stands in a formula."""
    return "'" + name.replace("'", "''") + "'"
