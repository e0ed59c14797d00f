"""Reads a repository: one persistent `cat-file`, and what changed between two commits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from store.errors import DamagedRepository, GitFailed, LibraryError
from store.repo.run import Git, Running, failure

_LATEST = 253_402_300_799
_AT_ONCE = 200  # names written before the answers are read: well below what a pipe holds
_TRAILER = "%(trailers:key=Pagelog-{},valueonly,separator=%x2C)"
_FORMAT = "--format=%x01%H%x00%P%x00%ct%x00%s" + "".join(
    f"%x00{_TRAILER.format(name)}" for name in ("Action", "Group", "Undoes")
)
_NAME = re.compile(r"[0-9a-f]{16}|[0-9a-f]{40}")
_LOG = f"log -z --raw --no-renames -c --topo-order --reverse --root --no-abbrev --no-notes {_FORMAT}".split()


@dataclass(frozen=True, slots=True)
class FileChange:
    """A path and its new blob; None: no regular file there any more."""

    path: str
    blob: str | None


@dataclass(frozen=True, slots=True)
class CommitChanges:
    """A commit and the files it changed against *every* parent. `when` is the committer's time, seconds since 1970."""

    commit: str
    when: int
    subject: str
    action: str
    group: str
    files: tuple[FileChange, ...]
    parents: tuple[str, ...] = ()
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What a commit made of one path, against its first parent: the blobs before and after. None: no regular file."""

    commit: str
    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A path of which two trees hold something else, as (blob, mode) before and after; None: no regular file."""

    path: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None


