"""The visible step: documents exchanged into place, and what came out looked at again.

Nothing is overwritten: every rename is an exchange or goes to a free name, and what comes out is kept until it is known
to be what we knew. A user's edit in that very moment is put back, or merged onto the file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store import files
from store.files import blob_name, look
from store.merge import later_edit
from store.repo.places import Places

Blobs = tuple[str | None, str | None, str | None]


class Interrupted(Exception):
    """A file changed under us: everything is put back, and the attempt begins again."""


@dataclass(slots=True)
class Document:
    """One path in one attempt: its bytes in HEAD, on disk and new (None: no file)."""

    path: str
    full: str
    head: bytes | None
    disk: bytes | None
    signature: tuple[int, int, int] | None
    new: bytes | None = None
    temporary: str = ""
    swapped: bool = False
    seen: bool = False
    is_program: bool = False
    folder: str = field(init=False)
    _named: tuple[bytes | None, Blobs] | None = None

    def __post_init__(self) -> None:
        self.folder = os.path.dirname(self.full)
        self.new = self.disk

    @property
    def moves(self) -> bool:
        """The file on disk is to change."""
        return self.new != self.disk

    @property
    def blobs(self) -> Blobs:
        """Which blobs its bytes are, in HEAD, on disk and new; counted once, for many ask."""
        if self._named is None or self._named[0] is not self.new:
            head = blob_name(self.head)
            disk = head if self.disk == self.head else blob_name(self.disk)
            self._named = self.new, (head, disk, disk if self.new == self.disk else blob_name(self.new))
        return self._named[1]


def open_document(places: Places, path: str, head: bytes | None) -> Document:
    """Look at the file and remember what it was."""
    files.check_folders(places.top, path)
    full = places.file(path)
    disk, signature = look(full)
    return Document(path, full, head, disk, signature)


def prepare(documents: Sequence[Document]) -> None:
    """Folders and synced temporary files beside the targets."""
    for folder in {document.folder for document in documents if document.moves}:
        if not os.path.isdir(folder):
            os.makedirs(folder)
            files.sync(os.path.dirname(folder))
    for document in documents:
        document.temporary = os.path.join(document.folder, files.TEMPORARY + os.urandom(6).hex())
    files.each(_write_temporary, [document for document in documents if document.moves and document.new is not None])


def _write_temporary(document: Document) -> None:
    assert document.new is not None
    files.create(document.temporary, document.new, mode=0o755 if document.is_program else 0o644)


def swap(document: Document, *, insist: bool) -> None:
    """Put the new file in place. Raises Interrupted when it was edited meanwhile; `insist`: `settle` merges that."""
    if not document.moves:
        return
    try:
        if not insist and files.signature(document.full) != document.signature:
            raise Interrupted
        if document.new is None:
            files.place(document.full, document.temporary)
        elif document.disk is None:
            files.place(document.temporary, document.full)
        else:
            files.exchange(document.temporary, document.full)
    except (FileNotFoundError, FileExistsError):
        raise Interrupted from None
    document.swapped = document.seen = True
    if document.disk is not None and not insist and look(document.temporary, 0)[0] != document.disk:
        raise Interrupted


def unswap(document: Document) -> None:
    """Put back what came out. What somebody changed since is theirs: it stays, or wins over a file that was ours."""
    if not document.swapped:
        return
    document.swapped = False
    full, temporary, new = document.full, document.temporary, document.new
    if new is None:
        files.try_place(temporary, full)
    elif document.disk is None:
        if files.try_place(full, temporary) and look(temporary)[0] != new:
            files.try_place(temporary, full)
    elif files.try_exchange(temporary, full) and look(temporary)[0] != new:
        files.try_exchange(temporary, full)


def settle(temporary: str, full: str, base: bytes | None, *known: str | None) -> None:
    """Remove the old file once nobody writes it and it is one of the `known` blobs.

    Else somebody's late edit is in it: merged onto the file, to be adopted by the next who writes it. What that puts
    aside is looked at in the same way.
    """
    merging = temporary + "m"
    while True:
        theirs = look(temporary)[0]
        if theirs in (None, base) or blob_name(theirs) in known:
            files.drop(temporary)
            return
        now = look(full)[0]
        merged = theirs if now is None else later_edit(base, now, theirs)
        files.drop(merging)
        files.replace_whole(merging, merged)
        if now is None:
            if not files.try_place(merging, full):
                continue
            files.sync(os.path.dirname(full))
            files.drop(temporary)
            return
        if not files.try_exchange(merging, full):
            continue
        files.sync(os.path.dirname(full))
        base, known = now, (blob_name(now),)
        os.replace(merging, temporary)


def settle_all(documents: Sequence[Document]) -> None:
    """Step 11 for everything that was exchanged; a temporary file never seen is removed, it may be half written."""
    left = []
    for document in documents:
        if document.seen and look(document.temporary)[0] != document.disk:
            settle(document.temporary, document.full, document.disk, *document.blobs[1:])
        elif document.temporary:
            left.append(document.temporary)
    files.each(files.drop, left)  # it may wait for the disk: one by one, thousands take half a minute
    sync_folders(documents)


def set_modes(places: Places, modes: Mapping[str, str]) -> None:
    """Files that are programs, or are none any more, as their commit says."""
    for path, mode in modes.items():
        try:
            now = os.lstat(places.file(path)).st_mode
        except OSError:
            continue
        if stat.S_ISREG(now) and bool(now & stat.S_IXUSR) != (mode == "100755"):
            os.chmod(places.file(path), 0o755 if mode == "100755" else 0o644)


def sync_folders(documents: Sequence[Document]) -> None:
    """Sync the folders of everything that moved."""
    files.sync_all(sorted({document.folder for document in documents if document.moves}))
