"""`check`: is everything sound? Read-only: it takes no lock and writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from store import adoption, files, frontmatter
from store.errors import DamagedDocument
from store.files import blob_name
from store.library import Library
from store.repo import index
from store.repo.objects import Objects
from store.repo.places import MAIN, ref
from store.text import one_line

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. `name` is a word of ours, `detail` what it is about."""

    severity: Severity
    name: str
    path: str
    detail: str
    repairable: bool


def findings(library: Library) -> Iterator[Finding]:
    """Everything that is not as it should be: objects, index, documents, edits not committed, twins."""
    yield from _objects(library)
    head = ref(library.places, MAIN)
    with Objects(library.git) as objects:
        if head is not None and not objects.known(head):
            yield Finding("error", "commit-lost", "", head, False)
            return  # nothing of the history can be looked at
    library.catch_up()
    if not index.is_sound(library.places.index):
        yield Finding("warning", "index-damaged", library.places.index, "", True)
    if os.path.exists(os.path.join(library.places.own, "journal")):
        yield Finding("warning", "unfinished", "", "", True)
    for problem in library.catalogue.problems():
        yield Finding("error", problem.name, problem.path, one_line(problem.detail), False)
    yield from _documents(library)


def _objects(library: Library) -> Iterator[Finding]:
    status, output, errors = library.git.start("fsck", "--no-dangling", "--no-progress", "--connectivity-only").finish()
    if status == 0:
        return
    for line in (output + errors).decode("utf-8", "replace").splitlines():
        if line.startswith(("error", "missing", "broken", "fatal", "bad", "corrupt")):
            yield Finding("error", "object-damaged", "", one_line(line), False)


def _documents(library: Library) -> Iterator[Finding]:
    """Blobs that cannot be read, files edited, removed or added by hand."""
    head = ref(library.places, MAIN)
    if head is None:
        return
    committed: dict[str, str] = {}
    with Objects(library.git) as objects:
        committed = {change.path: change.blob for change in objects.files(head) if change.blob is not None}
        read = {name for name, _ in objects.blobs(dict.fromkeys(committed.values()))}
    for path, blob in committed.items():
        if blob not in read:
            yield Finding("error", "document-lost", path, blob, False)
    on_disk = set()
    for path, _ in adoption.page_files(library.places):
        on_disk.add(path)
        data = _content(library.places.file(path))
        if path not in committed:
            if frontmatter.id_shown(data):
                yield Finding("note", "added-by-hand", path, "", False)
                yield from _damaged(path, data)
        elif blob_name(data) != committed[path]:
            yield Finding("note", "edited-by-hand", path, "", False)
            yield from _damaged(path, data)
    for path in committed:
        if path not in on_disk:
            yield Finding("note", "removed-by-hand", path, "", False)
    for path in adoption.ids_astray(library.places).values():
        yield Finding("warning", "misnamed", path, "", False)


def _damaged(path: str, data: bytes) -> Iterator[Finding]:
    """An edit that is not committed yet and cannot be read."""
    try:
        frontmatter.loads(data, path)
    except DamagedDocument as error:
        yield Finding("error", "damaged", path, error.reason, False)


def _content(path: str) -> bytes:
    try:
        return files.read(path)
    except OSError:
        return b""
