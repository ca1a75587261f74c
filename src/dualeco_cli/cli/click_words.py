"""What Typer and click say by themselves, in the reader's language.

Few of their texts can be replaced where they are made: most are put together before anyone can look them up.
So what they have said is recognised by its form, taken apart at the gaps and said again.
"""

from __future__ import annotations

import re
from functools import cache

from dualeco_cli.language import N_, _

#: Their texts as a user of dualeco can meet them. What is not here stays as it is.
FORMS = (
    # the help
    N_("Usage:"),
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("env var: {variable}"),
    N_("required"),
    # usage errors
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing argument {name}."),
    N_("Missing command."),
    N_("No such command {name}."),
    N_("No such command {name}. Did you mean {names}?"),
    N_("No such option: {name} (Possible options: {names})"),
    N_("No such option: {name}"),
    N_("Option {name} requires an argument."),
    N_("Option {name} does not take a value."),
    N_("Got unexpected extra argument(s) ({arguments})"),
    N_("Aborted!"),
    # values that do not fit; the message is one of those below
    N_("Invalid value for {name}: {message}"),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    N_("Input should be a valid integer, got a number with a fractional part"),
    N_("Unable to parse input string as an integer, exceeded maximum size"),
    N_("Input should be a valid integer"),
    N_("Input should be a finite number"),
    N_("Input should be a valid number, unable to parse string as a number"),
    N_("Input should be a valid number"),
    N_("Input should be a valid boolean, unable to interpret input"),
    N_("Input should be a valid boolean"),
    N_("Input should be a valid string"),
    N_("Input should be a valid list"),
    N_("Input should be greater than or equal to {least}"),
    N_("Input should be less than or equal to {most}"),
)

#: The gap that holds another of these texts.
_NESTED = "message"


def spoken(text: str) -> str:
    """A text of theirs in the reader's language; another text stays as it is."""
    for form, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            gaps = found.groupdict()
            if _NESTED in gaps:
                gaps[_NESTED] = spoken(gaps[_NESTED])
            return _(form).format(**gaps)
    return text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, _pattern(form)) for form in FORMS)


def _pattern(form: str) -> re.Pattern[str]:
    """The form with each gap open for any text."""
    pieces = re.split(r"\{(\w+)\}", form)
    opened = (f"(?P<{one}>.+?)" if place % 2 else re.escape(one) for place, one in enumerate(pieces))
    return re.compile("".join(opened), re.DOTALL)
