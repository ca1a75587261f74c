"""Catalogues for tests: a small one, compiled like the real ones, and one that marks what it was asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from gettext import GNUTranslations, NullTranslations

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from dualeco_cli.language import Language


class Marked(NullTranslations):
    """Every text in brackets: what has none was not looked up."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return f"⟦{message}⟧"


def compiled(messages: Mapping[str, str], language: Language) -> NullTranslations:
    """A catalogue of these messages, read back from its compiled form."""
    catalogue = Catalog(locale=language)
    for text, translation in messages.items():
        catalogue.add(text, translation)
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return GNUTranslations(file)


def speaking_only(known: Mapping[Language, NullTranslations]) -> Callable[[Language], NullTranslations]:
    """What takes the place of the built-in catalogues: these, and English for the others."""
    return lambda language: known.get(language, NullTranslations())
