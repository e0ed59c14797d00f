"""Documents, commits, index, ref and catalogue as one step: all or nothing, whatever dies in between.

A caller gives a plan: a pure function of what HEAD and the work tree hold, read under the lock, that says which commits
to make. It may be called again, when something moved meanwhile. The steps (TRUST in docs; each failure before the
journal is undone by deleting, a crash at any place is put right by the next writer):

 1  the library's lock                              2  a dead predecessor: sweep, recover
 3  read HEAD and files, adopt edits, plan          4  temporary files beside the targets, synced; meanwhile:
 5  commits as one stream, checked, synced          6  index.lock, and the complete new index beside the old
 7  the journal                                     8  main locked for the move: the compare happens here
 9  documents exchanged into place                  10 the new index published, then main moved
11  what came out is looked at again; catalogue and own actions learn; journal and locks go
"""

from __future__ import annotations

import errno
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from store import files
from store.commit import Commit
from store.errors import Busy, DamagedRepository, DiskFull, GitFailed, NotWritable
from store.lock import IndexLock, library_lock
from store.repo import index, refs, stream
from store.repo.objects import CommitChanges, Objects
from store.repo.places import MAIN, Places, check_ready, ref
from store.repo.places import find as places_of
from store.repo.run import Git, Running
from store.writing import journal, recovery, worktree
from store.writing.journal import Entry, Journal, OwnAction
from store.writing.view import Keeper, View
from store.writing.worktree import Document, Interrupted

PATIENCE = 20.0  # seconds we wait for other writers
_TRIES_BEFORE_LOCKING = 2  # then index.lock is taken first, else a loop of the user's commits starves us
_TRIES_WHEN_LOST = 6
_TRIES_BEFORE_INSISTING = 4  # then a file edited all the time is exchanged all the same, and merged


@dataclass(frozen=True, slots=True)
class Written:
    """What a transaction made: the commits, oldest first, without those of adopted edits."""

    commits: tuple[str, ...]
    head: str


Plan = Callable[[View], Sequence[Commit]]


