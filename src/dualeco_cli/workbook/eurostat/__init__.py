"""Files that people download from Eurostat: its TSV and SDMX-CSV forms, and the values in them."""

from __future__ import annotations

import re

#: What Eurostat calls its tables: ``edat_lfse_16``, ``lfst_r_lfu3rt``, ``tps00215``.
_CODE = re.compile(r"(?<![\w.])(?:[a-z]{2,}(?:_[a-z0-9]+)+|t[a-z]{2,4}\d{5})(?![\w.])", re.IGNORECASE)


def codes_in(source: str | None) -> tuple[str, ...]:
    """The Eurostat tables that the source of an indicator names, in lower case, in their order."""
    if source is None or "eurostat" not in source.casefold():
        return ()
    return tuple(dict.fromkeys(code.lower() for code in _CODE.findall(source)))
