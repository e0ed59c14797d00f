"""Libraries of very many links, kept for the next run in the folder for temporary files; and what stands in them.

One is made anew when `many_links.py` has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import many_links
from store import search
from store.finding.query import parse
from store.library import Library
from store.link import Row

LONG_ONES = f"changed:>{many_links.LAST_DAY:%Y-%m-%d}"  # only these were captured again, later than all others
_BEGINNING = 6  # characters: what the narrowest column of titles shows whole


@dataclass(frozen=True, slots=True)
class LongOne:
    """A link with 55 KB of Chinese. `begins`: its first heading below the title; `newest`: the number of its version"""

    title: str
    begins: str
    newest: int
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A library. `total`: links that are not in the trash; `title`: how that of the fifth begins, newest first."""

    folder: Path
    total: int
    title: str
    long_ones: tuple[LongOne, ...]


def kept(count: int) -> Kept:
    """The library of so many links."""
    with Library.open(_folder(count), originals=None) as library:
        library.catch_up()
        found = search.select(library, parse(LONG_ONES))
        return Kept(
            library.path,
            len(library.catalogue.ids()),
            library.catalogue.first_rows(5)[-1].title[:_BEGINNING],
            tuple(_long_one(library, row) for row in found if row.versions > 1),
        )


def _long_one(library: Library, row: Row) -> LongOne:
    text = library.link(row.id).body
    return LongOne(row.title, re.findall(r"^## (.+)", text, re.M)[0], row.versions, text)


def _folder(count: int) -> Path:
    """Where it stands, made if need be: all of it or nothing."""
    maker = Path(many_links.__file__)
    top = Path(tempfile.gettempdir(), f"pagelog-bench-{os.getuid()}")
    top.mkdir(mode=0o700, exist_ok=True)
    folder = top / f"{count}-{hashlib.sha256(maker.read_bytes()).hexdigest()[:12]}"
    if folder.is_dir():
        return folder
    print(f"bench: making a library of {count:,} links, once: {folder}", flush=True)
    for older in top.glob(f"{count}-*"):
        shutil.rmtree(older)
    with tempfile.TemporaryDirectory(dir=top) as making:
        made = Path(making, "library")
        subprocess.run([sys.executable, str(maker), str(made), str(count)], stdout=subprocess.DEVNULL, check=True)
        made.rename(folder)
    return folder
