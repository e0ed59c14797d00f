"""Machines that share a remote: the real command on each of their libraries, and what is done there beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from opened import id_of, keep, path_of
from program import Outcome, Pagelog
from store import frontmatter
from store.admission.trust import Trust
from store.commit import Commit
from store.library import Library
from store.link import Capture, body_sha256
from store.writing.view import View
from tui.config import read_environment

Machine = Callable[[str], Pagelog]
"""The command on a library of this name, which need not be there."""


def opened(pagelog: Pagelog) -> Library:
    trust = Trust(read_environment(pagelog.environment()).data_folder)
    return Library.open(pagelog.library, make=True, trust=trust)


def tagged(pagelog: Pagelog, *tags: str, name: str = "a") -> Pagelog:
    """Something is done in this library."""
    with opened(pagelog) as library:
        library.tag([id_of(name)], add=tags)
    return pagelog


def tags(pagelog: Pagelog, name: str = "a") -> tuple[str, ...]:
    return frontmatter.loads((pagelog.library / path_of(name)).read_bytes()).tags


def head(pagelog: Pagelog) -> str:
    return pagelog.git("rev-parse", "HEAD").strip()


def settings(home: Path, text: str) -> None:
    folder = home / ".config/pagelog"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def refused(outcome: Outcome, *said: str, status: int = 4) -> bool:
    """One sentence and one hint on stderr, nothing on stdout."""
    assert outcome.status == status, outcome
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert "unexpected" not in outcome.err
    for words in said:
        assert words in outcome.err, outcome.err
    return True


def much(library: Pagelog, name: str) -> None:
    """A link whose file does not pack well, so that there are bytes between which to cut."""
    with opened(library) as target:
        keep(target, name)
        path = path_of(name)

        def plan(view: View) -> list[Commit]:
            link = frontmatter.loads(view.read(path) or b"")
            return [Commit("edit: much", "edit", (link.id,), {path: frontmatter.dumps(link.with_(body=noise))})]

        noise = "".join(f"{os.urandom(30).hex()}\n" for _ in range(2_000))
        target.write(plan, "edit")


def held(pagelog: Pagelog, name: str) -> None:
    """A doubtful capture of this link waits."""
    with opened(pagelog) as library:
        library.catch_up()
        body = "Sign in to read on.\n"
        new = library.link(id_of(name)).with_(body=body, captured="2026-02-01T00:00:00Z", capture=Capture(status=200))
        made = Commit("update: held", "update", (new.id,), {path_of(name): frontmatter.dumps(new)})
        library.write_aside(f"refs/pagelog/held/{new.id}", made)
        library.state.hold(new.id, body_sha256(body), {"name": "LoginWall"})


def captured(library: Library, view: View, name: str, body: str, when: str) -> Commit:
    path, link = library.read_link(view, id_of(name))
    new = link.with_(body=body, captured=when, capture=Capture(status=200, sha256=body_sha256(body)))
    return Commit("update: it (+1 −1)", "update", (link.id,), {path: frontmatter.dumps(new)})
