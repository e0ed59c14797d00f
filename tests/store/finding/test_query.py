"""The search language, and what it finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadQuery
from store.finding.matching import matches
from store.finding.query import And, Is, Not, Or, Words, parse, shows_trash, wants_body
from store.link import Row

ROW = Row(
    id="0" * 12, path="p", url="https://www.example.org/art/1", host="example.org", title="Élan of the C++ compiler",
    tags=("policy/长三角",), status="unread", starred=True, added="2026-01-05T00:00:00Z",
    captured="2026-05-01T00:00:00Z",     trashed=None, note="don’t forget", versions=1, blob="", pending=False,
)  # fmt: skip
TODAY = date(2026, 5, 3)


def finds(text: str, row: Row = ROW, body: str = "阅览室开放至二十二时") -> bool:
    return matches(parse(text), row, lambda: body, TODAY)


@pytest.mark.parametrize(
    "text",
    ["", "elan", "comp", "c++", "don't", "阅览", "览室", '"of the"', "elan compiler", "-nothing", "nothing or elan",
     "(nothing or elan) -x", "tag:policy", "tag:POLICY/长三角", "site:example.org", "url:art/1", "title:elan",
     "is:unread", "is:starred", "-is:trashed", "added:2026", "added:2026-01", "added:>2025-12-31", "added:<=2026-01-05",
     "changed:<7d", "changed:>1d", "https://www.example.org/art"],
)  # fmt: skip
def test_these_find_the_link(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    ["ompiler", "nothing", "-elan", "elan nothing", '"the of"', "tag:pol", "site:ample.org", "is:read", "is:untagged",
     "added:2025", "added:>2026-01-05", "changed:>1y", "is:trashed", '"comp"'],
)  # fmt: skip
def test_these_do_not(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize("text", ['"open', "(a", "a)", "or", "a or", "was:x", "is:odd", "added:never", "tag:"])
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(BadQuery):
        parse(text)


def test_the_tree_says_what_was_meant() -> None:
    assert parse("a b or -c") == Or((And((Words("a"), Words("b"))), Not(Words("c"))))
    assert shows_trash(parse("x is:trashed"))
    assert not shows_trash(parse("-is:trashed"))
    assert wants_body(parse("tag:a b"))
    assert not wants_body(parse("tag:a is:read"))
    assert parse("is:held") == Is("held")


def test_every_fact_of_a_row_can_be_asked_for() -> None:
    for fact in ("broken", "held", "changed", "pending"):
        assert finds(f"is:{fact}", replace(ROW, **{fact: True}))
    assert finds("is:damaged", replace(ROW, damaged="syntax"))
    assert finds("is:untagged", replace(ROW, tags=()))
    assert finds("is:trashed", replace(ROW, trashed="2026-01-01T00:00:00Z"))


@given(st.text(max_size=30))
def test_any_text_is_a_query_or_a_named_error(text: str) -> None:
    try:
        query = parse(text)
    except BadQuery:
        return

    assert isinstance(matches(query, ROW, str, TODAY), bool)
