"""A library that stands elsewhere, brought here whole.

It is made beside its place and renamed into it when it is whole. A folder that is there already (the one that the user
stands in, or a disk) is filled from a folder inside it, `.git` last; a clone that was killed in that is gone on with.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from store import files
from store.errors import DiskFull, FolderTaken, NotWritable, UnrelatedRemote
from store.progress import Cancelled, Progress, Report, silent
from store.repo import addresses, making
from store.repo.objects import Objects
from store.repo.places import MAIN, Places
from store.repo.remote import PATIENCE, Remote
from store.repo.run import Git
from store.syncing import pulled

if TYPE_CHECKING:
    from store.admission.trust import Trust

_BESIDE = ".{}.pagelog-clone"
_INSIDE, _WHOLE = ".pagelog-clone", "whole"
_REPORTED = 200  # files


def clone(
    url: str,
    path: Path,
    *,
    trust: Trust | None = None,
    report: Report = silent,
    cancelled: Event | None = None,
    patience: float = PATIENCE,
) -> str:
    """Make the folder `path` (missing or empty) a library with everything that the remote has: the address as kept.

    A remote without commits gives a new library that is ready to be pushed there. Raises RemoteError, FolderTaken,
    LibraryError, Cancelled; then nothing is left of it.
    """
    address = addresses.address(url)
    target = os.path.realpath(path)
    into = os.path.isdir(target)
    parent, name = os.path.split(target)
    made = os.path.join(target, _INSIDE) if into else os.path.join(parent, _BESIDE.format(name))
    if os.path.lexists(target) and not (into and _is_free(target)):
        with contextlib.suppress(OSError):
            os.rmdir(made)  # of one that was killed when all was done
        raise FolderTaken(target)
    try:
        if not _is_whole(made):
            shutil.rmtree(made, ignore_errors=True)  # of one that was killed
            os.makedirs(parent, exist_ok=True)
            _fill(made, address, trust, report, cancelled, patience)
        if into:
            _move_up(made, target)
        else:
            os.rename(made, target)
        files.sync(parent)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(target) from error
        in_the_way = isinstance(error, FileExistsError | NotADirectoryError)
        raise NotWritable(target, "a file is in its way" if in_the_way else error.strerror or "") from error
    finally:
        if not _is_whole(made):
            shutil.rmtree(made, ignore_errors=True)
    return address


def _is_free(target: str) -> bool:
    """Empty, but for what one who was killed has left of the same."""
    return os.listdir(target) in ([], [_INSIDE]) or _is_whole(os.path.join(target, _INSIDE))


def _is_whole(made: str) -> bool:
    return os.path.exists(os.path.join(made, ".git", "pagelog", _WHOLE))


def _move_up(made: str, target: str) -> None:
    whole = os.path.join(made, ".git", "pagelog", _WHOLE)
    if not os.path.exists(whole):
        files.create(whole, b"")
        files.sync(os.path.dirname(whole))
    for name in sorted(os.listdir(made), key=lambda name: name == ".git"):
        os.rename(os.path.join(made, name), os.path.join(target, name))
    files.sync(target)
    files.drop(os.path.join(target, ".git", "pagelog", _WHOLE))


def _fill(
    top: str, address: str, trust: Trust | None, report: Report, cancelled: Event | None, patience: float
) -> None:
    places = making.init(top)
    if trust is not None:
        trust.made(places)
    git = Git(places)
    root = making.make_root(git)
    name = addresses.remember(git, address)
    other = Remote(git, name, address, (), patience, report, cancelled)
    tip = other.fetch()
    if tip is None:
        return
    report(Progress("looking through what came", 0))
    pulled.check_library(git, tip, other.shown)
    with Objects(git, folder="") as objects:
        if not objects.bases(root, tip):
            raise UnrelatedRemote(other.shown)
        _write_files(places, objects, root, tip, report, cancelled)
    git.run("read-tree", tip, index=places.index)
    git.run("update-ref", "-m", "pagelog", MAIN, tip)
    git.run("update-ref", other.tracking, tip)
    os.sync()


def _write_files(
    places: Places, objects: Objects, root: str, tip: str, report: Report, cancelled: Event | None
) -> None:
    """From blobs, by us: no filter, no attribute and no link of the repository has a say."""
    wanted = [(found.path, *found.after) for found in objects.differences(root, tip) if found.after]
    by_blob: dict[str, list[tuple[str, str]]] = {}
    for path, blob, mode in wanted:
        by_blob.setdefault(blob, []).append((path, mode))
    done = 0
    for blob, data in objects.blobs(by_blob):
        if done % _REPORTED < len(by_blob[blob]):
            report(Progress("writing", done, len(wanted)))
        if cancelled is not None and cancelled.is_set():
            raise Cancelled
        for path, mode in by_blob[blob]:
            full = places.file(path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            files.drop(full)
            files.create(full, data, durable=False, mode=0o755 if mode == "100755" else 0o644)
            done += 1
