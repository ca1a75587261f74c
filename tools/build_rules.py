"""Writes docs/rules.md from the catalogue of rules.

python tools/build_rules.py           writes the page
python tools/build_rules.py --check   exits with 1 if the page is no longer that of the catalogue
"""

from __future__ import annotations

import sys
from pathlib import Path

from dualeco_cli.checks.rule_pages import markdown_page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"


def main() -> int:
    """Write the page, or compare it."""
    text = markdown_page()
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
