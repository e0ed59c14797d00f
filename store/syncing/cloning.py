"""A library that stands elsewhere, brought here whole: made beside its place, and renamed into it when whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from store import files
from store.errors import FolderTaken, NotWritable, UnrelatedRemote
from store.progress import Cancelled, Progress, Report, silent
from store.repo import making, remote
from store.repo.objects import Objects
from store.repo.places import MAIN, Places
from store.repo.remote import Remote
from store.repo.run import Git
from store.syncing import pulled

if TYPE_CHECKING:
    from store.admission.trust import Trust

_BESIDE = ".{}.pagelog-clone"
_REPORTED = 200  # files


def clone(
    url: str,
    path: Path,
    *,
    trust: Trust | None = None,
    report: Report = silent,
    cancelled: Event | None = None,
    patience: float = remote.PATIENCE,
) -> str:
    """Make the folder `path` (missing or empty) a library with everything that the remote has: the address as kept.

    A remote without commits gives a new library that is ready to be pushed there. Raises RemoteError, FolderTaken,
    LibraryError, Cancelled; then nothing is left of it.
    """
    address = remote.address(url)
    target = os.path.realpath(path)
    if os.path.lexists(target) and (not os.path.isdir(target) or os.listdir(target)):
        raise FolderTaken(target)
    beside = os.path.join(os.path.dirname(target), _BESIDE.format(os.path.basename(target)))
    try:
        shutil.rmtree(beside, ignore_errors=True)  # of one that was killed
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _fill(beside, address, trust, report, cancelled, patience)
        os.rename(beside, target)
        files.sync(os.path.dirname(target))
    except PermissionError as error:
        raise NotWritable(target, error.strerror or "") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return address


def _fill(
    top: str, address: str, trust: Trust | None, report: Report, cancelled: Event | None, patience: float
) -> None:
    places = making.init(top)
    if trust is not None:
        trust.made(places)
    git = Git(places)
    root = making.make_root(git)
    other = Remote(git, remote.remember(git, address), address, patience, report, cancelled)
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
