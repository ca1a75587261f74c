from __future__ import annotations

import pytest

from dualeco_cli.reports.annex.links import Links, safe_url


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("HTTP://Example.ORG:8080/Path", "http://example.org:8080/Path"),
        ("https://example.org/ä?q=ü%20x", "https://example.org/%C3%A4?q=%C3%BC%20x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://192.0.2.1/", "http://192.0.2.1/"),
        (None, None),
        ("", None),
        ("www.example.org", None),
        ("javascript:alert(1)", None),
        ("JavaScript://example.org/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("\\\\server\\share", None),
        ("https://user:secret@example.org/", None),
        ("https://good.example@evil.example/", None),
        ("https://good.example\\@evil.example/", None),
        ("https://example.org/a b", None),
        ("https://example.org:99999/", None),
        ("https://exa_mple.org/", None),
        ("https://a..b/", None),
        ("https://", None),
        ("https:///path", None),
        ("https://[::1]/", None),
        ('https://example.org/"onclick="x', None),
        ("https://example.org/" + "x" * 3000, None),
        ("https://example.org/\u202e", "https://example.org/"),
    ],
)
def test_safe_url(given: str | None, address: str | None) -> None:
    assert safe_url(given) == address


def test_addresses_in_a_text() -> None:
    links = Links()
    words = links.words("see (https://www.example.org/a_(b)), http://example.net/x. And https://a:b@c/ not;")
    assert [(run.text, run.url) for run in words] == [
        ("see (", None),
        ("example.org [1]", "https://www.example.org/a_(b)"),
        ("), ", None),
        ("example.net [2]", "http://example.net/x"),
        (". And https://a:b@c/ not;", None),
    ]
    assert links.words("https://www.example.org/a_(b)")[0].text == "example.org [1]"
    assert not links.words(None)
