"""The command line in the reader's language: its help, its usage errors, and all that its commands say.

The language is chosen before anything is parsed, so that it holds for what parsing has to say as well. Help
texts stand in the code as plain English; :func:`help_texts` lists them for the catalogues.
"""

from __future__ import annotations

import copy
import os
import re
import sys
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer
from typer.core import CompletionItem as _CompletionItem  # type: ignore[attr-defined]  # as typer.core does
from typer.core import TyperGroup

from dualeco_cli.cli.choosing import UnknownLanguageError, chosen, config_of, of_the_system, wish_of
from dualeco_cli.cli.click_words import spoken
from dualeco_cli.cli.commands import SUMMARIES, Commands
from dualeco_cli.cli.exits import Exit
from dualeco_cli.cli.say import tell
from dualeco_cli.language import _, speaking

if TYPE_CHECKING:
    from dualeco_cli.cli.config import SettingsFile
    from dualeco_cli.language import Language

#: Typer carries its own copy of click in newer versions: its classes are found through those it shows.
_TheirFormatter: Any = typer.Context.formatter_class
_UsageError: Any = typer.BadParameter.__mro__[1]
_Refusal: Any = _UsageError.__mro__[1]

#: What click adds to the help of an option: ``  [default: 0; x>=0]``.
_EXTRAS = re.compile(r"(?P<help>.*?)(?P<gap>\s*)\[(?P<extras>[^\[\]]+)\]", re.DOTALL)

#: What Typer writes for programmers: ``{WORKBOOK}`` and ``WORKBOOK <list[str]>``.
_BRACES = re.compile(r"\{(\w+)\}")
_TYPE = re.compile(r" <[\w\[\]]+>$")

#: The parts of a command and of a parameter that are prose.
_OF_COMMANDS = ("help", "short_help", "epilog", "options_metavar", "subcommand_metavar")
_OF_PARAMETERS = ("help",)


class SpeakingFormatter(_TheirFormatter):  # type: ignore[misc]  # it has another home in each version
    """The layout of the help, with Typer's own words translated."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        plain = _BRACES.sub(r"\1", args)
        super().write_usage(prog, plain, f"{spoken('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(spoken(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Write options or commands with their help."""
        plain = [(_TYPE.sub("", name), _row(text)) for name, text in rows]
        super().write_dl(plain, *args, **kwargs)


def _row(text: str) -> str:
    found = _EXTRAS.fullmatch(text)
    if found is None:
        return spoken(text)
    extras = "; ".join(spoken(extra) for extra in found["extras"].split("; "))
    return f"{spoken(found['help'])}{found['gap']}[{extras}]"


class SpeakingContext(typer.Context):
    """The context of a command, whose help speaks the reader's language."""

    formatter_class = SpeakingFormatter

    def __init__(self, command: Any, *args: Any, **settings: Any) -> None:
        super().__init__(command, *args, **settings)
        if self.resilient_parsing:
            # a shell completes a line: nothing uses the values, and Typer loads pydantic to look at them
            for param in command.get_params(self):
                param.process_value = _as_it_stands


def _as_it_stands(context: object, value: object) -> object:  # noqa: ARG001  # click's own signature
    return value


