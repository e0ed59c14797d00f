"""Where a link's file stands on disk, and its row with what the file says now."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from store import files
from store.files import blob_name
from store.link import Row
from store.rows import as_edited
from store.writing import adoption

if TYPE_CHECKING:
    from store.catalogue import Catalogue
    from store.repo.places import Places


def file_of(places: Places, catalogue: Catalogue, row: Row) -> str:
    """The path of the link's file: where HEAD has it, or where it was moved by hand."""
    if os.path.lexists(places.file(row.path)):
        return row.path
    moved = adoption.moved_file(places, row.id, lambda path: catalogue.id_at(path) is not None)
    return moved or row.path


Looked = list[tuple[str, str, int, int]]
"""Files that were read and found to hold their blob: path, blob, size, time (ns), each from before it was read."""


def as_on_disk(places: Places, catalogue: Catalogue, row: Row, looked: Looked) -> Row | None:
    """The row with an uncommitted edit of its file, None when it was removed; size and time tell without reading it.

    What had to be read, and is as HEAD has it, goes to `looked`: to be remembered together, for one by one it takes ten
    times as long as reading.
    """
    path = places.file(row.path)
    found: os.stat_result | None
    try:
        found = os.stat(path, follow_symlinks=False)
    except OSError:
        found, path = None, places.file(file_of(places, catalogue, row))
        if not os.path.lexists(path):
            return None
    else:
        if row.stat == (found.st_size, found.st_mtime_ns):
            return row
    try:
        data = files.read(path)
    except OSError:
        return replace(row, damaged="not a file")
    if blob_name(data) == row.blob:
        if found is not None:  # the stat from before reading: an edit since then still shows
            looked.append((row.path, row.blob, found.st_size, found.st_mtime_ns))
        return row
    return as_edited(row, data)
