"""Tags moved about in their tree: rename, merge, delete, as a plan that a person can read (pure).

- A tag goes with all tags below it: `policy/x` becomes `politics/x` where `policy` becomes `politics`.
- Tags are found without case and written as the user gives them, so a rename may change the spelling alone.
- Of several tags that are moved the nearest one above a tag counts; what stands below the target already stays there.
- Where a link has what one of its tags becomes, the two are one, in the place and the spelling of the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from store.errors import BadTag, BelowItself, UnknownTag
from store.tags import LONGEST, add, clean_tag, key, levels, matches, sought

Tags = tuple[str, ...]
Verb = Literal["rename", "merge", "delete"]


@dataclass(frozen=True, slots=True)
class Retagging:
    """What the user asks for: these tags and all below them become `into`, or go (None)."""

    verb: Verb
    sources: Tags
    into: str | None

    def __str__(self) -> str:
        """As a commit tells it: `rename policy to politics`."""
        joint = {"rename": " to ", "merge": " into ", "delete": ""}[self.verb]
        return f"{self.verb} {' '.join(self.sources)}{joint}{self.into or ''}"


@dataclass(frozen=True, slots=True)
class Moved:
    """One tag of the library: what it becomes (None: it goes), and on how many links.

    `there` is how many links have what it becomes from before, `both` on how many of its own links two tags become one.
    """

    tag: str
    becomes: str | None
    links: int
    there: int
    both: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done: the new tags by link, of those that change; each tag that changes, by name.

    `joined`: the links on which two tags become one.
    """

    tags: dict[str, Tags]
    moved: tuple[Moved, ...]
    joined: int

    @property
    def links(self) -> int:
        """How many links change."""
        return len(self.tags)


def rename(old: str, new: str) -> Retagging:
    """`old` becomes `new`, which may be there already: then the two become one. BadTag, BelowItself."""
    source, into = _meant(old), clean_tag(new)
    if key(into) != sought(source) and matches(into, source):
        raise BelowItself(source, into)
    return Retagging("rename", (source,), into)


def merge(sources: Iterable[str], into: str) -> Retagging:
    """Several tags become one, which may be new, or one of them, or below one of them. BadTag."""
    return Retagging("merge", add((), map(_meant, sources)), clean_tag(into))


def delete(tag: str) -> Retagging:
    """A tag and all below it go. BadTag."""
    return Retagging("delete", (_meant(tag),), None)


def after(wanted: Retagging) -> Callable[[Tags], Tags]:
    """What the tags of a link become; the same where nothing is to be done."""
    becomes = _becomes(wanted)

    def retagged(tags: Tags) -> Tags:
        new = [becomes(tag) for tag in tags]
        return tags if new == list(tags) else add((), (tag for tag in new if tag is not None))

    return retagged


def plan(wanted: Retagging, links: Iterable[tuple[str, Tags]]) -> Plan:
    """What becomes of these links, as (id, tags). UnknownTag; BadTag where a tag would grow too long."""
    pairs = list(links)
    kinds = Counter(tags for _, tags in pairs)  # very many links have just the same tags
    retagged = after(wanted)
    changed = {tags: new for tags in kinds if (new := retagged(tags)) != tags}
    counted = _Counted(kinds, _becomes(wanted))
    for source in wanted.sources:
        if not any(matches(tag, source) for tag in counted.spellings):
            raise UnknownTag(source)
    return Plan({id_: changed[tags] for id_, tags in pairs if tags in changed}, counted.moved(), counted.joined)


def _meant(text: str) -> str:
    """A tag that is in the library: whatever stands in a file by hand can be named, also what is no tag of ours."""
    tag = "/".join(levels(text))
    if not tag:
        raise BadTag(text, "empty")
    return tag


def _becomes(wanted: Retagging) -> Callable[[str], str | None]:
    """What one tag becomes; itself where nothing is to be done."""
    sources = [levels(key(source)) for source in wanted.sources]
    target = levels(key(wanted.into or ""))

    @cache
    def becomes(tag: str) -> str | None:
        found = levels(key(tag))
        depth = max((len(source) for source in sources if found[: len(source)] == source), default=0)
        if not depth:
            return tag
        if wanted.into is None:
            return None
        if len(target) > depth and found[: len(target)] == target:  # there already, below what is moved
            return tag
        new = "/".join([wanted.into, *levels(tag)[depth:]])
        if len(new) > LONGEST:
            raise BadTag(new, "too long")
        return new

    return becomes


class _Counted:
    """What is moved and where it meets what is there, counted in links. `kinds`: links by their tags."""

    def __init__(self, kinds: Counter[Tags], becomes: Callable[[str], str | None]) -> None:
        self.joined = 0
        self.spellings: Counter[str] = Counter()
        self._becomes = becomes
        self._links: Counter[str] = Counter()
        self._both: Counter[str] = Counter()
        self._staying: Counter[str] = Counter()
        for tags, links in kinds.items():
            self._count(tags, links)

    def _count(self, tags: Tags, links: int) -> None:
        new = {tag: self._becomes(tag) for tag in tags}
        moved = {key(tag): becomes for tag, becomes in new.items() if tag != becomes}
        ends = Counter(key(becomes) for becomes in new.values() if becomes is not None)
        met = {tag for tag, becomes in moved.items() if becomes is not None and ends[key(becomes)] > 1}
        _add(self.spellings, new, links)
        _add(self._links, moved, links)
        _add(self._both, met, links)
        _add(self._staying, {key(tag) for tag, becomes in new.items() if tag == becomes}, links)
        self.joined += links if met else 0

    def moved(self) -> tuple[Moved, ...]:
        found: dict[str, Moved] = {}
        for tag, _ in self.spellings.most_common():  # the most frequent spelling of those that change stands for all
            becomes, name = self._becomes(tag), key(tag)
            if tag != becomes and name not in found:
                there = 0 if becomes is None else self._staying[key(becomes)]
                found[name] = Moved(tag, becomes, self._links[name], there, self._both[name])
        return tuple(found[name] for name in sorted(found))


def _add(counter: Counter[str], tags: Iterable[str], links: int) -> None:
    for tag in tags:
        counter[tag] += links
