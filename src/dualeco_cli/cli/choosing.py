"""The language of a run: what the command line, the environment, a settings file or the system asks for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from dualeco_cli.language import LANGUAGES, OWN_NAMES, Language, _, language_of

OPTION = "--lang"
VARIABLE = "DUALECO_LANG"
_CONFIG = "--config"
_CONFIG_VARIABLE = "DUALECO_CONFIG"

#: Where the system says its language; the first that is set counts, as for every program.
_OF_THE_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a command line says of its language, before it is parsed."""

    lang: str | None = None
    config: str | None = None
    command: str | None = None


class UnknownLanguageError(Exception):
    """A language that dualeco does not speak, and where it was asked for."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name)
        self.name = name
        self.place = place

    def sentences(self) -> str:
        """What is wrong, the nearest language and all of them."""
        # these come with pydantic, which a run in a known language loads only where it needs it
        from dualeco_cli.checks.suggest import nearest
        from dualeco_cli.cli.say import sentences, suggestion

        name = self.name.casefold()
        by_name = {own.casefold(): language for language, own in OWN_NAMES.items()}
        close = nearest(name, LANGUAGES) or by_name.get(nearest(name, by_name) or "")
        known = ", ".join(f"{language} ({own})" for language, own in OWN_NAMES.items())
        return sentences(
            _('{place}: there is no language "{name}".').format(place=self.place, name=self.name),
            suggestion(close),
            _("Known are {names}.").format(names=known),
        )


def wish_of(arguments: Sequence[str], commands: Collection[str] = ()) -> Wish:
    """What the arguments say. The last ``--lang`` counts; after ``--`` there are no options."""
    lang = config = command = None
    place = 0
    while place < len(arguments) and arguments[place] != "--":
        name, equals, value = arguments[place].partition("=")
        place += 1
        if name not in {OPTION, _CONFIG}:
            if command is None and name in commands:
                command = name
            continue
        if not equals:
            if place == len(arguments):
                break  # an option without its value: the parser will say so
            value = arguments[place]
            place += 1
        if name == OPTION:
            lang = value
        elif command is None:
            config = value
    return Wish(lang, config, command)


def config_of(wish: Wish, environ: Mapping[str, str]) -> str | None:
    """The settings file that is asked for."""
    return wish.config or environ.get(_CONFIG_VARIABLE) or None


def chosen(
    wish: Wish, environ: Mapping[str, str], settings: Callable[[], tuple[str, Mapping[str, object]]]
) -> Language:
    """The language of a run: of the option, else of the environment, the settings or the system.

    Args:
        wish: what the command line says.
        environ: the environment.
        settings: gives the name of the settings file and its table; asked only where it matters.

    Raises:
        UnknownLanguageError: where a language is asked for that is not spoken. What the system says is no
            such wish: its language may be any, and is English then.
    """
    if wish.lang is not None:
        return _known(wish.lang, OPTION)
    own = f"DUALECO_{wish.command.upper()}_LANG" if wish.command else VARIABLE
    for variable in (own, VARIABLE):
        if value := environ.get(variable):
            return _known(value, variable)
    file, table = settings()
    of_command = table.get(wish.command) if wish.command else None
    for place in (of_command, table):
        if isinstance(place, Mapping) and "lang" in place:
            return _known(str(place["lang"]), file)
    return of_the_system(environ)


def _known(name: str, place: str) -> Language:
    language = language_of(name)
    if language is None:
        raise UnknownLanguageError(name, place)
    return language


def of_the_system(environ: Mapping[str, str] | None = None) -> Language:
    """The language of the system, as far as it is one of ours; else English."""
    environ = os.environ if environ is None else environ
    tag = next((environ[name] for name in _OF_THE_SYSTEM if environ.get(name)), None)
    return language_of(tag if tag is not None else _of_the_platform()) or "en"


def _of_the_platform() -> str:
    """What systems say that have other places for it than the environment."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    if sys.platform == "darwin":
        import subprocess

        asked = ["/usr/bin/defaults", "read", "-g", "AppleLocale"]
        try:
            return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=5).stdout  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return ""  # it does not say: English
    return ""
