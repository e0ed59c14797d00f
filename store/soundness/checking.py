"""`check`: is everything sound? Read-only: it takes no lock and writes nothing. `repairing` and `mending` do that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from store import files, frontmatter
from store.admission.trust import Trust
from store.errors import DamagedDocument
from store.files import blob_name
from store.layout import is_page
from store.library import Library
from store.repo import index, salvage, skeleton
from store.repo.objects import Objects
from store.repo.places import MAIN, SETTINGS, Places, in_progress, ref
from store.repo.run import Git
from store.soundness import mending, repairing
from store.text import one_line
from store.writing import adoption

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
    """Everything that is not as it should be: git folder, objects, index, documents, edits not committed, twins."""
    yield from git_folder(library.places)
    if repairing.settings_are_damaged(library.places):  # one that is damaged is refused, so this one is missing
        yield Finding("warning", "settings-missing", SETTINGS, "", True)
    head = ref(library.places, MAIN)
    if head is None or not salvage.has_trees(library.git, head):
        return  # nothing of the history can be looked at
    library.catch_up()
    unfinished = in_progress(library.places)
    if unfinished is not None:
        yield Finding("note", "merging", "", unfinished, False)
    if not index.is_sound(library.places.index):
        yield Finding("warning", "index-damaged", library.places.index, "", True)
    if os.path.exists(os.path.join(library.places.own, "journal")):
        yield Finding("warning", "unfinished", "", "", True)
    with Objects(library.git) as objects:
        for problem in library.catalogue.problems():
            mendable = problem.name != "damaged" or mending.good_version(library, objects, problem.path) is not None
            yield Finding("error", problem.name, problem.path, one_line(problem.detail), mendable)
        yield from _lost_documents(library, objects)
        yield from _documents(library, objects)


def unopened(path: Path, trust: Trust) -> Iterator[Finding]:
    """What is wrong with a library that cannot be opened. Raises NotALibrary, Untrusted."""
    places = repairing.find(path, trust)
    yield from git_folder(places)
    if repairing.settings_are_damaged(places):
        yield Finding("error", "settings-damaged", SETTINGS, "", True)


def git_folder(places: Places) -> Iterator[Finding]:
    """What is wrong below the documents; also where the library cannot be opened for it."""
    faults = skeleton.faults(places)
    for fault in faults:
        main_is_found = fault.part != "main" or bool(skeleton.candidates(places))
        yield Finding("error", _FAULTS[fault.part], fault.path, "", main_is_found)
    if {fault.part for fault in faults} - {"main"}:
        return  # git would say nothing else
    git = Git(places)
    yield from _objects(git, _Sources(git))
    head = ref(places, MAIN)
    if head is not None and not salvage.has_trees(git, head):
        found = salvage.newest_whole(git, skeleton.candidates(places))
        yield Finding("error", "commit-lost", "", head, found is not None or any(repairing.remotes(git)))


_FAULTS = {
    "HEAD": "head-damaged",
    "main": "main-lost",
    "settings": "git-settings-damaged",
    "refs": "ref-damaged",
    "objects": "folder-missing",
}


class _Sources:
    """Where a lost object may be found again."""

    def __init__(self, git: Git) -> None:
        self._git = git

    @cached_property
    def _on_disk(self) -> dict[str, str]:
        return repairing.files_by_blob(self._git.places)

    @cached_property
    def _elsewhere(self) -> tuple[bool, bool]:
        return index.is_sound(self._git.places.index), any(True for _ in repairing.remotes(self._git))

    def may_have(self, name: str, kind: str = "") -> bool:
        """`kind` as git calls it; "" where nobody knows."""
        by_index, by_remote = self._elsewhere
        return by_remote or name in self._on_disk or (by_index and kind in ("tree", ""))


def _objects(git: Git, sources: _Sources) -> Iterator[Finding]:
    top, damaged = git.places.commondir, False
    for name, path in salvage.damaged_objects(git.places):
        damaged = True
        yield Finding("error", "object-damaged", os.path.relpath(path, top), name, sources.may_have(name))
    for stem in salvage.damaged_packs(git):
        damaged = True
        yield Finding("error", "pack-damaged", os.path.relpath(stem, top), "", True)
    lost = salvage.lost(git)
    for name, kind in lost.objects.items():
        yield Finding("error", "object-lost", "", f"{kind} {name}", sources.may_have(name, kind))
    for name in () if damaged else lost.refs:  # else what they name may only be unreadable
        if name != MAIN:
            yield Finding("error", "ref-to-nothing", name, "", name.startswith("refs/pagelog/"))


def _lost_documents(library: Library, objects: Objects) -> Iterator[Finding]:
    sources = _Sources(library.git)
    for path, blob in mending.lost_documents(library, objects):
        mendable = os.path.isfile(library.places.file(path)) or sources.may_have(blob, "blob")
        mendable = mendable or mending.good_version(library, objects, path) is not None
        yield Finding("error", "document-lost", path, blob, mendable)


def _documents(library: Library, objects: Objects) -> Iterator[Finding]:
    """Files edited, removed or added by hand."""
    head = ref(library.places, MAIN)
    if head is None:
        return
    committed = {change.path: change.blob for change in objects.files(head) if change.blob and is_page(change.path)}
    on_disk = set()
    for path, _ in adoption.page_files(library.places):
        on_disk.add(path)
        data = _content(library.places.file(path))
        if path not in committed:
            if frontmatter.id_shown(data):
                yield Finding("note", "added-by-hand", path, "", False)
                yield from _damaged(library, objects, path, data)
        elif blob_name(data) != committed[path]:
            yield Finding("note", "edited-by-hand", path, "", False)
            yield from _damaged(library, objects, path, data)
    for path in committed:
        if path not in on_disk:
            yield Finding("note", "removed-by-hand", path, "", False)
    for path in adoption.ids_astray(library.places).values():
        yield Finding("warning", "misnamed", path, "", False)


def _damaged(library: Library, objects: Objects, path: str, data: bytes) -> Iterator[Finding]:
    """An edit that is not committed yet and cannot be read."""
    try:
        frontmatter.loads(data, path)
    except DamagedDocument as error:
        mendable = mending.good_version(library, objects, path) is not None
        yield Finding("error", "damaged", path, error.reason, mendable)


def _content(path: str) -> bytes:
    try:
        return files.read(path)
    except OSError:
        return b""
