"""What was done to the library, from the table `commits`: one entry for each commit, one for each group of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import cast

from store.link import timestamp

_Ask = Callable[..., Sequence[tuple[object, ...]]]
_COLUMNS = 'name, committed, action, subject, parents, "group", undoes, pages'
_NEWEST_FIRST = "ORDER BY place DESC, name DESC"
_SHORTEST, _WHOLE, _GROUP = 7, 40, 16  # hex digits


@dataclass(frozen=True, slots=True)
class Done:
    """A commit of the history. `pages`: how many page files it changed; `when` is the committer's time in UTC."""

    commit: str
    when: str
    action: str
    subject: str
    parents: tuple[str, ...]
    group: str
    undoes: str
    pages: int

    @property
    def name(self) -> str:
        """What an undo names: the group, or the commit where it is alone."""
        return self.group or self.commit


def newest_first(stream: Callable[[str], Iterable[tuple[object, ...]]]) -> Iterator[list[Done]]:
    """The whole history, the commits of a group together where they stand together."""
    every = map(_done, stream(f"SELECT {_COLUMNS} FROM commits {_NEWEST_FIRST}"))
    for _, some in groupby(every, key=lambda done: done.name):
        yield list(some)


def named(ask: _Ask, text: str) -> list[list[Done]]:
    """The actions that these hex digits begin, a commit or a whole group: the commits of each, newest first."""
    if len(text) == _GROUP and (found := of(ask, text)):
        return [found]
    if not _SHORTEST <= len(text) <= _WHOLE:
        return []
    sql = f"SELECT {_COLUMNS} FROM commits WHERE name >= ? AND name < ? {_NEWEST_FIRST} LIMIT 12"
    return [[_done(cells)] for cells in ask(sql, text, text + "g")]


def of(ask: _Ask, name: str) -> list[Done]:
    """The commits of an action, by the name that an undo gives it; none when the history has it no more."""
    column = '"group"' if len(name) == _GROUP else "name"
    return [_done(cells) for cells in ask(f"SELECT {_COLUMNS} FROM commits WHERE {column} = ? {_NEWEST_FIRST}", name)]


def takings(ask: _Ask) -> dict[str, Done]:
    """By the name of every action that was ever taken back: the newest undo or redo of it."""
    sql = f"SELECT {_COLUMNS} FROM commits WHERE undoes <> '' AND action IN ('undo', 'redo') ORDER BY place, name"
    return {done.undoes: done for done in map(_done, ask(sql))}


def takings_of(ask: _Ask, name: str) -> list[Done]:
    """Every undo and redo of the action of this name, the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM commits WHERE undoes = ? AND action IN ('undo', 'redo') ORDER BY place, name"
    return [_done(cells) for cells in ask(sql, name)]


def first_parents(ask: _Ask, head: str) -> Iterator[Done]:
    """The line of main: head, its first parent, and so on."""
    name: str | None = head
    while name and (found := ask(f"SELECT {_COLUMNS} FROM commits WHERE name = ?", name)):
        done = _done(found[0])
        yield done
        name = next(iter(done.parents), None)


def _done(cells: tuple[object, ...]) -> Done:
    name, committed, action, subject, parents, group, undoes, pages = cells
    when = timestamp(datetime.fromtimestamp(cast("int", committed), UTC))
    return Done(
        str(name), when, str(action), str(subject), tuple(str(parents).split()), str(group), str(undoes),
        cast("int", pages),
    )  # fmt: skip
