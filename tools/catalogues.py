"""The catalogues of translations: collects what a reader can see, updates each language's file, compiles it.

    python tools/catalogues.py              # after a text has changed: updates and compiles
    python tools/catalogues.py --check      # for CI: is everything collected, translated and compiled?
    python tools/catalogues.py --missing it # what Italian still lacks

Messages come from four places: literals in ``_()``, ``plural()`` and ``N_()`` in Python and in the templates
of the page; the texts of the rules; the help of the commands; and the built-in frameworks and ecosystems,
which stand in the context ``data`` because they are looked up apart.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from dualeco_cli.checks.catalogue import RULES
from dualeco_cli.cli.speaking import help_texts
from dualeco_cli.language import DATA, DOMAIN, LANGUAGES, Language
from dualeco_cli.version import __version__

PACKAGE = Path(__file__).parents[1] / "src" / "dualeco_cli"
LOCALE = PACKAGE / "data" / "locale"
TEMPLATE = LOCALE / f"{DOMAIN}.pot"
TRANSLATED: tuple[Language, ...] = tuple(language for language in LANGUAGES if language != "en")

_KEYWORDS = {"_": None, "N_": None, "plural": (1, 2), "meant": ((1, "c"), 2)}
_METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_HEADER = "# Translations of dualeco: see docs/translations.md for how to correct one.\n#"
#: The same bytes from the same messages: a catalogue carries no time of its own.
_DATE = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

#: Which columns of the built-in data a reader sees in words; sources are cited as they are.
_DATA_COLUMNS = {
    "About.csv": ("topic", "text"),
    "Dimensions.csv": ("name", "description"),
    "Indicators.csv": ("name", "question", "unit", "level_"),
    "Ecosystems.csv": ("name", "summary"),
    "Profile.csv": ("note",),
}


def main() -> int:
    """Update and compile the catalogues, or check them; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if all is not right")
    parser.add_argument("--missing", metavar="LANG", choices=TRANSLATED, help="list what one still lacks")
    asked = parser.parse_args()
    if asked.missing:
        for message in lacking(read(asked.missing)):
            print(repr(message.id))
        return 0
    collected = collect()
    if asked.check:
        faults = list(check(collected))
        print("\n".join(faults) or "The catalogues are complete.")
        return 1 if faults else 0
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(as_po(collected))
    for language in TRANSLATED:
        catalogue = updated(language, collected)
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po_path(language).write_bytes(as_po(catalogue))
        mo_path(language).write_bytes(as_mo(catalogue))
        print(f"{language}: {sum(1 for _ in lacking(catalogue))} of {len(catalogue)} messages not translated")
    return 0


def po_path(language: Language) -> Path:
    """Where the translations of a language are written."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_path(language: Language) -> Path:
    """Where the program reads them."""
    return po_path(language).with_suffix(".mo")


def collect() -> Catalog:
    """Every message that a reader can see."""
    catalogue = _empty(None)
    found = extract_from_dir(PACKAGE, _METHODS, keywords=_KEYWORDS, comment_tags=("Translators:",))
    for file, _, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, locations=[(file, 1)], auto_comments=comments, context=context)
    for rule in RULES:
        for text in (rule.message, rule.why, rule.fix, rule.example):
            catalogue.add(text, locations=[("checks/catalogue.py", 1)], auto_comments=[f"rule {rule.code}"])
    for text in help_texts():
        catalogue.add(text, locations=[("cli", 1)], auto_comments=["help of the command line"])
    for place, text in data_texts():
        catalogue.add(text, locations=[(place, 1)], context=DATA)
    return catalogue


def data_texts() -> Iterator[tuple[str, str]]:
    """The words of the built-in frameworks and ecosystems, with the file in which they stand."""
    for file in sorted((PACKAGE / "data").rglob("*.csv")):
        wanted = _DATA_COLUMNS.get(file.name, ())
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column, text in row.items():
                    seen = column in wanted or (column.startswith("level_") and "level_" in wanted)
                    if seen and any(letter.isalpha() for letter in text):
                        yield str(file.relative_to(PACKAGE)), text


def read(language: Language) -> Catalog:
    """The translations of a language as they stand. A language that has none yet has an empty catalogue."""
    path = po_path(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(language: Language, collected: Catalog) -> Catalog:
    """The catalogue of a language with exactly the collected messages and what is translated of them."""
    before, after = read(language), _empty(language)
    for message in collected:
        if not message.id:
            continue
        old = before.get(_key(message), message.context)
        after.add(
            message.id,
            old.string if old is not None and bool(old.pluralizable) == bool(message.pluralizable) else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old is not None else (),
            flags=message.flags,
            context=message.context,
        )
    return after


def check(collected: Catalog) -> Iterator[str]:
    """What is not right, one line each."""
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != as_po(collected):
        yield f"{TEMPLATE.name} is not what the code says: run tools/catalogues.py"
    for language in TRANSLATED:
        catalogue = read(language)
        if po_path(language).read_bytes() != as_po(updated(language, collected)):
            yield f"{language}: the messages have changed: run tools/catalogues.py"
        elif mo_path(language).read_bytes() != as_mo(catalogue):
            yield f"{language}: not compiled: run tools/catalogues.py"
        yield from (f"{language}: not translated: {message.id!r}" for message in lacking(catalogue))
        yield from (f"{language}: {fault}" for message in catalogue for fault in faults_of(message))


def lacking(catalogue: Catalog) -> Iterator[Message]:
    """The messages without a translation in every form."""
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (not forms or not all(forms)):
            yield message


def faults_of(message: Message) -> Iterator[str]:
    """Where a translation does not fit its message: other gaps, other line breaks, blanks at an end."""
    ids = tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not ids[0]:
        return
    wanted = set().union(*(gaps(text) for text in ids))
    for number, form in enumerate(forms):
        if not form:
            continue
        # A singular may leave out its count ("one practice"), nothing else.
        free = {"count"} if len(forms) > 1 and number == 0 else set()
        try:
            missing, added = wanted - gaps(form) - free, gaps(form) - wanted
        except ValueError as error:
            yield f"{form!r} is no text with gaps: {error}"
            continue
        if missing or added:
            yield f"{form!r} has other gaps than {ids[-1]!r}: {sorted(missing | added)}"
        if form.count("\n") != ids[-1].count("\n"):
            yield f"{form!r} breaks its lines otherwise than {ids[-1]!r}"
        if (form[0].isspace(), form[-1].isspace()) != (ids[-1][0].isspace(), ids[-1][-1].isspace()):
            yield f"{form!r} has other blanks at its ends than {ids[-1]!r}"


def gaps(text: str) -> set[str]:
    """The names of the gaps in a text. Raises ValueError for braces that do not close."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as translators edit it."""
    file = io.BytesIO()
    write_po(file, catalogue, width=110, include_lineno=False)
    return file.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _key(message: Message) -> str:
    ids: Iterable[str] = (message.id,) if isinstance(message.id, str) else message.id
    return next(iter(ids))


def _empty(language: Language | None) -> Catalog:
    return Catalog(
        locale=language,
        domain=DOMAIN,
        header_comment=_HEADER,
        project="dualeco",
        version=__version__,
        copyright_holder="The dualeco authors",
        creation_date=_DATE,
        revision_date=_DATE,
        fuzzy=False,
    )


if __name__ == "__main__":
    sys.exit(main())
