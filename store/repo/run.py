"""Runs git, through GitPython, the same way whatever the user, the library or the environment have configured.

Rules: every user value stands behind `--` or on standard input; no call may run a hook, a filter's pager or an editor;
no call reads the index unless it is given one (even `diff-tree` dies of a damaged one); a child that writes gets the
lock's descriptor, so that the lock outlives us when only we are killed. GitPython costs 100 ms to import: this module
imports it at the first command and must not be on the way of `pagelog list`.
"""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO

from store.errors import (
    DamagedRepository,
    DiskFull,
    GitFailed,
    GitMissing,
    GitTooOld,
    LibraryError,
    NotWritable,
    OtherOwner,
)
from store.text import one_line

if TYPE_CHECKING:
    from store.repo.places import Places

OLDEST_GIT = (2, 38)
_LITTLE = 1 << 16  # bytes: what a pipe holds
_LEAST_ROOM = 1 << 20  # bytes
NAME, EMAIL = "pagelog", "pagelog@localhost"  # who commits when the user has told git no name

_CONFIG = """
core.hooksPath=/dev/null core.fsmonitor=false core.pager=cat core.editor=true diff.external= commit.gpgSign=false
core.attributesFile=/dev/null gc.auto=0 maintenance.auto=false submodule.recurse=false fetch.recurseSubmodules=false
transfer.fsckObjects=true core.protectHFS=true core.protectNTFS=true core.symlinks=false safe.bareRepository=explicit
log.showSignature=false core.fsync=all core.fsyncMethod=fsync i18n.commitEncoding=UTF-8 i18n.logOutputEncoding=UTF-8
core.autocrlf=false core.eol=lf core.quotePath=false core.splitIndex=false color.ui=false push.followTags=false
push.gpgSign=false fetch.prune=false protocol.allow=never diff.orderFile=/dev/null log.showRoot=true log.follow=false
""".split()
_INHERITED = (
    "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR"
    " GIT_NAMESPACE GIT_CONFIG GIT_CONFIG_PARAMETERS GIT_PREFIX GIT_SHALLOW_FILE GIT_GRAFT_FILE GIT_QUARANTINE_PATH"
    " GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE"
    " GIT_EXTERNAL_DIFF GIT_DEFAULT_HASH GIT_DEFAULT_REF_FORMAT"
).split()


