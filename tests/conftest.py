"""What holds for all tests: they are spoken to in English, whatever the system's language is."""

from __future__ import annotations

import os
import signal

# for the processes that tests start as well
os.environ.pop("DUALECO_LANG", None)
os.environ["LC_ALL"] = "C.UTF-8"

# A shell that runs the tests in the background lets its children ignore Ctrl-C, and their children as well.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
