"""How a run can end."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of the design, section 5."""

    OK = 0
    #: The data has errors, or ``--fail-under`` was not reached.
    DATA = 1
    #: Wrong usage, or a file that cannot be read or written.
    USAGE = 2
    #: A defect of ours.
    DEFECT = 70
    INTERRUPTED = 130
