"""Words for the other side of sync and clone."""

from __future__ import annotations

_KEYS = "`git ls-remote {url}` must work without asking: set up a key or a password helper for git."

REMOTE = {
    "NoRemote": (
        "This library has no remote to sync with.",
        "Make an empty repository on any git host, then once: `pagelog sync --remote URL`.",
    ),
    "BadRemote": ('"{url}" is no address of a repository.', "Give https://..., ssh://..., user@host:path or a folder."),
    "BadRemote:kind": (
        "pagelog does not sync with {url}: only https, http, ssh and folders.",
        "Give https://..., ssh://..., user@host:path or a folder.",
    ),
    "BadRemote:password": (
        "The address {url} came with a password, which would be kept in .git/config for all to read.",
        "Give it without one, and let a password helper of git know it (git help credentials).",
    ),
    "RemoteUnreachable": ("No connection to {url} ({detail}).", "Check the network and the address; nothing is lost."),
    "RemoteSilent": (
        "{url} has said nothing for {seconds} seconds, so it was hung up.",
        "Try again later; what was done so far is kept.",
    ),
    "RemoteMissing": (
        "There is no repository at {url}, or none that you may see.",
        "Check the address; a new one has to be made there first, empty: `git init --bare` makes one in a folder.",
    ),
    "RemoteDenied": ("{url} does not let you in ({detail}).", _KEYS),
    "HostKeyUnknown": (
        "ssh does not know the host of {url}, or its key is another than it was.",
        "Connect once by hand with ssh and compare the key that it shows; then sync again.",
    ),
    "PushDenied": (
        "{url} may be read, and did not take what was pushed ({detail}).",
        "Ask for the right to push to its branch main. What came from there is merged already.",
    ),
    "RemoteCheckedOut": (
        "{url} is somebody's library with its files, not a bare repository, and takes no push.",
        "Make one between the two: `git clone --bare` of it in a third place, then `pagelog sync --remote` on both.",
    ),
    "RemoteMoving": (
        "Others pushed to {url} each time before we did ({tries} times).",
        "Everything of theirs is merged already; sync again in a moment.",
    ),
    "RemoteHeld": (
        "{url} does not let its main be moved, though nobody else pushed ({detail}).",
        "If that is a lock and no git runs there, one died: remove there what it names. Nothing is lost here.",
    ),
    "RemoteFull": (
        "The disk is full at {url}, so nothing could be pushed.",
        "Make room there, or sync with another remote. What came from there is merged already.",
    ),
    "RemoteShallow": (
        "{url} has only the newest part of its history (a shallow clone), which takes no part in a sync.",
        "There: git fetch --unshallow, from where it was cloned. Or sync with a whole copy.",
    ),
    "RemoteFailed": ("git could not talk to {url}: {detail}.", "Try the same by hand: `git ls-remote {url}`."),
    "UnrelatedRemote": (
        "What stands at {url} is no pagelog library: it has no pagelog.toml, or its history and yours begin apart.",
        "Sync with an empty repository, or with one that another pagelog has pushed to. Nothing was changed.",
    ),
    "RewrittenRemote": (
        "The history at {url} was rewritten: {old}, where we were in step, is not in it any more.",
        "If that is wanted: `pagelog sync --accept-rewrite` puts your work on top of it and keeps the old history"
        " under refs/pagelog/before/. Nothing was changed.",
    ),
    "RewrittenRemote:back": (
        "The history at {url} was rewritten or set back: it ends at {new} again, without what came up to {old}.",
        "If it was lost there (an old backup, a deleted branch): `git push {url} main` in the library's folder puts it"
        " back. If somebody took it away on purpose: `pagelog sync --accept-rewrite` takes it away here too, and keeps"
        " the old history under refs/pagelog/before/. Nothing was changed.",
    ),
    "PushUnknown": (
        "The connection to {url} broke before it said whether it took what was pushed.",
        "Sync again: that settles it.",
    ),
    "UnsafeTree": (
        "Nothing was taken over: what was fetched holds {path}, which is never put on a disk: {reason}.",
        "It has to be removed there, or renamed, by somebody who can; your library is as it was.",
    ),
    "NotForOthers": (
        "Nothing was pushed to {url}: your library holds {path}, which no other machine would take over: {reason}.",
        "Rename it, or take it out of git (`git rm --cached`), and sync again.",
    ),
}