class Objects:
    """Everything that is read of a repository. Close it, or use it in `with`: it holds a git that waits."""

    def __init__(self, git: Git, folder: str = "pages/") -> None:
        self._git = git
        self._folder = folder  # "": every file
        self._folders = [folder] if folder else []
        self._reader: Running | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the waiting git."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def at(self, revision: str, path: str) -> bytes | None:
        """The bytes of a path in a commit, or None. The path must hold no newline."""
        return self._answer(f"contents {revision}:{path}")[1]

    def all_at(self, revision: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """The same of many paths, each with its path, in order; asked for in bulk."""
        for start in range(0, len(paths), _AT_ONCE):
            chunk = paths[start : start + _AT_ONCE]
            reader = self._open()
            questions = "".join(f"contents {revision}:{path}\n" for path in chunk)
            self._ask(reader, questions.encode("utf-8", "surrogateescape"))
            for path in chunk:
                yield path, self._read_answer(reader)[1]

    def blob(self, name: str) -> bytes:
        """The bytes of a blob. Raises DamagedRepository when the repository has lost it."""
        data = self._answer(f"contents {name}")[1]
        if data is None:
            raise DamagedRepository(self._git.places.top, "objects")
        return data

    def message(self, commit: str) -> str:
        """The whole message of a commit, empty where there is no such commit."""
        data = self._answer(f"contents {commit}^{{commit}}")[1] or b""
        return data.partition(b"\n\n")[2].decode("utf-8", "replace")

    def commit(self, revision: str) -> str | None:
        """The full name of a commit, or None."""
        name, _ = self._answer(f"info {revision}^{{commit}}")
        return name

    def check_there(self, names: Sequence[str]) -> None:
        """Raise GitFailed when one of these objects is missing."""
        for start in range(0, len(names), _AT_ONCE):
            chunk = names[start : start + _AT_ONCE]
            reader = self._open()
            self._ask(reader, b"".join(b"info %s\n" % name.encode() for name in chunk))
            found = [self._read_answer(reader, contents=False)[0] for _ in chunk]
            if None in found:
                raise GitFailed("cat-file", f"{chunk[found.index(None)]} is missing")

    def there(self, names: Iterable[str]) -> list[str]:
        """Those of these blobs that can be read to their end."""
        found, waiting = [], iter(dict.fromkeys(names))
        while chunk := list(itertools.islice(waiting, _AT_ONCE)):
            try:
                found += [name for name, _ in self.blobs(chunk)]
            except LibraryError:  # git ends at some kinds of damage: one by one
                self.close()
                found += [name for name in chunk if self._git.start("cat-file", "blob", name).finish()[0] == 0]
        return found

    def known(self, commit: str) -> bool:
        """The commit is there, though perhaps in no history any more."""
        return self.commit(commit) is not None

    def blobs(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of many blobs, in order; those that are missing are left out."""
        waiting = iter(names)
        while chunk := list(itertools.islice(waiting, _AT_ONCE)):
            reader = self._open()
            self._ask(reader, b"".join(b"contents %s\n" % name.encode() for name in chunk))
            for name in chunk:
                data = self._read_answer(reader)[1]
                if data is not None:
                    yield name, data

    def changes(self, old: str | None, new: str) -> Iterator[CommitChanges]:
        """The commits of new's history that are not in old's, oldest first, with the pages each changed."""
        span = new if old is None else f"{old}..{new}"
        output = self._git.run(*_LOG, "--end-of-options", span, "--")
        return _commits(output, self._folder)

    def dropped(self, old: str, new: str) -> list[str]:
        """The commits of old's history that are not in new's; also none when `old` is not there any more."""
        if self.commit(old) is None:
            return []
        return self._git.run("rev-list", "--end-of-options", f"{new}..{old}", "--").decode().split()

    def files(self, commit: str) -> Iterator[FileChange]:
        """Every page file of a commit."""
        output = self._git.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *self._folders)
        for entry in output.split(b"\0"):
            if not entry:
                continue
            facts, _, path = entry.partition(b"\t")
            mode, _, blob = facts.decode().split(" ")
            yield FileChange(_text(path), blob if mode.startswith("100") else None)

    def changed_files(self, old: str, new: str) -> Iterator[FileChange]:
        """The page files that differ between two commits."""
        output = self._git.run(
            "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new, "--", *self._folders
        )
        tokens = iter(output.split(b"\0"))
        for facts in tokens:
            if facts:
                yield _change(facts.decode(), _text(next(tokens)))

    def steps(self, commits: Sequence[str]) -> Iterator[Step]:
        """What each of these commits changed against its first parent, in their order; of any path."""
        output = self._git.run(
            *"diff-tree --stdin -r -z --raw --no-renames --no-abbrev --root".split(),
            data="".join(f"{commit}\n" for commit in commits).encode(),
        )
        tokens, commit = iter(output.split(b"\0")), ""
        for token in tokens:
            facts = token.decode().lstrip("\n")
            if facts.startswith(":"):
                words = facts[1:].split()
                sides = [
                    blob if mode.startswith("100") else None for mode, blob in zip(words[:2], words[2:4], strict=True)
                ]
                yield Step(commit, _text(next(tokens)), sides[0], sides[1])
            elif facts.strip():
                commit = facts.strip()[:40]

    def differences(self, old: str, new: str) -> Iterator[Difference]:
        """Every path at which two commits differ, by name, whatever file it is."""
        output = self._git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new)
        tokens = iter(output.split(b"\0"))
        for facts in tokens:
            if facts:
                words = facts.decode()[1:].split()
                before, after = _regular(words[2], words[0]), _regular(words[3], words[1])
                yield Difference(_text(next(tokens)), before, after)

    def bases(self, one: str, other: str) -> list[str]:
        """The newest commits that both histories have, the one to merge from first: the latest, then by name."""
        found = self._git.run("merge-base", "--all", one, other, ok=(0, 1)).decode().split()
        if len(found) > 1:
            lines = self._git.run("log", "--no-walk", "--format=%H %ct", *found).decode().splitlines()
            dated = [(seconds(when), name) for name, _, when in (line.partition(" ") for line in lines)]
            found = [name for _, name in sorted(dated, reverse=True)]
        return found

    def root(self, commit: str) -> str:
        """Where its history began."""
        return self._git.run("rev-list", "--max-parents=0", "--first-parent", "-1", commit, "--").decode().strip()

    def count(self, old: str | None, new: str) -> int:
        """How many commits new's history has that old's has not."""
        return int(self._git.run("rev-list", "--count", new if old is None else f"{old}..{new}", "--"))

    def merges(self, old: str, new: str, most: int) -> list[str]:
        """The newest commits with several parents that new's history has and old's has not, the newest first."""
        return self._git.run("rev-list", "--merges", f"--max-count={most}", f"{old}..{new}", "--").decode().split()

    def is_ancestor(self, old: str, new: str) -> bool:
        """True when `old` is in the history of `new`."""
        status, _, _ = self._git.start("merge-base", "--is-ancestor", old, new).finish()
        return status == 0

    def _answer(self, question: str) -> tuple[str | None, bytes | None]:
        if "\n" in question:
            return None, None
        reader = self._open()
        self._ask(reader, question.encode("utf-8", "surrogateescape") + b"\n")
        return self._read_answer(reader, contents=question.startswith("contents"))

    def _ask(self, reader: Running, questions: bytes) -> None:
        try:
            reader.stdin.write(questions)
            reader.stdin.flush()
        except BrokenPipeError:  # it ended at once: another's repository, a broken one
            raise self._why_ended(reader) from None

    def _read_answer(self, reader: Running, *, contents: bool = True) -> tuple[str | None, bytes | None]:
        line = reader.stdout.readline()
        if not line:
            raise self._why_ended(reader)
        if line.endswith((b" missing\n", b" ambiguous\n")):
            return None, None
        name, kind, size = line.decode().split()
        if not contents:
            return name, None
        data = reader.stdout.read(int(size) + 1)[:-1]
        return name, data if kind in ("blob", "commit") else None

    def _why_ended(self, reader: Running) -> LibraryError:
        return failure(self._git.places.top, "cat-file", reader.finish()[2])

    def _open(self) -> Running:
        if self._reader is None or self._reader.ended:
            self.close()
            self._reader = self._git.start("cat-file", "--batch-command")
        return self._reader


def _commits(output: bytes, folder: str) -> Iterator[CommitChanges]:
    tokens = iter(output.split(b"\0"))
    head: list[str] = []
    files: list[FileChange] = []
    for token in tokens:
        if token.startswith(b"\x01"):
            if head:
                yield _commit(head, files)
            head, files = [_text(token[1:]), *(_text(next(tokens)) for _ in range(6))], []
        elif token.lstrip(b"\n").startswith(b":"):
            change = _change(token.decode().strip(), _text(next(tokens)))
            if change.path.startswith(folder):
                files.append(change)
    if head:
        yield _commit(head, files)


def _commit(head: list[str], files: list[FileChange]) -> CommitChanges:
    commit, parents, when, subject, action, group, undoes = head
    return CommitChanges(
        commit,
        seconds(when),
        subject,
        action.strip(),
        _name(group),
        tuple(files),
        tuple(parents.split()),
        _name(undoes),
    )


def seconds(when: str) -> int:
    """Of a commit's time since 1970, as git prints it: 0 of a date that is none, and none later than year 9999."""
    return min(int(when), _LATEST) if when.isdecimal() else 0


def _change(facts: str, path: str) -> FileChange:
    """`:100644 100644 <old> <new> M`, for a merge with one more colon, mode and blob for each further parent."""
    parents = len(facts) - len(facts.lstrip(":"))
    words = facts.lstrip(":").split()
    mode, blob = words[parents], words[2 * parents + 1]
    return FileChange(path, blob if mode.startswith("100") else None)


def _regular(blob: str, mode: str) -> tuple[str, str] | None:
    return (blob, mode) if mode.startswith("100") else None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _name(trailer: str) -> str:
    """Of a group or a commit, as we write it; "" for what somebody else wrote there."""
    name = trailer.strip()
    return name if _NAME.fullmatch(name) else ""
