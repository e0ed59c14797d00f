"""Two libraries of one remote: what they hold, and whether they are in step."""

from __future__ import annotations

from opened import git, id_of
from store import frontmatter
from store.commit import Commit
from store.library import Library
from store.link import Capture, body_sha256
from store.syncing import sync
from store.writing.view import View

A, B, C = (id_of(name) for name in "abc")


def tree(library: Library) -> str:
    return git(library.path, "rev-parse", "HEAD^{tree}").strip()


def captured(library: Library, name: str, body: str, when: str) -> None:
    def plan(view: View) -> list[Commit]:
        path, link = library.read_link(view, id_of(name))
        new = link.with_(body=body, captured=when, capture=Capture(status=200, sha256=body_sha256(body)))
        return [Commit("update: it (+1 −1)", "update", (link.id,), {path: frontmatter.dumps(new)})]

    library.write(plan, "update")


def in_step(*libraries: Library) -> bool:
    """All sync until nothing moves; they hold the same tree, and each is clean."""
    for _ in range(3):
        for library in libraries:
            sync.sync(library)
    return len({tree(library) for library in libraries}) == 1 and all(
        git(library.path, "status", "--porcelain") == "" for library in libraries
    )
