"""Three machines do anything in any order, and come to one tree: a state machine against a plain model.

The model knows, of every link, what a person did to it: the tags put on, the words written into notes and bodies. When
all have synced, they hold one tree, and nothing of that is lost but what somebody took away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from opened import git, id_of, keep
from store import frontmatter, save
from store.commit import Commit
from store.errors import NothingToRedo, NothingToUndo, PushUnknown
from store.library import Library
from store.link import Capture, body_sha256
from store.repo.remote import Remote
from store.syncing import sync
from store.undoing import redo, undo
from store.writing.view import View

pytestmark = pytest.mark.slow

NAMES = ("a", "b", "c")
MACHINES = st.integers(0, 2)
LINKS = st.sampled_from(NAMES)
PLACES = st.sampled_from(["moved.md", "94/copy.md", "zz/x~copy.md", "0.md"])
WORDS = st.sampled_from(["red", "green", "blue", "数据"])


class Machines(RuleBasedStateMachine):
    """Three libraries and a bare repository."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="converging-"))
        git(self.folder, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
        self.libraries = [Library.open(self.folder / str(number), make=True) for number in range(3)]
        keep(self.libraries[0], *NAMES)
        for library in self.libraries:
            sync.remember(library, str(self.folder / "hub.git"))
            sync.sync(library)
        self.written: set[tuple[str, str]] = set()
        self.copied: set[str] = set()  # lines of copies, that nobody touches again
        self.count = 0

    def teardown(self) -> None:
        if not hasattr(self, "libraries"):
            return
        self.all_come_to_one_tree()
        for library in self.libraries:
            library.close()
        shutil.rmtree(self.folder)

    @rule(machine=MACHINES, name=LINKS, word=WORDS)
    def tag(self, machine: int, name: str, word: str) -> None:
        if self._has(machine, name):
            self.libraries[machine].tag([id_of(name)], add=[word])

    @rule(machine=MACHINES, name=LINKS, word=WORDS)
    def untag(self, machine: int, name: str, word: str) -> None:
        if self._has(machine, name):
            self.libraries[machine].tag([id_of(name)], remove=[word])

    @rule(machine=MACHINES, name=LINKS, word=WORDS)
    def note(self, machine: int, name: str, word: str) -> None:
        library = self.libraries[machine]
        if self._has(machine, name):
            self.count += 1
            line = f"{word} {self.count}"
            old = library.link(id_of(name)).note
            library.edit(id_of(name), note=f"{old}\n{line}" if old else line)
            self.written.add((name, line))

    @rule(machine=MACHINES, name=LINKS, status=st.sampled_from(["unread", "read", "archived"]))
    def status(self, machine: int, name: str, status: str) -> None:
        if self._has(machine, name):
            self.libraries[machine].edit(id_of(name), status=status)

    @rule(machine=MACHINES, name=LINKS)
    def trash_or_put_back(self, machine: int, name: str) -> None:
        library = self.libraries[machine]
        if self._has(machine, name):
            trashed = library.link(id_of(name)).trashed
            library.untrash([id_of(name)]) if trashed else library.trash([id_of(name)])

    @rule(machine=MACHINES, name=LINKS, word=WORDS)
    def refresh(self, machine: int, name: str, word: str) -> None:
        if not self._has(machine, name) or self.libraries[machine].link(id_of(name)).edited:
            return
        library = self.libraries[machine]
        self.count += 1
        when, body = f"2026-03-01T00:{self.count // 60:02}:{self.count % 60:02}Z", f"{word} page\n"

        def plan(view: View) -> list[Commit]:
            path, link = library.read_link(view, id_of(name))
            new = link.with_(body=body, captured=when, capture=Capture(status=200, sha256=body_sha256(body)))
            return [Commit("update: it (+1 −1)", "update", (link.id,), {path: frontmatter.dumps(new)})]

        library.write(plan, "update")

    @rule(machine=MACHINES, name=LINKS)
    def edit_by_hand(self, machine: int, name: str) -> None:
        for file in self._files(machine, name)[:1]:
            self.count += 1
            file.write_text(f"{file.read_text()}\nby hand {self.count}\n")

    @rule(machine=MACHINES, name=LINKS, place=PLACES)
    def move_by_hand(self, machine: int, name: str, place: str) -> None:
        for file in self._files(machine, name)[:1]:
            target = self.libraries[machine].path / "pages" / place
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                file.rename(target)

    @rule(machine=MACHINES, name=LINKS, place=PLACES)
    def copy_by_hand(self, machine: int, name: str, place: str) -> None:
        for file in self._files(machine, name)[:1]:
            target = self.libraries[machine].path / "pages" / place
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                self.count += 1
                target.write_text(f"{file.read_text()}\nof the copy {self.count}\n")
                self.copied.add(f"of the copy {self.count}")

    @rule(machine=MACHINES, name=LINKS)
    def remove_by_hand(self, machine: int, name: str) -> None:
        for file in self._files(machine, name):
            text = file.read_text()
            file.unlink()
            self.written = {(whose, line) for whose, line in self.written if whose != name}
            self.copied = {line for line in self.copied if line not in text}

    @rule(machine=MACHINES, number=st.integers(0, 9))
    def add(self, machine: int, number: int) -> None:
        list(save.add_later(self.libraries[machine], [f"https://example.org/new/{number}"]))

    @rule(machine=MACHINES)
    def undo(self, machine: int) -> None:
        try:
            undo(self.libraries[machine])
        except NothingToUndo:
            return
        self.written.clear()  # what was written may be what was taken back

    @rule(machine=MACHINES)
    def redo(self, machine: int) -> None:
        try:
            redo(self.libraries[machine])
        except NothingToRedo:
            return
        self.written.clear()

    @rule(machine=MACHINES)
    def sync(self, machine: int) -> None:
        sync.sync(self.libraries[machine])

    @rule(machine=MACHINES, lands=st.booleans())
    def sync_cut_in_the_push(self, machine: int, lands: bool) -> None:
        """The connection breaks while pushing, before or after the remote has taken it."""
        push = Remote.push

        def cut(remote: Remote, commit: str) -> None:
            if lands:
                push(remote, commit)
            raise PushUnknown(remote.shown)

        Remote.push = cut  # type: ignore[method-assign]
        try:
            sync.sync(self.libraries[machine])
        except PushUnknown:
            assert not lands
        finally:
            Remote.push = push  # type: ignore[method-assign]

    @rule(machine=MACHINES, what=st.sampled_from(["index", "pagelog/catalogue.sqlite3"]))
    def lose_a_file(self, machine: int, what: str) -> None:
        library = self.libraries[machine]
        library.close()
        (library.path / ".git" / what).unlink(missing_ok=True)
        self._open(machine, library.path)

    @rule(machine=MACHINES)
    def restart(self, machine: int) -> None:
        path = self.libraries[machine].path
        self.libraries[machine].close()
        self._open(machine, path)

    @invariant()
    def every_repository_is_sound(self) -> None:
        if os.environ.get("PAGELOG_FSCK") and hasattr(self, "libraries"):
            for library in self.libraries:
                git(library.path, "fsck", "--strict", "--no-dangling")

    def all_come_to_one_tree(self) -> None:
        for _ in range(3):
            for library in self.libraries:
                sync.sync(library)
        trees = {git(library.path, "rev-parse", "HEAD^{tree}") for library in self.libraries}
        assert len(trees) == 1
        for library in self.libraries:
            assert git(library.path, "status", "--porcelain") == ""
        texts = {name: "".join(file.read_text() for file in self._files(0, name)) for name in NAMES}
        for name, line in self.written:
            assert line in texts[name]
        for line in self.copied:
            assert line in "".join(texts.values())

    def _files(self, machine: int, name: str) -> list[Path]:
        """Those with its id inside, the first path first."""
        files = sorted((self.libraries[machine].path / "pages").rglob("*.md"))
        return [file for file in files if f'id: "{id_of(name)}"' in file.read_text()]

    def _open(self, machine: int, path: Path) -> None:
        self.libraries[machine] = Library.open(path)
        self.libraries[machine].catch_up()

    def _has(self, machine: int, name: str) -> bool:
        return bool(self._files(machine, name))


Machines.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
TestThreeMachines = Machines.TestCase
