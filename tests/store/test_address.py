"""One spelling for each web address: a test for every rule."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.address import LONGEST, host_of, normalise, to_fetch
from store.errors import AddressError, BadURL, SchemeRefused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  https://a.example/ \n", "https://a.example/"),  # surrounding white space
        ("\x00https://a.example/\x1f", "https://a.example/"),  # and controls
        ("https://a.exa\tmple/x\ny", "https://a.example/xy"),  # inner tabs and newlines
        ("a.example", "https://a.example/"),  # no scheme
        ("//a.example/x", "https://a.example/x"),
        ("a.example:8080/x", "https://a.example:8080/x"),  # host and port, no scheme
        ("localhost:1?q", "https://localhost:1/?q"),
        ("HTTP://A.Example/X", "http://a.example/X"),  # scheme and host lower case, path not
        ("http://a.example", "http://a.example/"),  # http stays http
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),  # A-label
        ("https://faß.example/", "https://xn--fa-hia.example/"),  # non-transitional
        ("https://a_b.example/", "https://a_b.example/"),  # underscore allowed
        ("https://a.example./x", "https://a.example/x"),  # trailing dot
        ("https://user:pw@a.example/", "https://a.example/"),
        ("https://a.example:443/", "https://a.example/"),  # default ports
        ("http://a.example:80/", "http://a.example/"),
        ("http://a.example:443/", "http://a.example:443/"),
        ("https://a.example/x/../y/./z/..", "https://a.example/y/"),  # dot segments
        ("https://a.example/%7Ex%2f%c3%a9", "https://a.example/~x%2F%C3%A9"),  # percent-encoding
        ("https://a.example/é?ü#!ö", "https://a.example/%C3%A9?%C3%BC#!%C3%B6"),
        ("https://a.example/100%", "https://a.example/100%25"),  # a stray percent
        ("https://a.example/a\\b?c\\d", "https://a.example/a%5Cb?c%5Cd"),  # backslash in path and query
        ("https://a.example/!$&'()*+,;=:@", "https://a.example/!$&'()*+,;=:@"),
        ("https://a.example/?b=1&a=2", "https://a.example/?b=1&a=2"),  # order kept
        ("https://a.example/?", "https://a.example/"),  # empty query
        ("https://a.example/?UTM_Source=x&q=1&FBCLID=2", "https://a.example/?q=1"),  # tracking, any case
        ("https://a.example/?spm=1", "https://a.example/"),
        ("https://a.example/#part", "https://a.example/"),  # fragments
        ("https://a.example/#", "https://a.example/"),
        ("https://a.example/#/route", "https://a.example/#/route"),
        ("https://a.example/#!state", "https://a.example/#!state"),
        ("http://192.168.0.1/", "http://192.168.0.1/"),
        ("http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"),  # RFC 5952
        ("http://%61.example/", "http://a.example/"),  # host percent-decoded
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert normalise(typed) == kept
    assert normalise(kept) == kept


@pytest.mark.parametrize("typed", ["ftp://a.example/", "mailto:a@example.org", "javascript:x", "file:///etc/passwd"])
def test_other_schemes_are_refused(typed: str) -> None:
    with pytest.raises(SchemeRefused):
        normalise(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "#x", "https://", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/", "http://[::1/", "http://a:99999/",
     "http://a.example\\@b.example/", "https://a.example/" + "x" * LONGEST],
)  # fmt: skip
def test_what_is_no_web_address_is_a_bad_url(typed: str) -> None:
    with pytest.raises(BadURL):
        normalise(typed)


def test_a_slash_at_the_end_of_a_path_makes_another_address() -> None:
    assert normalise("https://a.example/x") != normalise("https://a.example/x/")


def test_a_redirect_is_followed_with_all_its_parameters() -> None:
    assert to_fetch("https://a.example/?utm_source=x&b=1") == "https://a.example/?utm_source=x&b=1"


def test_the_host_of_a_link_has_no_www_and_no_port() -> None:
    assert (host_of("https://www.a.example:8/x"), host_of("http://[::1]:8/"), host_of("nonsense")) == (
        "a.example",
        "[::1]",
        "",
    )


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.]{1,8}(:\d{1,6})?/[ -~]{0,20}", fullmatch=True))
@example("http://\ud800/")
@example("//[")
def test_any_text_is_a_normal_form_of_its_own_or_a_named_error(text: str) -> None:
    try:
        url = normalise(text)
    except AddressError:
        return

    assert url.isascii()
    assert url.startswith(("http://", "https://"))
    assert normalise(url) == url


@pytest.mark.parametrize(
    ("text", "reason"),
    [("http://[::1", "ipv6"), ("http://::1/", "ipv6"), ("http://[::1]x/", "ipv6"), ("http://a.example:99999/", "port"),
     ("http://a.example:x/", "port")],
)  # fmt: skip
def test_what_is_wrong_with_an_address_is_said(text: str, reason: str) -> None:
    with pytest.raises(BadURL) as bad:
        normalise(text)

    assert bad.value.reason == reason
