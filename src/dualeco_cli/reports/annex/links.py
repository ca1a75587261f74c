"""Web addresses that users gave: which of them become links, and the list of them at the end."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from dualeco_cli.reports.annex.blocks import Run, Words, line

#: Longer addresses are shown, but are no links.
LONGEST_URL = 2000
_FOUND = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
#: What ends a sentence and not an address. A closing bracket belongs to it only if it was opened in it.
_AFTER = ".,;:!?'’»"
#: Characters that mean something in an address, and the sign of those that are encoded already.
_KEPT = "%/:?#[]@!$&'()*+,;=~-._"
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


def safe_url(text: str | None) -> str | None:
    """The address as a link needs it, in ASCII; None for anything but http and https to a named place.

    An address with a name and password before its host is none of ours: it is a known way to make people
    believe that they go somewhere else.
    """
    url = line(text, LONGEST_URL + 1)
    if not url or len(url) > LONGEST_URL or any(character in url for character in ' \\<>"`{}|^'):
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in {"http", "https"} or parts.username is not None:
            return None
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except (ValueError, UnicodeError):
        return None
    if not _HOST.fullmatch(host):
        return None
    rest = quote(parts._replace(scheme="", netloc="").geturl(), safe=_KEPT)
    return f"{parts.scheme.lower()}://{host}{port}{rest}"


class Links:
    """The links of a document. Each address gets a number, so that it is also found on paper."""

    def __init__(self) -> None:
        self.urls: dict[str, int] = {}

    def link(self, url: str) -> Run:
        """A link that shows where it leads: ``example.org [3]``. ``url`` comes from :func:`safe_url`."""
        number = self.urls.setdefault(url, len(self.urls) + 1)
        host = urlsplit(url).hostname or url
        return Run(f"{host.removeprefix('www.')} [{number}]", url=url)

    def words(self, text: str | None) -> Words:
        """Text of a user with the addresses in it as links."""
        said = line(text)
        runs: list[Run] = []
        at = 0
        for match in _FOUND.finditer(said):
            found = _trimmed(match.group())
            url = safe_url(found)
            if url is None:
                continue
            runs.extend(_between(said[at : match.start()]))
            runs.append(self.link(url))
            at = match.start() + len(found)
        runs.extend(_between(said[at:]))
        return tuple(runs)

    def cited(self, *texts: str | None) -> tuple[Words, ...]:
        """Texts that are not there left out, the others with their links."""
        return tuple(words for words in map(self.words, texts) if words)


def _between(text: str) -> Words:
    return (Run(text),) if text else ()


def _trimmed(url: str) -> str:
    """An address without what ends the sentence around it."""
    while url:
        last = url[-1]
        if last in _AFTER or (last in ")]" and url.count(last) > url.count("(" if last == ")" else "[")):
            url = url[:-1]
            continue
        break
    return url
