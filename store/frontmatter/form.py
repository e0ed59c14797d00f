"""Front matter in our own fixed form: how it is written.

Rules
- One key, one line, in the order of KEYS; ALWAYS are always there, the others only when they say something.
- A scalar is double-quoted, but `true` and the whole numbers of `capture`; tags and `capture` stand on one line.
- Lines of keys we do not know, and comments, stand after the known key they followed when they were read.

FORMAT.md is the specification; `store.frontmatter.fast` reads this form, `store.frontmatter.foreign` every other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.link import Capture, Link, Unknown

KEYS = (
    "id", "url", "title", "tags", "added", "captured", "page_title", "final_url", "site", "author", "published",
    "modified", "lang", "description", "doc_number", "index_number", "publisher", "issued", "subject", "status",
    "starred", "trashed", "note", "capture",
)  # fmt: skip
ALWAYS = ("id", "url", "title", "tags", "added", "status")
CAPTURE_KEYS = ("status", "type", "charset", "extractor", "sha256")
TEXT_KEYS = frozenset(KEYS) - {"tags", "starred", "capture"}

# Never raw in a file: controls, every blank but the space, format characters (bidi, zero width, tags), surrogates,
# private use, noncharacters of the first plane. A fixed list, for what Python calls printable grows with Unicode.
NEVER_RAW = (
    "\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U0010ffff"
)
SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(f'["\\\\{NEVER_RAW}]')
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class UnreadableFront(Exception):
    """The front matter cannot be read; `reason` is one of the words of `store.frontmatter`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Front:
    """What a front matter says, in either form. `texts` has the keys of TEXT_KEYS that are there; `status` is sound."""

    texts: dict[str, str]
    tags: tuple[str, ...]
    starred: bool
    capture: Capture | None
    unknown: tuple[Unknown, ...]


def quote(text: str) -> str:
    """`text` as a double-quoted scalar on one line, read back alike by YAML 1.1 and 1.2; a lone surrogate is U+FFFD."""
    return f'"{_TO_ESCAPE.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    number = ord(character)
    if character in SHORT_ESCAPES:
        return SHORT_ESCAPES[character]
    if 0xD800 <= number < 0xE000:
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"


def write_key(key: str) -> str:
    """A key as it stands in a file: plain when it is a plain word."""
    return key if _PLAIN_KEY.fullmatch(key) else quote(key)


def write(link: Link) -> str:
    """The lines between the two `---`."""
    return "".join(_lines(link))


def _lines(link: Link) -> Iterator[str]:
    kept = bool(link.unknown)  # seldom; and thousands of links are written at once
    if kept:
        yield from _kept_lines(link, "")
    for key in KEYS:
        value = _value(link, key)
        if value is not None:
            yield f"{key}: {value}\n"
        if kept:
            yield from _kept_lines(link, key)  # also where the key they followed is gone


def _kept_lines(link: Link, anchor: str) -> Iterator[str]:
    for unknown in link.unknown:
        known = unknown.after if unknown.after in KEYS or not unknown.after else "note"  # a later pagelog's key
        if known == anchor:
            yield unknown.text if unknown.text.endswith("\n") else unknown.text + "\n"


def _value(link: Link, key: str) -> str | None:
    if key == "tags":
        return f"[{', '.join(map(quote, link.tags))}]"
    if key == "starred":
        return "true" if link.starred else None
    if key == "capture":
        return None if link.capture is None else write_capture(link.capture)
    text = getattr(link, key)
    return None if text is None else quote(text)


def write_capture(capture: Capture) -> str:
    """The map on one line, what we do not know at its end."""
    pairs = [] if capture.status is None else [f"status: {capture.status}"]
    for key in CAPTURE_KEYS[1:]:
        text = getattr(capture, key)
        if text is not None:
            pairs.append(f"{key}: {quote(text)}")
    pairs += [f"{write_key(key)}: {text}" for key, text in capture.others]
    return f"{{{', '.join(pairs)}}}"
