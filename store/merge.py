"""Three-way merge of one link (pure).

- `later_edit` is the case of a user's edit that began before what stands now: field by field, theirs where they changed
  something, else ours; a body changed on both sides is joined (`store.textmerge`), and says theirs where the two clash:
  ours is in history.
- `kept_edit` is the case of a page that changed under an edited body: joined too, or nothing at all where they clash.
- Body, `captured` and `capture` come together: theirs come whole where they are another capture's.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from store import frontmatter
from store.errors import DamagedDocument
from store.link import Link

if TYPE_CHECKING:
    from store.textmerge import Merged

_CAPTURE = ("captured", "capture")  # they say when and how the body came: with it, or not at all
_BY_RULES_OF_THEIR_OWN = ("id", "tags", "body", *_CAPTURE)


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
        old, new = getattr(base, field.name), getattr(theirs, field.name)
        if new != old and field.name not in _BY_RULES_OF_THEIR_OWN:
            changes[field.name] = new
    added = [tag for tag in theirs.tags if tag not in base.tags and tag not in ours.tags]
    removed = {tag for tag in base.tags if tag not in theirs.tags}
    changes["tags"] = tuple(tag for tag in ours.tags if tag not in removed) + tuple(added)
    return _with_body(base, ours, theirs).with_(**changes)


def _with_body(base: Link, ours: Link, theirs: Link) -> Link:
    """Ours, with the body that the two make."""
    if theirs.captured not in (base.captured, ours.captured):  # another version's body, put here by hand
        return ours.with_(body=theirs.body, captured=theirs.captured, capture=theirs.capture)
    if ours.body != base.body:
        return ours.with_(body=_joined(base.body, ours.body, theirs.body).text)
    changed = {name: getattr(theirs, name) for name in _CAPTURE if getattr(theirs, name) != getattr(base, name)}
    return ours.with_(body=theirs.body, **changed)


def kept_edit(base: str, edited: Link, captured: Link) -> Link | None:
    """A new capture with the user's edit in its body; None where they clash. `base`: the body that was edited."""
    merged = _joined(base, captured.body, edited.body)
    return None if merged.clashes else captured.with_(body=merged.text)


def _joined(base: str, ours: str, theirs: str) -> Merged:
    from store.textmerge import merge_text  # what it needs is large, and every write brings this module along

    return merge_text(base, ours, theirs)
