"""Ids and names of files: portable, fixed, hints only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.address import normalise
from store.errors import AddressError
from store.layout import id_hint, is_page, link_id, page_path


def test_an_id_is_the_hash_of_the_address_and_the_next_one_when_that_is_taken() -> None:
    first = link_id("https://example.org/")
    second = link_id("https://example.org/", lambda id_: id_ == first)

    assert (len(first), len(second), first == second) == (12, 12, False)
    assert link_id("https://example.org/") == first


def test_a_name_says_host_and_page() -> None:
    url = "https://www.sx.gov.cn/art/2019/11/4/art_1229_%E9%95%BF%E4%B8%89%E8%A7%92.html"

    assert page_path(url, "3f9a2b4c10de") == "pages/3f/www.sx.gov.cn~4-art-1229-长三角~3f9a2b4c10de.md"


def test_ports_and_ipv6_stand_in_a_name_and_an_empty_path_is_index() -> None:
    assert page_path("http://[2001:db8::1]:8080/", "a" * 12) == "pages/aa/2001_db8__1_8080~index~aaaaaaaaaaaa.md"


@given(st.text(max_size=80))
def test_any_address_gives_a_portable_name(text: str) -> None:
    try:
        url = normalise("https://example.org/" + text)
    except AddressError:
        return
    path = page_path(url, "0123456789ab")
    name = path.rpartition("/")[2]

    assert len(name.encode()) <= 200
    assert not set(name) & set('\\:*?"<>|\x00')
    assert id_hint(path) == "0123456789ab"
    assert is_page(path)
