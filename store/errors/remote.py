"""Why nothing can be taken from a remote, or given to it."""

from __future__ import annotations

from store.errors.base import PagelogError


class RemoteError(PagelogError):
    """The remote of sync or clone (exit status 4)."""


class UnsafeTree(RemoteError):
    """What was fetched holds something that is never put on this disk: `path` (not cleaned), and the `reason`."""

    path: str
    reason: str


class NoRemote(RemoteError):
    """The library has no remote to sync with."""


class BadRemote(RemoteError):
    """No address that git may be given; `reason`: empty, kind, password."""

    url: str
    reason: str


class RemoteUnreachable(RemoteError):
    """No connection to the host."""

    url: str
    detail: str


class RemoteSilent(RemoteError):
    """It stopped answering; `seconds` is how long it was waited for."""

    url: str
    seconds: float


class RemoteMissing(RemoteError):
    """There is no repository at this address, or none for us."""

    url: str


class RemoteDenied(RemoteError):
    """It wants another password, key or user."""

    url: str
    detail: str


class HostKeyUnknown(RemoteError):
    """ssh does not know the key of the host."""

    url: str


class PushDenied(RemoteError):
    """It may be read, and not written."""

    url: str
    detail: str


class RemoteCheckedOut(RemoteError):
    """Somebody's own folder with main checked out, not a bare repository."""

    url: str


class RemoteMoving(RemoteError):
    """Others pushed each time before we did."""

    url: str
    tries: int


class RemoteHeld(RemoteError):
    """It refuses every push although nobody else pushed; `detail` in git's words."""

    url: str
    detail: str


class RemoteFull(RemoteError):
    """There is no room left on its disk."""

    url: str


class RemoteShallow(RemoteError):
    """It holds only the newest part of its history."""

    url: str


class RemoteFailed(RemoteError):
    """git said something that we do not know."""

    url: str
    detail: str


class UnrelatedRemote(RemoteError):
    """What stands there is no pagelog library: its history does not begin with ours."""

    url: str


class RewrittenRemote(RemoteError):
    """Its history is not the one we saw last; `old` and `new` are its tips then and now.

    `reason`: rewritten; back, where it ends at a commit that was its tip before.
    """

    url: str
    old: str
    new: str
    reason: str = "rewritten"


class NotForOthers(RemoteError):
    """Our own library holds a file that no other machine would take over: `reason` says why. Not pushed."""

    url: str
    path: str
    reason: str


class PushUnknown(RemoteError):
    """The connection broke before the remote said whether it took what was pushed."""

    url: str
