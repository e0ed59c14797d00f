"""The merge of one link as it stands in files: bytes in, bytes out (pure).

- `merge_documents` is rule 5 on three files, any of which may be missing or unreadable.
- `later_edit` is the case of a user's edit that began before what stands now.
- `kept_edit` is the case of a page that changed under an edited body: joined too, or nothing at all where they clash.
"""

from __future__ import annotations

from dataclasses import dataclass

from store import frontmatter
from store.errors import DamagedDocument
from store.link import Link
from store.merge.links import BY_RULES, Rules, Told, merge_links


@dataclass(frozen=True, slots=True)
class Merged:
    """The file as it should be (None: there is none), and what the user should be told of it."""

    data: bytes | None
    told: tuple[Told, ...] = ()


def merge_documents(base: bytes | None, earlier: bytes | None, later: bytes | None, rules: Rules = BY_RULES) -> Merged:
    """What the two files, both made from `base`, are together.

    A side that says what the merge says stays as it is, byte for byte. One that cannot be read stands against the other
    as a whole: the changed one, the later of two.
    """
    if earlier in (base, later):
        return Merged(later)
    if later == base:
        return Merged(earlier)
    try:
        old, first, second = (None if data is None else frontmatter.loads(data) for data in (base, earlier, later))
    except DamagedDocument:
        return _whole(earlier, later, rules)
    joined = merge_links(old, first, second, rules)
    for link, data in ((second, later), (first, earlier), (old, base)):
        if joined.link == link:
            return Merged(data, joined.told)
    return Merged(None if joined.link is None else frontmatter.dumps(joined.link), joined.told)


def _whole(earlier: bytes | None, later: bytes | None, rules: Rules) -> Merged:
    """Of two files that were both changed, one of which cannot be read; a file beats its removal."""
    if later is None and not rules.ours_wins:
        return Merged(earlier)
    return Merged(later, (Told("document"),) if earlier is not None else ())


def later_edit(base: bytes | None, ours: bytes, theirs: bytes) -> bytes:
    """`theirs` was made from `base` while `ours` came to stand: both, theirs winning.

    A file that holds another version's body was put in place by hand: it is what the user wants, with the fields of
    both. Where one of them cannot be read: theirs as it is.
    """
    if base is None or ours == base:
        return theirs
    try:
        old, now, edited = (frontmatter.loads(data) for data in (base, ours, theirs))
    except DamagedDocument:
        return theirs
    merged = merge_links(old, now, edited).link
    assert merged is not None
    if edited.captured not in (old.captured, now.captured):
        merged = merged.with_(body=edited.body, captured=edited.captured, capture=edited.capture)
    return theirs if merged == edited else frontmatter.dumps(merged)


def kept_edit(base: str, edited: Link, captured: Link) -> Link | None:
    """A new capture with the user's edit in its body; None where they clash. `base`: the body that was edited."""
    from store.textmerge import merge_text  # what it needs is large, and every write brings this module along

    merged = merge_text(base, captured.body, edited.body)
    return None if merged.clashes else captured.with_(body=merged.text)
