"""The search language -> a tree (pure). `store.finding.matching` says which links a tree finds.

    tides "salt marsh" 湿地        every word must match: title, tags, note, URL or body
    -draft   a or b   ( ... )      not, either, grouped; `or` binds weaker than standing side by side
    tag:policy site:gov.cn url:art title:plan          fields; quotes where the value has blanks
    is:unread|read|archived|starred|broken|pending|held|changed|untagged|trashed|damaged
    added:>2026-01-01 added:2026-03 changed:<7d        days, months, years, or an age: younger than 7 days

A query that cannot be read is BadQuery; its reasons: `quote` (not closed), `bracket`, `nothing` (an operator without
its words), `field` (none of these), `value` (that the field cannot have).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from store.errors import BadQuery

_ID_DIGITS = 12

Fact = Literal[
    "unread", "read", "archived", "starred", "broken", "pending", "held", "changed", "untagged", "trashed", "damaged"
]
TextField = Literal["tag", "site", "url", "title"]
DateField = Literal["added", "changed"]
Comparison = Literal["<", "<=", ">", ">=", "="]
Unit = Literal["d", "w", "m", "y"]


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a phrase anywhere in a link. A phrase matches as it stands, a Latin word by its beginning."""

    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A text in one field."""

    name: TextField
    text: str


@dataclass(frozen=True, slots=True)
class Is:
    """A fact of the link."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class When:
    """A moment before, after or within `first` to `last` (both included)."""

    field: DateField
    comparison: Comparison
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Age:
    """So long ago: `<` is younger, `>` older."""

    field: DateField
    comparison: Comparison
    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not find."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """What every part finds; without parts, everything."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What one of the parts finds."""

    parts: tuple[Query, ...]


Query = Words | Field | Is | When | Age | Not | And | Or

_TOKEN = re.compile(
    r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)]))|(?P<word>(?:"[^"]*"|[^\s()"])+)|(?P<quote>"))'
)
_FIELD = re.compile(r"([A-Za-z]+):(?!//)(.*)", re.S)
_AGE = re.compile(r"(\d{1,5})([dwmy])")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPARISON = re.compile(r"(<=|>=|<|>|=)?(.*)", re.S)
_NO_FIELDS = ("http", "https")
_DEEPEST = 50


def parse(text: str) -> Query:
    """The tree of a query; an empty one finds everything. Raises BadQuery."""
    return _Parser(text).parse()


def shows_trash(query: Query) -> bool:
    """The query asks for what is in the trash."""
    if isinstance(query, (And, Or)):
        return any(shows_trash(part) for part in query.parts)
    return query == Is("trashed")


def wants_body(query: Query) -> bool:
    """Some word of it may stand in a body."""
    if isinstance(query, (And, Or)):
        return any(wants_body(part) for part in query.parts)
    if isinstance(query, Not):
        return wants_body(query.part)
    return isinstance(query, Words)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._scan()
        self._at = 0
        self._depth = 0

    def parse(self) -> Query:
        query = self._either()
        if self._kind() == "close":
            raise self._bad("bracket")
        return query

    def _scan(self) -> list[tuple[str, str, int]]:
        tokens, position = [], 0
        while position < len(self._text.rstrip()):
            found = _TOKEN.match(self._text, position)
            if found is None or found.lastgroup is None:
                raise BadQuery(self._text, "value", position)
            tokens.append((found.lastgroup, found[found.lastgroup], found.start(found.lastgroup)))
            if found.lastgroup == "quote":
                raise BadQuery(self._text, "quote", found.start("quote"))
            position = found.end()
        return tokens

    def _kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else "end"

    def _bad(self, reason: str) -> BadQuery:
        position = self._tokens[self._at][2] if self._at < len(self._tokens) else len(self._text)
        return BadQuery(self._text, reason, position)

    def _either(self) -> Query:
        parts = [self._all()]
        while self._is_or():
            self._at += 1
            if parts[-1] == And(()):
                raise self._bad("nothing")
            parts.append(self._all())
            if parts[-1] == And(()):
                raise self._bad("nothing")
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts: list[Query] = []
        while self._kind() not in ("end", "close") and not self._is_or():
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _is_or(self) -> bool:
        return self._kind() == "word" and self._tokens[self._at][1].lower() == "or"

    def _one(self) -> Query:
        kind, word, position = self._tokens[self._at]
        self._at += 1
        if kind == "minus":
            negations = 1  # counted, not nested: somebody may paste a line of thousands
            while self._kind() == "minus":
                self._at += 1
                negations += 1
            if self._kind() in ("end", "close"):
                raise self._bad("nothing")
            part = self._one()
            return Not(part) if negations % 2 else part
        if kind == "open":
            return self._group()
        return self._term(word, position)

    def _group(self) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._bad("bracket")
        inside = self._either()
        if self._kind() != "close":
            raise self._bad("bracket")
        self._at += 1
        self._depth -= 1
        return inside

    def _term(self, word: str, position: int) -> Query:
        if word.startswith('"'):
            return Words(word.replace('"', ""), phrase=True)
        found = _FIELD.fullmatch(word)
        if found is None or found[1].lower() in _NO_FIELDS:
            return Words(word.replace('"', ""))
        return self._field(found[1].lower(), found[2].replace('"', "").strip(), position)

    def _field(self, name: str, value: str, position: int) -> Query:
        if not value:
            raise BadQuery(self._text, "nothing", position)
        if name in get_args(TextField):
            return Field(name, value.lstrip("#") if name == "tag" else value)  # type: ignore[arg-type]
        if name == "is" and value.lower() in get_args(Fact):
            return Is(value.lower())  # type: ignore[arg-type]
        if name in get_args(DateField):
            dated = _dated(name, value)  # type: ignore[arg-type]
            if dated is not None:
                return dated
        known = name == "is" or name in get_args(DateField)
        raise BadQuery(self._text, "value" if known else "field", position)


def _dated(field: DateField, value: str) -> Query | None:
    found = _COMPARISON.fullmatch(value)
    assert found is not None
    comparison: Comparison = found[1] or "="  # type: ignore[assignment]
    age = _AGE.fullmatch(found[2])
    if age is not None:
        unit: Unit = age[2]  # type: ignore[assignment]
        return Age(field, "<" if comparison == "=" else comparison, int(age[1]), unit)
    span = _span(found[2])
    return None if span is None else When(field, comparison, *span)


def _span(text: str) -> tuple[date, date] | None:
    """A day, a month or a year as its first and last day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        assert year is not None
        first = date(year, month or 1, day or 1)
        if day is not None:
            return first, first
        following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
        return first, date.fromordinal(following.toordinal() - 1)
    except ValueError:
        return None


def is_link(text: str) -> bool:
    """Where a query may stand too: only a URL or a whole 12-digit id is a link."""
    words = text.strip()
    if "://" in words and not any(blank in words for blank in " \t\n"):
        return words.lower().startswith(("http://", "https://"))
    return len(words) == _ID_DIGITS and set(words.lower()) <= set("0123456789abcdef")
