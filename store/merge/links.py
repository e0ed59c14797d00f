"""Three-way merge of one link, field by field (pure; RULES 5).

The sides are `earlier` and `later`: of a field that both changed the later side's value stays and the other is told.
Whoever merges decides which is which, alike on every machine: so the merge is symmetric.

- What a capture writes goes as one (`store.merge.captured`).
- A title that the user gave beats every page title.
- `added`: the earlier. Tags: as sets. Notes: both kept. Unknown keys: one by one.
- Trash and deletion against work: a capture is no work, the user's own edit is, and wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from store import tags
from store.editing import MOST_NOTE
from store.link import Link, Unknown
from store.merge.captured import edited_since, merge_captured, page_title

_SINGLE = ("url", "status", "starred")


@dataclass(frozen=True, slots=True)
class Rules:
    """How two sides meet. `ours_wins`: an action is taken back, and nothing that came since is touched (RULES 4)."""

    ours_wins: bool = False


BY_RULES = Rules()
TAKING_BACK = Rules(ours_wins=True)


@dataclass(frozen=True, slots=True)
class Told:
    """A field that both sides changed: what stays, and what the other side had. `body` says no more than that."""

    field: str
    kept: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The merged link (None: deleted), and what the user should be told of it."""

    link: Link | None
    told: tuple[Told, ...] = ()


def merge_links(base: Link | None, earlier: Link | None, later: Link | None, rules: Rules = BY_RULES) -> Joined:
    """What `earlier` and `later`, both made from `base`, are together; None: there is no such link."""
    if earlier in (later, base):
        return Joined(later)
    if later == base:
        return Joined(earlier)
    if earlier is None or later is None:
        return _against_deletion(base, earlier, later, rules)
    return _Fields(base or _empty(earlier, later), earlier, later, rules).joined(trash_beats=base is not None)


def _against_deletion(base: Link | None, earlier: Link | None, later: Link | None, rules: Rules) -> Joined:
    """One side deleted what the other changed."""
    kept = later if earlier is None else earlier
    if rules.ours_wins and later is None:
        return Joined(None)  # deleted since: it stays so
    assert kept is not None
    return Joined(kept, (Told("link"),)) if is_work(base, kept) else Joined(None)


def is_work(base: Link | None, link: Link) -> bool:
    """A person changed the link since `base`; a capture alone is no work."""
    if base is None or _is_put_back(base, link):
        return True
    same = all(getattr(base, name) == getattr(link, name) for name in (*_SINGLE, "note", "unknown"))
    keys = [{tags.key(tag) for tag in some.tags} for some in (base, link)]
    same_title = given_title(link, base) == given_title(base, None)
    return not (same and keys[0] == keys[1] and same_title) or edited_since(base, link)


def _is_put_back(base: Link, link: Link) -> bool:
    """Taken out of the trash, or restored to an older capture."""
    out = base.trashed is not None and link.trashed is None
    return out or (link.captured or "") < (base.captured or "")


def given_title(link: Link, base: Link | None) -> str | None:
    """The title that the user gave; None where it is the page's, or a pending link's URL.

    One given by hand, in the file, has no `page_title` beside it: it is another than `base`'s under the same capture.
    """
    if link.page_title is not None:
        return link.title
    if link.pending:
        return link.title if link.title != link.url else None
    by_hand = base is not None and link.captured == base.captured and link.title != page_title(base)
    return link.title if by_hand else None


def _empty(earlier: Link, later: Link) -> Link:
    """What both sides began with that added one page: nothing of it is anybody's work."""
    url = later.url if earlier.url != later.url else earlier.url
    return Link(id=later.id, url=url, title=url, added=min(earlier.added, later.added))


