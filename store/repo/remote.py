"""The other side of sync: fetched from and pushed to by git, over https, ssh or a path, never by force.

Only these calls may reach a host. Nothing is asked on the terminal, and what git says is turned into a named error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Event

from store.errors import (
    DamagedRepository,
    DiskFull,
    HostKeyUnknown,
    PagelogError,
    PushDenied,
    PushUnknown,
    RemoteCheckedOut,
    RemoteDenied,
    RemoteFailed,
    RemoteFull,
    RemoteHeld,
    RemoteMissing,
    RemoteShallow,
    RemoteSilent,
    RemoteUnreachable,
)
from store.progress import Report, silent
from store.repo import halfpacks
from store.repo.addresses import SCHEMES, is_shallow, without_password
from store.repo.places import MAIN, in_a_ref, tracking
from store.repo.refs import drop_own_lock
from store.repo.run import Git, has_ssh_of_its_own, is_full
from store.repo.talk import Silent, follow
from store.text import one_line

PATIENCE = 60.0  # seconds without a word
_SSH = "-o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=3"
_SLOW = ("-c", "http.lowSpeedLimit=100", "-c", "http.lowSpeedTime=45", "-c", "gc.auto=0")

_SAID: tuple[tuple[type[PagelogError], str], ...] = (
    (HostKeyUnknown, r"[Hh]ost key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED"),
    (RemoteDenied, r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled"),
    (RemoteDenied, r"Permission denied \([a-z,-]*(?:publickey|password|keyboard)|returned error: 401"),
    (RemoteUnreachable, r"Could not resolve host|Name or service not known|nodename nor servname|Temporary failure in"),
    (RemoteUnreachable, r"Connection (?:refused|timed out|reset)|Operation timed out|No route to host|unreachable"),
    (RemoteUnreachable, r"Failed to connect|Couldn't connect|SSL|certificate|gnutls|too slow"),
    (
        RemoteUnreachable,
        r"Empty reply|(?:Recv|Send) failure|transfer closed|early EOF|unexpected disconnect|expected |curl \d",
    ),
    (RemoteUnreachable, r"Connection (?:closed|to \S+ closed)|kex_exchange_identification|hung up unexpectedly"),
    (RemoteCheckedOut, r"branch is currently checked out|refusing to update checked out branch"),
    (PushDenied, r"hook declined|protected branch|returned error: 403|Permission to .* denied|denied to"),
    (RemoteShallow, r"missing necessary objects|shallow update not allowed"),
    (PushDenied, r"unable to create temporary object directory|insufficient permission|Read-only file system"),
    (RemoteMissing, r"does not appear to be a git repository|[Rr]epository .*not found|not a git repository"),
    (RemoteMissing, r"returned error: 404|Could not read from remote repository|No such file or directory"),
)
_SHALLOW = "shallow roots are not allowed"
_NO_ROOM = re.compile(r"No space left|Disk quota")
_REJECTED = re.compile(r"^!\t.*\((.+)\)$", re.M)
_OF_REMOTE = r"remote: (?!\w+ objects:|Total |\s*$)"
_REASONS = (r"fatal: ", r"error: ", r"ssh: ", r"remote: (?:fatal|error|ERROR)", _OF_REMOTE)
_HARMLESS = (  # who wrote a commit, and when: one such line would keep the library from every other machine for ever
    "badDate badDateOverflow badTimezone zeroPaddedDate missingSpaceBeforeDate badEmail missingEmail badName"
    " missingNameBeforeEmail missingSpaceBeforeEmail zeroPaddedFilemode"
).split()
_TOLERANT = tuple(word for fault in _HARMLESS for word in ("-c", f"fetch.fsck.{fault}=ignore"))
_BY_HOOK = re.compile(r"^(?:!.*hook declined|(?:remote: )?(?:fatal|error): .*aborted by hook)", re.M)
_LOOK_THROUGH = (
    *(word for fault in _HARMLESS for word in ("-c", f"fsck.{fault}=ignore")),
    *("fsck", "--no-dangling", "--no-progress"),
)
_BROKEN = re.compile(
    r"hung up|early EOF|RPC failed|unexpected disconnect|broken pipe|Connection (?:reset|closed)|timed out", re.I
)


class Refused(Exception):
    """The remote has something that we have not: fetch again, merge, push again. With git's own words."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository somewhere. `url` as git gets it; `push_urls`: where it is pushed to, if not there."""

    git: Git
    name: str
    url: str
    push_urls: tuple[str, ...] = ()
    patience: float = PATIENCE
    report: Report = silent
    cancelled: Event | None = None

    @property
    def shown(self) -> str:
        """The address without anybody's password."""
        return without_password(self.url)

    @property
    def tracking(self) -> str:
        """Our ref for its main, as it was when the two were last in step."""
        return tracking(self.name)

    @property
    def incoming(self) -> str:
        """Our ref for what was fetched and not looked at yet."""
        return f"refs/pagelog/incoming/{in_a_ref(self.name)}"

    def fetch(self) -> str | None:
        """Its main, now under `incoming`; None: it has no main yet. Raises RemoteError, DiskFull, Cancelled.

        Locks that a killed git left on our refs are removed first: whoever fetches holds the lock of `talking`.
        """
        if is_shallow(self.url):  # git itself says nothing where all of it is here already
            raise RemoteShallow(self.shown)
        for ref in (self.incoming, self.tracking):
            drop_own_lock(self.git.places, ref)
        status, said = self._fetch()
        if _SHALLOW in said:  # git passes over it, and says that all is well
            status, said = self._fetch()  # where the rest is here already, all is whole now
        if _SHALLOW in said:
            raise RemoteShallow(self.shown)
        if status and re.search(r"couldn't find remote ref", said):
            self._check_empty()
            return None
        if status:
            raise self._error(said)
        tip = self.git.run("rev-parse", "--verify", "--quiet", f"{self.incoming}^{{commit}}", ok=(0, 1))
        if not tip:
            raise RemoteFailed(self.shown, "its main is no commit")
        return tip.decode().strip()

    def _fetch(self, *how: str) -> tuple[int, str]:
        """git's status, and what it said. Of one that failed no half pack stays: it would fill the disk."""
        with halfpacks.cleared(self.git.places):
            status, _, errors = self._talk(
                "fetch", *how, "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--progress", "--force",
                "--", self.url, f"+{MAIN}:{self.incoming}",
            )  # fmt: skip
        return status, errors.decode(errors="replace")

    def _check_empty(self) -> None:
        """git says the same of an answer that was cut at its very beginning. Raises RemoteError."""
        status, output, errors = self._talk("ls-remote", "--", self.url, MAIN)
        if status or output:
            raise self._error(errors.decode(errors="replace") or "error: unexpected disconnect")

    def fetch_again(self) -> None:
        """All of its main, also what our refs say we have: for objects that were lost. As `fetch` raises."""
        status, said = self._fetch("--refetch")
        if status:
            raise self._error(said)

    def push(self, commit: str) -> None:
        """Its main is this commit. Raises Refused, RemoteError (PushUnknown: nobody knows whether), Cancelled."""
        self._push((self.push_urls or (self.url,))[0], commit)

    def push_copies(self, commit: str) -> None:
        """So is that of every further address, which is a copy that nobody else pushes to. Raises as `push` does."""
        for url in self.push_urls[1:]:
            try:
                self._push(url, commit)
            except Refused as refused:
                raise RemoteHeld(without_password(url), str(refused)) from None

    def _push(self, url: str, commit: str) -> None:
        shown = without_password(url)
        try:
            status, output, errors = self._talk(
                "push", "--porcelain", "--no-verify", "--progress", "--", url, f"{commit}:{MAIN}"
            )
        except RemoteSilent:
            raise PushUnknown(shown) from None
        said = (output + errors).decode(errors="replace")
        own = "\n".join(line for line in said.splitlines() if not line.startswith("remote:"))
        if not status:
            return
        if _BY_HOOK.search(said):
            raise PushDenied(shown, _reason(said))
        if re.search(r"\[rejected\]|fetch first|non-fast-forward|failed to update ref|already exists", own):
            raise Refused(_reason(said))
        if _BROKEN.search(own):
            raise PushUnknown(shown)
        raise self._error(said, pushed_to=shown)

    def _talk(self, command: str, *arguments: str) -> tuple[int, bytes, bytes]:
        running = self.git.start(
            *_SLOW, *_TOLERANT, *self._ssh(), command, *arguments,
            GIT_ALLOW_PROTOCOL=":".join(SCHEMES), GIT_NO_LAZY_FETCH="0", SSH_ASKPASS="",
        )  # fmt: skip
        try:
            return follow(running, self.report, self.patience, self.cancelled)
        except Silent:
            raise RemoteSilent(self.shown, self.patience) from None

    def _ssh(self) -> tuple[str, ...]:
        """The user's own ssh, which may ask nothing and may not wait for ever; $GIT_SSH_COMMAND beats it."""
        command = self._setting("core.sshCommand")
        if "plink" in command.lower() or (not command and has_ssh_of_its_own()):
            return ()
        return "-c", f"core.sshCommand={command or 'ssh'} {_SSH}"

    def _setting(self, key: str) -> str:
        return self.git.run("config", "--get", key, ok=(0, 1)).decode(errors="replace").strip()

    def _error(self, said: str, *, pushed_to: str = "") -> PagelogError:
        pushing, url = bool(pushed_to), pushed_to or self.shown
        no_room = [line for line in said.splitlines() if _NO_ROOM.search(line)]
        if no_room and not pushing and not all(line.startswith("remote:") for line in no_room):
            return DiskFull(self.git.places.top)
        if no_room:
            return RemoteFull(url)
        own = "\n".join(line for line in said.splitlines() if not line.startswith("remote:"))
        kinds = (kind for text in (own, said) for kind, pattern in _SAID if re.search(pattern, text))
        kind = next(kinds, RemoteFailed)  # what a hook over there says is its own affair
        if kind is RemoteFailed and self._is_ours_damaged(said):
            return DamagedRepository(self.git.places.top, "objects")
        if kind is RemoteFailed and not pushing and is_full(self.git.places.top):
            return DiskFull(self.git.places.top)
        if kind is PushDenied and not pushing:
            kind = RemoteDenied
        if pushing and kind is RemoteMissing and re.search(r"Permission denied|read-only", said, re.I):
            kind = PushDenied
        facts = {"url": url, "detail": _reason(said)}
        return kind(**{name: facts[name] for name in kind.fact_names})

    def _is_ours_damaged(self, said: str) -> bool:
        """What they could not unpack may have been damaged here: git sends what a pack holds without a look at it."""
        whole = () if "unpack" in said else ("--connectivity-only",)
        return self.git.start(*_LOOK_THROUGH, *whole).finish()[0] != 0


def _reason(said: str) -> str:
    """The line that says why: git's own before what the other side sent along, and no progress.

    Of a push that was rejected: why, and what a hook there said of it.
    """
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    rejected = _REJECTED.search(said)
    ranked = (
        line for pattern in ((_OF_REMOTE,) if rejected else _REASONS) for line in lines if re.match(pattern, line)
    )
    line = next(ranked, lines[-1] if lines and not rejected else "")
    line = re.sub(r"^(?:(?:fatal|error|remote): )+", "", line)
    if rejected:
        line = f"{rejected[1]}: {line}" if line else rejected[1]
    return one_line(without_password(line), 200)
