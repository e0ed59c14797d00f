"""What bad luck makes of a git folder: every kind by a name, as a function of the library's folder."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from opened import git, path_of

Harm = Callable[[Path], None]
CONTENTS = {"missing": None, "empty": b"", "zeros": bytes(300), "garbage": b"garbage\n" * 30}


def damage(path: Path, content: bytes | None) -> None:
    """Put this in the place of a file; None removes it."""
    if path.exists():
        path.chmod(0o644)
        path.unlink()
    if content is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def loose(top: Path, revision: str) -> Path:
    """Where the object of a revision stands."""
    name = git(top, "rev-parse", revision).strip()
    return top / ".git" / "objects" / name[:2] / name[2:]


def _file(path: str, content: bytes | None, top: Path) -> None:
    if path.endswith("packed-refs"):
        git(top, "pack-refs", "--all")
    for side in ("-wal", "-shm"):
        (top / (path + side)).unlink(missing_ok=True)
    damage(top / path, content)


def _object(revision: str, content: bytes | None, top: Path) -> None:
    damage(loose(top, revision), content)


def _pack(ending: str, content: bytes | None, top: Path) -> None:
    git(top, "repack", "-adq")
    damage(next((top / ".git" / "objects" / "pack").glob(f"*.{ending}")), content)


def _flipped_pack(top: Path) -> None:
    """A byte of a document's only version; which object stands in the middle of a pack is chance."""
    git(top, "repack", "-adq")
    pack = next((top / ".git" / "objects" / "pack").glob("*.pack"))
    blob = git(top, "rev-parse", f"main:{path_of('c')}").strip()
    objects = git(top, "verify-pack", "-v", str(pack.with_suffix(".idx"))).splitlines()
    _, _, _, length, offset, *_ = next(line for line in objects if line.startswith(blob)).split()
    data = bytearray(pack.read_bytes())
    data[int(offset) + int(length) // 2] ^= 255
    damage(pack, bytes(data))


def _newer_databases(top: Path) -> None:
    for name in ("catalogue", "state"):
        with sqlite3.connect(top / ".git" / "pagelog" / f"{name}.sqlite3") as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()


def _nothing_held(top: Path) -> None:
    damage(top / ".git" / "refs" / "pagelog" / "held" / ("a" * 12), b"1" * 40 + b"\n")


FILES = (
    "index HEAD config packed-refs refs/heads/main refs/pagelog/next pagelog/catalogue.sqlite3 pagelog/state.sqlite3"
    " pagelog/journal pagelog/durable pagelog/lock pagelog/owner"
).split()
OBJECTS = {
    "blob": f"HEAD:{path_of('a')}",
    "old blob": f"HEAD~2:{path_of('b')}",
    "tree": "HEAD^{tree}",
    "subtree": "HEAD:pages",
    "commit": "HEAD",
    "parent": "HEAD^",
}
HARMS: dict[str, Harm] = {
    f"{name} {how}": partial(_file, f".git/{name}", content) for name in FILES for how, content in CONTENTS.items()
}
HARMS |= {f"pagelog.toml {how}": partial(_file, "pagelog.toml", content) for how, content in CONTENTS.items()}
HARMS |= {
    f"{name} {how}": partial(_object, revision, content)
    for name, revision in OBJECTS.items()
    for how, content in CONTENTS.items()
}
HARMS |= {
    f"{ending} {how}": partial(_pack, ending, content)
    for ending in ("pack", "idx")
    for how, content in CONTENTS.items()
}
HARMS |= {
    "pack flipped": _flipped_pack,
    "databases newer": _newer_databases,
    "held nothing": _nothing_held,
    "objects gone": lambda top: shutil.rmtree(top / ".git" / "objects"),
}


def forget_remote(top: Path) -> None:
    """As if it had never synced."""
    git(top, "remote", "remove", "origin")
    for name in git(top, "for-each-ref", "--format=%(refname)", "refs/pagelog/remote", "refs/pagelog/incoming").split():
        git(top, "update-ref", "-d", name)
