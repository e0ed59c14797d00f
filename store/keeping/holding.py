"""Held captures: look at one, accept it, drop it."""

from __future__ import annotations

from dataclasses import dataclass

from store import commit, diff, frontmatter
from store.actions import ACCEPTED, DROPPED
from store.commit import Commit
from store.errors import NothingHeld, PagelogError, unpack
from store.keeping import weighing
from store.library import Library
from store.link import Link
from store.repo.objects import Objects
from store.results import Result
from store.state import SettledHold
from store.writing.view import View

PREFIX = "refs/pagelog/held/"
_SETTLED = "refs/pagelog/settled/"  # the last one that was decided on, of each link: else the user's gc takes it


@dataclass(frozen=True, slots=True)
class Held:
    """A capture set aside: the link as it would become, why it waits, and its commit."""

    link: Link
    reason: PagelogError | None
    commit: str


def held(library: Library, id_: str) -> Held:
    """The capture of a link that waits for the user's word. NothingHeld."""
    name = library.held_commit(id_)
    if name is None:
        raise NothingHeld(id_)
    with Objects(library.git) as objects:
        link = weighing.waiting(library, objects, id_)
    if link is None:
        raise NothingHeld(id_)
    packed = library.state.held_reason(id_)
    return Held(link, unpack(packed) if packed else None, name)


def accept(library: Library, id_: str) -> Result:
    """The held capture becomes current, an edited body the version before it. NothingHeld."""
    waiting = held(library, id_).link
    told: list[Result] = []

    def plan(view: View) -> list[Commit]:
        told.clear()
        path, link = library.read_link(view, id_)
        new = waiting.with_(
            url=link.url, tags=link.tags, added=link.added, status=link.status, starred=link.starred,
            trashed=link.trashed, note=link.note, unknown=link.unknown, title=_title(link, waiting),
        )  # fmt: skip
        compared = diff.compare(link.body, new.body)
        subject = commit.updated(new.title, compared.added_chars, compared.removed_chars)
        told.append(
            Result(
                link.url, id_, link.url, new.title, path, "updated", None,
                compared.added_chars, compared.removed_chars,
            )
        )  # fmt: skip
        return [Commit(subject, "update", (id_,), {path: frontmatter.dumps(new)})]

    settled = _settled(library, id_, accepted=True)
    written = library.write(plan, ACCEPTED)
    if written.commits:
        library.state.settle_hold(written.commits[0], settled)
    library.git.run("update-ref", f"{_SETTLED}{id_}", settled.held)
    library.originals.promote_held(id_)
    library.end_hold(id_, dropped=False)
    return told[0]


def drop(library: Library, id_: str) -> Result:
    """The held capture goes; the same body is never taken for new again. NothingHeld."""
    settled = _settled(library, id_, accepted=False)
    row = library.row(id_)
    library.git.run("update-ref", f"{_SETTLED}{id_}", settled.held)
    library.state.settle_hold(settled.held, settled)
    library.end_hold(id_, dropped=True)
    library.state.remember_action(settled.held, DROPPED, settled.when)
    return Result(row.url, id_, row.url, row.title, row.path, "unchanged")


def _settled(library: Library, id_: str, *, accepted: bool) -> SettledHold:
    """What is decided on, so that undo can hold it again. NothingHeld."""
    name = library.held_commit(id_)
    if name is None:
        raise NothingHeld(id_)
    state = library.state
    return SettledHold(id_, library.now(), accepted, name, state.held_sha256(id_), state.held_reason(id_))


def _title(link: Link, waiting: Link) -> str:
    return link.title if waiting.page_title is not None else waiting.title
