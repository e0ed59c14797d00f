"""Tags: what may be one, and lists of them.

A tag is NFC text without white space, comma or control character and without a leading `#`; `/` nests. Tags are
compared without case, and the spelling that a link had first stays. Lists keep their order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from unicodedata import category, normalize

from store.errors import BadTag
from store.text import clean

TagReason = Literal["empty", "comma", "blank", "control", "too long"]
"""Every `reason` a `BadTag` may carry."""

LONGEST = 200
"""Characters of a tag."""


def key(tag: str) -> str:
    """What two spellings of one tag have in common: without case, in one normal form."""
    if tag.isascii():
        return tag.lower()
    return normalize("NFC", normalize("NFD", tag).casefold())


def clean_tag(text: str) -> str:
    """The tag that was meant: surrounding blanks, leading `#` and levels without a name are dropped.

    Raises `BadTag` where that is not enough. Characters that cannot be seen go, so that no two tags look alike.
    """
    if any(category(character) == "Cc" and not character.isspace() for character in text):
        raise BadTag(text, "control")
    tag = "/".join(levels(clean(text)))
    reason = _fault(tag)
    if reason is not None:
        raise BadTag(text, reason)
    return tag


def parse_tags(text: str) -> tuple[str, ...]:
    """The tags of one word of the command line: `a,b` is two; blanks around them and empty ones are fine.

    Raises `BadTag`, also when there is none at all.
    """
    pieces = [piece for piece in text.split(",") if piece.strip()]
    return add((), [clean_tag(piece) for piece in pieces or [""]])


def add(tags: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """`tags`, then those of `new` that are not there yet in any spelling."""
    first: dict[str, str] = {}
    for tag in (*tags, *new):
        first.setdefault(key(tag), tag)
    return tuple(first.values())


def remove(tags: Iterable[str], old: Iterable[str]) -> tuple[str, ...]:
    """`tags` without those of `old`, in any spelling; the tags below them stay."""
    gone = {sought(tag) for tag in old}
    return tuple(tag for tag in tags if sought(tag) not in gone)


def matches(tag: str, wanted: str) -> bool:
    """Is `tag` the wanted one, in any spelling, or below it: `policy/energy` matches `policy`."""
    found, asked = sought(tag), sought(wanted)
    return asked != "" and (found == asked or found.startswith(f"{asked}/"))


def sought(wanted: str) -> str:
    """The key of the tag that is meant, where one is asked for or written by hand (`/lead/`); empty: none."""
    found = key(wanted)
    return found if found.isalnum() else "/".join(levels(found))


def levels(tag: str) -> list[str]:
    """The names on the way to a tag, as they are spelled; what is before, between and behind them does not count."""
    return [name for level in tag.lstrip("#/ ").split("/") if (name := level.strip())]


def _fault(tag: str) -> TagReason | None:
    if not tag:
        return "empty"
    if len(tag) > LONGEST:
        return "too long"
    if "," in tag:
        return "comma"
    if " " in tag:
        return "blank"
    return "control" if "\N{REPLACEMENT CHARACTER}" in tag else None  # what `clean` puts for what no font has
