"""The names of what is built in, in every language in which a template prints them."""

from __future__ import annotations

from dualeco_cli.language import LANGUAGES, of_data


def in_every_language(name: str) -> tuple[str, ...]:
    """A name and its translations, each once; the name of something that is not built in has none."""
    return tuple(dict.fromkeys((name, *(of_data(name, language) for language in LANGUAGES))))
