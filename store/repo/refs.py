"""Moves `main` by compare-and-swap, in two steps: prepared (locked, nothing seen), then committed."""

from __future__ import annotations

import os
import time

from store import files
from store.repo.places import MAIN, Places, ref
from store.repo.run import Git, Running

_ABORTING = 5.0  # seconds
_PATIENCE = 0.5  # seconds: a living git holds a ref's lock for milliseconds


class Moved(Exception):
    """Somebody else moved main, or holds it."""


def prepare(git: Git, old: str, new: str) -> Running:
    """Lock main for the move old -> new. Raises Moved; then nothing has happened."""
    running = git.start("update-ref", "-m", "pagelog", "--stdin")
    try:
        running.stdin.write(f"start\nupdate {MAIN} {new} {old}\nprepare\n".encode())
        running.stdin.flush()
        answers = [running.stdout.readline(), running.stdout.readline()]
    except BrokenPipeError:
        answers = []
    if answers != [b"start: ok\n", b"prepare: ok\n"]:
        running.close()
        raise Moved
    return running


def commit(git: Git, prepared: Running, new: str) -> None:
    """Let the move be seen, and sync it. Raises Moved when git died before it moved."""
    status, _, _ = prepared.finish(b"commit\n")
    if status and ref(git.places, MAIN) != new:
        raise Moved
    files.sync(os.path.join(git.places.commondir, "refs", "heads"))


def abort(prepared: Running) -> None:
    """End of input while prepared: git drops its locks."""
    try:
        prepared.stdin.close()  # not `finish`: interrupted in the middle of one, it would wait for ever
    except BrokenPipeError:
        pass
    prepared.wait(_ABORTING)
    prepared.close()


def delete(git: Git, name: str) -> None:
    """Remove a ref of ours."""
    git.run("update-ref", "-d", name)


def drop_own_lock(places: Places, name: str) -> None:
    """Remove what a killed git left on a ref that only the caller writes: it holds a lock of ours for that."""
    files.drop(os.path.join(places.commondir, *(name + ".lock").split("/")))


def drop_dead_locks(places: Places, new: str, since: float) -> None:
    """Remove the locks of a dead `update-ref` of ours: empty, or holding our commit, and there for half a second."""
    for path in (os.path.join(places.commondir, *MAIN.split("/")) + ".lock", os.path.join(places.gitdir, "HEAD.lock")):
        end = time.monotonic() + _PATIENCE
        try:
            while os.stat(path).st_mtime >= since - 1 and _content(path) in ("", new):
                if time.monotonic() > end:
                    files.drop(path)
                time.sleep(0.02)
        except FileNotFoundError:
            pass


def _content(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read().strip()
