"""The tables of the catalogue, and a row of them as a Row."""

from __future__ import annotations

from typing import Literal, cast

from store.database import Cells, Schema
from store.link import Row, Status

Sort = Literal["added", "captured", "title", "host"]

ORDER: dict[Sort, str] = {
    "added": "added DESC, born DESC, path",
    "captured": "captured DESC, born DESC, path",
    "title": "title_key, title, path",
    "host": "host, added DESC, born DESC, path",
}

SCHEMA = Schema(
    version=7,  # raise it whenever a table, or what is written into one, changes: older files are then made anew
    statements=(
        # `boundary`: where a shallow history begins; another boundary is another history under the same head
        "CREATE TABLE stands_for (head TEXT NOT NULL, boundary TEXT NOT NULL)",
        # every commit of head's history; `place` orders them alike on every machine: after all parents, else by time;
        # `pages`: how many page files it changed
        """CREATE TABLE commits (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, place INTEGER NOT NULL,
            committed INTEGER NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, parents TEXT NOT NULL,
            "group" TEXT NOT NULL, undoes TEXT NOT NULL, pages INTEGER NOT NULL)""",
        "CREATE INDEX commits_by_place ON commits (place, name)",
        """CREATE INDEX commits_by_group ON commits ("group") WHERE "group" <> ''""",
        "CREATE INDEX commits_by_undoes ON commits (undoes) WHERE undoes <> ''",
        # a page file that a commit changed against all its parents. `own_id`: read in the blob ('': none there; NULL:
        # not read); `moved`: the link had this very blob elsewhere before (NULL: not known yet), so no version
        """CREATE TABLE versions (path TEXT NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL,
            blob TEXT NOT NULL, id TEXT, own_id TEXT, moved INTEGER)""",
        "CREATE INDEX versions_by_id ON versions (id, place, moved, path)",
        "CREATE INDEX versions_by_path ON versions (path)",
        "CREATE INDEX versions_by_commit ON versions (number)",
        # every page file of head. `number`: never given twice, and another one whenever the document is;
        # `id` NULL: no link; `first`: of the files with this id the one that counts;
        # `words`, `fields` and `facts` are what queries are answered with (store.finding.needles, store.finding.facts)
        """CREATE TABLE files (number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, blob TEXT NOT NULL,
            id TEXT, damaged TEXT, url TEXT NOT NULL, host TEXT NOT NULL, title TEXT NOT NULL, title_key TEXT NOT NULL,
            tags TEXT NOT NULL, status TEXT NOT NULL, starred INTEGER NOT NULL, added TEXT NOT NULL, captured TEXT,
            trashed TEXT, note TEXT, pending INTEGER NOT NULL, words TEXT NOT NULL, fields TEXT NOT NULL,
            facts INTEGER NOT NULL, first INTEGER NOT NULL DEFAULT 1, versions INTEGER NOT NULL DEFAULT 0,
            born INTEGER NOT NULL DEFAULT 0, size INTEGER, mtime_ns INTEGER)""",
        # where the numbers begin: by chance, so that those of an older file are not taken for those of this one
        "INSERT INTO sqlite_sequence (name, seq) VALUES ('files', abs(random() % 1000000000000))",
        "CREATE INDEX files_by_id ON files (id, path)",
        "CREATE INDEX files_by_url ON files (url)",
        *(
            f"CREATE INDEX shown_by_{sort} ON files ({order}, first, trashed, id) WHERE id IS NOT NULL"
            for sort, order in ORDER.items()
        ),
        "CREATE INDEX shown_by_tags ON files (tags, first) WHERE id IS NOT NULL AND trashed IS NULL AND tags <> ''",
        "CREATE INDEX counted_by_facts ON files (facts) WHERE id IS NOT NULL AND first",
    ),
)

ROW = (
    "id, path, url, host, title, tags, status, starred, added, captured, trashed, note, versions, blob, pending, "
    "CASE WHEN damaged IS NULL AND NOT first THEN 'twin' ELSE damaged END, size, mtime_ns"
)


_RowCells = tuple[
    str, str, str, str, str, str, Status, int, str, str | None, str | None, str | None, int, str, int, str | None,
    int | None, int | None,
]  # fmt: skip


def pack_tags(tags: tuple[str, ...]) -> str:
    """Tags in one cell; no tag holds white space."""
    return "\n".join(tags)


def unpack_tags(cell: str) -> tuple[str, ...]:
    """What `pack_tags` packed."""
    return tuple(cell.split("\n")) if cell else ()


def as_row(cells: Cells) -> Row:
    """The columns ROW names, as a Row without what only `state` knows."""
    (
        id_, path, url, host, title, tags, status, starred, added, captured, trashed, note, versions, blob, pending,
        bad, size, mtime_ns,
    ) = cast("_RowCells", cells)  # fmt: skip
    return Row(
        id=id_,
        path=path,
        url=url,
        host=host,
        title=title,
        tags=unpack_tags(tags),
        status=status,
        starred=bool(starred),
        added=added,
        captured=captured,
        trashed=trashed,
        note=note,
        versions=versions,
        blob=blob,
        pending=bool(pending),
        damaged=bad,
        stat=None if size is None or mtime_ns is None else (size, mtime_ns),
    )