class SpeakingGroup(TyperGroup):
    """The application, whose commands take ``--lang`` and speak the language that is chosen."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.context_class = SpeakingContext
        self._translated = False
        for param in self.params:
            # a variable makes no sense for what is asked once; --config and --lang may well stand in one
            if param.name in {"version", "install_completion", "show_completion"}:
                param.show_envvar = False  # type: ignore[attr-defined]  # options have it, arguments as well
        self.commands = Commands(self._prepare)  # type: ignore[assignment]  # theirs could be added to

    def _prepare(self, command: Any) -> None:
        """Give a command the option of the application, as people write it at the end, and the language."""
        command.context_class = SpeakingContext
        own = copy.copy(next(param for param in self.params if param.name == "lang"))
        own.expose_value = False
        command.params.append(own)
        if self._translated:
            _translate(command)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # click's own signature
        """The names of the commands, in the order of the help."""
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # click's own signature
        """Write the list of commands, which takes none of them to be loaded and cuts no sentence short."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _(text)) for name, text in SUMMARIES.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The commands and options that begin so, which takes none of the commands to be loaded."""
        # cut as click cuts them: a sentence of two lines would be taken for two commands by some shells
        told = {name: textwrap.shorten(_(text), 45, placeholder=" …") for name, text in SUMMARIES.items()}
        commands = [_CompletionItem(name, help=told[name]) for name in told if name.startswith(incomplete)]
        # of the group's own answer only the options: it would load the commands for their first sentences
        return [*commands, *super(TyperGroup, self).shell_complete(ctx, incomplete)]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Choose the language and run the command in it."""
        arguments = sys.argv[1:] if args is None else args
        try:
            language, settings = _choose(arguments, SUMMARIES)
        except UnknownLanguageError as error:
            with speaking(of_the_system()):
                tell(f"dualeco: {error.sentences()}")
            if not standalone_mode:
                return int(Exit.USAGE)
            sys.exit(Exit.USAGE)
        extra.setdefault("obj", {"settings": settings})
        with speaking(language):
            _translate(self)
            self._translated = True
            run = super().main
            if not standalone_mode:
                return run(args, prog_name, complete_var, False, windows_expand_args, **extra)
            try:
                code = run(args, prog_name, complete_var, False, windows_expand_args, **extra)
            except _Refusal as error:
                _show(error)
                sys.exit(error.exit_code)
            except typer.Abort:
                typer.echo(spoken("Aborted!"), err=True)
                sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def language_of_run(arguments: Sequence[str]) -> Language:
    """The language of a run with these arguments. Raises UnknownLanguageError."""
    return _choose(arguments, SUMMARIES)[0]


def _choose(arguments: Sequence[str], commands: Collection[str]) -> tuple[Language, SettingsFile | None]:
    """The language, and the settings file if it was read on the way."""
    wish = wish_of(arguments, commands)
    found: list[SettingsFile] = []

    def settings() -> tuple[str, dict[str, Any]]:
        # here, because a run that names its language reads the settings later, if at all
        from dualeco_cli.cli.config import find_settings

        found.append(find_settings(config_of(wish, os.environ)))
        return str(found[0].path or ""), found[0].table

    try:
        return chosen(wish, os.environ, settings), (found[0] if found else None)
    except UnknownLanguageError:
        if "_DUALECO_COMPLETE" not in os.environ:
            raise
        return "en", None  # a shell that completes a line is no place for messages


def _show(error: Any) -> None:
    """Say what is wrong with a call, as click does, in the reader's language."""
    context = getattr(error, "ctx", None)
    text = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(text, err=True)
        return
    if context is not None:
        hint = _("Try '{command} {option}' for help.").format(
            command=context.command_path, option=context.help_option_names[0]
        )
        typer.echo(f"{context.get_usage()}\n{hint}\n", err=True)
    typer.echo(_("Error: {message}").format(message=spoken(text)), err=True)


# -- the texts of the tree of commands ---------------------------------------------------------------


def help_texts() -> Iterator[str]:
    """Every help text of the command line, as it is looked up."""
    from dualeco_cli.cli.app import app

    root: Any = typer.main.get_command(app)
    seen: set[str] = set()
    for command in (root, *root.commands.values()):
        for holder, name in _places(command):
            seen.add(_running(getattr(holder, name)))
    yield from sorted(seen | set(SUMMARIES.values()))


def _translate(command: object) -> None:
    for holder, name in _places(command):
        setattr(holder, name, _(_running(getattr(holder, name))))


def _places(command: Any) -> Iterator[tuple[object, str]]:
    """Where the help texts of a command are: holder and attribute."""
    yield from ((command, name) for name in _OF_COMMANDS if getattr(command, name, None))
    for param in command.params:
        yield from ((param, name) for name in _OF_PARAMETERS if getattr(param, name, None))


def _running(text: str) -> str:
    """The text with each paragraph on one line: where it wraps in the code means nothing."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
