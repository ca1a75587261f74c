"""The commands: each parses, calls and exits."""

from __future__ import annotations

from dualeco_cli.cli.run import main

__all__ = ["main"]
