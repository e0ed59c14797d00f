"""Looks through a fetched tree before anything of it touches a file.

git itself lets through links, submodules, `.gitattributes`, names that mean another file on another system, and
643 bytes that unfold into ten million paths. So the tree is read as a stream, folders before what they hold, and the
first entry that is not plain ends it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from store import layout
from store.admission import opening
from store.errors import BadSettings, GitFailed, UnrelatedRemote, UnsafeTree
from store.plainness import DEEPEST, LONGEST_NAME, LONGEST_PATH, folded, wrong_anywhere, wrong_in_pages
from store.repo.objects import Difference
from store.repo.places import SETTINGS
from store.repo.run import Git, Running, failure

_OWN_FOLDERS = ("pages", "views")
_OWN_NAMES = {*_OWN_FOLDERS, "assets", SETTINGS}
_FOLDER = "040000"
_FILES = ("100644", "100755")  # a program stays one, outside our folders; in them no file is ever made one
_KINDS = {"120000": "a symbolic link", "160000": "a submodule"}
_AT_ONCE = 1 << 16  # bytes
_LONGEST_ENTRY = LONGEST_PATH + 200
_OUR_FOLDER = re.compile("pages/[0-9a-f]{2}")
_MOST_SETTINGS = 1 << 16


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one tree may hold: files and folders, the same folder so often, bytes of one file, bytes of all."""

    entries: int = 500_000
    copies: int = 1_000
    blob: int = 20 * 10**6
    total: int = 10 * 10**9


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    folder: str
    last: str  # the name in its folder
    mode: str
    name: str  # of the object
    size: int  # of a file, in bytes
    lost: bool  # git has no such file


def check_tree(git: Git, commit: str, bounds: Bounds = Bounds()) -> None:
    """Raise UnsafeTree for the first entry of a commit's tree that may not come to this disk.

    Also BadSettings and NewerFormat, of its pagelog.toml; GitFailed when the tree cannot be read. Changes nothing.
    """
    settings = None
    seen = _Seen(bounds)
    for entry in _entries(git, commit):
        seen.count(entry)
        _check_entry(entry)
        seen.check_alone(entry)
        if entry.path == SETTINGS:
            settings = entry
    _check_settings(git, settings)


def check_library(git: Git, commit: str, url: str) -> None:
    """The same of what was fetched from `url`: what is no library is UnrelatedRemote."""
    try:
        check_tree(git, commit)
    except BadSettings as error:
        if error.reason == "missing":
            raise UnrelatedRemote(url) from None
        raise UnsafeTree(SETTINGS, f"settings that cannot be read ({error.reason})") from None


def is_plain_page(found: Difference) -> bool:
    """A document that came or changed, of a name that we would give it: it makes no tree unsafe."""
    folder, _, name = found.path.rpartition("/")
    plain = found.after is not None and found.after[1] == _FILES[0]
    named = _OUR_FOLDER.fullmatch(folder) is not None and layout.id_hint(name) is not None and folded(name) == name
    return plain and named and not (wrong_anywhere(name) or wrong_in_pages(name))