class Writer:
    """Writes to one library. One at a time per process; other processes wait for the lock."""

    def __init__(self, git: Git, keeper: Keeper, *, now: Callable[[], int], patience: float = PATIENCE) -> None:
        self._git = git
        self._places = git.places
        self._keeper = keeper
        self._now = now
        self._patience = patience
        self._who: tuple[str, str] | None = None

    def write(self, plan: Plan, own_action: str | None = None, when: str = "") -> Written:
        """Carry out a plan. `own_action` is what `undo` will call it; None: nothing to take back.

        Raises LibraryError, and whatever the plan raises: then nothing has happened.
        """
        with self.exclusive() as lock:
            return self._try_until_done(lock, plan, own_action, when)

    def write_aside(self, ref_name: str, made: Commit) -> None:
        """One durable commit on top of HEAD that only this ref names. Raises LibraryError."""
        with self.exclusive():
            head = ref(self._places, MAIN) or ""
            stream.write_aside(self._git, ref_name, head, made, self._identity(), self._now())

    @contextmanager
    def exclusive(self) -> Iterator[IndexLock]:
        """The library's lock with a dead predecessor's work put right (steps 1 and 2)."""
        with _disk_errors_named(self._places.top):
            check_ready(self._places)
            with library_lock(self._places, self._git, self._patience):
                lock = IndexLock(self._places, self._patience)
                self._take_over(lock)
                try:
                    yield lock
                finally:
                    self._leave(lock)

    def _take_over(self, lock: IndexLock) -> None:
        _exclude_temporaries(self._places)
        dead = os.path.exists(lock.owner) or os.path.exists(journal.path_of(self._places))
        left = journal.read(self._places)
        if dead:
            recovery.sweep(self._places, lock, left)
        files.create(lock.owner, b"pagelog %d\n" % os.getpid(), durable=False)
        if left is None:
            return
        places = self._places_of(left)
        git = Git(places)
        git.lock = self._git.lock
        lock.take()
        try:
            recovery.recover(git, left, self._keeper.remember)
        finally:
            lock.release()

    def _places_of(self, left: Journal) -> Places:
        """The work tree a journal belongs to: another one of this repository, else this one, moved or copied here."""
        found = places_of(left.top)
        ours = found is not None and os.path.realpath(found.commondir) == os.path.realpath(self._places.commondir)
        return found if found is not None and ours and found.gitdir == left.gitdir else self._places

    def _leave(self, lock: IndexLock) -> None:
        lock.release()
        own = self._places.own
        files.drop(*(os.path.join(own, name) for name in recovery.OWN_FILES))
        if not os.path.exists(journal.path_of(self._places)):
            files.drop(os.path.join(own, "index.old"), lock.owner)

    def _try_until_done(self, lock: IndexLock, plan: Plan, own_action: str | None, when: str) -> Written:
        end, tries, lost = time.monotonic() + self._patience, 0, 0
        while True:
            if tries > _TRIES_BEFORE_LOCKING:
                lock.take()
            try:
                with Objects(self._git) as objects:
                    return self._attempt(lock, objects, plan, own_action, when, insist=tries >= _TRIES_BEFORE_INSISTING)
            except (GitFailed, DamagedRepository):  # the user's `gc --prune=now` takes what no ref names yet
                lock.release()
                lost += 1
                if lost > _TRIES_WHEN_LOST:
                    raise
                stream.drop_broken_next(self._git)
                time.sleep(random.uniform(0.02, 0.1) * lost)
            except (Interrupted, refs.Moved) as reason:
                lock.release()
                if time.monotonic() > end:
                    what = "main" if isinstance(reason, refs.Moved) else "files"
                    raise Busy(self._places.top, what, self._patience) from None
                tries += 1
                time.sleep(random.uniform(0, 0.005) * tries)

    def _attempt(
        self, lock: IndexLock, objects: Objects, plan: Plan, own_action: str | None, when: str, *, insist: bool
    ) -> Written:
        check_ready(self._places)
        head = ref(self._places, MAIN) or ""
        self._keeper.catch_up(head, objects)  # 3
        view = View(self._places, objects, self._keeper, head)
        planned = list(plan(view))
        adoption = view.adoption()
        changing = view.settle_plan(planned)
        commits = [adoption, *planned] if adoption else planned
        if not commits:
            return Written((), head)
        step = _Step(self._git, lock, head, changing, insist=insist)
        try:
            with files.beside(lambda: worktree.prepare(changing)):  # 4, on the disk, while git computes:
                names = self._commit(objects, head, commits, changing)  # 5
            step.new = names[-1]
            made = names[len(commits) - len(planned) :]
            step.own_action = _own_action(own_action, planned, made, when)
            view.last_moment()
            step.show()  # 6 to 10
        except BaseException:
            step.roll_back()
            raise
        self._finish(step, commits, names)  # 11
        return Written(tuple(made), step.new)

    def _commit(
        self, objects: Objects, head: str, commits: Sequence[Commit], changing: Sequence[Document]
    ) -> list[str]:
        names = stream.write_commits(self._git, head, commits, self._identity(), self._now())
        expected = {doc.path: doc.blobs[2] for doc in changing if doc.new != doc.head}
        stream.check_commits(self._git, head, names[-1], expected)
        objects.check_there([blob for blob in expected.values() if blob])
        marker = os.path.join(self._places.own, "durable")
        files.drop(marker + ".new")
        files.create(marker + ".new", b"", durable=False)
        stream.sync_objects(self._git, marker)
        return names

    def _identity(self) -> tuple[str, str]:
        if self._who is None:
            self._who = self._git.identity()
        return self._who

    def _finish(self, step: _Step, commits: Sequence[Commit], names: Sequence[str]) -> None:
        worktree.settle_all(step.changing)
        worktree.set_modes(self._places, {path: mode for commit in commits for path, mode in commit.modes.items()})
        changed_files = stream.changes_of(commits, names)
        changes = [
            CommitChanges(
                name,
                self._now(),
                commit.subject,
                commit.action,
                commit.group or "",
                changed,
                undoes=commit.undoes or "",
            )
            for commit, (name, changed) in zip(commits, changed_files, strict=True)
        ]
        if any(commit.other or commit.existing or commit.onto for commit in commits):
            with Objects(self._git) as objects:  # histories came together: git has to be asked
                self._keeper.catch_up(step.new, objects)
            written = ((document.path, document.blobs[2]) for document in step.changing)
            self._keeper.remember_files((path, blob) for path, blob in written if blob)
        else:
            documents = {
                change.blob: data
                for commit, (_, changed) in zip(commits, changed_files, strict=True)
                for change, data in zip(changed, commit.files.values(), strict=True)
                if change.blob is not None and data is not None
            }
            self._keeper.learn(step.head, changes, documents)
        if step.own_action is not None:
            self._keeper.remember(step.own_action)
        marker = os.path.join(self._places.own, "durable")
        os.replace(marker + ".new", marker)
        files.drop(journal.path_of(self._places))


