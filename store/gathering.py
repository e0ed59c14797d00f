"""Gathers the rows that a listing goes through: from the catalogue, from a listing before, and those it is given."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

from store.catalogue import Sort
from store.finding import facts, needles
from store.finding.narrowing import Rows
from store.library import Clock, Library
from store.link import Row

_FEW = 5_000  # links that are asked for by their numbers
_EXTRA = -1  # the number of a link that the catalogue does not have


@dataclass(frozen=True, slots=True)
class Gathered:
    """All links in one order, of each its number in the catalogue and its row.

    `standing` is the moment of the catalogue, `extra` what else was put in.
    """

    sort: Sort
    clock: Clock
    standing: tuple[str | None, str]
    extra: tuple[Row, ...]
    numbers: array[int]
    rows: Rows


def read(library: Library, sort: Sort) -> Gathered:
    """All links that the catalogue has."""
    standing, searched = library.catalogue.standing, library.catalogue.every_searched(sort)
    rows = replace(searched.rows, told=_told(library))
    return Gathered(sort, library.clock, standing, (), searched.numbers, rows)


def told_anew(library: Library, before: Gathered) -> Gathered:
    """The same with what `state` knows now."""
    return replace(before, rows=replace(before.rows, told=_told(library)))


def caught_up(library: Library, before: Gathered) -> Gathered:
    """The same, made of what was gathered before. Rows with the same number are the same.

    What stands before the first number that differs, and after the last, stays as it is.
    """
    catalogue, old = library.catalogue, before.numbers
    standing, new = catalogue.standing, catalogue.numbers(before.sort)
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    there = slice(head, len(old) - tail)
    numbers, rows = new[head : len(new) - tail], before.rows.part(there)
    at = dict(zip(old[there], count()))
    missing = [number for number in numbers if number not in at]
    if len(missing) > _FEW:
        return read(library, before.sort)
    for searched in catalogue.searched(missing):
        at.update(zip(searched.numbers, count(len(rows.ids))))
        rows = rows.followed_by(searched.rows)
    if not at.keys() >= set(missing):  # another program has written since they were asked for
        return read(library, before.sort)
    changed = before.rows.replaced(there, rows.picked([at[number] for number in numbers]))
    return told_anew(library, replace(before, standing=standing, numbers=new, rows=changed))


def with_extra(gathered: Gathered, extra: tuple[Row, ...]) -> Gathered:
    """Put in links that the catalogue does not have, each where it belongs: newer ones first, before others as new.

    Nobody else may have what was gathered.
    """
    numbers, rows, packed = gathered.numbers, gathered.rows, bytearray(gathered.rows.facts)
    known = set(rows.ids) if extra else set()
    for row in sorted(extra, key=lambda row: row.added):
        if row.id in known:
            continue
        words = needles.octets(needles.words(row.title, row.tags, row.note, row.url))
        fields = needles.octets(needles.fields(row.tags, row.host, row.added, row.captured))
        place = bisect_left(range(len(numbers)), True, key=_may_follow(gathered.sort, rows, words, fields))
        numbers.insert(place, _EXTRA)
        rows.ids.insert(place, row.id)
        rows.words.insert(place, words)
        rows.fields.insert(place, fields)
        packed.insert(place, _facts(row))
    return replace(gathered, extra=extra, rows=replace(rows, facts=bytes(packed)))


def _same(one: array[int], other: array[int]) -> int:
    """How many numbers are the same at the beginning."""
    return bisect_left(range(min(len(one), len(other))), True, key=lambda at: one[: at + 1] != other[: at + 1])


def _may_follow(sort: Sort, rows: Rows, words: str, fields: str) -> Callable[[int], bool]:
    """May the row at a place follow a link with these words and fields?"""
    title, host = needles.title_in(words), needles.host_in(fields)
    added, captured = needles.added_in(fields), needles.captured_in(fields)
    match sort:
        case "added":
            return lambda at: needles.added_in(rows.fields[at]) <= added
        case "captured":
            return lambda at: needles.captured_in(rows.fields[at]) <= captured
        case "title":
            return lambda at: needles.title_in(rows.words[at]) > title
        case "host":
            return lambda at: _may_follow_on_host(rows.fields[at], host, added)


def _may_follow_on_host(fields: str, host: str, added: str) -> bool:
    own = needles.host_in(fields)
    return own > host or (own == host and needles.added_in(fields) <= added)


def _facts(row: Row) -> int:
    return facts.packed(
        status=row.status,
        starred=row.starred,
        pending=row.pending,
        damaged=row.damaged is not None,
        trashed=row.trashed is not None,
        tagged=bool(row.tags),
    )


def _told(library: Library) -> dict[str, frozenset[str]]:
    """What only `state` knows now."""
    state = library.state
    return {"broken": state.broken_ids(), "changed": state.changed_ids(), "held": library.held_ids()}
