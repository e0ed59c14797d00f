"""The other side of sync: fetched from and pushed to by git, over https, ssh or a path, never by force.

Only these calls may reach a host. Nothing is asked on the terminal, and what git says is turned into a named error.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from store.errors import (
    BadRemote,
    DamagedRepository,
    DiskFull,
    HostKeyUnknown,
    PagelogError,
    PushDenied,
    PushUnknown,
    RemoteCheckedOut,
    RemoteDenied,
    RemoteFailed,
    RemoteMissing,
    RemoteSilent,
    RemoteUnreachable,
)
from store.progress import Report, silent
from store.repo.places import MAIN, in_a_ref, tracking
from store.repo.refs import drop_own_lock
from store.repo.run import Git, has_ssh_of_its_own
from store.repo.talk import Silent, follow
from store.text import one_line

PATIENCE = 60.0  # seconds without a word
_NAME = "origin"
_SSH = "-o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=3"
_SLOW = ("-c", "http.lowSpeedLimit=100", "-c", "http.lowSpeedTime=45", "-c", "gc.auto=0")
_SCHEMES = ("https", "http", "ssh", "file")
_SCP = re.compile(r"(?:[\w.+-]+@)?[\w.-]+:(?!//)\S")  # user@host:path

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
    (PushDenied, r"unable to create temporary object directory|insufficient permission|Read-only file system"),
    (RemoteMissing, r"does not appear to be a git repository|[Rr]epository .*not found|not a git repository"),
    (RemoteMissing, r"returned error: 404|Could not read from remote repository|No such file or directory"),
)
_LOOK_THROUGH = ("fsck", "--no-dangling", "--no-progress")
_BROKEN = re.compile(
    r"hung up|early EOF|RPC failed|unexpected disconnect|broken pipe|Connection (?:reset|closed)|timed out", re.I
)


class Refused(Exception):
    """The remote has something that we have not: fetch again, merge, push again."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository somewhere. `url` as git gets it."""

    git: Git
    name: str
    url: str
    patience: float = PATIENCE
    report: Report = silent
    cancelled: Event | None = None
    _environment: dict[str, str] = field(default_factory=dict)

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
        for ref in (self.incoming, self.tracking):
            drop_own_lock(self.git.places, ref)
        status, _, errors = self._talk(
            "fetch", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--progress", "--force", "--",
            self.url, f"+{MAIN}:{self.incoming}",
        )  # fmt: skip
        said = errors.decode(errors="replace")
        if status and re.search(r"couldn't find remote ref", said):
            self._check_empty()
            return None
        if status:
            raise self._error(said)
        return self.git.run("rev-parse", "--verify", f"{self.incoming}^{{commit}}").decode().strip()

    def _check_empty(self) -> None:
        """git says the same of an answer that was cut at its very beginning. Raises RemoteError."""
        status, output, errors = self._talk("ls-remote", "--", self.url, MAIN)
        if status or output:
            raise self._error(errors.decode(errors="replace") or "error: unexpected disconnect")

    def fetch_again(self) -> None:
        """All of its main, also what our refs say we have: for objects that were lost. As `fetch` raises."""
        status, _, errors = self._talk(
            "fetch", "--refetch", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--progress",
            "--force", "--", self.url, f"+{MAIN}:{self.incoming}",
        )  # fmt: skip
        if status:
            raise self._error(errors.decode(errors="replace"))

    def push(self, commit: str) -> None:
        """Its main is this commit. Raises Refused, RemoteError (PushUnknown: nobody knows whether), Cancelled."""
        try:
            status, output, errors = self._talk(
                "push", "--porcelain", "--no-verify", "--progress", "--", self.url, f"{commit}:{MAIN}"
            )
        except RemoteSilent:
            raise PushUnknown(self.shown) from None
        said = (output + errors).decode(errors="replace")
        if not status:
            return
        if re.search(
            r"\[rejected\]|fetch first|non-fast-forward|failed to update ref|cannot lock ref|already exists", said
        ):
            raise Refused
        if _BROKEN.search(said):
            raise PushUnknown(self.shown)
        raise self._error(said, pushing=True)

    def _talk(self, command: str, *arguments: str) -> tuple[int, bytes, bytes]:
        running = self.git.start(
            *_SLOW, *self._ssh(), command, *arguments,
            GIT_ALLOW_PROTOCOL=":".join(_SCHEMES), GIT_NO_LAZY_FETCH="0", SSH_ASKPASS="",
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

    def _error(self, said: str, *, pushing: bool = False) -> PagelogError:
        lines = [line for line in said.splitlines() if re.match(r"(?:fatal|error|remote|ssh|!)", line.strip())]
        detail = one_line(
            re.sub(r"^(?:fatal|error|remote): ", "", (lines or said.splitlines()[-1:] or [""])[0].strip()), 200
        )
        if "No space left" in said and "remote:" not in said:
            return DiskFull(self.git.places.top)
        if not any(re.search(pattern, said) for _, pattern in _SAID) and self._is_ours_damaged(said):
            return DamagedRepository(self.git.places.top, "objects")
        kind = next((kind for kind, pattern in _SAID if re.search(pattern, said)), RemoteFailed)
        if kind is PushDenied and not pushing:
            kind = RemoteDenied
        if pushing and kind is RemoteMissing and re.search(r"Permission denied|read-only", said, re.I):
            kind = PushDenied
        facts = {"url": self.shown, "detail": without_passwords(detail)}
        return kind(**{name: facts[name] for name in kind.fact_names})

    def _is_ours_damaged(self, said: str) -> bool:
        """What they could not unpack may have been damaged here: git sends what a pack holds without a look at it."""
        whole = () if "unpack" in said else ("--connectivity-only",)
        return self.git.start(*_LOOK_THROUGH, *whole).finish()[0] != 0


def configured(git: Git) -> str | None:
    """The name of the remote that main goes to: the user's own choice, else the only one, else origin."""
    names = sorted(re.findall(r"^remote\.(.+)\.url$", _config(git, r"^remote\..*\.url$"), re.M))
    chosen = git.run("config", "--get", "branch.main.remote", ok=(0, 1)).decode(errors="replace").strip()
    if chosen in names:
        return chosen
    return names[0] if len(names) == 1 else next((name for name in names if name == _NAME), None)


def url_of(git: Git, name: str) -> str:
    """Its address."""
    return git.run("config", "--get", f"remote.{name}.url", ok=(0, 1)).decode(errors="replace").strip()


def remember(git: Git, url: str) -> str:
    """Make this the remote of main, in `.git/config`, as `git remote add` would: its name."""
    name = configured(git) or _NAME
    for key, value in {
        f"remote.{name}.url": url,
        f"remote.{name}.fetch": f"+refs/heads/*:refs/remotes/{name}/*",
        "branch.main.remote": name,
        "branch.main.merge": MAIN,
    }.items():
        git.run("config", "--replace-all", "--", key, value)
    return name


def is_checked_out(url: str) -> bool:
    """A folder with files of main beside its `.git`, which takes no push unless it says so itself."""
    folder = Path(url.removeprefix("file://")) / ".git"
    try:
        head, config = (folder / "HEAD").read_text("utf-8"), (folder / "config").read_text("utf-8", "replace")
    except (OSError, ValueError):
        return False
    return head.strip() == f"ref: {MAIN}" and "denycurrentbranch" not in config.lower()


def address(text: str) -> str:
    """A remote's address as the user gave it, checked; a path is made whole. Raises BadRemote."""
    try:
        return _address(text.strip())
    except (ValueError, OSError):  # no URL, or longer than any path
        raise BadRemote(text.strip()[:200], "kind") from None


def _address(words: str) -> str:
    if not words or words.startswith("-"):
        raise BadRemote(words, "empty")
    if "://" in words:
        parts = urlsplit(words)
        if parts.scheme.lower() not in _SCHEMES:
            raise BadRemote(words, "kind")
        if parts.password is not None:
            raise BadRemote(without_password(words), "password")
        return words
    if "::" in words:
        raise BadRemote(words, "kind")
    if _SCP.match(words) and not Path(words).exists():
        return words
    return os.path.abspath(os.path.expanduser(words))


def without_password(url: str) -> str:
    """The address as it may be shown."""
    return re.sub(r"(?<=://)[^/@\s]*@", _user_only, url)


without_passwords = without_password


def _user_only(found: re.Match[str]) -> str:
    user = found[0].rstrip("@").partition(":")[0]
    return f"{user}@" if user and ":" in found[0] else "" if ":" in found[0] else found[0]


def _config(git: Git, pattern: str) -> str:
    output = git.run("config", "--null", "--name-only", "--get-regexp", pattern, ok=(0, 1))
    return output.decode(errors="replace").replace("\0", "\n")
