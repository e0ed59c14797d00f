"""Documents put right, as one commit each, `repair: ...`: what they said before stays in the history.

- a head that cannot be read: the head of the newest version that can, over the body as it stands.
- a text that the repository and the disk have both lost: its newest version that is still there.
- two files with one id: joined where they are one page, else the one that does not count gets an id of its own.
- two links with one address: joined into the one added first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from store import commit, frontmatter, layout
from store.catalogue import Problem
from store.changing import new_group
from store.commit import Commit
from store.errors import DamagedDocument, DamagedRepository
from store.library import Library
from store.link import Link
from store.merge import merge_links, told_lines
from store.repo.objects import Objects
from store.repo.places import MAIN, ref

if TYPE_CHECKING:
    from store.writing.view import View

Files = dict[str, bytes | None]


def mend_documents(library: Library) -> tuple[str, ...]:
    """Put right every document that can be: the commits. Raises LibraryError."""
    library.catch_up()
    group = new_group()

    def plan(view: View) -> list[Commit]:
        made = list(_Mending(library, view).commits())
        return [commit_ if len(made) == 1 else replace(commit_, group=group) for commit_ in made]

    return library.write(plan, None).commits


def lost_documents(library: Library, objects: Objects) -> list[tuple[str, str]]:
    """(path, blob) of HEAD's pages whose text the repository has not."""
    head = ref(library.places, MAIN)
    committed = [(change.path, change.blob) for change in objects.files(head) if change.blob] if head else []
    there = set(objects.there(blob for _, blob in committed))
    return [(path, blob) for path, blob in committed if blob not in there]


def good_version(library: Library, objects: Objects, path: str) -> Link | None:
    """The newest version of the link at this path that can be read, or None."""
    id_ = library.catalogue.id_at(path) or layout.id_hint(path)
    for version in reversed(library.catalogue.versions(id_)) if id_ else ():
        try:
            link = frontmatter.loads(objects.blob(version.blob))
        except (DamagedDocument, DamagedRepository):
            continue
        return link
    return None


@dataclass(slots=True)
class _Mending:
    """One plan."""

    library: Library
    view: View
    made: Files = field(default_factory=dict)  # what the commits so far make of files

    def commits(self) -> Iterator[Commit]:
        for commit_ in self._each():
            self.made.update(commit_.files)
            yield commit_

    def _each(self) -> Iterator[Commit]:
        done: set[str] = set()
        problems = list(self.library.catalogue.problems())
        for path, _ in lost_documents(self.library, self.view.objects):
            yield from self._lost(path)
        for problem in problems:
            if problem.name == "damaged":
                yield from self._damaged(problem.path)
            elif problem.name == "twin" and problem.path not in done:
                done.add(problem.path)
                yield from self._twin(problem.path, problem.detail)
        for paths in _by_url(problem for problem in problems if problem.name == "same-url"):
            yield from self._same_url(paths)

    def _lost(self, path: str) -> Iterator[Commit]:
        if self._read(path) is None:  # else the file stands on disk, and is adopted
            link = good_version(self.library, self.view.objects, path)
            if link is not None:
                yield _repair(link, {path: frontmatter.dumps(link)})

    def _damaged(self, path: str) -> Iterator[Commit]:
        data = self._read(path)
        if data is None or self._link(path) is not None:
            return  # removed, or mended by hand meanwhile
        good = good_version(self.library, self.view.objects, path)
        if good is None:
            return
        body = frontmatter.body_of(data) if data.startswith(b"---") else ""
        mended = good.with_(body=body) if body.strip("\n\0 ") else good
        yield _repair(mended, {path: frontmatter.dumps(mended)})

    def _twin(self, path: str, id_: str) -> Iterator[Commit]:
        counting = self.library.catalogue.path_of(id_)
        one, other = self._link(counting), self._link(path)
        if counting is None or one is None or other is None or one.id != other.id:
            return
        if one.url == other.url:
            yield self._joined({counting: one, path: other})
        else:
            own = other.with_(id=layout.link_id(other.url, self.library.backlog.is_link))
            yield _repair(own, {path: frontmatter.dumps(own)})

    def _same_url(self, paths: list[str]) -> Iterator[Commit]:
        links = {path: link for path in paths if (link := self._link(path)) is not None}
        if len(links) > 1 and len({link.url for link in links.values()}) == 1:
            yield self._joined(dict(sorted(links.items(), key=lambda item: (item[1].added, item[1].id))))

    def _joined(self, links: dict[str, Link]) -> Commit:
        """All of these into the first: the later captured one is current, tags and notes of all (RULES 5)."""
        first, *others = links
        kept, told = links[first], []
        for path in others:
            other = links[path].with_(id=kept.id)
            earlier, later = sorted((kept, other), key=lambda link: (link.captured or "", link.added))
            joined = merge_links(None, earlier, later)
            assert joined.link is not None  # both are there
            kept = joined.link.with_(id=links[first].id)
            told += [(kept.id, one) for one in joined.told]
        files: Files = {first: frontmatter.dumps(kept), **dict.fromkeys(others)}
        ids = tuple(dict.fromkeys(link.id for link in links.values()))
        return Commit(commit.titled("repair", kept.title), "repair", ids, files, told=told_lines(told))

    def _read(self, path: str) -> bytes | None:
        """As it is after the commits so far."""
        found = self.view.read(path)  # a plan reads every path that it writes
        return self.made.get(path, found)

    def _link(self, path: str | None) -> Link | None:
        data = self._read(path) if path else None
        try:
            return None if data is None else frontmatter.loads(data)
        except DamagedDocument:
            return None


def _repair(link: Link, files: Files) -> Commit:
    return Commit(commit.titled("repair", link.title), "repair", (link.id,), files)


def _by_url(problems: Iterable[Problem]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.detail, []).append(problem.path)
    return list(found.values())
