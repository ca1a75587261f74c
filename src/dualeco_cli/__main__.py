"""``python -m dualeco_cli`` is ``dualeco``."""

from __future__ import annotations

from dualeco_cli.cli.run import main

if __name__ == "__main__":
    main()
