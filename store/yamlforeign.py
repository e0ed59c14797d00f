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

from store.link import STATUSES, Capture, Unknown
from store.yamlform import CAPTURE_KEYS, KEYS, Front
from store.yamltree import Mapping, Scalar, Sequence, comments, entries, on_one_line

if TYPE_CHECKING:
    from store.yamltree import Entry, Node

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