class _Fields:
    """One merge of three links that are all there."""

    def __init__(self, base: Link, earlier: Link, later: Link, rules: Rules) -> None:
        self._base, self._earlier, self._later, self._rules = base, earlier, later, rules
        self._told: list[Told] = []

    def joined(self, *, trash_beats: bool) -> Joined:
        captured = merge_captured(self._base, self._earlier, self._later, ours_wins=self._rules.ours_wins)
        if captured.clashing:
            self._told.append(Told("body"))
        fields = {name: self._single(name) for name in _SINGLE}
        fields["trashed"] = self._trashed() if trash_beats else self._single("trashed")
        link = self._later.with_(
            **captured.fields,
            **fields,
            added=min(self._earlier.added, self._later.added),
            tags=self._tags(),
            note=self._note(),
            unknown=self._unknown(),
        )
        return Joined(self._titled(link, captured.page_title), tuple(self._told))

    def _single(self, name: str) -> object:
        base, earlier, later = (getattr(link, name) for link in (self._base, self._earlier, self._later))
        return self._choose(name, base, earlier, later)

    def _choose(self, name: str, base: object, earlier: object, later: object) -> object:
        """By the side that changed; the later one's where both did, and the other is told."""
        if earlier in (base, later):
            return later
        if later == base:
            return earlier
        self._told.append(Told(name, _text(later), _text(earlier)))
        return later

    def _trashed(self) -> str | None:
        """Into the trash on one side, and the user's own work on the other: out of it."""
        base, earlier, later = self._base, self._earlier, self._later
        if base.trashed is None and not self._rules.ours_wins and bool(earlier.trashed) != bool(later.trashed):
            thrown, other = (earlier, later) if earlier.trashed else (later, earlier)
            if is_work(base, other):
                self._told.append(Told("trashed", "", _text(thrown.trashed)))
                return None
        if earlier.trashed and later.trashed and base.trashed is None:
            return later.trashed if self._rules.ours_wins else max(earlier.trashed, later.trashed)
        found = self._single("trashed")
        return None if found is None else str(found)

    def _titled(self, link: Link, own: str | None) -> Link:
        """The user's title with the page's beside it, else the page's, else the URL."""
        given = self._choose("title", *(given_title(side, self._base) for side in self._sides()))
        title = str(given or own or link.url)
        return link.with_(title=title, page_title=own if given is not None and own not in (None, title) else None)

    def _sides(self) -> tuple[Link, Link, Link]:
        return self._base, self._earlier, self._later

    def _tags(self) -> tuple[str, ...]:
        base, earlier, later = ({tags.key(tag): tag for tag in side.tags} for side in self._sides())
        found: dict[str, str] = {}
        for key in (*earlier, *(key for key in later if key not in earlier)):
            sides = earlier.get(key), later.get(key)
            if None not in sides or key not in base:  # taken off on one side: gone
                found[key] = sides[1] if sides[0] in (base.get(key), None) and sides[1] else sides[0] or ""
        return tuple(found.values())

    def _note(self) -> str | None:
        base, earlier, later = (side.note for side in self._sides())
        if earlier in (base, later):
            return later
        if later == base:
            return earlier
        if not earlier or not later or self._rules.ours_wins:
            kept = later if self._rules.ours_wins else later or earlier  # what a person wrote beats its removal
            self._told.append(Told("note", kept or "", (earlier if kept == later else later) or ""))
            return kept
        joined = _both_notes(base or "", earlier, later)
        if len(joined) > MOST_NOTE:
            self._told.append(Told("note", later, earlier))
            return later
        return joined

    def _unknown(self) -> tuple[Unknown, ...]:
        base, earlier, later = ({_key(known): known for known in side.unknown} for side in self._sides())
        found = {}
        for key in (*later, *(key for key in earlier if key not in later)):
            found[key] = self._choose(key, base.get(key), earlier.get(key), later.get(key))
        return tuple(known for known in found.values() if isinstance(known, Unknown))


def _both_notes(base: str, earlier: str, later: str) -> str:
    """The lines of both, each once, without those of the base that one of them took away."""
    sides = earlier.splitlines(), later.splitlines()
    gone = {line for line in base.splitlines() if line.strip() and not all(line in side for side in sides)}
    lines = [*sides[1], *(line for line in sides[0] if line not in sides[1])]
    return "\n".join(line for line in lines if line not in gone).strip()


def _key(known: Unknown) -> str:
    """By the key; a comment has none, and is what it says."""
    return known.key or known.text


def _text(value: object) -> str:
    if isinstance(value, Unknown):
        return value.text
    return "" if value is None else str(value)
