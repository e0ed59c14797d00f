"""The journal: what a transaction is about to make visible, so that a successor can put a crash right."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields

from store import files
from store.repo.places import Places


@dataclass(frozen=True, slots=True)
class Entry:
    """One path: its blob in HEAD, on disk and new (None: no file), and its temporary file, from the top."""

    path: str
    head: str | None
    disk: str | None
    new: str | None
    temporary: str


@dataclass(frozen=True, slots=True)
class OwnAction:
    """What the user did, for undo: the group, or the commit where there is one only."""

    name: str
    action: str
    when: str


@dataclass(frozen=True, slots=True)
class Journal:
    """Old head, new commit, the paths, and the work tree they belong to."""

    old: str
    new: str
    top: str
    gitdir: str
    own_action: OwnAction | None
    entries: tuple[Entry, ...]


def path_of(places: Places) -> str:
    """Where the journal stands while a transaction is visible in part."""
    return os.path.join(places.own, "journal")


def write(places: Places, journal: Journal) -> None:
    """Whole or not at all, and synced. Before this nothing can be seen, so a full disk ends here."""
    path = path_of(places)
    files.drop(path + ".new")
    files.create(path + ".new", json.dumps(journal, default=_facts).encode())
    os.rename(path + ".new", path)
    files.sync(places.own)


def read(places: Places) -> Journal | None:
    """The journal of a dead predecessor, or None. Only paths that pagelog writes are accepted."""
    try:
        with open(path_of(places), "rb") as file:
            facts = json.load(file)
        own = facts["own_action"]
        entries = tuple(Entry(**entry) for entry in facts["entries"])
        journal = Journal(
            facts["old"], facts["new"], facts["top"], facts["gitdir"], OwnAction(**own) if own else None, entries
        )
    except (FileNotFoundError, IsADirectoryError):
        return None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None  # written whole by a rename, so this is nobody's journal
    return journal if _acceptable(journal) else None


def _facts(value: Journal | OwnAction | Entry) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _acceptable(journal: Journal) -> bool:
    texts = [journal.old, journal.new, journal.top, journal.gitdir]
    for entry in journal.entries:
        texts += [entry.path, entry.temporary, *(blob or "" for blob in (entry.head, entry.disk, entry.new))]
    if not all(isinstance(text, str) for text in texts):
        return False
    return all(_ours(entry.path) and _ours(entry.temporary) for entry in journal.entries)


def _ours(path: str) -> bool:
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        return False
    return len(parts) == 1 or parts[0] in ("pages", "views")
