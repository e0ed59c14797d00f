"""Three-way merge of one link (pure).

`later_edit` is the case of a user's edit that began before what stands now: field by field, theirs where they changed
something, else ours; a body changed on both sides is theirs, ours is in history.
"""

from __future__ import annotations

from dataclasses import fields

from store import frontmatter
from store.errors import DamagedDocument
from store.link import Link

_BODY = "body"
_CAPTURE = ("captured", "capture")  # they say when and how the body came: with it, or not at all


def later_edit(base: bytes | None, ours: bytes, theirs: bytes) -> bytes:
    """`theirs` was made from `base` while `ours` came to stand: both, theirs winning.

    Where one of them cannot be read: theirs as it is.
    """
    if base is None or ours == base:
        return theirs
    try:
        merged = merge_edit(frontmatter.loads(base), frontmatter.loads(ours), frontmatter.loads(theirs))
    except DamagedDocument:
        return theirs
    return frontmatter.dumps(merged)


def merge_edit(base: Link, ours: Link, theirs: Link) -> Link:
    """The link with what each side changed against `base`; what both changed is theirs, tags are merged as sets."""
    changes: dict[str, object] = {}
    for field in fields(Link):
        if field.name in ("id", "tags", *_CAPTURE):
            continue
        old, new = getattr(base, field.name), getattr(theirs, field.name)
        if new != old:
            changes[field.name] = new
    if ours.body == base.body or theirs.captured not in (base.captured, ours.captured):
        for name in _CAPTURE:
            if getattr(theirs, name) != getattr(base, name):
                changes[name] = getattr(theirs, name)
    added = [tag for tag in theirs.tags if tag not in base.tags and tag not in ours.tags]
    removed = {tag for tag in base.tags if tag not in theirs.tags}
    changes["tags"] = tuple(tag for tag in ours.tags if tag not in removed) + tuple(added)
    return ours.with_(**changes)
