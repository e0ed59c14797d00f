"""What a plan may look at, and who remembers what was written: the two sides that a transaction stands between."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from store.commit import BY_HAND, Commit
from store.repo.objects import CommitChanges, Objects
from store.repo.places import Places
from store.writing import worktree
from store.writing.journal import OwnAction
from store.writing.worktree import Document


class Keeper(Protocol):
    """Who remembers what was written. Called under the lock."""

    def adopt(self, objects: Objects, head: bytes | None, disk: bytes | None) -> bytes | None:
        """What a file edited by hand becomes when it is taken over."""

    def ids_of(self, path: str, data: bytes | None) -> tuple[str, ...]:
        """The link a file is, for the trailers of an adoption."""

    def catch_up(self, head: str, objects: Objects) -> None:
        """Bring the catalogue to this commit."""

    def learn(self, parent: str, commits: Sequence[CommitChanges], documents: dict[str, bytes]) -> None:
        """These commits have been made on top of `parent`."""

    def remember_files(self, written: Iterable[tuple[str, str]]) -> None:
        """These files on disk are just these blobs."""

    def remember(self, action: OwnAction) -> None:
        """The user did this here."""


class View:
    """What a plan may look at: HEAD and the work tree under the lock, edits by hand taken over."""

    def __init__(self, places: Places, objects: Objects, keeper: Keeper, head: str) -> None:
        self.head = head
        self.objects = objects
        self._places = places
        self._keeper = keeper
        self.documents: dict[str, Document] = {}
        self.last_moment: Callable[[], None] = lambda: None  # for a plan: all is written, unseen; may raise and undo it

    def read(self, path: str) -> bytes | None:
        """The document as the user wants it now. A plan reads every path that it writes."""
        return self._document(path).new

    def read_all(self, paths: Iterable[str]) -> None:
        """Read these in bulk, so that `read` has them at hand."""
        new = [path for path in dict.fromkeys(paths) if path not in self.documents and "\n" not in path]
        for path, head in list(self.objects.all_at(self.head, new)):  # adopting asks git, too
            self._open(path, head)

    def is_folder(self, path: str) -> bool:
        """A folder stands there on disk."""
        return os.path.isdir(self._places.file(path))

    def standing_below(self, folder: str) -> Iterator[str]:
        """The path of every file that stands on disk in a folder, and below it."""
        for where, _, names in os.walk(self._places.file(folder)):
            for name in names:
                yield os.path.relpath(os.path.join(where, name), self._places.top).replace(os.sep, "/")

    def differs(self, path: str) -> bool:
        """The file on disk is not what HEAD has."""
        document = self._document(path)
        return document.disk != document.head

    def adoption(self) -> Commit | None:
        """The commit that takes over what was edited by hand, of the paths read so far."""
        edited = {path: document.new for path, document in self.documents.items() if document.new != document.head}
        if not edited:
            return None
        ids = dict.fromkeys(
            id_ for path in edited for id_ in self._keeper.ids_of(path, edited[path] or self.documents[path].head)
        )
        return Commit(BY_HAND, "adopt", tuple(ids), edited)

    def settle_plan(self, commits: Sequence[Commit]) -> list[Document]:
        """The documents with what the commits make of them; those that nothing happens to are left out."""
        for commit in commits:
            for path, data in commit.files.items():
                self.documents[path].new = data  # a plan reads every path that it writes
                self.documents[path].is_program = commit.modes.get(path) == "100755"
        moded = {path for commit in commits for path in commit.modes}  # of some of them nothing else changes
        return [
            document
            for document in self.documents.values()
            if document.new != document.head or document.new != document.disk or document.path in moded
        ]

    def _document(self, path: str) -> Document:
        document = self.documents.get(path)
        return document or self._open(path, self.objects.at(self.head, path))

    def _open(self, path: str, head: bytes | None) -> Document:
        document = worktree.open_document(self._places, path, head)
        if document.disk != document.head:
            document.new = self._keeper.adopt(self.objects, document.head, document.disk)
        self.documents[path] = document
        return document
