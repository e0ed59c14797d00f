"""Why the library, or the user's config, cannot be used."""

from __future__ import annotations

from store.errors.base import PagelogError


class LibraryError(PagelogError):
    """The library cannot be used (exit status 3)."""


class FolderTaken(LibraryError):
    """A library is to be made in a folder that holds something."""

    path: str


class NoLibrary(LibraryError):
    """Nothing stands at `path`."""

    path: str


class NotALibrary(LibraryError):
    """A folder with other content, or a file."""

    path: str


class BadSettings(LibraryError):
    """pagelog.toml cannot be read."""

    path: str
    reason: str


class DamagedRepository(LibraryError):
    """The git folder cannot be read as it is: `what` is HEAD, main, objects, settings (git's own) or refs."""

    path: str
    what: str


class NewerFormat(LibraryError):
    """The library was written by a newer pagelog."""

    path: str
    format: int
    known: int


class Untrusted(LibraryError):
    """The library was not made here, and `found` is what git would obey in its git folder: settings, hooks, files."""

    path: str
    found: str


class OtherOwner(LibraryError):
    """The folder belongs to another user, so git refuses it."""

    path: str


class UnknownRefFormat(LibraryError):
    """Refs are stored as `format`, which pagelog does not write."""

    path: str
    format: str


class Locked(LibraryError):
    """Another pagelog has been writing for `seconds`."""

    path: str
    seconds: float


class Busy(LibraryError):
    """Another program keeps what we need: `what` is index.lock, main or files."""

    path: str
    what: str
    seconds: float


class NotWritable(LibraryError):
    """A read-only folder or disk."""

    path: str
    detail: str


class DiskFull(LibraryError):
    """No space; the old state stands."""

    path: str


class NotOnMain(LibraryError):
    """HEAD is detached or on another branch, named in `head`."""

    path: str
    head: str


class MergeInProgress(LibraryError):
    """The user's own merge, rebase, cherry-pick or revert is not finished: `what`."""

    path: str
    what: str


class GitMissing(LibraryError):
    """There is no git program."""


class GitTooOld(LibraryError):
    """`found` is older than `needed`."""

    found: str
    needed: str


class GitFailed(LibraryError):
    """A git command failed in a way nobody foresaw; `detail` is its last line, cleaned."""

    command: str
    detail: str


class ConfigError(PagelogError):
    """The user's own config file (exit status 2)."""


class BadConfig(ConfigError):
    """`key` may be empty when the file is no TOML."""

    path: str
    key: str
    reason: str
