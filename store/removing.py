"""Links removed for good: their files go, as one commit, and history keeps them.

What is remembered of a link beside its file stays, as undo brings it back with it: why a capture failed, what was
refused, a capture that is held. The kept bytes of its page go; a refresh fetches them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from store import commit, frontmatter
from store.changing import Change, Pace, new_group
from store.commit import Commit
from store.errors import DamagedDocument, NoSuchLink
from store.library import Library

if TYPE_CHECKING:
    from store.link import Row
    from store.writing.view import View

Rows = dict[str, "Row"]
Gone = tuple["Row", str]  # a link, and where its file stands


def remove(library: Library, ids: Sequence[str], pace: Pace | None = None) -> Change:
    """Remove these, in the trash or not, damaged ones too. NoSuchLink, Cancelled (then nothing has happened)."""
    wanted = tuple(dict.fromkeys(ids))

    def rows() -> Rows:
        found = library.catalogue.rows(wanted)
        missing = next((id_ for id_ in wanted if id_ not in found), None)
        if missing is not None:
            raise NoSuchLink(missing)
        return {id_: found[id_] for id_ in wanted}

    return _remove(library, wanted, rows, lambda view, row: library.locate(view, row.id, row.path)[0], pace)


def empty_trash(library: Library, pace: Pace | None = None) -> Change:
    """Remove what is in the trash. Cancelled (then nothing has happened)."""

    def rows() -> Rows:
        trashed = (row for row in library.catalogue.select() if row.trashed is not None and row.damaged is None)
        return {row.id: row for row in trashed}

    return _remove(library, (), rows, lambda view, row: _still_trashed(library, view, row), pace)


def _remove(
    library: Library,
    ids: Sequence[str],
    rows: Callable[[], Rows],
    place: Callable[[View, Row], str | None],
    pace: Pace | None,
) -> Change:
    """`rows`: the links to look at; `place`: where a link's file stands, None to leave it."""
    a_group = new_group()
    gone: list[Gone] = []

    def plan(view: View) -> list[Commit]:
        gone[:] = _found(view, rows(), place, pace or Pace())
        return [_commit(gone, a_group)] if gone else []

    written = library.write(plan, "remove", ids)
    _forget(library, [row for row, _ in gone])
    return Change(written.commits, tuple(row.id for row, _ in gone), a_group if len(gone) > 1 else None)


def _found(view: View, rows: Rows, place: Callable[[View, Row], str | None], pace: Pace) -> Iterator[Gone]:
    for id_, _ in pace.blocks(view, "removing links", {id_: row.path for id_, row in rows.items()}):
        path = place(view, rows[id_])
        if path is not None:
            yield rows[id_], path


def _commit(gone: Sequence[Gone], a_group: str) -> Commit:
    documents: dict[str, bytes | None] = {path: None for _, path in gone}
    ids = tuple(row.id for row, _ in gone)
    if len(gone) > 1:
        return Commit(f"remove: {len(gone)} links", "remove", ids, documents, a_group)
    return Commit(commit.titled("remove", gone[0][0].title), "remove", ids, documents)


def _still_trashed(library: Library, view: View, row: Row) -> str | None:
    """By the file as it stands now; one that was removed, or cannot be read any more, is left alone."""
    try:
        path, data = library.locate(view, row.id, row.path)
        return path if frontmatter.loads(data).trashed is not None else None
    except (NoSuchLink, DamagedDocument):
        return None


def _forget(library: Library, rows: Sequence[Row]) -> None:
    """The bytes of their pages, but those a held capture needs; and a refresh that waits, which would add them anew."""
    held = library.held_ids()
    for row in rows:
        if row.id not in held:
            library.originals.drop(row.id)
    waiting = {entry.url for entry in library.state.queued()} & {row.url for row in rows}
    if waiting:
        library.state.give_up(tuple(waiting))
