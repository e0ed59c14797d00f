"""One plain test on a line says what the patterns of `store.finding.matching` say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.finding import needles
from store.finding.matching import matches, wanted_host
from store.finding.query import Field, Words
from store.link import Row

ROW = Row(
    id="0" * 12, path="p", url="", host="", title="", tags=(), status="unread", starred=False,
    added="2026-01-05T00:00:00Z", captured=None, trashed=None, note=None, versions=1, blob="", pending=True,
)  # fmt: skip
# letters with and without accents, joined and wide ones, digits, Han, kana, Hangul and its parts, blanks, punctuation
TEXTS = st.text("aAbéÉßﬁœＡ1²９_中文湿ガかｶ゛한ᄒ́̈'’ʼ-/.+#\u3000\u00a0 \n\t¨हि", max_size=12)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def is_found(line: str, words: Words) -> bool:
    ending = needles.ending(words.text) if words.phrase else None
    return needles.of_word(words.text) in line and (ending is None or ending.search(line) is not None)


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.booleans())
def test_words_are_found_where_the_patterns_find_them(
    title: str, tag: str, note: str, url: str, text: str, phrase: bool
) -> None:
    row = replace(ROW, title=title, tags=(tag, "second"), note=note, url=url)
    line = needles.words(row.title, row.tags, row.note, row.url)

    wanted = Words(text, phrase)
    assert is_found(line, wanted) == matches(wanted, row, str, date(2026, 1, 1))


@given(ANY_TEXT, ANY_TEXT, st.booleans())
def test_so_they_are_in_any_script(title: str, text: str, phrase: bool) -> None:
    row = replace(ROW, title=title + text)
    line = needles.words(row.title, row.tags, row.note, row.url)

    for wanted in (Words(text, phrase), Words(title[-2:] + text[:2], phrase)):
        assert is_found(line, wanted) == matches(wanted, row, str, date(2026, 1, 1))


@given(TEXTS, TEXTS, TEXTS)
def test_a_part_of_a_title_or_url_is_found_wherever_it_begins(title: str, url: str, text: str) -> None:
    row = replace(ROW, title=title, url=url)
    line = needles.words(row.title, row.tags, row.note, row.url)
    in_title, in_url = line.partition(needles.END)[0], line.rpartition(needles.END)[2]

    for name, part in (("title", in_title), ("url", in_url)):
        found = any(needle in part for needle in needles.of_part(text))
        assert found == matches(Field(name, text), row, str, date(2026, 1, 1))  # type: ignore[arg-type]


@given(st.lists(TEXTS.filter(lambda tag: "\n" not in tag), max_size=3), TEXTS)
def test_a_tag_is_found_with_all_below_it(tags: list[str], text: str) -> None:
    row = replace(ROW, tags=tuple(tag for tag in tags if tag))
    line = needles.fields(row.tags, row.host, row.added, row.captured)

    needle = needles.of_tag(text)
    assert (needle is not None and needle in line) == matches(Field("tag", text), row, str, date(2026, 1, 1))


@pytest.mark.parametrize("host", ["example.org", "a.example.org", "example.org.cn", "", "5z"])
@pytest.mark.parametrize("wanted", ["example.org", "www.example.org", "org", "xample.org", "EXAMPLE.org", "5Z", "cn"])
def test_a_site_is_found_with_all_below_it(host: str, wanted: str) -> None:
    row = replace(ROW, host=host, tags=("x.example.org", ".org/5z"), added="2026-01-05T00:00:00.5Z")
    line = needles.fields(row.tags, row.host, row.added, row.captured)

    found = needles.of_site(wanted_host(wanted)) in line
    assert found == matches(Field("site", wanted), row, str, date(2026, 1, 1))


@given(ANY_TEXT)
def test_folded_text_has_no_capitals(text: str) -> None:
    assert not set(needles.plain(text)) & set(ascii_uppercase)


def test_controls_in_a_page_s_own_text_do_not_break_a_line() -> None:
    line = needles.words("a\x1fb\x01c\x00d", ("t\n\x1e",), "one\n\ntwo\x1f", "https://example.org/\x10")

    assert (line.count(needles.END), "\n" in line, needles.HOST_END in line) == (3, False, False)


def test_the_fields_tell_when_and_where() -> None:
    line = needles.fields(("Policy/长三角",), "example.org", "2026-01-05T00:00:00Z", None)

    assert (line[needles.ADDED], line[needles.CAPTURED].strip()) == ("2026-01-05", "")
    assert needles.added_in(line) == "2026-01-05T00:00:00Z"
    assert needles.host_in(line) == ".example.org"


@given(ANY_TEXT)
def test_octets_are_the_text_in_another_form(text: str) -> None:
    assert needles.from_octets(needles.octets(text)) == text
