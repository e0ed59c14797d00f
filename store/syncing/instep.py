"""How far the library and its remote are apart, as far as is known here: from files and the catalogue, without git."""

from __future__ import annotations

import os
from dataclasses import dataclass

from store import files
from store.library import Library
from store.repo import configfile
from store.repo import places as places_of
from store.repo.addresses import one_of
from store.repo.places import Places

MOST = 1000
"""Commits that are counted."""


@dataclass(frozen=True, slots=True)
class Apart:
    """`ahead`: commits that the remote has not, at most MOST. `last`: when the two were last in step, UTC, or None."""

    ahead: int
    last: str | None


def apart(library: Library) -> Apart | None:
    """What is known since the last sync; None: there is no remote. The catalogue is taken as it stands."""
    name = remote_name(library.places)
    if name is None:
        return None
    seen = places_of.ref(library.places, places_of.tracking(name))
    return Apart(_ahead(library, seen), library.state.last_sync(name))


def remote_name(places: Places) -> str | None:
    """The remote that main goes to, as `.git/config` has it: the user's choice, else the only one, else origin."""
    try:
        data = files.read(os.path.join(places.commondir, "config"))
    except OSError:
        return None
    found = {setting.key: setting.value for setting in configfile.settings(data)}
    names = sorted(key[7:-4] for key, value in found.items() if key[:7] == "remote." and key[-4:] == ".url" and value)
    return one_of(names, found.get("branch.main.remote"))


def _ahead(library: Library, seen: str | None) -> int:
    """Commits of our history that are not in that of `seen`: children before parents, until nothing of ours waits."""
    head = library.catalogue.head
    if head is None or head == seen:
        return 0
    ours, theirs, count = {head}, {seen} if seen else set(), 0
    for commits in library.catalogue.activity():
        for done in commits:
            if done.commit in theirs:
                theirs.update(done.parents)
            elif done.commit in ours:
                ours.update(done.parents)
                count += 1
            ours.discard(done.commit)
            if ours <= theirs or count >= MOST:
                return count
    return count