def _environment() -> dict[str, str]:
    pairs = [pair.split("=", 1) for pair in _CONFIG]
    environment = {
        "GIT_CONFIG_COUNT": str(len(pairs)),
        "GIT_ALLOW_PROTOCOL": "none",  # nothing here fetches: a missing object is missing, whatever the config promises
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
    for number, (key, value) in enumerate(pairs):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    return environment


def has_ssh_of_its_own() -> bool:
    """The environment names a program in the place of ssh, which may not know ssh's options."""
    return "GIT_SSH" in os.environ


@cache
def _gitpython() -> Any:
    """GitPython, with nothing inherited that points at another repository; it only ever adds to the environment."""
    for name in _INHERITED:
        os.environ.pop(name, None)
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # else the import fails where git is missing
    import git

    return git


class Running:
    """A git that runs: its pipes, and how it ended. Keep it: GitPython ends a process nobody holds."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._process: subprocess.Popen[bytes] = handle.proc
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self.stdin: BinaryIO = self._process.stdin
        self.stdout: BinaryIO = self._process.stdout
        self.stderr: BinaryIO = self._process.stderr
        self.pid = self._process.pid

    @property
    def ended(self) -> bool:
        """True once the process has ended."""
        return self._process.poll() is not None

    def finish(self, last: bytes = b"") -> tuple[int, bytes, bytes]:
        """Give it the last input, wait: exit status, output, errors."""
        if len(last) <= _LITTLE:
            output, errors = self._process.communicate(last)
            return self._process.returncode, output, errors
        feeding = Thread(target=_feed, args=(self.stdin, last), daemon=True)  # `communicate` gives 4 KB at a time
        feeding.start()
        self._process.stdin = None
        try:
            output, errors = self._process.communicate()
            feeding.join()
        finally:
            self._process.stdin = self.stdin
        return self._process.returncode, output, errors

    def wait(self, seconds: float) -> int:
        """Its exit status, once its pipes are closed; it is ended when it takes longer."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.close()
            return self._process.returncode

    def close(self) -> None:
        """End it, whatever it is doing; a second call does nothing."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    pass


def _feed(pipe: BinaryIO, data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.close()
    except (BrokenPipeError, ValueError):  # it has ended, or was ended
        pass


class Git:
    """Git in one repository. `lock` is the descriptor that writing children inherit (-1: none)."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.lock = -1
        self._environment = _environment()

    def start(self, *arguments: str, index: str | None = None, **environment: str) -> Running:
        """Start git with pipes at both ends. Raises GitMissing, GitTooOld."""
        check_version()
        variables = {
            **self._environment,
            "GIT_INDEX_FILE": index or os.path.join(self.places.own, "none"),
            **environment,
        }
        return _start(self.places.top, list(arguments), variables, self.lock)

    def run(
        self,
        *arguments: str,
        data: bytes = b"",
        ok: tuple[int, ...] = (0,),
        index: str | None = None,
        **environment: str,
    ) -> bytes:
        """What git prints. Raises GitFailed, or by cause DiskFull, NotWritable, OtherOwner."""
        status, output, errors = self.start(*arguments, index=index, **environment).finish(data)
        if status not in ok:
            raise failure(self.places.top, arguments[2 if arguments[0] == "-c" else 0], errors)
        return output

    def identity(self) -> tuple[str, str]:
        """Name and address that the user told git explicitly, else the built-in neutral ones."""
        told = {}
        for line in self.run("config", "--null", "--get-regexp", r"^user\.(name|email)$", ok=(0, 1)).split(b"\0"):
            key, _, value = line.decode(errors="replace").partition("\n")
            told[key] = re.sub(r"[<>\n\x00]", "", one_line(value)).strip()
        name, email = told.get("user.name"), told.get("user.email")
        return (name, email) if name and email else (NAME, EMAIL)


def run_outside(folder: str, *arguments: str, **environment: str) -> bytes:
    """Git where there is no repository yet (`init`)."""
    check_version()
    running = _start(folder, list(arguments), {**_environment(), **environment}, -1)
    status, output, errors = running.finish()
    if status:
        raise failure(folder, arguments[0], errors)
    return output


def failure(folder: str, command: str, errors: bytes) -> LibraryError:
    """The named error of what git said on standard error."""
    text = errors.decode(errors="replace")
    if "dubious ownership" in text:
        return OtherOwner(folder)
    if "No space left" in text or "Disk quota" in text:
        return DiskFull(folder)
    if "Read-only file system" in text or "Permission denied" in text:
        return NotWritable(folder, "git")
    if is_full(folder):
        return DiskFull(folder)
    if what := _damaged(text):
        return DamagedRepository(folder, what)
    lines = [line for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith("fatal: ")]
    return GitFailed(command, one_line((fatal or lines or [""])[-1]))


def is_full(folder: str) -> bool:
    """Not every git says why it could not write."""
    try:
        room = os.statvfs(folder)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize < _LEAST_ROOM


_DAMAGE = {
    "settings": r"bad config (?:line|variable)",
    "HEAD": r"not a git repository",
    "refs": r"reference broken|unterminated line in|unexpected line in|invalid sha1 pointer",
    "objects": r"is corrupt\b|is empty$|unable to (?:read|unpack|parse|find|mmap)|bad object|bad tree|not a tree object"
    r"|Could not read|[Nn]ot a (?:valid )?commit|inflate:|not a GIT packfile|too short to be a packfile"
    r"|packfile .* (?:cannot|does not|claims)"
    r"|index file .* (?:too small|corrupt)|hash mismatch|Failed to (?:read|traverse)|not a valid (?:object|commit)"
    r"|[Ii]nvalid revision range|missing (?:blob|tree|commit)|cannot read existing object|can't load tree",
}


def _damaged(said: str) -> str:
    """Which part of the git folder cannot be read, by what git says; "" for none."""
    return next((what for what, pattern in _DAMAGE.items() if re.search(pattern, said, re.M)), "")


@cache
def git_version() -> tuple[int, int]:
    """Major and minor version of the git on the PATH. Raises GitMissing."""
    status, output, _ = _start("/", ["version"], {"LC_ALL": "C"}, -1).finish()
    found = re.search(rb"(\d+)\.(\d+)", output)
    if status or found is None:
        raise GitMissing
    return int(found[1]), int(found[2])


def check_version() -> None:
    """Raises GitMissing, GitTooOld."""
    major, minor = git_version()
    if (major, minor) < OLDEST_GIT:
        raise GitTooOld(f"{major}.{minor}", ".".join(map(str, OLDEST_GIT)))


def _start(folder: str, arguments: list[str], environment: dict[str, str], lock: int) -> Running:
    git = _gitpython()
    try:
        handle = git.Git(folder).execute(
            ["git", *arguments],
            as_process=True,
            istream=subprocess.PIPE,
            env=environment,
            pass_fds=(lock,) if lock >= 0 else (),
            start_new_session=True,  # ctrl+c in the terminal is for us to obey, not for git in the middle of a write
        )
    except git.GitCommandNotFound as error:
        if not os.path.isdir(folder):
            raise NotWritable(folder, "missing") from error
        raise GitMissing from None
    return Running(handle)