class _Step:
    """Steps 6 to 10, and the way back from any of them."""

    def __init__(self, git: Git, lock: IndexLock, head: str, changing: list[Document], *, insist: bool) -> None:
        self.head = self.new = head
        self.changing = changing
        self.own_action: OwnAction | None = None
        self._git = git
        self._places = git.places
        self._lock = lock
        self._insist = insist
        self._prepared: Running | None = None
        self._old_index = os.path.join(self._places.own, "index.old")

    def show(self) -> None:
        """Make it visible, in the order in which a crash at any place can be told."""
        new_index = os.path.join(self._places.own, "index")
        self._lock.take()  # 6
        self._keep_old_index()
        changes = {document.path: document.blobs[2] for document in self.changing}
        index.build(self._git, self.new, changes, target=new_index)
        journal.write(self._places, self._journal())  # 7
        self._prepared = refs.prepare(self._git, self.head, self.new)  # 8
        for document in self.changing:  # 9
            worktree.swap(document, insist=self._insist)
        worktree.sync_folders(self.changing)
        os.rename(new_index, self._places.index)  # 10
        files.sync(self._places.gitdir)
        refs.commit(self._git, self._prepared, self.new)

    def roll_back(self) -> None:
        """Everything as it was, unless main did move: then the next writer's recovery finishes."""
        if self.new != self.head and ref(self._places, MAIN) == self.new:
            if self._prepared is not None:
                self._prepared.close()
            return
        for document in reversed(self.changing):
            worktree.unswap(document)
        written = os.path.exists(journal.path_of(self._places))
        if written:
            self._put_index_back()
        if self._prepared is not None:
            refs.abort(self._prepared)
        if written:
            refs.drop_dead_locks(self._places, self.new, files.modified(journal.path_of(self._places)) / 1e9)
        recovery.drop_litter(self._places)
        worktree.settle_all(self.changing)
        files.sync(self._places.gitdir)
        files.drop(journal.path_of(self._places))

    def _keep_old_index(self) -> None:
        files.drop(self._old_index)
        if os.path.exists(self._places.index):
            os.link(self._places.index, self._old_index)

    def _put_index_back(self) -> None:
        if os.path.exists(self._old_index):
            os.replace(self._old_index, self._places.index)
        else:
            files.drop(self._places.index)

    def _journal(self) -> Journal:
        top = self._places.top
        entries = tuple(
            Entry(
                document.path,
                *document.blobs,
                os.path.relpath(document.temporary, top),
            )
            for document in self.changing
        )
        return Journal(self.head, self.new, top, self._places.gitdir, self.own_action, entries)


def _own_action(own_action: str | None, planned: Sequence[Commit], names: Sequence[str], when: str) -> OwnAction | None:
    if own_action is None or not planned:
        return None
    return OwnAction(planned[0].group or names[0], own_action, when)


def _exclude_temporaries(places: Places) -> None:
    """So that the user's `git add -A` never takes a temporary file."""
    path = os.path.join(places.commondir, "info", "exclude")
    pattern = files.TEMPORARY.encode() + b"*"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        with open(path, "ab+") as file:
            file.seek(0)
            known = file.read()
            if pattern not in known.split():
                file.write((b"" if not known or known.endswith(b"\n") else b"\n") + pattern + b"\n")
    except (IsADirectoryError, FileNotFoundError):
        return  # somebody's own arrangement; then a temporary file is seen for a moment


@contextmanager
def _disk_errors_named(top: str) -> Iterator[None]:
    """What the system says of the disk, as one of our errors."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(top) from error
        if isinstance(error, files.NotRegular):
            raise NotWritable(str(error.filename or top), error.strerror or "not a regular file") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NotWritable(top, errno.errorcode.get(error.errno or 0, "")) from error
        raise
