"""Writes the manual page docs/man/dualeco.1 from the commands and their options.

python tools/build_man.py           writes the page
python tools/build_man.py --check   exits with 1 if the page is no longer that of the commands
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from typer.main import get_command

from dualeco_cli.cli.app import app
from dualeco_cli.cli.exits import Exit
from dualeco_cli.version import __version__

PAGE = Path(__file__).resolve().parent.parent / "docs" / "man" / "dualeco.1"

#: What each way to end means, in the order of the numbers.
ENDINGS = {
    Exit.OK: "Done.",
    Exit.DATA: "The data has errors, or the score asked for with --fail-under was not reached.",
    Exit.USAGE: "Wrong usage, or a file that cannot be read or written.",
    Exit.DEFECT: "A defect of dualeco.",
    Exit.INTERRUPTED: "Interrupted.",
}

ENVIRONMENT = {
    "DUALECO_COMMAND_OPTION": "Presets an option of a command: DUALECO_SCORE_SAMPLES=2000 stands for "
    "dualeco score --samples 2000. What is given on the command line wins.",
    "DUALECO_LANG": "Language of help, messages and reports.",
    "DUALECO_CONFIG": "The settings file, as with --config.",
    "DUALECO_DEBUG": "Shows the details of a defect in place of a sentence.",
    "NO_COLOR": "No colours on the terminal.",
}

FILES = {
    "dualeco.toml": "Defaults of the options: those at the top hold for every command, those of a table "
    "such as [score] for one. It is looked for in the current folder and those above it, up to the root of "
    "the repository.",
    "pyproject.toml": "The same in the table [tool.dualeco].",
}

#: Roff reads these characters in a way of its own, or typesetters put other ones in their place.
_ESCAPES = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    '"': r"\(dq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
}


def roff(text: str) -> str:
    """A text as one line of roff that shows just this text, whatever characters it begins with or holds."""
    line = "".join(_character(character) for character in " ".join(text.split()))
    return rf"\&{line}" if line.startswith(".") else line


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if " " <= character <= "~" else rf"\[u{ord(character):04X}]"


def page() -> str:
    """The whole page."""
    program: Any = get_command(app)
    lines = [
        r".\" Made by tools/build_man.py from the commands: change those.",
        f'.TH DUALECO 1 "" "dualeco {roff(__version__)}" "User Commands"',
        ".SH NAME",
        rf"dualeco \- {roff(_first_down(program.help).rstrip('.'))}",
        ".SH SYNOPSIS",
        *_usage("dualeco", ("[OPTIONS]", "COMMAND", "[ARGUMENTS]")),
        ".SH DESCRIPTION",
        *_paragraphs(
            "dualeco reads the spreadsheets in which partners keep good practices, what these require and "
            "what a region has, checks every cell, and ranks the practices by how transferable they are to a "
            "target ecosystem.\n\nEvery command has the option --help."
        ),
        ".SH OPTIONS",
        *_options(program),
        ".SH COMMANDS",
    ]
    for name, command in program.commands.items():
        if not command.hidden:
            lines += _command(name, command)
    lines += [".SH EXIT STATUS", *_terms({str(int(code)): ENDINGS[code] for code in Exit})]
    lines += [".SH ENVIRONMENT", *_terms(ENVIRONMENT)]
    lines += [".SH FILES", *_terms(FILES)]
    lines += [".SH EXAMPLES", *_example(program.epilog)]
    lines += [".SH AUTHORS", "The dualeco authors."]
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    yield f".SS {roff(name)}"
    arguments = [_argument(param) for param in command.params if param.param_type_name == "argument"]
    yield from _usage(f"dualeco {name}", ("[OPTIONS]", *arguments))
    yield from _paragraphs(command.help)
    yield from _options(command)
    yield from _example(command.epilog)


def _usage(command: str, words: Sequence[str]) -> Iterator[str]:
    yield ".PP"
    yield rf"\fB{roff(command)}\fR {roff(' '.join(words))}"


def _argument(param: Any) -> str:
    # Typer puts brackets and dots around some names by itself
    name = _metavar(param).strip("[].") + ("..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _options(command: Any) -> Iterator[str]:
    """Arguments first, as they come in the call, then the options in their order."""
    shown = [param for param in command.params if not param.hidden]
    for param in sorted(shown, key=lambda param: param.param_type_name != "argument"):
        yield ".TP"
        if param.param_type_name == "argument":
            yield rf"\fI{roff(_metavar(param).strip('[].'))}\fR"
        else:
            names = ", ".join(
                rf"\fB{roff(name)}\fR" for name in sorted(param.opts, key=lambda name: name.startswith("--"))
            )
            yield names if param.is_flag else rf"{names} \fI{roff(_metavar(param))}\fR"
        yield roff(f"{param.help or ''}{_default(param)}")


def _default(param: Any) -> str:
    value = param.default
    shown = value is not None and not isinstance(value, bool) and not callable(value)
    return f" Default: {value}." if shown else ""


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        yield ".PP"
        yield roff(paragraph)


def _terms(terms: dict[str, str]) -> Iterator[str]:
    for term, meaning in terms.items():
        yield from (".TP", rf"\fB{roff(term)}\fR", roff(meaning))


def _example(epilog: str | None) -> Iterator[str]:
    """The example of a command, unbroken, so that it can be copied."""
    if epilog:
        yield from (".PP", ".nf", ".RS 4", roff(epilog.removeprefix("Example:")), ".RE", ".fi")


def _first_down(text: str) -> str:
    return text[:1].lower() + text[1:]


def main() -> int:
    """Write the page, or compare it."""
    text = page()
    if "--check" in sys.argv[1:]:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
        if not same:
            print("docs/man/dualeco.1 is not that of the commands: run tools/build_man.py", file=sys.stderr)
        return 0 if same else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
