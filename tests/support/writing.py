"""A library written to by the transaction alone: `python writing.py FOLDER TAG COUNT BATCH`.

One line `ack PATH...` after each batch. With `--lines TAG COUNT PATH...` it appends a line to each path, COUNT times.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from store.commit import Commit
from store.repo import making, places
from store.repo.objects import CommitChanges, Objects
from store.repo.run import Git
from store.writing.journal import OwnAction
from store.writing.transaction import Writer
from store.writing.view import View

WHEN = 1_790_000_000


class Memory:
    """A keeper that takes every edit as it is, and remembers what it was told."""

    def __init__(self) -> None:
        self.learned: list[CommitChanges] = []
        self.actions: list[OwnAction] = []

    def adopt(self, objects: Objects, head: bytes | None, disk: bytes | None) -> bytes | None:
        return disk

    def ids_of(self, path: str, data: bytes | None) -> tuple[str, ...]:
        return ()

    def catch_up(self, head: str, objects: Objects) -> None:
        pass

    def learn(self, parent: str, commits: Sequence[CommitChanges], documents: dict[str, bytes]) -> None:
        self.learned += commits

    def remember(self, action: OwnAction) -> None:
        self.actions.append(action)


def writer(top: Path, patience: float = 20.0) -> tuple[Writer, Memory]:
    """A writer on the library at `top`, which is made when it is missing."""
    if places.counts_as_empty(str(top)):
        made = making.init(str(top))
        os.makedirs(made.own, exist_ok=True)
        making.make_root(Git(made))
    found = places.find(str(top))
    assert found is not None
    memory = Memory()
    return Writer(Git(found), memory, now=lambda: WHEN, patience=patience), memory


def put(documents: dict[str, bytes | None], subject: str = "add: some"):
    """A plan: these paths get these bytes."""

    def plan(view: View) -> list[Commit]:
        for path in documents:
            view.read(path)
        return [Commit(subject, "add", (), documents)]

    return plan


def append(line: bytes, paths: Sequence[str]):
    """A plan: each of these gets one line more."""

    def plan(view: View) -> list[Commit]:
        return [Commit("tag: +line", "tag", (), {path: (view.read(path) or b"") + line for path in paths})]

    return plan


def main(arguments: list[str]) -> None:
    top = Path(arguments.pop(0))
    write = writer(top)[0].write
    print("ready", flush=True)
    if arguments[0] == "--lines":
        _, tag, count, *paths = arguments
        for number in range(int(count)):
            write(append(b"%s-%d\n" % (tag.encode(), number), paths))
            print(f"ack {tag}-{number}", flush=True)
        return
    tag, count, batch = arguments[0], int(arguments[1]), int(arguments[2])
    for start in range(0, count, batch):
        numbers = range(start, min(count, start + batch))
        documents = {f"pages/{n % 256:02x}/{tag}-{n}.md": b"document %d\n" % n * 200 for n in numbers}
        write(put(dict(documents)), "add", "now")
        print("ack", *documents, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
