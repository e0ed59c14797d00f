"""Which of very many links a query finds, a block of them at a time (pure).

A block's rows are a byte each, 1 or 0. A narrowing takes those that are 1 and keeps them where the query finds the
link. It says what `store.finding.matching` says, but that words are not looked for in bodies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from store.finding import facts, needles
from store.finding.facts import FACTS
from store.finding.matching import is_dated, wanted_host
from store.finding.query import Age, And, Field, Is, Not, Or, Query, When, Words

Narrowing = Callable[[slice, bytes], bytes]
_COST = {Is: 0, Age: 2, When: 2, Words: 3, Or: 4, And: 4, Not: 4}  # what is cheap narrows for what is dear


@dataclass(frozen=True, slots=True)
class Rows:
    """Links, of each its id, its words and fields (`needles`, in octets), and a byte of `facts`.

    `told`: the ids of the links of which only `state` knows something, by the word after `is:`.
    """

    ids: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    facts: bytes = b""
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def part(self, there: slice) -> Rows:
        """Some of them."""
        return replace(
            self, ids=self.ids[there], words=self.words[there], fields=self.fields[there], facts=self.facts[there]
        )

    def picked(self, places: Sequence[int]) -> Rows:
        """Those at these places, in this order."""
        return replace(
            self,
            ids=[self.ids[at] for at in places],
            words=[self.words[at] for at in places],
            fields=[self.fields[at] for at in places],
            facts=bytes(self.facts[at] for at in places),
        )

    def followed_by(self, others: Rows) -> Rows:
        """Those, then the others."""
        return replace(
            self,
            ids=self.ids + others.ids,
            words=self.words + others.words,
            fields=self.fields + others.fields,
            facts=self.facts + others.facts,
        )

    def replaced(self, there: slice, by: Rows) -> Rows:
        """Others in the place of some of them; `there` without a step."""
        before, after = slice(0, there.start), slice(there.stop, None)
        return self.part(before).followed_by(by).followed_by(self.part(after))


def narrowing(query: Query, rows: Rows, today: date) -> Narrowing:
    """The narrowing of these rows to what the query finds."""
    match query:
        case And(parts):
            return _all([narrowing(part, rows, today) for part in sorted(parts, key=_cost)])
        case Or(parts):
            return _any([narrowing(part, rows, today) for part in parts])
        case Not(part):
            return _none(narrowing(part, rows, today))
        case Is(fact):
            return _is(rows, fact)
        case Field(name, text):
            return _in_field(rows, name, text)
        case When() | Age():
            return _dated(rows, query, today)
        case Words(text, phrase):
            return _with_words(rows, text, phrase)


def implies(new: Query, old: Query) -> bool:
    """Whatever `new` finds, `old` does for certain: then what `old` found is where to look."""
    if new == old:
        return True
    if isinstance(old, And):
        return all(implies(new, part) for part in old.parts)
    if isinstance(new, And):
        return any(implies(part, old) for part in new.parts)
    if isinstance(new, Words) and isinstance(old, Words) and not old.phrase:
        return needles.of_word(old.text) in needles.of_word(new.text)
    return False


def _cost(query: Query) -> tuple[int, int]:
    if isinstance(query, Field):
        return (1 if query.name in ("tag", "site") else 3), -len(query.text)
    return _COST[type(query)], -len(query.text) if isinstance(query, Words) else 0


# --- put together -----------------------------------------------------------------------------------------------------


def _all(parts: list[Narrowing]) -> Narrowing:
    def narrow(block: slice, within: bytes) -> bytes:
        for part in parts:
            if 1 not in within:
                break
            within = part(block, within)
        return within

    return narrow


def _any(parts: list[Narrowing]) -> Narrowing:
    def narrow(block: slice, within: bytes) -> bytes:
        left = within
        for part in parts:
            left = _without(left, part(block, left))
        return _without(within, left)

    return narrow


def _none(part: Narrowing) -> Narrowing:
    return lambda block, within: _without(within, part(block, within))


def _nothing(_block: slice, within: bytes) -> bytes:
    return bytes(len(within))


def _without(these: bytes, those: bytes) -> bytes:
    """Those are among these."""
    return (int.from_bytes(these, "big") ^ int.from_bytes(those, "big")).to_bytes(len(these), "big")


def _both(these: bytes, those: bytes) -> bytes:
    return (int.from_bytes(these, "big") & int.from_bytes(those, "big")).to_bytes(len(these), "big")


# --- one thing --------------------------------------------------------------------------------------------------------


def _is(rows: Rows, fact: str) -> Narrowing:
    if fact in FACTS:
        table = facts.table(fact)
        return lambda block, within: _both(within, rows.facts[block].translate(table))
    told = rows.told.get(fact)
    return (lambda block, within: _both(within, bytes([id_ in told for id_ in rows.ids[block]]))) if told else _nothing


def _in_field(rows: Rows, name: str, text: str) -> Narrowing:
    if name == "tag":
        tag = needles.of_tag(text)
        return _nothing if tag is None else _holding(rows.fields, needles.octets(tag))
    if name == "site":
        return _holding(rows.fields, needles.octets(needles.of_site(wanted_host(text))))
    wanted = tuple(map(needles.octets, needles.of_part(text)))
    return (_in_url if name == "url" else _in_title)(rows.words, wanted[0], wanted[-1])


def _in_title(lines: list[str], one: str, other: str) -> Narrowing:
    likely, end = _common(one, other), needles.END
    return lambda block, within: bytes(
        [
            kept and likely in line and (one in (title := line.partition(end)[0]) or other in title)
            for kept, line in zip(within, lines[block], strict=True)
        ]
    )


def _in_url(lines: list[str], one: str, other: str) -> Narrowing:
    likely, end = _common(one, other), needles.END
    return lambda block, within: bytes(
        [
            kept and likely in line and (one in (url := line.rpartition(end)[2]) or other in url)
            for kept, line in zip(within, lines[block], strict=True)
        ]
    )


def _common(one: str, other: str) -> str:
    """What both have: they differ in the first character."""
    return one if one == other else one[1:]


class _Verdicts(dict[str, bool]):
    """Day -> is it where the query says."""

    def __init__(self, query: When | Age, today: date) -> None:
        super().__init__()
        self._query = query
        self._today = today

    def __missing__(self, day: str) -> bool:
        self[day] = verdict = is_dated(self._query, day, self._today)
        return verdict


def _dated(rows: Rows, query: When | Age, today: date) -> Narrowing:
    place = needles.ADDED if query.field == "added" else needles.CAPTURED
    verdicts = _Verdicts(query, today)
    return lambda block, within: _both(within, bytes([verdicts[line[place]] for line in rows.fields[block]]))


def _with_words(rows: Rows, text: str, phrase: bool) -> Narrowing:
    holding = _holding(rows.words, needles.octets(needles.of_word(text)))
    ending = needles.ending(text) if phrase else None
    return holding if ending is None else _all([holding, _matching(rows.words, ending)])


def _matching(lines: list[str], pattern: re.Pattern[str]) -> Narrowing:
    return lambda block, within: bytes(
        [
            one and pattern.search(needles.from_octets(line)) is not None
            for one, line in zip(within, lines[block], strict=True)
        ]
    )


def _holding(lines: list[str], needle: str) -> Narrowing:
    def narrow(block: slice, within: bytes) -> bytes:
        if within.count(1) > len(within) // 2:  # then it is quicker to look at all
            return _both(within, bytes([needle in line for line in lines[block]]))
        return bytes([one and needle in line for one, line in zip(within, lines[block], strict=True)])

    return narrow
