"""Two histories of one library joined link by link: what each file becomes, and what is to be told of it (pure).

A file changed on one side is as that side has it. A link changed on both is merged (RULES 5): the two are the same one
when they come from one file of the base, wherever either side has moved it since, or when both are new with one id. A
copy of a document beside it is a file of its own. Of any other file changed on both the text is merged by lines, and
where that clashes the side that changed it later stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from store.layout import id_hint, is_page
from store.merge import Told, merge_documents
from store.plainness import folded

Stamp = tuple[int, str]
"""When a file was last committed on one side, in seconds since 1970, and the commit."""

_NEVER: Stamp = (-1, "")
_BASE, _NEW = "=", "+"  # what the key begins with: of a file of the base, of a new one that is no new link


@dataclass(frozen=True, slots=True)
class Spot:
    """A file in a tree: where, which blob, and whether git calls it a program."""

    path: str
    blob: str
    mode: str = "100644"


@dataclass(frozen=True, slots=True)
class Moved:
    """What one side made of one file of the base; None: no file."""

    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one side changed against the base; and by path when it last changed what stands, or stood, there."""

    changes: tuple[Moved, ...]
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    def stamp(self, moved: Moved) -> Stamp:
        """Of the file as it stands on this side; where it is gone, of its removal."""
        spot = moved.after or moved.before
        return self.stamps.get(spot.path, _NEVER) if spot else _NEVER


@dataclass(slots=True)
class Joint:
    """What becomes of the files, against ours: path -> (bytes, mode), None: removed.

    Keys of `went` (changed on our side alone), `came` (on theirs) and `both` are the ids of links, else paths. Of those
    that came `gone` were removed there.
    """

    files: dict[str, tuple[bytes, str] | None] = field(default_factory=dict)
    told: list[tuple[str, Told]] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


MergeText = Callable[[bytes, bytes, bytes], bytes | None]
"""base, earlier, later -> merged; None: they clash, or are no text."""


