"""Rates how transferable good practices in dual vocational training are to a local ecosystem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualeco_cli.version import __version__

if TYPE_CHECKING:
    from dualeco_cli.api import (
        Result,
        StudyError,
        assessor_views,
        backtest,
        compare,
        explain,
        explanation_frames,
        load_study,
        plan,
        score,
    )

__all__ = [
    "Result",
    "StudyError",
    "__version__",
    "assessor_views",
    "backtest",
    "compare",
    "explain",
    "explanation_frames",
    "load_study",
    "plan",
    "score",
]


def __getattr__(name: str) -> object:
    """Bring in the API when it is asked for: the command line starts without it."""
    if name in __all__:
        from dualeco_cli import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
