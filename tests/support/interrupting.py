"""Programs that a test interrupts, as Ctrl-C does."""

from __future__ import annotations

import os
import signal

#: What an interrupted run ends with. -2 is 130 to a shell: Python ends by the signal itself where that fell
#: into code that is made on the fly, such as that of a data class.
INTERRUPTED = frozenset({130, -signal.SIGINT})


def environment(**more: str) -> dict[str, str]:
    """The variables for such a program, without the measuring of coverage.

    An interruption can leave its lock closed for ever.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return {**plain, **more}
