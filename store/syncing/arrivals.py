"""The titles of links that a sync is about, those too that are on the other side only: for a person who is asked."""

from __future__ import annotations

from collections.abc import Iterable

from store import frontmatter
from store.errors import DamagedDocument
from store.layout import is_page
from store.library import Library
from store.repo.objects import Objects


def titles(library: Library, keys: Iterable[str], tip: str | None) -> dict[str, str]:
    """By id, of these ids (paths of other files among them are left out), as far as anything names them.

    `tip`: the commit that the remote has.
    """
    wanted = list(dict.fromkeys(keys))
    found = {id_: row.title for id_, row in library.catalogue.rows(wanted).items()}
    missing = {id_ for id_ in wanted if id_ not in found and "/" not in id_}
    head = library.catalogue.head
    if missing and head and tip:
        with Objects(library.git) as objects:
            blobs = {
                difference.after[0]: difference.path
                for difference in objects.differences(head, tip)
                if difference.after and is_page(difference.path) and _id_in(difference.path) in missing
            }
            for blob, data in objects.blobs(blobs):
                found[_id_in(blobs[blob])] = _title(data, blobs[blob])
    return found


def _id_in(path: str) -> str:
    """The hint at the end of a name: good enough for a title."""
    return path.rpartition("~")[2].removesuffix(".md")


def _title(data: bytes, path: str) -> str:
    try:
        return frontmatter.loads(data, path).title
    except DamagedDocument:
        return path
