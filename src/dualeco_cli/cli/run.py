"""The entry point: runs a command and turns whatever happens into a sentence and an exit code."""

from __future__ import annotations

import os
import sys

from dualeco_cli.cli.exits import Exit


def main() -> None:
    """Run ``dualeco``. No traceback ever reaches a user, unless ``DUALECO_DEBUG`` asks for it."""
    _use_utf8()
    try:
        # here, so that an interruption during the imports is one like any other
        from dualeco_cli.cli.app import app

        app()
    except SystemExit:
        raise
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:
        # the reader of our output has gone (`dualeco … | head`): nothing is left to say, nor anyone to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.OK)
    except Exception as error:  # the last line of defence: a defect becomes a sentence
        if os.environ.get("DUALECO_DEBUG"):
            raise
        kind = type(error).__name__
        print(  # noqa: T201
            f"dualeco: this should not have happened ({kind}: {error}).\n"
            "It is a defect of dualeco, not of your file. Please report it with the command you ran; "
            "DUALECO_DEBUG=1 shows the details.",
            file=sys.stderr,
        )
        sys.exit(Exit.DEFECT)


def _use_utf8() -> None:
    """Never fail on a character that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
