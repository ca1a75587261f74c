"""The page's style sheet and script, and the policy that lets them run and nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Final

#: The parts of the script, in the order in which they stand in the page.
SCRIPTS: Final = ("engine.js", "format.js", "state.js", "paint.js", "explore.js", "main.js")


def _read(name: str) -> str:
    text = resources.files(__package__).joinpath("static", name).read_text(encoding="utf-8")
    # A checkout on Windows may have other line ends; the page is the same everywhere.
    return text.replace("\r\n", "\n")


@cache
def style() -> str:
    """The style sheet."""
    return _read("page.css")


@cache
def script() -> str:
    """The script, closed in a function of its own so that it leaves no names behind."""
    parts = "\n".join(_read(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def policy() -> str:
    """The content security policy: this style sheet, this script, no other, and nothing is fetched."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script())}'",
            f"style-src '{_hash(style())}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
