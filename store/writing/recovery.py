"""Puts right what a dead predecessor left, by blobs and never by ancestry.

After a user's `commit --amend` our commit is not in main though its text is, so what HEAD holds for each path decides:
on disk exactly our new version while HEAD's is not: what stood there before goes back. Anything else on disk is the
user's and stays. Our entries of the index follow HEAD. A late edit in an old file is merged onto the document.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from store import files
from store.files import blob_name, look
from store.lock import IndexLock
from store.repo import index, refs
from store.repo.objects import Objects
from store.repo.places import MAIN, Places, ref
from store.repo.run import Git
from store.writing.journal import Entry, Journal, OwnAction, path_of
from store.writing.worktree import settle

OWN_FILES = ("index", "index.lock", "journal.new", "durable.new")


def sweep(places: Places, index_lock: IndexLock, journal: Journal | None) -> None:
    """Remove the locks and half-made files of a dead holder; nobody else's."""
    index_lock.drop_if_ours()
    if journal is not None:
        refs.drop_dead_locks(places, journal.new, files.modified(path_of(places)) / 1e9)
    drop_litter(places)
    files.drop(*(os.path.join(places.own, name) for name in OWN_FILES))
    _drop_temporaries(places.top, {entry.temporary for entry in journal.entries} if journal else set())
    if journal is None:
        files.drop(os.path.join(places.own, "index.old"), path_of(places))
    files.drop(index_lock.owner)


def drop_litter(places: Places) -> None:
    """What a killed fast-import leaves: only the lock's holder runs one, and its are gone."""
    files.drop(os.path.join(places.commondir, "refs", "pagelog", "next.lock"))
    for folder in {places.gitdir, places.commondir}:
        files.drop(*(entry.path for entry in files.entries(folder) if entry.name.startswith("fast_import_crash_")))


def _drop_temporaries(top: str, keep: set[str]) -> None:
    for folder, folders, names in os.walk(top):
        if ".git" in folders:
            folders.remove(".git")
        for name in names:
            path = os.path.join(folder, name)
            if name.startswith(files.TEMPORARY) and os.path.relpath(path, top).rstrip("m") not in keep:
                files.drop(path)


def recover(git: Git, journal: Journal, remember: Callable[[OwnAction], None]) -> None:
    """Bring work tree, index and memory in step with HEAD. index.lock is held; the caller removes nothing more."""
    places = git.places
    with Objects(git) as objects:
        head = ref(places, MAIN) or journal.old
        now = {entry.path: blob_name(objects.at(head, entry.path)) for entry in journal.entries}
        for entry in journal.entries:
            _recover_file(places, objects, entry, now[entry.path])
        arrived = objects.is_ancestor(journal.new, head)
    files.sync_all(sorted({os.path.dirname(places.file(entry.path)) for entry in journal.entries}))
    _recover_index(git, journal, head, now)
    files.sync(places.gitdir)
    files.sync(os.path.join(places.commondir, "refs", "heads"))
    if journal.own_action is not None and arrived:
        remember(journal.own_action)
    files.drop(path_of(places))


def _recover_file(places: Places, objects: Objects, entry: Entry, now: str | None) -> None:
    full, temporary = places.file(entry.path), places.file(entry.temporary)
    if blob_name(look(full)[0]) == entry.new != now and entry.new != entry.disk:
        _put_back(objects, entry, full, temporary, now)
    base = objects.blob(entry.disk) if entry.disk and _known(objects, entry.disk) else None
    for path in (temporary + "m", temporary):  # a crash while settling leaves both
        settle(path, full, base, entry.disk, entry.new)


def _put_back(objects: Objects, entry: Entry, full: str, temporary: str, now: str | None) -> None:
    back = now if entry.disk == entry.head else entry.disk  # HEAD's, or the user's uncommitted text
    kept = look(temporary)[0]
    if entry.new is None:
        if kept is not None:
            files.try_place(temporary, full)
    elif back is None:
        files.drop(full)
    elif kept is not None and blob_name(kept) == back:
        files.exchange(temporary, full)
    elif kept is not None and blob_name(kept) not in (entry.new, entry.disk):
        files.exchange(temporary, full)  # edited late: theirs
    else:
        files.replace_whole(temporary, objects.blob(back))
        files.exchange(temporary, full)


def _known(objects: Objects, blob: str) -> bool:
    return any(True for _ in objects.blobs([blob]))


def _recover_index(git: Git, journal: Journal, head: str, now: dict[str, str | None]) -> None:
    places, paths = git.places, [entry.path for entry in journal.entries]
    before_path, target = os.path.join(places.own, "index.old"), os.path.join(places.own, "index")
    sound = index.is_sound(places.index)
    have = index.entries(git, places.index, paths) if sound else {}
    before = index.entries(git, before_path, paths) if index.is_sound(before_path) else None
    changes: dict[str, str | None] = {}
    for entry in journal.entries:
        present = have.get(entry.path)
        old = entry.head if before is None else before.get(entry.path)
        right = present
        if present == entry.new != now[entry.path]:
            right = old
        elif present in (old, entry.new):
            right = now[entry.path]
        if right != present:
            changes[entry.path] = right
    if changes or not sound:
        index.build(git, head, changes, target=target)
        os.rename(target, places.index)
