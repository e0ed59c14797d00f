"""Many links at once: one action over 5,000 and its undo, a sync of 1,000 changed on each side, merges a second.

The real command on real repositories; the remote is a bare one in a folder, so what is measured is ours and git's.
"""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from documents import WORDS, documents
from figure import Figure, median

from store import frontmatter
from store.admission.trust import Trust
from store.commit import Commit
from store.library import Library
from store.merge import merge_documents
from store.syncing import sync
from store.writing.view import View
from tui.config import read_environment

TOTAL = 5_000  # links of the action
CHANGED, SAME = 1_000, 500  # links changed on each side, and how many of them on both
MERGES = 2_000
BODIES = 20  # of so many links one has a body that was edited on both sides
RUNS = 3

Measured = Callable[[list[str]], tuple[float, float]]
"""The words of a command -> seconds of CPU and of wall time."""


def figures(env: dict[str, str], folder: Path, measured: Measured) -> Iterator[Figure]:
    """All of them. `folder`: empty, for the libraries."""
    trust = Trust(read_environment(env).data_folder)
    yield from _actions(folder / "actions", measured, trust)
    yield from _syncs(folder, measured, trust)
    yield _merges()


def _made(top: Path, count: int, trust: Trust) -> Library:
    library = Library.open(top, make=True, trust=trust)
    made = documents(count)
    files: dict[str, bytes | None] = {path: data for _, _, path, data in made}
    _write(library, Commit(f"import: {count} links", "import", tuple(id_ for id_, *_ in made), files))
    return library


def _write(library: Library, commit: Commit) -> None:
    def plan(view: View) -> list[Commit]:
        view.read_all(commit.files)
        return [commit]

    library.write(plan, commit.action)


def _actions(top: Path, measured: Measured, trust: Trust) -> Iterator[Figure]:
    _made(top, TOTAL, trust).close()
    tagged, undone = [], []
    for run in range(RUNS):
        tagged.append(measured(["--library", str(top), "tag", "add", f"new{run}", "--to", "tag:bench"]))
        undone.append(measured(["--library", str(top), "undo"]))
    yield from _pair(f"tag {TOTAL} links", tagged, 6, 10)
    yield from _pair("undo of it", undone, 6, 10)


def _pair(name: str, costs: list[tuple[float, float]], most_cpu: float, most_wall: float | None) -> Iterator[Figure]:
    for what, at, goal in (("CPU", 0, most_cpu), ("wall", 1, most_wall)):
        values = [cost[at] for cost in costs]
        detail = f"least {min(values):.2f}, most {max(values):.2f}"
        yield Figure(f"{name}, {what}", median(values), "s", goal, detail)


def _syncs(folder: Path, measured: Measured, trust: Trust) -> Iterator[Figure]:
    costs = []
    for run in range(RUNS):
        top = folder / f"sync-{run}"
        top.mkdir()
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(top / "hub.git")], check=True)
        with _made(top / "here", TOTAL, trust) as here, Library.open(top / "there", make=True, trust=trust) as there:
            for library in (here, there):
                sync.remember(library, str(top / "hub.git"))
                sync.sync(library)
            ids = [id_ for id_, *_ in documents(2 * CHANGED - SAME)]
            _change(here, ids[:CHANGED], "here")
            _change(there, ids[-CHANGED:], "there")
            sync.sync(here)
        costs.append(measured(["--library", str(top / "there"), "sync"]))
    yield from _pair(f"sync, {CHANGED} links on each side, {SAME} same", costs, 10, None)


def _change(library: Library, ids: list[str], side: str) -> None:
    library.tag(ids, add=[side])
    paths = {id_: library.catalogue.rows([id_])[id_].path for id_ in ids[::BODIES]}
    files: dict[str, bytes | None] = {}
    for path in paths.values():
        link = frontmatter.loads((library.path / path).read_bytes())
        files[path] = frontmatter.dumps(link.with_(body=_edited(link.body, side)))
    _write(library, Commit("edit: by hand", "edit", tuple(paths), files))


def _edited(body: str, side: str) -> str:
    """Here the first paragraph has other words, there the last; both put words into the middle."""
    paragraphs = body.rstrip("\n").split("\n\n")
    paragraphs[0 if side == "here" else -1] += f" {side} was written to"
    words = paragraphs[len(paragraphs) // 2].split(" ")
    words.insert(5 if side == "here" else 40, side)
    paragraphs[len(paragraphs) // 2] = " ".join(words)
    return "\n\n".join(paragraphs) + "\n"


def _merges() -> Figure:
    chance = random.Random(11)
    waiting = [_three(data, number, chance) for number, (*_, data) in enumerate(documents(MERGES))]
    speeds = []
    for _ in range(RUNS):
        begun = time.process_time()
        for base, earlier, later in waiting:
            merge_documents(base, earlier, later)
        speeds.append((time.process_time() - begun) * 1000 / MERGES)
    return Figure("merge of one link", median(speeds), "ms", 0.5, f"{1000 / median(speeds):,.0f} links a second of CPU")


def _three(data: bytes, number: int, chance: random.Random) -> tuple[bytes, bytes, bytes]:
    """A link as both sides left it: tags, notes, states; of some a body; of some another capture."""
    base = frontmatter.loads(data)
    one, other = base.with_(tags=(*base.tags, chance.choice(WORDS[:5]))), base.with_(tags=(*base.tags, "there"))
    if number % 3 == 0:
        one, other = one.with_(note="a note from here"), other.with_(status="read")
    if number % 5 == 0:
        other = other.with_(title="Another title", page_title=base.title, starred=True)
    if number % BODIES == 0:
        one, other = one.with_(body=_edited(base.body, "here")), other.with_(body=_edited(base.body, "there"))
    return data, frontmatter.dumps(one), frontmatter.dumps(other)
