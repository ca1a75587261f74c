"""Texts on their way into a workbook that XlsxWriter writes."""

from __future__ import annotations

from dualeco_cli.model.safe import excel_text


def safe_text(text: str) -> str:
    """A text that is written as it is: it fits, and XlsxWriter takes nothing in it for anything else."""
    text = excel_text(text)
    # a string between these tags it takes for markup of its own and would write unescaped
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


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
