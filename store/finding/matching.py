"""Which links a query finds (pure).

Latin and the like match by the beginning of a word, Chinese, kana and Hangul by any part, without case and accents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from store.address import host_of
from store.finding.needles import UNSPACED, plain
from store.finding.query import Age, And, Field, Is, Not, Or, Query, When, Words
from store.link import Row
from store.tags import matches as tag_matches
from store.text import fold

Body = Callable[[], str]
_HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def matches(query: Query, row: Row, body: Body, today: date) -> bool:
    """Does the query find this link? `body` gives its Markdown, and is called only where the row does not decide."""
    match query:
        case And(parts):
            return all(matches(part, row, body, today) for part in parts)
        case Or(parts):
            return any(matches(part, row, body, today) for part in parts)
        case Not(part):
            return not matches(part, row, body, today)
        case Is(fact):
            return _is(row, fact)
        case Field(name, text):
            return _in_field(row, name, text)
        case When() | Age():
            return is_dated(query, row.added if query.field == "added" else row.captured, today)
        case Words(text, phrase):
            return _has_words(row, body, text, phrase)


def _is(row: Row, fact: str) -> bool:
    if fact in ("unread", "read", "archived"):
        return row.status == fact
    if fact == "untagged":
        return not row.tags
    if fact == "trashed":
        return row.trashed is not None
    if fact == "damaged":
        return row.damaged is not None
    return bool(getattr(row, fact))  # starred, broken, pending, held, changed


def _in_field(row: Row, name: str, text: str) -> bool:
    if name == "tag":
        return any(tag_matches(tag, text) for tag in row.tags)
    if name == "site":
        wanted = wanted_host(text)
        return row.host == wanted or row.host.endswith("." + wanted)
    return plain(text) in plain(row.url if name == "url" else row.title)


def wanted_host(text: str) -> str:
    """The host that `site:` means."""
    return host_of(f"https://{text.lower()}/")


def is_dated(query: When | Age, time: str | None, today: date) -> bool:
    """Does a time, as files carry it, lie where the query says? None, and what is no time, does not."""
    try:
        moment = date.fromisoformat((time or "")[:10])
    except ValueError:
        return False
    return _when(query, moment) if isinstance(query, When) else _aged(query, moment, today)


def _when(query: When, moment: date) -> bool:
    match query.comparison:
        case "<":
            return moment < query.first
        case "<=":
            return moment <= query.last
        case ">":
            return moment > query.last
        case ">=":
            return moment >= query.first
        case "=":
            return query.first <= moment <= query.last


def _aged(query: Age, moment: date, today: date) -> bool:
    edge = today - timedelta(days=min(query.count * _DAYS[query.unit], today.toordinal() - 1))
    match query.comparison:
        case "<":
            return moment > edge
        case "<=" | "=":
            return moment >= edge
        case ">":
            return moment < edge
        case ">=":
            return moment <= edge


def _has_words(row: Row, body: Body, words: str, phrase: bool) -> bool:
    first, pattern = _pattern(words, phrase)

    def found_in(text: str) -> bool:
        folded = fold(text)
        return first in folded and pattern.search(folded) is not None  # the pattern alone is ten times slower

    return any(map(found_in, (row.title, " ".join(row.tags), row.note or "", row.url))) or found_in(body())


@lru_cache(maxsize=256)
def _pattern(text: str, phrase: bool) -> tuple[str, re.Pattern[str]]:
    """The first word, and what a folded text is searched with. Blanks in a phrase match any run of blanks."""
    folded = plain(text)
    inner = r"\s+".join(map(re.escape, folded.split()))
    starts = bool(folded) and (folded[0].isalnum() or folded[0] == "_") and not _HAS_UNSPACED.match(folded)
    before = rf"(?:(?<!\w)|(?<=[{UNSPACED}]))" if starts else ""
    ends = phrase and bool(folded) and folded[-1].isalnum() and not _HAS_UNSPACED.match(folded[-1])
    after = rf"(?:(?!\w)|(?=[{UNSPACED}]))" if ends else ""
    return folded.partition(" ")[0], re.compile(before + inner + after)