class Joining:
    """One join. `read` gives the bytes of a blob, `id_of` the id inside a document.

    `paths`: every file of ours, asked for only where theirs puts a new one.
    """

    def __init__(
        self,
        ours: Side,
        theirs: Side,
        read: Callable[[str], bytes],
        id_of: Callable[[bytes], str | None],
        merge_text: MergeText,
        paths: Callable[[], Iterable[str]],
    ) -> None:
        self._ours, self._theirs = ours, theirs
        self._read, self._id_of, self._merge_text, self._paths = read, id_of, merge_text, paths
        self._joint = Joint()
        self._ids: dict[str, str | None] = {}  # by blob
        self._left: set[str] = set()  # paths of ours that are given up, unless something new stands there
        self._come: list[tuple[Spot, bytes]] = []  # what is to be put where ours has another file, or none
        self._standing: dict[str, str] | None = None
        self._folders: dict[str, str] = {}

    def joint(self) -> Joint:
        """Everything that theirs changed, put into ours."""
        mine, others = self._by_key(self._ours), self._by_key(self._theirs)
        for id_ in [key for key in mine if key in others and key[0] not in (_BASE, _NEW)]:
            if self._is_copied(id_, mine[id_]):
                for side in (mine, others):
                    copied = side.pop(id_)
                    side[_NEW + _path(copied)] = copied
        for key in sorted(others):
            if key not in mine:
                name = self._name(others[key])
                self._joint.came.append(name)
                if others[key].after is None:
                    self._joint.gone.append(name)
                self._leave(others[key].before)
        for key, other in sorted(others.items()):
            own = mine.get(key)
            if own is None:
                self._put(other.before, other.after, None if other.after is None else self._read(other.after.blob))
            elif own.after != other.after:
                self._both(own, other)
        self._joint.went += [self._name(moved) for key, moved in mine.items() if key not in others]
        for new, data in self._come:  # now all is known that goes
            self._place(new, data)
        for path in self._left:
            self._joint.files.setdefault(path, None)
        return self._joint

    def _by_key(self, side: Side) -> dict[str, Moved]:
        """What is of the base by its path there, a new link by its id, any other new file by its path.

        A document that went from one path and came to another was moved; of several that came, the first path.
        """
        found: dict[str, Moved] = {}
        gone: dict[str, list[Spot]] = {}
        known: set[str | None] = set()
        come: list[tuple[str | None, Spot]] = []
        for moved in sorted(side.changes, key=_path):
            before, after = moved.before, moved.after
            was, now = self._id(before), self._id(after)
            known.add(was)
            if before is not None and after is not None and (None in (was, now) or was == now):
                found[_BASE + before.path] = moved
                continue
            if before is not None:
                found[_BASE + before.path] = Moved(before, None)
                gone.setdefault(was or "", []).append(before)
            if after is not None:
                come.append((now, after))
        for id_, spot in come:
            if id_ and gone.get(id_):
                left = gone[id_].pop(0)
                found[_BASE + left.path] = Moved(left, spot)
            else:
                is_link = id_ is not None and id_ not in found and id_ not in known
                found[id_ if is_link and id_ else _NEW + spot.path] = Moved(None, spot)
        return found

    def _id(self, spot: Spot | None) -> str | None:
        if spot is None or not is_page(spot.path):
            return None
        if spot.blob not in self._ids:
            self._ids[spot.blob] = self._id_of(self._read(spot.blob))
        return self._ids[spot.blob]

    def _name(self, moved: Moved) -> str:
        """The id of a link, else the path."""
        return self._id(moved.after) or self._id(moved.before) or _path(moved)

    def _is_copied(self, id_: str, own: Moved) -> bool:
        """New on both sides, and yet the link stands in a third place, which neither has touched."""
        places = (_path(own), *(moved.after.path for moved in self._ours.changes if moved.after))
        return any(id_hint(path) == id_ and path not in places for path in self._paths() if is_page(path))

    # --- changed on both sides --------------------------------------------------------------------------------------

    def _both(self, own: Moved, other: Moved) -> None:
        name = self._name(own) if own.after else self._name(other)
        self._joint.both.append(name)
        base = own.before or other.before
        theirs_later = self._theirs.stamp(other) > self._ours.stamp(own)
        earlier, later = (own, other) if theirs_later else (other, own)
        data = self._merged(name, base, earlier.after, later.after)
        place = _changed(base, earlier.after, later.after)
        if place is not None and earlier.after is not None and later.after is not None:
            place = replace(place, mode=_mode(base, earlier.after, later.after))
        self._put(own.after, place if data is not None else None, data)

    def _merged(self, name: str, base: Spot | None, earlier: Spot | None, later: Spot | None) -> bytes | None:
        old, first, second = (None if spot is None else self._read(spot.blob) for spot in (base, earlier, later))
        if any(self._id(spot) for spot in (base, earlier, later)):
            merged = merge_documents(old, first, second)
            self._joint.told += [(name, told) for told in merged.told]
            return merged.data
        if first in (old, second):
            return second
        if second == old:
            return first
        if first is None or second is None:
            return first or second  # what was worked on stays
        text = self._merge_text(old or b"", first, second)
        if text is None:
            self._joint.told.append((name, Told("file")))
        return second if text is None else text

    # --- where it goes ----------------------------------------------------------------------------------------------

    def _leave(self, spot: Spot | None) -> None:
        if spot is not None:
            self._left.add(spot.path)

    def _put(self, own: Spot | None, new: Spot | None, data: bytes | None) -> None:
        """In the place of `own`, our file as it stands, comes `data` at the path of `new`."""
        if new is not None and data is not None and own is not None and own.path == new.path:
            self._joint.files[own.path] = data, new.mode
            return
        self._leave(own)
        if new is not None and data is not None:
            self._come.append((new, data))

    def _place(self, new: Spot, data: bytes) -> None:
        path = self._free(self._spelt(new.path))
        self._left.discard(path)
        self._known()[folded(path)] = path
        for folder in folders_of(path):
            self._folders.setdefault(folded(folder), folder)
        self._joint.files[path] = data, new.mode

    def _free(self, wanted: str) -> str:
        """This path, or one like it where another file has it, or the place of one of its folders (anywhere)."""
        for depth in range(wanted.count("/")):
            folder = folders_of(wanted)[depth]  # one above it may have another name by now
            if self._stands(folder):
                free = next(path for path in _alike(folder) if not self._stands(path))
                wanted = free + wanted[len(folder) :]
        return next(path for path in _alike(wanted) if not self._stands(path) and folded(path) not in self._folders)

    def _stands(self, path: str) -> bool:
        """A file of ours has this path, and stays."""
        standing = self._known().get(folded(path))
        return standing is not None and (standing not in self._left or standing in self._joint.files)

    def _spelt(self, path: str) -> str:
        """With its folders as ours are spelt: on some file systems they are the same."""
        self._known()
        ours = (self._folders.get(folded(folder)) for folder in folders_of(path))
        longest = max((folder for folder in ours if folder), key=len, default="")
        return longest + path[len(longest) :] if folded(longest) == folded(path[: len(longest)]) else path

    def _known(self) -> dict[str, str]:
        if self._standing is None:
            self._standing = {folded(path): path for path in self._paths()}
            stays = (path for path in self._standing.values() if path not in self._left)
            self._folders = {folded(folder): folder for path in stays for folder in folders_of(path)}
        return self._standing


def _changed(base: Spot | None, earlier: Spot | None, later: Spot | None) -> Spot | None:
    """Where the file stands: by the side that moved it, the later of both."""
    if earlier is None or later is None:
        return later or earlier
    moved = base is None or later.path != base.path
    return later if moved or earlier.path == later.path else earlier


def folders_of(path: str) -> list[str]:
    """Every folder on the way to it, the outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def _mode(base: Spot | None, earlier: Spot, later: Spot) -> str:
    """By the side that changed it."""
    return earlier.mode if base is not None and later.mode == base.mode else later.mode


def _alike(path: str) -> Iterator[str]:
    stem, dot, ending = path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
    yield path
    number = 2
    while True:
        yield f"{stem}~{number}{dot}{ending}"
        number += 1


def _path(moved: Moved) -> str:
    spot = moved.after or moved.before
    assert spot is not None  # of nothing that became nothing nobody tells
    return spot.path