class _Seen:
    """What came so far of a tree, and whether it is too much."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._entries = self._bytes = 0
        self._folders: Counter[str] = Counter()
        self._taken: dict[tuple[str, str], str] = {}

    def count(self, entry: _Entry) -> None:
        """Raise UnsafeTree where this entry is one, or one byte, too many."""
        self._entries += 1
        self._bytes += entry.size
        if self._entries > self._bounds.entries:
            raise UnsafeTree(entry.path, f"more than {self._bounds.entries:,} files and folders")
        if entry.size > self._bounds.blob:
            raise UnsafeTree(entry.path, f"a file of more than {self._bounds.blob:,} bytes")
        if self._bytes > self._bounds.total:
            raise UnsafeTree(entry.path, f"more than {self._bounds.total:,} bytes in all")
        if entry.mode == _FOLDER:
            self._folders[entry.name] += 1
            if self._folders[entry.name] > self._bounds.copies:
                raise UnsafeTree(entry.path, f"more than {self._bounds.copies:,} copies of one folder")

    def check_alone(self, entry: _Entry) -> None:
        """Raise UnsafeTree where its folder holds a name already that is the same on some file system."""
        key = entry.folder, folded(entry.last)
        if key in self._taken:
            raise UnsafeTree(entry.path, f"the same name as {self._taken[key]} where case does not count")
        self._taken[key] = entry.last


def _check_entry(entry: _Entry) -> None:
    """The entry alone. Folders were checked before what they hold, so of a path only the last name is new."""
    name, is_folder = entry.last, entry.mode == _FOLDER
    reason = wrong_anywhere(name) or _wrong_kind(entry)
    if not reason and entry.folder.partition("/")[0] in _OWN_FOLDERS:
        reason = wrong_in_pages(name)
    if not reason and not entry.folder:
        reason = _wrong_at_top(name, is_folder)
    if not reason and (is_folder or len(entry.path) * 4 > LONGEST_PATH):
        reason = _too_long(entry.path, is_folder)
    if reason:
        raise UnsafeTree(entry.path, reason)


def _wrong_kind(entry: _Entry) -> str:
    if entry.mode == _FOLDER:
        return ""
    if entry.mode not in _FILES:
        return _KINDS.get(entry.mode, "neither a file nor a folder")
    return "a file that git has lost" if entry.lost else ""


def _wrong_at_top(name: str, is_folder: bool) -> str:
    if name in _OWN_NAMES:
        return "" if is_folder == (name != SETTINGS) else "a file in the place of a folder, or a folder of a file"
    return "a name that is ours where case does not count" if folded(name) in _OWN_NAMES else ""


def _too_long(path: str, is_folder: bool) -> str:
    if len(path.encode("utf-8", "surrogateescape")) > LONGEST_PATH:
        return "a path that is too long"
    return "too many folders in each other" if path.count("/") >= DEEPEST - is_folder else ""


def _check_settings(git: Git, settings: _Entry | None) -> None:
    if settings is None:
        raise BadSettings(SETTINGS, "missing")
    if settings.size > _MOST_SETTINGS:
        raise BadSettings(SETTINGS, "too large")
    try:
        text = git.run("cat-file", "blob", settings.name).decode("utf-8")
    except UnicodeDecodeError:
        raise BadSettings(SETTINGS, "encoding") from None
    opening.check_settings(text, SETTINGS, git.places.top)


# --- reading --------------------------------------------------------------------------------------------------------


def _entries(git: Git, commit: str) -> Iterator[_Entry]:
    """Every file and folder of the tree, folders first; git is ended as soon as nobody asks for more."""
    running = git.start("ls-tree", "-r", "-t", "-z", "-l", "--full-tree", "--end-of-options", commit)
    try:
        for raw in _split(running):
            yield _entry(raw)
        status, _, errors = running.finish()
        if status:
            raise failure(git.places.top, "ls-tree", errors)
    finally:
        running.close()


def _split(running: Running) -> Iterator[bytes]:
    rest = b""
    while chunk := running.stdout.read1(_AT_ONCE):  # type: ignore[attr-defined] # a pipe is buffered
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
        if len(rest) > _LONGEST_ENTRY:
            raise UnsafeTree(_text(rest.partition(b"\t")[2][:LONGEST_NAME]), "a path that is too long")
    if rest:
        raise GitFailed("ls-tree", "ended in the middle of an entry")


def _entry(raw: bytes) -> _Entry:
    facts, _, path = raw.partition(b"\t")
    mode, _, name, size = facts.decode("ascii", "replace").split()
    whole = _text(path)
    folder, _, last = whole.rpartition("/")
    return _Entry(whole, folder, last, mode, name, int(size) if size.isdecimal() else 0, size == "BAD")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
