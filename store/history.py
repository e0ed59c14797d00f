"""Versions of a link: list them, find one, look at one, bring one back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from store import commit, diff, editing, frontmatter
from store.commit import Commit
from store.errors import DamagedDocument, NoSuchVersion, NoVersions, SeveralVersions
from store.library import Change, Library
from store.link import Link, Version, body_sha256
from store.repo.objects import Objects
from store.writing.view import View

Part = Literal["all", "body", "meta"]
CAPTURES = ("add", "update", "reextract")
_MOST_DIGITS, _SHORTEST_COMMIT = 6, 7


@dataclass(frozen=True, slots=True)
class Entry:
    """A version as `log` tells it; characters against the version before."""

    version: Version
    title: str
    added_chars: int
    removed_chars: int


def versions(library: Library, id_: str) -> tuple[Version, ...]:
    """Every committed state of a link, oldest first."""
    library.catch_up()
    return library.catalogue.versions(id_)


def log(library: Library, id_: str) -> Iterator[Entry]:
    """The versions with their titles and sizes of change, newest first. NoVersions."""
    found = versions(library, id_)
    if not found:
        raise NoVersions(id_)
    with Objects(library.git) as objects:
        data = dict(objects.blobs(dict.fromkeys(version.blob for version in found)))
        for position in range(len(found) - 1, -1, -1):
            version = found[position]
            new = data.get(version.blob, b"")
            old = data.get(found[position - 1].blob, b"") if position else b""
            compared = diff.compare(frontmatter.body_of(old), frontmatter.body_of(new))
            yield Entry(version, _title(new), compared.added_chars, compared.removed_chars)


def find_version(library: Library, id_: str, text: str) -> Version:
    """A version as typed: a number, the beginning of a commit, or a date. NoSuchVersion, SeveralVersions."""
    found = versions(library, id_)
    words = text.strip().lower()
    if words.isdecimal() and len(words) <= _MOST_DIGITS:
        matching = [version for version in found if version.number == int(words)]
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", words):  # current at the end of that day, UTC
        matching = [version for version in found if version.when[:10] <= words][-1:]
    elif len(words) >= _SHORTEST_COMMIT:
        matching = [version for version in found if version.commit.startswith(words)]
    else:
        matching = []
    if not matching:
        raise NoSuchVersion(id_, text, len(found))
    if len(matching) > 1:
        raise SeveralVersions(id_, text, " ".join(version.commit[:12] for version in matching))
    return matching[0]


def raw_at(library: Library, version: Version) -> bytes:
    """The file as it was."""
    return raws_at(library, (version,))[0]


def raws_at(library: Library, wanted: Sequence[Version]) -> list[bytes]:
    """The files as they were, from one git."""
    with Objects(library.git) as objects:
        return [objects.blob(version.blob) for version in wanted]


def link_at(library: Library, version: Version) -> Link:
    """The link as it was. DamagedDocument."""
    return frontmatter.loads(raw_at(library, version), version.path)


def last_two(library: Library, id_: str) -> tuple[Version, Version] | None:
    """The newest two versions whose bodies differ, older first; None when all bodies are the same."""
    found = versions(library, id_)
    with Objects(library.git) as objects:
        bodies = [frontmatter.body_of(objects.blob(version.blob)) for version in found]
    for newer in range(len(found) - 1, 0, -1):
        if bodies[newer] != bodies[newer - 1]:
            return found[newer - 1], found[newer]
    return None


def last_captured(library: Library, objects: Objects, id_: str) -> Link | None:
    """The link at its last captured body: the newest `add`, `update` or `reextract` that has one (RULES 1)."""
    for version in reversed(library.catalogue.versions(id_)):
        if version.action not in CAPTURES:
            continue
        try:
            link = frontmatter.loads(objects.blob(version.blob), version.path)
        except DamagedDocument:
            continue
        if link.body:
            return link
    return None


def edited_from(library: Library, objects: Objects, link: Link, last: Link | None) -> str | None:
    """The body that an edited one was made from: the one its `capture` tells of, else the `last` captured one."""
    told = link.capture.sha256 if link.capture is not None else None
    known = last.capture.sha256 if last is not None and last.capture is not None else None
    if told not in (None, known):  # an older version was restored, and edited then
        for version in reversed(library.catalogue.versions(link.id)):
            body = frontmatter.body_of(objects.blob(version.blob))
            if body_sha256(body) == told:
                return body
    return None if last is None else last.body


def restore(library: Library, id_: str, version: Version, part: Part = "all") -> Change:
    """Bring back a version, its body or its metadata, as a new version."""
    source = link_at(library, version)

    def plan(view: View) -> list[Commit]:
        path, link = library.read_link(view, id_)
        new = _restored(link, source, part)
        if new == link:
            return []
        subject = commit.titled("restore", new.title)
        return [Commit(subject, "restore", (id_,), {path: frontmatter.dumps(new)})]

    written = library.write(plan, "restore")
    return Change(written.commits, (id_,) if written.commits else ())


def _restored(link: Link, source: Link, part: Part) -> Link:
    if part == "body":
        return editing.take_body(link, source)
    if part == "meta":
        return editing.take_metadata(link, source)
    return source.with_(id=link.id, trashed=link.trashed)


def _title(data: bytes) -> str:
    try:
        return frontmatter.loads(data).title
    except DamagedDocument:
        return ""
