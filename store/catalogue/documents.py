"""What the catalogue keeps of one document: bytes -> the cells of a row in `files`."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.address import host_of
from store.catalogue.schema import pack_tags, unpack_tags
from store.errors import DamagedDocument
from store.finding import facts, needles
from store.frontmatter import id_shown, loads
from store.layout import id_hint
from store.link import Link
from store.text import fold

MISSING = "missing"  # why a document is damaged whose blob the repository has lost
_LEGIBLE = re.compile(rb'^(url|title|added): *"?([^"\\\r\n]+)"?[ \r]*$', re.MULTILINE)
_HEAD = 16_384  # bytes of a damaged file in which its first keys are looked for


class Document(NamedTuple):
    """Cells of `files`, in its order. `id` None: no link."""

    path: str
    blob: str
    id: str | None
    damaged: str | None
    url: str
    host: str
    title: str
    title_key: str
    tags: str
    status: str
    starred: int
    added: str
    captured: str | None
    trashed: str | None
    note: str | None
    pending: int
    words: str
    fields: str
    facts: int


COLUMNS = ", ".join(Document._fields)
MARKS = ", ".join("?" * len(Document._fields))


def read_document(path: str, blob: str, data: bytes | None) -> Document:
    """The row of a file with these bytes (None: they are lost). Never raises: what cannot be read is damaged."""
    if data is None:
        return _damaged(path, blob, b"", MISSING)
    try:
        link = loads(data, path)
    except DamagedDocument as error:
        return _damaged(path, blob, data, error.reason)
    return _sound(path, blob, link)


def _sound(path: str, blob: str, link: Link) -> Document:
    packed, host = pack_tags(link.tags), host_of(link.url)
    tags = unpack_tags(packed)  # as they will be read
    return Document(
        path=path,
        blob=blob,
        id=link.id,
        damaged=None,
        url=link.url,
        host=host,
        title=link.title,
        title_key=fold(link.title),
        tags=packed,
        status=link.status,
        starred=link.starred,
        added=link.added,
        captured=link.captured,
        trashed=link.trashed,
        note=link.note,
        pending=link.pending,
        words=needles.words(link.title, tags, link.note, link.url),
        fields=needles.fields(tags, host, link.added, link.captured),
        facts=facts.packed(
            status=link.status,
            starred=link.starred,
            pending=link.pending,
            damaged=False,
            trashed=link.trashed is not None,
            tagged=bool(tags),
        ),
    )


def _damaged(path: str, blob: str, data: bytes, reason: str) -> Document:
    """Listed under the id it shows, else the one in its name, with what is legible of its first keys."""
    legible = {key.decode(): value.decode(errors="replace") for key, value in _LEGIBLE.findall(data[:_HEAD])}
    url = legible.get("url", "")
    title = legible.get("title") or path.rpartition("/")[2].removesuffix(".md")
    return Document(
        path=path,
        blob=blob,
        id=id_shown(data) or id_hint(path),
        damaged=reason,
        url=url,
        host=host_of(url),
        title=title,
        title_key=fold(title),
        tags="",
        status="unread",
        starred=False,
        added=legible.get("added", ""),
        captured=None,
        trashed=None,
        note=None,
        pending=False,
        words=needles.words(title, (), None, url),
        fields=needles.fields((), host_of(url), legible.get("added", ""), None),
        facts=facts.packed(status="unread", starred=False, pending=False, damaged=True, trashed=False, tagged=False),
    )
