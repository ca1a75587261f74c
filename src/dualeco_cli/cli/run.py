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
        print(_defect(error), file=sys.stderr)  # noqa: T201
        sys.exit(Exit.DEFECT)


def _defect(error: Exception) -> str:
    """What to say of a defect, in the language of the run unless it is the language that fails."""
    from dualeco_cli.language import N_, _, speaking

    said = N_(
        "dualeco: this should not have happened ({kind}: {error}).\n"
        "It is a defect of dualeco, not of your file. Please report it with the command you ran; "
        "DUALECO_DEBUG=1 shows the details."
    )
    gaps = {"kind": type(error).__name__, "error": str(error)}
    try:
        from dualeco_cli.cli.speaking import language_of_run

        with speaking(language_of_run(sys.argv[1:])):
            return _(said).format(**gaps)
    except Exception:  # noqa: BLE001  # whatever is broken: the user still gets the sentence
        return said.format(**gaps)


def _use_utf8() -> None:
    """Never fail on a character that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
