"""Puts a damaged git folder right as far as it can be: nothing is deleted, everything is checked by its hash.

The order: the parts without which git says nothing, damaged objects set aside, lost ones made again (blobs from the
files on disk, folders from the index, all else from the remote), main on the newest commit that is whole, the index.
What is then on disk and not in main is taken for an edit by hand, so it comes back with the next commit.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from store import files
from store.admission.opening import check_settings
from store.admission.trust import Trust
from store.errors import BadSettings, DamagedRepository, LibraryError, NewerFormat, NotALibrary, RemoteError
from store.library import Library
from store.lock import library_lock
from store.repo import addresses, index, remote, salvage, skeleton
from store.repo.places import FIRST_SETTINGS, MAIN, SETTINGS, Places, ref
from store.repo.run import Git
from store.soundness import mending
from store.writing import adoption

_PATIENCE = 20.0
_ROUNDS = 3  # a folder found again shows which files it needs


def find(path: Path, trust: Trust) -> Places:
    """The library there, however damaged. Raises NotALibrary, Untrusted."""
    top = os.path.abspath(path)
    found = skeleton.of(top)
    if found is None:
        raise NotALibrary(top)
    trust.check(found)
    return found


def mend_git_folder(places: Places) -> None:
    """Everything below the documents. Raises LibraryError; DamagedRepository where no whole commit is left."""
    git = Git(places)
    with library_lock(places, git, _PATIENCE):
        for fault in skeleton.faults(places):
            if fault.part != "main":
                skeleton.mend(places, fault)
        salvage.set_aside_damaged(git)
        _find_lost(git)
        moved = _mend_main(git)
        if moved:
            skeleton.drop_dead_lines(places, lambda name: salvage.is_there(git, name))
        _end_dead_refs(git)
        _mend_index(git, anew=moved)
        _mend_settings(git)


def mend_library(library: Library) -> tuple[str, ...]:
    """What a dead command left, edits by hand, documents: the commits `repair: ...`. Raises LibraryError."""
    try:
        library.write(lambda _: [], None)
    except DamagedRepository:  # what the journal names is lost: the files as they stand are what there is
        skeleton.set_aside(library.places, os.path.join(library.places.own, "journal"))
    library.adopt_edits(removed=False)  # a file that is away may be wanted back: its removal is nobody's repair
    return mending.mend_documents(library)


def files_by_blob(places: Places) -> dict[str, str]:
    """Every file on disk that may be in the history, by the blob that it would be."""
    found: dict[str, str] = {}
    for path in (*(path for path, _ in adoption.page_files(places)), SETTINGS):
        full = places.file(path)
        try:
            found[str(files.blob_name(files.read(full)))] = full
        except OSError:
            continue
    return found


def remotes(git: Git) -> Iterator[remote.Remote]:
    """The remote that the library syncs with, if it has one."""
    try:
        name = addresses.configured(git)
        if name:
            yield remote.Remote(git, name, *addresses.urls_of(git, name))
    except LibraryError:
        return


def _find_lost(git: Git) -> None:
    on_disk = files_by_blob(git.places)
    for _ in range(_ROUNDS):
        before = salvage.lost(git).objects
        if not before and _main_is_whole(git):
            return
        salvage.put_back(git, before, on_disk)
        salvage.trees_from_index(git)
        if salvage.lost(git).objects == before:
            break
    if salvage.lost(git).objects or not _main_is_whole(git):
        for other in remotes(git):
            try:
                other.fetch_again()
            except (RemoteError, LibraryError):
                return  # not there just now: what is left is named


def _main_is_whole(git: Git) -> bool:
    head = ref(git.places, MAIN)
    return head is not None and salvage.has_trees(git, head)


def _mend_main(git: Git) -> bool:
    """True when main was moved."""
    if _main_is_whole(git):
        return False
    places = git.places
    found = salvage.newest_whole(git, skeleton.candidates(places))
    if found is None:
        raise DamagedRepository(places.top, "objects")
    skeleton.set_aside(places, os.path.join(places.commondir, *MAIN.split("/")))
    git.run("update-ref", "-m", "pagelog: repair", MAIN, found)
    files.sync(os.path.join(places.commondir, "refs", "heads"))
    return True


def _end_dead_refs(git: Git) -> None:
    """Refs of ours that name nothing; the user's own are left, and named."""
    for name in salvage.lost(git).refs:
        if name.startswith("refs/pagelog/"):
            path = os.path.join(git.places.commondir, *name.split("/"))
            skeleton.set_aside(git.places, path)
            if ref(git.places, name) is not None:
                git.run("update-ref", "-d", name)


def _mend_index(git: Git, *, anew: bool) -> None:
    places = git.places
    if not anew and index.is_sound(places.index):
        return
    skeleton.set_aside(places, places.index)
    target = os.path.join(places.own, "index")
    index.build(git, MAIN, {}, target=target)
    os.rename(target, places.index)
    files.sync(places.gitdir)


def settings_are_damaged(places: Places) -> bool:
    """`pagelog.toml` is missing, or none of ours any more."""
    path = os.path.join(places.top, SETTINGS)
    try:
        check_settings(files.read(path).decode(), path, places.top)
    except NewerFormat:
        return False
    except (OSError, UnicodeDecodeError, BadSettings):
        return True
    return False


def _mend_settings(git: Git) -> None:
    places = git.places
    if settings_are_damaged(places):
        path = os.path.join(places.top, SETTINGS)
        skeleton.set_aside(places, path)
        status, committed, _ = git.start("cat-file", "blob", f"{MAIN}:{SETTINGS}").finish()
        files.replace_whole(path, committed if status == 0 and committed else FIRST_SETTINGS)
