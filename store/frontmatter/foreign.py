"""Front matter in any other form: as people, editors and other programs leave it.

Rules
- A value is what was written: every scalar a string in its source spelling.
- Nothing is lost without a word. Keys we do not know keep their lines; comments stay, as lines after the known key they
  belong to; a value that its key cannot hold (`status: someday`, a map as title) stays as such a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.frontmatter.form import CAPTURE_KEYS, KEYS, Front
from store.frontmatter.tree import Mapping, Scalar, Sequence, comments, entries, on_one_line
from store.link import STATUSES, Capture, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.frontmatter.tree import Entry, Node

_YES = ("true", "yes", "on", "y", "1")
_NO = ("false", "no", "off", "n", "0", "null", "~", "")
_STATUS = re.compile("0|[1-9][0-9]{0,8}")


class _CannotHold(Exception):
    """The value is of another kind than its key's."""


@dataclass(slots=True)
class _Reading:
    texts: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    starred: bool = False
    capture: Capture | None = None
    unknown: list[Unknown] = field(default_factory=list)
    last_known: str = ""

    def take(self, entry: Entry) -> None:
        if entry.key not in KEYS:
            self.unknown.append(Unknown(entry.key, entry.lines, self.last_known))
            return
        self.last_known = entry.key
        try:
            self.hold(entry.key, entry.node)
            self.keep(comments(entry.lines))
        except _CannotHold:
            self.keep(f"# {line}" for line in entry.lines.splitlines() if line.strip())

    def hold(self, key: str, node: Node) -> None:
        if isinstance(node, Scalar) and node.absent:
            return
        if key == "tags":
            self.tags = _tags(node)
        elif key == "starred":
            self.starred = _starred(node)
        elif key == "capture":
            self.capture = _capture(node)
        else:
            self.texts[key] = _status(node) if key == "status" else _text(node)

    def keep(self, lines: Iterable[str]) -> None:
        """Lines that no field holds, as comments after the key they belong to."""
        self.unknown += [Unknown("", f"{line}\n", self.last_known) for line in lines]


def read(front: str) -> Front:
    """The lines between the two `---`, in whatever form. Raises UnreadableFront."""
    before, found = entries(front)
    reading = _Reading()
    reading.keep(comments(before))
    for entry in found:
        reading.take(entry)
    return Front(reading.texts, reading.tags, reading.starred, reading.capture, tuple(reading.unknown))


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise _CannotHold
    return node.text


def _status(node: Node) -> str:
    text = _text(node)
    if text not in STATUSES:
        raise _CannotHold
    return text


def _starred(node: Node) -> bool:
    word = _text(node).lower()
    if word not in (*_YES, *_NO):
        raise _CannotHold
    return word in _YES


def _tags(node: Node) -> tuple[str, ...]:
    """A list, or one text with commas; what is no text in it is left out only when it is empty."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    words = [word.strip() for part in nodes for word in _text(part).split(",")]
    return tuple(dict.fromkeys(word.removeprefix("#") for word in words if word))


def _capture(node: Node) -> Capture:
    if not isinstance(node, Mapping):
        raise _CannotHold
    known: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    for key, part in node.pairs:
        if key in CAPTURE_KEYS and isinstance(part, Scalar):
            if not part.absent:
                known[key] = part.text
        else:
            others.append((key, on_one_line(part)))
    number = known.pop("status", None)
    if number is not None and not _STATUS.fullmatch(number):
        raise _CannotHold
    return Capture(int(number) if number else None, others=tuple(others), **known)
