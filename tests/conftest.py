"""What holds for all tests: they are spoken to in English, whatever the system's language is."""

from __future__ import annotations

import os

# for the processes that tests start as well
os.environ.pop("DUALECO_LANG", None)
os.environ["LC_ALL"] = "C.UTF-8"
