"""When two numbers are equal, in one place for all (design, 4.10).

1 − (0.7 − 0.4) and 1 − (0.5 − 0.2) are the same number, though their floating-point forms differ in the last
bit. Every comparison that decides something, a class or a word, is made with this distance; the engine has
functions for arrays in ``scoring/tolerance.py``.
"""

from __future__ import annotations

#: Two numbers no further apart than this are equal, whatever their unit.
EQUAL = 1e-9
