"""Which remotes `.git/config` knows, and their addresses: read with git's own eyes, written whole or not at all."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from store import files
from store.errors import BadRemote, Busy
from store.repo.places import MAIN, Places
from store.repo.run import Git

SCHEMES = ("https", "http", "ssh", "file")
NAME = "origin"
"""Of the remote of a library that has none yet."""

_SCP = re.compile(r"(?:[\w.+-]+@)?[\w.-]+:(?!//)\S")  # user@host:path
_PATIENCE = 5.0  # seconds


def configured(git: Git) -> str | None:
    """The name of the remote that main goes to: the user's own choice, else the only one, else origin."""
    output = git.run("config", "--null", "--name-only", "--get-regexp", r"^remote\..*\.url$", ok=(0, 1))
    keys = output.decode(errors="replace").split("\0")
    names = sorted({found[1] for key in keys if (found := re.fullmatch(r"remote\.(.+)\.url", key, re.S))})
    return one_of(names, next(iter(_all(git, "branch.main.remote")[-1:]), None))


def one_of(names: Sequence[str], chosen: str | None) -> str | None:
    """Of these remotes the one that main goes to."""
    if chosen in names:
        return chosen
    return names[0] if len(names) == 1 else next((name for name in names if name == NAME), None)


def urls_of(git: Git, name: str) -> tuple[str, tuple[str, ...]]:
    """The address that is fetched from ("": none), and those that are pushed to, as git itself takes them."""
    fetched = _all(git, f"remote.{name}.url")
    pushed = _all(git, f"remote.{name}.pushurl")
    return next(iter(fetched), ""), tuple(pushed or fetched)


def _all(git: Git, key: str) -> list[str]:
    output = git.run("config", "--null", "--get-all", "--", key, ok=(0, 1)).decode(errors="replace")
    return [value.strip() for value in output.split("\0") if value.strip()]


def remember(git: Git, url: str, *, anew: bool = True) -> str:
    """Make this the remote of main, in `.git/config`, as `git remote add` would: its name. Raises Busy.

    `anew`: in the place of another. The caller is the only one of us who does: what one who was killed has left is
    removed.
    """
    name = configured(git) or NAME
    settings = {"branch.main.remote": name, "branch.main.merge": MAIN}
    if anew:
        settings |= {f"remote.{name}.url": url, f"remote.{name}.fetch": f"+refs/heads/*:refs/remotes/{name}/*"}
    with _whole(git.places) as new:
        for key, value in settings.items():
            git.run("config", "--file", new, "--replace-all", "--", key, value)
        if anew:
            git.run("config", "--file", new, "--unset-all", "--", f"remote.{name}.pushurl", ok=(0, 5))
    return name


@contextmanager
def _whole(places: Places) -> Iterator[str]:
    """A copy of `.git/config` that takes its place when the block is done, under git's own lock.

    The lock is a link of a file of ours, so a dead one of ours is told from that of a living git.
    """
    path = os.path.realpath(os.path.join(places.commondir, "config"))
    lock, owner, new = path + ".lock", os.path.join(places.own, "config-owner"), os.path.join(places.own, "config")
    os.makedirs(places.own, exist_ok=True)
    if os.path.exists(owner) and os.path.exists(lock) and os.path.samefile(owner, lock):
        files.drop(lock)
    files.drop(owner, new, new + ".lock")
    files.create(owner, b"")
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            os.link(owner, lock)
            break
        except FileExistsError:
            if time.monotonic() > end:
                files.drop(owner)
                raise Busy(places.top, "config.lock", _PATIENCE) from None
            time.sleep(random.uniform(0.002, 0.01))
    try:
        files.create(new, files.read(path), mode=os.stat(path).st_mode & 0o777)
        yield new
        os.replace(new, path)
        files.sync(os.path.dirname(path))
    finally:
        files.drop(new, lock, owner)


def is_checked_out(url: str) -> bool:
    """A folder with files of main beside its `.git`, which takes no push unless it says so itself."""
    folder = Path(url.removeprefix("file://")) / ".git"
    try:
        head, config = (folder / "HEAD").read_text("utf-8"), (folder / "config").read_text("utf-8", "replace")
    except (OSError, ValueError):
        return False
    return head.strip() == f"ref: {MAIN}" and "denycurrentbranch" not in config.lower()


def is_shallow(url: str) -> bool:
    """A folder with a repository that holds only the newest part of its history."""
    folder = Path(url.removeprefix("file://"))
    return any((folder / name).is_file() for name in ("shallow", ".git/shallow"))


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
        if parts.scheme.lower() not in SCHEMES:
            raise BadRemote(words, "kind")
        if parts.password is not None:
            raise BadRemote(without_password(words), "password")
        return words
    if "::" in words:
        raise BadRemote(words, "kind")
    if _SCP.match(words) and not Path(words).exists():
        return words
    return os.path.abspath(os.path.expanduser(words))


def without_password(text: str) -> str:
    """An address, or what git said of some, as it may be shown."""
    return re.sub(r"(?<=://)[^/@\s]*@", _user_only, text)


def _user_only(found: re.Match[str]) -> str:
    user = found[0].rstrip("@").partition(":")[0]
    return f"{user}@" if user and ":" in found[0] else "" if ":" in found[0] else found[0]
